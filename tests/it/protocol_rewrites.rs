//! Rewrites of passages in which nothing is wrong, as a client asks for them.

use serde_json::{Value, json};

use crate::client::{Client, URI};

const DRAFT: &str =
    "Ann Meyer runs the pier.\n\n“The deck is old. It has to go,” Meyer said on Monday.\n";

fn rewrites(client: &mut Client, line: u32, only: &str) -> Vec<Value> {
    let place = json!({"line": line, "character": 5});
    let actions = client.call(
        "textDocument/codeAction",
        json!({
            "textDocument": {"uri": URI},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": [], "only": [only]},
        }),
    );
    let actions = actions.as_array().unwrap().clone();
    let is_rewrite = |action: &Value| action["kind"] == "refactor.rewrite";
    actions.into_iter().filter(is_rewrite).collect()
}

#[test]
fn an_attribution_moves_behind_the_first_sentence() {
    let mut client = Client::start();
    client.open(URI, 7, DRAFT);
    assert_eq!(rewrites(&mut client, 0, "refactor"), [Value::Null; 0]);
    assert_eq!(rewrites(&mut client, 2, "quickfix"), [Value::Null; 0]);
    let found = rewrites(&mut client, 2, "refactor");
    let [action] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!(
        action["title"],
        "Name the speaker behind the first sentence"
    );
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 7}));
    let edits = change["edits"].as_array().unwrap();
    let texts: Vec<&str> = edits
        .iter()
        .map(|edit| edit["newText"].as_str().unwrap())
        .collect();
    assert_eq!(texts, [",” Meyer said on Monday. “", ".”"]);
}
