//! Findings as one HTML page, which needs nothing beside itself.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::report::{Report, Tally};
use crate::cli::escape::html;
use crate::cli::input::Input;
use crate::cli::place::Places;
use crate::features::Diagnostic;

/// Characters shown before and after what is flagged.
const MARGIN: usize = 160;

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>copydesk</title>\n<style>\n\
:root { color-scheme: light dark; --line: light-dark(#ccc, #444); --mark: light-dark(#ffe9a8, #5c4a00); }\n\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }\n\
h2 { font-size: 1.1rem; overflow-wrap: anywhere; }\n\
article { border-top: 1px solid var(--line); padding: .5rem 0; }\n\
article p { margin: .25rem 0; }\n\
.what { font-size: .85rem; opacity: .8; }\n\
blockquote { margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; font-family: Georgia, serif; }\n\
mark { background: var(--mark); color: inherit; }\n\
</style>\n</head>\n<body>\n<h1>What to query</h1>\n";

/// Findings of all drafts, the numbers first.
#[derive(Default)]
pub(super) struct Page {
    drafts: String,
}

impl Report for Page {
    fn draft(
        &mut self,
        _out: &mut dyn Write,
        input: &Input,
        findings: &[Diagnostic],
    ) -> io::Result<()> {
        if findings.is_empty() {
            return Ok(());
        }
        let places = Places::new(&input.text);
        let page = &mut self.drafts;
        let _ = writeln!(page, "<section>\n<h2>{}</h2>", html(&input.name));
        for finding in findings {
            let (line, column) = places.line_column(finding.range.start());
            let (level, rule) = (finding.level.name(), finding.rule.name);
            let _ = writeln!(
                page,
                "<article>\n<p>{}</p>\n<p class=\"what\">{level} · {rule} · line {line}, column {column}</p>",
                html(&finding.message),
            );
            let lines = places.lines_around(finding.range);
            let start = usize::from(finding.range.start());
            let end = usize::from(finding.range.end());
            let (before, after) = (&input.text[lines.start..start], &input.text[end..lines.end]);
            let _ = writeln!(
                page,
                "<blockquote>{}<mark>{}</mark>{}</blockquote>",
                html(&last(before)),
                html(&input.text[start..end]),
                html(&first(after)),
            );
            for fix in &finding.fixes {
                let _ = writeln!(page, "<p class=\"what\">→ {}</p>", html(&fix.title));
            }
            page.push_str("</article>\n");
        }
        page.push_str("</section>\n");
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        let summary = html(&tally.summary());
        writeln!(
            out,
            "{HEAD}<p>{summary}</p>\n{}</body>\n</html>",
            self.drafts
        )
    }
}

/// The start of a text; an ellipsis stands for the rest.
fn first(text: &str) -> String {
    match text.char_indices().nth(MARGIN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The end of a text.
fn last(text: &str) -> String {
    match text.char_indices().rev().nth(MARGIN) {
        Some((at, _)) => {
            let rest = text[at..].chars().skip(1);
            std::iter::once('…').chain(rest).collect()
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut() {
        let long = "é".repeat(MARGIN + 1);
        assert_eq!(first(&long).chars().count(), MARGIN + 1);
        assert_eq!(last(&long).chars().count(), MARGIN + 1);
        assert_eq!((first("a"), last("a")), ("a".to_owned(), "a".to_owned()));
    }
}
