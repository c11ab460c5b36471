//! hearsay-quote: words that somebody "reportedly" said, with nobody named who reported them.

use super::copy::Copy;
use super::reporter::{outlet_before, outlet_in};
use super::{Context, Edit, Finding, Fix, Related};
use crate::extract::{Cue, QuoteKind, Sentence};
use crate::lexicon::Grade;

declare_rule! {
    /// Words on hearsay, with nobody named who reported them
    ///
    /// ## Why
    ///
    /// “Reportedly” says that the reporter did not hear it and keeps back who did. A direct quote promises the
    /// speaker's very words, so that its source must be named.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “The bridge is not safe,” Ann Meyer reportedly told the council on Monday.
    /// ```
    ///
    /// ```text
    /// Ann Meyer was quoted as saying “the bridge is not safe at all”.
    /// ```
    ///
    /// ## Passes
    ///
    /// An outlet, or whoever alleges it, is named in the sentence:
    ///
    /// ```text
    /// “The bridge is not safe,” Ann Meyer reportedly told the council, according to Reuters.
    ///
    /// Prosecutors say that Tom Reyes allegedly told the clerk that the safe was empty.
    /// ```
    ///
    /// Where nothing is said, other rules are to judge:
    ///
    /// ```text
    /// Ann Meyer reportedly left the town on Monday.
    /// ```
    ///
    /// ## Fix
    ///
    /// Drops the adverb and adds the outlet that reports something in the two paragraphs above, if there is one.
    ///
    /// ## Settings
    ///
    /// - `words` (reportedly, allegedly, apparently, supposedly, purportedly): the adverbs that count.
    ///
    /// Reported speech is one level less grave than a quote.
    name: "hearsay-quote",
    group: Attribution,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: false,
    since: "0.1.0",
    options: [("words", Texts)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, paragraph) in context.body() {
        let cues = &paragraph.facts.cues;
        if cues.iter().any(is_hearsay) {
            let copy = Copy::new(context, paragraph);
            let found = |(at, cue)| finding(context, &copy, index, at, cue);
            findings.extend(cues.iter().enumerate().filter_map(found));
        }
    }
    findings
}

const QUOTED_AS: &str = "was quoted as saying";

/// Paragraphs above in which an outlet that reports may be meant.
const REACH: usize = 2;

fn is_hearsay(cue: &Cue) -> bool {
    cue.hearsay.is_some() && cue.entry.grade != Grade::Nonspeech || cue.entry.cue == QUOTED_AS
}

fn finding(
    context: &Context<'_>,
    copy: &Copy<'_>,
    index: usize,
    at: usize,
    cue: &Cue,
) -> Option<Finding> {
    if !is_hearsay(cue) {
        return None;
    }
    let word = &copy.text[cue.hearsay.unwrap_or(cue.range)];
    if cue.hearsay.is_some() && !counts(context, word) {
        return None;
    }
    let sentence = copy.sentence(cue.range.start())?;
    let owned = outlet_in(context, index, copy.at(sentence.range)).is_some()
        || copy.has_word(sentence, &ALLEGES)
        || names_source(copy, sentence);
    let speech = copy
        .facts
        .speech
        .iter()
        .find(|speech| speech.cue == Some(at))?;
    let mut known = context
        .attributions(index)
        .iter()
        .filter(|known| known.cue.is_some_and(|(_, cue)| cue == at))
        .peekable();
    known.peek()?;
    if owned {
        return None;
    }
    let direct = known.flat_map(|known| &known.quotes).any(|&quote| {
        let quote = context.analysis.quote(&context.analysis.quotes[quote]);
        matches!(quote.kind, QuoteKind::Full | QuoteKind::Partial)
    });
    let mut range = cue.range.cover(cue.hearsay.unwrap_or(cue.range));
    for part in [speech.source.map(|source| source.range), speech.listener] {
        range = part.map_or(range, |part| range.cover(part));
    }
    let what = if direct { "Direct quote" } else { "Speech" };
    let mut message = format!("{what} on “{word}”: who reported it?");
    let outlet = outlet_before(context, index, REACH);
    if let Some(outlet) = outlet {
        let name = context.analysis.text(outlet.range);
        let line = context.analysis.line(outlet.range);
        message += &format!(" {name} is named in line {line}.");
    }
    let finding = context.finding(copy.at(range), message);
    let mut finding = context.graded(finding, if direct { 0 } else { -1 });
    if let Some(outlet) = outlet {
        let name = context.analysis.text(outlet.range);
        finding.related.push(Related {
            range: outlet.range,
            message: format!("{name} reports here."),
        });
        let edits = add_outlet(copy, sentence, cue, name);
        finding.fixes.extend(edits.map(|edits| Fix {
            title: format!("Add “{name} reported”"),
            edits,
            preferred: true,
        }));
    }
    Some(finding)
}

fn counts(context: &Context<'_>, word: &str) -> bool {
    let mut words = context.texts("words").peekable();
    words.peek().is_none() || words.any(|listed| listed.eq_ignore_ascii_case(word))
}

/// "according to", "citing": the sentence says where it comes from.
fn names_source(copy: &Copy<'_>, sentence: &Sentence) -> bool {
    copy.facts.cues.iter().any(|cue| {
        sentence.range.contains_range(cue.range)
            && matches!(cue.entry.cue, "according to" | "cite" | "per" | "report")
    })
}

fn add_outlet(copy: &Copy<'_>, sentence: &Sentence, cue: &Cue, name: &str) -> Option<Vec<Edit>> {
    let adverb = copy.cut(cue.hearsay?);
    let outlet = copy.append(sentence, &format!(", {name} reported"))?;
    Some(vec![adverb, outlet])
}

/// Those who allege something, and the papers in which they do.
const ALLEGES: [&str; 18] = [
    "prosecutor",
    "prosecutors",
    "police",
    "officers",
    "investigators",
    "detectives",
    "court",
    "complaint",
    "indictment",
    "affidavit",
    "lawsuit",
    "suit",
    "filing",
    "charge",
    "charges",
    "charged",
    "accused",
    "documents",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_rule, fix_titles};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn quotes_on_hearsay() {
        check(
            "
            “The bridge is not safe,” Ann Meyer reportedly told Tom Reyes on Monday.
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hearsay-quote]: Direct quote on “reportedly”: who reported it?
            ",
        );
        check(
            "
            “The bridge is not safe,” Ann Meyer was quoted as saying on Monday.
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hearsay-quote]: Direct quote on “was quoted as saying”: who reported it?
            ",
        );
    }

    #[test]
    fn reported_speech_is_less_grave() {
        check(
            "
            Ann Meyer allegedly said that the bridge was not safe.
            ^^^^^^^^^^^^^^^^^^^^^^^^ information[hearsay-quote]: Speech on “allegedly”: who reported it?
            ",
        );
        check(
            "
            Ann Meyer reportedly said that the bridge was a “wreck”.
            ^^^^^^^^^^^^^^^^^^^^^^^^^ information[hearsay-quote]: Speech on “reportedly”: who reported it?
            ",
        );
    }

    #[test]
    fn the_outlet_above_is_offered() {
        check(
            "
            Ann Meyer warned the council of a collapse, Reuters reported.

            “The bridge is not safe,” Meyer reportedly told Tom Reyes on Monday.
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hearsay-quote]: Direct quote on “reportedly”: who reported it? Reuters is named in line 1.
            ",
        );
        check_fix(
            &RULE,
            "
            Ann Meyer warned the council of a collapse, Reuters reported.

            “The bridge is not safe,” <CURSOR>Meyer reportedly told Tom Reyes on Monday.
            ",
            "
            Ann Meyer warned the council of a collapse, Reuters reported.

            “The bridge is not safe,” Meyer told Tom Reyes on Monday, Reuters reported.
            ",
        );
    }

    #[test]
    fn an_outlet_far_above_is_not_offered() {
        let draft = "
            Ann Meyer warned the council of a collapse, Reuters reported.

            The bridge is old.

            It was built by her father.

            “The bridge is not safe,” <CURSOR>Meyer reportedly told Tom Reyes on Monday.
            ";
        assert!(fix_titles(&RULE, draft).is_empty());
    }

    #[test]
    fn named_outlets_pass() {
        check("“The bridge is not safe,” Ann Meyer was quoted as saying by Reuters.");
        check("“The bridge is not safe,” Ann Meyer reportedly told CNN.");
        check("According to the Guardian, Ann Meyer reportedly said that the bridge was safe.");
    }

    #[test]
    fn those_who_allege_pass() {
        check("Ann Meyer allegedly told police that the safe was empty.");
        check("According to the report, Ann Meyer allegedly said that the safe was empty.");
        check("Ann Meyer allegedly said in court that the safe was empty.");
    }

    #[test]
    fn deeds_and_thoughts_pass() {
        check("Ann Meyer reportedly left the town on Monday.");
        check("Ann Meyer reportedly believes that the bridge is safe.");
        check("The allegedly safe bridge fell on Monday, Ann Meyer said.");
    }

    #[test]
    fn a_speakers_own_words_pass() {
        check("“He reportedly told them that it was safe,” Ann Meyer said.");
    }

    #[test]
    fn the_words_are_an_option() {
        let draft = "
            “The bridge is not safe,” Ann Meyer apparently told Tom Reyes on Monday.
            ";
        let settings = "rules.hearsay-quote.words = [\"reportedly\"]";
        check_in(Language::Plain, settings, Some(&RULE), draft);
        let drawn = "
            “The bridge is not safe,” Ann Meyer apparently told Tom Reyes on Monday.
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[hearsay-quote]: Direct quote on “apparently”: who reported it?
            ";
        let settings = "rules.hearsay-quote.words = [\"apparently\"]";
        check_in(Language::Plain, settings, Some(&RULE), drawn);
    }
}
