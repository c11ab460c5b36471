//! A noun phrase as the source of speech.

use text_size::TextRange;

use super::super::clause::{Clauses, Kind};
use super::super::{Source, SourceKind};
use super::Phrase;
use crate::lexicon::Class;

/// Letters behind a name that tell what a person is.
const POST_NOMINALS: &[&str] = &[
    "KC", "QC", "SC", "MP", "MPP", "MLA", "MEP", "MSP", "MD", "PhD", "RN", "OBE", "MBE", "CBE",
];

impl Clauses<'_> {
    /// A phrase as a source, or none where it can be no source: a time, a number alone.
    pub fn source(&self, phrase: &Phrase) -> Option<Source> {
        let core = phrase.core.clone();
        if core.is_empty()
            || core
                .clone()
                .all(|k| matches!(self.kinds[k], Kind::Number | Kind::Word(Class::Time)))
        {
            return None;
        }
        let range = self.range(core.clone());
        let extent = self.range(phrase.extent.clone());
        if self.is_pronoun(&core) {
            return Some(Source {
                range,
                extent,
                kind: SourceKind::Pronoun,
            });
        }
        // The head of "a spokesman for Putin" is the spokesman, of "President Putin" the name.
        let complement = core
            .clone()
            .position(|k| matches!(self.kinds[k], Kind::Word(Class::Preposition | Class::To)));
        let head_end = complement.map_or(core.end, |offset| core.start + offset);
        let head_end = match self.is_post_nominal(head_end.saturating_sub(1)) {
            true => head_end - 1,
            false => head_end,
        };
        let kind = match self.kind(head_end.saturating_sub(1)) {
            Some(Kind::Name(name)) => SourceKind::Name(name),
            _ => self
                .descriptor_in(range)
                .map_or(SourceKind::Phrase, SourceKind::Descriptor),
        };
        Some(Source {
            range,
            extent,
            kind,
        })
    }

    /// "Anna Keller KC", "Tom Reyes MP": letters behind a person's name.
    fn is_post_nominal(&self, at: usize) -> bool {
        at > 0
            && self.is_person(at - 1)
            && !matches!(self.kinds[at], Kind::Name(_))
            && POST_NOMINALS.contains(&&self.text[self.range(at..at + 1)])
    }

    /// The description whose head stands in a range of bytes.
    fn descriptor_in(&self, range: TextRange) -> Option<usize> {
        let descriptors = &self.facts.descriptors;
        let at = descriptors.partition_point(|descriptor| descriptor.head.start() < range.start());
        descriptors
            .get(at)
            .filter(|descriptor| range.contains_range(descriptor.head))
            .map(|_| at)
    }
}
