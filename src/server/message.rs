//! Messages of JSON-RPC: sorted, repaired where the intent is plain, refused where it is not.

use std::str::FromStr;

use serde::Deserialize;
use serde_json::{Map, Value};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::ls_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, Uri,
};

use super::frame::{Fault, Frame};

/// A message from the client.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// The answer to a request of ours.
    Response(Response),
    /// No message; the answer to give.
    Refused(Response),
}

impl From<Frame> for Incoming {
    fn from(frame: Frame) -> Incoming {
        match frame {
            Frame::Body(body) => read(&body),
            Frame::Broken(fault) => broken(fault),
        }
    }
}

fn broken(fault: Fault) -> Incoming {
    tracing::warn!("skipped bytes that are no message: {}", fault.message());
    Incoming::Refused(refusal(ErrorCode::ParseError, fault.message()))
}

fn read(body: &[u8]) -> Incoming {
    let value = match parse(body) {
        Ok(value) => value,
        Err(error) => {
            tracing::warn!(
                "refused a message of {} bytes: bad JSON at line {}, column {}",
                body.len(),
                error.line(),
                error.column()
            );
            return Incoming::Refused(refusal(ErrorCode::ParseError, "Not a JSON text"));
        }
    };
    sort(value).unwrap_or_else(|reason| {
        tracing::warn!("refused a message: {reason}");
        Incoming::Refused(refusal(ErrorCode::InvalidRequest, reason))
    })
}

/// Half a surrogate pair, which an editor may leave in a text, is no reason to lose an edit: it becomes U+FFFD, which
/// counts as one UTF-16 unit too.
fn parse(body: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(body).or_else(|error| match without_lone_surrogates(body) {
        Some(body) => serde_json::from_slice(&body),
        None => Err(error),
    })
}

fn sort(value: Value) -> Result<Incoming, &'static str> {
    let Value::Object(mut message) = value else {
        return Err("Not a JSON object; batches are not part of the protocol");
    };
    if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err("Not a message of JSON-RPC 2.0");
    }
    let id = id(message.remove("id"))?;
    match message.remove("method") {
        Some(Value::String(method)) => request(method, id, message.remove("params")),
        Some(_) => Err("The method is not a string"),
        None => response(id.unwrap_or(Id::Null), &mut message),
    }
}

fn request(
    method: String,
    id: Option<Id>,
    params: Option<Value>,
) -> Result<Incoming, &'static str> {
    if id == Some(Id::Null) {
        return Err("The id of a request is null");
    }
    let mut request = Request::build(method.clone());
    if let Some(id) = id {
        request = request.id(id);
    }
    match params {
        None | Some(Value::Null) => {}
        Some(mut params @ (Value::Object(_) | Value::Array(_))) => {
            repair(&mut params);
            report_unreadable(&method, &params);
            request = request.params(params);
        }
        Some(_) => return Err("The params are neither an object nor an array"),
    }
    Ok(Incoming::Request(request.finish()))
}

fn response(id: Id, message: &mut Map<String, Value>) -> Result<Incoming, &'static str> {
    if let Some(error) = message.remove("error") {
        let error = serde_json::from_value(error).unwrap_or_else(|_| Error::internal_error());
        return Ok(Incoming::Response(Response::from_error(id, error)));
    }
    let result = message
        .remove("result")
        .ok_or("Neither a method nor a result")?;
    Ok(Incoming::Response(Response::from_ok(id, result)))
}

fn id(id: Option<Value>) -> Result<Option<Id>, &'static str> {
    match id {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(Id::Null)),
        Some(Value::String(id)) => Ok(Some(Id::String(id))),
        Some(Value::Number(id)) => id
            .as_i64()
            .map(|id| Some(Id::Number(id)))
            .ok_or("The id is not an integer"),
        Some(_) => Err("The id is neither an integer nor a string"),
    }
}

/// The framework drops a notification whose params it cannot read, without a word; what that costs ought to be known.
fn report_unreadable(method: &str, params: &Value) {
    let readable = match method {
        "textDocument/didOpen" => DidOpenTextDocumentParams::deserialize(params).is_ok(),
        "textDocument/didChange" => DidChangeTextDocumentParams::deserialize(params).is_ok(),
        "textDocument/didSave" => DidSaveTextDocumentParams::deserialize(params).is_ok(),
        "textDocument/didClose" => DidCloseTextDocumentParams::deserialize(params).is_ok(),
        "workspace/didChangeConfiguration" => {
            DidChangeConfigurationParams::deserialize(params).is_ok()
        }
        _ => true,
    };
    if !readable {
        tracing::warn!("{method} was ignored: its params cannot be read");
    }
}

/// An answer to something that has no readable id.
fn refusal(code: ErrorCode, reason: &'static str) -> Response {
    let error = Error {
        code,
        message: reason.into(),
        data: None,
    };
    Response::from_error(Id::Null, error)
}

/// Repairs what some clients get wrong, and what would cost a whole edit: URIs that are not escaped, and lines and
/// columns beyond 32 bits.
fn repair(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(repair),
        Value::Object(members) => {
            for (name, value) in members {
                match (name.as_str(), &mut *value) {
                    ("uri" | "rootUri" | "scopeUri", Value::String(uri)) => repair_uri(uri),
                    ("line" | "character", Value::Number(number)) => {
                        if let Some(clamped) = clamp(number) {
                            *value = Value::from(clamped);
                        }
                    }
                    (_, value) => repair(value),
                }
            }
        }
        _ => {}
    }
}

fn clamp(number: &serde_json::Number) -> Option<u32> {
    if number.as_u64().is_some_and(|n| n <= u64::from(u32::MAX)) {
        return None;
    }
    // A cast from a float saturates.
    number.as_f64().map(|number| number as u32)
}

fn repair_uri(uri: &mut String) {
    if Uri::from_str(uri).is_ok() {
        return;
    }
    let escaped = escape(uri);
    if Uri::from_str(&escaped).is_ok() {
        tracing::debug!("escaped a URI");
        *uri = escaped;
    } else {
        tracing::debug!("a message holds something that is no URI");
    }
}

/// Percent-encodes what may not stand in a URI.
fn escape(uri: &str) -> String {
    const ALLOWED: &[u8] = b"-._~:/?#@!$&'()*+,;=";
    let bytes = uri.as_bytes();
    let mut escaped = String::with_capacity(uri.len() + 16);
    for (index, &byte) in bytes.iter().enumerate() {
        let escape_follows = || {
            bytes
                .get(index + 1..index + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let stays = byte.is_ascii_alphanumeric()
            || ALLOWED.contains(&byte)
            || (byte == b'%' && escape_follows());
        if stays {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// The JSON text with U+FFFD for each escaped half of a surrogate pair; none if it holds no such half.
fn without_lone_surrogates(body: &[u8]) -> Option<Vec<u8>> {
    let mut repaired: Option<Vec<u8>> = None;
    let mut at = 0;
    while at < body.len() {
        if body[at] != b'\\' {
            at += 1;
            continue;
        }
        match escaped_unit(body, at) {
            None => at += 2,
            Some(unit) if is_high(unit) && escaped_unit(body, at + 6).is_some_and(is_low) => {
                at += 12
            }
            Some(unit) => {
                if is_high(unit) || is_low(unit) {
                    let repaired = repaired.get_or_insert_with(|| body.to_vec());
                    repaired[at + 2..at + 6].copy_from_slice(b"fffd");
                }
                at += 6;
            }
        }
    }
    repaired
}

fn escaped_unit(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xDC00..0xE000).contains(&unit)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(body: &[u8]) -> Option<i64> {
        match read(body) {
            Incoming::Refused(response) => response.error().map(|error| error.code.code()),
            _ => None,
        }
    }

    fn params(body: &str) -> Value {
        match read(body.as_bytes()) {
            Incoming::Request(request) => request.params().cloned().unwrap_or_default(),
            other => panic!("no request: {other:?}"),
        }
    }

    #[test]
    fn refuses_what_is_no_json() {
        let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
        for body in [b"".as_slice(), b"{", b"{\"a\":\"\xff\"}", deep.as_bytes()] {
            assert_eq!(refused(body), Some(-32700), "{body:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_message() {
        for body in [
            "[]",
            "null",
            "1",
            "{}",
            r#"{"jsonrpc":"1.0","id":1,"method":"a"}"#,
            r#"{"jsonrpc":"2.0"}"#,
            r#"{"jsonrpc":"2.0","id":1}"#,
            r#"{"jsonrpc":"2.0","id":1.5,"method":"a"}"#,
            r#"{"jsonrpc":"2.0","id":null,"method":"a"}"#,
            r#"{"jsonrpc":"2.0","id":[],"method":"a"}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":2}"#,
            r#"{"jsonrpc":"2.0","id":1,"method":"a","params":"b"}"#,
            r#"[{"jsonrpc":"2.0","id":1,"method":"a"}]"#,
        ] {
            assert_eq!(refused(body.as_bytes()), Some(-32600), "{body}");
        }
    }

    #[test]
    fn accepts_messages() {
        for body in [
            r#"{"jsonrpc":"2.0","id":1,"method":"a"}"#,
            r#"{"jsonrpc":"2.0","id":-1,"method":"a","params":null}"#,
            r#"{"jsonrpc":"2.0","method":"a","params":[]}"#,
            r#"{"jsonrpc":"2.0","id":"x","result":null}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"m","more":2}}"#,
        ] {
            assert_eq!(refused(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn escapes_uris() {
        assert_eq!(
            escape("file:///a b/[é].md"),
            "file:///a%20b/%5B%C3%A9%5D.md"
        );
        assert_eq!(escape("file:///a%20b/100%.md"), "file:///a%20b/100%25.md");
        let body = r#"{"jsonrpc":"2.0","method":"a","params":{"textDocument":{"uri":"file:///a b","text":"a b"}}}"#;
        assert_eq!(
            params(body),
            json!({"textDocument": {"uri": "file:///a%20b", "text": "a b"}})
        );
    }

    #[test]
    fn leaves_good_uris_alone() {
        for uri in ["file:///a%20b", "untitled:Untitled-1", "FILE:///c%3A/a"] {
            let mut repaired = uri.to_owned();
            repair_uri(&mut repaired);
            assert_eq!(repaired, uri);
        }
    }

    #[test]
    fn clamps_positions() {
        let body = r#"{"jsonrpc":"2.0","method":"a","params":[{"line":-1,"character":9007199254740991},{"line":2,"character":1.0}]}"#;
        assert_eq!(
            params(body),
            json!([{"line": 0, "character": u32::MAX}, {"line": 2, "character": 1}])
        );
    }

    #[test]
    fn mends_halves_of_surrogate_pairs_only() {
        let body = |text: &str| format!(r#"{{"jsonrpc":"2.0","method":"a","params":["{text}"]}}"#);
        assert_eq!(params(&body(r"a\ud83db")), json!(["a\u{fffd}b"]));
        assert_eq!(
            params(&body(r"\udc00\ud83d\ude00\ud83d")),
            json!(["\u{fffd}\u{1f600}\u{fffd}"])
        );
        assert_eq!(params(&body(r"\\ud83d\ud83d")), json!(["\\ud83d\u{fffd}"]));
        assert_eq!(params(&body(r"\u00e9")), json!(["é"]));
    }
}
