//! Definite descriptions in a paragraph: "the new mayor", "her brother", "the 19-year-old".

use text_size::TextRange;

use super::super::super::paragraph::Paragraph;
use super::super::super::people::{EntityMention, is_kin};
use super::holders::Holders;
use crate::extract::word::is_determiner;
use crate::extract::{Case, Descriptor, Quote, TokenKind};
use crate::lexicon::{Class, Lexicon, Traits};
use crate::text::{FastSet, small};

/// A definite description of one.
#[derive(Debug)]
pub(super) struct Description {
    /// Prose bytes, with the determiner and what belongs to it behind the noun.
    pub range: TextRange,
    pub head_range: TextRange,
    /// The noun in lower case.
    pub head: String,
    /// The words between determiner and noun as they stand, and the owner.
    pub qualifiers: Vec<String>,
    /// Starts with "his", "her", "my".
    pub possessive: bool,
    /// "his lawyer": one whom somebody has.
    pub serves: bool,
    /// The noun is one for an office or a calling.
    pub office: bool,
    /// "the 19-year-old"
    pub aged: bool,
    pub quoted: bool,
    /// It opens its sentence.
    pub opens: bool,
}

/// "the two ministries": a definite plural with its number.
#[derive(Debug)]
pub(super) struct Several {
    /// Prose bytes.
    pub range: TextRange,
    /// The noun in the singular, in lower case.
    pub noun: String,
    pub number: usize,
    pub quoted: bool,
}

/// The plurals of a paragraph that tell their number, in reading order.
pub(super) fn plurals(text: &str, paragraph: &Paragraph, named: &[EntityMention]) -> Vec<Several> {
    let reader = Reader {
        text,
        paragraph,
        named,
        introduced: &FastSet::default(),
    };
    let read = || {
        let words = paragraph.facts.words.iter().enumerate();
        let counted = words.filter(|(at, word)| word.is_the() && reader.number(at + 1).is_some());
        counted.map(|(at, _)| at).collect()
    };
    let counted = paragraph.notes.plurals(read);
    counted
        .iter()
        .filter_map(|at| reader.several(*at))
        .collect()
}

/// The descriptions of a paragraph in reading order that introduce nobody. `named`: its names; `introduced`: the
/// nouns of all roles beside names.
pub(super) fn descriptions(
    text: &str,
    paragraph: &Paragraph,
    named: &[EntityMention],
    introduced: &FastSet<TextRange>,
    holders: &Holders,
) -> Vec<Description> {
    let reader = Reader {
        text,
        paragraph,
        named,
        introduced,
    };
    let words = paragraph.facts.words.iter().enumerate();
    words
        .filter(|(_, word)| word.determiner > 0)
        .filter_map(|(at, _)| reader.description(at, holders))
        .collect()
}

struct Reader<'a> {
    text: &'a str,
    paragraph: &'a Paragraph,
    named: &'a [EntityMention],
    introduced: &'a FastSet<TextRange>,
}

impl Reader<'_> {
    fn description(&self, at: usize, holders: &Holders) -> Option<Description> {
        let head_range = self.stem(at);
        let head = small(self.word(at));
        let word = self.paragraph.facts.words.get(at)?;
        let traits = word.traits;
        let aged = head.ends_with("-year-old");
        let office = traits.any(Traits::ROLE) && !traits.any(Traits::ROLES) && is_office(&head);
        if !(holders.knows(&head) || office || aged || is_kin(&head)) || self.is_named(head_range) {
            return None;
        }
        let start = at.checked_sub(usize::from(word.determiner))?;
        let possessive = !self.word(start).eq_ignore_ascii_case("the");
        let serves = possessive && is_servant(&head);
        let owned = is_kin(&head) || matches!(head.as_ref(), "client" | "opponent" | "rival");
        if possessive && !owned && !serves {
            return None;
        }
        let range = self.whole(start, at);
        if self.introduced.contains(&head_range) || self.is_compound(at) {
            return None;
        }
        let qualifiers = (start..at)
            .map(|at| self.word(at))
            .filter(|word| !is_determiner(word))
            .map(str::to_owned)
            .collect();
        Some(Description {
            range,
            head_range,
            head: head.into_owned(),
            qualifiers,
            possessive,
            serves,
            office,
            aged,
            quoted: self.is_quoted(range),
            opens: self.opens(start),
        })
    }

    /// The plural behind the "the" at an index.
    fn several(&self, at: usize) -> Option<Several> {
        let number = self.number(at + 1)?;
        let plural = self.word(at + 2).to_lowercase();
        let noun = match (plural.strip_suffix("ies"), plural.strip_suffix('s')) {
            (Some(stem), _) => format!("{stem}y"),
            (None, Some(noun)) => noun.to_owned(),
            (None, None) => return None,
        };
        let range = self.stem(at).cover(self.stem(at + 2));
        (!self.is_named(range)).then(|| Several {
            range,
            noun,
            number,
            quoted: self.is_quoted(range),
        })
    }

    fn number(&self, at: usize) -> Option<usize> {
        match self.word(at) {
            "two" => Some(2),
            "three" => Some(3),
            "four" => Some(4),
            _ => None,
        }
    }

    fn word(&self, at: usize) -> &str {
        let tokens = &self.paragraph.facts.tokens;
        tokens
            .get(at)
            .and_then(|token| {
                self.text
                    .get(std::ops::Range::from(self.paragraph.at(token.stem)))
            })
            .unwrap_or_default()
    }

    fn stem(&self, at: usize) -> TextRange {
        self.paragraph.at(self.paragraph.facts.tokens[at].stem)
    }

    fn opens(&self, at: usize) -> bool {
        let sentences = &self.paragraph.facts.sentences;
        let next = sentences.partition_point(|sentence| sentence.tokens.start < at);
        sentences
            .get(next)
            .is_some_and(|sentence| sentence.tokens.start == at)
    }

    fn owns(&self, at: usize) -> bool {
        let token = &self.paragraph.facts.tokens[at];
        token.stem != token.range
    }

    /// The class of a word; "US" is no "us".
    fn class(&self, at: usize) -> Class {
        match self.paragraph.facts.tokens.get(at).map(|token| token.case) {
            Some(Case::Upper) => Class::Other,
            _ => (self.paragraph.facts.words.get(at)).map_or(Class::Other, |word| word.class),
        }
    }

    fn traits(&self, at: usize) -> Traits {
        let words = &self.paragraph.facts.words;
        words.get(at).map_or(Traits::NONE, |word| word.traits)
    }

    /// A name covers the place.
    fn is_named(&self, range: TextRange) -> bool {
        let next = self
            .named
            .partition_point(|mention| mention.range.end() <= range.start());
        self.named.get(next).is_some_and(|mention| {
            mention
                .full_range()
                .intersect(range)
                .is_some_and(|both| !both.is_empty())
        })
    }

    /// The phrase with an "of" or "for" behind its noun, where the paragraph's facts have it.
    fn whole(&self, start: usize, head: usize) -> TextRange {
        let own = self.stem(start).cover(self.stem(head));
        let descriptors = &self.paragraph.facts.descriptors;
        let stem = self.paragraph.facts.tokens[head].stem;
        let known =
            descriptors.partition_point(|descriptor| descriptor.head.start() < stem.start());
        let belongs = match self.word(head + 1) {
            "of" => true,
            "for" | "from" | "to" | "at" => self.word(head + 2).starts_with(char::is_uppercase),
            _ => false,
        };
        let behind =
            |descriptor: &&Descriptor| belongs && descriptor.head == stem && !self.owns(head);
        match descriptors.get(known).filter(behind) {
            Some(descriptor) => own.cover(TextRange::new(
                own.start(),
                self.paragraph.at(descriptor.range).end().max(own.end()),
            )),
            None => own,
        }
    }

    /// Another noun or a name follows, so that the noun only qualifies it: "the council chamber", "the striker Roe".
    fn is_compound(&self, head: usize) -> bool {
        let tokens = &self.paragraph.facts.tokens;
        let Some(next) = tokens.get(head + 1).filter(|_| !self.owns(head)) else {
            return false;
        };
        if next.kind != TokenKind::Word {
            return false;
        }
        let name = next.case != Case::Lower && self.is_named(self.paragraph.at(next.stem));
        let noun = next.case == Case::Lower
            && self.class(head + 1) == Class::Other
            && !self.traits(head + 1).any(Traits::NUMBER)
            && !self.word(head + 1).contains('-')
            && Lexicon::get()
                .cues
                .starting_with(self.word(head + 1))
                .is_empty()
            && !self.word(head + 1).ends_with('s');
        name || noun
    }

    fn is_quoted(&self, range: TextRange) -> bool {
        let start = range.start() - self.paragraph.range.start();
        let quotes: &[Quote] = &self.paragraph.facts.quotes;
        let before = quotes.partition_point(|quote| quote.range.start() <= start);
        // Quotes nest two or three deep at most, so the one around it is among the last few.
        quotes[..before]
            .iter()
            .rev()
            .take(8)
            .any(|quote| quote.range.contains(start))
    }
}

/// Whom one hires.
fn is_servant(noun: &str) -> bool {
    matches!(
        noun,
        "lawyer"
            | "attorney"
            | "solicitor"
            | "barrister"
            | "agent"
            | "manager"
            | "trainer"
            | "coach"
            | "doctor"
            | "publicist"
    )
}

/// An office or calling by which a story goes on speaking of its one person; not one that many a passer-by has.
fn is_office(noun: &str) -> bool {
    let passing = [
        "man",
        "woman",
        "driver",
        "suspect",
        "victim",
        "attacker",
        "gunman",
        "witness",
        "official",
        "officer",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "neighbour",
        "neighbor",
        "caller",
        "killer",
        "judge",
        "lawyer",
        "prosecutor",
        "doctor",
        "nurse",
        "owner",
        "buyer",
        "reader",
        "viewer",
        "public",
        "child",
        "boy",
        "girl",
        "friend",
        "colleague",
        "assailant",
        "guard",
        "soldier",
        "reporter",
        "journalist",
        "photographer",
        "guest",
        "visitor",
        "customer",
        "client",
        "patient",
        "passenger",
        "employee",
        "worker",
        "resident",
        "tenant",
        "landlord",
        "referee",
        "crowd",
        "winner",
        "loser",
    ];
    !passing.contains(&noun) && !is_kin(noun)
}
