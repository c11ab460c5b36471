//! Faults in names: given names, roles and long forms that go, letters that change places.

use std::ops::Range;

use super::clean::{Clean, Edit, words};
use crate::analysis::{Entity, EntityMention, MentionForm};
use crate::extract::Label;
use crate::rules;

/// Words from which on a paragraph is more than a line.
const LONG: usize = 8;

/// Verbs before a name that are no part of a role.
const SAID: [&str; 6] = ["said", "says", "told", "added", "asked", "called"];

/// Takes the words of an acronym away: "World Trade Organization (WTO)" becomes "WTO".
pub(super) fn drop_long_form(clean: &Clean<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for paragraph in clean.body() {
        let text = &clean.text[paragraph.clone()];
        for (open, _) in text.match_indices('(') {
            let Some(length) = text[open + 1..].find(')') else {
                continue;
            };
            let acronym = &text[open + 1..open + 1 + length];
            let is_acronym =
                (3..=6).contains(&length) && acronym.bytes().all(|b| b.is_ascii_uppercase());
            if !is_acronym {
                continue;
            }
            let ahead = words(clean.text, paragraph.start..paragraph.start + open);
            let initials = acronym.chars().rev();
            let mut first = ahead.len();
            let fits = initials.clone().all(|initial| {
                // Small words between, as in "Bank of England", have no letter of their own.
                let found = ahead[..first].iter().rposition(|word| {
                    clean.text[word.clone()]
                        .chars()
                        .next()
                        .is_some_and(char::is_uppercase)
                });
                let Some(found) = found.filter(|found| first - found <= 3) else {
                    return false;
                };
                first = found;
                clean.text[ahead[found].clone()].starts_with(initial)
            });
            let start = match ahead.get(first) {
                Some(word) if fits => word.start,
                _ => continue,
            };
            let long = clean.text[start..paragraph.start + open].trim_end();
            // "the event organizer AROS": the noun before it tells.
            let described = clean.text[..start].trim_end().ends_with(char::is_lowercase)
                && !is_function(
                    clean.text[..start]
                        .trim_end()
                        .rsplit(' ')
                        .next()
                        .unwrap_or_default(),
                );
            if clean.text.matches(long).count() == 1 && !described {
                edits.push(Edit::new(
                    start..paragraph.start + open + length + 2,
                    acronym,
                ));
            }
        }
    }
    edits.extend(letters_only(clean));
    edits
}

/// "the California Air Resources Board" becomes "the CARB", where that is all the draft says of it.
fn letters_only(clean: &Clean<'_>) -> Vec<Edit> {
    const LETTERS: std::ops::RangeInclusive<usize> = 3..=5;
    let mut edits = Vec::new();
    for body in &clean.analysis.entities {
        let mut own = body
            .mentions
            .iter()
            .map(|&mention| &clean.analysis.mentions[mention]);
        let Some(first) = own.next().filter(|_| body.label == Label::Organisation) else {
            continue;
        };
        let place = clean.source(first.range);
        let name = &clean.text[place.clone()];
        let parts: Vec<&str> = name.split_whitespace().collect();
        let capitals = parts
            .iter()
            .filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
        let letters: String = capitals.filter_map(|word| word.chars().next()).collect();
        let plain = parts.iter().all(|word| {
            matches!(*word, "of" | "and" | "for" | "the")
                || word.chars().all(|c| c.is_ascii_alphabetic())
        });
        let single = parts
            .iter()
            .all(|word| word.chars().skip(1).all(|c| c.is_ascii_lowercase()));
        let behind = clean.text[place.end..].trim_start();
        let said = clean.text.matches(name).count() == 1 && !clean.text.contains(letters.as_str());
        let fits =
            LETTERS.contains(&letters.len()) && plain && single && said && own.next().is_none();
        if fits
            && clean.own_copy(first).is_some()
            && !clean.is_deck(&place)
            && clean.text[..place.start].ends_with(" the ")
            && !behind.starts_with(['(', ',', '’', '\''])
            && !behind.starts_with(char::is_uppercase)
            && !rules::is_familiar(&letters)
        {
            edits.push(Edit::new(place, letters));
        }
    }
    edits
}

fn is_function(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "the"
            | "a"
            | "an"
            | "of"
            | "by"
            | "to"
            | "with"
            | "and"
            | "for"
            | "in"
            | "at"
            | "from"
            | "on"
            | "as"
    )
}

/// Takes the given name away where a person is named first.
pub(super) fn drop_given_name(clean: &Clean<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (person, first) in people(clean) {
        let name = clean.source(first.range);
        let words = words(clean.text, name.clone());
        if first.form != MentionForm::Full || words.len() != 2 {
            continue;
        }
        // "King George III", and "S. Donald Sussman": no family name would be left, or another initial.
        let ahead = clean.text[..name.start].trim_end();
        let next = &clean.text[words[1].clone()];
        let numeral = next.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        let initials = next.ends_with('.')
            || next.len() == 1
            || is_initial(ahead.rsplit(' ').next().unwrap_or_default());
        // "Nell Carden Grey" keeps two names, "the Ruth Okafor Show" is none, and a signature introduces nobody.
        let behind = clean.text[name.end..].trim_start_matches([' ', '\u{a0}']);
        let longer = behind.starts_with(char::is_uppercase);
        let signature = ahead.ends_with(['―', '—']);
        let other = numeral || initials || longer || signature;
        if other || clean.is_deck(&name) || shares_family(clean, person) {
            continue;
        }
        // Some family names stand first.
        let own = person
            .mentions
            .iter()
            .map(|&mention| &clean.analysis.mentions[mention]);
        let mut surnames = own.filter(|mention| mention.form == MentionForm::Surname);
        let family = &clean.text[words[1].clone()];
        if surnames.all(|mention| &clean.text[clean.source(mention.range)] == family) {
            edits.push(Edit::new(name.start..words[1].start, ""));
        }
    }
    edits
}

fn is_initial(word: &str) -> bool {
    word.len() == 2 && word.ends_with('.')
}

/// Somebody else in the draft has the same family name: without a given name it is theirs.
fn shares_family(clean: &Clean<'_>, person: &Entity) -> bool {
    let family = |entity: &Entity| {
        entity
            .name
            .split_whitespace()
            .next_back()
            .map(str::to_owned)
    };
    let own = family(person);
    let bearers = clean.analysis.entities.iter();
    let bearers = bearers.filter(|entity| entity.label == Label::Person && family(entity) == own);
    bearers.count() > 1
}

/// Takes the role away from a person who is given one, once, and who speaks or is named more than in passing.
pub(super) fn drop_role(clean: &Clean<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (person, first) in people(clean) {
        if !matters(clean, person) {
            continue;
        }
        let [role] = person.roles.as_slice() else {
            continue;
        };
        let (name, role_at) = (clean.source(first.full_range()), clean.source(role.range));
        if role.paragraph != first.paragraph || first.form != MentionForm::Full {
            continue;
        }
        let name = match first.title.map(|title| clean.source(title)) {
            // The title is the role.
            Some(title) if role_at.start <= title.start && title.end <= role_at.end => {
                clean.source(first.range)
            }
            Some(_) => continue,
            None => name,
        };
        let text = clean.text;
        // Copy on an election says what its candidates are.
        if ["candidate", "nominee", "contender"]
            .iter()
            .any(|runs| role.text.contains(runs))
        {
            continue;
        }
        // "Mitch McConnell (R-Ky.)", "John McCain of Arizona": something is left that tells.
        let behind = &text[name.end..];
        if role_at.end < name.start || role_at.start < name.start {
            // "Okafor spokesman Tom Roe": a part of the role would be left.
            let ahead = text[..role_at.start].trim_end_matches(' ');
            let word = ahead.rsplit([' ', '\n']).next().unwrap_or_default();
            if word.ends_with(char::is_alphanumeric) && !is_function(word) && !SAID.contains(&word)
            {
                continue;
            }
        } else {
            let ahead = text[..name.start].trim_end();
            let word = ahead.rsplit([' ', '\n']).next().unwrap_or_default();
            let after = text[role_at.end..].trim_start_matches([',', ' ']);
            // "CNN’s Ruth Okafor", and a clause or a place behind what goes.
            let owned = word.ends_with("’s") || word.ends_with("'s") || word.ends_with(['”', '"']);
            let clause = ["who ", "whose ", "of ", "from "]
                .iter()
                .any(|more| after.starts_with(more));
            if owned || clause {
                continue;
            }
        }
        if role_at.end < name.start
            && [" (", " of ", ", "]
                .iter()
                .any(|more| behind.starts_with(more))
        {
            continue;
        }
        if role_at.end + 1 == name.start {
            edits.push(Edit::new(role_at.start..name.start, ""));
        } else if text[name.end..role_at.start.max(name.end)].trim() == "," {
            let end = role_at.end;
            match text[end..].chars().next() {
                Some(',') => edits.push(Edit::new(name.end..end + 1, "")),
                Some('.') => edits.push(Edit::new(name.end..end, "")),
                _ => {}
            }
        }
    }
    edits
}

/// Speaks, or is named three times or more: of others a name is enough.
fn matters(clean: &Clean<'_>, person: &Entity) -> bool {
    const OFTEN: usize = 3;
    let own = person
        .mentions
        .iter()
        .map(|&mention| &clean.analysis.mentions[mention]);
    let named = own.filter(|mention| {
        clean.own_copy(mention).is_some()
            && !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun)
    });
    let speaks = || {
        let mut speech = clean
            .analysis
            .attributions
            .iter()
            .filter_map(|known| known.entity);
        speech.any(|id| std::ptr::eq(clean.analysis.entity(id), person))
    };
    named.count() >= OFTEN || speaks()
}

/// People whom the story's own copy names first, each with that mention.
fn people<'a>(clean: &'a Clean<'_>) -> impl Iterator<Item = (&'a Entity, &'a EntityMention)> {
    let entities = clean.analysis.entities.iter();
    entities.filter_map(|entity| {
        let first = &clean.analysis.mentions[*entity.mentions.first()?];
        let person = entity.label == Label::Person && entity.named && entity.members.is_empty();
        let paragraph = clean.own_copy(first).filter(|_| person)?;
        // A line of its own is a credit or a caption.
        (words(clean.text, paragraph).len() > LONG).then_some((entity, first))
    })
}

/// Misspells one later mention of a name that the draft has three times or more.
pub(super) fn misspell(clean: &Clean<'_>) -> Vec<Edit> {
    const LETTERS: usize = 5;
    const MENTIONS: usize = 3;
    let mut edits = Vec::new();
    for (person, _) in people(clean) {
        let own = person
            .mentions
            .iter()
            .map(|&mention| &clean.analysis.mentions[mention]);
        let named: Vec<_> = own
            .filter(|mention| matches!(mention.form, MentionForm::Full | MentionForm::Surname))
            .filter(|mention| clean.own_copy(mention).is_some())
            .filter_map(|mention| words(clean.text, clean.source(mention.range)).pop())
            .collect();
        if named.len() < MENTIONS {
            continue;
        }
        let later = &named[named.len() / 2];
        let name = &clean.text[later.clone()];
        let others = named
            .iter()
            .filter(|word| &clean.text[Range::clone(word)] == name);
        if name.len() < LETTERS
            || !name.bytes().all(|b| b.is_ascii_alphabetic())
            || others.count() < MENTIONS
        {
            continue;
        }
        edits.extend(slip(name, edits.len()).map(|slip| Edit::new(later.clone(), slip)));
    }
    edits
}

/// A name with two inner letters swapped, one left out, or one doubled.
pub(super) fn slip(name: &str, turn: usize) -> Option<String> {
    let middle = name.len() / 2;
    let (a, b) = (&name[middle - 1..middle], &name[middle..middle + 1]);
    let (before, behind) = (&name[..middle - 1], &name[middle + 1..]);
    let slipped = match turn % 3 {
        0 => format!("{before}{b}{a}{behind}"),
        1 => format!("{before}{b}{behind}"),
        _ => format!("{before}{a}{a}{b}{behind}"),
    };
    (slipped != name).then_some(slipped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_differ_from_the_name() {
        assert_eq!(slip("Okafor", 0).as_deref(), Some("Okfaor"));
        assert_eq!(slip("Okafor", 1).as_deref(), Some("Okfor"));
        assert_eq!(slip("Okafor", 2).as_deref(), Some("Okaafor"));
        assert_eq!(slip("Aaaaa", 0), None);
    }
}
