//! Desk lists: TOML that people write by hand, one table an entry.
//!
//! An error in one entry does not lose the others, and an error in one field does not lose the entry: a list is read
//! while it is being written.

use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Sink;
use super::compressed::Source;
use super::entry::{Data, Entry, Value, short, slug};
use super::field::{self, Field};
use crate::knowledge::{Record, RecordKind};
use crate::settings::suggestion;

/// What is wrong, by lines from 1.
type Problems = Vec<(usize, String)>;

/// Reads a desk list: its records in the order of the file, and what is wrong with it, by lines from 1. The ids of
/// records that tell none are made of their names: "desk:ruth-okafor".
pub fn desk_list(text: &str) -> (Vec<Record>, Vec<(usize, String)>) {
    let (list, problems) = located(text);
    (
        list.into_iter().map(|(_, record)| record).collect(),
        problems,
    )
}

/// Reads a desk list from a file.
pub(super) fn read(mut source: Source, sink: &mut Sink<'_>) -> Result<(), String> {
    let (records, problems) = located(&source.text()?);
    if records.is_empty() && problems.first().is_some_and(|(line, _)| *line < 2) {
        // No line of it is a desk list.
        let (line, reason) = &problems[0];
        return Err(format!("line {line}: {reason}"));
    }
    for (line, record) in records {
        sink.record(line, record);
    }
    for (line, reason) in problems {
        sink.problem(line, reason);
    }
    Ok(())
}

/// A desk list with the line on which each record starts.
fn located(text: &str) -> (Vec<(usize, Record)>, Problems) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut list = List::default();
    let (document, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        list.take(document.into_inner(), &Lines::new(text, 1));
        return list.finish();
    }
    // A bracket left open may swallow all that follows, so each entry is read alone.
    for (line, part) in parts(text) {
        let lines = Lines::new(part, line);
        let (document, errors) = DeTable::parse_recoverable(part);
        match errors.first() {
            None => list.take(document.into_inner(), &lines),
            Some(error) => {
                let start = error.span().map_or(0, |span| span.start);
                list.problems
                    .push((lines.at(start), error.message().to_owned()));
            }
        }
    }
    list.finish()
}

/// What stands above the first entry, then each entry, with their first lines.
fn parts(text: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut start, mut first, mut at) = (0, 1, 0);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if is_heading(line) {
            parts.push((first, &text[start..at]));
            (start, first) = (at, index + 1);
        }
        at += line.len();
    }
    parts.push((first, &text[start..]));
    parts
}

/// Whether an entry starts on a line: `[[person]]`, but not `[[person.roles]]`, which belongs to it.
fn is_heading(line: &str) -> bool {
    let name = line.trim_start().strip_prefix('[').unwrap_or_default();
    let name = name.strip_prefix('[').unwrap_or(name).trim_start();
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
    let end = end.unwrap_or(name.len());
    let rest = name[end..].trim();
    end > 0 && (rest.is_empty() || rest.starts_with(']'))
}

/// A list as it is being read.
#[derive(Default)]
struct List {
    /// What the list tells of all its entries.
    head: Vec<(String, usize, Value)>,
    entries: Vec<(RecordKind, Value)>,
    problems: Vec<(usize, String)>,
}

impl List {
    fn take(&mut self, document: DeTable<'_>, lines: &Lines) {
        for (key, value) in document {
            let line = lines.at(key.span().start);
            let key = key.into_inner();
            let value = lines.value(value);
            match (field::kind(&key), value.data) {
                (Some(kind), Data::List(values)) => {
                    self.entries
                        .extend(values.into_iter().map(|value| (kind, value)));
                }
                (Some(kind), data) => self.entries.push((kind, Value { line, data })),
                (None, data) if matches!(&*key, "as-of" | "source") => {
                    self.head
                        .push((key.into_owned(), line, Value { line, data }));
                }
                (None, _) => {
                    let near = suggestion(&key, field::kinds().chain(["as-of", "source"]));
                    let key = short(&key);
                    self.problems
                        .push((line, format!("no entry `{key}`{near}")));
                }
            }
        }
    }

    fn finish(mut self) -> (Vec<(usize, Record)>, Problems) {
        let mut head = Entry::new(None);
        head.set(Field::Name, "name", Value::text(0, "head"));
        for (key, line, value) in self.head {
            head.put(&key, line, value);
        }
        let (head, problems) = head.finish(0, RecordKind::Person);
        let head = head.unwrap_or_default();
        self.problems.extend(problems);
        self.entries.sort_by_key(|(_, value)| value.line);

        let mut records = Vec::new();
        // How many records bear each id made of a name.
        let mut ids: HashMap<String, usize> = HashMap::new();
        for (kind, value) in self.entries {
            let line = value.line;
            let Data::Table(fields) = value.data else {
                let reason = "an entry must be a table, as in [[person]]";
                self.problems.push((line, reason.to_owned()));
                continue;
            };
            let mut entry = Entry::new(Some(kind));
            for (key, line, value) in fields {
                match Field::find(&key) {
                    Some(Field::Kind) => entry.problem(line, "the table tells the kind".to_owned()),
                    _ => entry.put(&key, line, value),
                }
            }
            let (record, problems) = entry.finish(line, kind);
            self.problems.extend(problems);
            let Some(mut record) = record else { continue };
            if record.id.is_empty() {
                record.id = format!("desk:{}", slug(&record.names[0].text));
                let count = ids.entry(record.id.clone()).or_default();
                *count += 1;
                if *count > 1 {
                    record.id = format!("{}-{count}", record.id);
                }
            }
            if record.source.is_empty() {
                record.source.clone_from(&head.source);
            }
            record.as_of = record.as_of.or(head.as_of);
            records.push((line, record));
        }
        self.problems.sort_by_key(|(line, _)| *line);
        (records, self.problems)
    }
}

/// Turns offsets into lines.
struct Lines {
    first: usize,
    ends: Vec<usize>,
}

impl Lines {
    /// The lines of a text whose first line has a number.
    fn new(text: &str, first: usize) -> Lines {
        let ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Lines { first, ends }
    }

    fn at(&self, offset: usize) -> usize {
        self.first + self.ends.partition_point(|end| *end < offset)
    }

    fn value(&self, value: Spanned<DeValue<'_>>) -> Value {
        let line = self.at(value.span().start);
        let data = match value.into_inner() {
            DeValue::String(text) => Data::Text(text.into_owned()),
            DeValue::Integer(number) => Data::Figure(number.as_str().to_owned()),
            DeValue::Float(number) => Data::Figure(number.as_str().to_owned()),
            DeValue::Datetime(date) => Data::Figure(date.to_string()),
            DeValue::Boolean(_) => Data::Other,
            DeValue::Array(values) => {
                Data::List(values.into_iter().map(|value| self.value(value)).collect())
            }
            DeValue::Table(table) => Data::Table(self.table(table)),
        };
        Value { line, data }
    }

    fn table(&self, table: DeTable<'_>) -> Vec<(String, usize, Value)> {
        let mut fields: Vec<_> = table.into_iter().collect();
        fields.sort_by_key(|(key, _)| key.span().start);
        let fields = fields.into_iter().map(|(key, value)| {
            let line = self.at(key.span().start);
            (key.into_inner().into_owned(), line, self.value(value))
        });
        fields.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{FactKind, NameKind};

    /// Compares a list with its records, written down shortly, and its problems.
    #[track_caller]
    fn check(text: &str, records: &[&str], problems: &[&str]) {
        let (found, wrong) = desk_list(text);
        let found: Vec<_> = found.iter().map(written).collect();
        assert_eq!(found, records);
        let wrong: Vec<_> = wrong
            .iter()
            .map(|(line, reason)| format!("{line}: {reason}"))
            .collect();
        assert_eq!(wrong, problems);
    }

    fn written(record: &Record) -> String {
        let names = record.names.iter().map(|name| &name.text[..]);
        let names: Vec<_> = names.collect();
        format!("{} {}", record.id, names.join(", "))
    }

    #[test]
    fn a_list_is_read_whole() {
        let text = r#"
as-of = "2026-11-20"
source = "Harbour desk"

[[person]]
name = "Ruth Okafor-Lindqvist"
aliases = ["Ruth Okafor", "Okafor"]
role = "mayor of Wexmouth"
roles = [{ title = "chair", of = "the harbour trust", from = 2019, until = "2023-05" }]
never = "Okofor"
preferred = { guardian = "Ruth Okafor", ap = "Ruth Okafor Lindqvist" }
pronunciation = "oh-KAH-for"
note = """Not
to be shortened."""

[[organisation]]
name = "Wexmouth Harbour Trust"
acronym = "WHT"
type = "charity"
seat = "Wexmouth"
as-of = 2025-01-02
source = "its own pages"
"#;
        let (records, problems) = desk_list(text);
        assert_eq!(problems, []);
        let [person, body] = &records[..] else {
            panic!("{records:?}")
        };
        assert_eq!(person.id, "desk:ruth-okafor-lindqvist");
        assert_eq!(person.kind, RecordKind::Person);
        let names: Vec<_> = person
            .names
            .iter()
            .map(|name| (&name.text[..], name.kind, &name.house[..]))
            .collect();
        assert_eq!(
            names,
            [
                ("Ruth Okafor-Lindqvist", NameKind::Preferred, ""),
                ("Ruth Okafor", NameKind::Alias, ""),
                ("Okafor", NameKind::Alias, ""),
                ("Okofor", NameKind::Never, ""),
                ("Ruth Okafor", NameKind::Preferred, "guardian"),
                ("Ruth Okafor Lindqvist", NameKind::Preferred, "ap"),
            ]
        );
        assert_eq!(person.roles[0].title, "mayor of Wexmouth");
        let chair = &person.roles[1];
        assert_eq!(
            (&chair.title[..], &chair.of[..]),
            ("chair", "the harbour trust")
        );
        assert_eq!(chair.from.unwrap().to_string(), "2019");
        assert_eq!(chair.until.unwrap().to_string(), "2023-05");
        assert_eq!(person.note, "Not to be shortened.");
        assert_eq!(person.pronunciation, "oh-KAH-for");
        assert_eq!(person.source, "Harbour desk");
        assert_eq!(person.as_of.unwrap().to_string(), "2026-11-20");
        assert_eq!(body.names[1].kind, NameKind::Acronym);
        assert_eq!(body.facts[0].kind, FactKind::Type);
        assert_eq!(body.facts[1].value, "Wexmouth");
        assert_eq!(body.source, "its own pages");
        assert_eq!(body.as_of.unwrap().to_string(), "2025-01-02");
    }

    #[test]
    fn entries_come_in_the_order_of_the_file() {
        check(
            "[[place]]\nname = \"Wexmouth\"\n[[armed-group]]\nname = \"Marsh Front\"\n[[place]]\nname = \"Stell\"\n[organization]\nname = \"B\"",
            &[
                "desk:wexmouth Wexmouth",
                "desk:marsh-front Marsh Front",
                "desk:stell Stell",
                "desk:b B",
            ],
            &[],
        );
        check("", &[], &[]);
        check("\u{feff}# Nobody yet.\n", &[], &[]);
    }

    #[test]
    fn two_people_of_one_name_stay_two() {
        check(
            "[[person]]\nname = \"Ann Lee\"\n[[person]]\nname = \"Ann  LEE\"\n[[person]]\nid = \"x\"\nname = \"Ann Lee\"",
            &[
                "desk:ann-lee Ann Lee",
                "desk:ann-lee-2 Ann LEE",
                "x Ann Lee",
            ],
            &[],
        );
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_kept() {
        check(
            "[[person]]\nname = \"Ann Lee\"\npronuncation = \"x\"\nnever = [\"Anne Lee\", 3, true]\nas-of = \"May\"",
            &["desk:ann-lee Ann Lee, Anne Lee"],
            &[
                "3: no field `pronuncation` (did you mean `pronunciation`?)",
                "4: `never` must be a text or a list of texts",
                "5: `as-of` must be a date, as in 2024-05-03: May",
            ],
        );
        check(
            "[[persn]]\nname = \"Ann Lee\"\n\n[[person]]\nalias = \"Lee\"\n\n[[person]]\nname = \"Bo Berg\"",
            &["desk:bo-berg Bo Berg"],
            &["1: no entry `persn` (did you mean `person`?)", "4: no name"],
        );
        check(
            "person = \"Ann Lee\"\nparty = [\"Tide\", { name = \"Tide Party\" }]",
            &["desk:tide-party Tide Party"],
            &[
                "1: an entry must be a table, as in [[person]]",
                "2: an entry must be a table, as in [[person]]",
            ],
        );
        check(
            "[[person]]\nname = \"Ann Lee\"\nkind = \"place\"\npreferred = { guardain = \"A. Lee\", ap = 1 }\nrole = { titel = \"x\" }",
            &["desk:ann-lee Ann Lee"],
            &[
                "3: the table tells the kind",
                "4: no house `guardain` (did you mean `guardian`?)",
                "4: `preferred.ap` must be a text",
                "5: no field `titel` of a role (did you mean `title`?)",
                "5: a role without a `title`",
            ],
        );
        check(
            "[[person]]\nname = \"Ann Lee\"\nnever = [\"Ann Lee\"]\naliases = [\"Ann Lee\", \"\"]\npreferred = \"Lee\"",
            &["desk:ann-lee Ann Lee"],
            &[
                "1: `Ann Lee` cannot be both a name and never to be used",
                "5: `preferred` must be a table of houses, as in { ap = \"Tayyip Erdogan\" }",
            ],
        );
        check("[[person]]\nname = [1]", &[], &["2: `name` must be a text"]);
        check(
            "[[place]]\nname = \"Stell\"\npopulation = \"many\"\nroles = 3\nnote = 4\n\n\
             [[place]]\nname = \"Wexmouth\"\npopulation = 52_000\ncountry = 1\nrole = [2]\n\n\
             [[place]]\nname = \"Bo\"\npopulation = \"1,200,000\"\nid = 7",
            &["desk:stell Stell", "desk:wexmouth Wexmouth", "7 Bo"],
            &[
                "3: `population` must be a number, as in 52000: many",
                "4: `roles` must be a text, or a list of texts or tables",
                "5: `note` must be a text",
                "10: `country` must be a text",
                "11: `role` must be a text, or a list of texts or tables",
            ],
        );
    }

    #[test]
    fn a_syntax_error_loses_one_entry() {
        check(
            "as-of = 2026\n[[person]]\nname = \"Ann Lee\n[[person]]\nname = \"Bo Berg\"\n[[person.roles]]\ntitle = \"mayor\"\n",
            &["desk:bo-berg Bo Berg"],
            &["3: invalid basic string, expected `\"`"],
        );
        let (records, problems) = desk_list(
            "[[person]]\nname = \"Ann Lee\"\naliases = [\"Lee\",\n\n[[person]]\nname = \"Bo Berg\"\n\n[[pers",
        );
        assert_eq!(records.len(), 1);
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[1].0, 8);
    }

    #[test]
    fn junk_is_refused_without_harm() {
        for text in [
            "[".repeat(100_000),
            format!("[{}]", vec!["a"; 50_000].join(".")),
            format!("a = {}", "[".repeat(100_000)),
            "name,kind\nAnn Lee,person".to_owned(),
            "{\"name\": \"Ann Lee\"}".to_owned(),
        ] {
            let (records, problems) = desk_list(&text);
            assert_eq!(records, []);
            assert!(!problems.is_empty());
        }
        let (records, problems) = desk_list(&format!(
            "[[person]]\nname = \"{}\"\n[[person]]\nname = \"A\\u001b[31mnn\"",
            "x".repeat(1_000_000)
        ));
        assert_eq!(records[0].names[0].text, "A [31mnn");
        assert_eq!(
            problems,
            [(
                2,
                "`name` is too long: 1000000 bytes, and 500 are the most".to_owned()
            )]
        );
    }
}
