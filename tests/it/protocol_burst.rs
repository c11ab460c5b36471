//! A thousand edits in one burst, mixed with hovers: nothing is lost, nothing wedges, both sides agree.

use serde_json::{Value, json};

use crate::client::{CONTENT_MODIFIED, Client, URI};

/// A few lines with findings, and with characters of one to four bytes.
const DRAFT: &str = "The pier is closed.\n\nLeave a Reply\n\n“Nobody — asked us,” said 🦀 Ruth Okafor.\n\n\
                     “They never do.”\n\nLeave a comment\n";

/// A client's copy of a draft, which counts columns in one encoding.
struct Copy {
    lines: Vec<String>,
    width: fn(char) -> usize,
}

impl Copy {
    fn new(width: fn(char) -> usize) -> Copy {
        Copy {
            lines: DRAFT.split('\n').map(str::to_owned).collect(),
            width,
        }
    }

    /// Replaces characters of a line, all counted in characters; returns the range as the protocol counts it.
    fn edit(&mut self, line: usize, start: usize, end: usize, text: &str) -> [u32; 4] {
        let width = self.width;
        let characters: Vec<char> = self.lines[line].chars().collect();
        let column = |end: usize| {
            let width: usize = characters[..end].iter().map(|c| width(*c)).sum();
            u32::try_from(width).unwrap()
        };
        let row = u32::try_from(line).unwrap();
        let range = [row, column(start), row, column(end)];
        let head: String = characters[..start].iter().collect();
        let tail: String = characters[end..].iter().collect();
        let replaced = format!("{head}{text}{tail}");
        let lines = replaced.split('\n').map(str::to_owned);
        self.lines.splice(line..=line, lines);
        range
    }

    fn text(&self) -> String {
        self.lines.join("\n")
    }
}

/// A small generator of numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

fn start(encoding: &str) -> Client {
    Client::start_with(json!({
        "capabilities": {"general": {"positionEncodings": [encoding]}},
    }))
}

/// What the server makes of a text that it has not seen growing.
fn fresh(encoding: &str, text: &str) -> (Value, Value) {
    let mut client = start(encoding);
    client.open(URI, 1, text);
    let diagnostics = client.published(URI)["diagnostics"].take();
    (without_versions(diagnostics), symbols(&mut client))
}

fn symbols(client: &mut Client) -> Value {
    client.call(
        "textDocument/documentSymbol",
        json!({"textDocument": {"uri": URI}}),
    )
}

fn without_versions(mut diagnostics: Value) -> Value {
    for diagnostic in diagnostics.as_array_mut().unwrap() {
        diagnostic.as_object_mut().unwrap().remove("data");
    }
    diagnostics
}

fn check(encoding: &str, width: fn(char) -> usize) {
    let mut client = start(encoding);
    client.open(URI, 1, DRAFT);
    let mut copy = Copy::new(width);
    let mut dice = Dice(7);
    let mut hovers = Vec::new();
    // Each inserted quote that stays whole is a finding: together they tell one text from another.
    let texts = ["x", "é", "🦀", "", "", "", "“", "\n\n“They never do.”\n\n"];
    for version in 2..=1001 {
        let line = dice.below(copy.lines.len());
        let length = copy.lines[line].chars().count();
        let start = dice.below(length + 1);
        let end = (start + dice.below(3)).min(length);
        let text = texts[dice.below(texts.len())];
        let range = copy.edit(line, start, end, text);
        client.edit(URI, version, range, text);
        if version % 2 == 0 {
            let position = json!({"line": dice.below(9), "character": dice.below(20)});
            let params = json!({"textDocument": {"uri": URI}, "position": position});
            hovers.push(client.request("textDocument/hover", params));
        }
    }
    assert_eq!(hovers.len(), 500);
    for id in hovers {
        let answer = client.answer(id);
        assert!(
            answer.get("result").is_some() || answer["error"]["code"] == CONTENT_MODIFIED,
            "{answer}"
        );
    }
    let settled = client.settled(URI);
    assert_eq!(settled["version"], 1001);
    let (diagnostics, outline) = fresh(encoding, &copy.text());
    let count = diagnostics.as_array().unwrap().len();
    assert!(count > 20, "{count} findings tell no text from another");
    assert_eq!(
        without_versions(settled["diagnostics"].clone()),
        diagnostics
    );
    assert_eq!(symbols(&mut client), outline);
}

#[test]
fn in_bytes() {
    check("utf-8", char::len_utf8);
}

#[test]
fn in_utf16_units() {
    check("utf-16", char::len_utf16);
}

#[test]
fn in_characters() {
    check("utf-32", |_| 1);
}

#[test]
fn a_client_that_does_not_listen_while_it_speaks_wedges_nothing() {
    let mut client = Client::start();
    client.open(URI, 1, &DRAFT.repeat(50));
    let ears = client.ears();
    let deaf = ears.lock().unwrap();
    let mut hovers = Vec::new();
    for version in 2..=3001 {
        client.edit(URI, version, [0, 0, 0, 0], "x");
        let start = json!({"line": 0, "character": 0});
        let params = json!({"textDocument": {"uri": URI}, "position": start});
        hovers.push(client.request("textDocument/hover", params));
    }
    drop(deaf);
    for id in hovers {
        client.answer(id);
    }
    client.published_version(URI, 3001);
}
