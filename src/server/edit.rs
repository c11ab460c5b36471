//! Edits of a draft as a client takes them.

use std::collections::HashMap;

use tower_lsp::ls_types::{
    AnnotatedTextEdit, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};

use super::session::Reading;

/// Edits of the draft that was read: for its very version where the client can tell versions apart.
pub(super) fn workspace_edit(edits: Vec<TextEdit>, reading: &Reading) -> WorkspaceEdit {
    if !reading.abilities.versioned_edits {
        return WorkspaceEdit {
            changes: Some(HashMap::from([(reading.uri.clone(), edits)])),
            ..WorkspaceEdit::default()
        };
    }
    let edits = edits.into_iter().map(OneOf::Left).collect();
    WorkspaceEdit {
        document_changes: Some(versioned(edits, reading)),
        ..WorkspaceEdit::default()
    }
}

/// Edits of the version that was read.
pub(super) fn versioned(
    edits: Vec<OneOf<TextEdit, AnnotatedTextEdit>>,
    reading: &Reading,
) -> DocumentChanges {
    let text_document = OptionalVersionedTextDocumentIdentifier {
        uri: reading.uri.clone(),
        version: Some(reading.analysed.document.version()),
    };
    DocumentChanges::Edits(vec![TextDocumentEdit {
        text_document,
        edits,
    }])
}
