//! Ledgers on disk: two writers, damage, folders that cannot be written.

use std::thread;

use super::*;

fn rule(rule: &str) -> Decision {
    Decision::StetRule {
        rule: rule.to_owned(),
    }
}

fn names(ledger: &Ledger) -> Vec<&str> {
    let names = ledger.notes().decisions().map(|decision| match decision {
        Decision::StetRule { rule } => rule.as_str(),
        _ => "?",
    });
    names.collect()
}

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("story.txt"), "The pier is closed.").unwrap();
        Desk { folder }
    }

    fn open(&self) -> Ledger {
        let mut ledger = Ledger::of(Some(&self.folder.path().join("story.txt")));
        assert_eq!(ledger.refresh().1, None);
        ledger
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join(".copydesk/story.txt.jsonl")
    }
}

#[test]
fn what_is_noted_is_read_by_others() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open(), desk.open());
    assert_eq!(one.note(vec![(rule("a"), false)]), None);
    assert_eq!(two.refresh(), (true, None));
    assert_eq!(two.refresh(), (false, None));
    assert_eq!(names(&two), ["a"]);
    assert_eq!(two.note(vec![(rule("b"), false), (rule("a"), true)]), None);
    one.refresh();
    assert_eq!(names(&one), ["b"]);
    let entry = &one.notes().entries()[0];
    assert!(entry.at.as_deref().unwrap().ends_with('Z'));
}

#[cfg(unix)]
#[test]
fn a_ledger_is_its_users_alone_and_stays_out_of_version_control() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.open().note(vec![(rule("a"), false)]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&desk.file()), 0o600);
    let folder = desk.folder.path().join(".copydesk");
    assert_eq!(mode(&folder), 0o700);
    let ignored = fs::read_to_string(folder.join(".gitignore")).unwrap();
    assert!(ignored.contains("can name sources") && ignored.ends_with("\n*\n"));
    desk.open().prune(|_| true).unwrap();
    assert_eq!(mode(&desk.file()), 0o600);
}

#[test]
fn of_many_writers_none_loses_a_line() {
    let desk = Desk::new();
    thread::scope(|scope| {
        for writer in 0..4 {
            let mut ledger = desk.open();
            scope.spawn(move || {
                for number in 0..25 {
                    let noted = ledger.note(vec![(rule(&format!("{writer}-{number}")), false)]);
                    assert_eq!(noted, None);
                    if number == 12 {
                        ledger.prune(|_| true).unwrap();
                    }
                }
            });
        }
    });
    assert_eq!(names(&desk.open()).len(), 100);
}

#[test]
fn damaged_lines_are_told_once_and_the_others_hold() {
    let desk = Desk::new();
    desk.open().note(vec![(rule("a"), false)]);
    let whole = fs::read(desk.file()).unwrap();
    let later = b"{\"kind\":\"dream\",\"of\":\"sheep\"}\n";
    let broken = [&whole[..], b"\xFF\n", later, &whole[..20]].concat();
    fs::write(desk.file(), broken).unwrap();
    let mut ledger = Ledger::of(Some(&desk.folder.path().join("story.txt")));
    let told = ledger.refresh().1.unwrap();
    assert!(
        told.ends_with("line 2 and 1 more cannot be read; the others hold"),
        "{told}"
    );
    assert_eq!(ledger.refresh().1, None);
    assert_eq!(ledger.note(vec![(rule("b"), false)]), None, "told already");
    assert_eq!(names(&ledger), ["a", "b"], "the line that was cut is ended");
    let pruned = ledger.prune(|decision| *decision != rule("a")).unwrap();
    assert_eq!(
        pruned,
        Pruned {
            dropped: 1,
            damaged: 2
        }
    );
    assert_eq!(names(&desk.open()), ["b"]);
    let text = fs::read_to_string(desk.file()).unwrap();
    assert!(
        text.contains("sheep"),
        "a later version's lines stay: {text}"
    );
}

#[test]
fn what_cannot_be_written_is_told_once_and_held_in_memory() {
    let desk = Desk::new();
    let folder = desk.folder.path().join(".copydesk");
    fs::write(&folder, "").unwrap();
    let mut ledger = desk.open();
    let told = ledger.note(vec![(rule("a"), false)]).unwrap();
    assert!(
        told.contains(".copydesk is no folder") && !told.contains('\n'),
        "{told}"
    );
    assert!(told.ends_with("holds until the draft is closed"), "{told}");
    assert_eq!(ledger.note(vec![(rule("b"), false)]), None);
    assert_eq!(names(&ledger), ["a", "b"]);
    fs::remove_file(&folder).unwrap();
    assert_eq!(ledger.note(vec![(rule("c"), false)]), None);
    assert_eq!(names(&desk.open()), ["a", "b", "c"], "nothing is lost");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_folder() {
    let desk = Desk::new();
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), desk.folder.path().join(".copydesk")).unwrap();
    let mut ledger = desk.open();
    assert!(ledger.note(vec![(rule("a"), false)]).is_some());
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn a_draft_that_is_no_file_has_its_ledger_in_memory() {
    let mut ledger = Ledger::of(None);
    assert_eq!(ledger.note(vec![(rule("a"), false)]), None);
    assert_eq!(names(&ledger), ["a"]);
    assert_eq!(ledger.refresh(), (false, None));
    assert_eq!(names(&ledger), ["a"]);
}

#[test]
fn the_later_decision_about_the_same_holds() {
    let names = |names: [&str; 2]| names.map(str::to_owned);
    let mut ledger = Ledger::of(None);
    ledger.note(vec![
        (
            Decision::OnePerson {
                names: names(["A", "B"]),
            },
            false,
        ),
        (
            Decision::TwoPeople {
                names: names(["B", "A"]),
            },
            false,
        ),
    ]);
    assert_eq!(ledger.notes().corrections().one, [[""; 2]; 0]);
    assert_eq!(ledger.notes().corrections().two, [["B", "A"]]);
}
