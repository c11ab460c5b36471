//! Roles and pronouns to entities.

use super::paragraph::Paragraph;
use super::people::{Entity, EntityMention};
use crate::text::Prose;

/// Links descriptions and pronouns to the entities that they mean.
pub(super) fn link(
    _prose: &Prose,
    _paragraphs: &[Paragraph],
    _entities: &mut [Entity],
    _mentions: &mut Vec<EntityMention>,
) {
}
