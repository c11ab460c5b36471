//! `copydesk kb`: builds knowledge bases and tells what they know.

mod build;
mod show;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::{Outcome, complain};
use crate::knowledge::{Base, Knowledge};
use crate::newsroom::{self, Shelf};
use crate::settings::Settings;

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
        self.open_before(Vec::new(), Outcome::Clean)
    }

    /// The same and, less believed, what a file of settings brings if there is one: the desk list beside it and the files that it
    /// names, relative to its folder.
    pub fn open_with(&self, config: Option<&Path>, settings: &Settings) -> (Knowledge, Outcome) {
        let Some(config) = config else {
            return self.open();
        };
        let folder = config.parent().unwrap_or(Path::new("")).to_owned();
        let mut shelf = Shelf::default();
        let news = shelf.refresh(&[folder], &settings.knowledge);
        for trouble in &news.troubles {
            complain(trouble);
        }
        let outcome = match news.troubles.is_empty() {
            true => Outcome::Clean,
            false => Outcome::Trouble,
        };
        self.open_before(shelf.bases().collect(), outcome)
    }

    fn open_before(&self, others: Vec<Arc<Base>>, mut outcome: Outcome) -> (Knowledge, Outcome) {
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
        bases.extend(others);
        (Knowledge::new(bases), outcome)
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
