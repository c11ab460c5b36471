//! All that the server knows: the open drafts, the client, the settings and the newsroom's knowledge.
//!
//! Every change happens under one lock, before the handler that brings it waits for anything; the messages of the
//! client therefore take effect in the order in which they arrive. Nothing here waits while it holds the lock.

mod reading;

use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tower_lsp::Client;
use tower_lsp::ls_types::Uri;

use super::abilities::Abilities;
use super::archive::Archive;
use super::layers::{Layers, Place};
use super::library::{self, Folder, PERIOD, Reason};
use super::pull::Visible;
use super::tokens::Told;
use super::worker::{self, Analysed, Snapshot};
use crate::knowledge::Knowledge;
use crate::newsroom::{Decision, Ledger, Notes, SettingsFiles, Shelf};
use crate::rules;
use crate::settings::Layer;
use crate::text::{Change, Document};

pub(super) use reading::Reading;

/// The state of the server.
#[derive(Debug)]
pub(super) struct Session {
    client: Client,
    state: Mutex<State>,
    /// Locked only where a thread may wait for files.
    files: Mutex<Files>,
    stop: Notify,
    told: Told,
    archive: Archive,
    /// A look-up has met a base that is damaged.
    damaged: Arc<Notify>,
    /// The last id of a list of findings.
    lists: Arc<AtomicU64>,
    /// Findings have changed without an edit.
    findings_changed: Arc<Notify>,
}

/// The files beyond drafts.
#[derive(Debug)]
struct Files {
    shelf: Shelf,
    settings: SettingsFiles,
}

#[derive(Debug, Default)]
struct State {
    abilities: Abilities,
    layers: Layers,
    folders: Vec<Folder>,
    /// None until the files have been looked at.
    knowledge: Option<Arc<Knowledge>>,
    look: Look,
    drafts: HashMap<Uri, Draft>,
    /// Lists that the client has open, which are no drafts: what it has typed and not yet saved counts.
    lists: HashMap<Uri, Document>,
    /// Workers of closed drafts that may still have to clear their diagnostics.
    closing: HashMap<Uri, JoinHandle<()>>,
    /// How often the client has told its settings or was asked for them.
    settings_told: u64,
    /// What was wrong with the settings that came last.
    trouble: Option<String>,
    shut_down: bool,
}

/// How it stands with the files of knowledge.
#[derive(Debug, Default)]
struct Look {
    /// When the last look began.
    last: Option<Instant>,
    /// One is under way.
    running: bool,
    /// Something has changed since it began.
    again: bool,
}

/// An open draft. Dropping it ends its worker.
#[derive(Debug)]
struct Draft {
    snapshots: watch::Sender<Snapshot>,
    analyses: watch::Receiver<Option<Arc<Analysed>>>,
    visible: watch::Receiver<Option<Arc<Visible>>>,
    worker: JoinHandle<()>,
    /// Locked only where a thread may wait for files.
    ledger: Arc<Mutex<Ledger>>,
}

impl Session {
    /// A session without drafts.
    pub(super) fn new(client: Client) -> Session {
        Session {
            client,
            state: Mutex::default(),
            files: Mutex::new(Files {
                shelf: Shelf::default(),
                settings: SettingsFiles::new(rules::problems),
            }),
            stop: Notify::new(),
            told: Told::default(),
            archive: Archive::default(),
            damaged: Arc::default(),
            lists: Arc::default(),
            findings_changed: Arc::default(),
        }
    }

    /// The way to the client. Never to be awaited in a handler: its answers come through the loop that runs handlers.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The tokens that the client was given.
    pub(super) fn told(&self) -> &Told {
        &self.told
    }

    /// What is known of saved drafts.
    pub(super) fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The folders of the workspace.
    pub(super) fn folders(&self) -> Vec<Folder> {
        self.state().folders.clone()
    }

    /// The settings that are known.
    pub(super) fn layers(&self) -> Layers {
        self.state().layers.clone()
    }

    /// What the newsroom knows, or what ships as long as its files have not been looked at.
    pub(super) fn knowledge(&self) -> Arc<Knowledge> {
        let knowledge = self.state().knowledge.clone();
        knowledge.unwrap_or_else(|| Arc::new(Knowledge::shipped().clone()))
    }

    /// Notes what the client can do.
    pub(super) fn set_abilities(&self, abilities: Abilities) {
        self.state().abilities = abilities;
    }

    /// What the client can do.
    pub(super) fn abilities(&self) -> Abilities {
        self.state().abilities
    }

    /// Notes that the client has asked for an end.
    pub(super) fn shut_down(&self) {
        self.state().shut_down = true;
    }

    /// Whether the client has asked for an end.
    pub(super) fn is_shut_down(&self) -> bool {
        self.state().shut_down
    }

    /// Ends the server without the client's asking.
    pub(super) fn stop(&self) {
        self.stop.notify_one();
    }

    /// Returns when the server is to end without the client's asking.
    pub(super) async fn stopped(&self) {
        self.stop.notified().await;
    }

    /// Returns when a look-up has met a base that is damaged.
    pub(super) async fn damaged(&self) {
        self.damaged.notified().await;
    }

    /// Returns when findings have changed without an edit.
    pub(super) async fn findings_changed(&self) {
        self.findings_changed.notified().await;
    }

    /// Opens a draft. One that is open already is replaced. It is read when its folder has been
    /// looked at; whether it has been.
    pub(super) fn open(&self, uri: Uri, document: Document) -> bool {
        let mut state = self.state();
        if library::is_list(&uri) {
            state.lists.insert(uri, document);
            return true;
        }
        let closing = state.closing.remove(&uri);
        let previous = match state.drafts.remove(&uri) {
            Some(draft) => {
                tracing::warn!("a draft was opened that is open already");
                Some(draft.worker)
            }
            None => closing,
        };
        let ledger = Ledger::of(library::path(&uri).as_deref());
        let in_force = state.layers.of(&Place::new(&uri, &state.folders));
        let is_known = in_force.is_some();
        let (snapshots, latest) = watch::channel(Snapshot {
            document,
            is_draft: in_force.as_ref().is_none_or(|known| known.is_draft),
            knowledge: state.knowledge.clone().filter(|_| is_known),
            settings: Arc::new(in_force.map_or_else(Default::default, |known| known.settings)),
            // A draft that is no file has nothing to be read.
            notes: (!ledger.is_kept()).then(Arc::default),
            revision: 1,
            edits: 0,
            edited: None,
        });
        let (analyses_in, analyses) = watch::channel(None);
        let (visible_in, visible) = watch::channel(None);
        let worker = worker::spawn(
            worker::Desk {
                client: self.client.clone(),
                uri: uri.clone(),
                abilities: state.abilities,
                damaged: Arc::clone(&self.damaged),
                lists: Arc::clone(&self.lists),
                findings_changed: Arc::clone(&self.findings_changed),
            },
            latest,
            worker::Out {
                analyses: analyses_in,
                visible: visible_in,
            },
            previous,
        );
        let draft = Draft {
            snapshots,
            analyses,
            visible,
            worker,
            ledger: Arc::new(Mutex::new(ledger)),
        };
        state.drafts.insert(uri, draft);
        is_known
    }

    /// Edits a draft. A version that does not grow is noted and taken: the text must be the client's.
    pub(super) fn change(&self, uri: &Uri, version: i32, changes: Vec<Change>) {
        let mut state = self.state();
        let encoding = state.abilities.encoding;
        if let Some(list) = state.lists.get_mut(uri) {
            list.apply(changes, version, encoding);
            return;
        }
        let Some(draft) = state.drafts.get(uri) else {
            tracing::warn!("an edit of a draft that is not open was ignored");
            return;
        };
        draft.snapshots.send_modify(|snapshot| {
            if version <= snapshot.document.version() {
                let before = snapshot.document.version();
                tracing::warn!("an edit leads from version {before} to version {version}");
            }
            snapshot.document.apply(changes, version, encoding);
            snapshot.revision += 1;
            snapshot.edits += 1;
            snapshot.edited = Some(Instant::now());
        });
    }

    /// A saved draft counts as settled.
    pub(super) fn save(&self, uri: &Uri) {
        let state = self.state();
        match state.drafts.get(uri) {
            Some(draft) => draft
                .snapshots
                .send_modify(|snapshot| snapshot.edited = None),
            None if state.lists.contains_key(uri) => {}
            None => tracing::warn!("the saving of a draft that is not open was ignored"),
        }
    }

    /// Closes a draft; its worker clears the diagnostics.
    pub(super) fn close(&self, uri: Uri) {
        let mut state = self.state();
        if state.lists.remove(&uri).is_some() {
            return;
        }
        let Some(draft) = state.drafts.remove(&uri) else {
            tracing::warn!("the closing of a draft that is not open was ignored");
            return;
        };
        state.closing.retain(|_, worker| !worker.is_finished());
        state.closing.insert(uri, draft.worker);
    }

    /// Changes what the client sets; drafts for which other settings hold now are analysed anew.
    pub(super) fn set_settings(&self, layer: Layer) {
        let mut state = self.state();
        state.layers.client = Some(Arc::new(layer));
        state.read_anew(false);
    }

    /// Whether the client has set anything yet.
    pub(super) fn has_settings(&self) -> bool {
        self.state().layers.client.is_some()
    }

    /// Changes the folders of the workspace.
    pub(super) fn change_folders(&self, added: Vec<Folder>, removed: &[Folder]) {
        let mut state = self.state();
        state.folders.retain(|folder| !removed.contains(folder));
        for folder in added {
            if !state.folders.contains(&folder) {
                state.folders.push(folder);
            }
        }
    }

    /// Whether the files of knowledge are to be looked at now. If so, [`Session::end_look`] must follow.
    pub(super) fn begin_look(&self, reason: Reason) -> bool {
        let mut state = self.state();
        let look = &mut state.look;
        let due = look.last.is_none_or(|last| last.elapsed() >= PERIOD);
        if look.running {
            look.again |= reason == Reason::Changed;
            return false;
        }
        if reason == Reason::Asked && !due {
            return false;
        }
        look.running = true;
        look.last = Some(Instant::now());
        true
    }

    /// Ends a look; whether another one must follow.
    pub(super) fn end_look(&self) -> bool {
        let look = &mut self.state().look;
        look.running = std::mem::take(&mut look.again);
        look.running
    }

    /// Looks at the files of settings and knowledge, which may take its time; drafts are analysed anew if they have
    /// changed. Returns what is newly wrong with them.
    pub(super) fn look(&self) -> Vec<String> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut folders, places, mut layers) = {
            let state = self.state();
            let folders = state.folders.iter().map(|folder| folder.path.clone());
            (
                folders.collect::<Vec<_>>(),
                state.places(),
                state.layers.clone(),
            )
        };
        let known = places.iter().filter_map(|place| place.folder.clone());
        let settings = files.settings.refresh(known);
        layers.found = settings.found;
        for folder in layers.folders() {
            if !folders.contains(folder) {
                folders.push(folder.clone());
            }
        }
        let news = files.shelf.refresh(&folders, &layers.knowledge(&places));
        let mut state = self.state();
        state.layers.found = layers.found;
        let is_new = news.knowledge.is_some();
        state.knowledge = news.knowledge.or(state.knowledge.take());
        state.read_anew(is_new);
        let mut troubles = settings.troubles;
        troubles.extend(news.troubles);
        troubles
    }

    /// Looks at the ledger of a draft, which may take its time; the draft is analysed anew if it has changed. Returns
    /// whether it has, and what is newly wrong with it.
    pub(super) fn look_at_ledger(&self, uri: &Uri) -> (bool, Option<String>) {
        let Some(ledger) = self.ledger(uri) else {
            return (false, None);
        };
        let (changed, trouble, notes) = {
            let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
            let (changed, trouble) = ledger.refresh();
            (changed, trouble, Arc::clone(ledger.notes()))
        };
        self.set_notes(uri, &ledger, notes);
        (changed, trouble)
    }

    /// The drafts that are open.
    pub(super) fn open_drafts(&self) -> Vec<Uri> {
        self.state().drafts.keys().cloned().collect()
    }

    /// Notes decisions about a draft in its ledger, which may take its time, and has it analysed anew. Returns, once,
    /// why they cannot be kept.
    pub(super) fn note(&self, uri: &Uri, decisions: Vec<(Decision, bool)>) -> Option<String> {
        let ledger = self.ledger(uri)?;
        let (trouble, notes) = {
            let mut ledger = ledger.lock().unwrap_or_else(PoisonError::into_inner);
            (ledger.note(decisions), Arc::clone(ledger.notes()))
        };
        self.set_notes(uri, &ledger, notes);
        trouble
    }

    /// Lets a draft be read without its ledger, if that has not been read yet.
    pub(super) fn do_without_ledger(&self, uri: &Uri) {
        let state = self.state();
        let Some(draft) = state.drafts.get(uri) else {
            return;
        };
        draft.snapshots.send_if_modified(|snapshot| {
            let waits = snapshot.notes.is_none();
            if waits {
                tracing::warn!("a ledger was not read in time");
                snapshot.notes = Some(Arc::default());
                snapshot.revision += 1;
            }
            waits
        });
    }

    fn ledger(&self, uri: &Uri) -> Option<Arc<Mutex<Ledger>>> {
        let state = self.state();
        Some(Arc::clone(&state.drafts.get(uri)?.ledger))
    }

    /// Has a draft read with what its ledger says, if that is news and the draft is still the one whose ledger it is.
    fn set_notes(&self, uri: &Uri, ledger: &Arc<Mutex<Ledger>>, notes: Arc<Notes>) {
        let state = self.state();
        let draft = state.drafts.get(uri);
        let Some(draft) = draft.filter(|draft| Arc::ptr_eq(&draft.ledger, ledger)) else {
            return;
        };
        draft.snapshots.send_if_modified(|snapshot| {
            let is_news = snapshot.notes.as_ref() != Some(&notes);
            if is_news {
                snapshot.notes = Some(notes);
                snapshot.revision += 1;
            }
            is_news
        });
    }

    /// Lets drafts be read with what ships and without files of settings, if those have not been looked at yet.
    pub(super) fn do_without_files(&self) {
        let mut state = self.state();
        let unknown: Vec<Place> = (state.places().into_iter())
            .filter(|place| state.layers.of(place).is_none())
            .collect();
        if state.knowledge.is_some() && unknown.is_empty() {
            return;
        }
        tracing::warn!("the files of settings and knowledge were not read in time");
        for place in &unknown {
            state.layers.assume_none(place);
        }
        let is_new = state.knowledge.is_none();
        if is_new {
            state.knowledge = Some(Arc::new(Knowledge::shipped().clone()));
        }
        state.read_anew(is_new);
    }

    /// Counts one more time that the client tells its settings, or is asked for them.
    pub(super) fn count_settings(&self) -> u64 {
        let mut state = self.state();
        state.settings_told += 1;
        state.settings_told
    }

    /// How often that was counted.
    pub(super) fn counted_settings(&self) -> u64 {
        self.state().settings_told
    }

    /// Notes what is wrong with the settings that came last; whether that is news.
    pub(super) fn note_trouble(&self, trouble: Option<String>) -> bool {
        let mut state = self.state();
        let is_new = state.trouble != trouble;
        state.trouble = trouble;
        is_new
    }

    /// A handler that panicked has left the state whole: no change is made of two steps that may panic between.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn places(&self) -> Vec<Place> {
        let uris = self.drafts.keys();
        uris.map(|uri| Place::new(uri, &self.folders)).collect()
    }

    /// Has drafts analysed anew, with the settings and the knowledge that now hold: all of them, or those for which
    /// other settings hold than before.
    fn read_anew(&self, all: bool) {
        for (uri, draft) in &self.drafts {
            let Some(now) = self.layers.of(&Place::new(uri, &self.folders)) else {
                continue;
            };
            draft.snapshots.send_if_modified(|snapshot| {
                let other = *snapshot.settings != now.settings;
                let waits = snapshot.knowledge.is_none() && self.knowledge.is_some();
                if !other && !all && !waits && snapshot.is_draft == now.is_draft {
                    return false;
                }
                if other {
                    snapshot.settings = Arc::new(now.settings);
                }
                snapshot.is_draft = now.is_draft;
                snapshot.knowledge.clone_from(&self.knowledge);
                snapshot.revision += 1;
                true
            });
        }
    }
}
