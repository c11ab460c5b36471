//! Files of settings above drafts, as a client sees them come, change and go.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Client;

/// One finding: a warning of first-reference-name.
const DRAFT: &str = "“The deck is rotten,” Okafor said.";

const LEVEL: &str = "rules.first-reference-name.level";

struct Desk {
    folder: TempDir,
    client: Client,
}

impl Desk {
    fn open(files: &[(&str, &str)], abilities: Value, options: Value) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let root = format!("file://{}", folder.path().display());
        let client = Client::start_with(json!({
            "capabilities": {"workspace": abilities},
            "workspaceFolders": [{"uri": root, "name": "desk"}],
            "initializationOptions": options,
        }));
        Desk { folder, client }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display())
    }

    /// Opens a draft and compares the severities of its first findings: 1 for an error, 4 for a hint.
    fn check(&mut self, name: &str, expected: &[i64]) {
        let uri = match name.starts_with("untitled:") {
            true => name.to_owned(),
            false => self.uri(name),
        };
        self.client.open(&uri, 1, DRAFT);
        assert_eq!(severities(&self.client.published(&uri)), expected, "{name}");
    }

    /// Waits until a draft has findings of these severities. A save has the server look.
    fn wait_for(&mut self, name: &str, expected: &[i64]) {
        let uri = self.uri(name);
        for _ in 0..40 {
            self.client.notify(
                "textDocument/didSave",
                json!({"textDocument": {"uri": uri}}),
            );
            let published = self.client.find(Duration::from_millis(500), |message| {
                message["method"] == "textDocument/publishDiagnostics"
                    && message["params"]["uri"] == uri
            });
            if published.is_some_and(|it| severities(&it["params"]) == expected) {
                return;
            }
        }
        panic!("{name} never had {expected:?}");
    }

    fn told(&mut self) -> String {
        let message = self
            .client
            .wait_for(|message| message["method"] == "window/showMessage");
        let told = message["params"]["message"].as_str().unwrap();
        told.replace(&format!("{}/", self.folder.path().display()), "")
    }
}

fn severities(published: &Value) -> Vec<i64> {
    let list = published["diagnostics"].as_array().unwrap();
    list.iter()
        .map(|finding| finding["severity"].as_i64().unwrap())
        .collect()
}

#[test]
fn the_nearest_file_holds_for_a_draft_from_its_first_findings() {
    let own =
        format!("{LEVEL} = \"error\"\n[[overrides]]\nfiles = [\"live/**\"]\n{LEVEL} = \"hint\"\n");
    let near = format!("{LEVEL} = \"off\"\n");
    let files = [("copydesk.toml", &*own), ("near/copydesk.toml", &*near)];
    let mut desk = Desk::open(&files, json!({}), json!(null));
    desk.check("a.txt", &[1]);
    desk.check("live/b.txt", &[4]);
    desk.check("near/deep/c.txt", &[]);
    desk.check("README.md", &[]);
    desk.check("untitled:Untitled-1", &[1]);
    let hover = json!({
        "textDocument": {"uri": desk.uri("README.md")},
        "position": {"line": 0, "character": 24},
    });
    assert_eq!(desk.client.call("textDocument/hover", hover), Value::Null);
}

#[test]
fn the_client_wins_key_by_key() {
    let own = format!("house = \"ap\"\n{LEVEL} = \"error\"\nknown-people = [\"Okafor\"]\n");
    let files = [("copydesk.toml", &*own)];
    let options = json!({"rules": {"first-reference-name": {"level": "hint"}}});
    let mut desk = Desk::open(&files, json!({}), options);
    desk.check("a.txt", &[]);
    let mut options = json!({"known-people": [], "rules": {}});
    desk.client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": options}),
    );
    desk.wait_for("a.txt", &[1]);
    options["rules"] = json!({"first-reference-name": {"level": "hint"}});
    desk.client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": options}),
    );
    desk.wait_for("a.txt", &[4]);
    options["drafts"] = json!({"exclude": ["*.txt"]});
    desk.client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": options}),
    );
    desk.wait_for("a.txt", &[]);
}

#[test]
fn a_file_that_comes_changes_and_goes_is_read_again() {
    let mut desk = Desk::open(&[], json!({}), json!(null));
    desk.check("a/b.txt", &[2]);
    let path = desk.path("copydesk.toml");
    fs::write(&path, format!("{LEVEL} = \"hint\"\n")).unwrap();
    desk.wait_for("a/b.txt", &[4]);
    fs::write(&path, format!("{LEVEL} = \"error\" \n")).unwrap();
    desk.wait_for("a/b.txt", &[1]);
    fs::remove_file(&path).unwrap();
    desk.wait_for("a/b.txt", &[2]);
}

#[test]
fn a_wrong_file_is_told_once_and_the_last_good_settings_stay() {
    let good = format!("{LEVEL} = \"error\"\n");
    let mut desk = Desk::open(&[("copydesk.toml", &good)], json!({}), json!(null));
    desk.check("a.txt", &[1]);
    let path = desk.path("copydesk.toml");
    fs::write(&path, format!("\nhuose = \"ap\"\n{LEVEL} = \"hint\"\n")).unwrap();
    let uri = desk.uri("a.txt");
    desk.client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": uri}}),
    );
    assert_eq!(
        desk.told(),
        "copydesk: copydesk.toml: line 2: no setting `huose` (did you mean `house`?); \
         the last good settings stay"
    );
    desk.client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": uri}}),
    );
    let more = desk.client.find(Duration::from_millis(500), |message| {
        message["method"] == "window/showMessage"
            || message["method"] == "textDocument/publishDiagnostics"
    });
    assert_eq!(more, None, "nothing is new");
    fs::write(&path, format!("{LEVEL} = \"hint\"\n\n")).unwrap();
    desk.wait_for("a.txt", &[4]);
}

#[test]
fn a_client_that_watches_files_is_asked_to() {
    let abilities = json!({"didChangeWatchedFiles": {"dynamicRegistration": true}});
    let mut desk = Desk::open(&[], abilities, json!(null));
    let asked = (desk.client).wait_for(|message| message["method"] == "client/registerCapability");
    let registration = &asked["params"]["registrations"][0]["registerOptions"];
    assert_eq!(
        registration["watchers"][1]["globPattern"],
        "**/copydesk.toml"
    );
    desk.check("a.txt", &[2]);
    fs::write(desk.path("copydesk.toml"), format!("{LEVEL} = \"hint\"\n")).unwrap();
    desk.client
        .notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    let uri = desk.uri("a.txt");
    assert_eq!(severities(&desk.client.published(&uri)), [4]);
}

#[test]
fn the_desk_list_beside_a_file_is_read() {
    let list = "[[person]]\nname = \"Ann Okafor\"\naliases = [\"Okafor\"]\ndescription = \"head of the port\"\n";
    let files = [("a/copydesk.toml", ""), ("a/copydesk-desk.toml", list)];
    let mut desk = Desk::open(&files, json!({}), json!(null));
    desk.check("a/b.txt", &[2]);
    let hover = json!({
        "textDocument": {"uri": desk.uri("a/b.txt")},
        "position": {"line": 0, "character": 24},
    });
    let hover = desk.client.call("textDocument/hover", hover);
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("head of the port")
    );
}
