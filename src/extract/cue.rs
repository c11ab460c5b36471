//! Reporting verbs and phrases.

use std::ops::Range;

use text_size::TextRange;

use super::quote::Quote;
use super::token::Token;
use crate::lexicon::{CueEntry, Lexicon};

/// The inflection in which a reporting verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said" as past tense or participle
    Past,
    /// "saying"
    Ing,
    /// A phrase, not a verb.
    Phrase,
}

/// A reporting verb or phrase outside any quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Bytes in the paragraph.
    pub range: TextRange,
    /// Its tokens, as indices into the paragraph's tokens.
    pub tokens: Range<usize>,
    /// Its entry in the list of cues.
    pub entry: &'static CueEntry,
    /// The inflection.
    pub form: Form,
    /// "did not say", "never said".
    pub negated: bool,
    /// An adverb that makes it hearsay ("reportedly"), beside the verb.
    pub hearsay: Option<TextRange>,
    /// In the passive ("was told", "is accused of").
    pub passive: bool,
}

/// Finds the cues of one paragraph.
pub fn cues(_text: &str, _tokens: &[Token], _quotes: &[Quote], _lexicon: &Lexicon) -> Vec<Cue> {
    Vec::new()
}
