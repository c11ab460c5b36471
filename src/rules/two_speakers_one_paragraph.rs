//! two-speakers-one-paragraph: a second speaker is quoted in a paragraph of the first.

use text_size::TextRange;

use super::copy::Copy;
use super::rewrite::new_paragraph;
use super::{Context, Finding, Related};
use crate::analysis::{Attribution, EntityId, Link, SpeechKind};
use crate::extract::{Label, Pattern, QuoteKind};

declare_rule! {
    /// Second speaker quoted in one paragraph
    ///
    /// ## Why
    ///
    /// A new paragraph tells readers that somebody else speaks. Within one they give the second quote to the first
    /// speaker, until the name comes.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “The bridge is safe,” Ann Meyer said. “It is not,” Tom Reyes said.
    /// ```
    ///
    /// ## Passes
    ///
    /// The name comes first, or only a few words are quoted:
    ///
    /// ```text
    /// “The bridge is safe,” Ann Meyer said. Tom Reyes disagreed: “It is not.”
    ///
    /// “The bridge is safe,” Ann Meyer said. Tom Reyes called it “a wreck”.
    /// ```
    ///
    /// ## Fix
    ///
    /// Starts a new paragraph.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    ///
    /// Only whole quotes that stand before the names of their speakers count; whoever is named first cannot be mistaken.
    name: "two-speakers-one-paragraph",
    group: Attribution,
    levels: [Information, Information, Warning, Information, Information],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, paragraph) in context.body() {
        if paragraph.facts.quotes.len() < 2 {
            continue;
        }
        let mut last: Option<(EntityId, TextRange)> = None;
        for known in context.attributions(index) {
            let Some(speaker) = speaker(context, known) else {
                continue;
            };
            let before = last.replace((speaker, known.range));
            let Some((_, place)) = before.filter(|(other, _)| *other != speaker) else {
                continue;
            };
            let copy = Copy::new(context, paragraph);
            if leads(&copy, known) {
                findings.push(finding(context, known, speaker, place));
            }
        }
    }
    findings
}

/// The person who is named beside a whole quote.
fn speaker(context: &Context<'_>, known: &Attribution) -> Option<EntityId> {
    let analysis = context.analysis;
    let entity = known.entity.filter(|_| known.evidence.link == Link::Named)?;
    let whole = known.kind == SpeechKind::Direct
        && known.pattern == Some(Pattern::Tagged)
        && known.quotes.iter().any(|&quote| analysis.quote(&analysis.quotes[quote]).kind == QuoteKind::Full);
    let one = analysis.entity(entity);
    (whole && one.label == Label::Person && one.members.is_empty()).then_some(entity)
}

/// The quote starts its sentence, so that its speaker comes after it.
fn leads(copy: &Copy<'_>, known: &Attribution) -> bool {
    let start = known.range.start() - copy.start();
    let after = known.speaker.is_some_and(|speaker| speaker.range.start() >= known.range.end());
    after && copy.sentence(start).is_some_and(|sentence| sentence.range.start() == start)
}

fn finding(
    context: &Context<'_>,
    known: &Attribution,
    speaker: EntityId,
    first: TextRange,
) -> Finding {
    let name = context.analysis.short_name(speaker);
    let mut finding = context.finding(known.range, format!("Second speaker ({name}) in this paragraph."));
    finding.related.push(Related {
        range: first,
        message: "Somebody else speaks here.".to_owned(),
    });
    let start = known.range.start();
    finding.fixes.extend(new_paragraph(context.analysis, known.paragraph, start));
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
    fn the_second_speaker_is_found() {
        check(
            "
            “The bridge is safe,” Ann Meyer said. “It is not,” Tom Reyes said.
                                                  ^^^^^^^^^^^^ information[two-speakers-one-paragraph]: Second speaker (Tom Reyes) in this paragraph.
            ",
        );
        check(
            "
            “Is the bridge safe?” asked Ann Meyer. “It is not,” said Tom Reyes, the mayor.
                                                   ^^^^^^^^^^^^ information[two-speakers-one-paragraph]: Second speaker (Tom Reyes) in this paragraph.
            ",
        );
        check(
            "
            “It is safe,” Ann Meyer said. It is old. “It is not,” Tom Reyes said. “It is,” Meyer said.
                                                     ^^^^^^^^^^^^ information[two-speakers-one-paragraph]: Second speaker (Tom Reyes) in this paragraph.
                                                                                  ^^^^^^^^ information[two-speakers-one-paragraph]: Second speaker (Meyer) in this paragraph.
            ",
        );
    }

    #[test]
    fn one_speaker_passes() {
        check("“The bridge is safe,” Ann Meyer said. “It is old,” Meyer said. “It is weak.”");
        check("“The bridge is safe,” Ann Meyer said. “It is old,” she said.");
    }

    #[test]
    fn paragraphs_pass() {
        check("“The bridge is safe,” Ann Meyer said.\n\n“It is not,” Tom Reyes said.");
    }

    #[test]
    fn names_before_the_quote_pass() {
        check("“The bridge is safe,” Ann Meyer said. Tom Reyes said: “It is not.”");
        check("Ann Meyer said, “It is safe,” and Tom Reyes said, “It is not.”");
    }

    #[test]
    fn a_few_words_pass() {
        check("“The bridge is safe,” Ann Meyer said. It is “a wreck”, Tom Reyes said.");
    }

    #[test]
    fn bodies_pass() {
        check("“The bridge is safe,” Ann Meyer said. “It is not,” the council said.");
    }

    #[test]
    fn the_fix_starts_a_paragraph() {
        check_fix(
            &RULE,
            "“The bridge is safe,” Ann Meyer said. <CURSOR>“It is not,” Tom Reyes said.",
            "“The bridge is safe,” Ann Meyer said.\n\n“It is not,” Tom Reyes said.",
        );
    }
}
