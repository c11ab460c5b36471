//! The command line: drafts in, findings and facts out.
//!
//! Each subcommand is a file. Whatever comes from a draft or a path is stripped of control characters before it
//! reaches a terminal.

mod check;
mod config;
mod escape;
mod excerpt;
mod explain;
mod extract;
mod init;
mod input;
mod kb;
mod manual;
mod place;
mod rules;
mod schema;
mod settings;
mod sources;
mod stet;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::settings::House;

/// Runs the command line of this process. `serve` runs the language server, a sibling that this module does not know.
pub fn run(serve: impl FnOnce() -> ExitCode) -> ExitCode {
    let command = match Arguments::parse().command {
        Command::Lsp { .. } => return serve(),
        Command::Check(arguments) => arguments.run(),
        Command::Extract(arguments) => arguments.run(),
        Command::Sources(arguments) => arguments.run(),
        Command::Rules(arguments) => arguments.run(),
        Command::Explain(arguments) => arguments.run(),
        Command::Kb(arguments) => arguments.run(),
        Command::Init(arguments) => arguments.run(),
        Command::Settings(arguments) => arguments.run(),
        Command::Stet(arguments) => arguments.run(),
        Command::Completions(arguments) => arguments.run(Arguments::command()),
        Command::Man(arguments) => arguments.run(Arguments::command()),
    };
    match command {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Trouble) => ExitCode::from(2),
        // The reader has seen enough, as in `copydesk check … | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("cannot write: {error}"));
            ExitCode::from(2)
        }
    }
}

/// Reads a news draft the way a copy chief does: who speaks in every quote, who every name is, what to query.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Extract(extract::Arguments),
    Sources(sources::Arguments),
    Rules(rules::Arguments),
    Explain(explain::Arguments),
    Kb(kb::Arguments),
    Init(init::Arguments),
    Settings(settings::Arguments),
    Stet(stet::Arguments),
    /// Runs the language server on standard input and output.
    Lsp {
        /// Taken because most editors pass it; nothing else is spoken.
        #[arg(long, hide = true)]
        stdio: bool,
    },
    Completions(manual::Completions),
    Man(manual::Man),
}

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Nothing to report: exit code 0.
    Clean,
    /// Findings at or above the level asked for, or a name that is not known: exit code 1.
    Findings,
    /// Something could not be done: exit code 2.
    Trouble,
}

/// A house as the command line names it.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum HouseName {
    #[default]
    Neutral,
    Ap,
    Reuters,
    Guardian,
    Bbc,
}

impl From<HouseName> for House {
    fn from(name: HouseName) -> House {
        match name {
            HouseName::Neutral => House::Neutral,
            HouseName::Ap => House::Ap,
            HouseName::Reuters => House::Reuters,
            HouseName::Guardian => House::Guardian,
            HouseName::Bbc => House::Bbc,
        }
    }
}

/// One line to standard error. A closed standard error is nobody's concern.
fn complain(message: &str) {
    let message = excerpt::printable(message).replace('\n', "\u{FFFD}");
    let _ = writeln!(io::stderr(), "copydesk: {message}");
}
