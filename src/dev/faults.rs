//! `copydesk-dev faults`: plants faults in clean drafts and counts which the rules find, and what they find besides.
//!
//! Each planting is one edit of one draft, made by mechanism: a mark or a role goes, two letters change places. Places
//! are chosen evenly over a draft's candidates, so the same drafts give the same plantings.

mod clean;
mod names;
mod plant;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;

use clap::Args;

use super::{corpus, excerpt};
use crate::analysis::{Memo, analyze};
use crate::features::{self, Diagnostic};
use crate::knowledge::Knowledge;
use crate::settings::Settings;
use crate::text::Language;
use clean::Clean;
use plant::{MECHANISMS, Mechanism};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Drafts: one {"id", "text"} a line, plain or .gz.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How many faults of each kind to plant in a draft at most, each in a copy of its own.
    #[arg(long, default_value_t = 3)]
    each: usize,
    /// Prints the plantings of this rule that were not found, and what it found elsewhere.
    #[arg(long, value_name = "RULE")]
    show: Option<String>,
}

/// Bytes of context on each side of a planting and of a finding.
const CONTEXT: usize = 100;

/// What became of the plantings for one rule.
#[derive(Debug, Default)]
struct Count {
    planted: usize,
    found: usize,
    /// New findings of the rule at other places, in drafts with a fault of its own or of another rule.
    elsewhere: usize,
}

pub(super) fn run(options: &Options) -> io::Result<()> {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut out = io::stdout().lock();
    let mut memo = Memo::default();
    for path in &options.files {
        for draft in corpus::read(path)? {
            let clean = Clean::new(&draft.text, &mut memo);
            for mechanism in MECHANISMS {
                for fault in chosen(mechanism, &clean, options.each) {
                    let outcome = outcome(&clean, mechanism, &fault, &mut memo);
                    let count = counts.entry(mechanism.rule).or_default();
                    count.planted += 1;
                    count.found += usize::from(outcome.found);
                    for finding in &outcome.elsewhere {
                        counts.entry(finding.rule.name).or_default().elsewhere += 1;
                    }
                    let shown = options.show.as_deref();
                    if shown == Some(mechanism.rule) && !outcome.found {
                        let place = excerpt(&fault.text, fault.edit.clone(), CONTEXT);
                        writeln!(out, "{}: missed: {place}", draft.id)?;
                    }
                    let beside = |finding: &&Diagnostic| shown == Some(finding.rule.name);
                    for finding in outcome.elsewhere.iter().filter(beside) {
                        let place = excerpt(&fault.text, finding.range.into(), CONTEXT);
                        writeln!(
                            out,
                            "{}: {} planted, elsewhere: {} {place}",
                            draft.id, mechanism.rule, finding.message
                        )?;
                    }
                }
            }
        }
    }
    table(&counts, &mut out)
}

fn table(counts: &BTreeMap<&str, Count>, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{:<24} planted  found  elsewhere  recall  precision",
        "rule"
    )?;
    let share = |part: usize, whole: usize| match whole {
        0 => "-".to_owned(),
        whole => format!("{:.1}", 100.0 * part as f64 / whole as f64),
    };
    for (rule, count) in counts {
        writeln!(
            out,
            "{rule:<24} {:>7}  {:>5}  {:>9}  {:>6}  {:>9}",
            count.planted,
            count.found,
            count.elsewhere,
            share(count.found, count.planted),
            share(count.found, count.found + count.elsewhere),
        )?;
    }
    let planted: usize = counts.values().map(|count| count.planted).sum();
    writeln!(out, "{planted} faults planted")
}

/// A draft with one fault in it.
#[derive(Debug)]
struct Fault {
    text: String,
    /// What the edit put there, in bytes of the text.
    edit: Range<usize>,
    /// Its paragraph.
    place: Range<usize>,
}

/// Some of the faults that a mechanism can plant, spread over the draft. Paragraphs in which the clean draft has a
/// finding of the rule already are left out: nobody could tell whether the planting was found.
fn chosen(mechanism: &Mechanism, clean: &Clean<'_>, each: usize) -> Vec<Fault> {
    let edits: Vec<_> = (mechanism.edits)(clean)
        .into_iter()
        .filter(|edit| !clean.has_finding(mechanism.rule, &edit.range))
        .collect();
    let step = edits.len().div_ceil(each.max(1)).max(1);
    edits
        .iter()
        .step_by(step)
        .map(|edit| clean.with(edit))
        .collect()
}

struct Outcome {
    found: bool,
    elsewhere: Vec<Diagnostic>,
}

fn outcome(clean: &Clean<'_>, mechanism: &Mechanism, fault: &Fault, memo: &mut Memo) -> Outcome {
    let mut standing = clean.standing();
    let mut outcome = Outcome {
        found: false,
        elsewhere: Vec::new(),
    };
    for finding in findings(&fault.text, memo) {
        let words = &fault.text[Range::from(finding.range)];
        let known = standing.get_mut(&(finding.rule.name, words));
        if let Some(left) = known.filter(|left| **left > 0) {
            *left -= 1;
            continue;
        }
        let here =
            |range: Range<usize>| range.start <= fault.place.end && fault.place.start <= range.end;
        let related = finding.related.iter().map(|related| related.range);
        let at_the_place = here(finding.range.into()) || related.map(Range::from).any(here);
        match finding.rule.name == mechanism.rule && at_the_place {
            true => outcome.found = true,
            false => outcome.elsewhere.push(finding),
        }
    }
    outcome
}

fn findings(text: &str, memo: &mut Memo) -> Vec<Diagnostic> {
    let settings = Settings::default();
    let analysis = analyze(
        text,
        Language::Plain,
        &settings,
        &Knowledge::default(),
        memo,
    );
    features::diagnostics(&analysis, &settings)
}
