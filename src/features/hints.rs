//! Who speaks, shown beside the quotes that do not say it.

use text_size::{TextRange, TextSize};

use crate::analysis::Analysis;
use crate::settings::Settings;

/// A few words shown inside the draft that are not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The source byte before which they stand.
    pub offset: TextSize,
    /// The words.
    pub label: String,
    /// The reason for them.
    pub tooltip: String,
}

/// The hints of a range of source bytes, in reading order.
pub fn hints(_analysis: &Analysis, _settings: &Settings, _range: TextRange) -> Vec<Hint> {
    Vec::new()
}
