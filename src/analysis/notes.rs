//! What the passes over the draft work out of one paragraph alone: noted at its first reading, and remembered with its
//! facts, since an edit leaves all paragraphs but one as they were.
//!
//! Like facts, notes know nothing of the rest of the draft, and their ranges count from the paragraph's start.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

use text_size::TextRange;

use super::people::Beside;
use crate::extract::ParagraphFacts;

/// A paragraph's facts and what has been noted of them.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub facts: Arc<ParagraphFacts>,
    pub notes: Arc<Notes>,
}

/// Each is filled in when it is first asked for.
#[derive(Default)]
pub(super) struct Notes {
    /// What stands beside each name of the facts, read as that of a body and as that of a person.
    beside: Vec<[OnceLock<Option<Box<Beside>>>; 2]>,
    /// The tokens that are pronouns outside quotes.
    pronouns: OnceLock<Box<[usize]>>,
    /// The tokens that start definite plurals with a number.
    plurals: OnceLock<Box<[usize]>>,
    /// The outermost quotes whose marks cannot be apostrophes.
    quoted: OnceLock<Box<[TextRange]>>,
    /// What the floor above has noted; nothing here looks into it.
    above: OnceLock<Box<dyn Any + Send + Sync>>,
}

// How much has been noted so far depends on what was read before, and is nothing that an analysis says.
impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notes").finish_non_exhaustive()
    }
}

impl Known {
    pub fn new(facts: ParagraphFacts) -> Known {
        let mut notes = Notes::default();
        (notes.beside).resize_with(facts.mentions.len(), Default::default);
        Known {
            facts: Arc::new(facts),
            notes: Arc::new(notes),
        }
    }
}

impl Notes {
    /// What stands beside a name of the facts; none where nothing does, and for a name that the facts have not.
    pub fn beside(
        &self,
        fact: usize,
        person: bool,
        read: impl FnOnce() -> Option<Beside>,
    ) -> Option<&Beside> {
        let place = &self.beside.get(fact)?[usize::from(person)];
        place.get_or_init(|| read().map(Box::new)).as_deref()
    }

    /// The tokens that are pronouns outside quotes.
    pub fn pronouns(&self, read: impl FnOnce() -> Box<[usize]>) -> &[usize] {
        self.pronouns.get_or_init(read)
    }

    /// The tokens that start definite plurals with a number.
    pub fn plurals(&self, read: impl FnOnce() -> Box<[usize]>) -> &[usize] {
        self.plurals.get_or_init(read)
    }

    /// The outermost quotes whose marks cannot be apostrophes.
    pub fn quoted(&self, read: impl FnOnce() -> Box<[TextRange]>) -> &[TextRange] {
        self.quoted.get_or_init(read)
    }

    /// What the floor above has noted, all of it in one type; none where another one was asked for before.
    pub fn above<T: Any + Default + Send + Sync>(&self) -> Option<&T> {
        let above = self.above.get_or_init(|| Box::new(T::default()));
        above.downcast_ref()
    }
}
