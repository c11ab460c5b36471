//! Drafts opened, edited, saved and closed. Each handler is one step under the session's lock, with nothing to await.

use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams,
};

use super::convert;
use super::session::Session;
use crate::text::Document;

/// `textDocument/didOpen`.
pub(super) fn did_open(session: &Session, params: DidOpenTextDocumentParams) {
    let draft = params.text_document;
    let language = convert::language(&draft.language_id, &draft.uri);
    let document = Document::new(&draft.text, draft.version, language);
    session.open(draft.uri, document);
}

/// `textDocument/didChange`.
pub(super) fn did_change(session: &Session, params: DidChangeTextDocumentParams) {
    let draft = params.text_document;
    let changes = params.content_changes.into_iter().map(convert::change);
    session.change(&draft.uri, draft.version, changes.collect());
}

/// `textDocument/didSave`.
pub(super) fn did_save(session: &Session, params: &DidSaveTextDocumentParams) {
    session.save(&params.text_document.uri);
}

/// `textDocument/didClose`.
pub(super) fn did_close(session: &Session, params: DidCloseTextDocumentParams) {
    session.close(params.text_document.uri);
}
