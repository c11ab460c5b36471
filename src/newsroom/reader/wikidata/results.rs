//! Results of Wikidata's query service, as JSON or CSV: one row a binding, several rows an item.
//!
//! The item is the first variable that has a label beside it: `?item ?itemLabel`. Rows of one item that follow each
//! other become one record; a query with ORDER BY ?item puts them so.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::super::Sink;
use super::super::columns::Columns;
use super::super::compressed::Source;
use super::super::entry::{Data, Entry, Value};
use super::super::field::{self, Field};
use super::super::json::{parse, split};
use super::super::table::Table;
use super::{SOURCE, class, entity, is_item};
use crate::knowledge::{FactKind, Record};

/// Reads results in JSON: the service's own form, or the list of flat rows that its page offers for download.
pub(in super::super) fn read_json(
    source: Source,
    columns: &Columns,
    sink: &mut Sink<'_>,
) -> Result<(), String> {
    let variables = match head(source.start()) {
        Some(variables) => variables,
        None => first_rows(source.start()),
    };
    let mut results = Results::new(&variables, columns)?;
    split::elements(source, &["results", "bindings"], &mut |line, element| {
        let row = element.and_then(|bytes| parse::<HashMap<String, Json>>(line, bytes));
        match row {
            Ok(mut row) => {
                let cells = variables.iter().map(|variable| {
                    let text = row.remove(variable).map(text).unwrap_or_default();
                    (&variable[..], text)
                });
                results.row(line, cells, sink);
            }
            Err(reason) => sink.problem(line, reason),
        }
    })?;
    results.end(sink);
    Ok(())
}

/// Reads results in CSV.
pub(in super::super) fn read_csv(
    source: Source,
    columns: &Columns,
    sink: &mut Sink<'_>,
) -> Result<(), String> {
    let mut table = Table::open(source, b',')?;
    let mut results = Results::new(table.headers(), columns)?;
    while let Some((line, row)) = table.next()? {
        match row {
            Ok(row) => {
                let headers = table.headers().iter().map(String::as_str);
                results.row(line, headers.zip(row), sink);
            }
            Err(reason) => sink.problem(line, reason),
        }
    }
    results.end(sink);
    Ok(())
}

/// Whether headers are those of query results: an item with its label.
pub(in super::super) fn is_results(headers: &[&str]) -> bool {
    let labelled = |header: &&&str| headers.contains(&&*format!("{header}Label"));
    headers.iter().any(|header| labelled(&header))
}

/// The variables that the head of the results names.
fn head(start: &[u8]) -> Option<Vec<String>> {
    let start = String::from_utf8_lossy(start);
    let at = start.find("\"vars\"")?;
    let list = start[at..].find('[')?;
    let mut list = serde_json::Deserializer::from_str(&start[at + list..]).into_iter();
    list.next()?.ok()
}

/// The variables of the rows at the start. Rows leave out what they do not know, so one is not enough.
fn first_rows(start: &[u8]) -> Vec<String> {
    let mut variables: Vec<String> = Vec::new();
    let start = start.trim_ascii_start();
    let mut rest = start.strip_prefix(b"[").unwrap_or(start);
    loop {
        rest = rest.trim_ascii_start();
        rest = rest.strip_prefix(b",").unwrap_or(rest);
        let mut rows =
            serde_json::Deserializer::from_slice(rest).into_iter::<HashMap<String, Json>>();
        let Some(Ok(row)) = rows.next() else {
            variables.sort();
            return variables;
        };
        rest = rest.get(rows.byte_offset()..).unwrap_or_default();
        for variable in row.into_keys() {
            if !variables.contains(&variable) {
                variables.push(variable);
            }
        }
    }
}

/// The text of a cell in either form.
fn text(cell: Json) -> String {
    match cell {
        Json::String(text) => text,
        Json::Number(number) => number.to_string(),
        Json::Object(mut cell) => match cell.remove("value") {
            Some(Json::String(text)) => text,
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// The variable of the item: of those with a label, the one that has a description or other names, too.
fn item(variables: &[String]) -> &str {
    let has = |variable: &str, end: &str| variables.contains(&format!("{variable}{end}"));
    let labelled = || variables.iter().filter(|variable| has(variable, "Label"));
    let described =
        labelled().find(|variable| has(variable, "AltLabel") || has(variable, "Description"));
    let named = || labelled().find(|variable| *variable == "item");
    let item = described.or_else(named).or_else(|| labelled().next());
    item.map_or("item", String::as_str)
}

/// What a variable usually tells.
fn usual(variable: &str, item: &str, variables: &[String]) -> Option<Field> {
    match variable.strip_prefix(item) {
        Some("") => return Some(Field::Id),
        Some("Label") => return Some(Field::Name),
        Some("AltLabel") => return Some(Field::Aliases),
        Some("Description") => return Some(Field::Description),
        _ => {}
    }
    let is_class =
        |name: &str| matches!(name, "instance" | "instanceOf" | "class" | "type" | "kind");
    if let Some(name) = variable.strip_suffix("Label") {
        return match is_class(name) {
            true => Some(Field::Fact(FactKind::Type)),
            false => Field::find(&hyphened(name)),
        };
    }
    match variable {
        name if is_class(name) => Some(Field::Kind),
        // Its label says it in words.
        _ if variables.contains(&format!("{variable}Label")) => None,
        "shortName" => Some(Field::Acronym),
        "officialName" => Some(Field::Fact(FactKind::FormalName)),
        "start" => Some(Field::From),
        "end" => Some(Field::Until),
        _ => Field::find(&hyphened(variable)),
    }
}

/// "formal-name" of "formalName".
fn hyphened(variable: &str) -> String {
    let mut name = String::new();
    for c in variable.chars() {
        if c.is_uppercase() {
            name.push('-');
        }
        name.extend(c.to_lowercase());
    }
    name
}

/// Results as they are being read.
struct Results {
    fields: HashMap<String, Field>,
    /// The item of the last rows, with its first line.
    pending: Option<(usize, Record)>,
}

impl Results {
    fn new(variables: &[String], columns: &Columns) -> Result<Results, String> {
        let item = item(variables);
        let fields = columns.of(variables, |variable| usual(variable, item, variables))?;
        let fields = variables.iter().zip(fields);
        Ok(Results {
            fields: fields
                .filter_map(|(variable, field)| Some((variable.clone(), field?)))
                .collect(),
            pending: None,
        })
    }

    fn row<'v>(
        &mut self,
        line: usize,
        cells: impl Iterator<Item = (&'v str, String)>,
        sink: &mut Sink<'_>,
    ) {
        let mut entry = Entry::new(None);
        entry.set(Field::Source, "source", Value::text(line, SOURCE));
        for (variable, text) in cells {
            let Some(field) = self
                .fields
                .get(variable)
                .filter(|_| !text.trim().is_empty())
            else {
                continue;
            };
            put(&mut entry, line, *field, variable, text);
        }
        let Some(record) = sink.whole(line, entry) else {
            return;
        };
        match &mut self.pending {
            Some((_, before)) if before.id == record.id && !record.id.is_empty() => {
                merge(before, record);
            }
            pending => {
                if let Some((line, before)) = pending.replace((line, record)) {
                    sink.record(line, before);
                }
            }
        }
    }

    fn end(self, sink: &mut Sink<'_>) {
        if let Some((line, record)) = self.pending {
            sink.record(line, record);
        }
    }
}

/// Takes a cell in.
fn put(entry: &mut Entry, line: usize, field: Field, variable: &str, text: String) {
    let id = entity(&text);
    match field {
        Field::Id => entry.set(field, variable, Value::text(line, id)),
        // Without a label in English the service gives the id.
        Field::Name if is_item(id) => {}
        Field::Kind if is_item(id) => {
            if let Some((kind, name)) = class::kind([id].into_iter()) {
                entry.set(field, variable, Value::text(line, field::kind_name(kind)));
                if !name.is_empty() {
                    let field = Field::Fact(FactKind::Type);
                    entry.set(field, variable, Value::text(line, name));
                }
            }
        }
        // An item whose name the query did not ask for.
        _ if is_item(id) => {}
        Field::Aliases => {
            let names = text.split(", ").map(|name| Value::text(line, name));
            let data = Data::List(names.collect());
            entry.set(field, variable, Value { line, data });
        }
        _ => entry.set(field, variable, Value::text(line, text)),
    }
}

/// Adds what another row tells of an item.
fn merge(record: &mut Record, other: Record) {
    fn add<T: PartialEq>(to: &mut Vec<T>, from: Vec<T>) {
        for thing in from {
            if !to.contains(&thing) {
                to.push(thing);
            }
        }
    }
    add(&mut record.names, other.names);
    add(&mut record.roles, other.roles);
    add(&mut record.facts, other.facts);
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{check, read};
    use super::super::super::{Columns, Format};

    fn cell(value: &str) -> String {
        format!(r#"{{"type": "literal", "value": "{value}"}}"#)
    }

    fn uri(id: &str) -> String {
        cell(&format!("http://www.wikidata.org/entity/{id}"))
    }

    fn results(variables: &str, rows: &[String]) -> String {
        let rows = rows.join(
            ",
",
        );
        format!(r#"{{"head": {{"vars": [{variables}]}}, "results": {{"bindings": [{rows}]}}}}"#)
    }

    #[test]
    fn rows_of_one_item_are_one_record() {
        let row = |role: &str, start: &str| {
            format!(
                r#"{{"item": {}, "itemLabel": {}, "itemAltLabel": {}, "itemDescription": {}, "class": {}, "position": {}, "positionLabel": {}, "start": {}}}"#,
                uri("Q900001"),
                cell("Ruth Okafor"),
                cell("R. Okafor, Okafor"),
                cell("politician"),
                uri("Q5"),
                uri("Q900003"),
                cell(role),
                cell(start),
            )
        };
        let other = format!(
            r#"{{"item": {}, "itemLabel": {}}}"#,
            uri("Q900002"),
            cell("Ann Lee")
        );
        check(
            Format::WikidataJson,
            results(
                r#""item","itemLabel","itemAltLabel","itemDescription","class","position","positionLabel","start""#,
                &[
                    row("mayor", "2020-05-01T00:00:00Z"),
                    row("chair", "2019-01-01T00:00:00Z"),
                    row("chair", "2019-01-01T00:00:00Z"),
                    other,
                ],
            ),
            &[
                "1: person Q900001 [Ruth Okafor, R. Okafor, Okafor] mayor 2020-05-01/; chair 2019-01-01/ \
                 “politician from Wikidata",
                "4: person Q900002 [Ann Lee] from Wikidata",
            ],
        );
    }

    #[test]
    fn flat_rows_and_csv_are_read_too() {
        check(
            Format::WikidataJson,
            r#"[{"country": "http://www.wikidata.org/entity/Q9", "countryLabel": "Stellmark", "town": "http://www.wikidata.org/entity/Q900004", "townLabel": "Wexmouth", "townDescription": "port"},
               {"town": "http://www.wikidata.org/entity/Q900005", "townLabel": "Q900005", "population": 12}]"#,
            &[
                "2! no name",
                "1: person Q900004 [Wexmouth] “port Country=Stellmark from Wikidata",
            ],
        );
        check(
            Format::WikidataCsv,
            "item,itemLabel,itemAltLabel,instanceOf,instanceOfLabel,shortName\n\
             http://www.wikidata.org/entity/Q900006,Wexmouth Echo,\"Echo, The Echo\",http://www.wikidata.org/entity/Q11032,newspaper,WE\n\
             http://www.wikidata.org/entity/Q900006,Wexmouth Echo,,http://www.wikidata.org/entity/Q43229,organization,\n\
             http://www.wikidata.org/entity/Q900007,Bo\n",
            &[
                "4! 2 columns, where the header has 6",
                "2: outlet Q900006 [Wexmouth Echo, Echo, The Echo, WE (Acronym)] Type=newspaper Type=organization from Wikidata",
            ],
        );
    }

    #[test]
    fn a_header_map_names_the_variables() {
        let columns = Columns::parse("id=person,name=fullName").unwrap();
        let found = read(
            Format::WikidataCsv,
            "person,fullName\nhttp://www.wikidata.org/entity/Q900001,Ruth Okafor\n",
            |input| input.columns = columns,
        );
        assert_eq!(found, ["2: person Q900001 [Ruth Okafor] from Wikidata"]);
    }

    #[test]
    fn what_is_no_result_is_refused() {
        let no_name = |columns: &str, format: &str| {
            format!("test.{format}: no column for the name; columns are {columns}")
        };
        check(
            Format::WikidataJson,
            results(r#""person""#, &[format!(r#"{{"person": {}}}"#, uri("Q1"))]),
            &[&no_name("person", "wikidata-json")],
        );
        check(
            Format::WikidataJson,
            "[3, []]",
            &[&no_name("", "wikidata-json")],
        );
        check(Format::WikidataJson, "", &[&no_name("", "wikidata-json")]);
        check(
            Format::WikidataCsv,
            "person\nx\n",
            &[&no_name("person", "wikidata-csv")],
        );
        let whole = results(
            r#""item", "itemLabel""#,
            &[format!(
                r#"{{"item": {}, "itemLabel": {}}}"#,
                uri("Q1"),
                cell("Ann Lee")
            )],
        );
        let half = &whole[..whole.len() - 6];
        check(
            Format::WikidataJson,
            half,
            &["test.wikidata-json: line 1: breaks off in the middle"],
        );
    }
}
