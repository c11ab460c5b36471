//! `textDocument/inlayHint`.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

use super::session::{Reading, Session};
use crate::features;

/// Who speaks, shown beside the quotes of a range.
pub(super) async fn inlay_hint(
    session: &Arc<Session>,
    params: InlayHintParams,
) -> Result<Option<Vec<InlayHint>>> {
    let answer = move |reading: &Reading| {
        let (places, analysed) = (reading.places(), &reading.analysed);
        let range = places.text_range(params.range);
        features::hints(&analysed.analysis, &analysed.settings, range)
            .into_iter()
            .map(|hint| InlayHint {
                position: places.position(hint.offset),
                label: InlayHintLabel::String(hint.label),
                kind: None,
                text_edits: None,
                tooltip: Some(InlayHintTooltip::String(hint.tooltip)),
                padding_left: Some(true),
                padding_right: Some(false),
                data: None,
            })
            .collect()
    };
    session.read(params.text_document.uri, answer).await
}
