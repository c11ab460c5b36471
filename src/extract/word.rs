//! What the lists know about each token: looked up once, since the passes over the draft ask for it at every edit.

use std::borrow::Cow;

use text_size::TextRange;

use super::cue::lower_into;
use super::token::{Case, Token, TokenKind};
use crate::knowledge::fold;
use crate::lexicon::{Class, Grammar, Lexicon, Names, Traits};

/// Words of the longest name of the lists that is looked for.
const LONGEST: usize = 4;

/// Words between a determiner and its noun, the determiner included.
const REACH: usize = 4;

/// What is known about one token without a possessive ending. Marks and numbers have a class as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// What the lists of names know about it, capitals or not.
    pub traits: Traits,
    /// The hash of its folded form; see [`chain`]. [`Word::NO_KEY`] where nothing is left of it.
    pub key: u32,
    /// Its likely class, in small letters and with straight apostrophes.
    pub class: Class,
    /// How many words before it the determiner of its phrase stands ("the new mayor": 2); 0 for none.
    pub determiner: u8,
    signs: u8,
    /// A bit for each count of words of a country or people of the lists that starts here.
    listed: u8,
}

impl Word {
    /// The key of a token of which folding leaves nothing.
    pub const NO_KEY: u32 = 0;

    const CAPITAL: u8 = 1;
    const THE: u8 = 1 << 1;
    const NICKNAMED: u8 = 1 << 2;
    const DETERMINER: u8 = 1 << 3;

    /// It starts with a capital.
    pub fn is_capital(self) -> bool {
        self.signs & Word::CAPITAL != 0
    }

    /// "the", "The" or "THE".
    pub fn is_the(self) -> bool {
        self.signs & Word::THE != 0
    }

    /// A given name with short forms, or one of them.
    pub fn has_nicknames(self) -> bool {
        self.signs & Word::NICKNAMED != 0
    }

    /// A country or a people of the lists stands here, of so many words.
    pub fn is_country(self, words: usize) -> bool {
        (1..=LONGEST).contains(&words) && self.listed & 1 << (words - 1) != 0
    }
}

/// The hash of a folded name, word by word: `chain` over the words of a name is the hash of the name. Two names may
/// share one, so it only tells which names need no look-up.
pub fn chain(hash: u32, key: u32) -> u32 {
    hash.rotate_left(9).wrapping_mul(0x9e37_79b1) ^ key
}

/// The key of a word that is folded already.
pub fn key(folded: &str) -> u32 {
    hash(folded.bytes())
}

/// FNV-1a.
fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    let mut empty = true;
    let hash = bytes.fold(0x811c_9dc5, |hash: u32, byte| {
        empty = false;
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    match empty {
        true => Word::NO_KEY,
        false => hash.max(1),
    }
}

/// The tokens that are words of reports of matches.
pub fn sporting(text: &str, tokens: &[Token]) -> Vec<usize> {
    let all = tokens.iter().enumerate();
    all.filter(|(_, token)| is_sporting(slice(text, token.stem)))
        .map(|(at, _)| at)
        .collect()
}

/// What is known about each token of a paragraph.
pub fn words(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Word> {
    let mut lower = String::new();
    let mut words: Vec<Word> = tokens
        .iter()
        .map(|token| word(slice(text, token.stem), token, lexicon, &mut lower))
        .collect();
    for at in 0..tokens.len() {
        if words[at].is_capital() && tokens[at].kind == TokenKind::Word
            || words[at].traits.any(Traits::PARTICLE)
        {
            words[at].listed = listed(text, &tokens[at..], &lexicon.names);
        }
        words[at].determiner = determiner(tokens, &words, at);
    }
    words
}

fn slice(text: &str, range: TextRange) -> &str {
    text.get(std::ops::Range::from(range)).unwrap_or_default()
}

fn word(text: &str, token: &Token, lexicon: &Lexicon, lower: &mut String) -> Word {
    let mut signs = 0;
    let mut sign = |is: bool, bit: u8| signs |= if is { bit } else { 0 };
    let capital = text.starts_with(char::is_uppercase);
    sign(capital, Word::CAPITAL);
    sign(text.eq_ignore_ascii_case("the"), Word::THE);
    sign(is_determiner(text), Word::DETERMINER);
    let mut known = Word {
        traits: Traits::NONE,
        key: Word::NO_KEY,
        class: class(text, &lexicon.grammar, lower),
        determiner: 0,
        signs,
        listed: 0,
    };
    known.traits = lexicon.names.word(text).traits(false);
    if token.kind == TokenKind::Word {
        known.key = match text.is_ascii() {
            true => hash(
                text.bytes()
                    .filter(|byte| *byte != b'.')
                    .map(|byte| byte.to_ascii_lowercase()),
            ),
            false => key(&fold(text)),
        };
        let plain = text.is_ascii() && !text.contains('.');
        let folded = match plain {
            true => Cow::Borrowed(text),
            false => Cow::Owned(fold(text)),
        };
        if capital && lexicon.names.nicknames(&folded).next().is_some() {
            known.signs |= Word::NICKNAMED;
        }
    }
    known
}

fn class(text: &str, grammar: &Grammar, lower: &mut String) -> Class {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if text.bytes().all(is_lower) {
        return grammar.class(text);
    }
    lower_into(lower, text);
    grammar.class(lower)
}

/// The bits of [`Word::listed`] for the names that start with the first of some tokens.
fn listed(text: &str, tokens: &[Token], names: &Names) -> u8 {
    let mut listed = 0;
    let opens = tokens
        .first()
        .is_some_and(|first| names.word(slice(text, first.stem)).starts_phrases());
    let most = if opens { LONGEST } else { 1 };
    for count in 1..=most.min(tokens.len()) {
        let inside = &tokens[..count];
        let parted = inside.windows(2).any(|pair| {
            let gap = TextRange::new(pair[0].range.end(), pair[1].range.start());
            pair[0].stem != pair[0].range || slice(text, gap) != " "
        });
        if parted {
            break;
        }
        let range = inside[0].stem.cover(inside[count - 1].stem);
        let name = slice(text, range);
        let traits = names.traits(name);
        let country = traits.any(Traits::COUNTRY)
            || traits.any(Traits::DEMONYM) && names.full(name).is_some();
        // "US$10"
        let priced = text[usize::from(range.end())..].starts_with('$');
        if country && !priced {
            listed |= 1 << (count - 1);
        }
    }
    listed
}

/// How many words before a token the determiner of its phrase stands.
fn determiner(tokens: &[Token], words: &[Word], head: usize) -> u8 {
    for at in (head.saturating_sub(REACH)..head).rev() {
        let token = &tokens[at];
        if words[at].signs & Word::DETERMINER != 0 {
            return u8::try_from(head - at).unwrap_or_default();
        }
        // "US" is no "us".
        let class = match token.case {
            Case::Upper => Class::Other,
            _ => words[at].class,
        };
        let part = matches!(token.kind, TokenKind::Word | TokenKind::Number)
            && matches!(class, Class::Other | Class::Ing | Class::Verb)
            && token.stem == token.range;
        if !part {
            return 0;
        }
    }
    0
}

/// "the", "his" and the like, which open the description of one who is known, in any case.
pub fn is_determiner(word: &str) -> bool {
    (2..=5).contains(&word.len())
        && ["the", "his", "her", "their", "my", "our"]
            .iter()
            .any(|own| word.eq_ignore_ascii_case(own))
}

fn is_sporting(word: &str) -> bool {
    matches!(
        word,
        "beat"
            | "scored"
            | "goal"
            | "goals"
            | "striker"
            | "midfielder"
            | "goalkeeper"
            | "defender"
            | "coach"
            | "season"
            | "match"
            | "league"
            | "League"
            | "win"
            | "won"
            | "lost"
            | "penalty"
            | "half-time"
            | "halftime"
            | "captain"
            | "innings"
            | "wickets"
            | "touchdown"
            | "quarterback"
            | "pitcher"
            | "inning"
            | "points"
            | "forward"
            | "substitute"
            | "header"
            | "headed"
            | "equaliser"
            | "tie"
            | "draw"
            | "cup"
            | "playoff"
            | "kick-off"
            | "stoppage"
            | "teammates"
            | "fans"
            | "visitors"
            | "winger"
            | "try"
            | "scrum"
            | "game"
            | "assists"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::extract::token::tokens;

    fn read(text: &str) -> Vec<Word> {
        words(text, &tokens(text), Lexicon::get())
    }

    #[test]
    fn determiners_of_phrases() {
        for (text, expected) in [
            ("the new mayor left", &[0, 1, 2, 3][..]),
            ("Her brother ran", &[0, 1, 2]),
            ("the mayor of US towns", &[0, 1, 2, 0, 0]),
            ("the council’s chairman", &[0, 1, 0]),
            ("A mayor", &[0, 0]),
        ] {
            let found: Vec<u8> = read(text).iter().map(|word| word.determiner).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn names_of_the_lists() {
        let country = |text: &str, count: usize| read(text)[0].is_country(count);
        assert!(country("Turkey said so", 1));
        assert!(country("United States troops", 2));
        assert!(!country("United States troops", 1));
        assert!(!country("United, States", 2));
        assert!(country("US troops", 1));
        assert!(!country("US$10", 1));
        assert!(!country("Turkey", 0) && !country("Turkey", 9));
    }

    proptest! {
        /// The keys of words chain to the hash of the name that they are.
        #[test]
        fn keys_are_those_of_the_folded_name(
            names in proptest::collection::vec(
                proptest::sample::select(vec![
                    "Sinéad", "O’Connor", "U.S.", "Steel", "ÉCOLE", "van", "Łódź", "McKay", "Al-Sisi", "straße",
                ]),
                1..5,
            ),
        ) {
            let text = names.join(" ");
            let found = read(&text);
            prop_assert_eq!(found.len(), names.len());
            let folded = fold(&text).split(' ').map(key).fold(0, chain);
            prop_assert_eq!(found.iter().map(|word| word.key).fold(0, chain), folded);
        }
    }
}
