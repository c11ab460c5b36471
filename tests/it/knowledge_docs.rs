//! The examples of `docs/knowledge-base.md` are read as they say.

use std::fs;
use std::path::Path;

use copydesk::knowledge::Record;
use copydesk::newsroom::reader::{Columns, Format, Input, read};

#[test]
fn every_example_gives_records_and_no_problems() {
    let examples = examples();
    for format in Format::ALL {
        let of_format = |example: &&(String, String)| example.0 == format.name();
        let (name, text) = match examples.iter().find(of_format) {
            Some(example) => example,
            // What holds for commas holds for tabs.
            None if format == Format::Tsv => continue,
            None => panic!("no example of {}", format.name()),
        };
        let records = records(Some(format), "example", text);
        assert!(!records.is_empty(), "{name}");
    }
}

#[test]
fn every_example_tells_its_format() {
    for (name, text) in examples() {
        let end = match Format::from_name(&name) {
            Some(Format::Toml) => "toml",
            Some(Format::Csv | Format::WikidataCsv) => "csv",
            Some(Format::Geonames) => "txt",
            _ => "json",
        };
        let format = Format::from_name(&name);
        let file = format!("example.{end}");
        assert_eq!(records(None, &file, &text), records(format, &file, &text));
    }
}

#[test]
fn every_field_of_the_table_is_a_field() {
    let text = text();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let mut count = 0;
    for row in rows {
        let cell = row.split('|').nth(1).unwrap_or_default();
        for field in cell
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|field| *field != "preferred")
        {
            assert_eq!(Columns::parse(&format!("{field}=x")).err(), None, "{field}");
            count += 1;
        }
    }
    assert!(count > 20);
}

fn text() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("docs/knowledge-base.md")).unwrap()
}

/// The fenced blocks that name a format behind their language.
fn examples() -> Vec<(String, String)> {
    let text = text();
    let fences: Vec<&str> = text.split("```").collect();
    let blocks = fences.iter().skip(1).step_by(2);
    let blocks = blocks.filter_map(|block| {
        let (head, body) = block.split_once('\n')?;
        let (_, format) = head.split_once(' ')?;
        Some((format.to_owned(), body.to_owned()))
    });
    blocks.collect()
}

#[track_caller]
fn records(format: Option<Format>, file: &str, text: &str) -> Vec<Record> {
    let folder = tempfile::tempdir().unwrap();
    let mut input = Input::new(folder.path().join(file));
    input.format = format;
    fs::write(&input.path, text).unwrap();
    let mut records = Vec::new();
    let end = read(&input, &mut |line, record| match record {
        Ok(record) => records.push(record),
        Err(reason) => panic!("{file}:{line}: {reason}\n{text}"),
    });
    assert_eq!(end, Ok(()), "{text}");
    records
}
