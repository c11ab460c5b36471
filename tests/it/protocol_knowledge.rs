//! What the newsroom knows, as a client sees it come, change and go.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, PATIENCE};

const DRAFT: &str = "Mayor Ann Meyer spoke.\n\n“It is rotten,” Meyer said.\n";

/// A folder with a client that has it open.
struct Desk {
    folder: TempDir,
    client: Client,
    uri: String,
}

impl Desk {
    /// Opens a draft in a folder with a desk list, for a client with some abilities.
    fn open(list: Option<&str>, abilities: Value, options: Value) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        if let Some(list) = list {
            fs::write(folder.path().join("copydesk-desk.toml"), list).unwrap();
        }
        let root = format!("file://{}", folder.path().display());
        let mut capabilities = json!({"textDocument": {
            "hover": {"contentFormat": ["markdown"]},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        }});
        capabilities["workspace"] = abilities;
        let mut client = Client::start_with(json!({
            "capabilities": capabilities,
            "workspaceFolders": [{"uri": root, "name": "desk"}],
            "initializationOptions": options,
        }));
        let uri = format!("{root}/pier.txt");
        client.open(&uri, 1, DRAFT);
        Desk {
            folder,
            client,
            uri,
        }
    }

    fn list(&self) -> std::path::PathBuf {
        self.folder.path().join("copydesk-desk.toml")
    }

    fn write(&self, list: &str) {
        fs::write(self.list(), list).unwrap();
    }

    /// The hover over the second mention.
    fn hover(&mut self) -> String {
        let hover = self.client.call(
            "textDocument/hover",
            json!({"textDocument": {"uri": self.uri}, "position": {"line": 2, "character": 20}}),
        );
        hover["contents"]["value"].as_str().unwrap().to_owned()
    }

    /// Waits until the hover says something, asking as a person who moves the mouse.
    fn wait_for_hover(&mut self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.hover().contains(words) {
            assert!(Instant::now() < deadline, "{}", self.hover());
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The actions at the second mention that are no fixes.
    fn additions(&mut self) -> Vec<Value> {
        let at = json!({"line": 2, "character": 20});
        let actions = self.client.call(
            "textDocument/codeAction",
            json!({
                "textDocument": {"uri": self.uri},
                "range": {"start": at, "end": at},
                "context": {"diagnostics": []},
            }),
        );
        let mut actions = actions.as_array().unwrap().clone();
        actions.retain(|action| action["kind"] == "refactor");
        actions
    }

    fn told(&mut self) -> String {
        let mut message = self.client.wait_for(is_message);
        assert_eq!(message["params"]["type"], 2);
        message["params"]["message"]
            .take()
            .as_str()
            .unwrap()
            .to_owned()
    }
}

fn is_message(message: &Value) -> bool {
    message["method"] == "window/showMessage"
}

fn person(description: &str) -> String {
    format!("[[person]]\nname = \"Ann Meyer\"\ndescription = \"{description}\"\n")
}

#[test]
fn the_desk_list_of_the_folder_is_known_from_the_first_hover() {
    let list = format!("as-of = 2026-11-02\n{}", person("head of the port"));
    let mut desk = Desk::open(Some(&list), json!({}), json!(null));
    let hover = desk.hover();
    let known = "- Known: head of the port (copydesk-desk.toml, as of 2026-11-02)";
    assert!(hover.contains(known), "{hover}");
    assert_eq!(desk.additions(), [Value::Null; 0], "it is known");
}

#[test]
fn a_changed_list_is_found_at_the_next_hovers() {
    let mut desk = Desk::open(None, json!({}), json!(null));
    assert!(desk.hover().contains("- Not in the knowledge base"));
    desk.write(&person("head of the port"));
    desk.wait_for_hover("head of the port");
    desk.write(&person("head of the new port"));
    desk.wait_for_hover("head of the new port");
    fs::remove_file(desk.list()).unwrap();
    desk.wait_for_hover("Not in the knowledge base");
}

#[test]
fn a_client_that_watches_files_is_asked_to_and_believed_at_once() {
    let watches = json!({"didChangeWatchedFiles": {"dynamicRegistration": true}});
    let mut desk = Desk::open(None, watches, json!(null));
    let asked = desk
        .client
        .wait_for(|message| message["method"] == "client/registerCapability");
    let registration = &asked["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let watchers = &registration["registerOptions"]["watchers"];
    assert_eq!(watchers[0]["globPattern"], "**/copydesk-desk.toml");
    assert_eq!(watchers[2]["globPattern"], "**/.copydesk/*.jsonl");
    desk.client
        .send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": null}));
    desk.client.settled(&desk.uri);
    desk.write(&person("head of the port"));
    desk.client
        .notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    // Without a question: the draft is analysed anew by itself.
    assert_eq!(desk.client.published(&desk.uri)["version"], 1);
    assert!(desk.hover().contains("head of the port"));
}

#[test]
fn a_client_that_cannot_watch_files_is_not_asked_to() {
    let mut desk = Desk::open(None, json!({}), json!(null));
    desk.hover();
    let is_asked = |message: &Value| message["method"] == "client/registerCapability";
    assert_eq!(desk.client.find(Duration::from_millis(300), is_asked), None);
}

#[test]
fn a_broken_list_is_told_once_and_the_last_good_one_stays() {
    let mut desk = Desk::open(Some(&person("head of the port")), json!({}), json!(null));
    assert!(desk.hover().contains("head of the port"));
    desk.write("[[person]]\nname = \"Ann Meyer\n");
    desk.client
        .notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    let told = desk.told();
    assert!(told.starts_with("copydesk: "), "{told}");
    assert!(told.contains("copydesk-desk.toml: line 2: "), "{told}");
    assert!(told.ends_with("; the last good list stays"), "{told}");
    desk.client
        .notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    assert_eq!(
        desk.client.find(Duration::from_millis(1500), is_message),
        None
    );
    assert!(desk.hover().contains("head of the port"));
}

#[test]
fn files_of_the_settings_are_read_and_missing_ones_told() {
    let folder = tempfile::tempdir().unwrap();
    let sports = folder.path().join("sports.toml");
    fs::write(&sports, person("captain of the Wexmouth team")).unwrap();
    let files = json!({"knowledge": {"desk-lists": [sports], "bases": ["gone.base"]}});
    let mut desk = Desk::open(Some(&person("head of the port")), json!({}), files);
    let told = desk.told();
    assert!(told.contains("gone.base: no such file"), "{told}");
    let hover = desk.hover();
    let port = hover.find("head of the port (copydesk-desk.toml)");
    let team = hover.find("captain of the Wexmouth team (");
    assert!(hover.contains("- 2 records of this name:"), "{hover}");
    assert!(port.is_some() && port < team, "{hover}");
    desk.client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": {"knowledge": {"desk-lists": []}}}),
    );
    desk.wait_for_hover("Known: head of the port");
}

#[test]
fn a_base_that_is_none_is_told_and_done_without() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("short.base", &b"copy"[..]), ("empty.base", b"")] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let files = json!({"knowledge": {"bases": [path]}});
        let mut desk = Desk::open(Some(&person("head of the port")), json!({}), files);
        let told = desk.told();
        assert!(
            told.contains(&format!("{name}: ")) && !told.contains('\n'),
            "{told}"
        );
        assert!(desk.hover().contains("head of the port"));
    }
}

#[test]
fn folders_come_and_go() {
    let mut desk = Desk::open(None, json!({"workspaceFolders": true}), json!(null));
    let other = tempfile::tempdir().unwrap();
    fs::write(
        other.path().join("copydesk-desk.toml"),
        person("head of the port"),
    )
    .unwrap();
    let folder = json!({"uri": format!("file://{}", other.path().display()), "name": "other"});
    desk.client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({"event": {"added": [folder], "removed": []}}),
    );
    desk.wait_for_hover("head of the port");
    desk.client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({"event": {"added": [], "removed": [folder]}}),
    );
    desk.wait_for_hover("Not in the knowledge base");
}

const ENTRY: &str = "[[person]]\nname = \"Ann Meyer\"\nrole = \"Mayor\"\naliases = [\"Meyer\"]\n";

/// Puts the text of an edit where it says, as an editor does.
fn insert(path: &Path, edit: &Value) {
    let text = fs::read_to_string(path).unwrap();
    let line = edit["range"]["start"]["line"].as_u64().unwrap() as usize;
    let column = edit["range"]["start"]["character"].as_u64().unwrap() as usize;
    assert_eq!(edit["range"]["start"], edit["range"]["end"]);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let (before, after) = text.split_at(start + column);
    let new = edit["newText"].as_str().unwrap();
    fs::write(path, format!("{before}{new}{after}")).unwrap();
}

#[test]
fn a_name_is_added_to_the_list_that_is_there() {
    for (list, expected) in [
        ("# Ours\n", format!("# Ours\n\n{ENTRY}")),
        ("# Ours", format!("# Ours\n\n{ENTRY}")),
        ("", ENTRY.to_owned()),
    ] {
        let mut desk = Desk::open(Some(list), json!({}), json!(null));
        let actions = desk.additions();
        assert_eq!(actions[0]["title"], "Add Ann Meyer to the desk list");
        let list = desk.uri.replace("pier.txt", "copydesk-desk.toml");
        let edits = actions[0]["edit"]["changes"][&list].as_array().unwrap();
        assert_eq!(edits.len(), 1);
        insert(&desk.list(), &edits[0]);
        assert_eq!(fs::read_to_string(desk.list()).unwrap(), expected);
        desk.wait_for_hover("- Known: person (copydesk-desk.toml)");
        assert_eq!(desk.additions(), [Value::Null; 0]);
    }
}

#[test]
fn a_list_that_is_not_there_is_made_by_clients_that_make_files() {
    let edits = json!({"workspaceEdit": {"resourceOperations": ["create"]}});
    let mut desk = Desk::open(None, edits, json!(null));
    let actions = desk.additions();
    let list = desk.uri.replace("pier.txt", "copydesk-desk.toml");
    let start = json!({"line": 0, "character": 0});
    assert_eq!(
        actions[0]["edit"]["documentChanges"],
        json!([
            {"kind": "create", "uri": list, "options": {"ignoreIfExists": true}},
            {
                "textDocument": {"uri": list, "version": null},
                "edits": [{"range": {"start": start, "end": start}, "newText": ENTRY}],
            },
        ])
    );
    assert!(!desk.list().exists(), "the server writes nothing");
}

#[test]
fn a_list_that_nobody_can_make_is_not_offered() {
    for edits in [
        json!({}),
        json!({"workspaceEdit": {"documentChanges": true}}),
        json!({"workspaceEdit": {"resourceOperations": ["delete"]}}),
    ] {
        let mut desk = Desk::open(None, edits, json!(null));
        assert_eq!(desk.additions(), [Value::Null; 0]);
    }
}

#[test]
fn a_draft_outside_all_folders_has_no_list() {
    let mut client = Client::start();
    client.open("file:///pier.txt", 1, DRAFT);
    let at = json!({"line": 2, "character": 20});
    let actions = client.call(
        "textDocument/codeAction",
        json!({
            "textDocument": {"uri": "file:///pier.txt"},
            "range": {"start": at, "end": at},
            "context": {"diagnostics": []},
        }),
    );
    let kinds = actions
        .as_array()
        .unwrap()
        .iter()
        .map(|action| &action["kind"]);
    assert!(
        kinds.clone().all(|kind| kind == "refactor.decide"),
        "{actions}"
    );
}

/// What a client can do that takes edits which name the version they are meant for.
fn versioned() -> Value {
    json!({"workspaceEdit": {"documentChanges": true}})
}

#[test]
fn a_name_is_added_behind_what_is_typed_into_the_open_list() {
    let mut desk = Desk::open(Some("# Ours\n"), versioned(), json!(null));
    let list = desk.uri.replace("pier.txt", "copydesk-desk.toml");
    desk.client.open(&list, 3, "# Ours\n");
    desk.client.edit(&list, 4, [1, 0, 1, 0], "# Theirs: é😀");
    let actions = desk.additions();
    let end = json!({"line": 1, "character": 13});
    assert_eq!(
        actions[0]["edit"]["documentChanges"],
        json!([{
            "textDocument": {"uri": list, "version": 4},
            "edits": [{
                "range": {"start": end, "end": end},
                "newText": format!("\n\n{ENTRY}"),
            }],
        }])
    );
    // Not yet saved, but there.
    desk.client
        .edit(&list, 5, [1, 13, 1, 13], &format!("\n\n{ENTRY}"));
    assert_eq!(desk.additions(), [Value::Null; 0]);
    // Closed without saving it.
    desk.client.close(&list);
    let actions = desk.additions();
    let document = &actions[0]["edit"]["documentChanges"][0]["textDocument"];
    assert_eq!(document["version"], Value::Null);
}

#[test]
fn a_list_that_is_open_and_on_no_disk_is_there() {
    let mut desk = Desk::open(None, json!({}), json!(null));
    // As some clients escape a path.
    let list = desk.uri.replace("pier.txt", "copydesk%2Ddesk.toml");
    desk.client.open(&list, 1, "");
    let actions = desk.additions();
    assert_eq!(
        actions[0]["edit"]["changes"][&list][0]["newText"], ENTRY,
        "{actions:?}"
    );
}

#[test]
fn an_open_list_is_no_draft() {
    let mut desk = Desk::open(Some(""), json!({}), json!(null));
    let list = desk.uri.replace("pier.txt", "copydesk-desk.toml");
    desk.client
        .open(&list, 1, "“The deck is rotten,” he said.\n\n“No.");
    let hover = desk.client.call(
        "textDocument/hover",
        json!({"textDocument": {"uri": list}, "position": {"line": 0, "character": 5}}),
    );
    assert_eq!(hover, Value::Null);
    desk.client.settled(&desk.uri);
    let is_told = |message: &Value| message["params"]["uri"] == *list;
    assert_eq!(desk.client.find(Duration::from_millis(50), is_told), None);
}

#[test]
fn a_base_that_is_damaged_inside_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("who.kb");
    let list = folder.path().join("list.toml");
    fs::write(&list, person("head of the port").repeat(200)).unwrap();
    let build = [Path::new("kb"), Path::new("build"), &path, &list];
    assert_eq!(crate::cli::copydesk(build).code, 0);
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len();
    bytes[end - 5000..].iter_mut().for_each(|byte| *byte ^= 1);
    fs::write(&path, bytes).unwrap();
    let files = json!({"knowledge": {"bases": [path]}});
    // Without a question: whoever only reads the draft is told, too.
    let mut desk = Desk::open(None, json!({}), files);
    let told = desk.told();
    assert!(told.contains("who.kb: is damaged at byte "), "{told}");
    desk.client.edit(&desk.uri.clone(), 2, [0, 0, 0, 0], "A ");
    assert!(desk.hover().contains("Ann Meyer"));
    assert_eq!(
        desk.client.find(Duration::from_millis(2500), is_message),
        None
    );
}
