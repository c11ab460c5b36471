//! fragment-quote: marks around an ordinary word, or around words that nobody owns.

use super::copy::Copy;
use super::marks;
use super::{Context, Finding, Fix};
use crate::analysis::{DraftQuote, Hand, Link};
use crate::extract::{Quote, QuoteKind, TokenKind};
use crate::lexicon::{Class, Lexicon};

declare_rule! {
    /// Marks around an ordinary word, or around words that nobody is given for
    ///
    /// ## Why
    ///
    /// A quoted word says that the word itself matters. Around an ordinary one the marks read as doubt, and around words
    /// that nobody in the story said they are a sneer.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Ann Meyer welcomed the “significant” step.
    /// ```
    ///
    /// ```text
    /// Ann Meyer said that “hundreds” had crossed the bridge.
    /// ```
    ///
    /// ## Passes
    ///
    /// Words that tell something, names of works, nicknames, and words that are spoken of:
    ///
    /// ```text
    /// Ann Meyer called the bridge a “death trap”. Tom “Big” Reyes sang “Happy” there.
    ///
    /// The word “big” is small. The council said that the plan was “dead”.
    /// ```
    ///
    /// ## Fix
    ///
    /// Takes the marks away. To quote more, the writer has to know what was said.
    ///
    /// ## Settings
    ///
    /// - `max-words` (2): the longest quote that is judged as a fragment.
    /// - `allow`: words that may stand in marks.
    ///
    /// Words that nobody is given for are found only where the settings are `strict`: columns are full of marks that
    /// their writers mean.
    name: "fragment-quote",
    group: Quotes,
    levels: [Hint, Information, Hint, Information, Hint],
    settle: true,
    since: "0.1.0",
    options: [("max-words", Number), ("allow", Texts)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let most = context.number("max-words", 2);
    let mut findings = Vec::new();
    for (index, paragraph) in context.body() {
        let mut copy = None;
        for known in context.quotes(index) {
            let quote = context.analysis.quote(known);
            let short = quote.words <= most || quote.kind == QuoteKind::Partial && context.settings.strict;
            if !short || !is_judged(quote) {
                continue;
            }
            let copy = &*copy.get_or_insert_with(|| Copy::new(context, paragraph));
            let ordinary = quote.words <= most && is_ordinary(context, copy, quote);
            if ordinary && !is_word(copy, quote) && !is_nickname(copy, quote) {
                findings.push(finding(context, copy, quote, "One ordinary word in quotes: drop the marks or quote more."));
            } else if context.settings.strict && is_unowned(context, copy, index, known) {
                findings.push(finding(context, copy, quote, "Whose words are these?"));
            }
        }
    }
    findings
}

/// A part of a sentence in marks.
fn is_judged(quote: &Quote) -> bool {
    quote.parent.is_none()
        && quote.certain
        && quote.opens
        && quote.closes
        && matches!(quote.kind, QuoteKind::Fragment | QuoteKind::Partial)
        && !quote.in_capitals
}

/// Nothing but words that say nothing special.
fn is_ordinary(context: &Context<'_>, copy: &Copy<'_>, quote: &Quote) -> bool {
    let lexicon = Lexicon::get();
    let span = copy.token_from(quote.content.start())..copy.token_from(quote.content.end());
    let mut telling = false;
    let ordinary = span.into_iter().all(|index| {
        let word = copy.word(index);
        if copy.kind(index) != Some(TokenKind::Word) {
            return matches!(word, "," | ".");
        }
        // A capital inside a sentence is a name's.
        if word.starts_with(char::is_uppercase) {
            return false;
        }
        let lower = word.to_lowercase();
        let small = matches!(
            lexicon.grammar.class(&lower),
            Class::Determiner | Class::Preposition | Class::Conjunction
        );
        let plain = lexicon.plain.contains(&lower);
        telling |= plain;
        (plain || small) && !context.texts("allow").any(|allowed| allowed.eq_ignore_ascii_case(&lower))
    });
    ordinary && telling
}

/// A word discussed as a word, or the name of something: "the word “big”", "known as “the best”".
fn is_word(copy: &Copy<'_>, quote: &Quote) -> bool {
    const NEAR: usize = 4;
    let at = copy.token_from(quote.range.start());
    let end = copy.token_from(quote.range.end());
    let listed = |index: usize, list: &[&str]| list.contains(&copy.word(index).to_lowercase().as_str());
    let lexicon = Lexicon::get();
    let named = |index: usize| listed(index, &CALLED);
    let called = at.checked_sub(1).is_some_and(|last| {
        named(last) || listed(last, &["as"]) && last.checked_sub(1).is_some_and(named)
    });
    called || (at.saturating_sub(NEAR)..at).any(|index| {
        listed(index, &NAMED) || lexicon.works.contains(&copy.word(index).to_lowercase())
    }) || (end..end + 2).any(|index| {
        listed(index, &BEHIND) || lexicon.work_users.contains(&copy.word(index).to_lowercase())
    }) || is_contrasted(copy, quote)
}

/// "“good” or “bad”", "from “fair” to “poor”": a scale or a list of answers.
fn is_contrasted(copy: &Copy<'_>, quote: &Quote) -> bool {
    const NEAR: u32 = 8;
    let near = |other: &&Quote| {
        let gap = match other.range.start() >= quote.range.end() {
            true => other.range.start() - quote.range.end(),
            false => quote.range.start().checked_sub(other.range.end()).unwrap_or(0.into()),
        };
        other.range != quote.range && u32::from(gap) <= NEAR
    };
    let short = |other: &Quote| other.kind == QuoteKind::Fragment;
    copy.facts.quotes.iter().filter(near).any(short)
}

/// Tom “Big” Reyes
fn is_nickname(copy: &Copy<'_>, quote: &Quote) -> bool {
    copy.facts.mentions.iter().any(|mention| {
        mention.range.contains_range(quote.range)
            || mention.range.start() <= quote.range.start() && mention.range.end() > quote.range.start()
    })
}

/// No cue and no source in the sentence or the one before.
fn is_unowned(context: &Context<'_>, copy: &Copy<'_>, index: usize, known: &DraftQuote) -> bool {
    let quote = context.analysis.quote(known);
    let owned = context.analysis.attribution(known).is_some_and(|known| {
        known.evidence.link != Link::None || known.evidence.hand != Hand::First
    });
    let Some(sentence) = copy.sentence(quote.range.start()).filter(|_| !owned) else {
        return false;
    };
    let before = sentence.tokens.start.checked_sub(1);
    let before = before.and_then(|token| copy.sentence(copy.token(token)?.range.start()));
    let start = before.unwrap_or(sentence).range.start();
    let cued = copy.facts.cues.iter().any(|cue| {
        cue.range.start() >= start && cue.range.end() <= sentence.range.end()
    });
    let first = before.is_none() && index > 0;
    !cued && !first && !is_word(copy, quote) && !is_nickname(copy, quote)
}

fn finding(context: &Context<'_>, copy: &Copy<'_>, quote: &Quote, message: &str) -> Finding {
    let mut finding = context.finding(copy.at(quote.range), message);
    finding.fixes.extend(marks::remove(copy, quote).map(|edits| Fix {
        title: "Drop the marks".to_owned(),
        edits,
        preferred: true,
    }));
    finding
}

/// Words right before a quote that make it a name.
const CALLED: [&str; 8] = ["called", "dubbed", "known", "named", "nicknamed", "so-called", "termed", "titled"];

/// Words near a quote that make it a word or an answer.
const NAMED: [&str; 31] = [
    "adjective", "answer", "answered", "button", "chanted", "chanting", "code", "codename", "expression", "grade",
    "headlined", "heading", "keyword", "label", "labeled", "labelled", "marked", "means", "motto", "phrase", "rated",
    "rating", "read", "reads", "ruled", "slogan", "spelled", "term", "vote", "word", "words",
];

/// Words behind a quote that do so.
const BEHIND: [&str; 6] = ["category", "label", "list", "means", "rating", "sign"];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    fn check_with(settings: &str, draft: &str) {
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    #[test]
    fn ordinary_words() {
        check(
            "
            Ann Meyer welcomed the “significant” step.
                                   ^^^^^^^^^^^^^ hint[fragment-quote]: One ordinary word in quotes: drop the marks or quote more.
            ",
        );
        check(
            "
            The bridge is “very important,” Ann Meyer said.
                          ^^^^^^^^^^^^^^^^^ hint[fragment-quote]: One ordinary word in quotes: drop the marks or quote more.
            ",
        );
        check(
            "
            Ann Meyer was “delighted” and left.
                          ^^^^^^^^^^^ hint[fragment-quote]: One ordinary word in quotes: drop the marks or quote more.
            ",
        );
    }

    #[test]
    fn telling_words_pass() {
        check("Ann Meyer called the bridge a “death trap” and the council “cowards”.");
        check("Ann Meyer said that the plan was “dead”.");
        check("Ann Meyer would “not accept this” at all.");
    }

    #[test]
    fn names_and_works_pass() {
        check("Tom “Big” Reyes sang in the film “Happy” on Monday.");
        check("They flew the “Great” to Rome.");
        check("She is the star of the song “Wonderful”.");
    }

    #[test]
    fn words_as_words_pass() {
        check("The word “big” is small. The so-called “big” bridge is known as “the big one”.");
        check("It was rated “good” by all of them. The sign reads “new”.");
        check("One in ten said “good” or “very good”.");
    }

    #[test]
    fn whole_quotes_pass() {
        check("“Good,” Ann Meyer said.");
        check("“We are very happy,” Ann Meyer said.");
    }

    #[test]
    fn words_of_the_desk_pass() {
        let draft = "Ann Meyer welcomed the “significant” step.";
        check_with("rules.fragment-quote.allow = [\"Significant\"]", draft);
        check_with("rules.fragment-quote.max-words = 0", draft);
        check_with(
            "rules.fragment-quote.max-words = 3",
            "
            Ann Meyer spoke of “a very important” step.
                               ^^^^^^^^^^^^^^^^^^ hint[fragment-quote]: One ordinary word in quotes: drop the marks or quote more.
            ",
        );
    }

    #[test]
    fn strict_desks_ask_whose_words() {
        let draft = "The bridge stands. The “experts” of the council crossed it at noon.";
        check(draft);
        check_with(
            "strict = true",
            "
            The bridge stands. The “experts” of the council crossed it at noon.
                                   ^^^^^^^^^ hint[fragment-quote]: Whose words are these?
            ",
        );
    }

    #[test]
    fn the_fix_drops_the_marks() {
        check_fix(
            &RULE,
            "The bridge is <CURSOR>“important,” Ann Meyer said.",
            "The bridge is important, Ann Meyer said.",
        );
    }
}
