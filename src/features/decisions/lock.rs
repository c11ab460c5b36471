//! Locking a quote that was checked, so that a change of its words is found.

use text_size::TextSize;

use super::super::Diagnostic;
use super::{Choice, outermost};
use crate::analysis::{Analysis, DraftQuote, Link, LockedQuote, quote_key};
use crate::extract::QuoteKind;
use crate::features::reason::plain;
use crate::newsroom::{Decision, Notes};
use crate::rules::{self, Rule};

/// Words of the shortest quote that is worth a lock.
const SHORTEST: usize = 3;

/// The lock of the quote at a source offset: to put it on, to take it off, and, where its words were changed, to lock the
/// ones that stand there now.
pub(super) fn choices(
    analysis: &Analysis,
    notes: &Notes,
    findings: &[Diagnostic],
    offset: TextSize,
) -> Vec<Choice> {
    let Some(quote) = outermost(analysis, offset) else {
        return Vec::new();
    };
    let content = analysis.content(quote);
    let locked = rules::locks(analysis).into_iter();
    let mut locked = locked.filter(|locked| locked.quote == content);
    let Some(locked) = locked.next() else {
        return lock(analysis, quote)
            .map(|decision| choice("Lock this quote", vec![(decision, false)], None))
            .into_iter()
            .collect();
    };
    let old = analysis.locked.get(locked.lock);
    let Some(old) = old.and_then(|old| decided(notes, old)) else {
        return Vec::new();
    };
    let range = analysis.prose.to_source(content);
    let about = findings
        .iter()
        .position(|finding| is_of_lock(finding.rule) && finding.range == range);
    let off = choice("Unlock this quote", vec![(old.clone(), true)], about);
    let anew = locked.change.and_then(|_| lock(analysis, quote));
    let anew = anew.map(|new| {
        let decisions = vec![(old.clone(), true), (new, false)];
        choice("Lock the words as they are now", decisions, about)
    });
    anew.into_iter().chain([off]).collect()
}

fn choice(title: &str, decisions: Vec<(Decision, bool)>, finding: Option<usize>) -> Choice {
    Choice {
        title: title.to_owned(),
        decisions,
        finding,
    }
}

/// The decision that locks a quote; none for what is no quote of somebody, or too short.
fn lock(analysis: &Analysis, quote: &DraftQuote) -> Option<Decision> {
    let words = quote_key(analysis.text(analysis.content(quote)));
    let is_long = words.split(' ').count() >= SHORTEST;
    if !is_long || analysis.quote(quote).kind == QuoteKind::Title {
        return None;
    }
    let known = analysis.attribution(quote);
    let sure = known.filter(|known| !matches!(known.evidence.link, Link::None | Link::Continued));
    let speaker = sure.and_then(|known| known.entity);
    Some(Decision::LockedQuote {
        quote: words,
        speaker: speaker.map(|id| plain(&analysis.entity(id).name)),
        note: None,
    })
}

/// The decision behind a lock.
fn decided<'n>(notes: &'n Notes, lock: &LockedQuote) -> Option<&'n Decision> {
    notes.decisions().find(
        |decision| matches!(decision, Decision::LockedQuote { quote, .. } if *quote == lock.quote),
    )
}

fn is_of_lock(rule: &Rule) -> bool {
    rule.name == "locked-quote-changed"
}
