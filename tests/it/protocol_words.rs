//! What editors colour, fold, select and rename.

use serde_json::{Value, json};

use crate::client::{Client, URI};

const DRAFT: &str =
    "🦀 Mayor Ann Meyer met Tom Reyes.\n\n“It is rotten,\nMeyer knows,” he said. Meyer left.\n";

/// The legend's kinds that the draft has.
const QUOTE: u64 = 0;
const SPEAKER: u64 = 1;
const CUE: u64 = 2;
const PERSON: u64 = 3;
const ROLE: u64 = 6;

fn start(abilities: Value) -> Client {
    let mut client = Client::start_with(json!({
        "capabilities": {
            "general": {"positionEncodings": ["utf-16"]},
            "workspace": {"workspaceEdit": abilities},
            "textDocument": {
                "rename": {"prepareSupport": true},
                "foldingRange": {"rangeLimit": 1},
                "semanticTokens": {
                    "requests": {"full": {"delta": true}, "range": true},
                    "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"],
                },
            },
        },
    }));
    client.open(URI, 1, DRAFT);
    client
}

fn draft() -> Value {
    json!({"uri": URI})
}

fn at(line: u32, character: u32) -> Value {
    json!({"line": line, "character": character})
}

fn place(line: u32, from: u32, until: u32) -> Value {
    json!({"start": at(line, from), "end": at(line, until)})
}

/// The tokens of an answer as line, column, length and kind.
fn tokens(answer: &Value) -> Vec<[u64; 4]> {
    let numbers: Vec<u64> = answer["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|number| number.as_u64().unwrap())
        .collect();
    let (mut line, mut column) = (0, 0);
    let token = |token: &[u64]| {
        if token[0] > 0 {
            (line, column) = (line + token[0], 0);
        }
        column += token[1];
        [line, column, token[2], token[3]]
    };
    numbers.chunks(5).map(token).collect()
}

#[test]
fn words_are_coloured_line_by_line() {
    let mut client = start(json!({}));
    let params = json!({"textDocument": draft()});
    let full = client.call("textDocument/semanticTokens/full", params);
    assert_eq!(
        tokens(&full),
        [
            [0, 3, 5, ROLE],
            [0, 9, 9, PERSON],
            [0, 23, 9, PERSON],
            [2, 0, 14, QUOTE],
            [3, 0, 13, QUOTE],
            [3, 14, 2, SPEAKER],
            [3, 17, 4, CUE],
            [3, 23, 5, PERSON],
        ]
    );
    let params = json!({"textDocument": draft(), "range": place(0, 20, 24)});
    let part = client.call("textDocument/semanticTokens/range", params);
    assert_eq!(tokens(&part), [[0, 23, 9, PERSON]]);

    client.edit(URI, 2, [3, 23, 3, 28], "Reyes");
    let asked = json!({"textDocument": draft(), "previousResultId": full["resultId"]});
    let delta = client.call("textDocument/semanticTokens/full/delta", asked.clone());
    assert_eq!(delta["edits"], json!([]), "{delta}");
    client.edit(URI, 3, [0, 0, 0, 0], "A ");
    let stale = client.call("textDocument/semanticTokens/full/delta", asked);
    assert_eq!(
        tokens(&stale)[0],
        [0, 5, 5, ROLE],
        "an older answer is not known"
    );
    client.edit(URI, 4, [0, 0, 0, 2], "");
    let asked = json!({"textDocument": draft(), "previousResultId": stale["resultId"]});
    let delta = client.call("textDocument/semanticTokens/full/delta", asked);
    assert_eq!(
        delta["edits"],
        json!([{"start": 0, "deleteCount": 5, "data": [0, 3, 5, ROLE, 0]}])
    );
}

#[test]
fn a_name_is_changed_in_all_its_forms() {
    let annotations = json!({"documentChanges": true, "changeAnnotationSupport": {}});
    let mut client = start(annotations);
    let params = json!({"textDocument": draft(), "position": at(3, 24)});
    let here = client.call("textDocument/prepareRename", params);
    assert_eq!(
        here,
        json!({"range": place(3, 23, 28), "placeholder": "Meyer"})
    );
    let rename =
        |name: &str| json!({"textDocument": draft(), "position": at(0, 10), "newName": name});
    let edit = client.call("textDocument/rename", rename("Anna Meier"));
    let change = &edit["documentChanges"][0];
    assert_eq!(change["textDocument"]["version"], 1);
    assert_eq!(
        change["edits"],
        json!([
            {"range": place(0, 9, 18), "newText": "Anna Meier"},
            {"range": place(3, 0, 5), "newText": "Meier", "annotationId": "quoted"},
            {"range": place(3, 23, 28), "newText": "Meier"},
        ])
    );
    assert_eq!(
        edit["changeAnnotations"]["quoted"]["needsConfirmation"],
        true
    );

    // A client that cannot ask leaves quotes alone.
    let mut client = start(json!({"documentChanges": true}));
    let edit = client.call("textDocument/rename", rename("Anna Meier"));
    let edits = edit["documentChanges"][0]["edits"].as_array().unwrap();
    assert_eq!(edits.len(), 2);
    assert_eq!(edit.get("changeAnnotations"), None);
}

#[test]
fn what_is_no_name_is_refused_in_one_line() {
    let mut client = start(json!({}));
    let params = json!({"textDocument": draft(), "position": at(0, 20)});
    let nothing = client.call("textDocument/prepareRename", params);
    assert_eq!(nothing, Value::Null);
    for (position, name, reason) in [
        (at(0, 20), "Ann", "no name stands here"),
        (at(0, 10), "Ann\nMeyer", "a name is one line of text"),
    ] {
        let params = json!({"textDocument": draft(), "position": position, "newName": name});
        let id = client.request("textDocument/rename", params);
        let answer = client.answer(id);
        assert_eq!(answer["error"]["message"], reason, "{answer}");
    }
}

#[test]
fn a_selection_grows_and_quotes_fold() {
    let mut client = start(json!({}));
    let params = json!({"textDocument": draft(), "positions": [at(0, 12), at(1, 0)]});
    let grown = client.call("textDocument/selectionRange", params);
    assert_eq!(grown[0]["range"], place(0, 9, 12));
    assert_eq!(grown[0]["parent"]["range"], place(0, 9, 18));
    assert_eq!(grown.as_array().unwrap().len(), 2);
    let params = json!({"textDocument": draft()});
    let folds = client.call("textDocument/foldingRange", params.clone());
    assert_eq!(folds, json!([{"startLine": 2, "endLine": 3}]));
    let running =
        "Meyer said: “We won.\n\n“It was late.”\n\nMeyer said: “We won.\n\n“It was late.”\n";
    client.edit(URI, 2, [0, 0, 9, 0], running);
    let folds = client.call("textDocument/foldingRange", params);
    assert_eq!(folds, json!([{"startLine": 0, "endLine": 2}]));
}

#[test]
fn a_name_is_completed_from_its_first_capital_on() {
    let mut client = start(json!({}));
    client.edit(URI, 2, [3, 30, 3, 30], "Then R");
    let asked = |character: u32| json!({"textDocument": draft(), "position": at(3, character)});
    let list = client.call("textDocument/completion", asked(36));
    let item = &list["items"][0];
    assert_eq!(
        [&item["label"], &item["filterText"], &item["textEdit"]],
        [
            &json!("Reyes"),
            &json!("Reyes"),
            &json!({"range": place(3, 35, 36), "newText": "Reyes"}),
        ],
        "{list}"
    );
    assert_eq!(list["isIncomplete"], true, "the next letter brings more");
    let none = client.call("textDocument/completion", asked(33));
    assert_eq!(none["items"], json!([]), "prose is left in peace");
}
