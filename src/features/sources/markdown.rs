//! The source sheet as Markdown, in columns that line up where Markdown is not drawn.

use std::fmt::Write as _;

use super::super::markdown::escape;
use super::super::reason::excerpt;
use super::{Said, Source, SourceSheet};
use crate::analysis::Analysis;

const HEAD: [&str; 10] = [
    "", "source", "role", "named", "through", "quotes", "reported", "words", "share", "line",
];

/// Columns from here on are numbers, and stand to the right.
const NUMBERS: usize = 5;

/// Words of a quote that stand for it.
const EXCERPT: usize = 16;

type Row = [String; HEAD.len()];

/// A table of the sources under a title, and below it what each of them says.
pub(super) fn markdown(analysis: &Analysis, sheet: &SourceSheet, title: &str) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(title), sheet.summary());
    if sheet.sources.is_empty() {
        return out;
    }
    let sources = || (1..).zip(&sheet.sources);
    let rows: Vec<Row> = sources()
        .map(|(number, source)| cells(sheet, number, source))
        .collect();
    out.push('\n');
    table(&rows, &mut out);
    for (number, source) in sources() {
        let _ = writeln!(out, "\n## {number} {}\n", name(source));
        for said in &source.speech {
            let _ = writeln!(out, "- {}", line(analysis, said));
        }
    }
    out
}

fn table(rows: &[Row], out: &mut String) {
    let mut widths = HEAD.map(|title| title.len().max(2));
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let rule = |column: usize| match column >= NUMBERS {
        true => format!("{}:", "-".repeat(widths[column] - 1)),
        false => "-".repeat(widths[column]),
    };
    let head = [HEAD.map(str::to_owned), std::array::from_fn(rule)];
    for row in head.iter().chain(rows) {
        for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let _ = match column >= NUMBERS {
                true => write!(out, "| {cell:>width$} "),
                false => write!(out, "| {cell:<width$} "),
            };
        }
        out.push_str("|\n");
    }
}

fn cells(sheet: &SourceSheet, number: usize, source: &Source) -> Row {
    let quotes = source.quotes().count();
    let named = match source.entity {
        Some(_) if source.named => "named",
        Some(_) => "unnamed",
        None => "",
    };
    [
        number.to_string(),
        name(source),
        escape(source.role.as_deref().unwrap_or_default()),
        named.to_owned(),
        escape(&source.via().join(", ")),
        quotes.to_string(),
        (source.speech.len() - quotes).to_string(),
        source.words().to_string(),
        format!("{:.0}%", 100.0 * source.share(sheet)),
        source.line().to_string(),
    ]
}

fn name(source: &Source) -> String {
    match source.entity {
        Some(_) => escape(&source.name),
        None => "speaker not known".to_owned(),
    }
}

/// "line 5, through IRNA: “We looked at …”"
fn line(analysis: &Analysis, said: &Said) -> String {
    let mut line = format!("line {}", said.line);
    if said.quote.is_none() {
        line.push_str(", reported");
    }
    if let Some(via) = &said.via {
        line += &format!(", through {}", escape(via));
    }
    if said.guessed {
        line.push_str(", speaker guessed");
    }
    let words = excerpt(analysis.text(said.prose), EXCERPT);
    format!("{line}: {}", escape(&words))
}
