//! Descriptions by office or function: where the noun phrase around a role noun starts and ends.

use std::ops::Range;

use super::Label;
use super::run::Found;
use super::title::is_adjective;
use super::view::View;
use crate::lexicon::{Class, Traits};

/// A description, in indices of tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Description {
    pub words: Range<usize>,
    pub head: usize,
    /// Index of the name that it describes.
    pub found: Option<usize>,
    pub plural: bool,
    pub indefinite: bool,
}

/// Words before a head, and words of a complement: longer phrases are clauses misread.
const REACH: usize = 12;

/// Finds all descriptions of a paragraph, in the order of their heads.
pub(super) fn descriptions(view: &View, found: &[Found]) -> Vec<Description> {
    let finder = Finder { view, found };
    let mut descriptions = Vec::new();
    let mut next = 0;
    let mut behind = 0;
    for at in 0..view.words.len() {
        while found.get(next).is_some_and(|name| name.words.end <= at) {
            next += 1;
        }
        if at < behind || found.get(next).is_some_and(|name| name.words.contains(&at)) {
            continue;
        }
        if let Some(description) = finder.description(at, next) {
            behind = description.head + 1;
            descriptions.push(description);
        }
    }
    descriptions
}

struct Finder<'v, 't> {
    view: &'v View<'t>,
    found: &'v [Found],
}

impl Finder<'_, '_> {
    /// The description whose head stands at `at`; `next` is the first name that ends behind it.
    fn description(&self, at: usize, next: usize) -> Option<Description> {
        let view = self.view;
        let word = view.at(at);
        let title = self
            .found
            .get(next)
            .and_then(|name| name.title.clone())
            .filter(|title| title.contains(&at));
        if let Some(title) = title {
            if at + 1 != title.end {
                return None;
            }
            let head = title
                .clone()
                .rev()
                .find(|i| view.at(*i).is(Traits::ROLE) && !view.at(*i).is(Traits::STYLE))
                .or_else(|| {
                    title
                        .clone()
                        .rev()
                        .find(|i| view.at(*i).is(Traits::STYLE.or(Traits::RANK)))
                })?;
            let start = self.start(title.start, title.start);
            return Some(self.finished(start..title.end, head, Some(next)));
        }
        let noun = Traits::ROLE.or(Traits::ROLES).or(Traits::GROUP);
        if !word.is(noun) || view.headline {
            return None;
        }
        // "police officer": the head is the last noun.
        let follows = view.at(at + 1);
        if !word.possessive && follows.is(noun) && !self.is_verb(at + 1) || self.is_modifier(at) {
            return None;
        }
        let start = self.start(at, at);
        let determined = start < at;
        let named = self
            .found
            .get(next)
            .filter(|name| {
                name.words.start == at + 1
                    && !word.possessive
                    && !word.is(Traits::ROLES.without(Traits::GROUP))
            })
            .map(|_| next);
        let start = match named.is_some() && !determined {
            true => self.noun_before(at),
            false => start,
        };
        if !determined && named.is_none() && !word.is(Traits::ROLES) && !self.is_apposition(at) {
            return None;
        }
        let end = match word.possessive {
            true => at + 1,
            false => self.complement(at + 1),
        };
        let mut description = self.finished(start..end, at, named);
        if description.found.is_none() {
            description.found = self.apposed(&description.words);
        }
        Some(description)
    }

    /// Where a phrase before a name starts that no determiner opens: "grocery chain", before the chain's name.
    fn noun_before(&self, head: usize) -> usize {
        let view = self.view;
        let mut at = head;
        while at > 0 && head - at < 2 {
            let word = view.at(at - 1);
            let noun = word.word
                && !word.capital
                && !word.possessive
                && view.class(at - 1) == Class::Other
                && !view.reports(at - 1)
                && word.is(Traits::WORD)
                && !word.is(Traits::FUNCTION.or(Traits::NUMBER).or(Traits::COMMON))
                && !matches!(
                    word.text,
                    "year" | "week" | "month" | "night" | "day" | "morning" | "season" | "time"
                );
            if !noun {
                break;
            }
            at -= 1;
        }
        at
    }

    fn finished(&self, words: Range<usize>, head: usize, found: Option<usize>) -> Description {
        let view = self.view;
        let first = view.at(words.start);
        let definite = first.possessive
            || matches!(view.class(words.start), Class::Possessive)
            || ["the", "this", "that", "these", "those", "both"]
                .iter()
                .any(|word| first.text.eq_ignore_ascii_case(word))
            || (words.start..head).any(|i| view.at(i).possessive);
        Description {
            plural: view.at(head).is(Traits::ROLES) && !view.at(head).is(Traits::ROLE),
            indefinite: !definite,
            words,
            head,
            found,
        }
    }

    /// Where the phrase before `head` starts; `from` is the first word known to belong to it.
    fn start(&self, from: usize, head: usize) -> usize {
        let view = self.view;
        // As far as a determiner, over anything that may be an adjective or a noun.
        let mut at = from;
        let mut sure = from;
        while at > 0 && head - at < REACH {
            let word = view.at(at - 1);
            if !word.word && word.text != "-" && !self.is_number(at - 1) {
                break;
            }
            match view.class(at - 1) {
                Class::Determiner | Class::Possessive => return self.before_determiner(at - 1),
                Class::Other | Class::Ing | Class::Verb | Class::Adverb => {}
                _ => break,
            }
            if word.possessive {
                return self.owner(at - 1);
            }
            let verb = matches!(view.class(at - 1), Class::Verb) && !is_participle(word.text)
                || view.reports(at - 1) && !is_participle(word.text);
            if verb {
                break;
            }
            at -= 1;
            if sure == at + 1 && self.modifies(at) {
                sure = at;
            }
        }
        sure
    }

    /// "three of the officials" is left alone; "all the officials" is not.
    fn before_determiner(&self, determiner: usize) -> usize {
        let before = self.view.before(determiner);
        match matches!(before.text, "all" | "both" | "All" | "Both") {
            true => determiner - 1,
            false => determiner,
        }
    }

    /// The start of a possessor: "Iran's", "the ministry's", "his".
    fn owner(&self, owner: usize) -> usize {
        let view = self.view;
        let mut start = owner;
        while start > 0 && owner - start < 6 {
            let word = view.at(start - 1);
            if !word.word || word.possessive {
                break;
            }
            match view.class(start - 1) {
                Class::Determiner | Class::Possessive => return start - 1,
                _ if word.capital && !word.starts => start -= 1,
                Class::Other
                    if !word.capital && !view.at(owner).capital && !view.reports(start - 1) =>
                {
                    start -= 1
                }
                _ => break,
            }
        }
        // Without a determiner only a name owns: "Iran's leader".
        match view.at(owner).capital {
            true => {
                let mut start = owner;
                while start > 0
                    && view.at(start - 1).capital
                    && !view.at(start - 1).possessive
                    && !view.at(start - 1).is(Traits::FUNCTION)
                {
                    start -= 1;
                }
                start
            }
            false => start.max(owner),
        }
    }

    /// A word that may stand before a head without a determiner.
    fn modifies(&self, at: usize) -> bool {
        let view = self.view;
        let word = view.at(at);
        let name = word.capital
            && !word.is(Traits::COMMON.or(Traits::FUNCTION))
            && (!word.starts || word.is(Traits::KNOWN));
        let adjective = Traits::MODIFIER
            .or(Traits::DEMONYM)
            .or(Traits::GROUP)
            .or(Traits::ROLE)
            .or(Traits::RANK)
            .or(Traits::NUMBER);
        // "South Korean", though the sentence starts with it.
        let phrase = view.phrase(at).is_some_and(|(end, _)| end > at + 1);
        name || phrase
            || word.is(adjective)
            || self.is_number(at)
            || is_adjective(word.text)
            || word.text.contains('-') && word.word
    }

    fn is_number(&self, at: usize) -> bool {
        self.view
            .at(at)
            .text
            .starts_with(|c: char| c.is_ascii_digit())
    }

    /// A role noun that stands before another noun: "a cabinet meeting".
    fn is_modifier(&self, at: usize) -> bool {
        let view = self.view;
        let next = view.at(at + 1);
        !view.at(at).possessive
            && !view.at(at).is(Traits::ROLES.without(Traits::GROUP))
            && next.word
            && !next.capital
            && matches!(view.class(at + 1), Class::Other | Class::Ing)
            && !view.reports(at + 1)
    }

    /// A noun that reads as a verb here: "officials press", "police guard".
    fn is_verb(&self, at: usize) -> bool {
        self.view.class(at) == Class::Verb || self.view.reports(at)
    }

    /// The end of the phrase behind its head: an "of", "for", "from" or "at" with its noun phrase.
    fn complement(&self, from: usize) -> usize {
        let view = self.view;
        let mut end = from;
        let mut at = from;
        while matches!(
            view.at(at).text,
            "of" | "for" | "from" | "at" | "to" | "in" | "with" | "on"
        ) && at - from < REACH
        {
            let first = at + 1;
            let loose = matches!(view.at(at).text, "to" | "in" | "with" | "on");
            let behind = self.phrase_end(first, from + REACH);
            if behind == first
                || loose && !view.at(first).capital && view.class(first) != Class::Determiner
            {
                break;
            }
            // Who spoke in a place or on a day is no part of the office.
            if loose
                && (view.class(first) == Class::Time
                    || matches!(view.at(at).text, "in" | "on" | "with") && end > from)
            {
                break;
            }
            end = behind;
            at = behind;
        }
        end
    }

    /// The end of the noun phrase that starts here.
    fn phrase_end(&self, start: usize, limit: usize) -> usize {
        let view = self.view;
        let mut at = start;
        while at < limit {
            let word = view.at(at);
            if !word.word && !self.is_number(at) {
                break;
            }
            let class = view.class(at);
            let inside = match class {
                Class::Determiner | Class::Possessive => at == start || view.before(at).possessive,
                Class::Other => true,
                Class::Conjunction => {
                    at > start
                        && word.text == "and"
                        && view.before(at).capital
                        && view.at(at + 1).capital
                }
                _ => word.capital && !word.starts && class != Class::Time,
            };
            if !inside || at > start && (view.reports(at) || self.is_beside(at)) {
                break;
            }
            at += 1;
        }
        // A determiner alone is no phrase: what stood behind it was not understood.
        let bare =
            at == start + 1 && matches!(view.class(start), Class::Determiner | Class::Possessive);
        if bare { start } else { at }
    }

    /// A person's name starts here, directly behind another name: "of the Refugee Council Ada Roe".
    fn is_beside(&self, at: usize) -> bool {
        let index = self.found.partition_point(|name| name.words.start < at);
        let ends = |name: &Found| name.words.end == at;
        let starts = |name: &Found| name.words.start == at && name.label == Label::Person;
        index > 0
            && self.found.get(index - 1).is_some_and(ends)
            && self.found.get(index).is_some_and(starts)
    }

    /// The name beside a description, parted from it by a comma: "Robert Malley, the US special envoy for Iran,".
    fn apposed(&self, words: &Range<usize>) -> Option<usize> {
        let view = self.view;
        let by_end = |end: usize| {
            let index = self.found.partition_point(|name| name.words.end < end);
            self.found
                .get(index)
                .filter(|name| name.words.end == end && !view.before(end).possessive)
                .map(|_| index)
        };
        let closes = matches!(
            view.at(words.end).text,
            "," | "." | "" | "–" | "—" | "-" | ")" | ";"
        );
        let opens = matches!(view.before(words.start).text, "," | "–" | "—" | "(");
        if opens && closes && words.start >= 2 {
            // "Ahmed, 45, a farmer from Idlib,"
            let aged = words.start >= 4
                && self.is_number(words.start - 2)
                && view.at(words.start - 3).text == ",";
            let end = if aged {
                words.start - 3
            } else {
                words.start - 1
            };
            if let Some(index) = by_end(end) {
                return Some(index);
            }
        }
        // "chief executive of the Refugee Council Ada Roe"
        if self.is_beside(words.end) {
            return Some(
                self.found
                    .partition_point(|name| name.words.start < words.end),
            );
        }
        // "The ministry's spokesman, Ali Bagheri,"
        if view.at(words.end).text == "," {
            let index = self
                .found
                .partition_point(|name| name.words.start <= words.end);
            let name = self.found.get(index)?;
            let begins = name
                .title
                .as_ref()
                .map_or(name.words.start, |title| title.start);
            let ends = matches!(view.at(name.words.end).text, "," | "." | ":" | "");
            let person = name.label == Label::Person;
            if begins == words.end + 1 && ends && person && !opens {
                return Some(index);
            }
        }
        None
    }

    /// A bare role noun counts in an apposition: "Jane Roe, mayor of Springfield".
    fn is_apposition(&self, head: usize) -> bool {
        let view = self.view;
        matches!(view.before(head).text, "," | "–" | "—")
            && (matches!(view.at(head + 1).text, "of" | "for" | "at" | "," | "in"))
    }
}

/// Participles that stand before a noun: "unnamed officials". A past tense in -ed before a noun is taken for one only
/// where a determiner stands before it.
fn is_participle(word: &str) -> bool {
    word.ends_with("ed") || word.ends_with("en") || word.ends_with("ing")
}
