//! Findings that stand as they are, because somebody has said so.

use text_size::TextRange;

use super::Diagnostic;
use crate::analysis::{Analysis, key};
use crate::newsroom::{Decision, Notes};

/// What a comment says that lets findings of rules stand in the next paragraph.
const STET: &str = "stet";

/// Words of the longest text that is left alone wherever it stands.
const SHORT: usize = 4;

/// Parts findings into those that stay and those that somebody has let stand.
pub fn part(
    analysis: &Analysis,
    notes: &Notes,
    findings: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    if notes.entries().is_empty() {
        return (findings, Vec::new());
    }
    findings
        .into_iter()
        .partition(|finding| stet(analysis, notes, finding).is_none())
}

/// The decision that lets a finding stand.
pub(super) fn stet<'n>(
    analysis: &Analysis,
    notes: &'n Notes,
    finding: &Diagnostic,
) -> Option<&'n Decision> {
    let own = [here(analysis, finding), Some(in_story(finding))];
    let name = wherever(analysis, finding);
    let mut own = own.into_iter().chain([name]).flatten();
    own.find_map(|own| notes.decisions().find(|decision| **decision == own))
}

/// Lets a finding stand where it is; none where it marks nothing that could be found again.
pub(super) fn here(analysis: &Analysis, finding: &Diagnostic) -> Option<Decision> {
    let range = prose_range(analysis, finding)?;
    let sentence = analysis.sentence(range).or_else(|| {
        let paragraph = analysis.paragraph_at(range.start())?;
        Some(analysis.paragraphs.get(paragraph)?.range)
    })?;
    Some(Decision::StetPlace {
        rule: finding.rule.name.to_owned(),
        text: key(analysis.text(range)),
        sentence: key(analysis.text(sentence)),
    })
}

/// Lets the words that a finding marks stand wherever they are; none for long ones.
pub(super) fn wherever(analysis: &Analysis, finding: &Diagnostic) -> Option<Decision> {
    let text = key(analysis.text(prose_range(analysis, finding)?));
    let words = text.split(' ').count();
    (!text.is_empty() && words <= SHORT).then(|| Decision::StetName {
        rule: finding.rule.name.to_owned(),
        text,
    })
}

/// Lets all findings of a rule stand.
pub(super) fn in_story(finding: &Diagnostic) -> Decision {
    Decision::StetRule {
        rule: finding.rule.name.to_owned(),
    }
}

/// Tells whether what a decision is about is still in a draft. What binds the whole draft always is.
pub fn alive(analysis: &Analysis) -> impl Fn(&Decision) -> bool + use<> {
    let text = key(analysis.prose.text());
    let small = text.to_lowercase();
    move |decision| match decision {
        Decision::StetRule { .. } => true,
        // The leading capital comes and goes.
        Decision::LockedQuote { quote, .. } => small.contains(&quote.to_lowercase()),
        Decision::StetPlace {
            text: words,
            sentence,
            ..
        } => text.contains(words) && text.contains(sentence),
        Decision::StetName { text: words, .. } => text.contains(words),
        Decision::Speaker { quote, .. } => text.contains(quote),
        Decision::OnePerson { names } | Decision::TwoPeople { names } => {
            names.iter().all(|name| text.contains(name))
        }
    }
}

/// A comment in the draft's markup that lets findings of some rules stand in the paragraph behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment<'a> {
    /// The rules as it names them.
    pub rules: Vec<&'a str>,
    /// The paragraph, in source bytes; none behind the last one.
    pub paragraph: Option<TextRange>,
}

/// The comments that let findings stand, in reading order.
pub fn comments(analysis: &Analysis) -> Vec<Comment<'_>> {
    let prose = &analysis.prose;
    let comments = prose.directives().iter().filter_map(|directive| {
        let rest = directive.text.strip_prefix(STET)?;
        let rules = rest.split([',', ' ', '\n', '\r', '\t']);
        let blocks = prose.blocks();
        let next =
            blocks.partition_point(|block| prose.to_source(block.range).start() < directive.end);
        Some(Comment {
            rules: rules.filter(|rule| !rule.is_empty()).collect(),
            paragraph: blocks.get(next).map(|block| prose.to_source(block.range)),
        })
    });
    comments.collect()
}

/// Takes out the findings that comments let stand.
pub(super) fn uncommented(analysis: &Analysis, findings: &mut Vec<Diagnostic>) {
    let comments = comments(analysis);
    if comments.is_empty() {
        return;
    }
    findings.retain(|finding| {
        !comments.iter().any(|comment| {
            let here = |range: TextRange| range.contains_inclusive(finding.range.start());
            comment.rules.contains(&finding.rule.name) && comment.paragraph.is_some_and(here)
        })
    });
}

/// What a finding marks, in prose bytes.
fn prose_range(analysis: &Analysis, finding: &Diagnostic) -> Option<TextRange> {
    let start = analysis.prose.from_source(finding.range.start())?;
    let end = analysis.prose.from_source(finding.range.end())?;
    (start <= end).then(|| TextRange::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::diagnostics;
    use crate::fixture::analysis_in;
    use crate::newsroom::Ledger;
    use crate::settings::Settings;
    use crate::text::Language;

    const DRAFT: &str = "The council voted Monday to close the pier.\n\n“Nobody asked us.”\n\n\
        Ferry strike enters second week\n\nRepairs may take years\n\nIt will cost $2 million.\n";

    fn rules(draft: &str, language: Language, notes: &Notes) -> Vec<&'static str> {
        let analysis = analysis_in(language, draft);
        let findings = diagnostics(&analysis, &Settings::default());
        let (left, _) = part(&analysis, notes, findings);
        left.iter().map(|finding| finding.rule.name).collect()
    }

    fn noted(decision: Decision) -> Notes {
        let mut ledger = Ledger::of(None);
        assert_eq!(ledger.note(vec![(decision, false)]), None);
        Notes::clone(ledger.notes())
    }

    /// The findings of the draft, once one has been let stand in some way.
    fn check(
        draft: &str,
        way: impl Fn(&Analysis, &Diagnostic) -> Option<Decision>,
        expected: &[&str],
    ) {
        let analysis = analysis_in(Language::Plain, DRAFT);
        let findings = diagnostics(&analysis, &Settings::default());
        let first = findings.first().unwrap();
        let notes = noted(way(&analysis, first).unwrap());
        assert_eq!(rules(draft, Language::Plain, &notes), expected);
    }

    const ALL: [&str; 2] = ["orphan-quote", "stray-headline"];

    #[test]
    fn a_place_stands_until_its_sentence_changes() {
        assert_eq!(rules(DRAFT, Language::Plain, &Notes::default()), ALL);
        check(DRAFT, here, &ALL[1..]);
        check(&format!("Wexmouth\n\n{DRAFT}"), here, &ALL[1..]);
        check(&DRAFT.replace(['“', '”'], "\""), here, &ALL[1..]);
        check(&DRAFT.replace("asked us", "told us"), here, &ALL);
    }

    #[test]
    fn words_stand_wherever_they_are() {
        let twice = format!("{DRAFT}\nA year went by.\n\n“Nobody asked us.”\n");
        check(&twice, wherever, &ALL[1..]);
        check(&DRAFT.replace("asked us", "told us"), wherever, &ALL);
    }

    #[test]
    fn a_rule_is_off_in_a_story() {
        let off = |_: &Analysis, finding: &Diagnostic| Some(in_story(finding));
        check(&DRAFT.replace("asked us", "told us"), off, &ALL[1..]);
    }

    #[test]
    fn what_is_gone_is_dead() {
        let analysis = analysis_in(Language::Plain, DRAFT);
        let findings = diagnostics(&analysis, &Settings::default());
        let place = here(&analysis, &findings[0]).unwrap();
        assert!(alive(&analysis)(&place));
        let edited = analysis_in(Language::Plain, &DRAFT.replace("asked us", "told us"));
        assert!(!alive(&edited)(&place));
        assert!(alive(&edited)(&in_story(&findings[0])));
    }

    #[test]
    fn a_comment_lets_the_next_paragraph_stand() {
        let quote = "“Nobody asked us.”";
        let check = |comment: &str, expected: &[&str]| {
            let draft = DRAFT.replace(quote, &format!("{comment}\n\n{quote}"));
            assert_eq!(
                rules(&draft, Language::Markdown, &Notes::default()),
                expected,
                "{comment}"
            );
        };
        check("<!-- copydesk: stet orphan-quote -->", &ALL[1..]);
        check(
            "<!-- copydesk: stet web-residue, orphan-quote -->",
            &ALL[1..],
        );
        check("<!-- copydesk: stet stray-headline -->", &ALL);
        check("<!-- stet orphan-quote -->", &ALL);
        let draft = DRAFT.replace(
            quote,
            &format!("<!-- copydesk: stet orphan-quote -->\n{quote}"),
        );
        assert_eq!(
            rules(&draft, Language::Html, &Notes::default()).len(),
            0,
            "one paragraph in all"
        );
    }
}
