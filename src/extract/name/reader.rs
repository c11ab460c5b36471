//! The names of a paragraph: the trained model's, with the titles that the rules find before them.

use std::ops::Range;

use super::Label;
use super::decode::{Decoder, LABELS, Reading};
use super::feature::Features;
use super::run::{self, Found};
use super::stretch::stretches;
use super::title::title_start;
use super::view::View;
use crate::lexicon::{NameModel, Traits};

/// A name is one by itself from this score on.
const SURE: f32 = 0.4;

/// A name that is less likely a person's is none even behind an office.
const UNLIKELY: f32 = 0.05;

/// Finds all names of a paragraph, in reading order.
pub(super) fn names(view: &View, model: &NameModel) -> Vec<Found> {
    if model.is_empty() {
        return run::names(view).into_iter().map(with_labels).collect();
    }
    let stretches = stretches(view);
    if stretches.is_empty() {
        return Vec::new();
    }
    let rules = run::names(view);
    let features = Features::new(view, &rules, &stretches, model);
    let mut decoder = Decoder::new(model);
    let mut readings = Vec::new();
    for stretch in stretches {
        decoder.read(stretch, &features, &mut readings);
    }
    let all = rules.as_slice();
    let mut rules = all;
    let mut found = Vec::with_capacity(readings.len());
    for reading in readings {
        while let Some((rule, rest)) = rules.split_first()
            && rule.words.end <= reading.words.start
        {
            rules = rest;
        }
        let name = named(view, reading, rules, &found);
        found.push(name);
    }
    with_rules(view, found, all)
}

/// Puts in what the rules know better: titles that make the words behind them a person, names with marks inside, and
/// known names where capitals prove nothing.
fn with_rules(view: &View, found: Vec<Found>, rules: &[Found]) -> Vec<Found> {
    let firm: Vec<&Found> = rules
        .iter()
        .filter(|rule| {
            is_titled(view, rule)
                || has_marks(view, rule)
                || has_initials(view, rule)
                || is_known(view, rule)
                || found
                    .get(found.partition_point(|name| name.words.end < rule.words.end))
                    .is_some_and(|name| is_cut_short(view, name, rule))
        })
        .collect();
    if firm.is_empty() {
        return found;
    }
    let mut merged = Vec::with_capacity(found.len() + firm.len());
    let mut firm = firm.into_iter().peekable();
    for name in found {
        while let Some(rule) = firm.next_if(|rule| rule.words.end <= name.words.start) {
            add(&mut merged, rule);
        }
        let clash = firm.peek().filter(|rule| rule.words.start < name.words.end);
        let gives_way = clash.is_some_and(|rule| {
            has_marks(view, rule)
                || is_known(view, rule) && name.score < SURE
                || is_cut_short(view, &name, rule)
                || name.label != Label::Person
                    && (is_titled(view, rule) || has_initials(view, rule))
        });
        match (clash, gives_way) {
            (None, _) => merged.push(name),
            (Some(_), true) => {}
            (Some(rule), false) => {
                // The model's own reading stands; a rule that goes on behind it is dropped with it.
                let end = rule.words.end.max(name.words.end);
                merged.push(name);
                while firm.next_if(|rule| rule.words.start < end).is_some() {}
            }
        }
    }
    for rule in firm {
        add(&mut merged, rule);
    }
    merged
}

fn add(merged: &mut Vec<Found>, rule: &Found) {
    while merged
        .last()
        .is_some_and(|last| last.words.end > rule.words.start)
    {
        merged.pop();
    }
    merged.push(with_labels(rule.clone()));
}

/// A person behind a title that nothing but a person follows.
fn is_titled(view: &View, rule: &Found) -> bool {
    let titles = Traits::HONORIFIC.or(Traits::STYLE).or(Traits::RANK);
    rule.label == Label::Person
        && rule.score >= 0.9
        && rule.title.as_ref().is_some_and(|title| {
            let last = view.before(title.end);
            last.capital && last.is(titles) && !last.is(Traits::PERSON)
        })
}

/// Jim “Red” Roe, Roe & Sons, Sammy Davis, Jr.
fn has_marks(view: &View, rule: &Found) -> bool {
    rule.words.len() > 2
        && rule
            .words
            .clone()
            .any(|at| matches!(view.at(at).text, "&" | "," | "“" | "\""))
}

/// J.K. Rowling
fn has_initials(view: &View, rule: &Found) -> bool {
    let first = view.at(rule.words.start);
    rule.label == Label::Person && rule.score >= 0.6 && first.initial() && first.text.contains('.')
}

/// A headline's known names.
fn is_known(view: &View, rule: &Found) -> bool {
    view.headline && rule.score >= 0.9 && rule.label != Label::Person
}

/// Parks Canada, of which only the country was found.
fn is_cut_short(view: &View, name: &Found, rule: &Found) -> bool {
    let listed = || {
        view.phrase(rule.words.start)
            .is_some_and(|(end, traits)| end == rule.words.end && traits.any(Traits::BODY))
    };
    name.label == Label::Place
        && rule.label == Label::Organisation
        && rule.words.start < name.words.start
        && rule.words.end == name.words.end
        && listed()
}

/// The rules are as sure of a label as of the name.
fn with_labels(mut found: Found) -> Found {
    let label = LABELS.iter().position(|label| *label == found.label);
    if let Some(share) = label.and_then(|label| found.labels.get_mut(label)) {
        *share = found.score;
    }
    found
}

/// A reading with its title. `rules` are the rules' names from there on, `before` the names before it.
fn named(view: &View, reading: Reading, rules: &[Found], before: &[Found]) -> Found {
    let Reading {
        mut words,
        mut label,
        mut labels,
    } = reading;
    // Corpora differ on whether a country that acts is a body; for a reader it is the country.
    if label == Label::Organisation && is_country(view, &words) {
        label = Label::Place;
        labels.swap(1, 2);
    }
    let same = rules
        .iter()
        .take_while(|rule| rule.words.start <= words.start)
        .find(|rule| rule.words == words);
    // "Treaty of Wexmouth": few treaties and prizes are in the corpora.
    if label == Label::Organisation
        && labels[1] < 0.8
        && same.is_some_and(|rule| rule.label == Label::Misc)
    {
        label = Label::Misc;
        labels.swap(1, 3);
    }
    let sum: f32 = labels.iter().sum();
    let best = labels.iter().copied().fold(0.0, f32::max);
    let score = match sum < 0.5 {
        true => best.min(SURE - 0.01),
        false => best.clamp(SURE, 0.99),
    };
    let mut title = None;
    let office = office_around(view, &words).filter(|_| labels[0] > UNLIKELY);
    if office.is_some() && label != Label::Person {
        labels.swap(0, label as usize);
        label = Label::Person;
    }
    if label == Label::Person {
        let titles = Traits::HONORIFIC.or(Traits::RANK).or(Traits::STYLE);
        while words.len() > 1
            && view.at(words.start).is(titles)
            && !view.at(words.start).is(Traits::GIVEN)
        {
            words.start += 1;
        }
        if let Some((_, name)) = office {
            words.start = name;
        }
        let rule = rules
            .iter()
            .take_while(|rule| rule.words.start <= words.start)
            .find(|rule| rule.words.start == words.start)
            .and_then(|rule| rule.title.clone());
        let start = match (office, rule) {
            (Some((office, _)), _) => title_start(view, office, true),
            (None, Some(title)) => title.start,
            (None, None) => title_before(view, words.start),
        };
        if start + 1 < words.start && is_given_behind_title(view, words.start - 1) {
            words.start -= 1;
        }
        // "Iranian President": other names may stand in a title, but it neither cuts one nor holds a person.
        let whole = before
            .iter()
            .rev()
            .take_while(|name| name.words.end > start)
            .all(|name| {
                name.words.start >= start && (name.label != Label::Person || name.score < SURE)
            });
        title = (start < words.start && whole).then_some(start..words.start);
    }
    Found {
        words,
        title,
        label,
        score,
        labels,
    }
}

/// "Speaker of the House Ann Lee", of which the model read "House Ann Lee": where the office starts, and the person.
fn office_around(view: &View, words: &Range<usize>) -> Option<(usize, usize)> {
    let mut before = words.start.checked_sub(1)?;
    if view.at(before).text == "the" {
        before = before.checked_sub(1)?;
    }
    let office = before.checked_sub(1)?;
    let head = view.at(office);
    if !matches!(view.at(before).text, "of" | "to" | "for")
        || !head.capital
        || !head.is(Traits::TITLE)
    {
        return None;
    }
    let first = view.at(words.start);
    let name = match view.phrase(words.start) {
        Some((end, _)) => end,
        None if first.is(Traits::WORD.or(Traits::KNOWN).or(Traits::HEAD)) => words.start + 1,
        None => return None,
    };
    let given = view.at(name);
    let other = Traits::KNOWN
        .or(Traits::HEAD)
        .or(Traits::COMMON)
        .or(Traits::FUNCTION);
    let person = !first.is(Traits::GIVEN) && (given.is(Traits::GIVEN) || !given.is(other));
    let head = view.before(words.end).is(Traits::HEAD.or(Traits::KNOWN))
        && !view.before(words.end).is(Traits::FAMILY);
    (person && !head && name + 2 <= words.end).then_some((office, name))
}

/// "Gov. Earl Lee": behind a short title, "Earl" is a given name.
fn is_given_behind_title(view: &View, at: usize) -> bool {
    let (word, title) = (view.at(at), view.before(at));
    word.is(Traits::HONORIFIC)
        && word.is(Traits::MALE)
        && title.is(Traits::HONORIFIC.or(Traits::RANK))
        && title.text.trim_end_matches('.').len() <= 4
}

fn is_country(view: &View, words: &Range<usize>) -> bool {
    let traits = match words.len() {
        1 => view.at(words.start).traits,
        _ => match view.phrase(words.start) {
            Some((end, traits)) if end == words.end => traits,
            _ => return false,
        },
    };
    traits.any(Traits::COUNTRY) && !traits.any(Traits::TEAM.or(Traits::BODY))
}

/// Where the titles directly before a name start; the name's own start without any.
fn title_before(view: &View, name: usize) -> usize {
    let mut core = name;
    let mut titled = false;
    while core > 0 {
        let word = view.at(core - 1);
        if !word.is(Traits::TITLE.or(Traits::MODIFIER)) || word.possessive || !word.capital {
            break;
        }
        titled |= word.is(Traits::TITLE);
        core -= 1;
    }
    match titled {
        true => title_start(view, core, true),
        false => title_start(view, name, false),
    }
}

/// The words of a stretch that the trainer learns from, each with its features.
#[cfg(feature = "dev")]
pub(super) fn samples(view: &View, model: &NameModel) -> Vec<super::Sample> {
    use super::feature::{Kind, Sink};

    #[derive(Default)]
    struct Collected(Vec<(Kind, u32, u32)>);

    impl Sink for Collected {
        fn push(&mut self, kind: Kind, template: u32, hash: u32) {
            self.0.push((kind, template, hash));
        }
    }

    let rules = run::names(view);
    let stretches = stretches(view);
    let features = Features::new(view, &rules, &stretches, model);
    stretches
        .into_iter()
        .map(|stretch| {
            let tokens = stretch
                .clone()
                .map(|at| {
                    let mut collected = Collected::default();
                    features.read(at, &mut collected);
                    collected.0
                })
                .collect();
            (stretch, tokens)
        })
        .collect()
}
