//! What `kb show --format json` prints.

use serde::Serialize;

use super::VERSION;
use crate::knowledge::{Date, FactKind, Known, NameKind, Record, RecordKind};

/// What is known of a name. Kinds are the words of desk lists: "armed-group", "formal-name".
#[derive(Debug, Serialize)]
pub(in crate::cli) struct KnownName<'a> {
    schema: u32,
    /// As it was asked for.
    name: &'a str,
    /// The most believed first; none if the name is not known.
    records: Vec<KnownRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct KnownRecord<'a> {
    /// The base that holds it.
    base: &'a str,
    /// The name by which it was found.
    matched: &'a str,
    id: &'a str,
    kind: RecordKind,
    names: Vec<KnownAs<'a>>,
    description: &'a str,
    facts: Vec<KnownFact<'a>>,
    roles: Vec<KnownRole<'a>>,
    pronunciation: &'a str,
    note: &'a str,
    source: &'a str,
    /// "2024", "2024-05" or "2024-05-03", as all dates.
    as_of: Option<String>,
}

#[derive(Debug, Serialize)]
struct KnownAs<'a> {
    text: &'a str,
    kind: NameKind,
    /// The house that uses it so; empty for all.
    house: &'a str,
}

#[derive(Debug, Serialize)]
struct KnownFact<'a> {
    kind: FactKind,
    value: &'a str,
}

#[derive(Debug, Serialize)]
struct KnownRole<'a> {
    title: &'a str,
    of: &'a str,
    from: Option<String>,
    until: Option<String>,
}

impl<'a> KnownName<'a> {
    /// The records that bear a name.
    pub fn new(name: &'a str, found: &'a [Known<'_>]) -> KnownName<'a> {
        KnownName {
            schema: VERSION,
            name,
            records: found.iter().map(known).collect(),
        }
    }
}

fn known<'a>(known: &'a Known<'_>) -> KnownRecord<'a> {
    let record: &Record = &known.record;
    let written = |date: Option<Date>| date.map(|date| date.to_string());
    let names = record.names.iter().map(|name| KnownAs {
        text: &name.text,
        kind: name.kind,
        house: &name.house,
    });
    let facts = record.facts.iter().map(|fact| KnownFact {
        kind: fact.kind,
        value: &fact.value,
    });
    let roles = record.roles.iter().map(|role| KnownRole {
        title: &role.title,
        of: &role.of,
        from: written(role.from),
        until: written(role.until),
    });
    KnownRecord {
        base: known.base,
        matched: known.name().map_or("", |name| &name.text),
        id: &record.id,
        kind: record.kind,
        names: names.collect(),
        description: &record.description,
        facts: facts.collect(),
        roles: roles.collect(),
        pronunciation: &record.pronunciation,
        note: &record.note,
        source: &record.source,
        as_of: written(record.as_of),
    }
}
