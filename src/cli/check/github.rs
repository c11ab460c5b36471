//! Findings as annotations of a workflow on GitHub: one command a line.

use std::io::{self, Write};

use super::report::{Report, Tally};
use crate::cli::excerpt::printable;
use crate::cli::input::Input;
use crate::cli::place::Places;
use crate::features::Diagnostic;
use crate::rules::Level;

/// Findings as annotations.
pub(super) struct GitHub;

impl Report for GitHub {
    fn draft(
        &mut self,
        out: &mut dyn Write,
        input: &Input,
        findings: &[Diagnostic],
    ) -> io::Result<()> {
        let places = Places::new(&input.text);
        for finding in findings {
            let command = match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Information | Level::Hint | Level::Off => "notice",
            };
            let (line, column) = places.line_column(finding.range.start());
            let (end_line, end_column) = places.line_column(finding.range.end());
            // Columns are understood within one line only.
            let end = match line == end_line {
                true => format!("col={column},endColumn={end_column}"),
                false => format!("endLine={end_line}"),
            };
            let file = escaped(&input.name, true);
            let message = escaped(&finding.message, false);
            let rule = finding.rule.name;
            writeln!(
                out,
                "::{command} file={file},line={line},{end},title={rule}::{message}"
            )?;
        }
        Ok(())
    }

    fn end(&mut self, _out: &mut dyn Write, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

/// A text that cannot end its command, nor the property that it is.
fn escaped(text: &str, is_property: bool) -> String {
    let mut escaped = String::new();
    for c in printable(text).chars() {
        match c {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            ':' if is_property => escaped.push_str("%3A"),
            ',' if is_property => escaped.push_str("%2C"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_command() {
        assert_eq!(escaped("a\n::error::b", false), "a%0A::error::b");
        assert_eq!(escaped("a,b:c%", true), "a%2Cb%3Ac%25");
    }
}
