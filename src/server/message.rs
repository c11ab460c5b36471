//! Messages of JSON-RPC: sorted, repaired where the intent is plain, refused where it is not.

mod repair;

use serde::Deserialize;
use serde_json::{Map, Value};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::ls_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams,
};

use super::frame::{Fault, Frame};
use repair::{repair, without_lone_surrogates};

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
    Incoming::Refused(refusal(Id::Null, ErrorCode::ParseError, fault.message()))
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
            return Incoming::Refused(refusal(Id::Null, ErrorCode::ParseError, "Not a JSON text"));
        }
    };
    sort(value).unwrap_or_else(|Invalid { id, reason }| {
        tracing::warn!("refused a message: {reason}");
        Incoming::Refused(refusal(id, ErrorCode::InvalidRequest, reason))
    })
}

/// Why a JSON text is no message, and its id as far as that can be read.
struct Invalid {
    id: Id,
    reason: &'static str,
}

impl From<&'static str> for Invalid {
    fn from(reason: &'static str) -> Invalid {
        let id = Id::Null;
        Invalid { id, reason }
    }
}

/// Half a surrogate pair is no reason to lose an edit.
fn parse(body: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(body).or_else(|error| match without_lone_surrogates(body) {
        Some(body) => serde_json::from_slice(&body),
        None => Err(error),
    })
}

fn sort(value: Value) -> Result<Incoming, Invalid> {
    let Value::Object(mut message) = value else {
        return Err("Not a JSON object; batches are not part of the protocol".into());
    };
    let id = id(message.remove("id"))?;
    let invalid = |reason| Invalid {
        id: id.clone().unwrap_or_default(),
        reason,
    };
    if message.get("jsonrpc").and_then(Value::as_str) != Some("2.0") {
        return Err(invalid("Not a message of JSON-RPC 2.0"));
    }
    match message.remove("method") {
        Some(Value::String(method)) => request(method, id.clone(), message.remove("params")),
        Some(_) => Err("The method is not a string"),
        None => response(id.clone().unwrap_or_default(), &mut message),
    }
    .map_err(invalid)
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

fn refusal(id: Id, code: ErrorCode, reason: &'static str) -> Response {
    let error = Error {
        code,
        message: reason.into(),
        data: None,
    };
    Response::from_error(id, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &[u8]) -> Option<i64> {
        match read(body) {
            Incoming::Refused(response) => response.error().map(|error| error.code.code()),
            _ => None,
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
    fn a_refused_request_is_answered_by_its_id() {
        for body in [
            r#"{"id":7,"method":"a"}"#,
            r#"{"jsonrpc":"2.0","id":7,"method":"a","params":"b"}"#,
            r#"{"jsonrpc":"2.0","id":7,"method":2}"#,
        ] {
            match read(body.as_bytes()) {
                Incoming::Refused(response) => assert_eq!(response.id(), &Id::Number(7), "{body}"),
                other => panic!("not refused: {other:?}"),
            }
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
}
