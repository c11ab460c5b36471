//! `copydesk kb`: builds knowledge bases and tells what they know.

mod build;
mod show;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::{Outcome, complain};
use crate::knowledge::{Base, Knowledge};
use crate::newsroom;

/// Builds knowledge bases and tells what they know.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Show(show::Arguments),
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        match &self.command {
            Command::Build(arguments) => arguments.run(),
            Command::Show(arguments) => arguments.run(),
        }
    }
}

/// The bases that a command is given.
#[derive(Debug, Args)]
pub(super) struct Bases {
    /// A knowledge base from `copydesk kb build`, believed before the one that copydesk brings; may be given again for
    /// others, believed in the order given.
    #[arg(long, value_name = "FILE")]
    kb: Vec<PathBuf>,
}

impl Bases {
    /// What they know, and what copydesk brings. A base that cannot be opened is named and left out.
    pub fn open(&self) -> (Knowledge, Outcome) {
        let (bases, outcome) = self.opened();
        (Knowledge::new(bases), outcome)
    }

    /// The bases. One that cannot be opened is named and left out.
    pub fn opened(&self) -> (Vec<Arc<Base>>, Outcome) {
        let mut outcome = Outcome::Clean;
        let mut bases = Vec::new();
        for path in &self.kb {
            match newsroom::open(path) {
                Ok(base) => bases.push(Arc::new(base)),
                Err(error) => {
                    complain(&error);
                    outcome = Outcome::Trouble;
                }
            }
        }
        (bases, outcome)
    }

    /// Whether a base is among them.
    pub fn include(&self, path: &Path) -> bool {
        let path = newsroom::lexical(path);
        self.kb.iter().any(|own| newsroom::lexical(own) == path)
    }
}

/// Names the bases in which look-ups have met damage.
pub(super) fn complain_of(knowledge: &Knowledge) -> Outcome {
    let mut outcome = Outcome::Clean;
    for (title, damage) in knowledge.damaged() {
        complain(&format!("{title}: {damage}"));
        outcome = Outcome::Trouble;
    }
    outcome
}
