//! Front matter of a Markdown draft: YAML between lines of `---`, TOML between lines of `+++`.
//!
//! Read here and not by the Markdown parser, which takes any pair of such lines for metadata: between two scene
//! breaks a draft would lose its text.

use std::ops::Range;

use super::builder::Builder;
use super::prose::Shape;

/// Takes the title of the front matter at an offset; gives the offset at which the body starts.
pub(super) fn mask(builder: &mut Builder<'_>, start: usize) -> usize {
    let source = builder.source();
    let Some(matter) = Matter::find(source, start) else {
        return start;
    };
    let mut lines = matter.lines.iter();
    while let Some(line) = lines.next() {
        let Some((key, value)) = entry(source, line, matter.separator) else {
            continue;
        };
        match key.to_ascii_lowercase().as_str() {
            "title" | "headline" => {
                builder.border(Shape::Title);
                match is_block_scalar(&source[value.clone()]) {
                    true => folded(builder, lines.as_slice()),
                    false => scalar(builder, value),
                }
            }
            "date" => builder.date(source[value].trim_matches(['"', '\''])),
            _ => {}
        }
    }
    builder.border(Shape::Text);
    matter.end
}

struct Matter {
    separator: char,
    /// The lines at the top level, or inside a block scalar, without the fences and line breaks.
    lines: Vec<Range<usize>>,
    end: usize,
}

impl Matter {
    /// Front matter opens on the first line, closes, and starts with a key: prose between two rules does not.
    fn find(source: &str, start: usize) -> Option<Matter> {
        let mut lines = lines(source, start);
        let (separator, closing): (char, &[&str]) = match source.get(lines.next()?)?.trim_end() {
            "---" => (':', &["---", "..."]),
            "+++" => ('=', &["+++"]),
            _ => return None,
        };
        let mut inner = Vec::new();
        for line in lines {
            let text = source.get(line.clone())?.trim_end();
            if closing.contains(&text) {
                let first = inner
                    .iter()
                    .find(|line| !is_remark(&source[Range::clone(line)]));
                let is_matter = first.is_none_or(|line| {
                    source[line.clone()].starts_with('[')
                        || entry(source, line, separator).is_some()
                });
                let end = after_break(source, line.end);
                return is_matter.then_some(Matter {
                    separator,
                    lines: inner,
                    end,
                });
            }
            inner.push(line);
        }
        None
    }
}

/// The lines of a text from an offset on, without their line breaks.
fn lines(source: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = Some(start);
    std::iter::from_fn(move || {
        let start = at?;
        let rest = source.get(start..)?;
        let end = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
        at = (end < source.len()).then(|| after_break(source, end));
        Some(start..end)
    })
}

/// The offset behind the line break at an offset.
fn after_break(source: &str, at: usize) -> usize {
    match source.as_bytes().get(at..) {
        Some([b'\r', b'\n', ..]) => at + 2,
        Some([_, ..]) => at + 1,
        _ => at,
    }
}

fn is_remark(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// Key and value of a line at the top level.
fn entry<'s>(
    source: &'s str,
    line: &Range<usize>,
    separator: char,
) -> Option<(&'s str, Range<usize>)> {
    let text = source.get(line.clone())?;
    let (key, value) = text.split_once(separator)?;
    // In YAML a colon without a space is part of a word, as in a web address.
    if separator == ':' && !(value.is_empty() || value.starts_with([' ', '\t'])) {
        return None;
    }
    let name = key.trim_end().trim_matches(['"', '\'']);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let blank = value.len() - value.trim_start().len();
    let start = line.start + key.len() + separator.len_utf8() + blank;
    Some((name, start..start + value.trim().len()))
}

/// Whether a YAML value says that its text stands on the lines below.
fn is_block_scalar(value: &str) -> bool {
    let is_sign = |c: char| matches!(c, '+' | '-') || c.is_ascii_digit();
    value
        .strip_prefix(['>', '|'])
        .is_some_and(|rest| rest.chars().all(is_sign))
}

fn folded(builder: &mut Builder<'_>, lines: &[Range<usize>]) {
    let source = builder.source();
    for line in lines {
        let text = source[line.clone()].trim();
        if !source[line.clone()].starts_with([' ', '\t']) || text.is_empty() {
            return;
        }
        let start =
            line.start + source[line.clone()].len() - source[line.clone()].trim_start().len();
        builder.space(line.start..start);
        builder.copy(start..start + text.len());
    }
}

/// Takes a value without its quotation marks and the backslashes that protect characters in it.
fn scalar(builder: &mut Builder<'_>, value: Range<usize>) {
    let source = builder.source();
    let text = &source[value.clone()];
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let end = text.find(" #").unwrap_or(text.len());
        builder.copy(value.start..value.start + end);
        return;
    };
    let mut start = value.start + 1;
    let mut marks = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = marks.next() {
        let protects = match (c, marks.peek()) {
            ('\\', Some((_, '"' | '\\'))) => mark == '"',
            ('\'', Some((_, '\''))) => mark == '\'',
            _ => false,
        };
        if protects {
            builder.copy(start..value.start + at);
            start = value.start + at + 1;
            marks.next();
        } else if c == mark {
            builder.copy(start..value.start + at);
            return;
        }
    }
    builder.copy(start..value.end);
}

#[cfg(test)]
mod tests {
    use super::super::{Language, Prose};

    #[track_caller]
    fn check_title(matter: &str, expected: &str) {
        let prose = Prose::new(&format!("{matter}\nText."), Language::Markdown);
        assert_eq!(prose.text(), format!("{expected}\n\nText."));
    }

    #[track_caller]
    fn check_text(source: &str, expected: &str) {
        assert_eq!(Prose::new(source, Language::Markdown).text(), expected);
    }

    #[test]
    fn titles_are_read_in_every_notation() {
        check_title("---\ntitle: Council: a day # draft\n---", "Council: a day");
        check_title(
            "---\n# desk copy\nslug: a\nTitle: \"The \\\"day\\\"\" # x\n---  ",
            "The \"day\"",
        );
        check_title("---\r\ntitle: 'It''s on'\r\n...\r", "It's on");
        check_title(
            "---\ntitle: >-\n  Council closes\n  the pier\ntags: [a]\n---",
            "Council closes the pier",
        );
        check_title("+++\n[page]\nheadline = 'A \\ b'\n+++", "A \\ b");
        check_title("---\ntitle: \"never closed\n---", "never closed");
    }

    #[test]
    fn other_entries_and_nested_titles_are_hidden() {
        check_text(
            "---\nauthor: A\nseo:\n  title: No\nlink: http://x\n---\nText.",
            "Text.",
        );
        check_text("---\n---\nText.", "Text.");
        check_text("---\ntitle:\n---\nText.", "Text.");
    }

    #[test]
    fn prose_between_rules_is_kept() {
        check_text(
            "---\nHe said this: no.\n\n---\n\nText.",
            "He said this: no.\n\nText.",
        );
        check_text("---\ntitle: x\n", "title: x");
        check_text(" ---\ntitle: x\n---\n", "title: x");
    }

    #[test]
    fn the_date_is_known() {
        let date = |source: &str| {
            Prose::new(source, Language::Markdown)
                .date()
                .map(str::to_owned)
        };
        assert_eq!(
            date("---\ndate: \"2024-02-03\"\n---\n"),
            Some("2024-02-03".into())
        );
        assert_eq!(
            date("+++\ndate = 2024-02-03T10:00:00Z\n+++\n"),
            Some("2024-02-03T10:00:00Z".into())
        );
        assert_eq!(date("date: 2024-02-03\n"), None);
        assert_eq!(date("---\ndate:\n---\n"), None);
    }
}
