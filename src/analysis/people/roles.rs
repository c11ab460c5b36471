//! Roles as a draft introduces them: before a name, and beside it.

use text_size::TextRange;

use super::super::paragraph::Paragraph;
use super::apposition::{Phrase, beside};
use super::{Entity, EntityMention, FactIndex, Role};
use crate::extract::{Descriptor, Label};
use crate::lexicon::{Lexicon, Traits};
use crate::text::small;

/// Gives entities the roles that stand beside their names. `facts`: the index of each mention in the facts of its
/// paragraph; `at`: the entity of each name of the facts.
pub(super) fn introduce(
    text: &str,
    paragraphs: &[Paragraph],
    (mentions, facts): (&[EntityMention], &[Option<usize>]),
    at: &FactIndex,
    entities: &mut [Entity],
) {
    let mut found: Vec<(usize, Role)> = Vec::new();
    for (mention, fact) in mentions.iter().zip(facts) {
        let id = mention.entity.0 as usize;
        let (Some(entity), Some(paragraph)) = (entities.get(id), paragraphs.get(mention.paragraph))
        else {
            continue;
        };
        let person = match entity.label {
            Label::Person => true,
            Label::Organisation => false,
            _ => continue,
        };
        if !entity.members.is_empty() {
            continue;
        }
        let ranges = (mention.range, mention.full_range());
        let (mut phrases, before) = beside(text, paragraph, *fact, ranges, person);
        phrases.extend(before);
        phrases.extend(mention.title.and_then(|title| learned(text, title)));
        found.extend(
            phrases
                .into_iter()
                .map(|phrase| (id, role(text, mention.paragraph, phrase))),
        );
    }
    for (index, paragraph) in paragraphs.iter().enumerate() {
        for descriptor in &paragraph.facts.descriptors {
            let id = descriptor
                .mention
                .and_then(|mention| at.get(index, mention));
            if let Some(id) = id {
                let phrase = Phrase {
                    range: office(text, paragraph, descriptor),
                    head: Some(paragraph.at(descriptor.head)),
                };
                found.push((id, role(text, index, phrase)));
            }
        }
    }
    // The longer of two readings of one place.
    found.sort_by_key(|(_, role)| (role.range.start(), std::cmp::Reverse(role.range.end())));
    let mut end = None;
    for (id, role) in found {
        if end.is_some_and(|end| role.range.start() < end) {
            continue;
        }
        end = Some(role.range.end());
        if let Some(entity) = entities.get_mut(id) {
            entity.roles.push(role);
        }
    }
}

fn role(text: &str, paragraph: usize, phrase: Phrase) -> Role {
    Role {
        range: phrase.range,
        text: text
            .get(std::ops::Range::from(phrase.range))
            .unwrap_or_default()
            .to_owned(),
        head: phrase.head,
        paragraph,
    }
}

/// "Prof" and "Rev" are offices as well as honorifics.
fn learned(text: &str, title: TextRange) -> Option<Phrase> {
    let words = text.get(std::ops::Range::from(title))?;
    let office = matches!(
        small(words.trim_end_matches('.')).as_ref(),
        "prof" | "professor" | "rev" | "reverend"
    );
    office.then_some(Phrase {
        range: title,
        head: Some(title),
    })
}

/// The words of a description: "Iran's Supreme Leader Ayatollah" is the role of a leader, the style left out.
fn office(text: &str, paragraph: &Paragraph, descriptor: &Descriptor) -> TextRange {
    let names = &Lexicon::get().names;
    let range = paragraph.at(descriptor.range);
    let titled = descriptor
        .mention
        .and_then(|mention| paragraph.facts.mentions.get(mention)?.title)
        .is_some_and(|title| title.contains_range(descriptor.head));
    if !titled {
        return range;
    }
    let office = TextRange::new(range.start(), paragraph.at(descriptor.head).end());
    let tail = TextRange::new(office.end(), range.end());
    let styles = text
        .get(std::ops::Range::from(tail))
        .unwrap_or_default()
        .split_whitespace()
        .all(|word| names.traits(word).any(Traits::STYLE.or(Traits::HONORIFIC)));
    if styles { office } else { range }
}
