//! Who says what, as far as one paragraph can tell: cue, source and content.

mod clause;
mod content;
mod phrase;
mod reader;

use text_size::TextRange;

use super::ParagraphFacts;
use crate::lexicon::Lexicon;
use clause::Clauses;
use reader::Reader;

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
    /// Bytes in the paragraph: the mention beside the cue, with its determiner, titles and complement, without
    /// appositions and clauses.
    pub range: TextRange,
    /// The same with appositions and relative clauses: "John Kirby, a spokesman for the council".
    pub extent: TextRange,
    /// What it is.
    pub kind: SourceKind,
}

/// How a piece of speech was recognised, from the surest to the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pattern {
    /// A quote beside its cue: “…,” she said.
    Tagged,
    /// A clause that the cue takes: she said that …
    Clause,
    /// A quote inside what the cue takes: she welcomed the “significant” step.
    Object,
    /// "according to her", "in the words of".
    Phrase,
    /// "Speaker: words", “words” — Speaker.
    Label,
    /// A quote somewhere in a sentence whose cue takes something else.
    Near,
    /// A quote in a sentence without any cue: its subject.
    Subject,
}

/// One contiguous piece of quoted or reported content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Bytes in the paragraph; marks of a quote at its ends are included.
    pub range: TextRange,
    /// The outermost quotes inside it, as indices into `ParagraphFacts::quotes`.
    pub quotes: Vec<usize>,
    /// It is nothing but one quote.
    pub direct: bool,
}

/// A cue with its source and what it reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speech {
    /// Index into `ParagraphFacts::cues`; none for "Speaker: words".
    pub cue: Option<usize>,
    /// Who says it, if the paragraph names anyone.
    pub source: Option<Source>,
    /// What is said, in reading order; several pieces for a split quote, none where it follows in the next paragraph.
    pub contents: Vec<Content>,
    /// Who reports that it was said: "IRNA" in "…, IRNA reported".
    pub via: Option<TextRange>,
    /// Who was told.
    pub listener: Option<TextRange>,
    /// How it was recognised.
    pub pattern: Pattern,
}

/// Finds the speech of one paragraph, in order of the cues.
pub fn speech(text: &str, facts: &ParagraphFacts, lexicon: &Lexicon) -> Vec<Speech> {
    if facts.cues.is_empty() && facts.quotes.is_empty() {
        return Vec::new();
    }
    let clauses = Clauses::new(text, facts, lexicon);
    let mut found = Vec::new();
    for unit in clauses.units() {
        Reader::new(&clauses, unit).read(&mut found);
    }
    found
}
