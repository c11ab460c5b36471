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
        lines.push(format!("- Confidence: {}", confidence(known)));
    }
    lines.extend(hand(analysis, known));
    lines.push(words);
    lines.join("\n")
}

fn speaker(analysis: &Analysis, known: &Attribution) -> String {
    let name = analysis.speaker_name(known).map(escape);
    let entity = known.entity.map(|entity| analysis.entity(entity));
    match (name, entity) {
        _ if known.evidence.link == Link::None => "No speaker found".to_owned(),
        (None, _) => "No speaker found".to_owned(),
        (Some(name), None) => format!("Speaker: “{name}”, and nobody is known whom it means"),
        (Some(name), Some(entity)) if entity.named => format!("Speaker: **{name}**"),
        (Some(name), Some(_)) => format!("Speaker: **{name}**, an unnamed source"),
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
fn confidence(known: &Attribution) -> &'static str {
    match known.score {
        score if score >= 0.8 => "high",
        score if score >= 0.55 => "medium",
        _ => "low",
    }
}
