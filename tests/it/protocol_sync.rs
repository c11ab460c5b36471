//! Drafts opened, edited and closed, by clients that do it well and by clients that do not.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, URI};

#[test]
fn every_version_that_is_waited_for_is_published_once() {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    assert_eq!(client.published(URI)["version"], 1);
    for version in 2..20 {
        client.edit(URI, version, [0, 0, 0, 0], "x");
        assert_eq!(client.published(URI)["version"], version);
    }
    let more = client.find(Duration::from_millis(1800), |message| {
        message.get("method").is_some()
    });
    assert_eq!(more, None);
}

#[test]
fn closing_clears_the_findings() {
    let mut client = Client::start();
    client.open(URI, 7, "The pier is closed.");
    client.published(URI);
    client.close(URI);
    let cleared = client.published(URI);
    assert_eq!(cleared["diagnostics"], json!([]));
    client.open(URI, 1, "The pier is open.");
    assert_eq!(client.published(URI)["version"], 1);
}

#[test]
fn opening_again_at_once_ends_with_the_findings_of_the_new_text() {
    let mut client = Client::start();
    for version in 1..30 {
        client.open(URI, version, "The pier is closed.");
        client.close(URI);
    }
    client.open(URI, 99, "The pier is closed.");
    client.published_version(URI, 99);
    let more = client.find(Duration::from_millis(300), |message| {
        message.get("method").is_some()
    });
    assert_eq!(more, None);
}

#[test]
fn a_draft_that_is_opened_twice_is_replaced() {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    client.open(URI, 5, "The pier is open.");
    client.published_version(URI, 5);
    client.edit(URI, 6, [0, 0, 0, 0], "x");
    client.published_version(URI, 6);
}

#[test]
fn unknown_drafts_are_answered_with_nothing() {
    let mut client = Client::start();
    let unknown = "file:///drafts/unknown.txt";
    client.edit(unknown, 2, [0, 0, 0, 0], "x");
    client.close(unknown);
    client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": unknown}}),
    );
    let draft = json!({"uri": unknown});
    let start = json!({"line": 0, "character": 0});
    let range = json!({"start": start, "end": start});
    for (method, params) in [
        (
            "textDocument/hover",
            json!({"textDocument": draft, "position": start}),
        ),
        (
            "textDocument/inlayHint",
            json!({"textDocument": draft, "range": range}),
        ),
        (
            "textDocument/documentSymbol",
            json!({"textDocument": draft}),
        ),
        ("textDocument/foldingRange", json!({"textDocument": draft})),
        (
            "textDocument/selectionRange",
            json!({"textDocument": draft, "positions": [start]}),
        ),
        (
            "textDocument/semanticTokens/full",
            json!({"textDocument": draft}),
        ),
        (
            "textDocument/completion",
            json!({"textDocument": draft, "position": start}),
        ),
        (
            "textDocument/rename",
            json!({"textDocument": draft, "position": start, "newName": "Ann"}),
        ),
        (
            "textDocument/codeAction",
            json!({"textDocument": draft, "range": range, "context": {"diagnostics": []}}),
        ),
    ] {
        assert_eq!(client.call(method, params), Value::Null, "{method}");
    }
}

#[test]
fn versions_that_do_not_grow_are_taken() {
    let mut client = Client::start();
    client.open(URI, 5, "The pier is closed.");
    client.published(URI);
    client.edit(URI, 5, [0, 0, 0, 0], "x");
    assert_eq!(client.published(URI)["version"], 5);
    client.edit(URI, 3, [0, 0, 0, 0], "x");
    assert_eq!(client.published(URI)["version"], 3);
    client.assert_alive();
}

#[test]
fn positions_past_the_end_and_reversed_ranges_are_clamped() {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    client.edit(URI, 2, [900, 0, 900, 5], "a");
    client.edit(URI, 3, [0, u32::MAX, u32::MAX, u32::MAX], "b");
    client.edit(URI, 4, [0, 5, 0, 2], "c");
    client.send_body(
        format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{
            "textDocument":{{"uri":"{URI}","version":5}},"contentChanges":[{{"range":{{
            "start":{{"line":-1,"character":0}},"end":{{"line":9007199254740991,"character":0}}}},
            "text":"d"}}]}}}}"#
        )
        .as_bytes(),
    );
    client.published_version(URI, 5);
    client.assert_alive();
    let far = json!({"line": 4_000_000, "character": 4_000_000});
    client.call(
        "textDocument/hover",
        json!({"textDocument": {"uri": URI}, "position": far}),
    );
}

#[test]
fn a_large_draft_passes() {
    let mut client = Client::start();
    let text = "The pier is closed, the council said.\n\n".repeat(5_000);
    client.open(URI, 1, &text);
    assert_eq!(client.published(URI)["version"], 1);
}
