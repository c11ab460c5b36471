//! Ledgers in the server: read when a draft is opened and when they change, written by the command of a code action.
//!
//! As with all files, nothing that serves messages waits for them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{Command, ExecuteCommandParams, LSPAny, Uri};

use super::library::{self, FIRST};
use super::session::Session;
use crate::newsroom::Decision;

/// The command that notes decisions about a draft.
pub(super) const NOTE: &str = "copydesk.note";

/// What the command is told.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    uri: Uri,
    /// True where a decision is taken back.
    decisions: Vec<(Decision, bool)>,
}

/// The command that notes decisions; none where they cannot be put into words.
pub(super) fn command(title: &str, uri: &Uri, decisions: Vec<(Decision, bool)>) -> Option<Command> {
    let order = Order {
        uri: uri.clone(),
        decisions,
    };
    Some(Command {
        title: title.to_owned(),
        command: NOTE.to_owned(),
        arguments: Some(vec![serde_json::to_value(order).ok()?]),
    })
}

/// Runs the command. It is answered when the decisions hold.
pub(super) async fn execute(
    session: &Arc<Session>,
    params: ExecuteCommandParams,
) -> Result<Option<LSPAny>> {
    let order = params.arguments.into_iter().next().unwrap_or_default();
    let Ok(Order { uri, decisions }) = serde_json::from_value(order) else {
        return Err(Error::invalid_params("not the arguments of this command"));
    };
    let noting = Arc::clone(session);
    let noted = tokio::task::spawn_blocking(move || noting.note(&uri, decisions));
    let trouble = noted.await.map_err(|_| Error::internal_error())?;
    library::tell(session, trouble.into_iter().collect());
    refresh_hints(session);
    Ok(None)
}

/// Reads the ledger of a draft that was opened. The draft waits for it, but not for ever.
pub(super) fn open(session: &Arc<Session>, uri: Uri) {
    let session = Arc::clone(session);
    tokio::spawn(async move {
        let (looking, draft) = (Arc::clone(&session), uri.clone());
        let look = tokio::task::spawn_blocking(move || looking.look_at_ledger(&draft));
        match tokio::time::timeout(FIRST, look).await {
            Ok(Ok((_, trouble))) => library::tell(&session, trouble.into_iter().collect()),
            _ => session.do_without_ledger(&uri),
        }
    });
}

/// Looks at the ledgers of all open drafts.
pub(super) async fn look(session: &Arc<Session>) {
    let looking = Arc::clone(session);
    let look = tokio::task::spawn_blocking(move || {
        let drafts = looking.open_drafts().into_iter();
        drafts.map(|uri| looking.look_at_ledger(&uri)).collect()
    });
    let looked: Vec<(bool, Option<String>)> = look.await.unwrap_or_default();
    if looked.iter().any(|(changed, _)| *changed) {
        refresh_hints(session);
    }
    let troubles = looked.into_iter().filter_map(|(_, trouble)| trouble);
    library::tell(session, troubles.collect());
}

/// Has the client ask for hints anew: they change without an edit.
fn refresh_hints(session: &Session) {
    if !session.abilities().hint_refresh {
        return;
    }
    let client = session.client().clone();
    tokio::spawn(async move {
        if let Err(error) = client.inlay_hint_refresh().await {
            tracing::debug!("the client does not ask for hints anew: {error}");
        }
    });
}
