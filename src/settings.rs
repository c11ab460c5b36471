//! What a user may change: the house, hints, and levels and options of rules.

mod nearest;

use std::path::PathBuf;

use serde::Deserialize;

pub use nearest::{nearest, suggestion};

/// A house style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum House {
    /// No house: what most desks agree on.
    #[default]
    Neutral,
    /// Associated Press.
    Ap,
    /// Reuters.
    Reuters,
    /// The Guardian.
    Guardian,
    /// The BBC.
    Bbc,
}

impl House {
    /// All houses, in the order of the columns of a rule's levels.
    pub const ALL: [House; 5] = [
        House::Neutral,
        House::Ap,
        House::Reuters,
        House::Guardian,
        House::Bbc,
    ];

    /// The name that a user writes.
    pub fn name(self) -> &'static str {
        match self {
            House::Neutral => "neutral",
            House::Ap => "ap",
            House::Reuters => "reuters",
            House::Guardian => "guardian",
            House::Bbc => "bbc",
        }
    }

    /// The name that a message shows; none for no house.
    pub fn title(self) -> Option<&'static str> {
        match self {
            House::Neutral => None,
            House::Ap => Some("AP"),
            House::Reuters => Some("Reuters"),
            House::Guardian => Some("Guardian"),
            House::Bbc => Some("BBC"),
        }
    }
}

/// Which hints to show.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Hints {
    /// Also name the pronoun speakers of reported speech without a quote.
    pub paraphrase: bool,
}

/// Files of knowledge, beside the desk list of each folder. Paths are absolute or start at the workspace folder.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct KnowledgeFiles {
    /// More desk lists, the most believed first.
    pub desk_lists: Vec<PathBuf>,
    /// Bases that `copydesk kb build` has written, the most believed first.
    pub bases: Vec<PathBuf>,
}

/// What a user may change. Levels and options of rules stay raw here: `rules` validates them.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The house style.
    pub house: House,
    /// Which hints to show.
    pub hints: Hints,
    /// Where the newsroom's knowledge stands.
    pub knowledge: KnowledgeFiles,
    /// People whom every reader knows: they need no introduction.
    pub known_people: Vec<String>,
    /// Also find what is a fault only for the strictest desks.
    pub strict: bool,
    /// One table a rule, by the rule's name: `level` and the rule's options.
    pub rules: toml::Table,
}
