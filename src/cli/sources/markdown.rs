//! The source sheet as Markdown, in columns that line up on a terminal.

use std::io::{self, Write};

use super::{Report, Sheet};
use crate::cli::escape::markdown;
use crate::features::{Said, Source};

const HEAD: [&str; 10] = [
    "", "source", "role", "named", "through", "quotes", "reported", "words", "share", "line",
];

/// Columns from here on are numbers, and stand to the right.
const NUMBERS: usize = 5;

/// Words of a quote that stand for it.
const EXCERPT: usize = 16;

/// One table a draft, and below it what each source says.
pub(super) struct Markdown<W: Write> {
    out: W,
    begun: bool,
}

impl<W: Write> Markdown<W> {
    pub(super) fn new(out: W) -> Markdown<W> {
        Markdown { out, begun: false }
    }

    fn table(&mut self, rows: &[[String; HEAD.len()]]) -> io::Result<()> {
        let mut widths = HEAD.map(|title| title.len().max(2));
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.chars().count().max(*width);
            }
        }
        self.row(&HEAD.map(str::to_owned), &widths)?;
        let rule = |column: usize| match column >= NUMBERS {
            true => format!("{}:", "-".repeat(widths[column] - 1)),
            false => "-".repeat(widths[column]),
        };
        self.row(&std::array::from_fn(rule), &widths)?;
        for row in rows {
            self.row(row, &widths)?;
        }
        Ok(())
    }

    fn row(&mut self, row: &[String; HEAD.len()], widths: &[usize; HEAD.len()]) -> io::Result<()> {
        for (column, (cell, &width)) in row.iter().zip(widths).enumerate() {
            match column >= NUMBERS {
                true => write!(self.out, "| {cell:>width$} ")?,
                false => write!(self.out, "| {cell:<width$} ")?,
            }
        }
        writeln!(self.out, "|")
    }
}

impl<W: Write> Report for Markdown<W> {
    fn draft(&mut self, sheet: &Sheet<'_>) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            writeln!(self.out)?;
        }
        writeln!(self.out, "# {}\n", markdown(&sheet.input.name))?;
        writeln!(self.out, "{}", sheet.sources.summary())?;
        if sheet.sources.sources.is_empty() {
            return Ok(());
        }
        writeln!(self.out)?;
        let sources = || (1..).zip(&sheet.sources.sources);
        let rows: Vec<_> = sources()
            .map(|(number, source)| cells(sheet, number, source))
            .collect();
        self.table(&rows)?;
        for (number, source) in sources() {
            writeln!(self.out, "\n## {number} {}\n", name(source))?;
            for said in &source.speech {
                writeln!(self.out, "- {}", line(sheet, said))?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn cells(sheet: &Sheet<'_>, number: usize, source: &Source) -> [String; HEAD.len()] {
    let quotes = source.quotes().count();
    let named = match source.entity {
        Some(_) if source.named => "named",
        Some(_) => "unnamed",
        None => "",
    };
    [
        number.to_string(),
        name(source),
        markdown(source.role.as_deref().unwrap_or_default()),
        named.to_owned(),
        markdown(&source.via().join(", ")),
        quotes.to_string(),
        (source.speech.len() - quotes).to_string(),
        source.words().to_string(),
        format!("{:.0}%", 100.0 * source.share(&sheet.sources)),
        source.line().to_string(),
    ]
}

fn name(source: &Source) -> String {
    match source.entity {
        Some(_) => markdown(&source.name),
        None => "speaker not known".to_owned(),
    }
}

/// "line 5, through IRNA: “We looked at …”"
fn line(sheet: &Sheet<'_>, said: &Said) -> String {
    let mut line = format!("line {}", said.line);
    if said.quote.is_none() {
        line.push_str(", reported");
    }
    if let Some(via) = &said.via {
        line += &format!(", through {}", markdown(via));
    }
    if said.guessed {
        line.push_str(", speaker guessed");
    }
    let text = sheet.analysis.text(said.prose);
    let mut words = text.split_whitespace();
    let start: Vec<&str> = words.by_ref().take(EXCERPT).collect();
    let dots = if words.next().is_some() { " …" } else { "" };
    format!("{line}: {}{dots}", markdown(&start.join(" ")))
}
