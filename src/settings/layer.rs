//! One source of settings, read and checked: a file, an editor or the command line.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use toml::de::{DeTable, DeValue};
use toml::{Table, Value};

use super::globs::Globs;
use super::{KEYS, Key, suggestion};

/// Says what is wrong with the tables of rules, by their paths below `rules`.
pub type RuleCheck = fn(&Table) -> Vec<Problem>;

/// Something wrong in settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The names that lead to it from the outermost table; entries of a list by their number.
    pub path: Vec<String>,
    /// The line, from 1; 0 where the source has none.
    pub line: usize,
    /// What is wrong, in one sentence without its end.
    pub message: String,
}

impl Problem {
    /// A problem at a path, whose line is not known yet.
    pub fn new(path: &[&str], message: String) -> Problem {
        let path = path.iter().map(|name| (*name).to_owned()).collect();
        Problem {
            path,
            line: 0,
            message,
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => f.write_str(&self.message),
            line => write!(f, "line {line}: {}", self.message),
        }
    }
}

/// The settings of one source. All that they hold is right: what was not is left out.
#[derive(Clone, Debug)]
pub struct Layer {
    /// What a user knows the source by: a path, "the editor".
    pub name: String,
    /// Where patterns and paths start.
    pub folder: PathBuf,
    pub(super) table: Table,
    pub(super) overrides: Vec<Override>,
    lines: HashMap<Vec<String>, usize>,
}

/// Settings for some files of a layer.
#[derive(Clone, Debug)]
pub(super) struct Override {
    /// As written.
    pub patterns: Vec<String>,
    pub globs: Globs,
    pub table: Table,
    /// Its place in the list.
    pub index: usize,
}

impl Layer {
    /// Reads settings in the form of `copydesk.toml`, with what is wrong in them.
    ///
    /// # Errors
    /// A text that is no TOML, of which nothing can be taken.
    pub fn of_toml(
        name: String,
        folder: PathBuf,
        text: &str,
        rules: RuleCheck,
    ) -> Result<(Layer, Vec<Problem>), Problem> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let line = |start: usize| {
            text.as_bytes()[..start.min(text.len())]
                .iter()
                .filter(|b| **b == b'\n')
                .count()
                + 1
        };
        let (document, errors) = DeTable::parse_recoverable(text);
        let wrong = |at: usize, message: &str| Problem {
            path: Vec::new(),
            line: line(at),
            message: message.to_owned(),
        };
        if let Some(error) = errors.first() {
            let at = error.span().map_or(0, |span| span.start);
            return Err(wrong(at, error.message()));
        }
        let mut lines = HashMap::new();
        find_lines(document.get_ref(), &mut Vec::new(), &line, &mut lines);
        let table: Table = toml::from_str(text)
            .map_err(|error| wrong(error.span().map_or(0, |span| span.start), error.message()))?;
        let (mut layer, mut problems) = Layer::of_table(name, folder, table, rules);
        layer.lines = lines;
        for problem in &mut problems {
            problem.line = layer.line(&problem.path);
        }
        problems.sort_by_key(|problem| problem.line);
        layer.place_files();
        Ok((layer, problems))
    }

    /// Reads settings that have been parsed, with what is wrong in them. Paths of knowledge files stay as they are.
    pub fn of_table(
        name: String,
        folder: PathBuf,
        mut table: Table,
        rules: RuleCheck,
    ) -> (Layer, Vec<Problem>) {
        let list = table.remove("overrides");
        let mut check = Check {
            rules,
            problems: Vec::new(),
        };
        check.table(&mut table, &[], |_| true);
        let mut globs_of = |path: &str, name: &str, table: &mut Table| {
            if let Err(error) = globs(table.get(name)) {
                let message = format!("{path}: {error}");
                check
                    .problems
                    .push(Problem::new(&["drafts", name], message));
                table.remove(name);
            }
        };
        if let Some(Value::Table(drafts)) = table.get_mut("drafts") {
            globs_of("drafts.include", "include", drafts);
            globs_of("drafts.exclude", "exclude", drafts);
        }
        let overrides = check.overrides(list);
        let layer = Layer {
            name,
            folder,
            table,
            overrides,
            lines: HashMap::new(),
        };
        (layer, check.problems)
    }

    /// The line of a setting, or of the table it stands in; 0 where the source has none.
    pub(super) fn line(&self, path: &[String]) -> usize {
        (0..=path.len())
            .rev()
            .find_map(|len| self.lines.get(&path[..len]).copied())
            .unwrap_or(0)
    }

    /// Has paths of knowledge files start at the layer's folder.
    fn place_files(&mut self) {
        let Some(Value::Table(knowledge)) = self.table.get_mut("knowledge") else {
            return;
        };
        let lists = knowledge
            .iter_mut()
            .filter_map(|(_, value)| value.as_array_mut());
        for file in lists.flatten() {
            if let Value::String(path) = file {
                *path = self.folder.join(&*path).to_string_lossy().into_owned();
            }
        }
    }
}

/// Looks for what is wrong, and takes it out.
struct Check {
    rules: RuleCheck,
    problems: Vec<Problem>,
}

impl Check {
    /// Checks all settings of a table that stands at a path. `may_have` says which it may hold.
    fn table(&mut self, table: &mut Table, path: &[&str], may_have: impl Fn(&Key) -> bool) {
        let found = problems(table, self.rules, may_have);
        for problem in found {
            remove(table, &problem.path);
            let inner = problem.path.iter().map(String::as_str);
            let whole: Vec<&str> = path.iter().copied().chain(inner).collect();
            self.problems.push(Problem::new(&whole, problem.message));
        }
    }

    fn overrides(&mut self, list: Option<Value>) -> Vec<Override> {
        let wrong = |path: &[&str], message: &str| Problem::new(path, message.to_owned());
        let list = match list {
            None => return Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => {
                let message = "overrides: write a table for each, as in `[[overrides]]`";
                self.problems.push(wrong(&["overrides"], message));
                return Vec::new();
            }
        };
        let mut overrides = Vec::new();
        for (index, value) in list.into_iter().enumerate() {
            let number = index.to_string();
            let path = ["overrides", &number];
            let Value::Table(mut table) = value else {
                self.problems
                    .push(wrong(&path, "overrides: must be a table"));
                continue;
            };
            let files = table.remove("files");
            self.table(&mut table, &path, |key| key.overridable);
            let path = ["overrides", &number, "files"];
            match globs(files.as_ref()) {
                Ok(Some((patterns, globs))) => overrides.push(Override {
                    patterns,
                    globs,
                    table,
                    index,
                }),
                Ok(None) => self
                    .problems
                    .push(wrong(&path, "overrides: no `files` that it is for")),
                Err(error) => self
                    .problems
                    .push(Problem::new(&path, format!("overrides.files: {error}"))),
            }
        }
        overrides
    }
}

/// The patterns of a setting; none where there is no such setting.
fn globs(value: Option<&Value>) -> Result<Option<(Vec<String>, Globs)>, String> {
    let Some(value) = value else {
        return Ok(None);
    };
    let list = value.as_array().ok_or("must be a list of texts")?;
    let patterns: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
    let patterns = patterns.ok_or("must be a list of texts")?;
    let globs = Globs::new(patterns.iter().copied(), false)?;
    Ok(Some((
        patterns.into_iter().map(str::to_owned).collect(),
        globs,
    )))
}

/// What is wrong in a table of settings.
fn problems(table: &Table, rules: RuleCheck, may_have: impl Fn(&Key) -> bool) -> Vec<Problem> {
    let keys: Vec<&Key> = KEYS.iter().filter(|key| may_have(key)).collect();
    let tables: BTreeSet<&str> = keys.iter().filter_map(|key| key.split().0).collect();
    let mut problems = Vec::new();
    for (name, value) in table {
        if name == "rules" {
            match value.as_table() {
                Some(table) => problems.extend(rules(table).into_iter().map(|mut problem| {
                    problem.path.insert(0, name.clone());
                    problem
                })),
                None => problems.push(Problem::new(&[name], "rules: must be a table".to_owned())),
            }
        } else if tables.contains(name.as_str()) {
            let Some(inner) = value.as_table() else {
                problems.push(Problem::new(&[name], format!("{name}: must be a table")));
                continue;
            };
            let prefix = format!("{name}.");
            let names = || keys.iter().filter_map(|key| key.name.strip_prefix(&prefix));
            for (inner_name, value) in inner {
                let message = match keys
                    .iter()
                    .find(|key| key.split() == (Some(name), inner_name))
                {
                    Some(key) => wrong_value(key, value),
                    None => {
                        let near = suggestion(inner_name, names());
                        Some(format!("{name}: no setting `{inner_name}`{near}"))
                    }
                };
                problems.extend(message.map(|text| Problem::new(&[name, inner_name], text)));
            }
        } else {
            let message = match keys.iter().find(|key| key.name == name) {
                Some(key) => wrong_value(key, value),
                None => Some(unknown(name, &keys, &tables)),
            };
            problems.extend(message.map(|text| Problem::new(&[name], text)));
        }
    }
    problems
}

/// A setting that is unknown here, with the nearest one that is known.
fn unknown(name: &str, keys: &[&Key], tables: &BTreeSet<&str>) -> String {
    let whole = keys.iter().find(|key| key.split().1 == name);
    if let Some(key) = whole {
        return format!("no setting `{name}` (did you mean `{}`?)", key.name);
    }
    if Key::find(name).is_some() || KEYS.iter().any(|key| key.split().0 == Some(name)) {
        return format!("`{name}` cannot be set for some files only");
    }
    let plain = keys
        .iter()
        .map(|key| key.name)
        .filter(|name| !name.contains('.'));
    let names = plain
        .chain(tables.iter().copied())
        .chain(["rules", "overrides"]);
    format!("no setting `{name}`{}", suggestion(name, names))
}

fn wrong_value(key: &Key, value: &Value) -> Option<String> {
    if key.kind.fits(value) {
        return None;
    }
    let near = match (key.kind, value.as_str()) {
        (super::Kind::Choice(choices), Some(text)) => suggestion(text, choices.iter().copied()),
        _ => String::new(),
    };
    Some(format!("{}: must be {}{near}", key.name, key.kind.wanted()))
}

/// Takes out what stands at a path.
fn remove(table: &mut Table, path: &[String]) {
    match path {
        [] => {}
        [name] => {
            table.remove(name);
        }
        [name, rest @ ..] => {
            if let Some(Value::Table(inner)) = table.get_mut(name) {
                remove(inner, rest);
            }
        }
    }
}

/// Notes the line of each setting.
fn find_lines(
    table: &DeTable<'_>,
    path: &mut Vec<String>,
    line: &impl Fn(usize) -> usize,
    lines: &mut HashMap<Vec<String>, usize>,
) {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        lines.insert(path.clone(), line(key.span().start));
        match value.get_ref() {
            DeValue::Table(inner) => find_lines(inner, path, line, lines),
            DeValue::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    path.push(index.to_string());
                    lines.insert(path.clone(), line(value.span().start));
                    if let DeValue::Table(inner) = value.get_ref() {
                        find_lines(inner, path, line, lines);
                    }
                    path.pop();
                }
            }
            _ => {}
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let rules = |table: &Table| {
            let wrong = table.keys().filter(|name| *name != "good");
            wrong
                .map(|name| Problem::new(&[name], format!("no rule `{name}`")))
                .collect()
        };
        let told: Vec<String> = match Layer::of_toml(String::new(), PathBuf::new(), text, rules) {
            Ok((_, problems)) => problems.iter().map(Problem::to_string).collect(),
            Err(problem) => vec![problem.to_string()],
        };
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn good_settings_have_no_problems() {
        check("", &[]);
        check(
            "house = \"ap\"\n[hints]\nparaphrase = true\n[[overrides]]\nfiles = [\"a/**\"]\nrules.good.level = \"off\"\n",
            &[],
        );
    }

    #[test]
    fn names_that_are_wrong_get_the_nearest_one() {
        check(
            "\nhuose = \"ap\"",
            &["line 2: no setting `huose` (did you mean `house`?)"],
        );
        check(
            "[hint]\nmode = \"off\"",
            &["line 1: no setting `hint` (did you mean `hints`?)"],
        );
        check(
            "[hints]\n\nmodes = \"off\"",
            &["line 3: hints: no setting `modes` (did you mean `mode`?)"],
        );
        check(
            "paraphrase = true",
            &["line 1: no setting `paraphrase` (did you mean `hints.paraphrase`?)"],
        );
        check("[rules.good]\n[rules.bad]\n", &["line 2: no rule `bad`"]);
    }

    #[test]
    fn values_that_are_wrong_are_told_with_what_fits() {
        check(
            "house = \"guardain\"",
            &[
                "line 1: house: must be one of neutral, ap, reuters, guardian, bbc (did you mean `guardian`?)",
            ],
        );
        check(
            "known-people = \"Ann\"",
            &["line 1: known-people: must be a list of texts"],
        );
        check(
            "hints = 3\nrules = 4",
            &[
                "line 1: hints: must be a table",
                "line 2: rules: must be a table",
            ],
        );
        check(
            "[drafts]\ninclude = [\"a[\"]",
            &["line 2: drafts.include: `a[` is no pattern: unclosed character class; missing ']'"],
        );
        check(
            "a = ",
            &["line 1: string values must be quoted, expected literal string"],
        );
    }

    #[test]
    fn overrides_are_checked_like_the_rest() {
        check(
            "overrides = 1",
            &["line 1: overrides: write a table for each, as in `[[overrides]]`"],
        );
        check(
            "[[overrides]]\nhouse = \"ap\"",
            &["line 1: overrides: no `files` that it is for"],
        );
        check(
            "[[overrides]]\nfiles = [\"a\"]\n[overrides.rules.bad]\n[[overrides]]\nfiles = 1\nhuose = 1\n\
             drafts.include = []\nrules.worse.level = 1",
            &[
                "line 3: no rule `bad`",
                "line 5: overrides.files: must be a list of texts",
                "line 6: no setting `huose` (did you mean `house`?)",
                "line 7: `drafts` cannot be set for some files only",
                "line 8: no rule `worse`",
            ],
        );
    }
}
