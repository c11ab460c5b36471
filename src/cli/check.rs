//! `copydesk check`: the findings of drafts.

mod baseline;
mod fix;
mod github;
mod page;
mod report;
mod sarif;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::config::Sources;
use super::input::{self, LanguageName};
use super::{HouseName, Outcome, complain, stet};
use baseline::Baseline;
use github::GitHub;
use page::Page;
use report::{Json, Report, Tally, Text};
use sarif::Sarif;

use crate::analysis::{Memo, analyze_corrected};
use crate::features::{self, Diagnostic};
use crate::rules::{self, Level, RULES, Rule};
use crate::settings::{House, Layer, suggestion};

/// Reports what a copy chief would query, but for what somebody has let stand (see copydesk stet).
///
/// Exit code 0: no finding at or above the level of --fail-on; 1: some; 2: something could not be read or written.
/// With --fix the findings that are left count; with --diff, 1: something would change.
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
    /// The lowest level to print and count.
    #[arg(long, value_enum, default_value = "hint", value_name = "LEVEL")]
    min_level: LevelName,
    /// Only the findings of this rule; may be given again for others.
    #[arg(long, value_name = "NAME")]
    rule: Vec<String>,
    /// Also print how many findings each rule has; on standard error unless the format is text.
    #[arg(long)]
    stats: bool,
    /// Mend what takes no judgement: marks of quotes, stops beside them, web leftovers. Files are written in place, and
    /// what is left is reported; of standard input (alone) the mended text is printed.
    #[arg(long, conflicts_with_all = ["baseline", "write_baseline"])]
    fix: bool,
    /// With --fix: print what would change, and write nothing.
    #[arg(long, requires = "fix")]
    diff: bool,
    /// Leave out the findings that this file knows, as --write-baseline has noted them.
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,
    /// Note the findings in this file instead of printing them, so that --baseline leaves them out from now on.
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
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
    /// For code hosts and editors: SARIF 2.1.0.
    Sarif,
    /// For workflows on GitHub: annotations.
    Github,
    /// For a browser: one page.
    Html,
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
        let unknown = self.rule.iter().find(|name| Rule::find(name).is_none());
        if let Some(name) = unknown {
            let near = suggestion(name, RULES.iter().map(|rule| rule.name));
            complain(&format!("no rule `{name}`{near}"));
            return Ok(Outcome::Trouble);
        }
        let from_stdin = self.paths.iter().any(|path| input::is_stdin(path));
        if self.fix && !self.diff && from_stdin && self.paths.len() > 1 {
            complain("--fix prints the text of standard input: give no other draft beside it");
            return Ok(Outcome::Trouble);
        }
        // What is printed is a draft or a patch, and no report.
        let silent = self.fix && (self.diff || from_stdin);
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
            Format::Sarif => Box::new(Sarif::default()),
            Format::Github => Box::new(GitHub),
            Format::Html => Box::new(Page::default()),
        };
        let Some((mut known, mut noted)) = self.baselines() else {
            return Ok(Outcome::Trouble);
        };
        let mut outcome = Outcome::Clean;
        let mut tally = Tally::default();
        if noted.is_none() && !silent {
            report.start(&mut out)?;
        }
        for (path, desk) in self.paths.iter().zip(all) {
            if !desk.in_force.is_draft && !self.any_file {
                let path = path.display();
                complain(&format!(
                    "{path}: is no draft by the settings, so not checked (--any-file)"
                ));
                continue;
            }
            let settings = &desk.in_force.settings;
            let mut input = match input::read(path, self.language) {
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
            let is_wanted = |finding: &Diagnostic| {
                finding.level >= self.min_level.into()
                    && (self.rule.is_empty()
                        || self.rule.iter().any(|rule| rule == finding.rule.name))
            };
            let read = |text: &str| {
                analyze_corrected(
                    text,
                    input.language,
                    settings,
                    &desk.knowledge,
                    notes.corrections(),
                    &mut Memo::default(),
                )
            };
            if self.fix {
                let mended = fix::mend(&input.text, |text| {
                    let analysis = read(text);
                    let findings = features::diagnostics(&analysis, settings);
                    let (mut findings, _) = features::part(&analysis, notes, findings);
                    findings.retain(is_wanted);
                    findings
                });
                let changes = mended != input.text;
                if self.diff {
                    if changes {
                        fix::diff(&mut out, &input, &mended)?;
                        outcome = outcome.max(Outcome::Findings);
                    }
                    continue;
                }
                if from_stdin {
                    out.write_all(mended.as_bytes())?;
                } else if changes && let Err(error) = fix::write(path, &input, &mended) {
                    complain(&format!("{}: {error}", input.name));
                    outcome = Outcome::Trouble;
                    continue;
                }
                input.text = mended;
            }
            let analysis = read(&input.text);
            if let Some(notice) = features::notice(&analysis) {
                complain(&format!("{}: {notice}", input.name));
            }
            let findings = features::diagnostics(&analysis, settings);
            let (mut findings, stetted) = features::part(&analysis, notes, findings);
            findings.retain(is_wanted);
            tally.stetted += stetted.iter().filter(|finding| is_wanted(finding)).count();
            if let Some(noted) = &mut noted {
                noted.note(path, &input.text, &findings);
                tally.count(&findings);
                continue;
            }
            if let Some(known) = &mut known {
                tally.known += known.subtract(path, &input.text, &mut findings);
            }
            if !silent {
                report.draft(&mut out, &input, &findings)?;
            }
            tally.count(&findings);
            if findings.iter().any(|finding| finding.level >= fail_on) {
                outcome = outcome.max(Outcome::Findings);
            }
        }
        match (noted, &self.write_baseline) {
            (Some(noted), Some(path)) => {
                let name = path.display();
                match noted.write(path) {
                    Ok(()) => writeln!(out, "Noted in {name}: {}", tally.summary())?,
                    Err(error) => {
                        complain(&format!("{name}: {error}"));
                        outcome = Outcome::Trouble;
                    }
                }
            }
            _ if silent => {}
            _ => report.end(&mut out, &tally)?,
        }
        if self.stats {
            match self.format {
                Format::Text if !silent => write!(out, "\n{}", tally.statistics())?,
                _ => write!(io::stderr(), "{}", tally.statistics())?,
            }
        }
        out.flush()?;
        Ok(outcome.max(desks.outcome()))
    }
}

impl Arguments {
    /// What is known, and where to note what is found. None where the former cannot be read, which is told.
    fn baselines(&self) -> Option<(Option<Baseline>, Option<Baseline>)> {
        let known = match &self.baseline {
            None => None,
            Some(path) => match Baseline::read(path) {
                Ok(baseline) => Some(baseline),
                Err(error) => {
                    complain(&format!("{}: {error}", path.display()));
                    return None;
                }
            },
        };
        let noted = self.write_baseline.as_deref().map(Baseline::new);
        Some((known, noted))
    }

    /// What the command line itself sets.
    fn own(&self) -> Option<Layer> {
        let house = House::from(self.house?).name();
        let table = toml::Table::from_iter([("house".to_owned(), house.into())]);
        Some(Layer::of_table("--house".to_owned(), PathBuf::new(), table, rules::problems).0)
    }
}
