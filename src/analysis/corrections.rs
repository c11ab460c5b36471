//! What a person has decided about a draft: who speaks a quote, which names are one person's and which are two's, which
//! quotes are not to change.
//!
//! Decisions are plain data, found again by the words that they are about, never by a place. One whose words are gone
//! is passed over.

mod people;
mod speakers;
#[cfg(test)]
mod tests;

pub(super) use people::bind;
pub(super) use speakers::correct;

/// The decisions about one draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    /// Who speaks which quote.
    pub speakers: Vec<SpeakerCorrection>,
    /// Pairs of names that are one person's, as [`key`] gives them.
    pub one: Vec<[String; 2]>,
    /// Pairs of names that are two people's, likewise.
    pub two: Vec<[String; 2]>,
    /// Quotes that were checked and are not to change.
    pub locked: Vec<LockedQuote>,
}

/// Who speaks a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerCorrection {
    /// The words of the quote, as [`quote_key`] gives them.
    pub quote: String,
    /// The sentence that it stood in, as [`key`] gives it: it tells quotes of the same words apart.
    pub sentence: String,
    /// The speaker by name; none where they are nobody's words.
    pub speaker: Option<String>,
}

/// A quote that was checked and is not to change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockedQuote {
    /// Its words, as [`quote_key`] gives them.
    pub quote: String,
    /// The speaker by name, where one was known.
    pub speaker: Option<String>,
    /// Who has locked it.
    pub by: Option<String>,
    /// On which day: "2026-11-23".
    pub day: Option<String>,
    /// What it was checked against: "tape 14:02".
    pub note: Option<String>,
}

/// The form of a text in which it is found again after other marks or line breaks: on one line, with straight marks.
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().map(|c| match c {
            '“' | '”' | '„' | '«' | '»' | '‟' => '"',
            '‘' | '’' | '‚' | '‛' | '‹' | '›' => '\'',
            c => c,
        }));
    }
    key
}

/// The same for the words of a quote: without its marks, and without what ends it, which changes with what follows.
pub fn quote_key(text: &str) -> String {
    let is_edge = |c: char| {
        matches!(
            c,
            '"' | '\'' | ',' | '.' | ';' | ':' | '…' | '—' | '–' | ' '
        )
    };
    key(text).trim_matches(is_edge).to_owned()
}
