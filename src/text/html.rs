//! HTML to prose.
//!
//! The standard's tokenizer runs without a tree builder: only what parts paragraphs or hides text is kept in mind,
//! so that half-typed markup costs at most its own paragraph.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::naive_next_state;
use html5gum::{Emitter, Error, State, Tokenizer};

use super::builder::Builder;
use super::prose::Shape;

/// How many nested elements are kept in mind; markup nested deeper keeps the shape of what stands around it.
const MAX_DEPTH: usize = 64;

/// Puts the prose of an HTML source together.
pub(super) fn mask(builder: &mut Builder<'_>) {
    let end = builder.source().len();
    mask_part(builder, 0..end, Shape::Text);
}

/// Puts the prose of one part of a source together; text outside of any element has the given shape.
pub(super) fn mask_part(builder: &mut Builder<'_>, part: Range<usize>, shape: Shape) {
    let Some(source) = builder.source().get(part.clone()) else {
        return;
    };
    let masker = Masker {
        builder,
        shape,
        position: part.start,
        start: part.start,
        tag_start: part.start,
        tag: Vec::new(),
        is_end: false,
        is_self_closing: false,
        last_start_tag: Vec::new(),
        open: Vec::new(),
        hidden: None,
        in_code: false,
        quotes: 0,
        after_break: false,
    };
    let Ok(()) = Tokenizer::new_with_emitter(source, masker).finish();
}

/// What an element does to the prose around and inside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Inline,
    Block,
    Nested(Nested),
    Hidden,
    Code,
    Quote,
    LineBreak,
}

/// Blocks that give the blocks inside them a shape.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nested {
    List,
    Item,
    BlockQuote,
    Table,
    Cell,
    Heading,
    Title,
}

fn role(name: &[u8]) -> Role {
    match name {
        b"br" => Role::LineBreak,
        b"q" => Role::Quote,
        b"code" => Role::Code,
        b"script" | b"style" | b"template" | b"noscript" | b"iframe" | b"xmp" | b"noembed"
        | b"noframe" | b"noframes" | b"textarea" | b"select" | b"svg" | b"math" => Role::Hidden,
        b"ul" | b"ol" | b"menu" | b"dl" => Role::Nested(Nested::List),
        b"li" | b"dt" | b"dd" => Role::Nested(Nested::Item),
        b"blockquote" => Role::Nested(Nested::BlockQuote),
        b"table" => Role::Nested(Nested::Table),
        b"td" | b"th" | b"caption" => Role::Nested(Nested::Cell),
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Role::Nested(Nested::Heading),
        b"title" => Role::Nested(Nested::Title),
        b"address" | b"article" | b"aside" | b"body" | b"center" | b"details" | b"dialog"
        | b"div" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"head"
        | b"header" | b"hgroup" | b"hr" | b"html" | b"legend" | b"main" | b"nav" | b"optgroup"
        | b"option" | b"p" | b"pre" | b"search" | b"section" | b"summary" | b"tbody" | b"tfoot"
        | b"thead" | b"tr" => Role::Block,
        _ => Role::Inline,
    }
}

/// Receives what the tokenizer finds. Positions are bytes of the whole source.
struct Masker<'b, 's> {
    builder: &'b mut Builder<'s>,
    shape: Shape,
    position: usize,
    /// Where the text that is not yet taken starts.
    start: usize,
    tag_start: usize,
    tag: Vec<u8>,
    is_end: bool,
    is_self_closing: bool,
    last_start_tag: Vec<u8>,
    /// Elements that give shape, from the outermost.
    open: Vec<Nested>,
    /// The element that hides what is in it, and how many of its name stand open.
    hidden: Option<(Vec<u8>, usize)>,
    in_code: bool,
    quotes: usize,
    /// Whether nothing but white space followed the last `<br>`.
    after_break: bool,
}

impl Masker<'_, '_> {
    fn text(&mut self, text: &[u8]) {
        let start = self.start;
        let copied = self.copied(text);
        self.start = copied.as_ref().map_or(self.position, |range| range.end);
        if self.hidden.is_some() || self.in_code {
            return;
        }
        let range = start..self.start;
        match (copied, std::str::from_utf8(text)) {
            (Some(range), _) => self.words(range),
            (None, Ok("\n")) => self.builder.space(range),
            (None, Ok(text)) => {
                self.after_break = false;
                self.builder.put(text, range);
            }
            (None, Err(_)) => {}
        }
    }

    /// Where the source holds a text as it is, unless it was decoded or normalised.
    ///
    /// The tokenizer's own position is not enough: it hands out a false end tag such as `</b>` in a `<title>` late
    /// and in parts.
    fn copied(&self, text: &[u8]) -> Option<Range<usize>> {
        let source = self.builder.source().as_bytes();
        // The tokenizer tells of a \r\n at its \r.
        let is_line_feed =
            self.start > 0 && source.get(self.start - 1..self.start + 1) == Some(b"\r\n");
        let start = self.start + usize::from(is_line_feed);
        let is_entity = text == b"&" && self.position > start + 1;
        let holds = source.get(start..)?.starts_with(text) && !is_entity;
        holds.then_some(start..start + text.len())
    }

    /// Copies text with each run of white space as one space.
    fn words(&mut self, range: Range<usize>) {
        let mut start = range.start;
        while start < range.end {
            let Some(rest) = self.builder.source().get(start..range.end) else {
                return;
            };
            let word = rest.find(is_space).unwrap_or(rest.len());
            let blank = rest.len() - word - rest[word..].trim_start_matches(is_space).len();
            let space = start + word..start + word + blank;
            // Most words are followed by one plain space, which can be copied along.
            let plain = word > 0 && &rest[word..word + blank] == " ";
            if word > 0 {
                self.after_break = false;
                self.builder
                    .copy(start..if plain { space.end } else { space.start });
            }
            if blank > 0 && !plain {
                self.builder.space(space.clone());
            }
            start = space.end;
        }
    }

    fn tag(&mut self) {
        let range = self.tag_start..self.position;
        self.start = range.end;
        if let Some((name, depth)) = &mut self.hidden {
            if *name == self.tag {
                *depth = if self.is_end {
                    depth.saturating_sub(1)
                } else {
                    *depth + 1
                };
            }
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        match role(&self.tag) {
            Role::Inline => {}
            Role::Code => {
                self.in_code = !self.is_end;
                self.builder.gap(range);
            }
            Role::Hidden if self.is_end || self.is_self_closing => {}
            Role::Hidden => {
                self.builder.gap(range);
                self.hidden = Some((self.tag.clone(), 1));
            }
            Role::LineBreak if self.after_break => self.border(),
            Role::LineBreak => {
                self.builder.space(range);
                self.after_break = true;
            }
            Role::Quote => self.quote(range),
            Role::Block => {
                self.leave_heading();
                self.border();
            }
            Role::Nested(nested) => {
                match self.is_end {
                    true => self.leave(nested),
                    false => self.enter(nested),
                }
                self.border();
            }
        }
    }

    /// Puts the marks that a reader sees around a `<q>`.
    fn quote(&mut self, range: Range<usize>) {
        let mark = match (self.is_end, self.quotes) {
            (true, 0) => return,
            (true, depth) if depth % 2 == 1 => "”",
            (true, _) => "’",
            (false, depth) if depth % 2 == 0 => "“",
            (false, _) => "‘",
        };
        self.quotes = if self.is_end {
            self.quotes - 1
        } else {
            self.quotes + 1
        };
        self.after_break = false;
        self.builder.put(mark, range);
    }

    fn enter(&mut self, nested: Nested) {
        self.leave_heading();
        // An item or a cell may end without an end tag where the next one starts.
        if matches!(nested, Nested::Item | Nested::Cell) && self.open.last() == Some(&nested) {
            self.open.pop();
        }
        if self.open.len() < MAX_DEPTH {
            self.open.push(nested);
        }
    }

    fn leave(&mut self, nested: Nested) {
        if let Some(at) = self.open.iter().rposition(|&open| open == nested) {
            self.open.truncate(at);
        }
    }

    /// A heading holds no blocks, so a block after it means that its end tag is missing.
    fn leave_heading(&mut self) {
        if self.open.last() == Some(&Nested::Heading) {
            self.open.pop();
        }
    }

    fn border(&mut self) {
        self.in_code = false;
        self.quotes = 0;
        self.after_break = false;
        let shape = self.open.iter().rev().find_map(|nested| match nested {
            Nested::Item => Some(Shape::Item),
            Nested::BlockQuote => Some(Shape::BlockQuote),
            Nested::Cell => Some(Shape::Table),
            Nested::Heading => Some(Shape::Heading),
            Nested::Title => Some(Shape::Title),
            Nested::List | Nested::Table => None,
        });
        self.builder.border(shape.unwrap_or(self.shape));
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

impl Emitter for Masker<'_, '_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn emit_string(&mut self, text: &[u8]) {
        self.text(text);
    }

    fn start_open_tag(&mut self) {
        self.tag_start = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.tag.clear();
        self.is_end = false;
        self.is_self_closing = false;
    }

    fn init_end_tag(&mut self) {
        self.tag.clear();
        self.is_end = true;
        self.is_self_closing = false;
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.extend(name);
    }

    fn set_self_closing(&mut self) {
        self.is_self_closing = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.tag();
        self.last_start_tag.clear();
        if self.is_end {
            return None;
        }
        self.last_start_tag.extend(&self.tag);
        naive_next_state(&self.tag)
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.tag.is_empty() && self.tag == self.last_start_tag
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.extend(name.unwrap_or_default());
    }

    fn emit_current_comment(&mut self) {
        self.start = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.start = self.position;
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    // What comments, doctypes and attributes say is not prose.
    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn init_attribute(&mut self) {}
    fn push_attribute_name(&mut self, _: &[u8]) {}
    fn push_attribute_value(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::super::prose::drawn::{blocks, source_of};

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        assert_eq!(blocks(source, Language::Html), expected);
    }

    #[track_caller]
    fn check_source(source: &str, text: &str, expected: &str) {
        assert_eq!(
            source_of(source, Language::Html, text),
            (expected, text == expected)
        );
    }

    #[test]
    fn blocks_part_paragraphs_and_inline_elements_do_not() {
        check(
            "<html><head><title>Day</title></head><body><h1>Head</h1><p>One <b>bo</b>ld.<p>Two.\
             <ul><li>a<li>b<p>c</ul><blockquote><p>Said.</blockquote>\
             <table><tr><td>x<th>y</table><div>End.</div>",
            &[
                "Title: Day",
                "Heading: Head",
                "One bold.",
                "Two.",
                "Item: a",
                "Item: b",
                "Item: c",
                "BlockQuote: Said.",
                "Table: x",
                "Table: y",
                "End.",
            ],
        );
        check_source("<p>Er<b>dog</b>an x", "Erdogan", "Er<b>dog</b>an");
        check_source("<p>Er<b>dog</b>an x", "dog", "dog");
    }

    #[test]
    fn what_a_reader_does_not_see_is_hidden() {
        check(
            "a<script>if (a<b) { \"</p>\" }</script>b <!-- c --> d",
            &["a b d"],
        );
        check(
            "<style>p {}</style><template><p>x</template><!doctype html>Text.",
            &["Text."],
        );
        check(
            "<svg><title>x</title><text>y</text></svg><svg/>Text.",
            &["Text."],
        );
        check(
            "Run <code>a b</code> now<code>c</code>ok.",
            &["Run now ok."],
        );
        check(
            "<img alt='No'><a href=\"x\" title='No > so'>Yes</a>",
            &["Yes"],
        );
    }

    #[test]
    fn white_space_collapses_but_no_break_space_stays() {
        check(
            "<p>\n  One\r\n\ttwo  <b> three</b>\n</p>",
            &["One two three"],
        );
        check("<p>&nbsp;</p><p>a&nbsp;b</p>", &["a\u{a0}b"]);
        check_source("<p>One\n   two", "One two", "One\n   two");
        check_source("<p>One\n   two", " ", "\n   ");
        check("a\u{2028}b<wbr>c&shy;d", &["a\u{2028}bc\u{ad}d"]);
    }

    #[test]
    fn two_line_breaks_part_paragraphs_and_one_does_not() {
        check(
            "One<br>two<br/>\n<BR>three<br><i>four</i>",
            &["One two", "three four"],
        );
    }

    #[test]
    fn entities_are_decoded_and_keep_their_place() {
        check(
            "&ldquo;AT&amp;T&rdquo; &#x2014; &unknown; &amp &notit; AT&T R&D",
            &["“AT&T” — &unknown; & ¬it; AT&T R&D"],
        );
        check_source("x AT&amp;T y", "AT&T", "AT&amp;T");
        check_source("x AT&amp;T y", "&", "&amp;");
        check_source("x&rsquo;s y", "x’s", "x&rsquo;s");
        check_source("a &unknown; b", "&unknown;", "&unknown;");
    }

    #[test]
    fn quote_elements_show_their_marks() {
        check(
            "<p><q>No, <q>yes</q> no,</q> he said.</q>",
            &["“No, ‘yes’ no,” he said."],
        );
        check_source("a <q>b</q> c", "“b”", "<q>b</q>");
        check("<p><q>Open <p><q>again</q>", &["“Open", "“again”"]);
    }

    #[test]
    fn malformed_markup_costs_at_most_its_own_paragraph() {
        check("a < b and c > d </nosuch> e", &["a < b and c > d e"]);
        check("<h1>Head <p>Body.", &["Heading: Head", "Body."]);
        check("<p>One <code>x <p>Two.", &["One", "Two."]);
        check("</li></ul></blockquote>Text.<", &["Text.<"]);
        check("Text <b", &["Text"]);
        check("<title>a </b> &lt;</i", &["Title: a </b> <</i"]);
        check("a\r\n\r\n\nb<b\r>c\r\nd", &["a bc d"]);
        check(
            &format!("{}Text{}", "<ul>".repeat(500), "</ul>".repeat(600)),
            &["Text"],
        );
    }

    #[test]
    fn scripts_of_all_kinds_keep_their_bytes() {
        check(
            "<p dir=rtl>\u{202b}שלום\u{202c} 😀 e\u{301}\0",
            &["\u{202b}שלום\u{202c} 😀 e\u{301}\0"],
        );
    }
}
