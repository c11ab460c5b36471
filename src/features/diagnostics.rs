//! Findings as a person sees them: at their places in the source.

use text_size::TextRange;

use crate::analysis::Analysis;
use crate::rules::{self, Edit, Finding, Fix, Level, Related, Rule};
use crate::settings::Settings;

/// A finding in the source. All ranges, those of related places and edits too, are source bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Where it stands.
    pub range: TextRange,
    /// How much it matters.
    pub level: Level,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
}

/// All findings of a draft, in reading order.
pub fn diagnostics(analysis: &Analysis, settings: &Settings) -> Vec<Diagnostic> {
    rules::check(analysis, settings)
        .into_iter()
        .map(|finding| to_source(analysis, finding))
        .collect()
}

fn to_source(analysis: &Analysis, finding: Finding) -> Diagnostic {
    let source = |range| analysis.prose.to_source(range);
    Diagnostic {
        rule: finding.rule,
        range: source(finding.range),
        level: finding.level,
        message: finding.message,
        related: finding
            .related
            .into_iter()
            .map(|related| Related {
                range: source(related.range),
                ..related
            })
            .collect(),
        fixes: finding
            .fixes
            .into_iter()
            .map(|fix| Fix {
                edits: fix
                    .edits
                    .into_iter()
                    .map(|edit| Edit {
                        range: source(edit.range),
                        ..edit
                    })
                    .collect(),
                ..fix
            })
            .collect(),
    }
}
