//! `textDocument/hover`.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::session::{Reading, Session};
use crate::features::{self, Beside};

/// What is known of the name, quote or verb at a position.
pub(super) async fn hover(session: &Arc<Session>, params: HoverParams) -> Result<Option<Hover>> {
    let at = params.text_document_position_params;
    let answer = move |reading: &Reading| {
        let places = reading.places();
        let analysed = &reading.analysed;
        let beside = Beside {
            findings: &analysed.findings,
            knowledge: &analysed.knowledge,
            house: analysed.settings.house,
        };
        let hover = features::hover(&analysed.analysis, beside, places.offset(at.position))?;
        Some(Hover {
            contents: HoverContents::Markup(MarkupContent {
                kind: match reading.abilities.markdown {
                    true => MarkupKind::Markdown,
                    false => MarkupKind::PlainText,
                },
                value: match reading.abilities.markdown {
                    true => hover.markdown,
                    false => hover.plain(),
                },
            }),
            range: Some(places.range(hover.range)),
        })
    };
    Ok(session.read(at.text_document.uri, answer).await?.flatten())
}
