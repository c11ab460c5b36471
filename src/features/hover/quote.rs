//! The card of a quote.

use super::super::reason::{count, reason};
use super::markdown::escape;
use crate::analysis::{Analysis, Attribution, DraftQuote, Hand, Link};
use crate::extract::QuoteKind;

/// Speaker, how known and why, through whose hands, and how many words.
pub(super) fn card(analysis: &Analysis, quote: &DraftQuote) -> String {
    let facts = analysis.quote(quote);
    let words = format!("- {}", count(facts.words, "word"));
    let Some(known) = analysis.attribution(quote) else {
        let what = match facts.kind {
            QuoteKind::Title => "The title of a work",
            _ => "Nobody’s words: a term, a name or a mark of distance",
        };
        return [what.to_owned(), String::new(), words].join("\n");
    };
    let mut lines = vec![speaker(analysis, known), String::new()];
    if let Some(reason) = reason(analysis, known) {
        lines.push(format!("- How known: {}", escape(&reason)));
        lines.push(format!("- How sure: {}", certainty(known)));
    }
    lines.extend(hand(analysis, known));
    lines.push(words);
    lines.join("\n")
}

fn speaker(analysis: &Analysis, known: &Attribution) -> String {
    let name = analysis.speaker_name(known).map(escape);
    let unnamed = known
        .entity
        .is_some_and(|entity| !analysis.entity(entity).named);
    match name {
        Some(_) if known.evidence.link == Link::None => "No speaker found".to_owned(),
        Some(name) if unnamed => format!("Speaker: **{name}**, an unnamed source"),
        Some(name) => format!("Speaker: **{name}**"),
        None => "No speaker found".to_owned(),
    }
}

fn hand(analysis: &Analysis, known: &Attribution) -> Option<String> {
    match known.evidence.hand {
        Hand::First => None,
        Hand::Relayed(name) => Some(format!(
            "- Second-hand: reported by {}",
            escape(analysis.text(name))
        )),
        Hand::Hearsay(adverb) => Some(format!("- Hearsay: “{}”", escape(analysis.text(adverb)))),
    }
}

/// The score in words.
fn certainty(known: &Attribution) -> &'static str {
    match known.score {
        score if score >= 0.9 => "sure",
        score if score >= 0.75 => "nearly sure",
        score if score >= 0.55 => "likely",
        _ => "a guess",
    }
}
