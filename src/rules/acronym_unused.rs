//! acronym-unused: letters in brackets that the story has no use for.

use text_size::{TextRange, TextSize};

use super::acronyms::{Acronym, Use, acronyms, long_forms};
use super::{Context, Edit, Finding, Fix};

declare_rule! {
    /// Acronym in brackets that is never used again
    ///
    /// ## Why
    ///
    /// Letters in brackets tell the reader to keep them in mind. Where they never come again, that is for nothing;
    /// where they are given twice, the reader looks for a difference.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The Wexmouth Harbour Trust (WHT) will close the pier. The mayor asked why.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// The Wexmouth Harbour Trust (WHT) will close the pier. The mayor asked the WHT why.
    /// ```
    ///
    /// A quote needs the letters explained as well:
    ///
    /// ```text
    /// The Wexmouth Harbour Trust (WHT) will close the pier. “The WHT is wrong,” Ann Meyer said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Deletes the brackets.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "acronym-unused",
    group: Copy,
    levels: [Hint, Information, Information, Information, Hint],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let acronyms: Vec<Acronym<'_>> = acronyms(context)
        .into_iter()
        .filter(|acronym| acronym.uses.iter().any(|known| known.bracketed))
        .collect();
    if acronyms.is_empty() {
        return Vec::new();
    }
    let forms = long_forms(context);
    let mut findings = Vec::new();
    for acronym in &acronyms {
        let longs = forms.get(acronym.text).map_or(&[][..], Vec::as_slice);
        let is_defined = |known: &&Use| {
            // "Trust (WHT)": a space and the bracket stand between.
            let gap = |long: &TextRange| known.range.start().checked_sub(long.end()) == Some(TextSize::new(2));
            known.bracketed && longs.iter().any(gap)
        };
        let defined: Vec<Use> = acronym.uses.iter().filter(is_defined).copied().collect();
        let Some(first) = defined.first() else {
            continue;
        };
        if !is_used(context, acronym.text, &defined) {
            findings.push(finding(context, &defined, format!("({}) is never used again.", acronym.text)));
        } else if defined.len() > 1 {
            let line = context.analysis.line(first.range);
            let message = format!("({}) is spelled out in line {line} already.", acronym.text);
            findings.push(finding(context, &defined[1..], message));
        }
    }
    findings
}

/// The letters stand in another place, whoever says them.
fn is_used(context: &Context<'_>, acronym: &str, defined: &[Use]) -> bool {
    let text = context.analysis.prose.text();
    text.match_indices(acronym).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + acronym.len()..].chars().next();
        let whole = !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric);
        whole && defined.iter().all(|place| at != usize::from(place.range.start()))
    })
}

/// At the first of the places; its fix deletes the brackets at all of them.
fn finding(context: &Context<'_>, places: &[Use], message: String) -> Finding {
    let bracket = TextSize::of('(');
    let ranges = places.iter().map(|place| place.range);
    let edits = ranges.clone().map(|range| Edit {
        range: TextRange::new(range.start() - bracket - TextSize::of(' '), range.end() + bracket),
        text: String::new(),
    });
    let fix = Fix {
        title: "Delete the brackets".to_owned(),
        edits: edits.collect(),
        preferred: true,
    };
    let whole = |range: TextRange| TextRange::new(range.start() - bracket, range.end() + bracket);
    let range = ranges.map(whole).next().unwrap_or_default();
    let mut finding = context.finding(range, message);
    finding.fixes.push(fix);
    finding
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_rule};

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn letters_that_are_never_used() {
        check(
            "
            The Wexmouth Harbour Trust (WHT) will close the pier.
                                       ^^^^^ hint[acronym-unused]: (WHT) is never used again.
            ",
        );
        check(
            "
            He asked the Bureau of Land Trade (BLT). It was shut.
                                              ^^^^^ hint[acronym-unused]: (BLT) is never used again.
            ",
        );
    }

    #[test]
    fn letters_that_are_given_twice() {
        check(
            "
            The Wexmouth Harbour Trust (WHT) will close the pier.

            The Wexmouth Harbour Trust (WHT) is old. The WHT has no money.
                                       ^^^^^ hint[acronym-unused]: (WHT) is spelled out in line 1 already.
            ",
        );
    }

    #[test]
    fn letters_that_are_used_pass() {
        check("The Wexmouth Harbour Trust (WHT) will close the pier. The WHT’s plan is old.");
        check("The Wexmouth Harbour Trust (WHT) is old. “The WHT is wrong,” Ann Meyer said.");
        check("The Wexmouth Harbour Trust (WHT) is old. A WHT-led plan failed.");
        check("He (TK) left. The price (USD) is high.");
        check("Senator Ann Meyer (R) met Tom Cole (D).");
        check("");
    }

    #[test]
    fn the_fix_deletes_the_brackets() {
        check_fix(
            &RULE,
            "The Wexmouth Harbour Trust (W<CURSOR>HT) will close the pier.",
            "The Wexmouth Harbour Trust will close the pier.",
        );
    }
}
