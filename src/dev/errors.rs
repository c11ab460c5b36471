//! `copydesk-dev names errors`: wrong names with their context, by what they were taken for.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use clap::Args;

use super::corpus::{self, Draft, Gold};
use super::score;
use super::{Measured, excerpt};
use crate::extract::Label;

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    pub measured: Measured,
    /// How many examples of each confusion to print.
    #[arg(long, default_value_t = 10)]
    examples: usize,
    /// Print instead what each pass over the whole draft puts right and wrong.
    #[arg(long)]
    passes: bool,
}

/// Bytes of context on each side.
const CONTEXT: usize = 50;

/// Examples of each kind of change or confusion.
type Classes = BTreeMap<String, Vec<String>>;

pub(super) fn run(options: &Options) -> io::Result<()> {
    let mut classes = Classes::new();
    for path in &options.measured.files {
        for draft in corpus::read(path)? {
            if options.passes {
                changes(&draft, &mut classes);
                continue;
            }
            let found = score::names(&draft);
            let gold: BTreeSet<Gold> = draft.names.iter().copied().collect();
            let overlaps = |a: &Gold, b: &Gold| a.start < b.end && b.start < a.end;
            for name in gold.symmetric_difference(&found) {
                let marked = gold.contains(name);
                let others = if marked { &found } else { &gold };
                let other = others.iter().find(|other| overlaps(name, other));
                let class = match other {
                    // Told of where the mark is.
                    Some(_) if !marked => continue,
                    Some(other) if (other.start, other.end) == (name.start, name.end) => {
                        format!("{} taken for {}", short(name.label), short(other.label))
                    }
                    Some(other) if other.label == name.label => {
                        format!("{} with other bounds", short(name.label))
                    }
                    Some(other) => format!(
                        "{} taken for {}, with other bounds",
                        short(name.label),
                        short(other.label)
                    ),
                    None if marked => format!("{} missed", short(name.label)),
                    None => format!("{} where none is marked", short(name.label)),
                };
                let place = excerpt(&draft.text, name.start..name.end, CONTEXT);
                let detail = match other {
                    Some(other) => {
                        let taken = draft.text.get(other.start..other.end).unwrap_or_default();
                        format!("{place}   <{taken}>")
                    }
                    None => place,
                };
                classes
                    .entry(class)
                    .or_default()
                    .push(format!("{}: {detail}", draft.id));
            }
        }
    }
    let mut classes: Vec<_> = classes.into_iter().collect();
    classes.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
    let mut out = io::stdout().lock();
    for (class, places) in classes {
        writeln!(out, "{} {class}", places.len())?;
        let step = places.len().div_ceil(options.examples.max(1)).max(1);
        for place in places.iter().step_by(step) {
            writeln!(out, "    {place}")?;
        }
    }
    Ok(())
}

/// Files what each pass adds and takes away, each rightly or wrongly.
fn changes(draft: &Draft, classes: &mut Classes) {
    let gold: BTreeSet<Gold> = draft.names.iter().copied().collect();
    let mut before: Option<BTreeSet<Gold>> = None;
    for (pass, found) in score::passes(draft) {
        if let Some(before) = &before {
            for name in before.symmetric_difference(&found) {
                if name.label == Label::Misc {
                    continue;
                }
                let added = found.contains(name);
                let right = if gold.contains(name) == added {
                    "rightly"
                } else {
                    "wrongly"
                };
                let verb = if added { "adds" } else { "drops" };
                let (from, to) = if added {
                    (before, &found)
                } else {
                    (&found, before)
                };
                let other = from
                    .difference(to)
                    .find(|other| other.start < name.end && name.start < other.end);
                let beside = other.map_or("none", |other| short(other.label));
                let class = format!("{pass} {right} {verb} {} for {beside}", short(name.label));
                let place = excerpt(&draft.text, name.start..name.end, CONTEXT);
                classes
                    .entry(class)
                    .or_default()
                    .push(format!("{}: {place}", draft.id));
            }
        }
        before = Some(found);
    }
}

fn short(label: Label) -> &'static str {
    match label {
        Label::Person => "PER",
        Label::Organisation => "ORG",
        Label::Place => "LOC",
        Label::Misc => "MISC",
    }
}
