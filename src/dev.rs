//! The developer's command line: trains and measures what the product embeds.
//!
//! It exists behind the feature `dev` and is in no release. What it trains and measures goes through the same code as
//! the product.

mod kb;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs the developer's command line of this process.
pub fn run() -> ExitCode {
    let Command::Kb(kb) = Arguments::parse().command;
    match kb.run() {
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
    /// Large knowledge bases.
    #[command(subcommand)]
    Kb(kb::Kb),
}
