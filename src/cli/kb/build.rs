//! `copydesk kb build`: a knowledge base of lists, tables and dumps.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;

use crate::cli::excerpt::printable;
use crate::cli::{Outcome, complain};
use crate::knowledge::{Date, RecordKind};
use crate::newsroom::reader::{self, Columns, Format, Input, read};
use crate::newsroom::{self, Built, Notice};

/// Rejected entries that are listed.
const LISTED: usize = 20;

/// Between two lines of progress.
const PAUSE: Duration = Duration::from_millis(200);

/// Builds a knowledge base of desk lists, tables and dumps.
///
/// Of records with one id, those of the last file that has them count. Entries and fields that cannot be read are listed and left
/// out. OUT takes its place when it is whole; exit code 2: it was not built, and what was there still is.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The base to write.
    out: PathBuf,
    /// What to build it of, plain or packed with gzip or bzip2; - is standard input.
    #[arg(required = true, value_name = "IN")]
    inputs: Vec<PathBuf>,
    /// The format of the files; by default their names' endings and their first bytes tell.
    #[arg(long, value_parser = format, value_name = "FORMAT")]
    format: Option<Format>,
    /// Headers of a table that are not the usual ones: name=Full Name,role=Position
    #[arg(long, value_parser = Columns::parse, value_name = "FIELD=HEADER,…")]
    columns: Option<Columns>,
    /// What entries are that do not tell it; by default people.
    #[arg(long, value_parser = kind)]
    kind: Option<RecordKind>,
    /// Where entries are known from that do not tell it; by default the name of their file.
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// The day up to which entries speak that do not tell it.
    #[arg(long, value_parser = date, value_name = "DATE")]
    as_of: Option<Date>,
    /// Build nothing if an entry cannot be read.
    #[arg(long)]
    strict: bool,
    /// Where to list all entries that cannot be read; without it the first 20 are listed.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

fn format(name: &str) -> Result<Format, String> {
    let names = Format::ALL.map(Format::name).join(", ");
    Format::from_name(name).ok_or_else(|| format!("formats are {names}"))
}

fn kind(name: &str) -> Result<RecordKind, String> {
    reader::kind(name).ok_or_else(|| {
        let names: Vec<&str> = reader::kinds().collect();
        format!("kinds are {}", names.join(", "))
    })
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a date is written as in 2024-05-03".to_owned())
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let begun = Instant::now();
        let inputs = self.inputs();
        let rejects = match &self.rejects {
            Some(path) => match File::create(path) {
                Ok(file) => Some(BufWriter::new(file)),
                Err(error) => {
                    let path = path.display();
                    complain(&format!("{path}: cannot be written: {error}"));
                    return Ok(Outcome::Trouble);
                }
            },
            None => None,
        };
        let mut rejects = Rejects::new(rejects);
        let mut progress = Progress::new(&inputs);
        let feed = |intake: &mut newsroom::Intake<'_>| {
            for (at, input) in inputs.iter().enumerate() {
                read(input, &mut |line, record| intake.take(at, line, record))?;
            }
            Ok(())
        };
        let built = newsroom::build(&self.out, self.strict, feed, &mut |notice| match notice {
            Notice::Rejected {
                input,
                line,
                reason,
            } => {
                progress.wipe();
                rejects.add(&inputs[input].path, line, reason);
            }
            notice => progress.show(notice),
        });
        progress.wipe();
        let listed = rejects.end();
        match built {
            Ok(built) => {
                let mut out = io::stdout().lock();
                let summary = summary(&self.out, &built, begun.elapsed());
                writeln!(out, "{}", printable(&summary))?;
            }
            Err(error) => {
                complain(&error);
                return Ok(Outcome::Trouble);
            }
        }
        if let (Err(error), Some(path)) = (listed, &self.rejects) {
            complain(&format!("{}: cannot be written: {error}", path.display()));
            return Ok(Outcome::Trouble);
        }
        Ok(Outcome::Clean)
    }

    fn inputs(&self) -> Vec<Input> {
        let input = |path: &PathBuf| Input {
            format: self.format,
            columns: self.columns.clone().unwrap_or_default(),
            kind: self.kind,
            source: self.source.clone().unwrap_or_default(),
            as_of: self.as_of,
            ..Input::new(path)
        };
        self.inputs.iter().map(input).collect()
    }
}

/// Entries that could not be read.
struct Rejects {
    count: usize,
    /// Where all of them are listed.
    file: Option<BufWriter<File>>,
    error: Option<io::Error>,
}

impl Rejects {
    fn new(file: Option<BufWriter<File>>) -> Rejects {
        Rejects {
            count: 0,
            file,
            error: None,
        }
    }

    fn add(&mut self, path: &Path, line: usize, reason: &str) {
        let place = match line {
            0 => path.display().to_string(),
            line => format!("{}:{line}", path.display()),
        };
        let entry = printable(&format!("{place}: {reason}")).replace('\n', "\u{FFFD}");
        self.count += 1;
        if self.count <= LISTED {
            complain(&entry);
        }
        if let (Some(file), None) = (&mut self.file, &self.error) {
            self.error = writeln!(file, "{entry}").err();
        }
    }

    fn end(self) -> io::Result<()> {
        if self.count > LISTED {
            let more = grouped((self.count - LISTED) as u64);
            let all = match self.file {
                Some(_) => "",
                None => "; --rejects FILE lists all",
            };
            complain(&format!("and {more} more{all}"));
        }
        if let Some(error) = self.error {
            return Err(error);
        }
        self.file.map_or(Ok(()), |mut file| file.flush())
    }
}

/// One line on a terminal that is written over again and again.
struct Progress<'i> {
    inputs: &'i [Input],
    /// Bytes of all inputs.
    size: u64,
    shown: Option<Instant>,
    on: bool,
}

impl<'i> Progress<'i> {
    fn new(inputs: &'i [Input]) -> Progress<'i> {
        let sizes = inputs
            .iter()
            .filter_map(|input| fs::metadata(&input.path).ok());
        Progress {
            inputs,
            size: sizes.map(|data| data.len()).sum(),
            shown: None,
            on: io::stderr().is_terminal(),
        }
    }

    fn show(&mut self, notice: Notice<'_>) {
        if !self.on || self.shown.is_some_and(|shown| shown.elapsed() < PAUSE) {
            return;
        }
        let line = match notice {
            Notice::Read(count) => {
                let bytes: u64 = self.inputs.iter().map(|input| input.progress.bytes()).sum();
                let percent = (bytes * 100).checked_div(self.size).unwrap_or(100).min(100);
                format!("reading: {percent} %, {} records", grouped(count))
            }
            Notice::Written(count) => format!("writing: {} records", grouped(count)),
            Notice::Named(count) => format!("writing: {} names", grouped(count)),
            Notice::Rejected { .. } => return,
        };
        let _ = write!(io::stderr(), "\r\x1b[K{line}");
        self.shown = Some(Instant::now());
    }

    fn wipe(&mut self) {
        if self.shown.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

/// What was built, and what was not.
fn summary(out: &Path, built: &Built, time: Duration) -> String {
    let mut summary = format!(
        "{}: {} with {}, {}, in {:.1} s.",
        out.display(),
        plural(built.records, "record"),
        plural(built.names, "name"),
        plural(built.bytes, "byte"),
        time.as_secs_f64(),
    );
    for (count, one, many) in [
        (
            built.rejected,
            "entry or field was left out",
            "entries or fields were left out",
        ),
        (
            built.replaced,
            "record was replaced by a later file",
            "records were replaced by later files",
        ),
        (
            built.shared,
            "record has the id of another in its file",
            "records have the id of another in their file",
        ),
    ] {
        match count {
            0 => {}
            1 => summary.push_str(&format!("\n1 {one}.")),
            _ => summary.push_str(&format!("\n{} {many}.", grouped(count))),
        }
    }
    summary
}

fn plural(count: u64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{} {noun}s", grouped(count)),
    }
}

/// A number with its thousands set apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
