//! What a user may change: the house, hints, and levels and options of rules.
//!
//! Settings come in layers: a file found upward from the draft, then what the editor or the command line says, which
//! wins key by key. [`in_force`] gives what comes of them for one draft.

mod globs;
mod in_force;
mod keys;
mod kind;
mod layer;
mod nearest;
mod schema;
mod starter;

use std::path::PathBuf;

use serde::Deserialize;

pub use in_force::{InForce, Origin, in_force};
pub use keys::{KEYS, Key};
pub use kind::Kind;
pub use layer::{Layer, Problem, RuleCheck};
pub use nearest::{nearest, suggestion};
pub use schema::{RuleSchema, schema};
pub use starter::starter;

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
    pub const fn name(self) -> &'static str {
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

/// Which of the hints on speakers to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HintMode {
    /// Wherever a reader has to look elsewhere for the speaker.
    #[default]
    All,
    /// At pronouns.
    Pronouns,
    /// Those with a question mark.
    Uncertain,
    /// None.
    Off,
}

/// Which hints to show.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Hints {
    /// Which of those on speakers.
    pub mode: HintMode,
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

/// Which files are drafts.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Drafts {
    /// Patterns of drafts; all files where there is none.
    pub include: Vec<String>,
    /// Patterns of what is none.
    pub exclude: Vec<String>,
}

/// What a user may change. Levels and options of rules stay raw here: `rules` validates them.
#[derive(Clone, Debug, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The house style.
    pub house: House,
    /// Which hints to show.
    pub hints: Hints,
    /// Which files are drafts.
    pub drafts: Drafts,
    /// Where the newsroom's knowledge stands.
    pub knowledge: KnowledgeFiles,
    /// People whom every reader knows: they need no introduction.
    pub known_people: Vec<String>,
    /// Acronyms that every reader knows.
    pub known_acronyms: Vec<String>,
    /// The names under which the user's own outlet appears in copy.
    pub own_outlets: Vec<String>,
    /// Also find what is a fault only for the strictest desks.
    pub strict: bool,
    /// One table a rule, by the rule's name: `level` and the rule's options.
    pub rules: toml::Table,
}
