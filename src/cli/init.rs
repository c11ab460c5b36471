//! `copydesk init`: a file of settings to start from.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Outcome, complain, input};
use crate::newsroom::SETTINGS;
use crate::rules::RULES;
use crate::settings::starter;

/// Writes a copydesk.toml in which everything is explained and nothing set. One that is there stays as it is.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to write it in; the working directory where none is given.
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let folder = self.folder.as_deref().unwrap_or(Path::new(""));
        let path = folder.join(SETTINGS);
        let text = starter(RULES.iter().map(|rule| rule.schema()));
        let written = File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes()));
        let trouble = match written {
            Ok(()) => {
                writeln!(io::stdout(), "Wrote {}.", path.display())?;
                return Ok(Outcome::Clean);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                "is there already, and stays as it is".to_owned()
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => input::reason(&error),
            Err(error) => format!("cannot be written: {error}"),
        };
        complain(&format!("{}: {trouble}", path.display()));
        Ok(Outcome::Trouble)
    }
}
