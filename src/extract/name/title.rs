//! Titles and offices before a name: where they start and end.

use super::run::LONGEST;
use super::view::View;
use crate::lexicon::Traits;

/// The last word of a title that stands before a person's name.
pub(super) fn title_end(view: &View, start: usize, end: usize) -> Option<usize> {
    (start..end.saturating_sub(1)).rev().find(|&i| {
        let word = view.at(i);
        let surname = i > start
            && word.is(Traits::PERSON)
            && view.at(i - 1).is(Traits::GIVEN)
            && !view.at(i - 1).is(Traits::TITLE);
        let office = match view.at(i + 1).text {
            "of" => behind_office(view, i, end),
            _ => Some(i + 1),
        };
        word.is(Traits::TITLE)
            && !word.possessive
            && !surname
            && office.is_some_and(|from| {
                let formal = word.is(Traits::HONORIFIC.or(Traits::RANK));
                may_be_person(view, from, end) || formal && is_single_name(view, from, end)
            })
    })
}

/// "Mr. Podesta": behind a formal title any word is a name but one that could go on with the title.
fn is_single_name(view: &View, start: usize, end: usize) -> bool {
    let other = Traits::FUNCTION
        .or(Traits::COMMON)
        .or(Traits::TITLE)
        .or(Traits::HEAD)
        .or(Traits::MODIFIER)
        .or(Traits::KNOWN);
    start + 1 == end && !view.at(start).is(other) && !view.at(start).upper
}

/// Where the person starts behind "Secretary of State".
pub(super) fn behind_office(view: &View, office: usize, end: usize) -> Option<usize> {
    (office + 3..end).find(|&i| {
        let word = view.at(i);
        word.is(Traits::GIVEN) && i + 1 < end
            || i + 1 == end && (word.is(Traits::FAMILY) || word.unknown())
    })
}

fn may_be_person(view: &View, start: usize, end: usize) -> bool {
    let first = view.at(start);
    let last = view.before(end);
    if start >= end
        || first.is(Traits::FUNCTION.or(Traits::COMMON)) && !first.is(Traits::PERSON)
        || first.is(Traits::DEMONYM) && !first.is(Traits::GIVEN)
        || view.phrase(start).is_some()
    {
        return false;
    }
    if end - start == 1 {
        let plain =
            first.is(Traits::WORD.or(Traits::HEAD).or(Traits::BODY)) || first.is(Traits::TITLE);
        return !plain && (!first.upper || first.text.len() > 4) || first.is(Traits::PERSON);
    }
    let head = last.is(Traits::HEAD) && !last.is(Traits::FAMILY);
    let name = first.is(Traits::PERSON) || first.unknown() || first.initial();
    !head && name
}

/// Where the titles before a name start, those in lower case included: "former US senator" before "Jim Roe".
/// `seen`: a title stands already at `name`.
pub(super) fn title_start(view: &View, name: usize, mut seen: bool) -> usize {
    let mut start = name;
    while start > 0 && name - start < LONGEST {
        // "Secretary of State"
        if start >= 3
            && view.at(start - 1).capital
            && view.at(start - 2).text == "of"
            && view.at(start - 3).capital
            && view.at(start - 3).is(Traits::ROLE)
            && view.at(start - 1).is(Traits::WORD)
        {
            start -= 3;
            seen = true;
            continue;
        }
        let word = view.at(start - 1);
        let stop = Traits::FUNCTION.or(Traits::NUMBER);
        if !word.word || word.possessive || word.is(stop) {
            break;
        }
        let title = word.is(Traits::TITLE) || word.is(Traits::MODIFIER) && seen;
        let wide = seen
            && (word.capital && (word.is(Traits::KNOWN) || !word.starts)
                || word.is(Traits::GROUP)
                || is_adjective(word.text));
        seen |= word.is(Traits::TITLE);
        if !(title || wide) {
            break;
        }
        start -= 1;
    }
    if seen { start } else { name }
}

/// By its ending most likely an adjective.
pub(super) fn is_adjective(word: &str) -> bool {
    word.len() > 5
        && [
            "al", "ic", "ive", "ary", "ous", "ian", "based", "born", "led", "backed", "ist",
        ]
        .iter()
        .any(|ending| word.ends_with(ending))
}
