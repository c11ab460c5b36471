//! `copydesk kb show`: what is known of a name.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::{Bases, complain_of};
use crate::cli::excerpt::printable;
use crate::cli::schema::KnownName;
use crate::cli::{HouseName, Outcome, complain};
use crate::knowledge::{Knowledge, Known, Name, NameKind, Tenure};
use crate::settings::House;

/// Names that are offered where one is not known.
const OFFERED: usize = 5;

/// Tells what is known of a name, in any case, with or without accents and points.
///
/// Records of one name are listed, the most believed first, and never merged: they may be two people. Exit code 1: the
/// name is not known; 2: a base could not be read.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The name to look up.
    name: String,
    #[command(flatten)]
    bases: Bases,
    /// The house whose name for it comes first.
    #[arg(long, value_enum, default_value_t)]
    house: HouseName,
    /// How to print it.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON document.
    Json,
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let (knowledge, mut outcome) = self.bases.open();
        let found = knowledge.find(&self.name);
        let mut out = io::stdout().lock();
        match self.format {
            Format::Text => {
                let text = text(&found, self.house.into());
                write!(out, "{}", printable(&text))?;
            }
            Format::Json => {
                serde_json::to_writer(&mut out, &KnownName::new(&self.name, &found))?;
                writeln!(out)?;
            }
        }
        for known in &found {
            if let Some(warning) = warning(known, &self.name, self.house.into()) {
                complain(&warning);
            }
        }
        outcome = outcome.max(complain_of(&knowledge));
        // Who knows what a base that cannot be read would have said?
        if found.is_empty() && outcome == Outcome::Clean {
            complain(&unknown(&self.name, &knowledge));
            outcome = Outcome::Findings;
        }
        Ok(outcome)
    }
}

/// The line of a name that is never to be used.
fn warning(known: &Known<'_>, asked: &str, house: House) -> Option<String> {
    let names = &known.record.names;
    // Two names may differ in nothing but accents.
    let asked = names.iter().find(|name| name.text == asked);
    let name = asked.or(known.name())?;
    let is_ours = name.house.is_empty() || name.house == house.name();
    let instead = known.record.preferred(house.name())?;
    (name.kind == NameKind::Never && is_ours).then(|| {
        format!(
            "`{}` is never to be used; write {}",
            name.text, instead.text
        )
    })
}

/// The line of a name that is not known, with some that start so.
fn unknown(name: &str, knowledge: &Knowledge) -> String {
    let mut near: Vec<String> = Vec::new();
    if !name.trim().is_empty() {
        for known in knowledge.starting_with(name, OFFERED) {
            let text = known.name().map_or("", |name| &name.text);
            if near.len() < OFFERED && !near.iter().any(|other| other == text) {
                near.push(text.to_owned());
            }
        }
    }
    match near.is_empty() {
        true => format!("`{name}` is not known"),
        false => format!(
            "`{name}` is not known; names that start so: {}",
            near.join("; ")
        ),
    }
}

fn text(found: &[Known<'_>], house: House) -> String {
    let mut text = match found.len() {
        0 | 1 => String::new(),
        many => format!("{many} records of this name, the most believed first:\n\n"),
    };
    let records: Vec<String> = found.iter().map(|known| record(known, house)).collect();
    text.push_str(&records.join("\n"));
    text
}

/// A record on lines of its own.
fn record(known: &Known<'_>, house: House) -> String {
    let record = &known.record;
    let title = record.preferred(house.name());
    let mut lines = vec![format!(
        "{}: {}",
        title.map_or("", |name| &name.text),
        record.kind.label()
    )];
    lines.push(record.description.clone());
    let names = |never: bool| {
        let is_told = |name: &&Name| title.is_some_and(|title| title.text == name.text);
        let names = record.names.iter().filter(|name| !is_told(name));
        used(names.filter(|name| (name.kind == NameKind::Never) == never))
    };
    lines.push(labelled("also", &names(false)));
    lines.push(labelled("never", &names(true)));
    lines.extend(record.roles.iter().map(tenure));
    for fact in &record.facts {
        lines.push(labelled(fact.kind.label(), &fact.value));
    }
    lines.push(labelled("say", &record.pronunciation));
    lines.push(labelled("note", &record.note));
    let date = record.as_of.map(|date| format!(", as of {date}"));
    let source = match record.source.as_str() {
        "" => known.base.to_owned(),
        source if source == known.base => source.to_owned(),
        source => format!("{source} in {}", known.base),
    };
    lines.push(labelled("source", &(source + &date.unwrap_or_default())));
    lines.push(labelled("id", &record.id));
    lines.retain(|line| !line.is_empty());
    // A record is one block, whatever is written in it.
    let lines = lines
        .iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n  ") + "\n"
}

fn labelled(label: &str, value: &str) -> String {
    match value {
        "" => String::new(),
        value => format!("{label}: {value}"),
    }
}

/// Names, each once, and how they are used: "Ruth Okafor (preferred, guardian); Okafor".
fn used<'r>(names: impl Iterator<Item = &'r Name>) -> String {
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    for name in names {
        let kind = match name.kind {
            NameKind::Alias | NameKind::Never => "",
            kind => kind.label(),
        };
        let at = told.iter().position(|(text, _)| *text == name.text);
        let at = at.unwrap_or_else(|| {
            told.push((&name.text, Vec::new()));
            told.len() - 1
        });
        let marks = &mut told[at].1;
        for mark in [kind, &name.house] {
            if !mark.is_empty() && !marks.contains(&mark) {
                marks.push(mark);
            }
        }
    }
    let told = told.iter().map(|(text, marks)| match marks.is_empty() {
        true => (*text).to_owned(),
        false => format!("{text} ({})", marks.join(", ")),
    });
    told.collect::<Vec<_>>().join("; ")
}

fn tenure(tenure: &Tenure) -> String {
    let of = match tenure.of.as_str() {
        "" => String::new(),
        of => format!(" of {of}"),
    };
    let when = match (tenure.from, tenure.until) {
        (None, None) => String::new(),
        (Some(from), None) => format!(", since {from}"),
        (None, Some(until)) => format!(", until {until}"),
        (Some(from), Some(until)) => format!(", {from} to {until}"),
    };
    format!("{}{of}{when}", tenure.title)
}
