//! The life of a server, from the first message to the exit code.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Client, URI};

/// The code of the error for a request that the client has cancelled.
const REQUEST_CANCELLED: i64 = -32800;

fn capabilities(params: Value) -> Value {
    let mut client = Client::spawn();
    let mut result = client.call("initialize", params);
    result["capabilities"].take()
}

fn encoding(offered: Value) -> Value {
    let general = json!({"positionEncodings": offered});
    capabilities(json!({"processId": null, "capabilities": {"general": general}}))["positionEncoding"]
        .take()
}

#[test]
fn negotiates_the_encoding() {
    assert_eq!(encoding(json!(["utf-16", "utf-8"])), "utf-8");
    assert_eq!(encoding(json!(["utf-32", "utf-16"])), "utf-16");
    assert_eq!(encoding(json!(["utf-32"])), "utf-32");
    assert_eq!(encoding(json!(null)), "utf-16");
}

#[test]
fn offers_only_what_it_answers() {
    let offered = capabilities(json!({"processId": null, "capabilities": {}}));
    assert_eq!(offered["textDocumentSync"]["change"], 2);
    assert_eq!(offered["textDocumentSync"]["openClose"], true);
    assert!(
        offered.get("codeActionProvider").is_none(),
        "needs literals"
    );
    assert!(
        offered.get("diagnosticProvider").is_none(),
        "pushes, and never both"
    );

    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    let draft = json!({"uri": URI});
    let start = json!({"line": 0, "character": 0});
    let range = json!({"start": start, "end": start});
    client.call(
        "textDocument/hover",
        json!({"textDocument": draft, "position": start}),
    );
    client.call(
        "textDocument/inlayHint",
        json!({"textDocument": draft, "range": range}),
    );
    client.call(
        "textDocument/documentSymbol",
        json!({"textDocument": draft}),
    );
    client.call(
        "textDocument/codeAction",
        json!({"textDocument": draft, "range": range, "context": {"diagnostics": []}}),
    );
}

#[test]
fn exit_after_shutdown_is_success() {
    let mut client = Client::start();
    client.call("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn the_answer_to_shutdown_comes_even_when_exit_follows_at_once() {
    let mut client = Client::start();
    let id = client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.answer(id)["result"], Value::Null);
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn exit_without_shutdown_is_failure() {
    let mut client = Client::start();
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn a_closed_stream_ends_the_server() {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    client.hang_up();
    assert_eq!(client.exit_code(), 1);

    let mut client = Client::start();
    client.call("shutdown", Value::Null);
    client.hang_up();
    assert_eq!(client.exit_code(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn the_death_of_the_editor_ends_the_server() {
    let mut editor = Command::new("sleep")
        .arg("600")
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let params = json!({"processId": editor.id(), "capabilities": {}});
    let mut client = Client::start_with(params);
    client.open(URI, 1, "The pier is closed.");
    client.published(URI);
    editor.kill().unwrap();
    assert_eq!(client.exit_code(), 1);
    editor.wait().unwrap();
}

#[test]
fn requests_before_initialize_and_after_shutdown_are_refused() {
    let mut client = Client::spawn();
    let hover = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    let id = client.request("textDocument/hover", hover.clone());
    assert_eq!(client.answer(id)["error"]["code"], -32002);
    client.call("initialize", json!({"processId": null, "capabilities": {}}));
    client.call("shutdown", Value::Null);
    let id = client.request("textDocument/hover", hover);
    assert_eq!(client.answer(id)["error"]["code"], -32600);
}

#[test]
fn unknown_methods_are_answered_and_optional_ones_ignored() {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    let id = client.request("textDocument/magic", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32601);
    client.notify("$/setTrace", json!({"value": "verbose"}));
    client.notify("$/magic", json!({}));
    client.notify("window/workDoneProgress/cancel", json!({"token": 1}));
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    client.assert_alive();
}

#[test]
fn a_cancelled_request_is_answered_once() {
    let mut client = Client::start();
    // Its analysis takes far longer than the messages behind it; they go out in one piece, so that no pause of the
    // test lets the answer come first.
    let text = "The pier is closed, said Mayor Ruth Okafor.\n\n".repeat(8_000);
    let position = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    let hover = "textDocument/hover";
    let messages = [
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {
            "uri": URI, "languageId": "plaintext", "version": 1, "text": text,
        }}}),
        json!({"jsonrpc": "2.0", "id": "late", "method": hover, "params": position}),
        json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "late"}}),
        json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 4711}}),
        json!({"jsonrpc": "2.0", "method": "textDocument/didClose", "params": position}),
    ];
    let frames = messages.iter().map(|message| {
        let body = message.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    });
    client.send_bytes(frames.collect::<String>().as_bytes());
    let is_answer = |message: &Value| message["id"] == "late";
    let answer = client.wait_for(is_answer);
    assert_eq!(answer["error"]["code"], REQUEST_CANCELLED, "{answer}");
    client.assert_alive();
    let more = client.find(Duration::from_millis(200), is_answer);
    assert_eq!(more, None, "answered twice");
}

#[test]
fn what_is_asked_before_the_end_is_answered() {
    for farewell in [&[][..], &["shutdown"], &["shutdown", "exit"]] {
        let mut client = Client::start();
        client.open(URI, 1, "The pier is closed, said Mayor Ruth Okafor.");
        let position =
            json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 35}});
        let asked = client.request("textDocument/hover", position);
        for method in farewell {
            match *method {
                "exit" => client.notify("exit", Value::Null),
                method => drop(client.request(method, Value::Null)),
            }
        }
        client.hang_up();
        // Whoever says `exit` wants no answer any more, and is told so.
        let answer = client.answer(asked);
        let known = answer["result"].is_object();
        assert!(
            known || answer["error"]["code"] == REQUEST_CANCELLED,
            "{answer}"
        );
        assert_eq!(client.exit_code(), i32::from(farewell.is_empty()));
    }
}

#[test]
fn wrong_settings_are_reported_once_and_change_nothing() {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    client.published(URI);
    let change = "workspace/didChangeConfiguration";
    client.notify(change, json!({"settings": {"copydesk": {"houes": "ap"}}}));
    let warning = client.wait_for(|message| message["method"] == "window/showMessage");
    assert_eq!(warning["params"]["type"], 2);
    let message = warning["params"]["message"].as_str().unwrap();
    assert!(message.contains("houes"), "{message}");
    client.notify(change, json!({"settings": {"copydesk": {"houes": "ap"}}}));

    client.notify(change, json!({"settings": {"copydesk": {"house": "ap"}}}));
    assert_eq!(client.published(URI)["version"], 1, "analysed anew");
    client.notify(change, json!({"settings": null}));
    client.notify(change, json!({"settings": {"copydesk": {"house": "ap"}}}));
    client.assert_alive();
    let quiet = Duration::from_millis(200);
    let more = client.find(quiet, |message| message.get("method").is_some());
    assert_eq!(more, None, "nothing has changed");
}

#[test]
fn a_wrong_part_of_the_settings_leaves_the_rest_in_force() {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    client.published(URI);
    let rules = json!({"no-such-rule": {"level": "off"}});
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": {"copydesk": {"house": "bbc", "rules": rules}}}),
    );
    let warning = client.wait_for(|message| message["method"] == "window/showMessage");
    let message = warning["params"]["message"].as_str().unwrap();
    assert!(message.contains("no-such-rule"), "{message}");
    client.published(URI);
}

#[test]
fn settings_may_come_with_initialize() {
    let options = json!({"house": "times"});
    let params = json!({"capabilities": {}, "initializationOptions": options});
    let mut client = Client::start_with(params);
    client.wait_for(|message| message["method"] == "window/showMessage");
    client.open(URI, 1, "The pier is closed.");
    client.published(URI);
}

#[test]
fn standard_output_carries_frames_only_and_the_log_no_text() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .arg("lsp")
        .env("COPYDESK_LOG", "trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = server.stdin.take().unwrap();
    for message in [
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": null, "capabilities": {}}}),
        json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {
            "uri": URI, "languageId": "plaintext", "version": 1, "text": "Zanzibar said so.",
        }}}),
        json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
            "textDocument": {"uri": URI, "version": 1}, "contentChanges": [{"text": "Zanzibar."}],
        }}),
        json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": "Zanzibar"}),
    ] {
        let body = message.to_string();
        use std::io::Write;
        write!(stdin, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    }
    thread::sleep(Duration::from_millis(300));
    drop(stdin);
    let output = server.wait_with_output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains("from version 1 to version 1"), "{log}");
    assert!(!log.contains("Zanzibar"), "{log}");
}
