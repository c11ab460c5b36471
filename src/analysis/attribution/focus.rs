//! Whom words mean that name nobody, told from who is spoken of: "it", "the statement", "the 34-year-old".

use text_size::TextRange;

use super::super::people::{EntityId, EntityMention, MentionForm};
use super::source::{Resolved, is_issued};
use super::{Attributor, Link, NEAR, Standing};
use crate::extract::Label;

/// Paragraphs before the own one in which somebody is still spoken of.
const REACH: usize = 2;

/// Mentions that are looked back at for the one person spoken of.
const FAR: usize = 100;

/// Heads of descriptions that a writer uses for whoever the story is about, to repeat no name.
const EPITHETS: &[&str] = &[
    "native",
    "resident",
    "veteran",
    "rookie",
    "newcomer",
    "champion",
    "star",
    "captain",
    "goalkeeper",
    "goalie",
    "goaltender",
    "striker",
    "midfielder",
    "defender",
    "defenceman",
    "defenseman",
    "winger",
    "forward",
    "pitcher",
    "quarterback",
    "linebacker",
    "batsman",
    "bowler",
    "sprinter",
    "skater",
    "swimmer",
    "cyclist",
    "skier",
    "boxer",
    "singer",
    "songwriter",
    "rapper",
    "musician",
    "pianist",
    "actor",
    "comedian",
    "filmmaker",
    "novelist",
    "author",
    "poet",
    "playwright",
    "painter",
    "sculptor",
    "photographer",
    "artist",
    "designer",
    "billionaire",
    "entrepreneur",
];

impl Attributor<'_> {
    /// The body that "it" means: the first of the sentence as far as here ("Acme put out a statement in which it
    /// thanked"), the last to speak in the paragraph, or else the first of the sentence before; failing all, the last to
    /// speak in the paragraph before.
    pub(super) fn body_in_focus(&self, paragraph: usize, range: TextRange) -> Option<EntityId> {
        let text = self.prose.text();
        if !text[range].eq_ignore_ascii_case("it") {
            return None;
        }
        let is_body = |id: &EntityId| {
            self.entities
                .get(id.0 as usize)
                .is_some_and(|entity| entity.label == Label::Organisation)
        };
        let spoken = |within: usize| {
            let latest = self.found.iter().rev().take(NEAR);
            latest
                .filter(|known| known.paragraph == within && known.range.start() < range.start())
                .find_map(|known| known.entity.filter(is_body))
        };
        let own = &self.paragraphs[paragraph];
        let sentences = &own.facts.sentences;
        let next =
            sentences.partition_point(|sentence| own.at(sentence.range).end() <= range.start());
        let first = |sentence: TextRange| {
            let from = self
                .mentions
                .partition_point(|mention| mention.range.start() < sentence.start());
            let inside = self.mentions[from..]
                .iter()
                .take_while(|mention| mention.range.end() <= sentence.end())
                .take(NEAR);
            let mut bodies = inside.filter(|mention| !mention.quoted && is_body(&mention.entity));
            bodies.next().map(|mention| mention.entity)
        };
        let sentence = |index: usize| Some(own.at(sentences.get(index)?.range));
        let here = sentence(next).map(|here| TextRange::new(here.start(), range.start()));
        let before = || first(sentence(next.checked_sub(1)?)?);
        here.and_then(first)
            .or_else(|| spoken(paragraph))
            .or_else(before)
            .or_else(|| spoken(paragraph.checked_sub(1)?))
    }

    /// Whom a description means that introduces nobody: the author of "the statement", the one person spoken of for
    /// "the 34-year-old".
    pub(super) fn meant(&self, paragraph: usize, range: TextRange) -> Option<Resolved> {
        let words = self.prose.text()[range].to_lowercase();
        let words = words.strip_prefix("the ")?;
        let head = words.rsplit(' ').next().unwrap_or(words);
        let entity = if is_issued(head) && head == words {
            self.issuer(paragraph, range, head)?
        } else if EPITHETS.contains(&head) || head.ends_with("-year-old") {
            self.person_in_focus(paragraph, range)?
        } else {
            return None;
        };
        Some(Resolved {
            range,
            entity: Some(entity),
            link: Link::Role,
            standing: Standing::Named,
            guessed: true,
        })
    }

    /// The last who spoke near in a sentence that has the noun: "In a statement, the union said …"
    fn issuer(&self, paragraph: usize, range: TextRange, noun: &str) -> Option<EntityId> {
        let near = self.found.iter().rev().take(NEAR);
        let mut near = near.filter(|known| known.paragraph + REACH >= paragraph);
        near.find_map(|known| {
            let speaker = known.speaker?;
            let own = &self.paragraphs[speaker.paragraph];
            let sentences = own.facts.sentences.iter();
            let sentence = sentences
                .map(|sentence| own.at(sentence.range))
                .find(|sentence| sentence.contains_range(speaker.range))?;
            let before = sentence.end() <= range.start();
            let mut words = self.prose.text()[sentence].split(|c: char| !c.is_alphanumeric());
            let issued = before && words.any(|word| word == noun);
            known.entity.filter(|_| issued)
        })
    }

    /// The one person named outside quotes in the paragraph as far as here and the one before it, or, where nobody is,
    /// in the one before that.
    fn person_in_focus(&self, paragraph: usize, range: TextRange) -> Option<EntityId> {
        let person = |mention: &&EntityMention| {
            let entity = self.entities.get(mention.entity.0 as usize);
            let is_person =
                entity.is_some_and(|entity| entity.label == Label::Person && entity.named);
            is_person && !mention.quoted && mention.form != MentionForm::Pronoun
        };
        let until = self
            .mentions
            .partition_point(|mention| mention.range.start() < range.start());
        let near = self.mentions[..until].iter().rev().take(FAR);
        let mut near = near
            .take_while(|mention| mention.paragraph + REACH >= paragraph)
            .filter(person);
        let last = near.next()?;
        let oldest = last.paragraph.min(paragraph.saturating_sub(1));
        near.take_while(|mention| mention.paragraph >= oldest)
            .all(|mention| mention.entity == last.entity)
            .then_some(last.entity)
    }
}
