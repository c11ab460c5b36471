//! What a doubtful name is, decided by the whole draft.

use std::collections::{HashMap, HashSet};

use super::person::{PersonName, fold};
use super::{Label, Named};
use crate::lexicon::{Names, Traits};

/// A name below this score is one only if the draft has it elsewhere.
const DOUBT: f32 = 0.4;
/// Below this score the draft's other mentions decide what a name is.
const UNSURE: f32 = 0.6;

/// Settles the labels of doubtful names; what turns out to be no name gets the score 0.
pub(super) fn settle(named: &mut [Named], names: &Names) {
    let mut votes: HashMap<String, [f32; 4]> = HashMap::new();
    let mut people: HashSet<String> = HashSet::new();
    let mut firms: HashSet<String> = HashSet::new();
    for mention in named.iter().filter(|mention| mention.score >= DOUBT) {
        votes.entry(fold(mention.text)).or_default()[mention.label as usize] += mention.score;
        if mention.label == Label::Person && mention.score >= UNSURE {
            let name = PersonName::new(mention.text, names);
            if !name.is_short() {
                people.extend(name.short_forms());
            }
        }
        if mention.label == Label::Organisation {
            firms.extend(without_form(mention.text));
        }
    }
    for mention in named {
        let key = fold(mention.text);
        let known = names.traits(mention.text).any(Traits::KNOWN);
        if people.contains(&key) && !known {
            mention.label = Label::Person;
            mention.score = mention.score.max(UNSURE);
            continue;
        }
        if mention.score >= UNSURE && mention.label != Label::Person || mention.title.is_some() {
            continue;
        }
        if firms.contains(&key) && mention.score < 0.9 {
            mention.label = Label::Organisation;
            mention.score = mention.score.max(UNSURE);
            continue;
        }
        if mention.score >= UNSURE {
            continue;
        }
        match votes.get(&key) {
            Some(votes) => {
                mention.label = heaviest(votes);
                mention.score = mention.score.max(DOUBT);
            }
            None => mention.score = 0.0,
        }
    }
}

fn heaviest(votes: &[f32; 4]) -> Label {
    [
        Label::Person,
        Label::Organisation,
        Label::Place,
        Label::Misc,
    ]
    .into_iter()
    .zip(votes)
    .max_by(|(_, a), (_, b)| a.total_cmp(b))
    .map_or(Label::Person, |(label, _)| label)
}

/// "Acme" of "Acme Corp.": a company's name without its legal form, folded.
pub(super) fn without_form(name: &str) -> Option<String> {
    let mut words: Vec<String> = name.split_whitespace().map(fold).collect();
    let count = words.len();
    while words.len() > 1
        && words.last().is_some_and(|word| {
            matches!(
                word.as_str(),
                "inc"
                    | "corp"
                    | "corporation"
                    | "co"
                    | "company"
                    | "ltd"
                    | "limited"
                    | "plc"
                    | "llc"
                    | "llp"
                    | "group"
                    | "holdings"
                    | "holding"
                    | "ag"
                    | "sa"
                    | "nv"
                    | "gmbh"
                    | "incorporated"
            )
        })
    {
        words.pop();
    }
    (words.len() < count).then(|| words.join(" "))
}
