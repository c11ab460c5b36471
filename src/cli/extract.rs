//! `copydesk extract`: quotes, speakers and names of drafts as data.

mod text;

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;

use super::config::Sources;
use super::escape::cell;
use super::input::{self, LIMIT, LanguageName};
use super::schema::{Document, Extract};
use super::{Outcome, complain, stet};
use crate::analysis::{Corrections, Memo, analyze_corrected};
use crate::knowledge::Knowledge;
use crate::settings::Settings;
use crate::text::Language;
use text::Text;

/// Prints who says what, who is named, and where sentences start; with --why, how each speaker is known.
///
/// Offsets count Unicode code points. Exit code 2: something could not be read; all else was processed.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Drafts to read; - or none is standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read one {"id","text"} a line instead of drafts, and print one line for each, in the same order.
    #[arg(long)]
    jsonl: bool,
    /// csv prints one row for each piece of speech, for spreadsheets; text is for people, and says how each speaker is
    /// known. By default json, or text with --why.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Say in words how each speaker is known: as text, or as a field of --jsonl and of a --format that is named.
    #[arg(long)]
    why: bool,
    /// The markup of the drafts; by default their names' endings tell, and lines of --jsonl are plain.
    #[arg(long, value_enum)]
    language: Option<LanguageName>,
    #[command(flatten)]
    sources: Sources,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
    Csv,
    Text,
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let paths = input::or_stdin(&self.paths);
        let mut desks = self.sources.open(None);
        let Some(all) = desks.of_all(&paths) else {
            return Ok(Outcome::Trouble);
        };
        let stdout = io::stdout();
        let out = BufWriter::new(stdout.lock());
        let format = self.format();
        let mut sink: Box<dyn Sink> = match (format, self.jsonl) {
            (Format::Csv, _) => Box::new(Rows::new(out, self.why)),
            (Format::Text, _) => Box::new(Text::new(out)),
            (Format::Json, true) => Box::new(Lines { out }),
            (Format::Json, false) => Box::new(Document::new(out)),
        };
        let mut outcome = Outcome::Clean;
        for (path, desk) in paths.iter().zip(all) {
            let desk = Desk {
                settings: desk.in_force.settings,
                knowledge: desk.knowledge,
                why: self.why || format == Format::Text,
            };
            let done = match self.jsonl {
                true => self.lines(path, &desk, sink.as_mut())?,
                false => self.draft(path, &desk, sink.as_mut())?,
            };
            outcome = outcome.max(done);
        }
        sink.end()?;
        Ok(outcome.max(desks.outcome()))
    }

    /// Whoever asks why of a draft wants to read it.
    fn format(&self) -> Format {
        match self.format {
            Some(format) => format,
            None if self.why && !self.jsonl => Format::Text,
            None => Format::Json,
        }
    }

    fn draft(&self, path: &Path, desk: &Desk, sink: &mut dyn Sink) -> io::Result<Outcome> {
        let input = match input::read(path, self.language) {
            Ok(input) => input,
            Err(error) => {
                complain(&format!("{}: {error}", path.display()));
                return Ok(Outcome::Trouble);
            }
        };
        if input.text.is_empty() {
            complain(&format!("{}: is empty", input.name));
        }
        let (ledger, outcome) = stet::ledger(path);
        extract(
            Value::String(input.name),
            &input.text,
            input.language,
            desk,
            ledger.notes().corrections(),
            sink,
        )?;
        Ok(outcome)
    }

    fn lines(&self, path: &Path, desk: &Desk, sink: &mut dyn Sink) -> io::Result<Outcome> {
        let language = self.language.map_or(Language::Plain, LanguageName::into);
        let name = path.display();
        let mut reader = match input::open(path) {
            Ok(reader) => BufReader::with_capacity(1 << 16, reader),
            Err(error) => {
                complain(&format!("{name}: {error}"));
                return Ok(Outcome::Trouble);
            }
        };
        let mut outcome = Outcome::Clean;
        let uncorrected = Corrections::default();
        let mut bytes = Vec::new();
        for number in 1_u64.. {
            let read = match read_line(&mut reader, &mut bytes) {
                Ok(read) => read,
                Err(error) => {
                    complain(&format!("{name}: line {number}: {}", input::reason(&error)));
                    return Ok(Outcome::Trouble);
                }
            };
            if read == 0 {
                break;
            }
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            match record(&bytes) {
                Ok(record) => {
                    extract(record.id, &record.text, language, desk, &uncorrected, sink)?;
                }
                Err(error) => {
                    complain(&format!("{name}: line {number}: {error}"));
                    outcome = Outcome::Trouble;
                }
            }
        }
        Ok(outcome)
    }
}

/// What drafts are read with.
struct Desk {
    settings: Settings,
    knowledge: Arc<Knowledge>,
    /// Say how each speaker is known.
    why: bool,
}

/// One line of `--jsonl`; other fields are passed over.
#[derive(Debug, Deserialize)]
struct Record {
    id: Value,
    text: String,
}

fn record(bytes: &[u8]) -> Result<Record, String> {
    if bytes.len() as u64 > LIMIT {
        return Err(format!("is longer than {} MiB", LIMIT >> 20));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let text = error.to_string();
        // What the parser says of wrong fields quotes them, and they may hold a draft.
        let reason = match error.classify() {
            Category::Data => "its fields are missing or wrong",
            _ => text.split(" at line ").next().unwrap_or_default(),
        };
        format!(
            "not a JSON object with id and text: {reason} (column {})",
            error.column()
        )
    })
}

/// Reads the next line, at most one byte more than the limit of it; the rest of a longer line is passed over.
/// Gives the number of bytes that the line has.
fn read_line(reader: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<usize> {
    bytes.clear();
    let mut read = reader.by_ref().take(LIMIT + 1).read_until(b'\n', bytes)?;
    while read as u64 > LIMIT && bytes.last() != Some(&b'\n') {
        let available = reader.fill_buf()?;
        let end = available.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(available.len(), |end| end + 1);
        if used == 0 {
            break;
        }
        reader.consume(used);
        read += used;
        if end.is_some() {
            break;
        }
    }
    Ok(read)
}

fn extract(
    id: Value,
    text: &str,
    language: Language,
    desk: &Desk,
    corrections: &Corrections,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let analysis = analyze_corrected(
        text,
        language,
        &desk.settings,
        &desk.knowledge,
        corrections,
        &mut Memo::default(),
    );
    sink.extract(&Extract::new(id, text, &analysis, desk.why))
}

/// A form in which extracts are printed.
trait Sink {
    fn extract(&mut self, extract: &Extract<'_>) -> io::Result<()>;
    fn end(&mut self) -> io::Result<()>;
}

impl<W: Write> Sink for Document<W> {
    fn extract(&mut self, extract: &Extract<'_>) -> io::Result<()> {
        self.draft(extract)
    }

    fn end(&mut self) -> io::Result<()> {
        Document::end(self)
    }
}

/// One JSON object a line.
struct Lines<W: Write> {
    out: W,
}

impl<W: Write> Sink for Lines<W> {
    fn extract(&mut self, extract: &Extract<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, extract)?;
        self.out.write_all(b"\n")
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// One row for each piece of speech.
struct Rows<W: Write> {
    out: csv::Writer<W>,
    begun: bool,
    /// With a last column that says how the speaker is known.
    why: bool,
}

impl<W: Write> Rows<W> {
    const HEAD: [&str; 13] = [
        "id",
        "start",
        "end",
        "kind",
        "text",
        "speaker",
        "speaker_name",
        "cue",
        "link",
        "source",
        "hand",
        "via",
        "score",
    ];

    fn new(out: W, why: bool) -> Rows<W> {
        Rows {
            out: csv::Writer::from_writer(out),
            begun: false,
            why,
        }
    }

    fn open(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            let why = self.why.then_some("why");
            self.out.write_record(Self::HEAD.into_iter().chain(why))?;
        }
        Ok(())
    }
}

impl<W: Write> Sink for Rows<W> {
    fn extract(&mut self, extract: &Extract<'_>) -> io::Result<()> {
        self.open()?;
        let id = extract.name();
        for quote in &extract.quotes {
            let cells = [
                cell(&id),
                quote.start.to_string(),
                quote.end.to_string(),
                quote.kind.to_owned(),
                cell(quote.text),
                cell(quote.speaker.as_ref().map_or("", |span| span.text)),
                cell(quote.speaker_name.unwrap_or_default()),
                cell(quote.cue.as_ref().map_or("", |span| span.text)),
                quote.evidence.link.to_owned(),
                quote.evidence.source.to_owned(),
                quote.evidence.hand.to_owned(),
                cell(quote.evidence.via.unwrap_or_default()),
                format!("{:.2}", quote.score),
            ];
            let why = quote.why.as_ref().filter(|_| self.why);
            let why = why.map(|why| cell(&why.join("; ")));
            self.out.write_record(cells.into_iter().chain(why))?;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.open()?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_one_by_one() {
        let mut reader = io::Cursor::new(b"one\n\nlast".to_vec());
        let mut bytes = Vec::new();
        assert_eq!(read_line(&mut reader, &mut bytes).unwrap(), 4);
        assert_eq!(read_line(&mut reader, &mut bytes).unwrap(), 1);
        assert_eq!(read_line(&mut reader, &mut bytes).unwrap(), 4);
        assert_eq!(bytes, b"last");
        assert_eq!(read_line(&mut reader, &mut bytes).unwrap(), 0);
    }

    #[test]
    fn broken_lines_are_named() {
        assert!(record(b"{\"id\":1,\"text\":\"a\",\"more\":[]}").is_ok());
        for bytes in [
            &b"{"[..],
            b"[]",
            b"{\"id\":1}",
            b"{\"text\":\"a\"}",
            b"\xFF",
            b"{\"id\":1,\"text\":\"\\ud800\"}",
        ] {
            let error = record(bytes).unwrap_err();
            assert!(error.starts_with("not a JSON object"), "{error}");
            assert!(!error.contains('\n'));
        }
        assert!(!record(b"\"Secret\"").unwrap_err().contains("Secret"));
    }
}
