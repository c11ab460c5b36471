//! Records in JSON: the fields of a desk list, in an array, under "records", or one object a line.

pub(super) mod split;

use std::collections::HashSet;

use serde_json::Value as Json;

use super::Sink;
use super::compressed::Source;
use super::entry::{Data, Entry, Value, short};
use super::field::Field;
use crate::settings::suggestion;

/// How many unknown fields are named: each once, since a file has the same ones in every record.
const UNKNOWN: usize = 50;

/// Reads records in any of the forms.
pub(super) fn read(source: Source, sink: &mut Sink<'_>) -> Result<(), String> {
    let mut unknown = HashSet::new();
    split::elements(source, &["records"], &mut |line, element| match element
        .and_then(|bytes| parse(line, bytes))
    {
        Ok(Json::Object(fields)) => {
            let mut entry = Entry::new(None);
            for (key, json) in fields {
                match Field::find(&key) {
                    Some(_) => entry.put(&key, line, value(line, json)),
                    None if unknown.len() < UNKNOWN && unknown.insert(key.clone()) => {
                        let near = suggestion(&key, Field::names());
                        entry.problem(line, format!("no field `{}`{near}", short(&key)));
                    }
                    None => {}
                }
            }
            sink.entry(line, entry);
        }
        Ok(_) => sink.problem(line, "a record must be an object".to_owned()),
        Err(reason) => sink.problem(line, reason),
    })
}

/// The JSON of an element that starts on a line. What is wrong is told in a few words.
pub(super) fn parse<'j, T: serde::Deserialize<'j>>(
    line: usize,
    bytes: &'j [u8],
) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|error| reason(line, &error))
}

/// Why JSON that starts on a line cannot be read.
pub(super) fn reason(line: usize, error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    match error.line() {
        0 | 1 => short(what),
        further => format!("{} on line {}", short(what), line + further - 1),
    }
}

fn value(line: usize, json: Json) -> Value {
    let data = match json {
        Json::Null => Data::Text(String::new()),
        Json::Bool(_) => Data::Other,
        Json::Number(number) => Data::Figure(number.to_string()),
        Json::String(text) => Data::Text(text),
        Json::Array(values) => {
            Data::List(values.into_iter().map(|json| value(line, json)).collect())
        }
        Json::Object(fields) => {
            let fields = fields.into_iter();
            Data::Table(
                fields
                    .map(|(key, json)| (key, line, value(line, json)))
                    .collect(),
            )
        }
    };
    Value { line, data }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::check;

    const RUTH: &str = r#"{"name": "Ruth Okafor", "aliases": ["Okafor"], "role": "mayor"}"#;

    #[test]
    fn records_are_read_in_each_form() {
        let ruth = "person test:ruth-okafor [Ruth Okafor, Okafor] mayor";
        let bo = "party p:1 [Bo]";
        let other = r#"{"id": "p:1", "name": "Bo", "kind": "party", "note": null}"#;
        for (text, lines) in [
            (format!("{RUTH}\n\n{other}\n"), (1, 3)),
            (format!("{RUTH}\r\n{other}"), (1, 2)),
            (format!("[{RUTH},\n{other}]"), (1, 2)),
            (format!("\u{feff}[\n{RUTH},\n{other},\n]\n"), (2, 3)),
            (
                format!("{{\"as-of\": [{{}}],\n\"records\": [{RUTH}, {other}], \"x\": 1}}"),
                (2, 2),
            ),
            (format!("[{RUTH}]\n\n[{other}]\n"), (1, 3)),
            (format!("{RUTH} {other}").replace(", \"", ",\n\""), (1, 3)),
        ] {
            let expected = [format!("{}: {ruth}", lines.0), format!("{}: {bo}", lines.1)];
            check(Format::Json, &text, &[&expected[0], &expected[1]]);
        }
    }

    #[test]
    fn every_field_of_a_desk_list_is_understood() {
        check(
            Format::Json,
            r#"[{"kind": "outlet", "name": "Wexmouth Echo", "acronym": "WE", "never": "the Echo",
                "preferred": {"ap": "The Wexmouth Echo"}, "ownership": "independent", "population": 12,
                "roles": [{"title": "paper", "of": "record", "from": 1900, "until": "1950-05"}, "x"],
                "source": "its masthead", "as-of": "2026-01-02", "pronunciation": "p", "description": "d"}]"#,
            &[
                "1: outlet test:wexmouth-echo [Wexmouth Echo, WE (Acronym), the Echo (Never), The Wexmouth Echo] \
                 paper of record 1900/1950-05; x “d say=p Ownership=independent Population=12 \
                 from its masthead @2026-01-02",
            ],
        );
    }

    #[test]
    fn bad_records_do_not_stop_the_reading() {
        let bo = "{\"name\": \"Bo\"}";
        check(
            Format::Json,
            format!(
                "[3, \"x\", [], {{\"nam\": 1}}, {{\"nam\": 1, \"name\": true}},\n{{\"name\"\n: }}, {bo}]"
            ),
            &[
                "1! a record must be an object",
                "1! a record must be an object",
                "1! a record must be an object",
                "1! no field `nam` (did you mean `name`?)",
                "1! no name",
                "1! `name` must be a text",
                "2! expected value on line 3",
                "3: person test:bo [Bo]",
            ],
        );
        check(
            Format::Json,
            [
                b"{\"name\": \"A\"}\n{\"name\": \"Ann\n{\"name\": \"\xff\"}\n{\"name\": {}\n",
                bo.as_bytes(),
            ]
            .concat(),
            &[
                "1: person test:a [A]",
                "2! EOF while parsing a string",
                "3! invalid unicode code point",
                "4! EOF while parsing an object",
                "5: person test:bo [Bo]",
            ],
        );
    }

    #[test]
    fn half_a_file_gives_what_it_holds_and_an_error() {
        check(
            Format::Json,
            format!("[{RUTH},\n{{\"name\": \"Bo"),
            &[
                "1: person test:ruth-okafor [Ruth Okafor, Okafor] mayor",
                "test.json: line 2: breaks off in the middle",
            ],
        );
        check(
            Format::Json,
            "[",
            &["test.json: line 1: breaks off in the middle"],
        );
        check(Format::Json, "", &["test.json: empty"]);
        check(
            Format::Json,
            "name,kind\n",
            &["test.json: line 1: not JSON"],
        );
    }

    #[test]
    fn nested_and_huge_junk_is_refused() {
        let nested = format!("[{},{RUTH}]", "[".repeat(100_000) + &"]".repeat(100_000));
        check(
            Format::Json,
            nested,
            &[
                "1! recursion limit exceeded",
                "1: person test:ruth-okafor [Ruth Okafor, Okafor] mayor",
            ],
        );
        let huge = format!("[{{\"note\": \"{}\"}},\n{RUTH}]", "x".repeat(17 << 20));
        check(
            Format::Json,
            huge,
            &[
                "1! longer than 16 MB",
                "2: person test:ruth-okafor [Ruth Okafor, Okafor] mayor",
            ],
        );
    }
}
