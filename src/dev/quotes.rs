//! `copydesk-dev quotes`: what is wrong in quotes and their speakers, by class, and how far the scores can be trusted.

mod corpus;
mod matched;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::excerpt;
use corpus::Draft;
use matched::{Found, Pair};

#[derive(Debug, Subcommand)]
pub(super) enum Quotes {
    /// Prints wrong, missed and wrongly claimed speech with its context, the most frequent class first.
    Errors(Options),
    /// Prints how often speech of each score has the right speaker.
    Reliability(Files),
}

#[derive(Debug, Args)]
pub(super) struct Files {
    /// Corpora: one {"id", "text", "quotes"} a line, plain or .gz.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    files: Files,
    /// How many examples of each class to print.
    #[arg(long, default_value_t = 10)]
    examples: usize,
    /// Only classes whose name has these words.
    #[arg(long, value_name = "WORDS")]
    class: Option<String>,
}

impl Quotes {
    pub(super) fn run(&self) -> io::Result<()> {
        match self {
            Quotes::Errors(options) => errors(options),
            Quotes::Reliability(files) => reliability(files),
        }
    }
}

fn errors(options: &Options) -> io::Result<()> {
    let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for draft in options.files.drafts()? {
        for pair in matched::pairs(&draft) {
            let Some(class) = pair.fault() else { continue };
            classes
                .entry(class)
                .or_default()
                .push(format!("{}: {}", draft.id, pair.shown(&draft)));
        }
    }
    let mut classes: Vec<_> = classes.into_iter().collect();
    classes.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
    let wanted = |class: &str| {
        let words = options.class.as_deref();
        words.is_none_or(|words| class.contains(words))
    };
    let mut out = io::stdout().lock();
    for (class, places) in classes.iter().filter(|(class, _)| wanted(class)) {
        writeln!(out, "{} {class}", places.len())?;
        let step = places.len().div_ceil(options.examples.max(1)).max(1);
        for place in places.iter().step_by(step) {
            writeln!(out, "    {place}")?;
        }
    }
    Ok(())
}

/// Steps of the printed curve.
const STEPS: usize = 20;

fn reliability(files: &Files) -> io::Result<()> {
    let mut steps = [(0_usize, 0_usize); STEPS];
    for draft in files.drafts()? {
        for pair in matched::pairs(&draft) {
            let Some((score, right)) = pair.outcome() else {
                continue;
            };
            let step = ((score * STEPS as f32) as usize).min(STEPS - 1);
            steps[step].0 += 1;
            steps[step].1 += usize::from(right);
        }
    }
    let mut out = io::stdout().lock();
    writeln!(out, "score         pieces  right")?;
    for (step, (count, right)) in steps
        .iter()
        .enumerate()
        .filter(|(_, (count, _))| *count > 0)
    {
        let from = step as f64 / STEPS as f64;
        let share = 100.0 * *right as f64 / *count as f64;
        writeln!(
            out,
            "{from:.2} to {:.2}  {count:>6}  {share:>4.1}%",
            from + 1.0 / STEPS as f64
        )?;
    }
    Ok(())
}

impl Files {
    fn drafts(&self) -> io::Result<Vec<Draft>> {
        let mut drafts = Vec::new();
        for path in &self.files {
            drafts.extend(corpus::read(path)?);
        }
        Ok(drafts)
    }
}

/// Bytes of context on each side of a piece of speech.
const CONTEXT: usize = 160;

impl Pair {
    /// The class of the error, if there is one.
    fn fault(&self) -> Option<String> {
        match (&self.gold, &self.found) {
            (Some(gold), Some(found)) => {
                (!self.right()).then(|| format!("{}: wrong speaker ({})", gold.kind, found.way))
            }
            (Some(gold), None) => {
                let how = if self.touched {
                    "other bounds"
                } else {
                    "missed"
                };
                Some(format!("{}: {how}", gold.kind))
            }
            (None, Some(found)) => {
                (!self.touched).then(|| format!("{}: nobody's ({})", found.kind, found.way))
            }
            (None, None) => None,
        }
    }

    /// The score of a piece that was found, and whether it and its speaker are right. None where the marks by hand only
    /// have other bounds, or name no speaker.
    fn outcome(&self) -> Option<(f32, bool)> {
        let found = self.found.as_ref()?;
        match &self.gold {
            Some(gold) if gold.speaker.is_none() => None,
            Some(_) => Some((found.score, self.right())),
            None => (!self.touched).then_some((found.score, false)),
        }
    }

    fn shown(&self, draft: &Draft) -> String {
        let range = self
            .gold
            .as_ref()
            .map(|gold| gold.range.clone())
            .or(self.found.as_ref().map(|found| found.range.clone()))
            .unwrap_or_default();
        let place = excerpt(&draft.text, range, CONTEXT);
        let gold = self.gold.as_ref().and_then(|gold| gold.speaker.as_deref());
        let found = self.found.as_ref().map(Found::speaker);
        format!(
            "{place}\n        marked: {}; found: {}",
            gold.unwrap_or("-"),
            found.unwrap_or_else(|| "-".to_owned())
        )
    }
}
