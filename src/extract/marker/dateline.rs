//! A date, or a place and a date, alone.

use super::line::Line;
use crate::lexicon::{Abbreviation, Lexicon};

const MOST_TOKENS: usize = 18;
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const LABELS: [&str; 11] = [
    "updated",
    "published",
    "posted",
    "modified",
    "last",
    "first",
    "originally",
    "edited",
    "filed",
    "update",
    "date",
];
const CLOCK: [&str; 12] = [
    "am", "pm", "a.m.", "p.m.", "gmt", "utc", "et", "est", "edt", "bst", "cet", "cest",
];
const JOINING: [&str; 12] = [
    "at", "on", "of", "the", "hours", "hour", "minutes", "mins", "min", "ago", "local", "time",
];

const MARKS: [&str; 11] = [",", ".", ":", "|", "-", "–", "—", "--", "(", ")", "/"];

/// What a word is in a date line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Number,
    Time,
    /// "03/05/2022"
    Date,
    Month,
    Day,
    /// "Updated"
    Label,
    /// "GMT"
    Clock,
    Joining,
}

/// The paragraph is a date line.
pub(super) fn is_dateline(line: &Line) -> bool {
    let length = line.tokens.len();
    if !(1..=MOST_TOKENS).contains(&length) {
        return false;
    }
    let place = place_end(line);
    let from = place + usize::from(line.word(place) == ",");
    let Some(parts) = (from..length)
        .map(|i| part(line, i))
        .collect::<Option<Vec<_>>>()
    else {
        return false;
    };
    let has = |part: Part| parts.contains(&part);
    let dated = has(Part::Date) || has(Part::Month) && has(Part::Number);
    if place > 0 {
        return dated;
    }
    let timed = has(Part::Time) || has(Part::Number) && has(Part::Clock);
    dated
        || has(Part::Label) && (timed || has(Part::Number))
        || timed && (has(Part::Clock) || has(Part::Day))
}

fn part(line: &Line, index: usize) -> Option<Part> {
    let word = line.plain(index);
    if line.is_number(index) {
        return Some(match word {
            _ if word.matches(['/', '.', '-']).count() == 2 => Part::Date,
            _ if word.contains(':') || word.ends_with('m') => Part::Time,
            _ => Part::Number,
        });
    }
    let word = word.as_ref();
    match Lexicon::get()
        .abbreviations
        .class(word.trim_end_matches('.'))
    {
        _ if MONTHS.contains(&word) => return Some(Part::Month),
        _ if DAYS.contains(&word) => return Some(Part::Day),
        Some(Abbreviation::Month | Abbreviation::Doubt) => {
            let day = DAYS
                .iter()
                .any(|day| day.starts_with(word.trim_end_matches('.')));
            return Some(if day { Part::Day } else { Part::Month });
        }
        _ => {}
    }
    if LABELS.contains(&word) {
        return Some(Part::Label);
    }
    if CLOCK.contains(&word) {
        return Some(Part::Clock);
    }
    let joins = JOINING.contains(&word) || MARKS.contains(&word);
    joins.then_some(Part::Joining)
}

/// The end of a place at the start: capitals, commas between them, a comma behind ("TEHRAN, Iran, July 19").
fn place_end(line: &Line) -> usize {
    let mut end = 0;
    let mut index = 0;
    while index < 7 && line.is_capital(index) && part(line, index).is_none() {
        index += 1;
        if line.word(index) == "," {
            end = index;
            index += 1;
        }
    }
    end
}
