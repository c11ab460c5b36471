//! The saved drafts of the workspace's folders, and who is in them.
//!
//! They are read when somebody first asks, one after the other and away from the threads that serve messages; with each
//! later question those that have changed are read again. A question waits a little for that, and is answered from
//! what is known by then.

use std::collections::{HashMap, HashSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use tower_lsp::ls_types::{ProgressToken, Range, Uri};
use tower_lsp::{Bounded, Client, NotCancellable, OngoingProgress};

use super::convert::{self, Places};
use super::layers::{Layers, Place};
use super::library::{Folder, PERIOD};
use super::session::Session;
use crate::analysis::{Memo, analyze};
use crate::features::{self, Named};
use crate::knowledge::Knowledge;
use crate::newsroom::SettingsFiles;
use crate::rules;
use crate::settings::Settings;
use crate::text::{Document, Encoding};

/// How long a question waits for drafts to be read.
const SOON: Duration = Duration::from_secs(1);

/// How long a client is waited for that is to show how far the reading is.
const PATIENCE: Duration = Duration::from_secs(2);

/// Drafts beyond these are not read: a folder so full is no desk's, and an hour of reading helps nobody.
const MOST: usize = 5_000;

/// Folders below these are not looked into.
const DEEPEST: usize = 16;

/// The bytes of a longer file are no draft.
const LONGEST: u64 = 1_000_000;

/// The extensions of drafts.
const EXTENSIONS: [&str; 5] = ["txt", "md", "markdown", "html", "htm"];

/// Folders that hold no drafts, besides those whose names start with a point.
const NO_FOLDERS: [&str; 2] = ["node_modules", "target"];

/// Drafts to be read from which on the client shows how far that is.
const MANY: usize = 20;

/// What is known of saved drafts.
#[derive(Debug)]
pub(super) struct Archive {
    state: Mutex<State>,
    /// Whether drafts are being read.
    busy: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct State {
    drafts: HashMap<PathBuf, Saved>,
    /// When somebody last looked which have changed.
    looked: Option<Instant>,
}

/// A saved draft as it was read.
#[derive(Clone, Debug)]
pub(super) struct Saved {
    /// Where it stands.
    pub uri: Uri,
    /// Who is in it, with the first reference as the client counts columns.
    pub people: Arc<[(Named, Range)]>,
    stamp: Stamp,
}

/// What shows that a file has changed: when it was written and its bytes.
type Stamp = (Option<SystemTime>, u64);

impl Default for Archive {
    fn default() -> Archive {
        Archive {
            state: Mutex::default(),
            busy: watch::Sender::new(false),
        }
    }
}

impl Archive {
    /// The saved drafts that are known, without those at some paths.
    pub(super) fn drafts(&self, without: &HashSet<PathBuf>) -> Vec<Saved> {
        let state = self.state();
        let drafts = state.drafts.iter();
        let drafts = drafts.filter(|(path, _)| !without.contains(*path));
        drafts.map(|(_, saved)| saved.clone()).collect()
    }

    fn begin(&self) -> bool {
        let mut state = self.state();
        let fresh = state.looked.is_some_and(|at| at.elapsed() < PERIOD);
        if fresh || self.busy.send_replace(true) {
            return false;
        }
        state.looked = Some(Instant::now());
        true
    }

    /// The drafts that have changed since they were read, or never were; forgets those that are gone.
    fn changed(&self, listed: Vec<(PathBuf, Stamp)>) -> Vec<(PathBuf, Stamp)> {
        let mut state = self.state();
        let paths: HashSet<&PathBuf> = listed.iter().map(|(path, _)| path).collect();
        state.drafts.retain(|path, _| paths.contains(path));
        let known = &state.drafts;
        let is_new = |(path, stamp): &(PathBuf, Stamp)| {
            known.get(path).is_none_or(|saved| saved.stamp != *stamp)
        };
        listed.into_iter().filter(is_new).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the saved drafts that have changed, and waits a little for that.
pub(super) async fn look(session: &Arc<Session>) {
    let mut busy = session.archive().busy.subscribe();
    if session.archive().begin() {
        let reading = Busy(Arc::clone(session));
        tokio::spawn(async move { read_changed(&reading.0).await });
    }
    let _ = timeout(SOON, busy.wait_for(|busy| !busy)).await;
}

/// Drafts are being read as long as it lives.
struct Busy(Arc<Session>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.archive().busy.send_replace(false);
    }
}

async fn read_changed(session: &Arc<Session>) {
    let folders = session.folders();
    let list = {
        let (folders, layers) = (folders.clone(), session.layers());
        tokio::task::spawn_blocking(move || listed(&folders, layers))
    };
    let Ok(listed) = list.await else {
        return;
    };
    let changed = session.archive().changed(listed);
    let count = changed.len();
    let mut progress = match count >= MANY && session.abilities().progress {
        true => begin_progress(session.client(), count).await,
        false => None,
    };
    let encoding = session.abilities().encoding;
    for (number, (path, stamp)) in changed.into_iter().enumerate() {
        // Nobody wants the rest of it.
        if session.is_shut_down() || session.folders() != folders {
            break;
        }
        let knowledge = session.knowledge();
        let read = tokio::task::spawn_blocking(move || {
            let saved = saved(&path, stamp, encoding, &knowledge)?;
            Some((path, saved))
        });
        if let Ok(Some((path, saved))) = read.await {
            session.archive().state().drafts.insert(path, saved);
        }
        let percent = |number: usize| u32::try_from(number * 100 / count).unwrap_or_default();
        if let Some(progress) = &mut progress
            && percent(number) != percent(number + 1)
        {
            progress.report(percent(number + 1)).await;
        }
    }
    if let Some(progress) = progress {
        progress.finish().await;
    }
}

async fn begin_progress(
    client: &Client,
    count: usize,
) -> Option<OngoingProgress<Bounded, NotCancellable>> {
    let token = ProgressToken::String("copydesk/drafts".to_owned());
    let made = timeout(PATIENCE, client.create_work_done_progress(token.clone()));
    made.await.ok()?.ok()?;
    let progress = client.progress(token, "Reading drafts");
    let progress = progress
        .with_message(format!("{count} drafts"))
        .with_percentage(0);
    Some(progress.begin().await)
}

/// The drafts of some folders by the settings that hold for them.
fn listed(folders: &[Folder], mut layers: Layers) -> Vec<(PathBuf, Stamp)> {
    let mut files: Vec<(PathBuf, Stamp)> = Vec::new();
    let mut above: Vec<(PathBuf, usize)> = Vec::new();
    above.extend(folders.iter().map(|folder| (folder.path.clone(), 0)));
    let mut seen: HashSet<PathBuf> = HashSet::new();
    while let Some((folder, depth)) = above.pop() {
        if files.len() >= MOST || !seen.insert(folder.clone()) {
            continue;
        }
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            // Of a link neither holds: it may lead anywhere, also back here.
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() {
                let is_wanted = !name.starts_with('.') && !NO_FOLDERS.contains(&&*name);
                if is_wanted && depth < DEEPEST {
                    above.push((entry.path(), depth + 1));
                }
            } else if kind.is_file() && files.len() < MOST && is_text(&entry.path()) {
                let stamp = entry.metadata().ok().filter(|data| data.len() <= LONGEST);
                files.extend(stamp.map(|data| (entry.path(), stamp_of(&data))));
            }
        }
    }
    let parents = files.iter().filter_map(|(path, _)| path.parent());
    let parents = parents.map(Path::to_owned);
    layers.found = SettingsFiles::new(rules::problems).refresh(parents).found;
    files.retain(|(path, _)| {
        let uri = Uri::from_file_path(path);
        let in_force = uri.and_then(|uri| layers.of(&Place::new(&uri, folders)));
        in_force.is_some_and(|in_force| in_force.is_draft)
    });
    files
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        EXTENSIONS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(extension))
    })
}

fn stamp_of(data: &Metadata) -> Stamp {
    (data.modified().ok(), data.len())
}

/// Reads a draft; none for what is no text.
fn saved(path: &Path, stamp: Stamp, encoding: Encoding, knowledge: &Knowledge) -> Option<Saved> {
    let uri = Uri::from_file_path(path)?;
    let text = fs::read_to_string(path).ok()?;
    let document = Document::new(&text, 0, convert::language("", &uri));
    let analysis = analyze(
        &document.text(),
        document.language(),
        &Settings::default(),
        knowledge,
        &mut Memo::default(),
    );
    let places = Places {
        document: &document,
        encoding,
    };
    let people = features::people(&analysis).into_iter();
    let people = people.map(|named| {
        let range = places.range(named.range);
        (named, range)
    });
    Some(Saved {
        uri,
        people: people.collect(),
        stamp,
    })
}
