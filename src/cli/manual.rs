//! `copydesk completions` and `copydesk man`: what shells and `man` know of the command line, from its own definition.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

use super::{Outcome, complain};

/// Writes the completions of a shell to standard output.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, mut command: Command) -> io::Result<Outcome> {
        // The generator takes a writer that cannot fail, and a pipe can.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "copydesk", &mut script);
        io::stdout().write_all(&script)?;
        Ok(Outcome::Clean)
    }
}

/// Writes the man page to standard output, or with a folder one for each command into it.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// A folder that is there.
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(&self, command: Command) -> io::Result<Outcome> {
        let Some(folder) = &self.folder else {
            let mut page = Vec::new();
            clap_mangen::Man::new(command.disable_help_subcommand(true)).render(&mut page)?;
            io::stdout().write_all(&page)?;
            return Ok(Outcome::Clean);
        };
        for (name, page) in pages(command)? {
            let path = folder.join(name);
            if let Err(error) = fs::write(&path, page) {
                complain(&format!("{}: cannot be written: {error}", path.display()));
                return Ok(Outcome::Trouble);
            }
        }
        Ok(Outcome::Clean)
    }
}

/// The page of each command with its file name: `copydesk-kb-build.1`.
fn pages(command: Command) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut pages = Vec::new();
    let mut open = vec![command.disable_help_subcommand(true)];
    while let Some(mut command) = open.pop() {
        command.build();
        let visible = command
            .get_subcommands()
            .filter(|inner| !inner.is_hide_set());
        open.extend(visible.cloned());
        let name = command.get_display_name().unwrap_or(command.get_name());
        let name = format!("{name}.1");
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        pages.push((name, page));
    }
    Ok(pages)
}
