//! Names out of runs of capitalised words: where each starts and ends, and what it may name.

use std::ops::Range;

use super::Label;
use super::place::is_place;
use super::title::{behind_office, title_end, title_start};
use super::view::View;
use crate::lexicon::{Class, Traits};

/// A name and its titles, in indices of tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub words: Range<usize>,
    pub title: Option<Range<usize>>,
    pub label: Label,
    pub score: f32,
    /// How likely each label is, as far as the trained model can tell.
    pub labels: [f32; 4],
}

/// No name has more words; a longer run of capitals is a headline or a list.
pub(super) const LONGEST: usize = 10;

/// The score of what is a name only if the rest of the draft says so.
const DOUBTFUL: f32 = 0.3;

/// Finds all names of a paragraph, in reading order.
pub(super) fn names(view: &View) -> Vec<Found> {
    let mut finder = Finder {
        view,
        found: Vec::new(),
    };
    let mut at = 0;
    while at < view.words.len() {
        at = match view.at(at).capital {
            true => finder.run(at),
            false => at + 1,
        };
    }
    finder.found
}

struct Finder<'v, 't> {
    view: &'v View<'t>,
    found: Vec<Found>,
}

impl Finder<'_, '_> {
    /// Takes the run that starts here; returns the index behind it.
    fn run(&mut self, start: usize) -> usize {
        let view = self.view;
        if view.phrase(start).is_none()
            && view.at(start).is(Traits::FUNCTION)
            && !(view.at(start).is(Traits::PERSON) && self.is_family(start + 1))
        {
            return start + 1;
        }
        let end = self.run_end(start);
        self.segment(start, end).max(start + 1)
    }

    /// The index behind the words that follow one another as capitals, particles between them included.
    fn run_end(&self, start: usize) -> usize {
        let view = self.view;
        let mut end = view.phrase(start).map_or(start + 1, |(end, _)| end);
        while end - start < LONGEST {
            let last = view.before(end);
            let next = view.at(end);
            if last.possessive && !self.joins_possessive(end) {
                break;
            }
            if next.capital {
                if let Some((behind, _)) = view.phrase(end) {
                    end = behind;
                    continue;
                }
                if next.is(Traits::COMMON.or(Traits::FUNCTION)) && !next.is(Traits::PERSON) {
                    break;
                }
                end += 1;
                continue;
            }
            let Some(behind) = self.bridge(start, end) else {
                break;
            };
            end = behind;
        }
        end
    }

    fn is_family(&self, at: usize) -> bool {
        let word = self.view.at(at);
        word.capital && (word.is(Traits::FAMILY) || word.unknown())
    }

    /// "People's Protection Units": the possessive belongs to the name.
    fn joins_possessive(&self, end: usize) -> bool {
        let view = self.view;
        let owner = view.before(end);
        let plural = owner.is(Traits::ROLES)
            || matches!(
                owner.text,
                "People" | "Women" | "Children" | "Men" | "Workers" | "Farmers" | "Teachers"
            );
        plural
            && (end..end + 4)
                .take_while(|i| view.at(*i).capital)
                .any(|i| view.at(i).is(Traits::BODY_HEAD))
    }

    /// What may stand between capitals: particles, a nickname in marks, "of" behind an office.
    fn bridge(&self, start: usize, end: usize) -> Option<usize> {
        let view = self.view;
        let last = view.before(end);
        let person = !last.is(Traits::COMMON.or(Traits::FUNCTION).or(Traits::HEAD))
            && (!last.is(Traits::KNOWN.or(Traits::WORD)) || last.is(Traits::PERSON));
        let mut behind = end;
        while behind < end + 3 && !view.at(behind).capital && view.at(behind).is(Traits::PARTICLE) {
            behind += 1;
        }
        let next = view.at(behind);
        if behind > end
            && person
            && next.capital
            && !next.is(Traits::COMMON.or(Traits::FUNCTION).or(Traits::DEMONYM))
        {
            return Some(behind + 1);
        }
        let article = usize::from(view.at(end + 1).text == "the");
        if last.is(Traits::ROLE) && view.at(end).text == "of" && view.at(end + 1 + article).capital
        {
            return Some(end + 1 + article);
        }
        if view.at(end).text == "&" && view.at(end + 1).capital {
            return Some(end + 2);
        }
        self.nickname(start, end)
    }

    /// Jim “Red” Roe
    fn nickname(&self, start: usize, end: usize) -> Option<usize> {
        let view = self.view;
        if !matches!(view.at(end).text, "“" | "\"" | "‘" | "'" | "(")
            || !(start..end).any(|i| view.at(i).is(Traits::GIVEN))
        {
            return None;
        }
        let close = (end + 2..end + 4)
            .find(|i| matches!(view.at(*i).text, "”" | "\"" | "’" | "'" | ")"))?;
        let inside = (end + 1..close).all(|i| view.at(i).capital && !view.at(i).upper);
        let behind = view.at(close + 1);
        let family = behind.capital && (behind.is(Traits::FAMILY) || behind.unknown());
        (inside && family).then_some(close + 2)
    }

    /// Splits a run into names; returns the index behind the last word used, which may lie behind the run where a name
    /// goes on in lower case ("Ministry of Foreign Affairs").
    fn segment(&mut self, start: usize, end: usize) -> usize {
        if start >= end {
            return end;
        }
        let view = self.view;
        if let Some((behind, traits)) = view.phrase(start)
            && behind >= end
            && !view.at(end.wrapping_sub(1)).is(Traits::TITLE)
        {
            let behind = match view.before(behind).is(Traits::HEAD) {
                true => self.goes_on(behind - 1, behind),
                false => behind,
            };
            self.known(start..behind, traits);
            return behind;
        }
        if let Some(title) = title_end(view, start, end) {
            return self.titled(start, title, end);
        }
        if (start..end).any(|i| view.at(i).text == "&") {
            self.push(start..end, Label::Organisation, 0.7);
            return end;
        }
        if let Some((from, head)) = self.head(start, end) {
            let behind = self.goes_on(head, end);
            self.pieces(start, from);
            self.headed(from..behind, head);
            return match behind >= end {
                true => behind,
                false => self.segment(behind, end),
            };
        }
        self.pieces(start, end)
    }

    /// Takes "Turkish President Recep Tayyip Erdogan"; `title` is the last word of the title.
    fn titled(&mut self, start: usize, title: usize, end: usize) -> usize {
        let view = self.view;
        let name = match view.at(title + 1).text {
            "of" => behind_office(view, title, end).unwrap_or(title + 1),
            _ => title + 1,
        };
        let in_title = Traits::TITLE.or(Traits::MODIFIER);
        let mut core = title;
        while core > start && view.at(core - 1).is(in_title) && !view.at(core - 1).is(Traits::BODY)
        {
            core -= 1;
        }
        let mut from = start;
        // Yesterday President …
        while from < core
            && view.at(from).starts
            && view.class(from) != Class::Other
            && !view.at(from).is(Traits::KNOWN)
            && view.phrase(from).is_none()
        {
            from += 1;
        }
        if from < core {
            self.segment(from, core);
        }
        let behind = self.person_end(name, end).unwrap_or(name + 1);
        let from = title_start(view, from, true);
        self.found.push(Found {
            words: name..behind,
            title: Some(from..name),
            label: Label::Person,
            score: 0.95,
            labels: [0.0; 4],
        });
        self.segment(behind, end).max(behind)
    }

    /// A name by its last word: where it starts and where that word stands.
    fn head(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let view = self.view;
        let head = (start..end).rev().find(|&i| {
            let word = view.at(i);
            word.is(Traits::HEAD)
                && view.phrase(i).is_none()
                && (i > start || matches!(view.at(i + 1).text, "of" | "for"))
                && !(i > start && word.is(Traits::FAMILY) && view.at(i - 1).is(Traits::GIVEN))
                && (!word.is(Traits::PERSON) || word.is(Traits::WORD))
        })?;
        if head == start {
            let of = self.goes_on(head, end) > head + 1;
            return of.then_some((start, head));
        }
        let mut from = start;
        let known = Traits::KNOWN
            .or(Traits::MODIFIER)
            .or(Traits::ROLES)
            .or(Traits::HEAD);
        // A sentence may start with any word: "Yesterday Acme Corp."
        if head - start > 1
            && view.at(start).starts
            && view.class(start) != Class::Other
            && !view.at(start).is(known)
        {
            from += 1;
        }
        if view.headline && (from..head).all(|i| view.at(i).is(Traits::WORD)) {
            return None;
        }
        let form = matches!(
            view.at(head).text.trim_end_matches('.'),
            "Inc" | "Corp" | "Ltd" | "plc" | "PLC" | "LLC" | "LLP" | "Co" | "AG" | "GmbH"
        );
        let alone =
            !form && head - from == 1 && view.at(from).starts && view.at(from).is(Traits::WORD);
        (!alone || view.at(from).is(known)).then_some((from, head))
    }

    /// The index behind a name whose head is at `head`, with its "of" or "for" and what follows.
    fn goes_on(&self, head: usize, end: usize) -> usize {
        let view = self.view;
        let mut behind = head + 1;
        let word = view.at(head);
        if word.possessive || behind < end && view.at(behind).capital {
            return behind;
        }
        while matches!(view.at(behind).text, "of" | "for" | "on" | "and" | "&")
            && behind - head < LONGEST
        {
            let joins = view.at(behind).text;
            let mut next = behind + 1;
            if joins != "and" && view.at(next).text == "the" {
                next += 1;
            }
            let first = view.at(next);
            let fits = match joins {
                "and" => {
                    behind > head + 1
                        && !first.is(Traits::KNOWN.or(Traits::PERSON))
                        && view.phrase(next).is_none()
                }
                "on" => word.is(Traits::BODY_HEAD) && !first.is(Traits::COMMON),
                "for" => word.is(Traits::BODY_HEAD.or(Traits::EVENT_HEAD)),
                _ => true,
            };
            if !first.capital || !fits || first.is(Traits::COMMON.or(Traits::FUNCTION)) {
                break;
            }
            while view.at(next).capital
                && !view.before(next).possessive
                && !view.at(next).is(Traits::COMMON)
                && next - head < LONGEST
            {
                next += 1;
            }
            behind = next;
            if view.before(behind).possessive {
                break;
            }
        }
        behind
    }

    fn headed(&mut self, words: Range<usize>, head: usize) {
        let word = self.view.at(head);
        let label = match () {
            () if word.is(Traits::BODY_HEAD) => Label::Organisation,
            () if word.is(Traits::PLACE_HEAD) => Label::Place,
            () => Label::Misc,
        };
        self.push(words, label, 0.75);
    }

    fn known(&mut self, words: Range<usize>, traits: Traits) {
        let label = match () {
            () if traits.any(Traits::PLACE) => Label::Place,
            () if traits.any(Traits::BODY.or(Traits::OUTLET)) => Label::Organisation,
            () => Label::Misc,
        };
        self.push(words, label, 0.9);
    }

    fn push(&mut self, words: Range<usize>, label: Label, score: f32) {
        if words.is_empty() {
            return;
        }
        self.found.push(Found {
            words,
            title: None,
            label,
            score,
            labels: [0.0; 4],
        });
    }

    /// Names without title or head, from left to right.
    fn pieces(&mut self, start: usize, end: usize) -> usize {
        let view = self.view;
        let mut at = start;
        while at < end {
            if let Some((behind, traits)) = view.phrase(at) {
                self.known(at..behind, traits);
                at = behind;
            } else if let Some(behind) = self.person_end(at, end) {
                self.person(at..behind);
                at = behind;
            } else {
                self.single(at, end - start == 1);
                at += 1;
            }
        }
        at
    }

    fn person(&mut self, words: Range<usize>) {
        let view = self.view;
        let first = view.at(words.start);
        let last = view.before(words.end);
        let score = match () {
            () if first.is(Traits::GIVEN) && last.is(Traits::FAMILY) => 0.95,
            () if first.is(Traits::PERSON) || last.is(Traits::FAMILY) => 0.8,
            () => 0.6,
        };
        if score < 0.9 && is_place(view, &words) {
            return self.push(words, Label::Place, 0.6);
        }
        let title = title_start(view, words.start, false);
        self.found.push(Found {
            title: (title < words.start).then_some(title..words.start),
            words,
            label: Label::Person,
            score,
            labels: [0.0; 4],
        });
    }

    /// The index behind a person's name of two words or more.
    fn person_end(&self, start: usize, end: usize) -> Option<usize> {
        let view = self.view;
        let first = view.at(start);
        let given = first.is(Traits::GIVEN) || first.initial();
        let known = first.is(Traits::KNOWN.or(Traits::COMMON).or(Traits::FUNCTION));
        if !first.capital {
            return None;
        }
        let next = view.at(start + 1);
        let namesake = given
            && (next.is(Traits::FAMILY)
                || next.initial()
                || first.is(Traits::EVENT) && next.is(Traits::PERSON));
        if known && !namesake {
            return None;
        }
        // "De Blasio" at the start of a sentence.
        let particle = matches!(
            first.text,
            "De" | "Van" | "Von" | "Bin" | "Di" | "Du" | "Da" | "Del" | "Le" | "Ter"
        );
        if particle && next.capital && (next.is(Traits::FAMILY) || next.unknown()) {
            return Some(start + 2);
        }
        if !given && !first.is(Traits::FAMILY) && (!first.unknown() || first.upper) {
            return None;
        }
        if first.starts && first.is(Traits::WORD) && !given {
            return None;
        }
        let mut behind = start + 1;
        while behind < end && behind - start < 6 && !view.before(behind).possessive {
            let word = view.at(behind);
            if let Some(close) = self.nickname(start, behind) {
                behind = close;
                continue;
            }
            let particle = !word.capital && word.word;
            let last = behind + 1 == end
                && given
                && word.is(Traits::WORD)
                && !word.is(Traits::KNOWN
                    .or(Traits::COMMON)
                    .or(Traits::HEAD)
                    .or(Traits::ROLES));
            // "F. W. De Klerk", "Habib BOURGUIBA"
            let noble = word.is(Traits::PARTICLE) && self.is_family(behind + 1);
            let loud = given && word.unknown() && word.text.len() > 4;
            let part = word.is(Traits::PERSON)
                && (given || !word.is(Traits::KNOWN))
                && view.phrase(behind).is_none();
            if !(particle
                || part
                || word.initial()
                || word.suffix()
                || last
                || noble && behind + 1 < end
                || loud
                || word.unknown() && !word.upper)
            {
                break;
            }
            behind += 1;
        }
        while behind > start + 1 && (!view.before(behind).capital) {
            behind -= 1;
        }
        let count = behind - start;
        if count == 1 {
            return None;
        }
        let doubtful = view.headline && !(given && view.before(behind).is(Traits::FAMILY));
        let strange =
            !given && (start..behind).all(|i| !view.at(i).is(Traits::PERSON)) && count > 4;
        (!doubtful && !strange).then_some(self.with_suffix(behind))
    }

    /// "John Smith, Jr."
    fn with_suffix(&self, behind: usize) -> usize {
        let view = self.view;
        match view.at(behind).text == ","
            && view.at(behind + 1).suffix()
            && view.at(behind + 1).text.starts_with(['J', 'S'])
        {
            true => behind + 2,
            false => behind,
        }
    }

    /// One word by itself.
    fn single(&mut self, at: usize, alone: bool) {
        let view = self.view;
        let word = view.at(at);
        let before = view.before(at);
        let next = view.at(at + 1).text;
        let speaks =
            view.reports(at + 1) || next == "," && view.reports(at + 2) || next == ":" && at == 0;
        if word.is(Traits::PLACE.or(Traits::BODY)) {
            return self.known(at..at + 1, word.traits);
        }
        if word.is(Traits::COMMON.or(Traits::FUNCTION)) && !(word.is(Traits::PERSON) && speaks)
            || !word.word
        {
            return;
        }
        if word.is(Traits::DEMONYM.or(Traits::EVENT)) {
            return self.known(at..at + 1, word.traits);
        }
        let title = title_start(view, at, false);
        if title < at && !word.upper && (word.is(Traits::PERSON) || !word.is(Traits::WORD)) {
            self.found.push(Found {
                words: at..at + 1,
                title: Some(title..at),
                label: Label::Person,
                score: 0.85,
                labels: [0.0; 4],
            });
            return;
        }
        let from = family_start(view, at);
        if from < at && !word.upper && (word.is(Traits::PERSON) || word.unknown()) {
            return self.push(from..at + 1, Label::Person, 0.7);
        }
        if word.is(Traits::PERSON) && !(word.upper && word.is(Traits::WORD) && !speaks) {
            let ordinary = word.is(Traits::WORD.or(Traits::HEAD).or(Traits::TITLE));
            let score = match () {
                () if speaks => 0.85,
                () if !ordinary && is_place(view, &(at..at + 1)) => {
                    return self.push(at..at + 1, Label::Place, 0.5);
                }
                () if ordinary && (view.headline || !alone) => return,
                () if ordinary && view.class(at.wrapping_sub(1)) == Class::Determiner => return,
                () if ordinary && word.starts => DOUBTFUL,
                () if ordinary => 0.5,
                () => 0.7,
            };
            return self.push(at..at + 1, Label::Person, score);
        }
        let title = word.is(Traits::HONORIFIC.or(Traits::RANK));
        if view.headline || title || word.initial() && !word.upper || word.text.len() < 2 {
            return;
        }
        if word.is(Traits::WORD) {
            let office = Traits::TITLE
                .or(Traits::MODIFIER)
                .or(Traits::ROLES)
                .or(Traits::GROUP)
                .or(Traits::HEAD);
            // "the Times"
            if alone
                && before.text == "the"
                && word.is(Traits::BODY_HEAD)
                && !word.is(Traits::GROUP)
            {
                self.push(at..at + 1, Label::Organisation, 0.5);
            } else if alone && !word.starts && !word.is(office) {
                self.push(at..at + 1, Label::Organisation, DOUBTFUL);
            }
            return;
        }
        if word.upper {
            return self.push(at..at + 1, Label::Organisation, 0.5);
        }
        let (label, score) = match () {
            () if speaks => (Label::Person, 0.6),
            () if is_place(view, &(at..at + 1)) => (Label::Place, 0.5),
            () if word.starts => (Label::Person, DOUBTFUL),
            () if before.text == "the" => (Label::Organisation, 0.4),
            () => (Label::Person, 0.45),
        };
        self.push(at..at + 1, label, score);
    }
}

/// Where a family name with particles in lower case starts: "bin Salman", "von der Leyen".
fn family_start(view: &View, at: usize) -> usize {
    let mut start = at;
    while start > 0
        && at - start < 3
        && matches!(
            view.at(start - 1).text,
            "bin"
                | "ibn"
                | "von"
                | "van"
                | "der"
                | "den"
                | "de"
                | "di"
                | "da"
                | "ter"
                | "al"
                | "el"
        )
    {
        start -= 1;
    }
    start
}
