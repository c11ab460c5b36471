//! Findings as a person sees them: at their places in the source.

use text_size::{TextRange, TextSize};

use super::stets;
use crate::analysis::Analysis;
use crate::rules::{self, Edit, Finding, Fix, Level, Related, Rule};
use crate::settings::Settings;
use crate::text::Prose;

/// A finding in the source. All ranges, those of related places and edits too, are source bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Where it stands.
    pub range: TextRange,
    /// How much it matters.
    pub level: Level,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// Ways to mend it, the best first.
    pub fixes: Vec<Fix>,
}

/// All findings of a draft, in reading order, without those that comments in it let stand. A draft in another language
/// has none.
pub fn diagnostics(analysis: &Analysis, settings: &Settings) -> Vec<Diagnostic> {
    if analysis.foreign.is_some() {
        return Vec::new();
    }
    let mut findings: Vec<Diagnostic> = rules::check(analysis, settings)
        .into_iter()
        .map(|finding| to_source(analysis, finding))
        .collect();
    stets::uncommented(analysis, &mut findings);
    findings
}

/// What to tell, once, of a draft whose language is not English.
pub fn notice(analysis: &Analysis) -> Option<String> {
    let language = analysis.foreign?;
    Some(format!(
        "reads as {language}: quotes are found by their marks, and nothing is checked"
    ))
}

fn to_source(analysis: &Analysis, finding: Finding) -> Diagnostic {
    let source = |range| analysis.prose.to_source(range);
    Diagnostic {
        rule: finding.rule,
        range: source(finding.range),
        level: finding.level,
        message: finding.message,
        related: finding
            .related
            .into_iter()
            .map(|related| Related {
                range: source(related.range),
                ..related
            })
            .collect(),
        fixes: finding
            .fixes
            .into_iter()
            .filter_map(|fix| fix_in_source(&analysis.prose, fix))
            .collect(),
    }
}

/// A fix in the source; none where it would write over markup.
pub(super) fn fix_in_source(prose: &Prose, fix: Fix) -> Option<Fix> {
    let edits = fix
        .edits
        .into_iter()
        .map(|edit| edit_in_source(prose, edit));
    Some(Fix {
        edits: edits.collect::<Option<_>>()?,
        ..fix
    })
}

fn edit_in_source(prose: &Prose, edit: Edit) -> Option<Edit> {
    let range = if edit.range.is_empty() || prose.verbatim(edit.range) {
        edit.range
    } else if edit.text.is_empty() {
        // What stands between paragraphs may be more than white space in the source: only the words go.
        words(prose, edit.range)
    } else {
        return None;
    };
    Some(Edit {
        range: prose.to_source(range),
        ..edit
    })
}

/// A range without the white space at its ends.
fn words(prose: &Prose, range: TextRange) -> TextRange {
    let text = &prose.text()[range];
    let start = text.len() - text.trim_start().len();
    let len = text.trim().len();
    let size = |bytes: usize| TextSize::of(&text[..bytes]);
    TextRange::at(range.start() + size(start), size(start + len) - size(start))
}

#[cfg(test)]
mod tests {
    use crate::fixture;
    use crate::rules::Rule;
    use crate::text::Language;

    /// The drafts that the fixes of a rule's only finding leave.
    fn check(rule: &str, language: Language, draft: &str, expected: &[&str]) {
        let rule = Rule::find(rule).unwrap();
        assert_eq!(fixture::mended(rule, language, draft), expected);
    }

    #[test]
    fn paragraphs_go_with_their_blank_lines() {
        check(
            "web-residue",
            Language::Plain,
            "It voted.\n\nLeave a Reply\n",
            &["It voted.\n"],
        );
    }

    #[test]
    fn markup_stays() {
        check(
            "web-residue",
            Language::Html,
            "<p>It voted.</p>\n<hr>\n<p>Leave a Reply</p>",
            &["<p>It voted.</p>\n<hr>\n<p></p>"],
        );
        check(
            "web-residue",
            Language::Markdown,
            "It voted.\n\n```\nx\n```\n\n## Leave a Reply\n",
            &["It voted.\n\n```\nx\n```\n\n## \n"],
        );
    }

    #[test]
    fn a_fix_that_would_write_over_markup_is_not_offered() {
        let quote = "“We looked at every bolt of it.”";
        let said = "“It is safe,” Ann Meyer said.";
        let named = "“We looked at every bolt of it,” Ann Meyer said.";
        let joined = format!("{said} {quote}");
        check(
            "orphan-quote",
            Language::Plain,
            &format!("{said}\n\n{quote}"),
            &[&format!("{said}\n\n{named}"), &joined],
        );
        check(
            "orphan-quote",
            Language::Html,
            &format!("<p>{said}</p><p>{quote}</p>"),
            &[&format!("<p>{said}</p><p>{named}</p>")],
        );
    }
}
