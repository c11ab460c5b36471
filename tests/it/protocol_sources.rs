//! The line above the story, and the source sheet that it opens.

use serde_json::{Value, json};

use crate::client::{Client, URI};

const DRAFT: &str = "\n\nMayor Ann Meyer closed the pier.\n\n“The deck is rotten,” she told CNN.\n\n“It is not,” two engineers said.\n";

fn client() -> Client {
    Client::start_with(json!({
        "capabilities": {"textDocument": {"codeLens": {"dynamicRegistration": false}}},
    }))
}

fn lenses(client: &mut Client, uri: &str) -> Value {
    client.call(
        "textDocument/codeLens",
        json!({"textDocument": {"uri": uri}}),
    )
}

#[test]
fn the_line_above_the_story_counts_and_opens_the_sheet() {
    let mut client = client();
    client.open(URI, 1, DRAFT);
    let lenses = lenses(&mut client, URI);
    let lens = &lenses[0];
    assert_eq!(lenses.as_array().unwrap().len(), 1);
    assert_eq!(lens["range"]["start"], json!({"line": 2, "character": 0}));
    assert_eq!(
        lens["command"]["title"],
        "1 named, 1 unnamed · 7 of 19 words quoted · 1 second-hand"
    );
    let order = json!({
        "command": lens["command"]["command"],
        "arguments": lens["command"]["arguments"],
    });
    let sheet = client.call("workspace/executeCommand", order);
    let sheet = sheet.as_str().unwrap();
    assert!(
        sheet.starts_with("# pier.txt\n\n1 named, 1 unnamed"),
        "{sheet}"
    );
    assert!(sheet.contains("\n## 1 Ann Meyer\n\n- line 5, through CNN: “The deck is rotten,”\n"));
}

#[test]
fn drafts_without_quotes_have_no_line() {
    let mut client = client();
    for (version, draft) in [(1, ""), (2, "The pier is closed.\n")] {
        let uri = format!("file:///drafts/{version}.txt");
        client.open(&uri, 1, draft);
        assert_eq!(lenses(&mut client, &uri), Value::Null);
    }
    assert_eq!(
        lenses(&mut client, "file:///drafts/closed.txt"),
        Value::Null
    );
}

#[test]
fn what_is_no_draft_has_no_sheet() {
    let mut client = client();
    let order = json!({"command": "copydesk.sources", "arguments": ["file:///drafts/closed.txt"]});
    assert_eq!(client.call("workspace/executeCommand", order), Value::Null);
}
