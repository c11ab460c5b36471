//! `copydesk kb`, and the bases that other commands are given.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{Run, copydesk, copydesk_with};

const DESK: &str = r#"
[[person]]
name = "Ruth Okafor"
aliases = ["Ruthie Okafor"]
never = ["Ruth Okafour"]
description = "cafe owner"
note = "no h in Ruth's family name"
as-of = 2024-05-03

[[organisation]]
name = "Wexmouth Harbour Trust"
acronym = "WHT"
"#;

/// Endings of files.
const FILES: [&str; 5] = [".kb", ".toml", ".csv", ".json", ".txt"];

/// Runs the binary on files of a folder: what ends like a file is taken for one there.
fn run_in(folder: &TempDir, arguments: &[&str]) -> Run {
    let inside = |argument: &str| folder.path().join(argument);
    let arguments = arguments.iter().map(|argument| {
        let path = inside(argument);
        match FILES.iter().any(|end| argument.ends_with(end)) {
            true => path.into_os_string(),
            false => argument.into(),
        }
    });
    copydesk(arguments)
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Output with the folder taken out of it.
fn plain(folder: &TempDir, text: &str) -> String {
    text.replace(&format!("{}/", folder.path().display()), "")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_base_is_built_and_tells_what_it_knows() {
    let folder = folder(&[
        ("desk.toml", DESK),
        (
            "people.csv",
            "Full Name,Position\nRuth Okafor,pier keeper\n",
        ),
    ]);
    let built = run_in(&folder, &["kb", "build", "who.kb", "desk.toml"]);
    assert_eq!((built.code, &*built.stderr), (0, ""));
    let summary = plain(&folder, &built.stdout);
    assert!(
        summary.starts_with("who.kb: 2 records with 5 names, "),
        "{summary}"
    );
    let built = run_in(
        &folder,
        &[
            "kb",
            "build",
            "more.kb",
            "people.csv",
            "--columns",
            "name=Full Name,role=Position",
        ],
    );
    assert_eq!(built.code, 0, "{}", built.stderr);
    let shown = run_in(
        &folder,
        &[
            "kb",
            "show",
            "RUTH OKAFOR",
            "--kb",
            "who.kb",
            "--kb",
            "more.kb",
        ],
    );
    assert_eq!(shown.code, 0);
    assert_eq!(
        shown.stdout,
        "\
2 records of this name, the most believed first:

Ruth Okafor: person
  cafe owner
  also: Ruthie Okafor
  never: Ruth Okafour
  note: no h in Ruth's family name
  source: desk.toml in who.kb, as of 2024-05-03
  id: desk:ruth-okafor

Ruth Okafor: person
  pier keeper
  source: people.csv in more.kb
  id: people:ruth-okafor
"
    );
}

#[test]
fn what_is_known_is_printed_for_programs() {
    let folder = folder(&[("desk.toml", DESK)]);
    run_in(&folder, &["kb", "build", "who.kb", "desk.toml"]);
    let shown = run_in(
        &folder,
        &["kb", "show", "W.H.T.", "--format", "json", "--kb", "who.kb"],
    );
    assert_eq!(shown.code, 0);
    let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(
        (&shown["schema"], &shown["name"]),
        (&1.into(), &"W.H.T.".into())
    );
    let record = &shown["records"][0];
    assert_eq!(record["matched"], "WHT");
    assert_eq!(record["kind"], "organisation");
    assert_eq!(record["names"][1]["kind"], "acronym");
    assert_eq!(record["base"], "who.kb");
    assert_eq!(record["as_of"], Value::Null);
}

#[test]
fn a_name_that_is_not_known_is_no_trouble() {
    let folder = folder(&[("desk.toml", DESK)]);
    run_in(&folder, &["kb", "build", "who.kb", "desk.toml"]);
    let shown = run_in(&folder, &["kb", "show", "Wexmouth H", "--kb", "who.kb"]);
    assert_eq!((shown.code, &*shown.stdout), (1, ""));
    assert_eq!(
        shown.stderr,
        "copydesk: `Wexmouth H` is not known; names that start so: Wexmouth Harbour Trust\n"
    );
    let shown = run_in(
        &folder,
        &["kb", "show", "Nobody Atall\u{1b}[31m", "--format", "json"],
    );
    assert_eq!(shown.code, 1);
    assert!(shown.stdout.ends_with("\"records\":[]}\n"));
    assert_eq!(
        shown.stderr,
        "copydesk: `Nobody Atall\u{FFFD}[31m` is not known\n"
    );
}

#[test]
fn entries_that_cannot_be_read_are_named_by_line() {
    let rows: String = (0..30).map(|_| ",nobody\n").collect();
    let table = format!("name,description\nRuth Okafor,cafe owner\n{rows}");
    let folder = folder(&[("people.csv", &table)]);
    let built = run_in(
        &folder,
        &[
            "kb",
            "build",
            "who.kb",
            "people.csv",
            "--rejects",
            "rejects.txt",
        ],
    );
    assert_eq!(built.code, 0);
    let listed = plain(&folder, &built.stderr);
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.len(), 21);
    assert_eq!(lines[0], "copydesk: people.csv:3: no name");
    assert_eq!(lines[20], "copydesk: and 10 more");
    assert!(
        built
            .stdout
            .ends_with("\n30 entries or fields were left out.\n"),
        "{}",
        built.stdout
    );
    let rejects = fs::read_to_string(folder.path().join("rejects.txt")).unwrap();
    assert_eq!(rejects.lines().count(), 30);
    assert!(plain(&folder, &rejects).ends_with("people.csv:32: no name\n"));
    let built = run_in(
        &folder,
        &["kb", "build", "strict.kb", "people.csv", "--strict"],
    );
    assert_eq!(built.code, 2);
    assert!(
        built
            .stderr
            .ends_with("strict.kb: not built, because of rejected entries: 30\n")
    );
    assert_eq!(
        names(folder.path()),
        ["people.csv", "rejects.txt", "who.kb"]
    );
}

#[test]
fn what_cannot_be_built_leaves_what_was_there() {
    let folder = folder(&[
        ("desk.toml", DESK),
        ("broken.json", "[{\"name\": \"Tom\"}, "),
        ("old.kb", ""),
    ]);
    assert_eq!(
        run_in(&folder, &["kb", "build", "old.kb", "desk.toml"]).code,
        0
    );
    let before = fs::read(folder.path().join("old.kb")).unwrap();
    for inputs in [
        &["desk.toml", "none.toml"][..],
        &["desk.toml", "broken.json"],
    ] {
        let built = run_in(&folder, &[&["kb", "build", "old.kb"], inputs].concat());
        assert_eq!((built.code, &*built.stdout), (2, ""));
        assert_eq!(built.stderr.lines().count(), 1, "{}", built.stderr);
        assert_eq!(fs::read(folder.path().join("old.kb")).unwrap(), before);
    }
    fs::write(
        folder.path().join("bad.csv"),
        "name,note\nAnn Fox,ok,extra\n",
    )
    .unwrap();
    let built = run_in(&folder, &["kb", "build", "old.kb", "bad.csv"]);
    assert_eq!((built.code, &*built.stdout), (2, ""));
    assert!(built.stderr.ends_with("no entry could be read\n"));
    assert_eq!(fs::read(folder.path().join("old.kb")).unwrap(), before);
    fs::remove_file(folder.path().join("bad.csv")).unwrap();
    let built = run_in(&folder, &["kb", "build", "desk.toml", "broken.json"]);
    assert!(
        built
            .stderr
            .contains("what is there is not a knowledge base")
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("desk.toml")).unwrap(),
        DESK
    );
    assert_eq!(names(folder.path()), ["broken.json", "desk.toml", "old.kb"]);
    assert_eq!(run_in(&folder, &["kb", "build", "old.kb"]).code, 2);
    assert_eq!(
        run_in(
            &folder,
            &["kb", "build", "o.kb", "desk.toml", "--format", "x"]
        )
        .code,
        2
    );
}

#[test]
fn a_base_that_cannot_be_read_is_one_line_and_no_more() {
    let folder = folder(&[("desk.toml", DESK), ("story.txt", "The pier is closed.\n")]);
    run_in(&folder, &["kb", "build", "who.kb", "desk.toml"]);
    let good = fs::read(folder.path().join("who.kb")).unwrap();
    let mut older = good.clone();
    older[8] = 0;
    let mut damaged = good.clone();
    *damaged.last_mut().unwrap() ^= 1;
    for (bytes, line) in [
        (&good[..good.len() - 1], "who.kb: is cut short after "),
        (
            &older,
            "who.kb: is of the older format 0, not 1: build it again",
        ),
        (DESK.as_bytes(), "who.kb: is not a knowledge base"),
    ] {
        fs::write(folder.path().join("who.kb"), bytes).unwrap();
        for command in ["check", "extract"] {
            let run = run_in(&folder, &[command, "story.txt", "--kb", "who.kb"]);
            assert_eq!(run.code, 2);
            assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
            assert!(run.stderr.contains(line), "{}", run.stderr);
            assert!(run.stdout.len() > 20);
        }
    }
    fs::write(folder.path().join("who.kb"), damaged).unwrap();
    let shown = run_in(&folder, &["kb", "show", "Ruth Okafor", "--kb", "who.kb"]);
    assert_eq!(shown.code, 2);
    assert!(
        shown.stderr.contains("who.kb: is damaged at byte "),
        "{}",
        shown.stderr
    );
}

#[test]
fn drafts_are_read_with_a_base() {
    let folder = folder(&[("desk.toml", DESK)]);
    run_in(&folder, &["kb", "build", "who.kb", "desk.toml"]);
    let base = folder.path().join("who.kb");
    for command in ["check", "extract"] {
        let run = copydesk_with(
            "The pier is closed.\n",
            [
                command.as_ref(),
                "-".as_ref(),
                "--kb".as_ref(),
                base.as_os_str(),
            ],
        );
        assert_eq!((run.code, &*run.stderr), (0, ""));
    }
}

#[test]
fn what_the_desk_lists_is_read_as_what_it_lists() {
    let list = "[[organisation]]\nname = \"Grindlewaste\"\n";
    let folder = folder(&[
        ("desk.toml", list),
        ("s.txt", "Grindlewaste praised the plan.\n"),
    ]);
    run_in(&folder, &["kb", "build", "who.kb", "desk.toml"]);
    let label = |arguments: &[&str]| {
        let run = run_in(&folder, &[&["extract", "s.txt"], arguments].concat());
        let extract: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        extract["drafts"][0]["entities"][0]["label"].clone()
    };
    assert_ne!(label(&[]), "ORG");
    assert_eq!(label(&["--kb", "who.kb"]), "ORG");
}

#[test]
fn what_a_file_does_not_tell_can_be_told() {
    let folder = folder(&[(
        "crews.csv",
        "name,kind,source\nTide Crew,,\nBo Berg,person,the payroll\n",
    )]);
    let arguments = "kb build who.kb crews.csv --kind organisation --as-of 2026-01 --source";
    let mut arguments: Vec<&str> = arguments.split(' ').collect();
    arguments.push("the harbour office");
    let built = run_in(&folder, &arguments);
    assert_eq!((built.code, &*built.stderr), (0, ""));
    for (name, told) in [
        ("Tide Crew", ["organisation", "the harbour office"]),
        ("Bo Berg", ["person", "the payroll"]),
    ] {
        let shown = run_in(&folder, &["kb", "show", name, "--kb", "who.kb"]).stdout;
        assert!(told.iter().all(|told| shown.contains(told)), "{shown}");
        assert!(shown.contains("2026-01"), "{shown}");
    }
    for option in ["--kind=planet", "--as-of=May"] {
        let refused = run_in(&folder, &["kb", "build", "who.kb", "crews.csv", option]);
        assert_eq!(refused.code, 2);
        assert!(
            refused.stderr.contains("kinds are person, ") || refused.stderr.contains("a date is")
        );
    }
}

#[test]
fn settings_bring_the_desk_list_beside_them_and_their_files() {
    let folder = folder(&[
        ("story.txt", "The pier is closed.\n"),
        ("copydesk-desk.toml", "[[person]]\nnmae = \"Bo Berg\"\n"),
        ("good.toml", "[knowledge]\ndesk-lists = [\"desk.toml\"]\n"),
        ("bad.toml", "[knowledge]\nbases = [\"gone.kb\"]\n"),
        ("worse.toml", "[knowledge]\nbase = [\"gone.kb\"]\n"),
        ("desk.toml", DESK),
    ]);
    let check = |config: &str| {
        let run = run_in(&folder, &["check", "story.txt", "--config", config]);
        assert_eq!(run.code, 2, "{config}: {}", run.stderr);
        plain(&folder, &run.stderr)
    };
    let list =
        "copydesk-desk.toml: line 1: no name; line 2: no field `nmae` (did you mean `name`?)";
    assert!(check("good.toml").contains(list), "{}", check("good.toml"));
    assert!(check("bad.toml").contains("gone.kb: no such file"));
    assert!(check("worse.toml").contains("base"));
    fs::remove_file(folder.path().join("copydesk-desk.toml")).unwrap();
    let run = run_in(&folder, &["check", "story.txt", "--config", "good.toml"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
}

#[test]
fn what_is_never_to_be_used_is_warned_of_and_no_name_is_told_twice() {
    let list = r#"
[[person]]
name = "Ruth Okafor-Lindqvist"
aliases = ["Ruth Okafor", "Okafor"]
preferred = { guardian = "Ruth Okafor" }
never = ["Ruth Okofor", "Ruth Okáfor"]
"#;
    let folder = folder(&[("desk.toml", list)]);
    run_in(&folder, &["kb", "build", "who.kb", "desk.toml"]);
    let show = |name: &str, more: &[&str]| {
        run_in(
            &folder,
            &[&["kb", "show", name, "--kb", "who.kb"], more].concat(),
        )
    };
    let shown = show("ruth okofor", &[]);
    assert_eq!(shown.code, 0);
    assert_eq!(
        shown.stderr,
        "copydesk: `Ruth Okofor` is never to be used; write Ruth Okafor-Lindqvist\n"
    );
    assert!(
        shown
            .stdout
            .contains("\n  also: Ruth Okafor (preferred, guardian); Okafor\n"),
        "{}",
        shown.stdout
    );
    let shown = show("Ruth Okáfor", &["--house", "guardian", "--format", "json"]);
    assert_eq!(
        shown.stderr,
        "copydesk: `Ruth Okáfor` is never to be used; write Ruth Okafor\n"
    );
    let shown = show("Ruth Okafor", &["--house", "guardian"]);
    assert_eq!(shown.stderr, "");
    assert!(
        shown
            .stdout
            .contains("\n  also: Ruth Okafor-Lindqvist (preferred); Okafor\n"),
        "{}",
        shown.stdout
    );
}

#[test]
fn a_base_that_is_missing_is_the_only_trouble_told() {
    let folder = folder(&[]);
    let shown = run_in(&folder, &["kb", "show", "Ruth Okafor", "--kb", "gone.kb"]);
    assert_eq!(shown.code, 2);
    assert_eq!(
        plain(&folder, &shown.stderr),
        "copydesk: gone.kb: no such file\n"
    );
}

#[test]
fn a_base_is_built_of_standard_input() {
    let folder = folder(&[]);
    let base = folder.path().join("who.kb");
    let build = |input: &str, more: &[&str]| {
        let arguments = ["kb", "build"].map(OsStr::new).into_iter();
        let arguments = arguments.chain([base.as_os_str(), OsStr::new("-")]);
        copydesk_with(input, arguments.chain(more.iter().map(OsStr::new)))
    };
    for (input, format) in [
        (DESK, &[][..]),
        ("name,note\nRuth Okafor,x\n", &[]),
        ("name\nRuth Okafor\n", &["--format", "csv"]),
    ] {
        let built = build(input, format);
        assert_eq!((built.code, &*built.stderr), (0, ""));
        let shown = run_in(&folder, &["kb", "show", "Ruth Okafor", "--kb", "who.kb"]);
        assert!(
            shown.stdout.contains("source: standard input in who.kb"),
            "{}",
            shown.stdout
        );
    }
    let built = build("Ruth Okafor\n", &[]);
    assert_eq!(built.code, 2);
    assert!(
        built
            .stderr
            .starts_with("copydesk: -: format not known; name it with --format: toml, csv, "),
        "{}",
        built.stderr
    );
}

#[test]
fn a_base_that_is_damaged_inside_is_told_once() {
    let list: String = (0..200)
        .map(|at| format!("[[organisation]]\nname = \"Grindlewaste {at}\"\n"))
        .collect();
    let folder = folder(&[
        ("desk.toml", &list),
        ("one.txt", "Grindlewaste praised the plan of Ruth Okafor.\n"),
        ("two.txt", "Ruth Okafor met Grindlewaste 7 on Monday.\n"),
        ("desk.json", "{}"),
    ]);
    run_in(&folder, &["kb", "build", "who.kb", "desk.toml"]);
    let path = folder.path().join("who.kb");
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len();
    bytes[end - 5000..].iter_mut().for_each(|byte| *byte ^= 1);
    fs::write(&path, bytes).unwrap();
    let config = folder.path().join("copydesk.toml");
    fs::write(&config, "[knowledge]\nbases = [\"who.kb\"]\n").unwrap();
    for command in ["check", "extract"] {
        for options in [["--kb", "who.kb"], ["--config", "copydesk.toml"]] {
            let drafts = [&[command, "one.txt", "two.txt"][..], &options].concat();
            let run = run_in(&folder, &drafts);
            assert_eq!(run.code, 2, "{command}");
            assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
            assert!(
                run.stderr.contains("who.kb: is damaged at byte "),
                "{}",
                run.stderr
            );
            assert!(run.stdout.len() > 20);
        }
    }
}

#[test]
fn extracts_are_made_with_the_desk_list_beside_the_settings() {
    let folder = folder(&[
        (
            "copydesk-desk.toml",
            "[[organisation]]\nname = \"Grindlewaste\"\naliases = [\"zyrtec labs\"]\n",
        ),
        ("copydesk.toml", ""),
        ("wrong.toml", "huose = \"ap\"\n"),
        ("s.txt", "Grindlewaste praised the plan.\n"),
        ("lower.txt", "He left zyrtec labs on Monday.\n"),
    ]);
    let run = run_in(&folder, &["extract", "s.txt", "--config", "copydesk.toml"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    let extract: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(extract["drafts"][0]["entities"][0]["label"], "ORG");
    let run = run_in(
        &folder,
        &["extract", "lower.txt", "--config", "copydesk.toml"],
    );
    assert!(run.stdout.contains("zyrtec labs"), "{}", run.stdout);
    let run = run_in(&folder, &["extract", "s.txt", "--config", "wrong.toml"]);
    assert_eq!((run.code, &*run.stdout), (2, ""));
    assert!(
        plain(&folder, &run.stderr).starts_with("copydesk: wrong.toml: line 1: no setting `huose`"),
        "{}",
        run.stderr
    );
}
