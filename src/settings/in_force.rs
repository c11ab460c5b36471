//! Which settings are in force for a draft, and where each comes from.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::{Table, Value};

use super::globs::{Globs, may_be_draft};
use super::{Layer, Settings};

/// Settings for one draft.
#[derive(Clone, Debug)]
pub struct InForce {
    /// What holds.
    pub settings: Settings,
    /// Whether the file is a draft at all.
    pub is_draft: bool,
    /// What was set, by the names that lead to it, and by whom.
    pub origins: BTreeMap<Vec<String>, Origin>,
}

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// What was set.
    pub value: Value,
    /// The layer's name.
    pub source: String,
    /// Its line there; 0 where it has none.
    pub line: usize,
    /// The patterns of the override that it stands in.
    pub patterns: Vec<String>,
}

/// What comes of layers, the last of which wins key by key, for a file; none is a draft without a name. Within a layer
/// the overrides that the file fits win in their order.
pub fn in_force<'a>(layers: impl IntoIterator<Item = &'a Layer>, file: Option<&Path>) -> InForce {
    let mut origins: BTreeMap<Vec<String>, Origin> = BTreeMap::new();
    let mut globs = Patterns::default();
    for layer in layers {
        put(layer, &layer.table, None, &mut origins);
        globs.take(layer);
        let fitting = (layer.overrides.iter())
            .filter(|other| file.is_some_and(|file| other.globs.fit(&layer.folder, file)));
        for other in fitting {
            put(
                layer,
                &other.table,
                Some((other.index, &other.patterns)),
                &mut origins,
            );
        }
    }
    let mut table = Table::new();
    for (path, origin) in &origins {
        insert(&mut table, path, origin.value.clone());
    }
    InForce {
        // Every layer has been checked setting by setting.
        settings: Settings::deserialize(table).unwrap_or_default(),
        is_draft: file.is_none_or(|file| globs.is_draft(file)),
        origins,
    }
}

/// Notes each setting of a table of a layer.
fn put(
    layer: &Layer,
    table: &Table,
    place: Option<(usize, &Vec<String>)>,
    origins: &mut BTreeMap<Vec<String>, Origin>,
) {
    let mut leaves = Vec::new();
    collect(table, &mut Vec::new(), &mut leaves);
    for (path, value) in leaves {
        let mut whole = Vec::new();
        if let Some((index, _)) = place {
            whole.extend(["overrides".to_owned(), index.to_string()]);
        }
        whole.extend(path.iter().cloned());
        let origin = Origin {
            value: value.clone(),
            source: layer.name.clone(),
            line: layer.line(&whole),
            patterns: place.map_or(Vec::new(), |(_, patterns)| patterns.clone()),
        };
        origins.insert(path, origin);
    }
}

fn collect<'a>(
    table: &'a Table,
    path: &mut Vec<String>,
    leaves: &mut Vec<(Vec<String>, &'a Value)>,
) {
    for (name, value) in table {
        path.push(name.clone());
        match value {
            Value::Table(inner) => collect(inner, path, leaves),
            value => leaves.push((path.clone(), value)),
        }
        path.pop();
    }
}

fn insert(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [name] => {
            table.insert(name.clone(), value);
        }
        [name, rest @ ..] => {
            let inner = table
                .entry(name.clone())
                .or_insert_with(|| Table::new().into());
            if let Value::Table(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

/// The patterns of drafts, each list with the folder at which it starts.
#[derive(Default)]
struct Patterns<'a> {
    include: Option<(&'a Layer, Vec<&'a str>)>,
    exclude: Option<(&'a Layer, Vec<&'a str>)>,
}

impl<'a> Patterns<'a> {
    fn take(&mut self, layer: &'a Layer) {
        let list = |name: &str| {
            let list = layer.table.get("drafts")?.get(name)?.as_array()?;
            let patterns = list.iter().filter_map(Value::as_str);
            Some((layer, patterns.collect::<Vec<_>>()))
        };
        self.include = list("include").or(self.include.take());
        self.exclude = list("exclude").or(self.exclude.take());
    }

    /// A file that is included by its whole name is a draft even if it is called README.
    fn is_draft(&self, file: &Path) -> bool {
        let fits = |layer: &Layer, patterns: &[&str]| {
            Globs::new(patterns.iter().copied(), false)
                .is_ok_and(|globs| globs.fit(&layer.folder, file))
        };
        if (self.exclude.as_ref()).is_some_and(|(layer, patterns)| fits(layer, patterns)) {
            return false;
        }
        let name = file.file_name().unwrap_or_default();
        match &self.include {
            Some((layer, patterns)) if !patterns.is_empty() => {
                let by_name: Vec<&str> = (patterns.iter().copied())
                    .filter(|pattern| pattern.rsplit('/').next().is_some_and(|last| name == last))
                    .collect();
                fits(layer, patterns) && (may_be_draft(file) || fits(layer, &by_name))
            }
            _ => may_be_draft(file),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::{HintMode, House};
    use super::*;

    fn layer(name: &str, text: &str) -> Layer {
        let (layer, problems) =
            Layer::of_toml(name.to_owned(), PathBuf::from("/desk"), text, |_| {
                Vec::new()
            })
            .unwrap();
        assert_eq!(problems, []);
        layer
    }

    fn check(layers: &[&str], file: &str) -> InForce {
        let layers: Vec<Layer> = layers.iter().map(|text| layer("a", text)).collect();
        in_force(&layers, Some(Path::new(file)))
    }

    #[test]
    fn later_layers_win_key_by_key() {
        let found = check(
            &[
                "house = \"ap\"\nhints.mode = \"off\"\nrules.a = { level = \"off\", x = 1 }\nknown-people = [\"A\"]",
                "house = \"bbc\"\nhints.paraphrase = true\nrules.a.level = \"hint\"\nknown-people = [\"B\"]",
            ],
            "/desk/a.txt",
        );
        assert_eq!(found.settings.house, House::Bbc);
        assert_eq!(found.settings.hints.mode, HintMode::Off);
        assert!(found.settings.hints.paraphrase);
        assert_eq!(found.settings.known_people, ["B"]);
        assert_eq!(
            found.settings.rules["a"].to_string(),
            "{ level = \"hint\", x = 1 }"
        );
    }

    #[test]
    fn overrides_hold_for_their_files_and_yield_to_later_layers() {
        let file = "rules.a.level = \"hint\"\n[[overrides]]\nfiles = [\"live/**\"]\nrules.a.level = \"off\"\nhouse = \"ap\"";
        let level = |layers: &[&str], file: &str| {
            let found = check(layers, file).settings;
            (
                found.rules["a"]["level"].as_str().unwrap().to_owned(),
                found.house,
            )
        };
        assert_eq!(
            level(&[file], "/desk/live/a.txt"),
            ("off".into(), House::Ap)
        );
        assert_eq!(
            level(&[file], "/desk/a.txt"),
            ("hint".into(), House::Neutral)
        );
        let editor = "rules.a.level = \"error\"";
        assert_eq!(
            level(&[file, editor], "/desk/live/a.txt"),
            ("error".into(), House::Ap)
        );
    }

    #[test]
    fn every_setting_tells_where_it_comes_from() {
        let layers = [
            layer(
                "desk",
                "\nhouse = \"ap\"\n[[overrides]]\nfiles = [\"*.md\"]\nstrict = true\n",
            ),
            layer("editor", "hints.mode = \"off\""),
        ];
        let found = in_force(&layers, Some(Path::new("/desk/a.md")));
        let told: Vec<String> = found
            .origins
            .iter()
            .map(|(path, origin)| {
                let Origin {
                    source,
                    line,
                    patterns,
                    ..
                } = origin;
                format!("{}: {source}:{line} {}", path.join("."), patterns.join(" "))
            })
            .collect();
        assert_eq!(
            told,
            [
                "hints.mode: editor:1 ",
                "house: desk:2 ",
                "strict: desk:5 *.md"
            ]
        );
    }

    #[test]
    fn patterns_say_which_files_are_drafts() {
        let is_draft = |settings: &str, file: &str| check(&[settings], file).is_draft;
        assert!(is_draft("", "/desk/a.txt"));
        assert!(!is_draft("", "/desk/README.md"));
        assert!(!is_draft(
            "drafts.exclude = [\"notes/**\"]",
            "/desk/notes/a.txt"
        ));
        assert!(!is_draft(
            "drafts.exclude = [\"notes/**\"]",
            "/desk/README.md"
        ));
        assert!(is_draft("drafts.include = [\"*.txt\"]", "/desk/a.txt"));
        assert!(!is_draft("drafts.include = [\"*.txt\"]", "/desk/a.md"));
        assert!(!is_draft("drafts.include = [\"**\"]", "/desk/README.md"));
        assert!(is_draft(
            "drafts.include = [\"**\", \"README.md\"]",
            "/desk/README.md"
        ));
        assert!(in_force([], None).is_draft);
    }
}
