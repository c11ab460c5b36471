//! One draft under edit: the rope, its version and its language.

use ropey::Rope;
use text_size::{TextRange, TextSize};

/// What the draft's markup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Plain text: everything is prose.
    #[default]
    Plain,
    /// Markdown, with YAML or TOML front matter.
    Markdown,
    /// HTML.
    Html,
}

/// How columns are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: the protocol's default.
    #[default]
    Utf16,
    /// Unicode code points.
    Utf32,
}

/// A place in a draft as editors name it: line and column from 0, the column in units of an [`Encoding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// Line, counted from 0; lines end with \n, \r\n or \r.
    pub line: u32,
    /// Column, counted from 0.
    pub column: u32,
}

/// One edit from an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Replaces the whole text.
    Full(String),
    /// Replaces what stands between two positions.
    Range {
        /// First position; clamped to the text.
        start: Position,
        /// Position after the last; clamped to the text.
        end: Position,
        /// What comes instead.
        text: String,
    },
}

/// A draft under edit. Cloning costs nanoseconds: the rope shares its text.
///
/// Offsets are `u32`, so text beyond 4 GiB is out of scope: it is kept and edited, but places there are reported
/// as the last place that an offset can name.
#[derive(Clone, Debug)]
pub struct Document {
    rope: Rope,
    version: i32,
    language: Language,
}

impl Document {
    /// Opens a draft.
    pub fn new(text: &str, version: i32, language: Language) -> Document {
        Document {
            rope: Rope::from_str(text),
            version,
            language,
        }
    }

    /// The version that the editor gave it.
    pub fn version(&self) -> i32 {
        self.version
    }

    /// What its markup is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.rope.to_string()
    }

    /// Applies edits in order, each to the text that the one before left. Positions are clamped, reversed ranges
    /// are turned round.
    pub fn apply(&mut self, changes: Vec<Change>, version: i32, encoding: Encoding) {
        for change in changes {
            match change {
                Change::Full(text) => self.rope = Rope::from_str(&text),
                Change::Range { start, end, text } => {
                    let start = self.char_at(start, encoding);
                    let end = self.char_at(end, encoding);
                    self.replace(start.min(end), start.max(end), &text);
                }
            }
        }
        self.version = version;
    }

    /// The byte offset of a position, clamped to its line and to a character border.
    ///
    /// A column past the end of its line means the place before the line break, as the protocol says; a line past
    /// the last one means the end of the text.
    pub fn offset(&self, position: Position, encoding: Encoding) -> TextSize {
        size(self.rope.char_to_byte(self.char_at(position, encoding)))
    }

    /// The position of a byte offset, clamped to the text and to a character border.
    ///
    /// Between the two bytes of a \r\n there is no position; the one before them is given.
    pub fn position(&self, offset: TextSize, encoding: Encoding) -> Position {
        let offset = usize::from(offset).min(self.rope.len_bytes());
        let at = self.rope.byte_to_char(offset);
        let line = self.rope.char_to_line(at);
        let start = self.rope.line_to_char(line);
        let at = at.min(self.line_end(line));
        let column = match encoding {
            Encoding::Utf8 => self.rope.char_to_byte(at) - self.rope.char_to_byte(start),
            Encoding::Utf16 => self.rope.char_to_utf16_cu(at) - self.rope.char_to_utf16_cu(start),
            Encoding::Utf32 => at - start,
        };
        Position {
            line: saturated(line),
            column: saturated(column),
        }
    }

    /// The text of a line before a byte offset in it, `most` bytes of it at most.
    pub fn line_before(&self, offset: TextSize, most: usize) -> String {
        let end = usize::from(offset).min(self.rope.len_bytes());
        let line = self.rope.line_to_byte(self.rope.byte_to_line(end));
        let start = line.max(end.saturating_sub(most));
        let chars = self.rope.byte_to_char(start)..self.rope.byte_to_char(end);
        self.rope.slice(chars).to_string()
    }

    /// Start and end of a range as positions.
    pub fn positions(&self, range: TextRange, encoding: Encoding) -> (Position, Position) {
        (
            self.position(range.start(), encoding),
            self.position(range.end(), encoding),
        )
    }

    /// The index of the character at a position, at most that of the line's break.
    fn char_at(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.rope.len_lines() {
            return self.rope.len_chars();
        }
        let column = position.column as usize;
        let start = self.rope.line_to_char(line);
        let end = self.line_end(line);
        // Comparing in the column's own unit first keeps each lookup inside the line.
        match encoding {
            Encoding::Utf8 => {
                let at = self.rope.char_to_byte(start).saturating_add(column);
                match at < self.rope.char_to_byte(end) {
                    true => self.rope.byte_to_char(at),
                    false => end,
                }
            }
            Encoding::Utf16 => {
                let at = self.rope.char_to_utf16_cu(start).saturating_add(column);
                match at < self.rope.char_to_utf16_cu(end) {
                    true => self.rope.utf16_cu_to_char(at),
                    false => end,
                }
            }
            Encoding::Utf32 => start.saturating_add(column).min(end),
        }
    }

    /// The index of the character that ends a line's text: the first of its line break, or the end of the draft.
    fn line_end(&self, line: usize) -> usize {
        if line + 1 >= self.rope.len_lines() {
            return self.rope.len_chars();
        }
        let start = self.rope.line_to_char(line);
        let next = self.rope.line_to_char(line + 1);
        let last = |back: usize| next.checked_sub(back).filter(|&at| at >= start);
        let is =
            |at: Option<usize>, c: char| at.is_some_and(|at| self.rope.get_char(at) == Some(c));
        let width = if is(last(1), '\n') && is(last(2), '\r') {
            2
        } else {
            1
        };
        next.saturating_sub(width).max(start)
    }

    fn replace(&mut self, start: usize, end: usize, text: &str) {
        // Both indices come from `char_at`, so neither call can fail; a rope that disagrees keeps its text.
        if self.rope.try_remove(start..end).is_ok() {
            let _ = self.rope.try_insert(start, text);
        }
    }
}

fn size(bytes: usize) -> TextSize {
    TextSize::new(saturated(bytes))
}

fn saturated(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    fn document(text: &str) -> Document {
        Document::new(text, 1, Language::Plain)
    }

    #[track_caller]
    fn check_edit(
        text: &str,
        encoding: Encoding,
        start: (u32, u32),
        end: (u32, u32),
        new: &str,
        expected: &str,
    ) {
        let mut document = document(text);
        let change = Change::Range {
            start: at(start.0, start.1),
            end: at(end.0, end.1),
            text: new.to_owned(),
        };
        document.apply(vec![change], 2, encoding);
        assert_eq!(document.text(), expected);
        assert_eq!(document.version(), 2);
    }

    #[track_caller]
    fn check_offset(text: &str, encoding: Encoding, position: (u32, u32), expected: u32) {
        let offset = document(text).offset(at(position.0, position.1), encoding);
        assert_eq!(u32::from(offset), expected);
    }

    #[track_caller]
    fn check_position(text: &str, encoding: Encoding, offset: u32, expected: (u32, u32)) {
        let position = document(text).position(TextSize::new(offset), encoding);
        assert_eq!(position, at(expected.0, expected.1));
    }

    #[test]
    fn edits_apply_in_order_to_what_the_one_before_left() {
        let mut document = document("He said.\n");
        let insert = |line, column, text: &str| Change::Range {
            start: at(line, column),
            end: at(line, column),
            text: text.to_owned(),
        };
        document.apply(
            vec![
                insert(0, 0, "“No,” "),
                insert(0, 6, "h"),
                insert(1, 0, "End"),
            ],
            7,
            Encoding::Utf16,
        );
        assert_eq!(document.text(), "“No,” hHe said.\nEnd");
        document.apply(
            vec![Change::Full("new".into()), insert(0, 3, "s")],
            8,
            Encoding::Utf16,
        );
        assert_eq!((document.text().as_str(), document.version()), ("news", 8));
    }

    #[test]
    fn columns_count_in_the_unit_of_the_encoding() {
        let text = "a😀é“b";
        check_offset(text, Encoding::Utf8, (0, 7), 7);
        check_offset(text, Encoding::Utf16, (0, 4), 7);
        check_offset(text, Encoding::Utf32, (0, 3), 7);
        check_position(text, Encoding::Utf8, 7, (0, 7));
        check_position(text, Encoding::Utf16, 7, (0, 4));
        check_position(text, Encoding::Utf32, 7, (0, 3));
    }

    #[test]
    fn a_column_inside_a_character_means_its_start() {
        check_offset("a😀b", Encoding::Utf16, (0, 2), 1);
        check_offset("a😀b", Encoding::Utf8, (0, 3), 1);
        check_position("a😀b", Encoding::Utf16, 3, (0, 1));
        check_edit("a😀b", Encoding::Utf16, (0, 2), (0, 3), "", "ab");
    }

    #[test]
    fn lines_end_as_in_the_protocol_and_only_there() {
        let text = "a\r\nb\rc\nd\u{2028}e\u{2029}f\u{85}g\u{b}h\u{c}i";
        check_offset(text, Encoding::Utf16, (1, 0), 3);
        check_offset(text, Encoding::Utf16, (2, 0), 5);
        check_offset(text, Encoding::Utf16, (3, 0), 7);
        check_offset(text, Encoding::Utf16, (3, 11), 23);
        check_offset(text, Encoding::Utf16, (4, 0), 23);
        check_position(text, Encoding::Utf16, 23, (3, 11));
    }

    #[test]
    fn columns_past_the_end_stop_before_the_line_break() {
        for encoding in ENCODINGS {
            check_offset("ab\r\ncd", encoding, (0, 9), 2);
            check_offset("ab\rcd", encoding, (0, 3), 2);
            check_offset("ab\n\ncd", encoding, (1, u32::MAX), 3);
            check_offset("ab\ncd", encoding, (1, u32::MAX), 5);
            check_offset("ab\ncd", encoding, (u32::MAX, 0), 5);
            check_offset("ab\ncd\n", encoding, (2, 5), 6);
            check_offset("", encoding, (0, 1), 0);
        }
    }

    #[test]
    fn there_is_no_position_inside_a_line_break() {
        check_position("ab\r\ncd", Encoding::Utf16, 3, (0, 2));
        check_position("ab\r\ncd", Encoding::Utf16, 4, (1, 0));
        check_position("ab\r\ncd", Encoding::Utf16, 99, (1, 2));
        check_position("", Encoding::Utf16, 1, (0, 0));
    }

    #[test]
    fn ranges_reversed_or_past_the_end_are_clamped() {
        check_edit("one two", Encoding::Utf16, (0, 7), (0, 3), "", "one");
        check_edit("one\ntwo", Encoding::Utf16, (9, 9), (1, 0), "2", "one\n2");
        check_edit(
            "one\r\ntwo",
            Encoding::Utf16,
            (0, 3),
            (1, 0),
            " ",
            "one two",
        );
        check_edit(
            "one\r\ntwo",
            Encoding::Utf16,
            (0, 9),
            (0, 9),
            "!",
            "one!\r\ntwo",
        );
    }

    #[test]
    fn a_carriage_return_and_a_line_feed_that_meet_are_one_break() {
        let mut document = document("a\rb");
        document.apply(
            vec![Change::Range {
                start: at(1, 0),
                end: at(1, 0),
                text: "\n".into(),
            }],
            2,
            Encoding::Utf16,
        );
        assert_eq!(document.text(), "a\r\nb");
        assert_eq!(document.offset(at(1, 0), Encoding::Utf16), TextSize::new(3));
    }

    #[test]
    fn right_to_left_text_and_combining_marks_count_as_characters() {
        let text = "\u{200f}شا\u{301}م\u{2069}\nx";
        check_position(text, Encoding::Utf16, 9, (0, 4));
        check_position(text, Encoding::Utf32, 15, (1, 0));
        check_offset(text, Encoding::Utf16, (0, 6), 14);
    }
}
