//! Sentence borders.

use std::ops::Range;

use text_size::TextRange;

use super::quote::Quote;
use super::token::Token;

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes in the paragraph, without white space at the ends.
    pub range: TextRange,
    /// Its tokens, as indices into the paragraph's tokens.
    pub tokens: Range<usize>,
}

/// Splits a paragraph into sentences. A full stop inside a quote ends a sentence only where the text goes on with a
/// new one: “It is over.” he said … stays one sentence.
pub fn sentences(_text: &str, _tokens: &[Token], _quotes: &[Quote]) -> Vec<Sentence> {
    Vec::new()
}
