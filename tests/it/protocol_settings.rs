//! Settings that the server asks the client for.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, URI};

const DRAFT: &str = "“The deck is rotten,” Okafor said.";

/// A client with abilities and options, a draft with one finding open.
fn start(workspace: Value, options: Value) -> Client {
    let mut client = Client::start_with(json!({
        "capabilities": {"workspace": workspace},
        "initializationOptions": options,
    }));
    client.open(URI, 1, DRAFT);
    client
}

fn asked(client: &mut Client) -> Value {
    let question = client.wait_for(|message| message["method"] == "workspace/configuration");
    let items = json!([{"section": "copydesk"}]);
    assert_eq!(question["params"]["items"], items);
    question["id"].clone()
}

fn is_question(message: &Value) -> bool {
    message["method"] == "workspace/configuration"
}

/// Settings in which the finding of the draft is off.
fn silent() -> Value {
    json!({"rules": {"first-reference-name": {"level": "off"}}})
}

fn tell(client: &mut Client, id: Value, result: Value) {
    client.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
}

/// Waits until a draft has so many findings.
fn wait_for_findings(client: &mut Client, number: usize) {
    loop {
        let published = client.published(URI);
        if published["diagnostics"].as_array().unwrap().len() == number {
            return;
        }
    }
}

#[test]
fn a_client_is_asked_at_the_start_and_when_it_says_nothing() {
    let mut client = start(json!({"configuration": true}), Value::Null);
    wait_for_findings(&mut client, 1);
    let id = asked(&mut client);
    tell(&mut client, id, json!([silent()]));
    wait_for_findings(&mut client, 0);
    for nothing in [Value::Null, json!({})] {
        client.notify(
            "workspace/didChangeConfiguration",
            json!({"settings": nothing}),
        );
        let id = asked(&mut client);
        tell(&mut client, id, json!([{"house": "ap"}]));
        wait_for_findings(&mut client, 1);
        client.notify(
            "workspace/didChangeConfiguration",
            json!({"settings": null}),
        );
        let id = asked(&mut client);
        tell(&mut client, id, json!([silent()]));
        wait_for_findings(&mut client, 0);
    }
}

#[test]
fn settings_that_are_sent_need_no_question_and_beat_an_older_answer() {
    let mut client = start(json!({"configuration": true}), json!(null));
    wait_for_findings(&mut client, 1);
    let id = asked(&mut client);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": {"copydesk": silent()}}),
    );
    wait_for_findings(&mut client, 0);
    tell(&mut client, id, json!([{"house": "ap"}]));
    assert_eq!(client.find(Duration::from_millis(300), is_question), None);
    assert_eq!(client.settled(URI), Value::Null, "nothing has changed");
}

#[test]
fn a_null_answer_leaves_what_the_client_said_at_the_start() {
    let mut client = start(json!({"configuration": true}), silent());
    wait_for_findings(&mut client, 0);
    let id = asked(&mut client);
    tell(&mut client, id, json!([null]));
    assert_eq!(client.settled(URI), Value::Null, "nothing has changed");
}

#[test]
fn an_error_for_an_answer_changes_nothing() {
    let mut client = start(json!({"configuration": true}), silent());
    wait_for_findings(&mut client, 0);
    let id = asked(&mut client);
    client.send(&json!({
        "jsonrpc": "2.0", "id": id,
        "error": {"code": -32601, "message": "no such method"},
    }));
    assert_eq!(client.settled(URI), Value::Null, "nothing has changed");
    client.assert_alive();
}

#[test]
fn a_client_that_never_answers_holds_up_nothing() {
    let mut client = start(json!({"configuration": true}), Value::Null);
    asked(&mut client);
    wait_for_findings(&mut client, 1);
    client.assert_alive();
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": null}),
    );
    asked(&mut client);
    client.assert_alive();
    client.call("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn a_client_that_does_not_answer_such_questions_is_not_asked() {
    let mut client = start(json!({}), Value::Null);
    wait_for_findings(&mut client, 1);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": null}),
    );
    assert_eq!(client.find(Duration::from_millis(300), is_question), None);
}

#[test]
fn a_client_that_tells_of_changes_only_when_asked_is_asked_to() {
    let mut client = start(
        json!({"didChangeConfiguration": {"dynamicRegistration": true}}),
        Value::Null,
    );
    let asked = client.wait_for(|message| message["method"] == "client/registerCapability");
    let registration = &asked["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeConfiguration");
    tell(&mut client, asked["id"].clone(), Value::Null);
    client.assert_alive();
}
