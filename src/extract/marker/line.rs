//! A short paragraph as plain words.

use std::borrow::Cow;

use crate::extract::token::{Case, Token, TokenKind};

/// A paragraph's tokens with their texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
}

impl<'a> Line<'a> {
    /// The text of a token; empty behind the end.
    pub(super) fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |t| &self.text[t.range])
    }

    /// The text of a token in lower case, with straight apostrophes.
    pub(super) fn plain(&self, index: usize) -> Cow<'a, str> {
        let word = self.word(index);
        match word
            .bytes()
            .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
        {
            true => Cow::Borrowed(word),
            false if word.is_ascii() => Cow::Owned(word.to_ascii_lowercase()),
            false => Cow::Owned(word.to_lowercase().replace('’', "'")),
        }
    }

    /// The text of a token is this word but for its case and its apostrophes.
    fn is(&self, index: usize, word: &str) -> bool {
        let own = self.word(index);
        // Only a longer word can turn into one of English letters.
        own.eq_ignore_ascii_case(word)
            || own.len() > word.len() && !own.is_ascii() && self.plain(index) == word
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|t| t.kind == TokenKind::Word)
    }

    pub(super) fn is_number(&self, index: usize) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|t| t.kind == TokenKind::Number)
    }

    /// A word with a capital.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.is_word(index)
            && self
                .tokens
                .get(index)
                .is_some_and(|t| matches!(t.case, Case::Capital | Case::Upper | Case::Mixed))
    }

    /// The words from `index` on, compared in lower case.
    pub(super) fn reads(&self, index: usize, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(i, word)| self.is(index + i, word))
    }

    /// A quote mark stands in the line; an arrow typed as » is none.
    pub(super) fn is_quoted(&self) -> bool {
        let marks = self.tokens.iter().filter(|t| t.kind == TokenKind::Mark);
        marks
            .map(|mark| &self.text[mark.range])
            .any(|mark| matches!(mark, "“" | "”" | "\"" | "«" | "„" | "``" | "''"))
    }
}
