//! "the president", "the Turkish minister", "the company": descriptions that mean somebody whom the draft names.
//!
//! A description means whoever holds its noun: by a role that the draft gives, or as the last word of a body's name.
//! Where two would fit it means nobody, unless only one of them was spoken of just before.

mod holders;
mod phrase;

use std::collections::{HashMap, HashSet};

use text_size::{TextRange, TextSize};

use super::super::paragraph::Paragraph;
use super::super::people::{Entity, EntityId, EntityMention, MentionForm, Role, behind, is_kin};
use crate::extract::Label;
use crate::text::Prose;
use holders::{Holder, Holders};
use phrase::{Description, descriptions};

/// Paragraphs after which somebody was not spoken of just before.
const NEAR: usize = 1;

/// Adds a mention for each description that means a known person or body, and the roles that descriptions tell.
pub(super) fn link(
    prose: &Prose,
    paragraphs: &[Paragraph],
    entities: &mut [Entity],
    mentions: &mut Vec<EntityMention>,
) {
    let text = prose.text();
    let mut linker = Linker {
        text,
        holders: Holders::new(text, entities, mentions),
        last: HashMap::new(),
        people: Vec::new(),
        found: Vec::new(),
    };
    let introduced: HashSet<TextRange> = entities
        .iter()
        .flat_map(|entity| &entity.roles)
        .filter_map(|role| role.head)
        .collect();
    let mut next = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let own = mentions[next..]
            .iter()
            .take_while(|mention| mention.paragraph <= index)
            .count();
        let named = &mentions[next..next + own];
        next += own;
        if !paragraph.is_read() {
            linker.pass(named, entities);
            continue;
        }
        let mut rest = named;
        for description in descriptions(text, paragraph, named, &introduced, &linker.holders) {
            let before =
                rest.partition_point(|mention| mention.range.start() < description.range.start());
            linker.pass(&rest[..before], entities);
            rest = &rest[before..];
            if let Some(entity) = linker.entity(&description, index, entities) {
                linker.take(&description, index, paragraph, entity, entities);
            }
        }
        linker.pass(rest, entities);
    }
    mentions.extend(linker.found);
    mentions.sort_by_key(|mention| (mention.range.start(), mention.range.end()));
}

struct Linker<'t> {
    text: &'t str,
    holders: Holders,
    /// The paragraph in which each was last spoken of.
    last: HashMap<EntityId, usize>,
    /// The people named so far, in the order of their first mention.
    people: Vec<EntityId>,
    found: Vec<EntityMention>,
}

impl Linker<'_> {
    /// Takes note of names in reading order.
    fn pass(&mut self, named: &[EntityMention], entities: &[Entity]) {
        for mention in named {
            let id = mention.entity;
            let person = entities
                .get(id.0 as usize)
                .is_some_and(|entity| entity.label == Label::Person && entity.members.is_empty());
            if person && !self.last.contains_key(&id) {
                self.people.push(id);
            }
            self.last.insert(id, mention.paragraph);
        }
    }

    /// Whom a description means.
    fn entity(
        &self,
        description: &Description,
        paragraph: usize,
        entities: &[Entity],
    ) -> Option<EntityId> {
        let place = description.range.start();
        let nouns = [description.head.as_str(), "counterpart"];
        let known = |holder: &&Holder| {
            holder.from <= place || description.possessive && is_kin(&description.head)
        };
        let holders = || {
            nouns
                .iter()
                .flat_map(|noun| self.holders.of(noun))
                .filter(known)
        };
        let mut fitting: Vec<EntityId> = Vec::new();
        // Those of whom the draft said just this, or else those of whom it said nothing against it.
        for holder in holders().filter(|holder| holder.matches(description)) {
            if !fitting.contains(&holder.entity) {
                fitting.push(holder.entity);
            }
        }
        if fitting.is_empty() {
            for holder in self.holders.of(&description.head).iter().filter(known) {
                if holder.fits(description) && !fitting.contains(&holder.entity) {
                    fitting.push(holder.entity);
                }
            }
        }
        if fitting.is_empty() {
            return self.only_one(description, entities);
        }
        if let [entity] = fitting.as_slice() {
            return Some(*entity);
        }
        let near = |id: &&EntityId| {
            self.last
                .get(id)
                .is_some_and(|last| last + NEAR >= paragraph)
        };
        let mut near = fitting.iter().filter(near);
        match (near.next(), near.next()) {
            (Some(entity), None) => Some(*entity),
            _ => None,
        }
    }

    /// The one person of whom the draft has spoken so far, by an office that it does not give elsewhere.
    fn only_one(&self, description: &Description, entities: &[Entity]) -> Option<EntityId> {
        let [entity] = self.people.as_slice() else {
            return None;
        };
        let known = entities.get(entity.0 as usize)?;
        (description.office && !description.possessive && known.label == Label::Person)
            .then_some(*entity)
    }

    /// Adds the mention, and what the description and the words behind it tell of its person.
    fn take(
        &mut self,
        description: &Description,
        index: usize,
        paragraph: &Paragraph,
        id: EntityId,
        entities: &mut [Entity],
    ) {
        self.last.insert(id, index);
        self.found.push(EntityMention {
            range: description.range,
            title: None,
            paragraph: index,
            entity: id,
            form: MentionForm::Role,
            quoted: description.quoted,
        });
        let Some(entity) = entities
            .get_mut(id.0 as usize)
            .filter(|entity| entity.label == Label::Person)
        else {
            return;
        };
        let text = |range: TextRange| {
            self.text
                .get(std::ops::Range::from(range))
                .unwrap_or_default()
        };
        let own = Role {
            range: description.range,
            text: text(description.range).to_owned(),
            head: Some(description.head_range),
            paragraph: index,
        };
        if is_new(&own, entity) && !description.aged {
            self.holders.add(self.text, id, &own);
            entity.roles.push(own);
        }
        for phrase in behind(self.text, paragraph, description.range, true) {
            let role = Role {
                range: phrase.range,
                text: text(phrase.range).to_owned(),
                head: phrase.head,
                paragraph: index,
            };
            if entity.roles.iter().all(|known| known.range != role.range) {
                self.holders.add(self.text, id, &role);
                entity.roles.push(role);
            }
        }
        entity.roles.sort_by_key(|role| role.range.start());
    }
}

/// A description tells something new if one of its words stands in no role that the draft gives.
fn is_new(role: &Role, entity: &Entity) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split_whitespace().map(str::to_lowercase);
        words.filter(|word| word != "the").collect()
    };
    let own = words(&role.text);
    entity.roles.iter().all(|known| {
        let known = words(&known.text);
        own.iter().any(|word| !known.contains(word))
    })
}

/// The start of everything.
const START: TextSize = TextSize::new(0);
