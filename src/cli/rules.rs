//! `copydesk rules`: the table of rules.

use std::io::{self, Write};

use clap::Args;

use super::{HouseName, Outcome};
use crate::rules::RULES;

/// Lists the rules with their levels.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The house whose levels to show.
    #[arg(long, value_enum, default_value_t)]
    house: HouseName,
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let name = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        let mut out = io::stdout().lock();
        for rule in RULES {
            writeln!(
                out,
                "{:name$}  {:11}  {:11}  {}",
                rule.name,
                rule.group.name(),
                rule.house_level(self.house.into()).name(),
                rule.summary(),
            )?;
        }
        Ok(Outcome::Clean)
    }
}
