//! Ways to print findings, and their numbers.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::cli::excerpt::{Excerpts, printable};
use crate::cli::input::Input;
use crate::cli::place::Places;
use crate::cli::schema;
use crate::features::Diagnostic;
use crate::rules::Level;

/// A way to print findings.
pub(super) trait Report {
    /// What comes before all drafts.
    fn start(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One draft.
    fn draft(
        &mut self,
        out: &mut dyn Write,
        input: &Input,
        findings: &[Diagnostic],
    ) -> io::Result<()>;

    /// What comes after all drafts.
    fn end(&mut self, out: &mut dyn Write, tally: &Tally) -> io::Result<()>;
}

/// Findings for people.
pub(super) struct Text {
    excerpts: Excerpts,
}

impl Text {
    pub(super) fn new(coloured: bool) -> Text {
        Text {
            excerpts: Excerpts::new(coloured),
        }
    }
}

impl Report for Text {
    fn draft(
        &mut self,
        out: &mut dyn Write,
        input: &Input,
        findings: &[Diagnostic],
    ) -> io::Result<()> {
        let places = Places::new(&input.text);
        for finding in findings {
            let excerpt = self
                .excerpts
                .draw(&input.name, &input.text, &places, finding);
            writeln!(out, "{excerpt}\n")?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        writeln!(out, "{}", printable(&tally.summary()))
    }
}

/// Findings for programs.
#[derive(Default)]
pub(super) struct Json {
    begun: bool,
}

impl Report for Json {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"schema\":{},\"drafts\":[", schema::VERSION)
    }

    fn draft(
        &mut self,
        out: &mut dyn Write,
        input: &Input,
        findings: &[Diagnostic],
    ) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            out.write_all(b",")?;
        }
        let draft = schema::CheckedDraft::new(&input.name, &input.text, findings);
        Ok(serde_json::to_writer(out, &draft)?)
    }

    fn end(&mut self, out: &mut dyn Write, _tally: &Tally) -> io::Result<()> {
        writeln!(out, "]}}")
    }
}

/// How many findings there are, in how many drafts.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub drafts: usize,
    pub unread: usize,
    /// Findings that somebody has let stand.
    pub stetted: usize,
    /// Findings of the baseline.
    pub known: usize,
    /// In the order of [`Level::ALL`].
    pub levels: [usize; 5],
    /// For each rule its findings and the drafts that have any.
    pub rules: BTreeMap<&'static str, (usize, usize)>,
}

impl Tally {
    /// Counts a draft.
    pub(super) fn count(&mut self, findings: &[Diagnostic]) {
        self.drafts += 1;
        let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in findings {
            *rules.entry(finding.rule.name).or_default() += 1;
            let levels = Level::ALL.iter().zip(&mut self.levels);
            levels
                .filter(|(level, _)| **level == finding.level)
                .for_each(|(_, count)| *count += 1);
        }
        for (rule, count) in rules {
            let (findings, drafts) = self.rules.entry(rule).or_default();
            *findings += count;
            *drafts += 1;
        }
    }

    /// The numbers in a sentence.
    pub(super) fn summary(&self) -> String {
        let parts: Vec<String> = Level::ALL
            .iter()
            .zip(self.levels)
            .filter(|(_, count)| *count > 0)
            .map(|(level, count)| match level {
                Level::Information => format!("{count} information"),
                level => plural(count, level.name()),
            })
            .collect();
        let drafts = plural(self.drafts, "draft");
        let mut summary = match parts.is_empty() {
            true => format!("No findings in {drafts}"),
            false => {
                let findings = plural(self.levels.iter().sum(), "finding");
                format!("{findings} in {drafts}: {}", parts.join(", "))
            }
        };
        let rest = [
            (self.stetted, "let stand"),
            (self.known, "of the baseline"),
            (self.unread, "not read"),
        ];
        for (count, what) in rest.into_iter().filter(|(count, _)| *count > 0) {
            summary.push_str(&format!("; {count} {what}"));
        }
        summary.push('.');
        summary
    }

    /// The numbers of each rule that has found something, the most first.
    pub(super) fn statistics(&self) -> String {
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.sort_by_key(|(_, (findings, _))| std::cmp::Reverse(*findings));
        let mut table = "findings  drafts  rule\n".to_owned();
        for (rule, (findings, drafts)) in rules {
            table.push_str(&format!("{findings:8}  {drafts:6}  {rule}\n"));
        }
        table
    }
}

/// A number with its noun.
pub(super) fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_in_plain_words() {
        let tally = |drafts, unread, levels| {
            let tally = Tally {
                drafts,
                unread,
                levels,
                ..Tally::default()
            };
            tally.summary()
        };
        assert_eq!(tally(1, 0, [0; 5]), "No findings in 1 draft.");
        assert_eq!(tally(0, 1, [0; 5]), "No findings in 0 drafts; 1 not read.");
        assert_eq!(
            tally(2, 0, [0, 6, 1, 1, 0]),
            "8 findings in 2 drafts: 6 warnings, 1 information, 1 hint."
        );
    }

    #[test]
    fn statistics_tell_the_most_frequent_rule_first() {
        let tally = Tally {
            rules: BTreeMap::from([("a", (1, 1)), ("b", (12, 3))]),
            ..Tally::default()
        };
        let told = "findings  drafts  rule\n      12       3  b\n       1       1  a\n";
        assert_eq!(tally.statistics(), told);
    }
}
