//! What a cue reports: the words before it or after it, and where they end.

use std::ops::Range;

use super::Content;
use super::clause::{Clauses, Kind};
use crate::extract::QuoteKind;
use crate::lexicon::{Class, Form, Frames};

impl Clauses<'_> {
    /// A run of tokens as content; none where it holds no word.
    pub fn content(&self, tokens: Range<usize>) -> Option<Content> {
        let tokens = self.trimmed(tokens);
        if tokens.is_empty() {
            return None;
        }
        let quotes = self.quotes_in(tokens.clone());
        let mut range = self.facts.tokens[tokens.start]
            .range
            .cover(self.facts.tokens[tokens.end - 1].range);
        // The range of a quote reaches to its marks, which may stand inside the tokens at its ends.
        for quote in [quotes.first(), quotes.last()].into_iter().flatten() {
            range = range.cover(self.facts.quotes[*quote].range);
        }
        let direct =
            matches!(quotes.as_slice(), [quote] if self.facts.quotes[*quote].range == range);
        Some(Content {
            range,
            quotes,
            direct,
        })
    }

    /// One quote as content.
    pub fn quote_content(&self, quote: usize) -> Content {
        Content {
            range: self.facts.quotes[quote].range,
            quotes: vec![quote],
            direct: true,
        }
    }

    /// The outermost quotes among tokens, in reading order.
    pub fn quotes_in(&self, tokens: Range<usize>) -> Vec<usize> {
        let mut quotes: Vec<usize> = Vec::new();
        for kind in &self.kinds[tokens] {
            if let Kind::Quote(quote) = kind
                && quotes.last() != Some(quote)
            {
                quotes.push(*quote);
            }
        }
        quotes
    }

    /// Without the commas, stops and conjunctions at the ends that belong to the sentence around.
    fn trimmed(&self, tokens: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = tokens;
        while start < end
            && matches!(
                self.kinds[start],
                Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Dash | Kind::Stop
            )
        {
            start += 1;
        }
        while start < end
            && matches!(
                self.kinds[end - 1],
                Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Dash | Kind::Stop
            )
        {
            end -= 1;
        }
        start..end
    }

    /// Nothing but quotes, and commas or a conjunction around them.
    pub fn is_all_quotes(&self, tokens: Range<usize>) -> bool {
        let kinds = &self.kinds[tokens.clone()];
        kinds.iter().any(|kind| matches!(kind, Kind::Quote(_)))
            && kinds.iter().enumerate().all(|(k, kind)| match kind {
                Kind::Quote(_) | Kind::Comma | Kind::Dash | Kind::Stop | Kind::Mark => true,
                Kind::Word(Class::Conjunction | Class::Adverb) => k == 0,
                _ => false,
            })
    }

    pub fn has_finite(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().any(|at| self.is_finite(at))
    }

    /// Where reported content that starts at `at` ends: before what the writer adds in the same sentence.
    pub fn content_end(&self, at: usize, high: usize) -> usize {
        let mut k = at;
        while k < high {
            match self.kinds[k] {
                Kind::Quote(quote) => {
                    k = self.quote_end(k).min(high);
                    let inside = &self.text[self.facts.quotes[quote].content];
                    if inside.ends_with(',') && self.breaks_off(k, high) {
                        return k;
                    }
                    continue;
                }
                Kind::Semicolon => return k,
                Kind::Colon if k > at && self.has_tag(k + 1, high) => return k,
                Kind::Word(Class::Conjunction) if k > at && self.starts_verb(at..k, high) => {
                    return k;
                }
                // "called it “a drill” and Keller answered that …"
                Kind::Word(Class::Conjunction)
                    if k > at
                        && matches!(self.kinds[k - 1], Kind::Quote(_))
                        && self.another_speaks(k, high) =>
                {
                    return k;
                }
                Kind::Comma | Kind::Dash if k > at && self.breaks_off(k + 1, high) => return k,
                Kind::Cue(cue) if k > at && self.is_source_phrase(cue) => return k,
                _ => {}
            }
            k += 1;
        }
        high
    }

    /// A quote starts at a token, and behind it stands a tag of its own: “…,” the union wrote.
    pub fn has_tag(&self, at: usize, high: usize) -> bool {
        let end = self.quote_end(at);
        let tag = |at: usize| match self.kind(at) {
            Some(Kind::Cue(cue)) if at < high => {
                let cue = &self.facts.cues[cue];
                matches!(cue.form, Form::Past | Form::Third)
                    && cue.entry.frames.takes(Frames::QUOTE)
            }
            _ => false,
        };
        let behind = || {
            self.phrase_after(end, high)
                .is_some_and(|phrase| tag(phrase.extent.end))
        };
        end > at && end < high && (tag(end) || behind())
    }

    /// "… and blamed", "… but said": another cue with the same subject behind the conjunction that ends `content`. In a
    /// clause with a verb of its own, one that takes no words is more likely that clause's: "said the court had heard
    /// and dismissed the claim".
    fn starts_verb(&self, content: Range<usize>, high: usize) -> bool {
        let at = content.end + 1;
        let Some((cue, Form::Past | Form::Third)) = self.cue_after(at, high) else {
            return false;
        };
        let entry = self.facts.cues[cue].entry;
        let frames = entry.frames;
        frames.takes(Frames::QUOTE)
            || frames.takes(Frames::THAT)
            || frames.takes(Frames::LISTENER)
            || matches!(entry.cue, "call" | "call for")
            || self.kinds[content.end - 1] == Kind::Comma
            || !self.has_finite(content)
    }

    /// The cue at a token or behind the adverb there.
    fn cue_after(&self, at: usize, high: usize) -> Option<(usize, Form)> {
        let verb = match self.kind(at) {
            Some(Kind::Word(Class::Adverb)) => at + 1,
            _ => at,
        };
        match self.kind(verb).filter(|_| verb < high) {
            Some(Kind::Cue(cue)) => Some((cue, self.facts.cues[cue].form)),
            _ => None,
        }
    }

    /// ", and rights groups warned": somebody else speaks behind the conjunction at a token.
    fn another_speaks(&self, at: usize, high: usize) -> bool {
        let Some(phrase) = self.phrase_after(at + 1, high) else {
            return false;
        };
        let cue = self.cue_after(phrase.core.end, high);
        cue.is_some_and(|(cue, form)| {
            let frames = self.facts.cues[cue].entry.frames;
            matches!(form, Form::Past | Form::Third)
                && (frames.takes(Frames::QUOTE) || frames.takes(Frames::THAT))
        })
    }

    /// Where the main clause starts behind a clause in front of it: "Claiming that it was safe, | Keller said …".
    pub fn main_clause(&self, tokens: Range<usize>) -> Option<usize> {
        let mut at = tokens.start;
        while at < tokens.end {
            let (end, border) = match self.kinds[at] {
                Kind::Quote(quote) => {
                    let inside = &self.text[self.facts.quotes[quote].content];
                    (self.quote_end(at), inside.trim_end().ends_with(','))
                }
                kind => (at + 1, kind == Kind::Comma),
            };
            if border && at > tokens.start && self.starts_main_clause(end, tokens.end) {
                return Some(end);
            }
            at = end;
        }
        None
    }

    /// A subject with its verb.
    fn starts_main_clause(&self, at: usize, high: usize) -> bool {
        let Some(phrase) = self.phrase_after(at, high) else {
            return false;
        };
        let verb = match self.kind(phrase.extent.end) {
            Some(Kind::Word(Class::Adverb)) => phrase.extent.end + 1,
            _ => phrase.extent.end,
        };
        verb < high && self.is_finite(verb)
    }

    /// Whether the writer's own words go on after a comma: ", adding that", ", according to", ", but".
    fn breaks_off(&self, at: usize, high: usize) -> bool {
        match self.kind(at).filter(|_| at < high) {
            Some(Kind::Cue(cue)) => {
                self.facts.cues[cue].form == Form::Ing || self.is_source_phrase(cue)
            }
            Some(Kind::Word(Class::Conjunction)) => {
                self.is(at, "but") || self.another_speaks(at, high)
            }
            Some(Kind::Word(Class::Subordinator)) => self.is_one_of(
                at,
                &["while", "although", "though", "whereas", "as", "after"],
            ),
            _ => false,
        }
    }

    /// "according to", "per", "in the words of".
    pub fn is_source_phrase(&self, cue: usize) -> bool {
        let cue = &self.facts.cues[cue];
        // "78 per cent"
        let names = || {
            matches!(
                self.kind(cue.tokens.end),
                Some(Kind::Name(_) | Kind::Word(Class::Determiner | Class::Possessive))
            )
        };
        cue.form == Form::Phrase
            && (matches!(cue.entry.cue, "according to" | "in the words of")
                || cue.entry.cue == "per" && names())
    }

    /// A quote that can stand for a whole utterance rather than for a piece of the sentence around it.
    pub fn is_utterance(&self, quote: usize) -> bool {
        matches!(self.facts.quotes[quote].kind, QuoteKind::Full)
    }
}
