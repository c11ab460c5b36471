//! "the president", "the Turkish minister": descriptions of people whom the draft introduced by that office.

use std::collections::HashMap;

use text_size::TextRange;

use super::super::paragraph::Paragraph;
use super::super::people::{Entity, EntityId, EntityMention, MentionForm};
use crate::extract::{Descriptor, Label};
use crate::text::Prose;

/// A person introduced by an office.
struct Holder {
    entity: EntityId,
    /// Where it was introduced.
    at: TextRange,
    /// The capitalised words of the introduction, in lower case: "turkish" of "Turkish President".
    words: Vec<String>,
}

/// Adds a mention for each description that means a known person or body.
pub(super) fn link(
    prose: &Prose,
    paragraphs: &[Paragraph],
    entities: &[Entity],
    mentions: &mut Vec<EntityMention>,
) {
    let holders = holders(prose, paragraphs, mentions);
    let bodies = bodies(entities);
    let mut found = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate().filter(|(_, p)| p.is_read()) {
        for descriptor in paragraph
            .facts
            .descriptors
            .iter()
            .filter(|d| d.mention.is_none() && !d.indefinite)
        {
            let range = paragraph.at(descriptor.range);
            let head = prose.text()[paragraph.at(descriptor.head)].to_lowercase();
            let entity = if descriptor.plural {
                None
            } else {
                holder(
                    &holders,
                    &head,
                    range,
                    &qualifiers(prose, paragraph, descriptor),
                )
                .or_else(|| bodies.get(&head).copied().flatten())
            };
            let Some(entity) = entity else { continue };
            let quotes = &paragraph.facts.quotes;
            let before =
                quotes.partition_point(|quote| quote.range.start() <= descriptor.range.start());
            // Quotes nest two or three deep at most, so the one around it is among the last few.
            let quoted = quotes[..before]
                .iter()
                .rev()
                .take(8)
                .any(|quote| quote.range.contains_range(descriptor.range));
            found.push(EntityMention {
                range,
                title: None,
                paragraph: index,
                entity,
                form: MentionForm::Role,
                quoted,
            });
        }
    }
    mentions.extend(found);
    mentions.sort_by_key(|mention| (mention.range.start(), mention.range.end()));
}

/// Who was introduced by which office, by its head noun, in reading order.
fn holders(
    prose: &Prose,
    paragraphs: &[Paragraph],
    mentions: &[EntityMention],
) -> HashMap<String, Vec<Holder>> {
    let mut holders: HashMap<String, Vec<Holder>> = HashMap::new();
    for paragraph in paragraphs {
        for descriptor in &paragraph.facts.descriptors {
            let Some(mention) = descriptor
                .mention
                .and_then(|mention| paragraph.facts.mentions.get(mention))
            else {
                continue;
            };
            let range = paragraph.at(mention.range);
            let at = mentions.partition_point(|mention| mention.range.start() < range.start());
            let Some(mention) = mentions.get(at).filter(|mention| mention.range == range) else {
                continue;
            };
            let head = prose.text()[paragraph.at(descriptor.head)].to_lowercase();
            let words = qualifiers(prose, paragraph, descriptor);
            let at = paragraph.at(descriptor.range);
            holders.entry(head).or_default().push(Holder {
                entity: mention.entity,
                at,
                words,
            });
        }
    }
    holders
}

/// The latest holder introduced before a description that contradicts none of its qualifiers.
fn holder(
    holders: &HashMap<String, Vec<Holder>>,
    head: &str,
    range: TextRange,
    qualifiers: &[String],
) -> Option<EntityId> {
    let known = holders.get(head)?;
    let before = known.partition_point(|holder| holder.at.end() <= range.start());
    let fits = |holder: &&Holder| qualifiers.iter().all(|word| holder.words.contains(word));
    known[..before]
        .iter()
        .rev()
        .take(16)
        .find(fits)
        .map(|holder| holder.entity)
}

/// The capitalised words of a description beside its head, in lower case and without a possessive ending.
fn qualifiers(prose: &Prose, paragraph: &Paragraph, descriptor: &Descriptor) -> Vec<String> {
    let tokens = &paragraph.facts.tokens;
    let from = tokens.partition_point(|token| token.range.start() < descriptor.range.start());
    tokens[from..]
        .iter()
        .take_while(|token| token.range.start() < descriptor.range.end())
        .filter(|token| token.range.start() != descriptor.head.start())
        .map(|token| &prose.text()[paragraph.at(token.stem)])
        .filter(|word| {
            word.starts_with(char::is_uppercase)
                && !matches!(*word, "The" | "A" | "An" | "His" | "Her" | "Their")
        })
        .map(str::to_lowercase)
        .collect()
}

/// "the council" for "National Security Council": bodies by the last word of their name, where only one has it.
fn bodies(entities: &[Entity]) -> HashMap<String, Option<EntityId>> {
    let mut bodies: HashMap<String, Option<EntityId>> = HashMap::new();
    for (index, entity) in entities.iter().enumerate() {
        if entity.label != Label::Organisation || !entity.name.contains(' ') {
            continue;
        }
        let Some(last) = entity.name.split_whitespace().next_back() else {
            continue;
        };
        let id = EntityId(index as u32);
        bodies
            .entry(last.to_lowercase())
            .and_modify(|known| *known = None)
            .or_insert(Some(id));
    }
    bodies
}
