//! `copydesk stet`, and how `check` and `extract` heed what was decided.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::{Run, copydesk};

const DRAFT: &str =
    "Mayor Ruth Okafor met Dan Meyer.\n\n“Nobody asked us.”\n\n“It is over,” Okafor said.\n";

const STET: &str = "{\"at\":\"2026-11-20T08:00:00Z\",\"by\":\"jm\",\"kind\":\"stet-place\",\"rule\":\"orphan-quote\",\
    \"text\":\"\\\"Nobody asked us.\\\"\",\"sentence\":\"\\\"Nobody asked us.\\\"\"}\n";

const SPEAKER: &str = "{\"at\":\"2026-11-20T08:00:00Z\",\"kind\":\"speaker\",\"quote\":\"It is over\",\"sentence\":\"\",\
    \"name\":\"Dan Meyer\"}\n";

const LOCK: &str = "{\"at\":\"2026-11-20T08:00:00Z\",\"by\":\"jm\",\"kind\":\"locked-quote\",\"quote\":\"It was over\",\
    \"speaker\":\"Ruth Okafor\",\"note\":\"tape 14:02\"}\n";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new(ledger: &str) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".copydesk")).unwrap();
        let desk = Desk { folder };
        fs::write(desk.draft(), DRAFT).unwrap();
        fs::write(desk.ledger(), ledger).unwrap();
        desk
    }

    fn draft(&self) -> PathBuf {
        self.folder.path().join("story.txt")
    }

    fn ledger(&self) -> PathBuf {
        self.folder.path().join(".copydesk/story.txt.jsonl")
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let arguments = arguments.iter().map(|argument| (*argument).into());
        copydesk(arguments.chain([self.draft().into_os_string()]))
    }
}

#[test]
fn check_says_nothing_of_what_stands() {
    let run = Desk::new("").run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("orphan-quote"));
    let desk = Desk::new(STET);
    let run = desk.run(&["check"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, "No findings in 1 draft; 1 let stand.\n");
    fs::write(desk.draft(), DRAFT.replace("asked", "told")).unwrap();
    assert_eq!(
        desk.run(&["check"]).code,
        1,
        "other words are another matter"
    );
}

#[test]
fn extract_gives_the_speaker_that_was_given_by_hand() {
    let run = Desk::new(SPEAKER).run(&["extract"]);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    let quotes = document["drafts"][0]["quotes"].as_array().unwrap();
    let corrected = quotes
        .iter()
        .find(|quote| quote["evidence"]["link"] == "corrected");
    assert_eq!(corrected.unwrap()["speaker_name"], "Dan Meyer");
    let run = Desk::new(SPEAKER).run(&["extract", "--why"]);
    assert!(
        run.stdout.contains("Dan Meyer: corrected by hand\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn decisions_are_listed_and_pruned() {
    let gone = STET.replace("asked", "told");
    let desk = Desk::new(&format!("{STET}{SPEAKER}{gone}"));
    let name = desk.draft().display().to_string();
    let run = desk.run(&["stet", "list"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let expected = format!(
        "{name}:
  orphan-quote: “Nobody asked us.” is left as it is [jm, 2026-11-20]
  speaker of “It is over”: Dan Meyer [2026-11-20]
  orphan-quote: “Nobody told us.” is left as it is (these words are gone) [jm, 2026-11-20]\n"
    );
    assert_eq!(run.stdout, expected);
    let run = desk.run(&["stet", "prune"]);
    assert_eq!(run.stdout, format!("{name}: 1 dropped, 2 left\n"));
    let left = fs::read_to_string(desk.ledger()).unwrap();
    assert_eq!(left, format!("{STET}{SPEAKER}"));
    assert_eq!(desk.run(&["check"]).code, 0);
}

#[test]
fn a_locked_quote_that_was_changed_is_an_error() {
    let desk = Desk::new(&format!("{STET}{LOCK}"));
    let run = desk.run(&["check"]);
    assert_eq!(run.code, 1);
    let finding = "error[locked-quote-changed]: Locked by jm on 2026-11-20 (tape 14:02); now reads “is” for “was”.";
    assert!(run.stdout.contains(finding), "{}", run.stdout);
    fs::write(desk.draft(), DRAFT.replace("It is over", "It was over")).unwrap();
    assert_eq!(desk.run(&["check"]).code, 0);
}

#[test]
fn locks_are_listed_and_dropped_only_if_asked_to() {
    let desk = Desk::new(LOCK);
    let name = desk.draft().display().to_string();
    let run = desk.run(&["stet", "list"]);
    let line =
        "  locked: “It was over”, Ruth Okafor (tape 14:02) (these words are gone) [jm, 2026-11-20]";
    assert_eq!(run.stdout, format!("{name}:\n{line}\n"));
    let run = desk.run(&["stet", "prune"]);
    assert_eq!(run.stdout, format!("{name}: 0 dropped, 1 left\n"));
    fs::write(desk.draft(), DRAFT.replace("It is over", "It was over")).unwrap();
    let run = desk.run(&["stet", "prune", "--locks"]);
    assert_eq!(run.stdout, format!("{name}: 0 dropped, 1 left\n"));
    let run = desk.run(&["stet", "list"]);
    assert!(!run.stdout.contains("gone"), "{}", run.stdout);
    fs::write(desk.draft(), DRAFT).unwrap();
    let run = desk.run(&["stet", "prune", "--locks"]);
    assert_eq!(run.stdout, format!("{name}: 1 dropped, 0 left\n"));
}

#[test]
fn a_damaged_line_is_named_and_the_others_hold() {
    let desk = Desk::new(&format!("{{\"kind\":\"stet-pl\n{STET}"));
    let run = desk.run(&["check"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr.lines().count(), 1);
    assert!(
        run.stderr
            .ends_with("story.txt.jsonl: line 1 cannot be read; the others hold\n"),
        "{}",
        run.stderr
    );
    assert!(run.stdout.starts_with("No findings"));
    let run = desk.run(&["stet", "prune"]);
    assert!(
        run.stdout.ends_with(": 0 dropped, and 1 damaged, 1 left\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn comments_are_listed_with_their_paragraphs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("story.md");
    let comments = "<!-- copydesk: stet orphan-quote, web-residu -->\n\n“Nobody asked us.”\n";
    fs::write(&path, format!("Mayor Ruth Okafor left.\n\n{comments}")).unwrap();
    let run = copydesk(["stet".as_ref(), "list".as_ref(), path.as_os_str()]);
    let name = path.display();
    let expected = format!(
        "{name}:
  orphan-quote: left alone by a comment in line 5
  web-residu: left alone by a comment in line 5 (no such rule (did you mean `web-residue`?))\n"
    );
    assert_eq!(run.stdout, expected);
    let run = copydesk(["check".as_ref(), path.as_os_str()]);
    assert_eq!(run.code, 0, "{}", run.stdout);
}

#[test]
fn a_draft_without_decisions_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("story.txt");
    fs::write(&path, DRAFT).unwrap();
    let run = copydesk(["stet".as_ref(), "list".as_ref(), path.as_os_str()]);
    assert_eq!(
        run.stdout,
        format!("{}: nothing was decided\n", path.display())
    );
    let run = copydesk(["stet".as_ref(), "prune".as_ref(), path.as_os_str()]);
    assert_eq!(
        run.stdout,
        format!("{}: 0 dropped, 0 left\n", path.display())
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is made"
    );
}
