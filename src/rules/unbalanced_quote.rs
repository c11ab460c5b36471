//! unbalanced-quote: a mark that has no partner.

use text_size::{TextRange, TextSize};

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::analysis::Paragraph;
use crate::extract::{Marks, Quote};

declare_rule! {
    /// Quotation mark without its partner
    ///
    /// ## Why
    ///
    /// Where a mark is missing, a reader cannot tell where somebody’s words end and the story’s own begin. A quote
    /// that runs over several paragraphs stays open on purpose, as long as the next paragraph opens it again.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “We will go ahead, Ann Meyer said.
    /// ```
    ///
    /// ```text
    /// The bridge is safe,” Meyer said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “The bridge is safe,” Meyer said. “We looked at every bolt of it.
    ///
    /// “It will be looked at again in May.”
    /// ```
    ///
    /// Apostrophes, feet and inches are no quotes:
    ///
    /// ```text
    /// The workers’ shed of the ’90s had a 6'2" door.
    /// ```
    ///
    /// ## Fix
    ///
    /// Sets the missing mark: before the words that name the speaker, at the end of the paragraph, or at the start
    /// of the next one where the quote is closed there; an opening one where the sentence starts.
    ///
    /// ## Settings
    ///
    /// - `single-marks` (false): look at single marks as well.
    name: "unbalanced-quote",
    group: Quotes,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [("single-marks", Flag)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let singles = context.flag("single-marks", false);
    let body: Vec<&Paragraph> = context.body().map(|(_, paragraph)| paragraph).collect();
    let mut findings = Vec::new();
    let mut left_open = false;
    for (index, paragraph) in body.iter().enumerate() {
        let copy = Copy::new(context, paragraph);
        let next = body.get(index + 1).copied();
        let mut open = false;
        for quote in &copy.facts.quotes {
            let looked_at = match is_single(quote.marks) {
                true => singles,
                false => quote.certain,
            };
            if !looked_at {
                continue;
            }
            match (quote.opens, quote.closes) {
                (true, false) => {
                    let last = copy.text[usize::from(quote.range.end())..].trim().is_empty();
                    if last && next.is_some_and(reopens) && runs_on(&copy, quote) {
                        continue;
                    }
                    let closed_below = next.filter(|next| last && closes_only(next));
                    open = closed_below.is_some();
                    findings.push(unclosed(context, &copy, quote, closed_below));
                }
                (false, true) if !left_open => findings.push(unopened(context, &copy, quote)),
                _ => {}
            }
        }
        left_open = open;
    }
    findings
}

fn unclosed(
    context: &Context<'_>,
    copy: &Copy<'_>,
    quote: &Quote,
    closed_below: Option<&Paragraph>,
) -> Finding {
    let mark = TextRange::new(quote.range.start(), quote.content.start());
    let mark = trimmed(copy.text, mark);
    let mut finding = context.finding(copy.at(mark), "This quote is never closed.");
    let opening = &copy.text[mark];
    let fix = match closed_below {
        Some(next) => insertion(
            "Open the quote again in the next paragraph",
            next.range.start(),
            opening,
        ),
        None => {
            let (title, end) = match copy.speaker_inside(quote) {
                Some(speaker) => ("Close the quote before its speaker", speaker.start),
                None => ("Close the quote at its end", trimmed(copy.text, quote.content).end()),
            };
            insertion(title, copy.at(TextRange::empty(end)).start(), closing_for(opening))
        }
    };
    finding.fixes.push(fix);
    finding
}

fn unopened(context: &Context<'_>, copy: &Copy<'_>, quote: &Quote) -> Finding {
    let mark = TextRange::new(quote.content.end(), quote.range.end());
    let mark = trimmed(copy.text, mark);
    let mut finding = context.finding(copy.at(mark), "Closing mark without an opening one.");
    let start = trimmed(copy.text, quote.content).start();
    finding.fixes.push(insertion(
        "Open the quote where its sentence starts",
        copy.at(TextRange::empty(start)).start(),
        opening_for(&copy.text[mark]),
    ));
    finding
}

fn insertion(title: &str, offset: TextSize, text: &str) -> Fix {
    Fix {
        title: title.to_owned(),
        edits: vec![Edit {
            range: TextRange::empty(offset),
            text: text.to_owned(),
        }],
        preferred: true,
    }
}

/// Begins with an opening mark.
fn reopens(paragraph: &Paragraph) -> bool {
    let first = paragraph.facts.quotes.first();
    first.is_some_and(|quote| quote.opens && quote.range.start() == TextSize::new(0))
}

/// Has a closing mark, and before it no opening one.
fn closes_only(paragraph: &Paragraph) -> bool {
    let first = paragraph.facts.quotes.first();
    first.is_some_and(|quote| !quote.opens && quote.closes)
}

fn is_single(marks: Marks) -> bool {
    matches!(marks, Marks::CurlySingle | Marks::StraightSingle)
}

/// Whether an open quote may go on in the next paragraph: it is whole sentences, and names no speaker.
fn runs_on(copy: &Copy<'_>, quote: &Quote) -> bool {
    let words = copy.text[quote.content].trim_start();
    !words.starts_with(char::is_lowercase) && !copy.speaker_inside(quote).is_some_and(|speaker| speaker.sure)
}

fn closing_for(opening: &str) -> &'static str {
    match opening {
        "\"" => "\"",
        "'" => "'",
        "‘" => "’",
        "«" => "»",
        "»" => "«",
        "‹" => "›",
        "›" => "‹",
        "„" => "“",
        "‚" => "‘",
        "``" | "''" => "''",
        _ => "”",
    }
}

fn opening_for(closing: &str) -> &'static str {
    match closing {
        "\"" => "\"",
        "'" => "'",
        "’" => "‘",
        "»" => "«",
        "«" => "»",
        "›" => "‹",
        "‹" => "›",
        "''" => "``",
        _ => "“",
    }
}

fn trimmed(text: &str, range: TextRange) -> TextRange {
    let slice = &text[range];
    let start = slice.len() - slice.trim_start().len();
    let len = slice.trim().len();
    TextRange::at(
        range.start() + TextSize::of(&slice[..start]),
        TextSize::of(&slice[start..start + len]),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn a_quote_without_an_end() {
        check(
            "
            “We will go ahead, Ann Meyer said.
            ^ warning[unbalanced-quote]: This quote is never closed.
            ",
        );
        check(
            "
            \"We will go ahead, Ann Meyer said. \"We start in May,\" he said.
            ^ warning[unbalanced-quote]: This quote is never closed.
            ",
        );
    }

    #[test]
    fn a_quote_without_a_start() {
        check(
            "
            “It is old,” Meyer said. We will go ahead,” she said.
                                                      ^ warning[unbalanced-quote]: Closing mark without an opening one.
            ",
        );
    }

    #[test]
    fn one_missing_mark_is_one_finding() {
        check(
            "
            Meyer spoke for an hour. “The bridge is safe.
                                     ^ warning[unbalanced-quote]: This quote is never closed.

            It was looked at in May,” she said.

            “Nobody fell,” Reyes said.
            ",
        );
    }

    #[test]
    fn a_quote_that_ends_before_the_next_paragraph_opens_one() {
        check(
            "
            “We will go ahead, Ann Meyer said on Monday.
            ^ warning[unbalanced-quote]: This quote is never closed.

            “It was looked at in May,” she said.
            ",
        );
        check(
            "
            Ann Meyer called it a “mess and left.
                                  ^ warning[unbalanced-quote]: This quote is never closed.

            “It was looked at in May,” she said.
            ",
        );
        check(
            "
            Ann Meyer spoke. “My father came in, he said we had to go.

            “So we went,” she said.
            ",
        );
    }

    #[test]
    fn balanced_quotes_pass() {
        check("“We will go ahead,” Meyer said. “We start in May.”");
        check("\"We will go ahead,\" Meyer said. \"We start in May.\"");
        check("“He told me, ‘Go now,’” Meyer said.");
        check("Meyer called it “a mess” and “a shame”.");
    }

    #[test]
    fn a_quote_over_several_paragraphs_passes() {
        check(
            "
            “The bridge is safe,” Meyer said. “It was looked at in May.

            “Nobody fell.

            “And nobody will.”
            ",
        );
    }

    #[test]
    fn apostrophes_and_measures_pass() {
        check("The officials’ plan of the ’90s was the workers’ too.");
        check("The officials' plan of the '90s was rock 'n' roll.");
        check("He is 5'10\" and she 5’4”, and the pipe measures 6\".");
        check("");
    }

    #[test]
    fn single_marks_are_an_option() {
        let draft = "
            ‘We will go ahead, Ann Meyer said.
            ";
        check(draft);
        let drawn = "
            ‘We will go ahead, Ann Meyer said.
            ^ warning[unbalanced-quote]: This quote is never closed.
            ";
        let settings = "rules.unbalanced-quote.single-marks = true";
        check_in(Language::Plain, settings, Some(&RULE), drawn);
    }

    #[test]
    fn lines_that_are_no_copy_pass() {
        check(
            "
            Council “will go ahead with pier

            The council voted Monday to close the pier.
            ",
        );
    }

    #[test]
    fn fixes_set_the_missing_mark() {
        check_fix(
            &RULE,
            "<CURSOR>“We will go ahead, Meyer said.",
            "“We will go ahead,” Meyer said.",
        );
        check_fix(
            &RULE,
            "<CURSOR>\"Will we go ahead? the mayor asked.",
            "\"Will we go ahead?\" the mayor asked.",
        );
        check_fix(
            &RULE,
            "Meyer said: <CURSOR>“We will go ahead.",
            "Meyer said: “We will go ahead.”",
        );
        check_fix(
            &RULE,
            "“It is old,” Meyer said. We will go,<CURSOR>” she said.",
            "“It is old,” Meyer said. “We will go,” she said.",
        );
        check_fix(
            &RULE,
            "
            Meyer spoke. <CURSOR>“The bridge is safe.

            It was looked at in May,” she said.
            ",
            "
            Meyer spoke. “The bridge is safe.

            “It was looked at in May,” she said.
            ",
        );
    }
}
