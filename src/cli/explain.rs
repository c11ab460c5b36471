//! `copydesk explain`: what a rule is for.

use std::io::{self, Write};

use clap::Args;

use super::{Outcome, complain};
use crate::rules::{RULES, Rule};
use crate::settings::{House, nearest};

/// Prints the documentation of a rule.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The rule's name, as in `copydesk rules`.
    name: String,
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let Some(rule) = Rule::find(&self.name) else {
            let near = nearest(&self.name, RULES.iter().map(|rule| rule.name));
            complain(&match near {
                Some(near) => format!("no rule `{}`; did you mean `{near}`?", self.name),
                None => format!("no rule `{}`; `copydesk rules` lists them all", self.name),
            });
            return Ok(Outcome::Trouble);
        };
        let mut out = io::stdout().lock();
        writeln!(out, "# {}\n", rule.name)?;
        write!(out, "{}", rule.docs())?;
        writeln!(out, "\n## Facts\n")?;
        writeln!(out, "- Group: {}", rule.group.name())?;
        let first = rule.house_level(House::ALL[0]);
        let levels = match House::ALL
            .iter()
            .all(|house| rule.house_level(*house) == first)
        {
            true => format!("{} in all houses", first.name()),
            false => House::ALL
                .map(|house| format!("{} ({})", rule.house_level(house).name(), house.name()))
                .join(", "),
        };
        writeln!(out, "- Level: {levels}")?;
        if rule.settle {
            writeln!(out, "- In an editor it waits until typing pauses.")?;
        }
        writeln!(out, "- Since version {}", rule.since)?;
        Ok(Outcome::Clean)
    }
}
