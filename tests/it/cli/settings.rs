//! Settings found above drafts, `init` and `settings`, through the binary.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{Run, command};

/// Two findings: a warning of first-reference-name, a hint of stray-headline.
const DRAFT: &str = "“The deck is rotten,” Okafor said.\n\nFerry strike enters second week as talks stall\n\n\
                     Repairs may take years\n\nRepairs are to start in May and will cost $2 million.\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    command(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
        .into()
}

/// The rules and levels of what is found in a draft.
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["check", "--format", "json"][..], arguments].concat();
    let run = run_in(folder, &arguments);
    let report: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    let drafts = report["drafts"].as_array().unwrap();
    let findings = drafts
        .iter()
        .flat_map(|draft| draft["findings"].as_array().unwrap());
    findings
        .map(|finding| {
            let text = |name: &str| finding[name].as_str().unwrap().to_owned();
            format!("{} {}", text("level"), text("rule"))
        })
        .filter(|finding| finding.ends_with("first-reference-name"))
        .collect()
}

#[test]
fn the_nearest_settings_above_a_draft_hold() {
    let name = "rules.first-reference-name.level";
    let folder = folder(&[
        (
            "copydesk.toml",
            &format!(
                "{name} = \"error\"\n[[overrides]]\nfiles = [\"live/**\"]\n{name} = \"hint\"\n"
            ),
        ),
        ("a.txt", DRAFT),
        ("live/b.txt", DRAFT),
        ("near/copydesk.toml", &format!("{name} = \"off\"\n")),
        ("near/deep/c.txt", DRAFT),
        ("other.toml", ""),
    ]);
    let at = folder.path();
    assert_eq!(found(at, &["a.txt"]), ["error first-reference-name"]);
    assert_eq!(found(at, &["live/b.txt"]), ["hint first-reference-name"]);
    assert_eq!(found(at, &["near/deep/c.txt"]), [""; 0]);
    assert_eq!(
        found(&at.join("near"), &["../live/b.txt"]),
        ["hint first-reference-name"]
    );
    assert_eq!(
        found(at, &["a.txt", "near/deep/c.txt", "live/b.txt"]),
        ["error first-reference-name", "hint first-reference-name"]
    );
    assert_eq!(
        found(at, &["a.txt", "near/deep/c.txt", "--config", "other.toml"]),
        ["warning first-reference-name"; 2]
    );
}

#[test]
fn the_desk_list_beside_the_settings_and_above_a_draft_is_read() {
    let list = "[[organisation]]\nname = \"Grindlewaste\"\n";
    for settings in ["copydesk.toml", "no-settings.toml"] {
        let folder = folder(&[
            ("copydesk-desk.toml", list),
            (settings, ""),
            ("a/s.txt", "Grindlewaste praised the plan.\n"),
        ]);
        let run = run_in(folder.path(), &["extract", "a/s.txt"]);
        let extract: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(extract["drafts"][0]["entities"][0]["label"], "ORG");
    }
}

#[test]
fn what_is_wrong_is_named_with_file_and_line() {
    let folder = folder(&[
        (
            "copydesk.toml",
            "house = \"ap\"\n\n[rules.orphan-qoute]\nlevel = \"off\"\n[hints]\nmoed = 1\n",
        ),
        ("a.txt", DRAFT),
    ]);
    for command in [
        &["check", "a.txt"][..],
        &["extract", "a.txt"],
        &["settings", "a.txt"],
    ] {
        let run = run_in(folder.path(), command);
        assert_eq!((run.code, &*run.stdout), (2, ""));
        assert_eq!(
            run.stderr,
            "copydesk: copydesk.toml: line 3: rules: no rule `orphan-qoute` (did you mean `orphan-quote`?)\n\
             copydesk: copydesk.toml: line 6: hints: no setting `moed` (did you mean `mode`?)\n"
        );
    }
}

#[test]
fn what_is_no_draft_is_not_checked() {
    let folder = folder(&[
        ("copydesk.toml", "drafts.exclude = [\"notes/**\"]\n"),
        ("README.md", DRAFT),
        ("notes/a.txt", DRAFT),
    ]);
    let run = run_in(folder.path(), &["check", "README.md", "notes/a.txt"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.stdout, "No findings in 0 drafts.\n");
    assert_eq!(run.stderr.lines().count(), 2, "{}", run.stderr);
    assert!(run.stderr.contains("README.md: is no draft"));
    assert_eq!(found(folder.path(), &["README.md", "--any-file"]).len(), 1);
}

#[test]
fn settings_in_force_are_told_with_their_sources() {
    let folder = folder(&[(
        "copydesk.toml",
        "house = \"ap\"\n[[overrides]]\nfiles = [\"live/**\"]\nrules.web-residue.level = \"off\"\n",
    )]);
    let run = run_in(folder.path(), &["settings", "live/a.txt"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    for line in [
        "# live/a.txt is a draft.",
        "house = \"ap\" # copydesk.toml:1",
        "mode = \"all\" # default",
        "level = \"off\" # copydesk.toml:4, for live/**",
        "level = \"warning\" # house ap",
    ] {
        assert!(
            run.stdout.lines().any(|other| other == line),
            "{line}\n{}",
            run.stdout
        );
    }
    // What is told is itself such a file.
    fs::write(folder.path().join("told.toml"), &run.stdout).unwrap();
    let again = run_in(
        folder.path(),
        &["settings", "b.txt", "--config", "told.toml"],
    );
    assert_eq!((again.code, &*again.stderr), (0, ""));
    assert!(again.stdout.contains("level = \"off\" # told.toml:"));
    let none = run_in(folder.path(), &["settings", "README.md"]);
    assert!(none.stdout.contains("# README.md is no draft"));
}

#[test]
fn a_starter_is_written_once_and_all_of_it_can_be_set() {
    let folder = folder(&[]);
    let run = run_in(folder.path(), &["init"]);
    assert_eq!((run.code, &*run.stdout), (0, "Wrote copydesk.toml.\n"));
    let path = folder.path().join("copydesk.toml");
    let starter = fs::read_to_string(&path).unwrap();
    assert_eq!(run_in(folder.path(), &["settings"]).code, 0);
    let again = run_in(folder.path(), &["init"]);
    assert_eq!(again.code, 2);
    assert_eq!(
        again.stderr,
        "copydesk: copydesk.toml: is there already, and stays as it is\n"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), starter);
    let uncommented: String = starter
        .lines()
        .filter_map(|line| {
            line.strip_prefix('#')
                .filter(|rest| !rest.starts_with([' ', ':']))
        })
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(&path, uncommented).unwrap();
    let run = run_in(folder.path(), &["settings", "headlines/a.txt"]);
    assert!(!run.stderr.contains("line"), "{}", run.stderr);
    assert!(
        run.stdout.contains("house = \"ap\" # copydesk.toml:1"),
        "{}",
        run.stdout
    );
    let nowhere = run_in(folder.path(), &["init", "nowhere"]);
    assert_eq!(
        (nowhere.code, &*nowhere.stderr),
        (2, "copydesk: nowhere/copydesk.toml: no such file\n")
    );
}

#[test]
fn the_schema_is_fresh_and_knows_every_rule() {
    let run = super::copydesk(["settings", "--schema"]);
    assert_eq!(run.code, 0);
    let schema: Value = serde_json::from_str(&run.stdout).unwrap();
    for rule in copydesk::rules::RULES {
        let table = &schema["definitions"]["rules"]["properties"][rule.name]["properties"];
        assert!(table["level"].is_object(), "{rule:?}");
        for (option, _) in rule.options {
            assert!(table[option].is_object(), "{rule:?}: {option}");
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/copydesk.schema.json");
    expect_test::expect_file![path].assert_eq(&run.stdout);
}
