//! What the trained model sees of a token: words, shapes, clusters, lists, the rules' opinion, and the paragraph.
//!
//! The trainer and the product both read features from here, so that a model sees what it was trained on. Whoever
//! changes what is read must raise [`crate::lexicon::FEATURES`] and train anew.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::Label;
use super::run::Found;
use super::stretch::is_figure;
use super::view::{View, Word};
use crate::lexicon::{NameModel, Traits, is_small, mix, word_hash};

/// What a feature is read from. The trainer leaves out some kinds at random, so that the model leans on none alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The word itself, alone or with its neighbours.
    Word,
    /// The words around.
    Context,
    /// Word clusters.
    Cluster,
    /// Word lists.
    List,
    /// What the rules make of the words.
    Rule,
    /// Capitals, figures, places in a run.
    Shape,
    /// The rest of the paragraph.
    Paragraph,
}

/// Takes the features of a token.
pub(crate) trait Sink {
    /// Takes one feature: what it is read from, the number of its template, and its hash.
    fn push(&mut self, kind: Kind, template: u32, hash: u32);

    /// Takes a feature whose template has few values, before it is hashed.
    fn push_small(&mut self, kind: Kind, template: u32, value: u32) {
        self.push(kind, template, mix(template, value));
    }
}

/// A paragraph, ready to be asked for features.
pub(super) struct Features<'v, 't> {
    view: &'v View<'t>,
    tokens: Vec<Token>,
    seen: HashMap<u32, Seen, BuildHasherDefault<Identity>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Token {
    word: u32,
    fine: u32,
    coarse: u32,
    shape: u32,
    traits: u32,
    /// The rules' state: as in the model, with their score.
    rule: u32,
    /// The place in a phrase of the lists, with its traits.
    phrase: u32,
    /// Index of the run of capitals it stands in, and its bounds.
    run: (u32, u32),
}

/// Where else in the paragraph a capitalised word stands.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    lower: u8,
    middle: u8,
    person: u8,
    body: u8,
    place: u8,
    acronym: u8,
}

impl<'v, 't> Features<'v, 't> {
    /// Makes ready the tokens of the stretches and whatever is asked of words around them.
    pub fn new(
        view: &'v View<'t>,
        rules: &[Found],
        stretches: &[Range<usize>],
        model: &NameModel,
    ) -> Features<'v, 't> {
        let mut tokens: Vec<Token> = view.words.iter().map(hashed).collect();
        read_near(&mut tokens, view, stretches, model);
        mark_rules(&mut tokens, rules);
        mark_phrases(&mut tokens, view);
        mark_runs(&mut tokens, view);
        let seen = seen(view, &tokens, rules);
        Features { view, tokens, seen }
    }

    fn at(&self, index: usize, offset: isize) -> Token {
        index
            .checked_add_signed(offset)
            .and_then(|index| self.tokens.get(index))
            .copied()
            .unwrap_or(NOTHING)
    }

    /// Gives the features of one token to `sink`.
    pub fn read(&self, index: usize, sink: &mut impl Sink) {
        let view = self.view;
        let token = self.at(index, 0);
        let (left, right) = (self.at(index, -1), self.at(index, 1));
        let (far_left, far_right) = (self.at(index, -2), self.at(index, 2));
        let mut put = |kind, id: u32, value: u32| match is_small(id) {
            true => sink.push_small(kind, id, value),
            false => sink.push(kind, id, mix(id, value)),
        };

        put(Kind::Shape, 0, u32::from(view.headline));
        put(Kind::Word, 1, token.word);
        put(Kind::Word, 2, mix(token.word, token.shape));
        put(Kind::Context, 3, left.word);
        put(Kind::Context, 4, right.word);
        put(Kind::Context, 5, far_left.word);
        put(Kind::Context, 6, far_right.word);
        put(Kind::Word, 7, mix(left.word, token.word));
        put(Kind::Word, 8, mix(token.word, right.word));
        put(Kind::Context, 9, mix(far_left.word, left.word));
        put(Kind::Context, 10, mix(right.word, far_right.word));

        put(Kind::Shape, 11, token.shape);
        put(Kind::Shape, 12, mix(left.shape, token.shape));
        put(Kind::Shape, 13, mix(token.shape, right.shape));
        put(
            Kind::Shape,
            14,
            mix(mix(left.shape, token.shape), right.shape),
        );
        put(
            Kind::Shape,
            15,
            mix(token.shape, mix(far_left.shape, far_right.shape)),
        );

        for (id, token) in [
            (16, far_left),
            (17, left),
            (18, token),
            (19, right),
            (20, far_right),
        ] {
            put(Kind::Cluster, id, token.fine);
            put(Kind::Cluster, id + 5, token.coarse);
        }
        put(Kind::Cluster, 26, mix(left.coarse, token.coarse));
        put(Kind::Cluster, 27, mix(token.coarse, right.coarse));
        put(
            Kind::Cluster,
            28,
            mix(left.coarse, mix(token.coarse, right.coarse)),
        );
        put(Kind::Cluster, 31, mix(left.fine, right.fine));
        put(Kind::Cluster, 32, mix(far_left.coarse, left.coarse));
        put(Kind::Cluster, 33, mix(right.coarse, far_right.coarse));

        for (id, token) in [(40, left), (41, token), (42, right)] {
            put(Kind::List, id, token.traits);
        }
        put(Kind::List, 43, mix(token.traits, token.shape));
        let mut bits = token.traits;
        while bits != 0 {
            put(Kind::List, 46, mix(bits.trailing_zeros(), token.shape & 7));
            bits &= bits - 1;
        }
        if token.phrase != 0 {
            put(Kind::List, 47, token.phrase);
        }
        put(
            Kind::List,
            48,
            mix(token.traits, mix(left.coarse, right.coarse)),
        );

        put(Kind::Rule, 50, token.rule);
        put(Kind::Rule, 53, mix(token.rule, token.shape));
        put(
            Kind::Rule,
            54,
            mix(token.rule, mix(left.coarse, right.coarse)),
        );

        let (start, end) = (token.run.0 as usize, token.run.1 as usize);
        if end > start {
            let length = (end - start).min(6) as u32;
            let place = mix(
                (index - start).min(3) as u32,
                (end - 1 - index).min(3) as u32,
            );
            put(Kind::Shape, 60, length);
            put(Kind::Shape, 61, mix(length, place));
            let before = self.at(start, -1);
            let behind = self.at(end, 0);
            let first = self.at(start, 0);
            let last = self.at(end - 1, 0);
            put(Kind::Context, 62, mix(before.word, place));
            put(Kind::Context, 63, mix(behind.word, place));
            put(Kind::Cluster, 64, mix(before.coarse, behind.coarse));
            put(Kind::Cluster, 65, mix(before.fine, place));
            put(Kind::Cluster, 66, mix(behind.fine, place));
            put(Kind::List, 67, mix(before.traits, place));
            if length > 1 {
                put(Kind::List, 69, mix(last.traits & HEADS, length));
                put(
                    Kind::Cluster,
                    70,
                    mix(last.fine, u32::from(index + 1 == end)),
                );
                put(Kind::List, 72, mix(first.traits, last.traits));
            }
        }
        if let Some(seen) = self.seen.get(&token.word) {
            let own = |label| u8::from(token.rule & 63 != 0 && state_label(token.rule) == label);
            let alone = |count: u8, own: u8| u32::from(count.saturating_sub(own).min(2));
            let multi = u8::from(is_part(token.rule));
            let starts = view.at(index).starts;
            let lower = u32::from(seen.lower.min(2));
            let middle = alone(seen.middle, u8::from(!starts));
            put(Kind::Paragraph, 80, mix(lower, u32::from(starts)));
            put(Kind::Paragraph, 81, mix(middle, u32::from(starts)));
            put(Kind::Paragraph, 82, mix(mix(lower, middle), token.shape));
            put(
                Kind::Paragraph,
                83,
                mix(alone(seen.person, own(0) * multi), u32::from(multi)),
            );
            put(
                Kind::Paragraph,
                84,
                mix(alone(seen.body, own(1) * multi), u32::from(multi)),
            );
            put(
                Kind::Paragraph,
                85,
                mix(alone(seen.place, own(2) * multi), u32::from(multi)),
            );
            if seen.acronym != 0 {
                put(Kind::Paragraph, 86, u32::from(seen.acronym));
            }
        }
    }
}

const NOTHING: Token = Token {
    word: 1,
    fine: 1 << 20,
    coarse: 1 << 20,
    shape: 1 << 20,
    traits: 1 << 31,
    rule: 1 << 20,
    phrase: 0,
    run: (0, 0),
};

const HEADS: u32 = Traits::HEAD.bits();

/// A token of which nothing is known but its word.
fn hashed(word: &Word) -> Token {
    Token {
        word: match is_figure(word.text) {
            true => word_hash(&figures(word.text)),
            false => word_hash(word.text),
        },
        ..Token::default()
    }
}

/// Reads the tokens from two before each stretch to two behind it: all that [`Features::read`] asks for, since a run of
/// capitals ends at most one word behind its stretch. Most words of a paragraph are not among them.
fn read_near(tokens: &mut [Token], view: &View, stretches: &[Range<usize>], model: &NameModel) {
    let mut read = 0;
    for stretch in stretches {
        let start = stretch.start.saturating_sub(2).max(read);
        let end = (stretch.end + 2).min(tokens.len());
        let near = tokens.get_mut(start..end).unwrap_or_default();
        for (token, word) in near.iter_mut().zip(view.words.iter().skip(start)) {
            let (fine, coarse) = model.cluster(token.word);
            token.fine = u32::from(fine);
            token.coarse = u32::from(coarse);
            token.shape = shape(word);
            token.traits = word.traits.bits();
        }
        read = end;
    }
}

/// "2020" and "1987" are one word: every figure counts as 0.
fn figures(word: &str) -> String {
    word.chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect()
}

/// Capitals in the lowest three bits; then figures, marks inside, an initial, a start, a possessive ending.
fn shape(word: &Word) -> u32 {
    let text = word.text;
    let (mut capitals, mut letters) = (0, 0);
    let mut marks = 0;
    for c in text.bytes() {
        capitals += u32::from(c.is_ascii_uppercase());
        // Each character has one byte that does not continue it.
        letters += u32::from(c & 0xc0 != 0x80);
        marks |= match c {
            b'0'..=b'9' => 1 << 3,
            b'-' => 1 << 4,
            b'\'' => 1 << 5,
            b'.' => 1 << 6,
            _ => 0,
        };
    }
    if !text.is_ascii() && text.contains('’') {
        marks |= 1 << 5;
    }
    let kind = match () {
        () if !word.word => 0,
        () if word.initial() => 1,
        () if word.upper => 2 + u32::from(text.len() > 3),
        () if word.capital && capitals > 1 => 4,
        () if word.capital => 5,
        () => 6,
    };
    let bit = |place: u32, holds: bool| u32::from(holds) << place;
    kind | marks
        | bit(7, word.starts)
        | bit(8, word.possessive)
        | bit(9, word.word && letters < 3)
        | bit(10, !word.word && is_figure(text))
}

fn label_number(label: Label) -> u32 {
    match label {
        Label::Person => 0,
        Label::Organisation => 1,
        Label::Place => 2,
        Label::Misc => 3,
    }
}

/// The label number of a rule's state.
fn state_label(rule: u32) -> u32 {
    ((rule & 63) - 1) / 4
}

/// A rule's state within a name of several words.
fn is_part(rule: u32) -> bool {
    rule & 63 != 0 && ((rule & 63) - 1) % 4 != 3
}

/// The state of a word at `at` of `count` in a name.
fn state(label: u32, at: usize, count: usize) -> u32 {
    1 + 4 * label
        + match () {
            () if count == 1 => 3,
            () if at == 0 => 0,
            () if at + 1 == count => 2,
            () => 1,
        }
}

fn mark_rules(tokens: &mut [Token], rules: &[Found]) {
    for found in rules {
        let score = match found.score {
            score if score < 0.4 => 1,
            score if score < 0.65 => 2,
            score if score < 0.85 => 3,
            _ => 4,
        };
        let titled = u32::from(found.title.is_some());
        let count = found.words.len();
        let words = tokens.get_mut(found.words.clone()).unwrap_or_default();
        for (at, token) in words.iter_mut().enumerate() {
            token.rule = state(label_number(found.label), at, count) | score << 6 | titled << 9;
        }
        for token in found
            .title
            .clone()
            .and_then(|title| tokens.get_mut(title))
            .unwrap_or_default()
            .iter_mut()
            .filter(|token| token.rule == 0)
        {
            token.rule = 1 << 10;
        }
    }
}

fn mark_phrases(tokens: &mut [Token], view: &View) {
    let mut at = 0;
    while at < tokens.len() {
        let Some((end, traits)) = view.phrase(at) else {
            at += 1;
            continue;
        };
        let count = end.min(tokens.len()) - at;
        for (place, token) in tokens[at..at + count].iter_mut().enumerate() {
            token.phrase = mix(state(0, place, count), traits.bits()) | 1;
        }
        at += count.max(1);
    }
}

fn mark_runs(tokens: &mut [Token], view: &View) {
    let mut start = 0;
    while start < tokens.len() {
        if !view.at(start).capital {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        while view.at(end).capital && !view.at(end - 1).possessive {
            end += 1;
        }
        for token in &mut tokens[start..end] {
            token.run = (start as u32, end as u32);
        }
        start = end;
    }
}

fn seen(
    view: &View,
    tokens: &[Token],
    rules: &[Found],
) -> HashMap<u32, Seen, BuildHasherDefault<Identity>> {
    let mut seen: HashMap<u32, Seen, BuildHasherDefault<Identity>> = HashMap::default();
    for (word, token) in view
        .words
        .iter()
        .zip(tokens)
        .filter(|(word, _)| word.capital)
    {
        let seen = seen.entry(token.word).or_default();
        seen.middle = seen.middle.saturating_add(u8::from(!word.starts));
    }
    if seen.is_empty() {
        return seen;
    }
    // Most words in lower case stand nowhere in capitals, which six bits of their hashes show most of the time.
    let bit = |hash: u32| 1_u64 << (hash >> 26);
    let capitals = seen.keys().fold(0, |bits, hash| bits | bit(*hash));
    for (word, token) in view.words.iter().zip(tokens) {
        if word.word
            && !word.capital
            && capitals & bit(token.word) != 0
            && let Some(seen) = seen.get_mut(&token.word)
        {
            seen.lower = seen.lower.saturating_add(1);
        }
    }
    for found in rules.iter().filter(|found| found.words.len() > 1) {
        let mut initials = String::new();
        for at in found.words.clone() {
            let word = view.at(at);
            if !word.capital {
                continue;
            }
            initials.extend(word.text.chars().next());
            if let Some(seen) = seen.get_mut(&tokens[at].word) {
                let count = match found.label {
                    Label::Person => &mut seen.person,
                    Label::Organisation => &mut seen.body,
                    Label::Place => &mut seen.place,
                    Label::Misc => continue,
                };
                *count = count.saturating_add(1);
            }
        }
        if let Some(seen) = seen.get_mut(&word_hash(&initials)) {
            seen.acronym = 1 + label_number(found.label) as u8;
        }
    }
    seen
}

/// Words come hashed.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
