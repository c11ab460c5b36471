//! Settings in files: `copydesk.toml`, found upward from a draft and read again when it changes.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::file::{Stamp, text};
use crate::settings::{Layer, Problem, RuleCheck};

/// The file of settings for the drafts of its folder and of those below it.
pub const SETTINGS: &str = "copydesk.toml";

/// Problems of one file that one message tells.
const SEVERAL: usize = 5;

/// Files of settings as they were read last. Looking at them may wait for a share that has gone away.
#[derive(Debug)]
pub struct SettingsFiles {
    rules: RuleCheck,
    files: HashMap<PathBuf, Read>,
}

/// What a look at the files brought.
#[derive(Debug, Default)]
pub struct SettingsNews {
    /// For each folder that was asked about the nearest file of settings.
    pub found: HashMap<PathBuf, Option<Arc<Layer>>>,
    /// What is wrong with a file and was not told before, one line each.
    pub troubles: Vec<String>,
}

/// A file, and what was made of it.
#[derive(Debug)]
struct Read {
    stamp: Stamp,
    /// The last good settings, or what is right in the first ones; none where nothing could be read.
    layer: Option<Arc<Layer>>,
    trouble: Option<String>,
}

impl SettingsFiles {
    /// No files yet. `rules` checks their tables of rules.
    pub fn new(rules: RuleCheck) -> SettingsFiles {
        SettingsFiles {
            rules,
            files: HashMap::new(),
        }
    }

    /// Looks for the settings of drafts in these folders. Files that have changed since the last look are read again;
    /// of one that an edit has made wrong the last good settings stay.
    pub fn refresh(&mut self, folders: impl IntoIterator<Item = PathBuf>) -> SettingsNews {
        let mut news = SettingsNews::default();
        let mut stamps: HashMap<PathBuf, Option<Stamp>> = HashMap::new();
        let mut before = std::mem::take(&mut self.files);
        for folder in folders {
            if news.found.contains_key(&folder) {
                continue;
            }
            let nearest = folder.ancestors().find_map(|ancestor| {
                let path = ancestor.join(SETTINGS);
                let stamp = stamps.entry(path.clone());
                let stamp = *stamp.or_insert_with(|| Stamp::of(&path));
                stamp.map(|stamp| (path, stamp))
            });
            let layer = nearest.and_then(|(path, stamp)| {
                if !self.files.contains_key(&path) {
                    let (read, trouble) = self.read(&path, stamp, before.remove(&path));
                    news.troubles.extend(trouble);
                    self.files.insert(path.clone(), read);
                }
                self.files.get(&path)?.layer.clone()
            });
            news.found.insert(folder, layer);
        }
        news
    }

    /// Reads a file if it has changed, with what is newly wrong with it.
    fn read(&self, path: &Path, stamp: Stamp, before: Option<Read>) -> (Read, Option<String>) {
        let (old, told) = match before {
            Some(before) if before.stamp == stamp => return (before, None),
            Some(before) => (before.layer, before.trouble),
            None => (None, None),
        };
        let name = path.display().to_string();
        let (layer, trouble) = match read_settings(path, name, self.rules) {
            Ok((layer, problems)) if problems.is_empty() => (Some(Arc::new(layer)), None),
            Ok((layer, problems)) => match old {
                Some(old) => (
                    Some(old),
                    Some(several(&problems, "; the last good settings stay")),
                ),
                None => (Some(Arc::new(layer)), Some(several(&problems, ""))),
            },
            Err(trouble) => {
                let stay = if old.is_some() {
                    "; the last good settings stay"
                } else {
                    ""
                };
                (old, Some(format!("{trouble}{stay}")))
            }
        };
        let trouble = trouble.map(|trouble| format!("{}: {trouble}", path.display()));
        let is_new = trouble != told;
        let read = Read {
            stamp,
            layer,
            trouble: trouble.clone(),
        };
        (read, trouble.filter(|_| is_new))
    }
}

/// A path without `.` and `..`, which need not exist; links are not followed.
pub fn lexical(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// The nearest file of a name in a folder or above it.
pub fn nearest_above(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut paths = folder.ancestors().map(|ancestor| ancestor.join(name));
    paths.find(|path| path.is_file())
}

/// Reads a file of settings under a name, with what is wrong in it. The error is a sentence part that follows the path.
pub fn read_settings(
    path: &Path,
    name: String,
    rules: RuleCheck,
) -> Result<(Layer, Vec<Problem>), String> {
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    Layer::of_toml(name, folder, &text(path)?, rules).map_err(|problem| problem.to_string())
}

fn several(problems: &[Problem], end: &str) -> String {
    let mut told: Vec<String> = (problems.iter().take(SEVERAL))
        .map(Problem::to_string)
        .collect();
    if let Some(more @ 1..) = problems.len().checked_sub(SEVERAL) {
        told.push(format!("and {more} more"));
    }
    told.join("; ") + end
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::settings::{House, in_force};

    struct Desk {
        folder: tempfile::TempDir,
        files: SettingsFiles,
        /// Seconds that the files' clock has been put forward: two writes may fall into one tick of the real one.
        clock: u64,
    }

    impl Desk {
        fn new() -> Desk {
            let rules: RuleCheck = |table| {
                let wrong = table
                    .keys()
                    .map(|name| Problem::new(&[name], format!("no rule `{name}`")));
                wrong.collect()
            };
            Desk {
                folder: tempfile::tempdir().unwrap(),
                files: SettingsFiles::new(rules),
                clock: 0,
            }
        }

        fn write(&mut self, name: &str, text: &str) {
            let path = self.folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            self.clock += 10;
            let time = SystemTime::now() + Duration::from_secs(self.clock);
            let file = fs::File::options().write(true).open(path).unwrap();
            file.set_modified(time).unwrap();
        }

        /// The house for drafts of a folder, and what is told.
        fn look(&mut self, folder: &str, house: House, told: &[&str]) {
            let folder = self.folder.path().join(folder);
            let news = self.files.refresh([folder.clone()]);
            let start = format!("{}/", self.folder.path().display());
            let troubles: Vec<String> = (news.troubles.iter())
                .map(|trouble| trouble.replace(&start, ""))
                .collect();
            assert_eq!(troubles, told);
            let layer = news.found[&folder].as_deref();
            assert_eq!(in_force(layer, None).settings.house, house);
        }
    }

    #[test]
    fn the_nearest_file_upward_counts() {
        let mut desk = Desk::new();
        desk.look("a/b", House::Neutral, &[]);
        desk.write(SETTINGS, "house = \"ap\"");
        desk.look("a/b", House::Ap, &[]);
        desk.write("a/copydesk.toml", "house = \"bbc\"");
        desk.look("a/b", House::Bbc, &[]);
        desk.look("", House::Ap, &[]);
        desk.write("a/copydesk.toml", "house = \"reuters\"");
        desk.look("a/b", House::Reuters, &[]);
        fs::remove_file(desk.folder.path().join("a/copydesk.toml")).unwrap();
        desk.look("a/b", House::Ap, &[]);
    }

    #[test]
    fn a_wrong_edit_leaves_the_last_good_settings_and_is_told_once() {
        let mut desk = Desk::new();
        desk.write(SETTINGS, "house = \"ap\"\nhuose = 1\n");
        let told = "copydesk.toml: line 2: no setting `huose` (did you mean `house`?)";
        desk.look("", House::Ap, &[told]);
        desk.look("", House::Ap, &[]);
        desk.write(SETTINGS, "house = \"bbc\"\n");
        desk.look("", House::Bbc, &[]);
        desk.write(SETTINGS, "house = \"ap\"\n[rules.x]\n");
        desk.look(
            "",
            House::Bbc,
            &["copydesk.toml: line 2: no rule `x`; the last good settings stay"],
        );
        desk.write(SETTINGS, "house = \n[rules.x]\n");
        let told = "copydesk.toml: line 1: string values must be quoted, expected literal string; \
                    the last good settings stay";
        desk.look("", House::Bbc, &[told]);
        desk.write(SETTINGS, "house = \"ap\"\n");
        desk.look("", House::Ap, &[]);
    }

    #[test]
    fn paths_of_knowledge_start_at_the_file() {
        let mut desk = Desk::new();
        desk.write(SETTINGS, "knowledge.bases = [\"a.kb\", \"/b.kb\"]");
        let folder = desk.folder.path().to_owned();
        let news = desk.files.refresh([folder.join("c")]);
        let layer = news.found[&folder.join("c")].as_deref();
        let bases = in_force(layer, None).settings.knowledge.bases;
        assert_eq!(bases, [folder.join("a.kb"), PathBuf::from("/b.kb")]);
    }

    #[test]
    fn paths_are_made_plain_without_looking() {
        assert_eq!(lexical(Path::new("/a/./b/../c")), Path::new("/a/c"));
        assert!(lexical(Path::new("x")).is_absolute());
    }
}
