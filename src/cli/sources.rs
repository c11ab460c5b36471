//! `copydesk sources`: who speaks in drafts, named or not, at first or second hand, and how much.

mod page;
mod strip;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::config::{Desk, Sources};
use super::escape::cell;
use super::excerpt::printable;
use super::input::{self, Input, LanguageName};
use super::schema::{Document, SourcedDraft};
use super::{Outcome, complain, stet};
use crate::analysis::{Analysis, Memo, analyze_corrected};
use crate::features::{self, SourceSheet};
use page::Page;

/// Prints the source sheet of drafts: who speaks, their role, named or not, through whom, and how many words.
///
/// Exit code 2: something could not be read; all else was processed.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Drafts to read; - or none is standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// markdown reads well on a terminal too; csv has one row for each source; html is one page, which needs nothing
    /// beside itself, with each story in its speakers' colours.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The markup of the drafts; by default their names' endings tell.
    #[arg(long, value_enum)]
    language: Option<LanguageName>,
    #[command(flatten)]
    sources: Sources,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Markdown,
    Json,
    Csv,
    Html,
}

/// The source sheet of one draft, and what it was made from.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The draft.
    pub input: &'a Input,
    /// What is known of it.
    pub analysis: &'a Analysis,
    /// Everyone whose words it holds.
    pub sources: SourceSheet,
}

/// A form in which source sheets are printed.
trait Report {
    fn draft(&mut self, sheet: &Sheet<'_>) -> io::Result<()>;
    fn end(&mut self) -> io::Result<()>;
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let paths = input::or_stdin(&self.paths);
        let mut desks = self.sources.open(None);
        let Some(all) = desks.of_all(&paths) else {
            return Ok(Outcome::Trouble);
        };
        let out = BufWriter::new(io::stdout().lock());
        let mut report: Box<dyn Report> = match self.format {
            Format::Markdown => Box::new(Markdown { out, begun: false }),
            Format::Json => Box::new(Document::new(out)),
            Format::Csv => Box::new(Rows::new(out)?),
            Format::Html => Box::new(Page::new(out)),
        };
        let mut outcome = Outcome::Clean;
        for (path, desk) in paths.iter().zip(all) {
            outcome = outcome.max(self.draft(path, &desk, report.as_mut())?);
        }
        report.end()?;
        Ok(outcome.max(desks.outcome()))
    }

    fn draft(&self, path: &Path, desk: &Desk, report: &mut dyn Report) -> io::Result<Outcome> {
        let input = match input::read(path, self.language) {
            Ok(input) => input,
            Err(error) => {
                complain(&format!("{}: {error}", path.display()));
                return Ok(Outcome::Trouble);
            }
        };
        let (ledger, outcome) = stet::ledger(path);
        let analysis = analyze_corrected(
            &input.text,
            input.language,
            &desk.in_force.settings,
            &desk.knowledge,
            ledger.notes().corrections(),
            &mut Memo::default(),
        );
        if let Some(language) = analysis.foreign {
            let name = &input.name;
            complain(&format!(
                "{name}: is in {language}: speakers are found in English drafts only"
            ));
        }
        report.draft(&Sheet {
            input: &input,
            analysis: &analysis,
            sources: features::sources(&analysis),
        })?;
        Ok(outcome)
    }
}

/// For people.
struct Markdown<W: Write> {
    out: W,
    begun: bool,
}

impl<W: Write> Report for Markdown<W> {
    fn draft(&mut self, sheet: &Sheet<'_>) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            writeln!(self.out)?;
        }
        let text = sheet.sources.markdown(sheet.analysis, &sheet.input.name);
        self.out.write_all(printable(&text).as_bytes())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Report for Document<W> {
    fn draft(&mut self, sheet: &Sheet<'_>) -> io::Result<()> {
        Document::draft(self, &SourcedDraft::new(sheet))
    }

    fn end(&mut self) -> io::Result<()> {
        Document::end(self)
    }
}

/// One row for each source.
struct Rows<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> Rows<W> {
    const HEAD: [&str; 10] = [
        "path", "source", "role", "named", "via", "quotes", "reported", "words", "share", "line",
    ];

    fn new(out: W) -> io::Result<Rows<W>> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(Self::HEAD)?;
        Ok(Rows { out })
    }
}

impl<W: Write> Report for Rows<W> {
    fn draft(&mut self, sheet: &Sheet<'_>) -> io::Result<()> {
        for source in &sheet.sources.sources {
            let quotes = source.quotes().count();
            self.out.write_record([
                cell(&sheet.input.name),
                cell(&source.name),
                cell(source.role.as_deref().unwrap_or_default()),
                source.named.to_string(),
                cell(&source.via().join("; ")),
                quotes.to_string(),
                (source.speech.len() - quotes).to_string(),
                source.words().to_string(),
                format!("{:.3}", source.share(&sheet.sources)),
                source.line().to_string(),
            ])?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
