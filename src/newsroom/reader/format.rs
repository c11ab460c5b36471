//! The formats of files, and how a file tells its own.

use std::path::Path;

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
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 4] = [Format::Toml, Format::Csv, Format::Tsv, Format::Json];

    /// The name that a user writes.
    pub fn name(self) -> &'static str {
        match self {
            Format::Toml => "toml",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Json => "json",
        }
    }

    /// The format of a name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format of a file, by the end of its name and its first bytes.
    pub(super) fn guess(path: &Path, _start: &[u8]) -> Result<Format, String> {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        let name = name
            .strip_suffix(".gz")
            .or(name.strip_suffix(".bz2"))
            .unwrap_or(&name);
        match name.rsplit_once('.').map(|(_, end)| end) {
            Some("toml") => Ok(Format::Toml),
            Some("csv") => Ok(Format::Csv),
            Some("tsv" | "tab") => Ok(Format::Tsv),
            Some("json" | "jsonl" | "ndjson") => Ok(Format::Json),
            _ => {
                let names = Format::ALL.map(Format::name).join(", ");
                Err(format!("format not known; name it: {names}"))
            }
        }
    }
}
