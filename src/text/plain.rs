//! Plain text: lines to paragraphs.
//!
//! Blank lines separate. Lines that stand together are a paragraph each, as in copy pasted from a web page, unless
//! they are one paragraph wrapped by hand. Lines end with \n, \r\n or \r; U+2029 counts as a blank line, and U+2028,
//! NEL, VT and FF are white space inside a paragraph.

use std::ops::{Range, RangeInclusive};

use text_size::TextSize;

use super::builder::Builder;

/// The paragraph separator, which parts paragraphs inside a line.
const SEPARATOR: char = '\u{2029}';

/// Widths, in characters, to which people and machines wrap copy.
const WRAP_WIDTHS: RangeInclusive<usize> = 40..=100;

/// Takes the whole source as prose; `starts` are the offsets at which its lines start.
pub(super) fn mask(builder: &mut Builder<'_>, starts: &[TextSize]) {
    builder.take_all(paragraphs(builder.source(), starts));
}

/// The paragraphs of a plain text in bytes, in order, without white space at their ends.
fn paragraphs(text: &str, starts: &[TextSize]) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    let mut run = Vec::new();
    let ends = starts
        .iter()
        .skip(1)
        .map(|&end| usize::from(end))
        .chain([text.len()]);
    for (start, end) in starts.iter().map(|&start| usize::from(start)).zip(ends) {
        let parts = text.get(start..end).unwrap_or("").split(SEPARATOR);
        let mut start = start;
        for (at, part) in parts.enumerate() {
            let range = trimmed(text, start..start + part.len());
            start += part.len() + SEPARATOR.len_utf8();
            if at > 0 || range.is_empty() {
                close(text, &mut run, &mut paragraphs);
            }
            if !range.is_empty() {
                run.push(range);
            }
        }
    }
    close(text, &mut run, &mut paragraphs);
    paragraphs
}

/// The part of a range without the white space and byte order marks at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(slice) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let rest = slice.trim_start_matches(is_blank);
    let start = range.end - rest.len();
    start..start + rest.trim_end_matches(is_blank).len()
}

/// Whether a character shows nothing and may be cut off at the ends of a paragraph.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Ends a run of lines that stand together.
fn close(text: &str, run: &mut Vec<Range<usize>>, paragraphs: &mut Vec<Range<usize>>) {
    match (run.first(), run.last()) {
        (Some(first), Some(last)) if is_wrapped(text, run) => {
            paragraphs.push(first.start..last.end)
        }
        _ => paragraphs.extend(run.iter().cloned()),
    }
    run.clear();
}

/// Whether a run of lines is one paragraph wrapped by hand: no line but the last had room for the next one's first
/// word, and a sentence was seen to run on.
///
/// The width alone would take a headline with its byline for a paragraph of two lines.
fn is_wrapped(text: &str, run: &[Range<usize>]) -> bool {
    if run.len() < 2 {
        return false;
    }
    // Bytes bound characters from above, so most paragraphs of one line are told without counting.
    if run.iter().any(|line| line.len() > 4 * WRAP_WIDTHS.end()) {
        return false;
    }
    let lines: Vec<&str> = run
        .iter()
        .filter_map(|line| text.get(line.clone()))
        .collect();
    let widths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    let width = widths.iter().copied().max().unwrap_or(0);
    if !WRAP_WIDTHS.contains(&width) {
        return false;
    }
    let mut runs_on = 0;
    for (next, before) in lines.iter().skip(1).zip(&widths) {
        let word = next.split(char::is_whitespace).next().unwrap_or("");
        if before + 1 + word.chars().count() <= width {
            return false;
        }
        let starts_inside = next.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase());
        runs_on += usize::from(starts_inside);
    }
    runs_on > 0 || lines.len() >= 4
}

#[cfg(test)]
mod tests {
    use super::super::{Language, Prose};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let prose = Prose::new(text, Language::Plain);
        let found: Vec<&str> = prose
            .blocks()
            .iter()
            .map(|block| &text[block.range])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blank_lines_and_single_lines_part_paragraphs() {
        check("", &[]);
        check(" \n\t\n\u{a0}\n", &[]);
        check("One.\n\nTwo.\n \nThree.", &["One.", "Two.", "Three."]);
        check(
            "Headline here\nBy A Writer\nFirst.",
            &["Headline here", "By A Writer", "First."],
        );
        check("  One. \t\n\n\u{3000}Two.\u{a0}", &["One.", "Two."]);
    }

    #[test]
    fn every_line_end_of_the_protocol_counts_once() {
        check("One.\r\nTwo.\r\n\r\nThree.", &["One.", "Two.", "Three."]);
        check("One.\rTwo.\r\rThree.\r", &["One.", "Two.", "Three."]);
        check("One.\n\rTwo.", &["One.", "Two."]);
    }

    #[test]
    fn a_paragraph_separator_parts_and_other_separators_do_not() {
        check("One.\u{2029}Two.", &["One.", "Two."]);
        let parted = WRAPPED.replace("found\n", "found\u{2029}\n");
        assert_eq!(Prose::new(&parted, Language::Plain).blocks().len(), 2);
        check(
            "One\u{2028}two.\u{85}Three\u{b}four\u{c}five.",
            &["One\u{2028}two.\u{85}Three\u{b}four\u{c}five."],
        );
        check("\u{2028}One.\u{c}", &["One."]);
    }

    #[test]
    fn nothing_but_white_space_is_cut() {
        check("\u{feff}One.\0\n\0\n", &["One.\0", "\0"]);
        check("\u{200f}“שלום”\u{200f}\n", &["\u{200f}“שלום”\u{200f}"]);
        check("e\u{301}\n😀", &["e\u{301}", "😀"]);
    }

    const WRAPPED: &str = "\
The council voted on Monday to close the pier after an inspection found
rot in eleven of its posts, the mayor said. “We had no other choice,” he
told reporters.";

    #[test]
    fn hard_wrapped_copy_is_one_paragraph() {
        check(WRAPPED, &[WRAPPED]);
        let crlf = WRAPPED.replace('\n', "\r\n");
        check(&format!("{crlf}\r\n\r\nNext."), &[&crlf, "Next."]);
    }

    #[test]
    fn lines_with_room_to_spare_are_paragraphs() {
        check(
            "The council voted on Monday to close the pier for good.\nit said so\non Monday in a long statement to the press.",
            &[
                "The council voted on Monday to close the pier for good.",
                "it said so",
                "on Monday in a long statement to the press.",
            ],
        );
    }

    #[test]
    fn a_headline_and_its_byline_are_not_wrapped_copy() {
        check(
            "Council votes to close the pier after inspection\nBy Jane Doe",
            &[
                "Council votes to close the pier after inspection",
                "By Jane Doe",
            ],
        );
        check(
            "short words\nhere and\nthere now",
            &["short words", "here and", "there now"],
        );
    }

    #[test]
    fn long_lines_are_paragraphs_even_when_they_start_in_lower_case() {
        let long = "word ".repeat(30);
        let long = long.trim();
        check(&format!("{long}\n{long}\nend"), &[long, long, "end"]);
    }
}
