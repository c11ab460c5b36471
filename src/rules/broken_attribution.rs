//! broken-attribution: the words that name a speaker, cut off from the quote or cut in two.

use text_size::{TextRange, TextSize};

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::extract::{Case, Cue, Quote, QuoteKind, TokenKind};
use crate::lexicon::{Class, Form, Frames, Lexicon};

declare_rule! {
    /// Attribution broken by its punctuation
    ///
    /// ## Why
    ///
    /// A full stop in the wrong place parts the quote from its speaker, or the speaker from the rest of the
    /// sentence. Mostly it is a slip of the hand, sometimes a line lost in a cut.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “The bridge is safe,” Meyer told CNN. last week.
    /// ```
    ///
    /// ```text
    /// “The bridge is safe.” she said.
    /// ```
    ///
    /// ```text
    /// “The bridge is safe,” Meyer told.
    /// ```
    ///
    /// ```text
    /// “The bridge is safe,”she said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “The bridge is safe,” Meyer told Acme Inc. last week. “It is old,” she told CNN. Last week she resigned.
    /// ```
    ///
    /// ```text
    /// “The bridge is safe.” He said nothing else.
    /// ```
    ///
    /// ## Fix
    ///
    /// Deletes the full stop, turns it into a comma, or sets the missing space. Who was told, or what was to follow
    /// a comma, only the writer knows.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "broken-attribution",
    group: Attribution,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, copy) in context.body_where(|copy| !slips(context, *copy).is_empty()) {
        findings.extend(slips(context, copy));
    }
    findings
}

/// The findings of one paragraph; its own words tell all of them.
fn slips(context: &Context<'_>, copy: Copy<'_>) -> Vec<Finding> {
    let page = Page { context, copy };
    let mut findings = Vec::new();
        for cue in &page.copy.facts.cues {
            findings.extend(
                page.stop_inside(cue)
                    .or_else(|| page.two_verbs(cue))
                    .or_else(|| page.told_nobody(cue)),
            );
        }
        for quote in &page.copy.facts.quotes {
            if quote.closes && quote.parent.is_none() && quote.certain {
                findings.extend(
                    page.space_missing(quote)
                        .or_else(|| page.stop_before(quote))
                        .or_else(|| page.comma_to_nothing(quote)),
                );
            }
        }
    findings
}

/// Words between a verb of saying and a full stop that may still be one clause.
const LONGEST_CLAUSE: usize = 5;

/// Words shown of what stands after the full stop.
const LONGEST_REST: usize = 3;

struct Page<'a> {
    context: &'a Context<'a>,
    copy: Copy<'a>,
}

impl<'a> Page<'a> {
    /// "told CNN. last week"
    fn stop_inside(&self, cue: &Cue) -> Option<Finding> {
        if !takes_quote(cue) || cue.form == Form::Phrase {
            return None;
        }
        let stop = self.stop_after(cue.tokens.end)?;
        let rest = stop + 1;
        if self.is_lower_start(rest) || self.is_time(rest) {
            let end = self.rest_end(rest)?;
            let range = TextRange::new(cue.range.start(), end);
            let text = &self.copy.text[range];
            let message = format!("{} inside the attribution: “{text}”.", self.mark_name(stop));
            let mut finding = self.finding(range, message);
            let edits = vec![self.edit(self.copy.token(stop)?.range, "")];
            let edits = edits.into_iter().chain(self.lower_case(rest)).collect();
            let title = format!("Delete the {}", self.mark_name(stop).to_lowercase());
            finding.fixes.push(preferred(title, edits));
            return Some(finding);
        }
        None
    }

    /// The token that ends the sentence in which a cue stands, if few words and no other mark come before it.
    fn stop_after(&self, from: usize) -> Option<usize> {
        let stop = (from..=from + LONGEST_CLAUSE)
            .find(|&index| !matches!(self.copy.kind(index), Some(TokenKind::Word | TokenKind::Number)))?;
        let token = self.copy.token(stop)?;
        let before = self.copy.token(stop.checked_sub(1)?)?;
        let touches = before.range.end() == token.range.start();
        let abbreviated = Lexicon::get()
            .abbreviations
            .class(&self.copy.text[before.range])
            .is_some();
        let spaced = self.copy.token(stop + 1)?.range.start() > token.range.end();
        (matches!(self.copy.word(stop), "." | "!" | "?") && touches && spaced && !abbreviated)
            .then_some(stop)
    }

    /// A word in lower case that no name starts with.
    fn is_lower_start(&self, index: usize) -> bool {
        let Some(token) = self.copy.token(index) else {
            return false;
        };
        let word = self.copy.word(index);
        token.kind == TokenKind::Word
            && token.case == Case::Lower
            && !PARTICLES.contains(&word)
            && !word.starts_with("al-")
            && !word.starts_with("el-")
    }

    /// Nothing but a time with a capital: "Last week.", "On Monday."
    fn is_time(&self, from: usize) -> bool {
        let grammar = &Lexicon::get().grammar;
        let count = (from..from + LONGEST_REST)
            .take_while(|&index| self.copy.kind(index) == Some(TokenKind::Word))
            .count();
        let end = from + count;
        if end < self.copy.facts.tokens.len() && self.copy.word(end) != "." {
            return false;
        }
        let words: Vec<String> = (from..end).map(|index| self.copy.word(index).to_lowercase()).collect();
        let is_time = |word: &String| grammar.class(word) == Class::Time || TIME_UNITS.contains(&word.as_str());
        words.iter().any(is_time)
            && words.iter().all(|word| is_time(word) || TIME_WORDS.contains(&word.as_str()))
    }

    fn rest_end(&self, from: usize) -> Option<TextSize> {
        let last = (from..from + LONGEST_REST)
            .take_while(|&index| {
                matches!(self.copy.kind(index), Some(TokenKind::Word | TokenKind::Number))
                    && self.copy.token(index).is_some_and(|token| !self.copy.is_quoted(token.range.start()))
            })
            .last()?;
        Some(self.copy.token(last)?.range.end())
    }

    /// “It is over.” he said.
    fn stop_before(&self, quote: &Quote) -> Option<Finding> {
        let stop = self.last_stop(quote)?;
        let next = self.copy.token_from(quote.range.end());
        let cue = self.cue_near(next)?;
        let word = self.copy.word(next);
        let pronoun = PRONOUNS.contains(&word.to_lowercase().as_str());
        let lower = self.copy.token(next)?.case == Case::Lower;
        let ends = matches!(self.copy.word(cue.tokens.end), "" | ".");
        let fits = match lower {
            true => pronoun || cue.tokens.start == next,
            // “It is over.” Meyer said he would go: a sentence of its own.
            false => ends && self.is_subject(next, cue.tokens.start),
        };
        if !fits {
            return None;
        }
        let named = TextRange::new(self.copy.token(next)?.range.start(), cue.range.end());
        let message = format!("Comma, not full stop, before “{}”.", &self.copy.text[named]);
        let mut finding = self.finding(TextRange::new(stop.start(), cue.range.end()), message);
        let abbreviated = stop.is_empty();
        let capital = pronoun && !lower;
        let edits = std::iter::once(self.edit(stop, ","))
            .chain(capital.then(|| self.lower_case(next)).flatten())
            .collect();
        let title = match abbreviated {
            true => "Set a comma",
            false => "Turn the full stop into a comma",
        };
        finding.fixes.push(preferred(title.to_owned(), edits));
        Some(finding)
    }

    /// The full stop at the end of a quote's words; empty, behind it, where it belongs to an abbreviation.
    fn last_stop(&self, quote: &Quote) -> Option<TextRange> {
        if quote.kind == QuoteKind::Title || quote.kind == QuoteKind::Fragment {
            return None;
        }
        let last = self.copy.token_from(quote.content.end()).checked_sub(1)?;
        let token = self.copy.token(last)?;
        if !quote.content.contains_range(token.range) {
            return None;
        }
        match self.copy.word(last) {
            "." => Some(token.range),
            word if token.kind == TokenKind::Word && word.ends_with('.') => {
                Some(TextRange::empty(token.range.end()))
            }
            _ => None,
        }
    }

    /// The verb of saying whose subject, of at most three words, starts at a token.
    fn cue_near(&self, next: usize) -> Option<&'a Cue> {
        const LONGEST_SUBJECT: usize = 3;
        let cues = &self.copy.facts.cues;
        let at = cues.partition_point(|cue| cue.tokens.start < next);
        let cue = cues.get(at).filter(|cue| {
            cue.tokens.start <= next + LONGEST_SUBJECT
                && takes_quote(cue)
                && matches!(cue.form, Form::Past | Form::Third)
        })?;
        let words = (next..cue.tokens.start).all(|index| self.copy.kind(index) == Some(TokenKind::Word));
        words.then_some(cue)
    }

    /// A pronoun or words with capitals.
    fn is_subject(&self, from: usize, end: usize) -> bool {
        from < end
            && (from..end).all(|index| {
                let case = self.copy.token(index).map(|token| token.case);
                matches!(case, Some(Case::Capital | Case::Upper))
            })
    }

    /// “We will go,” The meeting ended.
    fn comma_to_nothing(&self, quote: &Quote) -> Option<Finding> {
        const SHORTEST: usize = 4;
        let last = self.copy.token_from(quote.content.end()).checked_sub(1)?;
        if quote.kind != QuoteKind::Full || quote.words < SHORTEST || self.copy.word(last) != "," {
            return None;
        }
        let first = self.copy.token_from(quote.range.start());
        let starts = first == 0 || matches!(self.copy.word(first - 1), "." | "?" | "!" | ":");
        let next = self.copy.token_from(quote.range.end());
        let word = self.copy.word(next);
        if !starts || !SENTENCE_STARTS.contains(&word) {
            return None;
        }
        // A sentence may put many words between a subject and its verb.
        const LONGEST_SENTENCE: usize = 60;
        let end = (next..next + LONGEST_SENTENCE)
            .find(|&index| matches!(self.copy.word(index), "." | "?" | "!" | ""))
            .unwrap_or(next + LONGEST_SENTENCE);
        let cues = &self.copy.facts.cues;
        let at = cues.partition_point(|cue| cue.tokens.start < next);
        let cued = cues.get(at).is_some_and(|cue| cue.tokens.start < end);
        if cued {
            return None;
        }
        let range = TextRange::new(
            self.copy.token(last)?.range.start(),
            self.copy.token(next)?.range.end(),
        );
        Some(self.finding(range, "Comma ends this quote, but no attribution follows.".to_owned()))
    }

    /// "said told"
    fn two_verbs(&self, cue: &Cue) -> Option<Finding> {
        let is_said = |index: usize| matches!(self.copy.word(index), "said" | "told");
        let (first, second) = (cue.tokens.start, cue.tokens.end);
        if second != first + 1 || !is_said(first) || !is_said(second) {
            return None;
        }
        let range = cue.range.cover(self.copy.token(second)?.range);
        let message = format!("Two verbs of saying in a row: “{}”.", &self.copy.text[range]);
        Some(self.finding(range, message))
    }

    /// “It is over,” Meyer told.
    fn told_nobody(&self, cue: &Cue) -> Option<Finding> {
        let finite = matches!(cue.form, Form::Past | Form::Third | Form::Participle);
        if cue.entry.cue != "tell" || !finite || cue.passive {
            return None;
        }
        let ends = matches!(self.copy.word(cue.tokens.end), "" | "." | ",");
        (ends && self.follows_quote(cue)).then(|| self.finding(cue.range, "Told whom?".to_owned()))
    }

    /// A quote stands before a verb, with a subject and nothing else between.
    fn follows_quote(&self, cue: &Cue) -> bool {
        const LONGEST_SUBJECT: usize = 6;
        let from = cue.tokens.start.saturating_sub(LONGEST_SUBJECT + 1);
        let before = (from..cue.tokens.start)
            .rev()
            .find(|&index| self.copy.kind(index) != Some(TokenKind::Word));
        before
            .filter(|&index| index + 1 < cue.tokens.start)
            .and_then(|index| self.copy.token(index))
            .is_some_and(|token| self.copy.is_quoted(token.range.start()))
    }

    /// “It is over,”he said.
    fn space_missing(&self, quote: &Quote) -> Option<Finding> {
        let end = quote.range.end();
        let after = &self.copy.text[usize::from(end)..];
        let ends = self.copy.text[quote.content].ends_with([',', '.', '?', '!', '…']);
        if !ends || !after.starts_with(char::is_alphabetic) {
            return None;
        }
        let word = self.copy.token(self.copy.token_from(end))?.range;
        let mark = TextRange::new(quote.content.end(), end);
        let mut finding = self.finding(mark.cover(word), "No space after the closing mark.".to_owned());
        let edits = vec![self.edit(TextRange::empty(end), " ")];
        finding.fixes.push(preferred("Set a space".to_owned(), edits));
        Some(finding)
    }

    /// Turns the capital of a word into a small letter.
    fn lower_case(&self, index: usize) -> Option<Edit> {
        let token = self.copy.token(index)?;
        let word = self.copy.word(index);
        let first = word.chars().next().filter(|first| first.is_uppercase())?;
        let weekday = !TIME_WORDS.contains(&word.to_lowercase().as_str())
            && !PRONOUNS.contains(&word.to_lowercase().as_str());
        let range = TextRange::at(token.range.start(), TextSize::of(first));
        (!weekday).then(|| self.edit(range, &first.to_lowercase().to_string()))
    }

    fn mark_name(&self, index: usize) -> &'static str {
        match self.copy.word(index) {
            "!" => "Exclamation mark",
            "?" => "Question mark",
            _ => "Full stop",
        }
    }

    fn finding(&self, range: TextRange, message: String) -> Finding {
        self.context.finding(self.copy.at(range), message)
    }

    fn edit(&self, range: TextRange, text: &str) -> Edit {
        Edit {
            range: self.copy.at(range),
            text: text.to_owned(),
        }
    }
}

fn takes_quote(cue: &Cue) -> bool {
    cue.entry.frames.takes(Frames::QUOTE)
}

fn preferred(title: String, edits: Vec<Edit>) -> Fix {
    Fix {
        title,
        edits,
        preferred: true,
    }
}

/// Words with which a family name may start in lower case.
const PARTICLES: [&str; 22] = [
    "al", "el", "de", "del", "della", "da", "di", "do", "dos", "du", "des", "la", "le", "van", "von", "den", "der",
    "ter", "bin", "ibn", "bint", "af",
];

const PRONOUNS: [&str; 5] = ["he", "she", "they", "we", "i"];

/// Words that stand before a time or behind it.
const TIME_WORDS: [&str; 16] = [
    "on", "in", "at", "last", "late", "early", "earlier", "later", "this", "next", "the", "that", "same", "yesterday",
    "today", "tomorrow",
];

const TIME_UNITS: [&str; 14] = [
    "week", "month", "year", "day", "morning", "afternoon", "evening", "night", "spring", "summer", "autumn", "winter",
    "weekend", "yesterday",
];

/// Words that start a sentence and no name.
const SENTENCE_STARTS: [&str; 18] = [
    "The", "A", "An", "It", "But", "And", "This", "That", "There", "These", "Those", "In", "On", "At", "After",
    "Before", "When", "While",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_rule};

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn a_stop_inside() {
        check(
            "
            “It is safe,” Ann Meyer, a city engineer, told CNN. last week.
                                                      ^^^^^^^^^^^^^^^^^^^ warning[broken-attribution]: Full stop inside the attribution: “told CNN. last week”.
            ",
        );
        check(
            "
            “It is safe,” Meyer said. On Monday.
                                ^^^^^^^^^^^^^^^ warning[broken-attribution]: Full stop inside the attribution: “said. On Monday”.
            ",
        );
        check(
            "
            “It is safe,” Meyer said! in a letter to the council.
                                ^^^^^^^^^^^^^^^^^ warning[broken-attribution]: Exclamation mark inside the attribution: “said! in a letter”.
            ",
        );
    }

    #[test]
    fn a_stop_before() {
        check(
            "
            “It is safe.” she said on Monday.
                       ^^^^^^^^^^^ warning[broken-attribution]: Comma, not full stop, before “she said”.
            ",
        );
        check(
            "
            “It is safe.” said Meyer.
                       ^^^^^^^ warning[broken-attribution]: Comma, not full stop, before “said”.
            ",
        );
        check(
            "
            “It is safe.” Ann Meyer said.
                       ^^^^^^^^^^^^^^^^^ warning[broken-attribution]: Comma, not full stop, before “Ann Meyer said”.
            ",
        );
    }

    #[test]
    fn other_breaks() {
        check(
            "
            “We will go ahead,” The meeting ended at noon.
                             ^^^^^^ warning[broken-attribution]: Comma ends this quote, but no attribution follows.
            ",
        );
        check(
            "
            “We will go ahead,” Meyer said told reporters.
                                      ^^^^^^^^^ warning[broken-attribution]: Two verbs of saying in a row: “said told”.
            ",
        );
        check(
            "
            “We will go ahead,” Meyer told.
                                      ^^^^ warning[broken-attribution]: Told whom?
            ",
        );
        check(
            "
            “We will go ahead,”she said.
                              ^^^^ warning[broken-attribution]: No space after the closing mark.
            ",
        );
    }

    #[test]
    fn whole_attributions_pass() {
        check("“It is safe,” Meyer told CNN last week. “We looked,” she said.");
        check("“Is it safe?” she asked. “It is!” he said. “It is …” said Reyes.");
        check("“It is safe,” said Meyer, who told reporters so.");
        check("Meyer said: “It is safe.” She said nothing else.");
        check("“It is safe.” Meyer said she had looked at it. It is.");
        check("“We will go ahead,” Meyer deadpanned. “We start in May.”");
    }

    #[test]
    fn abbreviations_and_names_pass() {
        check("“It is safe,” she told Acme Inc. last week.");
        check("“It is safe,” she told the U.S. government.");
        check("“It is safe,” she said at 5 p.m. on Monday.");
        check("“It is safe,” she said. de Blasio was not asked.");
        check("“It is safe,” she said. al-Sadr was not asked.");
        check("“It is safe,” she said. iPhone sales fell.");
        check("“It is safe,” she said ... and left.");
    }

    #[test]
    fn sentences_of_their_own_pass() {
        check("“It is safe,” she told CNN. Last week she had said so too.");
        check("“It is safe,” she said. Monday was a holiday.");
        check("She called it “a mess.” He said it was worse.");
        check("He read “The Bridge,” “The Pier” and “The Road.” They are old.");
        check("After “Gone With the Wind,” The Herald closed.");
    }

    #[test]
    fn listeners_pass() {
        check("“Go,” she was told. “Stay,” Meyer told him.");
        check("“Go,” she said, as she was told.");
        check("The story is well told. So he told.");
    }

    #[test]
    fn letters_after_a_mark_pass() {
        check("The “un”believable “Post”’s story and a “re”-election.");
    }

    #[test]
    fn fixes() {
        check_fix(
            &RULE,
            "“It is safe,” Meyer told CNN.<CURSOR> last week.",
            "“It is safe,” Meyer told CNN last week.",
        );
        check_fix(
            &RULE,
            "“It is safe,” Meyer said.<CURSOR> On Monday.",
            "“It is safe,” Meyer said on Monday.",
        );
        check_fix(
            &RULE,
            "“It is safe.<CURSOR>” she said.",
            "“It is safe,” she said.",
        );
        check_fix(
            &RULE,
            "“It is safe.<CURSOR>” She said.",
            "“It is safe,” she said.",
        );
        check_fix(
            &RULE,
            "“It is safe in the U.S.<CURSOR>” she said.",
            "“It is safe in the U.S.,” she said.",
        );
        check_fix(
            &RULE,
            "“It is safe,<CURSOR>”she said.",
            "“It is safe,” she said.",
        );
    }
}
