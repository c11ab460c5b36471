//! Who is who: mentions of people, organisations and places grouped into entities.

mod bodies;
mod labels;
mod person;
mod persons;

use text_size::{TextRange, TextSize};

use super::paragraph::Paragraph;
use crate::extract::{Label, Quote};
use crate::knowledge::Knowledge;
use crate::lexicon::{Lexicon, Names, Traits};
use crate::settings::Settings;
use crate::text::Prose;

use bodies::Bodies;
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
    /// Its words: "Iranian President", "the US special envoy for Iran".
    pub text: String,
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
}

/// Groups the named mentions of all paragraphs into entities. Mentions come back in reading order.
pub(super) fn people(
    prose: &Prose,
    paragraphs: &[Paragraph],
    _settings: &Settings,
    _knowledge: &Knowledge,
) -> (Vec<Entity>, Vec<EntityMention>) {
    let names = &Lexicon::get().names;
    let mut named = collect(prose.text(), paragraphs);
    labels::settle(&mut named, names);
    let linked = link(&named, names);

    let mut entities: Vec<Entity> = Vec::new();
    let mut ids = vec![None; linked.groups];
    let mut mentions = Vec::with_capacity(named.len());
    let mut at = vec![None; named.len()];
    for (index, (mention, link)) in named.iter().zip(&linked.links).enumerate() {
        let Some((group, form)) = *link else {
            continue;
        };
        let id = *ids[group].get_or_insert_with(|| {
            entities.push(Entity {
                label: mention.label,
                name: String::new(),
                named: true,
                mentions: Vec::new(),
                roles: Vec::new(),
                pronoun: None,
                outlet: false,
            });
            entities.len() - 1
        });
        let entity = &mut entities[id];
        entity.mentions.push(mentions.len());
        entity.outlet |=
            mention.label == Label::Organisation && names.traits(mention.text).any(Traits::OUTLET);
        at[index] = Some(id);
        mentions.push(EntityMention {
            range: mention.range,
            title: mention.title,
            paragraph: mention.paragraph,
            entity: EntityId(u32::try_from(id).unwrap_or(u32::MAX)),
            form,
            quoted: mention.quoted,
        });
    }
    for (group, name) in linked.names.into_iter().enumerate() {
        if let Some(id) = ids[group] {
            entities[id].name = name;
        }
    }
    introduce(prose.text(), paragraphs, names, &at, &mut entities);
    (entities, mentions)
}

/// A name in the draft, on its way to an entity.
#[derive(Clone, Debug)]
struct Named<'t> {
    paragraph: usize,
    range: TextRange,
    title: Option<TextRange>,
    text: &'t str,
    /// The words of its titles; empty without.
    titles: &'t str,
    label: Label,
    score: f32,
    quoted: bool,
    /// An opening bracket stands directly before it: "People's Protection Units (YPG)".
    bracketed: bool,
}

/// Which group each name belongs to, and what each group is called. `None` for what turned out to be no name.
struct Linked {
    links: Vec<Option<(usize, MentionForm)>>,
    names: Vec<String>,
    groups: usize,
}

fn link(named: &[Named], names: &Names) -> Linked {
    let mut persons = Persons::new(named, names);
    let mut bodies = Bodies::new(named, names);
    let links: Vec<_> = named
        .iter()
        .enumerate()
        .map(|(index, mention)| match mention.label {
            _ if mention.score == 0.0 => None,
            Label::Person => Some((true, persons.link(index, mention))),
            _ => Some((false, bodies.link(mention))),
        })
        .collect();
    let persons = persons.names();
    let count = persons.len();
    let links = links
        .into_iter()
        .map(|link| {
            link.map(|(person, (group, form))| match person {
                true => (group, form),
                false => (count + group, form),
            })
        })
        .collect();
    let all: Vec<String> = persons.into_iter().chain(bodies.names()).collect();
    Linked {
        links,
        groups: all.len(),
        names: all,
    }
}

fn collect<'t>(text: &'t str, paragraphs: &[Paragraph]) -> Vec<Named<'t>> {
    let mut named = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let mut quoted = Quoted::new(&paragraph.facts.quotes);
        for mention in &paragraph.facts.mentions {
            let range = paragraph.at(mention.range);
            let title = mention.title.map(|title| paragraph.at(title));
            let before = text.get(..usize::from(range.start())).unwrap_or_default();
            named.push(Named {
                paragraph: index,
                range,
                title,
                text: text.get(std::ops::Range::from(range)).unwrap_or_default(),
                titles: title
                    .and_then(|title| text.get(std::ops::Range::from(title)))
                    .unwrap_or_default(),
                label: mention.label,
                score: mention.score,
                quoted: quoted.covers(mention.range.start()),
                bracketed: before.ends_with(['(', '[']),
            });
        }
    }
    named
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

/// Gives entities the roles that stand beside their names. `at`: the entity of each name of the paragraphs' facts.
fn introduce(
    text: &str,
    paragraphs: &[Paragraph],
    names: &Names,
    at: &[Option<usize>],
    entities: &mut [Entity],
) {
    let mut first = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        for descriptor in &paragraph.facts.descriptors {
            let entity = descriptor
                .mention
                .and_then(|mention| at.get(first + mention).copied().flatten())
                .and_then(|id| entities.get_mut(id));
            let Some(entity) = entity else {
                continue;
            };
            let titled = descriptor
                .mention
                .and_then(|mention| paragraph.facts.mentions.get(mention)?.title)
                .is_some_and(|title| title.contains_range(descriptor.head));
            let mut range = paragraph.at(descriptor.range);
            // "Iran's Supreme Leader Ayatollah" is the role of a leader.
            let office = TextRange::new(range.start(), paragraph.at(descriptor.head).end());
            let tail = TextRange::new(office.end(), range.end());
            let styles = text
                .get(std::ops::Range::from(tail))
                .unwrap_or_default()
                .split_whitespace()
                .all(|word| names.traits(word).any(Traits::STYLE.or(Traits::HONORIFIC)));
            if titled && styles {
                range = office;
            }
            entity.roles.push(Role {
                range,
                text: text
                    .get(std::ops::Range::from(range))
                    .unwrap_or_default()
                    .to_owned(),
                paragraph: index,
            });
        }
        first += paragraph.facts.mentions.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, Memo, analyze};
    use crate::text::Language;

    fn read(draft: &str) -> Analysis {
        analyze(
            draft,
            Language::Plain,
            &Settings::default(),
            Knowledge::shipped(),
            &mut Memo::default(),
        )
    }

    /// The entities of a label, each as its name and the texts of its mentions by name.
    fn check(draft: &str, label: Label, expected: &[(&str, &[&str])]) {
        let analysis = read(draft);
        let found: Vec<(&str, Vec<&str>)> = analysis
            .entities
            .iter()
            .filter(|entity| entity.label == label && entity.named)
            .map(|entity| {
                let mentions = entity
                    .mentions
                    .iter()
                    .map(|index| &analysis.mentions[*index])
                    .filter(|mention| {
                        !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun)
                    });
                (
                    entity.name.as_str(),
                    mentions
                        .map(|mention| analysis.text(mention.range))
                        .collect(),
                )
            })
            .collect();
        let expected: Vec<(&str, Vec<&str>)> = expected
            .iter()
            .map(|(name, mentions)| (*name, mentions.to_vec()))
            .collect();
        assert_eq!(found, expected, "{draft}");
    }

    fn check_people(draft: &str, expected: &[(&str, &[&str])]) {
        check(draft, Label::Person, expected);
    }

    #[test]
    fn a_surname_joins_the_full_name_before_or_behind_it() {
        check_people(
            "Okafor left early. The mayor, Ruth Okafor, said that Okafor would return. Ruth agreed.",
            &[("Ruth Okafor", &["Okafor", "Ruth Okafor", "Okafor", "Ruth"])],
        );
        check_people(
            "Turkish President Recep Tayyip Erdogan spoke. Mr Erdogan's visit was short, Tayyip Erdogan said.",
            &[(
                "Recep Tayyip Erdogan",
                &["Recep Tayyip Erdogan", "Erdogan", "Tayyip Erdogan"],
            )],
        );
    }

    #[test]
    fn relatives_stay_apart() {
        check_people(
            "Chloe Smith and her brother Owen Smith met on Monday. Smith said he was glad. Later Chloe Smith left. Smith waved.",
            &[
                ("Chloe Smith", &["Chloe Smith", "Chloe Smith", "Smith"]),
                ("Owen Smith", &["Owen Smith", "Smith"]),
            ],
        );
        check_people(
            "Mr Smith and Mrs Smith were there.",
            &[("Smith", &["Smith"]), ("Smith", &["Smith"])],
        );
    }

    #[test]
    fn initials_agree_unless_two_could_be_meant() {
        check_people(
            "John Smith spoke. J. Smith signed.",
            &[("John Smith", &["John Smith", "J. Smith"])],
        );
        check_people(
            "John Smith spoke to Jane Smith. J. Smith signed.",
            &[
                ("John Smith", &["John Smith"]),
                ("Jane Smith", &["Jane Smith"]),
                ("J. Smith", &["J. Smith"]),
            ],
        );
    }

    #[test]
    fn family_names_of_other_customs() {
        check_people(
            "Chinese President Xi Jinping met North Korean leader Kim Jong Un. Xi told Kim to wait.",
            &[
                ("Xi Jinping", &["Xi Jinping", "Xi"]),
                ("Kim Jong Un", &["Kim Jong Un", "Kim"]),
            ],
        );
        check_people(
            "Aung San Suu Kyi was absent. Suu Kyi is ill, a doctor said.",
            &[("Aung San Suu Kyi", &["Aung San Suu Kyi", "Suu Kyi"])],
        );
        check_people(
            "Crown Prince Mohammed bin Salman arrived. Reporters met bin Salman at noon.",
            &[(
                "Mohammed bin Salman",
                &["Mohammed bin Salman", "bin Salman"],
            )],
        );
        check_people(
            "Ursula von der Leyen spoke. Critics of von der Leyen did not.",
            &[(
                "Ursula von der Leyen",
                &["Ursula von der Leyen", "von der Leyen"],
            )],
        );
    }

    #[test]
    fn a_style_belongs_to_a_name_that_has_nothing_else() {
        check_people(
            "He met Supreme Leader Ayatollah Khamenei. Khamenei smiled.",
            &[("Ayatollah Khamenei", &["Khamenei", "Khamenei"])],
        );
        check_people(
            "He met Ayatollah Ali Khamenei. Khamenei smiled.",
            &[("Ali Khamenei", &["Ali Khamenei", "Khamenei"])],
        );
    }

    #[test]
    fn acronyms_short_forms_and_variants_join_their_full_name() {
        check(
            "The People’s Protection Units (YPG) fought on. The YPG is large. Acme Corp. sold shares, and Acme was glad.",
            Label::Organisation,
            &[
                (
                    "People’s Protection Units",
                    &["People’s Protection Units", "YPG", "YPG"],
                ),
                ("Acme Corp.", &["Acme Corp.", "Acme"]),
            ],
        );
        check(
            "The US and France agreed. The United States will pay.",
            Label::Place,
            &[
                ("United States", &["US", "United States"]),
                ("France", &["France"]),
            ],
        );
    }

    #[test]
    fn roles_stand_as_they_are_introduced() {
        let analysis = read(
            "Robert Malley, the US special envoy for Iran, met Iran’s Supreme Leader Ayatollah Khamenei.",
        );
        let roles: Vec<(&str, &str)> = analysis
            .entities
            .iter()
            .flat_map(|entity| {
                entity
                    .roles
                    .iter()
                    .map(|role| (entity.name.as_str(), role.text.as_str()))
            })
            .collect();
        assert_eq!(
            roles,
            [
                ("Robert Malley", "the US special envoy for Iran"),
                ("Ayatollah Khamenei", "Iran’s Supreme Leader"),
            ]
        );
    }

    #[test]
    fn outlets_are_known() {
        let analysis = read("He told Reuters and the Ministry of Health.");
        let outlets: Vec<&str> = analysis
            .entities
            .iter()
            .filter(|entity| entity.outlet)
            .map(|entity| entity.name.as_str())
            .collect();
        assert_eq!(outlets, ["Reuters"]);
    }

    #[test]
    fn no_name_no_entity() {
        for draft in [
            "",
            "The council voted on Monday to close the pier.",
            "Nobody asked us. However, they never do. Yesterday was fine.",
        ] {
            assert_eq!(read(draft).entities.len(), 0, "{draft}");
        }
    }
}
