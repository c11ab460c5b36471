//! Names of people to persons: full names first, then what is short for them.

use std::collections::HashMap;

use super::person::{PersonName, fold};
use super::{Label, MentionForm, Named};
use crate::lexicon::{Names, Traits};

/// Of many people who share a family name only so many are compared with a new name.
const COMPARED: usize = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Address {
    He,
    She,
}

#[derive(Debug)]
struct Person {
    name: PersonName,
    /// The longest form as the draft writes it, with its count of words.
    shown: (usize, String),
    address: Option<Address>,
}

/// The people of a draft.
pub(super) struct Persons<'n> {
    names: &'n Names,
    persons: Vec<Person>,
    /// The person of each full name of the draft, by the index of the name.
    full: HashMap<usize, usize>,
    exact: HashMap<String, usize>,
    /// Who may be meant by a family name, and by a given name.
    families: HashMap<String, Vec<usize>>,
    givens: HashMap<String, Vec<usize>>,
    /// Who was last named in full under a family name.
    recent: HashMap<String, usize>,
}

impl<'n> Persons<'n> {
    /// Groups the full names of a draft.
    pub fn new(named: &[Named], names: &'n Names) -> Persons<'n> {
        let mut persons = Persons {
            names,
            persons: Vec::new(),
            full: HashMap::new(),
            exact: HashMap::new(),
            families: HashMap::new(),
            givens: HashMap::new(),
            recent: HashMap::new(),
        };
        let people =
            |mention: &&(usize, &Named)| mention.1.label == Label::Person && mention.1.score > 0.0;
        let mut pairs = Vec::new();
        for (index, mention) in named.iter().enumerate().filter(|mention| people(&mention)) {
            let name = PersonName::new(mention.text, names);
            match name.words.len() {
                0 | 1 => {}
                _ if persons.starts_with_particle(&name) => {}
                2 => pairs.push((index, name)),
                _ => persons.add_full(index, mention, name),
            }
        }
        // "Suu Kyi" is short for "Aung San Suu Kyi", wherever that stands.
        for (index, name) in pairs {
            if !persons.families.contains_key(&name.key()) {
                persons.add_full(index, &named[index], name);
            }
        }
        persons
    }

    fn starts_with_particle(&self, name: &PersonName) -> bool {
        name.words.first().is_some_and(|word| {
            self.names.word(word).traits(false).any(Traits::PARTICLE)
                && !self.names.word(word).traits(false).any(Traits::GIVEN)
        })
    }

    fn add_full(&mut self, index: usize, mention: &Named, name: PersonName) {
        let key = name.key();
        let known = self
            .exact
            .get(&key)
            .copied()
            .or_else(|| self.agreeing(&name));
        let id = known.unwrap_or_else(|| self.add(&name, mention));
        if self.exact.insert(key, id).is_none() {
            self.learn(id, &name);
        }
        let count = name.words.len();
        let person = &mut self.persons[id];
        if count > person.shown.0
            || person
                .name
                .given()
                .first()
                .is_some_and(|g| g.chars().count() == 1)
        {
            person.shown = (count, mention.text.to_owned());
            person.name = name;
        }
        person.address = person.address.or(address(mention.titles));
        self.full.insert(index, id);
    }

    /// The one person whose name agrees with a full name; none if several do.
    fn agreeing(&self, name: &PersonName) -> Option<usize> {
        let same = self.families.get(name.family())?;
        let mut fitting = same
            .iter()
            .rev()
            .take(COMPARED)
            .filter(|id| self.persons[**id].name.agrees(name));
        match (fitting.next(), fitting.next()) {
            (Some(id), None) => Some(*id),
            _ => None,
        }
    }

    fn add(&mut self, name: &PersonName, mention: &Named) -> usize {
        self.persons.push(Person {
            name: name.clone(),
            shown: (name.words.len(), mention.text.to_owned()),
            address: address(mention.titles),
        });
        self.persons.len() - 1
    }

    fn learn(&mut self, id: usize, name: &PersonName) {
        for form in name.short_forms() {
            insert(&mut self.families, form, id);
        }
        if let Some(given) = name.given().first() {
            insert(&mut self.givens, given.clone(), id);
        }
    }

    /// The person of a name, in reading order of the draft.
    pub fn link(&mut self, index: usize, mention: &Named) -> (usize, MentionForm) {
        let name = PersonName::new(mention.text, self.names);
        if let Some(&id) = self.full.get(&index) {
            for form in name.short_forms() {
                self.recent.insert(form, id);
            }
            return (id, MentionForm::Full);
        }
        let key = name.key();
        let address = address(mention.titles);
        if let Some(id) = self.by_family(&key, address) {
            let person = &mut self.persons[id];
            person.address = person.address.or(address);
            return (id, MentionForm::Surname);
        }
        if let Some([id]) = self.givens.get(&key).map(Vec::as_slice) {
            return (*id, MentionForm::Given);
        }
        let shown = self.with_style(mention);
        let id = self.add(&name, mention);
        self.persons[id].shown.1 = shown;
        insert(&mut self.families, key, id);
        (id, MentionForm::Surname)
    }

    /// Who is meant by a family name alone: the last who was named in full, or the only one. "Ms" and "Mr" go first to
    /// those whom they are known to fit, then to those of whom nothing is known.
    fn by_family(&self, key: &str, address: Option<Address>) -> Option<usize> {
        let candidates = self.families.get(key)?;
        let latest_first = || {
            self.recent
                .get(key)
                .into_iter()
                .chain(candidates.iter().take(COMPARED))
                .copied()
        };
        let known = latest_first().find(|id| address.is_some() && self.address(*id) == address);
        known.or_else(|| latest_first().find(|id| address.is_none() || self.address(*id).is_none()))
    }

    /// How a person is addressed: by the draft, or else as most people of the given name are.
    fn address(&self, id: usize) -> Option<Address> {
        let person = &self.persons[id];
        let traits = || {
            self.names
                .traits(person.name.given().first().map_or("", String::as_str))
        };
        person.address.or_else(|| match traits() {
            traits if traits.any(Traits::MALE) => Some(Address::He),
            traits if traits.any(Traits::FEMALE) => Some(Address::She),
            _ => None,
        })
    }

    /// "Ayatollah Khamenei": a style belongs to a name that has nothing else.
    fn with_style(&self, mention: &Named) -> String {
        let styles = mention
            .titles
            .split_whitespace()
            .rev()
            .take_while(|word| self.names.traits(word).any(Traits::STYLE))
            .count();
        let words: Vec<&str> = mention.titles.split_whitespace().collect();
        let mut shown = words[words.len() - styles..].join(" ");
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown + mention.text
    }

    /// What each person is called.
    pub fn names(self) -> Vec<String> {
        self.persons
            .into_iter()
            .map(|person| {
                person
                    .shown
                    .1
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    }
}

fn insert(map: &mut HashMap<String, Vec<usize>>, key: String, id: usize) {
    let ids = map.entry(key).or_default();
    if ids.last() != Some(&id) {
        ids.push(id);
    }
}

/// Whom the titles address, if they tell.
fn address(titles: &str) -> Option<Address> {
    titles
        .split_whitespace()
        .find_map(|word| match fold(word).as_str() {
            "mr" | "sir" | "lord" | "king" | "prince" | "mullah" | "imam" => Some(Address::He),
            "mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "baroness" => {
                Some(Address::She)
            }
            _ => None,
        })
}
