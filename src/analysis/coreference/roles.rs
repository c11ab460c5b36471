//! "the president", "the Turkish minister", "the company": descriptions that mean somebody whom the draft names.
//!
//! A description means whoever holds its noun: by a role that the draft gives, or as the last word of a body's name.
//! Where two would fit it means nobody, unless only one of them was spoken of just before.

mod holders;
mod phrase;

use text_size::{TextRange, TextSize};

use super::super::paragraph::Paragraph;
use super::super::people::{Entity, EntityId, EntityMention, MentionForm, Role, behind, is_kin};
use crate::extract::Label;
use crate::text::{FastMap, FastSet, Prose};
use holders::{Holder, Holders};
use phrase::{Description, Several, descriptions, plurals};

/// Paragraphs after which somebody was not spoken of just before.
const NEAR: usize = 1;

/// Adds a mention for each description that means a known person or body, and the roles that descriptions tell.
pub(super) fn link(
    prose: &Prose,
    paragraphs: &[Paragraph],
    entities: &mut Vec<Entity>,
    mentions: &mut Vec<EntityMention>,
) {
    let text = prose.text();
    let mut linker = Linker {
        text,
        holders: Holders::new(text, entities, mentions),
        last: FastMap::default(),
        people: Vec::new(),
        found: Vec::new(),
        owned: entities
            .iter()
            .flat_map(|entity| &entity.roles)
            .filter_map(|role| Some((role.range.start(), role.head?)))
            .collect(),
        groups: FastMap::default(),
        latest: Vec::new(),
        before: None,
    };
    let introduced: FastSet<TextRange> = entities
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
            let before = description
                .opens
                .then(|| previous(paragraphs, index, description.range))
                .flatten();
            linker.before = before;
            if let Some(entity) = linker.entity(&description, index, entities) {
                linker.take(&description, index, paragraph, entity, entities);
            }
        }
        linker.pass(rest, entities);
        for several in plurals(text, paragraph, named) {
            linker.take_several(&several, index, entities);
        }
    }
    for entity in entities.iter_mut() {
        without_repeats(entity);
    }
    mentions.extend(linker.found);
    mentions.sort_by_key(|mention| (mention.range.start(), mention.range.end()));
}

struct Linker<'t> {
    text: &'t str,
    holders: Holders,
    /// The paragraph in which each was last spoken of.
    last: FastMap<EntityId, usize>,
    /// The people named so far, in the order of their first mention.
    people: Vec<EntityId>,
    found: Vec<EntityMention>,
    /// The nouns of roles beside names, by where the roles start: "daughter" of "the surgeon's daughter".
    owned: FastMap<TextSize, TextRange>,
    /// The groups that plurals stand for, by their members.
    groups: FastMap<Vec<EntityId>, EntityId>,
    /// The latest mentions of people by name.
    latest: Vec<(TextRange, EntityId)>,
    /// The sentence before a description that opens its own.
    before: Option<TextRange>,
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
            if person {
                self.latest.push((mention.range, id));
            }
        }
    }

    /// The only person named in the sentence before.
    fn subject(&self) -> Option<EntityId> {
        let sentence = self.before?;
        let inside = self
            .latest
            .iter()
            .rev()
            .take_while(|(range, _)| range.start() >= sentence.start());
        let mut found = None;
        for (_, id) in inside.take(16) {
            if found.is_some_and(|found| found != *id) {
                return None;
            }
            found = Some(*id);
        }
        found
    }

    /// Whom a description means.
    fn entity(
        &self,
        description: &Description,
        paragraph: usize,
        entities: &[Entity],
    ) -> Option<EntityId> {
        if description.serves {
            return self.announced(description);
        }
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
            let fits = |holder: &&Holder| known(holder) && holder.fits(description);
            let own = self.holders.of(&description.head).iter().filter(fits);
            // "the mayor" is the mayor before the deputy mayor.
            let plain = own.clone().any(|holder| holder.is_plain(description));
            for holder in own.filter(|holder| !plain || holder.is_plain(description)) {
                if !fitting.contains(&holder.entity) {
                    fitting.push(holder.entity);
                }
            }
        }
        if fitting.is_empty() {
            return self
                .announced(description)
                .or_else(|| self.only_one(description, entities));
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

    /// Whom the draft introduces further down by the same words, with "the".
    fn announced(&self, description: &Description) -> Option<EntityId> {
        let mut holders = self
            .holders
            .of(&description.head)
            .iter()
            .filter(|holder| holder.is_announced(description))
            .map(|holder| holder.entity);
        let one = holders.next()?;
        holders.all(|other| other == one).then_some(one)
    }

    /// The one person of whom the draft has spoken so far, by an office that it does not give elsewhere.
    fn only_one(&self, description: &Description, entities: &[Entity]) -> Option<EntityId> {
        let entity = match self.people.as_slice() {
            [entity] => *entity,
            _ => self.subject()?,
        };
        let known = entities.get(entity.0 as usize)?;
        let fits = description.office && !description.possessive && known.label == Label::Person;
        fits.then_some(entity)
    }

    /// "the two ministries": all of the draft that are called so, if they are as many.
    fn take_several(&mut self, several: &Several, index: usize, entities: &mut Vec<Entity>) {
        let mut members: Vec<EntityId> = Vec::new();
        for holder in self.holders.of(&several.noun) {
            if !members.contains(&holder.entity) {
                members.push(holder.entity);
            }
        }
        if members.len() != several.number {
            return;
        }
        members.sort_unstable();
        let id = self.groups.get(&members).copied().unwrap_or_else(|| {
            let id = EntityId(u32::try_from(entities.len()).unwrap_or(u32::MAX));
            let first = entities.get(members[0].0 as usize);
            let name = self
                .text
                .get(std::ops::Range::from(several.range))
                .unwrap_or_default();
            entities.push(Entity {
                label: first.map_or(Label::Organisation, |first| first.label),
                name: name
                    .split_once(' ')
                    .map_or(name, |(_, name)| name)
                    .to_owned(),
                named: true,
                mentions: Vec::new(),
                roles: Vec::new(),
                pronoun: None,
                outlet: false,
                members: members.clone(),
            });
            self.groups.insert(members, id);
            id
        });
        self.found.push(EntityMention {
            range: several.range,
            title: None,
            paragraph: index,
            entity: id,
            form: MentionForm::Role,
            quoted: several.quoted,
        });
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
        if let Some(head) = self.owned.get(&description.range.start()) {
            let noun = self
                .text
                .get(std::ops::Range::from(*head))
                .unwrap_or_default();
            self.holders.add_relatives(noun, description.range, id);
        }
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

/// "the sister" says no more than "his sister" of the same person.
fn without_repeats(entity: &mut Entity) {
    let words = |text: &str| -> Vec<String> {
        let words = text.split_whitespace().map(str::to_lowercase);
        words.filter(|word| word != "the").collect()
    };
    // Few roles stand beside one name, but a made-up draft may have thousands.
    if entity.roles.len() > 32 || entity.label != Label::Person {
        return;
    }
    let all: Vec<Vec<String>> = entity.roles.iter().map(|role| words(&role.text)).collect();
    let mut at = 0;
    entity.roles.retain(|role| {
        let own = &all[at];
        at += 1;
        let definite = role.text.starts_with("the ") || role.text.starts_with("The ");
        let longer = |other: &Vec<String>| {
            other.len() > own.len() && own.iter().all(|word| other.contains(word))
        };
        !(definite && all.iter().any(longer))
    });
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

/// The sentence before the one that a range opens, in prose bytes.
fn previous(paragraphs: &[Paragraph], index: usize, range: TextRange) -> Option<TextRange> {
    let paragraph = &paragraphs[index];
    let sentences = &paragraph.facts.sentences;
    let own =
        sentences.partition_point(|sentence| paragraph.at(sentence.range).end() <= range.start());
    if let Some(before) = own.checked_sub(1) {
        return Some(paragraph.at(sentences.get(before)?.range));
    }
    let paragraph = paragraphs[..index]
        .iter()
        .rev()
        .take(3)
        .find(|paragraph| paragraph.is_read())?;
    Some(paragraph.at(paragraph.facts.sentences.last()?.range))
}

/// The start of everything.
const START: TextSize = TextSize::new(0);

#[cfg(test)]
mod tests {
    use crate::analysis::{Memo, MentionForm, analyze};
    use crate::knowledge::Knowledge;
    use crate::settings::Settings;
    use crate::text::Language;

    /// The descriptions of a draft that mean somebody, each with whom.
    fn check(draft: &str, expected: &[(&str, &str)]) {
        let analysis = analyze(
            draft,
            Language::Plain,
            &Settings::default(),
            Knowledge::shipped(),
            &mut Memo::default(),
        );
        let found: Vec<(&str, &str)> = analysis
            .mentions
            .iter()
            .filter(|mention| mention.form == MentionForm::Role)
            .map(|mention| {
                (
                    analysis.text(mention.range),
                    analysis.entity(mention.entity).name.as_str(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{draft}");
    }

    #[test]
    fn a_description_means_whoever_holds_its_noun() {
        check(
            "Mayor Ruth Okafor met Daniel Roe, the deputy mayor. The mayor left. The deputy mayor stayed.",
            &[
                ("The mayor", "Ruth Okafor"),
                ("The deputy mayor", "Daniel Roe"),
            ],
        );
        check(
            "US President Ellen Ward called her Turkish counterpart, Recep Aydin. The Turkish president was out.",
            &[("The Turkish president", "Recep Aydin")],
        );
        check(
            "Tobi Okafor, 19, left. “No,” the 19-year-old said.",
            &[("the 19-year-old", "Tobi Okafor")],
        );
        check(
            "The Wexmouth City Council met on Monday. The council said no.",
            &[("The council", "Wexmouth City Council")],
        );
    }

    #[test]
    fn an_introduction_further_down_tells_who_was_meant() {
        check(
            "The UN envoy lent them a pen. Maria Lima, the UN envoy, asked for it back.",
            &[("The UN envoy", "Maria Lima")],
        );
        check(
            "The UN envoy lent them a pen. Maria Lima, a UN envoy, asked for it back.",
            &[],
        );
        check(
            "The UN envoy lent them a pen. Maria Lima, the EU envoy, asked for it back.",
            &[],
        );
        check(
            "His lawyer spoke first. Ruth Okafor, a lawyer, was ill.",
            &[],
        );
    }

    #[test]
    fn the_defendant_is_the_one_who_is_charged() {
        check(
            "Gareth Hughes, 38, of no fixed address, denies fraud. Eleanor Roe said the defendant had sent 212 letters.",
            &[("the defendant", "Gareth Hughes")],
        );
        check(
            "Gareth Hughes is charged with arson. Eleanor Roe denies arson. In the end the defendant smiled.",
            &[],
        );
        check(
            "Gareth Hughes spoke to Eleanor Roe. In the end the defendant smiled.",
            &[],
        );
    }

    #[test]
    fn where_two_would_fit_nobody_is_meant() {
        check(
            "Mayor Ruth Okafor met Mayor Daniel Roe. The mayor left.",
            &[],
        );
        check(
            "Mayor Ruth Okafor met the council chamber’s cleaners. A mayor has keys. Every mayor does.",
            &[],
        );
        check(
            "The driver fled. Ruth Okafor saw him. The driver was caught.",
            &[],
        );
    }

    #[test]
    fn two_of_a_kind_are_a_group() {
        check(
            "The Ministry of Health blamed the Ministry of Education. The two ministries share a car park.",
            &[("The two ministries", "two ministries")],
        );
    }
}
