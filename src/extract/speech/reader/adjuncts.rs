//! What stands between a verb and its content: who is told, when and where.

use text_size::TextRange;

use super::super::clause::Kind;
use super::Reader;
use crate::extract::Cue;
use crate::lexicon::{Class, Form, Frames};

impl Reader<'_> {
    /// "told reporters": where the listener ends, and who it is.
    pub(super) fn skip_listener(
        &self,
        cue: &Cue,
        at: usize,
        high: usize,
    ) -> (usize, Option<TextRange>) {
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
        // "promised the union in May that …"
        let late = || clauses.kind(self.skip_adjuncts(end, high)) == Some(Kind::Word(Class::That));
        // "warned the bridge was unsafe": with a verb behind it the phrase is a subject.
        let is_listener =
            cue.entry.cue == "tell" || closes || !clauses.has_finite(end..high) || late();
        let range = clauses.range(phrase.core);
        if is_listener {
            (end, Some(range))
        } else {
            (at, None)
        }
    }

    /// Skips what stands between a verb and its content: "on Monday", "in an interview with CNN", "last week".
    pub(super) fn skip_adjuncts(&self, mut at: usize, high: usize) -> usize {
        let clauses = self.clauses;
        while at < high {
            let next = match clauses.kinds[at] {
                // "in a statement"
                Kind::Cue(cue)
                    if self.cue(cue).form == Form::Phrase && !clauses.is_source_phrase(cue) =>
                {
                    at + 1
                }
                // "said there was no time"
                Kind::Word(Class::Adverb)
                    if clauses.is(at, "there") && clauses.is_finite(at + 1) =>
                {
                    return at;
                }
                // "said after the vote he would go"
                Kind::Word(Class::Subordinator)
                    if clauses.is_one_of(at, &["after", "before", "since"]) =>
                {
                    match clauses.phrase_after(at + 1, high) {
                        Some(phrase) if self.opens_clause(phrase.core.end) => phrase.core.end,
                        _ => return at,
                    }
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

    /// A subject or "that".
    fn opens_clause(&self, at: usize) -> bool {
        matches!(
            self.clauses.kind(at),
            Some(
                Kind::Name(_)
                    | Kind::Word(
                        Class::That | Class::Subject | Class::Determiner | Class::Possessive
                    )
            )
        )
    }

    /// After "to": a name, a determiner, a pronoun or a plural starts a phrase, a bare word is a verb.
    pub(super) fn is_nominal(&self, at: usize) -> bool {
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
}
