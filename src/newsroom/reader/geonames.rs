//! GeoNames tables: "allCountries.txt", "cities15000.txt" and their like, with 19 columns and no header row.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Sink;
use super::compressed::Source;
use super::entry::{Data, Entry, Value};
use super::field::Field;
use super::lines::lines;
use crate::knowledge::{FactKind, RecordKind};

/// Columns of a table.
pub(super) const COLUMNS: usize = 19;

/// Code and name of every country.
const COUNTRIES: &str = include_str!("geonames/countries.tsv");

/// Reads a table.
pub(super) fn read(source: Source, sink: &mut Sink<'_>) -> Result<(), String> {
    let first = source.start().split(|byte| *byte == b'\n').next();
    let count = first.map_or(0, |line| line.split(|byte| *byte == b'\t').count());
    if source.start().is_empty() {
        return Err("empty".to_owned());
    }
    if count != COLUMNS {
        return Err(format!(
            "line 1: {count} columns, where GeoNames has {COLUMNS}"
        ));
    }
    lines(source, &mut |line, row| {
        if matches!(row, Ok(b"")) {
            return;
        }
        let row = row.and_then(|row| std::str::from_utf8(row).map_err(|_| "not UTF-8".to_owned()));
        match row.and_then(|row| entry(line, row)) {
            Ok(entry) => sink.entry(line, entry),
            Err(reason) => sink.problem(line, reason),
        }
    })
}

/// The entry of a row. The columns are described in the "readme.txt" beside the tables.
fn entry(line: usize, row: &str) -> Result<Entry, String> {
    let columns: Vec<&str> = row.split('\t').collect();
    let [
        id,
        name,
        ascii,
        others,
        _latitude,
        _longitude,
        class,
        code,
        country,
        ..,
        _zone,
        modified,
    ] = columns[..]
    else {
        return Err(format!(
            "{} columns, where there are {COLUMNS}",
            columns.len()
        ));
    };
    if columns.len() != COLUMNS {
        return Err(format!(
            "{} columns, where there are {COLUMNS}",
            columns.len()
        ));
    }
    let country_name = countries().get(country).copied();
    let is_country = is_country(code);
    let kind = match is_country {
        true => RecordKind::Country,
        false => RecordKind::Place,
    };
    // The table has "Republic of Stellmark" for Stellmark.
    let usual = country_name.filter(|_| is_country).unwrap_or(name);

    let mut entry = Entry::new(Some(kind));
    let mut set = |field, label, text: &str| entry.set(field, label, Value::text(line, text));
    set(Field::Id, "geonameid", &format!("geonames:{id}"));
    set(Field::Source, "source", "GeoNames");
    set(Field::Name, "name", usual);
    set(Field::AsOf, "modification date", modified);
    if usual != name {
        set(Field::Fact(FactKind::FormalName), "name", name);
    }
    if let Some(name) = feature(class, code) {
        set(Field::Fact(FactKind::Type), "feature code", name);
    }
    if let (false, Some(country)) = (is_country, country_name) {
        set(Field::Fact(FactKind::Country), "country code", country);
    }
    if !matches!(columns[14], "" | "0") {
        set(Field::Fact(FactKind::Population), "population", columns[14]);
    }
    let formal = Some(name).filter(|name| *name != usual);
    let names = formal.into_iter().map(|name| Value::text(line, name));
    let data = Data::List(names.collect());
    entry.set(Field::Aliases, "name", Value { line, data });
    let others = [ascii].into_iter().chain(others.split(','));
    let latin = others.filter(|name| is_latin(name));
    let data = Data::List(latin.map(|name| Value::text(line, name)).collect());
    entry.set(Field::Variants, "alternatenames", Value { line, data });
    Ok(entry)
}

/// Whether a feature is a state, or a territory that is a country to most readers.
fn is_country(code: &str) -> bool {
    matches!(
        code,
        "PCL" | "PCLD" | "PCLF" | "PCLI" | "PCLIX" | "PCLS" | "TERR"
    )
}

/// What a reader would call a feature; none where the code says too little.
fn feature(class: &str, code: &str) -> Option<&'static str> {
    Some(match (class, code) {
        ("A", "PCLD") => "dependent territory",
        ("A", "TERR") => "territory",
        ("A", "PCLH") => "former state",
        ("A", "ADM1") => "region",
        ("A", "ADM2" | "ADM3" | "ADM4" | "ADM5" | "ADMD") => "district",
        ("P", "PPLC") => "capital",
        ("P", "PPLA") => "regional capital",
        ("P", "PPLX") => "part of a town",
        ("P", _) => "town or village",
        ("H", "STM" | "STMS" | "STMM") => "river",
        ("H", "LK" | "LKS") => "lake",
        ("H", "SEA") => "sea",
        ("H", "OCN") => "ocean",
        ("H", "BAY" | "GULF") => "bay",
        ("H", "STRT") => "strait",
        ("H", "RSV") => "reservoir",
        ("L", "CONT") => "continent",
        ("L", "RGN") => "region",
        ("L", "PRK") => "park",
        ("S", "AIRP") => "airport",
        ("S", "UNIV") => "university",
        ("S", "HSP") => "hospital",
        ("S", "BDG") => "bridge",
        ("S", "STDM") => "stadium",
        ("T", "MT" | "PK") => "mountain",
        ("T", "MTS") => "mountain range",
        ("T", "ISL") => "island",
        ("T", "ISLS") => "islands",
        ("T", "DSRT") => "desert",
        ("T", "VLC") => "volcano",
        ("T", "PEN") => "peninsula",
        _ => return None,
    })
}

/// Whether a name may stand in English copy: the table has names in every script.
fn is_latin(name: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic();
    name.contains(is_letter)
        && name.chars().filter(|c| is_letter(*c)).all(|c| {
            c.is_ascii()
                || ('\u{c0}'..='\u{24f}').contains(&c)
                || ('\u{1e00}'..='\u{1eff}').contains(&c)
        })
}

fn countries() -> &'static HashMap<&'static str, &'static str> {
    static NAMES: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        COUNTRIES
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::tests::check;
    use super::*;

    /// A row of invented places: id, names, feature, country code, population.
    fn row(
        id: &str,
        names: [&str; 3],
        feature: [&str; 2],
        country: &str,
        population: &str,
    ) -> String {
        let [name, ascii, others] = names;
        let [class, code] = feature;
        [
            id,
            name,
            ascii,
            others,
            "1.5",
            "-2.5",
            class,
            code,
            country,
            "",
            "07",
            "",
            "",
            "",
            population,
            "",
            "12",
            "Europe/London",
            "2026-03-04",
        ]
        .join("\t")
    }

    #[test]
    fn rows_are_places_and_countries() {
        let rows = [
            row(
                "7",
                ["Wëxmouth", "Wexmouth", "Wexmuth,Вексмут,WXM"],
                ["P", "PPLC"],
                "TR",
                "41000",
            ),
            row("8", ["Stell", "Stell", ""], ["H", "STM"], "", "0"),
            row(
                "9",
                ["Grand Duchy of Luxembourg", "x", ""],
                ["A", "PCLI"],
                "LU",
                "600000",
            ),
            row(
                "10",
                ["Marsh Point", "Marsh Point", ""],
                ["T", "CAPE"],
                "GB",
                "",
            ),
        ];
        check(
            Format::Geonames,
            rows.join("\n") + "\n\n",
            &[
                "1: place geonames:7 [Wëxmouth, Wexmouth (Variant), Wexmuth (Variant), WXM (Variant)] \
                 Type=capital Country=Turkey Population=41000 from GeoNames @2026-03-04",
                "2: place geonames:8 [Stell] Type=river from GeoNames @2026-03-04",
                "3: country geonames:9 [Luxembourg, Grand Duchy of Luxembourg, x (Variant)] \
                 FormalName=Grand Duchy of Luxembourg Population=600000 from GeoNames @2026-03-04",
                "4: place geonames:10 [Marsh Point] Country=United Kingdom from GeoNames @2026-03-04",
            ],
        );
    }

    #[test]
    fn bad_rows_do_not_stop_the_reading() {
        let good = row("8", ["Stell", "Stell", ""], ["H", "STM"], "", "0");
        let nameless = row("9", ["", "", ""], ["H", "STM"], "", "0");
        let dateless = good.replace("2026-03-04", "May");
        let bytes = [
            good.as_bytes(),
            b"\n1\tx\n",
            good.replace("Stell", "St\u{1}ell\t").as_bytes(),
            b"\n\xff\n",
            nameless.as_bytes(),
            b"\n",
            dateless.as_bytes(),
        ]
        .concat();
        check(
            Format::Geonames,
            bytes,
            &[
                "1: place geonames:8 [Stell] Type=river from GeoNames @2026-03-04",
                "2! 2 columns, where there are 19",
                "3! 21 columns, where there are 19",
                "4! not UTF-8",
                "5! no name",
                "6: place geonames:8 [Stell] Type=river from GeoNames",
                "6! `modification date` must be a date, as in 2024-05-03: May",
            ],
        );
    }

    #[test]
    fn what_is_no_table_is_refused() {
        check(Format::Geonames, "", &["test.geonames: empty"]);
        check(
            Format::Geonames,
            "name\tkind\n",
            &["test.geonames: line 1: 2 columns, where GeoNames has 19"],
        );
    }

    #[test]
    fn names_in_other_scripts_are_left_out() {
        for name in ["Şanlıurfa", "Hà Nội", "St. John's", "N'Djamena"] {
            assert!(is_latin(name), "{name}");
        }
        for name in ["", "12", "Москва", "東京", "القاهرة"] {
            assert!(!is_latin(name), "{name}");
        }
    }

    #[test]
    fn each_country_has_a_name() {
        assert!(countries().len() > 245);
        for (code, name) in countries() {
            assert!(code.len() == 2 && !name.is_empty(), "{code}");
        }
    }
}
