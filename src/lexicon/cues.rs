//! Reporting verbs and phrases, with what a copy chief thinks of each.

/// How loaded a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grade {
    /// "said": never a finding.
    Neutral,
    /// Adds a fact: "explained", "warned".
    Explanatory,
    /// Colours what is said: "admitted", "claimed".
    Loaded,
    /// Not speech: "smiled", "believes".
    Nonspeech,
}

/// What a cue can take. Letters of the list: Q quote, T that-clause, W question clause, I infinitive, O listener,
/// N noun phrase, U nothing, P phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Frames(u8);

/// One reporting verb or phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueEntry {
    /// The verb in its base form, or the phrase.
    pub cue: &'static str,
    /// Not a verb but a phrase.
    pub phrase: bool,
    /// How loaded it is.
    pub grade: Grade,
    /// Its class: say, doubt, confess, factive, drama, boast, gesture, mind, source, hearsay …
    pub class: &'static str,
    /// What it can take.
    pub frames: Frames,
    /// Inflections: third person, past, past participle, -ing; empty for phrases.
    pub forms: [&'static str; 4],
    /// What to write instead; empty where nothing is better.
    pub suggest: &'static str,
    /// A copy chief's note on it; may be empty.
    pub note: &'static str,
}

/// The list of reporting verbs and phrases.
#[derive(Debug)]
pub struct CueList {
    /// All entries, in the list's order.
    pub entries: Vec<CueEntry>,
}

impl CueList {
    pub(super) fn load() -> CueList {
        CueList {
            entries: Vec::new(),
        }
    }
}
