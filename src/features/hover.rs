//! What is known of the name, the quote or the verb under the cursor.

use text_size::{TextRange, TextSize};

use crate::analysis::Analysis;

/// What to show at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about, in source bytes.
    pub range: TextRange,
    /// The text, in Markdown.
    pub markdown: String,
}

/// What is known at a source offset.
pub fn hover(_analysis: &Analysis, _offset: TextSize) -> Option<Hover> {
    None
}
