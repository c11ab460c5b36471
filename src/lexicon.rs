//! Word lists, embedded in the binary and loaded once.
//!
//! Each list is a file of one entry a line beside this module, with its source at its head.

mod abbreviations;
mod cues;
mod grammar;
mod name_model;
mod names;
mod residue;
mod tongues;
mod word_map;
mod words;

use std::sync::OnceLock;

pub use abbreviations::{Abbreviation, AbbreviationList};
pub use cues::{CueEntry, CueList, CuePattern, Form, Frames, Grade};
pub use grammar::{Class, Grammar};
pub use name_model::{
    FEATURES, ModelParts, NO_CLUSTER, NameModel, SCALE, STATES, is_small, mix, word_hash,
};
pub use names::{NameWord, Names, Traits};
pub use residue::{Extent, ResidueList};
pub use tongues::Tongues;
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
    /// Words that say nothing special when they are quoted alone: "significant", "hundreds".
    pub plain: WordList,
    /// Leftovers of a web page.
    pub residue: ResidueList,
    /// Nouns for works that have a title: "film", "album".
    pub works: WordList,
    /// Nouns that follow the title of a work: "star", "director".
    pub work_users: WordList,
    /// Names and the words around them.
    pub names: Names,
    /// The trained model of names.
    pub name_model: NameModel,
}

#[cfg(feature = "dev")]
static OTHER_MODEL: OnceLock<&'static [u8]> = OnceLock::new();

#[cfg(feature = "dev")]
impl Lexicon {
    /// Puts a model in the place of the embedded one, before the lists are first used. False where it is none.
    pub fn install_name_model(bytes: Vec<u8>) -> bool {
        let bytes: &'static [u8] = bytes.leak();
        NameModel::read(bytes).is_some() && OTHER_MODEL.set(bytes).is_ok()
    }

    /// Loads the model once more, to be timed.
    pub fn load_name_model() -> NameModel {
        NameModel::read(OTHER_MODEL.get().copied().unwrap_or(name_model::EMBEDDED))
            .unwrap_or_else(NameModel::load)
    }
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
            plain: WordList::load(include_str!("lexicon/plain.txt")),
            residue: ResidueList::load(),
            works: WordList::load(include_str!("lexicon/works.txt")),
            work_users: WordList::load(include_str!("lexicon/work_users.txt")),
            names: Names::load(),
            #[cfg(not(feature = "dev"))]
            name_model: NameModel::load(),
            #[cfg(feature = "dev")]
            name_model: Lexicon::load_name_model(),
        })
    }
}
