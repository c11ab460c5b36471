//! Word lists, embedded in the binary and loaded once.
//!
//! Each list is a file of one entry a line beside this module, with its source at its head.

mod abbreviations;
mod cues;
mod grammar;
mod names;
mod residue;
mod words;

use std::sync::OnceLock;

pub use abbreviations::{Abbreviation, AbbreviationList};
pub use cues::{CueEntry, CueList, CuePattern, Form, Frames, Grade};
pub use grammar::{Class, Grammar};
pub use names::{NameWord, Names, Traits};
pub use residue::{Extent, ResidueList};
pub use words::WordList;

/// All word lists.
#[derive(Debug)]
pub struct Lexicon {
    /// Abbreviations written with a point.
    pub abbreviations: AbbreviationList,
    /// Reporting verbs and phrases.
    pub cues: CueList,
    /// Forms that mark a clause: auxiliaries and irregular pasts.
    pub finite: WordList,
    /// Function words and common verbs.
    pub grammar: Grammar,
    /// Leftovers of a web page.
    pub residue: ResidueList,
    /// Nouns for works that have a title: "film", "album".
    pub works: WordList,
    /// Nouns that follow the title of a work: "star", "director".
    pub work_users: WordList,
    /// Names and the words around them.
    pub names: Names,
}

impl Lexicon {
    /// The embedded lists, loaded at the first call.
    pub fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon {
            abbreviations: AbbreviationList::load(),
            cues: CueList::load(),
            finite: WordList::load(include_str!("lexicon/finite.txt")),
            grammar: Grammar::load(),
            residue: ResidueList::load(),
            works: WordList::load(include_str!("lexicon/works.txt")),
            work_users: WordList::load(include_str!("lexicon/work_users.txt")),
            names: Names::load(),
        })
    }
}
