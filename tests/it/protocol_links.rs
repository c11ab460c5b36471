//! Links from names to the pages that the newsroom knows them from, as a client asks for them.

use std::fs;

use serde_json::{Value, json};

use crate::client::Client;

const LIST: &str = "[[person]]\nname = \"Ruth Okafor\"\nsource = \"https://okafor.example/life\"\n";

const DRAFT: &str = "🦀 “No,” said Ruth Okafor.\n\nOkafor left https://port.example behind.\n";

#[test]
fn a_first_reference_leads_to_the_page_of_its_record() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("copydesk-desk.toml"), LIST).unwrap();
    let root = format!("file://{}", folder.path().display());
    let mut client = Client::start_with(json!({
        "capabilities": {"textDocument": {"documentLink": {}}},
        "workspaceFolders": [{"uri": root, "name": "desk"}],
    }));
    let uri = format!("{root}/pier.txt");
    client.open(&uri, 1, DRAFT);
    let links = client.call(
        "textDocument/documentLink",
        json!({"textDocument": {"uri": uri}}),
    );
    let range = json!({
        "start": {"line": 0, "character": 14},
        "end": {"line": 0, "character": 25},
    });
    assert_eq!(
        links,
        json!([{
            "range": range,
            "target": "https://okafor.example/life",
            "tooltip": "What is known of Ruth Okafor",
        }])
    );
}

#[test]
fn links_are_offered_to_those_who_show_them() {
    let offered = |capabilities: Value| {
        let mut client = Client::spawn();
        let params = json!({"processId": null, "capabilities": capabilities});
        let answer = client.call("initialize", params);
        answer["capabilities"].get("documentLinkProvider").is_some()
    };
    assert!(offered(json!({"textDocument": {"documentLink": {}}})));
    assert!(!offered(json!({})));
}
