//! Corpora of names: drafts with their names marked by hand.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use crate::extract::Label;

/// A text with its names.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub id: String,
    pub text: String,
    pub names: Vec<Gold>,
}

/// A name marked by hand, in bytes of the text, without a leading article and a possessive ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Gold {
    pub start: usize,
    pub end: usize,
    pub label: Label,
}

#[derive(Debug, Deserialize)]
struct Record {
    id: String,
    text: String,
    #[serde(default)]
    entities: Vec<Entity>,
}

/// In code points.
#[derive(Debug, Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    label: String,
}

/// Reads a corpus, plain or compressed.
pub(super) fn read(path: &Path) -> io::Result<Vec<Draft>> {
    let name = path.display();
    let file = File::open(path).map_err(|error| io::Error::other(format!("{name}: {error}")))?;
    let reader: Box<dyn Read> = match path.extension().is_some_and(|ending| ending == "gz") {
        true => Box::new(MultiGzDecoder::new(file)),
        false => Box::new(file),
    };
    BufReader::new(reader)
        .lines()
        .enumerate()
        .map(|(number, line)| {
            draft(&line?)
                .map_err(|error| io::Error::other(format!("{name}: line {}: {error}", number + 1)))
        })
        .collect()
}

/// What a corpus marked by machine has wrong nearly everywhere.
const MISMARKED: [(&str, Label); 2] = [
    ("Aung San Suu Kyi", Label::Person),
    ("Suu Kyi", Label::Person),
];

/// Gives marks of the same words the label that nearly all of them have.
pub(super) fn even_out(drafts: &mut [Draft]) {
    let mut counts: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for draft in drafts.iter() {
        for name in &draft.names {
            let words = &draft.text[name.start..name.end];
            counts.entry(words.to_owned()).or_default()[name.label as usize] += 1;
        }
    }
    let labels = [
        Label::Person,
        Label::Organisation,
        Label::Place,
        Label::Misc,
    ];
    for draft in drafts {
        for name in &mut draft.names {
            let words = &draft.text[name.start..name.end];
            let Some(counts) = counts.get(words) else {
                continue;
            };
            let total: usize = counts.iter().sum();
            // One word has more meanings than several have.
            let enough = if words.contains(' ') { 70 } else { 90 };
            let main = labels
                .iter()
                .zip(counts)
                .find(|(_, count)| *count * 100 >= total * enough);
            if let Some((_, label)) = MISMARKED.iter().find(|(name, _)| *name == words) {
                name.label = *label;
            } else if let Some((label, _)) = main.filter(|_| total > 3) {
                name.label = *label;
            }
        }
    }
}

/// The name of a corpus: its file's name up to the first point.
pub(super) fn name(path: &Path) -> String {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    file.split('.').next().unwrap_or_default().to_owned()
}

fn draft(line: &str) -> Result<Draft, String> {
    let record: Record = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = record.text;
    let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    offsets.push(text.len());
    let names = record
        .entities
        .iter()
        .map(|entity| {
            let (Some(&start), Some(&end)) = (offsets.get(entity.start), offsets.get(entity.end))
            else {
                return Err("a name lies outside the text".to_owned());
            };
            let label = label(&entity.label).ok_or("a label is unknown")?;
            let (start, end) = bare(&text, start, end);
            Ok(Gold { start, end, label })
        })
        .collect::<Result<_, String>>()?;
    Ok(Draft {
        id: record.id,
        text,
        names,
    })
}

fn label(name: &str) -> Option<Label> {
    match name {
        "PER" => Some(Label::Person),
        "ORG" => Some(Label::Organisation),
        "LOC" => Some(Label::Place),
        "MISC" => Some(Label::Misc),
        _ => None,
    }
}

/// A span without a leading "the" and a possessive ending: conventions differ, and scores shall not.
pub(super) fn bare(text: &str, mut start: usize, mut end: usize) -> (usize, usize) {
    let span = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    if end > start + 4 && span(start, start + 4).eq_ignore_ascii_case("the ") {
        start += 4;
    }
    for ending in ["'s", "’s"] {
        let word = span(start, end);
        if word.len() > ending.len() && word.ends_with(ending) {
            end -= ending.len();
        }
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_points() {
        let line =
            r#"{"id":"a","text":"É, the Pier’s","entities":[{"start":3,"end":13,"label":"LOC"}]}"#;
        let draft = draft(line).unwrap();
        let gold = draft.names[0];
        assert_eq!(&draft.text[gold.start..gold.end], "Pier");
        assert_eq!(gold.label, Label::Place);
    }

    #[test]
    fn what_is_wrong_is_said() {
        for line in [
            "",
            "{}",
            r#"{"id":"a","text":"b","entities":[{"start":0,"end":2,"label":"LOC"}]}"#,
            r#"{"id":"a","text":"b","entities":[{"start":0,"end":1,"label":"X"}]}"#,
        ] {
            assert!(draft(line).is_err(), "{line}");
        }
    }
}
