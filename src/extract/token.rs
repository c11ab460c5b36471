//! Words, numbers and marks.

use text_size::TextRange;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, with inner apostrophes, hyphens and the points of an abbreviation: "don't", "Al-Sisi", "U.S.", "'em".
    Word,
    /// A number with its separators, signs and ordinals: "20", "1,018", "5.5", "90s", "21st".
    Number,
    /// A punctuation mark; quote marks and brackets are one token each, "..." and "--" one token.
    Mark,
    /// An address of the web or of mail, a hashtag or a user name.
    Address,
    /// Anything else: emoji, currency and other symbols.
    Symbol,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// No letters, or letters of a script without case.
    None,
    /// "word"
    Lower,
    /// "Word", "McKay", "O'Neill", "Al-Sisi", and a single capital letter.
    Capital,
    /// "WORD", "U.S.", "YPG", "G7": two or more letters or a letter and digits, all capitals.
    Upper,
    /// "iPhone", "eBay": lower first, capitals later.
    Mixed,
}

/// One token. A possessive ending ('s, ’s, or a bare apostrophe after s) is inside `range` but not inside `stem`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the paragraph.
    pub range: TextRange,
    /// The token without a possessive ending; equal to `range` for all others.
    pub stem: TextRange,
    /// What it is.
    pub kind: TokenKind,
    /// How it is capitalised.
    pub case: Case,
}

/// Splits a paragraph into tokens, in reading order; white space belongs to none.
pub fn tokens(_text: &str) -> Vec<Token> {
    Vec::new()
}
