//! The server and the command line find the same.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{language_id, paths};
use crate::cli::copydesk;
use crate::client::Client;

/// Columns of the command line count code points; so do those of a client that asks for UTF-32.
const CODE_POINTS: &str = "utf-32";

#[test]
fn the_server_and_the_command_line_agree_on_every_draft() {
    let mut client = Client::start_with(json!({
        "capabilities": {
            "general": {"positionEncodings": [CODE_POINTS]},
            "textDocument": {
                "publishDiagnostics": {"relatedInformation": true},
                "codeAction": {"codeActionLiteralSupport": {
                    "codeActionKind": {"valueSet": ["quickfix"]}
                }},
            },
        },
    }));
    for path in paths() {
        let name = path.display();
        let (served, checked) = (served(&mut client, &path), checked(&path));
        assert_eq!(served, checked, "{name}: served, then checked");
    }
}

#[test]
fn they_agree_on_what_stands() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".copydesk")).unwrap();
    let mut client = Client::start();
    let mut stood = 0;
    for path in paths() {
        let all = checked(&path);
        let Some(first) = all.first() else { continue };
        let name = path.file_name().unwrap();
        let copy = folder.path().join(name);
        fs::copy(&path, &copy).unwrap();
        let ledger = format!(".copydesk/{}.jsonl", name.display());
        let stet = json!({"kind": "stet-rule", "rule": first["rule"]});
        fs::write(folder.path().join(ledger), format!("{stet}\n")).unwrap();
        let left = checked(&copy);
        assert!(left.iter().all(|finding| finding["rule"] != first["rule"]));
        let rules = |findings: &[Value]| findings.iter().map(|f| f["rule"].clone()).collect();
        let (left, served): (Vec<_>, Vec<_>) = (rules(&left), rules(&served(&mut client, &copy)));
        assert_eq!(served, left, "{}", path.display());
        stood += all.len() - left.len();
    }
    assert!(stood > 0);
}

/// The findings that the server publishes, with the titles of their fixes.
fn served(client: &mut Client, path: &Path) -> Vec<Value> {
    let uri = format!("file://{}", path.display());
    client.notify(
        "textDocument/didOpen",
        json!({"textDocument": {
            "uri": uri,
            "languageId": language_id(path),
            "version": 1,
            "text": fs::read_to_string(path).unwrap(),
        }}),
    );
    let published = client.published_version(&uri, 1);
    let findings = published["diagnostics"].as_array().unwrap();
    let finding = |finding: &Value| {
        let actions = client.call(
            "textDocument/codeAction",
            json!({
                "textDocument": {"uri": uri},
                "range": finding["range"],
                "context": {"diagnostics": [finding]},
            }),
        );
        let own = |action: &&Value| {
            action["diagnostics"][0]["range"] == finding["range"] && action.get("edit").is_some()
        };
        let actions = actions.as_array().unwrap().iter().filter(own);
        let related = finding["relatedInformation"].as_array();
        json!({
            "rule": finding["code"],
            "level": level(&finding["severity"]),
            "start": finding["range"]["start"],
            "end": finding["range"]["end"],
            "message": finding["message"],
            "related": related.map_or(0, Vec::len),
            "fixes": actions.map(|action| action["title"].clone()).collect::<Vec<_>>(),
        })
    };
    findings.iter().map(finding).collect()
}

/// The findings of the command line, in the server's form.
fn checked(path: &Path) -> Vec<Value> {
    let run = copydesk(["check".as_ref(), "--format=json".as_ref(), path.as_os_str()]);
    assert_eq!(run.stderr, "");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let place = |place: &Value| {
        let from_zero = |field: &str| place[field].as_u64().unwrap() - 1;
        json!({"line": from_zero("line"), "character": from_zero("column")})
    };
    let finding = |finding: &Value| {
        let fixes = finding["fixes"].as_array().unwrap().iter();
        json!({
            "rule": finding["rule"],
            "level": finding["level"],
            "start": place(&finding["start"]),
            "end": place(&finding["end"]),
            "message": finding["message"],
            "related": finding["related"].as_array().map_or(0, Vec::len),
            "fixes": fixes.map(|fix| fix["title"].clone()).collect::<Vec<_>>(),
        })
    };
    let findings = report["drafts"][0]["findings"].as_array().unwrap();
    findings.iter().map(finding).collect()
}

fn level(severity: &Value) -> &'static str {
    match severity.as_u64().unwrap() {
        1 => "error",
        2 => "warning",
        3 => "information",
        _ => "hint",
    }
}
