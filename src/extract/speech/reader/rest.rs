//! Source phrases, and the quotes of a sentence that no verb took.

use super::super::clause::Kind;
use super::super::phrase::Phrase;
use super::super::{Content, Pattern, Source, SourceKind, Speech};
use super::{Reader, Tag};
use crate::extract::Label;
use crate::lexicon::Class;

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

/// Things that are put up to be read.
const DISPLAYED: &[&str] = &[
    "notice", "notices", "sign", "signs", "banner", "banners", "placard", "placards", "plaque",
    "sticker", "stickers", "card",
];

impl Reader<'_> {
    /// "according to X", at either end of what it covers.
    pub(super) fn read_source_phrase(&mut self, index: usize) {
        let cue = self.cue(index);
        let Some(phrase) = self.clauses.phrase_after(cue.tokens.end, self.unit.end) else {
            return;
        };
        let Some(source) = self.clauses.source(&phrase) else {
            return;
        };
        let leads = cue.tokens.start <= self.unit.start + 1 || self.open >= cue.tokens.start;
        // "According to Keller, the pump in the cellar failed": what no comma closes is no apposition.
        let end = match self.clauses.kind(phrase.extent.end) {
            Some(Kind::Comma) if phrase.extent.end < self.unit.end => phrase.extent.end,
            _ => phrase.core.end,
        };
        let region = if leads {
            end..self.clauses.content_end(end, self.unit.end)
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
            region.start
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
        let is_thing = |speech: &Speech| {
            speech
                .source
                .is_some_and(|inner| inner.kind == SourceKind::Phrase)
                && matches!(
                    speech.pattern,
                    Pattern::Clause | Pattern::Object | Pattern::Tagged
                )
        };
        let mut lent = false;
        for speech in self.speech.iter_mut().filter(|speech| is_thing(speech)) {
            *speech = Speech {
                source: Some(source),
                cue: Some(index),
                pattern: Pattern::Phrase,
                ..speech.clone()
            };
            lent = true;
        }
        lent
    }

    /// "was quoted as saying", "in a statement", "told reporters": the subject speaks.
    pub(super) fn read_other_phrase(&mut self, index: usize) {
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
        let mut contents = self.left(cue, &tag, None);
        if contents.is_empty() {
            let end = self.clauses.content_end(cue.tokens.end, self.unit.end);
            contents.extend(self.clauses.content(cue.tokens.end..end));
        }
        if contents.is_empty() {
            return;
        }
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

    /// "Putin was blunt: “…”": the subject of the sentence before the colon speaks.
    pub(super) fn read_colon(&mut self, at: usize) {
        let Some(Kind::Quote(quote)) = self.clauses.kind(at + 1).filter(|_| at + 1 < self.unit.end)
        else {
            return;
        };
        let spoken = match &self.subject {
            Some(subject) => self.clauses.source(subject),
            None => self.opening_name(at),
        };
        let Some(source) = self.displayed(at).or(spoken) else {
            return;
        };
        if self.taken.contains(&quote) || self.clauses.has_tag(at + 1, self.unit.end) {
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

    /// "Keller again, on the steps of the hall: “…”": whom a unit without a verb starts with.
    fn opening_name(&self, colon: usize) -> Option<Source> {
        let clauses = self.clauses;
        let first = self.unit.start;
        let named = matches!(clauses.kinds[first], Kind::Name(_));
        let phrase = clauses.phrase_after(first, colon).filter(|_| named)?;
        let bare = !clauses.has_finite(first..colon);
        clauses.source(&phrase).filter(|_| bare)
    }

    /// "She hung a notice in her window: “…”": what stands on a thing, that says.
    fn displayed(&self, colon: usize) -> Option<Source> {
        const NEAR: usize = 8;
        let clauses = self.clauses;
        let from = colon.saturating_sub(NEAR).max(self.unit.start + 1);
        let noun = (from..colon).find(|&noun| {
            let behind = clauses.kind(noun + 1);
            clauses.is_one_of(noun, DISPLAYED)
                && matches!(clauses.kinds[noun], Kind::Word(_))
                && matches!(behind, Some(Kind::Colon | Kind::Word(Class::Preposition)))
                && (self.unit.start..noun)
                    .rev()
                    .take(3)
                    .any(|k| clauses.kinds[k] == Kind::Word(Class::Determiner))
        })?;
        clauses.source(&Phrase {
            core: noun..noun + 1,
            extent: noun..noun + 1,
        })
    }

    /// "Calling it “a disgrace,” Keller said …": a participle before its subject.
    pub(super) fn lend_sources(&mut self) {
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

    /// "Keller’s claim that the port is shut": the owner of the words says what the clause behind them holds.
    pub(super) fn read_nouns(&mut self) {
        let clauses = self.clauses;
        for noun in self.unit.start..self.unit.end.saturating_sub(1) {
            if !clauses.is_one_of(noun, WORDS) || matches!(clauses.kinds[noun], Kind::Cue(_)) {
                continue;
            }
            let issuer = self.issuer_behind(noun);
            let that = issuer.as_ref().map_or(noun + 1, |issuer| issuer.core.end);
            if clauses.kind(that) != Some(Kind::Word(Class::That)) || that >= self.unit.end {
                continue;
            }
            let source = match &issuer {
                Some(issuer) => clauses.source(issuer),
                None => self.owner_of(noun),
            };
            let Some(source) = source else {
                continue;
            };
            let end = self.noun_clause_end(noun, that);
            let Some(content) = clauses.content(that..end) else {
                continue;
            };
            self.speech.push(Speech {
                cue: None,
                source: Some(source),
                contents: vec![content],
                via: None,
                listener: None,
                pattern: Pattern::Clause,
            });
        }
    }

    /// "an announcement from Keller’s office": who stands behind a noun for words.
    fn issuer_behind(&self, noun: usize) -> Option<Phrase> {
        let from = self.clauses.is_one_of(noun + 1, &["from", "by"]);
        let high = self.unit.end;
        (from && noun + 2 < high)
            .then(|| self.clauses.phrase_after(noun + 2, high))
            .flatten()
    }

    /// Where the clause behind a noun for words ends, which starts with `that`. Where no verb stands before the noun, that of the sentence
    /// follows: "His claim that the port is shut | angered the crew".
    fn noun_clause_end(&self, noun: usize, that: usize) -> usize {
        let clauses = self.clauses;
        let end = clauses.content_end(that, self.unit.end);
        if clauses.has_finite(self.unit.start..noun) {
            return end;
        }
        if let Some(main) = clauses.main_clause(that + 1..end) {
            return main;
        }
        let mut owed = 1_usize;
        let mut at = that + 1;
        while at < end {
            match clauses.kinds[at] {
                Kind::Quote(_) => {
                    at = clauses.quote_end(at);
                    continue;
                }
                Kind::Word(
                    Class::That | Class::Relative | Class::Subordinator | Class::Question,
                ) => owed += 1,
                _ if clauses.is_finite(at) && !clauses.is_finite(at - 1) => match owed {
                    0 => return self.group_start(at),
                    _ => owed -= 1,
                },
                _ => {}
            }
            at += 1;
        }
        end
    }

    /// “…” — Anna Keller, and NAME: “…” at the start of a paragraph.
    pub(super) fn read_label(&mut self) {
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
    pub(super) fn read_rest(&mut self) {
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
                None => match self.owner_of_words(self.place_of(quote)) {
                    Some(owner) => (None, Some(owner), Pattern::Near),
                    None => {
                        let source = self.viewpoint().or_else(|| self.subject_at(quote));
                        (None, source, Pattern::Subject)
                    }
                },
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

    /// "his claim that …", "Keller’s remarks about …": the owner of the words speaks.
    fn owner_of_words(&self, quote: usize) -> Option<Source> {
        let clauses = self.clauses;
        let from = quote.saturating_sub(16).max(self.unit.start + 1);
        let noun = (from..quote).rev().find(|&k| clauses.is_one_of(k, WORDS))?;
        self.owner_of(noun)
    }

    /// Whose words a noun for them means: "his earlier claim", "Keller’s remarks".
    fn owner_of(&self, noun: usize) -> Option<Source> {
        let clauses = self.clauses;
        let before = (self.unit.start..noun)
            .rev()
            .take(3)
            .find(|&k| !matches!(clauses.kinds[k], Kind::Word(Class::Other)))?;
        match clauses.kinds[before] {
            Kind::Word(Class::Possessive) => clauses.source(&Phrase {
                core: before..before + 1,
                extent: before..before + 1,
            }),
            Kind::Name(_) if clauses.is_possessive(before) => {
                let name = (self.unit.start..before)
                    .rev()
                    .take_while(|&k| clauses.kinds[k] == clauses.kinds[before])
                    .last()
                    .unwrap_or(before);
                clauses.source(&Phrase {
                    core: name..before + 1,
                    extent: name..before + 1,
                })
            }
            _ => None,
        }
    }

    /// The first token of a quote.
    fn place_of(&self, quote: usize) -> usize {
        self.clauses.kinds[self.unit.clone()]
            .iter()
            .position(|kind| *kind == Kind::Quote(quote))
            .map_or(self.unit.end, |offset| self.unit.start + offset)
    }

    /// "For Keller, it was “a matter of time”": the person from whose side the sentence looks.
    fn viewpoint(&self) -> Option<Source> {
        let clauses = self.clauses;
        let first = self.unit.start;
        if !clauses.is_one_of(first, &["for", "to"]) {
            return None;
        }
        let phrase = clauses.phrase_after(first + 1, self.unit.end)?;
        let closes = clauses.kind(phrase.core.end) == Some(Kind::Comma);
        let source = clauses.source(&phrase).filter(|_| closes)?;
        let person = match source.kind {
            SourceKind::Name(name) => clauses.facts.mentions[name].label == Label::Person,
            _ => false,
        };
        person.then_some(source)
    }

    /// The last subject before a quote, or the sentence's only one.
    fn subject_at(&self, quote: usize) -> Option<Source> {
        let at = self.place_of(quote);
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
