//! Quotes that are nobody's words: titles of works, words as words, scare quotes.

use super::super::paragraph::Paragraph;
use crate::extract::{ParagraphFacts, Pattern, QuoteKind, Speech, TokenKind};
use crate::text::Prose;

/// The name of a work.
pub(super) fn is_title(facts: &ParagraphFacts, quote: usize) -> bool {
    facts
        .quotes
        .get(quote)
        .is_some_and(|quote| quote.kind == QuoteKind::Title)
}

/// Whether a quote that no cue takes directly is nobody's: a title, a word discussed as a word, or a fragment in a
/// sentence without any cue.
pub(super) fn is_nobodys(
    prose: &Prose,
    paragraph: &Paragraph,
    index: usize,
    speech: &Speech,
) -> bool {
    let facts = &paragraph.facts;
    let Some(quote) = facts.quotes.get(index) else {
        return true;
    };
    if quote.kind == QuoteKind::Title {
        return true;
    }
    if quote.kind == QuoteKind::Full {
        return false;
    }
    let word = word_before(prose, paragraph, index);
    let as_word = matches!(
        word.as_str(),
        "word"
            | "words"
            | "term"
            | "terms"
            | "phrase"
            | "called"
            | "so-called"
            | "dubbed"
            | "nicknamed"
            | "known"
            | "as"
            | "titled"
            | "entitled"
            | "headlined"
            | "slogan"
            | "motto"
            | "named"
            | "labelled"
            | "labeled"
            | "reading"
    );
    speech.cue.is_none()
        && (as_word
            || speech.source.is_none()
            || quote.kind == QuoteKind::Fragment && speech.pattern == Pattern::Subject)
}

/// Whether a quote is all of its sentence, so that it cannot be a word that the writer marks.
pub(super) fn stands_alone(paragraph: &Paragraph, index: usize) -> bool {
    let facts = &paragraph.facts;
    let Some(quote) = facts.quotes.get(index) else {
        return false;
    };
    let at = facts
        .sentences
        .partition_point(|sentence| sentence.range.end() <= quote.range.start());
    let Some(sentence) = facts.sentences.get(at) else {
        return true;
    };
    facts.tokens[sentence.tokens.clone()]
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
        .all(|token| quote.range.contains_range(token.stem))
}

/// The word before a quote, in lower case.
fn word_before(prose: &Prose, paragraph: &Paragraph, quote: usize) -> String {
    let facts = &paragraph.facts;
    let start = facts.quotes[quote].range.start();
    let at = facts
        .tokens
        .partition_point(|token| token.range.start() < start);
    at.checked_sub(1).map_or_else(String::new, |before| {
        prose.text()[paragraph.at(facts.tokens[before].range)].to_lowercase()
    })
}
