//! Who is who: mentions of people, organisations and places grouped into entities.

mod apposition;
mod bodies;
mod borders;
mod context;
mod evidence;
mod form;
mod labels;
mod listed;
mod missed;
mod person;
mod persons;
mod roles;
mod spelling;
mod sport;

use std::rc::Rc;

use text_size::{TextRange, TextSize};

use super::paragraph::Paragraph;
use crate::extract::{Label, Quote};
use crate::knowledge::Knowledge;
use crate::lexicon::{Lexicon, Names, Traits};
use crate::text::Prose;

pub(super) use apposition::{Beside, behind};
use bodies::Bodies;
use context::{Context, Meaning};
use evidence::Evidence;
pub(super) use evidence::{is_kin, kin};
use form::{Form, Forms};
use persons::Persons;

/// Index into [`super::Analysis::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// How a mention refers to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionForm {
    /// The fullest name: "Recep Tayyip Erdogan", "National Security Council".
    Full,
    /// A family name, with or without a title: "Erdogan", "Mr Erdogan".
    Surname,
    /// A given name alone.
    Given,
    /// An acronym or short form: "IRNA", "the council".
    Short,
    /// A description: "the Turkish president".
    Role,
    /// "he", "she", "they", "it".
    Pronoun,
}

/// The pronoun that the draft uses for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pronoun {
    /// he, him, his
    He,
    /// she, her, hers
    She,
    /// they, them, their
    They,
    /// it, its
    It,
}

/// One mention of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityMention {
    /// Prose bytes: the name, role or pronoun, without titles.
    pub range: TextRange,
    /// The titles directly before a name, in prose bytes.
    pub title: Option<TextRange>,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Whom it means.
    pub entity: EntityId,
    /// How it refers.
    pub form: MentionForm,
    /// Stands inside a quote: a speaker's word, not ours.
    pub quoted: bool,
}

impl EntityMention {
    /// The mention with its titles.
    pub fn full_range(&self) -> TextRange {
        self.title
            .map_or(self.range, |title| title.cover(self.range))
    }
}

/// A role as the draft introduces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Prose bytes of the phrase.
    pub range: TextRange,
    /// Its words: "Iranian President", "the US special envoy for Iran", "who runs the cafe", "54, of Leeds".
    pub text: String,
    /// Its head noun, in prose bytes ("President"); none for an age and for a clause.
    pub head: Option<TextRange>,
    /// Index of its paragraph.
    pub paragraph: usize,
}

/// A person, organisation or place of the draft, or an unnamed source that is one for the reader ("White House officials").
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub label: Label,
    /// The fullest name that the draft gives, without determiners; for an unnamed source its description.
    pub name: String,
    /// False for an unnamed source.
    pub named: bool,
    /// Its mentions, as indices into [`super::Analysis::mentions`], in reading order.
    pub mentions: Vec<usize>,
    /// Roles as introduced, in reading order.
    pub roles: Vec<Role>,
    /// The pronoun that the draft uses.
    pub pronoun: Option<Pronoun>,
    /// A news outlet or agency.
    pub outlet: bool,
    /// The people that a plural stands for ("the Okafors"); empty for one alone.
    pub members: Vec<EntityId>,
}

/// Groups the named mentions of all paragraphs into entities. Mentions come back in reading order.
pub(super) fn people(
    prose: &Prose,
    paragraphs: &[Paragraph],
    knowledge: &Knowledge,
) -> (Vec<Entity>, Vec<EntityMention>) {
    let names = &Lexicon::get().names;
    let text = prose.text();
    let forms = Forms::new(names);
    let mut named = collect(text, paragraphs);
    labels::settle(&mut named, &forms);
    sport::settle(text, paragraphs, &mut named, names);
    listed::find(text, paragraphs, &mut named, knowledge);
    labels::heed(&mut named, knowledge);
    borders::mend(text, paragraphs, &mut named, names);
    let linked = link(text, paragraphs, &mut named, names, &forms, knowledge);

    let mut entities: Vec<Entity> = Vec::new();
    let mut ids = vec![None; linked.groups.len()];
    let mut mentions = Vec::with_capacity(named.len());
    let mut facts = Vec::with_capacity(named.len());
    let mut at = FactIndex::new(paragraphs);
    for (mention, link) in named.iter().zip(&linked.links) {
        let Some((group, form)) = *link else {
            continue;
        };
        let known = &linked.groups[group];
        let id = *ids[group].get_or_insert_with(|| {
            entities.push(Entity {
                label: known.label,
                name: known.name.clone(),
                named: true,
                mentions: Vec::new(),
                roles: Vec::new(),
                pronoun: None,
                outlet: false,
                members: Vec::new(),
            });
            entities.len() - 1
        });
        let entity = &mut entities[id];
        entity.mentions.push(mentions.len());
        entity.outlet |=
            known.label == Label::Organisation && forms.of(mention.text).traits.any(Traits::OUTLET);
        if let Some(fact) = mention.fact {
            at.set(mention.paragraph, fact, id);
        }
        facts.push(mention.fact);
        mentions.push(EntityMention {
            range: mention.range,
            title: mention.title,
            paragraph: mention.paragraph,
            entity: entity_id(id),
            form,
            quoted: mention.quoted,
        });
    }
    for (group, known) in linked.groups.iter().enumerate() {
        let members = known.members.iter().filter_map(|member| ids[*member]);
        if let Some(id) = ids[group] {
            entities[id].members = members.map(entity_id).collect();
        }
    }
    roles::introduce(text, paragraphs, (&mentions, &facts), &at, &mut entities);
    (entities, mentions)
}

/// What each name is after each pass but the last, under the pass's name: to see what a pass gains and costs.
#[cfg(feature = "dev")]
pub(crate) fn passes(
    prose: &Prose,
    paragraphs: &[Paragraph],
    knowledge: &Knowledge,
) -> Vec<(&'static str, Vec<(TextRange, Label)>)> {
    let names = &Lexicon::get().names;
    let text = prose.text();
    let state = |named: &[Named]| -> Vec<(TextRange, Label)> {
        let real = named.iter().filter(|mention| mention.score > 0.0);
        real.map(|mention| (mention.range, mention.label)).collect()
    };
    let mut named = collect(text, paragraphs);
    let sure = named.iter().filter(|mention| mention.score >= 0.4);
    let sure = sure.map(|mention| (mention.range, mention.label)).collect();
    let mut passes = vec![("model", sure)];
    let forms = Forms::new(names);
    labels::settle(&mut named, &forms);
    passes.push(("labels", state(&named)));
    sport::settle(text, paragraphs, &mut named, names);
    passes.push(("sport", state(&named)));
    borders::mend(text, paragraphs, &mut named, names);
    passes.push(("borders", state(&named)));
    link(text, paragraphs, &mut named, names, &forms, knowledge);
    passes.push(("missed", state(&named)));
    passes
}

fn entity_id(index: usize) -> EntityId {
    EntityId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// A name in the draft, on its way to an entity.
#[derive(Clone, Debug)]
struct Named<'t> {
    /// Its place among the names of the facts; none has the greatest.
    id: usize,
    paragraph: usize,
    /// Its index in the paragraph's facts; none for one that only the rest of the draft shows to be a name.
    fact: Option<usize>,
    range: TextRange,
    title: Option<TextRange>,
    text: &'t str,
    /// The words of its titles; empty without.
    titles: &'t str,
    label: Label,
    score: f32,
    /// How likely each label is, as in [`crate::extract::Mention`].
    labels: [f32; 4],
    quoted: bool,
    /// An opening bracket stands directly before it: "People's Protection Units (YPG)".
    bracketed: bool,
    /// "the" or a number stands directly before it.
    after_the: bool,
}

impl Named<'_> {
    /// The name with its titles.
    fn full_range(&self) -> TextRange {
        self.title
            .map_or(self.range, |title| title.cover(self.range))
    }
}

/// Which group each name belongs to. `None` for what turned out to be no name.
struct Linked {
    links: Vec<Option<(usize, MentionForm)>>,
    groups: Vec<Group>,
}

/// Names that are one's.
struct Group {
    name: String,
    label: Label,
    /// The groups that a plural stands for.
    members: Vec<usize>,
}

fn link<'t>(
    text: &'t str,
    paragraphs: &[Paragraph],
    named: &mut Vec<Named<'t>>,
    names: &'t Names,
    forms: &Forms<'t>,
    knowledge: &Knowledge,
) -> Linked {
    let evidence = Evidence::new(text, paragraphs, named, forms);
    let mut persons = Persons::new(named, names, forms, &evidence);
    let mut bodies = Bodies::new(named, names, forms, knowledge, &evidence);
    missed::find(text, paragraphs, named, forms, &persons, &bodies);
    let spelled: Vec<Rc<Form>> = named.iter().map(|mention| forms.of(mention.text)).collect();
    let context = Context::new(text, paragraphs, named, &spelled);
    let links: Vec<_> = named
        .iter()
        .zip(&spelled)
        .map(|(mention, form)| {
            Some(match context.meaning((mention, form), &persons, &bodies)? {
                Meaning::Person => (true, persons.link(mention, form)),
                Meaning::Body => (false, bodies.link(mention, form, mention.label)),
                Meaning::Place => (false, bodies.link(mention, form, Label::Place)),
                Meaning::Short(key) => (false, bodies.link_short(&key)?),
                Meaning::Country(country) => (false, bodies.link_country(country)),
            })
        })
        .collect();
    let mut groups: Vec<Group> = persons
        .names()
        .into_iter()
        .map(|(name, members)| Group {
            name,
            label: Label::Person,
            members,
        })
        .collect();
    let count = groups.len();
    groups.extend(bodies.names().into_iter().map(|(name, label)| Group {
        name,
        label,
        members: Vec::new(),
    }));
    let links = links
        .into_iter()
        .map(|link| {
            link.map(|(person, (group, form))| match person {
                true => (group, form),
                false => (count + group, form),
            })
        })
        .collect();
    Linked { links, groups }
}

fn collect<'t>(text: &'t str, paragraphs: &[Paragraph]) -> Vec<Named<'t>> {
    let mut named = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let mut quoted = Quoted::new(&paragraph.facts.quotes);
        for (fact, mention) in paragraph.facts.mentions.iter().enumerate() {
            let range = paragraph.at(mention.range);
            let title = mention.title.map(|title| paragraph.at(title));
            let full = title.map_or(range, |title| title.cover(range));
            let before = text.get(..usize::from(full.start())).unwrap_or_default();
            let article = before.strip_suffix(' ').map(|before| {
                before
                    .rsplit(|c: char| !c.is_alphabetic())
                    .next()
                    .unwrap_or_default()
            });
            named.push(Named {
                id: named.len(),
                paragraph: index,
                fact: Some(fact),
                range,
                title,
                text: text.get(std::ops::Range::from(range)).unwrap_or_default(),
                titles: title
                    .and_then(|title| text.get(std::ops::Range::from(title)))
                    .unwrap_or_default(),
                label: mention.label,
                score: mention.score,
                labels: mention.labels,
                quoted: quoted.covers(mention.range.start()),
                bracketed: before.ends_with(['(', '[']),
                after_the: article.is_some_and(|word| {
                    let articles = ["the", "two", "three", "four", "both"];
                    articles.iter().any(|own| word.eq_ignore_ascii_case(own))
                }),
            });
        }
    }
    named
}

/// A number for each mention of the facts, by its paragraph and its index there.
struct FactIndex {
    /// Mentions before each paragraph.
    starts: Vec<usize>,
    numbers: Vec<Option<u32>>,
}

impl FactIndex {
    fn new(paragraphs: &[Paragraph]) -> FactIndex {
        let mut count = 0;
        let starts = paragraphs.iter().map(|paragraph| {
            let start = count;
            count += paragraph.facts.mentions.len();
            start
        });
        FactIndex {
            starts: starts.collect(),
            numbers: vec![None; count],
        }
    }

    fn set(&mut self, paragraph: usize, fact: usize, number: usize) {
        let start = self.starts.get(paragraph).copied().unwrap_or_default();
        if let Some(slot) = self.numbers.get_mut(start + fact) {
            *slot = u32::try_from(number).ok();
        }
    }

    fn get(&self, paragraph: usize, fact: usize) -> Option<usize> {
        let number = self.numbers.get(self.starts.get(paragraph)? + fact)?;
        number.map(|number| number as usize)
    }
}

/// Tells for places in reading order whether a quote stands around them.
struct Quoted<'q> {
    quotes: &'q [Quote],
    end: TextSize,
}

impl<'q> Quoted<'q> {
    fn new(quotes: &'q [Quote]) -> Quoted<'q> {
        Quoted {
            quotes,
            end: TextSize::new(0),
        }
    }

    fn covers(&mut self, place: TextSize) -> bool {
        while let Some((quote, rest)) = self.quotes.split_first()
            && quote.range.start() <= place
        {
            if quote.certain {
                self.end = self.end.max(quote.range.end());
            }
            self.quotes = rest;
        }
        place < self.end
    }
}

#[cfg(test)]
mod tests;
