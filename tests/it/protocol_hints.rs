//! Hints as a client shows and accepts them.

use serde_json::{Value, json};

use crate::client::{Client, URI};

const DRAFT: &str = "🦀 Mayor Ann Meyer met Tom Reyes.\n\nMeyer shook her head. “It is rotten,” she said.\n\nReyes left.\n";

fn place(line: u32, from: u32, until: u32) -> Value {
    json!({
        "start": {"line": line, "character": from},
        "end": {"line": line, "character": until},
    })
}

fn actions(client: &mut Client, range: &Value, kind: &str) -> Value {
    let params = json!({
        "textDocument": {"uri": URI},
        "range": range,
        "context": {"diagnostics": [], "only": [kind]},
    });
    client.call("textDocument/codeAction", params)
}

#[test]
fn a_hint_leads_to_the_name_and_writes_it() {
    let mut client = Client::start();
    client.open(URI, 3, DRAFT);
    let all = json!({"textDocument": {"uri": URI}, "range": place(0, 0, 0)});
    assert_eq!(client.call("textDocument/inlayHint", all), json!([]));
    let all = json!({"textDocument": {"uri": URI}, "range": {
        "start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0},
    }});
    let hints = client.call("textDocument/inlayHint", all);
    let hint = &hints[0];
    assert_eq!(hints.as_array().unwrap().len(), 1);
    assert_eq!(hint["position"], json!({"line": 2, "character": 45}));
    let part = &hint["label"][0];
    assert_eq!(part["value"], "‹Meyer›");
    assert_eq!(
        part["location"],
        json!({"uri": URI, "range": place(2, 0, 5)})
    );
    let written = json!([{"range": place(2, 42, 45), "newText": "Meyer"}]);
    assert_eq!(hint["textEdits"], written);

    let offered = actions(&mut client, &place(2, 44, 44), "refactor.rewrite");
    let action = &offered[0];
    assert_eq!(action["title"], "Write “Meyer” for “she”");
    let edit = &action["edit"]["documentChanges"][0];
    assert_eq!(
        (&edit["textDocument"]["version"], &edit["edits"]),
        (&json!(3), &written)
    );
    let elsewhere = actions(&mut client, &place(2, 2, 2), "refactor.rewrite");
    assert_eq!(elsewhere, json!([]));
}
