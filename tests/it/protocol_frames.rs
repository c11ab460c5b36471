//! Frames and messages that break the rules of the protocol: each is survived, and what follows is served.

use serde_json::{Value, json};

use crate::client::{Client, URI};

/// Sends bytes in the middle of a session; returns the codes of the errors that are answered.
fn check(bytes: &[u8], expected: &[i64]) {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    client.send_bytes(bytes);
    client.assert_alive();
    for code in expected {
        assert_eq!(client.refusal(), *code);
    }
    client.assert_alive();
    client.call("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
}

fn check_body(body: &[u8], expected: &[i64]) {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    check(&frame, expected);
}

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;

#[test]
fn bad_json() {
    check_body(b"{\"jsonrpc\":", &[PARSE_ERROR]);
    check_body(b"", &[PARSE_ERROR]);
}

#[test]
fn invalid_utf8() {
    check_body(b"{\"jsonrpc\":\"2.0\",\"method\":\"\xff\"}", &[PARSE_ERROR]);
}

#[test]
fn deep_json() {
    let body = format!("{}{}", "[".repeat(300), "]".repeat(300));
    check_body(body.as_bytes(), &[PARSE_ERROR]);
    let body = "[".repeat(1_000_000);
    check_body(body.as_bytes(), &[PARSE_ERROR]);
}

#[test]
fn a_batch() {
    check_body(
        br#"[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]"#,
        &[INVALID_REQUEST],
    );
}

#[test]
fn ids_that_are_no_ids() {
    check_body(
        br#"{"jsonrpc":"2.0","id":1.5,"method":"shutdown"}"#,
        &[INVALID_REQUEST],
    );
    check_body(
        br#"{"jsonrpc":"2.0","id":null,"method":"shutdown"}"#,
        &[INVALID_REQUEST],
    );
    check_body(
        br#"{"jsonrpc":"2.0","id":1e99,"method":"shutdown"}"#,
        &[INVALID_REQUEST],
    );
}

#[test]
fn messages_that_are_no_messages() {
    check_body(br#"{"jsonrpc":"2.0"}"#, &[INVALID_REQUEST]);
    check_body(br#""hello""#, &[INVALID_REQUEST]);
    // An answer to a request that was never made.
    check_body(br#"{"jsonrpc":"2.0","id":99,"result":1}"#, &[]);
}

#[test]
fn lengths_that_are_no_lengths() {
    for length in [
        "99999999999",
        "99999999999999999999999",
        "-1",
        "abc",
        "",
        "1.5",
    ] {
        let frame = format!("Content-Length: {length}\r\n\r\n{{\"jsonrpc\":\"2.0\"}}");
        check(frame.as_bytes(), &[PARSE_ERROR]);
    }
}

#[test]
fn a_length_that_is_too_long() {
    check(
        b"Content-Length: 5000\r\n\r\n{\"jsonrpc\":\"2.0\"}",
        &[PARSE_ERROR],
    );
}

#[test]
fn a_length_that_is_too_short() {
    check(
        b"Content-Length: 3\r\n\r\n{\"jsonrpc\":\"2.0\"}",
        &[PARSE_ERROR, PARSE_ERROR],
    );
}

#[test]
fn garbage_between_frames() {
    check(b"hello\r\n", &[PARSE_ERROR]);
    check(&[0; 100_000], &[PARSE_ERROR]);
}

#[test]
fn headers_in_any_case_and_number() {
    let notification = r#"{"jsonrpc":"2.0","method":"$/setTrace","params":{"value":"off"}}"#;
    let length = notification.len();
    for header in [
        format!("content-length: {length}"),
        format!("CONTENT-LENGTH:{length}"),
        format!("Content-Length: {length}\r\nContent-Type: application/vscode-jsonrpc"),
        format!("X-A: 1\r\nX-B: 2\r\nContent-Length: {length}\r\nX-C: 3"),
        format!("Content-Type: a/b; charset=utf8\r\nContent-Length: {length}"),
    ] {
        check(format!("{header}\r\n\r\n{notification}").as_bytes(), &[]);
    }
}

#[test]
fn another_charset() {
    check(
        b"Content-Length: 2\r\nContent-Type: a/b; charset=utf-16\r\n\r\n{}",
        &[PARSE_ERROR],
    );
}

#[test]
fn an_unescaped_uri() {
    let mut client = Client::start();
    let hover = json!({
        "textDocument": {"uri": "file:///drafts/the pier [2].txt"},
        "position": {"line": 0, "character": 0},
    });
    client.open("file:///drafts/the pier [2].txt", 1, "The pier is closed.");
    let escaped = "file:///drafts/the%20pier%20%5B2%5D.txt";
    assert_eq!(client.published(escaped)["version"], 1);
    client.call("textDocument/hover", hover);
    client.close("file:///drafts/the pier [2].txt");
    assert_eq!(client.published(escaped)["diagnostics"], json!([]));
}

#[test]
fn a_name_that_is_no_uri() {
    let mut client = Client::start();
    client.open("pier.txt", 1, "The pier is closed.");
    client.open(URI, 1, "The pier is closed.");
    client.assert_alive();
}

#[test]
fn half_a_surrogate_pair_costs_no_edit() {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    client.send_body(
        format!(
            r#"{{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{
            "textDocument":{{"uri":"{URI}","version":2}},
            "contentChanges":[{{"text":"a \ud83d b"}}]}}}}"#
        )
        .as_bytes(),
    );
    client.published_version(URI, 2);
}

#[test]
fn frames_in_many_pieces() {
    let mut client = Client::start();
    client.open(URI, 1, "The pier is closed.");
    let body = r#"{"jsonrpc":"2.0","id":"x","method":"shutdown"}"#;
    let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
    for byte in frame.as_bytes() {
        client.send_bytes(&[*byte]);
    }
    client.wait_for(|message| message["id"] == "x" && message.get("result").is_some());
}
