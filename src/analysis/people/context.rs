//! What a name means where it stands: a person, or a place or company of the same name; a city, its team, or the
//! government that sits there.

use std::borrow::Cow;
use std::rc::Rc;

use super::super::paragraph::Paragraph;
use super::bodies::{Bodies, Part};
use super::form::Form;
use super::persons::Persons;
use super::sport;
use super::{Label, Named, is_kin};
use crate::lexicon::{Lexicon, Traits};
use crate::text::{FastMap, FastSet, small};

/// A place that the draft is so sure of is not taken for a person whose name it is a part of, if the paragraph saw next
/// to no person in it.
const SURE: f32 = 0.9;
const UNLIKELY: f32 = 0.05;
/// A name that so likely is a person's is not taken for a company that bears it.
const LIKELY: f32 = 0.8;
/// A place that so many mentions are read as stays one, though a person bears its name and some mention is read as that.
const PLACED: f32 = 4.0;

/// What a name stands for.
pub(super) enum Meaning {
    /// A person.
    Person,
    /// Whatever bears exactly this name.
    Body,
    /// A place of this name, whatever else bears it.
    Place,
    /// The organisation that this, folded, is short for.
    Short(String),
    /// A country, by its usual name.
    Country(&'static str),
}

/// A draft's words around its names.
pub(super) struct Context<'t> {
    text: &'t str,
    sports: bool,
    /// Names, folded, that somewhere stand where only places stand.
    placed: FastSet<Rc<str>>,
    /// Names, folded, that the draft as a whole reads as a place rather than a person.
    likely_places: FastSet<Rc<str>>,
    /// Capitals, folded, that somewhere do what governments do.
    governing: FastSet<Rc<str>>,
}

impl<'t> Context<'t> {
    pub fn new(
        text: &'t str,
        paragraphs: &[Paragraph],
        named: &[Named<'t>],
        spelled: &[Rc<Form>],
    ) -> Context<'t> {
        let mut context = Context {
            text,
            sports: sport::is_report(text, paragraphs),
            placed: FastSet::default(),
            likely_places: likely_places(named, spelled),
            governing: FastSet::default(),
        };
        for (mention, form) in named.iter().zip(spelled) {
            if context.is_surely_place(mention) {
                context.placed.insert(Rc::clone(&form.plain));
            } else if form.capital_of.is_some() && context.governs(mention) {
                context.governing.insert(Rc::clone(&form.plain));
            }
        }
        context
    }

    /// What a name of the draft means; none for what is no name.
    pub fn meaning(
        &self,
        (mention, form): (&Named<'t>, &Form),
        persons: &Persons<'_, 't>,
        bodies: &Bodies<'_>,
    ) -> Option<Meaning> {
        if mention.score == 0.0 {
            return None;
        }
        let key: &str = &form.plain;
        let listed = !persons.knows(key)
            && (form.plain_traits.any(Traits::COUNTRY) || form.capital_of.is_some());
        let known_place = form.plain_traits.any(Traits::PLACE);
        if mention.label == Label::Person && mention.title.is_some() {
            return Some(Meaning::Person);
        }
        // "in Okafor's memoirs" and "in Okafor and Hale": who is known as a person stays one, unless a place has the name too.
        let two = !persons.knows(key) || self.placed.contains(key) || known_place;
        if mention.label == Label::Person && two && self.is_at_home(mention) {
            return Some(Meaning::Place);
        }
        if mention.label == Label::Person && !listed {
            return Some(self.person(mention, key, persons, bodies));
        }
        let place = self.is_place(mention, key);
        let one = mention.title.is_none() && !mention.text.contains(' ');
        let sure = mention.label == Label::Place
            && (mention.score >= SURE && mention.labels[0] < UNLIKELY
                || self.likely_places.contains(key));
        // "St. Clair" of "Roland St. Clair".
        let family = mention.title.is_none() && !one && !listed && persons.has_family(key);
        // "Jordan said" of a Jim Jordan, where the draft is nowhere in that country.
        let speaks =
            one && persons.has_family(key) && !self.placed.contains(key) && self.acts(mention);
        let may = one && persons.knows(key) && !sure || family || speaks;
        if may && !place && mention.label != Label::Misc {
            return Some(self.person(mention, key, persons, bodies));
        }
        if self.sports && bodies.is_team(key) && !place {
            return Some(Meaning::Short(key.to_owned()));
        }
        if one && bodies.part(key) == Some(Part::Home) && !bodies.is_listed(key) {
            return Some(Meaning::Place);
        }
        // "Belarusian" is no short form of a Belarusian party, and Quebec none of a bank of its name unless it acts.
        let own = mention.label == Label::Misc
            || known_place && !self.acts(mention)
            || form.traits.any(Traits::DEMONYM);
        let firm = bodies.part(key) == Some(Part::Firm) && !self.placed.contains(key);
        if firm && !own && !self.is_surely_place(mention) {
            return Some(Meaning::Short(key.to_owned()));
        }
        let country = form.capital_of;
        let governs =
            || self.governs(mention) || self.governing.contains(key) && self.is_object(mention);
        match country.filter(|_| !place && governs()) {
            Some(country) => Some(Meaning::Country(country)),
            None if mention.label == Label::Person => Some(Meaning::Place),
            None => Some(Meaning::Body),
        }
    }

    fn person(&self, mention: &Named, key: &str, persons: &Persons, bodies: &Bodies) -> Meaning {
        if mention.title.is_some() || mention.text.contains(' ') && !bodies.knows(key) {
            return Meaning::Person;
        }
        let part = bodies.part(key);
        match (persons.knows(key), part, bodies.knows(key)) {
            (true, Some(Part::Firm), _)
                if !self.acts(mention)
                    && (mention.labels[0] < LIKELY || self.is_belonging(mention)) =>
            {
                Meaning::Short(key.to_owned())
            }
            (true, ..) => Meaning::Person,
            (false, Some(Part::Firm), false) => Meaning::Short(key.to_owned()),
            (false, Some(Part::Home), _) | (false, _, true) => Meaning::Body,
            _ => Meaning::Person,
        }
    }

    /// The word before a name with its titles, in lower case; marks count as words.
    fn before(&self, mention: &Named) -> Cow<'t, str> {
        let before = self.text[..usize::from(mention.full_range().start())].trim_end_matches(' ');
        small(last_word(before))
    }

    /// What stands behind a name, its possessive ending left out.
    fn after(&self, mention: &Named) -> &'t str {
        let after = &self.text[usize::from(mention.range.end())..];
        after
            .strip_prefix("’s")
            .or_else(|| after.strip_prefix("'s"))
            .unwrap_or(after)
    }

    /// "in Okafor’s memoirs"
    fn is_possessive(&self, mention: &Named) -> bool {
        let after = &self.text[usize::from(mention.range.end())..];
        after.starts_with("’s") || after.starts_with("'s")
    }

    /// Stands where places stand: "in Paris", "24, of Lincoln", "PITTSBURGH --"; or where they may stand, of a name that
    /// is elsewhere a place.
    fn is_place(&self, mention: &Named, key: &str) -> bool {
        let may = matches!(
            self.before(mention).as_ref(),
            "at" | "from"
                | "to"
                | "of"
                | "over"
                | "on"
                | "through"
                | "into"
                | "toward"
                | "towards"
                | "via"
                | "leave"
                | "left"
                | "reached"
                | "visited"
                | "between"
                | "around"
        );
        may && self.placed.contains(key) || self.is_surely_place(mention)
    }

    /// Stands where only places stand.
    fn is_surely_place(&self, mention: &Named) -> bool {
        let before = self.before(mention);
        let inside = !self.is_owned(mention)
            && matches!(
                before.as_ref(),
                "in" | "near"
                    | "outside"
                    | "inside"
                    | "across"
                    | "off"
                    | "central"
                    | "downtown"
                    | "north"
                    | "south"
                    | "east"
                    | "west"
                    | "northern"
                    | "southern"
                    | "eastern"
                    | "western"
                    | "greater"
                    | "inner"
            );
        let after = self.after(mention);
        let dateline = !mention.text.contains(char::is_lowercase)
            && self.opens_line(mention)
            && [" --", " –", " —", " -", ", ", " ("]
                .iter()
                .any(|sign| after.starts_with(sign));
        let closed = after.starts_with([',', '.', ';', ')', '”', '"']);
        // "Mr. Washington, Washington", "24, of Lincoln,"
        let apposed = before == "," && closed && mention.label != Label::Person;
        let home = before == "of" && closed && self.is_aged(mention);
        inside || dateline || apposed || home || self.is_at_home(mention)
    }

    /// "Shares in Lindqvist", "a stake in Acme": one has a part in a company, and is in a place.
    fn is_owned(&self, mention: &Named) -> bool {
        let before = self.text[..usize::from(mention.full_range().start())].trim_end();
        let owned = before
            .strip_suffix("in")
            .filter(|before| before.ends_with(' '));
        owned.is_some_and(|before| {
            matches!(
                small(last_word(before.trim_end())).as_ref(),
                "shares"
                    | "share"
                    | "stake"
                    | "stakes"
                    | "invested"
                    | "investment"
                    | "investors"
                    | "interest"
                    | "holding"
                    | "confidence"
                    | "faith"
                    | "trust"
                    | "majority"
                    | "believe"
                    | "believes"
                    | "stock"
            )
        })
    }

    /// Stands where no person stands: "27, of Barry,", "in Lincoln", "MACON, Georgia --", "Victoria station".
    fn is_at_home(&self, mention: &Named) -> bool {
        if mention.text.contains(' ') || mention.title.is_some() {
            return false;
        }
        let after = self.after(mention);
        let closed = after.starts_with([',', '.', ';', ')', '”', '"']);
        let before = self.before(mention);
        let dashed = || {
            let line: String = after.chars().take_while(|c| *c != '\n').take(40).collect();
            [" -- ", " – ", " — ", " - "]
                .iter()
                .any(|dash| line.contains(dash))
        };
        let dateline =
            !mention.text.contains(char::is_lowercase) && self.opens_line(mention) && dashed();
        let sited = [" station", " airport", " railway", " harbour", " harbor"]
            .iter()
            .any(|noun| after.starts_with(noun));
        before == "in" && !self.is_owned(mention) && !self.is_possessive(mention)
            || before == "of" && closed && self.is_aged(mention)
            || dateline
            || sited
    }

    /// Nothing but spaces stands before the name in its line.
    fn opens_line(&self, mention: &Named) -> bool {
        let before = self.text[..usize::from(mention.range.start())].trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }

    /// A number and a comma stand before the "of" of a name.
    fn is_aged(&self, mention: &Named) -> bool {
        let before = self.text[..usize::from(mention.full_range().start())].trim_end();
        let number = before
            .strip_suffix("of")
            .map(str::trim_end)
            .and_then(|before| before.strip_suffix(','));
        number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// Stands behind the "of" or "for" of an office: "head of Lindqvist", but not "widow of Lindqvist".
    fn is_belonging(&self, mention: &Named) -> bool {
        let before = self.text[..usize::from(mention.full_range().start())].trim_end();
        let noun = ["of", "for", "at"].iter().find_map(|word| {
            before
                .strip_suffix(word)
                .filter(|before| before.ends_with(' '))
        });
        noun.is_some_and(|before| {
            let noun = small(last_word(before.trim_end()));
            Lexicon::get()
                .names
                .word(&noun)
                .traits(false)
                .any(Traits::ROLE)
                && !is_kin(&noun)
        })
    }

    /// Speaks, or is spoken to: "Lindqvist told", "said Lindqvist".
    fn acts(&self, mention: &Named) -> bool {
        let cues = &Lexicon::get().cues;
        let reports = |word: &str| {
            word.starts_with(char::is_lowercase)
                && !cues.starting_with(word).is_empty()
                && (word.ends_with('d') || word.ends_with('s'))
        };
        let behind = self.after(mention);
        // In "Ida Moss, head of Lindqvist, said" it is the head who speaks.
        if behind.starts_with(',') && self.is_belonging(mention) {
            return false;
        }
        let after = behind.trim_start_matches([',', ' ']);
        let next = after
            .split(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        let before = self.before(mention);
        let said = matches!(
            before.as_ref(),
            "said" | "says" | "added" | "asked" | "told" | "recalled" | "wrote" | "replied"
        );
        reports(next) || said
    }

    /// Stands behind a verb of dealing with governments: "had called Seoul deaf".
    fn is_object(&self, mention: &Named) -> bool {
        is_political(&self.before(mention))
    }

    /// Does what governments do: "Ankara said", "Tehran has not answered", "Washington, which had paid".
    fn governs(&self, mention: &Named) -> bool {
        let after = self.after(mention).trim_start_matches(' ');
        let mut words = after
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|word| !word.is_empty());
        let behind: Vec<String> = words.by_ref().take(3).map(str::to_lowercase).collect();
        let word = |at: usize| behind.get(at).map_or("", String::as_str);
        let acts = |at: usize| {
            let verb = match word(at) {
                "has" | "had" | "have" | "is" | "was" | "will" | "would" | "must" | "may"
                | "could" | "should" | "can" | "did" | "does" | "also" | "then" | "now"
                | "still" | "itself" => {
                    let next = word(at + 1);
                    let next = if next == "not" { word(at + 2) } else { next };
                    return is_political(next);
                }
                verb => verb,
            };
            is_political(verb)
        };
        if after.starts_with(", which") {
            return acts(1);
        }
        after.starts_with(char::is_lowercase) && acts(0)
    }
}

/// What a government does and a city does not, in any form of the verb.
fn is_political(word: &str) -> bool {
    let stems = [
        "accus", "agree", "announc", "approv", "blam", "block", "call", "claim", "condemn",
        "decid", "demand", "deni", "expel", "fear", "financ", "fund", "impos", "insist", "lift",
        "negotiat", "offer", "oppos", "pledg", "press", "promis", "propos", "recall", "recogni",
        "reject", "respond", "retaliat", "seek", "sign", "support", "suspend", "threaten", "urg",
        "veto", "want", "warn", "welcom", "withdr",
    ];
    let words = [
        "accepts",
        "accepted",
        "angry",
        "answer",
        "answered",
        "asked",
        "asks",
        "backed",
        "backs",
        "cautious",
        "committed",
        "concerned",
        "deny",
        "eager",
        "gave",
        "given",
        "hopes",
        "hoped",
        "keen",
        "made",
        "paid",
        "pays",
        "prepared",
        "pushed",
        "pushes",
        "ready",
        "refuses",
        "refused",
        "replied",
        "replies",
        "said",
        "say",
        "says",
        "sends",
        "sent",
        "sought",
        "taken",
        "told",
        "took",
        "wary",
        "willing",
        "yet",
    ];
    // An ending at most: "wanted", "recognises".
    let stemmed = |stem: &&str| {
        word.strip_prefix(*stem)
            .is_some_and(|ending| ending.len() <= 4)
    };
    words.contains(&word) || stems.iter().any(stemmed)
}

/// Names, folded, that are read as places in many mentions and as people in fewer.
fn likely_places(named: &[Named<'_>], spelled: &[Rc<Form>]) -> FastSet<Rc<str>> {
    let mut sums: FastMap<Rc<str>, [f32; 2]> = FastMap::default();
    let all = named.iter().zip(spelled);
    for (mention, form) in all.filter(|(mention, _)| mention.title.is_none()) {
        let [person, _, place, _] = mention.labels;
        let [people, places] = sums.entry(Rc::clone(&form.plain)).or_default();
        *people += person;
        *places += place;
    }
    sums.retain(|_, [people, places]| *places >= PLACED && places >= people);
    sums.into_keys().collect()
}

fn last_word(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'))
        .last()
        .map(|(at, _)| at);
    match start {
        Some(start) => &text[start..],
        None => text
            .char_indices()
            .next_back()
            .map_or("", |(at, _)| &text[at..]),
    }
}
