//! Between the protocol's types and our own: the one place where positions and findings cross.

use serde_json::json;
use text_size::{TextRange, TextSize};
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    Position, Range, TextDocumentContentChangeEvent, TextEdit, Uri,
};

use crate::features;
use crate::rules::{Edit, Level};
use crate::text::{self, Change, Document, Encoding, Language};

/// What stands in the `source` of every diagnostic.
pub(super) const SOURCE: &str = "copydesk";

/// Positions in one version of a draft, as its client counts them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'a> {
    /// The draft.
    pub document: &'a Document,
    /// How the client counts columns.
    pub encoding: Encoding,
}

impl Places<'_> {
    /// The source byte at a position; clamped.
    pub(super) fn offset(self, position: Position) -> TextSize {
        self.document.offset(from_position(position), self.encoding)
    }

    /// The source bytes of a range; clamped, and turned round if reversed.
    pub(super) fn text_range(self, range: Range) -> TextRange {
        let (one, other) = (self.offset(range.start), self.offset(range.end));
        TextRange::new(one.min(other), one.max(other))
    }

    /// The position of a source byte.
    pub(super) fn position(self, offset: TextSize) -> Position {
        to_position(self.document.position(offset, self.encoding))
    }

    /// The range of source bytes.
    pub(super) fn range(self, range: TextRange) -> Range {
        let (start, end) = self.document.positions(range, self.encoding);
        Range::new(to_position(start), to_position(end))
    }

    /// A finding as the protocol words it; related places only for clients that show them.
    pub(super) fn diagnostic(
        self,
        finding: &features::Diagnostic,
        uri: &Uri,
        with_related: bool,
    ) -> Diagnostic {
        let related = finding
            .related
            .iter()
            .map(|related| DiagnosticRelatedInformation {
                location: Location::new(uri.clone(), self.range(related.range)),
                message: related.message.clone(),
            });
        Diagnostic {
            range: self.range(finding.range),
            severity: Some(severity(finding.level)),
            code: Some(NumberOrString::String(finding.rule.name.to_owned())),
            source: Some(SOURCE.to_owned()),
            message: finding.message.clone(),
            related_information: (with_related && !finding.related.is_empty())
                .then(|| related.collect()),
            data: Some(json!({ "version": self.document.version() })),
            ..Diagnostic::default()
        }
    }

    /// An edit as the protocol words it.
    pub(super) fn text_edit(self, edit: &Edit) -> TextEdit {
        TextEdit::new(self.range(edit.range), edit.text.clone())
    }
}

/// An edit of the client.
pub(super) fn change(event: TextDocumentContentChangeEvent) -> Change {
    match event.range {
        None => Change::Full(event.text),
        Some(range) => Change::Range {
            start: from_position(range.start),
            end: from_position(range.end),
            text: event.text,
        },
    }
}

/// The markup of a draft: by the name that the client gives it, else by the extension of its file, else none.
pub(super) fn language(language_id: &str, uri: &Uri) -> Language {
    match language_id.to_ascii_lowercase().as_str() {
        "markdown" => Language::Markdown,
        "html" => Language::Html,
        "plaintext" | "text" => Language::Plain,
        _ => by_extension(uri),
    }
}

/// The severity of a level.
fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        Level::Information => DiagnosticSeverity::INFORMATION,
        Level::Hint | Level::Off => DiagnosticSeverity::HINT,
    }
}

fn by_extension(uri: &Uri) -> Language {
    let path = uri.path().as_str();
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Language::Markdown,
        "html" | "htm" => Language::Html,
        _ => Language::Plain,
    }
}

fn from_position(position: Position) -> text::Position {
    text::Position {
        line: position.line,
        column: position.character,
    }
}

fn to_position(position: text::Position) -> Position {
    Position::new(position.line, position.column)
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    fn check_language(language_id: &str, uri: &str, expected: Language) {
        assert_eq!(
            language(language_id, &Uri::from_str(uri).unwrap()),
            expected
        );
    }

    #[test]
    fn the_language_is_what_the_client_says() {
        check_language("markdown", "file:///a.txt", Language::Markdown);
        check_language("HTML", "untitled:Untitled-1", Language::Html);
        check_language("plaintext", "file:///a.md", Language::Plain);
        check_language("text", "file:///a.html", Language::Plain);
    }

    #[test]
    fn the_extension_tells_where_the_client_does_not() {
        check_language("", "file:///a.b/c.MD", Language::Markdown);
        check_language("djot", "file:///a.htm", Language::Html);
        check_language("djot", "file:///a.html/b", Language::Plain);
        check_language("", "untitled:Untitled-1", Language::Plain);
    }
}
