//! Who speaks: each quote and each piece of reported speech to its speaker, with the evidence.

use text_size::TextRange;

use super::DraftQuote;
use super::paragraph::Paragraph;
use super::people::{Entity, EntityId, EntityMention};
use crate::text::Prose;

/// Quoted, reported, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpeechKind {
    /// A quote that stands alone.
    Direct,
    /// Reported speech without marks.
    Indirect,
    /// Reported speech that holds a quote.
    Mixed,
}

/// How the speaker is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// A name beside the cue.
    Named,
    /// A role beside the cue: "the president said".
    Role,
    /// A pronoun beside the cue.
    Pronoun,
    /// A later quote in a paragraph whose first quote has a speaker.
    SameParagraph,
    /// No cue in the paragraph: a guess from what stands before.
    Continued,
    /// Nobody fits.
    None,
}

/// Whether the source is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Named in the draft.
    Named,
    /// "White House officials".
    Unnamed,
}

/// Through whose hands the words came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Hand {
    /// Said to the reporter or in public.
    First,
    /// Reported by someone else: "IRNA reported". Prose bytes of that name.
    Relayed(TextRange),
    /// "reportedly": reported by nobody in particular. Prose bytes of the adverb.
    Hearsay(TextRange),
}

/// Why a speaker is believed, on three axes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// How the speaker is known.
    pub link: Link,
    /// Whether the source is named.
    pub source: Standing,
    /// Through whose hands the words came.
    pub hand: Hand,
}

/// The mention that stands as the speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Prose bytes of the mention beside the cue, or of the mention used.
    pub range: TextRange,
    /// Index of its paragraph.
    pub paragraph: usize,
}

/// One contiguous piece of quoted or reported speech.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Prose bytes of the content.
    pub range: TextRange,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Quoted, reported, or both.
    pub kind: SpeechKind,
    /// The quotes inside it, as indices into [`super::Analysis::quotes`].
    pub quotes: Vec<usize>,
    /// The mention beside the cue; none where the words carry on from another paragraph or nobody fits.
    pub speaker: Option<Speaker>,
    /// Who it is; for `Link::Continued` a guess.
    pub entity: Option<EntityId>,
    /// The cue: prose bytes, and its index in the facts of its paragraph.
    pub cue: Option<(TextRange, usize)>,
    /// The attribution that this one continues, as an index into [`super::Analysis::attributions`]: the first piece of
    /// a split quote, or the speech from which a speaker is carried over.
    pub continues: Option<usize>,
    /// Why.
    pub evidence: Evidence,
    /// How sure, 0 to 1.
    pub score: f32,
}

/// Attributes all speech of the draft. May add unnamed sources to `entities` and their mentions to `mentions`.
pub(super) fn attribute(
    _prose: &Prose,
    _paragraphs: &[Paragraph],
    _entities: &mut Vec<Entity>,
    _mentions: &mut Vec<EntityMention>,
) -> (Vec<DraftQuote>, Vec<Attribution>) {
    (Vec::new(), Vec::new())
}
