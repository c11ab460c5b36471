//! What holds of all that was decided about a draft.

use std::collections::HashMap;

use super::entry::{Decision, Entry};
use crate::analysis::{Corrections, LockedQuote, SpeakerCorrection};

/// The decisions in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    entries: Vec<Entry>,
    corrections: Corrections,
}

impl Notes {
    /// What holds after these entries, in the order in which they were made.
    pub fn new(entries: &[Entry]) -> Notes {
        Notes::of(entries.iter())
    }

    pub(super) fn of<'e>(entries: impl Iterator<Item = &'e Entry>) -> Notes {
        let mut last: HashMap<_, (usize, &Entry)> = HashMap::new();
        for (at, entry) in entries.enumerate() {
            last.insert(entry.decision.subject(), (at, entry));
        }
        let mut last: Vec<(usize, &Entry)> = last.into_values().collect();
        last.retain(|(_, entry)| !entry.undone);
        last.sort_by_key(|(at, _)| *at);
        let entries: Vec<Entry> = last.into_iter().map(|(_, entry)| entry.clone()).collect();
        let corrections = corrections(&entries);
        Notes {
            entries,
            corrections,
        }
    }

    /// The decisions, each with its day and its author, in the order in which they were made.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The decisions alone.
    pub fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.entries.iter().map(|entry| &entry.decision)
    }

    /// What the analysis is to heed.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }
}

fn corrections(entries: &[Entry]) -> Corrections {
    let mut corrections = Corrections::default();
    for entry in entries {
        match &entry.decision {
            Decision::Speaker {
                quote,
                sentence,
                name,
            } => {
                corrections.speakers.push(SpeakerCorrection {
                    quote: quote.clone(),
                    sentence: sentence.clone(),
                    speaker: name.clone(),
                });
            }
            Decision::OnePerson { names } => corrections.one.push(names.clone()),
            Decision::TwoPeople { names } => corrections.two.push(names.clone()),
            Decision::LockedQuote {
                quote,
                speaker,
                note,
            } => corrections.locked.push(LockedQuote {
                quote: quote.clone(),
                speaker: speaker.clone(),
                by: entry.by.clone(),
                day: entry.day().map(str::to_owned),
                note: note.clone(),
            }),
            Decision::StetPlace { .. } | Decision::StetName { .. } | Decision::StetRule { .. } => {}
        }
    }
    corrections
}
