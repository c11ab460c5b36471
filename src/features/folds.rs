//! What can be folded away: quotes that run over paragraphs, what lies under a subhead, leftovers of a web page.

use text_size::TextRange;

use crate::analysis::{Analysis, ParagraphKind};

/// What a fold holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FoldKind {
    /// A quote of several paragraphs.
    Quote,
    /// A subhead with its copy.
    Section,
    /// Paragraphs that are not for print: leftovers, links, notes.
    Leftover,
}

/// A stretch that can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Source bytes.
    pub range: TextRange,
    /// What it holds.
    pub kind: FoldKind,
}

/// All folds of a draft, by where they start.
pub fn folds(analysis: &Analysis) -> Vec<Fold> {
    let mut folds: Vec<Fold> = quotes(analysis);
    folds.extend(leftovers(analysis));
    folds.extend(sections(analysis));
    folds.sort_by_key(|fold| (fold.range.start(), std::cmp::Reverse(fold.range.end())));
    folds
}

fn quotes(analysis: &Analysis) -> Vec<Fold> {
    let mut folds = Vec::new();
    let mut open: Option<TextRange> = None;
    for quote in &analysis.quotes {
        let range = open.map_or(quote.range, |first: TextRange| first.cover(quote.range));
        if quote.running {
            open = Some(range);
        } else if open.take().is_some() {
            folds.push(fold(analysis, range, FoldKind::Quote));
        }
    }
    folds
}

fn leftovers(analysis: &Analysis) -> Vec<Fold> {
    let is_leftover = |kind| {
        matches!(
            kind,
            ParagraphKind::Residue | ParagraphKind::Link | ParagraphKind::Note
        )
    };
    analysis
        .paragraphs
        .chunk_by(|one, next| is_leftover(one.kind) && is_leftover(next.kind))
        .filter_map(|chunk| match chunk {
            [first, .., last] => Some(first.range.cover(last.range)),
            _ => None,
        })
        .map(|range| fold(analysis, range, FoldKind::Leftover))
        .collect()
}

fn sections(analysis: &Analysis) -> Vec<Fold> {
    let is_head = |kind| matches!(kind, ParagraphKind::Headline | ParagraphKind::Subhead);
    analysis
        .paragraphs
        .chunk_by(|_, next| !is_head(next.kind))
        .filter_map(|chunk| match chunk {
            [head, .., last] if head.kind == ParagraphKind::Subhead => {
                Some(head.range.cover(last.range))
            }
            _ => None,
        })
        .map(|range| fold(analysis, range, FoldKind::Section))
        .collect()
}

fn fold(analysis: &Analysis, range: TextRange, kind: FoldKind) -> Fold {
    Fold {
        range: analysis.prose.to_source(range),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::{FoldKind, folds};
    use crate::fixture::analysis;

    /// Compares the first and the last words of each fold.
    #[track_caller]
    fn check(draft: &str, expected: &[(FoldKind, &str, &str)]) {
        let found = folds(&analysis(draft));
        let found: Vec<_> = found
            .iter()
            .map(|fold| (fold.kind, &draft[fold.range]))
            .collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for ((kind, text), (wanted, first, last)) in found.iter().zip(expected) {
            let fits = kind == wanted && text.starts_with(first) && text.ends_with(last);
            assert!(fits, "{found:?}");
        }
    }

    #[test]
    fn a_quote_that_runs_on_is_one_fold() {
        check(
            "Ruth Okafor said: “We won.\n\n“It was late.\n\n“Now we build.”\n\n“Good,” Dan Meyer said.",
            &[(FoldKind::Quote, "“We won.", "build.”")],
        );
    }

    #[test]
    fn leftovers_in_a_row_are_one_fold() {
        check(
            "Ruth Okafor left the pier on Monday and came back on the day after.\n\nAdvertisement\n\nShare this article\n\nShe won.",
            &[(FoldKind::Leftover, "Advertisement", "article")],
        );
    }

    #[test]
    fn plain_copy_has_no_folds() {
        check("Ruth Okafor left.\n\n“We won,” she said.", &[]);
        check("", &[]);
    }
}
