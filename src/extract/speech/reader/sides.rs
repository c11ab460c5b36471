//! What stands on either side of a tag: the content before it and after it.

use std::ops::Range;

use text_size::TextRange;

use super::super::clause::Kind;
use super::super::{Content, Pattern};
use super::{Reader, Tag};
use crate::extract::{Cue, TokenKind};
use crate::lexicon::{Class, Form, Frames, Grade};

/// What stands after a tag.
pub(super) struct Right {
    pub content: Option<Content>,
    /// The token after the last one read.
    pub end: usize,
    pub pattern: Pattern,
    pub listener: Option<TextRange>,
    /// The content goes on with what stands before the tag: "The museum, he said, is open."
    pub resumes: bool,
}

/// Verbs that take no noun, so that whatever follows is a clause, even with a verb that no list knows.
const CLAUSES_ONLY: &[&str] = &["say", "argue", "contend", "insist", "testify", "complain"];

/// Nouns that "say" takes all the same: "said a few words".
const SAYINGS: &[&str] = &[
    "word",
    "words",
    "prayer",
    "prayers",
    "goodbye",
    "farewell",
    "thing",
    "things",
    "nothing",
    "something",
    "anything",
    "little",
    "much",
    "more",
    "lot",
    "yes",
    "no",
    "hello",
    "so",
];

/// Words that open the bound of a number.
const BOUNDS: &[&str] = &[
    "about", "almost", "around", "as", "at", "between", "close", "fewer", "just", "less", "more",
    "nearly", "only", "over", "roughly", "under", "up",
];

/// Numbers in words that stand behind one.
const NUMBERS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "dozen",
    "dozens",
    "half",
    "hundreds",
    "thousands",
    "millions",
];

impl Reader<'_> {
    /// What stands before the tag: a quote, or a clause that a comma closes.
    pub(super) fn left(&self, cue: &Cue, tag: &Tag, right: Option<&Right>) -> Vec<Content> {
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
        let right = right.filter(|right| right.content.is_some());
        if right.is_some_and(|right| right.resumes) && clauses.quotes_in(region.clone()).is_empty()
        {
            return self.opening(region);
        }
        if right.is_some() {
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
        let clause = || frames.takes(Frames::THAT) && clauses.has_finite(region.clone());
        // "None before Friday, says the railway."
        let elliptic = || {
            CLAUSES_ONLY.contains(&cue.entry.cue)
                && tag.start == self.group_start(cue.tokens.start)
                && region.start == self.unit.start
                && last == Kind::Comma
                && region.len() > 3
                && !adjunct
        };
        if quotes.is_empty() && !clause() && !elliptic() {
            return Vec::new();
        }
        let end = if as_tag { region.end - 1 } else { region.end };
        let content = clauses.content(region.start..end);
        // "Keller, known as “the Bank”, disagreed": a subject is not among its own words.
        let own = |range: TextRange| {
            let source = tag.source.map(|source| source.range);
            source.is_some_and(|source| range.contains_range(source))
        };
        content
            .into_iter()
            .filter(|content| !own(content.range))
            .collect()
    }

    /// What stands before a tag inside a clause, unless it only tells when or where: "The museum, he said, is open."
    fn opening(&self, region: Range<usize>) -> Vec<Content> {
        let clauses = self.clauses;
        let mut start = region.start;
        if clauses.kinds[start] == Kind::Word(Class::Conjunction) {
            start += 1;
        }
        let adjunct = matches!(
            clauses.kind(start),
            Some(
                Kind::Word(
                    Class::Preposition
                        | Class::Ing
                        | Class::Subordinator
                        | Class::Adverb
                        | Class::To
                        | Class::Time
                ) | Kind::Cue(_)
            )
        );
        if adjunct || start >= region.end {
            return Vec::new();
        }
        clauses.content(start..region.end).into_iter().collect()
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
                resumes: false,
            })
        };
        if let Some(start) = self.request(cue, tag.end, high) {
            let end = clauses.content_end(start, high);
            return found(clauses.content(start..end), end, Pattern::Clause);
        }
        match clauses.kind(at).filter(|_| at < high) {
            None | Some(Kind::Stop | Kind::Semicolon) => return found(None, at, Pattern::Tagged),
            Some(Kind::Comma | Kind::Colon) => {
                let quote = self.quote_after(at, high);
                return match quote {
                    Some((quote, end)) => {
                        found(Some(clauses.quote_content(quote)), end, Pattern::Tagged)
                    }
                    None => match self.resumed(cue, tag, at, high) {
                        Some(right) => Some(Right { listener, ..right }),
                        None => found(None, at, Pattern::Tagged),
                    },
                };
            }
            Some(Kind::Quote(quote))
                if frames.takes(Frames::QUOTE) && !self.goes_on_finite(cue, tag, at..high) =>
            {
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
        let mut end = clauses.content_end(at, high);
        if self.stands_in_front(tag) {
            end = clauses.main_clause(at..end).unwrap_or(end);
        }
        let clause_word = matches!(clauses.kinds[at], Kind::Word(Class::That | Class::Question));
        // “…,” said Keller to the crowd that had waited. “…,” Keller said when asked who was there.
        let before = tag.start.checked_sub(1).and_then(|last| clauses.kind(last));
        let occasion = clauses.kinds[at] == Kind::Word(Class::Subordinator)
            || clauses.is_one_of(at, &["when", "where"]);
        if (clause_word && at > start || occasion) && matches!(before, Some(Kind::Quote(_))) {
            return found(None, start, Pattern::Tagged);
        }
        if self.names(cue, tag, at, high) {
            return found(None, start, Pattern::Object);
        }
        if clause_word && (frames.takes(Frames::THAT) || frames.takes(Frames::QUESTION)) {
            return found(clauses.content(at..end), end, Pattern::Clause);
        }
        if let Some(start) = self.charge(cue, start, end) {
            return found(clauses.content(start..end), end, Pattern::Clause);
        }
        if frames.takes(Frames::THAT)
            && cue.form != Form::Participle
            && cue.entry.cue != "charge"
            && (self.is_bare_clause(at, end) || self.is_said(cue, at, end))
        {
            return found(clauses.content(at..end), end, Pattern::Clause);
        }
        let takes_words = [Frames::QUOTE, Frames::THAT, Frames::NOUN]
            .iter()
            .any(|frame| frames.takes(*frame));
        if takes_words
            && cue.entry.grade != Grade::Nonspeech
            && !clauses.quotes_in(start..end).is_empty()
            && !self.goes_on_finite(cue, tag, start..end)
        {
            // "what one angler called “a bathtub with ducks” is closed": the sentence goes on behind the quote.
            let quote = clauses.quote_end(at);
            let alone = quote > at && quote < end && self.follows_what_it_takes(tag.start);
            let end = if alone { quote } else { end };
            return found(clauses.content(start..end), end, Pattern::Object);
        }
        if matches!(cue.entry.cue, "call for" | "demand") && self.is_nominal_start(at) && at < end {
            return found(clauses.content(at..end), end, Pattern::Object);
        }
        found(None, start, Pattern::Object)
    }

    /// What stands directly behind "called" is its object where the clause has none in front: "what one angler called
    /// “…”", "the plan that critics called “…”".
    fn follows_what_it_takes(&self, subject: usize) -> bool {
        let before = subject.checked_sub(1).filter(|at| *at >= self.unit.start);
        before.is_some_and(|at| {
            self.clauses.is(at, "what")
                || matches!(
                    self.clauses.kinds[at],
                    Kind::Word(Class::That | Class::Relative)
                )
        })
    }

    /// "A boat called “Old Rope”": a participle behind a thing or behind somebody new, and a quote that is the name.
    /// What somebody is known as is a name too, and who sings somewhere may sing in a bar with one.
    fn names(&self, cue: &Cue, tag: &Tag, at: usize, high: usize) -> bool {
        let clauses = self.clauses;
        let is_quote = |at: usize| matches!(clauses.kind(at), Some(Kind::Quote(_)));
        match cue.entry.cue {
            "know" => return (at..high).any(|k| clauses.is(k, "as") && is_quote(k + 1)),
            "sing" => return !is_quote(at),
            _ => {}
        }
        let quoted = cue.entry.cue == "call" && at == cue.tokens.end && is_quote(at);
        let beside = tag.start < cue.tokens.start && !self.follows_what_it_takes(tag.start);
        let subject = tag.start..cue.tokens.start;
        quoted
            && beside
            && (!clauses.can_act(&subject) || clauses.is_one_of(tag.start, &["a", "an"]))
    }

    /// "called for an end to the strike": a noun phrase starts here.
    fn is_nominal_start(&self, at: usize) -> bool {
        matches!(
            self.clauses.kind(at),
            Some(
                Kind::Name(_)
                    | Kind::Number
                    | Kind::Word(Class::Determiner | Class::Possessive | Class::Other | Class::Ing)
            )
        )
    }

    /// "whoever blames the weather “has not looked at the pier”": behind a relative clause, a quote that
    /// opens with a verb goes on with the clause around it.
    fn goes_on_finite(&self, cue: &Cue, tag: &Tag, tokens: Range<usize>) -> bool {
        let clauses = self.clauses;
        let quote = tokens
            .into_iter()
            .find(|&at| matches!(clauses.kinds[at], Kind::Quote(_)));
        let opens = quote.is_some_and(|at| {
            let first = (at..clauses.quote_end(at))
                .find(|&at| clauses.facts.tokens[at].kind == TokenKind::Word)
                .and_then(|at| clauses.facts.words.get(at));
            first.is_some_and(|word| matches!(word.class, Class::Auxiliary | Class::Verb))
        });
        let subject = clauses.kinds[tag.start..cue.tokens.start.max(tag.start)]
            .iter()
            .rev()
            .take_while(|kind| **kind != Kind::Comma)
            .any(|kind| *kind == Kind::Word(Class::Relative));
        opens && subject
    }

    /// "urged both parties to look": where the infinitive starts, behind people or a body who are to do it.
    fn request(&self, cue: &Cue, at: usize, high: usize) -> Option<usize> {
        let clauses = self.clauses;
        let frames = cue.entry.frames;
        let asks = frames.takes(Frames::LISTENER) && frames.takes(Frames::INFINITIVE);
        if !asks || cue.form == Form::Participle || at >= high {
            return None;
        }
        let core = clauses.phrase_after(at, high)?.core;
        let start = core.end;
        let to = match clauses.kind(start) {
            Some(Kind::Word(Class::Negation)) => start + 1,
            _ => start,
        };
        let acts = to + 1 < high
            && clauses.kinds[to] == Kind::Word(Class::To)
            && !self.is_nominal(to + 1)
            && !matches!(clauses.kinds[to + 1], Kind::Number);
        (acts && clauses.can_act(&core)).then_some(start)
    }

    /// "The museum, he said, is open": what goes on behind the comma of a tag.
    fn resumed(&self, cue: &Cue, tag: &Tag, at: usize, high: usize) -> Option<Right> {
        let clauses = self.clauses;
        let follows = at + 1 < high && clauses.kinds[at] == Kind::Comma;
        // Behind the verb stands nobody but a listener: a subject there may have an apposition of its own.
        let inverted = tag.start == self.group_start(cue.tokens.start);
        if !follows || inverted || !cue.entry.frames.takes(Frames::THAT) || cue.form == Form::Ing {
            return None;
        }
        let found = |start: usize| {
            let end = clauses.content_end(start, high);
            let content = clauses.content(start..end)?;
            Some(Right {
                content: Some(content),
                end,
                pattern: Pattern::Clause,
                listener: None,
                resumes: true,
            })
        };
        // "says at a stop in Toledo, Ohio, that …"
        let near = (at + 1..high.min(at + 5)).find(|&k| clauses.kinds[k] == Kind::Comma);
        let that = near.filter(|near| clauses.kind(near + 1) == Some(Kind::Word(Class::That)));
        if clauses.kinds[at + 1] == Kind::Word(Class::That) {
            return found(at + 1);
        }
        if let Some(near) = that {
            return found(near + 1);
        }
        let before = tag.start.checked_sub(1).filter(|k| *k >= self.unit.start);
        let parted = before.is_some_and(|k| {
            let closes = k.checked_sub(1).and_then(|last| clauses.kind(last));
            clauses.kinds[k] == Kind::Comma && !matches!(closes, Some(Kind::Quote(_)))
        });
        let goes_on = match clauses.kinds[at + 1] {
            Kind::Name(_) | Kind::Number => true,
            Kind::Cue(cue) => matches!(self.cue(cue).form, Form::Past | Form::Third),
            Kind::Word(class) => !matches!(
                class,
                Class::Ing
                    | Class::Conjunction
                    | Class::Relative
                    | Class::Subordinator
                    | Class::Preposition
                    | Class::Adverb
                    | Class::Time
                    | Class::To
            ),
            _ => false,
        };
        let end = clauses.content_end(at + 1, high);
        (parted && goes_on && clauses.has_finite(at + 1..end))
            .then(|| found(at + 1))
            .flatten()
    }

    /// A participle or a clause in front of the main one: "Claiming that …, Keller said", "While he admitted …, he said".
    fn stands_in_front(&self, tag: &Tag) -> bool {
        let clauses = self.clauses;
        let first = self.unit.start;
        let opens = match clauses.kinds[first] {
            Kind::Word(Class::Subordinator | Class::Ing) => true,
            Kind::Cue(cue) => self.cue(cue).form == Form::Ing,
            Kind::Word(Class::Preposition) => match clauses.kind(first + 1) {
                Some(Kind::Cue(cue)) => self.cue(cue).form == Form::Ing,
                kind => kind == Some(Kind::Word(Class::Ing)),
            },
            _ => false,
        };
        opens && !clauses.kinds[first..tag.end].contains(&Kind::Comma)
    }

    /// What a verb that takes nothing but clauses says, though no verb in it is known.
    fn is_said(&self, cue: &Cue, at: usize, end: usize) -> bool {
        let clauses = self.clauses;
        let starts = matches!(
            clauses.kinds[at],
            Kind::Name(_)
                | Kind::Number
                | Kind::Word(Class::Determiner | Class::Possessive | Class::Subject | Class::Other)
        );
        starts
            && CLAUSES_ONLY.contains(&cue.entry.cue)
            && end >= at + 4
            && !(at..end.min(at + 4)).any(|k| clauses.is_one_of(k, SAYINGS))
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

    /// "up to 20 people", "more than a dozen".
    fn is_quantity(&self, at: usize) -> bool {
        let clauses = self.clauses;
        let number =
            |at: usize| clauses.kind(at) == Some(Kind::Number) || clauses.is_one_of(at, NUMBERS);
        clauses.is_one_of(at, BOUNDS) && (at + 1..at + 4).any(number)
    }

    /// A clause without "that": a noun phrase with a verb of its own.
    fn is_bare_clause(&self, at: usize, end: usize) -> bool {
        let starts = match self.clauses.kinds[at] {
            Kind::Name(_) | Kind::Number | Kind::Quote(_) => true,
            Kind::Word(class) => {
                matches!(
                    class,
                    Class::Determiner
                        | Class::Possessive
                        | Class::Subject
                        | Class::Other
                        | Class::Subordinator
                        | Class::Ing
                ) || self.clauses.is(at, "there")
                    || self.is_quantity(at)
            }
            _ => false,
        };
        starts && self.clauses.has_finite(at..end)
    }
}
