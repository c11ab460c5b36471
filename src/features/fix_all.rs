//! Mending at one stroke what takes no judgement.

use super::Diagnostic;
use crate::rules::Edit;

/// The rules whose preferred fix is right without a look at it: marks, stops beside them, and what a web page left.
const MECHANICAL: [&str; 4] = [
    "mixed-quote-marks",
    "nested-quote-marks",
    "quote-punctuation",
    "web-residue",
];

/// The edits that mend all findings of mechanical rules, in reading order. Of two fixes that touch each other the
/// first is taken: what the other would do is to be asked again of the mended draft.
pub fn fix_all<'a>(findings: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for finding in findings {
        if !MECHANICAL.contains(&finding.rule.name) {
            continue;
        }
        let Some(fix) = finding.fixes.iter().find(|fix| fix.preferred) else {
            continue;
        };
        let touches = |edit: &Edit| {
            let mut taken = edits.iter();
            taken.any(|other| other.range.intersect(edit.range).is_some())
        };
        if !fix.edits.iter().any(touches) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    edits.sort_by_key(|edit| edit.range.start());
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::diagnostics;
    use crate::fixture::{analysis, apply};
    use crate::rules::Rule;
    use crate::settings::Settings;

    /// Compares a draft with all of it mended once.
    fn check(draft: &str, expected: &str) {
        let findings = diagnostics(&analysis(draft), &Settings::default());
        assert_eq!(apply(draft, &fix_all(&findings)), expected);
    }

    #[test]
    fn mechanical_rules_exist() {
        for name in MECHANICAL {
            assert!(Rule::find(name).is_some(), "{name}");
        }
    }

    #[test]
    fn what_takes_no_judgement_is_mended() {
        check(
            "“It isn’t safe,” Ann Meyer said. “It’s old, and we can't wait for the council’s vote.”\n\nLeave a Reply\n",
            "“It isn’t safe,” Ann Meyer said. “It’s old, and we can’t wait for the council’s vote.”\n",
        );
    }

    #[test]
    fn what_takes_judgement_stays() {
        let draft = "The pier is closed.\n\nFerry strike enters second week\n\nRepairs\n\nThey take long.\n";
        check(draft, draft);
    }
}
