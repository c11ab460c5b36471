//! Corpora of speech: drafts with quoted and reported words marked by hand, each with its speaker.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::path::Path;

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

/// A text with its speech.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub id: String,
    pub text: String,
    pub speech: Vec<Gold>,
}

/// A piece of speech marked by hand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gold {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// "direct", "mixed" or "indirect".
    pub kind: String,
    /// The mention that speaks.
    pub speaker: Option<String>,
    /// Whom it means.
    pub name: Option<String>,
    /// A belief or an intention rather than words said.
    pub unsaid: bool,
}

#[derive(Debug, Deserialize)]
struct Record {
    id: String,
    text: String,
    #[serde(default)]
    quotes: Vec<Entry>,
}

/// In code points.
#[derive(Debug, Deserialize)]
struct Entry {
    start: usize,
    end: usize,
    kind: String,
    speaker: Option<Mention>,
    speaker_name: Option<String>,
    speech: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Mention {
    text: String,
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

fn draft(line: &str) -> Result<Draft, String> {
    let record: Record = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let mut offsets: Vec<usize> = record.text.char_indices().map(|(at, _)| at).collect();
    offsets.push(record.text.len());
    let speech = record
        .quotes
        .into_iter()
        .map(|entry| {
            let (Some(&start), Some(&end)) = (offsets.get(entry.start), offsets.get(entry.end))
            else {
                return Err("speech lies outside the text".to_owned());
            };
            Ok(Gold {
                range: start..end.max(start),
                kind: entry.kind,
                speaker: entry.speaker.map(|mention| mention.text),
                name: entry.speaker_name,
                unsaid: entry.speech == Some(false),
            })
        })
        .collect::<Result<_, String>>()?;
    Ok(Draft {
        id: record.id,
        text: record.text,
        speech,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_points() {
        let line = r#"{"id":"a","text":"É said “no”.","quotes":[{"start":7,"end":11,"kind":"direct","speaker":{"start":0,"end":1,"text":"É"}}]}"#;
        let draft = draft(line).unwrap();
        assert_eq!(&draft.text[draft.speech[0].range.clone()], "“no”");
        assert_eq!(draft.speech[0].speaker.as_deref(), Some("É"));
        assert!(!draft.speech[0].unsaid);
    }

    #[test]
    fn speech_outside_the_text_is_told() {
        let line = r#"{"id":"a","text":"b","quotes":[{"start":0,"end":2,"kind":"direct"}]}"#;
        assert!(draft(line).is_err());
    }
}
