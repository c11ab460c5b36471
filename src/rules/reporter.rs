//! Outlets that a story names as those who report.

use text_size::TextRange;

use super::Context;
use crate::analysis::{EntityMention, Hand, ParagraphKind};

/// An outlet that the story's own words name in a stretch of a paragraph, in prose bytes.
pub(super) fn outlet_in<'a>(
    context: &Context<'a>,
    index: usize,
    range: TextRange,
) -> Option<&'a EntityMention> {
    context.mentions(index).iter().find(|mention| {
        !mention.quoted
            && range.contains_range(mention.range)
            && context.analysis.entity(mention.entity).outlet
    })
}

/// The outlet that reports something last in the few paragraphs of copy before one.
pub(super) fn outlet_before<'a>(
    context: &Context<'a>,
    index: usize,
    reach: usize,
) -> Option<&'a EntityMention> {
    let before = context.analysis.paragraphs[..index].iter().enumerate();
    before
        .rev()
        .filter(|(_, paragraph)| paragraph.kind == ParagraphKind::Body)
        .take(reach)
        .find_map(|(index, _)| {
            let known = context.attributions(index).iter().rev();
            known
                .filter_map(|known| match known.evidence.hand {
                    Hand::Relayed(range) => Some(range),
                    _ => known.speaker.map(|speaker| speaker.range),
                })
                .find_map(|range| outlet_in(context, index, range))
        })
}
