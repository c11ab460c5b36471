//! Names as a client asks about them: where they stand, and what the newsroom knows of them.

use serde_json::{Value, json};

use crate::client::{Client, URI};

/// Ann Meyer four times: by name, by pronoun, by family name, by office.
const DRAFT: &str = "🦀 Mayor Ann Meyer met Tom Reyes.\n\n“It is rotten,” she said. Meyer left.\n\n“It is,” the mayor said.\n";

/// Places by line, start and end, in bytes.
const PLACES: [[u32; 3]; 4] = [[0, 11, 20], [2, 20, 23], [2, 30, 35], [4, 13, 22]];

fn at([line, start, _]: [u32; 3]) -> Value {
    json!({
        "textDocument": {"uri": URI},
        "position": {"line": line, "character": start + 1},
    })
}

fn range([line, start, end]: [u32; 3]) -> Value {
    json!({
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": end},
    })
}

fn location(place: [u32; 3]) -> Value {
    json!({"uri": URI, "range": range(place)})
}

fn references(client: &mut Client, place: [u32; 3], with_first: bool) -> Value {
    let mut params = at(place);
    params["context"] = json!({"includeDeclaration": with_first});
    client.call("textDocument/references", params)
}

#[test]
fn every_mention_leads_to_the_first_and_to_all() {
    let mut client = Client::start();
    client.open(URI, 1, DRAFT);
    for place in PLACES {
        let definition = client.call("textDocument/definition", at(place));
        assert_eq!(definition, location(PLACES[0]), "{place:?}");
        let all = references(&mut client, place, true);
        assert_eq!(all, json!(PLACES.map(location)), "{place:?}");
        let rest = references(&mut client, place, false);
        assert_eq!(
            rest.as_array().unwrap(),
            &PLACES[1..]
                .iter()
                .map(|place| location(*place))
                .collect::<Vec<_>>()
        );
        let marked = client.call("textDocument/documentHighlight", at(place));
        let expected = PLACES.map(|place| {
            let kind = if place == PLACES[0] { 3 } else { 2 };
            json!({"range": range(place), "kind": kind})
        });
        assert_eq!(marked, json!(expected), "{place:?}");
    }
}

#[test]
fn words_that_name_nobody_lead_nowhere() {
    let mut client = Client::start();
    client.open(URI, 1, DRAFT);
    let nobody = [2, 8, 9];
    assert_eq!(
        client.call("textDocument/definition", at(nobody)),
        Value::Null
    );
    assert_eq!(references(&mut client, nobody, true), json!([]));
    assert_eq!(
        client.call("textDocument/documentHighlight", at(nobody)),
        json!([])
    );
}

#[test]
fn columns_are_counted_as_the_client_counts_them() {
    let mut client = Client::start_with(json!({"capabilities": {}}));
    client.open(URI, 1, DRAFT);
    let definition = client.call("textDocument/definition", at([2, 17, 18]));
    assert_eq!(definition["range"], range([0, 9, 18]));
}

#[test]
fn a_client_without_markdown_is_sent_none() {
    let mut client = Client::start_with(json!({"capabilities": {}}));
    client.open(URI, 1, "Ann Meyer said it is_late.");
    let hover = client.call("textDocument/hover", at([0, 0, 1]));
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("Ann Meyer, person\n"), "{text}");
}
