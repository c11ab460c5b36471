//! One person or two.

use text_size::TextSize;

use super::Choice;
use crate::analysis::{Analysis, EntityId, MentionForm, key};
use crate::extract::Label;
use crate::features::cursor::entity_at;
use crate::features::reason::plain;
use crate::knowledge::fold;
use crate::newsroom::{Decision, Notes};

/// Others that are offered.
const OFFERED: usize = 4;

/// Letters from which on a word that two names share says something.
const TELLING: usize = 3;

/// At the name of a person: that another name is theirs too, that one of theirs is another's, and the way back.
pub(super) fn choices(analysis: &Analysis, notes: &Notes, offset: TextSize) -> Vec<Choice> {
    let Some((_, id)) = entity_at(analysis, offset) else {
        return Vec::new();
    };
    let entity = analysis.entity(id);
    if entity.label != Label::Person || !entity.named || !entity.members.is_empty() {
        return Vec::new();
    }
    let own = names(analysis, id);
    let Some(name) = own.first().cloned() else {
        return Vec::new();
    };
    let undo = notes.decisions().filter(|decision| match decision {
        Decision::OnePerson { names } | Decision::TwoPeople { names } => {
            names.iter().any(|name| own.contains(name))
        }
        _ => false,
    });
    let undo: Vec<Choice> = undo
        .filter_map(|decision| {
            Some(Choice {
                title: format!("Undo: {}", words(decision)?),
                decisions: vec![(decision.clone(), true)],
                finding: None,
            })
        })
        .collect();
    let one = others(analysis, id).into_iter().filter_map(|other| {
        let other = names(analysis, other).into_iter().next()?;
        Some(Decision::OnePerson {
            names: [name.clone(), other],
        })
    });
    let two = own
        .iter()
        .skip(1)
        .take(OFFERED)
        .map(|other| Decision::TwoPeople {
            names: [name.clone(), other.clone()],
        });
    let new = one.chain(two).filter_map(|decision| {
        Some(Choice {
            title: words(&decision)?,
            decisions: vec![(decision, false)],
            finding: None,
        })
    });
    new.chain(undo).collect()
}

fn words(decision: &Decision) -> Option<String> {
    match decision {
        Decision::OnePerson {
            names: [one, other],
        } => Some(format!("{one} and {other} are one person")),
        Decision::TwoPeople {
            names: [one, other],
        } => Some(format!("{one} and {other} are two people")),
        _ => None,
    }
}

/// The names of somebody as the draft writes them, the fullest first.
fn names(analysis: &Analysis, id: EntityId) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let by_name = analysis
        .mentions_of(id)
        .filter(|mention| !matches!(mention.form, MentionForm::Pronoun | MentionForm::Role));
    for mention in by_name {
        let name = key(analysis.text(mention.range));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let full = key(&plain(&analysis.entity(id).name));
    names.sort_by_key(|name| *name != full);
    names
}

/// Other people whose name shares a word with somebody's, or is almost the same.
fn others(analysis: &Analysis, id: EntityId) -> Vec<EntityId> {
    let own = fold(&analysis.entity(id).name);
    let near = (0u32..).zip(&analysis.entities).filter(|(other, entity)| {
        *other != id.0
            && entity.label == Label::Person
            && entity.named
            && entity.members.is_empty()
            && alike(&own, &fold(&entity.name))
    });
    near.take(OFFERED)
        .map(|(other, _)| EntityId(other))
        .collect()
}

fn alike(one: &str, other: &str) -> bool {
    let shared = |word: &str| {
        word.chars().count() >= TELLING
            && other
                .split(' ')
                .any(|own| own == word || one_slip(own, word))
    };
    one.split(' ').any(shared)
}

/// Two words are one but for a letter or two in their middle or at their end.
fn one_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let head = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev());
    let tail = tail.take_while(|(a, b)| a == b).count();
    let rest = one.len().max(other.len()) - tail;
    head + tail > 3 && rest <= 2
}
