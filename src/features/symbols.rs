//! The outline of a draft: the story by its headings and furniture, and who speaks, with their quotes.
//!
//! A speaker's entry reaches from the first of its places to the last, so that it holds its quotes; entries of
//! several speakers therefore overlap. The story stands first and holds everything: an editor that asks for the
//! entry at a place finds the place's own section, not whoever speaks both before and after it.

use text_size::{TextRange, TextSize};

use super::reason::{count, excerpt, quote_excerpt};
use super::sources::{Said, Source, sources};
use crate::analysis::{Analysis, Paragraph, ParagraphKind};

/// Words of a quote or a paragraph that stand for it.
const EXCERPT: usize = 8;

/// What a symbol stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// Someone who speaks.
    Speaker,
    /// A quote.
    Quote,
    /// A paragraph that is not copy, or the headline.
    Paragraph,
}

/// One entry of the outline. Ranges are source bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called; never empty.
    pub name: String,
    /// A few words more.
    pub detail: Option<String>,
    /// What it stands for.
    pub kind: SymbolKind,
    /// All that belongs to it; holds the ranges of its children.
    pub range: TextRange,
    /// What to select; inside `range`.
    pub selection: TextRange,
    /// The entries below it.
    pub children: Vec<Symbol>,
}

/// The outline of a draft.
pub fn symbols(analysis: &Analysis) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = story(analysis).into_iter().collect();
    symbols.extend(speakers(analysis));
    symbols
}

/// The whole draft under its headline, with its subheads and all paragraphs that are not copy.
fn story(analysis: &Analysis) -> Option<Symbol> {
    let paragraphs = &analysis.paragraphs;
    let whole = analysis
        .prose
        .to_source(paragraphs.first()?.range.cover(paragraphs.last()?.range));
    let headline = paragraphs
        .iter()
        .position(|paragraph| paragraph.kind == ParagraphKind::Headline);
    let selection = &paragraphs[headline.unwrap_or_default()];
    let name = match headline {
        Some(_) => entry_name(analysis, selection),
        None => "Story".to_owned(),
    };
    let copy = paragraphs
        .iter()
        .filter(|paragraph| paragraph.kind == ParagraphKind::Body);
    let words = copy.map(Paragraph::words).sum();
    Some(Symbol {
        name,
        detail: Some(count(words, "word")),
        kind: SymbolKind::Paragraph,
        range: whole,
        selection: inside(analysis.prose.to_source(selection.range), whole),
        children: furniture(analysis, headline, whole),
    })
}

fn furniture(analysis: &Analysis, headline: Option<usize>, whole: TextRange) -> Vec<Symbol> {
    let mut sections: Vec<Symbol> = Vec::new();
    let mut open = false;
    for (index, paragraph) in analysis.paragraphs.iter().enumerate() {
        let range = inside(analysis.prose.to_source(paragraph.range), whole);
        let Some(detail) = kind(paragraph).filter(|_| Some(index) != headline) else {
            // Copy belongs to the subhead above it.
            if let Some(section) = sections.last_mut().filter(|_| open) {
                section.range = section.range.cover(range);
            }
            continue;
        };
        let symbol = Symbol {
            name: entry_name(analysis, paragraph),
            detail: Some(detail.to_owned()),
            kind: SymbolKind::Paragraph,
            range,
            selection: range,
            children: Vec::new(),
        };
        match sections.last_mut() {
            Some(section) if open && paragraph.kind == ParagraphKind::Link => {
                section.range = section.range.cover(range);
                section.children.push(symbol);
            }
            _ => {
                open = paragraph.kind == ParagraphKind::Subhead;
                sections.push(symbol);
            }
        }
    }
    sections
}

/// What a paragraph is that deserves an entry; none for copy and for lists and tables, which are many.
fn kind(paragraph: &Paragraph) -> Option<&'static str> {
    match paragraph.kind {
        ParagraphKind::Body => None,
        ParagraphKind::Headline => Some("headline"),
        ParagraphKind::Subhead => Some("subhead"),
        ParagraphKind::Link => Some("link to another story"),
        ParagraphKind::Credit => Some("credit"),
        ParagraphKind::Residue => Some("web leftover"),
        ParagraphKind::Note => Some("note"),
        ParagraphKind::Dateline => {
            let alone = paragraph.shape == crate::text::Shape::Text;
            alone.then_some("dateline")
        }
    }
}

/// Everyone who is quoted, and the quotes that have no speaker.
fn speakers(analysis: &Analysis) -> Vec<Symbol> {
    let sheet = sources(analysis);
    let speakers = sheet.sources.iter();
    speakers
        .filter_map(|source| speaker(analysis, source))
        .collect()
}

fn speaker(analysis: &Analysis, source: &Source) -> Option<Symbol> {
    let children: Vec<Symbol> = source
        .quotes()
        .filter_map(|quote| entry(analysis, quote))
        .collect();
    let role = match source.entity {
        Some(_) if !source.named => Some("unnamed"),
        _ => source.role.as_deref(),
    };
    let counts = [
        count(children.len(), "quote"),
        count(source.words(), "word"),
    ];
    let detail: Vec<String> = role.map(str::to_owned).into_iter().chain(counts).collect();
    let first = children.first()?.selection;
    let selection = source
        .entity
        .and_then(|id| analysis.mentions_of(id).next())
        .map_or(first, |mention| analysis.prose.to_source(mention.range));
    Some(Symbol {
        name: match source.name.as_str() {
            "" => "Speaker not known".to_owned(),
            name => excerpt(name, EXCERPT),
        },
        detail: Some(detail.join(" · ")),
        kind: SymbolKind::Speaker,
        range: children
            .iter()
            .fold(selection, |range, child| range.cover(child.range)),
        selection,
        children,
    })
}

fn entry(analysis: &Analysis, said: &Said) -> Option<Symbol> {
    let quote = analysis.quotes.get(said.quote?)?;
    let words = count(said.words, "word");
    Some(Symbol {
        name: quote_excerpt(analysis, quote, EXCERPT),
        detail: Some(match said.guessed {
            true => format!("{words}, speaker guessed"),
            false => words,
        }),
        kind: SymbolKind::Quote,
        range: said.range,
        selection: said.range,
        children: Vec::new(),
    })
}

fn entry_name(analysis: &Analysis, paragraph: &Paragraph) -> String {
    let name = excerpt(analysis.text(paragraph.range), EXCERPT);
    match name.is_empty() {
        true => "Paragraph".to_owned(),
        false => name,
    }
}

/// The part of a range inside another. Paragraphs of prose need not stand in the source's order.
fn inside(range: TextRange, whole: TextRange) -> TextRange {
    let clamp = |at: TextSize| at.clamp(whole.start(), whole.end());
    TextRange::new(clamp(range.start()), clamp(range.end()))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{Symbol, symbols};
    use crate::fixture;
    use crate::text::Language;

    fn check(language: Language, draft: &str, expected: Expect) {
        fn draw(symbols: &[Symbol], depth: usize, draft: &str, out: &mut String) {
            for symbol in symbols {
                let detail = symbol.detail.as_deref().unwrap_or_default();
                let first = draft[symbol.range].lines().next().unwrap_or_default();
                let start: String = first.chars().take(10).collect();
                *out += &"  ".repeat(depth);
                *out += &format!("{} [{detail}] {start}\n", symbol.name);
                draw(&symbol.children, depth + 1, draft, out);
            }
        }
        let analysis = fixture::analysis_in(language, draft);
        let mut actual = String::new();
        draw(&symbols(&analysis), 0, draft, &mut actual);
        expected.assert_eq(&actual);
    }

    #[test]
    fn speakers_hold_their_quotes() {
        check(
            Language::Plain,
            "Mayor Ann Meyer spoke. “It is old,” she said.\n\n“Not so,” two engineers said.\n\n“It is,” Meyer said.",
            expect![[r#"
                Story [18 words] Mayor Ann 
                Ann Meyer [Mayor · 2 quotes · 5 words] Ann Meyer 
                  “It is old,” [3 words] “It is old
                  “It is,” [2 words] “It is,”
                two engineers [unnamed · 1 quote · 2 words] “Not so,”
                  “Not so,” [2 words] “Not so,”
            "#]],
        );
    }

    #[test]
    fn quotes_without_a_speaker_are_listed() {
        check(
            Language::Plain,
            "“We looked at every bolt of the deck on Monday, twice.”",
            expect![[r#"
                Story [11 words] “We looked
                Speaker not known [1 quote · 11 words] “We looked
                  “We looked at every bolt of the deck…” [11 words] “We looked
            "#]],
        );
        check(
            Language::Plain,
            "“It is old,” she said.",
            expect![[r#"
            Story [5 words] “It is old
            Speaker not known [1 quote · 3 words] “It is old
              “It is old,” [3 words] “It is old
        "#]],
        );
    }

    #[test]
    fn nobodys_words_are_not() {
        check(
            Language::Plain,
            "They saw the film “Jaws” twice.",
            expect![[r#"
                Story [6 words] They saw t
            "#]],
        );
    }

    #[test]
    fn sections_stand_under_the_headline() {
        check(
            Language::Markdown,
            "# Pier is *shut*\n\nAnn Meyer spoke.\n\n## What now\n\nShe left.\n\nReporting by Tom Reyes\n",
            expect![[r#"
                Pier is shut [5 words] Pier is *s
                  What now [subhead] What now
                  Reporting by Tom Reyes [credit] Reporting 
            "#]],
        );
        check(
            Language::Html,
            "<title>Pier &amp; deck</title><p>😀 Ann <b>Meyer</b> said “no.”</p>",
            expect![[r#"
                Pier & deck [4 words] Pier &amp;
                Ann Meyer [1 quote · 1 word] Ann <b>Mey
                  “no.” [1 word] “no.”
            "#]],
        );
    }

    #[test]
    fn an_empty_draft_has_no_outline() {
        check(Language::Plain, "", expect![]);
        check(Language::Html, "<p> </p>", expect![]);
    }
}
