//! Names that only the rest of the draft shows to be names: "Acme" at the start of a sentence where "Acme Corp." stood
//! above, "Dos Santos" where the finder saw "Santos", "gunn" in a message typed in small letters.

use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::super::paragraph::Paragraph;
use super::bodies::{Bodies, Part};
use super::form::Forms;
use super::person::Tier;
use super::persons::Persons;
use super::{Label, Named, Quoted};
use crate::extract::word::{chain, key};
use crate::extract::{Case, Token, TokenKind, Word};
use crate::lexicon::{Class, Form, Traits};
use crate::text::{FastMap, FastSet};

/// Words of the longest name looked for.
const LONGEST: usize = 4;

/// How sure a name is that the draft has elsewhere.
const KNOWN: f32 = 0.6;

/// Adds the missed names of a draft to `named`, which stays in reading order, and widens those that were cut short.
pub(super) fn find<'t>(
    text: &'t str,
    paragraphs: &[Paragraph],
    named: &mut Vec<Named<'t>>,
    forms: &Forms<'t>,
    persons: &Persons<'_, 't>,
    bodies: &Bodies<'_>,
) {
    let mut missed = Vec::new();
    let known = Known::new(persons, bodies);
    let mut near = FastMap::default();
    let mut next = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let own = named[next..]
            .iter()
            .take_while(|mention| mention.paragraph <= index)
            .count();
        let mut finder = Finder {
            text,
            paragraph,
            index,
            named: &mut named[next..next + own],
            persons,
            bodies,
            forms,
            known: &known,
            near: &mut near,
            missed: &mut missed,
        };
        finder.run();
        next += own;
    }
    named.extend(missed);
    named.sort_by_key(|mention| (mention.range.start(), mention.range.end()));
}

/// The names of the draft and their parts, by the hashes of their words: most stretches of text are none of them, and
/// need not be spelled out to be looked up.
#[derive(Default)]
struct Known {
    names: FastSet<u32>,
    /// For the first word of each name, a bit for each count of words of the names that start so.
    lengths: FastMap<u32, u8>,
}

impl Known {
    fn new(persons: &Persons, bodies: &Bodies) -> Known {
        let mut known = Known::default();
        for name in persons.keys().chain(bodies.short_keys()) {
            let mut words = name.split(' ').map(key).peekable();
            let first = words.peek().copied().unwrap_or(Word::NO_KEY);
            let (mut hash, mut count) = (0, 0);
            for word in words {
                hash = chain(hash, word);
                count += 1;
            }
            known.names.insert(hash);
            if (1..=LONGEST).contains(&count) {
                *known.lengths.entry(first).or_default() |= 1 << (count - 1);
            }
        }
        known
    }

    /// A bit for each count of words that may be a name of the draft, which starts with the first of the words.
    fn may_hold(&self, words: &[Word]) -> u8 {
        let words = &words[..words.len().min(LONGEST)];
        // A word without a key may be any part of a name.
        let keyless = words.iter().position(|word| word.key == Word::NO_KEY);
        let mut lengths = match keyless {
            Some(at) => u8::MAX << at,
            None => 0,
        };
        let first = words.first().and_then(|first| self.lengths.get(&first.key));
        let Some(first) = first else {
            return lengths;
        };
        let mut hash = 0;
        for (at, word) in words.iter().enumerate() {
            hash = chain(hash, word.key);
            if first & 1 << at != 0 && self.names.contains(&hash) {
                lengths |= 1 << at;
            }
        }
        lengths
    }
}

struct Finder<'f, 't> {
    text: &'t str,
    paragraph: &'f Paragraph,
    index: usize,
    named: &'f mut [Named<'t>],
    forms: &'f Forms<'t>,
    persons: &'f Persons<'f, 't>,
    bodies: &'f Bodies<'f>,
    known: &'f Known,
    /// Words that have been compared with the family names of the draft.
    near: &'f mut FastMap<&'t str, bool>,
    missed: &'f mut Vec<Named<'t>>,
}

impl<'t> Finder<'_, 't> {
    fn run(&mut self) {
        let mut quoted = Quoted::new(&self.paragraph.facts.quotes);
        let messages = self.typed_small();
        let mut at = 0;
        while let Some(token) = self.tokens().get(at) {
            let next = messages.partition_point(|message| message.end <= at);
            let small = messages
                .get(next)
                .is_some_and(|message| message.contains(&at));
            let start = token.range.start();
            let may = token.kind == TokenKind::Word
                && match token.case {
                    Case::Capital | Case::Upper | Case::Mixed => true,
                    Case::Lower => small || self.is_particle(at),
                    Case::None => false,
                };
            let found = match may {
                true => self.name(at, quoted.covers(start), small),
                false => None,
            };
            at = found.unwrap_or(at + 1);
        }
    }

    fn tokens(&self) -> &[Token] {
        &self.paragraph.facts.tokens
    }

    fn word(&self, at: usize) -> &'t str {
        self.tokens()
            .get(at)
            .map_or("", |token| self.slice(self.paragraph.at(token.stem)))
    }

    fn slice(&self, range: TextRange) -> &'t str {
        self.text.get(Range::from(range)).unwrap_or_default()
    }

    fn traits(&self, at: usize) -> Traits {
        let words = &self.paragraph.facts.words;
        words.get(at).map_or(Traits::NONE, |word| word.traits)
    }

    fn class(&self, at: usize) -> Class {
        let words = &self.paragraph.facts.words;
        words.get(at).map_or(Class::Other, |word| word.class)
    }

    fn is_capital(&self, at: usize) -> bool {
        let words = &self.paragraph.facts.words;
        words.get(at).is_some_and(|word| word.is_capital())
    }

    fn is_the(&self, at: usize) -> bool {
        let words = &self.paragraph.facts.words;
        words.get(at).is_some_and(|word| word.is_the())
    }

    fn is_particle(&self, at: usize) -> bool {
        self.traits(at).any(Traits::PARTICLE) && self.is_capital(at + 1)
    }

    /// The tokens inside quotes that have no capital, in order: messages, where names are small too.
    fn typed_small(&self) -> Vec<Range<usize>> {
        let tokens = self.tokens();
        let mut small = Vec::new();
        for quote in self
            .paragraph
            .facts
            .quotes
            .iter()
            .filter(|quote| quote.parent.is_none())
        {
            let start = tokens.partition_point(|token| token.range.start() < quote.range.start());
            let end = tokens.partition_point(|token| token.range.start() < quote.range.end());
            let words = || {
                tokens[start..end]
                    .iter()
                    .filter(|token| token.kind == TokenKind::Word)
            };
            if quote.certain
                && words().count() >= 3
                && words().all(|token| token.case == Case::Lower)
            {
                small.push(start..end);
            }
        }
        small
    }

    /// Takes the longest known name that starts here; the index behind it.
    fn name(&mut self, start: usize, quoted: bool, small: bool) -> Option<usize> {
        let lengths = match small {
            true => u8::MAX,
            false => self.may_be_known(start),
        };
        if lengths == 0 {
            return None;
        }
        let covered = self.covered_until(start);
        for end in (start + 1..=start + LONGEST).rev() {
            let Some(last) = self.tokens().get(end - 1) else {
                continue;
            };
            if covered.is_some_and(|covered| self.paragraph.at(last.stem).end() <= covered) {
                return None;
            }
            if last.kind != TokenKind::Word
                || lengths & 1 << (end - start - 1) == 0
                || self.inner_mark(start, end)
            {
                continue;
            }
            let range = self
                .paragraph
                .at(self.tokens()[start].stem.cover(last.stem));
            let Some(label) = self.label(start, end, range, small) else {
                continue;
            };
            if self.widen(range, label) || label == Label::Person && self.narrow(range) {
                return Some(end);
            }
            if self.is_covered(range) {
                return None;
            }
            let title = self.title(start);
            let before = self
                .text
                .get(..usize::from(range.start()))
                .unwrap_or_default();
            let the = start > 0 && self.is_the(start - 1);
            self.missed.push(Named {
                id: usize::MAX,
                paragraph: self.index,
                fact: None,
                range,
                title,
                text: self.slice(range),
                titles: title.map_or("", |title| self.slice(title)),
                label,
                score: KNOWN,
                labels: [0.0; 4],
                quoted,
                bracketed: before.ends_with(['(', '[']),
                after_the: the,
            });
            return Some(end);
        }
        None
    }

    /// A bit for each count of words of which what [`Finder::label`] asks for may hold: a name of the draft or of the
    /// lists, or a word that other things than its spelling may show to be one.
    fn may_be_known(&self, start: usize) -> u8 {
        let words = self.paragraph.facts.words.get(start..).unwrap_or_default();
        let Some(first) = words.first() else {
            return 0;
        };
        let mut lengths = self.known.may_hold(words);
        for count in 1..=LONGEST {
            if first.is_country(count) {
                lengths |= 1 << (count - 1);
            }
        }
        let one = || {
            first.has_nicknames() || start > 0 && self.is_the(start - 1) || self.may_be_slip(start)
        };
        if lengths & 1 == 0 && one() {
            lengths |= 1;
        }
        lengths
    }

    /// An unusual word stands where people do.
    fn may_be_slip(&self, at: usize) -> bool {
        !self.is_ordinary(at) && (self.acts(at + 1) || at > 0 && self.is_titled(at))
    }

    fn is_ordinary(&self, at: usize) -> bool {
        let common = Traits::WORD.or(Traits::COMMON).or(Traits::FUNCTION);
        self.traits(at).any(common) || self.class(at) != Class::Other
    }

    /// Something other than a space stands between the words, or a possessive ending.
    fn inner_mark(&self, start: usize, end: usize) -> bool {
        let tokens = &self.tokens()[start..end];
        tokens.windows(2).any(|pair| {
            let gap = TextRange::new(pair[0].range.end(), pair[1].range.start());
            pair[0].stem != pair[0].range || self.slice(self.paragraph.at(gap)) != " "
        })
    }

    /// What a name is that the draft has elsewhere.
    fn label(&mut self, start: usize, end: usize, range: TextRange, small: bool) -> Option<Label> {
        let form = self.forms.of(self.slice(range));
        let key: &str = &form.key;
        let one = end == start + 1;
        let starts = self.starts(start);
        let ordinary = one && self.is_ordinary(start);
        let tier = self.persons.tier(key);
        let plural =
            one && start > 0 && self.is_the(start - 1) && self.persons.family_of(key).is_some();
        if plural {
            return Some(Label::Person);
        }
        if small {
            let noun = start > 0
                && matches!(
                    self.class(start - 1),
                    Class::Determiner | Class::Possessive | Class::To
                );
            let known = matches!(tier, Some(Tier::Family | Tier::Given)) || tier.is_some() && !one;
            let function = one
                && (self.class(start) != Class::Other || self.traits(start).any(Traits::FUNCTION));
            return match () {
                () if noun || function => None,
                () if known => Some(Label::Person),
                () if self.bodies.part(key) == Some(Part::Firm) && !ordinary => {
                    Some(Label::Organisation)
                }
                () => None,
            };
        }
        let beside = || {
            self.is_loose(end) || start > 0 && self.is_loose(start - 1) && !self.starts(start - 1)
        };
        if !(self.is_capital(start) || self.is_particle(start))
            || one && self.is_particle(start)
            || beside()
        {
            return None;
        }
        let initials = key.chars().count() >= 2 && !self.slice(range).contains(char::is_lowercase);
        let common = ordinary && (self.class(start) == Class::Time || starts && !self.acts(end));
        let weak = tier == Some(Tier::Inner) && one && !initials;
        if tier.is_some() && !common && !weak {
            return Some(Label::Person);
        }
        if one && self.may_be_slip(start) && self.is_near(range, key) {
            return Some(Label::Person);
        }
        if self.is_country(start, end) {
            return Some(Label::Misc);
        }
        if ordinary && starts && !self.acts(end) {
            return None;
        }
        match self.bodies.part(key)? {
            // "Senators" of "Republican Senators" is a word that any sentence may hold.
            Part::Firm if !ordinary || self.acts(end) && self.bodies.opens_with(key) => {
                Some(Label::Organisation)
            }
            Part::Home if !ordinary => Some(Label::Place),
            Part::Head if starts && start == 0 || start > 0 && self.is_the(start - 1) => {
                Some(Label::Organisation)
            }
            _ => None,
        }
    }

    /// The word is a slip for a family name of the draft.
    fn is_near(&mut self, range: TextRange, key: &str) -> bool {
        let (word, persons) = (self.slice(range), self.persons);
        *(self.near.entry(word)).or_insert_with(|| persons.is_near(key))
    }

    /// A demonym or a country of the lists: a name wherever it stands in capitals.
    fn is_country(&self, start: usize, end: usize) -> bool {
        let words = &self.paragraph.facts.words;
        (words.get(start)).is_some_and(|word| word.is_country(end - start))
    }

    fn is_titled(&self, start: usize) -> bool {
        self.title(start).is_some()
    }

    /// The word is capitalised for standing first.
    fn starts(&self, at: usize) -> bool {
        let sentences = &self.paragraph.facts.sentences;
        let next = sentences.partition_point(|sentence| sentence.tokens.start < at);
        at == 0
            || sentences
                .get(next)
                .is_some_and(|sentence| sentence.tokens.start == at)
            || matches!(self.word(at - 1), "“" | "\"" | "‘" | "'" | ":" | "•")
    }

    /// A verb or another name follows, so that a capitalised word at the start of a sentence may be its subject.
    fn acts(&self, at: usize) -> bool {
        let owns = at > 0
            && self
                .tokens()
                .get(at - 1)
                .is_some_and(|token| token.stem != token.range);
        owns || matches!(self.class(at), Class::Verb | Class::Auxiliary)
            || self.speaks(at)
            || self.word(at) == "and" && self.is_capital(at + 1)
            || self.word(at) == ","
                && (self.class(at + 1) == Class::Relative || self.speaks(at + 1))
    }

    /// A verb of saying starts here.
    fn speaks(&self, at: usize) -> bool {
        let cues = &self.paragraph.facts.cues;
        let cue = cues.binary_search_by_key(&at, |cue| cue.tokens.start);
        cue.is_ok_and(|cue| matches!(cues[cue].form, Form::Past | Form::Third))
    }

    /// A capitalised word that no name covers: what stands beside it may be a part of another name.
    fn is_loose(&self, at: usize) -> bool {
        let Some(token) = self.tokens().get(at) else {
            return false;
        };
        token.kind == TokenKind::Word
            && self.is_capital(at)
            && self.word(at).chars().nth(1).is_some()
            && !self
                .traits(at)
                .any(Traits::TITLE.or(Traits::FUNCTION).or(Traits::COMMON))
            && !self.is_covered(self.paragraph.at(token.stem))
            && self.class(at) == Class::Other
    }

    /// The honorific or rank directly before a name.
    fn title(&self, start: usize) -> Option<TextRange> {
        let before = start.checked_sub(1)?;
        let formal = self
            .traits(before)
            .any(Traits::HONORIFIC.or(Traits::RANK).or(Traits::STYLE));
        (formal && self.is_capital(before)).then(|| self.paragraph.at(self.tokens()[before].stem))
    }

    fn first_behind(&self, range: TextRange) -> usize {
        self.named
            .partition_point(|mention| mention.range.end() <= range.start())
    }

    /// A name stands there; a title before one may hold others.
    fn is_covered(&self, range: TextRange) -> bool {
        self.named
            .iter()
            .skip(self.first_behind(range))
            .take(LONGEST)
            .filter(|mention| mention.score > 0.0)
            .any(|mention| {
                mention
                    .range
                    .intersect(range)
                    .is_some_and(|both| !both.is_empty())
            })
    }

    /// The end of the name around a token: no part of one is a name that was missed, but in a line of capitals.
    fn covered_until(&self, at: usize) -> Option<TextSize> {
        let range = self.paragraph.at(self.tokens().get(at)?.stem);
        let around = self.named.get(self.first_behind(range))?;
        let whole = around.score > 0.0
            && around.range.contains_range(range)
            && around.text.contains(char::is_lowercase);
        whole.then(|| around.range.end())
    }

    /// Widens the name that stands inside a longer known one.
    fn widen(&mut self, range: TextRange, label: Label) -> bool {
        let text = self.slice(range);
        let at = self.first_behind(range);
        let Some(inner) = self.named.get_mut(at).filter(|mention| mention.score > 0.0) else {
            return false;
        };
        let inside = range.contains_range(inner.range) && range != inner.range;
        let same = (inner.label == Label::Person) == (label == Label::Person);
        if inside && same {
            inner.range = range;
            inner.text = text;
            inner.title = inner.title.filter(|title| title.end() <= range.start());
        }
        inside && same
    }

    /// "HARTLEY QUITS": in a line of capitals only the part counts that the draft has elsewhere.
    fn narrow(&mut self, range: TextRange) -> bool {
        let text = self.slice(range);
        let at = self.first_behind(range);
        let outer = self.named.get_mut(at).filter(|mention| {
            mention.score > 0.0 && mention.range.contains_range(range) && mention.range != range
        });
        let shouted = outer.filter(|outer| {
            !outer.text.contains(char::is_lowercase)
                && !self.persons.knows(&self.forms.of(outer.text).key)
        });
        let Some(outer) = shouted else {
            return false;
        };
        outer.range = range;
        outer.text = text;
        outer.label = Label::Person;
        true
    }
}
