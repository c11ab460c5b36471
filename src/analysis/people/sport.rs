//! Teams in reports of matches: "Porto coach Jan Roe", "Norwich Athletic 3 Derby Albion 2".

use std::collections::HashSet;

use super::super::paragraph::Paragraph;
use super::person::fold;
use super::{Label, Named};
use crate::lexicon::{Names, Traits};

/// Distinct words of sport that make a draft a match report.
const SPORTING: usize = 3;

/// The draft reports a match.
pub(super) fn is_report(text: &str, paragraphs: &[Paragraph]) -> bool {
    let mut sporting = HashSet::new();
    for paragraph in paragraphs {
        let facts = &paragraph.facts;
        let words = facts.sporting.iter().filter_map(|at| facts.tokens.get(*at));
        sporting.extend(words.map(|token| &text[paragraph.at(token.stem)]));
        if sporting.len() >= SPORTING {
            return true;
        }
    }
    false
}

/// Labels as organisations the names that a match report shows to be teams, and the longer names that start with them.
pub(super) fn settle(text: &str, paragraphs: &[Paragraph], named: &mut [Named], names: &Names) {
    if !is_report(text, paragraphs) {
        return;
    }
    let mut teams: HashSet<String> = HashSet::new();
    for mention in named.iter().filter(|mention| mention.title.is_none()) {
        let national =
            names.traits(mention.text).any(Traits::COUNTRY) || names.full(mention.text).is_some();
        if !national && (has_player(text, mention) || has_score(text, mention)) {
            teams.insert(fold(mention.text));
        }
    }
    let keys: Vec<String> = named.iter().map(|mention| fold(mention.text)).collect();
    let long: HashSet<&str> = keys
        .iter()
        .filter_map(|key| Some(key.split_once(' ')?.0))
        .collect();
    for (mention, key) in named.iter_mut().zip(&keys) {
        let first = key.split(' ').next().unwrap_or_default();
        if mention.title.is_some()
            || mention.label == Label::Misc
            || !(teams.contains(key) || teams.contains(first))
        {
            continue;
        }
        // "Porto" of "Porto Mar" is a city, too: which of the two it is shows where it stands.
        match (key.contains(' '), long.contains(key.as_str())) {
            (true, _) => mention.label = Label::Organisation,
            (false, true) => mention.label = Label::Place,
            (false, false) if mention.label == Label::Person => mention.label = Label::Organisation,
            _ => {}
        }
    }
}

/// "Porto coach Jan Roe"
fn has_player(text: &str, mention: &Named) -> bool {
    let behind = &text[usize::from(mention.range.end())..];
    let mut words = behind.strip_prefix(' ').unwrap_or_default().split(' ');
    let noun = matches!(
        words.next(),
        Some(
            "coach"
                | "manager"
                | "captain"
                | "striker"
                | "midfielder"
                | "defender"
                | "goalkeeper"
                | "keeper"
                | "winger"
                | "forward"
                | "quarterback"
                | "pitcher"
        )
    );
    noun && words
        .next()
        .is_some_and(|word| word.starts_with(char::is_uppercase))
}

/// Stands in a line of nothing but names and goals: "Norwich Athletic 3 Derby Albion 2".
fn has_score(text: &str, mention: &Named) -> bool {
    let behind = &text[usize::from(mention.range.end())..];
    let scored = behind
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if !scored {
        return false;
    }
    let before = &text[..usize::from(mention.range.start())];
    // A line of scores is short.
    let start: String = before
        .chars()
        .rev()
        .take(80)
        .take_while(|c| *c != '\n')
        .collect();
    let end: String = behind.chars().take(80).take_while(|c| *c != '\n').collect();
    let start: String = start.chars().rev().collect();
    let line = format!("{start}{}{end}", mention.text);
    let is_goals = |word: &str| word.len() <= 3 && word.parse::<u16>().is_ok();
    let words = || line.split([' ', ',']).filter(|word| !word.is_empty());
    words().filter(|word| is_goals(word)).count() == 2
        && words().all(|word| is_goals(word) || word.starts_with(char::is_uppercase))
}
