//! Tests of the lists that ship: of their form, and of facts here and there.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::*;

const STATUSES: [&str; 5] = ["member", "observer", "disputed", "territory", "region"];
const ROLES: [&str; 6] = [
    "capital",
    "co-capital",
    "seat of government",
    "claimed capital",
    "former capital",
    "planned capital",
];
const OUTLET_KINDS: [&str; 5] = [
    "news agency",
    "newspaper",
    "broadcaster",
    "magazine",
    "website",
];
const OWNERSHIPS: [&str; 7] = [
    "state",
    "state-controlled",
    "state-funded",
    "public",
    "independent",
    "party",
    "royal",
];
const SERVICES: [&str; 5] = ["army", "navy", "air force", "marines", "police"];

/// A list whatever the number of its fields.
struct List {
    name: &'static str,
    as_of: Option<Date>,
    /// Names that several of its records may bear.
    shared: Vec<&'static str>,
    columns: usize,
    lines: Vec<&'static str>,
    records: Vec<Record>,
}

fn list<const N: usize>(name: &'static str, table: Table<N>, records: Vec<Record>) -> List {
    let shared = table.said("Shared names").unwrap_or_default();
    let columns = table.said("Columns").unwrap_or_default();
    assert!(
        table
            .head()
            .any(|line| line == "Written for copydesk from general knowledge."),
        "{name}: no source"
    );
    assert_eq!(columns.split(", ").count(), N, "{name}: {columns}");
    List {
        name,
        as_of: table.as_of(),
        shared: shared.split("; ").filter(|name| !name.is_empty()).collect(),
        columns: N,
        lines: table.lines().collect(),
        records,
    }
}

fn lists() -> Vec<List> {
    vec![
        list("countries", COUNTRIES, countries()),
        list("capitals", CAPITALS, capitals()),
        list("outlets", OUTLETS, outlets()),
        list("organisations", ORGANISATIONS, organisations()),
        list("armed-groups", ARMED_GROUPS, armed_groups()),
        list("parties", PARTIES, parties()),
        list("offices", OFFICES, offices()),
        list("ranks", RANKS, ranks()),
        list("honorifics", HONORIFICS, honorifics()),
    ]
}

fn country_names() -> HashSet<&'static str> {
    COUNTRIES.rows().map(|row| row[0]).collect()
}

#[test]
fn each_row_has_all_its_fields() {
    for list in lists() {
        assert_eq!(list.lines.len(), list.records.len(), "{}", list.name);
        for line in list.lines {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), list.columns, "{}: {line}", list.name);
            for field in fields {
                assert_eq!(field.trim(), field, "{}: {line}", list.name);
                assert!(!field.contains(";;"), "{}: {line}", list.name);
            }
        }
    }
}

#[test]
fn rows_are_in_order_of_their_bytes() {
    for list in lists() {
        let names = list.lines.iter().map(|line| line.split('\t').next());
        assert!(names.is_sorted(), "{}", list.name);
        assert!(list.lines.windows(2).all(|two| two[0] != two[1]));
    }
}

#[test]
fn lists_are_as_long_as_they_are_meant_to_be() {
    let least = HashMap::from([
        ("countries", 220),
        ("capitals", 200),
        ("outlets", 120),
        ("organisations", 200),
        ("armed-groups", 60),
        ("parties", 120),
        ("offices", 100),
        ("ranks", 100),
        ("honorifics", 60),
    ]);
    for list in lists() {
        assert!(list.records.len() >= least[list.name], "{}", list.name);
    }
    let status = |status| COUNTRIES.rows().filter(|row| row[8] == status).count();
    assert_eq!(status("member"), 193);
    assert_eq!(status("observer"), 2);
    let of_parties: HashSet<&str> = PARTIES.rows().flat_map(|row| parts(row[4])).collect();
    assert!(of_parties.len() >= 35, "{}", of_parties.len());
}

#[test]
fn ids_are_unique_and_plain() {
    let mut seen = HashSet::new();
    for record in records() {
        assert!(seen.insert(record.id.clone()), "{}", record.id);
        let (list, own) = record.id.split_once(':').expect("a list and a name");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        assert!(
            !own.is_empty() && own.chars().all(is_plain),
            "{}",
            record.id
        );
        assert!(list.chars().all(is_plain), "{}", record.id);
    }
}

#[test]
fn names_are_there_and_stand_once() {
    for list in lists() {
        for record in &list.records {
            assert_eq!(record.names[0].kind, NameKind::Preferred, "{}", record.id);
            let mut seen = HashSet::new();
            for name in &record.names {
                assert!(!fold(&name.text).is_empty(), "{}", record.id);
                // A house may write a rank in full.
                let own = (name.text.to_lowercase(), name.house.clone());
                assert!(seen.insert(own), "{}: {}", record.id, name.text);
            }
        }
    }
}

#[test]
fn no_name_is_right_and_wrong() {
    for record in records() {
        let of = |never| {
            let names = record.names.iter();
            names
                .filter(move |name| (name.kind == NameKind::Never) == never)
                .map(|name| fold(&name.text))
        };
        let right: HashSet<String> = of(false).collect();
        for wrong in of(true) {
            assert!(!right.contains(&wrong), "{}: {wrong}", record.id);
        }
    }
}

#[test]
fn a_name_is_shared_only_where_the_list_says_so() {
    for list in lists() {
        // Parties go by name and country, ranks by name and service.
        if ["parties", "ranks"].contains(&list.name) {
            continue;
        }
        let mut bearers: BTreeMap<String, HashSet<&str>> = BTreeMap::new();
        for record in &list.records {
            for name in &record.names {
                let bearers = bearers.entry(fold(&name.text)).or_default();
                bearers.insert(&record.id);
            }
        }
        bearers.retain(|_, bearers| bearers.len() > 1);
        let found: BTreeSet<String> = bearers.into_keys().collect();
        let said: BTreeSet<String> = list.shared.iter().map(|name| fold(name)).collect();
        assert_eq!(found, said, "{}", list.name);
    }
}

#[test]
fn lists_say_their_month() {
    for list in lists() {
        let as_of = list.as_of.expect("a month");
        assert!(as_of.year >= 2025 && as_of.month > 0 && as_of.day == 0);
        for record in list.records {
            assert_eq!(record.as_of, list.as_of, "{}", record.id);
            assert_eq!(record.source, "copydesk", "{}", record.id);
        }
    }
}

#[test]
fn codes_are_two_capitals_and_unique() {
    let mut seen = HashSet::new();
    for row in COUNTRIES.rows() {
        let (name, code, status) = (row[0], row[7], row[8]);
        assert!(STATUSES.contains(&status), "{name}: {status}");
        if status == "member" || status == "observer" {
            assert!(!code.is_empty(), "{name}");
        }
        if !code.is_empty() {
            assert!(code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase()));
            assert!(seen.insert(code), "{code}");
        }
    }
}

#[test]
fn what_is_chosen_from_a_set_is_of_the_set() {
    for [name, .., kind, _, ownership, _, _] in OUTLETS.rows() {
        assert!(OUTLET_KINDS.contains(&kind), "{name}: {kind}");
        assert!(OWNERSHIPS.contains(&ownership), "{name}: {ownership}");
    }
    for row in CAPITALS.rows() {
        assert!(ROLES.contains(&row[2]), "{}: {}", row[0], row[2]);
    }
    for row in RANKS.rows() {
        assert!(SERVICES.contains(&row[2]), "{}: {}", row[0], row[2]);
        assert!(["United Kingdom", "United States"].contains(&row[1]));
        assert!(row[3].parse::<u8>().is_ok(), "{}: {}", row[0], row[3]);
    }
    for row in OFFICES.rows() {
        assert!(row[2].parse::<u8>().is_ok_and(|order| order > 0));
    }
    let said = |head: Option<&'static str>| -> Vec<&'static str> {
        head.unwrap_or_default().split(", ").collect()
    };
    let kinds = said(ORGANISATIONS.said("Types"));
    for row in ORGANISATIONS.rows() {
        assert!(kinds.contains(&row[3]), "{}: {}", row[0], row[3]);
    }
    let kinds = said(OFFICES.said("Kinds"));
    for row in OFFICES.rows() {
        assert!(kinds.contains(&row[3]), "{}: {}", row[0], row[3]);
    }
    let kinds = said(HONORIFICS.said("Kinds"));
    for row in HONORIFICS.rows() {
        assert!(kinds.contains(&row[2]), "{}: {}", row[0], row[2]);
    }
}

#[test]
fn countries_and_capitals_name_each_other() {
    let mut of: HashMap<&str, (&str, Vec<&str>)> = HashMap::new();
    for [name, countries, role, ..] in CAPITALS.rows() {
        of.insert(name, (role, parts(countries).collect()));
    }
    for row in COUNTRIES.rows() {
        let (country, capitals, status) = (row[0], row[5], row[8]);
        if status == "member" || status == "observer" {
            assert!(!capitals.is_empty(), "{country}");
        }
        for capital in parts(capitals) {
            match of.get(capital) {
                Some((_, countries)) => assert!(countries.contains(&country), "{capital}"),
                // City states, and small places whose capital would be taken for a larger city.
                None => assert!(
                    capital == country || status == "territory",
                    "{country}: {capital}"
                ),
            }
        }
    }
    let capitals: HashMap<&str, &str> = COUNTRIES.rows().map(|row| (row[0], row[5])).collect();
    for (name, (role, countries)) in of {
        if role == "former capital" || role == "planned capital" {
            continue;
        }
        for country in countries {
            assert!(
                parts(capitals[country]).any(|capital| capital == name),
                "{name}"
            );
        }
    }
}

#[test]
fn countries_of_other_lists_are_on_the_list() {
    let countries = country_names();
    let known = |place: &str| {
        assert!(countries.contains(place), "{place}");
    };
    CAPITALS
        .rows()
        .for_each(|row| parts(row[1]).for_each(known));
    OUTLETS.rows().for_each(|row| parts(row[4]).for_each(known));
    PARTIES.rows().for_each(|row| parts(row[4]).for_each(known));
    let bodies = ["United Nations", "European Union"];
    for row in ARMED_GROUPS.rows() {
        let places = parts(row[4]).filter(|place| !["abroad", "worldwide"].contains(place));
        places.for_each(known);
        for lister in parts(row[6]) {
            let lister = lister.split(" (").next().unwrap_or_default();
            assert!(
                countries.contains(lister) || bodies.contains(&lister),
                "{lister}"
            );
        }
    }
}

#[test]
fn demonyms_lead_to_their_country() {
    let records = countries();
    let found = |demonym: &str| -> Vec<&str> {
        let bears = |record: &&Record| {
            let mut names = record.names.iter();
            names.any(|name| name.kind == NameKind::Demonym && name.text == demonym)
        };
        let bearers = records.iter().filter(bears);
        bearers.map(|record| record.id.as_str()).collect()
    };
    for (demonym, ids) in [
        ("Iranian", &["country:IR"][..]),
        ("Spaniards", &["country:ES"]),
        ("Nigerien", &["country:NE"]),
        ("Nigerian", &["country:NG"]),
        ("Filipina", &["country:PH"]),
        ("British", &["country:GB"]),
        ("Welsh", &["region:wales"]),
        ("Turkish Cypriots", &["country:northern-cyprus"]),
        ("Dominican", &["country:DM", "country:DO"]),
        ("Congolese", &["country:CG", "country:CD"]),
        ("Martian", &[]),
    ] {
        assert_eq!(found(demonym), ids, "{demonym}");
    }
}

#[test]
fn facts_here_and_there() {
    let records = records();
    let check = |id: &str, kind: FactKind, expected: &[&str]| {
        let record = records.iter().find(|record| record.id == id);
        let record = record.unwrap_or_else(|| panic!("{id}"));
        let facts = record.facts.iter().filter(|fact| fact.kind == kind);
        let found: Vec<&str> = facts.map(|fact| fact.value.as_str()).collect();
        assert_eq!(found, expected, "{id}");
    };
    check("country:IR", FactKind::Capital, &["Tehran"]);
    check(
        "country:BO",
        FactKind::Capital,
        &["Sucre", "La Paz (seat of government)"],
    );
    check(
        "country:ZA",
        FactKind::Capital,
        &["Pretoria", "Cape Town", "Bloemfontein"],
    );
    check("country:GG", FactKind::Capital, &["Saint Peter Port"]);
    check("country:IR", FactKind::Dispute, &[]);
    check(
        "country:IR",
        FactKind::FormalName,
        &["Islamic Republic of Iran"],
    );
    check("city:kyiv", FactKind::Country, &["Ukraine"]);
    check("outlet:irna", FactKind::Ownership, &["state"]);
    check(
        "outlet:associated-press",
        FactKind::Ownership,
        &["independent"],
    );
    check("outlet:npr", FactKind::Country, &["United States"]);
    check(
        "organisation:international-court-of-justice",
        FactKind::Seat,
        &["The Hague"],
    );
    check(
        "armed-group:kurdistan-workers-party",
        FactKind::Designation,
        &[
            "United States",
            "European Union",
            "United Kingdom",
            "Turkey",
        ],
    );
    check("party:de-the-left", FactKind::Country, &["Germany"]);
    check("office:prime-minister", FactKind::Order, &["2"]);
    check(
        "rank:united-states-navy-captain",
        FactKind::Grade,
        &["OF-5"],
    );
    check(
        "honorific:sir",
        FactKind::Usage,
        &["Sir John Poe; Sir John"],
    );
}

#[test]
fn names_are_of_their_kind() {
    let records = records();
    let check = |id: &str, text: &str, expected: Option<NameKind>| {
        let record = records.iter().find(|record| record.id == id);
        let record = record.unwrap_or_else(|| panic!("{id}"));
        let name = record.names.iter().find(|name| name.text == text);
        assert_eq!(name.map(|name| name.kind), expected, "{id}: {text}");
    };
    check("city:kyiv", "Kyiv", Some(NameKind::Preferred));
    check("city:kyiv", "Kiev", Some(NameKind::Variant));
    check("country:MM", "Burma", Some(NameKind::Variant));
    check("country:TR", "Türkiye", Some(NameKind::Alias));
    check("country:UA", "The Ukraine", Some(NameKind::Never));
    check("country:US", "U.S.", Some(NameKind::Acronym));
    // A word of two letters in capitals is no name of a country.
    check("country:IN", "IN", None);
    check(
        "outlet:deutsche-presse-agentur",
        "dpa",
        Some(NameKind::Acronym),
    );
    // Houses differ over it, and so do the groups themselves.
    check("armed-group:al-qaida", "Al-Qaeda", Some(NameKind::Alias));
    check(
        "party:us-democratic-party",
        "Democrats",
        Some(NameKind::Alias),
    );
    let general = records
        .iter()
        .find(|record| record.id == "rank:united-states-army-general");
    let preferred = |house| general.and_then(|general| general.preferred(house));
    assert_eq!(preferred("ap").map(|name| &*name.text), Some("Gen."));
    assert_eq!(preferred("").map(|name| &*name.text), Some("General"));
}
