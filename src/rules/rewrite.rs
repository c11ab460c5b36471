//! Rewrites that keep every word of a quote: rules offer them as fixes, editors wherever they fit.
//!
//! Ranges are in prose bytes of the draft, as those of all fixes.

use text_size::{TextRange, TextSize};

use super::copy::Copy;
use super::{Edit, Fix};
use crate::analysis::{Analysis, Attribution, DraftQuote, ParagraphKind};
use crate::extract::{Pattern, Quote, QuoteKind, TokenKind};
use crate::settings::Settings;
use crate::text::{Language, Shape};

/// Words behind a speaker and a verb that still belong to them: "on Monday", "in an interview".
const TRAIL: usize = 5;

/// The marks that end sentences inside a quote, before its last one, as tokens of its paragraph.
pub(super) fn stops(copy: &Copy<'_>, quote: &Quote) -> Vec<usize> {
    let until = copy.token_from(quote.content.end());
    (copy.token_from(quote.content.start())..until.saturating_sub(1))
        .filter(|&index| {
            let next = copy.word(index + 1);
            matches!(copy.word(index), "." | "!" | "?")
                && index + 1 < until
                && copy.kind(index + 1) != Some(TokenKind::Mark)
                && !next.starts_with(char::is_lowercase)
        })
        .collect()
}

/// Moves an attribution from the end of a quote behind its first sentence: “One,” she said. “Two. Three.” None where
/// the quote is one sentence, and where more than a speaker and a verb would move.
pub fn behind_first_sentence(analysis: &Analysis, known: &Attribution) -> Option<Fix> {
    let copy = Copy::of(analysis, analysis.paragraphs.get(known.paragraph)?);
    let quote = whole_quote(analysis, known)?;
    let (cue, _) = known
        .cue
        .filter(|_| known.pattern == Some(Pattern::Tagged))?;
    let speaker = known
        .speaker
        .filter(|speaker| speaker.paragraph == known.paragraph)?;
    let stop = copy.token(*stops(&copy, quote).first()?)?.range;
    let next = copy.token(copy.token_from(stop.end()))?.range;
    let starts = copy.sentence(quote.range.start())?.range.start() == quote.range.start();
    let sentence = copy.sentence(cue.start() - copy.start())?;
    let end = copy.token(sentence.tokens.end.checked_sub(1)?)?.range;
    let marks = |range| &copy.text[range];
    let last = TextRange::new(
        quote.content.end().checked_sub(TextSize::of(','))?,
        quote.content.end(),
    );
    if end.start() < quote.range.end() {
        return None;
    }
    let tag = TextRange::new(quote.range.end(), end.start());
    let said = cue.cover(speaker.extent) - copy.start();
    let is_plain = starts
        && end.end() == sentence.range.end()
        && tag.contains_range(said)
        && marks(end) == "."
        && !copy.is_quoted(end.start())
        && !quoted_inside(&copy, tag);
    if !is_plain {
        return None;
    }
    let before = marks(TextRange::new(tag.start(), said.start()));
    let behind = marks(TextRange::new(said.end(), tag.end()));
    if !before.trim().is_empty()
        || behind.contains([',', ';', ':', '—', '–'])
        || behind.split_whitespace().count() > TRAIL
    {
        return None;
    }
    let comma = match marks(stop) {
        "." => ",",
        mark => mark,
    };
    let stop_inside = match copy.text.get(std::ops::Range::<usize>::from(last))? {
        "," => ".",
        mark @ ("?" | "!") => mark,
        _ => return None,
    };
    let opening = marks(TextRange::new(quote.range.start(), quote.content.start()));
    let closing = marks(TextRange::new(quote.content.end(), quote.range.end()));
    let said = marks(tag).trim();
    // “One. Two,” she said. “Three.” becomes “One,” she said. “Two. Three.”
    let (until, join) = match goes_on(&copy, sentence.tokens.end) {
        false => (end.end(), closing),
        true => (carried_on(analysis, known, end.end())? - copy.start(), " "),
    };
    let edit = |range, text: String| Edit {
        range: copy.at(range),
        text,
    };
    Some(Fix {
        title: "Name the speaker behind the first sentence".to_owned(),
        edits: vec![
            edit(
                TextRange::new(stop.start(), next.start()),
                format!("{comma}{closing} {said}. {opening}"),
            ),
            edit(
                TextRange::new(last.start(), until),
                format!("{stop_inside}{join}"),
            ),
        ],
        preferred: true,
    })
}

/// Starts a paragraph at a place of a paragraph of text. None where a blank line parts nothing: between tags, and in a
/// block quote.
pub fn new_paragraph(analysis: &Analysis, paragraph: usize, start: TextSize) -> Option<Fix> {
    let paragraph = analysis.paragraphs.get(paragraph)?;
    let parts = analysis.prose.language() != Language::Html && paragraph.shape == Shape::Text;
    let before = analysis.text(TextRange::new(paragraph.range.start(), start));
    let end = paragraph.range.start() + TextSize::of(before.trim_end());
    parts.then(|| Fix {
        title: "Start a new paragraph".to_owned(),
        edits: vec![Edit {
            range: TextRange::new(end, start),
            text: "\n\n".to_owned(),
        }],
        preferred: true,
    })
}

/// Names the speaker of a quote that is a sentence by itself, with the verb of the settings. None where the quote is
/// only a part of a sentence, or another one follows it in its paragraph.
pub fn name_speaker(
    analysis: &Analysis,
    settings: &Settings,
    known: &Attribution,
    name: &str,
) -> Option<Fix> {
    let copy = Copy::of(analysis, analysis.paragraphs.get(known.paragraph)?);
    let quote = whole_quote(analysis, known)?;
    let sentence = copy.sentence(quote.range.start())?;
    if sentence.range != quote.range || goes_on(&copy, sentence.tokens.end) {
        return None;
    }
    let rule = super::orphan_quote::RULE.name;
    let verb = settings
        .rules
        .get(rule)
        .and_then(|table| table.get("verb")?.as_str());
    attributed(
        &copy,
        quote,
        name,
        verb.unwrap_or(super::orphan_quote::VERB),
    )
}

/// “… conflict.” becomes “… conflict,” Putin said.
pub(super) fn attributed(copy: &Copy<'_>, quote: &Quote, name: &str, verb: &str) -> Option<Fix> {
    if !quote.closes {
        return None;
    }
    let words = copy.text[quote.content].trim_end();
    let end = quote.content.start() + TextSize::of(words);
    let after = &copy.text[usize::from(quote.range.end())..];
    let stop_outside = after.starts_with('.');
    let mut edits = Vec::new();
    let edit = |range, text: &str| Edit {
        range: copy.at(range),
        text: text.to_owned(),
    };
    if words.ends_with("...") || words.ends_with(['?', '!', '…', '—', '–', ',']) {
        // Such an end stands before an attribution as it is.
    } else if words.ends_with('.') {
        let stop = TextRange::new(end - TextSize::of('.'), end);
        edits.push(edit(stop, ","));
    } else if stop_outside || after.trim().is_empty() {
        edits.push(edit(TextRange::empty(end), ","));
    } else {
        return None;
    }
    let stop = if stop_outside { "" } else { "." };
    let speaker = format!(" {name} {verb}{stop}");
    edits.push(edit(TextRange::empty(quote.range.end()), &speaker));
    Some(Fix {
        title: format!("Add “{name} {verb}”"),
        edits,
        preferred: true,
    })
}

/// The only quote of a piece of speech, where it is a whole one of the story's copy with both its marks.
fn whole_quote<'a>(analysis: &'a Analysis, known: &Attribution) -> Option<&'a Quote> {
    let [quote] = known.quotes[..] else {
        return None;
    };
    let quote: &DraftQuote = analysis.quotes.get(quote)?;
    let facts = analysis.quote(quote);
    let is_whole = facts.kind == QuoteKind::Full && facts.certain && facts.opens && facts.closes;
    let is_copy = analysis.paragraphs[quote.paragraph].kind == ParagraphKind::Body;
    (is_whole && is_copy && !quote.running && facts.parent.is_none()).then_some(facts)
}

/// Where the words begin, in prose bytes, of the next quote of a piece of speech, which nobody else is given for.
fn carried_on(analysis: &Analysis, known: &Attribution, end: TextSize) -> Option<TextSize> {
    let next = analysis.quotes.get(known.quotes.first()? + 1..)?.iter();
    let mut next = next.filter(|quote| analysis.quote(quote).parent.is_none());
    let next = next
        .next()
        .filter(|next| next.paragraph == known.paragraph)?;
    let facts = analysis.quote(next);
    let goes_on = analysis.attribution(next)?;
    let is_same = goes_on.entity == known.entity
        && known.entity.is_some()
        && (goes_on.cue.is_none() || goes_on.cue == known.cue);
    let is_whole = facts.kind == QuoteKind::Full && facts.certain && facts.opens && facts.closes;
    let paragraph = &analysis.paragraphs[next.paragraph];
    let between = TextRange::new(end + paragraph.range.start(), next.range.start());
    let adjoins = analysis.text(between).trim().is_empty();
    (is_same && is_whole && adjoins).then(|| paragraph.at(facts.content).start())
}

/// A quote starts at a token: its words would run on from those before.
fn goes_on(copy: &Copy<'_>, token: usize) -> bool {
    let next = copy.token(token);
    next.is_some_and(|next| copy.is_quoted(next.range.start()))
}

fn quoted_inside(copy: &Copy<'_>, range: TextRange) -> bool {
    let mut quotes = copy.facts.quotes.iter();
    quotes.any(|quote| range.contains_range(quote.range))
}
