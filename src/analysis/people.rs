//! Who is who: mentions of people, organisations and places grouped into entities.

use text_size::TextRange;

use super::paragraph::Paragraph;
use crate::extract::Label;
use crate::settings::Settings;
use crate::text::Prose;

/// Index into [`super::Analysis::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// How a mention refers to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionForm {
    /// The fullest name: "Recep Tayyip Erdogan", "National Security Council".
    Full,
    /// A family name, with or without a title: "Erdogan", "Mr Erdogan".
    Surname,
    /// A given name alone.
    Given,
    /// An acronym or short form: "IRNA", "the council".
    Short,
    /// A description: "the Turkish president".
    Role,
    /// "he", "she", "they", "it".
    Pronoun,
}

/// The pronoun that the draft uses for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pronoun {
    /// he, him, his
    He,
    /// she, her, hers
    She,
    /// they, them, their
    They,
    /// it, its
    It,
}

/// One mention of an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityMention {
    /// Prose bytes: the name, role or pronoun, without titles.
    pub range: TextRange,
    /// The titles directly before a name, in prose bytes.
    pub title: Option<TextRange>,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Whom it means.
    pub entity: EntityId,
    /// How it refers.
    pub form: MentionForm,
    /// Stands inside a quote: a speaker's word, not ours.
    pub quoted: bool,
}

impl EntityMention {
    /// The mention with its titles.
    pub fn full_range(&self) -> TextRange {
        self.title
            .map_or(self.range, |title| title.cover(self.range))
    }
}

/// A role as the draft introduces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Prose bytes of the phrase.
    pub range: TextRange,
    /// Its words: "Iranian President", "the US special envoy for Iran".
    pub text: String,
    /// Index of its paragraph.
    pub paragraph: usize,
}

/// A person, organisation or place of the draft, or an unnamed source that is one for the reader ("White House officials").
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub label: Label,
    /// The fullest name that the draft gives, without determiners; for an unnamed source its description.
    pub name: String,
    /// False for an unnamed source.
    pub named: bool,
    /// Its mentions, as indices into [`super::Analysis::mentions`], in reading order.
    pub mentions: Vec<usize>,
    /// Roles as introduced, in reading order.
    pub roles: Vec<Role>,
    /// The pronoun that the draft uses.
    pub pronoun: Option<Pronoun>,
    /// A news outlet or agency.
    pub outlet: bool,
}

/// Groups the named mentions of all paragraphs into entities. Mentions come back in reading order.
pub(super) fn people(
    _prose: &Prose,
    _paragraphs: &[Paragraph],
    _settings: &Settings,
) -> (Vec<Entity>, Vec<EntityMention>) {
    (Vec::new(), Vec::new())
}
