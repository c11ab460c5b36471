//! What rules and features ask of an analysis: names, places and words of the people in it.

use text_size::TextRange;

use super::people::{Entity, EntityId, EntityMention, MentionForm};
use super::{Analysis, Attribution, DraftQuote, Link, ParagraphKind, key};
use crate::extract::{Label, Sentence};

/// Mentions looked through for one answer. A bound keeps questions about every pronoun of a long draft linear.
const WINDOW: usize = 64;

/// Entities looked through for one who shares a name.
const CROWD: usize = 256;

/// Where a pronoun or a description gets its meaning from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Antecedent<'a> {
    /// The last mention by name.
    pub mention: &'a EntityMention,
    /// It is the first person of its sentence, and no sentence stands between.
    pub subject_before: bool,
}

impl Analysis {
    /// The name by which the draft calls an entity after its introduction: for most people the family name, where
    /// nobody else has it.
    pub fn short_name(&self, id: EntityId) -> &str {
        let name = &self.entity(id).name;
        let mut mentions = self.mentions_of(id).take(WINDOW);
        let Some(short) = mentions.find(|mention| mention.form == MentionForm::Surname) else {
            return name;
        };
        let short = self.text(short.range);
        let shares = |(other, entity): (usize, &Entity)| {
            other != id.0 as usize && entity.label == Label::Person && entity.name.ends_with(short)
        };
        if self.entities.iter().enumerate().take(CROWD).any(shares) {
            name
        } else {
            short
        }
    }

    /// The one who bears a name: by the fullest that the draft has, else by any.
    pub fn bearer(&self, name: &str) -> Option<EntityId> {
        let name = key(name);
        let full = self
            .entities
            .iter()
            .position(|entity| key(&entity.name) == name);
        match full {
            Some(at) => u32::try_from(at).ok().map(EntityId),
            None => {
                let mut mentions = self.mentions.iter();
                mentions
                    .find(|mention| key(self.text(mention.range)) == name)
                    .map(|mention| mention.entity)
            }
        }
    }

    /// The mentions of an entity, in reading order.
    pub fn mentions_of(&self, id: EntityId) -> impl DoubleEndedIterator<Item = &EntityMention> {
        let mentions = self.entity(id).mentions.iter();
        mentions.filter_map(|&mention| self.mentions.get(mention))
    }

    /// The outermost quotes that an entity speaks, in reading order, each with its attribution.
    pub fn quotes_of(&self, id: EntityId) -> impl Iterator<Item = (&DraftQuote, &Attribution)> {
        self.quotes.iter().filter_map(move |quote| {
            let attribution = self.attribution(quote)?;
            (attribution.entity == Some(id)).then_some((quote, attribution))
        })
    }

    /// What stands between the marks of a quote, in prose bytes.
    pub fn content(&self, quote: &DraftQuote) -> TextRange {
        self.paragraphs[quote.paragraph].at(self.quote(quote).content)
    }

    /// Who speaks a quote, and how that is known; none for nobody's words.
    pub fn attribution(&self, quote: &DraftQuote) -> Option<&Attribution> {
        self.attributions.get(quote.attribution?)
    }

    /// The quote of an attribution goes on from the paragraph before, which left it open.
    pub fn runs_on(&self, attribution: &Attribution) -> bool {
        let before = attribution.quotes.first().and_then(|&quote| {
            let before = self.quotes.get(quote.checked_sub(1)?)?;
            let quote = self.quotes.get(quote)?;
            Some(before.running && before.paragraph + 1 == quote.paragraph)
        });
        attribution.evidence.link == Link::Continued && before == Some(true)
    }

    /// The attribution from which a speaker is carried over; itself where it has its own.
    pub fn origin<'a>(&'a self, attribution: &'a Attribution) -> &'a Attribution {
        let carried = |known: &&Attribution| {
            matches!(known.evidence.link, Link::SameParagraph | Link::Continued)
        };
        let earlier = |known: &&'a Attribution| {
            carried(known)
                .then(|| self.attributions.get(known.continues?))
                .flatten()
        };
        std::iter::successors(Some(attribution), earlier)
            .take(WINDOW)
            .last()
            .unwrap_or(attribution)
    }

    /// The mention by name that stands last before a place in the story's own words.
    pub fn antecedent(&self, id: EntityId, place: TextRange) -> Option<Antecedent<'_>> {
        let own = &self.entity(id).mentions;
        let before = own.partition_point(|&mention| {
            self.mentions
                .get(mention)
                .is_some_and(|mention| mention.range.end() <= place.start())
        });
        let mention = own[..before]
            .iter()
            .rev()
            .take(WINDOW)
            .filter_map(|&mention| self.mentions.get(mention))
            .find(|mention| {
                !mention.quoted && !matches!(mention.form, MentionForm::Pronoun | MentionForm::Role)
            })?;
        Some(Antecedent {
            mention,
            subject_before: self.follows(mention.range, place) && self.is_first(mention),
        })
    }

    /// The sentence of a range, in prose bytes.
    pub fn sentence(&self, range: TextRange) -> Option<TextRange> {
        let (paragraph, sentence) = self.sentence_index(range)?;
        Some(self.sentence_range(paragraph, sentence))
    }

    /// Whether a sentence of the story's own words names one person and no other: then a pronoun in it needs no help.
    pub fn names_only(&self, id: EntityId, sentence: TextRange, near: TextRange) -> bool {
        let at = self
            .mentions
            .partition_point(|mention| mention.range.start() < near.start());
        let (from, until) = (
            at.saturating_sub(WINDOW),
            (at + WINDOW).min(self.mentions.len()),
        );
        let mut named = false;
        for mention in &self.mentions[from..until] {
            let by_name = !matches!(mention.form, MentionForm::Pronoun | MentionForm::Role);
            if !by_name || mention.quoted || !sentence.contains_range(mention.range) {
                continue;
            }
            if mention.entity == id {
                named = true;
            } else if self.entity(mention.entity).label == Label::Person {
                return false;
            }
        }
        named
    }

    /// The sentence of one range directly follows that of another, across paragraphs of the story's own copy.
    fn follows(&self, earlier: TextRange, later: TextRange) -> bool {
        let Some(((from, last), (to, first))) =
            self.sentence_index(earlier).zip(self.sentence_index(later))
        else {
            return false;
        };
        if from == to {
            return last + 1 == first;
        }
        let between = &self.paragraphs[(from + 1).min(to)..to];
        first == 0
            && last + 1 == self.paragraphs[from].facts.sentences.len()
            && between
                .iter()
                .take(WINDOW)
                .all(|paragraph| paragraph.kind != ParagraphKind::Body)
    }

    /// The first person whom a sentence of the story's own words names.
    fn is_first(&self, mention: &EntityMention) -> bool {
        let Some(sentence) = self.sentence(mention.range) else {
            return false;
        };
        let from = self
            .mentions
            .partition_point(|other| other.range.start() < sentence.start());
        self.mentions[from..]
            .iter()
            .take(WINDOW)
            .find(|other| !other.quoted && self.entity(other.entity).label == Label::Person)
            .is_some_and(|first| first.range == mention.range)
    }

    /// Index of the paragraph, and of the sentence in it.
    fn sentence_index(&self, range: TextRange) -> Option<(usize, usize)> {
        let at = self.paragraph_at(range.start())?;
        let paragraph = &self.paragraphs[at];
        let sentences = &paragraph.facts.sentences;
        let holds = |sentence: &Sentence| paragraph.at(sentence.range).end() <= range.start();
        let index = sentences.partition_point(holds);
        (index < sentences.len()).then_some((at, index))
    }

    fn sentence_range(&self, paragraph: usize, sentence: usize) -> TextRange {
        let paragraph = &self.paragraphs[paragraph];
        paragraph.at(paragraph.facts.sentences[sentence].range)
    }
}
