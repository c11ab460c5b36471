//! A paragraph's tokens with what the lists know about each.

use crate::extract::sentence::Sentence;
use crate::extract::token::{Case, Token, TokenKind};
use crate::lexicon::{Class, Lexicon, NameWord, Names, Traits};

/// One token and what is known about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    /// The token without a possessive ending.
    pub text: &'t str,
    pub traits: Traits,
    /// Capitalised as names are.
    pub capital: bool,
    /// All capitals, in a paragraph that is not.
    pub upper: bool,
    /// Capitalised anyway, since a sentence or a quote starts here.
    pub starts: bool,
    pub possessive: bool,
    /// A word rather than a mark, a number or an address.
    pub word: bool,
    /// The longest phrase of the lists that starts here: how many words it has, and what it is.
    phrase: Option<(usize, Traits)>,
}

impl Word<'_> {
    pub fn is(&self, traits: Traits) -> bool {
        self.traits.any(traits)
    }

    /// Nothing that the lists know, so most likely a name.
    pub fn unknown(&self) -> bool {
        !self.traits.any(
            Traits::WORD
                .or(Traits::KNOWN)
                .or(Traits::HEAD)
                .or(Traits::COMMON)
                .or(Traits::FUNCTION)
                .or(Traits::TITLE)
                .or(Traits::MODIFIER)
                .or(Traits::ROLES)
                .or(Traits::GROUP),
        )
    }

    /// "J.", "J.K.", "F", "AQ"
    pub fn initial(&self) -> bool {
        if self.upper && self.text.len() == 2 && self.traits == Traits::NONE {
            return true;
        }
        if !self.capital || self.text.len() > 6 {
            return false;
        }
        let mut letters = self.text.split('.').filter(|part| !part.is_empty());
        !matches!(self.text, "I" | "A")
            && letters.all(|part| part.chars().count() == 1)
            && !self.traits.any(Traits::KNOWN)
    }

    /// "Jr.", "III"
    pub fn suffix(&self) -> bool {
        matches!(
            self.text.trim_end_matches('.'),
            "Jr" | "Sr" | "II" | "III" | "IV" | "VI" | "VII" | "VIII" | "XIV" | "XVI"
        )
    }
}

/// A paragraph as the name finder sees it.
pub(super) struct View<'t> {
    pub words: Vec<Word<'t>>,
    /// Nearly every word is capitalised, as in a headline: a capital proves nothing.
    pub headline: bool,
    lexicon: &'t Lexicon,
}

impl<'t> View<'t> {
    pub fn new(
        text: &'t str,
        tokens: &[Token],
        sentences: &[Sentence],
        lexicon: &'t Lexicon,
    ) -> View<'t> {
        let shouted = is_shouted(tokens);
        let mut words: Vec<Word<'t>> = Vec::with_capacity(tokens.len());
        let mut first_words = Vec::new();
        for token in tokens {
            let (word, entry) = word(text, token, shouted, &lexicon.names);
            if word.capital && entry.starts_phrases() {
                first_words.push((words.len(), entry));
            }
            words.push(word);
        }
        for (at, entry) in first_words {
            let next = |i| words.get(at + i).map(|word: &Word<'t>| word.text);
            words[at].phrase = lexicon.names.phrase(entry, next);
        }
        let headline = shouted || is_headline(&words);
        mark_starts(&mut words, sentences);
        View {
            words,
            headline,
            lexicon,
        }
    }

    /// The word at an index; an empty one outside the paragraph.
    pub fn at(&self, index: usize) -> &Word<'t> {
        self.words.get(index).unwrap_or(&NOTHING)
    }

    /// The word before an index; an empty one before the first.
    pub fn before(&self, index: usize) -> &Word<'t> {
        match index {
            0 => &NOTHING,
            _ => self.at(index - 1),
        }
    }

    /// The longest phrase of the lists that starts here: the index behind it, and what it is.
    pub fn phrase(&self, index: usize) -> Option<(usize, Traits)> {
        let (count, traits) = self.at(index).phrase?;
        Some((index + count, traits))
    }

    /// The likely grammatical class of a word.
    pub fn class(&self, index: usize) -> Class {
        let word = self.at(index);
        if word.starts && word.capital {
            return self.lexicon.grammar.class(&word.text.to_lowercase());
        }
        self.lexicon.grammar.class(word.text)
    }

    /// A reporting verb stands here.
    pub fn reports(&self, index: usize) -> bool {
        let word = self.at(index);
        word.word
            && !word.capital
            && !self.lexicon.cues.starting_with(word.text).is_empty()
            && (self.class(index) == Class::Verb
                || word.text.ends_with('d')
                || word.text.ends_with('s'))
    }
}

static NOTHING: Word<'static> = Word {
    text: "",
    traits: Traits::NONE,
    capital: false,
    upper: false,
    starts: false,
    possessive: false,
    word: false,
    phrase: None,
};

fn word<'t>(text: &'t str, token: &Token, shouted: bool, names: &Names) -> (Word<'t>, NameWord) {
    let stem = text
        .get(std::ops::Range::<usize>::from(token.stem))
        .unwrap_or_default();
    if token.kind != TokenKind::Word {
        let mark = Word {
            text: stem,
            ..NOTHING
        };
        return (mark, NameWord::NONE);
    }
    let upper = token.case == Case::Upper;
    let entry = names.word(stem);
    let mut traits = entry.traits(upper && !shouted);
    let capital = match token.case {
        Case::Capital | Case::Upper => {
            !stem.starts_with(|c: char| c.is_ascii_digit())
                && !is_compound_adjective(stem, traits, names)
        }
        Case::Mixed => traits.any(Traits::KNOWN.or(Traits::PERSON)) || is_prefixed(stem),
        Case::Lower | Case::None => false,
    };
    if capital && traits == Traits::NONE {
        traits = match upper && stem.contains('.') {
            // "S.E.C."
            true => names.word(&stem.replace('.', "")).traits(true),
            false => traits_of_parts(stem, names),
        };
    }
    let word = Word {
        text: stem,
        traits,
        capital,
        upper: upper && !shouted && !stem.contains('.'),
        starts: false,
        possessive: token.stem != token.range,
        word: true,
        phrase: None,
    };
    (word, entry)
}

/// "al-Assad", "d'Estaing", "el-Sisi"
fn is_prefixed(word: &str) -> bool {
    [
        "al-", "el-", "bin-", "d'", "d’", "as-", "ar-", "ul-", "l'", "l’", "de-",
    ]
    .iter()
    .any(|prefix| word.starts_with(prefix))
}

/// "U.S.-led", "Russian-backed", "Anti-American": adjectives that hold a name and are none.
fn is_compound_adjective(word: &str, traits: Traits, names: &Names) -> bool {
    let Some((first, last)) = word.rsplit_once('-') else {
        return false;
    };
    if traits.any(Traits::KNOWN.or(Traits::PERSON)) {
        return false;
    }
    // "R-Utah": a party and its seat.
    if first.len() == 1 && names.word(last).traits(false).any(Traits::PLACE) {
        return true;
    }
    let prefix = first.to_ascii_lowercase();
    if matches!(
        prefix.as_str(),
        "anti"
            | "pro"
            | "non"
            | "mid"
            | "post"
            | "pre"
            | "ex"
            | "self"
            | "co"
            | "then"
            | "long"
            | "well"
            | "re"
    ) {
        return true;
    }
    if !last.starts_with(|c: char| c.is_lowercase()) {
        return false;
    }
    let behind = last.ends_with("ed")
        || last.ends_with("ing")
        || matches!(
            last,
            "style"
                | "wide"
                | "era"
                | "like"
                | "run"
                | "born"
                | "made"
                | "only"
                | "based"
                | "led"
                | "held"
                | "area"
        );
    behind
        || names
            .word(first)
            .traits(true)
            .any(Traits::KNOWN.or(Traits::WORD))
}

/// What the parts of "Smith-Jones", "Al-Sisi" or "O'Neill" tell about the whole.
fn traits_of_parts(word: &str, names: &Names) -> Traits {
    let mut traits = Traits::NONE;
    if let Some((first, rest)) = word.split_once(['\'', '’'])
        && matches!(first, "O" | "D" | "d" | "L" | "l" | "M" | "N")
        && rest.starts_with(|c: char| c.is_uppercase())
    {
        traits = Traits::FAMILY;
    }
    if let Some(rest) = word.strip_prefix("Mc").or_else(|| word.strip_prefix("Mac"))
        && rest.starts_with(|c: char| c.is_uppercase())
    {
        traits = Traits::FAMILY;
    }
    let Some((first, rest)) = word.split_once('-') else {
        return traits;
    };
    if is_prefixed(&word.to_lowercase()) && first.len() <= 3 {
        return Traits::FAMILY;
    }
    let first = names.word(first).traits(false);
    let rest = names.word(rest).traits(false);
    if first.any(Traits::GIVEN) && rest.any(Traits::GIVEN) {
        traits = Traits::GIVEN;
    }
    if rest.any(Traits::FAMILY) && first.any(Traits::PERSON) {
        traits = traits.or(Traits::FAMILY);
    }
    traits
}

/// Shorter words tell nothing about capitals: "in" stays small in a headline, "NATO" is large anywhere.
const LONG: usize = 4;

/// Most of the longer words are in capitals.
fn is_shouted(tokens: &[Token]) -> bool {
    let long = tokens
        .iter()
        .filter(|token| token.kind == TokenKind::Word && usize::from(token.stem.len()) > LONG);
    let (count, capitals) = long.fold((0, 0), |(count, capitals), token| {
        (count + 1, capitals + usize::from(token.case == Case::Upper))
    });
    count >= 2 && capitals * 10 >= count * 7
}

/// Most of the longer words are capitalised, without those that would be in any case.
fn is_headline(words: &[Word<'_>]) -> bool {
    let name = Traits::KNOWN
        .or(Traits::PERSON)
        .or(Traits::TITLE)
        .or(Traits::HEAD)
        .or(Traits::COMMON);
    let mut small = 0_usize;
    let mut large = 0_usize;
    for word in words.iter().skip(1).filter(|word| word.text.len() >= LONG) {
        match word.capital {
            true => large += usize::from(word.is(Traits::WORD) && !word.is(name)),
            false => small += usize::from(word.word && !word.is(Traits::FUNCTION)),
        }
    }
    large >= 3 && large * 10 >= (large + small) * 7
}

/// Marks the words that are capitalised for standing first.
fn mark_starts(words: &mut [Word<'_>], sentences: &[Sentence]) {
    for sentence in sentences {
        let inside = words.get_mut(sentence.tokens.clone()).unwrap_or_default();
        if let Some(first) = inside.iter_mut().find(|word| word.word) {
            first.starts = true;
        }
    }
    let mut starts = true;
    let mut quoted = false;
    for word in words {
        if word.word {
            word.starts |= starts;
            starts = false;
        } else if !word.text.is_empty() {
            quoted ^= word.text == "\"";
            starts = match word.text {
                "\"" => quoted || starts,
                "." | "!" | "?" | "…" | "..." | ":" | "“" | "«" | "„" | "‘" | "''" | "``" | "•"
                | "*" => true,
                "(" | "[" | "'" | "’" | "”" | "»" => starts,
                "-" | "–" | "—" | "--" => starts,
                _ => starts && !word.text.starts_with(|c: char| c.is_ascii_digit()),
            };
        }
    }
}
