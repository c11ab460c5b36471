//! `textDocument/completion`.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse,
    CompletionTextEdit,
};

use super::session::{Reading, Session};
use crate::features::{self, Completion, CompletionKind};

/// Names and verbs for the word at a position. Each replaces all that was typed of it.
pub(super) async fn completion(
    session: &Arc<Session>,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>> {
    let at = params.text_document_position;
    let answer = move |reading: &Reading| {
        let offset = reading.places().offset(at.position);
        let analysed = &reading.analysed;
        let line = analysed.document.line_before(offset, features::LINE);
        let (found, more) = features::completions(&analysed.analysis, offset, &line);
        let items = found.into_iter().enumerate();
        CompletionResponse::List(CompletionList {
            is_incomplete: more,
            items: items
                .map(|(rank, found)| item(rank, found, reading))
                .collect(),
        })
    };
    session.read(at.text_document.uri, answer).await
}

fn item(rank: usize, found: Completion, reading: &Reading) -> CompletionItem {
    let places = reading.places();
    CompletionItem {
        label: found.edit.text.clone(),
        kind: Some(kind(found.kind)),
        detail: (!found.detail.is_empty()).then_some(found.detail),
        sort_text: Some(format!("{rank:03}")),
        filter_text: Some(found.filter),
        text_edit: Some(CompletionTextEdit::Edit(places.text_edit(&found.edit))),
        ..CompletionItem::default()
    }
}

/// The protocol's kinds are those of programs; these have fitting icons.
fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Person => CompletionItemKind::CLASS,
        CompletionKind::Organisation => CompletionItemKind::MODULE,
        CompletionKind::Place => CompletionItemKind::CONSTANT,
        CompletionKind::Verb => CompletionItemKind::KEYWORD,
    }
}
