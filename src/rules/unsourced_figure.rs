//! unsourced-figure: a number of the dead or hurt without anyone who counted.

use text_size::TextRange;

use super::copy::Copy;
use super::{Context, Finding};
use crate::extract::{Sentence, TokenKind};

declare_rule! {
    /// Number of the dead or hurt without a source
    ///
    /// ## Why
    ///
    /// Tolls change, and every side has its own. A reader needs to know whose count it is.
    ///
    /// Only the first sentence with such a number in a paragraph is asked for, and none in a paragraph that has a
    /// source anywhere.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The storm hit the coast on Monday. At least 40 people were killed.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// The storm hit the coast on Monday. At least 40 people were killed, police said.
    /// ```
    ///
    /// ```text
    /// The pier was built 40 years ago. The storm killed nobody.
    /// ```
    ///
    /// ## Fix
    ///
    /// None: only the writer knows who counted.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "unsourced-figure",
    group: Sources,
    levels: [Off, Information, Information, Off, Information],
    settle: true,
    since: "0.1.0",
    options: [],
}

const HURT: [&str; 10] =
    ["killed", "dead", "died", "wounded", "injured", "missing", "arrested", "detained", "drowned", "displaced"];

/// Words between a number and what befell so many.
const REACH: usize = 5;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let body: Vec<_> = context.body().map(|(_, paragraph)| Copy::new(context, paragraph)).collect();
    let mut findings = Vec::new();
    for (index, copy) in body.iter().enumerate() {
        if is_sourced(copy) {
            continue;
        }
        let found = copy.facts.sentences.iter().find_map(|sentence| figure(copy, sentence));
        let Some((range, number)) = found else {
            continue;
        };
        // "Police gave the toll": the next paragraph may have the source of the same number.
        let next = body.get(index + 1).is_some_and(|next| is_sourced(next) && next.text.contains(number));
        if !next {
            findings.push(context.finding(copy.at(range), "Number of those hurt or killed with no source."));
        }
    }
    findings
}

fn is_sourced(copy: &Copy<'_>) -> bool {
    !copy.facts.cues.is_empty() || !copy.facts.speech.is_empty()
}

/// "40 people were killed", with the number.
fn figure<'a>(copy: &Copy<'a>, sentence: &Sentence) -> Option<(TextRange, &'a str)> {
    let start = copy.token_from(sentence.range.start());
    let end = copy.token_from(sentence.range.end());
    (start..end).find_map(|at| {
        let token = copy.token(at)?;
        let number = token.kind == TokenKind::Number && copy.word(at).bytes().all(|b| b.is_ascii_digit() || b == b',');
        let unit = copy.word(at + 1);
        if !number || matches!(unit, "%" | "percent" | "per" | "years" | "miles" | "times") {
            return None;
        }
        let last = (at + 1..end.min(at + 1 + REACH)).find(|&index| HURT.contains(&copy.word(index)))?;
        let words = (at + 1..last).all(|index| copy.kind(index) == Some(TokenKind::Word));
        words.then_some((token.range.cover(copy.token(last)?.range), copy.word(at)))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::check_in;
    use crate::text::Language;

    fn check(draft: &str) {
        check_in(Language::Plain, "rules.unsourced-figure.level = \"hint\"", Some(&RULE), draft);
    }

    #[test]
    fn tolls_without_a_source() {
        check(
            "
            The storm hit the coast on Monday. At least 40 people were killed.
                                                        ^^^^^^^^^^^^^^^^^^^^^ hint[unsourced-figure]: Number of those hurt or killed with no source.
            ",
        );
        check(
            "
            It left 1,200 dead.
                    ^^^^^^^^^^ hint[unsourced-figure]: Number of those hurt or killed with no source.
            ",
        );
        check(
            "
            Some 12 protesters were arrested. The march was over.
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[unsourced-figure]: Number of those hurt or killed with no source.
            ",
        );
    }

    #[test]
    fn sourced_tolls_and_other_numbers_pass() {
        check("At least 40 people were killed, police said.");
        check("According to the UN, more than 300,000 people have died.");
        check("At least 40 people were killed.\n\nThe toll of 40 may rise, police said.");
        check("The pier was built 40 years before he died. Nobody was killed.");
        check("He came 4 times. Two people went missing.");
        check("The pier is 40 miles away, and a man was killed.");
        check("");
    }
}
