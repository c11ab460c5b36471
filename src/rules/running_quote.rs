//! running-quote: a quote over two paragraphs whose first part is closed.

use text_size::TextRange;

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix, Related, marks};
use crate::analysis::{DraftQuote, Link, Paragraph};
use crate::extract::QuoteKind;
use crate::text::Shape;

declare_rule! {
    /// Quote over two paragraphs whose first part is closed
    ///
    /// ## Why
    ///
    /// A closing mark says that the speaker has ended. Where the next paragraph is theirs too, either the mark is left
    /// out or the speaker is named again.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The council voted to close the pier.
    ///
    /// “The bridge is safe and sound.”
    ///
    /// “It was looked at in May.”
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “The bridge is safe and sound,” Ann Meyer said. “It is old.
    ///
    /// “It was looked at in May.”
    /// ```
    ///
    /// A part of a sentence is closed before a new quote:
    ///
    /// ```text
    /// Ann Meyer called the bridge “safe and sound.”
    ///
    /// “It was looked at in May,” she said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Takes the closing mark away.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    ///
    /// A quote left open whose next paragraph does not reopen it lacks a mark: unbalanced-quote finds that. A quote
    /// alone that readers give to whoever spoke last is for orphan-quote.
    name: "running-quote",
    group: Quotes,
    levels: [Information, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, _) in context.body() {
        findings.extend(goes_on(context, index).and_then(|(first, second)| {
            let analysis = context.analysis;
            let line = analysis.line(first.range);
            let message = format!("Same speaker goes on: leave line {line} open or name the speaker again.");
            let mut finding = context.finding(second.range, message);
            finding.related.push(Related {
                range: first.range,
                message: "This part is closed.".to_owned(),
            });
            let copy = Copy::new(context, &analysis.paragraphs[first.paragraph]);
            let (_, closing) = marks::ends(&copy, analysis.quote(first))?;
            finding.fixes.push(Fix {
                title: format!("Leave line {line} open"),
                edits: vec![Edit {
                    range: copy.at(closing),
                    text: String::new(),
                }],
                preferred: true,
            });
            Some(finding)
        }));
    }
    findings
}

/// How sure the guess at a speaker is that readers make too.
const FAIR: f32 = 0.5;

/// The closed quote that fills the paragraph above one that is filled by a quote too, where nobody is given for either.
pub(super) fn goes_on<'a>(
    context: &Context<'a>,
    index: usize,
) -> Option<(&'a DraftQuote, &'a DraftQuote)> {
    let analysis = context.analysis;
    let above = index.checked_sub(1)?;
    let (first, second) = (filling(context, above)?, filling(context, index)?);
    let nobody = |quote: &DraftQuote| {
        analysis.attribution(quote).is_none_or(|known| {
            let carried = matches!(known.evidence.link, Link::Continued | Link::None);
            known.speaker.is_none() && carried && (known.entity.is_none() || known.score < FAIR)
        })
    };
    let closed = analysis.quote(first).closes;
    (closed && nobody(first) && nobody(second)).then_some((first, second))
}

/// The one full quote that a paragraph of the story's own consists of.
fn filling<'a>(context: &Context<'a>, index: usize) -> Option<&'a DraftQuote> {
    let analysis = context.analysis;
    let paragraph: &Paragraph = &analysis.paragraphs[index];
    let [facts, rest @ ..] = paragraph.facts.quotes.as_slice() else {
        return None;
    };
    let whole = TextRange::up_to(paragraph.range.len());
    let fills = facts.range == whole
        && facts.opens
        && facts.certain
        && facts.kind == QuoteKind::Full
        && rest.iter().all(|quote| quote.parent.is_some());
    if !fills || paragraph.shape != Shape::Text || !context.is_body(index) {
        return None;
    }
    context.quotes(index).first()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_rule};

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn closed_parts_are_found() {
        check(
            "
            The council voted to close the pier.

            “The bridge is safe and sound.”

            “It was looked at in May.”
            ^^^^^^^^^^^^^^^^^^^^^^^^^^ information[running-quote]: Same speaker goes on: leave line 3 open or name the speaker again.
            ",
        );
        check(
            "
            The council voted to close the pier.

            \"The bridge is safe and sound.\"

            \"It was looked at in May.\"
            ^^^^^^^^^^^^^^^^^^^^^^^^^^ information[running-quote]: Same speaker goes on: leave line 3 open or name the speaker again.

            \"Nobody fell from it.\"
            ^^^^^^^^^^^^^^^^^^^^^^ information[running-quote]: Same speaker goes on: leave line 5 open or name the speaker again.
            ",
        );
    }

    #[test]
    fn quotes_of_whoever_spoke_last_pass() {
        check(
            "
            “The bridge is safe,” Ann Meyer said on Monday.

            “We looked at every bolt of it.”

            “We found nothing at all in it.”
            ",
        );
    }

    #[test]
    fn open_parts_pass() {
        check("The council voted.\n\n“The bridge is safe and sound.\n\n“It was looked at in May.”");
    }

    #[test]
    fn named_speakers_pass() {
        check("“The bridge is safe,” Ann Meyer said.\n\n“It was looked at in May.”");
        check("“The bridge is safe and sound.”\n\n“It was looked at in May,” Ann Meyer said.");
        check("The bridge is “safe and sound.”\n\n“It was looked at in May,” Ann Meyer said.");
    }

    #[test]
    fn those_who_talk_in_turn_pass() {
        check(
            "
            “Is the bridge safe?” Ann Meyer asked.

            “It is as safe as a house,” said Tom Reyes.

            “When will it be looked at again?”

            “In May, as in every year.”
            ",
        );
    }

    #[test]
    fn what_stands_between_passes() {
        check("The council voted.\n\n“The bridge is safe and sound.”\n\nIt is old.\n\n“It was looked at in May.”");
    }

    #[test]
    fn headings_pass() {
        check("“The bridge”\n\n“All bets are off”\n\n“It was looked at in May.”");
    }

    #[test]
    fn the_fix_leaves_the_first_open() {
        check_fix(
            &RULE,
            "The council voted.\n\n“The bridge is safe.”\n\n<CURSOR>“It was looked at in May.”",
            "The council voted.\n\n“The bridge is safe.\n\n“It was looked at in May.”",
        );
    }
}
