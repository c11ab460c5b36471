//! Where a newsroom's knowledge comes from: desk lists and bases, read again when they change.

use std::path::PathBuf;
use std::sync::Arc;

use super::file::{Stamp, exists, text};
use super::{open, reader};
use crate::knowledge::{Base, Knowledge};
use crate::settings::KnowledgeFiles;

/// The desk list at the root of a folder, which colleagues share as they share the folder.
pub const DESK_LIST: &str = "copydesk-desk.toml";

/// Problems of one desk list that one message tells.
const SEVERAL: usize = 3;

/// The end of a message about a desk list.
const STAYS: &str = "the last good list stays";

/// Knowledge files as they were read last. Every call reads from disk, and a share that has gone away may make it wait.
#[derive(Debug, Default)]
pub struct Shelf {
    /// In the order in which they are believed.
    files: Vec<Shelved>,
    knowledge: Option<Arc<Knowledge>>,
}

/// What a look at the files brought.
#[derive(Debug, Default)]
pub struct News {
    /// The knowledge, if it is not what it was.
    pub knowledge: Option<Arc<Knowledge>>,
    /// What is wrong with a file and was not told before, one line each.
    pub troubles: Vec<String>,
}

/// A file, and what was made of it.
#[derive(Debug)]
struct Shelved {
    file: Wanted,
    /// As it was at the last look; the inner option is none where there was no file.
    stamp: Option<Option<Stamp>>,
    base: Option<Arc<Base>>,
    trouble: Option<String>,
    /// The damage of the base has been told.
    damaged: bool,
}

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    path: PathBuf,
    /// As a user is told of it: within the folder where it stands there.
    name: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The list of a folder, which need not exist.
    Own,
    /// A desk list of the settings.
    Desk,
    /// A base that was built.
    Base,
}

impl Shelf {
    /// Looks at the files: the desk list of each folder, then those of the settings, then its bases. Those that have
    /// changed since the last look are read again. A file that cannot be read is left out; of a desk list that an
    /// edit has broken the last good version stays.
    pub fn refresh(&mut self, folders: &[PathBuf], files: &KnowledgeFiles) -> News {
        let wanted = wanted(folders, files);
        let same = wanted
            .iter()
            .eq(self.files.iter().map(|shelved| &shelved.file));
        let mut changed = self.knowledge.is_none() || !same;
        if !same {
            let mut before = std::mem::take(&mut self.files);
            self.files = wanted
                .into_iter()
                .map(|file| {
                    let at = before.iter().position(|shelved| shelved.file == file);
                    at.map_or_else(|| Shelved::new(file), |at| before.swap_remove(at))
                })
                .collect();
        }
        let mut news = News::default();
        for shelved in &mut self.files {
            let (is_other, trouble) = shelved.look();
            changed |= is_other;
            news.troubles.extend(trouble);
        }
        if changed {
            let knowledge = Arc::new(Knowledge::new(self.bases().collect()));
            self.knowledge = Some(Arc::clone(&knowledge));
            news.knowledge = Some(knowledge);
        }
        news
    }

    /// What could be read, the most believed first.
    pub fn bases(&self) -> impl Iterator<Item = Arc<Base>> {
        self.files.iter().filter_map(|shelved| shelved.base.clone())
    }
}

impl Shelved {
    fn new(file: Wanted) -> Shelved {
        Shelved {
            file,
            stamp: None,
            base: None,
            trouble: None,
            damaged: false,
        }
    }

    /// Reads the file if it has changed: whether its records have, and what is newly wrong with it.
    fn look(&mut self) -> (bool, Option<String>) {
        // Before the reading: what is written meanwhile is seen at the next look.
        let stamp = Stamp::of(&self.file.path);
        if self.stamp.replace(stamp) == Some(stamp) {
            return (false, self.damage());
        }
        let before = self.base.take();
        let (base, trouble) = match self.file.kind {
            Kind::Own if stamp.is_none() && !exists(&self.file.path) => (None, None),
            Kind::Own | Kind::Desk => desk_list(&self.file, before.clone()),
            Kind::Base => match open(&self.file.path) {
                Ok(base) => (Some(Arc::new(base)), None),
                Err(reason) => (None, Some(reason)),
            },
        };
        let is_same = match (&before, &base) {
            (None, None) => true,
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            _ => false,
        };
        self.base = base;
        self.damaged &= is_same;
        let is_new = trouble != self.trouble;
        self.trouble.clone_from(&trouble);
        (!is_same, trouble.filter(|_| is_new))
    }

    /// The damage that a look-up in a base has met since the last look, once.
    fn damage(&mut self) -> Option<String> {
        let damage = self.base.as_ref()?.damage().filter(|_| !self.damaged)?;
        self.damaged = true;
        Some(format!("{}: {damage}", self.file.path.display()))
    }
}

/// The files in the order in which they are believed, each once. Relative paths start at the first folder that has
/// the file.
fn wanted(folders: &[PathBuf], files: &KnowledgeFiles) -> Vec<Wanted> {
    let own = folders
        .iter()
        .map(|folder| (folder.join(DESK_LIST), Kind::Own));
    let placed = |path: &PathBuf| {
        let mut paths = folders.iter().map(|folder| folder.join(path));
        let there = paths.clone().find(|path| path.exists());
        there.or_else(|| paths.next()).unwrap_or(path.clone())
    };
    let lists = files
        .desk_lists
        .iter()
        .map(|path| (placed(path), Kind::Desk));
    let bases = files.bases.iter().map(|path| (placed(path), Kind::Base));
    let mut wanted: Vec<Wanted> = Vec::new();
    for (path, kind) in own.chain(lists).chain(bases) {
        if wanted.iter().any(|other| other.path == path) {
            continue;
        }
        let inside = folders
            .iter()
            .find_map(|folder| path.strip_prefix(folder).ok());
        let name = inside.unwrap_or(&path).display().to_string();
        wanted.push(Wanted { path, name, kind });
    }
    wanted
}

/// Reads a desk list: its records, and what is wrong with it. That is left out; if it is the syntax, the version before
/// stays.
fn desk_list(file: &Wanted, before: Option<Arc<Base>>) -> (Option<Arc<Base>>, Option<String>) {
    let path = file.path.display();
    let text = match text(&file.path) {
        Ok(text) => text,
        Err(reason) if before.is_some() => {
            return (before, Some(format!("{path}: {reason}; {STAYS}")));
        }
        Err(reason) => return (None, Some(format!("{path}: {reason}"))),
    };
    let (records, problems) = reader::desk_list(&text);
    let base = || Some(Arc::new(Base::of(&file.name, records)));
    if problems.is_empty() {
        return (base(), None);
    }
    let mut told: Vec<String> = problems
        .iter()
        .take(SEVERAL)
        .map(|(line, reason)| format!("line {line}: {reason}"))
        .collect();
    if let Some(more @ 1..) = problems.len().checked_sub(SEVERAL) {
        told.push(format!("and {more} more"));
    }
    let told = told.join("; ");
    if before.is_some() && text.parse::<toml::Table>().is_err() {
        return (before, Some(format!("{path}: {told}; {STAYS}")));
    }
    (base(), Some(format!("{path}: {told}")))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::super::{Intake, build};
    use super::*;

    /// A folder of knowledge, looked at again and again.
    struct Desk {
        folder: tempfile::TempDir,
        shelf: Shelf,
        settings: KnowledgeFiles,
        /// Seconds that the files' clock has been put forward: two writes may fall into one tick of the real one.
        clock: u64,
    }

    impl Desk {
        fn new() -> Desk {
            Desk {
                folder: tempfile::tempdir().unwrap(),
                shelf: Shelf::default(),
                settings: KnowledgeFiles::default(),
                clock: 0,
            }
        }

        fn write(&mut self, name: &str, bytes: impl AsRef<[u8]>) {
            let path = self.folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            self.clock += 10;
            let time = SystemTime::now() + Duration::from_secs(self.clock);
            let file = fs::File::options().write(true).open(path).unwrap();
            file.set_modified(time).unwrap();
        }

        fn build(&mut self, name: &str, people: &[&str]) {
            let path = self.folder.path().join(name);
            let list = people.iter().map(|name| person(name)).collect::<String>();
            let (records, _) = reader::desk_list(&list);
            let feed = |intake: &mut Intake<'_>| {
                for record in records {
                    intake.take(0, 0, Ok(record));
                }
                Ok(())
            };
            build(&path, false, feed, &mut |_| {}).unwrap();
        }

        /// Looks at the files: whether the knowledge has changed, and what is told.
        fn look(&mut self, changed: bool, troubles: &[&str]) {
            let folder = self.folder.path().to_owned();
            let news = self
                .shelf
                .refresh(std::slice::from_ref(&folder), &self.settings);
            let start = format!("{}/", folder.display());
            let told: Vec<String> = (news.troubles.iter())
                .map(|trouble| trouble.replace(&start, ""))
                .collect();
            assert_eq!(told, troubles);
            assert_eq!(news.knowledge.is_some(), changed);
        }

        /// Which bases know a name.
        fn knows(&self, name: &str, expected: &[&str]) {
            let knowledge = self.shelf.knowledge.as_ref().unwrap();
            let found: Vec<&str> = knowledge
                .find(name)
                .iter()
                .map(|known| known.base)
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    fn person(name: &str) -> String {
        format!("[[person]]\nname = \"{name}\"\n\n")
    }

    #[test]
    fn without_files_there_is_what_ships() {
        let mut desk = Desk::new();
        desk.look(true, &[]);
        desk.look(false, &[]);
    }

    #[test]
    fn a_desk_list_comes_changes_and_goes() {
        let mut desk = Desk::new();
        desk.look(true, &[]);
        desk.write(DESK_LIST, person("Ann Wexmouth"));
        desk.look(true, &[]);
        desk.knows("Ann Wexmouth", &[DESK_LIST]);
        desk.look(false, &[]);
        desk.write(DESK_LIST, person("Bo Wexmouth"));
        desk.look(true, &[]);
        desk.knows("Ann Wexmouth", &[]);
        desk.knows("Bo Wexmouth", &[DESK_LIST]);
        fs::remove_file(desk.folder.path().join(DESK_LIST)).unwrap();
        desk.look(true, &[]);
        desk.knows("Bo Wexmouth", &[]);
    }

    #[test]
    fn a_broken_edit_leaves_the_last_good_list() {
        let mut desk = Desk::new();
        desk.write(DESK_LIST, person("Ann Wexmouth"));
        desk.look(true, &[]);
        desk.write(
            DESK_LIST,
            format!("{}[[person]]\nname = \"Bo\n", person("Ann Wexmouth")),
        );
        let told = "copydesk-desk.toml: line 5: invalid basic string, expected `\"`; the last good list stays";
        desk.look(false, &[told]);
        desk.knows("Ann Wexmouth", &[DESK_LIST]);
        desk.look(false, &[]);
        desk.write(DESK_LIST, b"\xFF");
        let told = "copydesk-desk.toml: is not UTF-8: wrong at byte 0; the last good list stays";
        desk.look(false, &[told]);
        desk.write(DESK_LIST, person("Bo Wexmouth"));
        desk.look(true, &[]);
        desk.knows("Bo Wexmouth", &[DESK_LIST]);
    }

    #[test]
    fn a_wrong_entry_is_named_with_its_line_and_the_rest_is_taken() {
        let mut desk = Desk::new();
        desk.write(
            DESK_LIST,
            format!("{}[[person]]\nnmae = \"x\"\n", person("Ann Wexmouth")),
        );
        let told =
            "copydesk-desk.toml: line 4: no name; line 5: no field `nmae` (did you mean `name`?)";
        desk.look(true, &[told]);
        desk.knows("Ann Wexmouth", &[DESK_LIST]);
        desk.look(false, &[]);
    }

    #[test]
    fn the_desk_is_believed_before_the_workspace() {
        let mut desk = Desk::new();
        desk.write(DESK_LIST, person("Ann Wexmouth"));
        desk.write("sports.toml", person("Ann Wexmouth"));
        desk.build("people.base", &["Ann Wexmouth", "Bo Wexmouth"]);
        desk.settings.desk_lists = vec!["sports.toml".into(), DESK_LIST.into()];
        desk.settings.bases = vec!["people.base".into()];
        desk.look(true, &[]);
        desk.knows("Ann Wexmouth", &[DESK_LIST, "sports.toml", "people.base"]);
        desk.knows("Bo Wexmouth", &["people.base"]);
        desk.settings = KnowledgeFiles::default();
        desk.look(true, &[]);
        desk.knows("Ann Wexmouth", &[DESK_LIST]);
    }

    #[test]
    fn files_that_cannot_be_read_are_told_once_and_left_out() {
        let mut desk = Desk::new();
        desk.write(DESK_LIST, person("Ann Wexmouth"));
        desk.write("short.base", b"copydesk");
        desk.settings.desk_lists = vec!["gone.toml".into()];
        desk.settings.bases = vec!["short.base".into(), "gone.base".into()];
        let folder = desk.folder.path().to_owned();
        let news = desk
            .shelf
            .refresh(std::slice::from_ref(&folder), &desk.settings);
        assert_eq!(news.troubles.len(), 3, "{:?}", news.troubles);
        let names = [
            "gone.toml: no such file",
            "short.base: ",
            "gone.base: no such file",
        ];
        for (trouble, name) in news.troubles.iter().zip(names) {
            assert!(
                trouble.contains(name) && !trouble.contains('\n'),
                "{trouble}"
            );
        }
        desk.knows("Ann Wexmouth", &[DESK_LIST]);
        desk.look(false, &[]);
        desk.build("gone.base", &["Bo Wexmouth"]);
        desk.look(true, &[]);
        desk.knows("Bo Wexmouth", &["gone.base"]);
    }

    #[test]
    fn a_folder_in_place_of_a_list_is_no_list() {
        let mut desk = Desk::new();
        fs::create_dir(desk.folder.path().join(DESK_LIST)).unwrap();
        desk.look(true, &["copydesk-desk.toml: is not a file"]);
    }
}
