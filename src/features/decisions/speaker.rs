//! Who else may speak a quote.

use text_size::TextSize;

use super::{Choice, outermost};
use crate::analysis::{Analysis, DraftQuote, EntityId, Link, key, quote_key};
use crate::extract::Label;
use crate::features::reason::plain;
use crate::newsroom::{Decision, Notes};

/// Speakers that are offered: those named nearest to the quote.
const OFFERED: usize = 12;

/// Other speakers of the quote at a source offset, nobody, and the way back to what the draft shows.
pub(super) fn choices(analysis: &Analysis, notes: &Notes, offset: TextSize) -> Vec<Choice> {
    let Some(quote) = outermost(analysis, offset) else {
        return Vec::new();
    };
    let words = quote_key(analysis.text(analysis.content(quote)));
    let sentence = analysis.sentence(quote.range).unwrap_or(quote.range);
    let sentence = key(analysis.text(sentence));
    if words.is_empty() {
        return Vec::new();
    }
    let before = corrected(analysis, notes, &words, &sentence);
    let known = analysis.attribution(quote);
    let believed = known.filter(|known| known.evidence.link != Link::None);
    let believed = believed.and_then(|known| known.entity);
    let not = believed.map(|id| plain(analysis.short_name(id)));
    let choice = |name: Option<String>, what: String| {
        let decision = Decision::Speaker {
            quote: words.clone(),
            sentence: sentence.clone(),
            name,
        };
        // What was decided when the sentence was another would come first again.
        let old = before.iter().filter(|old| !same_place(old, &decision));
        let mut decisions: Vec<(Decision, bool)> = old.map(|old| (old.clone(), true)).collect();
        decisions.push((decision, false));
        Choice {
            title: match &not {
                Some(not) => format!("This is not {not}: {what}"),
                None => format!("The speaker: {what}"),
            },
            decisions,
            finding: None,
        }
    };
    let mut choices: Vec<Choice> = candidates(analysis, quote, believed)
        .into_iter()
        .map(|id| {
            let name = plain(&analysis.entity(id).name);
            choice(Some(name.clone()), name)
        })
        .collect();
    if known.is_some() {
        choices.push(choice(None, "nobody’s words".to_owned()));
    }
    if !before.is_empty() {
        choices.push(Choice {
            title: "Undo the correction of this speaker".to_owned(),
            decisions: before.into_iter().map(|old| (old, true)).collect(),
            finding: None,
        });
    }
    choices
}

/// What was decided about these words: in this sentence, or anywhere if they stand but once.
fn corrected(analysis: &Analysis, notes: &Notes, words: &str, here: &str) -> Vec<Decision> {
    let same = |quote: &&DraftQuote| quote_key(analysis.text(analysis.content(quote))) == words;
    let decided = notes
        .decisions()
        .filter(|decision| matches!(decision, Decision::Speaker { quote, .. } if quote == words));
    let decided: Vec<Decision> = decided.cloned().collect();
    if decided.is_empty() || analysis.quotes.iter().filter(same).nth(1).is_none() {
        return decided;
    }
    let is_here = |decision: &Decision| matches!(decision, Decision::Speaker { sentence, .. } if sentence == here);
    decided.into_iter().filter(is_here).collect()
}

fn same_place(one: &Decision, other: &Decision) -> bool {
    match (one, other) {
        (
            Decision::Speaker {
                quote: a,
                sentence: b,
                ..
            },
            Decision::Speaker {
                quote: c,
                sentence: d,
                ..
            },
        ) => a == c && b == d,
        _ => false,
    }
}

/// People of the draft and whoever else speaks in it, the nearest to the quote first.
fn candidates(
    analysis: &Analysis,
    quote: &DraftQuote,
    believed: Option<EntityId>,
) -> Vec<EntityId> {
    let place = quote.range.start();
    let mut distance: Vec<Option<u32>> = analysis
        .entities
        .iter()
        .map(|entity| {
            let person = entity.label == Label::Person && entity.named;
            let near = entity.mentions.iter().filter_map(|mention| {
                let range = analysis.mentions.get(*mention)?.range;
                Some(u32::from(range.start()).abs_diff(place.into()))
            });
            near.min().filter(|_| person)
        })
        .collect();
    for known in &analysis.attributions {
        let slot = known.entity.and_then(|id| distance.get_mut(id.0 as usize));
        if let Some(slot) = slot {
            let here = u32::from(known.range.start()).abs_diff(place.into());
            *slot = Some(slot.map_or(here, |near| near.min(here)));
        }
    }
    let mut near: Vec<(u32, EntityId)> = (0u32..)
        .zip(distance)
        .filter_map(|(id, distance)| Some((distance?, EntityId(id))))
        .filter(|(_, id)| Some(*id) != believed)
        .collect();
    near.sort();
    near.truncate(OFFERED);
    near.into_iter().map(|(_, id)| id).collect()
}
