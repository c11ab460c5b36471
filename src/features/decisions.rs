//! What somebody can decide at a place of the draft, for the ledger.

mod lock;
mod people;
mod speaker;

use text_size::{TextRange, TextSize};

use super::{Diagnostic, stets};
use crate::analysis::{Analysis, DraftQuote};
use crate::newsroom::{Decision, Notes};

/// One thing to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it comes to, in a few words.
    pub title: String,
    /// What is to be noted; true where it is taken back.
    pub decisions: Vec<(Decision, bool)>,
    /// Index of the finding that it ends, if it does.
    pub finding: Option<usize>,
}

/// What can be decided in a range of source bytes: to let findings stand and to take that back, then about the quote and
/// about the name there. `stetted` are the findings that are let stand.
pub fn choices(
    analysis: &Analysis,
    notes: &Notes,
    findings: &[Diagnostic],
    stetted: &[Diagnostic],
    range: TextRange,
) -> Vec<Choice> {
    let mut choices = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        if finding.range.intersect(range).is_some() {
            choices.extend(let_stand(analysis, index, finding));
        }
    }
    let back = stetted
        .iter()
        .filter(|finding| finding.range.intersect(range).is_some());
    for finding in back {
        let decision = stets::stet(analysis, notes, finding).cloned();
        let choice = decision.map(|decision| Choice {
            title: format!("Take the stet back: show {} here", finding.rule.name),
            decisions: vec![(decision, true)],
            finding: None,
        });
        choices.extend(choice.filter(|choice| !choices.contains(choice)));
    }
    choices.extend(speaker::choices(analysis, notes, range.start()));
    choices.extend(lock::choices(analysis, notes, findings, range.start()));
    choices.extend(people::choices(analysis, notes, range.start()));
    choices
}

/// The quote around a source offset that no other holds.
fn outermost(analysis: &Analysis, offset: TextSize) -> Option<&DraftQuote> {
    let place = analysis.prose.from_source(offset)?;
    let behind = analysis
        .quotes
        .partition_point(|quote| quote.range.start() <= place);
    let holds = |quote: &&DraftQuote| quote.range.contains_inclusive(place);
    // Those of one paragraph at most hold one another.
    let paragraph = analysis.paragraph_at(place)?;
    let near = analysis.quotes[..behind].iter().rev();
    near.take_while(|quote| quote.paragraph >= paragraph)
        .filter(holds)
        .max_by_key(|quote| quote.range.len())
}

fn let_stand(analysis: &Analysis, index: usize, finding: &Diagnostic) -> Vec<Choice> {
    let rule = finding.rule.name;
    let choice = |title: String, decision: Decision| Choice {
        title,
        decisions: vec![(decision, false)],
        finding: Some(index),
    };
    let here = stets::here(analysis, finding)
        .map(|decision| choice(format!("Stet: leave this as is ({rule})"), decision));
    let wherever = stets::wherever(analysis, finding).map(|decision| {
        let words = match &decision {
            Decision::StetName { text, .. } => text.trim_matches('"').to_owned(),
            _ => String::new(),
        };
        choice(
            format!("Stet: leave “{words}” in this story ({rule})"),
            decision,
        )
    });
    let story = choice(
        format!("Stet: leave {rule} off in this story"),
        stets::in_story(finding),
    );
    [here, wherever, Some(story)]
        .into_iter()
        .flatten()
        .collect()
}
