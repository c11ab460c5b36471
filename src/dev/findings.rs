//! `copydesk-dev findings`: what the rules say of published copy, for a reader to judge, and the count of the verdicts.
//!
//! Verdicts are kept without the text: a line holds the draft's id, the byte at which the finding starts, the rule and
//! `right` or `wrong`, between tabs. Lines that start with # are notes.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{corpus, excerpt};
use crate::analysis::{Memo, analyze};
use crate::features::{self, Diagnostic};
use crate::knowledge::Knowledge;
use crate::rules::Level;
use crate::settings::Settings;
use crate::text::Language;

#[derive(Debug, Subcommand)]
pub(super) enum Findings {
    /// Prints findings without a verdict, spread evenly over the drafts, each as a line to complete.
    Sample(Sample),
    /// Counts right and wrong findings by rule, and how many words there are to a wrong one.
    Recount(Judged),
}

#[derive(Debug, Args)]
pub(super) struct Judged {
    /// Drafts: one {"id", "text"} a line, plain or .gz.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The verdicts so far.
    #[arg(long, value_name = "TSV")]
    verdicts: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Sample {
    #[command(flatten)]
    judged: Judged,
    /// How many findings at most.
    #[arg(long, default_value_t = 300)]
    count: usize,
}

/// Where a finding stands: the draft's id, the byte, the rule.
type Place = (String, usize, String);

/// Bytes of context on each side of a finding.
const CONTEXT: usize = 160;

impl Findings {
    pub(super) fn run(&self) -> io::Result<()> {
        match self {
            Findings::Sample(sample) => sample.run(),
            Findings::Recount(judged) => judged.recount(),
        }
    }
}

impl Sample {
    fn run(&self) -> io::Result<()> {
        let verdicts = verdicts(&self.judged.verdicts)?;
        let mut lines = Vec::new();
        self.judged.each(|id, text, finding| {
            let place = place(id, finding);
            if !verdicts.contains_key(&place) {
                let (id, at, rule) = place;
                let (level, message) = (finding.level.name(), &finding.message);
                let words = excerpt(text, finding.range.into(), CONTEXT);
                lines.push(format!(
                    "{id}\t{at}\t{rule}\t?\t{level}\t{message}\t{words}"
                ));
            }
        })?;
        let step = lines.len().div_ceil(self.count.max(1)).max(1);
        let mut out = io::stdout().lock();
        for line in lines.iter().step_by(step) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// The verdicts on one rule's findings.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    wrong: usize,
    unjudged: usize,
}

impl Count {
    /// Wrong findings among all, were those without a verdict as often wrong as those with one.
    fn wrong_of_all(self) -> f64 {
        let judged = self.right + self.wrong;
        match judged {
            0 => 0.0,
            _ => self.wrong as f64 * (judged + self.unjudged) as f64 / judged as f64,
        }
    }
}

impl Judged {
    fn recount(&self) -> io::Result<()> {
        let verdicts = verdicts(&self.verdicts)?;
        let mut counts: BTreeMap<(&str, Level), Count> = BTreeMap::new();
        let words = self.each(|id, _, finding| {
            let count = counts
                .entry((finding.rule.name, finding.level))
                .or_default();
            match verdicts.get(&place(id, finding)) {
                Some(true) => count.right += 1,
                Some(false) => count.wrong += 1,
                None => count.unjudged += 1,
            }
        })?;
        let mut out = io::stdout().lock();
        writeln!(out, "{:<24} level        right  wrong  unjudged", "rule")?;
        let (mut warnings, mut all) = (0.0, 0.0);
        for ((rule, level), count) in &counts {
            writeln!(
                out,
                "{rule:<24} {:<11} {:>6} {:>6} {:>9}",
                level.name(),
                count.right,
                count.wrong,
                count.unjudged,
            )?;
            all += count.wrong_of_all();
            if *level >= Level::Warning {
                warnings += count.wrong_of_all();
            }
        }
        writeln!(out, "{words} words")?;
        writeln!(
            out,
            "words to a wrong warning: {:.0}",
            words as f64 / warnings
        )?;
        writeln!(out, "words to a wrong finding: {:.0}", words as f64 / all)
    }

    /// Shows all findings of the default settings to a visitor. Returns the number of words.
    fn each(&self, mut visit: impl FnMut(&str, &str, &Diagnostic)) -> io::Result<usize> {
        let settings = Settings::default();
        let mut words = 0;
        for path in &self.files {
            for draft in corpus::read(path)? {
                words += draft.text.split_whitespace().count();
                let (knowledge, mut memo) = (Knowledge::default(), Memo::default());
                let analysis = analyze(
                    &draft.text,
                    Language::Plain,
                    &settings,
                    &knowledge,
                    &mut memo,
                );
                for finding in features::diagnostics(&analysis, &settings) {
                    visit(&draft.id, &draft.text, &finding);
                }
            }
        }
        Ok(words)
    }
}

fn place(id: &str, finding: &Diagnostic) -> Place {
    let range = Range::<usize>::from(finding.range);
    (id.to_owned(), range.start, finding.rule.name.to_owned())
}

/// Reads verdicts: true for right.
fn verdicts(path: &Path) -> io::Result<HashMap<Place, bool>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| {
            verdict(line).ok_or_else(|| {
                let form = "write id, byte, rule and right or wrong between tabs";
                io::Error::other(format!("{}: line {}: {form}", path.display(), number + 1))
            })
        })
        .collect()
}

fn verdict(line: &str) -> Option<(Place, bool)> {
    let mut fields = line.split('\t');
    let place = (
        fields.next()?.to_owned(),
        fields.next()?.parse().ok()?,
        fields.next()?.to_owned(),
    );
    let right = match fields.next()? {
        "right" => true,
        "wrong" => false,
        _ => return None,
    };
    Some((place, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_lines_of_four_fields() {
        let place = ("a".to_owned(), 12, "orphan-quote".to_owned());
        assert_eq!(verdict("a\t12\torphan-quote\tright"), Some((place, true)));
        assert_eq!(verdict("a\t12\torphan-quote\t?"), None);
        assert_eq!(verdict("a\tx\torphan-quote\twrong"), None);
        assert_eq!(verdict("a"), None);
    }

    #[test]
    fn what_is_not_judged_counts_like_what_is() {
        let count = Count {
            right: 3,
            wrong: 1,
            unjudged: 4,
        };
        assert_eq!(count.wrong_of_all(), 2.0);
        assert_eq!(Count::default().wrong_of_all(), 0.0);
    }
}
