//! The desk at which prose is put together: what is copied from the source, what stands for it, and where blocks end.

use std::ops::Range;
use std::sync::Arc;

use text_size::{TextRange, TextSize};

use super::plain::{is_blank, trimmed};
use super::prose::{Block, Shape};

/// A run of prose bytes and where it comes from. Pieces stand in the order of both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) prose: TextRange,
    pub(super) source: TextRange,
    /// Whether both hold the same bytes; if not, the run stands for its source as a whole.
    pub(super) copied: bool,
}

/// What [`Prose`](super::Prose) is made of.
pub(super) struct Parts {
    pub(super) text: Arc<str>,
    pub(super) pieces: Vec<Piece>,
    pub(super) blocks: Vec<Block>,
    pub(super) date: Option<Arc<str>>,
}

/// Prose in the making. Ranges are bytes of the source and must come in its order; a range that does not is ignored.
pub(super) struct Builder<'a> {
    source: &'a str,
    text: String,
    pieces: Vec<Piece>,
    blocks: Vec<Block>,
    shape: Shape,
    /// Where the open block started, once it has text.
    open: Option<usize>,
    /// What vanished between two words, until it is known whether they need a space.
    gap: Option<Range<usize>>,
    date: Option<Arc<str>>,
    /// Whether `text` is the whole source, as in plain text.
    identity: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str) -> Builder<'a> {
        Builder {
            source,
            text: String::new(),
            pieces: Vec::new(),
            blocks: Vec::new(),
            shape: Shape::Text,
            open: None,
            gap: None,
            date: None,
            identity: false,
        }
    }

    pub(super) fn source(&self) -> &'a str {
        self.source
    }

    /// Takes the whole source as prose, with these paragraphs.
    pub(super) fn take_all(&mut self, paragraphs: Vec<Range<usize>>) {
        self.identity = true;
        self.blocks = paragraphs
            .into_iter()
            .map(|range| block(range, Shape::Text))
            .collect();
        let range = text_range(0..self.source.len());
        self.pieces = vec![Piece {
            prose: range,
            source: range,
            copied: true,
        }];
    }

    /// Notes the date that the front matter gives.
    pub(super) fn date(&mut self, date: &str) {
        if !date.is_empty() {
            self.date = Some(Arc::from(date));
        }
    }

    /// Ends the open block; what follows has a shape of its own.
    pub(super) fn border(&mut self, shape: Shape) {
        self.close();
        self.shape = shape;
    }

    /// Copies a part of the source.
    pub(super) fn copy(&mut self, range: Range<usize>) {
        let Some(text) = self.source.get(range.clone()) else {
            return;
        };
        let rest = self.after_gap(text);
        self.push(rest, range.end - rest.len()..range.end, true);
    }

    /// Puts a text in the place of a part of the source.
    pub(super) fn put(&mut self, text: &str, range: Range<usize>) {
        let rest = self.after_gap(text);
        self.push(rest, range, false);
    }

    /// Puts one space in the place of a part of the source, unless white space stands before it.
    pub(super) fn space(&mut self, range: Range<usize>) {
        self.gap = None;
        if self.open.is_some() && !self.ends_blank() {
            self.push(" ", range, false);
        }
    }

    /// Leaves out a part of the source so that the words around it are not glued together.
    pub(super) fn gap(&mut self, range: Range<usize>) {
        if self.open.is_some() {
            self.gap.get_or_insert(range);
        }
    }

    pub(super) fn finish(mut self) -> Parts {
        self.close();
        let text = match self.identity {
            true => Arc::from(self.source),
            false => Arc::from(self.text),
        };
        Parts {
            text,
            pieces: self.pieces,
            blocks: self.blocks,
            date: self.date,
        }
    }

    /// What is left of a text that is about to be added: no white space at the start of a block, nor twice around
    /// a gap.
    fn after_gap<'t>(&mut self, text: &'t str) -> &'t str {
        let gap = self.gap.take();
        if self.open.is_none() {
            return text.trim_start_matches(is_blank);
        }
        let Some(gap) = gap else {
            return text;
        };
        if self.ends_blank() {
            return text.trim_start_matches(is_blank);
        }
        if !text.starts_with(is_blank) {
            self.push(" ", gap, false);
        }
        text
    }

    /// Whether the prose so far ends in white space.
    pub(super) fn ends_blank(&self) -> bool {
        self.text.ends_with(is_blank)
    }

    fn push(&mut self, text: &str, range: Range<usize>, copied: bool) {
        let source = text_range(range);
        let in_order = self
            .pieces
            .last()
            .is_none_or(|last| last.source.end() <= source.start());
        if text.is_empty() || !in_order {
            return;
        }
        if self.open.is_none() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.open = Some(self.text.len());
        }
        let start = self.text.len();
        self.text.push_str(text);
        let prose = text_range(start..self.text.len());
        match self.pieces.last_mut() {
            Some(last)
                if copied
                    && last.copied
                    && touch(last.prose, prose)
                    && touch(last.source, source) =>
            {
                last.prose = last.prose.cover(prose);
                last.source = last.source.cover(source);
            }
            _ => self.pieces.push(Piece {
                prose,
                source,
                copied,
            }),
        }
    }

    fn close(&mut self) {
        self.gap = None;
        let Some(start) = self.open.take() else {
            return;
        };
        let range = trimmed(&self.text, start..self.text.len());
        if !range.is_empty() {
            self.blocks.push(block(range, self.shape));
        }
    }
}

fn touch(before: TextRange, after: TextRange) -> bool {
    before.end() == after.start()
}

fn block(range: Range<usize>, shape: Shape) -> Block {
    Block {
        range: text_range(range),
        shape,
    }
}

fn text_range(range: Range<usize>) -> TextRange {
    let size = |bytes: usize| TextSize::new(u32::try_from(bytes).unwrap_or(u32::MAX));
    let start = size(range.start);
    TextRange::new(start, size(range.end).max(start))
}
