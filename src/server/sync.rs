//! Drafts opened, edited, saved and closed. Each handler is one step under the session's lock, with nothing to await.

use std::sync::Arc;

use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams,
};

use super::convert;
use super::ledger;
use super::library::{self, Reason};
use super::session::Session;
use crate::text::Document;

/// `textDocument/didOpen`.
pub(super) fn did_open(session: &Arc<Session>, params: DidOpenTextDocumentParams) {
    let draft = params.text_document;
    let language = convert::language(&draft.language_id, &draft.uri);
    let document = Document::new(&draft.text, draft.version, language);
    let is_known = session.open(draft.uri.clone(), document);
    ledger::open(session, draft.uri);
    match is_known {
        true => library::look_soon(session, Reason::Asked),
        false => library::look_for_new(session),
    }
}

/// `textDocument/didChange`.
pub(super) fn did_change(session: &Arc<Session>, params: DidChangeTextDocumentParams) {
    let draft = params.text_document;
    let changes = params.content_changes.into_iter().map(convert::change);
    session.change(&draft.uri, draft.version, changes.collect());
    library::look_soon(session, Reason::Asked);
}

/// `textDocument/didSave`. What was saved may be a desk list.
pub(super) fn did_save(session: &Arc<Session>, params: &DidSaveTextDocumentParams) {
    session.save(&params.text_document.uri);
    library::look_soon(session, Reason::Changed);
}

/// `textDocument/didClose`.
pub(super) fn did_close(session: &Session, params: DidCloseTextDocumentParams) {
    session.told().forget(&params.text_document.uri);
    session.close(params.text_document.uri);
}
