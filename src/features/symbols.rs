//! The outline of a draft: who speaks, with their quotes, and the paragraphs that are not copy.

use text_size::TextRange;

use crate::analysis::Analysis;

/// What a symbol stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// Someone who speaks.
    Speaker,
    /// A quote.
    Quote,
    /// A paragraph that is not copy, or the headline.
    Paragraph,
}

/// One entry of the outline. Ranges are source bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called.
    pub name: String,
    /// A few words more.
    pub detail: Option<String>,
    /// What it stands for.
    pub kind: SymbolKind,
    /// All that belongs to it.
    pub range: TextRange,
    /// What to select; inside `range`.
    pub selection: TextRange,
    /// The entries below it.
    pub children: Vec<Symbol>,
}

/// The outline of a draft.
pub fn symbols(_analysis: &Analysis) -> Vec<Symbol> {
    Vec::new()
}
