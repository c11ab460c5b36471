//! Reads knowledge records from files: desk lists, tables, and the formats in which others share what they know.
//!
//! Absent on purpose: judgement. A reader gives each record as its file has it; which file to believe is for others.

mod columns;
mod compressed;
mod entry;
mod field;
mod format;
mod geonames;
mod json;
mod lines;
mod popolo;
mod table;
mod toml;
mod wikidata;

use std::path::PathBuf;

use crate::knowledge::{Date, Record, RecordKind};

use self::compressed::{STDIN, Source};
use self::entry::{Entry, slug};

pub use self::columns::Columns;
pub use self::compressed::Progress;
pub use self::field::{kind, kinds};
pub use self::format::Format;
pub use self::toml::desk_list;

/// A file to read and what its user says of it.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The file, or `-` for standard input; plain or compressed by gzip or bzip2.
    pub path: PathBuf,
    /// Its format; none to guess by its name and its first bytes.
    pub format: Option<Format>,
    /// Where the columns of a table do not have the usual names.
    pub columns: Columns,
    /// The kind of records that tell none; none for a person.
    pub kind: Option<RecordKind>,
    /// The source of records that tell none; empty for the name of the file.
    pub source: String,
    /// The day up to which records speak that tell none.
    pub as_of: Option<Date>,
    /// How far the reading has come.
    pub progress: Progress,
}

impl Input {
    /// A file of which nothing is said.
    pub fn new(path: impl Into<PathBuf>) -> Input {
        Input {
            path: path.into(),
            ..Input::default()
        }
    }
}

/// Gives `each` every record of a file with its line (from 1; 0 where the format has none), and a short reason for each
/// entry or field that is left out. Memory does not grow with the file, but for desk lists and Popolo, which are one
/// document.
///
/// # Errors
///
/// The file cannot be opened, breaks off, or is not of the format; one line that starts with the path. What came before
/// a break was given.
pub fn read(
    input: &Input,
    each: &mut dyn FnMut(usize, Result<Record, String>),
) -> Result<(), String> {
    let path = input.path.display();
    let named = |reason| format!("{path}: {reason}");
    let source = Source::open(&input.path, &input.progress).map_err(named)?;
    let format = match input.format {
        Some(format) => format,
        None => Format::guess(&input.path, source.start()).map_err(named)?,
    };
    let mut sink = Sink::new(input, each);
    of_format(format, source, input, &mut sink).map_err(named)
}

fn of_format(
    format: Format,
    source: Source,
    input: &Input,
    sink: &mut Sink<'_>,
) -> Result<(), String> {
    let columns = &input.columns;
    match format {
        Format::Toml => toml::read(source, sink),
        Format::Csv => {
            let separator = table::separator(source.start());
            table::read(source, separator, columns, sink)
        }
        Format::Tsv => table::read(source, b'\t', columns, sink),
        Format::Json => json::read(source, sink),
        Format::Popolo => popolo::read(source, sink),
        Format::WikidataJson => wikidata::results::read_json(source, columns, sink),
        Format::WikidataCsv => wikidata::results::read_csv(source, columns, sink),
        Format::WikidataDump => wikidata::dump::read(source, sink),
        Format::Geonames => geonames::read(source, sink),
    }
}

/// Where records and problems go; fills in what the user says of the whole file.
struct Sink<'a> {
    each: &'a mut dyn FnMut(usize, Result<Record, String>),
    kind: RecordKind,
    source: String,
    as_of: Option<Date>,
    /// What ids made of names start with.
    stem: String,
}

impl<'a> Sink<'a> {
    fn new(input: &Input, each: &'a mut dyn FnMut(usize, Result<Record, String>)) -> Sink<'a> {
        let file = match input.path.as_os_str() == STDIN {
            true => "standard input".into(),
            false => input.path.file_name().unwrap_or_default().to_string_lossy(),
        };
        let source = match input.source.is_empty() {
            true => file.to_string(),
            false => input.source.clone(),
        };
        Sink {
            each,
            kind: input.kind.unwrap_or(RecordKind::Person),
            source,
            as_of: input.as_of,
            stem: slug(file.split('.').next().unwrap_or_default()),
        }
    }

    fn record(&mut self, line: usize, mut record: Record) {
        if record.id.is_empty() {
            let name = record.names.first().map_or("", |name| &name.text);
            record.id = format!("{}:{}", self.stem, slug(name));
        }
        if record.source.is_empty() {
            record.source.clone_from(&self.source);
        }
        record.as_of = record.as_of.or(self.as_of);
        (self.each)(line, Ok(record));
    }

    fn problem(&mut self, line: usize, reason: String) {
        (self.each)(line, Err(reason));
    }

    /// An entry that starts on a line, with all that is wrong with it.
    fn entry(&mut self, line: usize, entry: Entry) {
        let (record, problems) = entry.finish(line, self.kind);
        if let Some(record) = record {
            self.record(line, record);
        }
        for (line, reason) in problems {
            self.problem(line, reason);
        }
    }

    /// The record of an entry that starts on a line; gives what is wrong with it, but not yet the record.
    fn whole(&mut self, line: usize, entry: Entry) -> Option<Record> {
        let (record, problems) = entry.finish(line, self.kind);
        for (line, reason) in problems {
            self.problem(line, reason);
        }
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::NameKind;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::compressed::tests as compressed;

    /// Compares what a file gives with its records, problems and, at the end, its error, written down shortly.
    #[track_caller]
    pub(super) fn check(format: Format, bytes: impl AsRef<[u8]>, expected: &[&str]) {
        assert_eq!(read(format, bytes, |_| {}), expected);
    }

    /// What a file gives, written down shortly.
    pub(super) fn read(
        format: Format,
        bytes: impl AsRef<[u8]>,
        change: impl FnOnce(&mut Input),
    ) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let name = format!("test.{}", format.name());
        let mut input = Input::new(folder.path().join(&name));
        input.format = Some(format);
        change(&mut input);
        std::fs::write(&input.path, bytes).unwrap();
        let mut found = Vec::new();
        let end = super::read(&input, &mut |line, record| {
            found.push(match record {
                Ok(record) => format!("{line}: {}", written(&record, &name)),
                Err(reason) => format!("{line}! {reason}"),
            });
        });
        let folder = format!("{}/", folder.path().display());
        found.extend(end.err().map(|error| error.replace(&folder, "")));
        found
    }

    /// A record in one line; its source only if it is not the name of the file.
    fn written(record: &Record, file: &str) -> String {
        let kind = serde_json::to_value(record.kind).unwrap();
        let names = record.names.iter().map(|name| match name.kind {
            NameKind::Preferred | NameKind::Alias => name.text.clone(),
            kind => format!("{} ({kind:?})", name.text),
        });
        let names: Vec<_> = names.collect();
        let mut text = format!(
            "{} {} [{}]",
            kind.as_str().unwrap(),
            record.id,
            names.join(", ")
        );
        let roles = record.roles.iter().map(|role| {
            let mut text = role.title.clone();
            if !role.of.is_empty() {
                text += &format!(" of {}", role.of);
            }
            if role.from.is_some() || role.until.is_some() {
                let date = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
                text += &format!(" {}/{}", date(role.from), date(role.until));
            }
            text
        });
        let roles: Vec<_> = roles.collect();
        for (label, part) in [
            ("", &roles.join("; ")),
            ("“", &record.description),
            ("say=", &record.pronunciation),
            ("note=", &record.note),
        ] {
            if !part.is_empty() {
                text += &format!(" {label}{part}");
            }
        }
        for fact in &record.facts {
            text += &format!(" {:?}={}", fact.kind, fact.value);
        }
        if record.source != file {
            text += &format!(" from {}", record.source);
        }
        if let Some(date) = record.as_of {
            text += &format!(" @{date}");
        }
        text
    }

    #[test]
    fn what_the_user_says_of_a_file_fills_gaps() {
        let found = read(
            Format::Csv,
            "name,kind,source,as-of\nAnn Lee,,,\nBo,office,a book,2020\n",
            |input| {
                input.kind = Some(RecordKind::Party);
                input.source = "the press office".to_owned();
                input.as_of = Date::parse("2026-01");
            },
        );
        assert_eq!(
            found,
            [
                "2: party test:ann-lee [Ann Lee] from the press office @2026-01",
                "3: office test:bo [Bo] from a book @2020",
            ]
        );
    }

    /// What files of all formats are made of, whole and broken.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = select(vec![
            "[[person]]\n",
            "[[",
            "name = \"Ann Lee\"\n",
            "as-of = 2024\n",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            "\"name\": ",
            "\"Ann Lee\"",
            "\"records\": [",
            "\"results\": {\"bindings\": [",
            "{\"head\": {\"vars\": [\"item\", \"itemLabel\"]}, ",
            "\"persons\": [",
            "\"labels\": {\"en\": {\"value\": \"x\"}}, ",
            "\"claims\": {\"P31\": [",
            "item,itemLabel\n",
            "name,kind,role\n",
            "name\tkind\n",
            "\t\t\t\t\t\t",
            ",",
            ";",
            "|",
            ":",
            "=",
            "\n",
            "\r\n",
            "\r",
            " ",
            "\0",
            "\u{feff}",
            "Q5",
            "null",
            "1e999",
            "-",
            "é",
            "\u{202e}",
            "#",
            "'''",
            "\"\"\"",
            "2024-05-03",
            "person",
        ]);
        let piece = prop_oneof![
            9 => piece.prop_map(|piece| piece.as_bytes().to_vec()),
            1 => prop::collection::vec(any::<u8>(), 0..6),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_in_every_format(bytes in bytes(), pack in 0..4_usize) {
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
            let bytes = match pack {
                0 => compressed::gzip(&bytes),
                1 => compressed::bzip2(&bytes),
                _ => bytes,
            };
            for format in Format::ALL {
                let source = Source::new(std::io::Cursor::new(bytes.clone()));
                let Ok(source) = source else { continue };
                let mut each = |line: usize, record: Result<Record, String>| {
                    assert!(line <= lines, "line {line} of {lines} in {}", format.name());
                    match record {
                        Ok(record) => {
                            assert!(!record.id.is_empty() && !record.source.is_empty());
                            assert!(record.names.iter().all(|name| !name.text.is_empty()));
                            assert!(record.names[0].kind == NameKind::Preferred);
                        }
                        Err(reason) => assert!(!reason.is_empty() && !reason.contains('\n')),
                    }
                };
                let input = Input::new("folder/test");
                let end = of_format(format, source, &input, &mut Sink::new(&input, &mut each));
                assert!(end.err().is_none_or(|reason| !reason.is_empty() && !reason.contains('\n')));
            }
        }
    }
}
