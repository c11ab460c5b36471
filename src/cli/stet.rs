//! `copydesk stet`: what people have decided about drafts, listed and pruned.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::excerpt::printable;
use super::input::{self, Input, LanguageName};
use super::{Outcome, complain};
use crate::analysis::{Analysis, Memo, analyze};
use crate::features;
use crate::knowledge::Knowledge;
use crate::newsroom::{Decision, Entry, Ledger};
use crate::rules::Rule;
use crate::settings::{Settings, suggestion};

/// Lists and prunes what was decided about drafts: findings let stand, speakers corrected, names told apart, quotes
/// locked.
///
/// Decisions are made in the editor and kept in .copydesk beside the draft. Exit code 2: something could not be read or
/// written.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Prints what was decided, and marks what is about words that are gone.
    List(Drafts),
    /// Drops what is about words that are gone, and lines that cannot be read; locked quotes only if asked to.
    Prune(Prune),
}

#[derive(Debug, Args)]
struct Drafts {
    /// The drafts.
    #[arg(required = true, value_name = "DRAFT")]
    paths: Vec<PathBuf>,
    /// The markup of the drafts; by default their names' endings tell.
    #[arg(long, value_enum)]
    language: Option<LanguageName>,
}

#[derive(Debug, Args)]
struct Prune {
    /// Also drop the locks of quotes whose words are gone.
    #[arg(long)]
    locks: bool,
    #[command(flatten)]
    drafts: Drafts,
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let mut out = io::stdout().lock();
        let drafts = match &self.task {
            Task::List(drafts) => drafts,
            Task::Prune(task) => &task.drafts,
        };
        let mut outcome = Outcome::Clean;
        for path in &drafts.paths {
            let input = match input::read(path, drafts.language) {
                Ok(input) => input,
                Err(error) => {
                    complain(&format!("{}: {error}", path.display()));
                    outcome = Outcome::Trouble;
                    continue;
                }
            };
            let (mut ledger, read) = ledger(path);
            let done = match &self.task {
                Task::List(_) => list(&mut out, &input, &mut ledger)?,
                Task::Prune(task) => prune(&mut out, &input, &mut ledger, task.locks)?,
            };
            outcome = outcome.max(read).max(done);
        }
        Ok(outcome)
    }
}

/// The ledger of a draft as it is on disk. What is wrong with it is told.
pub(super) fn ledger(draft: &Path) -> (Ledger, Outcome) {
    let file = (!input::is_stdin(draft)).then_some(draft);
    let mut ledger = Ledger::of(file);
    match ledger.refresh() {
        (_, None) => (ledger, Outcome::Clean),
        (_, Some(trouble)) => {
            complain(&trouble);
            (ledger, Outcome::Trouble)
        }
    }
}

fn list(out: &mut dyn Write, input: &Input, ledger: &mut Ledger) -> io::Result<Outcome> {
    let analysis = read(input);
    let comments = features::comments(&analysis);
    let entries = ledger.notes().entries();
    let name = printable(&input.name).replace('\n', "\u{FFFD}");
    if entries.is_empty() && comments.is_empty() {
        writeln!(out, "{name}: nothing was decided")?;
        return Ok(Outcome::Clean);
    }
    writeln!(out, "{name}:")?;
    let is_alive = features::alive(&analysis);
    for entry in entries {
        let mut line = words(&entry.decision);
        if !is_alive(&entry.decision) {
            line.push_str(" (these words are gone)");
        }
        let made = made(entry).map_or(String::new(), |made| format!(" [{made}]"));
        writeln!(out, "  {}{}", printable(&line), printable(&made))?;
    }
    for comment in comments {
        let place = match comment.paragraph {
            Some(range) => {
                let before = &input.text[..usize::from(range.start())];
                format!("line {}", before.matches('\n').count() + 1)
            }
            None => "no paragraph".to_owned(),
        };
        for rule in comment.rules {
            let known = match Rule::find(rule) {
                Some(_) => String::new(),
                None => {
                    let names = crate::rules::RULES.iter().map(|rule| rule.name);
                    format!(" (no such rule{})", suggestion(rule, names))
                }
            };
            let line = format!("{rule}: left alone by a comment in {place}{known}");
            writeln!(out, "  {}", printable(&line))?;
        }
    }
    Ok(Outcome::Clean)
}

fn prune(
    out: &mut dyn Write,
    input: &Input,
    ledger: &mut Ledger,
    locks: bool,
) -> io::Result<Outcome> {
    let is_alive = features::alive(&read(input));
    // That its words have changed is what a lock is there to show.
    let stays = |decision: &Decision| !locks && matches!(decision, Decision::LockedQuote { .. });
    match ledger.prune(|decision| stays(decision) || is_alive(decision)) {
        Ok(pruned) => {
            let name = printable(&input.name).replace('\n', "\u{FFFD}");
            let left = ledger.notes().entries().len();
            let damaged = match pruned.damaged {
                0 => String::new(),
                lines => format!(", and {lines} damaged"),
            };
            writeln!(
                out,
                "{name}: {} dropped{damaged}, {left} left",
                pruned.dropped
            )?;
            Ok(Outcome::Clean)
        }
        Err(error) => {
            complain(&error);
            Ok(Outcome::Trouble)
        }
    }
}

fn read(input: &Input) -> Analysis {
    analyze(
        &input.text,
        input.language,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    )
}

/// A decision in one line.
fn words(decision: &Decision) -> String {
    let bare = |text: &str| text.trim_matches('"').to_owned();
    match decision {
        Decision::StetPlace { rule, text, .. } => {
            format!("{rule}: “{}” is left as it is", bare(text))
        }
        Decision::StetName { rule, text } => {
            format!("{rule}: “{}” is left in this story", bare(text))
        }
        Decision::StetRule { rule } => format!("{rule}: off in this story"),
        Decision::Speaker { quote, name, .. } => match name {
            Some(name) => format!("speaker of “{quote}”: {name}"),
            None => format!("speaker of “{quote}”: nobody"),
        },
        Decision::OnePerson {
            names: [one, other],
        } => format!("{one} and {other} are one person"),
        Decision::TwoPeople {
            names: [one, other],
        } => format!("{one} and {other} are two people"),
        Decision::LockedQuote {
            quote,
            speaker,
            note,
        } => {
            let speaker = speaker
                .as_ref()
                .map_or(String::new(), |name| format!(", {name}"));
            let note = note
                .as_ref()
                .map_or(String::new(), |note| format!(" ({note})"));
            format!("locked: “{quote}”{speaker}{note}")
        }
    }
}

/// Who made a decision, on which day.
fn made(entry: &Entry) -> Option<String> {
    match (&entry.by, entry.day()) {
        (Some(by), Some(day)) => Some(format!("{by}, {day}")),
        (Some(by), None) => Some(by.clone()),
        (None, day) => day.map(str::to_owned),
    }
}
