//! All that is known of each draft, in a file beside it: `harbour-vote.txt` has `harbour-vote.txt.snap`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use copydesk::analysis::{Memo, analyze};
use copydesk::features;
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::{Language, TextRange, TextSize};
use serde_json::Value;

use super::paths;
use crate::cli::{Run, command};

/// Characters of a quote that stand for it.
const EXCERPT: usize = 48;

#[test]
fn every_draft_reads_as_it_did() {
    for path in paths() {
        let snapshot = format!(
            "== findings\n\n{}\n== hints\n\n{}\n== speech\n\n{}",
            findings(&path),
            hints(&path),
            speech(&path)
        );
        let mut file = path.into_os_string();
        file.push(".snap");
        expect_test::expect_file![file].assert_eq(&snapshot);
    }
}

/// What `copydesk check` prints.
fn findings(path: &Path) -> String {
    run("check", path).stdout
}

/// Each hint with its place, line and column from 1, and its reason.
fn hints(path: &Path) -> String {
    let source = fs::read_to_string(path).unwrap();
    let language = match path.extension().unwrap().to_str().unwrap() {
        "md" => Language::Markdown,
        "html" => Language::Html,
        _ => Language::Plain,
    };
    let settings = Settings::default();
    let analysis = analyze(
        &source,
        language,
        &settings,
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    let whole = TextRange::up_to(TextSize::of(&*source));
    let mut shown = String::new();
    for hint in features::hints(&analysis, &settings, whole) {
        let before = &source[..hint.offset.into()];
        let line = before.lines().count();
        let column = before.lines().last().unwrap().chars().count() + 1;
        writeln!(shown, "{line}:{column} {} {}", hint.label, hint.tooltip).unwrap();
    }
    shown
}

/// Each piece of speech with its line, its speaker and how that is known.
fn speech(path: &Path) -> String {
    let source = fs::read_to_string(path).unwrap();
    let report: Value = serde_json::from_str(&run("extract", path).stdout).unwrap();
    let mut shown = String::new();
    for piece in report["drafts"][0]["quotes"].as_array().unwrap() {
        let start = piece["start"].as_u64().unwrap() as usize;
        let line = 1 + source.chars().take(start).filter(|&c| c == '\n').count();
        let text: String = piece["text"]
            .as_str()
            .unwrap()
            .chars()
            .take(EXCERPT)
            .collect();
        let evidence = &piece["evidence"];
        let axes = ["link", "source", "hand"].map(|axis| evidence[axis].as_str().unwrap());
        writeln!(
            shown,
            "line {line}, {}: {} ({}) {:?}",
            piece["kind"].as_str().unwrap(),
            piece["speaker_name"].as_str().unwrap_or("nobody"),
            axes.join(", "),
            text.replace('\n', " "),
        )
        .unwrap();
    }
    shown
}

fn run(subcommand: &str, path: &Path) -> Run {
    let name = path.file_name().unwrap();
    let mut command = command([subcommand.as_ref(), name]);
    command.current_dir(path.parent().unwrap());
    let run = Run::from(command.output().unwrap());
    assert_eq!(run.stderr, "", "{}", path.display());
    run
}
