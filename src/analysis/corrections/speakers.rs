//! Who speaks a quote, by decision: it wins over all that the draft shows, and those who carry on from it follow.

use std::collections::{HashMap, HashSet};

use text_size::TextRange;

use super::super::{
    Analysis, Attribution, DraftQuote, EntityId, Evidence, Hand, Link, MentionForm, Speaker,
    SpeechKind, Standing,
};
use super::{Corrections, SpeakerCorrection, key, quote_key};

/// Gives quotes the speakers that they were given by hand.
pub(in crate::analysis) fn correct(analysis: &mut Analysis, corrections: &Corrections) {
    let decided = decided(analysis, &corrections.speakers);
    if decided.is_empty() {
        return;
    }
    let before: Vec<Before> = analysis.attributions.iter().map(Before::of).collect();
    let mut given: Vec<Option<EntityId>> = vec![None; before.len()];
    let mut gone = HashSet::new();
    for (quote, speaker) in decided {
        match speaker {
            Some(entity) => {
                if let Some(index) = give(analysis, quote, entity) {
                    given.resize(analysis.attributions.len(), None);
                    given[index] = Some(entity);
                }
            }
            None => gone.extend(take(analysis, quote)),
        }
    }
    follow(analysis, &before, &mut given);
    sort(analysis, &gone);
    count_mentions(analysis);
}

/// The quotes that a decision is about, each with its speaker. Of several with the same words it is the one in the same
/// sentence.
fn decided(
    analysis: &Analysis,
    corrections: &[SpeakerCorrection],
) -> Vec<(usize, Option<EntityId>)> {
    if corrections.is_empty() {
        return Vec::new();
    }
    let mut quotes: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, quote) in analysis.quotes.iter().enumerate() {
        let words = quote_key(analysis.text(analysis.content(quote)));
        quotes.entry(words).or_default().push(index);
    }
    let sentence = |index: usize| {
        let quote = analysis.quotes.get(index)?;
        Some(key(analysis.text(analysis.sentence(quote.range)?)))
    };
    let mut decided: Vec<(usize, Option<EntityId>)> = Vec::new();
    for correction in corrections {
        let Some(found) = quotes.get(&correction.quote) else {
            continue;
        };
        let speaker = match &correction.speaker {
            Some(name) => match analysis.bearer(name) {
                Some(entity) => Some(entity),
                None => continue,
            },
            None => None,
        };
        let meant = found.iter().copied().filter(|index| {
            found.len() == 1 || sentence(*index).as_ref() == Some(&correction.sentence)
        });
        decided.extend(meant.map(|index| (index, speaker)));
    }
    decided
}

/// What was believed of a piece of speech.
struct Before {
    entity: Option<EntityId>,
    cue: Option<TextRange>,
    paragraph: usize,
}

impl Before {
    fn of(attribution: &Attribution) -> Before {
        Before {
            entity: attribution.entity,
            cue: attribution.cue.map(|(range, _)| range),
            paragraph: attribution.paragraph,
        }
    }
}

/// Gives a quote its speaker; the index of its attribution.
fn give(analysis: &mut Analysis, quote: usize, entity: EntityId) -> Option<usize> {
    let index = match analysis.quotes.get(quote)?.attribution {
        Some(index) => index,
        None => {
            let attribution = unattributed(analysis.quotes.get(quote)?, quote);
            analysis.attributions.push(attribution);
            analysis.quotes.get_mut(quote)?.attribution = Some(analysis.attributions.len() - 1);
            analysis.attributions.len() - 1
        }
    };
    let named = analysis.entity(entity).named;
    let known = analysis.attributions.get(index)?;
    // A pronoun or an office beside the cue is rightly there, and was taken for another.
    let stands_beside = matches!(known.evidence.link, Link::Pronoun | Link::Role);
    let speaker = match stands_beside {
        true => known.speaker,
        false => beside(analysis, known.range, entity),
    };
    let cue = known
        .cue
        .filter(|_| stands_beside || known.evidence.link == Link::Named);
    if let Some(pronoun) = speaker.filter(|_| stands_beside) {
        let mean = analysis.mentions.iter_mut().filter(|mention| {
            mention.range == pronoun.range && mention.form == MentionForm::Pronoun
        });
        mean.for_each(|mention| mention.entity = entity);
    }
    let known = analysis.attributions.get_mut(index)?;
    known.entity = Some(entity);
    known.speaker = speaker;
    known.cue = cue;
    known.continues = None;
    known.score = 1.0;
    known.evidence = Evidence {
        link: Link::Corrected,
        source: match named {
            true => Standing::Named,
            false => Standing::Unnamed,
        },
        hand: known.evidence.hand,
    };
    Some(index)
}

/// Where the sentence around some words names somebody in the story's own copy.
fn beside(analysis: &Analysis, words: TextRange, entity: EntityId) -> Option<Speaker> {
    let first = analysis.sentence(words)?;
    let from = analysis
        .mentions
        .partition_point(|mention| mention.range.start() < first.start());
    let end = first.end().max(words.end());
    let mut near = analysis.mentions[from..]
        .iter()
        .take_while(|mention| mention.range.start() < end);
    near.find(|mention| mention.entity == entity && !mention.quoted)
        .map(|mention| Speaker {
            range: mention.range,
            extent: mention.range,
            paragraph: mention.paragraph,
        })
}

/// A quote that was held to be nobody's.
fn unattributed(quote: &DraftQuote, index: usize) -> Attribution {
    Attribution {
        range: quote.range,
        paragraph: quote.paragraph,
        kind: SpeechKind::Direct,
        quotes: vec![index],
        speaker: None,
        entity: None,
        cue: None,
        continues: None,
        pattern: None,
        evidence: Evidence {
            link: Link::None,
            source: Standing::Unnamed,
            hand: Hand::First,
        },
        score: 0.0,
    }
}

/// Makes a quote nobody's words. The index of the speech that is no more than that quote, if there is any: it goes, too.
fn take(analysis: &mut Analysis, quote: usize) -> Option<usize> {
    let mut gone = None;
    for (index, known) in analysis.attributions.iter_mut().enumerate() {
        let Some(at) = known.quotes.iter().position(|other| *other == quote) else {
            continue;
        };
        known.quotes.remove(at);
        match known.kind {
            _ if !known.quotes.is_empty() => {}
            SpeechKind::Mixed => known.kind = SpeechKind::Indirect,
            SpeechKind::Direct => gone = Some(index),
            SpeechKind::Indirect => {}
        }
    }
    if let Some(quote) = analysis.quotes.get_mut(quote) {
        quote.attribution = None;
    }
    gone
}

/// Gives the other pieces of corrected speech, and what carries on from it, the same speaker.
fn follow(analysis: &mut Analysis, before: &[Before], given: &mut [Option<EntityId>]) {
    for index in 0..before.len() {
        if given[index].is_some() {
            continue;
        }
        let was = &before[index];
        let same_cue = |other: &usize| {
            was.cue.is_some() && before[*other].cue == was.cue && given[*other].is_some()
        };
        let near = before.partition_point(|other| other.paragraph < was.paragraph);
        let until = before.partition_point(|other| other.paragraph <= was.paragraph);
        let piece = (near..until).find(same_cue);
        let known = &analysis.attributions[index];
        let carried = matches!(known.evidence.link, Link::SameParagraph | Link::Continued);
        let origin = known
            .continues
            .filter(|origin| carried && *origin < before.len());
        let Some(source) = piece.or(origin) else {
            continue;
        };
        let Some(entity) = given[source].filter(|_| before[source].entity == was.entity) else {
            continue;
        };
        given[index] = Some(entity);
        let source = match analysis.entity(entity).named {
            true => Standing::Named,
            false => Standing::Unnamed,
        };
        let known = &mut analysis.attributions[index];
        known.entity = Some(entity);
        known.evidence.source = source;
        if piece.is_some() {
            known.evidence.link = Link::Corrected;
            known.score = 1.0;
        }
    }
}

/// Leaves out speech that is nobody's, and restores the reading order.
fn sort(analysis: &mut Analysis, gone: &HashSet<usize>) {
    let found = std::mem::take(&mut analysis.attributions);
    let stays = (0..found.len()).filter(|index| !gone.contains(index));
    let mut order: Vec<usize> = stays.collect();
    order.sort_by_key(|&index| {
        let range = found[index].range;
        (range.start(), std::cmp::Reverse(range.end()))
    });
    let mut place = vec![None; found.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = Some(new);
    }
    analysis.attributions = order.iter().map(|&old| found[old].clone()).collect();
    for known in &mut analysis.attributions {
        known.continues = known.continues.and_then(|old| place[old]);
    }
    for quote in &mut analysis.quotes {
        quote.attribution = quote.attribution.and_then(|old| place[old]);
    }
}

fn count_mentions(analysis: &mut Analysis) {
    for entity in &mut analysis.entities {
        entity.mentions.clear();
    }
    for (index, mention) in analysis.mentions.iter().enumerate() {
        if let Some(entity) = analysis.entities.get_mut(mention.entity.0 as usize) {
            entity.mentions.push(index);
        }
    }
}
