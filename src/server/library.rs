//! The files of settings and of the newsroom's knowledge in the server: when they are looked at, and who is told what came
//! of it.
//!
//! Files are looked at away from the threads that serve messages, and never under the session's lock. A look that hangs,
//! on a share that has gone away, holds up nobody for longer than [`SOON`]; until it ends there is no other.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tower_lsp::ls_types::{
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams, FileSystemWatcher,
    GlobPattern, InitializeParams, MessageType, Registration, Uri, WorkspaceFolder,
};

use super::ledger;
use super::session::Session;
use crate::newsroom::{DESK_LIST, LEDGERS, SETTINGS};

/// How often the files are looked at unless there is a reason to.
pub(super) const PERIOD: Duration = Duration::from_secs(1);

/// How long whoever asks waits for a look.
const SOON: Duration = Duration::from_millis(200);

/// How long drafts wait for the first look, before they are read with what ships.
pub(super) const FIRST: Duration = Duration::from_secs(2);

/// A folder of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder {
    /// As the client writes it, without a slash at its end.
    pub uri: String,
    /// Where it is.
    pub path: PathBuf,
}

impl Folder {
    /// None for what is no folder of files.
    pub(super) fn new(uri: &Uri) -> Option<Folder> {
        let path = path(uri)?;
        let uri = uri.as_str().trim_end_matches('/').to_owned();
        Some(Folder { uri, path })
    }

    /// The URI of its desk list.
    pub(super) fn desk_list(&self) -> Option<Uri> {
        Uri::from_str(&format!("{}/{DESK_LIST}", self.uri)).ok()
    }

    /// Whether a document is its desk list.
    pub(super) fn is_list(&self, uri: &Uri) -> bool {
        path(uri).is_some_and(|path| path == self.path.join(DESK_LIST))
    }

    /// Whether a draft stands in it.
    pub(super) fn holds(&self, uri: &Uri) -> bool {
        path(uri).is_some_and(|path| path.starts_with(&self.path))
    }
}

/// Whether a document is a list or settings, and no draft.
pub(super) fn is_list(uri: &Uri) -> bool {
    uri.path().as_str().to_ascii_lowercase().ends_with(".toml")
}

/// Why the files are to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Somebody asks about a draft: they may have changed.
    Asked,
    /// They have changed, or other files are wanted.
    Changed,
}

/// The folders that a client has open: by the newest way in which it says so.
#[expect(deprecated, reason = "older clients say it so")]
pub(super) fn folders(params: &InitializeParams) -> Vec<Folder> {
    let root = || params.root_uri.iter().filter_map(Folder::new).collect();
    match &params.workspace_folders {
        Some(folders) => folders.iter().filter_map(of).collect(),
        None => root(),
    }
}

/// `workspace/didChangeWorkspaceFolders`.
pub(super) fn did_change_folders(session: &Arc<Session>, params: DidChangeWorkspaceFoldersParams) {
    let added = params.event.added.iter().filter_map(of);
    let removed = params.event.removed.iter().filter_map(of);
    session.change_folders(added.collect(), &removed.collect::<Vec<_>>());
    look_soon(session, Reason::Changed);
}

/// Looks at the files when the thread that is serving a message has done with it.
pub(super) fn look_soon(session: &Arc<Session>, reason: Reason) {
    if session.begin_look(reason) {
        tokio::spawn(look(Arc::clone(session)));
    }
}

/// Looks at the files if it is time, and waits a little for what comes of it.
pub(super) async fn look_now(session: &Arc<Session>) {
    if session.begin_look(Reason::Asked) {
        let look = tokio::spawn(look(Arc::clone(session)));
        let _ = tokio::time::timeout(SOON, look).await;
    }
}

/// The first look. Drafts wait for it, but not for ever.
pub(super) fn open(session: &Arc<Session>) {
    look_for_new(session);
    tokio::spawn(tell_of_damage(Arc::clone(session)));
}

/// Looks at the files for a draft that has been opened. It waits for them, but not for ever.
pub(super) fn look_for_new(session: &Arc<Session>) {
    look_soon(session, Reason::Changed);
    let waiting = Arc::clone(session);
    tokio::spawn(async move {
        tokio::time::sleep(FIRST).await;
        waiting.do_without_files();
    });
}

/// Looks at the files where the reading of a draft has met damage: a look tells of it, once for each base.
async fn tell_of_damage(session: Arc<Session>) {
    loop {
        session.damaged().await;
        // Each version of a draft may meet it.
        tokio::time::sleep(PERIOD).await;
        look_soon(&session, Reason::Asked);
    }
}

/// Has the client tell when a desk list, a file of settings or a ledger changes. Clients that cannot are found out by
/// looking.
pub(super) fn watch(session: &Arc<Session>) {
    if !session.abilities().watched_files {
        return;
    }
    let ledgers = format!("{LEDGERS}/*.jsonl");
    let watchers = [DESK_LIST, SETTINGS, &ledgers].map(|name| FileSystemWatcher {
        glob_pattern: GlobPattern::String(format!("**/{name}")),
        kind: None,
    });
    let options = DidChangeWatchedFilesRegistrationOptions {
        watchers: watchers.into(),
    };
    let registration = Registration {
        id: "desk-lists".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    let client = session.client().clone();
    tokio::spawn(async move {
        if let Err(error) = client.register_capability(vec![registration]).await {
            tracing::debug!("the client does not watch files: {error}");
        }
    });
}

async fn look(session: Arc<Session>) {
    loop {
        let at_the_files = Arc::clone(&session);
        let look = tokio::task::spawn_blocking(move || at_the_files.look());
        match look.await {
            Ok(troubles) => tell(&session, troubles),
            Err(_) => session.do_without_files(),
        }
        ledger::look(&session).await;
        if !session.end_look() {
            return;
        }
    }
}

/// Shows messages without waiting for a client that does not read.
pub(super) fn tell(session: &Session, troubles: Vec<String>) {
    let client = session.client().clone();
    tokio::spawn(async move {
        for trouble in troubles {
            tracing::warn!("{trouble}");
            let message = format!("copydesk: {trouble}");
            client.show_message(MessageType::WARNING, message).await;
        }
    });
}

fn of(folder: &WorkspaceFolder) -> Option<Folder> {
    Folder::new(&folder.uri)
}

/// The file of a document; none for what is no file.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path().map(|path| path.into_owned()))?
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn check(params: Value, expected: &[&str]) {
        let mut whole = json!({"processId": null, "rootUri": null, "capabilities": {}});
        whole
            .as_object_mut()
            .unwrap()
            .extend(params.as_object().unwrap().clone());
        let found = folders(&serde_json::from_value(whole).unwrap());
        let found: Vec<_> = found.iter().map(|folder| folder.uri.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn folders_are_what_the_client_says() {
        let two =
            json!([{"uri": "file:///a/", "name": "a"}, {"uri": "file:///b%20c", "name": "b"}]);
        check(
            json!({"rootUri": "file:///x", "workspaceFolders": two}),
            &["file:///a", "file:///b%20c"],
        );
        check(json!({"rootUri": "file:///x"}), &["file:///x"]);
        check(
            json!({"rootUri": "file:///x", "workspaceFolders": null}),
            &["file:///x"],
        );
        check(json!({"rootUri": "file:///x", "workspaceFolders": []}), &[]);
        check(json!({"rootUri": "untitled:x"}), &[]);
        check(json!({}), &[]);
    }

    #[test]
    fn drafts_stand_in_their_folders() {
        let uri = |text: &str| Uri::from_str(text).unwrap();
        let folder = Folder::new(&uri("file:///b%20c/")).unwrap();
        assert!(folder.holds(&uri("file:///b%20c/d/e.txt")));
        assert!(!folder.holds(&uri("file:///b%20cd/e.txt")));
        assert!(!folder.holds(&uri("untitled:///b%20c/e.txt")));
        let list = folder.desk_list().unwrap();
        assert_eq!(list.as_str(), "file:///b%20c/copydesk-desk.toml");
    }
}
