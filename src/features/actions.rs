//! Ways to mend what is found at a place.

use text_size::TextRange;

use super::Diagnostic;
use crate::rules::{Edit, Rule};

/// One way to mend a finding. Ranges are source bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does, in a few words.
    pub title: String,
    /// The one to take where only one is asked for.
    pub preferred: bool,
    /// Its edits in reading order, not overlapping.
    pub edits: Vec<Edit>,
    /// The rule whose finding it mends.
    pub rule: &'static Rule,
    /// The place of that finding.
    pub range: TextRange,
}

/// The ways to mend the findings that a range of source bytes touches, in their order.
pub fn actions(findings: &[Diagnostic], range: TextRange) -> Vec<Action> {
    findings
        .iter()
        .filter(|finding| finding.range.intersect(range).is_some())
        .flat_map(|finding| {
            finding.fixes.iter().map(|fix| Action {
                title: fix.title.clone(),
                preferred: fix.preferred,
                edits: fix.edits.clone(),
                rule: finding.rule,
                range: finding.range,
            })
        })
        .collect()
}
