//! Drafts in another language: told by their short words, and read for no more than their quotes.
//!
//! A draft counts as English until much speaks against it: it has words enough, few of them are short words of English,
//! and many are those of another language or in another script. Names do not count, since they are no words of a
//! language.

#[cfg(test)]
mod tests;

use super::attribution::{Attribution, Evidence, Hand, Link, SpeechKind, Standing, draft_quotes};
use super::paragraph::Paragraph;
use super::{Analysis, DraftQuote};
use crate::extract::TokenKind;
use crate::knowledge::Knowledge;
use crate::lexicon::{Class, Tongues};
use crate::text::Prose;

/// Words in small letters from which on a draft can be told.
const FEWEST: usize = 40;

/// After so many words a draft that reads as English is English.
const GLANCE: usize = 120;

/// Words that are looked at in any draft.
const MOST: usize = 1500;

/// Of a hundred words of English at least so many are short ones, even in reports of matches and in lists.
const OF_ENGLISH: usize = 15;

/// The same, for a draft that is English beyond doubt.
const SURELY_ENGLISH: usize = 25;

/// Of a hundred words of a language at least so many are among those that are listed.
const OF_ANOTHER: usize = 15;

/// Words from which on a draft of almost no English is in another language, whichever it is; and how few that is, of a
/// hundred.
const LONG: usize = 250;
const HARDLY_ANY: usize = 3;

/// Letters from which on a script can be told, and how many of a hundred are then in another one.
const FEWEST_LETTERS: usize = 120;
const OF_ANOTHER_SCRIPT: usize = 60;

/// What stands for a language that is not known.
const UNKNOWN: &str = "another language";

/// The language of a draft that is not in English.
pub(super) fn language(prose: &Prose, paragraphs: &[Paragraph]) -> Option<&'static str> {
    let (mut words, mut english) = (0, 0);
    for paragraph in paragraphs {
        let facts = &paragraph.facts;
        for (token, word) in facts.tokens.iter().zip(&facts.words) {
            if token.kind != TokenKind::Word || word.is_capital() {
                continue;
            }
            words += 1;
            english += usize::from(is_short(word.class));
        }
        let surely = words >= GLANCE && english * 100 >= words * SURELY_ENGLISH;
        if surely || words >= MOST {
            break;
        }
    }
    if words >= FEWEST && english * 100 >= words * OF_ENGLISH {
        return None;
    }
    // Scripts without spaces have few words.
    if is_other_script(prose.text()) {
        return Some(UNKNOWN);
    }
    if words < FEWEST {
        return None;
    }
    let small = small_words(prose, paragraphs);
    match Tongues::get().of(small.iter().map(String::as_str)) {
        Some((name, count)) if count * 100 >= small.len() * OF_ANOTHER && count > 2 * english => {
            Some(name)
        }
        _ if words >= LONG && english * 100 < words * HARDLY_ANY => Some(UNKNOWN),
        _ => None,
    }
}

/// The quotes of a draft in another language, by their marks, and nobody who speaks them.
pub(super) fn analysis(
    prose: Prose,
    paragraphs: Vec<Paragraph>,
    language: &'static str,
) -> Analysis {
    let mut quotes = draft_quotes(&paragraphs);
    let mut attributions = Vec::new();
    for (index, quote) in quotes.iter_mut().enumerate() {
        let facts = &paragraphs[quote.paragraph].facts;
        let outermost = facts
            .quotes
            .get(quote.index)
            .is_some_and(|own| own.parent.is_none());
        if outermost {
            quote.attribution = Some(attributions.len());
            attributions.push(spoken_by_nobody(quote, index));
        }
    }
    Analysis {
        prose,
        paragraphs,
        entities: Vec::new(),
        mentions: Vec::new(),
        quotes,
        attributions,
        foreign: Some(language),
        locked: Vec::new(),
        knowledge: Knowledge::default(),
    }
}

fn spoken_by_nobody(quote: &DraftQuote, index: usize) -> Attribution {
    Attribution {
        range: quote.range,
        paragraph: quote.paragraph,
        kind: SpeechKind::Direct,
        quotes: vec![index],
        speaker: None,
        entity: None,
        cue: None,
        continues: None,
        pattern: None,
        evidence: Evidence {
            link: Link::None,
            source: Standing::Unnamed,
            hand: Hand::First,
        },
        score: 0.0,
    }
}

/// Classes that a list gives, and no ending.
fn is_short(class: Class) -> bool {
    !matches!(
        class,
        Class::Other | Class::Verb | Class::Ing | Class::Adverb | Class::Time
    )
}

/// The words that begin with a small letter, or in a script that has none.
fn small_words(prose: &Prose, paragraphs: &[Paragraph]) -> Vec<String> {
    let words = paragraphs.iter().flat_map(|paragraph| {
        let facts = &paragraph.facts;
        let known = facts.tokens.iter().zip(&facts.words);
        let words = known
            .filter(|(token, word)| token.kind == TokenKind::Word && !word.is_capital())
            .map(|(token, _)| &prose.text()[paragraph.at(token.range)]);
        // "l’eau" is two words.
        words.flat_map(|word| word.split(['\'', '’']))
    });
    let whole = words.filter(|word| !word.is_empty());
    whole.take(MOST).map(str::to_lowercase).collect()
}

/// Most letters are no Latin ones.
fn is_other_script(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(4 * MOST);
    let (mut all, mut other) = (0, 0);
    for letter in letters {
        all += 1;
        other += usize::from(!is_latin(letter));
    }
    all >= FEWEST_LETTERS && other * 100 >= all * OF_ANOTHER_SCRIPT
}

/// Latin letters, with those that stand for sounds and marks.
fn is_latin(letter: char) -> bool {
    matches!(u32::from(letter), 0..=0x2af | 0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xa720..=0xa7ff | 0xfb00..=0xfb06)
}
