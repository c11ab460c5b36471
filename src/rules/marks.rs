//! Quote marks: which they are, and how to change them.

use text_size::TextRange;

use super::Edit;
use super::copy::Copy;
use crate::extract::{Marks, Quote};

/// A change of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Swap {
    /// “ ” to ‘ ’, " " to ' '
    ToSingle,
    /// ‘ ’ to “ ”, ' ' to " "
    ToDouble,
}

/// Changes the marks of a quote; none where they are so already, are of another kind, or one is missing.
pub(super) fn swap(copy: &Copy<'_>, quote: &Quote, swap: Swap) -> Option<Vec<Edit>> {
    let (open, close) = match (quote.marks, swap) {
        (Marks::CurlyDouble, Swap::ToSingle) => ("‘", "’"),
        (Marks::StraightDouble, Swap::ToSingle) => ("'", "'"),
        (Marks::CurlySingle, Swap::ToDouble) => ("“", "”"),
        (Marks::StraightSingle, Swap::ToDouble) => ("\"", "\""),
        _ => return None,
    };
    let (opening, closing) = ends(copy, quote)?;
    let edit = |range, text: &str| Edit {
        range: copy.at(range),
        text: text.to_owned(),
    };
    Some(vec![edit(opening, open), edit(closing, close)])
}

/// Takes the marks of a quote out.
pub(super) fn remove(copy: &Copy<'_>, quote: &Quote) -> Option<Vec<Edit>> {
    let (opening, closing) = ends(copy, quote)?;
    let edit = |range| Edit {
        range: copy.at(range),
        text: String::new(),
    };
    Some(vec![edit(opening), edit(closing)])
}

/// The opening and the closing mark of a quote that has both, in bytes of the paragraph.
pub(super) fn ends(copy: &Copy<'_>, quote: &Quote) -> Option<(TextRange, TextRange)> {
    let opening = TextRange::new(quote.range.start(), quote.content.start());
    let closing = TextRange::new(quote.content.end(), quote.range.end());
    let tight = |range: TextRange| !copy.text[range].contains(char::is_whitespace);
    let whole = quote.opens && quote.closes && !opening.is_empty() && !closing.is_empty();
    (whole && tight(opening) && tight(closing)).then_some((opening, closing))
}
