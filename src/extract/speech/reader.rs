//! Reads one sentence from left to right: which cue takes which words, and whose they are.

mod adjuncts;
mod rest;
mod sides;
mod tag;

use std::ops::Range;

use super::clause::{Clauses, Kind};
use super::phrase::Phrase;
use super::{Pattern, Source, Speech};
use crate::extract::Cue;
use crate::lexicon::{Class, Form, Grade};

/// The state of reading one sentence.
pub(super) struct Reader<'a> {
    clauses: &'a Clauses<'a>,
    unit: Range<usize>,
    /// Where the words start that no speech of this sentence has taken yet.
    open: usize,
    /// The subject of the verb read last.
    subject: Option<Phrase>,
    /// The subject of the sentence's main clause, as far as read.
    main: Option<Phrase>,
    /// A tag that closes the sentence: the comma before ", the agency reported." and its cue.
    tail: Option<(usize, usize)>,
    speech: Vec<Speech>,
    /// Quotes that are the whole of some content.
    taken: Vec<usize>,
}

/// Subject and content of one cue, before they become speech.
struct Tag {
    source: Option<Source>,
    /// Where the tag starts: its subject, or its verb where the subject follows.
    start: usize,
    /// Where the tag ends.
    end: usize,
}

impl<'a> Reader<'a> {
    pub fn new(clauses: &'a Clauses<'a>, unit: Range<usize>) -> Reader<'a> {
        Reader {
            clauses,
            open: unit.start,
            unit,
            subject: None,
            main: None,
            tail: None,
            speech: Vec::new(),
            taken: Vec::new(),
        }
    }

    /// Appends the sentence's speech to `found`.
    pub fn read(mut self, found: &mut Vec<Speech>) {
        self.tail = self.find_tail();
        let mut at = self.unit.start;
        while at < self.unit.end {
            match self.clauses.kinds[at] {
                Kind::Quote(_) => {
                    at = self.clauses.quote_end(at);
                    continue;
                }
                Kind::Cue(cue) => {
                    let end = self.clauses.facts.cues[cue].tokens.end;
                    self.read_cue(cue);
                    at = end.max(at + 1);
                    continue;
                }
                Kind::Colon => self.read_colon(at),
                _ if self.clauses.is_finite(at) => self.note_subject(at),
                _ => {}
            }
            at += 1;
        }
        self.lend_sources();
        self.read_label();
        self.read_nouns();
        self.read_rest();
        found.append(&mut self.speech);
    }

    fn cue(&self, cue: usize) -> &'a Cue {
        &self.clauses.facts.cues[cue]
    }

    /// Remembers the subject of a finite verb that is no cue.
    fn note_subject(&mut self, verb: usize) {
        if verb > self.unit.start && self.clauses.is_finite(verb - 1) {
            return;
        }
        if let Some(phrase) = self
            .clauses
            .phrase_before(self.group_start(verb), self.unit.start)
            && !self.is_relative(&phrase)
        {
            self.set_subject(phrase);
        }
    }

    /// A subject inside another clause does not take the main clause's place.
    fn set_subject(&mut self, phrase: Phrase) {
        let before = phrase
            .extent
            .start
            .checked_sub(1)
            .filter(|before| *before >= self.unit.start);
        let inner = before.is_some_and(|before| {
            matches!(
                self.clauses.kinds[before],
                Kind::Word(Class::That | Class::Subordinator | Class::Question) | Kind::Cue(_)
            )
        });
        if self.main.is_none()
            || !inner
                && before.is_some_and(|before| {
                    matches!(
                        self.clauses.kinds[before],
                        Kind::Semicolon | Kind::Comma | Kind::Word(Class::Conjunction)
                    )
                })
        {
            self.main = Some(phrase.clone());
        }
        self.subject = Some(phrase);
    }

    fn is_relative(&self, phrase: &Phrase) -> bool {
        matches!(
            self.clauses.kind(phrase.core.start),
            Some(Kind::Word(Class::Relative))
        )
    }

    /// The first token of a verb's group: its auxiliaries and adverbs.
    fn group_start(&self, verb: usize) -> usize {
        let mut start = verb;
        while start > self.unit.start
            && matches!(
                self.clauses.kinds[start - 1],
                Kind::Word(Class::Auxiliary | Class::Adverb | Class::Negation)
            )
        {
            start -= 1;
        }
        start
    }

    fn read_cue(&mut self, index: usize) {
        let cue = self.cue(index);
        match cue.form {
            Form::Phrase if self.clauses.is_source_phrase(index) => self.read_source_phrase(index),
            Form::Phrase => self.read_other_phrase(index),
            _ => self.read_verb(index),
        }
    }

    fn read_verb(&mut self, index: usize) {
        let cue = self.cue(index);
        // "She said she hopes …": what is said to be hoped is still said.
        if cue.entry.grade == Grade::Nonspeech
            && self.speech.iter().any(|speech| speech.cue.is_some())
        {
            return;
        }
        if self.read_quoted_as(index) {
            return;
        }
        let Some(tag) = self.tag(cue) else { return };
        if self.tail.is_some_and(|(_, tail)| tail == index) && self.relay(&tag) {
            return;
        }
        let right = if cue.passive {
            None
        } else {
            self.right(cue, &tag)
        };
        let mut contents = self.left(cue, &tag, right.as_ref());
        let tagged = !contents.is_empty() && contents.iter().all(|content| content.direct);
        let mut pattern = if tagged {
            Pattern::Tagged
        } else {
            Pattern::Clause
        };
        let mut end = tag.end;
        let mut listener = None;
        if let Some(right) = right {
            if right.content.is_some() && contents.is_empty() {
                pattern = right.pattern;
            }
            listener = right.listener;
            end = right.end;
            contents.extend(right.content);
        }
        let leads_in =
            self.clauses.kinds[end.min(self.unit.end - 1)..self.unit.end].contains(&Kind::Colon);
        if contents.is_empty() && !leads_in {
            return;
        }
        for content in contents.iter().filter(|content| content.direct) {
            self.taken.extend(&content.quotes);
        }
        self.open = self.open.max(end);
        self.speech.push(Speech {
            cue: Some(index),
            source: tag.source,
            contents,
            via: None,
            listener,
            pattern,
        });
    }

    /// Where the content of a cue must end: before a tag that closes the sentence, unless the cue is that tag's.
    fn high(&self, cue: &Cue) -> usize {
        match self.tail {
            Some((comma, _)) if cue.tokens.end <= comma => comma,
            _ => self.unit.end,
        }
    }
}
