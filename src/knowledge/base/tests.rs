//! Records in, the same records out; and no harm from bytes that nobody wrote.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::knowledge::{Date, Fact, FactKind, Name, NameKind, RecordKind, Tenure};

fn name(text: &str) -> Name {
    Name {
        text: text.to_owned(),
        kind: NameKind::Preferred,
        house: String::new(),
    }
}

fn record(id: &str, names: &[&str]) -> Record {
    Record {
        id: id.to_owned(),
        names: names.iter().map(|text| name(text)).collect(),
        ..Record::default()
    }
}

/// Which records a look-up finds, each as its id and the name.
#[track_caller]
fn check(base: &Base, key: &str, expected: &[&str]) {
    let found = base.find(&fold(key)).unwrap();
    assert_eq!(shown(&found), expected, "{key}");
}

fn shown(found: &[(Record, usize)]) -> Vec<String> {
    let shown =
        |(record, name): &(Record, usize)| format!("{} {}", record.id, record.names[*name].text);
    found.iter().map(shown).collect()
}

/// The bytes of a base.
fn bytes(records: &[Record]) -> Vec<u8> {
    write::in_memory(records).1
}

/// A base of three levels.
fn large() -> Vec<Record> {
    (0..8000)
        .map(|i| {
            record(
                &i.to_string(),
                &[
                    &format!("{i} Harbour Lane, Wexmouth, beside the old pier"),
                    "Ruth",
                ],
            )
        })
        .collect()
}

#[test]
fn a_record_is_found_by_any_of_its_names() {
    let base = Base::of(
        "desk",
        vec![record(
            "desk:wht",
            &["Wexmouth Harbour Trust", "WHT", "W.H.T."],
        )],
    );
    check(
        &base,
        "wexmouth  harbour trust",
        &["desk:wht Wexmouth Harbour Trust"],
    );
    check(&base, "W.H.T.", &["desk:wht WHT"]);
    check(&base, "Wexmouth", &[]);
    check(&base, "", &[]);
    assert_eq!((base.records(), base.names()), (1, 2));
}

#[test]
fn records_of_one_name_come_back_in_order() {
    let base = Base::of("desk", large());
    let found = base.find("ruth").unwrap();
    let ids: Vec<String> = (0..MOST_FOUND).map(|id| id.to_string()).collect();
    assert!(found.iter().map(|(record, _)| &record.id).eq(&ids));
    check(
        &base,
        "7999 Harbour Lane, Wexmouth, beside the old pier",
        &["7999 7999 Harbour Lane, Wexmouth, beside the old pier"],
    );
    check(
        &base,
        "8000 Harbour Lane, Wexmouth, beside the old pier",
        &[],
    );
    check(&base, "7999 Harbour Lane", &[]);
    check(&base, "Zoe", &[]);
    check(&base, "!", &[]);
    assert_eq!(base.header.levels, 3);
}

#[test]
fn names_that_start_so_are_found() {
    let base = Base::of("desk", large());
    let starting = |key: &str, limit| shown(&base.starting_with(key, limit).unwrap());
    assert_eq!(
        starting("799", 3),
        [
            "799 799 Harbour Lane, Wexmouth, beside the old pier",
            "7990 7990 Harbour Lane, Wexmouth, beside the old pier",
            "7991 7991 Harbour Lane, Wexmouth, beside the old pier"
        ]
    );
    assert_eq!(starting("7", 2000).len(), 1000);
    assert_eq!(starting("ruth okafors", 3), [""; 0]);
    assert_eq!(starting("", 1).len(), 1);
    let twice = Base::of("desk", vec![record("1", &["Wexmouth", "Wexmouth Town"])]);
    assert_eq!(
        shown(&twice.starting_with("wex", 9).unwrap()),
        ["1 Wexmouth"]
    );
}

#[test]
fn long_names_are_told_apart() {
    let long = |end: &str| format!("{}{end}", "The Society of Friends of the Pier ".repeat(20));
    let (east, west) = (long("East"), long("West"));
    let base = Base::of(
        "desk",
        vec![
            record("1", &[&east]),
            record("2", &["Pier", &west, &east]),
            record("3", &["Pier"]),
        ],
    );
    check(&base, &east, &[&format!("1 {east}"), &format!("2 {east}")]);
    check(&base, &west, &[&format!("2 {west}")]);
    check(&base, &long("North"), &[]);
    let starting = base.starting_with(&fold(&long("")), 9).unwrap();
    assert_eq!(starting.len(), 2);
}

#[test]
fn an_empty_base_knows_nobody() {
    for records in [vec![], vec![Record::default()], vec![record("1", &[" . "])]] {
        let base = Base::of("desk", records);
        check(&base, "Ruth", &[]);
        assert_eq!(base.starting_with("", 9), Ok(Vec::new()));
        assert_eq!(base.names(), 0);
    }
}

#[test]
fn what_is_no_base_has_its_line() {
    let good = bytes(&[record("1", &["Ruth Okafor"])]);
    let with = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        bytes
    };
    let line = |bytes: Vec<u8>| Base::open("desk", bytes).unwrap_err().to_string();
    let size = good.len();
    for (bytes, expected) in [
        (Vec::new(), "is not a knowledge base".to_owned()),
        (b"PK\x03\x04".to_vec(), "is not a knowledge base".to_owned()),
        (
            with(8, 0),
            "is of the older format 0, not 1: build it again".to_owned(),
        ),
        (
            with(8, 2),
            "is of the newer format 2, not 1: update copydesk".to_owned(),
        ),
        (
            with(20, 9),
            "has a damaged header: build it again".to_owned(),
        ),
        (
            with(67, 9),
            "has a damaged header: build it again".to_owned(),
        ),
        (
            good[..40].to_vec(),
            "has a damaged header: build it again".to_owned(),
        ),
        (
            good[..100].to_vec(),
            format!("is cut short after 100 of {size} bytes: build it again"),
        ),
        (
            [&good[..], b"!"].concat(),
            format!("has {} bytes instead of {size}: build it again", size + 1),
        ),
    ] {
        assert_eq!(line(bytes), expected);
    }
}

#[test]
fn damage_is_named_once_and_spares_the_rest() {
    let records = large();
    let (header, mut bytes) = write::in_memory(&records);
    // In the first block of records, behind its frame.
    bytes[header::LENGTH + 20] ^= 1;
    let base = Base::open("desk", bytes).unwrap();
    assert_eq!(base.damage(), None);
    check(
        &base,
        "7999 Harbour Lane, Wexmouth, beside the old pier",
        &["7999 7999 Harbour Lane, Wexmouth, beside the old pier"],
    );
    let damage = Damaged {
        at: header::LENGTH as u64,
    };
    for _ in 0..2 {
        assert_eq!(
            base.find("0 harbour lane, wexmouth, beside the old pier"),
            Err(damage)
        );
        assert_eq!(base.damage(), Some(damage));
    }
    assert_eq!(damage.to_string(), "is damaged at byte 68: build it again");
    assert!(header.root > 68);
}

/// The format of version 1, byte by byte. If this fails, older bases would be read wrongly: raise the version.
#[test]
fn the_format_is_what_it_was() {
    use FactKind::*;
    let date = Date {
        year: 2024,
        month: 5,
        day: 0,
    };
    let kinds = [
        RecordKind::Person,
        RecordKind::Organisation,
        RecordKind::Outlet,
        RecordKind::Party,
        RecordKind::ArmedGroup,
        RecordKind::Country,
        RecordKind::Place,
        RecordKind::Office,
        RecordKind::Rank,
        RecordKind::Honorific,
    ];
    let names = [
        NameKind::Preferred,
        NameKind::Alias,
        NameKind::Acronym,
        NameKind::Demonym,
        NameKind::Variant,
        NameKind::Never,
    ];
    let facts = [
        Type,
        Country,
        Capital,
        Ownership,
        Owner,
        Seat,
        FormalName,
        Dispute,
        Population,
        Link,
        Designation,
        Order,
        Grade,
        Usage,
    ];
    let records: Vec<Record> = kinds
        .into_iter()
        .map(|kind| Record {
            id: "desk:1".to_owned(),
            kind,
            names: names
                .map(|kind| Name {
                    text: "Ruth".to_owned(),
                    kind,
                    house: "ap".to_owned(),
                })
                .into(),
            description: "cafe owner".to_owned(),
            facts: facts
                .map(|kind| Fact {
                    kind,
                    value: "so".to_owned(),
                })
                .into(),
            roles: vec![Tenure {
                title: "chair".to_owned(),
                of: "Wexmouth Harbour Trust".to_owned(),
                from: Some(date),
                until: None,
            }],
            pronunciation: "rooth".to_owned(),
            note: "no h".to_owned(),
            source: "desk".to_owned(),
            as_of: Some(date),
        })
        .collect();
    let bytes = bytes(&records);
    assert_eq!(
        (bytes.len(), crc32fast::hash(&bytes)),
        (2040, 1_961_207_894)
    );
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(vec!["Ruth", "RUTH", "ruth okafor", "Åsa", "Asa", "W.H.T.", "", " "]).prop_map(str::to_owned),
        8 => "[a-c ]{0,3}",
        4 => vec(any::<char>(), 0..6).prop_map(String::from_iter),
        1 => (250_usize..300, "[a-b]").prop_map(|(count, end)| "x".repeat(count) + &end),
    ]
}

fn any_date() -> impl Strategy<Value = Option<Date>> {
    any::<Option<(i16, u8, u8)>>()
        .prop_map(|date| date.map(|(year, month, day)| Date { year, month, day }))
}

prop_compose! {
    fn any_record()(
        id in any_text(),
        kind in select(vec![RecordKind::Person, RecordKind::Honorific]),
        names in vec((any_text(), select(vec![NameKind::Preferred, NameKind::Never]), any_text()), 0..5),
        description in any_text(),
        facts in vec((select(vec![FactKind::Type, FactKind::Link]), any_text()), 0..3),
        roles in vec((any_text(), any_text(), any_date(), any_date()), 0..3),
        (pronunciation, note, source) in (any_text(), any_text(), any_text()),
        as_of in any_date(),
    ) -> Record {
        Record {
            id,
            kind,
            names: names.into_iter().map(|(text, kind, house)| Name { text, kind, house }).collect(),
            description,
            facts: facts.into_iter().map(|(kind, value)| Fact { kind, value }).collect(),
            roles: roles
                .into_iter()
                .map(|(title, of, from, until)| Tenure { title, of, from, until })
                .collect(),
            pronunciation,
            note,
            source,
            as_of,
        }
    }
}

/// What the base must find, by reading all records.
fn plainly(records: &[Record], key: &str) -> Vec<(Record, usize)> {
    let which = |record: &Record| record.names.iter().position(|name| fold(&name.text) == key);
    let found = records
        .iter()
        .filter_map(|record| Some((record.clone(), which(record)?)));
    found.filter(|_| !key.is_empty()).collect()
}

/// Looks everything up; what comes back does not matter, only that something does.
fn look_up_all(base: &Base, records: &[Record]) {
    for name in records.iter().flat_map(|record| &record.names) {
        let key = fold(&name.text);
        let _ = base.find(&key);
        let _ = base.starting_with(&key, 5);
    }
    let _ = base.starting_with("", MOST_FOUND);
}

proptest! {
    #[test]
    fn whatever_is_put_in_is_found(records in vec(any_record(), 0..15), others in vec(any_text(), 0..3)) {
        let base = Base::open("desk", bytes(&records)).unwrap();
        prop_assert_eq!(base.records(), records.len() as u64);
        let names = records.iter().flat_map(|record| &record.names).map(|name| &name.text);
        for name in names.chain(&others) {
            let key = fold(name);
            prop_assert_eq!(base.find(&key).unwrap(), plainly(&records, &key));
        }
    }

    #[test]
    fn bytes_gone_wrong_are_no_harm(
        records in vec(any_record(), 1..10),
        changes in vec((any::<Index>(), any::<u8>()), 1..4),
        end in any::<Option<Index>>(),
    ) {
        let mut bytes = bytes(&records);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(base) = Base::open("desk", bytes) {
            look_up_all(&base, &records);
        }
    }

    /// Blocks with a right checksum over wrong content, as only malice writes them.
    #[test]
    fn lies_are_no_harm(
        records in vec(any_record(), 1..10),
        changes in vec((any::<Index>(), any::<u8>()), 1..4),
    ) {
        let (header, mut bytes) = write::in_memory(&records);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        seal(&header, &mut bytes);
        if let Ok(base) = Base::open("desk", bytes) {
            look_up_all(&base, &records);
        }
    }
}

/// Makes every checksum right.
fn seal(header: &Header, bytes: &mut [u8]) {
    bytes[..header::LENGTH].copy_from_slice(&header.encode());
    let mut at = header::LENGTH;
    while let Some(length) = bytes.get(at..).and_then(block::first::<4>) {
        let start = at + block::FRAME;
        let end = start
            .saturating_add(u32::from_le_bytes(length) as usize)
            .min(bytes.len());
        if start > end {
            break;
        }
        let frame = block::frame_of(at as u64, &bytes[start..end]);
        bytes[at..start].copy_from_slice(&frame);
        at = end;
    }
}

#[test]
fn a_base_cut_anywhere_is_told() {
    let records = [
        record("1", &["Ruth Okafor"]),
        record("2", &["Wexmouth", "Okafor"]),
    ];
    let bytes = bytes(&records);
    for end in 0..bytes.len() {
        assert!(Base::open("desk", bytes[..end].to_vec()).is_err(), "{end}");
    }
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1 << bit;
            let Ok(base) = Base::open("desk", bytes) else {
                continue;
            };
            let wrong = ["ruth okafor", "okafor", "wexmouth"]
                .iter()
                .any(|key| base.find(key).is_err());
            assert!(wrong, "bit {bit} of byte {at}");
        }
    }
}
