//! Findings with the lines they stand on.

use annotate_snippets::{AnnotationKind, Level as Title, Origin, Renderer, Snippet};

use super::place::Places;
use crate::features::Diagnostic;
use crate::rules::Level;

/// Bytes of the lines that are drawn whole; the renderer cuts them to its width.
const LONGEST: usize = 4096;

/// Characters of a longer line shown before and after what is flagged.
const MARGIN: usize = 60;

/// Columns of an excerpt.
const WIDTH: usize = 120;

/// Draws findings of one draft.
#[derive(Debug)]
pub(super) struct Excerpts {
    renderer: Renderer,
}

impl Excerpts {
    /// Coloured for a terminal, plain for all else.
    pub(super) fn new(coloured: bool) -> Excerpts {
        let renderer = match coloured {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        Excerpts {
            renderer: renderer.term_width(WIDTH),
        }
    }

    /// Message, place and excerpt of a finding, without a line break at the end.
    pub(super) fn draw(
        &self,
        path: &str,
        text: &str,
        places: &Places<'_>,
        finding: &Diagnostic,
    ) -> String {
        let (line, column) = places.line_column(finding.range.start());
        let lines = places.lines_around(finding.range);
        let start = usize::from(finding.range.start());
        let end = usize::from(finding.range.end());
        let whole = lines.len() <= LONGEST;
        let margin = if whole { LONGEST } else { MARGIN };
        let before = printable(last(&text[lines.start..start], margin));
        let flagged = printable(&text[start..end]);
        let after = printable(first(&text[end..lines.end], margin));
        let span = before.len()..before.len() + flagged.len();
        let path = printable(path).replace('\n', "\u{FFFD}");
        let snippet = Snippet::source(format!("{before}{flagged}{after}"))
            .line_start(line)
            .annotation(AnnotationKind::Primary.span(span));
        let group = title(finding.level)
            .primary_title(printable(&finding.message))
            .id(finding.rule.name);
        // A snippet that does not start where its line starts cannot count the column itself.
        let mut group = match whole {
            true => group.element(snippet.path(path)),
            false => group
                .element(Origin::path(path).line(line).char_column(column))
                .element(snippet),
        };
        for fix in &finding.fixes {
            group = group.element(Title::HELP.message(printable(&fix.title)));
        }
        self.renderer.render(&[group])
    }
}

/// A text without what could drive a terminal or turn its order round: control characters, but for the tab and the
/// line break, and bidirectional overrides.
pub(super) fn printable(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' => '\n',
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect()
}

fn title(level: Level) -> Title<'static> {
    match level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
        Level::Information => Title::INFO.with_name("information"),
        Level::Hint | Level::Off => Title::NOTE.with_name("hint"),
    }
}

/// At most `count` characters from the start.
fn first(text: &str, count: usize) -> &str {
    let end = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// At most `count` characters from the end.
fn last(text: &str, count: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_drives_a_terminal_is_printed() {
        assert_eq!(
            printable("a\u{1b}[31mb\u{202E}c\td"),
            "a\u{FFFD}[31mb\u{FFFD}c\td"
        );
        assert_eq!(printable("a\r\nb\rc\n"), "a\nb\nc\n");
        assert_eq!(printable("“Zoë” 🗞"), "“Zoë” 🗞");
    }

    #[test]
    fn ends_of_lines_are_cut_between_characters() {
        assert_eq!(first("“ab”", 2), "“a");
        assert_eq!(last("“ab”", 2), "b”");
        assert_eq!(first("", 2), "");
        assert_eq!(last("a", 2), "a");
    }
}
