//! Reads one sentence from left to right: which cue takes which words, and whose they are.

use std::ops::Range;

use text_size::TextRange;

use super::clause::{Clauses, Kind};
use super::phrase::Phrase;
use super::{Content, Pattern, Source, SourceKind, Speech};
use crate::extract::{Cue, Label};
use crate::lexicon::{Class, Form, Frames, Grade};

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
            speech: Vec::new(),
            taken: Vec::new(),
        }
    }

    /// Appends the sentence's speech to `found`.
    pub fn read(mut self, found: &mut Vec<Speech>) {
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

    // Verbs

    fn read_verb(&mut self, index: usize) {
        let cue = self.cue(index);
        // "She said she hopes …": what is said to be hoped is still said.
        if cue.entry.grade == Grade::Nonspeech
            && self.speech.iter().any(|speech| speech.cue.is_some())
        {
            return;
        }
        let Some(tag) = self.tag(cue) else { return };
        let right = if cue.passive {
            None
        } else {
            self.right(cue, &tag)
        };
        let mut contents = Vec::new();
        let mut pattern = Pattern::Clause;
        if let Some(left) = self.left(cue, &tag, right.is_some()) {
            if left.iter().all(|content| content.direct) {
                pattern = Pattern::Tagged;
            }
            contents = left;
        }
        let mut end = tag.end;
        let mut listener = None;
        if let Some(right) = right {
            if contents.is_empty() || right.pattern == Pattern::Tagged {
                pattern = right.pattern;
            }
            listener = right.listener;
            end = right.end;
            contents.extend(right.content);
        }
        if let Some(via) = self.relay(&tag, &contents) {
            self.open = end;
            for speech in self
                .speech
                .iter_mut()
                .filter(|speech| speech.source.is_some())
            {
                speech.via.get_or_insert(via);
            }
            return;
        }
        let leads_in = end < self.clauses.kinds.len()
            && self.clauses.kinds[end.min(self.unit.end) - 1..self.unit.end].contains(&Kind::Colon)
            || end == self.clauses.kinds.len() && self.clauses.kinds[end - 1] == Kind::Colon;
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

    /// The subject of a verb: before it, after it, or that of the verb before.
    fn tag(&mut self, cue: &Cue) -> Option<Tag> {
        let verb = cue.tokens.start;
        let group = self.group_start(verb);
        if cue.passive {
            return self.passive_tag(cue, group);
        }
        let before = group
            .checked_sub(1)
            .filter(|before| *before >= self.unit.start)
            .map(|before| self.clauses.kinds[before]);
        if let Some(tag) = self.inverted(cue, group, before) {
            return Some(tag);
        }
        if cue.form == Form::Participle && group == verb {
            return None;
        }
        let inherits = match before {
            Some(Kind::Word(Class::To)) => true,
            Some(Kind::Word(Class::Conjunction)) | Some(Kind::Comma) if cue.form == Form::Ing => {
                true
            }
            Some(Kind::Word(Class::Conjunction)) => true,
            _ => false,
        };
        let phrase = if inherits {
            None
        } else {
            self.clauses.phrase_before(group, self.unit.start)
        };
        match phrase {
            // "issued a statement calling it …": whoever issued it speaks.
            Some(phrase)
                if cue.form == Form::Ing && self.is_thing(&phrase) && self.main.is_some() =>
            {
                let source = self
                    .main
                    .as_ref()
                    .and_then(|subject| self.clauses.source(subject));
                Some(Tag {
                    source,
                    start: group,
                    end: cue.tokens.end,
                })
            }
            // "condemned what he called a breach": the sentence's subject stands for the pronoun.
            Some(phrase)
                if self.clauses.is_pronoun(&phrase.core)
                    && self.follows_what(&phrase)
                    && self.main.is_some() =>
            {
                let source = self
                    .main
                    .as_ref()
                    .and_then(|subject| self.clauses.source(subject));
                Some(Tag {
                    source,
                    start: group,
                    end: cue.tokens.end,
                })
            }
            Some(phrase) => {
                let tag = Tag {
                    source: self.clauses.source(&phrase),
                    start: phrase.extent.start,
                    end: cue.tokens.end,
                };
                if !self.is_relative(&phrase) {
                    self.set_subject(phrase);
                }
                Some(tag)
            }
            None if cue.form == Form::Ing || inherits || before == Some(Kind::Comma) => {
                let source = self
                    .subject
                    .as_ref()
                    .and_then(|subject| self.clauses.source(subject));
                Some(Tag {
                    source,
                    start: group,
                    end: cue.tokens.end,
                })
            }
            None => None,
        }
    }

    fn is_thing(&self, phrase: &Phrase) -> bool {
        self.clauses
            .source(phrase)
            .is_none_or(|source| source.kind == SourceKind::Phrase)
    }

    fn follows_what(&self, phrase: &Phrase) -> bool {
        phrase
            .core
            .start
            .checked_sub(1)
            .is_some_and(|before| self.clauses.is(before, "what"))
    }

    /// “…,” said Putin. / The talks go on, said the minister.
    fn inverted(&mut self, cue: &Cue, group: usize, before: Option<Kind>) -> Option<Tag> {
        if !matches!(cue.form, Form::Past | Form::Third)
            || !cue.entry.frames.takes(Frames::QUOTE)
            || cue.entry.frames.takes(Frames::LISTENER) && cue.entry.cue == "tell"
        {
            return None;
        }
        if !matches!(
            before,
            None | Some(Kind::Quote(_) | Kind::Comma | Kind::Dash | Kind::Stop | Kind::Mark)
        ) && !self.clauses.is(group.wrapping_sub(1), "as")
        {
            return None;
        }
        let phrase = self.clauses.phrase_after(cue.tokens.end, self.unit.end)?;
        let next = if phrase.extent.end < self.unit.end {
            self.clauses.kind(phrase.extent.end)
        } else {
            None
        };
        let ends = matches!(
            next,
            None | Some(
                Kind::Comma
                    | Kind::Stop
                    | Kind::Colon
                    | Kind::Semicolon
                    | Kind::Dash
                    | Kind::Quote(_)
            )
        );
        let goes_on = matches!(
            next,
            Some(Kind::Word(
                Class::Preposition
                    | Class::Time
                    | Class::Subordinator
                    | Class::Adverb
                    | Class::Ing
                    | Class::Relative
                    | Class::Conjunction
            ))
        );
        let after_quote = matches!(before, Some(Kind::Quote(_)));
        // "Putin, who flew in, said Turkey on Monday …" has its subject before the verb.
        if !ends
            && !(goes_on
                && (after_quote || self.clauses.phrase_before(group, self.unit.start).is_none()))
        {
            return None;
        }
        let source = self.clauses.source(&phrase);
        let end = phrase.extent.end;
        self.subject = Some(phrase);
        Some(Tag {
            source,
            start: group,
            end,
        })
    }

    /// "was described by officials as …": the agent speaks; without one nobody does.
    fn passive_tag(&self, cue: &Cue, group: usize) -> Option<Tag> {
        let end = self.unit.end.min(cue.tokens.end + 24);
        let by = (cue.tokens.end..end).find(|&k| {
            self.clauses.is(k, "by") && !matches!(self.clauses.kinds[k], Kind::Quote(_))
        })?;
        let agent = self.clauses.phrase_after(by + 1, self.unit.end)?;
        let source = self.clauses.source(&agent)?;
        Some(Tag {
            source: Some(source),
            start: group,
            end: cue.tokens.end,
        })
    }

    /// A named body that reports what another is said to have said: "…, IRNA reported".
    fn relay(&self, tag: &Tag, contents: &[Content]) -> Option<TextRange> {
        let Some(Source {
            kind: SourceKind::Name(name),
            ..
        }) = tag.source
        else {
            return None;
        };
        let mention = &self.clauses.facts.mentions[name];
        if mention.label != Label::Organisation || contents.iter().any(|content| content.direct) {
            return None;
        }
        let first = contents.first()?;
        let inner = self.speech.iter().any(|speech| {
            speech
                .contents
                .iter()
                .any(|content| first.range.contains_range(content.range))
                && speech.source.is_some_and(|source| {
                    first.range.contains_range(source.range)
                        && !matches!(source.kind, SourceKind::Phrase)
                })
        });
        inner.then_some(mention.range)
    }

    // Content

    /// What stands before the tag: a quote, or a clause that a comma closes.
    fn left(&self, cue: &Cue, tag: &Tag, has_right: bool) -> Option<Vec<Content>> {
        let frames = cue.entry.frames;
        if cue.form == Form::Ing
            || !(frames.takes(Frames::QUOTE) || frames.takes(Frames::THAT))
            || tag.start <= self.open
        {
            return None;
        }
        let region = self.open..tag.start;
        let last = self.clauses.kinds[region.end - 1];
        if !matches!(last, Kind::Quote(_) | Kind::Comma | Kind::Dash)
            && !self.clauses.is(region.end - 1, "as")
        {
            return None;
        }
        if self.clauses.is_all_quotes(region.clone()) {
            let quotes = self.clauses.quotes_in(region);
            return Some(
                quotes
                    .into_iter()
                    .map(|quote| self.clauses.quote_content(quote))
                    .collect(),
            );
        }
        if has_right {
            return None;
        }
        // “…,” he said as the first words of a sentence whose rest is the quote.
        let first = self.clauses.kind(region.start);
        let adjunct = matches!(
            first,
            Some(Kind::Word(
                Class::Preposition | Class::Ing | Class::Subordinator | Class::Adverb
            ))
        );
        let quotes = self.clauses.quotes_in(region.clone());
        if let (Kind::Quote(quote), true) = (last, adjunct || quotes.len() == 1)
            && self.clauses.is_utterance(quote)
        {
            return Some(vec![self.clauses.quote_content(quote)]);
        }
        if !self.clauses.has_finite(region.clone()) && quotes.is_empty() {
            return None;
        }
        let end = if self.clauses.is(region.end - 1, "as") {
            region.end - 1
        } else {
            region.end
        };
        self.clauses
            .content(region.start..end)
            .map(|content| vec![content])
    }

    /// What stands after the tag.
    fn right(&self, cue: &Cue, tag: &Tag) -> Option<Right> {
        let clauses = self.clauses;
        let high = self.unit.end;
        let mut at = tag.end;
        let mut listener = None;
        if cue.entry.frames.takes(Frames::LISTENER)
            && !matches!(clauses.kind(at), Some(Kind::Word(Class::That)))
            && let Some(phrase) = clauses.phrase_after(at, high)
        {
            listener = Some(clauses.range(phrase.core.clone()));
            if cue.entry.cue == "tell"
                || !clauses.has_finite(phrase.core.end..high)
                || matches!(
                    clauses.kind(phrase.core.end),
                    Some(Kind::Word(Class::That | Class::Question))
                        | Some(Kind::Comma | Kind::Colon | Kind::Quote(_))
                )
            {
                at = phrase.core.end;
            }
        }
        let content_start = at;
        at = self.skip_adjuncts(at, high);
        let right = |content: Option<Content>, end: usize, pattern: Pattern| {
            Some(Right {
                content,
                end,
                pattern,
                listener,
            })
        };
        let marked = matches!(clauses.kind(at), Some(Kind::Comma | Kind::Colon)) && at + 1 < high;
        if marked && let Some(Kind::Quote(quote)) = clauses.kind(at + 1) {
            let end = clauses.quote_end(at + 1);
            return right(Some(clauses.quote_content(quote)), end, Pattern::Tagged);
        }
        if at >= high || matches!(clauses.kinds[at], Kind::Stop | Kind::Semicolon) {
            return None;
        }
        if clauses.kinds[at] == Kind::Comma {
            return self.far_quote(at, high).map(|quote| Right {
                content: Some(clauses.quote_content(quote)),
                end: clauses.quote_end(self.quote_token(quote)),
                pattern: Pattern::Tagged,
                listener,
            });
        }
        if clauses.kinds[at] == Kind::Colon {
            return None;
        }
        if let Some(Kind::Quote(quote)) = clauses.kind(at)
            && cue.entry.frames.takes(Frames::QUOTE)
        {
            let end = clauses.quote_end(at);
            let alone = end >= high
                || matches!(
                    clauses.kinds[end],
                    Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Word(Class::Conjunction)
                );
            if alone || clauses.is_utterance(quote) {
                return right(Some(clauses.quote_content(quote)), end, Pattern::Tagged);
            }
        }
        let end = clauses.content_end(at, high);
        if matches!(clauses.kinds[at], Kind::Word(Class::That | Class::Question))
            && (cue.entry.frames.takes(Frames::THAT) || cue.entry.frames.takes(Frames::QUESTION))
        {
            return right(clauses.content(at..end), end, Pattern::Clause);
        }
        if cue.entry.frames.takes(Frames::THAT)
            && cue.form != Form::Participle
            && self.is_bare_clause(at, end)
        {
            return right(clauses.content(at..end), end, Pattern::Clause);
        }
        if let Some(start) = self.charge(cue, content_start, end) {
            return right(clauses.content(start..end), end, Pattern::Clause);
        }
        if cue.entry.grade != Grade::Nonspeech && !clauses.quotes_in(content_start..end).is_empty()
        {
            return right(clauses.content(content_start..end), end, Pattern::Object);
        }
        None
    }

    /// "accused Russia of blocking …", "warned Erdogan against launching …": what follows the preposition.
    fn charge(&self, cue: &Cue, at: usize, end: usize) -> Option<usize> {
        let (word, with_preposition) = match cue.entry.cue {
            "accuse" => ("of", false),
            "warn" | "caution" | "advise" => ("against", true),
            _ => return None,
        };
        let found = (at..end).find(|&k| self.clauses.is(k, word))?;
        let gerund = matches!(
            self.clauses.kind(found + 1),
            Some(Kind::Word(Class::Ing) | Kind::Cue(_) | Kind::Quote(_))
        );
        gerund.then_some(if with_preposition { found } else { found + 1 })
    }

    /// Skips what stands between a verb and its content: "on Monday", "in an interview with CNN", "last week".
    fn skip_adjuncts(&self, mut at: usize, high: usize) -> usize {
        let clauses = self.clauses;
        while at < high {
            at = match clauses.kinds[at] {
                Kind::Word(Class::Adverb | Class::Time) => at + 1,
                Kind::Word(Class::Preposition | Class::To) => {
                    match clauses.phrase_after(at + 1, high) {
                        Some(phrase) if !clauses.has_finite(phrase.core.clone()) => phrase.core.end,
                        _ => return at,
                    }
                }
                Kind::Word(Class::Other | Class::Determiner)
                    if (at + 1..high.min(at + 3))
                        .any(|k| clauses.kinds[k] == Kind::Word(Class::Time))
                        && clauses.is_one_of(
                            at,
                            &[
                                "last", "this", "next", "early", "late", "the", "earlier", "that",
                                "one",
                            ],
                        ) =>
                {
                    at + 1
                }
                Kind::Number if matches!(clauses.kinds[at - 1], Kind::Word(Class::Time)) => at + 1,
                _ => return at,
            };
        }
        at
    }

    /// A quote after a comma further on, with no verb between: said, speaking in Tehran, “…”
    fn far_quote(&self, at: usize, high: usize) -> Option<usize> {
        let next = (at + 1..high.min(at + 16)).find(|&k| {
            self.clauses.is_finite(k)
                || matches!(self.clauses.kinds[k], Kind::Quote(_) | Kind::Cue(_))
        })?;
        let Kind::Quote(quote) = self.clauses.kinds[next] else {
            return None;
        };
        let marked = matches!(self.clauses.kinds[next - 1], Kind::Comma | Kind::Colon);
        (marked && self.clauses.is_utterance(quote) && !self.taken.contains(&quote))
            .then_some(quote)
    }

    fn quote_token(&self, quote: usize) -> usize {
        (self.unit.clone())
            .find(|&k| self.clauses.kinds[k] == Kind::Quote(quote))
            .unwrap_or(self.unit.end)
    }

    /// A clause without "that": a noun phrase with a verb of its own.
    fn is_bare_clause(&self, at: usize, end: usize) -> bool {
        let starts = match self.clauses.kinds[at] {
            Kind::Name(_) | Kind::Number => true,
            Kind::Word(class) => matches!(
                class,
                Class::Determiner
                    | Class::Possessive
                    | Class::Subject
                    | Class::Other
                    | Class::Subordinator
                    | Class::Ing
            ),
            Kind::Quote(_) => true,
            _ => false,
        };
        starts && self.clauses.has_finite(at..end)
    }

    // Phrases

    /// "according to X", at either end of what it covers.
    fn read_source_phrase(&mut self, index: usize) {
        let cue = self.cue(index);
        let Some(phrase) = self.clauses.phrase_after(cue.tokens.end, self.unit.end) else {
            return;
        };
        let Some(source) = self.clauses.source(&phrase) else {
            return;
        };
        if cue.entry.cue == "per"
            && !matches!(
                self.clauses.kind(cue.tokens.end),
                Some(Kind::Name(_) | Kind::Word(Class::Determiner | Class::Possessive))
            )
        {
            return;
        }
        let leads = cue.tokens.start <= self.unit.start + 1 || self.open >= cue.tokens.start;
        let region = if leads {
            phrase.extent.end..self.clauses.content_end(phrase.extent.end, self.unit.end)
        } else {
            self.open..cue.tokens.start
        };
        if leads {
            self.set_subject(phrase.clone());
        }
        if !leads && self.lend_source_to_things(index, source) {
            self.open = phrase.extent.end;
            return;
        }
        let contents: Vec<Content> = if self.clauses.is_all_quotes(region.clone()) {
            self.clauses
                .quotes_in(region.clone())
                .into_iter()
                .map(|quote| self.clauses.quote_content(quote))
                .collect()
        } else {
            self.clauses.content(region.clone()).into_iter().collect()
        };
        if contents.is_empty() {
            return;
        }
        self.open = if leads {
            phrase.extent.end
        } else {
            phrase.extent.end.max(region.end)
        };
        self.speech.push(Speech {
            cue: Some(index),
            source: Some(source),
            contents,
            via: None,
            listener: None,
            pattern: Pattern::Phrase,
        });
    }

    /// "US intelligence indicates that …, according to officials": the officials say what the intelligence indicates.
    fn lend_source_to_things(&mut self, index: usize, source: Source) -> bool {
        let mut lent = false;
        for speech in &mut self.speech {
            if speech
                .source
                .is_some_and(|inner| inner.kind == SourceKind::Phrase)
                && speech.pattern == Pattern::Clause
            {
                speech.source = Some(source);
                speech.cue = Some(index);
                speech.pattern = Pattern::Phrase;
                lent = true;
            }
        }
        lent
    }

    /// "was quoted as saying", "in a statement", "told reporters": the subject speaks.
    fn read_other_phrase(&mut self, index: usize) {
        let cue = self.cue(index);
        if cue.entry.cue != "was quoted as saying" {
            return;
        }
        let Some(phrase) = self
            .clauses
            .phrase_before(cue.tokens.start, self.unit.start)
        else {
            return;
        };
        let tag = Tag {
            source: self.clauses.source(&phrase),
            start: phrase.extent.start,
            end: cue.tokens.end,
        };
        let contents = self.left(cue, &tag, false).or_else(|| {
            let end = self.clauses.content_end(cue.tokens.end, self.unit.end);
            self.clauses
                .content(cue.tokens.end..end)
                .map(|content| vec![content])
        });
        let Some(contents) = contents else { return };
        let via = (cue.tokens.end..self.unit.end)
            .find(|&k| self.clauses.is(k, "by"))
            .and_then(|by| self.clauses.phrase_after(by + 1, self.unit.end))
            .map(|phrase| self.clauses.range(phrase.core));
        self.set_subject(phrase);
        self.open = cue.tokens.end;
        self.speech.push(Speech {
            cue: Some(index),
            source: tag.source,
            contents,
            via,
            listener: None,
            pattern: Pattern::Tagged,
        });
    }

    // What no cue took

    /// "Putin was blunt: “…”": the subject of the sentence before the colon speaks.
    fn read_colon(&mut self, at: usize) {
        let Some(Kind::Quote(quote)) = self.clauses.kind(at + 1).filter(|_| at + 1 < self.unit.end)
        else {
            return;
        };
        let Some(source) = self
            .subject
            .as_ref()
            .and_then(|subject| self.clauses.source(subject))
        else {
            return;
        };
        if self.taken.contains(&quote) {
            return;
        }
        self.taken.push(quote);
        self.open = self.clauses.quote_end(at + 1);
        let contents = vec![self.clauses.quote_content(quote)];
        self.speech.push(Speech {
            cue: None,
            source: Some(source),
            contents,
            via: None,
            listener: None,
            pattern: Pattern::Label,
        });
    }

    /// "Calling it “a disgrace,” Trump said …": a participle before its subject.
    fn lend_sources(&mut self) {
        let Some(source) = self
            .main
            .as_ref()
            .and_then(|subject| self.clauses.source(subject))
        else {
            return;
        };
        for speech in self
            .speech
            .iter_mut()
            .filter(|speech| speech.source.is_none())
        {
            speech.source = Some(source);
        }
    }

    /// “…” — Martha Aguilar, and NAME: “…” at the start of a paragraph.
    fn read_label(&mut self) {
        let clauses = self.clauses;
        let Some(Kind::Quote(quote)) = clauses.kind(self.unit.start) else {
            return;
        };
        let end = clauses.quote_end(self.unit.start);
        if end >= self.unit.end || clauses.kinds[end] != Kind::Dash || self.taken.contains(&quote) {
            return;
        }
        let Some(phrase) = clauses.phrase_after(end + 1, self.unit.end) else {
            return;
        };
        if !matches!(clauses.kinds[phrase.core.start], Kind::Name(_))
            || clauses.has_finite(phrase.core.end..self.unit.end)
        {
            return;
        }
        self.taken.push(quote);
        let contents = vec![clauses.quote_content(quote)];
        self.speech.push(Speech {
            cue: None,
            source: clauses.source(&phrase),
            contents,
            via: None,
            listener: None,
            pattern: Pattern::Label,
        });
    }

    /// Quotes in the sentence that nothing covers: their nearest cue's source, or the sentence's subject.
    fn read_rest(&mut self) {
        let quotes = self.clauses.quotes_in(self.unit.clone());
        if self.clauses.is_all_quotes(self.unit.clone()) {
            return;
        }
        for quote in quotes {
            let range = self.clauses.facts.quotes[quote].range;
            if self.speech.iter().any(|speech| {
                speech
                    .contents
                    .iter()
                    .any(|content| content.range.contains_range(range))
            }) {
                continue;
            }
            let near = self.speech.iter().rev().find(|speech| {
                speech.source.is_some()
                    && speech.cue.is_some_and(|cue| {
                        self.clauses.facts.cues[cue].range.start() < range.start()
                    })
            });
            let near = near.or_else(|| self.speech.iter().find(|speech| speech.source.is_some()));
            let (cue, source, pattern) = match near {
                Some(speech) => (speech.cue, speech.source, Pattern::Near),
                None => (None, self.subject_at(quote), Pattern::Subject),
            };
            if source.is_none() {
                continue;
            }
            let contents = vec![self.clauses.quote_content(quote)];
            self.speech.push(Speech {
                cue,
                source,
                contents,
                via: None,
                listener: None,
                pattern,
            });
        }
    }

    /// "his claim that …", "Trump’s remarks about …": the owner of the words speaks.
    fn owner_of_words(&self, quote: usize) -> Option<Source> {
        let clauses = self.clauses;
        let from = quote.saturating_sub(16).max(self.unit.start + 1);
        let noun = (from..quote).rev().find(|&k| clauses.is_one_of(k, WORDS))?;
        let before = (from - 1..noun)
            .rev()
            .take(3)
            .find(|&k| !matches!(clauses.kinds[k], Kind::Word(Class::Other)))?;
        match clauses.kinds[before] {
            Kind::Word(Class::Possessive) => clauses.source(&Phrase {
                core: before..before + 1,
                extent: before..before + 1,
            }),
            Kind::Name(_) if clauses.is_possessive(before) => {
                let phrase = clauses.phrase_before(before + 1, self.unit.start)?;
                clauses.source(&phrase)
            }
            _ => None,
        }
    }

    /// The last subject before a quote, or the sentence's only one.
    fn subject_at(&self, quote: usize) -> Option<Source> {
        let at = self.quote_token(quote);
        if let Some(owner) = self.owner_of_words(at) {
            return Some(owner);
        }
        let verb = (self.unit.start..at).rev().find(|&k| {
            self.clauses.is_finite(k)
                && self
                    .clauses
                    .phrase_before(self.group_start(k), self.unit.start)
                    .is_some()
        });
        let phrase = match verb {
            Some(verb) => self
                .clauses
                .phrase_before(self.group_start(verb), self.unit.start),
            None => self.subject.clone(),
        };
        phrase.and_then(|phrase| self.clauses.source(&phrase))
    }
}

/// Nouns for what somebody says.
const WORDS: &[&str] = &[
    "claim",
    "claims",
    "statement",
    "statements",
    "remark",
    "remarks",
    "comment",
    "comments",
    "announcement",
    "warning",
    "promise",
    "argument",
    "assertion",
    "allegation",
    "suggestion",
    "description",
    "letter",
    "speech",
    "tweet",
    "message",
    "words",
    "call",
    "pledge",
    "threat",
    "question",
    "answer",
    "testimony",
    "article",
    "post",
];

/// What stands after a tag.
struct Right {
    content: Option<Content>,
    end: usize,
    pattern: Pattern,
    listener: Option<TextRange>,
}
