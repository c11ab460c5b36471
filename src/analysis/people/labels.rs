//! What each name is, decided by the whole draft.
//!
//! The model's reading of a paragraph tells how likely each label is. A name means the same throughout a draft, so what
//! its other mentions are read as counts too, and so do the full names that it is a part of.

use std::rc::Rc;

use super::form::{Form, Forms};
use super::person::fold;
use super::{Label, Named};
use crate::knowledge::{Knowledge, Known, RecordKind};
use crate::lexicon::Traits;
use crate::text::{FastMap, FastSet};

const LABELS: [Label; 4] = [
    Label::Person,
    Label::Organisation,
    Label::Place,
    Label::Misc,
];

/// Shares below this tell no more.
const LEAST: f32 = 0.002;

/// How much the other mentions of a name count beside its own, and how many of them at most.
const OTHERS: f32 = 1.0;
const MOST: f32 = 3.0;
/// How much of that counts against its being a name.
const NONE: f32 = 0.8;
/// What it counts that a name is part of a full name, is the short form of a body's name, or stands behind a title.
const PART: f32 = 2.0;

/// How sure a name is that the newsroom lists.
const LISTED: f32 = 0.95;

/// Logarithms of how likely a name is each label, and last that it is none.
type Votes = [f32; 5];

/// Settles labels and scores; what turns out to be no name gets the score 0.
pub(super) fn settle<'t>(named: &mut [Named<'t>], forms: &Forms<'t>) {
    let mut groups: FastMap<&str, (Votes, f32)> = FastMap::default();
    let mut people: FastSet<String> = FastSet::default();
    let mut surnames: FastSet<&str> = FastSet::default();
    let mut firms: FastSet<String> = FastSet::default();
    let mut seen: [FastSet<&str>; 2] = Default::default();
    let spelled: Vec<Rc<Form>> = named.iter().map(|mention| forms.of(mention.text)).collect();
    let votes: Vec<Votes> = named.iter().map(votes).collect();
    for ((mention, form), votes) in named.iter().zip(&spelled).zip(&votes) {
        let key: &str = &form.key;
        let group = groups.entry(key).or_default();
        group
            .0
            .iter_mut()
            .zip(votes)
            .for_each(|(sum, vote)| *sum += vote);
        group.1 += 1.0;
        if mention.labels[0] >= 0.6 && seen[0].insert(mention.text) {
            match key.contains(' ') {
                true => people.extend(forms.person(mention.text, form).name.short_forms()),
                false => drop(surnames.insert(key)),
            }
            if key.split(' ').count() == 2 {
                surnames.insert(key);
            }
        }
        if mention.labels[1] >= 0.6 && seen[1].insert(mention.text) {
            firms.extend(without_form(mention.text));
            firms.extend(initials(mention.text));
        }
    }
    for ((mention, form), own) in named.iter_mut().zip(&spelled).zip(&votes) {
        let key: &str = &form.key;
        let mut sums = *own;
        if let Some((all, count)) = groups.get(key).filter(|group| group.1 > 1.0) {
            let others = count - 1.0;
            let weight = OTHERS * others.min(MOST) / others;
            for (at, ((sum, all), own)) in sums.iter_mut().zip(all).zip(own).enumerate() {
                let weight = if at == 4 { weight * NONE } else { weight };
                *sum += weight * (all - own);
            }
        }
        let known = form.traits.any(Traits::KNOWN);
        let ends = || {
            key.match_indices(' ')
                .filter_map(|(space, _)| key.get(space + 1..))
        };
        if !known && (people.contains(key) || ends().any(|end| surnames.contains(end))) {
            sums[0] += PART;
        }
        // "the Okafors"
        if key
            .strip_suffix('s')
            .is_some_and(|one| people.contains(one))
        {
            sums[0] += 3.0 * PART;
        }
        if firms.contains(key) {
            sums[1] += PART;
        }
        if mention.title.is_some() {
            sums[0] += PART;
        }
        let largest = sums.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = sums.iter().map(|sum| (sum - largest).exp()).sum();
        let best = (0..5).find(|at| sums[*at] == largest).unwrap_or(4);
        match LABELS.get(best) {
            Some(label) => {
                mention.label = *label;
                mention.score = (1.0 / total).clamp(0.4, 0.99);
            }
            None => mention.score = 0.0,
        }
    }
}

/// What the newsroom's own lists name is what they say it is, if they say one thing. A title tells more: "Captain Hale"
/// is a person whatever else is called Hale.
pub(super) fn heed(named: &mut [Named], knowledge: &Knowledge) {
    if !knowledge.has_own() {
        return;
    }
    let mut listed: FastMap<&str, Option<Label>> = FastMap::default();
    let plain = |mention: &&mut Named| mention.title.is_none();
    for mention in named.iter_mut().filter(plain) {
        let label = listed
            .entry(mention.text)
            .or_insert_with(|| label(&knowledge.find_own(mention.text)));
        if let Some(label) = *label {
            mention.label = label;
            mention.score = mention.score.max(LISTED);
        }
    }
}

/// The label of records that bear one name; none where they differ.
pub(super) fn label(found: &[Known]) -> Option<Label> {
    let one = |known: &Known| match known.record.kind {
        RecordKind::Person => Some(Label::Person),
        RecordKind::Organisation
        | RecordKind::Outlet
        | RecordKind::Party
        | RecordKind::ArmedGroup => Some(Label::Organisation),
        RecordKind::Country | RecordKind::Place => Some(Label::Place),
        RecordKind::Office | RecordKind::Rank | RecordKind::Honorific => None,
    };
    let label = one(found.first()?)?;
    found
        .iter()
        .all(|known| one(known) == Some(label))
        .then_some(label)
}

fn votes(mention: &Named) -> Votes {
    let none = 1.0 - mention.labels.iter().sum::<f32>();
    let share = |at: usize| {
        mention
            .labels
            .get(at)
            .copied()
            .unwrap_or(none)
            .max(LEAST)
            .ln()
    };
    std::array::from_fn(share)
}

/// "nsc" of "National Security Council".
fn initials(name: &str) -> Option<String> {
    let capitals: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    (capitals.chars().count() >= 2).then(|| fold(&capitals))
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
