//! `copydesk-dev names eval`: precision, recall and F1 of whole names.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use super::corpus::{self, Draft, Gold, bare};
use crate::analysis::{self, Memo, MentionForm, analyze};
use crate::extract::Label;
use crate::knowledge::Knowledge;
use crate::settings::Settings;
use crate::text::Language;

/// Right names, names found wrongly, names missed.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    fn of<T: Ord>(gold: &BTreeSet<T>, found: &BTreeSet<T>) -> Count {
        let right = gold.intersection(found).count();
        Count {
            right,
            wrong: found.len() - right,
            missed: gold.len() - right,
        }
    }

    /// Precision, recall and F1 in percent.
    fn figures(self) -> (f64, f64, f64) {
        let share = |of: usize| match of {
            0 => 0.0,
            of => 100.0 * self.right as f64 / of as f64,
        };
        let (precision, recall) = (
            share(self.right + self.wrong),
            share(self.right + self.missed),
        );
        let f1 = match precision + recall {
            0.0 => 0.0,
            sum => 2.0 * precision * recall / sum,
        };
        (precision, recall, f1)
    }
}

const LABELS: [(Label, &str); 4] = [
    (Label::Person, "PER"),
    (Label::Organisation, "ORG"),
    (Label::Place, "LOC"),
    (Label::Misc, "MISC"),
];

pub(super) fn run(files: &[PathBuf]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for path in files {
        let mut counts = [Count::default(); 4];
        let mut unlabelled = Count::default();
        for draft in corpus::read(path)? {
            let gold: BTreeSet<Gold> = draft.names.iter().copied().collect();
            let found = names(&draft);
            for ((label, _), count) in LABELS.iter().zip(&mut counts) {
                let of = |names: &BTreeSet<Gold>| -> BTreeSet<Gold> {
                    names
                        .iter()
                        .filter(|name| name.label == *label)
                        .copied()
                        .collect()
                };
                count.add(Count::of(&of(&gold), &of(&found)));
            }
            let spans = |names: &BTreeSet<Gold>| -> BTreeSet<(usize, usize)> {
                names
                    .iter()
                    .filter(|name| name.label != Label::Misc)
                    .map(|name| (name.start, name.end))
                    .collect()
            };
            unlabelled.add(Count::of(&spans(&gold), &spans(&found)));
        }
        let mut micro = Count::default();
        counts[..3].iter().for_each(|count| micro.add(*count));
        write!(out, "{:24}", corpus::name(path))?;
        let (precision, recall, f1) = micro.figures();
        write!(out, "P {precision:4.1} R {recall:4.1} F1 {f1:4.1}")?;
        for ((_, name), count) in LABELS.iter().zip(counts) {
            write!(out, "  {name} {:4.1}", count.figures().2)?;
        }
        writeln!(out, "  spans {:4.1}", unlabelled.figures().2)?;
    }
    Ok(())
}

/// The names of a draft as the product gives them.
pub(super) fn names(draft: &Draft) -> BTreeSet<Gold> {
    let text = draft.text.as_str();
    let analysis = analyze(
        text,
        Language::Plain,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    analysis
        .mentions
        .iter()
        .filter(|mention| !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun))
        .map(|mention| {
            let range = analysis.prose.to_source(mention.range);
            let (start, end) = bare(text, range.start().into(), range.end().into());
            Gold {
                start,
                end,
                label: analysis.label(mention),
            }
        })
        .collect()
}

/// The names of a draft after each pass.
pub(super) fn passes(draft: &Draft) -> Vec<(&'static str, BTreeSet<Gold>)> {
    let text = draft.text.as_str();
    let knowledge = Knowledge::shipped();
    let mut memo = Memo::default();
    let analysis = analyze(
        text,
        Language::Plain,
        &Settings::default(),
        knowledge,
        &mut memo,
    );
    let mut passes: Vec<_> = analysis::passes(&analysis.prose, &analysis.paragraphs, knowledge)
        .into_iter()
        .map(|(pass, found)| {
            let found = found.into_iter().map(|(range, label)| {
                let range = analysis.prose.to_source(range);
                let (start, end) = bare(text, range.start().into(), range.end().into());
                Gold { start, end, label }
            });
            (pass, found.collect())
        })
        .collect();
    // What they mean where they stand.
    passes.push(("context", names(draft)));
    passes
}
