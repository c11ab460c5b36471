//! Byte offsets to lines, columns and code points.

use text_size::{TextRange, TextSize};

const STEP: usize = 256;

/// Finds places of one text, each in a time that does not depend on the text's length.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    /// Byte offsets at which lines start.
    lines: Vec<usize>,
    /// Code points before every [`STEP`]th byte.
    code_points: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Reads a text once. Lines end with \n, \r\n or \r.
    pub(super) fn new(text: &'a str) -> Places<'a> {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        for (index, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(index + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                lines.push(index + 1);
            }
        }
        let mut code_points = vec![0];
        let mut sum = 0;
        for chunk in bytes.chunks(STEP) {
            sum += count(chunk);
            code_points.push(sum);
        }
        Places {
            text,
            lines,
            code_points,
        }
    }

    /// The number of code points before a byte offset.
    pub(super) fn code_point(&self, offset: TextSize) -> usize {
        let offset = usize::from(offset).min(self.text.len());
        let step = offset / STEP;
        self.code_points[step] + count(&self.text.as_bytes()[step * STEP..offset])
    }

    /// Line and column of a byte offset, both counted from 1, the column in code points.
    pub(super) fn line_column(&self, offset: TextSize) -> (usize, usize) {
        let line = self.line_index(offset);
        let start = TextSize::new(self.lines[line] as u32);
        (
            line + 1,
            self.code_point(offset) - self.code_point(start) + 1,
        )
    }

    /// The whole lines on which a range stands, as bytes without the last line break.
    pub(super) fn lines_around(&self, range: TextRange) -> std::ops::Range<usize> {
        let start = self.lines[self.line_index(range.start())];
        let next = self.line_index(range.end()) + 1;
        let end = self.lines.get(next).copied().unwrap_or(self.text.len());
        let lines = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..(start + lines.len()).max(usize::from(range.end()).min(self.text.len()))
    }

    fn line_index(&self, offset: TextSize) -> usize {
        self.lines
            .partition_point(|start| *start <= usize::from(offset))
            .saturating_sub(1)
    }
}

/// Code points that begin in these bytes.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, offset: u32, line_column: (usize, usize), code_point: usize) {
        let places = Places::new(text);
        assert_eq!(places.line_column(TextSize::new(offset)), line_column);
        assert_eq!(places.code_point(TextSize::new(offset)), code_point);
    }

    #[test]
    fn lines_columns_and_code_points_count_characters() {
        check("", 0, (1, 1), 0);
        check("a\nb", 2, (2, 1), 2);
        check("a\r\nb", 3, (2, 1), 3);
        check("a\rb", 2, (2, 1), 2);
        check("“a” b", 7, (1, 4), 3);
        check("a\u{2028}b", 4, (1, 3), 2);
        check("a", 9, (1, 2), 1);
    }

    #[test]
    fn long_texts_agree_with_a_plain_count() {
        let text = "“é” 🗞 x\n".repeat(200);
        let places = Places::new(&text);
        for (code_point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(places.code_point(TextSize::new(byte as u32)), code_point);
        }
    }

    #[test]
    fn lines_around_a_range_are_whole() {
        let text = "One.\nTwo.\r\nThree.";
        let places = Places::new(text);
        let range = TextRange::new(TextSize::new(6), TextSize::new(8));
        assert_eq!(&text[places.lines_around(range)], "Two.");
        let range = TextRange::new(TextSize::new(6), TextSize::new(12));
        assert_eq!(&text[places.lines_around(range)], "Two.\r\nThree.");
    }
}
