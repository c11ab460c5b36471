//! Quotes by their marks.

use text_size::TextRange;

use super::token::Token;

/// The family of marks around a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marks {
    /// “ ”
    CurlyDouble,
    /// ‘ ’
    CurlySingle,
    /// " "
    StraightDouble,
    /// ' '
    StraightSingle,
    /// « » and ‹ ›
    Guillemets,
    /// „ “ and „ ”
    LowHigh,
    /// `` ''
    Doubled,
}

/// What a quote is, as far as its words and its paragraph tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// Starts with a capital and ends with , . ? ! … or — before the closing mark, or has six words and a finite verb.
    Full,
    /// Three words or more, not full.
    Partial,
    /// One or two words.
    Fragment,
    /// The name of a work.
    Title,
    /// A quote inside a quote.
    Nested,
}

/// A quoted span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Bytes in the paragraph, marks included.
    pub range: TextRange,
    /// What stands between the marks.
    pub content: TextRange,
    /// The family of its marks.
    pub marks: Marks,
    /// What it is.
    pub kind: QuoteKind,
    /// Its opening mark stands in this paragraph.
    pub opens: bool,
    /// Its closing mark stands in this paragraph.
    pub closes: bool,
    /// Index of the quote around it.
    pub parent: Option<usize>,
    /// Words inside the marks.
    pub words: usize,
    /// False where the marks may as well be apostrophes; only the draft can decide then.
    pub certain: bool,
}

/// Finds the quotes of one paragraph, in order of their opening marks.
pub fn quotes(_text: &str, _tokens: &[Token]) -> Vec<Quote> {
    Vec::new()
}
