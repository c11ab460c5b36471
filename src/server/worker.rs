//! The worker of one draft: takes its latest version, analyses it, publishes the findings or keeps them for clients that
//! ask.
//!
//! Each analysed version is published once, with its full list; versions that are overtaken while they wait are
//! skipped. The exception is `settle`: while the draft is being typed, new findings of rules that ask for it are held
//! back, and come with one more publish of the same version when the typing pauses.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tower_lsp::Client;
use tower_lsp::ls_types::{self, MessageType, Uri};

use super::abilities::Abilities;
use super::convert::Places;
use super::pull::Visible;
use super::settle::{Sign, held_back};
use crate::analysis::{Analysis, Memo, analyze_corrected};
use crate::features::{self, Diagnostic};
use crate::knowledge::Knowledge;
use crate::newsroom::Notes;
use crate::settings::Settings;
use crate::text::Document;

/// How long after the last edit a draft counts as settled.
const SETTLE: Duration = Duration::from_millis(1500);

/// A draft as its client has left it.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// The text and its version.
    pub document: Document,
    /// Whether it is a draft by the settings; nothing is said of what is none.
    pub is_draft: bool,
    /// The settings to read it with.
    pub settings: Arc<Settings>,
    /// What the newsroom knows; none until its files have been read, and the draft waits for them.
    pub knowledge: Option<Arc<Knowledge>>,
    /// What was decided about it; none until its ledger has been read, and the draft waits for that too.
    pub notes: Option<Arc<Notes>>,
    /// Counts whatever calls for a new analysis; unlike the client's versions it always grows.
    pub revision: u64,
    /// Counts the edits.
    pub edits: u64,
    /// When the last edit came; none for a draft that counts as settled.
    pub edited: Option<Instant>,
}

/// All that is known of one snapshot.
#[derive(Debug)]
pub(super) struct Analysed {
    /// The text and its version.
    pub document: Document,
    /// The settings it was read with.
    pub settings: Arc<Settings>,
    /// What the newsroom knew.
    pub knowledge: Arc<Knowledge>,
    /// What was decided about it.
    pub notes: Arc<Notes>,
    /// The revision of the snapshot.
    pub revision: u64,
    /// Its edits: of equal ones the text is the same.
    pub edits: u64,
    /// What the text says.
    pub analysis: Analysis,
    /// What a copy chief would query.
    pub findings: Vec<Diagnostic>,
    /// What somebody has let stand.
    pub stetted: Vec<Diagnostic>,
    /// One for each finding.
    signs: Vec<Sign>,
}

/// Whom a worker works for.
#[derive(Debug)]
pub(super) struct Desk {
    /// Where the findings go.
    pub client: Client,
    /// The draft.
    pub uri: Uri,
    /// What the client can do.
    pub abilities: Abilities,
    /// Notified where a look-up has met a base that is damaged.
    pub damaged: Arc<Notify>,
    /// The last id of a list of findings.
    pub lists: Arc<AtomicU64>,
    /// Notified where findings have changed without an edit.
    pub findings_changed: Arc<Notify>,
}

/// Where a worker puts what it knows.
#[derive(Debug)]
pub(super) struct Out {
    /// All of it.
    pub analyses: watch::Sender<Option<Arc<Analysed>>>,
    /// What the client may see, for clients that ask.
    pub visible: watch::Sender<Option<Arc<Visible>>>,
}

/// Starts the worker of a draft. It ends, clearing the diagnostics, when the sender of snapshots is dropped, and begins
/// after `previous`, the worker that had the same draft before.
pub(super) fn spawn(
    desk: Desk,
    mut snapshots: watch::Receiver<Snapshot>,
    out: Out,
    previous: Option<JoinHandle<()>>,
) -> JoinHandle<()> {
    snapshots.mark_changed();
    let mut worker = Worker {
        desk,
        snapshots,
        out,
        memo: Memo::default(),
        shown: Vec::new(),
        due: None,
        told: None,
    };
    tokio::spawn(async move {
        if let Some(previous) = previous {
            let _ = previous.await;
        }
        while worker.step().await.is_some() {}
        let Desk {
            client,
            uri,
            abilities,
            ..
        } = worker.desk;
        // A client that asks clears them itself.
        if !abilities.pulls {
            client.publish_diagnostics(uri, Vec::new(), None).await;
        }
    })
}

struct Worker {
    desk: Desk,
    snapshots: watch::Receiver<Snapshot>,
    out: Out,
    memo: Memo,
    /// The findings that the client has been shown last.
    shown: Vec<Sign>,
    /// When findings that are held back are to be shown.
    due: Option<Instant>,
    /// What was told of the draft as a whole.
    told: Option<String>,
}

impl Worker {
    /// Waits for something to do and does it; none when the draft is closed.
    async fn step(&mut self) -> Option<()> {
        let due = self.due;
        tokio::select! {
            changed = self.snapshots.changed() => changed.ok()?,
            () = tokio::time::sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {}
        }
        let snapshot = self.snapshots.borrow_and_update().clone();
        let edited = snapshot.edited;
        let last = self.out.analyses.borrow().clone();
        match last.filter(|last| last.revision == snapshot.revision) {
            Some(last) if due.is_some() => self.publish(&last, edited).await,
            Some(_) => {}
            None => {
                let known = snapshot.knowledge.clone().zip(snapshot.notes.clone());
                let Some((knowledge, notes)) = known else {
                    return Some(());
                };
                if let Some(analysed) = self.analyse(snapshot, knowledge, notes).await? {
                    if analysed.knowledge.damaged().next().is_some() {
                        self.desk.damaged.notify_one();
                    }
                    self.out.analyses.send_replace(Some(Arc::clone(&analysed)));
                    self.publish(&analysed, edited).await;
                    self.notice(&analysed).await;
                }
            }
        }
        Some(())
    }

    /// Tells once, in the client's log, what holds for the draft as a whole.
    async fn notice(&mut self, analysed: &Analysed) {
        let Some(notice) = features::notice(&analysed.analysis) else {
            return;
        };
        if self.told.as_ref() == Some(&notice) {
            return;
        }
        let path = self.desk.uri.path().as_str();
        let name = path.rsplit('/').next().unwrap_or(path);
        let message = format!("copydesk: {name} {notice}");
        let client = &self.desk.client;
        client.log_message(MessageType::INFO, message).await;
        self.told = Some(notice);
    }

    /// Analyses a snapshot away from the threads that serve messages. The inner option is none after a panic: the
    /// last analysis stays. The outer one is none when the draft is closed meanwhile.
    async fn analyse(
        &mut self,
        snapshot: Snapshot,
        knowledge: Arc<Knowledge>,
        notes: Arc<Notes>,
    ) -> Option<Option<Arc<Analysed>>> {
        let version = snapshot.document.version();
        let mut memo = std::mem::take(&mut self.memo);
        let last = self.out.analyses.borrow().clone();
        let is_other = |last: Arc<Analysed>| {
            !Arc::ptr_eq(&last.settings, &snapshot.settings)
                || !Arc::ptr_eq(&last.knowledge, &knowledge)
        };
        if last.is_some_and(is_other) {
            memo = Memo::default();
        }
        let work = tokio::task::spawn_blocking(move || {
            let analysed = Analysed::new(snapshot, knowledge, notes, &mut memo);
            (analysed, memo)
        });
        let done = tokio::select! {
            done = work => done,
            () = closed(self.snapshots.clone()) => return None,
        };
        match done {
            Ok((analysed, memo)) => {
                self.memo = memo;
                Some(Some(Arc::new(analysed)))
            }
            Err(_) => {
                tracing::error!("the analysis of version {version} failed; the last one stays");
                self.due = None;
                Some(None)
            }
        }
    }

    async fn publish(&mut self, analysed: &Analysed, edited: Option<Instant>) {
        let settled_at = edited.map(|edited| edited + SETTLE);
        let settled = settled_at.is_none_or(|at| at <= Instant::now());
        let held = match settled {
            true => vec![false; analysed.findings.len()],
            false => held_back(&analysed.signs, &self.shown),
        };
        let is_shown = |index: usize| !held[index];
        self.due = settled_at.filter(|_| held.contains(&true));
        self.shown = (analysed.signs.iter().enumerate())
            .filter(|(index, _)| is_shown(*index))
            .map(|(_, sign)| sign.clone())
            .collect();
        let Desk {
            client,
            uri,
            abilities,
            ..
        } = &self.desk;
        let places = Places {
            document: &analysed.document,
            encoding: abilities.encoding,
        };
        let diagnostics: Vec<_> = (analysed.findings.iter().enumerate())
            .filter(|(index, _)| is_shown(*index))
            .map(|(_, finding)| places.diagnostic(finding, uri, abilities.related_information))
            .collect();
        if abilities.pulls {
            self.keep(analysed, diagnostics);
            return;
        }
        let version = Some(analysed.document.version());
        client
            .publish_diagnostics(uri.clone(), diagnostics, version)
            .await;
    }

    /// Keeps the findings for a client that asks. It asks after each edit; of what changes without one it is told.
    fn keep(&self, analysed: &Analysed, diagnostics: Vec<ls_types::Diagnostic>) {
        let before = self.out.visible.borrow().clone();
        let same = before.as_ref().filter(|last| last.says(&diagnostics));
        let id = match same {
            Some(last) => last.id,
            None => self.desk.lists.fetch_add(1, Ordering::Relaxed) + 1,
        };
        let no_edit = before
            .as_ref()
            .is_some_and(|last| last.edits == analysed.edits);
        let is_news = same.is_none() && no_edit;
        self.out.visible.send_replace(Some(Arc::new(Visible {
            revision: analysed.revision,
            edits: analysed.edits,
            id,
            diagnostics,
        })));
        if is_news {
            self.desk.findings_changed.notify_one();
        }
    }
}

impl Analysed {
    fn new(
        snapshot: Snapshot,
        knowledge: Arc<Knowledge>,
        notes: Arc<Notes>,
        memo: &mut Memo,
    ) -> Analysed {
        let Snapshot {
            document,
            is_draft,
            settings,
            revision,
            edits,
            ..
        } = snapshot;
        let text = match is_draft {
            true => document.text(),
            false => String::new(),
        };
        let analysis = analyze_corrected(
            &text,
            document.language(),
            &settings,
            &knowledge,
            notes.corrections(),
            memo,
        );
        let findings = features::diagnostics(&analysis, &settings);
        let (findings, stetted) = features::part(&analysis, &notes, findings);
        let signs = findings
            .iter()
            .map(|finding| Sign::new(finding, &text))
            .collect();
        Analysed {
            document,
            settings,
            knowledge,
            notes,
            revision,
            edits,
            analysis,
            findings,
            stetted,
            signs,
        }
    }
}

/// Returns when the draft is closed.
async fn closed(mut snapshots: watch::Receiver<Snapshot>) {
    while snapshots.changed().await.is_ok() {}
}
