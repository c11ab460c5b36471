//! What stands on either side of a tag: the content before it and after it.

use text_size::TextRange;

use super::super::clause::Kind;
use super::super::{Content, Pattern};
use super::{Reader, Tag};
use crate::extract::Cue;
use crate::lexicon::{Class, Form, Frames, Grade};

/// What stands after a tag.
pub(super) struct Right {
    pub content: Option<Content>,
    /// The token after the last one read.
    pub end: usize,
    pub pattern: Pattern,
    pub listener: Option<TextRange>,
}

impl Reader<'_> {
    /// What stands before the tag: a quote, or a clause that a comma closes.
    pub(super) fn left(&self, cue: &Cue, tag: &Tag, has_right: bool) -> Vec<Content> {
        let frames = cue.entry.frames;
        let takes =
            cue.form != Form::Ing && (frames.takes(Frames::QUOTE) || frames.takes(Frames::THAT));
        if !takes || tag.start <= self.open {
            return Vec::new();
        }
        let clauses = self.clauses;
        let region = self.open..tag.start;
        let last = clauses.kinds[region.end - 1];
        let as_tag = clauses.is(region.end - 1, "as");
        if !matches!(last, Kind::Quote(_) | Kind::Comma | Kind::Dash) && !as_tag {
            return Vec::new();
        }
        if clauses.is_all_quotes(region.clone()) {
            return clauses
                .quotes_in(region)
                .into_iter()
                .map(|quote| clauses.quote_content(quote))
                .collect();
        }
        if has_right {
            return Vec::new();
        }
        let adjunct = matches!(
            clauses.kind(region.start),
            Some(Kind::Word(
                Class::Preposition | Class::Ing | Class::Subordinator | Class::Adverb
            ))
        );
        let quotes = clauses.quotes_in(region.clone());
        // After a few words of its own sentence a whole utterance is still a quote that stands alone.
        if let Kind::Quote(quote) = last
            && (adjunct || quotes.len() == 1)
            && clauses.is_utterance(quote)
        {
            return vec![clauses.quote_content(quote)];
        }
        if quotes.is_empty() && !(frames.takes(Frames::THAT) && clauses.has_finite(region.clone()))
        {
            return Vec::new();
        }
        let end = if as_tag { region.end - 1 } else { region.end };
        clauses.content(region.start..end).into_iter().collect()
    }

    /// What stands after the tag.
    pub(super) fn right(&self, cue: &Cue, tag: &Tag) -> Option<Right> {
        let clauses = self.clauses;
        let frames = cue.entry.frames;
        let high = self.high(cue);
        let (start, listener) = self.skip_listener(cue, tag.end, high);
        let at = self.skip_adjuncts(start, high);
        let found = |content: Option<Content>, end: usize, pattern: Pattern| {
            Some(Right {
                content,
                end,
                pattern,
                listener,
            })
        };
        match clauses.kind(at).filter(|_| at < high) {
            None | Some(Kind::Stop | Kind::Semicolon) => return found(None, at, Pattern::Tagged),
            Some(Kind::Comma | Kind::Colon) => {
                let quote = self.quote_after(at, high);
                return match quote {
                    Some((quote, end)) => {
                        found(Some(clauses.quote_content(quote)), end, Pattern::Tagged)
                    }
                    None => found(None, at, Pattern::Tagged),
                };
            }
            Some(Kind::Quote(quote)) if frames.takes(Frames::QUOTE) => {
                let end = clauses.quote_end(at);
                let next = clauses.kind(end).filter(|_| end < high);
                let alone = matches!(
                    next,
                    None | Some(
                        Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Word(Class::Conjunction)
                    )
                );
                if alone || clauses.is_utterance(quote) {
                    return found(Some(clauses.quote_content(quote)), end, Pattern::Tagged);
                }
            }
            _ => {}
        }
        let end = clauses.content_end(at, high);
        let clause_word = matches!(clauses.kinds[at], Kind::Word(Class::That | Class::Question));
        if clause_word && (frames.takes(Frames::THAT) || frames.takes(Frames::QUESTION)) {
            return found(clauses.content(at..end), end, Pattern::Clause);
        }
        if let Some(start) = self.charge(cue, start, end) {
            return found(clauses.content(start..end), end, Pattern::Clause);
        }
        if frames.takes(Frames::THAT)
            && cue.form != Form::Participle
            && self.is_bare_clause(at, end)
        {
            return found(clauses.content(at..end), end, Pattern::Clause);
        }
        let takes_words = [Frames::QUOTE, Frames::THAT, Frames::NOUN]
            .iter()
            .any(|frame| frames.takes(*frame));
        if takes_words
            && cue.entry.grade != Grade::Nonspeech
            && !clauses.quotes_in(start..end).is_empty()
        {
            return found(clauses.content(start..end), end, Pattern::Object);
        }
        found(None, start, Pattern::Object)
    }

    /// "told reporters": where the listener ends, and who it is.
    fn skip_listener(&self, cue: &Cue, at: usize, high: usize) -> (usize, Option<TextRange>) {
        let clauses = self.clauses;
        if !cue.entry.frames.takes(Frames::LISTENER)
            || clauses.kind(at) == Some(Kind::Word(Class::That))
        {
            return (at, None);
        }
        let Some(phrase) = clauses.phrase_after(at, high) else {
            return (at, None);
        };
        let end = phrase.core.end;
        let closes = matches!(
            clauses.kind(end),
            Some(
                Kind::Word(Class::That | Class::Question)
                    | Kind::Comma
                    | Kind::Colon
                    | Kind::Quote(_)
            )
        );
        // "warned the bridge was unsafe": with a verb behind it the phrase is a subject.
        let is_listener = cue.entry.cue == "tell" || closes || !clauses.has_finite(end..high);
        let range = clauses.range(phrase.core);
        if is_listener {
            (end, Some(range))
        } else {
            (at, None)
        }
    }

    /// Skips what stands between a verb and its content: "on Monday", "in an interview with CNN", "last week".
    fn skip_adjuncts(&self, mut at: usize, high: usize) -> usize {
        let clauses = self.clauses;
        while at < high {
            let next = match clauses.kinds[at] {
                // "in a statement"
                Kind::Cue(cue)
                    if self.cue(cue).form == Form::Phrase && !clauses.is_source_phrase(cue) =>
                {
                    at + 1
                }
                Kind::Word(Class::Adverb | Class::Time) => at + 1,
                Kind::Number if matches!(clauses.kinds[at - 1], Kind::Word(Class::Time)) => at + 1,
                Kind::Word(Class::Preposition)
                    if clauses.kind(at + 1) == Some(Kind::Word(Class::Time)) =>
                {
                    at + 2
                }
                Kind::Word(Class::Preposition | Class::To) => {
                    match clauses.phrase_after(at + 1, high) {
                        // "to leave" is no phrase of place or listener.
                        Some(phrase)
                            if clauses.kinds[at] != Kind::Word(Class::To)
                                || self.is_nominal(at + 1) =>
                        {
                            phrase.core.end
                        }
                        _ => return at,
                    }
                }
                Kind::Word(Class::Other | Class::Determiner | Class::That)
                    if clauses.is_one_of(
                        at,
                        &[
                            "last", "this", "next", "early", "late", "the", "earlier", "one",
                        ],
                    ) && (at + 1..high.min(at + 3))
                        .any(|k| clauses.kinds[k] == Kind::Word(Class::Time)) =>
                {
                    at + 1
                }
                _ => return at,
            };
            at = next;
        }
        at
    }

    /// After "to": a name, a determiner, a pronoun or a plural starts a phrase, a bare word is a verb.
    fn is_nominal(&self, at: usize) -> bool {
        match self.clauses.kind(at) {
            Some(
                Kind::Name(_) | Kind::Word(Class::Determiner | Class::Possessive | Class::Object),
            ) => true,
            Some(Kind::Word(Class::Other)) => self.clauses.is_one_of(
                at,
                &[
                    "reporters",
                    "journalists",
                    "supporters",
                    "lawmakers",
                    "parliament",
                    "viewers",
                    "investors",
                    "police",
                ],
            ),
            _ => false,
        }
    }

    /// A quote right after a comma or colon, or after a comma further on with no verb between: said, speaking in
    /// Tehran, “…”. With the token after it.
    fn quote_after(&self, at: usize, high: usize) -> Option<(usize, usize)> {
        let clauses = self.clauses;
        if let Some(Kind::Quote(quote)) = clauses.kind(at + 1).filter(|_| at + 1 < high) {
            return Some((quote, clauses.quote_end(at + 1)));
        }
        if clauses.kinds[at] == Kind::Colon {
            return None;
        }
        let next = (at + 1..high.min(at + 16)).find(|&k| {
            clauses.is_finite(k) || matches!(clauses.kinds[k], Kind::Quote(_) | Kind::Cue(_))
        })?;
        let Kind::Quote(quote) = clauses.kinds[next] else {
            return None;
        };
        let marked = matches!(clauses.kinds[next - 1], Kind::Comma | Kind::Colon);
        let free = clauses.is_utterance(quote) && !self.taken.contains(&quote);
        (marked && free).then(|| (quote, clauses.quote_end(next)))
    }

    /// "accused Russia of blocking …", "warned Erdogan against launching …": what follows the preposition.
    fn charge(&self, cue: &Cue, at: usize, end: usize) -> Option<usize> {
        let (word, keeps_word) = match cue.entry.cue {
            "accuse" => ("of", false),
            "warn" | "caution" | "advise" => ("against", true),
            _ => return None,
        };
        let found = (at..end).find(|&k| self.clauses.is(k, word))?;
        let gerund = matches!(
            self.clauses.kind(found + 1),
            Some(Kind::Word(Class::Ing) | Kind::Cue(_) | Kind::Quote(_))
        );
        gerund.then_some(if keeps_word { found } else { found + 1 })
    }

    /// A clause without "that": a noun phrase with a verb of its own.
    fn is_bare_clause(&self, at: usize, end: usize) -> bool {
        let starts = match self.clauses.kinds[at] {
            Kind::Name(_) | Kind::Number | Kind::Quote(_) => true,
            Kind::Word(class) => matches!(
                class,
                Class::Determiner
                    | Class::Possessive
                    | Class::Subject
                    | Class::Other
                    | Class::Subordinator
                    | Class::Ing
            ),
            _ => false,
        };
        starts && self.clauses.has_finite(at..end)
    }
}
