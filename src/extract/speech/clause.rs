//! A paragraph as the speech stage reads it: each token with its class, and clauses that quotes do not break.

use std::ops::Range;

use text_size::TextRange;

use crate::extract::cue::lower_into;
use crate::extract::token::{Case, TokenKind};
use crate::extract::{ParagraphFacts, Quote, QuoteKind};
use crate::lexicon::Class;

/// Tokens outside quotes after which a sentence is cut, so that reading stays linear in the text: no sentence that a
/// person wrote is as long.
const LONGEST_UNIT: usize = 1000;

/// What a token is for the reader of clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Inside a quote (index into the facts), marks included.
    Quote(usize),
    /// Inside a name or its title (index into the facts' mentions).
    Name(usize),
    /// A cue (index into the facts).
    Cue(usize),
    /// A word outside names, cues and quotes.
    Word(Class),
    /// A number.
    Number,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A semicolon.
    Semicolon,
    /// A spaced or long dash.
    Dash,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A full stop, question mark or exclamation mark.
    Stop,
    /// Any other mark.
    Mark,
}

/// A paragraph's tokens with what each is.
pub(super) struct Clauses<'a> {
    pub text: &'a str,
    pub facts: &'a ParagraphFacts,
    pub kinds: Vec<Kind>,
    lower: Vec<Lower>,
}

/// A lower-case word in few bytes: enough to tell function words apart.
type Lower = [u8; 16];

impl<'a> Clauses<'a> {
    pub fn new(text: &'a str, facts: &'a ParagraphFacts) -> Clauses<'a> {
        let mut lower = Vec::with_capacity(facts.tokens.len());
        let mut word = String::new();
        let tokens = facts.tokens.iter().zip(&facts.words);
        let mut kinds: Vec<Kind> = tokens
            .map(|(token, known)| {
                lower_into(&mut word, &text[token.stem]);
                lower.push(pack(&word));
                kind(token.kind, &text[token.range], token.case, known.class)
            })
            .collect();
        for (index, mention) in facts.mentions.iter().enumerate() {
            paint(&mut kinds, facts, mention.full_range(), Kind::Name(index));
        }
        for (index, cue) in facts.cues.iter().enumerate() {
            for kind in kinds.get_mut(cue.tokens.clone()).into_iter().flatten() {
                *kind = Kind::Cue(index);
            }
        }
        for (index, quote) in facts.quotes.iter().enumerate() {
            if quote.parent.is_some() || !quote.certain || is_in_name(facts, quote) {
                continue;
            }
            let kind = match quote.kind {
                // What has a title is a thing like others.
                QuoteKind::Title => Kind::Word(Class::Other),
                _ => Kind::Quote(index),
            };
            paint(&mut kinds, facts, quote.range, kind);
        }
        Clauses {
            text,
            facts,
            kinds,
            lower,
        }
    }

    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.kinds.get(at).copied()
    }

    pub fn is(&self, at: usize, word: &str) -> bool {
        self.lower.get(at).is_some_and(|lower| *lower == pack(word))
    }

    pub fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// The bytes from the first to the last token of a range, possessive endings of the last one left out.
    pub fn range(&self, tokens: Range<usize>) -> TextRange {
        let tokens = &self.facts.tokens[tokens];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.range.cover(last.stem),
            _ => TextRange::default(),
        }
    }

    /// The index after the last token of the quote in which `at` stands.
    pub fn quote_end(&self, at: usize) -> usize {
        let Some(Kind::Quote(quote)) = self.kind(at) else {
            return at;
        };
        (at..self.kinds.len())
            .find(|&k| self.kinds[k] != Kind::Quote(quote))
            .unwrap_or(self.kinds.len())
    }

    /// The token ends in a possessive 's.
    pub fn is_possessive(&self, at: usize) -> bool {
        self.facts
            .tokens
            .get(at)
            .is_some_and(|token| token.stem != token.range)
    }

    /// A verb that can make a clause finite.
    pub fn is_finite(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::Word(Class::Verb | Class::Auxiliary)) => true,
            Some(Kind::Word(Class::Subject)) => {
                // "he's", "they're" hold their verb.
                self.facts
                    .tokens
                    .get(at)
                    .is_some_and(|token| self.text[token.range].contains(['\'', '’']))
            }
            Some(Kind::Cue(cue)) => {
                use crate::lexicon::Form;
                matches!(
                    self.facts.cues[cue].form,
                    Form::Past | Form::Third | Form::Base
                )
            }
            _ => false,
        }
    }

    /// The token after "PORT HALE, Nov. 3 —", "LONDON (AP) —" or "13.41" at the start of a paragraph: no part of its
    /// sentence.
    fn dateline_end(&self) -> usize {
        if self.opens_with_time() {
            return 1;
        }
        if self
            .facts
            .tokens
            .first()
            .is_none_or(|token| token.case != Case::Upper)
        {
            return 0;
        }
        let dash = self
            .kinds
            .iter()
            .take(12)
            .position(|kind| *kind == Kind::Dash);
        let place = |at: usize| {
            !matches!(self.kinds[at], Kind::Cue(_) | Kind::Quote(_))
                && self
                    .facts
                    .tokens
                    .get(at)
                    .is_some_and(|token| token.case != Case::Lower)
        };
        dash.filter(|dash| (0..*dash).all(place))
            .map_or(0, |dash| dash + 1)
    }

    /// "13.41 The bridge is open": an entry of a live blog.
    fn opens_with_time(&self) -> bool {
        let [first, next, ..] = self.facts.tokens.as_slice() else {
            return false;
        };
        let time = &self.text[first.range];
        let minutes = time.split_once([':', '.']).is_some_and(|(hours, minutes)| {
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            (1..=2).contains(&hours.len()) && minutes.len() == 2 && digits(hours) && digits(minutes)
        });
        let opens = matches!(next.case, Case::Capital | Case::Upper | Case::Mixed)
            || self
                .kinds
                .get(1)
                .is_some_and(|kind| matches!(kind, Kind::Quote(_)));
        first.kind == TokenKind::Number && minutes && opens
    }

    /// Sentences, but that none ends inside a quote, and none is longer than [`LONGEST_UNIT`]: runs of tokens in
    /// reading order.
    pub fn units(&self) -> Vec<Range<usize>> {
        let mut units: Vec<Range<usize>> = Vec::new();
        let mut start = self.dateline_end();
        let mut own = 0;
        let mut ends = self
            .facts
            .sentences
            .iter()
            .map(|sentence| sentence.tokens.end)
            .peekable();
        for at in 0..self.kinds.len() {
            own += usize::from(!matches!(self.kinds[at], Kind::Quote(_)));
            while ends.next_if(|end| *end <= at).is_some() {}
            let inside = matches!(
                (self.kinds[at], self.kind(at + 1)),
                (Kind::Quote(a), Some(Kind::Quote(b))) if a == b
            );
            if at < start {
                continue;
            }
            if !inside && (ends.peek() == Some(&(at + 1)) || own >= LONGEST_UNIT) {
                units.push(start..at + 1);
                start = at + 1;
                own = 0;
            }
        }
        if start < self.kinds.len() {
            units.push(start..self.kinds.len());
        }
        units
    }
}

fn kind(kind: TokenKind, text: &str, case: Case, class: Class) -> Kind {
    match kind {
        TokenKind::Word => match case {
            // A capital inside a sentence that no name took is a noun more often than a verb.
            Case::Upper if text.len() > 1 => Kind::Word(Class::Other),
            _ => Kind::Word(class),
        },
        TokenKind::Number => Kind::Number,
        TokenKind::Address => Kind::Word(Class::Other),
        TokenKind::Symbol => Kind::Mark,
        TokenKind::Mark => match text {
            "," => Kind::Comma,
            ":" => Kind::Colon,
            ";" => Kind::Semicolon,
            "–" | "—" | "--" | "-" | "―" => Kind::Dash,
            "(" | "[" => Kind::Open,
            ")" | "]" => Kind::Close,
            "." | "?" | "!" | "…" | "..." => Kind::Stop,
            _ => Kind::Mark,
        },
    }
}

/// "Marcia “Cia” Price": a nickname between the parts of a name.
fn is_in_name(facts: &ParagraphFacts, quote: &Quote) -> bool {
    let behind = facts
        .mentions
        .partition_point(|mention| mention.range.start() <= quote.range.start());
    let name = behind
        .checked_sub(1)
        .map(|before| facts.mentions[before].range);
    name.is_some_and(|name| name.contains_range(quote.range) && name != quote.range)
}

/// Gives all tokens that start inside a range of bytes one kind. Tokens are in order, so the first is found by bisection.
fn paint(kinds: &mut [Kind], facts: &ParagraphFacts, range: TextRange, kind: Kind) {
    let from = facts
        .tokens
        .partition_point(|token| token.range.start() < range.start());
    for (token, slot) in facts.tokens[from..].iter().zip(&mut kinds[from..]) {
        if token.range.start() >= range.end() {
            break;
        }
        *slot = kind;
    }
}

fn pack(word: &str) -> Lower {
    let mut lower = [0; 16];
    let bytes = word.as_bytes();
    let len = bytes.len().min(16);
    lower[..len].copy_from_slice(&bytes[..len]);
    lower
}
