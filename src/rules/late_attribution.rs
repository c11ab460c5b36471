//! late-attribution: a long quote whose speaker is named only at its end.

use super::copy::Copy;
use super::rewrite::{behind_first_sentence, stops};
use super::{Context, Finding};
use crate::analysis::{Attribution, EntityId};
use crate::extract::{Pattern, Quote, QuoteKind};

declare_rule! {
    /// Long quote whose speaker is named only at its end
    ///
    /// ## Why
    ///
    /// Readers weigh words by who says them. After three sentences they have taken the quote for somebody else's, or
    /// gone back to look.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The council met on Monday.
    ///
    /// “The bridge is old. The stones are loose. It has to be closed in May,” Ann Meyer said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “The bridge is old,” Ann Meyer said. “The stones are loose. It has to be closed in May.”
    /// ```
    ///
    /// Whoever spoke last goes on:
    ///
    /// ```text
    /// Ann Meyer runs the pier.
    ///
    /// “The bridge is old. The stones are loose. It has to be closed in May,” Meyer said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Moves the attribution behind the first sentence.
    ///
    /// ## Settings
    ///
    /// - `max-sentences` (2): sentences that may stand before the speaker. An ellipsis ends none.
    /// - `max-words` (40, or 30 where the settings are `strict`): words that may.
    name: "late-attribution",
    group: Attribution,
    levels: [Hint, Information, Warning, Warning, Information],
    settle: true,
    since: "0.1.0",
    options: [("max-sentences", Number), ("max-words", Number)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let most = context.number("max-sentences", 2);
    let longest = context.number("max-words", if context.settings.strict { 30 } else { 40 });
    let mut findings = Vec::new();
    // Who is named or speaks in the paragraph of copy above.
    let mut above: Option<usize> = None;
    for (index, paragraph) in context.body() {
        let facts = &paragraph.facts;
        let opening = facts.quotes.iter().position(|quote| quote.parent.is_none());
        let late = opening.and_then(|at| {
            let quote = &facts.quotes[at];
            let first = quote.kind == QuoteKind::Full && quote.certain && quote.opens && quote.closes;
            // A short quote cannot be late.
            (first && quote.words > most.min(longest)).then_some((at, quote))
        });
        if let Some((at, quote)) = late {
            findings.extend(finding(context, index, at, quote, above, (most, longest)));
        }
        above = Some(index);
    }
    findings
}

fn finding(
    context: &Context<'_>,
    index: usize,
    at: usize,
    quote: &Quote,
    above: Option<usize>,
    (most, longest): (usize, usize),
) -> Option<Finding> {
    let copy = Copy::new(context, &context.analysis.paragraphs[index]);
    if !copy.text[..usize::from(quote.range.start())].trim().is_empty() {
        return None;
    }
    let known = context.quotes(index).iter().find(|known| known.index == at)?;
    let known = context.analysis.attribution(known)?;
    let (_, cue) = known.cue.filter(|_| known.pattern == Some(Pattern::Tagged))?;
    let cue = copy.facts.cues.get(cue)?;
    if cue.range.start() < quote.range.end() || is_known(context, known, above) {
        return None;
    }
    let stops = stops(&copy, quote);
    let sentences = stops.len() + 1;
    if sentences <= most && quote.words <= longest {
        return None;
    }
    let message = match sentences {
        1 => format!("Speaker is named after {} words.", quote.words),
        _ => format!("Speaker is named after {sentences} sentences ({} words).", quote.words),
    };
    let mut finding = context.finding(copy.at(quote.range), message);
    finding.fixes.extend(behind_first_sentence(context.analysis, known));
    Some(finding)
}

/// The speaker is named or speaks in the paragraph above: nobody takes the quote for another's.
fn is_known(context: &Context<'_>, known: &Attribution, above: Option<usize>) -> bool {
    let (Some(speaker), Some(above)) = (known.entity, above) else {
        return false;
    };
    let is_speaker = |entity: EntityId| entity == speaker;
    let last = context.attributions(above).last();
    last.is_some_and(|last| last.entity.is_some_and(is_speaker))
        || context
            .mentions(above)
            .iter()
            .any(|mention| !mention.quoted && is_speaker(mention.entity))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    const WORDS: &str = "“The bridge of the town, which my father built of the stone that came from the hills in the \
        carts of the men who lived there in those days, is to be closed for as long as it takes to find the money \
        for it,” Ann Meyer said.";

    #[test]
    fn three_sentences_are_too_many() {
        check(
            "
            “The bridge is old. The stones are loose. It has to go,” Ann Meyer said.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[late-attribution]: Speaker is named after 3 sentences (12 words).
            ",
        );
        check(
            "
            “Is it old? It is! It has to go,” said Ann Meyer, who runs the pier.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[late-attribution]: Speaker is named after 3 sentences (9 words).
            ",
        );
    }

    #[test]
    fn many_words_are_too_many() {
        check_in(
            Language::Plain,
            "house = \"reuters\"",
            Some(&RULE),
            &format!(
                "{WORDS}\n{} warning[late-attribution]: Speaker is named after 45 words.\n",
                "^".repeat(WORDS.chars().count() - " Ann Meyer said.".len())
            ),
        );
        let settings = "rules.late-attribution.max-words = 50";
        check_in(Language::Plain, settings, Some(&RULE), WORDS);
    }

    #[test]
    fn strict_desks_allow_fewer() {
        let draft = WORDS.replace(" for as long as it takes to find the money", "");
        check(&draft);
        let carets = "^".repeat(draft.chars().count() - " Ann Meyer said.".len());
        check_in(
            Language::Plain,
            "strict = true",
            Some(&RULE),
            &format!("{draft}\n{carets} hint[late-attribution]: Speaker is named after 35 words.\n"),
        );
    }

    #[test]
    fn early_attributions_pass() {
        check("“The bridge is old,” Ann Meyer said. “The stones are loose. It has to go. It will.”");
        check("“The bridge is old. It has to go,” Ann Meyer said.");
        check("Ann Meyer said: “The bridge is old. The stones are loose. It has to go.”");
    }

    #[test]
    fn an_ellipsis_ends_no_sentence() {
        check("“The bridge … It is old ... We know. It has to go,” Ann Meyer said.");
    }

    #[test]
    fn those_who_were_named_pass() {
        check("Ann Meyer spoke.\n\n“The bridge is old. The stones are loose. It has to go,” she said.");
        check("“It is old,” Ann Meyer said.\n\n“The bridge is old. The stones are loose. It has to go,” she said.");
    }

    #[test]
    fn the_sentences_are_an_option() {
        let draft = "“The bridge is old. The stones are loose. It has to go,” Ann Meyer said.";
        let settings = "rules.late-attribution.max-sentences = 3";
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    #[test]
    fn the_fix_moves_the_attribution() {
        check_fix(
            &RULE,
            "<CURSOR>“The bridge is old. The stones are loose. It has to go,” Ann Meyer said.",
            "“The bridge is old,” Ann Meyer said. “The stones are loose. It has to go.”",
        );
    }
}
