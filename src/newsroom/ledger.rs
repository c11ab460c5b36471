//! The ledger of a draft: what people have decided about it, kept beside it and out of the copy.
//!
//! Decisions of `story.txt` stand in `.copydesk/story.txt.jsonl` in the same folder, one a line, in the order in which
//! they were made; the last one about the same thing holds. The file is one draft's, so that whoever reads the draft
//! finds it without knowing the workspace, and it names no sources but that draft's. It only grows: a line is added in
//! one write under a lock, so that of two editors neither undoes what the other has just written, and a write that is
//! cut short costs one line. Only [`Ledger::prune`] writes it anew, under the same lock, into a file that then takes
//! its place.
//!
//! A draft that is no file keeps its decisions in memory; so does one whose folder cannot be written.

mod clock;
mod entry;
mod file;
mod notes;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

pub use entry::{Decision, Entry};
pub use notes::Notes;

/// The folder of ledgers, beside the drafts.
pub const LEDGERS: &str = ".copydesk";

/// What people have decided about one draft. Every call may read from disk or write to it.
#[derive(Debug, Default)]
pub struct Ledger {
    /// None for a draft that is no file.
    draft: Option<PathBuf>,
    /// Where it stands; none until somebody has looked.
    path: Option<PathBuf>,
    /// The file as it was when it was read last.
    stamp: Option<Stamp>,
    /// What stands in it.
    saved: Vec<Entry>,
    /// What could not be written.
    unsaved: Vec<Entry>,
    notes: Arc<Notes>,
    /// What has been told to be wrong.
    told: Option<String>,
    /// That it cannot be written has been told.
    told_of_writing: bool,
}

/// What changes with a file's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
}

/// What came of pruning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// Decisions that were in force and are dropped.
    pub dropped: usize,
    /// Lines that could not be read and are dropped.
    pub damaged: usize,
}

impl Ledger {
    /// The ledger of a draft, which is not yet looked at. `draft` is none for one that is no file.
    pub fn of(draft: Option<&Path>) -> Ledger {
        Ledger {
            draft: draft.map(Path::to_owned),
            ..Ledger::default()
        }
    }

    /// Whether the draft is a file, so that decisions outlive this process.
    pub fn is_kept(&self) -> bool {
        self.draft.is_some()
    }

    /// What holds now.
    pub fn notes(&self) -> &Arc<Notes> {
        &self.notes
    }

    /// Reads the file if it has changed: whether what holds has changed, and what is newly wrong with it.
    pub fn refresh(&mut self) -> (bool, Option<String>) {
        let Some(path) = &self.place() else {
            return (false, None);
        };
        // Before the reading: what is written meanwhile is seen at the next look.
        let stamp = Stamp::of(path);
        if stamp == self.stamp {
            return (false, None);
        }
        self.stamp = stamp;
        let trouble = match stamp.map(|_| file::read(path)) {
            None => {
                self.saved.clear();
                None
            }
            Some(Ok(text)) => {
                let (entries, damaged) = entry::read(&text);
                self.saved = entries;
                let lines = damaged.len();
                damaged.first().map(|line| {
                    let more = match lines {
                        1 => String::new(),
                        _ => format!(" and {} more", lines - 1),
                    };
                    format!(
                        "{}: line {line}{more} cannot be read; the others hold",
                        path.display()
                    )
                })
            }
            Some(Err(reason)) => Some(format!("{}: {reason}", path.display())),
        };
        let news = trouble.clone().filter(|_| trouble != self.told);
        self.told = trouble;
        (self.count(), news)
    }

    /// Adds decisions, or takes them back where they are `undone`. They hold from now on. Returns, once, why they
    /// cannot be kept beyond this process.
    pub fn note(&mut self, decisions: Vec<(Decision, bool)>) -> Option<String> {
        let (at, by) = (clock::now(), author());
        let entries = decisions.into_iter().map(|(decision, undone)| Entry {
            at: Some(at.clone()),
            by: by.clone(),
            undone,
            decision,
        });
        self.unsaved.extend(entries);
        let written = self.place().map(|path| {
            let lines: String = self.unsaved.iter().map(Entry::line).collect();
            file::append(&path, &lines)
        });
        let trouble = match written {
            None => None,
            Some(Ok(())) => {
                self.unsaved.clear();
                self.told_of_writing = false;
                self.refresh().1
            }
            Some(Err(error)) => {
                let is_new = !std::mem::replace(&mut self.told_of_writing, true);
                is_new.then(|| self.unwritable(&error))
            }
        };
        self.count();
        trouble
    }

    /// Drops what no longer holds and the decisions that `keep` refuses.
    ///
    /// # Errors
    /// The file cannot be written; one line that starts with its path.
    pub fn prune(&mut self, keep: impl Fn(&Decision) -> bool) -> Result<Pruned, String> {
        let Some(path) = self.place().filter(|path| path.exists()) else {
            return Ok(Pruned {
                dropped: 0,
                damaged: 0,
            });
        };
        let mut pruned = Pruned {
            dropped: 0,
            damaged: 0,
        };
        let result = file::rewrite(&path, |text| {
            let (entries, damaged) = entry::read(text);
            let notes = Notes::new(&entries);
            let (kept, dropped): (Vec<&Entry>, Vec<_>) = notes
                .entries()
                .iter()
                .partition(|entry| keep(&entry.decision));
            pruned = Pruned {
                dropped: dropped.len(),
                damaged: damaged.len(),
            };
            let unknown = entry::unknown(text).map(|line| format!("{line}\n"));
            kept.into_iter().map(Entry::line).chain(unknown).collect()
        });
        result.map_err(|error| format!("{}: {}", path.display(), file::reason(&error)))?;
        self.refresh();
        Ok(pruned)
    }

    /// Works out what holds; whether that is news.
    fn count(&mut self) -> bool {
        let notes = Notes::of(self.saved.iter().chain(&self.unsaved));
        let changed = *self.notes != notes;
        if changed {
            self.notes = Arc::new(notes);
        }
        changed
    }

    /// Where the ledger stands.
    fn place(&mut self) -> Option<PathBuf> {
        if self.path.is_none() {
            self.path = place(self.draft.as_deref()?);
        }
        self.path.clone()
    }

    fn unwritable(&self, error: &io::Error) -> String {
        let path = self.path.as_deref().unwrap_or(Path::new(LEDGERS));
        format!(
            "{}: {}; what you decide holds until the draft is closed",
            path.display(),
            file::reason(error)
        )
    }
}

impl Stamp {
    fn of(path: &Path) -> Option<Stamp> {
        let data = fs::metadata(path).ok()?;
        Some(Stamp {
            modified: data.modified().ok(),
            size: data.len(),
        })
    }
}

/// Where the ledger of a draft stands. A draft that is reached in two ways has one ledger.
fn place(draft: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(draft)
        .or_else(|_| std::path::absolute(draft))
        .ok()?;
    let mut name = real.file_name()?.to_owned();
    name.push(".jsonl");
    Some(real.parent()?.join(LEDGERS).join(name))
}

/// The name under which somebody works at this machine.
fn author() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|name| !name.is_empty()))
}
