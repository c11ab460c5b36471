//! The source sheet as `sources --format json` prints it: `{"schema":1,"drafts":[SourcedDraft …]}`.

use serde::Serialize;

use crate::cli::place::Places;
use crate::cli::sources::Sheet;
use crate::features::{Said, Source};

/// Everyone whose words a draft holds.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct SourcedDraft<'a> {
    path: &'a str,
    /// Words of the story's copy.
    words: usize,
    /// Words of it inside quotes.
    quoted_words: usize,
    /// Numbers of sources that are quoted.
    named: usize,
    unnamed: usize,
    second_hand: usize,
    /// In the order of their first words.
    sources: Vec<ListedSource<'a>>,
}

#[derive(Debug, Serialize)]
struct ListedSource<'a> {
    /// The fullest name that the draft gives, or the description of an unnamed source; none for the words for which
    /// nobody fits.
    name: Option<&'a str>,
    /// As the draft introduces it.
    role: Option<&'a str>,
    named: bool,
    /// Through whom its words came: names of the draft, or "hearsay"; empty for what is first-hand.
    via: Vec<&'a str>,
    /// Numbers of quotes, and of pieces of reported speech.
    quotes: usize,
    reported: usize,
    /// Words of the quotes, and their share of all quoted words, 0 to 1.
    words: usize,
    share: f64,
    /// The line of the first words, from 1.
    line: usize,
    /// In reading order.
    speech: Vec<ListedSpeech<'a>>,
}

#[derive(Debug, Serialize)]
struct ListedSpeech<'a> {
    /// Code points of the source, from 0.
    start: usize,
    end: usize,
    line: usize,
    /// quote or reported
    kind: &'static str,
    words: usize,
    via: Option<&'a str>,
    /// The speaker is a guess from what stands before.
    guessed: bool,
    text: &'a str,
}

impl<'a> SourcedDraft<'a> {
    pub(in crate::cli) fn new(sheet: &'a Sheet<'_>) -> SourcedDraft<'a> {
        let places = Places::new(&sheet.input.text);
        let sources = &sheet.sources;
        let listed = sources.sources.iter();
        SourcedDraft {
            path: &sheet.input.name,
            words: sources.words,
            quoted_words: sources.quoted,
            named: sources.named(),
            unnamed: sources.unnamed(),
            second_hand: sources.second_hand(),
            sources: listed.map(|source| list(sheet, source, &places)).collect(),
        }
    }
}

fn list<'a>(sheet: &'a Sheet<'_>, source: &'a Source, places: &Places<'_>) -> ListedSource<'a> {
    let quotes = source.quotes().count();
    let speech = source.speech.iter();
    ListedSource {
        name: source.entity.map(|_| source.name.as_str()),
        role: source.role.as_deref(),
        named: source.named,
        via: source.via(),
        quotes,
        reported: source.speech.len() - quotes,
        words: source.words(),
        share: (source.share(&sheet.sources) * 1000.0).round() / 1000.0,
        line: source.line(),
        speech: speech.map(|said| speech_of(sheet, said, places)).collect(),
    }
}

fn speech_of<'a>(sheet: &'a Sheet<'_>, said: &'a Said, places: &Places<'_>) -> ListedSpeech<'a> {
    ListedSpeech {
        start: places.code_point(said.range.start()),
        end: places.code_point(said.range.end()),
        line: said.line,
        kind: match said.quote {
            Some(_) => "quote",
            None => "reported",
        },
        words: said.words,
        via: said.via.as_deref(),
        guessed: said.guessed,
        text: &sheet.input.text[said.range],
    }
}
