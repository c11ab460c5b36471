//! The formats of files, and how a file tells its own.

use std::path::Path;

use super::field::{self, Field};
use super::{geonames, wikidata};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A desk list, written by hand.
    Toml,
    /// A table with a header row, commas (or semicolons) between its columns.
    Csv,
    /// A table with a header row, tabs between its columns.
    Tsv,
    /// Records with the fields of a desk list: an array, under "records", or one object a line.
    Json,
    /// People, organisations, posts and memberships in the form of the Popolo project.
    Popolo,
    /// Results of Wikidata's query service in JSON.
    WikidataJson,
    /// Results of Wikidata's query service in CSV.
    WikidataCsv,
    /// Entities of Wikidata, one a line.
    WikidataDump,
    /// A table of GeoNames.
    Geonames,
}

/// What the keys of a Popolo document are, and not those of a list of records.
const POPOLO: [&str; 4] = [
    "\"persons\"",
    "\"organizations\"",
    "\"memberships\"",
    "\"posts\"",
];

impl Format {
    /// All formats.
    pub const ALL: [Format; 9] = [
        Format::Toml,
        Format::Csv,
        Format::Tsv,
        Format::Json,
        Format::Popolo,
        Format::WikidataJson,
        Format::WikidataCsv,
        Format::WikidataDump,
        Format::Geonames,
    ];

    /// The name that a user writes.
    pub fn name(self) -> &'static str {
        match self {
            Format::Toml => "toml",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Json => "json",
            Format::Popolo => "popolo",
            Format::WikidataJson => "wikidata-json",
            Format::WikidataCsv => "wikidata-csv",
            Format::WikidataDump => "wikidata-dump",
            Format::Geonames => "geonames",
        }
    }

    /// The format of a name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format of a file, by the end of its name and its first bytes.
    pub(super) fn guess(path: &Path, start: &[u8]) -> Result<Format, String> {
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().to_lowercase();
        let packed = name.strip_suffix(".gz").or(name.strip_suffix(".bz2"));
        let name = packed.unwrap_or(&name);
        let start = String::from_utf8_lossy(start);
        let start = start.trim_start_matches('\u{feff}').trim_start();
        let first = start.lines().next().unwrap_or_default();
        let format = match name.rsplit_once('.').map(|(_, end)| end) {
            Some("toml") => Some(Format::Toml),
            _ if first.split('\t').count() == geonames::COLUMNS && first.starts_with(digit) => {
                Some(Format::Geonames)
            }
            Some("csv") => Some(Format::of_csv(first)),
            Some("tsv" | "tab") => Some(Format::Tsv),
            Some("json" | "jsonl" | "ndjson") => Some(Format::of_json(start)),
            _ if is_desk_list(start) => Some(Format::Toml),
            _ if start.starts_with(['{', '[']) && !start.starts_with("[[") => {
                Some(Format::of_json(start))
            }
            _ => of_headers(first),
        };
        format.ok_or_else(|| {
            let names = Format::ALL.map(Format::name).join(", ");
            format!("format not known; name it with --format: {names}")
        })
    }

    fn of_csv(first: &str) -> Format {
        let headers: Vec<&str> = first
            .split(',')
            .map(|cell| cell.trim_matches('"'))
            .collect();
        match wikidata::results::is_results(&headers) {
            true => Format::WikidataCsv,
            false => Format::Csv,
        }
    }

    fn of_json(start: &str) -> Format {
        let has = |part: &str| start.contains(part);
        let first = start.trim_start_matches(['[', '{', ' ', '\n', '\r', '\t']);
        if has("\"bindings\"") && has("\"vars\"") {
            Format::WikidataJson
        } else if has("\"labels\"") && (has("\"claims\"") || has("\"type\":\"item\"")) {
            Format::WikidataDump
        } else if start.starts_with('{') && POPOLO.iter().any(|key| first.starts_with(key)) {
            Format::Popolo
        } else if has("www.wikidata.org/entity/Q") && has("Label\"") {
            Format::WikidataJson
        } else {
            Format::Json
        }
    }
}

/// Whether a text opens as a desk list does: with the head of an entry, or with what holds for all.
fn is_desk_list(start: &str) -> bool {
    let mut lines = start.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    let is_head = |line: &str| match line.strip_prefix("[[").or(line.strip_prefix('[')) {
        Some(name) => name
            .split_once(']')
            .is_some_and(|(name, _)| field::kind(name).is_some()),
        None => {
            let key = line.split_once('=').map_or("", |(key, _)| key.trim());
            matches!(key, "as-of" | "source")
        }
    };
    first.is_some_and(is_head)
}

/// The table whose header row a line is: one with a column for the name.
fn of_headers(first: &str) -> Option<Format> {
    let is_table = |separator: char| {
        let mut cells = first.split(separator);
        let has_name = |cell: &str| Field::find(cell.trim_matches('"')) == Some(Field::Name);
        first.contains(separator) && cells.any(has_name)
    };
    match () {
        () if is_table('\t') => Some(Format::Tsv),
        () if is_table(',') || is_table(';') => Some(Format::Csv),
        () => None,
    }
}

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, start: &str, expected: Option<Format>) {
        assert_eq!(
            Format::guess(Path::new(name), start.as_bytes()).ok(),
            expected
        );
    }

    #[test]
    fn names_and_first_bytes_tell_the_format() {
        let place = format!("12\tWexmouth{}", "\t".repeat(17));
        check("desk.toml", "", Some(Format::Toml));
        check("names.CSV", "name,kind\n", Some(Format::Csv));
        check(
            "names.csv.gz",
            "\"item\",\"itemLabel\"\r\n",
            Some(Format::WikidataCsv),
        );
        check("names.tsv", "name\tkind\n", Some(Format::Tsv));
        check("GB.txt", &place, Some(Format::Geonames));
        check("GB.tsv.bz2", &place, Some(Format::Geonames));
        check(
            "names.json",
            "[{\"name\": \"Ann Lee\"}]",
            Some(Format::Json),
        );
        check("names", "{\"name\": \"Ann Lee\"}", Some(Format::Json));
        check(
            "names.jsonl",
            "{\"name\": \"Ann Lee\"}\n",
            Some(Format::Json),
        );
        check("names.json", "{\n \"persons\": []}", Some(Format::Popolo));
        check(
            "names.json",
            "{\"name\": \"x\", \"note\": \"the \\\"persons\\\"\"}",
            Some(Format::Json),
        );
        check(
            "latest-all.json.bz2",
            "[\n{\"type\":\"item\",\"id\":\"Q1\",\"labels\":{}",
            Some(Format::WikidataDump),
        );
        check(
            "query.json",
            "{\"head\": {\"vars\": [\"item\"]}, \"results\": {\"bindings\": [",
            Some(Format::WikidataJson),
        );
        check(
            "query.json",
            "[{\"item\":\"http://www.wikidata.org/entity/Q1\",\"itemLabel\":\"x\"}]",
            Some(Format::WikidataJson),
        );
    }

    #[test]
    fn lists_and_tables_of_any_name_are_told_by_their_first_line() {
        let list = "[[person]]\nname = \"Ann Lee\"";
        for name in ["desk", "desk.gz", "list.txt", "-"] {
            check(name, list, Some(Format::Toml));
        }
        check("desk", "# Ours.\n\nas-of = 2026\n", Some(Format::Toml));
        check("desk", "[armed-group]\n", Some(Format::Toml));
        check("-", "Kind,\"Name\"\n", Some(Format::Csv));
        check("-", "kind;full name\n", Some(Format::Csv));
        check("names.txt", "name\tkind\n", Some(Format::Tsv));
    }

    #[test]
    fn what_tells_no_format_is_not_guessed() {
        check("names.txt", "Ann Lee\nBo Berg\n", None);
        check("names", "", None);
        check("names.xlsx", "PK", None);
        check("names", "name = Ann Lee, mayor", None);
        check("names", "[[planet]]\nname = \"Stell\"", None);
    }

    #[test]
    fn each_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
        assert_eq!(Format::from_name("xml"), None);
    }
}
