//! Names of people, places and bodies, the words that stand around them, and common words that name nobody.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// What the lists know about a word or a phrase: a set of the constants below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Traits(u32);

impl Traits {
    /// Nothing.
    pub const NONE: Traits = Traits(0);
    /// A given name.
    pub const GIVEN: Traits = Traits(1);
    /// A family name.
    pub const FAMILY: Traits = Traits(1 << 1);
    /// A family name that stands before the given name.
    pub const FAMILY_FIRST: Traits = Traits(1 << 2);
    /// A country, city, region, sea …
    pub const PLACE: Traits = Traits(1 << 3);
    /// A people, faith or party, as adjective or noun.
    pub const DEMONYM: Traits = Traits(1 << 4);
    /// A known organisation.
    pub const BODY: Traits = Traits(1 << 5);
    /// A news outlet or agency.
    pub const OUTLET: Traits = Traits(1 << 6);
    /// An event, feast, prize, law or product.
    pub const EVENT: Traits = Traits(1 << 7);
    /// "Mr", "Sir"
    pub const HONORIFIC: Traits = Traits(1 << 8);
    /// "Ayatollah", "Pope": kept in a name that has no given name.
    pub const STYLE: Traits = Traits(1 << 9);
    /// "Gen", "Detective"
    pub const RANK: Traits = Traits(1 << 10);
    /// "former", "deputy", "foreign": stands before an office.
    pub const MODIFIER: Traits = Traits(1 << 11);
    /// One person by office or function: "president".
    pub const ROLE: Traits = Traits(1 << 12);
    /// Several people by office or function: "officials".
    pub const ROLES: Traits = Traits(1 << 13);
    /// A body by function: "ministry".
    pub const GROUP: Traits = Traits(1 << 14);
    /// Ends the name of an organisation: "Council".
    pub const BODY_HEAD: Traits = Traits(1 << 15);
    /// Ends the name of a place: "River".
    pub const PLACE_HEAD: Traits = Traits(1 << 16);
    /// Ends the name of an event, prize or law: "Cup".
    pub const EVENT_HEAD: Traits = Traits(1 << 17);
    /// Stands inside a family name: "van", "al".
    pub const PARTICLE: Traits = Traits(1 << 18);
    /// Never a name by itself: "the", "of", "said".
    pub const FUNCTION: Traits = Traits(1 << 19);
    /// "two", "several"
    pub const NUMBER: Traits = Traits(1 << 20);
    /// Capitalised and yet nobody's name: "Monday", "GDP".
    pub const COMMON: Traits = Traits(1 << 21);
    /// An ordinary word.
    pub const WORD: Traits = Traits(1 << 22);
    /// A given name of people called "he" more often than not.
    pub const MALE: Traits = Traits(1 << 23);
    /// A given name of people called "she" more often than not.
    pub const FEMALE: Traits = Traits(1 << 24);
    const CAPITALS: u32 = 25;
    /// Anything that may stand as a title.
    pub const TITLE: Traits = Traits::HONORIFIC
        .or(Traits::STYLE)
        .or(Traits::RANK)
        .or(Traits::ROLE);
    /// Ends a name that is not a person's.
    pub const HEAD: Traits = Traits::BODY_HEAD
        .or(Traits::PLACE_HEAD)
        .or(Traits::EVENT_HEAD);
    /// A name of something that is known whole.
    pub const KNOWN: Traits = Traits::PLACE
        .or(Traits::BODY)
        .or(Traits::OUTLET)
        .or(Traits::DEMONYM)
        .or(Traits::EVENT);
    /// Part of a person's name.
    pub const PERSON: Traits = Traits::GIVEN.or(Traits::FAMILY).or(Traits::FAMILY_FIRST);

    /// Both sets together.
    pub const fn or(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }

    /// The two sets share something.
    pub fn any(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    /// The set without another.
    pub fn without(self, other: Traits) -> Traits {
        Traits(self.0 & !other.0)
    }

    /// A place, body or outlet that counts only where it stands in capitals: five bits behind the others.
    fn in_capitals(self) -> Traits {
        Traits((self.0 & Traits::KNOWN.0) >> 3 << Traits::CAPITALS)
    }

    fn seen_as(self, capitals: bool) -> Traits {
        let plain = Traits(self.0 & ((1 << Traits::CAPITALS) - 1));
        let acronym = Traits(self.0 >> Traits::CAPITALS << 3);
        match capitals && acronym != Traits::NONE {
            // "US" is no "us".
            true => acronym,
            false => plain,
        }
    }
}

/// What the lists know about one word.
#[derive(Clone, Copy, Debug, Default)]
pub struct NameWord {
    traits: Traits,
    first: u32,
    phrases: u32,
}

impl NameWord {
    /// A word that no list knows.
    pub const NONE: NameWord = NameWord {
        traits: Traits::NONE,
        first: 0,
        phrases: 0,
    };

    /// The word by itself. Acronyms of the lists count only where the word stands in capitals.
    pub fn traits(self, capitals: bool) -> Traits {
        self.traits.seen_as(capitals)
    }
}

#[derive(Debug)]
struct Phrase {
    /// The words behind the first.
    rest: Vec<&'static str>,
    traits: Traits,
}

/// All lists of names.
#[derive(Debug, Default)]
pub struct Names {
    words: FoldMap<NameWord>,
    phrases: Vec<Phrase>,
    full: FoldMap<&'static str>,
}

impl Names {
    /// What is known about a word. Case does not count, nor does a point at its end, but for "Mo." and its like.
    pub fn word(&self, word: &str) -> NameWord {
        let pointed = word.ends_with('.').then(|| self.words.get(&Fold(word)));
        pointed
            .flatten()
            .or_else(|| self.words.get(&Fold(bare(word))))
            .copied()
            .unwrap_or_default()
    }

    /// The longest phrase of the lists that starts with `first`: its words, and what it is. `next` gives the words
    /// behind the first, counted from 1, without possessive endings.
    pub fn phrase<'t>(
        &self,
        first: NameWord,
        next: impl Fn(usize) -> Option<&'t str>,
    ) -> Option<(usize, Traits)> {
        let start = first.first as usize;
        let phrases = self.phrases.get(start..start + first.phrases as usize)?;
        phrases
            .iter()
            .find(|phrase| {
                phrase.rest.iter().enumerate().all(|(i, word)| {
                    next(i + 1).is_some_and(|found| Fold(bare(found)) == Fold(word))
                })
            })
            .map(|phrase| (phrase.rest.len() + 1, phrase.traits))
    }

    /// What a whole name is, of one word or several.
    pub fn traits(&self, name: &str) -> Traits {
        let mut words = name.split(' ');
        let first = words.next().unwrap_or_default();
        let entry = self.word(without_possessive(first));
        let rest: Vec<&str> = words.map(without_possessive).collect();
        if rest.is_empty() {
            return entry.traits(!first.contains(char::is_lowercase));
        }
        self.phrase(entry, |i| rest.get(i - 1).copied())
            .filter(|(words, _)| *words == rest.len() + 1)
            .map_or(Traits::NONE, |(_, traits)| traits)
    }

    /// The usual or full name behind an acronym, a variant or a demonym: "US" and "American" give "United States".
    pub fn full(&self, name: &str) -> Option<&'static str> {
        self.full.get(&Fold(bare(name))).copied()
    }

    pub(super) fn load() -> Names {
        let mut loader = Loader::default();
        loader.list(include_str!("names-given.txt"), Traits::GIVEN);
        loader.list(include_str!("names-male.txt"), Traits::MALE);
        loader.list(include_str!("names-female.txt"), Traits::FEMALE);
        loader.list(include_str!("names-family.txt"), Traits::FAMILY);
        loader.list(
            include_str!("names-family-first.txt"),
            Traits::FAMILY_FIRST.or(Traits::FAMILY),
        );
        loader.list(include_str!("names-places.tsv"), Traits::PLACE);
        loader.list(include_str!("names-demonyms.tsv"), Traits::DEMONYM);
        loader.list(include_str!("names-bodies.tsv"), Traits::BODY);
        loader.list(
            include_str!("names-outlets.tsv"),
            Traits::OUTLET.or(Traits::BODY),
        );
        loader.list(include_str!("names-events.txt"), Traits::EVENT);
        loader.list(include_str!("names-words.txt"), Traits::WORD);
        loader.kinds(include_str!("names-titles.tsv"));
        loader.kinds(include_str!("names-parts.tsv"));
        loader.roles(include_str!("names-roles.tsv"));
        loader.finish()
    }
}

#[derive(Default)]
struct Loader {
    names: Names,
    phrases: Vec<(&'static str, Phrase)>,
}

impl Loader {
    /// One name a line; behind a tab its full name.
    fn list(&mut self, text: &'static str, traits: Traits) {
        for line in entries(text) {
            let (name, full) = line.split_once('\t').unwrap_or((line, ""));
            if !full.is_empty() {
                self.names.full.insert(Fold(bare(name)), full);
            }
            self.name(name, traits);
        }
    }

    fn name(&mut self, name: &'static str, traits: Traits) {
        let Some((first, rest)) = name.split_once(' ') else {
            let acronym = name.len() > 1 && !name.contains(char::is_lowercase);
            let traits = match acronym && traits.any(Traits::KNOWN) {
                true => traits.in_capitals(),
                false => traits,
            };
            // Without its point "Miss." is no state.
            let state = name.ends_with('.') && !acronym && traits.any(Traits::PLACE);
            return match state {
                true => self.add(name, traits),
                false => self.add(bare(name), traits),
            };
        };
        let rest = rest
            .split(' ')
            .map(|word| bare(without_possessive(word)))
            .collect();
        self.phrases
            .push((bare(without_possessive(first)), Phrase { rest, traits }));
    }

    fn add(&mut self, word: &'static str, traits: Traits) {
        let entry = self.names.words.entry(Fold(word)).or_default();
        entry.traits = entry.traits.or(traits);
    }

    /// Word and kind a line.
    fn kinds(&mut self, text: &'static str) {
        for (word, kind) in entries(text).filter_map(|line| line.split_once('\t')) {
            self.add(bare(word), traits_of(kind));
        }
    }

    /// Singular, plural and kind a line.
    fn roles(&mut self, text: &'static str) {
        for line in entries(text) {
            let mut fields = line.split('\t');
            let (Some(singular), Some(plural), Some(kind)) =
                (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let (one, many) = match kind {
                "person" => (Traits::ROLE, Traits::ROLES),
                "people" => (Traits::ROLES, Traits::ROLES),
                _ => (Traits::GROUP, Traits::GROUP.or(Traits::ROLES)),
            };
            self.add(singular, one);
            if plural != "-" {
                self.add(plural, many);
            }
        }
    }

    fn finish(mut self) -> Names {
        // Longest first, so that the first that fits is the longest.
        self.phrases.sort_by(|(a, p), (b, q)| {
            (Fold(a).key(), q.rest.len()).cmp(&(Fold(b).key(), p.rest.len()))
        });
        for (at, (first, phrase)) in self.phrases.into_iter().enumerate() {
            let entry = self.names.words.entry(Fold(first)).or_default();
            if entry.phrases == 0 {
                entry.first = u32::try_from(at).unwrap_or(u32::MAX);
            }
            entry.phrases += 1;
            self.names.phrases.push(phrase);
        }
        self.names
    }
}

fn traits_of(kind: &str) -> Traits {
    match kind {
        "honorific" => Traits::HONORIFIC,
        "style" => Traits::STYLE,
        "rank" => Traits::RANK,
        "modifier" => Traits::MODIFIER,
        "organisation" => Traits::BODY_HEAD,
        "place" => Traits::PLACE_HEAD,
        "event" => Traits::EVENT_HEAD,
        "particle" => Traits::PARTICLE,
        "function" => Traits::FUNCTION,
        "number" => Traits::NUMBER,
        _ => Traits::COMMON,
    }
}

fn entries(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

/// The word without a point at its end.
fn bare(word: &str) -> &str {
    word.strip_suffix('.')
        .filter(|w| !w.is_empty())
        .unwrap_or(word)
}

fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .or_else(|| word.strip_suffix("s'").map(|w| &word[..w.len() + 1]))
        .unwrap_or(word)
}

type FoldMap<V> = HashMap<Fold<'static>, V, BuildHasherDefault<FoldHasher>>;

/// A word whose ASCII letters compare without case, so that a look-up needs no copy.
#[derive(Clone, Copy, Debug)]
struct Fold<'a>(&'a str);

impl Fold<'_> {
    fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl PartialEq for Fold<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Fold<'_> {}

impl Hash for Fold<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.0.as_bytes());
    }
}

/// FNV-1a over lower-cased bytes: words are short, and no user chooses the keys.
#[derive(Default)]
struct FoldHasher(u64);

impl Hasher for FoldHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut hash = 0xcbf2_9ce4_8422_2325;
        for byte in bytes {
            hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
        }
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::load()
    }

    #[test]
    fn words_are_found_in_any_case_and_acronyms_in_capitals_only() {
        let names = names();
        assert!(names.traits("Tehran").any(Traits::PLACE));
        assert!(names.traits("TEHRAN").any(Traits::PLACE));
        assert!(names.traits("US").any(Traits::PLACE));
        assert!(!names.traits("us").any(Traits::PLACE));
        assert!(!names.traits("Us").any(Traits::PLACE));
        assert!(names.traits("U.S.").any(Traits::PLACE));
        assert!(names.traits("WHO").any(Traits::BODY));
        assert!(!names.traits("Who").any(Traits::BODY));
        assert!(names.traits("IRNA").any(Traits::OUTLET));
    }

    #[test]
    fn phrases_are_matched_whole() {
        let names = names();
        assert!(names.traits("New York Times").any(Traits::OUTLET));
        assert!(names.traits("New York").any(Traits::PLACE));
        assert!(names.traits("People's Protection Units").any(Traits::BODY));
        assert!(names.traits("People’s Protection Units").any(Traits::BODY));
        assert_eq!(names.traits("New Orchard"), Traits::NONE);
        assert_eq!(names.traits(""), Traits::NONE);
    }

    #[test]
    fn variants_have_their_usual_name() {
        let names = names();
        assert_eq!(names.full("US"), Some("United States"));
        assert_eq!(names.full("U.S."), Some("United States"));
        assert_eq!(names.full("Turkish"), Some("Turkey"));
        assert_eq!(names.full("Tehran"), None);
    }

    #[test]
    fn a_name_may_be_an_ordinary_word_too() {
        let names = names();
        assert!(names.traits("King").any(Traits::WORD));
        assert!(names.traits("King").any(Traits::FAMILY));
        assert!(!names.traits("Erdogan").any(Traits::WORD));
        assert!(names.traits("officials").any(Traits::ROLES));
        assert!(!names.traits("officials").any(Traits::ROLE));
    }
}
