//! `copydesk check --fix`.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{copydesk, copydesk_with};

const RESIDUE: &str = "The pier is closed.\n\nLeave a Reply\n\nIt reopens in May.\n";
const MENDED: &str = "The pier is closed.\n\nIt reopens in May.\n";

fn draft(folder: &TempDir, text: &str) -> PathBuf {
    let path = folder.path().join("story.txt");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn files_are_mended_and_what_is_left_is_told() {
    let folder = TempDir::new().unwrap();
    let path = draft(&folder, &format!("\u{FEFF}{RESIDUE}"));
    let run = copydesk(["check".as_ref(), "--fix".as_ref(), path.as_os_str()]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, "No findings in 1 draft.\n");
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, format!("\u{FEFF}{MENDED}"));
}

#[test]
fn a_diff_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let path = draft(&folder, RESIDUE);
    let arguments = ["check", "--fix", "--diff"].map(std::ffi::OsStr::new);
    let run = copydesk(arguments.into_iter().chain([path.as_os_str()]));
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("--- ") && lines[1].starts_with("+++ "));
    assert!(lines.contains(&"-Leave a Reply"), "{}", run.stdout);
    assert_eq!(fs::read_to_string(&path).unwrap(), RESIDUE);

    fs::write(&path, MENDED).unwrap();
    let run = copydesk(arguments.into_iter().chain([path.as_os_str()]));
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
}

#[test]
fn standard_input_is_printed_mended() {
    let run = copydesk_with(RESIDUE, ["check", "--fix", "-"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, MENDED);
    let run = copydesk_with(RESIDUE, ["check", "--fix", "-", "other.txt"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
}

#[test]
fn only_the_rules_asked_for_are_mended() {
    let arguments = ["check", "--fix", "--rule", "orphan-quote", "-"];
    assert_eq!(copydesk_with(RESIDUE, arguments).stdout, RESIDUE);
}
