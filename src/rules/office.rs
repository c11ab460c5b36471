//! The offices of people whom the newsroom knows.

use crate::analysis::Analysis;
use crate::knowledge::{Date, Known, NameKind, RecordKind, Tenure};

/// The office before a name, as copy writes it: "Russian President". None where nobody or more than one bears the name,
/// and where they hold none on the day of the story.
pub fn of(analysis: &Analysis, name: &str) -> Option<String> {
    let known = person(analysis, name)?;
    let date = story_date(analysis);
    let held = known.record.roles.iter().find(|role| is_held(role, date))?;
    let title = capitals(&held.title);
    if held.of.is_empty() {
        return Some(title);
    }
    let found = analysis.knowledge.find(&held.of);
    let country = found
        .iter()
        .find(|known| known.record.kind == RecordKind::Country)?;
    let mut names = country.record.names.iter();
    let demonym = names.find(|name| name.kind == NameKind::Demonym)?;
    Some(format!("{} {title}", demonym.text))
}

/// The only person who bears a name.
pub(super) fn person<'a>(analysis: &'a Analysis, name: &str) -> Option<Known<'a>> {
    let mut people = analysis.knowledge.find(name);
    people.retain(|known| known.record.kind == RecordKind::Person);
    let only = people.len() == 1;
    people.pop().filter(|_| only)
}

/// The day of the story, where the draft has one.
pub(super) fn story_date(analysis: &Analysis) -> Option<Date> {
    Date::parse(analysis.prose.date()?)
}

/// Whether an office is held on a day; without a day, whether it is held still.
pub(super) fn is_held(role: &Tenure, date: Option<Date>) -> bool {
    match date {
        None => role.until.is_none(),
        Some(date) => {
            role.from.is_none_or(|from| from <= date)
                && role.until.is_none_or(|until| until >= date)
        }
    }
}

fn capitals(title: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        match chars.next() {
            Some(first) if !matches!(word, "of" | "and" | "the" | "for") => {
                first.to_uppercase().chain(chars).collect()
            }
            _ => word.to_owned(),
        }
    };
    let words: Vec<String> = title.split_whitespace().map(word).collect();
    words.join(" ")
}
