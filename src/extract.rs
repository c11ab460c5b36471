//! One paragraph's text to facts. Nothing here knows what stands before or after the paragraph.
//!
//! All ranges are in bytes of the paragraph's own prose.

pub mod cue;
pub mod marker;
pub mod name;
pub mod quote;
pub mod sentence;
pub mod speech;
pub mod token;
pub mod word;

pub use cue::Cue;
pub use marker::Marker;
pub use name::{Descriptor, Label, Mention};
pub use quote::{Marks, Quote, QuoteKind};
pub use sentence::Sentence;
pub use speech::{Content, Pattern, Source, SourceKind, Speech};
pub use token::{Case, Token, TokenKind};
pub use word::Word;

use crate::lexicon::Lexicon;

/// All that one paragraph's text alone can tell. Ranges count bytes from the paragraph's start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParagraphFacts {
    /// Words, numbers and marks in reading order.
    pub tokens: Vec<Token>,
    /// What the lists know about each token.
    pub words: Vec<Word>,
    /// The tokens that are words of reports of matches ("striker"), by their indices.
    pub sporting: Vec<usize>,
    /// Sentences in reading order; together they cover all tokens.
    pub sentences: Vec<Sentence>,
    /// Quotes in order of their opening marks; a nested quote follows the one around it.
    pub quotes: Vec<Quote>,
    /// Surface forms that may name someone or something, in reading order, not overlapping.
    pub mentions: Vec<Mention>,
    /// Noun phrases that describe a person or a body by an office or a function ("the Turkish president").
    pub descriptors: Vec<Descriptor>,
    /// Reporting verbs and phrases in reading order.
    pub cues: Vec<Cue>,
    /// What is said, by whom, as far as the paragraph alone can tell.
    pub speech: Vec<Speech>,
    /// What the paragraph as a whole looks like: residue, credit line, dateline …
    pub marker: Option<Marker>,
}

/// Extracts the facts of one paragraph. Shape in, shape out: any text gives facts; the stages stand here in order.
pub fn facts(text: &str, lexicon: &'static Lexicon) -> ParagraphFacts {
    let tokens = token::tokens(text);
    let quotes = quote::quotes(text, &tokens);
    let sentences = sentence::sentences(text, &tokens, &quotes);
    let (mentions, descriptors) = name::mentions(text, &tokens, &sentences, lexicon);
    let cues = cue::cues(text, &tokens, &quotes, lexicon);
    let mut facts = ParagraphFacts {
        marker: marker::marker(text, &tokens),
        words: word::words(text, &tokens, lexicon),
        sporting: word::sporting(text, &tokens),
        tokens,
        sentences,
        quotes,
        mentions,
        descriptors,
        cues,
        speech: Vec::new(),
    };
    facts.speech = speech::speech(text, &facts);
    facts
}
