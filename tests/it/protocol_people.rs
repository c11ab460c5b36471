//! People over all drafts, as a client searches for them.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Client;

struct Desk {
    folder: TempDir,
    client: Client,
}

impl Desk {
    fn open(files: &[(&str, &str)], window: Value) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let root = format!("file://{}", folder.path().display());
        let client = Client::start_with(json!({
            "capabilities": {"window": window, "general": {"positionEncodings": ["utf-16"]}},
            "workspaceFolders": [{"uri": root, "name": "desk"}],
        }));
        let desk = Desk { folder, client };
        files.iter().for_each(|(name, text)| desk.write(name, text));
        desk
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.path().join(name).display())
    }

    /// What fits a few letters: each name with its draft and the place of its first reference.
    fn find(&mut self, query: &str) -> Vec<String> {
        let symbols = self
            .client
            .call("workspace/symbol", json!({"query": query}));
        let symbols = symbols.as_array().unwrap().iter();
        let line = |symbol: &Value| {
            let range = &symbol["location"]["range"];
            let at = |place: &str, what: &str| range[place][what].as_u64().unwrap();
            let file = symbol["containerName"].as_str().unwrap();
            let uri = symbol["location"]["uri"].as_str().unwrap();
            assert!(uri.ends_with(file), "{symbol}");
            format!(
                "{} {file} {}:{}-{}",
                symbol["name"].as_str().unwrap(),
                at("start", "line"),
                at("start", "character"),
                at("end", "character"),
            )
        };
        symbols.map(line).collect()
    }

    /// Asks until the answer is the expected one: files are looked at no more than once a second.
    fn wait_for(&mut self, query: &str, expected: &[&str]) {
        let mut found = Vec::new();
        for _ in 0..40 {
            found = self.find(query);
            if found == expected {
                return;
            }
            std::thread::sleep(Duration::from_millis(250));
        }
        assert_eq!(found, expected);
    }
}

const PIER: &str = "😀 Ann Meyer shut the pier.\n\n“It is old,” the White House said.\n";

const PORT: &str =
    "The port is open.\n\n“It is new,” said Tom Reyes, whom Joanna Hill had asked.\n";

#[test]
fn people_are_found_in_saved_and_in_open_drafts() {
    let files = [("pier.txt", PIER), ("old/port.md", PORT)];
    let mut desk = Desk::open(&files, json!({}));
    desk.wait_for("meyer", &["Ann Meyer pier.txt 0:3-12"]);
    assert_eq!(desk.find("tr"), ["Tom Reyes port.md 2:18-27"]);
    assert_eq!(desk.find("whitehouse"), ["White House pier.txt 2:17-28"]);
    assert_eq!(
        desk.find("ann"),
        ["Ann Meyer pier.txt 0:3-12", "Joanna Hill port.md 2:34-45"]
    );
    assert_eq!(desk.find("").len(), 4);
    assert_eq!(desk.find("zz"), [""; 0]);

    // What is typed counts, not what is saved, until the draft is closed.
    let uri = desk.uri("pier.txt");
    desk.client.open(&uri, 1, "Ann Becker shut the pier.\n");
    assert_eq!(desk.find("a b"), ["Ann Becker pier.txt 0:0-10"]);
    assert_eq!(desk.find("meyer"), [""; 0]);
    desk.client.close(&uri);
    assert_eq!(desk.find("meyer"), ["Ann Meyer pier.txt 0:3-12"]);
}

#[test]
fn drafts_are_read_again_when_they_change() {
    let mut desk = Desk::open(&[("pier.txt", PIER)], json!({}));
    desk.wait_for("meyer", &["Ann Meyer pier.txt 0:3-12"]);
    desk.write("pier.txt", "\nAnn Meyer, who runs it, shut the pier.\n");
    desk.wait_for("meyer", &["Ann Meyer pier.txt 1:0-9"]);
    fs::remove_file(desk.folder.path().join("pier.txt")).unwrap();
    desk.wait_for("meyer", &[]);
}

#[test]
fn what_is_no_draft_is_left_out() {
    let files = [
        ("pier.txt", PIER),
        ("README.md", PORT),
        (".old/port.txt", PORT),
        ("node_modules/port.txt", PORT),
        ("notes/port.txt", PORT),
        ("port.rs", PORT),
        ("copydesk.toml", "drafts.exclude = [\"notes/\"]\n"),
    ];
    let mut desk = Desk::open(&files, json!({}));
    desk.wait_for("meyer", &["Ann Meyer pier.txt 0:3-12"]);
    assert_eq!(desk.find("reyes"), [""; 0]);
}

#[test]
fn a_client_that_asks_for_it_sees_how_far_the_reading_is() {
    let names: Vec<String> = (0..30).map(|number| format!("pier-{number}.txt")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), PIER)).collect();
    let mut desk = Desk::open(&files, json!({"workDoneProgress": true}));
    let id = desk
        .client
        .request("workspace/symbol", json!({"query": "meyer"}));
    let create = desk
        .client
        .wait_for(|message| message["method"] == "window/workDoneProgress/create");
    let token = create["params"]["token"].clone();
    desk.client
        .send(&json!({"jsonrpc": "2.0", "id": create["id"], "result": null}));
    for kind in ["begin", "report", "end"] {
        let progress = desk.client.wait_for(|message| {
            message["method"] == "$/progress" && message["params"]["value"]["kind"] == kind
        });
        assert_eq!(progress["params"]["token"], token);
    }
    desk.client.answer(id);
    assert_eq!(desk.find("meyer").len(), 30);
}

#[test]
fn a_client_without_folders_searches_what_is_open() {
    let mut client = Client::start();
    let none = client.call("workspace/symbol", json!({"query": ""}));
    assert_eq!(none, json!([]));
    client.open("untitled:Untitled-1", 1, PIER);
    let found = client.call("workspace/symbol", json!({"query": "meyer"}));
    assert_eq!(found[0]["name"], "Ann Meyer");
    assert_eq!(found[0].get("containerName"), None);
}
