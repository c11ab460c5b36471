//! `copydesk check`: the findings of drafts.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::config::Sources;
use super::excerpt::{Excerpts, printable};
use super::input::{self, Input, LanguageName};
use super::place::Places;
use super::{HouseName, Outcome, complain, schema, stet};
use crate::analysis::{Memo, analyze_corrected};
use crate::features::{self, Diagnostic};
use crate::rules::{self, Level};
use crate::settings::{House, Layer};

/// Reports what a copy chief would query, but for what somebody has let stand (see copydesk stet).
///
/// Exit code 0: no finding at or above the level of --fail-on; 1: some; 2: something could not be read.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Drafts to check; - is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print findings.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The house style to check by, whatever the settings say.
    #[arg(long, value_enum)]
    house: Option<HouseName>,
    /// The lowest level that makes the exit code 1.
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    fail_on: LevelName,
    /// The markup of the drafts; by default their names' endings tell.
    #[arg(long, value_enum)]
    language: Option<LanguageName>,
    /// Also check files that are no drafts by the settings, such as README.md.
    #[arg(long)]
    any_file: bool,
    #[command(flatten)]
    sources: Sources,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people: message, place and excerpt.
    #[default]
    Text,
    /// For programs: one JSON document.
    Json,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum LevelName {
    Error,
    #[default]
    Warning,
    Information,
    Hint,
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Level {
        match name {
            LevelName::Error => Level::Error,
            LevelName::Warning => Level::Warning,
            LevelName::Information => Level::Information,
            LevelName::Hint => Level::Hint,
        }
    }
}

impl Arguments {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let mut desks = self.sources.open(self.own());
        let Some(all) = desks.of_all(&self.paths) else {
            return Ok(Outcome::Trouble);
        };
        let fail_on = Level::from(self.fail_on);
        let stdout = io::stdout();
        let coloured =
            stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        let mut out = BufWriter::new(stdout.lock());
        let mut report: Box<dyn Report> = match self.format {
            Format::Text => Box::new(Text::new(coloured)),
            Format::Json => Box::new(Json::default()),
        };
        let mut outcome = Outcome::Clean;
        let mut tally = Tally::default();
        report.start(&mut out)?;
        for (path, desk) in self.paths.iter().zip(all) {
            if !desk.in_force.is_draft && !self.any_file {
                let path = path.display();
                complain(&format!(
                    "{path}: is no draft by the settings, so not checked (--any-file)"
                ));
                continue;
            }
            let settings = &desk.in_force.settings;
            let input = match input::read(path, self.language) {
                Ok(input) => input,
                Err(error) => {
                    complain(&format!("{}: {error}", path.display()));
                    tally.unread += 1;
                    outcome = Outcome::Trouble;
                    continue;
                }
            };
            if input.text.is_empty() {
                complain(&format!("{}: is empty", input.name));
            }
            let (ledger, read) = stet::ledger(path);
            outcome = outcome.max(read);
            let notes = ledger.notes();
            let analysis = analyze_corrected(
                &input.text,
                input.language,
                settings,
                &desk.knowledge,
                notes.corrections(),
                &mut Memo::default(),
            );
            if let Some(notice) = features::notice(&analysis) {
                complain(&format!("{}: {notice}", input.name));
            }
            let findings = features::diagnostics(&analysis, settings);
            let (findings, stetted) = features::part(&analysis, notes, findings);
            tally.stetted += stetted.len();
            report.draft(&mut out, &input, &findings)?;
            tally.count(&findings);
            if findings.iter().any(|finding| finding.level >= fail_on) {
                outcome = outcome.max(Outcome::Findings);
            }
        }
        report.end(&mut out, &tally)?;
        out.flush()?;
        Ok(outcome.max(desks.outcome()))
    }
}

impl Arguments {
    /// What the command line itself sets.
    fn own(&self) -> Option<Layer> {
        let house = House::from(self.house?).name();
        let table = toml::Table::from_iter([("house".to_owned(), house.into())]);
        Some(Layer::of_table("--house".to_owned(), PathBuf::new(), table, rules::problems).0)
    }
}

/// How many findings of each level, in how many drafts.
#[derive(Debug, Default)]
struct Tally {
    drafts: usize,
    unread: usize,
    /// Findings that somebody has let stand.
    stetted: usize,
    /// In the order of [`Level::ALL`].
    levels: [usize; 5],
}

impl Tally {
    fn count(&mut self, findings: &[Diagnostic]) {
        self.drafts += 1;
        for (level, count) in Level::ALL.iter().zip(&mut self.levels) {
            *count += findings
                .iter()
                .filter(|finding| finding.level == *level)
                .count();
        }
    }
}

/// A way to print findings.
trait Report {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()>;
    fn draft(
        &mut self,
        out: &mut dyn Write,
        input: &Input,
        findings: &[Diagnostic],
    ) -> io::Result<()>;
    fn end(&mut self, out: &mut dyn Write, tally: &Tally) -> io::Result<()>;
}

/// Findings for people.
struct Text {
    excerpts: Excerpts,
}

impl Text {
    fn new(coloured: bool) -> Text {
        Text {
            excerpts: Excerpts::new(coloured),
        }
    }
}

impl Report for Text {
    fn start(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn draft(
        &mut self,
        out: &mut dyn Write,
        input: &Input,
        findings: &[Diagnostic],
    ) -> io::Result<()> {
        let places = Places::new(&input.text);
        for finding in findings {
            let excerpt = self
                .excerpts
                .draw(&input.name, &input.text, &places, finding);
            writeln!(out, "{excerpt}\n")?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        writeln!(out, "{}", printable(&summary(tally)))
    }
}

/// Findings for programs.
#[derive(Default)]
struct Json {
    begun: bool,
}

impl Report for Json {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"schema\":{},\"drafts\":[", schema::VERSION)
    }

    fn draft(
        &mut self,
        out: &mut dyn Write,
        input: &Input,
        findings: &[Diagnostic],
    ) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            out.write_all(b",")?;
        }
        let draft = schema::CheckedDraft::new(&input.name, &input.text, findings);
        Ok(serde_json::to_writer(out, &draft)?)
    }

    fn end(&mut self, out: &mut dyn Write, _tally: &Tally) -> io::Result<()> {
        writeln!(out, "]}}")
    }
}

fn summary(tally: &Tally) -> String {
    let parts: Vec<String> = Level::ALL
        .iter()
        .zip(tally.levels)
        .filter(|(_, count)| *count > 0)
        .map(|(level, count)| match level {
            Level::Information => format!("{count} information"),
            level => plural(count, level.name()),
        })
        .collect();
    let drafts = plural(tally.drafts, "draft");
    let mut summary = match parts.is_empty() {
        true => format!("No findings in {drafts}"),
        false => {
            let findings = plural(tally.levels.iter().sum(), "finding");
            format!("{findings} in {drafts}: {}", parts.join(", "))
        }
    };
    if tally.stetted > 0 {
        summary.push_str(&format!("; {} let stand", tally.stetted));
    }
    if tally.unread > 0 {
        summary.push_str(&format!("; {} not read", tally.unread));
    }
    summary.push('.');
    summary
}

fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_in_plain_words() {
        let tally = |drafts, unread, levels| {
            summary(&Tally {
                drafts,
                unread,
                stetted: 0,
                levels,
            })
        };
        assert_eq!(tally(1, 0, [0; 5]), "No findings in 1 draft.");
        assert_eq!(tally(0, 1, [0; 5]), "No findings in 0 drafts; 1 not read.");
        assert_eq!(
            tally(2, 0, [0, 6, 1, 1, 0]),
            "8 findings in 2 drafts: 6 warnings, 1 information, 1 hint."
        );
    }
}
