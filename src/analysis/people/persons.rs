//! Names of people to persons: full names first, then what is short for them.

use super::evidence::{Address, Evidence, THE, address};
use super::form::{Form, Forms, PersonForm};
use super::person::{PersonName, Tier, fold};
use super::spelling::Spellings;
use super::{Label, MentionForm, Named};
use crate::lexicon::{Names, Traits};
use crate::text::FastMap;

/// Of many people who share a name only so many are compared with a new one.
const COMPARED: usize = 16;

/// Letters of the shortest clipped name, "Dil"; the longest has twice as many.
const CLIPPED: usize = 3;

/// In a draft of more people neither a clipped name nor an office tells who is meant.
const LISTED: usize = 64;

#[derive(Debug)]
struct Person {
    name: PersonName,
    /// The longest form as the draft writes it, with its count of words.
    shown: (usize, String),
    address: Option<Address>,
    /// The words of titles and offices that the draft gives, in lower case.
    offices: Vec<String>,
    /// Introduced as someone's wife, son or sister.
    relative: bool,
    /// The index of the first name.
    first: usize,
    /// When last named in full, and at all, in counts of mentions.
    in_full: usize,
    seen: usize,
    /// The people that a plural stands for.
    members: Vec<usize>,
}

/// The people of a draft.
pub(super) struct Persons<'n, 't> {
    names: &'n Names,
    spelled: &'n Forms<'t>,
    evidence: &'n Evidence<'t>,
    persons: Vec<Person>,
    /// The person of each full name of the draft, by the index of the name.
    full: FastMap<usize, usize>,
    exact: FastMap<String, usize>,
    /// Who may be meant by a part of a name.
    forms: FastMap<String, Vec<(usize, Tier)>>,
    spellings: Spellings,
    /// The group of each family named in the plural.
    families: FastMap<String, usize>,
    clock: usize,
}

impl<'n, 't> Persons<'n, 't> {
    /// Groups the full names of a draft.
    pub fn new(
        named: &[Named<'t>],
        names: &'n Names,
        spelled: &'n Forms<'t>,
        evidence: &'n Evidence<'t>,
    ) -> Persons<'n, 't> {
        let mut persons = Persons {
            names,
            spelled,
            evidence,
            persons: Vec::new(),
            full: FastMap::default(),
            exact: FastMap::default(),
            forms: FastMap::default(),
            spellings: Spellings::default(),
            families: FastMap::default(),
            clock: 0,
        };
        let people =
            |mention: &&(usize, &Named)| mention.1.label == Label::Person && mention.1.score > 0.0;
        let mut pairs = Vec::new();
        for (index, mention) in named.iter().enumerate().filter(|mention| people(&mention)) {
            let form = spelled.of(mention.text);
            let person = spelled.person(mention.text, &form);
            let name = &person.name;
            match name.words.len() {
                _ if !name.is_full() || persons.starts_with_particle(name) => {}
                2 if name.suffix.is_none() => pairs.push((index, form)),
                _ => persons.add_full(index, mention, person),
            }
        }
        // "Suu Kyi" is short for "Aung San Suu Kyi", wherever that stands.
        for (index, form) in pairs {
            let person = spelled.person(named[index].text, &form);
            let key = &person.key;
            let junior = persons.claims(key).next().map(|(id, _)| id);
            let elder = junior.is_some_and(|id| persons.is_elder(index, &person.name, id));
            if elder && let Some(claims) = persons.forms.get_mut(key) {
                claims.clear();
            }
            if elder || junior.is_none() || persons.exact.contains_key(key) {
                persons.add_full(index, &named[index], person);
            }
        }
        for (one, other) in &evidence.same {
            persons.join(*one, *other, named);
        }
        for mention in named.iter().filter(|mention| people(&&(0, mention))) {
            persons.add_namesake(mention);
        }
        persons
    }

    /// "Mr. Keller", where the draft names nobody of the name in full but an Anna Keller.
    fn add_namesake(&mut self, mention: &Named<'t>) {
        let Some(wanted) = address(mention.titles) else {
            return;
        };
        let form = self.spelled.of(mention.text);
        let PersonForm { name, key } = self.spelled.person(mention.text, &form);
        let claims = || self.claims(key).filter(|(_, tier)| *tier == Tier::Family);
        let other = |id: usize| self.address(id).is_some_and(|known| known != wanted);
        if !name.is_short() || claims().next().is_none() || !claims().all(|(id, _)| other(id)) {
            return;
        }
        let id = self.add(name, mention);
        self.persons[id].address = Some(wanted);
        self.persons[id].shown.1 = self.with_style(mention);
        self.file(key.clone(), id, Tier::Family);
    }

    /// "Clarence Abernathy", named before a "Clarence Abernathy Jr.", is his father.
    fn is_elder(&self, index: usize, name: &PersonName, other: usize) -> bool {
        let other = &self.persons[other];
        other.name.suffix.as_deref() == Some("jr")
            && other.name.words == name.words
            && index < other.first
    }

    fn starts_with_particle(&self, name: &PersonName) -> bool {
        name.words.first().is_some_and(|word| {
            self.names.word(word).traits(false).any(Traits::PARTICLE)
                && !self.names.word(word).traits(false).any(Traits::GIVEN)
        })
    }

    fn add_full(&mut self, index: usize, mention: &Named, person: &PersonForm) {
        let PersonForm { name, key } = person;
        let exact = self.exact.get(key).copied();
        let known = exact
            .or_else(|| self.turned(name))
            .or_else(|| self.agreeing(name))
            .or_else(|| self.misspelled(name));
        let id = known.unwrap_or_else(|| self.add(name, mention));
        if exact.is_none() {
            self.exact.insert(key.clone(), id);
            self.exact.entry(name.sorted()).or_insert(id);
            self.learn(id, name);
        }
        let count = name.words.len();
        let person = &mut self.persons[id];
        let is_initial = |given: Option<&String>| given.is_some_and(|given| is_letter(given));
        let initial = is_initial(person.name.given().first());
        let initials = is_initial(name.given().first());
        let longer = count > person.shown.0 && (initial || !initials);
        if longer || initial && !initials {
            person.shown = (count, mention.text.to_owned());
            person.name = name.clone();
        }
        self.note(id, index, mention);
        self.full.insert(index, id);
    }

    /// The same words in the other order, unless either order is common: "James Thomas" is not Thomas James.
    fn turned(&self, name: &PersonName) -> Option<usize> {
        let common = |word: &String| {
            let traits = self.names.word(word).traits(false);
            traits.any(Traits::GIVEN) && traits.any(Traits::FAMILY)
        };
        let id = self.exact.get(&name.sorted()).copied()?;
        (!name.words.iter().all(common)).then_some(id)
    }

    /// The one person whose name agrees with a full name; none if several do.
    fn agreeing(&self, name: &PersonName) -> Option<usize> {
        let same = self.forms.get(name.family())?;
        let mut fitting = same
            .iter()
            .rev()
            .take(COMPARED)
            .map(|(id, _)| *id)
            .filter(|id| self.persons[*id].name.agrees(name, self.names));
        match (fitting.next(), fitting.next()) {
            (Some(id), None) => Some(id),
            _ => None,
        }
    }

    /// The one person of whose name a full name is a misspelling: one part the same, the other near.
    fn misspelled(&self, name: &PersonName) -> Option<usize> {
        let mut found = None;
        for word in &name.words {
            let strange = !self.names.word(word).traits(false).any(Traits::GIVEN);
            for near in self.spellings.near(word).into_iter().filter(|_| strange) {
                let mut mended = name.clone();
                for own in mended.words.iter_mut().filter(|own| *own == word) {
                    near.clone_into(own);
                }
                let Some(id) = self.exact.get(&mended.key()).copied() else {
                    continue;
                };
                if found.is_some_and(|found| found != id) {
                    return None;
                }
                found = Some(id);
            }
        }
        found
    }

    fn add(&mut self, name: &PersonName, mention: &Named) -> usize {
        self.persons.push(Person {
            name: name.clone(),
            shown: (name.words.len(), mention.text.to_owned()),
            address: None,
            offices: Vec::new(),
            relative: false,
            first: mention.id,
            in_full: 0,
            seen: 0,
            members: Vec::new(),
        });
        self.persons.len() - 1
    }

    fn learn(&mut self, id: usize, name: &PersonName) {
        for word in &name.words {
            self.spellings.insert(word);
        }
        for (form, tier) in name.forms() {
            self.file(form, id, tier);
        }
    }

    fn file(&mut self, form: String, id: usize, tier: Tier) {
        let claims = self.forms.entry(form).or_default();
        if claims.iter().all(|(known, _)| *known != id) && claims.len() < COMPARED {
            claims.push((id, tier));
        }
    }

    /// What a mention and the words around it tell about a person.
    fn note(&mut self, id: usize, index: usize, mention: &Named) {
        let person = &mut self.persons[id];
        person.address = person
            .address
            .or_else(|| address(mention.titles))
            .or_else(|| self.evidence.address(index));
        person.relative |= self.evidence.is_relative(index);
        if person.offices.len() < COMPARED {
            person.offices.extend(words(mention.titles));
            person.offices.extend(self.evidence.offices(index));
        }
    }

    /// Two names that the draft says are one's: "Clarence Abernathy, known as Duke Abbott".
    fn join(&mut self, one: usize, other: usize, named: &[Named]) {
        let id_of = |persons: &Persons, index: usize| persons.full.get(&index).copied();
        let (keep, index) = match (id_of(self, one), id_of(self, other)) {
            (Some(keep), _) => (keep, other),
            (None, Some(keep)) => (keep, one),
            (None, None) => return,
        };
        let Some(mention) = named
            .get(index)
            .filter(|mention| mention.label == Label::Person)
        else {
            return;
        };
        let gone = id_of(self, index);
        let name = PersonName::new(mention.text, self.names);
        self.exact.insert(name.key(), keep);
        for claims in gone.into_iter().flat_map(|_| name.forms()) {
            if let Some(claims) = self.forms.get_mut(&claims.0) {
                claims.retain(|(id, _)| Some(*id) != gone);
            }
        }
        self.learn(keep, &name);
        self.file(name.key(), keep, Tier::Given);
        let same = |id: &mut usize| {
            if Some(*id) == gone {
                *id = keep;
            }
        };
        self.full.values_mut().for_each(same);
        self.full.entry(index).or_insert(keep);
    }

    /// Who may be meant by a part of a name.
    fn claims(&self, key: &str) -> impl Iterator<Item = (usize, Tier)> {
        self.forms.get(key).into_iter().flatten().copied()
    }

    /// All names of people and their parts, folded.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let all = self.forms.keys().chain(self.exact.keys());
        all.map(String::as_str)
    }

    /// How strongly a name, folded, stands for a person of the draft who is named in full.
    pub fn tier(&self, key: &str) -> Option<Tier> {
        let part = self.claims(key).map(|(_, tier)| tier).min();
        part.or(self.exact.contains_key(key).then_some(Tier::Family))
            .or_else(|| self.nicknamed(key).map(|_| Tier::Given))
    }

    /// The name, folded, is a slip for a family name of the draft.
    pub fn is_near(&self, key: &str) -> bool {
        self.spellings
            .near(key)
            .iter()
            .any(|near| self.has_family(near))
    }

    /// The one person of the draft for whose given name this is another form.
    fn nicknamed(&self, given: &str) -> Option<usize> {
        let mut found = None;
        for other in self.names.nicknames(given) {
            for (id, tier) in self.claims(&fold(other)) {
                if tier == Tier::Given && found.is_some_and(|found| found != id) {
                    return None;
                }
                if tier == Tier::Given {
                    found = Some(id);
                }
            }
        }
        found
    }

    /// A person of the draft bears this name or a part of it, folded.
    pub fn knows(&self, key: &str) -> bool {
        self.forms.contains_key(key) || self.exact.contains_key(key)
    }

    /// A person of the draft bears this family name, folded.
    pub fn has_family(&self, key: &str) -> bool {
        self.claims(key).any(|(_, tier)| tier == Tier::Family)
    }

    /// The person of a name, in reading order of the draft.
    pub fn link(&mut self, mention: &Named<'t>, form: &Form) -> (usize, MentionForm) {
        self.clock += 1;
        let index = mention.id;
        if let Some(&id) = self.full.get(&index) {
            self.persons[id].in_full = self.clock;
            self.persons[id].seen = self.clock;
            return (id, MentionForm::Full);
        }
        let PersonForm { name, key } = self.spelled.person(mention.text, form);
        if let Some(id) = self.family(key, mention) {
            return (id, MentionForm::Surname);
        }
        let found = self
            .meant(key, mention)
            .or_else(|| self.by_nickname(name, mention))
            .or_else(|| self.near(key, mention));
        if let Some((id, tier)) = found {
            self.note(id, index, mention);
            self.persons[id].seen = self.clock;
            let form = match tier {
                Tier::Given => MentionForm::Given,
                _ => MentionForm::Surname,
            };
            return (id, form);
        }
        let shown = self.with_style(mention);
        let id = self.add(name, mention);
        self.persons[id].shown.1 = shown;
        self.note(id, index, mention);
        self.file(key.clone(), id, Tier::Family);
        for word in &name.words {
            self.spellings.insert(word);
        }
        self.persons[id].seen = self.clock;
        (id, MentionForm::Surname)
    }

    /// Who is meant by a part of a name. Of several the one whom the titles fit, then the one who was last named in
    /// full; a relative of someone else comes after those who are there for themselves.
    fn meant(&self, key: &str, mention: &Named) -> Option<(usize, Tier)> {
        let wanted = address(mention.titles);
        let offices = words(mention.titles);
        let best = self.claims(key).map(|(_, tier)| tier).min()?;
        let speaker = self.speaker(mention);
        let others = self
            .claims(key)
            .any(|(id, tier)| tier == best && Some(id) != speaker);
        // Nobody speaks of themselves by name, as long as another may be meant.
        let claims = || {
            self.claims(key)
                .filter(|(id, tier)| *tier == best && (!others || Some(*id) != speaker))
        };
        let fits = |id: usize| {
            let known = self.address(id);
            wanted.is_none() || known.is_none() || known == wanted
        };
        let rank = |id: usize| {
            let person = &self.persons[id];
            let known = wanted.is_some() && self.address(id) == wanted;
            // "President Keller" is the one whom the draft gives no other name.
            let bare = mention.title.is_some() && person.name.is_short();
            let office = offices.iter().any(|word| person.offices.contains(word));
            let junior = person.name.suffix.as_deref() == Some("jr") && best != Tier::Family;
            // A family name means the one last named in full, a given name the one spoken of.
            let latest = match best {
                Tier::Given => person.seen,
                _ => person.in_full,
            };
            (office, known, !junior, !person.relative, bare, latest)
        };
        if best == Tier::Inner && claims().nth(1).is_some() {
            return None;
        }
        claims()
            .filter(|(id, _)| fits(*id))
            // The first of equals.
            .rev_max(|(id, _)| rank(*id))
    }

    /// The one person who speaks the quote around a name.
    fn speaker(&self, mention: &Named) -> Option<usize> {
        let key = self.evidence.speaker(mention.id)?;
        if let Some(id) = self.exact.get(key) {
            return Some(*id);
        }
        if let Some(office) = key.strip_prefix(THE) {
            let holds = |person: &Person| person.offices.iter().any(|word| word == office);
            if self.persons.len() > LISTED {
                return None;
            }
            let all = self.persons.iter().enumerate();
            let mut holders = all.filter(|(_, person)| holds(person));
            let (id, _) = holders.next()?;
            return holders.next().is_none().then_some(id);
        }
        let mut claims = self.claims(key).map(|(id, _)| id);
        claims.next().filter(|_| claims.next().is_none())
    }

    /// "Bill" for William, where the draft has one William.
    fn by_nickname(&self, name: &PersonName, mention: &Named) -> Option<(usize, Tier)> {
        let [given] = name.words.as_slice() else {
            return None;
        };
        self.nicknamed(given)
            .or_else(|| self.clipped(given, mention))
            .map(|id| (id, Tier::Given))
    }

    /// "Dil" for Dilly, where the draft has one: not the speaker.
    fn clipped(&self, given: &str, mention: &Named) -> Option<usize> {
        if self.persons.len() > LISTED
            || mention.title.is_some()
            || !(CLIPPED..=2 * CLIPPED).contains(&given.chars().count())
        {
            return None;
        }
        let speaker = self.speaker(mention);
        let mut found = None;
        for (id, person) in self.persons.iter().enumerate() {
            let first = person.name.given().first();
            let longer = first.is_some_and(|name| name.starts_with(given) && name != given);
            if !longer || Some(id) == speaker {
                continue;
            }
            if found.is_some() {
                return None;
            }
            found = Some(id);
        }
        found
    }

    /// A misspelling of one name of the draft.
    fn near(&self, key: &str, mention: &Named) -> Option<(usize, Tier)> {
        let (rest, word) = key
            .rsplit_once(' ')
            .map_or(("", key), |(rest, word)| (rest, word));
        let mut found = self.spellings.near(word).into_iter().filter_map(|near| {
            let mended = format!("{rest} {near}");
            self.meant(mended.trim_start(), mention)
        });
        match (found.next(), found.next()) {
            (Some(found), None) => Some(found),
            _ => None,
        }
    }

    /// "the Clintons": those of the draft who bear the name, as one group.
    fn family(&mut self, key: &str, mention: &Named) -> Option<usize> {
        if !mention.after_the || self.forms.contains_key(key) {
            return None;
        }
        if let Some(id) = self.families.get(key) {
            return Some(*id);
        }
        let name = self.family_of(key)?;
        let members: Vec<usize> = self
            .claims(&name)
            .filter(|(_, tier)| *tier == Tier::Family)
            .map(|(id, _)| id)
            .collect();
        let id = self.add(&PersonName::new(mention.text, self.names), mention);
        self.persons[id].members = members;
        self.families.insert(key.to_owned(), id);
        Some(id)
    }

    /// The family name of the draft behind its plural, folded.
    pub fn family_of(&self, plural: &str) -> Option<String> {
        let singular = [
            plural.strip_suffix("es").map(str::to_owned),
            plural.strip_suffix('s').map(str::to_owned),
            plural.strip_suffix("ies").map(|stem| format!("{stem}y")),
        ];
        let mut known = singular
            .into_iter()
            .flatten()
            .filter(|name| self.has_family(name));
        known.next()
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

    /// What each person is called, and whom each group stands for.
    pub fn names(self) -> Vec<(String, Vec<usize>)> {
        let shown = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.persons
            .into_iter()
            .map(|person| (shown(&person.shown.1), person.members))
            .collect()
    }
}

fn is_letter(word: &str) -> bool {
    word.chars().count() == 1
}

/// The words of titles that tell people apart, in lower case.
fn words(titles: &str) -> Vec<String> {
    titles
        .split_whitespace()
        .map(|word| word.trim_end_matches('.').to_lowercase())
        .filter(|word| !matches!(word.as_str(), "former" | "the" | "of"))
        .collect()
}

/// The first of the greatest.
trait RevMax: Iterator + Sized {
    fn rev_max<K: Ord>(self, key: impl Fn(&Self::Item) -> K) -> Option<Self::Item> {
        self.fold(None, |best, item| match best {
            Some(best) if key(&best) >= key(&item) => Some(best),
            _ => Some(item),
        })
    }
}

impl<I: Iterator> RevMax for I {}
