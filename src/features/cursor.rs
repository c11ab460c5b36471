//! What stands under the cursor.

use text_size::{TextRange, TextSize};

use crate::analysis::{Analysis, EntityId};

/// The name, office, pronoun or unnamed source at a source offset, with its prose range.
pub(super) fn entity_at(analysis: &Analysis, offset: TextSize) -> Option<(TextRange, EntityId)> {
    let place = analysis.prose.from_source(offset)?;
    let (range, entity) = name_at(analysis, &|range| range.contains(place))
        .or_else(|| name_at(analysis, &|range| range.contains_inclusive(place)))?;
    let touches = analysis.prose.to_source(range).contains_inclusive(offset);
    touches.then_some((range, entity))
}

/// The innermost name, office, pronoun or unnamed source that a place touches, with its prose range.
pub(super) fn name_at(
    analysis: &Analysis,
    touches: &impl Fn(TextRange) -> bool,
) -> Option<(TextRange, EntityId)> {
    let mention = innermost(
        analysis.mentions.iter(),
        |mention| mention.full_range(),
        touches,
    )
    .map(|mention| (mention.full_range(), mention.entity));
    // Sources without a name, and offices that stand apart from the name, are no mentions.
    let other = || {
        let speakers = analysis
            .attributions
            .iter()
            .filter_map(|known| Some((known.speaker?.range, known.entity?)));
        let roles = (0u32..).zip(&analysis.entities).flat_map(|(id, entity)| {
            let roles = entity.roles.iter();
            roles.map(move |role| (role.range, EntityId(id)))
        });
        innermost(speakers.chain(roles), |(range, _)| *range, touches)
    };
    mention.or_else(other)
}

/// The shortest of the things that a place touches, the first of equals.
pub(super) fn innermost<T>(
    things: impl Iterator<Item = T>,
    range: impl Fn(&T) -> TextRange,
    touches: &impl Fn(TextRange) -> bool,
) -> Option<T> {
    things
        .filter(|thing| touches(range(thing)))
        .min_by_key(|thing| range(thing).len())
}
