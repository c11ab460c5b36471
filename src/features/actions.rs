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

#[cfg(test)]
mod tests {
    use super::actions;
    use crate::features::diagnostics;
    use crate::fixture::{analysis_in, apply, cursor};
    use crate::settings::Settings;
    use crate::text::{Language, TextRange};

    /// Applies the first action at the cursor and compares the result; an empty one stands for no action.
    fn check(language: Language, draft: &str, expected: &str) {
        let (source, at) = cursor(draft);
        let settings = Settings::default();
        let findings = diagnostics(&analysis_in(language, &source), &settings);
        let actions = actions(&findings, TextRange::empty(at));
        let actual = actions
            .first()
            .map_or(String::new(), |action| apply(&source, &action.edits));
        assert_eq!(actual, expected, "{actions:?}");
    }

    const BELOW: &str =
        "\n\nRepairs may take years\n\nRepairs are to start in May and will cost $2 million.\n";

    #[test]
    fn a_finding_is_mended_at_both_of_its_ends() {
        let above = "The council voted Monday to close the pier.";
        for line in [
            "<CURSOR>Ferry strike enters second week as talks stall",
            "Ferry strike enters <CURSOR>second week as talks stall",
            "Ferry strike enters second week as talks stall<CURSOR>",
        ] {
            check(
                Language::Plain,
                &format!("{above}\n\n{line}{BELOW}"),
                &format!("{above}{BELOW}"),
            );
        }
    }

    #[test]
    fn edits_are_the_sources() {
        check(
            Language::Markdown,
            "😀 “It is *old*,” **Ann Meyer** told<CURSOR> CNN. last week.\n",
            "😀 “It is *old*,” **Ann Meyer** told CNN last week.\n",
        );
    }

    #[test]
    fn a_place_without_a_finding_has_no_action() {
        check(
            Language::Plain,
            &format!("The pier <CURSOR>is closed.\n\nFerry strike ends{BELOW}"),
            "",
        );
        check(Language::Plain, "<CURSOR>", "");
    }
}
