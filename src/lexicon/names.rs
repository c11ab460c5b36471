//! Names of people, places and bodies, the words that stand around them, and common words that name nobody.

mod fold;
#[cfg(test)]
mod lists;
mod nicknames;
mod traits;

use fold::{Fold, FoldMap, HashedMap, hash};
use nicknames::Nicknames;
pub use traits::Traits;

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

    /// Phrases of the lists start with this word.
    pub fn starts_phrases(self) -> bool {
        self.phrases != 0
    }
}

#[derive(Debug)]
struct Phrase {
    /// The hash of the second word, by which most phrases are told apart.
    second: u64,
    /// The words behind the first, as the list has them.
    rest: &'static str,
    /// How many they are.
    words: usize,
    traits: Traits,
}

impl Phrase {
    fn rest(&self) -> impl Iterator<Item = &'static str> {
        self.rest
            .split(' ')
            .map(|word| bare(without_possessive(word)))
    }
}

/// All lists of names.
#[derive(Debug, Default)]
pub struct Names {
    words: HashedMap<NameWord>,
    phrases: Vec<Phrase>,
    full: FoldMap<&'static str>,
    capitals: FoldMap<&'static str>,
    nicknames: Nicknames,
}

impl Names {
    /// What is known about a word. Case does not count, nor does a point at its end, but for "Mo." and its like.
    pub fn word(&self, word: &str) -> NameWord {
        let bare = bare(word);
        let pointed = (bare.len() < word.len()).then(|| self.words.get(&hash(word)));
        pointed
            .flatten()
            .or_else(|| self.words.get(&hash(bare)))
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
        let second = hash(bare(next(1)?));
        phrases
            .iter()
            .filter(|phrase| phrase.second == second)
            .find(|phrase| {
                phrase.rest().enumerate().all(|(i, word)| {
                    next(i + 1).is_some_and(|found| is_written_as(bare(found), word))
                })
            })
            .map(|phrase| (phrase.words + 1, phrase.traits))
    }

    /// What a whole name is, of one word or several.
    pub fn traits(&self, name: &str) -> Traits {
        let mut words = name.split(' ');
        let first = words.next().unwrap_or_default();
        let entry = self.word(without_possessive(first));
        let rest = words.clone().count();
        if rest == 0 {
            return entry.traits(!first.contains(char::is_lowercase));
        }
        self.phrase(entry, |i| words.clone().nth(i - 1).map(without_possessive))
            .filter(|(words, _)| *words == rest + 1)
            .map_or(Traits::NONE, |(_, traits)| traits)
    }

    /// The usual or full name behind an acronym, a variant or a demonym: "US" and "American" give "United States".
    pub fn full(&self, name: &str) -> Option<&'static str> {
        self.full.get(&Fold(bare(name))).copied()
    }

    /// The country whose government a capital may stand for: "Ankara" gives "Turkey".
    pub fn capital_of(&self, name: &str) -> Option<&'static str> {
        self.capitals.get(&Fold(name)).copied()
    }

    /// The other forms of a given name: the short ones of a full name, the full ones of a short name.
    /// "William" gives "Bill" among others, "Bill" gives "William" among others.
    pub fn nicknames<'n>(&'n self, given: &'n str) -> impl Iterator<Item = &'static str> {
        self.nicknames.of(given)
    }

    /// Two given names that one person may go by: the same name, a name and its short form, or two short forms
    /// of one name that start alike ("Dan" and "Danny"). "Alan" and "Albert" are two, though both may be "Al".
    pub fn same_given(&self, a: &str, b: &str) -> bool {
        self.nicknames.same(bare(a), bare(b))
    }

    pub(super) fn load() -> Names {
        let mut loader = Loader::default();
        // Room for all words from the start: growing would move the table five times.
        loader.names.words.reserve(WORDS);
        loader.list(include_str!("names-given.txt"), Traits::GIVEN);
        loader.list(include_str!("names-male.txt"), Traits::MALE);
        loader.list(include_str!("names-female.txt"), Traits::FEMALE);
        loader.list(include_str!("names-family.txt"), Traits::FAMILY);
        loader.list(
            include_str!("names-family-first.txt"),
            Traits::FAMILY_FIRST.or(Traits::FAMILY),
        );
        loader.list(include_str!("names-places.tsv"), Traits::PLACE);
        loader.list(
            include_str!("names-countries.tsv"),
            Traits::PLACE.or(Traits::COUNTRY),
        );
        loader.list(
            include_str!("names-regions.tsv"),
            Traits::PLACE.or(Traits::REGION),
        );
        loader.list(
            include_str!("names-cities.tsv"),
            Traits::PLACE.or(Traits::CITY),
        );
        loader.list(include_str!("names-demonyms.tsv"), Traits::DEMONYM);
        loader.list(include_str!("names-bodies.tsv"), Traits::BODY);
        loader.list(
            include_str!("names-companies.tsv"),
            Traits::BODY.or(Traits::COMPANY),
        );
        loader.list(
            include_str!("names-teams.tsv"),
            Traits::BODY.or(Traits::TEAM),
        );
        loader.list(
            include_str!("names-outlets.tsv"),
            Traits::OUTLET.or(Traits::BODY),
        );
        loader.list(include_str!("names-events.txt"), Traits::EVENT);
        loader.list(include_str!("names-words.txt"), Traits::WORD);
        loader.kinds(include_str!("names-ambiguous.tsv"));
        loader.kinds(include_str!("names-titles.tsv"));
        loader.kinds(include_str!("names-parts.tsv"));
        loader.roles(include_str!("names-roles.tsv"));
        loader.capitals(include_str!("names-capitals.tsv"));
        loader.names.nicknames = Nicknames::load(include_str!("names-nicknames.tsv"));
        loader.finish()
    }
}

/// About as many words as the lists have.
const WORDS: usize = 95_000;

#[derive(Default)]
struct Loader {
    names: Names,
    /// With the hash of the first word.
    phrases: Vec<(u64, Phrase)>,
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
        let first = bare(without_possessive(first));
        let words = 1 + rest.bytes().filter(|byte| *byte == b' ').count();
        let second = rest.split(' ').next().unwrap_or_default();
        self.phrases.push((
            hash(first),
            Phrase {
                second: hash(bare(without_possessive(second))),
                rest,
                words,
                traits,
            },
        ));
    }

    fn add(&mut self, word: &'static str, traits: Traits) {
        let entry = self.names.words.entry(hash(word)).or_default();
        entry.traits = entry.traits.or(traits);
    }

    /// Capital and country a line.
    fn capitals(&mut self, text: &'static str) {
        let pairs = entries(text).filter_map(|line| line.split_once('\t'));
        self.names
            .capitals
            .extend(pairs.map(|(capital, country)| (Fold(capital), country)));
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
        self.phrases
            .sort_by(|(first, phrase), (other_first, other)| {
                first.cmp(other_first).then(other.words.cmp(&phrase.words))
            });
        self.names.phrases.reserve_exact(self.phrases.len());
        for (at, (first, phrase)) in self.phrases.into_iter().enumerate() {
            let entry = self.names.words.entry(first).or_default();
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
        "team" => Traits::TEAM,
        "company" => Traits::COMPANY,
        "city" => Traits::CITY,
        "region" => Traits::REGION,
        _ => Traits::COMMON,
    }
}

fn entries(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
}

/// The word without a point at its end.
fn bare(word: &str) -> &str {
    match word.as_bytes() {
        [_, .., b'.'] => &word[..word.len() - 1],
        _ => word,
    }
}

/// The word of a phrase, in capitals or as the list has it: "The sun" is no newspaper.
fn is_written_as(found: &str, word: &str) -> bool {
    let small = found.starts_with(|c: char| c.is_ascii_lowercase());
    Fold(found) == Fold(word) && !(small && word.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .or_else(|| word.strip_suffix("s'").map(|w| &word[..w.len() + 1]))
        .unwrap_or(word)
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
    fn a_phrase_needs_the_capitals_of_the_list() {
        let names = names();
        assert!(names.traits("The Sun").any(Traits::OUTLET));
        assert_eq!(names.traits("The sun"), Traits::NONE);
        assert!(names.traits("NEW YORK TIMES").any(Traits::OUTLET));
        assert!(
            names
                .traits("Islamic Republic of Iran")
                .any(Traits::COUNTRY)
        );
    }

    #[test]
    fn sorts_of_bodies_and_places() {
        let names = names();
        let check = |name: &str, expected: Traits| {
            let found = names.traits(name);
            assert!(found.any(expected), "{name}");
            assert!(!found.any(Traits::SORT.without(expected)), "{name}");
        };
        assert!(!names.traits("Danube").any(Traits::SORT));
        assert!(!names.traits("NATO").any(Traits::SORT));
        check("Turkey", Traits::COUNTRY);
        check("UK", Traits::COUNTRY);
        check("Pakistan", Traits::COUNTRY);
        check("Helsinki", Traits::CITY);
        check("Bavaria", Traits::REGION);
        check("Hampden County", Traits::REGION);
    }

    #[test]
    fn words_and_family_names_are_no_places() {
        let names = names();
        for name in ["Reading", "Nice", "Surprise", "Stanley"] {
            let found = names.traits(name);
            assert!(found.any(Traits::CITY), "{name}");
            assert!(!found.any(Traits::KNOWN), "{name}");
        }
        for name in [
            "Bush",
            "Police",
            "Monday",
            "Residents",
            "Critics",
            "Man",
            "Yesterday",
            "Officials",
            "Men",
            "Talks",
            "Most",
            "Ale",
            "Smith",
            "Jones",
            "Khan",
            "Nguyen",
            "Kim",
            "Garcia",
            "Mohammed",
            "Petrov",
            "Hassan",
            "Singh",
            "Moreno",
        ] {
            assert!(!names.traits(name).any(Traits::KNOWN), "{name}");
        }
    }

    #[test]
    fn capitals_have_their_country() {
        let names = names();
        assert_eq!(names.capital_of("Ankara"), Some("Turkey"));
        assert_eq!(names.capital_of("Washington"), Some("United States"));
        assert_eq!(names.capital_of("Istanbul"), None);
        assert_eq!(names.capital_of(""), None);
        for (capital, country) in &names.capitals {
            assert!(names.traits(capital.0).any(Traits::PLACE), "{}", capital.0);
            assert!(names.traits(country).any(Traits::COUNTRY), "{country}");
            assert_eq!(names.full(country), None, "{country}");
        }
    }

    #[test]
    fn given_names_and_their_short_forms() {
        let names = names();
        for (a, b) in [
            ("William", "Bill"),
            ("Bill", "William"),
            ("bill", "Bill"),
            ("Robert", "Bob"),
            ("Dan", "Danny"),
            ("Elizabeth", "Liz"),
            ("Zzyrk", "Zzyrk"),
        ] {
            assert!(names.same_given(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("William", "Walter"),
            ("Alan", "Albert"),
            ("Aaron", "Erin"),
            ("Beth", "Lisa"),
            ("Anna", "Hannah"),
            ("Anna", "Ann"),
            ("Maria", "Mary"),
            ("", "Bill"),
        ] {
            assert!(!names.same_given(a, b), "{a} {b}");
        }
        assert!(names.nicknames("William").any(|form| form == "Bill"));
        assert!(names.nicknames("Bill").any(|form| form == "William"));
        assert_eq!(names.nicknames("Zzyrk").count(), 0);
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
