//! The other forms of what `check` prints, and what it leaves out, through the binary.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{Run, command};

const DRAFT: &str = "“The <b>deck</b> is rotten,” Okafor said.\n\nFerry strike enters second week as talks stall\n\n\
                     Repairs may take years\n\nRepairs are to start in May and will cost $2 million.\n\nLeave a Reply\n";

fn desk() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a, b.txt"), DRAFT).unwrap();
    folder
}

fn check(folder: &TempDir, arguments: &[&str]) -> Run {
    let arguments = [&["check", "a, b.txt"][..], arguments].concat();
    let mut command = command(arguments);
    command.current_dir(folder.path()).output().unwrap().into()
}

fn rules(run: &Run) -> Vec<String> {
    let report: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    let findings = report["drafts"][0]["findings"].as_array().unwrap();
    let rules = findings
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap());
    rules.map(str::to_owned).collect()
}

#[test]
fn sarif_has_the_form_that_readers_ask_for() {
    let run = check(&desk(), &["--format", "sarif"]);
    assert_eq!(run.code, 1);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["version"], "2.1.0");
    let inner = &report["runs"][0];
    let rules = inner["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), copydesk::rules::RULES.len());
    assert_eq!(inner["columnKind"], "unicodeCodePoints");
    let results = inner["results"].as_array().unwrap();
    assert!(!results.is_empty());
    let levels = ["error", "warning", "note"];
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(levels.contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "a%2C%20b.txt");
        let region = &place["region"];
        assert!(
            region["startLine"].as_u64() >= Some(1) && region["startColumn"].as_u64() >= Some(1)
        );
        let snippet = region["snippet"]["text"].as_str().unwrap();
        assert!(DRAFT.contains(snippet));
        assert_eq!(
            result["partialFingerprints"]["copydesk/v1"]
                .as_str()
                .unwrap()
                .len(),
            16
        );
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let change = &fix["artifactChanges"][0]["replacements"][0];
            assert!(change["deletedRegion"]["startLine"].is_u64(), "{fix}");
            assert!(change["insertedContent"]["text"].is_string(), "{fix}");
        }
    }
}

#[test]
fn annotations_are_one_line_each() {
    let run = check(&desk(), &["--format", "github"]);
    let first = run.stdout.lines().next().unwrap();
    assert!(
        first.starts_with("::warning file=a%2C b.txt,line=1,col="),
        "{first}"
    );
    assert!(
        run.stdout
            .lines()
            .all(|line| line.starts_with("::") && line.contains(",title="))
    );
}

#[test]
fn the_page_needs_nothing_and_runs_nothing() {
    let run = check(&desk(), &["--format", "html"]);
    let page = run.stdout;
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(
        page.contains("&lt;b&gt;deck&lt;/b&gt;") && !page.contains("<b>"),
        "{page}"
    );
    assert!(page.contains("first-reference-name") && page.contains("<mark>"));
    assert!(page.contains("light dark"));
    for word in ["<script", "http://", "https://", "url(", "src="] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn levels_and_rules_choose_what_is_told() {
    let folder = desk();
    let all = rules(&check(&folder, &["--format", "json"]));
    let grave = rules(&check(
        &folder,
        &["--format", "json", "--min-level", "warning"],
    ));
    assert!(all.contains(&"stray-headline".to_owned()));
    assert!(!grave.contains(&"stray-headline".to_owned()) && !grave.is_empty());
    let two = [
        "--format",
        "json",
        "--rule",
        "web-residue",
        "--rule",
        "stray-headline",
    ];
    let two = rules(&check(&folder, &two));
    assert_eq!(two, ["stray-headline", "web-residue"]);
    let run = check(&folder, &["--rule", "stray-headlines"]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.stderr,
        "copydesk: no rule `stray-headlines` (did you mean `stray-headline`?)\n"
    );
    let run = check(&folder, &["--stats", "--rule", "web-residue"]);
    assert!(
        run.stdout
            .ends_with("findings  drafts  rule\n       1       1  web-residue\n"),
        "{}",
        run.stdout
    );
    let run = check(&folder, &["--stats", "--format", "json"]);
    assert!(run.stderr.contains("web-residue"));
}

#[test]
fn a_baseline_leaves_out_what_was_there_and_nothing_else() {
    let folder = desk();
    let run = check(&folder, &["--write-baseline", "base.json"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    assert!(
        run.stdout.starts_with("Noted in base.json: "),
        "{}",
        run.stdout
    );
    let noted = fs::read_to_string(folder.path().join("base.json")).unwrap();
    assert!(!noted.contains("rotten"), "no copy in it");
    let after = check(&folder, &["--baseline", "base.json"]);
    assert_eq!(after.code, 0);
    assert!(
        after.stdout.starts_with("No findings in 1 draft; "),
        "{}",
        after.stdout
    );
    // Lines move, and one more of the same is new.
    let more = format!("It rained in the night.\n\n{DRAFT}\nIt rained again.\n\nLeave a Reply\n");
    fs::write(folder.path().join("a, b.txt"), more).unwrap();
    let run = check(&folder, &["--baseline", "base.json", "--format", "json"]);
    assert_eq!(rules(&run), ["web-residue"]);
    for (text, told) in [
        ("", "line 1: is no baseline"),
        (
            "{\"schema\":9,\"drafts\":{}}",
            "is a baseline of version 9, not 1",
        ),
    ] {
        fs::write(folder.path().join("bad.json"), text).unwrap();
        let run = check(&folder, &["--baseline", "bad.json"]);
        assert_eq!((run.code, &*run.stdout), (2, ""));
        assert_eq!(run.stderr, format!("copydesk: bad.json: {told}\n"));
    }
}
