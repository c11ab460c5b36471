//! Full, partial, fragment or title: what a quote is by its words.

use super::QuoteKind;
use crate::extract::token::{Case, Token, TokenKind};
use crate::lexicon::{Lexicon, Traits};

/// Words that a title leaves in lower case.
const MINOR: [&str; 30] = [
    "a", "an", "the", "and", "but", "or", "nor", "for", "of", "in", "on", "at", "to", "by", "with",
    "from", "as", "vs", "vs.", "v.", "into", "over", "per", "via", "de", "la", "le", "is", "no",
    "so",
];
/// Words that start a clause inside another: the next verb is theirs.
const SUBORDINATE: [&str; 15] = [
    "that", "which", "who", "whose", "whom", "if", "because", "when", "while", "although",
    "though", "unless", "until", "whether", "where",
];

/// A quote's place among its paragraph's tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inside<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// Index of the first token of the quote, its mark if it has one.
    pub(super) first: usize,
    /// Indices of the first token inside the marks and the first behind what is inside.
    pub(super) from: usize,
    pub(super) until: usize,
    /// Index of the first token behind the quote.
    pub(super) next: usize,
    /// Words inside the marks.
    pub(super) words: usize,
    pub(super) opens: bool,
    pub(super) closes: bool,
    /// The quote before is a title, and only a comma or a conjunction stands between.
    pub(super) after_title: bool,
}

impl Inside<'_> {
    /// The kind, for a quote that stands in no other.
    pub(super) fn kind(&self) -> QuoteKind {
        if self.is_title() {
            return QuoteKind::Title;
        }
        let clause = || self.words >= 6 && (self.has_finite_verb() || self.has_border());
        if self.starts_with_capital() && self.ends_with_stop() || clause() {
            return QuoteKind::Full;
        }
        if self.words > 2 {
            QuoteKind::Partial
        } else {
            QuoteKind::Fragment
        }
    }

    fn content(&self) -> &[Token] {
        self.tokens.get(self.from..self.until).unwrap_or_default()
    }

    fn text(&self, token: &Token) -> &str {
        &self.text[token.range]
    }

    fn starts_with_capital(&self) -> bool {
        // "20 people died," and a script without case start as a sentence does; "… we go" does not.
        let first = self
            .content()
            .iter()
            .find(|t| t.kind != TokenKind::Mark || matches!(self.text(t), "…" | "..." | ". . ."));
        first.is_some_and(|t| match t.kind {
            TokenKind::Word => matches!(t.case, Case::Capital | Case::Upper | Case::None),
            TokenKind::Number | TokenKind::Address => true,
            TokenKind::Mark | TokenKind::Symbol => false,
        })
    }

    fn ends_with_stop(&self) -> bool {
        if !self.closes {
            return true;
        }
        let last = self.content().iter().rfind(|t| {
            !matches!(
                self.text(t),
                "’" | "”" | "'" | "\"" | "''" | "»" | "›" | ")" | "]"
            )
        });
        last.is_some_and(|t| match t.kind {
            TokenKind::Mark => {
                matches!(
                    self.text(t),
                    "," | "." | "?" | "!" | "…" | "—" | "–" | "--" | "..." | "...."
                ) || self.text(t).starts_with(". ")
            }
            TokenKind::Word => self.text(t).ends_with('.'),
            _ => false,
        })
    }

    /// A sentence ends inside and another starts.
    fn has_border(&self) -> bool {
        self.content().windows(2).any(|pair| match pair {
            [stop, next] => {
                matches!(self.text(stop), "." | "?" | "!" | "…" | "...")
                    && matches!(next.case, Case::Capital | Case::Upper)
            }
            _ => false,
        })
    }

    fn has_finite_verb(&self) -> bool {
        let mut owed = 0_usize;
        let mut previous: Option<&Token> = None;
        for token in self.content().iter().filter(|t| t.kind == TokenKind::Word) {
            let word = self.text(token);
            if previous.is_some() && is_one_of(word, &SUBORDINATE) {
                owed += 1;
            } else if self.is_finite(token, previous) {
                if owed == 0 {
                    return true;
                }
                owed -= 1;
            }
            previous = Some(token);
        }
        false
    }

    fn is_finite(&self, token: &Token, previous: Option<&Token>) -> bool {
        let word = self.text(token);
        if previous.is_some_and(|p| self.text(p).eq_ignore_ascii_case("to")) {
            return false;
        }
        let contracted = [
            "n't", "n’t", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m",
        ];
        if contracted.iter().any(|ending| word.ends_with(ending))
            || Lexicon::get().finite.contains(word)
        {
            return true;
        }
        let stem = &self.text[token.stem];
        if stem.len() < word.len() {
            // "it’s", "that’s"; with a noun the ending is a possessive.
            return is_one_of(
                stem,
                &["it", "that", "he", "she", "there", "what", "who", "here"],
            );
        }
        let Some(previous) = previous.filter(|_| token.case == Case::Lower) else {
            return false;
        };
        let after = self.text(previous);
        if is_one_of(after, &["i", "we", "they", "he", "she"]) {
            return !is_one_of(word, &MINOR) && !word.ends_with("ing") && !word.ends_with("ly");
        }
        matches!(previous.case, Case::Capital | Case::Upper)
            && previous.stem == previous.range
            && !is_one_of(after, &MINOR)
            && (word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss"))
    }

    fn is_title(&self) -> bool {
        if !self.opens || !self.closes || !self.is_title_case() {
            return false;
        }
        self.after_title
            || self.follows_work()
            || self.precedes_work()
            || self.follows_outlet()
            || self.is_on_programme()
    }

    fn is_title_case(&self) -> bool {
        let number = self.content().iter().any(|t| t.kind == TokenKind::Number);
        self.capitals()
            .is_some_and(|capitals| capitals > 0 || number && self.words == 1)
    }

    /// How many words are capitalised; none where a word is small that a title would not leave small.
    pub(super) fn capitals(&self) -> Option<usize> {
        let mut capitals = 0;
        let words = self.content().iter().filter(|t| t.kind == TokenKind::Word);
        for (index, token) in words.enumerate() {
            match token.case {
                Case::Lower if index == 0 || !is_one_of(self.text(token), &MINOR) => return None,
                Case::Lower | Case::None => {}
                Case::Capital | Case::Upper | Case::Mixed => capitals += 1,
            }
        }
        Some(capitals)
    }

    /// "CNN’s “State of the Union”": what an outlet owns and capitals name is a programme.
    fn follows_outlet(&self) -> bool {
        let Some(last) = self.first.checked_sub(1) else {
            return false;
        };
        let owner = self.tokens[last];
        if owner.stem == owner.range {
            return false;
        }
        // "Fox News’s", "The New York Times’"
        (last.saturating_sub(3)..=last).any(|from| {
            let name = self.tokens[from].stem.cover(owner.stem);
            Lexicon::get()
                .names
                .traits(&self.text[name])
                .any(Traits::OUTLET)
        })
    }

    /// "On “Face the Nation,” Roe said …": nobody speaks in capitals behind a preposition.
    fn is_on_programme(&self) -> bool {
        let before = self.first.checked_sub(1).map(|at| self.tokens[at]);
        let named = |at: usize| {
            self.content()
                .get(at)
                .is_some_and(|token| self.text(token).eq_ignore_ascii_case("the"))
        };
        before.is_some_and(|token| {
            is_one_of(self.text(&token), &["on", "in", "of", "from", "for", "by"])
        }) && (self.words > 2 || self.words == 2 && named(0))
    }

    /// "the film “…”", "her book, “…”", "an article titled “…”", "a song by Roe called “…”"
    fn follows_work(&self) -> bool {
        let lexicon = Lexicon::get();
        let behind = self
            .tokens
            .get(self.first.saturating_sub(8)..self.first)
            .unwrap_or_default();
        let mut words = behind.iter().rev().peekable();
        let comma = words.next_if(|t| self.text(t) == ",").is_some();
        let Some(last) = words.next().map(|t| self.text(t)) else {
            return false;
        };
        if is_one_of(
            last,
            &["titled", "entitled", "headlined", "subtitled", "retitled"],
        ) {
            return true;
        }
        if is_one_of(last, &["sang", "sings", "sing", "sung"]) {
            return self.words > 1;
        }
        if is_one_of(last, &["called", "named", "dubbed"]) {
            return words
                .take_while(|t| t.kind != TokenKind::Mark)
                .any(|t| lexicon.works.contains(self.text(t)));
        }
        // "He liked the song, “Nonsense,” he said" is rarer than "in her song, “Nonsense,”".
        // A number alone is no speech: "in her documentary, “13th,”".
        let number = self
            .content()
            .iter()
            .any(|token| token.kind == TokenKind::Number);
        lexicon.works.contains(last)
            && (!comma || self.words > 1 || number || !self.ends_with_stop())
    }

    /// "the “…” film", "“…” star Jane Roe"
    fn precedes_work(&self) -> bool {
        if self.ends_with_stop() {
            return false;
        }
        let lexicon = Lexicon::get();
        self.tokens
            .get(self.next)
            .map(|t| &self.text[t.stem])
            .is_some_and(|word| lexicon.works.contains(word) || lexicon.work_users.contains(word))
    }
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}
