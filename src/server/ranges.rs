//! `textDocument/foldingRange` and `textDocument/selectionRange`.

use std::sync::Arc;

use text_size::TextRange;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    FoldingRange, FoldingRangeKind, FoldingRangeParams, SelectionRange, SelectionRangeParams,
};

use super::session::{Reading, Session};
use crate::features::{self, Fold, FoldKind};

/// What can be folded: whole lines, which every client can do.
pub(super) async fn folding_range(
    session: &Arc<Session>,
    params: FoldingRangeParams,
) -> Result<Option<Vec<FoldingRange>>> {
    let answer = |reading: &Reading| {
        let folds = features::folds(&reading.analysed.analysis).into_iter();
        let limit = reading.abilities.fold_limit.unwrap_or(u32::MAX);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        folds
            .filter_map(|fold| lines(fold, reading))
            .take(limit)
            .collect()
    };
    session.read(params.text_document.uri, answer).await
}

/// The lines of a fold; none where there is but one.
fn lines(fold: Fold, reading: &Reading) -> Option<FoldingRange> {
    let range = reading.places().range(fold.range);
    (range.start.line < range.end.line).then(|| FoldingRange {
        start_line: range.start.line,
        end_line: range.end.line,
        kind: match fold.kind {
            FoldKind::Leftover => Some(FoldingRangeKind::Comment),
            FoldKind::Section => Some(FoldingRangeKind::Region),
            FoldKind::Quote => None,
        },
        ..FoldingRange::default()
    })
}

/// What a growing selection takes in, for each position; where nothing is known, the position itself.
pub(super) async fn selection_range(
    session: &Arc<Session>,
    params: SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>> {
    let positions = params.positions;
    let answer = move |reading: &Reading| {
        let places = reading.places();
        let grown = |position| {
            let offset = places.offset(position);
            let outward = features::selections(&reading.analysed.analysis, offset);
            let parents = outward.into_iter().rev().fold(None, |parent, range| {
                Some(Box::new(SelectionRange {
                    range: places.range(range),
                    parent,
                }))
            });
            parents.map_or_else(
                || SelectionRange {
                    range: places.range(TextRange::empty(offset)),
                    parent: None,
                },
                |inner| *inner,
            )
        };
        positions.into_iter().map(grown).collect()
    };
    session.read(params.text_document.uri, answer).await
}
