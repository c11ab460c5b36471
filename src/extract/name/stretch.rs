//! Where in a paragraph names may stand at all.

use std::ops::Range;

use super::view::{View, Word};
use crate::lexicon::Traits;

/// The parts of a paragraph in which names may stand: capitalised words, what may stand between them, and words in
/// lower case that the lists know as names. Everything else names nobody.
pub(super) fn stretches(view: &View) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (at, word) in view.words.iter().enumerate() {
        if !word.capital && !is_known_in_lower_case(word) || is_idle_start(view, at) {
            continue;
        }
        let mut start = at;
        while start > 0
            && at - start < 3
            && (is_figure(view.at(start - 1).text) || view.at(start - 1).is(Traits::PARTICLE))
        {
            start -= 1;
        }
        let mut end = at + 1;
        if is_figure(view.at(end).text) {
            end += 1;
        }
        end = with_event(view, end);
        match stretches.last_mut() {
            Some(last) if start <= last.end || is_bridge(view, last.end..at) => last.end = end,
            _ => stretches.push(start..end),
        }
    }
    stretches
}

/// "The", "Meanwhile": an ordinary word that is capitalised for standing first, with no capital behind it.
fn is_idle_start(view: &View, at: usize) -> bool {
    let word = view.at(at);
    let name = Traits::KNOWN.or(Traits::PERSON);
    let ordinary = word.is(Traits::FUNCTION) || word.is(Traits::WORD) && !word.is(name);
    let next = view.at(at + 1);
    ordinary
        && word.starts
        && !word.upper
        && !view.headline
        && !next.capital
        && !is_figure(next.text)
        && !matches!(next.text, "of" | "&" | "-")
}

/// "1999 Okomo general election": where the name of an event ends that goes on in lower case.
fn with_event(view: &View, end: usize) -> usize {
    (end..end + 4)
        .take_while(|at| {
            let word = view.at(*at);
            word.word && !word.capital && !word.is(Traits::FUNCTION)
        })
        .find(|at| {
            matches!(
                view.at(*at).text,
                "election"
                    | "elections"
                    | "by-election"
                    | "referendum"
                    | "primary"
                    | "primaries"
                    | "summit"
                    | "campaign"
                    | "crisis"
            )
        })
        .map_or(end, |at| at + 1)
}

/// Between two capitalised words these may belong to a name.
fn is_bridge(view: &View, words: Range<usize>) -> bool {
    words.len() <= 3
        && words.clone().all(|at| {
            let word = view.at(at);
            word.is(Traits::PARTICLE)
                || is_figure(word.text)
                || matches!(
                    word.text,
                    "of" | "the"
                        | "for"
                        | "and"
                        | "in"
                        | "on"
                        | "at"
                        | "to"
                        | "a"
                        | "an"
                        | "with"
                        | "from"
                        | "by"
                        | "'s"
                        | "’s"
                        | "&"
                        | "-"
                        | "–"
                        | "/"
                        | "'"
                        | "’"
                        | "\""
                        | "“"
                        | "”"
                        | "."
                        | "!"
                        | "+"
                        | "de"
                        | "la"
                        | "du"
                        | "des"
                        | "und"
                        | "y"
                        | "e"
                )
        })
        || words.len() == 1
            && view.at(words.start).text == ","
            && (view.at(words.end).suffix()
                || matches!(
                    view.at(words.end).text.trim_end_matches('.'),
                    "Inc" | "Ltd" | "LLC"
                ))
}

pub(super) fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_known_in_lower_case(word: &Word) -> bool {
    let other = Traits::WORD
        .or(Traits::FUNCTION)
        .or(Traits::COMMON)
        .or(Traits::PARTICLE)
        .or(Traits::TITLE)
        .or(Traits::ROLES)
        .or(Traits::GROUP)
        .or(Traits::HEAD)
        .or(Traits::MODIFIER)
        .or(Traits::NUMBER);
    word.is(Traits::KNOWN.or(Traits::PERSON)) && !word.is(other) && word.text.len() > 3
}
