//! The card of a quote.

use super::super::markdown::escape;
use super::super::reason::{confidence, count, hand, reason};
use crate::analysis::{Analysis, Attribution, DraftQuote, Link};
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
    if analysis.foreign.is_some() {
        lines.push("- Speakers are found in English drafts only".to_owned());
    }
    if let Some(reason) = reason(analysis, known) {
        lines.push(format!("- How known: {}", escape(&reason)));
        if known.evidence.link != Link::Corrected {
            lines.push(format!("- Confidence: {}", confidence(known)));
        }
    }
    lines.extend(hand(analysis, known).map(|hand| format!("- {}", escape(&capitalised(&hand)))));
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

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}
