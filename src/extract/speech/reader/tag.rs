//! The tag of a verb: who its subject is, in whatever order they stand.

use super::super::clause::Kind;
use super::super::phrase::Phrase;
use super::super::{Pattern, Source, SourceKind, Speech};
use super::{Reader, Tag};
use crate::extract::{Cue, Label};
use crate::lexicon::{Class, Form, Frames};

/// What shows or plays somebody’s words.
const RECORDINGS: &[&str] = &[
    "footage",
    "video",
    "videos",
    "clip",
    "clips",
    "tape",
    "tapes",
    "audio",
    "recording",
    "recordings",
    "film",
    "sound",
    "image",
    "images",
];

impl Reader<'_> {
    /// The subject of a verb: before it, after it, or that of the verb before.
    pub(super) fn tag(&mut self, cue: &Cue) -> Option<Tag> {
        let verb = cue.tokens.start;
        let group = self.group_start(verb);
        if cue.passive {
            return self.passive(cue, group);
        }
        let before = group
            .checked_sub(1)
            .filter(|at| *at >= self.unit.start)
            .map(|at| self.clauses.kinds[at]);
        if let Some(tag) = self.inverted(cue, group, before) {
            return Some(tag);
        }
        if cue.form == Form::Participle && group == verb || self.was_told(cue, before) {
            return None;
        }
        let inherits = match before {
            Some(Kind::Word(Class::To | Class::Conjunction)) => true,
            Some(Kind::Comma) => cue.form == Form::Ing,
            _ => false,
        };
        let phrase = if inherits {
            None
        } else {
            self.clauses.phrase_before(group, self.unit.start)
        };
        let Some(phrase) = phrase else {
            let takes_over = inherits || cue.form == Form::Ing || before == Some(Kind::Comma);
            return takes_over.then(|| self.main_tag(group, cue));
        };
        // "issued a statement calling it …": whoever issued it speaks. "condemned what he called a breach": the
        // sentence's subject stands for the pronoun.
        if cue.form == Form::Ing
            && let Some(inner) = self.heard(&phrase)
        {
            return Some(Tag {
                source: self.clauses.source(&inner),
                start: group,
                end: cue.tokens.end,
            });
        }
        let stands_in = cue.form == Form::Ing && self.is_thing(&phrase)
            || self.clauses.is_pronoun(&phrase.core) && self.follows_what(&phrase);
        if stands_in && self.main.is_some() {
            return Some(self.main_tag(group, cue));
        }
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

    /// "Keller, told of this, sent …", "Keller, asked whether he would go, said …": a passive in short, behind a comma and
    /// with nobody who is told.
    fn was_told(&self, cue: &Cue, before: Option<Kind>) -> bool {
        before == Some(Kind::Comma)
            && self.clauses.is_told(cue.tokens.start)
            && self.clauses.kinds[cue.tokens.end..self.unit.end].contains(&Kind::Comma)
    }

    /// The tag of a verb whose subject is the main clause's.
    fn main_tag(&self, group: usize, cue: &Cue) -> Tag {
        let source = self
            .main
            .as_ref()
            .and_then(|subject| self.clauses.source(subject));
        Tag {
            source,
            start: group,
            end: cue.tokens.end,
        }
    }

    /// "“…,” the paper quoted her as saying", "the paper quoted Keller as saying that …": whom the verb has for its object
    /// speaks, and its subject passes it on.
    pub(super) fn read_quoted_as(&mut self, index: usize) -> bool {
        let clauses = self.clauses;
        let cue = self.cue(index);
        let at = cue.tokens.start;
        let object = at
            .checked_sub(1)
            .filter(|&as_| cue.form == Form::Ing && as_ > self.unit.start && clauses.is(as_, "as"))
            .and_then(|as_| clauses.object_before(as_, self.unit.start));
        let Some((verb, object)) = object
            .filter(|(verb, _)| clauses.is_one_of(*verb, &["quoted", "quotes", "cited", "cites"]))
        else {
            return false;
        };
        let subject = clauses.phrase_before(self.group_start(verb), self.unit.start);
        let start = subject
            .as_ref()
            .map_or(verb, |subject| subject.extent.start);
        let before = self.open..start;
        let mut end = cue.tokens.end;
        let contents = match !before.is_empty() && clauses.is_all_quotes(before.clone()) {
            true => {
                let quotes = clauses.quotes_in(before).into_iter();
                quotes.map(|quote| clauses.quote_content(quote)).collect()
            }
            false => {
                end = clauses.content_end(end, self.unit.end);
                let content = clauses.content(cue.tokens.end..end);
                content.into_iter().collect::<Vec<_>>()
            }
        };
        if contents.is_empty() {
            return false;
        }
        for content in contents.iter().filter(|content| content.direct) {
            self.taken.extend(&content.quotes);
        }
        self.open = end;
        self.speech.push(Speech {
            cue: Some(index),
            source: clauses.source(&object),
            contents,
            via: subject.map(|subject| clauses.range(subject.core)),
            listener: None,
            pattern: Pattern::Tagged,
        });
        self.set_subject(object);
        true
    }

    /// "footage of Anna Keller saying": the name behind the preposition, which the participle stands beside.
    fn heard(&self, phrase: &Phrase) -> Option<Phrase> {
        let name = (phrase.core.start + 1..phrase.core.end)
            .rev()
            .take_while(|&at| matches!(self.clauses.kinds[at], Kind::Name(_)))
            .last()?;
        let core = name..phrase.core.end;
        let recorded = (phrase.core.start..name).any(|at| self.clauses.is_one_of(at, RECORDINGS));
        (recorded && self.clauses.is(name - 1, "of")).then_some(Phrase {
            core: core.clone(),
            extent: core,
        })
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
        let may_invert = matches!(cue.form, Form::Past | Form::Third)
            && (cue.entry.frames.takes(Frames::QUOTE)
                || cue.entry.frames.takes(Frames::THAT) && matches!(before, Some(Kind::Quote(_))))
            && cue.entry.cue != "tell";
        let as_tag = self.clauses.is(group.wrapping_sub(1), "as");
        let opens = matches!(
            before,
            None | Some(Kind::Quote(_) | Kind::Comma | Kind::Dash | Kind::Stop | Kind::Mark)
        );
        if !may_invert || !(opens || as_tag) {
            return None;
        }
        let phrase = self.clauses.phrase_after(cue.tokens.end, self.unit.end)?;
        let next = self
            .clauses
            .kind(phrase.extent.end)
            .filter(|_| phrase.extent.end < self.unit.end);
        let ends = match next {
            None => true,
            Some(Kind::Comma | Kind::Stop | Kind::Colon | Kind::Semicolon | Kind::Dash) => true,
            // "Moore, the mayor, said Hale’s “wall must fall”": words before a quote without a mark belong to it.
            Some(Kind::Quote(_)) => {
                matches!(before, Some(Kind::Quote(_)))
                    || self.clauses.phrase_before(group, self.unit.start).is_none()
            }
            // "Putin, who flew in, said Turkey on Monday …" has its subject before the verb.
            Some(Kind::Word(
                Class::Preposition
                | Class::To
                | Class::Time
                | Class::Subordinator
                | Class::Adverb
                | Class::Ing
                | Class::Relative
                | Class::Conjunction,
            )) => {
                matches!(before, Some(Kind::Quote(_)))
                    || self.clauses.phrase_before(group, self.unit.start).is_none()
            }
            _ => false,
        };
        if !ends {
            return None;
        }
        let tag = Tag {
            source: self.clauses.source(&phrase),
            start: group,
            end: phrase.extent.end,
        };
        self.set_subject(phrase);
        Some(tag)
    }

    /// "was described by officials as …": the agent speaks; without one nobody does.
    fn passive(&self, cue: &Cue, group: usize) -> Option<Tag> {
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

    /// The comma and the cue of ", the agency reported on Monday." at the end of the sentence.
    pub(super) fn find_tail(&self) -> Option<(usize, usize)> {
        let clauses = self.clauses;
        let from = self.unit.end.saturating_sub(8).max(self.unit.start);
        let at = (from..self.unit.end)
            .rev()
            .find(|&k| matches!(clauses.kinds[k], Kind::Cue(_) | Kind::Quote(_)))?;
        let Kind::Cue(index) = clauses.kinds[at] else {
            return None;
        };
        let cue = self.cue(index);
        let ends = (cue.tokens.end..self.unit.end).all(|k| {
            matches!(
                clauses.kinds[k],
                Kind::Stop | Kind::Word(Class::Adverb | Class::Time | Class::Preposition)
            )
        });
        if !ends || !matches!(cue.form, Form::Past | Form::Third) || cue.passive {
            return None;
        }
        let phrase = clauses.phrase_before(self.group_start(cue.tokens.start), self.unit.start)?;
        let comma = phrase
            .extent
            .start
            .checked_sub(1)
            .filter(|comma| *comma > self.unit.start)?;
        (clauses.kinds[comma] == Kind::Comma).then_some((comma, index))
    }

    /// "…, IRNA reported" behind what a person is said to have said: the body passes it on.
    pub(super) fn relay(&mut self, tag: &Tag) -> bool {
        let Some(Source {
            kind: SourceKind::Name(name),
            ..
        }) = tag.source
        else {
            return false;
        };
        let mention = &self.clauses.facts.mentions[name];
        if mention.label != Label::Organisation {
            return false;
        }
        let mut passed_on = false;
        for speech in self.speech.iter_mut().filter(|speech| speech.cue.is_some()) {
            if speech
                .source
                .is_some_and(|source| source.kind != SourceKind::Phrase)
            {
                speech.via.get_or_insert(mention.range);
                passed_on = true;
            }
        }
        passed_on
    }
}
