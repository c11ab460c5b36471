//! Quotes that are nobody's words: titles of works, words as words, scare quotes.

use super::super::paragraph::Paragraph;
use crate::extract::{ParagraphFacts, Pattern, QuoteKind, SourceKind, Speech, TokenKind};
use crate::text::Prose;

/// The name of a work.
pub(super) fn is_title(facts: &ParagraphFacts, quote: usize) -> bool {
    facts
        .quotes
        .get(quote)
        .is_some_and(|quote| quote.kind == QuoteKind::Title)
}

/// Words for a word or a name, behind which a quote is one.
const NAMED: &[&str] = &[
    "word",
    "words",
    "term",
    "terms",
    "phrase",
    "called",
    "so-called",
    "dubbed",
    "nicknamed",
    "nickname",
    "known",
    "titled",
    "entitled",
    "headlined",
    "slogan",
    "slogans",
    "motto",
    "named",
    "labelled",
    "labeled",
    "reading",
    "moniker",
    "label",
    "catchphrase",
    "tagline",
    "hashtag",
    "expression",
    "title",
    "headline",
    "sign",
    "signs",
    "banner",
    "banners",
    "adjective",
    "verb",
];

/// Whether a quote that no cue takes directly is nobody's: a title, a word discussed as a word, a name in capitals, or
/// a fragment in a sentence without any cue.
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
    let loose = matches!(speech.pattern, Pattern::Near | Pattern::Subject);
    if loose && (quote.in_capitals || is_sign(prose, paragraph, index)) {
        return true;
    }
    if quote.kind == QuoteKind::Full {
        return false;
    }
    let as_word = is_named(prose, paragraph, index);
    speech.cue.is_none()
        && (as_word
            || speech.source.is_none()
            || quote.kind == QuoteKind::Fragment
                && speech.pattern == Pattern::Subject
                && !is_judgement(prose, paragraph, index, speech))
        || loose && as_word
}

/// "the town’s other bar, the “Anchor”": a word in capitals behind the article is what something is called.
fn is_sign(prose: &Prose, paragraph: &Paragraph, index: usize) -> bool {
    let Some(quote) = paragraph.facts.quotes.get(index) else {
        return false;
    };
    let content = &prose.text()[paragraph.at(quote.content)];
    let capital = content.starts_with(char::is_uppercase);
    let behind = words_before(prose, paragraph, index).next();
    quote.words == 1 && capital && behind.is_some_and(|word| word == "the")
}

/// "Keller hounded Moore as a “con artist”": what a person takes another for is their word, whatever the verb.
fn is_judgement(prose: &Prose, paragraph: &Paragraph, index: usize, speech: &Speech) -> bool {
    let acts = speech
        .source
        .is_some_and(|source| matches!(source.kind, SourceKind::Name(_)));
    let mut before = words_before(prose, paragraph, index)
        .skip_while(|word| is_one_of(word, &["the", "a", "an"]));
    acts && before.next() == Some("as")
}

/// Things with words on them, which say nothing: what a sign reads is nobody's.
const WRITING: &[&str] = &[
    "sign",
    "signs",
    "label",
    "labels",
    "notice",
    "notices",
    "banner",
    "banners",
    "placard",
    "placards",
    "plaque",
    "plaques",
    "hoarding",
    "hat",
    "hats",
    "shirt",
    "shirts",
    "t-shirt",
    "t-shirts",
    "sticker",
    "stickers",
    "card",
    "headline",
    "headlines",
    "inscription",
];

/// Prepositions that hang on a noun: "a sign at the gate".
const BEHIND_NOUN: &[&str] = &[
    "at", "in", "on", "of", "by", "outside", "near", "above", "over", "behind", "with", "from",
];

/// Whether a source is a thing with words on it. A board is none: it speaks where it is a body.
pub(super) fn is_writing(source: &str) -> bool {
    let head = source
        .split_whitespace()
        .take_while(|word| !is_one_of(word, BEHIND_NOUN))
        .last();
    head.is_some_and(|head| is_one_of(head, WRITING))
}

/// "(LAUGHTER)": what a transcript tells of the room.
pub(super) fn is_stage_direction(prose: &Prose, paragraph: &Paragraph, index: usize) -> bool {
    let quote = paragraph.facts.quotes.get(index);
    let content = quote.map_or("", |quote| &prose.text()[paragraph.at(quote.content)]);
    let content = content.trim_end_matches(['.', ',', ' ']);
    content.starts_with(['(', '[']) && content.ends_with([')', ']'])
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

/// Words between "known" and "as", and "known" itself: "known to her friends as".
const KNOWN_AS: usize = 6;

/// Whether a word for words or names stands before the quote: "the slogan “…”", "known as the “…”".
fn is_named(prose: &Prose, paragraph: &Paragraph, quote: usize) -> bool {
    let mut before = words_before(prose, paragraph, quote)
        .skip_while(|word| is_one_of(word, &["the", "a", "an"]));
    match before.next() {
        // Whoever attacks a rival as a “con man” says so; what is known as the “Buffer rule” is called so by all.
        Some(word) if word.eq_ignore_ascii_case("as") => before
            .take(KNOWN_AS)
            .any(|word| is_one_of(word, &["known", "knew", "knows", "know"])),
        Some(word) => is_one_of(word, NAMED),
        None => false,
    }
}

/// The words and marks before a quote, the nearest first.
fn words_before<'a>(
    prose: &'a Prose,
    paragraph: &'a Paragraph,
    quote: usize,
) -> impl Iterator<Item = &'a str> {
    let facts = &paragraph.facts;
    let start = facts.quotes[quote].range.start();
    let at = facts
        .tokens
        .partition_point(|token| token.range.start() < start);
    facts.tokens[..at]
        .iter()
        .rev()
        .map(|token| &prose.text()[paragraph.at(token.range)])
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|other| word.eq_ignore_ascii_case(other))
}
