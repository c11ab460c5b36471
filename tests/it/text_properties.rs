//! What must hold of drafts and their prose whatever is typed.

use copydesk::text::{
    Change, Document, Encoding, Language, Position, Prose, Shape, TextRange, TextSize,
};
use proptest::prelude::*;
use proptest::sample::select;

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
const LANGUAGES: [Language; 3] = [Language::Plain, Language::Markdown, Language::Html];

/// A client's text: an array of the units that its columns count.
struct Client {
    units: Vec<u32>,
    encoding: Encoding,
}

impl Client {
    fn new(text: &str, encoding: Encoding) -> Client {
        let units = match encoding {
            Encoding::Utf8 => text.bytes().map(u32::from).collect(),
            Encoding::Utf16 => text.encode_utf16().map(u32::from).collect(),
            Encoding::Utf32 => text.chars().map(u32::from).collect(),
        };
        Client { units, encoding }
    }

    fn text(&self) -> String {
        let units = self.units.iter();
        match self.encoding {
            Encoding::Utf8 => String::from_utf8(units.map(|&unit| unit as u8).collect())
                .expect("whole characters"),
            Encoding::Utf16 => {
                let units: Vec<u16> = units.map(|&unit| unit as u16).collect();
                String::from_utf16(&units).expect("whole characters")
            }
            Encoding::Utf32 => units
                .map(|&unit| char::from_u32(unit).expect("a character"))
                .collect(),
        }
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Full(text) => *self = Client::new(text, self.encoding),
            Change::Range { start, end, text } => {
                let (start, end) = (self.index(*start), self.index(*end));
                let new = Client::new(text, self.encoding);
                self.units.splice(start.min(end)..start.max(end), new.units);
            }
        }
    }

    fn index(&self, position: Position) -> usize {
        let is = |at: usize, c: char| self.units.get(at) == Some(&(c as u32));
        let mut at = 0;
        for _ in 0..position.line {
            while at < self.units.len() && !is(at, '\n') && !is(at, '\r') {
                at += 1;
            }
            if at == self.units.len() {
                return at;
            }
            at += if is(at, '\r') && is(at + 1, '\n') {
                2
            } else {
                1
            };
        }
        let mut column = 0;
        while column < position.column && at < self.units.len() && !is(at, '\n') && !is(at, '\r') {
            at += 1;
            column += 1;
        }
        while self.units.get(at).is_some_and(|&unit| self.continues(unit)) {
            at -= 1;
        }
        at
    }

    fn continues(&self, unit: u32) -> bool {
        match self.encoding {
            Encoding::Utf8 => (0x80..0xC0).contains(&unit),
            Encoding::Utf16 => (0xDC00..0xE000).contains(&unit),
            Encoding::Utf32 => false,
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        "é",
        "😀",
        "e\u{301}",
        "“",
        "\u{202b}ש",
        " ",
        "word. ",
        "\n",
        "\r",
        "\r\n",
        "\u{2028}",
        "\u{85}",
        "\0",
        "\u{feff}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn position() -> impl Strategy<Value = Position> {
    let line = prop_oneof![9 => 0..8u32, 1 => Just(1000)];
    let column = prop_oneof![9 => 0..12u32, 1 => Just(u32::MAX)];
    (line, column).prop_map(|(line, column)| Position { line, column })
}

fn change() -> impl Strategy<Value = Change> {
    let range = (position(), position(), text()).prop_map(|(start, end, text)| Change::Range {
        start,
        end,
        text,
    });
    prop_oneof![9 => range, 1 => text().prop_map(Change::Full)]
}

/// Text with markup of all languages, well formed or not.
fn source() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        "é",
        "😀",
        "word ",
        "He said. ",
        "“",
        "\"",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u{2028}",
        "\u{2029}",
        "\0",
        "\u{feff}",
        "\u{a0}",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "    ",
        "---\n",
        "+++\n",
        "title: ",
        "title = \"",
        "[",
        "](x)",
        "![",
        "[^1]",
        "\n[^1]: ",
        "|",
        "\na|b\n-|-\n",
        "\\",
        "<",
        ">",
        "</",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<br>",
        "<q>",
        "</q>",
        "<li>",
        "<ul>",
        "</ul>",
        "<h1>",
        "</h1>",
        "<td>",
        "<div>\n",
        "<code>",
        "</code>",
        "<title>",
        "</title>",
        "<script>",
        "</script>",
        "<svg>",
        "</svg>",
        "<!--",
        "-->",
        "<!doctype html>",
        "<a href='",
        "'>",
        "&",
        "&amp;",
        "&amp",
        "&rsquo;",
        "&nGt;",
        "&#65;",
        "&#x1F600;",
        "&#0;",
        "&nosuch;",
        "http://x.org ",
        "<http://x.org>",
    ]);
    let soup = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    let noise = prop::collection::vec(any::<u8>(), 0..80)
        .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    prop_oneof![3 => soup, 1 => noise]
}

fn size(at: usize) -> TextSize {
    TextSize::try_from(at).expect("a small text")
}

fn characters(text: &str) -> impl Iterator<Item = TextRange> + '_ {
    text.char_indices()
        .map(|(at, c)| TextRange::at(size(at), TextSize::of(c)))
}

/// The line of a source offset, counted from 1, character by character.
fn naive_line(source: &str, offset: TextSize) -> usize {
    let before = &source[..usize::from(offset)];
    let broken = before.ends_with('\r') && source[usize::from(offset)..].starts_with('\n');
    1 + before.replace("\r\n", "\n").matches(['\n', '\r']).count() - usize::from(broken)
}

proptest! {
    #[test]
    fn edits_give_the_clients_text(start in text(), changes in prop::collection::vec(change(), 0..8), encoding in select(&ENCODINGS)) {
        let mut client = Client::new(&start, encoding);
        let mut document = Document::new(&start, 0, Language::Plain);
        for change in changes {
            client.apply(&change);
            document.apply(vec![change], 1, encoding);
            prop_assert_eq!(document.text(), client.text());
        }
    }

    #[test]
    fn encodings_agree_on_every_place(text in text()) {
        let document = Document::new(&text, 0, Language::Plain);
        for at in (0..=text.len()).map(size) {
            let positions = ENCODINGS.map(|encoding| document.position(at, encoding));
            let offsets: Vec<TextSize> =
                ENCODINGS.iter().zip(positions).map(|(&encoding, position)| document.offset(position, encoding)).collect();
            prop_assert_eq!(offsets[0], offsets[1]);
            prop_assert_eq!(offsets[0], offsets[2]);
            let at = usize::from(at);
            let inside = !text.is_char_boundary(at) || text[..at].ends_with('\r') && text[at..].starts_with('\n');
            prop_assert_eq!(offsets[0] < size(at), inside);
            prop_assert!(offsets[0] <= size(at));
        }
    }

    #[test]
    fn positions_are_clamped(text in text(), position in position(), encoding in select(&ENCODINGS)) {
        let document = Document::new(&text, 0, Language::Plain);
        let offset = usize::from(document.offset(position, encoding));
        prop_assert!(text.is_char_boundary(offset));
        let client = Client::new(&text, encoding);
        let index = client.index(position);
        let before = Client { units: client.units[..index].to_vec(), encoding };
        prop_assert_eq!(&text[..offset], before.text());
        let back = document.position(size(offset), encoding);
        prop_assert!(back <= position);
        prop_assert_eq!(document.offset(back, encoding), size(offset));
    }

    #[test]
    fn blocks_are_whole_and_in_order(source in source(), language in select(&LANGUAGES)) {
        let prose = Prose::new(&source, language);
        let mut end = TextSize::new(0);
        for block in prose.blocks() {
            prop_assert!(block.range.start() >= end && !block.range.is_empty());
            end = block.range.end();
            let text = prose.text().get(std::ops::Range::<usize>::from(block.range)).expect("character borders");
            let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
            prop_assert!(!text.starts_with(is_blank) && !text.ends_with(is_blank));
            prop_assert!(language != Language::Plain || block.shape == Shape::Text);
        }
        prop_assert!(usize::from(end) <= prose.text().len());
    }

    #[test]
    fn prose_finds_its_way_back(source in source(), language in select(&LANGUAGES)) {
        let prose = Prose::new(&source, language);
        let mut last = TextRange::default();
        let blocks = prose.blocks();
        for character in characters(prose.text()) {
            if !blocks.iter().any(|block| block.range.contains_range(character)) {
                continue;
            }
            let range = prose.to_source(character);
            prop_assert_eq!(range.start(), prose.to_source_offset(character.start()));
            prop_assert!(range.start() >= last.end() || range == last, "{:?} after {:?}", range, last);
            last = range;
            let text = source.get(std::ops::Range::<usize>::from(range)).expect("character borders");
            prop_assert!(!text.is_empty());
            if prose.verbatim(character) {
                prop_assert_eq!(text, &prose.text()[character]);
                prop_assert_eq!(prose.from_source(range.start()), Some(character.start()));
            }
            prop_assert!(prose.from_source(range.start()).is_some());
            prop_assert_eq!(prose.line(character.start()), naive_line(&source, range.start()));
        }
        for block in blocks {
            let range = prose.to_source(block.range);
            let text = &source[range];
            prop_assert!(!prose.verbatim(block.range) || *text == prose.text()[block.range]);
            prop_assert_eq!(range.start(), prose.to_source_offset(block.range.start()));
        }
    }

    #[test]
    fn any_offset_has_an_answer(source in source(), language in select(&LANGUAGES)) {
        let prose = Prose::new(&source, language);
        let mut last = TextSize::new(0);
        for at in (0..source.len() + 2).map(size) {
            let Some(offset) = prose.from_source(at) else {
                continue;
            };
            prop_assert!(offset >= last);
            prop_assert!(prose.text().is_char_boundary(offset.into()));
            last = offset;
        }
        let mut last = 0;
        for at in (0..prose.text().len() + 2).map(size) {
            prop_assert!(usize::from(prose.to_source_offset(at)) <= source.len());
            prop_assert!(prose.line(at) >= last);
            last = prose.line(at);
            let range = prose.to_source(TextRange::new(at, at + size(3)));
            prop_assert!(usize::from(range.end()) <= source.len());
            prose.verbatim(TextRange::new(at, at + size(1)));
        }
    }

    #[test]
    fn words_without_markup_are_all_prose(source in "[a-zé“” .,\u{2028}\r\n]{0,80}", language in select(&LANGUAGES)) {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let prose = Prose::new(&source, language);
        let blocks: Vec<String> = prose.blocks().iter().flat_map(|block| words(&prose.text()[block.range])).collect();
        prop_assert!(language == Language::Markdown && source.contains("    ") || blocks == words(&source));
    }

    #[test]
    fn text_with_loose_signs_survives_html(source in "[a-c <>&;#x/!\r\n]{0,40}") {
        // Letters that stand in no tag and no entity can be counted: a sign with a space behind it opens neither.
        let source = source.replace(['<', '&'], "< & ").replace('>', "> ");
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let prose = Prose::new(&source, Language::Html);
        prop_assert_eq!(letters(prose.text()), letters(&source));
    }
}

/// Nothing here measures time, but work that grows with the square of the text would keep this test for minutes.
#[test]
fn hostile_markup_is_read_in_linear_time() {
    let pieces = [
        "1. ", "> - ", "[", "![", "[a](", "**a ", "`", "\n", "&", "<", "<ul>", "</li>", "<svg>",
        "<!--", "word\n", "\u{2029}",
    ];
    for piece in pieces {
        let source = piece.repeat(40_000 / piece.len());
        for language in LANGUAGES {
            let prose = Prose::new(&source, language);
            assert!(prose.text().len() <= 2 * source.len());
        }
    }
}
