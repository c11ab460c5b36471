//! What a client decides about a draft: it holds through edits, in other editors, and where it cannot be written.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, PATIENCE};

const DRAFT: &str = "Mayor Ruth Okafor met Dan Meyer at the pier.\n\n“It is rotten,” he said.\n\n\
    The council met.\n\n“Nobody asked us.”\n";

/// A folder, and clients that have its draft open.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("pier.txt"), DRAFT).unwrap();
        Desk { folder }
    }

    fn uri(&self) -> String {
        format!("file://{}/pier.txt", self.folder.path().display())
    }

    fn ledger(&self) -> PathBuf {
        self.folder.path().join(".copydesk/pier.txt.jsonl")
    }

    fn open(&self) -> Editor {
        let mut client = Client::start();
        client.open(&self.uri(), 1, DRAFT);
        Editor {
            client,
            uri: self.uri(),
        }
    }
}

struct Editor {
    client: Client,
    uri: String,
}

impl Editor {
    /// The actions at a place.
    fn actions(&mut self, line: u32, character: u32) -> Vec<Value> {
        let at = json!({"line": line, "character": character});
        let actions = self.client.call(
            "textDocument/codeAction",
            json!({
                "textDocument": {"uri": self.uri},
                "range": {"start": at, "end": at},
                "context": {"diagnostics": []},
            }),
        );
        actions.as_array().unwrap().clone()
    }

    fn titles(&mut self, line: u32, character: u32) -> Vec<String> {
        let actions = self.actions(line, character);
        let title = |action: &Value| action["title"].as_str().unwrap().to_owned();
        actions.iter().map(title).collect()
    }

    /// Takes the action of a title, as an editor does that knows nothing of it: by its command.
    fn take(&mut self, line: u32, character: u32, title: &str) {
        let actions = self.actions(line, character);
        let action = actions.iter().find(|action| action["title"] == title);
        let command = &action.unwrap_or_else(|| panic!("{actions:#?}"))["command"];
        let answer = self.client.call(
            "workspace/executeCommand",
            json!({"command": command["command"], "arguments": command["arguments"]}),
        );
        assert_eq!(answer, Value::Null);
    }

    /// The card of the quote in the third line.
    fn hover(&mut self, line: u32) -> String {
        let hover = self.client.call(
            "textDocument/hover",
            json!({"textDocument": {"uri": self.uri}, "position": {"line": line, "character": 6}}),
        );
        hover["contents"]["value"].as_str().unwrap().to_owned()
    }

    fn hints(&mut self) -> Value {
        self.client.call(
            "textDocument/inlayHint",
            json!({"textDocument": {"uri": self.uri}, "range": {
                "start": {"line": 0, "character": 0}, "end": {"line": 20, "character": 0},
            }}),
        )
    }

    fn wait_for_hover(&mut self, line: u32, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.hover(line).contains(words) {
            assert!(Instant::now() < deadline, "{}", self.hover(line));
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn rules(&mut self, publish: &Value) -> Vec<String> {
        let findings = publish["diagnostics"].as_array().unwrap().iter();
        findings
            .map(|finding| finding["code"].as_str().unwrap().to_owned())
            .collect()
    }
}

const CORRECTED: &str = "This is not Dan Meyer: Ruth Okafor";

#[test]
fn a_corrected_speaker_stays_through_edits_and_restarts() {
    let desk = Desk::new();
    let mut editor = desk.open();
    assert!(
        editor.hover(2).starts_with("Speaker: **Dan Meyer**"),
        "{}",
        editor.hover(2)
    );
    assert_eq!(
        editor.titles(2, 6),
        [
            CORRECTED,
            "This is not Dan Meyer: nobody’s words",
            "Lock this quote",
        ]
    );
    editor.take(2, 6, CORRECTED);
    let card = "Speaker: **Ruth Okafor**\n\n- How known: corrected by hand";
    assert!(editor.hover(2).starts_with(card), "{}", editor.hover(2));
    assert_eq!(editor.hints()[0]["label"][0]["value"], "‹Ruth Okafor›");
    editor.client.edit(
        &desk.uri(),
        2,
        [0, 0, 0, 0],
        "It rained.\n\nMr Meyer was late.\n\n",
    );
    assert!(editor.hover(6).starts_with(card), "{}", editor.hover(6));
    drop(editor);
    let mut editor = desk.open();
    assert!(editor.hover(2).starts_with(card), "{}", editor.hover(2));
    editor.take(2, 6, "Undo the correction of this speaker");
    assert!(
        editor.hover(2).starts_with("Speaker: **Dan Meyer**"),
        "{}",
        editor.hover(2)
    );
    editor.take(2, 6, "This is not Dan Meyer: nobody’s words");
    assert!(
        editor.hover(2).starts_with("Nobody’s words"),
        "{}",
        editor.hover(2)
    );
}

#[test]
fn a_stet_takes_the_finding_away_and_gives_it_back() {
    let desk = Desk::new();
    let mut editor = desk.open();
    let first = editor.client.published(&desk.uri());
    assert_eq!(editor.rules(&first), ["orphan-quote"]);
    let stets = editor.titles(6, 4);
    for title in [
        "Stet: leave this as is (orphan-quote)",
        "Stet: leave “Nobody asked us.” in this story (orphan-quote)",
        "Stet: leave orphan-quote off in this story",
    ] {
        assert!(stets.contains(&title.to_owned()), "{stets:?}");
    }
    editor.take(6, 4, "Stet: leave this as is (orphan-quote)");
    let mut editor = desk.open();
    editor.hover(0);
    let fresh = editor.client.published(&desk.uri());
    assert_eq!(
        fresh["diagnostics"],
        json!([]),
        "no finding is shown and taken away again"
    );
    editor.take(6, 4, "Take the stet back: show orphan-quote here");
    let again = editor.client.published(&desk.uri());
    assert_eq!(editor.rules(&again), ["orphan-quote"]);
}

#[test]
fn a_locked_quote_is_watched_and_restored() {
    let desk = Desk::new();
    let mut editor = desk.open();
    editor.take(2, 6, "Lock this quote");
    let ledger = fs::read_to_string(desk.ledger()).unwrap();
    assert!(
        ledger.contains("\"quote\":\"It is rotten\",\"speaker\":\"Dan Meyer\""),
        "{ledger}"
    );
    // “is” becomes “was”.
    editor.client.edit(&desk.uri(), 2, [2, 6, 2, 8], "was");
    let changed = |message: &Value| {
        let findings = message["params"]["diagnostics"].as_array();
        findings.is_some_and(|all| all.iter().any(|one| one["code"] == "locked-quote-changed"))
    };
    let publish = editor.client.wait_for(changed);
    let findings = publish["params"]["diagnostics"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["code"] == "locked-quote-changed");
    let finding = finding.unwrap();
    assert_eq!(finding["severity"], 1);
    let message = finding["message"].as_str().unwrap();
    assert!(message.starts_with("Locked"), "{message}");
    assert!(
        message.ends_with("; now reads “was” for “is”."),
        "{message}"
    );
    let actions = editor.actions(2, 6);
    let restore = actions
        .iter()
        .find(|action| action["title"] == "Restore the locked words");
    let edit = &restore.unwrap()["edit"];
    assert_eq!(edit["documentChanges"][0]["edits"][0]["newText"], "is");
    assert_eq!(edit["documentChanges"][0]["textDocument"]["version"], 2);
    let titles = editor.titles(2, 6);
    for title in ["Lock the words as they are now", "Unlock this quote"] {
        assert!(titles.contains(&title.to_owned()), "{titles:?}");
    }
    editor.client.edit(&desk.uri(), 3, [2, 6, 2, 9], "is");
    let restored = editor.client.published_version(&desk.uri(), 3);
    assert_eq!(editor.rules(&restored), ["orphan-quote"]);
    editor.client.edit(&desk.uri(), 4, [2, 6, 2, 8], "was");
    editor.take(2, 6, "Lock the words as they are now");
    let titles = editor.titles(2, 6);
    assert!(
        titles.contains(&"Unlock this quote".to_owned()),
        "{titles:?}"
    );
    editor.take(2, 6, "Unlock this quote");
    let titles = editor.titles(2, 6);
    assert!(titles.contains(&"Lock this quote".to_owned()), "{titles:?}");
}

#[test]
fn names_are_bound_and_parted() {
    let desk = Desk::new();
    let mut editor = desk.open();
    let draft = "Ann Kovac spoke on Monday. Anna Kovacs left. Kovac came back.\n";
    editor.client.edit(&desk.uri(), 2, [0, 0, 20, 0], draft);
    let one = "Ann Kovac and Anna Kovacs are one person";
    editor.take(0, 3, one);
    let titles = editor.titles(0, 3);
    assert!(titles.contains(&format!("Undo: {one}")), "{titles:?}");
    let ledger = fs::read_to_string(desk.ledger()).unwrap();
    assert!(ledger.contains("\"kind\":\"one-person\""), "{ledger}");
}

#[test]
fn of_two_editors_none_loses_what_the_other_decides() {
    let desk = Desk::new();
    let (mut one, mut two) = (desk.open(), desk.open());
    let titles = [one.titles(6, 4), two.titles(6, 4)];
    assert_eq!(titles[0], titles[1]);
    thread::scope(|scope| {
        scope.spawn(|| one.take(2, 6, CORRECTED));
        scope.spawn(|| two.take(6, 4, "Stet: leave orphan-quote off in this story"));
    });
    assert_eq!(
        fs::read_to_string(desk.ledger()).unwrap().lines().count(),
        2
    );
    two.wait_for_hover(2, "corrected by hand");
    let deadline = Instant::now() + PATIENCE;
    while one
        .titles(6, 4)
        .iter()
        .any(|title| title.starts_with("Stet: "))
    {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_folder_that_cannot_be_written_gives_one_message_and_the_decision_holds() {
    let desk = Desk::new();
    // A folder without rights stops nobody who runs tests as root; a file where the folder would be stops everybody.
    fs::write(desk.folder.path().join(".copydesk"), "").unwrap();
    let mut editor = desk.open();
    editor.take(2, 6, CORRECTED);
    let is_message = |message: &Value| message["method"] == "window/showMessage";
    let told = editor.client.wait_for(is_message);
    let told = told["params"]["message"].as_str().unwrap();
    assert!(
        told.ends_with("; what you decide holds until the draft is closed"),
        "{told}"
    );
    assert!(editor.hover(2).contains("corrected by hand"));
    editor.take(6, 4, "Stet: leave orphan-quote off in this story");
    assert!(editor.hover(2).contains("corrected by hand"));
    assert_eq!(
        editor.client.find(Duration::from_millis(500), is_message),
        None
    );
}

#[test]
fn untitled_drafts_keep_theirs_in_memory() {
    let uri = "untitled:Untitled-1";
    let mut client = Client::start();
    client.open(uri, 1, DRAFT);
    let mut editor = Editor {
        client,
        uri: uri.to_owned(),
    };
    editor.take(2, 6, CORRECTED);
    assert!(editor.hover(2).contains("corrected by hand"));
    editor.client.edit(uri, 2, [0, 0, 0, 0], "It rained.\n\n");
    assert!(editor.hover(4).contains("corrected by hand"));
}

#[test]
fn wrong_commands_are_refused() {
    let desk = Desk::new();
    let mut editor = desk.open();
    for (command, arguments) in [
        ("copydesk.sing", json!([])),
        ("copydesk.note", json!([])),
        (
            "copydesk.note",
            json!([{"uri": desk.uri(), "decisions": [[{"kind": "dream"}, false]]}]),
        ),
    ] {
        let params = json!({"command": command, "arguments": arguments});
        let id = editor.client.request("workspace/executeCommand", params);
        assert_eq!(
            editor.client.answer(id)["error"]["code"],
            -32602,
            "{command}"
        );
    }
    assert!(!desk.ledger().exists());
}
