//! web-residue: a web page's leftovers at the end of a pasted story.

use text_size::TextRange;

use super::{Context, Finding};
use crate::analysis::{Paragraph, ParagraphKind};

declare_rule! {
    /// Leftovers of a web page in the copy
    ///
    /// ## Why
    ///
    /// A story pasted from a browser brings the page along: comment forms, share buttons, cookie lines. Nobody
    /// wrote them for print, and they are easily missed at the foot of a draft.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The council voted Monday to close the pier.
    ///
    /// Leave a Reply
    /// ```
    ///
    /// Neighbours make one finding:
    ///
    /// ```text
    /// The council voted Monday to close the pier.
    ///
    /// Leave a Reply
    ///
    /// Your email address will not be published. Required fields are marked *
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// She asked readers to leave a reply below the petition, and 300 did.
    /// ```
    ///
    /// ## Fix
    ///
    /// Deletes the lines.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "web-residue",
    group: Copy,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: false,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let paragraphs = &context.analysis.paragraphs;
    let mut findings = Vec::new();
    let mut first = 0;
    for run in paragraphs.chunk_by(|left, right| left.kind == right.kind) {
        let last = first + run.len() - 1;
        if paragraphs[first].kind == ParagraphKind::Residue {
            findings.push(finding(context, run, first, last));
        }
        first = last + 1;
    }
    findings
}

fn finding(context: &Context<'_>, run: &[Paragraph], first: usize, last: usize) -> Finding {
    let paragraphs = &context.analysis.paragraphs;
    let range = TextRange::new(paragraphs[first].range.start(), paragraphs[last].range.end());
    let lines: usize = run
        .iter()
        .map(|paragraph| context.analysis.text(paragraph.range).lines().count())
        .sum();
    let (noun, title) = match lines {
        1 => ("line", "Delete the line"),
        _ => ("lines", "Delete the lines"),
    };
    let mut finding = context.finding(range, format!("Web-page leftovers ({lines} {noun})."));
    finding.fixes.push(context.delete(title, first, last));
    finding
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
    fn neighbours_make_one_finding() {
        check(
            "
            The council voted Monday to close the pier.

            Leave a Reply
            ^^^^^^^^^^^^^ warning[web-residue] to 5:71: Web-page leftovers (2 lines).

            Your email address will not be published. Required fields are marked *
            ",
        );
    }

    #[test]
    fn leftovers_apart_are_two_findings() {
        check(
            "
            The council voted Monday to close the pier.

            Advertisement
            ^^^^^^^^^^^^^ warning[web-residue]: Web-page leftovers (1 line).

            The storm tore up a third of the deck.

            Leave a Reply
            ^^^^^^^^^^^^^ warning[web-residue]: Web-page leftovers (1 line).
            ",
        );
    }

    #[test]
    fn copy_that_uses_the_same_words_passes() {
        check("Readers may leave a reply below the petition, and 300 did.");
        check("An advertisement for the pier cost the council $3,000.");
        check("She asked them to share this with everyone they knew.");
        check("“Read more,” the teacher said.");
        check("Subscribers to the ferry line will be paid back, it said.");
        check("Related costs came to $2 million.");
        check("");
    }

    #[test]
    fn leftovers_in_markdown_are_found() {
        check_in(
            Language::Markdown,
            "",
            Some(&RULE),
            "The *council* voted.\n\n**Leave a Reply**\n  ^^^^^^^^^^^^^ warning[web-residue]: Web-page leftovers (1 line).\n",
        );
    }

    #[test]
    fn the_fix_deletes_the_lines() {
        check_fix(
            &RULE,
            "
            The council voted Monday to close the pier.

            Leave <CURSOR>a Reply

            Your email address will not be published.

            The storm tore up a third of the deck.
            ",
            "
            The council voted Monday to close the pier.

            The storm tore up a third of the deck.
            ",
        );
        check_fix(
            &RULE,
            "
            Adver<CURSOR>tisement

            The council voted Monday to close the pier.
            ",
            "
            The council voted Monday to close the pier.
            ",
        );
    }
}
