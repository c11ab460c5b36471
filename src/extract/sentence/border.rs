//! Does a sentence end at this mark?

use text_size::TextSize;

use crate::extract::quote::Quote;
use crate::extract::token::{Case, Token, TokenKind};
use crate::lexicon::{Abbreviation, Class, Form, Frames, Lexicon};

/// A token that may end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// A full stop.
    Stop,
    /// A question or exclamation mark.
    Cry,
    /// Three points.
    Ellipsis,
    /// A full stop of a script that puts no space behind it.
    Wide,
    /// An abbreviation with its point.
    Abbreviation,
}

/// A paragraph under division.
pub(super) struct Borders<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// Ends of the closing marks of quotes, in order.
    closers: Vec<TextSize>,
}

impl<'a> Borders<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token], quotes: &[Quote]) -> Borders<'a> {
        let mut closers: Vec<_> = quotes
            .iter()
            .filter(|q| q.closes)
            .map(|q| q.range.end())
            .collect();
        closers.sort_unstable();
        Borders {
            text,
            tokens,
            closers,
        }
    }

    /// Where the token at `index` may end a sentence: the index behind the last mark that goes with it, and whether
    /// the sentence that began at `start` does end there.
    pub(super) fn after(&self, start: usize, index: usize) -> Option<(usize, bool)> {
        let end = self.end_kind(index)?;
        let (next, end, quoted) = self.behind_closers(index, end);
        let ends = next < self.tokens.len() && self.ends(start, index, next, end, quoted);
        Some((next, ends))
    }

    fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |t| &self.text[t.range])
    }

    fn end_kind(&self, index: usize) -> Option<End> {
        let token = self.tokens.get(index)?;
        let word = self.word(index);
        match token.kind {
            TokenKind::Mark => match word {
                "." => Some(End::Stop),
                "?" | "!" | "\u{061F}" | "\u{06D4}" | "\u{0964}" | "\u{0965}" => Some(End::Cry),
                "\u{3002}" | "\u{FF01}" | "\u{FF1F}" | "\u{FF0E}" => Some(End::Wide),
                "…" => Some(End::Ellipsis),
                // A full stop and an ellipsis.
                _ if word.starts_with("....") => Some(End::Stop),
                _ if word.starts_with("..") || word.starts_with(". ") => Some(End::Ellipsis),
                _ => None,
            },
            TokenKind::Word | TokenKind::Number if word.ends_with('.') => Some(End::Abbreviation),
            _ => None,
        }
    }

    /// The index behind the marks that belong to the end at `index`: more stops, closing marks and brackets, notes in
    /// square brackets. And what the end is with them, and whether a quote closes among them.
    fn behind_closers(&self, index: usize, end: End) -> (usize, End, bool) {
        let mut end = end;
        let mut next = index + 1;
        let mut quoted = false;
        while let Some(token) = self.tokens.get(next) {
            let word = self.word(next);
            let touches = self.touches(next);
            let mark = token.kind == TokenKind::Mark;
            let quote = self.closers.binary_search(&token.range.end()).is_ok()
                || touches && matches!(word, "”" | "’" | "\"" | "'" | "''" | "»" | "›");
            if mark && quote {
                quoted = true;
            } else if self.is_note(next) {
                next += 2;
            } else if let Some(stop) = self.end_kind(next).filter(|_| mark && touches) {
                // "Jr.." and "in the U.S.?" leave no doubt.
                end = stop;
            } else if !(mark && touches && matches!(word, ")" | "]" | "}")) {
                break;
            }
            next += 1;
        }
        (next, end, quoted)
    }

    /// "[17]"
    fn is_note(&self, index: usize) -> bool {
        self.word(index) == "["
            && self
                .tokens
                .get(index + 1)
                .is_some_and(|t| t.kind == TokenKind::Number)
            && self.word(index + 2) == "]"
    }

    /// No white space stands before the token.
    fn touches(&self, index: usize) -> bool {
        let ends = |i: usize| self.tokens.get(i).map(|t| t.range.end());
        index.checked_sub(1).and_then(ends) == self.tokens.get(index).map(|t| t.range.start())
    }

    fn ends(&self, start: usize, index: usize, next: usize, end: End, quoted: bool) -> bool {
        if end == End::Wide {
            return true;
        }
        if self.touches(next) || end == End::Stop && self.is_list_mark(start, index) {
            return false;
        }
        let Some(first) = self.first_word(next) else {
            return false;
        };
        let token = self.tokens.get(first);
        let lower = token.is_some_and(|t| t.case == Case::Lower && t.kind != TokenKind::Number);
        if lower {
            return false;
        }
        match end {
            End::Abbreviation => {
                let quote_opens = first > next && !matches!(self.word(next), "(" | "[");
                self.abbreviation_ends(index, first, quoted || quote_opens)
            }
            End::Cry if quoted => !self.is_reporting_clause(first),
            // Set off by spaces, the points stand for words left out.
            End::Ellipsis => quoted || self.touches(index) && self.is_function_word(first),
            _ => true,
        }
    }

    /// "1." or "A." at the start of a sentence numbers an item.
    fn is_list_mark(&self, start: usize, index: usize) -> bool {
        index == start + 1
            && self.tokens.get(start).is_some_and(|t| {
                t.kind == TokenKind::Number && t.range.len() <= 3.into()
                    || t.range.len() == 1.into()
            })
    }

    /// The first word of what may be a new sentence, behind its opening marks and brackets; none where the text goes
    /// on with a mark that joins.
    fn first_word(&self, next: usize) -> Option<usize> {
        // No sentence opens more than a bracket and two quotes at once.
        for index in next..next + 4 {
            let token = self.tokens.get(index)?;
            if token.kind != TokenKind::Mark {
                return Some(index);
            }
            match self.word(index) {
                "“" | "‘" | "\"" | "'" | "«" | "‹" | "„" | "‚" | "``" | "''" | "(" | "[" | "”"
                | "»" | "¿" | "¡" => {}
                "•" | "·" => return Some(index),
                word if word.starts_with("..") || word == "…" => {}
                _ => return None,
            }
        }
        None
    }

    fn abbreviation_ends(&self, index: usize, first: usize, opened: bool) -> bool {
        let word = self.word(index);
        let bare = word.trim_end_matches('.');
        let lexicon = Lexicon::get();
        let starter = opened || self.is_function_word(first);
        if matches!(bare.to_ascii_lowercase().as_str(), "a.m" | "p.m") || self.is_clock(bare) {
            return !self.belongs_to_time(first);
        }
        match lexicon.abbreviations.class(bare) {
            Some(Abbreviation::Title | Abbreviation::Number | Abbreviation::Latin) => false,
            Some(Abbreviation::Tail) if bare.eq_ignore_ascii_case("etc") => true,
            Some(_) => starter,
            // An initial, or letters with points: "J.", "U.S."
            None => starter && !self.is_initial(index, bare),
        }
    }

    fn is_clock(&self, bare: &str) -> bool {
        bare.ends_with("a.m") || bare.ends_with("p.m")
    }

    /// "p.m. Monday", "p.m. EST", "p.m. Jan. 5"
    fn belongs_to_time(&self, index: usize) -> bool {
        let Some(token) = self.tokens.get(index) else {
            return false;
        };
        const ZONES: [&str; 6] = [
            "Eastern",
            "Central",
            "Pacific",
            "Mountain",
            "Local",
            "Greenwich",
        ];
        let word = self.word(index);
        token.case == Case::Upper
            || token.kind == TokenKind::Number
            || ZONES.contains(&word)
            || self.class(index) == Class::Time
            || matches!(
                Lexicon::get()
                    .abbreviations
                    .class(word.trim_end_matches('.')),
                Some(Abbreviation::Month | Abbreviation::Doubt)
            )
    }

    /// A single capital behind another name or initial, or before a name.
    fn is_initial(&self, index: usize, bare: &str) -> bool {
        bare.len() == 1
            && index
                .checked_sub(1)
                .and_then(|i| self.tokens.get(i))
                .is_none_or(|t| {
                    matches!(t.case, Case::Capital | Case::Upper) && !self.is_counted(index - 1)
                })
    }

    /// "World War I." and "Plan B." end in a letter that is no initial.
    fn is_counted(&self, index: usize) -> bool {
        matches!(
            self.word(index),
            "War" | "Plan" | "Vitamin" | "Part" | "Phase" | "Group" | "Class" | "Hepatitis"
        )
    }

    fn class(&self, index: usize) -> Class {
        let word = self.word(index).to_lowercase().replace('’', "'");
        Lexicon::get().grammar.class(&word)
    }

    /// A word that starts a sentence but seldom a name: "The", "He", "In".
    fn is_function_word(&self, index: usize) -> bool {
        if self
            .tokens
            .get(index)
            .is_some_and(|t| t.case == Case::Upper)
        {
            return false;
        }
        matches!(
            self.class(index),
            Class::Determiner
                | Class::Possessive
                | Class::Subject
                | Class::That
                | Class::Question
                | Class::Preposition
                | Class::Conjunction
                | Class::Subordinator
                | Class::Auxiliary
                | Class::Negation
                | Class::To
                | Class::Adverb
        )
    }

    /// “Is it over?” Jane Roe asked …: names, then a verb that takes the quote before it.
    fn is_reporting_clause(&self, first: usize) -> bool {
        let names = (first..first + 5)
            .take_while(|&i| {
                self.tokens.get(i).is_some_and(|t| {
                    t.kind == TokenKind::Word && matches!(t.case, Case::Capital | Case::Upper)
                })
            })
            .count();
        if names == 0 || self.is_function_word(first) {
            return false;
        }
        let verb = first + names;
        if !self.reports(verb) {
            return self.is_long_reporting_clause(verb);
        }
        // With something to report of its own, the clause is a new sentence: "Roe said that …", "Roe said: …"
        !matches!(
            self.word(verb + 1),
            "that" | ":" | "he" | "she" | "they" | "it" | "the"
        )
    }

    /// “Is it over?” Roe’s niece, Ann Fell, shouted to the crowd: a noun or an apposition behind the name, then the verb
    /// and nothing that it could report but the quote.
    fn is_long_reporting_clause(&self, behind: usize) -> bool {
        let verb = (behind..behind + 20)
            .take_while(|&at| {
                self.tokens.get(at).is_some_and(|token| {
                    token.kind != TokenKind::Mark
                        || matches!(
                            &self.text[token.range],
                            "," | "(" | ")" | "-" | "\"" | "“" | "”"
                        )
                })
            })
            .find(|&at| {
                let small = self.tokens.get(at).is_some_and(|t| t.case == Case::Lower);
                small && (self.class(at) == Class::Verb || self.reports(at))
            });
        let Some(verb) = verb.filter(|&verb| self.reports(verb)) else {
            return false;
        };
        let last = self.tokens.get(verb - 1);
        let closed = verb <= behind + 2 || last.is_some_and(|token| token.kind == TokenKind::Mark);
        let next = self.class(verb + 1);
        closed
            && (self.word(verb + 1) == "."
                || matches!(next, Class::Preposition | Class::To | Class::Time))
    }

    /// A verb stands at a token that takes the quote before it.
    fn reports(&self, at: usize) -> bool {
        let word = self.word(at).to_lowercase();
        let lexicon = Lexicon::get();
        lexicon.cues.starting_with(&word).iter().any(|pattern| {
            pattern.words.len() == 1
                && matches!(pattern.form, Form::Third | Form::Past)
                && lexicon
                    .cues
                    .entries
                    .get(pattern.entry)
                    .is_some_and(|entry| entry.frames.takes(Frames::QUOTE))
        })
    }
}
