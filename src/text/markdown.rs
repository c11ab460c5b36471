//! Markdown to prose.
//!
//! Deliberately absent: smart punctuation (a straight mark in the source stays straight) and what is not prose: code,
//! addresses, pictures with their alternative text, comments, footnote marks.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::builder::Builder;
use super::prose::Shape;
use super::{front_matter, html};

const BOM: &str = "\u{feff}";

/// Puts the prose of a Markdown source together.
pub(super) fn mask(builder: &mut Builder<'_>) {
    let source = builder.source();
    let start = if source.starts_with(BOM) {
        BOM.len()
    } else {
        0
    };
    let base = front_matter::mask(builder, start);
    let Some(body) = source.get(base..) else {
        return;
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS;
    let mut masker = Masker {
        builder,
        shapes: Vec::new(),
        quotes: 0,
        hidden_until: 0,
    };
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        masker.take(event, range.start + base..range.end + base);
    }
}

struct Masker<'b, 's> {
    builder: &'b mut Builder<'s>,
    /// Shapes of the blocks that stand open, from the outermost.
    shapes: Vec<Shape>,
    /// How many block quotes stand open.
    quotes: usize,
    /// Where the last element without prose ends.
    hidden_until: usize,
}

impl Masker<'_, '_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) if is_block(tag) => {
                self.shapes.pop();
                let quotes = usize::from(matches!(tag, TagEnd::BlockQuote(_)));
                self.quotes = self.quotes.saturating_sub(quotes);
                self.border();
            }
            Event::Rule => self.border(),
            _ if range.start < self.hidden_until => {}
            Event::Text(text) => match self.builder.source().get(range.clone()) == Some(&*text) {
                true => self.builder.copy(range),
                false => self.builder.put(&text, range),
            },
            Event::SoftBreak | Event::HardBreak => {
                let end = self.after_prefix(range.end);
                self.builder.space(range.start..end);
            }
            Event::InlineHtml(tag) if is_line_break(&tag) => self.builder.space(range),
            Event::Code(_) => self.builder.gap(range),
            Event::InlineHtml(_) if self.builder.ends_blank() => self.builder.gap(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let shape = match tag {
            Tag::Heading { .. } => Shape::Heading,
            Tag::BlockQuote(_) => Shape::BlockQuote,
            Tag::Item => Shape::Item,
            Tag::TableCell => Shape::Table,
            Tag::FootnoteDefinition(_) => Shape::Text,
            _ => self.shape(),
        };
        self.quotes += usize::from(matches!(tag, Tag::BlockQuote(_)));
        if is_block(tag.to_end()) {
            self.shapes.push(shape);
            self.border();
        }
        match tag {
            // Lines of a block quote carry its marks, which the HTML tokenizer would take for text.
            Tag::HtmlBlock if self.quotes == 0 => {
                html::mask_part(self.builder, range.clone(), shape)
            }
            Tag::HtmlBlock | Tag::CodeBlock(_) | Tag::Image { .. } => {
                self.builder.gap(range.clone())
            }
            Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            } => self.builder.gap(range.clone()),
            _ => return,
        }
        self.hidden_until = self.hidden_until.max(range.end);
    }

    /// The place behind the indent and the block quote marks with which a continued line starts.
    fn after_prefix(&self, line: usize) -> usize {
        let rest = self.builder.source().get(line..).unwrap_or("");
        line + rest.len() - rest.trim_start_matches([' ', '\t', '>']).len()
    }

    fn shape(&self) -> Shape {
        self.shapes.last().copied().unwrap_or(Shape::Text)
    }

    fn border(&mut self) {
        self.builder.border(self.shape());
    }
}

/// Whether an element is a block, so that paragraphs end where it starts and ends.
fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Whether an inline tag is `<br>`, in whatever form.
fn is_line_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches('>');
    let name = name
        .split(['/', ' ', '\t', '\r', '\n'])
        .next()
        .unwrap_or("");
    name.eq_ignore_ascii_case("br")
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::super::prose::drawn::{blocks, source_of};

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        assert_eq!(blocks(source, Language::Markdown), expected);
    }

    #[track_caller]
    fn check_source(source: &str, text: &str, expected: &str) {
        assert_eq!(
            source_of(source, Language::Markdown, text),
            (expected, text == expected)
        );
    }

    #[test]
    fn blocks_are_paragraphs_of_their_shape() {
        check(
            "# Head #\n\nOne\nmore.\n\n> Quoted.\n>\n> Again.\n\n- a\n- b\n\n  c\n\nSetext\n---\nEnd.",
            &[
                "Heading: Head",
                "One more.",
                "BlockQuote: Quoted.",
                "BlockQuote: Again.",
                "Item: a",
                "Item: b",
                "Item: c",
                "Heading: Setext",
                "End.",
            ],
        );
        check(
            "a | b\n--|--\nc | **d**\n",
            &["Table: a", "Table: b", "Table: c", "Table: d"],
        );
        check(
            "1. > # deep\n   > - er\n2. up",
            &["Heading: deep", "Item: er", "Item: up"],
        );
        check("- [x] done", &["Item: done"]);
    }

    #[test]
    fn marks_inside_words_and_quotes_vanish() {
        check(
            "**Er**dogan said: “*really*”.",
            &["Erdogan said: “really”."],
        );
        check(
            "~~old~~ \\*new\\* under_score_s",
            &["old *new* under_score_s"],
        );
        check_source("So **Er**dogan.", "Erdogan", "Er**dogan");
        check_source("So **Er**dogan.", "So", "So");
        check_source("**Er**dogan", "Er", "Er");
    }

    #[test]
    fn code_pictures_and_addresses_are_not_prose() {
        check("Use `grep` now, not`this`one.", &["Use now, not one."]);
        check("```\ncode\n```\n\n    indented\n\nText.", &["Text."]);
        check("A ![alt *text*](u.png) pic. ![](x)", &["A pic."]);
        check(
            "See [the **report**](http://x.org \"t\"), <http://x.org>.",
            &["See the report, ."],
        );
        check("[ref][1]\n\n[1]: http://x.org", &["ref"]);
        check("Said.[^1]\n\n[^1]: A note.", &["Said.", "A note."]);
    }

    #[test]
    fn html_is_read_as_html() {
        check("A <!-- hidden --> b<br>c <em>d</em>e.", &["A b c de."]);
        check("<!-- hidden\n\nstill -->\n\nText.", &["Text."]);
        check(
            "<div>\n<p>One.\n<p>Two &amp; three.\n</div>\n\nFour.",
            &["One.", "Two & three.", "Four."],
        );
        check("> <div>\n> lost\n> </div>\n\nText.", &["Text."]);
        check("<script>\nvar a;\n\nvar b;\n</script>\n\nText.", &["Text."]);
    }

    #[test]
    fn entities_are_decoded_and_keep_their_place() {
        check(
            "&ldquo;AT&amp;T,&rdquo; he &quot;said&#39;",
            &["“AT&T,” he \"said'"],
        );
        check_source("x AT&amp;T y", "AT&T", "AT&amp;T");
        check_source("x AT&amp;T y", "&", "&amp;");
        check_source("x &rsquo; y", "’", "&rsquo;");
    }

    #[test]
    fn a_line_break_is_one_space() {
        check("One\r\ntwo  \nthree\\\nfour.", &["One two three four."]);
        check("> One\n> two\nthree.", &["BlockQuote: One two three."]);
        check_source("> One\n> two", "One two", "One\n> two");
        check_source("> One\n> two", " ", "\n> ");
        check("One\u{2028}two.", &["One\u{2028}two."]);
    }

    #[test]
    fn only_the_title_of_the_front_matter_is_prose() {
        check(
            "---\ntitle: A day\ndate: 2024-02-03\n---\nText.",
            &["Title: A day", "Text."],
        );
        check(
            "\u{feff}+++\ntitle = \"A\"\n+++\nText.",
            &["Title: A", "Text."],
        );
        check(
            "Text.\n\n---\nMore: text\n\n---\n\nEnd.",
            &["Text.", "More: text", "End."],
        );
    }

    #[test]
    fn front_matter_that_never_closes_is_not_lost() {
        check("---\ntitle: A\n\nText.", &["title: A", "Text."]);
        check("---\n\nText.\n\n---\n\nMore.", &["Text.", "More."]);
        check("+++\nText.", &["+++ Text."]);
    }

    #[test]
    fn scripts_of_all_kinds_keep_their_bytes() {
        check(
            "*e\u{301}a* 😀 **\u{202b}שלום\u{202c}**",
            &["e\u{301}a 😀 \u{202b}שלום\u{202c}"],
        );
        check_source("**\u{202b}שלום\u{202c}** 😀", "שלום", "שלום");
    }
}
