//! Findings as a client asks for them that can be told to ask again.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{CONTENT_MODIFIED, Client, URI};

/// A finding of a rule that waits until a draft has settled, on the third line.
const DRAFT: &str = "“Nobody asked us,” said Ruth Okafor, who runs the cafe.\n\n“They never do.”\n";

const SERVER_CANCELLED: i64 = -32802;

fn start() -> Client {
    Client::start_with(json!({"capabilities": {
        "workspace": {"diagnostics": {"refreshSupport": true}},
        "textDocument": {
            "diagnostic": {},
            "publishDiagnostics": {"relatedInformation": true},
        },
    }}))
}

/// The report on a draft. The request is sent again as the server asks for it.
fn pull(client: &mut Client, uri: &str, previous: Option<&Value>) -> Value {
    let mut params = json!({"textDocument": {"uri": uri}, "identifier": "copydesk"});
    if let Some(previous) = previous {
        params["previousResultId"] = previous["resultId"].clone();
    }
    loop {
        let id = client.request("textDocument/diagnostic", params.clone());
        let mut answer = client.answer(id);
        if answer["error"]["code"] == SERVER_CANCELLED {
            assert_eq!(answer["error"]["data"]["retriggerRequest"], true);
            continue;
        }
        assert_ne!(answer["error"]["code"], CONTENT_MODIFIED);
        return answer["result"].take();
    }
}

fn codes(report: &Value) -> Vec<&str> {
    assert_eq!(report["kind"], "full", "{report}");
    let items = report["items"].as_array().unwrap().iter();
    items.map(|item| item["code"].as_str().unwrap()).collect()
}

/// Waits until the client is told to ask again, and says that it will.
fn refreshed(client: &mut Client) {
    let request = client.wait_for(|message| message["method"] == "workspace/diagnostic/refresh");
    client.send(&json!({"jsonrpc": "2.0", "id": request["id"], "result": null}));
}

fn assert_not_told(client: &mut Client, method: &str, time: Duration) {
    let told = client.find(time, |message| message["method"] == method);
    assert_eq!(told, None);
}

#[test]
fn findings_are_asked_for_and_never_sent() {
    let mut client = start();
    client.open(URI, 1, DRAFT);
    let report = pull(&mut client, URI, None);
    assert_eq!(codes(&report), ["orphan-quote"]);
    let finding = &report["items"][0];
    assert_eq!(finding["source"], "copydesk");
    assert_eq!(finding["data"]["version"], 1);
    assert_eq!(finding["relatedInformation"][0]["location"]["uri"], URI);

    let again = pull(&mut client, URI, Some(&report));
    assert_eq!(
        again,
        json!({"kind": "unchanged", "resultId": report["resultId"]})
    );
    client.close(URI);
    let closed = pull(&mut client, URI, Some(&report));
    assert_eq!(closed, json!({"kind": "full", "items": []}));
    let publish = "textDocument/publishDiagnostics";
    assert_not_told(&mut client, publish, Duration::from_millis(500));
}

#[test]
fn a_list_that_an_edit_leaves_is_unchanged() {
    let mut client = start();
    client.open(URI, 1, DRAFT);
    let report = pull(&mut client, URI, None);
    client.edit(URI, 2, [2, 16, 2, 16], "\n\nThe pier is old.");
    let below = pull(&mut client, URI, Some(&report));
    assert_eq!(below["kind"], "unchanged", "{below}");
    client.edit(URI, 3, [0, 0, 0, 0], "\n");
    let above = pull(&mut client, URI, Some(&report));
    assert_eq!(codes(&above), ["orphan-quote"]);
    assert_eq!(above["items"][0]["range"]["start"]["line"], 3);
    assert_ne!(above["resultId"], report["resultId"]);
}

#[test]
fn what_waits_for_a_pause_comes_with_a_refresh() {
    let mut client = start();
    client.open(URI, 1, "Ruth Okafor, who runs the cafe, left.\n\n");
    let report = pull(&mut client, URI, None);
    assert_eq!(codes(&report), [""; 0]);
    let said = "“Nobody asked us,” Okafor said.\n\n“They never do.”\n";
    client.edit(URI, 2, [2, 0, 2, 0], said);
    let typed = pull(&mut client, URI, Some(&report));
    assert_eq!(typed["kind"], "unchanged", "{typed}");
    refreshed(&mut client);
    let settled = pull(&mut client, URI, Some(&report));
    assert_eq!(codes(&settled), ["orphan-quote"]);
    let refresh = "workspace/diagnostic/refresh";
    assert_not_told(&mut client, refresh, Duration::from_secs(2));
}

#[test]
fn other_settings_come_with_a_refresh() {
    let mut client = start();
    client.open(URI, 1, DRAFT);
    let report = pull(&mut client, URI, None);
    let off = json!({"copydesk": {"rules": {"orphan-quote": {"level": "off"}}}});
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": off }),
    );
    refreshed(&mut client);
    assert_eq!(codes(&pull(&mut client, URI, Some(&report))), [""; 0]);
}

#[test]
fn a_draft_that_is_opened_again_has_another_list() {
    let mut client = start();
    client.open(URI, 1, DRAFT);
    let report = pull(&mut client, URI, None);
    client.close(URI);
    client.open(URI, 1, "The pier is old.\n");
    let other = pull(&mut client, URI, Some(&report));
    assert_eq!(codes(&other), [""; 0]);
}

#[test]
fn every_key_stroke_is_answered_with_its_own_text() {
    let mut client = start();
    client.open(URI, 0, DRAFT);
    pull(&mut client, URI, None);
    let mut last = 0;
    for version in 1..=100 {
        client.edit(URI, version, [0, 0, 0, 0], "\n");
        let params = json!({"textDocument": {"uri": URI}});
        last = client.request("textDocument/diagnostic", params);
    }
    let answer = client.answer(last);
    let report = &answer["result"];
    let report = match answer.get("error") {
        Some(_) => pull(&mut client, URI, None),
        None => report.clone(),
    };
    assert_eq!(report["items"][0]["range"]["start"]["line"], 102);
}

#[test]
fn only_who_can_be_told_is_offered_to_ask() {
    let check = |capabilities: Value, expected: Value| {
        let mut client = Client::spawn();
        let params = json!({"processId": null, "capabilities": capabilities});
        let answer = client.call("initialize", params);
        let offered = answer["capabilities"].get("diagnosticProvider");
        assert_eq!(offered.cloned().unwrap_or_default(), expected);
    };
    let asks = json!({"diagnostic": {}});
    let refresh = json!({"diagnostics": {"refreshSupport": true}});
    let offer = json!({
        "identifier": "copydesk",
        "interFileDependencies": false,
        "workspaceDiagnostics": false,
    });
    check(json!({"textDocument": asks, "workspace": refresh}), offer);
    check(json!({ "textDocument": asks }), Value::Null);
    check(json!({ "workspace": refresh }), Value::Null);

    let mut client = Client::start();
    client.open(URI, 1, DRAFT);
    assert_eq!(
        client.published(URI)["diagnostics"][0]["code"],
        "orphan-quote"
    );
    let id = client.request(
        "textDocument/diagnostic",
        json!({"textDocument": {"uri": URI}}),
    );
    assert_eq!(client.answer(id)["error"]["code"], -32601);
}
