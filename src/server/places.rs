//! `textDocument/definition`, `textDocument/references` and `textDocument/documentHighlight`.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams,
    GotoDefinitionResponse, Location, ReferenceParams,
};

use super::session::{Reading, Session};
use crate::features;

/// The first mention of the one at a position.
pub(super) async fn definition(
    session: &Arc<Session>,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>> {
    let at = params.text_document_position_params;
    let answer = move |reading: &Reading| {
        let places = reading.places();
        let offset = places.offset(at.position);
        let range = features::definition(&reading.analysed.analysis, offset)?;
        let location = Location::new(reading.uri.clone(), places.range(range));
        Some(GotoDefinitionResponse::Scalar(location))
    };
    Ok(session.read(at.text_document.uri, answer).await?.flatten())
}

/// All mentions of the one at a position; the first one is its declaration.
pub(super) async fn references(
    session: &Arc<Session>,
    params: ReferenceParams,
) -> Result<Option<Vec<Location>>> {
    let at = params.text_document_position;
    let with_first = params.context.include_declaration;
    let answer = move |reading: &Reading| {
        let places = reading.places();
        let offset = places.offset(at.position);
        features::places(&reading.analysed.analysis, offset)
            .into_iter()
            .filter(|place| with_first || !place.first)
            .map(|place| Location::new(reading.uri.clone(), places.range(place.range)))
            .collect()
    };
    session.read(at.text_document.uri, answer).await
}

/// The same mentions, to be marked in the text; the first one stands out.
pub(super) async fn document_highlight(
    session: &Arc<Session>,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>> {
    let at = params.text_document_position_params;
    let answer = move |reading: &Reading| {
        let places = reading.places();
        let offset = places.offset(at.position);
        features::places(&reading.analysed.analysis, offset)
            .into_iter()
            .map(|place| DocumentHighlight {
                range: places.range(place.range),
                kind: Some(match place.first {
                    true => DocumentHighlightKind::WRITE,
                    false => DocumentHighlightKind::READ,
                }),
            })
            .collect()
    };
    session.read(at.text_document.uri, answer).await
}
