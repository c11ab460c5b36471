//! `textDocument/hover`.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::session::{Reading, Session};
use crate::features;

/// What is known of the name, quote or verb at a position.
pub(super) async fn hover(session: &Session, params: HoverParams) -> Result<Option<Hover>> {
    let at = params.text_document_position_params;
    let answer = move |reading: &Reading| {
        let places = reading.places();
        let hover = features::hover(&reading.analysed.analysis, places.offset(at.position))?;
        Some(Hover {
            contents: HoverContents::Markup(MarkupContent {
                kind: match reading.abilities.markdown {
                    true => MarkupKind::Markdown,
                    false => MarkupKind::PlainText,
                },
                value: hover.markdown,
            }),
            range: Some(places.range(hover.range)),
        })
    };
    Ok(session.read(at.text_document.uri, answer).await?.flatten())
}
