//! `copydesk-dev names errors`: wrong names with their context, by what they were taken for.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;

use super::corpus::{self, Gold};
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
}

/// Bytes of context on each side.
const CONTEXT: usize = 50;

pub(super) fn run(options: &Options) -> io::Result<()> {
    let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in &options.measured.files {
        for draft in corpus::read(path)? {
            let found = score::names(&draft);
            let gold: std::collections::BTreeSet<Gold> = draft.names.iter().copied().collect();
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

fn short(label: Label) -> &'static str {
    match label {
        Label::Person => "PER",
        Label::Organisation => "ORG",
        Label::Place => "LOC",
        Label::Misc => "MISC",
    }
}
