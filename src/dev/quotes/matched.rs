//! Speech as the product finds it, beside what is marked by hand.

use std::ops::Range;

use super::corpus::{Draft, Gold};
use crate::analysis::{Analysis, Attribution, Memo, SpeechKind, analyze};
use crate::knowledge::Knowledge;
use crate::settings::Settings;
use crate::text::Language;

/// A piece of speech as the product gives it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub kind: &'static str,
    /// How it was recognised and how its speaker is known.
    pub way: String,
    pub score: f32,
    mention: Option<String>,
    name: Option<String>,
}

impl Found {
    /// The mention and whom it means.
    pub fn speaker(&self) -> String {
        let mention = self.mention.as_deref().unwrap_or("-");
        match self.name.as_deref().filter(|name| *name != mention) {
            Some(name) => format!("{mention} ({name})"),
            None => mention.to_owned(),
        }
    }
}

/// A marked piece and a found one that cover each other, or either alone.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub gold: Option<Gold>,
    pub found: Option<Found>,
    /// Alone, but something of the other side overlaps it.
    pub touched: bool,
}

/// The least overlap of two pieces that are the same one, as intersection over union.
const SAME: f64 = 0.8;

/// Pairs what is marked with what is found, the best overlap first.
pub(super) fn pairs(draft: &Draft) -> Vec<Pair> {
    let found = speech(&draft.text);
    let bare = |range: &Range<usize>| bare(&draft.text, range.clone());
    let mut overlaps = Vec::new();
    for (at, gold) in draft.speech.iter().enumerate() {
        for (other, found) in found.iter().enumerate() {
            let share = overlap(&bare(&gold.range), &bare(&found.range));
            if share > 0.0 {
                overlaps.push((share, at, other));
            }
        }
    }
    overlaps.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut of_gold = vec![None; draft.speech.len()];
    let mut of_found = vec![None; found.len()];
    for &(share, gold, found) in &overlaps {
        if share >= SAME && of_gold[gold].is_none() && of_found[found].is_none() {
            of_gold[gold] = Some(found);
            of_found[found] = Some(gold);
        }
    }
    let marked = draft.speech.iter().enumerate().map(|(at, gold)| Pair {
        gold: Some(gold.clone()),
        found: of_gold[at].and_then(|other: usize| found.get(other).cloned()),
        touched: overlaps.iter().any(|&(_, gold, _)| gold == at),
    });
    let claimed = found
        .iter()
        .enumerate()
        .filter(|(at, _)| of_found[*at].is_none())
        .map(|(at, found)| Pair {
            gold: None,
            found: Some(found.clone()),
            touched: overlaps.iter().any(|&(_, _, found)| found == at),
        });
    marked
        .filter(|pair| !pair.gold.as_ref().is_some_and(|gold| gold.unsaid))
        .chain(claimed)
        .collect()
}

impl Pair {
    /// Both sides name the same speaker, as far as the words of their mentions and names tell.
    pub fn right(&self) -> bool {
        let (Some(gold), Some(found)) = (&self.gold, &self.found) else {
            return false;
        };
        let same = |marked: &Option<String>, read: &Option<String>| match (marked, read) {
            (Some(marked), Some(read)) => same_head(marked, read),
            _ => false,
        };
        gold.speaker.is_none() && gold.name.is_none() && found.mention.is_none()
            || same(&gold.speaker, &found.mention)
            || same(&gold.name, &found.name)
    }
}

/// One's last word is among the other's words; pronouns only equal themselves.
fn same_head(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-'))
            .map(|word| word.trim_matches('.').to_lowercase())
            .filter(|word| !word.is_empty() && word != "s")
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let pronoun = |words: &[String]| {
        words.len() == 1
            && ["he", "she", "they", "it", "we", "i", "who", "you"].contains(&words[0].as_str())
    };
    match (a.last(), b.last()) {
        _ if pronoun(&a) || pronoun(&b) => a == b,
        (Some(last), Some(other)) => b.contains(last) || a.contains(other),
        _ => false,
    }
}

/// The speech of a text as the product gives it.
fn speech(text: &str) -> Vec<Found> {
    let analysis = analyze(
        text,
        Language::Plain,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    analysis
        .attributions
        .iter()
        .map(|attribution| found(&analysis, attribution))
        .collect()
}

fn found(analysis: &Analysis, attribution: &Attribution) -> Found {
    let pattern = match attribution.pattern {
        Some(pattern) => format!("{pattern:?}"),
        None => "Carried".to_owned(),
    };
    Found {
        range: analysis.prose.to_source(attribution.range).into(),
        kind: match attribution.kind {
            SpeechKind::Direct => "direct",
            SpeechKind::Indirect => "indirect",
            SpeechKind::Mixed => "mixed",
        },
        way: format!("{pattern}, {:?}", attribution.evidence.link).to_lowercase(),
        score: attribution.score,
        mention: attribution
            .speaker
            .map(|speaker| analysis.text(speaker.range).to_owned()),
        name: attribution
            .entity
            .map(|entity| analysis.entity(entity).name.clone()),
    }
}

/// Without marks, spaces and punctuation at its ends.
fn bare(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let inner = words.trim_matches(|c: char| !c.is_alphanumeric());
    let start = range.start
        + (words.len()
            - words
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .len());
    start..start + inner.len()
}

/// Intersection over union.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> f64 {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let either = a.end.max(b.end) - a.start.min(b.start);
    match either {
        0 => 0.0,
        _ => both as f64 / either as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str, marked: &[(&str, &str)]) -> Draft {
        let speech = marked
            .iter()
            .map(|(words, speaker)| {
                let start = text.find(words).unwrap();
                Gold {
                    range: start..start + words.len(),
                    kind: "direct".to_owned(),
                    speaker: Some((*speaker).to_owned()),
                    name: None,
                    unsaid: false,
                }
            })
            .collect();
        Draft {
            id: "a".to_owned(),
            text: text.to_owned(),
            speech,
        }
    }

    #[test]
    fn marks_meet_what_is_found() {
        let text = "“We are ready,” Anna Keller said. “They are not,” he said.";
        let draft = draft(text, &[("We are ready", "Keller"), ("They are not", "she")]);
        let pairs = pairs(&draft);
        assert_eq!(pairs.len(), 2);
        assert!(pairs[0].right() && !pairs[1].right());
        assert!(pairs[1].found.is_some());
    }

    #[test]
    fn what_one_side_lacks_stands_alone() {
        let text = "“We are ready,” Anna Keller said. Nothing happened.";
        let draft = draft(text, &[("Nothing happened", "Keller")]);
        let pairs = pairs(&draft);
        assert_eq!(pairs.len(), 2);
        assert!(pairs.iter().all(|pair| !pair.touched && !pair.right()));
    }
}
