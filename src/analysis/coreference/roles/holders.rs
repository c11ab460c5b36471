//! Who holds which noun: people by their roles, bodies by the last words of their names.

use text_size::{TextRange, TextSize};

use super::super::super::people::{Entity, EntityId, EntityMention, Role};
use super::START;
use super::phrase::Description;
use crate::extract::Label;
use crate::lexicon::{Lexicon, Traits};
use crate::text::{FastMap, FastSet};

/// Letters behind a name in which its charge stands.
const ACCUSED: usize = 100;

/// Holders of one noun that are compared with a description.
const COMPARED: usize = 16;

/// One who holds a noun.
#[derive(Clone, Debug)]
pub(super) struct Holder {
    pub entity: EntityId,
    /// From here on the reader knows.
    pub from: TextSize,
    /// The words of the role or the name, in lower case, countries by their usual names.
    words: Vec<String>,
    person: bool,
    /// Introduced with "the", as one of whom the reader knows: "the lawyer, Lisa Ward".
    definite: bool,
}

impl Holder {
    /// A body or a place, by the words of its name.
    fn of_thing(entity: EntityId, known: &Entity, from: TextSize) -> Holder {
        Holder {
            entity,
            from,
            words: known.name.split([' ', '-']).map(usual).collect(),
            person: false,
            definite: false,
        }
    }
}

impl Holder {
    /// The description says no more than the holder's own introduction further down: "the UN envoy" before "the UN
    /// envoy, Maria Lima".
    pub fn is_announced(&self, description: &Description) -> bool {
        let said = |word: &String| self.words.contains(&usual(word));
        let bare = self
            .words
            .iter()
            .all(|word| word == "the" || *word == description.head);
        self.definite
            && self.is_plain(description)
            && (!description.possessive || bare)
            && description.qualifiers.iter().all(said)
    }

    /// The description says of the holder what the draft said, a country among it.
    pub fn matches(&self, description: &Description) -> bool {
        let said = |word: &String| is_filler(word) || self.words.contains(&usual(word));
        description.qualifiers.iter().any(|word| is_country(word))
            && description.qualifiers.iter().all(said)
    }

    /// No rank of the holder's is left out of the description.
    pub fn is_plain(&self, description: &Description) -> bool {
        let said = |word: &String| description.qualifiers.iter().any(|own| usual(own) == *word);
        !self.words.iter().any(|word| is_rank(word) && !said(word))
    }

    /// Nothing in the description contradicts the holder.
    pub fn fits(&self, description: &Description) -> bool {
        description.qualifiers.iter().all(|qualifier| {
            let word = usual(qualifier);
            let has = self.words.contains(&word);
            let country = is_country(qualifier);
            match () {
                () if has => true,
                () if country => self.person && !self.words.iter().any(|word| is_country(word)),
                () if is_filler(qualifier) => true,
                () => {
                    self.person && !is_rank(qualifier) && !qualifier.starts_with(char::is_uppercase)
                }
            }
        })
    }
}

/// All who hold a noun.
pub(super) struct Holders {
    by_noun: FastMap<String, Vec<Holder>>,
}

impl Holders {
    pub fn new(text: &str, entities: &[Entity], mentions: &[EntityMention]) -> Holders {
        let mut holders = Holders {
            by_noun: FastMap::default(),
        };
        for (id, entity) in (0..).map(EntityId).zip(entities) {
            for role in &entity.roles {
                holders.add(text, id, role);
            }
            let from = entity
                .mentions
                .first()
                .and_then(|mention| mentions.get(*mention))
                .map_or(START, |mention| mention.range.start());
            match entity.label {
                Label::Organisation => holders.add_body(id, entity, from),
                Label::Place => holders.add_place(id, entity, from),
                _ => {}
            }
        }
        holders.add_accused(text, entities, mentions);
        holders.add_town(entities, mentions);
        holders.add_generations(entities);
        holders
    }

    /// Those who hold a noun, in lower case.
    pub fn of(&self, noun: &str) -> &[Holder] {
        self.by_noun
            .get(noun)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Somebody holds the noun.
    pub fn knows(&self, noun: &str) -> bool {
        self.by_noun.contains_key(noun)
    }

    /// Adds a role that the draft gives to a person or a body.
    pub fn add(&mut self, text: &str, entity: EntityId, role: &Role) {
        let noun = match role.head {
            Some(head) => spelled_out(&text[head].to_lowercase()).to_owned(),
            None => match age(&role.text) {
                Some(age) => format!("{age}-year-old"),
                None => return,
            },
        };
        let holder = || Holder {
            entity,
            from: role.range.end(),
            words: role.text.split([' ', '-']).map(usual).collect(),
            person: true,
            definite: role.text.starts_with("the ") || is_definite(text, role.range),
        };
        let holders = self.by_noun.entry(noun).or_default();
        if holders.len() < COMPARED {
            holders.push(holder());
        }
    }

    fn insert(&mut self, noun: String, holder: Holder) {
        let holders = self.by_noun.entry(noun).or_default();
        if holders.len() < COMPARED {
            holders.push(holder);
        }
    }

    fn add_body(&mut self, entity: EntityId, known: &Entity, from: TextSize) {
        let holder = Holder::of_thing(entity, known, from);
        let words: Vec<String> = known
            .name
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let office = words.iter().position(|word| word == "of" || word == "for");
        let first = office.and_then(|of| words.get(of.checked_sub(1)?));
        let names = &Lexicon::get().names;
        let is_noun = |word: &&String| {
            names
                .word(word)
                .traits(false)
                .any(Traits::GROUP.or(Traits::BODY_HEAD).or(Traits::PLACE_HEAD))
        };
        let last = words.last().filter(|_| words.len() > 1);
        for noun in last.into_iter().chain(first).filter(is_noun) {
            self.insert(noun.clone(), holder.clone());
        }
        if is_firm(known) {
            for noun in [
                "company",
                "firm",
                "business",
                "manufacturer",
                "retailer",
                "carrier",
            ] {
                self.insert(noun.to_owned(), holder.clone());
            }
        }
        if known.outlet {
            for noun in ["newspaper", "paper", "broadcaster", "network", "agency"] {
                self.insert(noun.to_owned(), holder.clone());
            }
        }
    }

    fn add_place(&mut self, entity: EntityId, known: &Entity, from: TextSize) {
        let holder = Holder::of_thing(entity, known, from);
        if is_country(&known.name) {
            self.insert("country".to_owned(), holder);
        } else if let Some((_, last)) = known.name.rsplit_once(' ') {
            self.insert(last.to_lowercase(), holder);
        }
    }

    /// "the defendant" is whoever is charged or denies the charge.
    fn add_accused(&mut self, text: &str, entities: &[Entity], mentions: &[EntityMention]) {
        for mention in mentions {
            let person = entities
                .get(mention.entity.0 as usize)
                .is_some_and(|entity| entity.label == Label::Person && entity.members.is_empty());
            let behind = text.get(mention.range.end().into()..).unwrap_or_default();
            if !person || mention.quoted || !is_accused(behind) {
                continue;
            }
            for noun in ["defendant", "accused", "client"] {
                let known = self.of(noun).iter().any(|own| own.entity == mention.entity);
                let holder = Holder {
                    entity: mention.entity,
                    from: mention.range.end(),
                    words: vec![noun.to_owned()],
                    person: true,
                    definite: false,
                };
                if !known {
                    self.insert(noun.to_owned(), holder);
                }
            }
        }
    }

    /// "the town": the one place of the draft, or the one that gives a body its name.
    fn add_town(&mut self, entities: &[Entity], mentions: &[EntityMention]) {
        let is_town = |entity: &Entity| {
            let traits = Lexicon::get().names.traits(&entity.name);
            entity.label == Label::Place
                && !is_country(&entity.name)
                && !traits.any(Traits::COUNTRY.or(Traits::REGION))
        };
        let names: FastSet<&str> = entities
            .iter()
            .filter(|entity| entity.label == Label::Organisation)
            .flat_map(|entity| {
                entity
                    .name
                    .match_indices(' ')
                    .map(|(at, _)| &entity.name[..at])
            })
            .collect();
        let towns = || {
            (0..)
                .map(EntityId)
                .zip(entities)
                .filter(|(_, entity)| is_town(entity))
        };
        let mut homes = towns().filter(|(_, town)| names.contains(town.name.as_str()));
        let mut all = towns();
        let one = match (homes.next(), homes.next(), all.next(), all.next()) {
            (Some(home), None, ..) => home,
            (None, _, Some(town), None) => town,
            _ => return,
        };
        let first = one
            .1
            .mentions
            .first()
            .and_then(|mention| mentions.get(*mention));
        for noun in ["town", "village", "city", "borough", "hamlet"] {
            let holder = Holder {
                entity: one.0,
                from: first.map_or(START, |mention| mention.range.start()),
                words: Vec::new(),
                person: false,
                definite: false,
            };
            self.insert(noun.to_owned(), holder);
        }
    }

    /// "the surgeon's daughter" of one makes the surgeon "her father". `noun`: what the other is to him; `owner`: where
    /// he stands.
    pub fn add_relatives(&mut self, noun: &str, owner: TextRange, entity: EntityId) {
        let nouns: &[&str] = match noun.to_lowercase().as_str() {
            "daughter" | "son" | "child" => &["father", "mother", "parent"],
            "father" | "mother" | "parent" => &["son", "daughter", "child"],
            "wife" | "widow" => &["husband"],
            "husband" | "widower" => &["wife"],
            "brother" | "sister" => &["brother", "sister"],
            _ => return,
        };
        for noun in nouns {
            let holder = Holder {
                entity,
                from: owner.end(),
                words: vec![(*noun).to_owned()],
                person: true,
                definite: false,
            };
            self.insert((*noun).to_owned(), holder);
        }
    }

    /// "the father" and "the son", where the draft has the two of one name.
    fn add_generations(&mut self, entities: &[Entity]) {
        let mut elders: FastMap<String, EntityId> = FastMap::default();
        let people = || {
            (0..)
                .map(EntityId)
                .zip(entities)
                .filter(|(_, entity)| entity.label == Label::Person)
        };
        let without = |name: &str, suffix: &str| {
            let name = name.trim_end_matches('.');
            name.strip_suffix(suffix)
                .map(|name| name.trim_end_matches([' ', ',']).to_owned())
        };
        for (id, entity) in people() {
            elders.insert(
                without(&entity.name, "Sr").unwrap_or_else(|| entity.name.clone()),
                id,
            );
        }
        for (id, entity) in people() {
            let elder = without(&entity.name, "Jr").and_then(|name| elders.get(&name).copied());
            let Some(elder) = elder else { continue };
            for (noun, entity) in [("father", elder), ("son", id)] {
                let holder = Holder {
                    entity,
                    from: START,
                    words: vec![noun.to_owned()],
                    person: true,
                    definite: false,
                };
                self.insert(noun.to_owned(), holder);
            }
        }
    }
}

/// "the" stands before a role.
fn is_definite(text: &str, role: TextRange) -> bool {
    let before = text[..usize::from(role.start())].trim_end();
    before.ends_with(" the") || before.ends_with("The")
}

/// What stands behind a name says that its bearer is on trial: ", 38, of no fixed address, denies fraud".
fn is_accused(behind: &str) -> bool {
    let aged = || {
        let years = behind.strip_prefix(", ");
        years.is_some_and(|years| years.starts_with(|c: char| c.is_ascii_digit()))
    };
    if !opens_charge(behind.trim_start()) && !aged() {
        return false;
    }
    // A bound, so that a draft without commas is not read to its end for each name.
    let most = behind
        .char_indices()
        .nth(ACCUSED)
        .map_or(behind.len(), |(at, _)| at);
    let mut rest = &behind[..most];
    // An age, and a home.
    if let Some(aged) = rest
        .strip_prefix(", ")
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        let mut parts = aged.splitn(3, ", ");
        let _years = parts.next();
        let second = parts.next().unwrap_or_default();
        rest = match second.starts_with("of ") {
            true => parts.next().unwrap_or_default(),
            false => aged.split_once(", ").map_or("", |(_, rest)| rest),
        };
    }
    opens_charge(rest.trim_start())
}

fn opens_charge(rest: &str) -> bool {
    [
        "is charged with ",
        "was charged with ",
        "is accused of ",
        "is on trial ",
        "was on trial ",
        "went on trial ",
        "stands accused ",
        "denies ",
        "pleaded guilty",
        "pleaded not guilty",
        "pleads not guilty",
    ]
    .iter()
    .any(|words| rest.starts_with(words))
}

/// The years of "54" and "54, of Leeds".
fn age(role: &str) -> Option<u8> {
    let number = role.trim_start_matches("aged ").split([',', ' ']).next()?;
    number.parse().ok()
}

/// A word in lower case without a possessive ending; a country, a people or a demonym by the country's usual name.
fn usual(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'');
    let word = word
        .strip_suffix("’s")
        .or_else(|| word.strip_suffix("'s"))
        .unwrap_or(word);
    match Lexicon::get()
        .names
        .full(word)
        .filter(|_| word.starts_with(char::is_uppercase))
    {
        Some(full) => full.to_lowercase(),
        None => word.to_lowercase(),
    }
}

/// A country or one of its demonyms.
fn is_country(word: &str) -> bool {
    let names = &Lexicon::get().names;
    let traits = names.traits(word);
    traits.any(Traits::DEMONYM) && names.full(word).is_some()
        || traits.any(Traits::PLACE) && names.full(word).is_some()
}

/// Tells when, not who.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "new"
            | "former"
            | "old"
            | "young"
            | "late"
            | "then"
            | "outgoing"
            | "incoming"
            | "current"
            | "first"
            | "last"
            | "longtime"
            | "long-time"
            | "veteran"
            | "ousted"
            | "elder"
            | "younger"
            | "local"
            | "whole"
            | "entire"
    )
}

/// Makes another office of a noun: "deputy minister".
fn is_rank(word: &str) -> bool {
    Lexicon::get()
        .names
        .word(word)
        .traits(false)
        .any(Traits::MODIFIER)
        && !is_filler(word)
}

/// "general" for "Gen."
fn spelled_out(noun: &str) -> &str {
    match noun.trim_end_matches('.') {
        "gen" => "general",
        "col" => "colonel",
        "capt" => "captain",
        "sgt" => "sergeant",
        "lt" => "lieutenant",
        "maj" => "major",
        "prof" => "professor",
        "rev" => "reverend",
        "sen" => "senator",
        "rep" => "representative",
        "gov" => "governor",
        "det" => "detective",
        "insp" => "inspector",
        "supt" => "superintendent",
        "cpl" => "corporal",
        "adm" => "admiral",
        "amb" => "ambassador",
        noun => noun,
    }
}

/// A company, as far as its name tells.
fn is_firm(entity: &Entity) -> bool {
    let names = &Lexicon::get().names;
    let Some((_, last)) = entity.name.rsplit_once(' ') else {
        return false;
    };
    let last = last.trim_end_matches('.').to_lowercase();
    let form = matches!(
        last.as_str(),
        "inc"
            | "corp"
            | "co"
            | "ltd"
            | "plc"
            | "llc"
            | "group"
            | "holdings"
            | "company"
            | "corporation"
            | "ag"
            | "bank"
            | "motors"
            | "motor"
            | "trucks"
            | "cars"
            | "records"
            | "lines"
            | "stores"
            | "foods"
            | "airlines"
            | "airways"
            | "steel"
            | "energy"
            | "oil"
            | "gas"
            | "partners"
            | "capital"
            | "insurance"
            | "industries"
            | "systems"
            | "technologies"
            | "technology"
            | "electronics"
            | "telecom"
            | "railways"
            | "brewery"
            | "breweries"
            | "pharmaceuticals"
            | "chemicals"
            | "logistics"
            | "shipping"
            | "marine"
            | "haulage"
            | "media"
            | "games"
            | "software"
            | "homes"
            | "hotels"
            | "mills"
            | "mining"
            | "mines"
            | "works"
            | "brands"
            | "studios"
    );
    let public = names
        .word(&last)
        .traits(false)
        .any(Traits::BODY_HEAD.or(Traits::GROUP))
        || names.traits(&entity.name).any(Traits::BODY);
    form || !public && !entity.outlet
}
