//! Prose: a draft without its markup, in paragraphs, with the way back to the source.

use std::sync::Arc;

use text_size::{TextRange, TextSize};

use super::builder::{Builder, Piece};
use super::directive::{Directive, directives};
use super::document::Language;
use super::{html, markdown, plain};

/// What a block of prose is in the source's markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// An ordinary paragraph.
    Text,
    /// The `title` of the front matter, or an HTML `<title>`.
    Title,
    /// A heading in the markup.
    Heading,
    /// An item of a list.
    Item,
    /// A paragraph of a block quote.
    BlockQuote,
    /// A cell or row of a table.
    Table,
}

/// One paragraph of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, in prose bytes, without white space at its ends.
    pub range: TextRange,
    /// What it is in the markup.
    pub shape: Shape,
}

/// A draft's prose. Cheap to clone.
///
/// Offsets are `u32`: of a source beyond 4 GiB only the first 4 GiB are read.
#[derive(Clone, Debug)]
pub struct Prose {
    text: Arc<str>,
    pieces: Arc<[Piece]>,
    blocks: Arc<[Block]>,
    lines: Arc<[TextSize]>,
    date: Option<Arc<str>>,
    directives: Arc<[Directive]>,
    language: Language,
}

impl Prose {
    /// Masks the markup of a source text. Any text gives prose.
    pub fn new(source: &str, language: Language) -> Prose {
        let source = clipped(source);
        let lines = line_starts(source);
        let mut builder = Builder::new(source);
        match language {
            Language::Plain => plain::mask(&mut builder, &lines),
            Language::Markdown => markdown::mask(&mut builder),
            Language::Html => html::mask(&mut builder),
        }
        let parts = builder.finish();
        Prose {
            text: parts.text,
            pieces: parts.pieces.into(),
            blocks: parts.blocks.into(),
            lines: lines.into(),
            date: parts.date,
            directives: match language {
                // Plain text has no comments.
                Language::Plain => Arc::default(),
                Language::Markdown | Language::Html => directives(source).into(),
            },
            language,
        }
    }

    /// The markup of the source.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The prose.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its paragraphs in reading order, neither overlapping nor empty.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The `date` of the front matter as it is written there; only Markdown has any.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// The comments of its markup that are addressed to copydesk, in reading order.
    pub fn directives(&self) -> &[Directive] {
        &self.directives
    }

    /// The source range of a prose range: from its first to its last character, with any markup between.
    ///
    /// An empty range gives the empty range at [`Prose::to_source_offset`].
    pub fn to_source(&self, range: TextRange) -> TextRange {
        let first = self
            .pieces
            .partition_point(|piece| piece.prose.end() <= range.start());
        let last = self
            .pieces
            .partition_point(|piece| piece.prose.start() < range.end());
        let ends = (
            self.pieces.get(first),
            last.checked_sub(1).and_then(|last| self.pieces.get(last)),
        );
        let (Some(first), Some(last)) = ends else {
            return TextRange::empty(self.to_source_offset(range.start()));
        };
        let start = match first.copied {
            true => {
                first.source.start() + range.start().max(first.prose.start()) - first.prose.start()
            }
            false => first.source.start(),
        };
        let end = match last.copied {
            true => last.source.start() + range.end().min(last.prose.end()) - last.prose.start(),
            false => last.source.end(),
        };
        match range.is_empty() || end < start {
            true => TextRange::empty(self.to_source_offset(range.start())),
            false => TextRange::new(start, end),
        }
    }

    /// The source offset at which the character at a prose offset starts; where none does, between paragraphs and
    /// at the end, the place after the character before.
    pub fn to_source_offset(&self, offset: TextSize) -> TextSize {
        let next = self
            .pieces
            .partition_point(|piece| piece.prose.start() <= offset);
        let Some(piece) = next.checked_sub(1).and_then(|at| self.pieces.get(at)) else {
            return TextSize::new(0);
        };
        if offset >= piece.prose.end() {
            return piece.source.end();
        }
        match piece.copied {
            true => piece.source.start() + (offset - piece.prose.start()),
            false => piece.source.start(),
        }
    }

    /// The prose offset of a source offset, if prose stands there or ends there.
    ///
    /// Anywhere in an entity or a run of white space means its one character; inside markup there is no prose.
    pub fn from_source(&self, offset: TextSize) -> Option<TextSize> {
        let next = self
            .pieces
            .partition_point(|piece| piece.source.start() <= offset);
        let piece = self.pieces.get(next.checked_sub(1)?)?;
        if offset > piece.source.end() {
            return None;
        }
        if offset == piece.source.end() {
            return Some(piece.prose.end());
        }
        if !piece.copied {
            return Some(piece.prose.start());
        }
        let at = usize::from(piece.prose.start() + (offset - piece.source.start()));
        Some(size(floor(&self.text, at)))
    }

    /// Whether the source holds exactly the bytes of a prose range, with no markup between and none decoded: only
    /// such a range can be replaced or compared as it stands.
    pub fn verbatim(&self, range: TextRange) -> bool {
        let at = self
            .pieces
            .partition_point(|piece| piece.prose.end() < range.end());
        let holds = |piece: &Piece| piece.copied && piece.prose.contains_range(range);
        // An empty range at a seam touches two pieces.
        self.pieces.iter().skip(at).take(2).any(holds)
    }

    /// The line of the source, counted from 1, on which a prose offset stands.
    pub fn line(&self, offset: TextSize) -> usize {
        let offset = self.to_source_offset(offset);
        self.lines.partition_point(|&start| start <= offset).max(1)
    }
}

/// The largest part of a text whose offsets fit.
fn clipped(source: &str) -> &str {
    let end = floor(source, u32::MAX as usize);
    source.get(..end).unwrap_or(source)
}

/// The character border at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

fn size(bytes: usize) -> TextSize {
    TextSize::new(u32::try_from(bytes).unwrap_or(u32::MAX))
}

/// Where the lines of a text start, by the protocol's line ends: \n, \r\n and \r.
fn line_starts(source: &str) -> Vec<TextSize> {
    let mut starts = vec![TextSize::new(0)];
    let mut start = 0;
    // Two searches for one byte each are several times faster than one loop over all bytes.
    for line in source.split_inclusive('\n') {
        for (at, _) in line.match_indices('\r') {
            if !line[at..].starts_with("\r\n") {
                starts.push(size(start + at + 1));
            }
        }
        start += line.len();
        if line.ends_with('\n') {
            starts.push(size(start));
        }
    }
    starts
}

/// Prose as tests of the markups draw it.
#[cfg(test)]
pub(super) mod drawn {
    use text_size::TextRange;

    use super::{Prose, Shape};
    use crate::text::Language;

    /// Each block with its shape, unless it is ordinary text.
    pub fn blocks(source: &str, language: Language) -> Vec<String> {
        let prose = Prose::new(source, language);
        let draw = |block: &super::Block| {
            let text = &prose.text()[block.range];
            match block.shape {
                Shape::Text => text.to_owned(),
                shape => format!("{shape:?}: {text}"),
            }
        };
        prose.blocks().iter().map(draw).collect()
    }

    /// The source of the first place of a text in the prose, and whether it holds exactly that text.
    #[track_caller]
    pub fn source_of<'a>(source: &'a str, language: Language, text: &str) -> (&'a str, bool) {
        let prose = Prose::new(source, language);
        let start = prose.text().find(text).expect("the text is prose") as u32;
        let range = TextRange::new(start.into(), (start + text.len() as u32).into());
        (&source[prose.to_source(range)], prose.verbatim(range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Prose {
        Prose::new(text, Language::Plain)
    }

    fn range(start: u32, end: u32) -> TextRange {
        TextRange::new(start.into(), end.into())
    }

    #[test]
    fn plain_text_is_its_own_prose() {
        let prose = plain("“Ja,” sa hun.\n\nSlutt.");
        assert_eq!(prose.text(), "“Ja,” sa hun.\n\nSlutt.");
        assert_eq!(prose.blocks().len(), 2);
        assert_eq!(prose.to_source(range(3, 6)), range(3, 6));
        assert_eq!(prose.to_source_offset(5.into()), 5.into());
        assert!(prose.verbatim(range(0, 9)));
        assert!(prose.verbatim(range(4, 4)));
    }

    #[test]
    fn a_source_offset_inside_a_character_means_its_start() {
        let prose = plain("😀.");
        assert_eq!(prose.from_source(2.into()), Some(0.into()));
        assert_eq!(prose.from_source(5.into()), Some(5.into()));
        assert_eq!(prose.from_source(6.into()), None);
    }

    #[test]
    fn lines_are_counted_as_editors_do() {
        let prose = plain("a\r\nb\rc\n\u{2028}d");
        let lines: Vec<usize> = [0, 1, 3, 5, 7, 10, 11, 99]
            .map(|at: u32| prose.line(at.into()))
            .into();
        assert_eq!(lines, [1, 1, 2, 3, 4, 4, 4, 4]);
    }

    #[test]
    fn an_empty_draft_has_no_paragraphs() {
        let prose = plain("");
        assert!(prose.blocks().is_empty());
        assert_eq!(prose.line(0.into()), 1);
        assert_eq!(prose.to_source(range(0, 0)), range(0, 0));
        assert!(!prose.verbatim(range(0, 1)));
    }
}
