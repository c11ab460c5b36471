//! Dumps of entities: one item a line, of which only what the line itself tells in English is used.
//!
//! Absent on purpose: statements that point to another item (offices, countries, capitals). Their names stand on other
//! lines of the dump, and finding them would take a second pass.

use serde::Deserialize;

use super::super::Sink;
use super::super::compressed::Source;
use super::super::entry::{Data, Entry, Value};
use super::super::field::Field;
use super::super::json::{parse, split};
use super::{SOURCE, class, is_acronym, is_item};
use crate::knowledge::{FactKind, RecordKind};

/// Reads a dump. Items without an English name, and those of a class that makes no record, are passed over.
pub(in super::super) fn read(source: Source, sink: &mut Sink<'_>) -> Result<(), String> {
    let first = source.start().trim_ascii_start().first();
    match first {
        None => return Err("empty".to_owned()),
        Some(b'[' | b'{') => {}
        Some(_) => return Err("line 1: not JSON".to_owned()),
    }
    split::lines(source, &mut |line, element| {
        let item = element.and_then(|bytes| parse::<Item>(line, bytes));
        match item {
            Ok(item) => {
                if let Some(entry) = entry(line, item) {
                    sink.entry(line, entry);
                }
            }
            Err(reason) => sink.problem(line, reason),
        }
    })
}

/// The entry of an item, if it makes one.
fn entry(line: usize, item: Item) -> Option<Entry> {
    if !is_item(&item.id) {
        // A property or a lexeme.
        return None;
    }
    let classes = best(&item.claims.instance_of);
    let (kind, of_type) = class::kind(classes.iter().map(|class| &class.id[..]))?;
    let label = item.labels.en.or(item.labels.mul)?.value;
    let mut entry = Entry::new(Some(kind));
    let mut set = |field, label, text: String| entry.set(field, label, Value::text(line, text));
    set(Field::Id, "id", item.id);
    set(Field::Source, "source", SOURCE.to_owned());
    set(Field::Name, "label", label);
    if let Some(description) = item.descriptions.en {
        set(Field::Description, "description", description.value);
    }
    if let Some(modified) = item.modified {
        set(Field::AsOf, "modified", modified);
    }
    for (kind, claims) in [
        (FactKind::FormalName, &item.claims.official_name),
        (FactKind::Link, &item.claims.website),
    ] {
        if let Some(text) = in_english(claims).next() {
            set(Field::Fact(kind), "a statement", text.to_owned());
        }
    }
    if !of_type.is_empty() {
        set(Field::Fact(FactKind::Type), "type", of_type.to_owned());
    }
    if let Some(population) = best(&item.claims.population).last() {
        let amount = population.amount.trim_start_matches('+');
        set(
            Field::Fact(FactKind::Population),
            "population",
            amount.to_owned(),
        );
    }
    if let Some(sound) = best(&item.claims.sound).last() {
        set(
            Field::Pronunciation,
            "pronunciation",
            sound.text().to_owned(),
        );
    }
    let aliases = item.aliases.en.into_iter().chain(item.aliases.mul);
    let mut names: Vec<String> = aliases.map(|alias| alias.value).collect();
    names.extend(in_english(&item.claims.short_name).map(str::to_owned));
    let (acronyms, aliases) = names
        .into_iter()
        .partition(|name| kind != RecordKind::Person && is_acronym(name));
    let demonyms = in_english(&item.claims.demonym)
        .map(str::to_owned)
        .collect();
    for (field, label, names) in [
        (Field::Aliases, "aliases", aliases),
        (Field::Acronym, "aliases", acronyms),
        (Field::Demonyms, "demonym", demonyms),
    ] {
        let names: Vec<String> = names;
        let names = names.into_iter().map(|name| Value::text(line, name));
        let data = Data::List(names.collect());
        entry.set(field, label, Value { line, data });
    }
    Some(entry)
}

/// The values of the statements of the best rank.
fn best<T>(claims: &[Claim<T>]) -> Vec<&T> {
    let of = |rank: Rank| {
        let claims = claims.iter().filter(move |claim| claim.rank == rank);
        claims.filter_map(|claim| Some(&claim.mainsnak.datavalue.as_ref()?.value))
    };
    let preferred: Vec<&T> = of(Rank::Preferred).collect();
    match preferred.is_empty() {
        true => of(Rank::Normal).collect(),
        false => preferred,
    }
}

fn in_english(claims: &[Claim<Words>]) -> impl Iterator<Item = &str> {
    let valid = claims.iter().filter(|claim| claim.rank != Rank::Deprecated);
    let words = valid.filter_map(|claim| Some(&claim.mainsnak.datavalue.as_ref()?.value));
    words
        .filter(|words| match words {
            Words::Plain(_) => true,
            Words::In { language, .. } => matches!(&language[..], "en" | "mul"),
        })
        .map(Words::text)
}

/// Lists and tables are empty lists in the dump where there is nothing in them; both forms are read.
#[derive(Deserialize)]
struct Item {
    id: String,
    #[serde(default)]
    labels: Labels,
    #[serde(default)]
    descriptions: Labels,
    #[serde(default)]
    aliases: Aliases,
    #[serde(default)]
    claims: Claims,
    modified: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Labels {
    en: Option<Label>,
    /// For all languages, of a name that is the same in each.
    mul: Option<Label>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Aliases {
    en: Vec<Label>,
    mul: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    value: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Claims {
    #[serde(rename = "P31")]
    instance_of: Vec<Claim<EntityId>>,
    #[serde(rename = "P856")]
    website: Vec<Claim<Words>>,
    #[serde(rename = "P898")]
    sound: Vec<Claim<Words>>,
    #[serde(rename = "P1082")]
    population: Vec<Claim<Quantity>>,
    #[serde(rename = "P1448")]
    official_name: Vec<Claim<Words>>,
    #[serde(rename = "P1549")]
    demonym: Vec<Claim<Words>>,
    #[serde(rename = "P1813")]
    short_name: Vec<Claim<Words>>,
}

#[derive(Deserialize)]
struct Claim<T> {
    mainsnak: Snak<T>,
    rank: Rank,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Rank {
    Preferred,
    Normal,
    Deprecated,
}

/// Without a value where it is known to be unknown.
#[derive(Deserialize)]
struct Snak<T> {
    datavalue: Option<Datum<T>>,
}

#[derive(Deserialize)]
struct Datum<T> {
    value: T,
}

#[derive(Deserialize)]
struct EntityId {
    id: String,
}

#[derive(Deserialize)]
struct Quantity {
    amount: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    Plain(String),
    In { text: String, language: String },
}

impl Words {
    fn text(&self) -> &str {
        match self {
            Words::Plain(text) | Words::In { text, .. } => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Format;
    use super::super::super::tests::check;

    const RUTH: &str = concat!(
        r#"{"type":"item","id":"Q900001","labels":{"de":{"language":"de","value":"R."},"en":{"language":"en","value":"Ruth Okafor"}},"#,
        r#""descriptions":{"en":{"language":"en","value":"mayor of Wexmouth"}},"aliases":{"en":[{"language":"en","value":"R. Okafor"},{"language":"en","value":"RO"}]},"#,
        r#""claims":{"P31":[{"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":{"entity-type":"item","numeric-id":5,"id":"Q5"},"type":"wikibase-entityid"},"datatype":"wikibase-item"},"type":"statement","id":"x","rank":"normal"}],"#,
        r#""P569":[{"mainsnak":{"snaktype":"somevalue","property":"P569"},"rank":"normal"}]},"sitelinks":[],"lastrevid":1,"modified":"2026-10-02T11:00:00Z"}"#
    );

    fn claim(property: &str, value: &str, rank: &str) -> String {
        format!(
            r#""{property}":[{{"mainsnak":{{"datavalue":{{"value":{value}}}}},"rank":"{rank}"}}]"#
        )
    }

    fn item(id: &str, name: &str, claims: &[String]) -> String {
        format!(
            r#"{{"type":"item","id":"{id}","labels":{name},"descriptions":[],"aliases":[],"claims":{{{}}}}}"#,
            claims.join(",")
        )
    }

    #[test]
    fn a_line_is_a_record() {
        let ruth = "person Q900001 [Ruth Okafor, R. Okafor, RO] “mayor of Wexmouth from Wikidata @2026-10-02";
        for text in [
            RUTH.to_owned(),
            format!("[\n{RUTH},\r\n]\n"),
            format!("\n{RUTH}\n"),
        ] {
            let line = 1 + usize::from(text != RUTH);
            check(Format::WikidataDump, text, &[&format!("{line}: {ruth}")]);
        }
    }

    #[test]
    fn statements_in_english_are_used() {
        let text = item(
            "Q900002",
            r#"{"mul":{"value":"Stellmark"}}"#,
            &[
                claim("P31", r#"{"id":"Q6256"}"#, "normal"),
                claim("P1813", r#"{"text":"SMK","language":"en"}"#, "normal"),
                claim(
                    "P1549",
                    r#"{"text":"Stellmarker","language":"en"}"#,
                    "normal",
                ),
                claim("P1448", r#"{"text":"Reich","language":"de"}"#, "preferred"),
                claim("P1082", r#"{"amount":"+4100"}"#, "normal"),
                claim("P856", r#""https://stellmark.example""#, "normal"),
            ],
        );
        check(
            Format::WikidataDump,
            text,
            &[
                "1: country Q900002 [Stellmark, SMK (Acronym), Stellmarker (Demonym)] \
                 Link=https://stellmark.example Population=4100 from Wikidata",
            ],
        );
    }

    #[test]
    fn what_makes_no_record_is_passed_over() {
        let english = r#"{"en":{"value":"Ann Lee"}}"#;
        let human = || vec![claim("P31", r#"{"id":"Q5"}"#, "normal")];
        for text in [
            item("Q1", english, &[]),
            item(
                "Q1",
                english,
                &[claim("P31", r#"{"id":"Q13442814"}"#, "normal")],
            ),
            item(
                "Q1",
                english,
                &[claim("P31", r#"{"id":"Q5"}"#, "deprecated")],
            ),
            item("Q1", r#"{"tr":{"value":"Ann"}}"#, &human()),
            item("Q1", "[]", &human()),
            item("P31", english, &human()),
            item("Q1", english, &[]).replace(r#""claims":{}"#, r#""claims":[]"#),
        ] {
            check(Format::WikidataDump, text, &[]);
        }
    }

    #[test]
    fn bad_lines_do_not_stop_the_reading() {
        let ruth = "person Q900001 [Ruth Okafor, R. Okafor, RO] “mayor of Wexmouth from Wikidata @2026-10-02";
        check(
            Format::WikidataDump,
            format!(
                "[\n{{\"a\": 1}},\n{}\n{{\"id\": 5}},\nx,\n{RUTH},\n",
                &RUTH[..90]
            ),
            &[
                "2! missing field `id`",
                "3! EOF while parsing a string",
                "4! invalid type: integer `5`, expected a st…",
                "5! expected value",
                &format!("6: {ruth}"),
                "test.wikidata-dump: line 6: breaks off in the middle",
            ],
        );
        check(Format::WikidataDump, "", &["test.wikidata-dump: empty"]);
        check(
            Format::WikidataDump,
            "name,kind\n",
            &["test.wikidata-dump: line 1: not JSON"],
        );
    }
}
