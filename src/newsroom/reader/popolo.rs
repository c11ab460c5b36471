//! Popolo documents: people and organisations, and the memberships that join them.
//!
//! A document refers from one of its parts to another, so it is held in memory whole, and its entries have no lines.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value as Json;

use super::Sink;
use super::compressed::Source;
use super::entry::{Data, Entry, Value};
use super::field::{self, Field};
use super::json::reason;
use crate::knowledge::{FactKind, RecordKind};

/// Reads a document.
pub(super) fn read(source: Source, sink: &mut Sink<'_>) -> Result<(), String> {
    let document: Json = match serde_json::from_reader(source) {
        Ok(document) => document,
        Err(error) => return Err(reason(1, &error)),
    };
    let lists = ["persons", "organizations", "memberships", "posts"];
    if !lists.iter().any(|list| document.get(list).is_some()) {
        return Err(format!("not Popolo: none of {}", lists.join(", ")));
    }
    for name in lists {
        let value = document.get(name).unwrap_or(&Json::Null);
        if !(value.is_array() || value.is_null()) {
            sink.problem(0, format!("`{name}` must be a list"));
        }
    }
    let index = Index::new(&document);
    for (at, person) in list(&document, "persons").iter().enumerate() {
        give(sink, "persons", at, index.person(person));
    }
    for (at, body) in list(&document, "organizations").iter().enumerate() {
        give(sink, "organizations", at, body_entry(body));
    }
    Ok(())
}

/// Gives an entry; what is wrong with it is told with its place in its list.
fn give(sink: &mut Sink<'_>, list: &str, at: usize, entry: Entry) {
    let (record, problems) = entry.finish(0, RecordKind::Person);
    if let Some(record) = record {
        sink.record(0, record);
    }
    for (_, reason) in problems {
        sink.problem(0, format!("{list}[{at}]: {reason}"));
    }
}

/// What memberships refer to.
struct Index<'d> {
    bodies: HashMap<Cow<'d, str>, &'d Json>,
    posts: HashMap<Cow<'d, str>, &'d Json>,
    /// Terms of parliaments, which have the dates of their members.
    events: HashMap<Cow<'d, str>, &'d Json>,
    /// By the id of the person.
    memberships: HashMap<Cow<'d, str>, Vec<&'d Json>>,
}

impl<'d> Index<'d> {
    fn new(document: &'d Json) -> Index<'d> {
        let by_id = |name: &str| {
            let entries = list(document, name).iter();
            entries.map(|entry| (id(entry, "id"), entry)).collect()
        };
        let mut memberships: HashMap<Cow<'_, str>, Vec<&Json>> = HashMap::new();
        for membership in list(document, "memberships") {
            let person = id(membership, "person_id");
            memberships.entry(person).or_default().push(membership);
        }
        Index {
            bodies: by_id("organizations"),
            posts: by_id("posts"),
            events: by_id("events"),
            memberships,
        }
    }

    fn person(&self, person: &Json) -> Entry {
        let mut entry = Entry::new(Some(RecordKind::Person));
        common(&mut entry, person);
        let about = ["summary", "biography"].map(|key| text(person, key));
        let about = about.into_iter().find(|text| !text.is_empty());
        let born = text(person, "birth_date");
        // Of two people of one name, it tells which.
        let born = match born.is_empty() {
            true => String::new(),
            false => format!("born {born}"),
        };
        let parts = [about.unwrap_or_default(), &born];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        set(&mut entry, Field::Description, "summary", &parts.join("; "));
        let id = id(person, "id");
        let apart = self.memberships.get(&id).filter(|_| !id.is_empty());
        let apart = apart.into_iter().flatten().copied();
        let mut seen = Vec::new();
        for membership in list(person, "memberships").iter().chain(apart) {
            for role in self.roles(membership) {
                if !seen.contains(&role) {
                    seen.push(role);
                }
            }
        }
        let roles = seen.into_iter().map(|[title, of, from, until]| {
            let fields = [
                ("title", title),
                ("of", of),
                ("from", from),
                ("until", until),
            ];
            let fields = fields.map(|(key, text)| (key.to_owned(), 0, Value::text(0, text)));
            Value {
                line: 0,
                data: Data::Table(fields.into()),
            }
        });
        let data = Data::List(roles.collect());
        entry.set(Field::Role, "memberships", Value { line: 0, data });
        entry
    }

    /// Title, body and dates of a membership; those of a party on whose behalf it is held come second.
    fn roles(&self, membership: &Json) -> Vec<[String; 4]> {
        let post = self.posts.get(&id(membership, "post_id")).copied();
        let of_post = |key: &str| post.map_or("", |post| text(post, key));
        let event = self
            .events
            .get(&id(membership, "legislative_period_id"))
            .copied();
        let date = |key: &str| match (text(membership, key), event) {
            ("", Some(event)) => text(event, key).to_owned(),
            (date, _) => date.to_owned(),
        };
        let body = |id: Cow<'_, str>| self.bodies.get(&id).map_or("", |body| text(body, "name"));
        let titles = [
            text(membership, "role"),
            of_post("label"),
            of_post("role"),
            "member",
        ];
        let title = titles
            .into_iter()
            .find(|title| !title.is_empty())
            .unwrap_or_default();
        let of = match body(id(membership, "organization_id")) {
            "" => post.map_or("", |post| body(id(post, "organization_id"))),
            of => of,
        };
        let party = body(id(membership, "on_behalf_of_id"));
        let mut roles = Vec::new();
        for (title, of) in [(title, of), ("member", party)] {
            // To be a member of nothing says nothing.
            if title != "member" || !of.is_empty() {
                roles.push([
                    title.to_owned(),
                    of.to_owned(),
                    date("start_date"),
                    date("end_date"),
                ]);
            }
        }
        roles
    }
}

fn body_entry(body: &Json) -> Entry {
    let class = text(body, "classification");
    let kind = field::kind(class).unwrap_or(RecordKind::Organisation);
    let mut entry = Entry::new(Some(kind));
    common(&mut entry, body);
    set(
        &mut entry,
        Field::Acronym,
        "abbreviation",
        text(body, "abbreviation"),
    );
    set(
        &mut entry,
        Field::Description,
        "abstract",
        text(body, "abstract"),
    );
    if field::kind(class).is_none() {
        set(
            &mut entry,
            Field::Fact(FactKind::Type),
            "classification",
            class,
        );
    }
    entry
}

/// What people and organisations have in common.
fn common(entry: &mut Entry, thing: &Json) {
    set(entry, Field::Id, "id", &id(thing, "id"));
    match thing.get("name") {
        Some(Json::String(name)) => set(entry, Field::Name, "name", name),
        None | Some(Json::Null) => {}
        Some(_) => {
            let data = Data::Other;
            entry.set(Field::Name, "name", Value { line: 0, data });
        }
    }
    let names = list(thing, "other_names").iter();
    let names = names.map(|name| Value::text(0, text(name, "name")));
    let data = Data::List(names.collect());
    entry.set(Field::Aliases, "other_names", Value { line: 0, data });
    if let Some(link) = list(thing, "links").first() {
        set(
            entry,
            Field::Fact(FactKind::Link),
            "links",
            text(link, "url"),
        );
    }
    if let Some(source) = list(thing, "sources").first() {
        set(entry, Field::Source, "sources", text(source, "url"));
    }
    set(entry, Field::AsOf, "updated_at", text(thing, "updated_at"));
}

fn set(entry: &mut Entry, field: Field, label: &str, text: &str) {
    entry.set(field, label, Value::text(0, text));
}

/// The id under a key, which some documents write as a number.
fn id<'d>(thing: &'d Json, key: &str) -> Cow<'d, str> {
    match thing.get(key) {
        Some(Json::Number(id)) => id.to_string().into(),
        _ => text(thing, key).into(),
    }
}

/// The text under a key; empty if there is none.
fn text<'d>(thing: &'d Json, key: &str) -> &'d str {
    thing.get(key).and_then(Json::as_str).unwrap_or_default()
}

/// The list under a key; empty if there is none.
fn list<'d>(thing: &'d Json, key: &str) -> &'d [Json] {
    thing
        .get(key)
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::check;

    #[test]
    fn memberships_are_roles() {
        check(
            Format::Popolo,
            r#"{
              "persons": [
                {"id": "1", "name": "Ruth Okafor", "birth_date": "1971-02-03", "summary": "Politician",
                 "other_names": [{"name": "R. Okafor"}, {"note": "x"}], "updated_at": "2026-01-02T03:04:05",
                 "links": [{"url": "https://okafor.example"}], "sources": [{"url": "https://wexmouth.example"}],
                 "memberships": [{"role": "mayor", "organization_id": "c", "start_date": "2020"}]},
                {"id": 2, "name": "Ann Lee"}
              ],
              "organizations": [
                {"id": "c", "name": "Wexmouth Council", "classification": "legislature"},
                {"id": "p", "name": "Tide Party", "classification": "Party", "abbreviation": "TP"}
              ],
              "posts": [{"id": "s", "label": "member for Stell", "organization_id": "c"}],
              "events": [{"id": "t", "start_date": "2019-05-01", "end_date": "2023-05-01"}],
              "memberships": [
                {"person_id": "1", "post_id": "s", "on_behalf_of_id": "p", "legislative_period_id": "t"},
                {"person_id": "1", "post_id": "s", "on_behalf_of_id": "p", "legislative_period_id": "t"},
                {"person_id": 2, "organization_id": "c", "end_date": "2021-05"},
                {"person_id": "2", "organization_id": "lost"},
                {"person_id": "9", "organization_id": "c"}
              ]
            }"#,
            &[
                "0: person 1 [Ruth Okafor, R. Okafor] mayor of Wexmouth Council 2020/; \
                 member for Stell of Wexmouth Council 2019-05-01/2023-05-01; \
                 member of Tide Party 2019-05-01/2023-05-01 “Politician; born 1971-02-03 \
                 Link=https://okafor.example from https://wexmouth.example @2026-01-02",
                "0: person 2 [Ann Lee] member of Wexmouth Council /2021-05",
                "0: organisation c [Wexmouth Council] Type=legislature",
                "0: party p [Tide Party, TP (Acronym)]",
            ],
        );
    }

    #[test]
    fn wrong_entries_are_named_and_left_out() {
        check(
            Format::Popolo,
            r#"{"persons": [3, {"id": "1"}, {"name": ["x"]}, {"name": "Ann Lee", "updated_at": "May"}],
                "organizations": {"id": "c"}, "memberships": [7, {"person_id": 3}]}"#,
            &[
                "0! `organizations` must be a list",
                "0! persons[0]: no name",
                "0! persons[1]: no name",
                "0! persons[2]: `name` must be a text",
                "0: person test:ann-lee [Ann Lee]",
                "0! persons[3]: `updated_at` must be a date, as in 2024-05-03: May",
            ],
        );
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let refused = |reason: &str| format!("test.popolo: {reason}");
        for (text, reason) in [
            ("", "EOF while parsing a value"),
            (
                "{\"persons\": [{\"name\": \"Ann\"}",
                "EOF while parsing a list",
            ),
            ("{\n\"persons\": x}", "expected value on line 2"),
            (
                "[]",
                "not Popolo: none of persons, organizations, memberships, posts",
            ),
            (
                "{\"people\": []}",
                "not Popolo: none of persons, organizations, memberships, posts",
            ),
            (&"[".repeat(100_000), "recursion limit exceeded"),
        ] {
            check(Format::Popolo, text, &[&refused(reason)]);
        }
        check(
            Format::Popolo,
            b"{\"persons\": \"\xff\"}",
            &[&refused("invalid unicode code point")],
        );
    }
}
