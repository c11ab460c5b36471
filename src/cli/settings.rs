//! `copydesk settings`: what is in force for a draft, and where each value comes from.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use toml::Value;

use super::Outcome;
use super::config::Sources;
use super::excerpt::printable;
use crate::rules::{Level, RULES, Rule};
use crate::settings::{InForce, KEYS, schema};

/// Prints the settings in force for a draft, and where each value comes from, in the form of copydesk.toml.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The draft, which need not exist; without one, those of the working directory.
    #[arg(value_name = "FILE")]
    draft: Option<PathBuf>,
    /// Print the JSON Schema of copydesk.toml instead.
    #[arg(long)]
    schema: bool,
    #[command(flatten)]
    sources: Sources,
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let mut out = io::stdout().lock();
        if self.schema {
            let schema = schema(
                RULES.iter().map(|rule| rule.schema()),
                &Level::ALL.map(Level::name),
            );
            writeln!(out, "{schema:#}")?;
            return Ok(Outcome::Clean);
        }
        let draft = self.draft.clone().unwrap_or_else(|| PathBuf::from("-"));
        let mut desks = self.sources.open(None);
        let Some(desk) = desks.of(&draft) else {
            return Ok(Outcome::Trouble);
        };
        let is_draft = match desk.in_force.is_draft {
            true => "a draft",
            false => "no draft: no findings are shown",
        };
        if let Some(draft) = &self.draft {
            let draft = printable(&draft.display().to_string()).replace('\n', "\u{FFFD}");
            writeln!(out, "# {draft} is {is_draft}.")?;
        }
        print(&mut out, &desk.in_force)?;
        Ok(desks.outcome())
    }
}

fn print(out: &mut dyn Write, in_force: &InForce) -> io::Result<()> {
    let mut table = None;
    for key in KEYS {
        let (of, name) = key.split();
        if of != table {
            table = of;
            writeln!(out, "\n[{}]", of.unwrap_or_default())?;
        }
        let path: Vec<&str> = of.into_iter().chain([name]).collect();
        let value = value(in_force, &path).unwrap_or_else(|| key.default());
        line(out, name, &value, &origin(in_force, &path, "default"))?;
    }
    for rule in RULES {
        print_rule(out, in_force, rule)?;
    }
    Ok(())
}

fn print_rule(out: &mut dyn Write, in_force: &InForce, rule: &Rule) -> io::Result<()> {
    let settings = &in_force.settings;
    writeln!(out, "\n[rules.{}]", rule.name)?;
    let level = rule.level(settings).name();
    let house = format!("house {}", settings.house.name());
    let by = origin(in_force, &["rules", rule.name, "level"], &house);
    line(out, "level", &level.into(), &by)?;
    for (option, _) in rule.options {
        let path = ["rules", rule.name, option];
        if let Some(value) = value(in_force, &path) {
            line(out, option, &value, &origin(in_force, &path, "default"))?;
        }
    }
    Ok(())
}

fn line(out: &mut dyn Write, name: &str, value: &Value, origin: &str) -> io::Result<()> {
    writeln!(
        out,
        "{}",
        printable(&format!("{name} = {value} # {origin}"))
    )
}

/// Who has set a value, or who else it comes from.
fn origin(in_force: &InForce, path: &[&str], otherwise: &str) -> String {
    let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
    let Some(origin) = in_force.origins.get(&path) else {
        return otherwise.to_owned();
    };
    let mut told = origin.source.clone();
    if origin.line > 0 {
        told.push_str(&format!(":{}", origin.line));
    }
    if !origin.patterns.is_empty() {
        told.push_str(&format!(", for {}", origin.patterns.join(", ")));
    }
    told
}

/// What is set at a path.
fn value(in_force: &InForce, path: &[&str]) -> Option<Value> {
    let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
    Some(in_force.origins.get(&path)?.value.clone())
}
