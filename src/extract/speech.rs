//! Who says what, as far as one paragraph can tell: cue, source and content.

use text_size::TextRange;

use super::ParagraphFacts;
use crate::lexicon::Lexicon;

/// What stands as the source of a piece of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A name, with or without a title: index into `ParagraphFacts::mentions`.
    Name(usize),
    /// "he", "she", "they", "it", "we", "I", "who".
    Pronoun,
    /// A description: index into `ParagraphFacts::descriptors`.
    Descriptor(usize),
    /// Any other noun phrase ("the report", "critics").
    Phrase,
}

/// The source of a piece of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Bytes in the paragraph: the mention beside the cue, without its appositions and clauses.
    pub range: TextRange,
    /// What it is.
    pub kind: SourceKind,
}

/// One contiguous piece of quoted or reported content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Bytes in the paragraph; marks of a quote at its ends are included.
    pub range: TextRange,
    /// The quotes inside it, as indices into `ParagraphFacts::quotes`.
    pub quotes: Vec<usize>,
}

/// A cue with its source and what it reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Speech {
    /// Index into `ParagraphFacts::cues`; none for "Speaker: words".
    pub cue: Option<usize>,
    /// Who says it, if the paragraph names anyone.
    pub source: Option<Source>,
    /// What is said, in reading order; several pieces for a split quote.
    pub contents: Vec<Content>,
    /// Through whom it came: the outlet in "IRNA reported", "as quoted by IRNA".
    pub via: Option<TextRange>,
    /// How sure the paragraph is, 0 to 1.
    pub score: f32,
}

/// Finds the speech of one paragraph.
pub fn speech(_text: &str, _facts: &ParagraphFacts, _lexicon: &Lexicon) -> Vec<Speech> {
    Vec::new()
}
