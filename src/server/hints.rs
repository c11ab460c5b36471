//! `textDocument/inlayHint`.

use std::sync::Arc;

use text_size::TextRange;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    InlayHint, InlayHintLabel, InlayHintLabelPart, InlayHintParams, InlayHintTooltip, Location,
};

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
                label: label(hint.label, hint.origin, reading),
                kind: None,
                text_edits: hint.accept.map(|edit| vec![places.text_edit(&edit)]),
                tooltip: Some(InlayHintTooltip::String(hint.tooltip)),
                padding_left: Some(true),
                padding_right: Some(false),
                data: None,
            })
            .collect()
    };
    session.read(params.text_document.uri, answer).await
}

/// A label that leads to the mention that it rests on.
fn label(words: String, origin: Option<TextRange>, reading: &Reading) -> InlayHintLabel {
    let Some(origin) = origin else {
        return InlayHintLabel::String(words);
    };
    let range = reading.places().range(origin);
    InlayHintLabel::LabelParts(vec![InlayHintLabelPart {
        value: words,
        location: Some(Location::new(reading.uri.clone(), range)),
        ..InlayHintLabelPart::default()
    }])
}
