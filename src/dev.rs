//! The developer's command line: trains and measures what the product embeds.
//!
//! It exists behind the feature `dev` and is in no release. What it trains and measures goes through the same code as
//! the product: features come from the name finder, scores from whole analyses.

mod corpus;
mod crf;
mod drafts;
mod errors;
mod examples;
mod faults;
mod findings;
mod kb;
mod quotes;
mod score;
mod speed;
mod train;

use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::lexicon::Lexicon;

/// Runs the developer's command line of this process.
pub fn run() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Drafts(drafts) => drafts.run(),
        Command::Faults(options) => faults::run(&options),
        Command::Findings(findings) => findings.run(),
        Command::Kb(kb) => kb.run(),
        Command::Names(names) => names.run(),
        Command::Quotes(quotes) => quotes.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "copydesk-dev: {error}");
            ExitCode::from(2)
        }
    }
}

/// Trains and measures what copydesk embeds.
#[derive(Debug, Parser)]
#[command(name = "copydesk-dev", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// What drafts take.
    #[command(subcommand)]
    Drafts(drafts::Drafts),
    /// Plants faults in clean drafts and counts which the rules find.
    Faults(faults::Options),
    /// What the rules say of published copy, and whether a reader agrees.
    #[command(subcommand)]
    Findings(findings::Findings),
    /// Large knowledge bases.
    #[command(subcommand)]
    Kb(kb::Kb),
    /// The model of names.
    #[command(subcommand)]
    Names(Names),
    /// Quotes and their speakers.
    #[command(subcommand)]
    Quotes(quotes::Quotes),
}

#[derive(Debug, Subcommand)]
enum Names {
    /// Trains a model and writes it to a file. The same corpora and options give the same bytes.
    Train(Box<train::Options>),
    /// Prints precision, recall and F1 of whole names, as the product gives them after reading the whole draft.
    Eval(Measured),
    /// Prints wrong names with their context, the most frequent confusions first.
    Errors(errors::Options),
    /// Prints words a second of the names stage alone, and what loading takes.
    Speed(Measured),
}

impl Names {
    fn run(&self) -> io::Result<()> {
        match self {
            Names::Train(options) => train::run(options),
            Names::Eval(measured) => {
                measured.install()?;
                score::run(&measured.files)
            }
            Names::Errors(options) => {
                options.measured.install()?;
                errors::run(options)
            }
            Names::Speed(measured) => speed::run(measured),
        }
    }
}

/// What to measure, and with which model.
#[derive(Debug, Args)]
struct Measured {
    /// Corpora: one {"id", "text", "entities"} a line, plain or .gz.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A model instead of the embedded one.
    #[arg(long, value_name = "MODEL")]
    model: Option<PathBuf>,
}

impl Measured {
    fn install(&self) -> io::Result<()> {
        let Some(path) = &self.model else {
            return Ok(());
        };
        let bytes = std::fs::read(path)?;
        match Lexicon::install_name_model(bytes) {
            true => Ok(()),
            false => Err(io::Error::other(format!(
                "{}: is no model of this version",
                path.display()
            ))),
        }
    }
}

/// A range of a text in brackets, with so many bytes on each side, in one line.
fn excerpt(text: &str, range: Range<usize>, context: usize) -> String {
    let mut start = range.start.saturating_sub(context);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (range.end + context).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    format!(
        "{}[{}]{}",
        &text[start..range.start],
        &text[range.clone()],
        &text[range.end..end]
    )
    .replace('\n', " ")
}
