//! Which findings wait until a draft has settled: the new ones of rules that ask for it, while somebody types.

use std::collections::{HashMap, VecDeque};

use crate::features::Diagnostic;

/// How many findings of the last list a changed one is compared with. One edit changes few of them, and they stand
/// in the same order.
const NEAR: usize = 8;

/// What makes a finding the same in another version: its rule and the words that it marks. Its place shifts with every
/// edit, and so does its message, which may name a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sign {
    rule: &'static str,
    /// None where the rule does not ask for a settled draft: those findings need not be known again.
    words: Option<Box<str>>,
}

impl Sign {
    /// The sign of a finding in a source text.
    pub(super) fn new(finding: &Diagnostic, source: &str) -> Sign {
        let range = usize::from(finding.range.start())..usize::from(finding.range.end());
        let words = source.get(range).unwrap_or_default();
        Sign {
            rule: finding.rule.name,
            words: finding.rule.settle.then(|| words.into()),
        }
    }

    /// Whether the words are the other's but for an edit in one place that leaves more than half of them.
    fn resembles(&self, other: &Sign) -> bool {
        let (Some(one), Some(two)) = (&self.words, &other.words) else {
            return false;
        };
        let (one, two) = (one.as_bytes(), two.as_bytes());
        let head = same(one.iter(), two.iter());
        let tail = same(one[head..].iter().rev(), two[head..].iter().rev());
        self.rule == other.rule && 2 * (head + tail) > one.len().max(two.len())
    }
}

/// For each finding, whether it is held back while the draft is being typed. One that was shown last stays, also when
/// the edit is inside its words.
pub(super) fn held_back(findings: &[Sign], shown: &[Sign]) -> Vec<bool> {
    let mut left: HashMap<&Sign, usize> = HashMap::new();
    for sign in shown.iter().filter(|sign| sign.words.is_some()) {
        *left.entry(sign).or_default() += 1;
    }
    let mut held: Vec<bool> = findings
        .iter()
        .map(|sign| sign.words.is_some() && !take(&mut left, sign))
        .collect();
    let mut gone: VecDeque<&Sign> = shown.iter().filter(|sign| take(&mut left, sign)).collect();
    for (sign, held) in findings.iter().zip(&mut held).filter(|(_, held)| **held) {
        let before = gone.iter().take(NEAR).position(|gone| sign.resembles(gone));
        *held = before.and_then(|index| gone.remove(index)).is_none();
    }
    held
}

fn take(left: &mut HashMap<&Sign, usize>, sign: &Sign) -> bool {
    match left.get_mut(sign) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

fn same<'a>(one: impl Iterator<Item = &'a u8>, two: impl Iterator<Item = &'a u8>) -> usize {
    one.zip(two).take_while(|(one, two)| one == two).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Findings by their words; a leading `!` marks a rule that does not settle. Returns those held back.
    fn check(findings: &[&str], shown: &[&str], expected: &[&str]) {
        let sign = |words: &&str| Sign {
            rule: "orphan-quote",
            words: (!words.starts_with('!')).then(|| (*words).into()),
        };
        let signs = |words: &[&str]| words.iter().map(sign).collect::<Vec<_>>();
        let held = held_back(&signs(findings), &signs(shown));
        let held = findings.iter().zip(held).filter(|(_, held)| *held);
        assert_eq!(held.map(|(words, _)| *words).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn new_findings_are_held_back() {
        check(&["“They never do.”"], &[], &["“They never do.”"]);
        check(&["“They", "!x"], &[], &["“They"]);
        check(&["“a”", "“a”"], &["“a”"], &["“a”"]);
        check(
            &["“Nobody asked.”"],
            &["“They never do.”"],
            &["“Nobody asked.”"],
        );
    }

    #[test]
    fn findings_that_were_shown_stay() {
        check(&["“a”", "“b”"], &["“b”", "“a”"], &[]);
        check(&["“a”"], &["“a”", "“a”"], &[]);
        check(&["!x", "!y"], &["!x"], &[]);
        check(&[], &["“a”"], &[]);
    }

    #[test]
    fn a_finding_that_is_edited_stays() {
        check(&["“They never did.”"], &["“They never do.”"], &[]);
        check(&["“They never, ever do.”"], &["“They never do.”"], &[]);
        check(
            &["“They never did.”", "“New”"],
            &["“They never do.”"],
            &["“New”"],
        );
    }

    #[test]
    fn a_finding_stands_for_one_other_only() {
        check(
            &["“They never did.”", "“They never do it.”"],
            &["“They never do.”"],
            &["“They never do it.”"],
        );
    }

    #[test]
    fn findings_of_another_rule_are_no_likeness() {
        let one = |rule| Sign {
            rule,
            words: Some("“They never do.”".into()),
        };
        assert_eq!(held_back(&[one("a")], &[one("b")]), [true]);
    }
}
