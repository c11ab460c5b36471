//! Findings and their fixes as a client sees them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, URI};

/// One quote without a speaker, on the third line, behind a character of four bytes.
const DRAFT: &str =
    "“Nobody asked us,” said Ruth Okafor, who runs the cafe.\n\n🦀 “They never do.”\n";

fn with_encoding(encoding: &str) -> Client {
    Client::start_with(json!({
        "capabilities": {"general": {"positionEncodings": [encoding]}},
    }))
}

fn range(line: u32, start: u32, end: u32) -> Value {
    json!({
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": end},
    })
}

fn codes(publish: &Value) -> Vec<&str> {
    let diagnostics = publish["diagnostics"].as_array().unwrap();
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic["code"].as_str().unwrap())
        .collect()
}

/// The actions that change the draft.
fn actions(client: &mut Client, range: &Value, context: Value) -> Vec<Value> {
    let params = json!({"textDocument": {"uri": URI}, "range": range, "context": context});
    let edits = |action: &Value| action.get("edit").is_some();
    match client.call("textDocument/codeAction", params) {
        Value::Array(actions) => actions.into_iter().filter(edits).collect(),
        other => panic!("no list: {other}"),
    }
}

#[test]
fn a_finding_says_what_where_and_how_grave() {
    let mut client = Client::start();
    client.open(URI, 1, DRAFT);
    let publish = client.published(URI);
    assert_eq!(codes(&publish), ["orphan-quote"]);
    let finding = &publish["diagnostics"][0];
    assert_eq!(finding["source"], "copydesk");
    assert_eq!(finding["severity"], 2);
    assert_eq!(finding["data"]["version"], 1);
    assert!(finding["message"].as_str().unwrap().contains("Okafor"));
    assert_eq!(finding["relatedInformation"][0]["location"]["uri"], URI);
}

#[test]
fn a_client_that_shows_no_related_places_is_sent_none() {
    let mut client = with_encoding("utf-16");
    client.open(URI, 1, DRAFT);
    let publish = client.published(URI);
    assert!(
        publish["diagnostics"][0]
            .get("relatedInformation")
            .is_none()
    );
}

#[test]
fn columns_are_counted_as_the_client_counts_them() {
    for (encoding, start, end) in [("utf-8", 5, 25), ("utf-16", 3, 19), ("utf-32", 2, 18)] {
        let mut client = with_encoding(encoding);
        client.open(URI, 1, DRAFT);
        let found = client.published(URI)["diagnostics"][0]["range"].take();
        assert_eq!(found, range(2, start, end), "{encoding}");
        client.edit(URI, 2, [2, 0, 2, 0], "🦀");
        let moved = client.published_version(URI, 2)["diagnostics"][0]["range"].take();
        let crab = start - 1;
        assert_eq!(moved, range(2, start + crab, end + crab), "{encoding}");
    }
}

#[test]
fn a_quote_that_is_being_typed_is_left_alone_until_the_typing_stops() {
    let mut client = Client::start();
    client.open(URI, 1, "“Nobody asked us,” said Ruth Okafor.\n\n");
    client.published(URI);
    for (column, letter) in (0..).zip("\"They do.\"".chars()) {
        client.edit(
            URI,
            column + 2,
            [2, column as u32, 2, column as u32],
            &letter.to_string(),
        );
        let publish = client.published_version(URI, column + 2);
        assert_eq!(codes(&publish), [""; 0], "version {}", column + 2);
    }
    let late = client.published(URI);
    assert_eq!(late["version"], 11, "one more publish of the same version");
    assert_eq!(codes(&late), ["orphan-quote"]);

    client.edit(URI, 12, [2, 5, 2, 5], "y");
    assert_eq!(
        codes(&client.published(URI)),
        ["orphan-quote"],
        "it was shown before"
    );
}

#[test]
fn a_saved_draft_counts_as_settled() {
    let mut client = Client::start();
    client.open(URI, 1, "“Nobody asked us,” said Ruth Okafor.\n\n");
    client.published(URI);
    client.edit(URI, 2, [2, 0, 2, 0], "“They never do.”");
    assert_eq!(codes(&client.published(URI)), [""; 0]);
    client.notify(
        "textDocument/didSave",
        json!({"textDocument": {"uri": URI}}),
    );
    let soon = Duration::from_millis(1400);
    let publish = client
        .find(soon, |message| message.get("method").is_some())
        .unwrap();
    assert_eq!(codes(&publish["params"]), ["orphan-quote"]);
    assert_eq!(publish["params"]["version"], 2);
}

#[test]
fn a_fix_names_the_version_that_it_is_for() {
    let mut client = Client::start();
    client.open(URI, 4, DRAFT);
    let publish = client.published(URI);
    let finding = &publish["diagnostics"][0];
    let context = json!({"diagnostics": [finding]});
    let actions = actions(&mut client, &finding["range"], context);
    assert!(!actions.is_empty());
    for action in &actions {
        assert_eq!(action["kind"], "quickfix");
        assert_eq!(action["diagnostics"], json!([finding]));
        let edit = &action["edit"]["documentChanges"][0];
        assert_eq!(edit["textDocument"], json!({"uri": URI, "version": 4}));
        assert!(edit["edits"][0]["newText"].is_string());
    }
    assert_eq!(actions[0]["isPreferred"], true);
}

#[test]
fn a_client_without_versioned_edits_is_sent_plain_ones() {
    let literals = json!({"codeActionKind": {"valueSet": ["quickfix"]}});
    let mut client = Client::start_with(json!({"capabilities": {
        "textDocument": {"codeAction": {"codeActionLiteralSupport": literals}},
    }}));
    client.open(URI, 1, DRAFT);
    client.published(URI);
    let actions = actions(&mut client, &range(2, 5, 5), json!({"diagnostics": []}));
    assert!(actions[0]["edit"]["changes"][URI][0]["newText"].is_string());
    assert!(actions[0]["edit"].get("documentChanges").is_none());
}

#[test]
fn all_is_mended_at_one_stroke_for_who_asks() {
    let mut client = Client::start();
    let draft = "The pier is closed.\n\nLeave a Reply\n";
    client.open(URI, 3, draft);
    client.published(URI);
    let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let asked = actions(&mut client, &range(0, 0, 0), context);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["kind"], "source.fixAll.copydesk");
    let edit = &asked[0]["edit"]["documentChanges"][0];
    assert_eq!(edit["textDocument"]["version"], 3);
    assert_eq!(edit["edits"][0]["newText"], "");
    let menu = actions(&mut client, &range(2, 0, 3), json!({"diagnostics": []}));
    assert!(menu.iter().all(|action| action["kind"] != asked[0]["kind"]));
}

#[test]
fn no_fix_for_other_places_other_kinds_or_an_older_version() {
    let mut client = Client::start();
    client.open(URI, 1, DRAFT);
    let publish = client.published(URI);
    let finding = &publish["diagnostics"][0];
    let none: Vec<Value> = Vec::new();

    let elsewhere = actions(&mut client, &range(0, 3, 3), json!({"diagnostics": []}));
    assert_eq!(elsewhere, none);

    let context = json!({"diagnostics": [finding], "only": ["source.organizeImports"]});
    assert_eq!(actions(&mut client, &finding["range"], context), none);

    client.edit(URI, 2, [0, 0, 0, 0], "\n\n\n");
    client.published(URI);
    let stale = json!({"diagnostics": [finding]});
    assert_eq!(actions(&mut client, &range(5, 5, 5), stale), none);
    let current = actions(&mut client, &range(5, 5, 5), json!({"diagnostics": []}));
    assert!(!current.is_empty());
}

#[test]
fn a_draft_in_another_language_gets_one_quiet_notice_and_no_findings() {
    let german = "Der Rat hat am Montag beschlossen, den alten Hafen zu schließen, weil das Holz der Brücke nicht mehr \
        sicher ist. „Wir haben lange gewartet und es ist nicht leicht.“ Die Fischer wollen sich damit nicht abfinden. \
        Sie haben für den kommenden Samstag zu einer Kundgebung auf dem Marktplatz aufgerufen und hoffen, dass der Rat \
        seine Entscheidung noch einmal überdenkt, bevor im Mai die Arbeiten an der alten Brücke beginnen sollen.\n\n\
        „Nobody asked us.“\n";
    let mut client = Client::start();
    client.open(URI, 1, german);
    assert_eq!(client.published(URI)["diagnostics"], json!([]));
    let is_notice = |message: &Value| message["method"] == "window/logMessage";
    let notice = client.wait_for(is_notice);
    assert_eq!(notice["params"]["type"], 3);
    let words = "copydesk: pier.txt reads as German: quotes are found by their marks, and nothing is checked";
    assert_eq!(notice["params"]["message"], words);
    client.edit(URI, 2, [0, 0, 0, 0], "Heute. ");
    client.published_version(URI, 2);
    assert_eq!(client.find(Duration::from_millis(300), is_notice), None);
}
