//! What ships inside the binary: countries and capitals, outlets, organisations, armed groups, parties, offices, ranks
//! and honorifics, each a list of its own that says in its head what it is and up to when it speaks.

mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::fold::fold;
use super::record::{Date, Fact, FactKind, Name, NameKind, Record, RecordKind};
use table::{Table, parts};

static COUNTRIES: Table<12> = Table::new(include_str!("shipped/countries.tsv"));
static CAPITALS: Table<7> = Table::new(include_str!("shipped/capitals.tsv"));
static OUTLETS: Table<8> = Table::new(include_str!("shipped/outlets.tsv"));
static ORGANISATIONS: Table<6> = Table::new(include_str!("shipped/organisations.tsv"));
static ARMED_GROUPS: Table<8> = Table::new(include_str!("shipped/armed-groups.tsv"));
static PARTIES: Table<7> = Table::new(include_str!("shipped/parties.tsv"));
static OFFICES: Table<5> = Table::new(include_str!("shipped/offices.tsv"));
static RANKS: Table<9> = Table::new(include_str!("shipped/ranks.tsv"));
static HONORIFICS: Table<6> = Table::new(include_str!("shipped/honorifics.tsv"));

/// All records of all lists. The lists are read anew at each call.
pub fn records() -> Vec<Record> {
    let mut records = countries();
    records.extend(capitals());
    records.extend(outlets());
    records.extend(organisations());
    records.extend(armed_groups());
    records.extend(parties());
    records.extend(offices());
    records.extend(ranks());
    records.extend(honorifics());
    records
}

fn countries() -> Vec<Record> {
    let as_of = COUNTRIES.as_of();
    let roles: HashMap<&str, &str> = CAPITALS
        .rows()
        .map(|[name, _, role, ..]| (name, role))
        .collect();
    let read = |row: [&str; 12]| {
        let [
            name,
            formal,
            acronyms,
            aliases,
            variants,
            capitals,
            demonyms,
            ..,
        ] = row;
        let [.., code, status, wrong, note, dispute] = row;
        let mut record = match (status, code) {
            ("region", _) => Draft::new(RecordKind::Place, "region", &slug(name), name),
            (_, "") => Draft::new(RecordKind::Country, "country", &slug(name), name),
            _ => Draft::new(RecordKind::Country, "country", code, name),
        };
        record.describe(match status {
            "member" => "country",
            "observer" => "observer state at the United Nations",
            "disputed" => "disputed territory",
            _ => status,
        });
        record.names(NameKind::Acronym, acronyms);
        record.names(NameKind::Alias, formal);
        record.names(NameKind::Alias, aliases);
        record.names(NameKind::Demonym, demonyms);
        record.names(NameKind::Variant, variants);
        record.names(NameKind::Never, wrong);
        record.fact(FactKind::FormalName, formal);
        for capital in parts(capitals) {
            record.fact(
                FactKind::Capital,
                &with_role(capital, roles.get(capital).copied()),
            );
        }
        record.fact(FactKind::Dispute, dispute);
        record.finish(note, as_of)
    };
    COUNTRIES.rows().map(read).collect()
}

/// A capital, with what sets it apart where a country has more than one or none that is plain.
fn with_role(capital: &str, role: Option<&str>) -> String {
    match role {
        None | Some("capital" | "co-capital") => capital.to_owned(),
        Some(role) => format!("{capital} ({role})"),
    }
}

fn capitals() -> Vec<Record> {
    let as_of = CAPITALS.as_of();
    let read = |[name, countries, role, aliases, variants, note, dispute]: [&str; 7]| {
        let mut record = Draft::new(RecordKind::Place, "city", &slug(name), name);
        record.describe(role);
        record.names(NameKind::Alias, aliases);
        record.names(NameKind::Variant, variants);
        record.facts(FactKind::Country, countries);
        record.fact(FactKind::Dispute, dispute);
        record.finish(note, as_of)
    };
    CAPITALS.rows().map(read).collect()
}

fn outlets() -> Vec<Record> {
    let as_of = OUTLETS.as_of();
    let read = |row: [&str; 8]| {
        let [name, acronyms, aliases, kind, ..] = row;
        let [.., country, ownership, owner, note] = row;
        let mut record = Draft::new(RecordKind::Outlet, "outlet", &slug(name), name);
        record.describe(&format!("{ownership} {kind}"));
        record.names(NameKind::Acronym, acronyms);
        record.names(NameKind::Alias, aliases);
        record.fact(FactKind::Type, kind);
        record.fact(FactKind::Country, country);
        record.fact(FactKind::Ownership, ownership);
        record.fact(FactKind::Owner, owner);
        record.finish(note, as_of)
    };
    OUTLETS.rows().map(read).collect()
}

fn organisations() -> Vec<Record> {
    let as_of = ORGANISATIONS.as_of();
    let read = |row: [&str; 6]| {
        let [name, acronyms, aliases, kind, seat, description] = row;
        let mut record = Draft::new(RecordKind::Organisation, "organisation", &slug(name), name);
        record.describe(&of_kind(kind, description));
        record.names(NameKind::Acronym, acronyms);
        record.names(NameKind::Alias, aliases);
        record.fact(FactKind::Type, kind);
        record.fact(FactKind::Seat, seat);
        record.finish("", as_of)
    };
    ORGANISATIONS.rows().map(read).collect()
}

fn armed_groups() -> Vec<Record> {
    let as_of = ARMED_GROUPS.as_of();
    let read = |row: [&str; 8]| {
        let [name, acronyms, aliases, variants, ..] = row;
        let [.., places, description, designated, note] = row;
        let mut record = Draft::new(RecordKind::ArmedGroup, "armed-group", &slug(name), name);
        record.describe(description);
        record.names(NameKind::Acronym, acronyms);
        record.names(NameKind::Alias, aliases);
        record.names(NameKind::Variant, variants);
        record.facts(FactKind::Country, places);
        record.facts(FactKind::Designation, designated);
        record.finish(note, as_of)
    };
    ARMED_GROUPS.rows().map(read).collect()
}

fn parties() -> Vec<Record> {
    let as_of = PARTIES.as_of();
    let codes: HashMap<&str, &str> = COUNTRIES.rows().map(|row| (row[0], row[7])).collect();
    let read = |row: [&str; 7]| {
        let [name, local, acronyms, aliases, ..] = row;
        let [.., countries, description, members] = row;
        let code = parts(countries).next().and_then(|first| codes.get(first));
        let id = format!("{} {name}", code.unwrap_or(&""));
        let mut record = Draft::new(RecordKind::Party, "party", &slug(&id), name);
        record.describe(&of_kind("political party", description));
        record.names(NameKind::Acronym, acronyms);
        record.names(NameKind::Alias, local);
        record.names(NameKind::Alias, aliases);
        record.names(NameKind::Demonym, members);
        record.facts(FactKind::Country, countries);
        record.finish("", as_of)
    };
    PARTIES.rows().map(read).collect()
}

fn offices() -> Vec<Record> {
    let as_of = OFFICES.as_of();
    let read = |[name, variants, order, kind, note]: [&str; 5]| {
        let mut record = Draft::new(RecordKind::Office, "office", &slug(name), name);
        record.names(NameKind::Alias, variants);
        record.fact(FactKind::Type, kind);
        record.fact(FactKind::Order, order);
        record.finish(note, as_of)
    };
    OFFICES.rows().map(read).collect()
}

fn ranks() -> Vec<Record> {
    let as_of = RANKS.as_of();
    let read = |row: [&str; 9]| {
        let [
            name,
            country,
            service,
            order,
            grade,
            ap,
            short,
            variants,
            note,
        ] = row;
        let id = slug(&format!("{country} {service} {name}"));
        let mut record = Draft::new(RecordKind::Rank, "rank", &id, name);
        let of_service = match service {
            "marines" => "rank of the Marines",
            "navy" => "rank of the navy",
            "army" => "rank of the army",
            "air force" => "rank of the air force",
            _ => "rank of the police",
        };
        record.describe(of_service);
        record.preferred(ap, "ap");
        record.names(NameKind::Alias, short);
        record.names(NameKind::Alias, variants);
        record.fact(FactKind::Type, service);
        record.fact(FactKind::Country, country);
        record.fact(FactKind::Order, order);
        record.fact(FactKind::Grade, grade);
        record.finish(note, as_of)
    };
    RANKS.rows().map(read).collect()
}

fn honorifics() -> Vec<Record> {
    let as_of = HONORIFICS.as_of();
    let read = |[name, variants, kind, people, form, note]: [&str; 6]| {
        let mut record = Draft::new(RecordKind::Honorific, "honorific", &slug(name), name);
        record.describe(&format!("for {people}"));
        record.names(NameKind::Alias, variants);
        record.fact(FactKind::Type, kind);
        record.fact(FactKind::Usage, form);
        record.finish(note, as_of)
    };
    HONORIFICS.rows().map(read).collect()
}

/// A kind, with what sets one apart from others of it: "political party: centre-left".
fn of_kind(kind: &str, description: &str) -> String {
    match description {
        "" => kind.to_owned(),
        _ => format!("{kind}: {description}"),
    }
}

/// A record in the making.
struct Draft(Record);

impl Draft {
    fn new(kind: RecordKind, list: &str, id: &str, name: &str) -> Draft {
        let mut draft = Draft(Record {
            id: format!("{list}:{id}"),
            kind,
            source: "copydesk".to_owned(),
            ..Record::default()
        });
        draft.preferred(name, "");
        draft
    }

    fn preferred(&mut self, text: &str, house: &str) {
        if !text.is_empty() {
            self.0.names.push(Name {
                text: text.to_owned(),
                kind: NameKind::Preferred,
                house: house.to_owned(),
            });
        }
    }

    fn names(&mut self, kind: NameKind, list: &str) {
        self.0.names.extend(parts(list).map(|text| Name {
            text: text.to_owned(),
            kind,
            house: String::new(),
        }));
    }

    fn fact(&mut self, kind: FactKind, value: &str) {
        if !value.is_empty() {
            self.0.facts.push(Fact {
                kind,
                value: value.to_owned(),
            });
        }
    }

    fn facts(&mut self, kind: FactKind, list: &str) {
        for value in parts(list) {
            self.fact(kind, value);
        }
    }

    fn describe(&mut self, description: &str) {
        self.0.description = description.to_owned();
    }

    fn finish(mut self, note: &str, as_of: Option<Date>) -> Record {
        self.0.note = note.to_owned();
        self.0.as_of = as_of;
        self.0
    }
}

/// A name as part of an id: "Côte d'Ivoire" gives "cote-d-ivoire".
fn slug(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}
