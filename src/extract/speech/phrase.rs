//! Noun phrases beside a cue: the subject before it, or after it where the order is inverted.

mod after;
mod circumstance;
mod source;

use std::ops::Range;

use super::clause::{Clauses, Kind};
use crate::extract::Label;
use crate::lexicon::{Class, Form, Lexicon, Traits};

/// How many tokens an apposition or a relative clause between a name and its verb may have.
const LONGEST_APPOSITION: usize = 30;

/// How many phrases may hang on one another: "the spokesman for the head of the agency".
const DEEPEST: usize = 4;

/// Determiners that stand alone for people: "some said", "a mother of three said".
const COUNTS: &[&str] = &[
    "some", "many", "both", "most", "several", "others", "few", "all", "one", "another", "two",
    "three", "four", "five",
];

/// Prepositions that may hang a noun on the one before: "an aide to the mayor".
const COMPLEMENTS: &[&str] = &[
    "for", "from", "at", "in", "on", "with", "to", "by", "about", "against", "outside", "near",
    "behind", "through", "into", "across", "around", "along", "aboard",
];

/// A noun phrase, as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The phrase with its determiner, modifiers and complement.
    pub core: Range<usize>,
    /// The same with appositions and relative clauses.
    pub extent: Range<usize>,
}

impl Phrase {
    fn plain(core: Range<usize>) -> Phrase {
        Phrase {
            extent: core.clone(),
            core,
        }
    }
}

impl Clauses<'_> {
    /// The noun phrase that ends right before `end`, looking no further left than `low`.
    pub fn phrase_before(&self, end: usize, low: usize) -> Option<Phrase> {
        let end = self.skip_adjuncts_before(end, low);
        let last = end.checked_sub(1).filter(|last| *last >= low)?;
        match self.kind(last)? {
            Kind::Word(Class::Subject | Class::Relative) => Some(Phrase::plain(last..end)),
            Kind::Comma | Kind::Dash => self.phrase_with_apposition(last, low),
            // "a letter that said": the letter.
            Kind::Word(Class::That) => self.nominal_before(last, low, DEEPEST).map(Phrase::plain),
            Kind::Close => {
                let open = (last.saturating_sub(LONGEST_APPOSITION).max(low)..last)
                    .rev()
                    .find(|&k| self.kinds[k] == Kind::Open)?;
                let phrase = self.phrase_before(open, low)?;
                Some(Phrase {
                    extent: phrase.extent.start..end,
                    ..phrase
                })
            }
            _ => self
                .nominal_before(end, low, DEEPEST)
                .map(|core| self.relative_before(&core, low).unwrap_or(core))
                .map(Phrase::plain),
        }
    }

    /// "The owner of a ferry that ran aground with 212 people aboard": the noun phrase at the start of the clause, where a
    /// relative clause stands between it and what seems the subject.
    fn relative_before(&self, core: &Range<usize>, low: usize) -> Option<Range<usize>> {
        const FAR: usize = 14;
        let from = core.start.saturating_sub(FAR).max(low + 1);
        let hangs = core.start > from
            && (matches!(
                self.kinds[core.start - 1],
                Kind::Word(Class::Preposition | Class::To | Class::Relative | Class::That)
            ) || self.is_finite(core.start - 1));
        let relative = (from..core.start)
            .rev()
            .take_while(|&k| {
                !matches!(
                    self.kinds[k],
                    Kind::Comma | Kind::Dash | Kind::Quote(_) | Kind::Semicolon | Kind::Stop
                ) && !matches!(self.kinds[k], Kind::Word(Class::Conjunction))
            })
            .find(|&k| matches!(self.kinds[k], Kind::Word(Class::Relative | Class::That)))
            .filter(|_| hangs)?;
        let inside = relative + 1..core.end;
        let outer = self.nominal_before(relative, low, DEEPEST - 1)?;
        (self.has_finite(inside)
            && outer.start == low
            && self.can_act(&(outer.start..self.head_end(&outer))))
        .then_some(outer)
    }

    /// The noun phrase that ends right before `end` as the object of the verb before it, with that verb.
    pub fn object_before(&self, end: usize, low: usize) -> Option<(usize, Phrase)> {
        let last = end.checked_sub(1).filter(|last| *last > low)?;
        let core = match self.kinds[last] {
            Kind::Word(Class::Object | Class::Possessive | Class::Subject) => last..end,
            _ => self.nominal_before(end, low, DEEPEST)?,
        };
        let verb = core.start.checked_sub(1).filter(|verb| *verb >= low)?;
        Some((verb, Phrase::plain(core)))
    }

    /// The end of a noun phrase without what hangs on it: "the owner" of "the owner of a ferry".
    fn head_end(&self, core: &Range<usize>) -> usize {
        core.clone()
            .find(|&k| matches!(self.kinds[k], Kind::Word(Class::Preposition | Class::To)))
            .unwrap_or(core.end)
    }

    /// Steps back over what may stand between a subject and its verb: "Putin on Monday said", "a report released
    /// last year found".
    fn skip_adjuncts_before(&self, end: usize, low: usize) -> usize {
        let mut start = end;
        while start > low + 1 && matches!(self.kinds[start - 1], Kind::Word(Class::Time)) {
            start -= 1;
            if start > low + 1
                && (self.is_one_of(start - 1, &["last", "this", "next", "early", "late"]))
            {
                start -= 1;
            }
            if start > low + 1 && self.kinds[start - 1] == Kind::Word(Class::Preposition) {
                start -= 1;
            }
        }
        let participle = start < end && start > low + 1 && self.is_participle(start - 1);
        let noun = participle
            && matches!(
                self.kinds[start - 2],
                Kind::Word(Class::Other) | Kind::Name(_)
            );
        if noun { start - 1 } else { start }
    }

    fn is_participle(&self, at: usize) -> bool {
        match self.kinds[at] {
            Kind::Word(Class::Verb) => true,
            Kind::Cue(cue) => matches!(self.facts.cues[cue].form, Form::Past | Form::Participle),
            _ => false,
        }
    }

    /// "John Kirby, a spokesman for the council, " and "the mayor, who spoke on Monday, " before a cue.
    fn phrase_with_apposition(&self, close: usize, low: usize) -> Option<Phrase> {
        let far = close.saturating_sub(LONGEST_APPOSITION).max(low);
        let mut tried = 0;
        for open in (far..close.saturating_sub(1)).rev() {
            if matches!(
                self.kinds[open],
                Kind::Quote(_) | Kind::Stop | Kind::Semicolon | Kind::Colon
            ) {
                return None;
            }
            if self.kinds[open] != self.kinds[close] {
                continue;
            }
            tried += 1;
            let inside = open + 1..close;
            if self.has_main_verb(inside.clone(), low) {
                return None;
            }
            let phrase = self
                .phrase_before(open, low)
                .filter(|phrase| self.may_take_apposition(phrase, low));
            if let Some(phrase) = phrase {
                let inner = phrase.core.clone();
                let phrase = self.with_name_before(phrase, low);
                let extent = phrase.extent.start..close;
                let named = phrase.core == inner
                    && self.is_name(&inside)
                    && !self.ends_in_role(&inner)
                    && !self.is_site(&inner, &inside);
                let core = if named { inside } else { phrase.core };
                return Some(Phrase { core, extent });
            }
            if tried == 3 {
                return None;
            }
        }
        // "The firm behind the bridge, said the deck was sound": one comma too many.
        let opens = |core: &Range<usize>| tried == 0 && core.start == low;
        self.nominal_before(close, low, DEEPEST)
            .filter(opens)
            .map(|core| Phrase {
                extent: core.start..close,
                core,
            })
    }

    /// "Anna Keller, head of the port, which …": the head of the port is Keller.
    fn with_name_before(&self, phrase: Phrase, low: usize) -> Phrase {
        let mut start = phrase.extent.start;
        // "Anna Keller, founder and head of the port, "
        if start > low + 2
            && self.is(start - 1, "and")
            && matches!(self.kinds[start - 2], Kind::Word(Class::Other))
            && let Some(first) = self.nominal_before(start - 1, low, 0)
        {
            start = first.start;
        }
        if start < low + 2 || self.kinds[start - 1] != Kind::Comma || !self.is_person(start - 2) {
            return phrase;
        }
        match self.nominal_before(start - 1, low, DEEPEST) {
            Some(core) if self.starts_clause(core.start, low) => Phrase {
                extent: core.start..phrase.extent.end,
                core,
            },
            _ => phrase,
        }
    }

    /// A finite verb outside relative and participial clauses, so that the words are no apposition.
    fn has_main_verb(&self, tokens: Range<usize>, low: usize) -> bool {
        let mut clause = matches!(self.kind(tokens.start), Some(Kind::Word(Class::Ing)))
            || self.is_told(tokens.start);
        tokens.into_iter().any(|k| {
            clause |= self.kinds[k] == Kind::Word(Class::Relative);
            !clause && self.is_finite(k) && !self.is_modifier(k, low)
        })
    }

    /// "told of this", "asked whether he would go": a passive in short, with nobody who is told.
    pub fn is_told(&self, at: usize) -> bool {
        let Some(Kind::Cue(cue)) = self.kind(at) else {
            return false;
        };
        let cue = &self.facts.cues[cue];
        matches!(cue.entry.cue, "ask" | "tell")
            && matches!(cue.form, Form::Past | Form::Participle)
            && matches!(
                self.kind(cue.tokens.end),
                Some(Kind::Word(
                    Class::Preposition | Class::Question | Class::That | Class::Subordinator
                ))
            )
    }

    /// Nothing but one name, or a person's with what they are: "its chair, Sunita Rao, said" and "its chair, the
    /// physicist Sunita Rao, said" are what Sunita Rao said.
    fn is_name(&self, tokens: &Range<usize>) -> bool {
        let Some(last) = tokens
            .end
            .checked_sub(1)
            .filter(|last| *last >= tokens.start)
        else {
            return false;
        };
        let Some(Kind::Name(name)) = self.kind(last) else {
            return false;
        };
        let label = self.facts.mentions[name].label;
        let start = self.name_start(last);
        let described = label == Label::Person
            && (tokens.start..start).all(|k| match self.kinds[k] {
                Kind::Word(Class::Determiner | Class::Possessive) => k == tokens.start,
                kind => kind == Kind::Word(Class::Other),
            });
        label != Label::Misc && (start <= tokens.start || described)
    }

    /// "the University of Hale, Northport": where the body lies whose name stands before the comma.
    fn is_site(&self, core: &Range<usize>, inside: &Range<usize>) -> bool {
        let label = |at: usize| match self.kind(at) {
            Some(Kind::Name(name)) => Some(self.facts.mentions[name].label),
            _ => None,
        };
        let before = core.end.checked_sub(1).and_then(label);
        let known = || {
            let name = &self.text[self.range(inside.clone())];
            Lexicon::get().names.traits(name).any(Traits::PLACE)
        };
        before.is_some_and(|before| before != Label::Person)
            && (label(inside.start) == Some(Label::Place) || known())
    }

    /// "an aide to the mayor": a name behind it may be the mayor's.
    fn ends_in_role(&self, core: &Range<usize>) -> bool {
        let complement = core
            .clone()
            .any(|k| matches!(self.kinds[k], Kind::Word(Class::Preposition | Class::To)));
        let last = &self.text[self.range(core.end.saturating_sub(1)..core.end)];
        complement && Lexicon::get().names.traits(last).any(Traits::ROLE)
    }

    /// A place or time at the start of a sentence ("In Tehran, speaking to reporters, …") has no apposition.
    fn may_take_apposition(&self, phrase: &Phrase, low: usize) -> bool {
        if self.is_pronoun(&phrase.core) {
            return true;
        }
        let Some(before) = phrase
            .core
            .start
            .checked_sub(1)
            .filter(|before| *before >= low)
        else {
            return true;
        };
        !matches!(
            self.kinds[before],
            Kind::Word(Class::Preposition | Class::To | Class::Ing)
        )
    }

    pub fn is_pronoun(&self, core: &Range<usize>) -> bool {
        core.len() == 1
            && matches!(
                self.kind(core.start),
                Some(Kind::Word(
                    Class::Subject | Class::Relative | Class::Object | Class::Possessive
                ))
            )
    }

    /// A noun phrase of adjacent words that ends before `end`, with what it hangs on ("a spokesman for Putin").
    fn nominal_before(&self, end: usize, low: usize, depth: usize) -> Option<Range<usize>> {
        let last = end.checked_sub(1).filter(|last| *last >= low)?;
        let head = match self.kind(last)? {
            Kind::Name(_) | Kind::Number | Kind::Word(Class::Other | Class::Ing) => true,
            Kind::Word(Class::Determiner) => self.is_one_of(last, COUNTS),
            _ => false,
        };
        if !head {
            return None;
        }
        let mut start = self.name_start(last);
        // A person with titles alone.
        let mut person = self.is_person(start);
        while start > low {
            let before = start - 1;
            match self.kinds[before] {
                Kind::Name(_) => {
                    start = self.name_start(before);
                    person = self.is_person(start);
                }
                Kind::Word(Class::Other) if person && self.is_circumstance(before, low) => {
                    return Some(start..end);
                }
                Kind::Word(Class::Other) | Kind::Number => {
                    person &= self.is_office(before);
                    start = before;
                }
                Kind::Word(Class::Determiner | Class::Possessive) => {
                    start = before;
                    break;
                }
                // "the former first lady and senator": one who is both, or two who speak together.
                Kind::Word(Class::Conjunction) if depth == DEEPEST && self.is(before, "and") => {
                    let first = self
                        .nominal_before(before, low, depth - 1)
                        .filter(|first| self.is_definite(first.start))
                        .filter(|first| self.starts_clause(first.start, low));
                    if let Some(first) = first {
                        return Some(first.start..end);
                    }
                    if !self.joins_people(before, low) {
                        break;
                    }
                    start = self.name_start(before - 1)
                }
                Kind::Word(Class::Verb | Class::Ing | Class::Adverb)
                    if self.is_modifier(before, low) =>
                {
                    start = before
                }
                Kind::Word(Class::Conjunction) if self.joins_people(before, low) => {
                    start = self.name_start(before - 1)
                }
                _ => break,
            }
        }
        if start >= end {
            return None;
        }
        let core = self.complement_before(start..end, low, depth);
        Some(self.reduced_before(core, low, depth))
    }

    /// Extends "the road" to "protesters blocking the road".
    fn reduced_before(&self, core: Range<usize>, low: usize, depth: usize) -> Range<usize> {
        let Some(participle) = core
            .start
            .checked_sub(1)
            .filter(|at| *at > low && depth > 0)
        else {
            return core;
        };
        let reduced = self.kinds[participle] == Kind::Word(Class::Ing)
            && matches!(
                self.kinds[participle - 1],
                Kind::Word(Class::Other) | Kind::Name(_)
            );
        match self.nominal_before(participle, low, depth - 1) {
            Some(outer) if reduced && self.starts_clause(outer.start, low) => outer.start..core.end,
            _ => core,
        }
    }

    /// Extends "Putin" to "a spokesman for Putin" where a noun and a preposition stand before it, and "the inquiry" to
    /// "an official briefed on the inquiry".
    fn complement_before(&self, core: Range<usize>, low: usize, depth: usize) -> Range<usize> {
        let Some(preposition) = core
            .start
            .checked_sub(1)
            .filter(|at| *at > low && depth > 0)
        else {
            return core;
        };
        if !matches!(
            self.kinds[preposition],
            Kind::Word(Class::Preposition | Class::To)
        ) {
            return core;
        }
        let of = self.is(preposition, "of");
        if !of && !self.is_one_of(preposition, COMPLEMENTS) {
            return core;
        }
        // "an official briefed on the inquiry", "protesters walking along the quay"
        let reduced = preposition > low + 1
            && (self.is_participle(preposition - 1)
                || self.kinds[preposition - 1] == Kind::Word(Class::Ing));
        let end = if reduced {
            preposition - 1
        } else {
            preposition
        };
        if !matches!(
            self.kinds[end - 1],
            Kind::Word(Class::Other | Class::Determiner) | Kind::Name(_)
        ) {
            return core;
        }
        match self.nominal_before(end, low, depth - 1) {
            Some(outer) if of || self.starts_clause(outer.start, low) => outer.start..core.end,
            _ => core,
        }
    }

    /// People or a body, who can do what somebody asks for.
    pub fn can_act(&self, core: &Range<usize>) -> bool {
        if self.is_pronoun(core) {
            return true;
        }
        let Some(last) = core.end.checked_sub(1) else {
            return false;
        };
        match self.kind(last) {
            Some(Kind::Name(_)) => true,
            Some(Kind::Word(Class::Other)) => {
                let word = self.text[self.range(last..core.end)].to_lowercase();
                let traits = Lexicon::get().names.word(&word).traits(false);
                let plural = word.ends_with('s') && !word.ends_with("ss");
                let acts = Traits::ROLE.or(Traits::ROLES).or(Traits::GROUP);
                plural || traits.any(acts.or(Traits::BODY_HEAD)) || word == "people"
            }
            _ => false,
        }
    }

    fn is_person(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Name(name)) if self.facts.mentions[name].label == Label::Person)
    }

    fn is_definite(&self, at: usize) -> bool {
        matches!(
            self.kind(at),
            Some(Kind::Word(Class::Determiner | Class::Possessive))
        )
    }

    /// Nothing of the same clause stands before this token.
    fn starts_clause(&self, at: usize, low: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|before| *before >= low) else {
            return true;
        };
        matches!(
            self.kinds[before],
            Kind::Comma
                | Kind::Colon
                | Kind::Semicolon
                | Kind::Dash
                | Kind::Stop
                | Kind::Quote(_)
                | Kind::Mark
                | Kind::Word(
                    Class::Conjunction
                        | Class::Subordinator
                        | Class::That
                        | Class::Question
                        | Class::Adverb
                )
        ) || matches!(self.kinds[before], Kind::Cue(_))
    }

    /// "the newly elected president": a participle or adverb between a determiner and its noun.
    fn is_modifier(&self, at: usize, low: usize) -> bool {
        let mut before = at;
        let low = low.max(at.saturating_sub(6));
        while before > low {
            before -= 1;
            match self.kinds[before] {
                Kind::Word(Class::Determiner | Class::Possessive) => return true,
                Kind::Word(Class::Adverb) => {}
                Kind::Word(Class::Other) if before + 1 == at => {}
                _ => return false,
            }
        }
        self.kinds[before] == Kind::Word(Class::Adverb)
    }

    /// "Chen and Diaz": a conjunction between two names of people.
    fn joins_people(&self, at: usize, low: usize) -> bool {
        at > low && self.is(at, "and") && self.is_person(at - 1) && self.is_person(at + 1)
    }

    /// "Chen and Hale coach Ana Diaz": words for the second of two people stand before the name.
    fn joins_described(&self, at: usize, low: usize) -> bool {
        const LONGEST: usize = 5;
        let described = || {
            (at + 1..self.kinds.len().min(at + LONGEST))
                .take_while(|&k| matches!(self.kinds[k], Kind::Name(_) | Kind::Word(Class::Other)))
                .any(|k| self.is_person(k))
        };
        let named = at > low && matches!(self.kinds[at - 1], Kind::Name(_));
        named && self.is(at, "and") && described()
    }

    fn name_start(&self, at: usize) -> usize {
        let kind = self.kinds[at];
        if !matches!(kind, Kind::Name(_)) {
            return at;
        }
        (0..at)
            .rev()
            .find(|&k| self.kinds[k] != kind)
            .map_or(0, |k| k + 1)
    }

    fn name_end(&self, at: usize) -> usize {
        let kind = self.kinds[at];
        (at..self.kinds.len())
            .find(|&k| self.kinds[k] != kind)
            .unwrap_or(self.kinds.len())
    }
}
