//! One line of a ledger.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What somebody has decided. Texts are keys: on one line and with straight marks, so that they are found again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Decision {
    /// A finding stands here as it is.
    StetPlace {
        /// The rule that found it.
        rule: String,
        /// The words that it marks.
        text: String,
        /// The sentence that they start in.
        sentence: String,
    },
    /// A rule has nothing to say of these words in this draft.
    StetName {
        /// The rule.
        rule: String,
        /// The words, mostly a name.
        text: String,
    },
    /// A rule has nothing to say in this draft.
    StetRule {
        /// The rule.
        rule: String,
    },
    /// Who speaks a quote.
    Speaker {
        /// Its words, without marks.
        quote: String,
        /// The sentence that it stood in.
        sentence: String,
        /// The speaker; none where these are nobody's words.
        name: Option<String>,
    },
    /// Two names are one person's.
    OnePerson {
        /// The names.
        names: [String; 2],
    },
    /// Two names are two people's.
    TwoPeople {
        /// The names; all that says nothing else is the first one's.
        names: [String; 2],
    },
    /// A quote was checked and is not to change.
    LockedQuote {
        /// Its words, without marks.
        quote: String,
        /// Who speaks it.
        speaker: Option<String>,
        /// What it was checked against: "tape 14:02".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
}

/// The kinds of decisions, as lines name them.
const KINDS: [&str; 7] = [
    "stet-place",
    "stet-name",
    "stet-rule",
    "speaker",
    "one-person",
    "two-people",
    "locked-quote",
];

/// A decision with its day and its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was made, in UTC: "2026-11-23T03:10:00Z".
    pub at: Option<String>,
    /// Who made it, by the name under which they work at their machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// It is taken back: what was decided before about the same no longer holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undone: bool,
    /// What was decided.
    #[serde(flatten)]
    pub decision: Decision,
}

impl Entry {
    /// The day on which it was made: "2026-11-23".
    pub fn day(&self) -> Option<&str> {
        self.at.as_ref()?.split('T').next()
    }

    /// Its line, with the line break.
    pub(super) fn line(&self) -> String {
        // A struct of texts always becomes JSON.
        serde_json::to_string(self).map_or(String::new(), |line| line + "\n")
    }
}

impl Decision {
    /// What it is about: of two decisions about the same the later one holds.
    pub(super) fn subject(&self) -> (u8, Vec<&str>) {
        match self {
            Decision::StetPlace {
                rule,
                text,
                sentence,
            } => (0, vec![rule, text, sentence]),
            Decision::StetName { rule, text } => (1, vec![rule, text]),
            Decision::StetRule { rule } => (2, vec![rule]),
            Decision::Speaker {
                quote, sentence, ..
            } => (3, vec![quote, sentence]),
            Decision::OnePerson { names } | Decision::TwoPeople { names } => {
                let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
                names.sort_unstable();
                (4, names)
            }
            Decision::LockedQuote { quote, .. } => (5, vec![quote]),
        }
    }
}

/// The entries of a ledger, and the numbers of the lines that cannot be read. Lines of a kind that only a later version
/// knows are neither.
pub(super) fn read(text: &str) -> (Vec<Entry>, Vec<usize>) {
    let (mut entries, mut damaged) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()) {
        match serde_json::from_str(line) {
            Ok(entry) => entries.push(entry),
            Err(_) if line.trim().is_empty() || is_unknown(line) => {}
            Err(_) => damaged.push(number),
        }
    }
    (entries, damaged)
}

/// The lines of kinds that only a later version knows.
pub(super) fn unknown(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| is_unknown(line))
}

fn is_unknown(line: &str) -> bool {
    let value: Option<Value> = serde_json::from_str(line).ok();
    value.is_some_and(|value| {
        value["kind"]
            .as_str()
            .is_some_and(|kind| !KINDS.contains(&kind))
    })
}
