//! Word lists, embedded in the binary and loaded once.
//!
//! Each list is a file of one entry a line beside this module, with its source at its head.

mod abbreviations;
mod cues;
mod grammar;

use std::sync::OnceLock;

pub use abbreviations::{Abbreviation, AbbreviationList};
pub use cues::{CueEntry, CueList, CuePattern, Form, Frames, Grade};
pub use grammar::{Class, Grammar};

/// All word lists.
#[derive(Debug)]
pub struct Lexicon {
    /// Abbreviations written with a point.
    pub abbreviations: AbbreviationList,
    /// Reporting verbs and phrases.
    pub cues: CueList,
    /// Function words and common verbs.
    pub grammar: Grammar,
}

impl Lexicon {
    /// The embedded lists, loaded at the first call.
    pub fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon {
            abbreviations: AbbreviationList::load(),
            cues: CueList::load(),
            grammar: Grammar::load(),
        })
    }
}
