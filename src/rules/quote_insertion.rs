//! quote-insertion: words that the speaker did not say, inside the marks.

use text_size::TextRange;

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::extract::{Quote, QuoteKind, TokenKind};

declare_rule! {
    /// Words put into a quote, or an ellipsis at its edge
    ///
    /// ## Why
    ///
    /// What stands between the marks was said. Words in brackets were not, and that something was said before and after
    /// goes without saying. A part of the quote, or its sense without marks, reads better.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “He (the mayor) knew of it,” Ann Meyer said.
    /// ```
    ///
    /// ```text
    /// “… We knew of it,” Ann Meyer said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “He knew of it … and he said so,” Ann Meyer said of Tom Reyes (R-Ohio).
    /// ```
    ///
    /// ## Fix
    ///
    /// Takes the ellipsis away. What to do about brackets, only the writer knows.
    ///
    /// ## Settings
    ///
    /// - `allow-brackets` (false): let words in square brackets stand.
    name: "quote-insertion",
    group: Quotes,
    levels: [Off, Information, Information, Hint, Hint],
    settle: true,
    since: "0.1.0",
    options: [("allow-brackets", Flag)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let square = !context.flag("allow-brackets", false);
    let mut findings = Vec::new();
    for (_, paragraph) in context.body() {
        let mut copy = None;
        for quote in paragraph.facts.quotes.iter().filter(|quote| is_judged(quote)) {
            let copy = &*copy.get_or_insert_with(|| Copy::new(context, paragraph));
            findings.extend(brackets(context, copy, quote, square));
            findings.extend(edges(context, copy, quote));
        }
    }
    findings
}

fn is_judged(quote: &Quote) -> bool {
    quote.parent.is_none()
        && quote.certain
        && matches!(quote.kind, QuoteKind::Full | QuoteKind::Partial)
}

/// "(the mayor)", "[sic]"
fn brackets(context: &Context<'_>, copy: &Copy<'_>, quote: &Quote, square: bool) -> Vec<Finding> {
    /// Tokens of the longest insertion.
    const LONGEST: usize = 16;
    const SHORTEST: usize = 2;
    let end = copy.token_from(quote.content.end());
    let mut findings = Vec::new();
    let mut at = copy.token_from(quote.content.start());
    while at < end {
        let close = match copy.word(at) {
            "(" => ")",
            "[" if square => "]",
            _ => {
                at += 1;
                continue;
            }
        };
        let last = (at + 1..end.min(at + LONGEST)).find(|&index| copy.word(index) == close);
        let ends = copy.token(at).zip(last.and_then(|last| copy.token(last)));
        if let Some((first, closing)) = ends {
            let range = first.range.cover(closing.range);
            let letters = copy.text[range].chars().filter(|c| c.is_alphabetic()).count();
            if letters >= SHORTEST {
                let message = format!("Words added inside the quote: “{}”.", &copy.text[range]);
                findings.push(context.finding(copy.at(range), message));
            }
        }
        at = last.unwrap_or(at) + 1;
    }
    findings
}

/// An ellipsis right behind the opening mark or before the closing one.
fn edges(context: &Context<'_>, copy: &Copy<'_>, quote: &Quote) -> Vec<Finding> {
    let (from, until) = (
        copy.token_from(quote.content.start()),
        copy.token_from(quote.content.end()),
    );
    let first = quote.opens.then_some(from);
    let last = quote.closes.then(|| until.checked_sub(1)).flatten();
    // Before its speaker a quote ends with a comma.
    let tagged = copy.text[usize::from(quote.range.end())..]
        .trim_start()
        .starts_with(char::is_alphabetic);
    [(first, ""), (last, if tagged { "," } else { "" })]
        .into_iter()
        .filter_map(|(index, text)| Some((index?, text)))
        .filter(|&(index, _)| from <= index && index < until)
        .filter_map(|(index, text)| {
            let token = copy.token(index)?;
            let dots = matches!(copy.word(index), "…" | "..." | "....");
            if token.kind == TokenKind::Word || !dots {
                return None;
            }
            let message = "No ellipsis needed at the edge of a quote.";
            let mut finding = context.finding(copy.at(token.range), message);
            finding.fixes.push(Fix {
                title: "Delete the ellipsis".to_owned(),
                edits: vec![Edit {
                    range: copy.at(spaced(copy.text, quote.content, token.range)),
                    text: text.to_owned(),
                }],
                preferred: true,
            });
            Some(finding)
        })
        .collect()
}

/// A token with the white space that parts it from the words of the quote.
fn spaced(text: &str, content: TextRange, token: TextRange) -> TextRange {
    let before = &text[TextRange::new(content.start(), token.start())];
    let after = &text[TextRange::new(token.end(), content.end())];
    let start = content.start() + text_size::TextSize::of(before.trim_end());
    let end = content.end() - text_size::TextSize::of(after.trim_start());
    TextRange::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in};
    use crate::text::Language;

    fn check(draft: &str) {
        check_in(Language::Plain, "house = \"ap\"", Some(&RULE), draft);
    }

    #[test]
    fn brackets_are_found() {
        check(
            "
            “He (the mayor) knew of it,” Ann Meyer said.
                ^^^^^^^^^^^ information[quote-insertion]: Words added inside the quote: “(the mayor)”.
            ",
        );
        check(
            "
            “[Reyes] knew of it and are [sic] here,” Ann Meyer said.
             ^^^^^^^ information[quote-insertion]: Words added inside the quote: “[Reyes]”.
                                        ^^^^^ information[quote-insertion]: Words added inside the quote: “[sic]”.
            ",
        );
    }

    #[test]
    fn edges_are_found() {
        check(
            "
            “… We knew of it,” Ann Meyer said.
             ^ information[quote-insertion]: No ellipsis needed at the edge of a quote.
            ",
        );
        check(
            "
            “We knew of it all ...” Ann Meyer said.
                               ^^^ information[quote-insertion]: No ellipsis needed at the edge of a quote.
            ",
        );
    }

    #[test]
    fn own_copy_passes() {
        check("“We knew of it,” Ann Meyer (R-Ohio) said. The bridge (it is old) fell ...");
    }

    #[test]
    fn the_middle_passes() {
        check("“We knew of it … and he said so,” Ann Meyer said.");
        check("“We knew of it ... and he said so,” Ann Meyer said.");
    }

    #[test]
    fn letters_and_numbers_pass() {
        check("“[T]he mayor knew of it (1) and said so,” Ann Meyer said.");
    }

    #[test]
    fn fragments_and_titles_pass() {
        check("The film “It ...” is long. The bridge is “old ...” and weak.");
    }

    #[test]
    fn other_houses_pass() {
        check_in(Language::Plain, "", Some(&RULE), "“He (the mayor) knew of it,” Ann Meyer said.");
    }

    #[test]
    fn square_brackets_are_an_option() {
        let settings = "house = \"ap\"\nrules.quote-insertion.allow-brackets = true";
        check_in(Language::Plain, settings, Some(&RULE), "“[Reyes] knew of it,” Ann Meyer said.");
    }

    #[test]
    fn the_fix_deletes_the_ellipsis() {
        check_fix(&RULE, "“<CURSOR>… We knew of it,” Ann Meyer said.", "“We knew of it,” Ann Meyer said.");
        check_fix(&RULE, "“We knew of it all <CURSOR>...” Ann Meyer said.", "“We knew of it all,” Ann Meyer said.");
    }
}
