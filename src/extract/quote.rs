//! Quotes by their marks.

mod kind;
mod mark;
mod pair;

use text_size::{TextRange, TextSize};

use super::token::{Token, TokenKind};
use kind::Inside;
use pair::Span;

/// The family of marks around a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marks {
    /// “ ”
    CurlyDouble,
    /// ‘ ’
    CurlySingle,
    /// " "
    StraightDouble,
    /// ' '
    StraightSingle,
    /// « » and ‹ ›
    Guillemets,
    /// „ “ and „ ”
    LowHigh,
    /// `` ''
    Doubled,
}

/// What a quote is, as far as its words and its paragraph tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// Starts with a capital and ends with , . ? ! … or — before the closing mark, or has six words and a finite verb.
    Full,
    /// Three words or more, not full.
    Partial,
    /// One or two words.
    Fragment,
    /// The name of a work.
    Title,
    /// A quote inside a quote.
    Nested,
}

/// A quoted span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Bytes in the paragraph, marks included.
    pub range: TextRange,
    /// What stands between the marks.
    pub content: TextRange,
    /// The family of its marks.
    pub marks: Marks,
    /// What it is.
    pub kind: QuoteKind,
    /// Its opening mark stands in this paragraph.
    pub opens: bool,
    /// Its closing mark stands in this paragraph.
    pub closes: bool,
    /// Index of the quote around it.
    pub parent: Option<usize>,
    /// Words inside the marks.
    pub words: usize,
    /// Two words or more are capitalised and only those that a title leaves small are not.
    pub in_capitals: bool,
    /// False where the marks may as well be apostrophes; only the draft can decide then.
    pub certain: bool,
}

/// Finds the quotes of one paragraph, in order of their opening marks.
///
/// Where a mark is missing, the quote reaches as far as it can be told: to the paragraph's end or the next fresh quote
/// where the closing one is missing, from the paragraph's start or the sentence's where the opening one is.
pub fn quotes(text: &str, tokens: &[Token]) -> Vec<Quote> {
    let spans = pair::spans(text, tokens);
    if spans.is_empty() {
        return Vec::new();
    }
    let words = words_before(tokens);
    let mut quotes: Vec<Quote> = Vec::with_capacity(spans.len());
    let mut around: Vec<usize> = Vec::new();
    let mut last_outer = None;
    for span in spans {
        let index = |at: usize| tokens.partition_point(|t| usize::from(t.range.start()) < at);
        let (from, until) = (index(span.content.0), index(span.content.1));
        let count = words.get(until).unwrap_or(&0) - words.get(from).unwrap_or(&0);
        let range = range(span.start, span.end);
        let hollow = from == until || count == 0 && !(span.opens && span.closes);
        if hollow {
            continue;
        }
        while around
            .last()
            .is_some_and(|&i| quotes[i].range.end() < range.end())
        {
            around.pop();
        }
        let parent = around.last().copied();
        let inside = Inside {
            text,
            tokens,
            first: index(span.start),
            from,
            until,
            next: index(span.end),
            words: count,
            opens: span.opens,
            closes: span.closes,
            after_title: follows_title(text, last_outer.and_then(|i: usize| quotes.get(i)), &span),
        };
        let kind = match parent {
            Some(_) => QuoteKind::Nested,
            None => inside.kind(),
        };
        if parent.is_none() {
            last_outer = Some(quotes.len());
        }
        around.push(quotes.len());
        quotes.push(Quote {
            range,
            content: self::range(span.content.0, span.content.1),
            marks: span.marks,
            kind,
            opens: span.opens,
            closes: span.closes,
            parent,
            words: count,
            in_capitals: inside.capitals().is_some_and(|capitals| capitals > 1),
            certain: span.certain,
        });
    }
    quotes
}

/// How many words stand before each token.
fn words_before(tokens: &[Token]) -> Vec<usize> {
    let mut count = 0;
    let mut before = Vec::with_capacity(tokens.len() + 1);
    before.push(0);
    for token in tokens {
        count += usize::from(matches!(token.kind, TokenKind::Word | TokenKind::Number));
        before.push(count);
    }
    before
}

/// "the films “Jaws” and “Duel”": the second is a title as well.
fn follows_title(text: &str, last: Option<&Quote>, span: &Span) -> bool {
    let Some(last) = last.filter(|q| q.kind == QuoteKind::Title) else {
        return false;
    };
    text.get(usize::from(last.range.end())..span.start)
        .is_some_and(|between| matches!(between.trim(), "," | "and" | ", and" | "or" | "&" | ""))
}

fn range(start: usize, end: usize) -> TextRange {
    let size = |offset: usize| TextSize::new(u32::try_from(offset).unwrap_or(u32::MAX));
    TextRange::new(size(start), size(end))
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn read(text: &str) -> Vec<Quote> {
        quotes(text, &tokens(text))
    }

    /// Quotes as "kind: text", nested ones behind the one around them.
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = read(text)
            .iter()
            .map(|q| {
                let kind = format!("{:?}", q.kind).to_lowercase();
                let open = if q.opens { "" } else { "<" };
                let close = if q.closes { "" } else { ">" };
                let doubt = if q.certain { "" } else { "?" };
                format!("{kind}{open}{close}{doubt}: {}", &text[q.range])
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn kinds() {
        check("“We go,” he said.", &["full: “We go,”"]);
        check("“Nonsense,” he said.", &["full: “Nonsense,”"]);
        check("“We go — ” he said.", &["full: “We go — ”"]);
        check("20 said: “20 people died.”", &["full: “20 people died.”"]);
        check(
            "It is “we will not go to the border again” for her.",
            &["full: “we will not go to the border again”"],
        );
        check(
            "He is “confident that the plan still stands firm.”",
            &["partial: “confident that the plan still stands firm.”"],
        );
        check(
            "on “US occupying forces”.",
            &["partial: “US occupying forces”"],
        );
        check(
            "It is “decreasing every day.”",
            &["partial: “decreasing every day.”"],
        );
        check(
            "the “people killed in the attack on the town”",
            &["partial: “people killed in the attack on the town”"],
        );
        check(
            "a “very significant” step, “hundreds” of them",
            &["fragment: “very significant”", "fragment: “hundreds”"],
        );
        check("Jim “Red” Roe", &["fragment: “Red”"]);
        check(
            "a “chance to have a say in all this”",
            &["partial: “chance to have a say in all this”"],
        );
        check(
            "“people have died in the north again” there",
            &["full: “people have died in the north again”"],
        );
        check(
            "he “had to look at it… It just makes no sense.”",
            &["full: “had to look at it… It just makes no sense.”"],
        );
        check("“We go and never", &["full>: “We go and never"]);
    }

    #[test]
    fn titles_need_a_work() {
        check(
            "the film “Jaws” and “Duel”",
            &["title: “Jaws”", "title: “Duel”"],
        );
        check(
            "her 2019 memoir, “A Life in the Sun,” sold",
            &["title: “A Life in the Sun,”"],
        );
        check(
            "an article headlined “Why We Fight”",
            &["title: “Why We Fight”"],
        );
        check("a song by Roe called “The River”", &["title: “The River”"]);
        check("“Hamilton” star Jane Roe", &["title: “Hamilton”"]);
        check(
            "He read the book. “Nonsense,” he said.",
            &["full: “Nonsense,”"],
        );
        check(
            "He hated the book, “Nonsense,” he said.",
            &["full: “Nonsense,”"],
        );
        check("the film “is great fun”", &["partial: “is great fun”"]);
        check("the “Great Leader” of them", &["fragment: “Great Leader”"]);
        check("a man called “The Rock”", &["fragment: “The Rock”"]);
    }

    #[test]
    fn every_family_of_marks() {
        let cases = [
            ("\"We go,\" he", Marks::StraightDouble),
            ("'We go,' he", Marks::StraightSingle),
            ("‘We go,’ he", Marks::CurlySingle),
            ("«We go,» he", Marks::Guillemets),
            ("« We go, » he", Marks::Guillemets),
            ("»We go,« he", Marks::Guillemets),
            ("‹We go,› he", Marks::Guillemets),
            ("„We go,“ he", Marks::LowHigh),
            ("„We go,” he", Marks::LowHigh),
            ("``We go,'' he", Marks::Doubled),
            ("''We go,'' he", Marks::Doubled),
            ("”We go,” he", Marks::CurlyDouble),
            ("“We go,“ he", Marks::CurlyDouble),
            ("“We go,\" he", Marks::CurlyDouble),
            ("\"We go,” he", Marks::StraightDouble),
            ("‘We go,” he", Marks::CurlySingle),
            ("“We go,’ he", Marks::CurlyDouble),
            ("‚We go,‘ he", Marks::LowHigh),
            ("«\u{A0}We go,\u{A0}» he", Marks::Guillemets),
        ];
        for (text, marks) in cases {
            let found = read(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].marks, marks, "{text}");
            assert_eq!(&text[found[0].content], "We go,", "{text}");
            assert!(found[0].opens && found[0].closes, "{text}");
        }
    }

    #[test]
    fn quotes_in_quotes() {
        check(
            "“He said ‘no’ to me,” she said.",
            &["full: “He said ‘no’ to me,”", "nested: ‘no’"],
        );
        check(
            "“He told me, ‘Go now,’” she said.",
            &["full: “He told me, ‘Go now,’”", "nested: ‘Go now,’"],
        );
        check(
            "“He told me, “Go now,”” she said.",
            &["full: “He told me, “Go now,””", "nested: “Go now,”"],
        );
        check(
            "\"He told me 'no'\" she said.",
            &["partial: \"He told me 'no'\"", "nested: 'no'"],
        );
        check(
            "‘He said “no” to me,’ she said.",
            &["full: ‘He said “no” to me,’", "nested: “no”"],
        );
        check(
            "'He said \"no,\"' she said.",
            &["full: 'He said \"no,\"'", "nested: \"no,\""],
        );
        check(
            "«Il dit „non“ à tous» hier",
            &["partial: «Il dit „non“ à tous»", "nested: „non“"],
        );
        check(
            "„Er sagte ‚nein‘ dazu.“ Ende",
            &["full: „Er sagte ‚nein‘ dazu.“", "nested: ‚nein‘"],
        );
        let found = read("“a ‘b “c” d’ e” f");
        assert_eq!(
            found.iter().map(|q| q.parent).collect::<Vec<_>>(),
            [None, Some(0), Some(1)]
        );
        // A running quote keeps the quotes inside it.
        check(
            "“He said ‘no’ and left.",
            &["full>: “He said ‘no’ and left.", "nested: ‘no’"],
        );
    }

    #[test]
    fn apostrophes_and_measures_are_no_quotes() {
        let none = [
            "Iran's plan, the officials' plan and the workers’ plan",
            "rock ’n’ roll for ’em in the ’90s",
            "rock 'n' roll in the '90s",
            "'Tis so and 'twas so",
            "He is 5'10\" and she 5’4”",
            "a 6\" pipe and a 12\" pipe",
            "5' tall by 3' wide",
            "it 's so and do n't",
            "He ate the boys’. The girls’, too.",
            "goin' home, singin’ all day",
            "",
            " ",
            "’",
            "\"",
            "“”",
            "'''",
            "it’s ‘",
            "a ‘b",
            "” “",
        ];
        for text in none {
            check(text, &[]);
        }
        check(
            "\"The 6\" pipe broke,\" he said.",
            &["full: \"The 6\" pipe broke,\""],
        );
        check(
            "He said \"I am 20\" and \"no\".",
            &["partial: \"I am 20\"", "fragment: \"no\""],
        );
        check(
            "\"I’m 5'10\" tall,\" he said.",
            &["full: \"I’m 5'10\" tall,\""],
        );
        check(
            "‘The officials’ plan is bad,’ he said.",
            &["full: ‘The officials’ plan is bad,’"],
        );
        check(
            "'The officials' plan is bad,' he said.",
            &["full: 'The officials' plan is bad,'"],
        );
        check("the 'boys' club", &["fragment?: 'boys'"]);
    }

    #[test]
    fn a_missing_mark_costs_one_quote() {
        check(
            "“We go, he said. “We stay,” she said. “We win.”",
            &[
                "full>: “We go, he said.",
                "full: “We stay,”",
                "full: “We win.”",
            ],
        );
        check(
            "\"We go, he said. \"We stay,\" she said. \"We win.\"",
            &[
                "full>: \"We go, he said.",
                "full: \"We stay,\"",
                "full: \"We win.\"",
            ],
        );
        check(
            "“We go,” he said. We stay,” she said. “We win.”",
            &["full: “We go,”", "full<: We stay,”", "full: “We win.”"],
        );
        check(
            "\"We go,\" he said. We stay,\" she said. \"We win.\"",
            &["full: \"We go,\"", "full<: We stay,\"", "full: \"We win.\""],
        );
        check("We stay. We win,” she said.", &["full<: We stay. We win,”"]);
        check(
            "“We go, he said, calling it a “disaster” for all.",
            &[
                "full>: “We go, he said, calling it a",
                "fragment: “disaster”",
            ],
        );
        check("““We go,” he said.", &["full: “We go,”"]);
        check("He said,\" We go now\".", &["partial: \" We go now\""]);
        check(
            "said,\"We go,\"he left \"early\" .",
            &["full: \"We go,\"", "fragment: \"early\""],
        );
        check("\"We go, \" he said.", &["full: \"We go, \""]);
        check(
            "\"We go, he said. “Oh,” she said.",
            &["full>: \"We go, he said.", "full: “Oh,”"],
        );
        check("‘We go. It is over.", &["full>?: ‘We go. It is over."]);
        check("He said ‘til then, “We go.”", &["full: “We go.”"]);
    }

    #[test]
    fn a_long_run_of_marks_is_read_once() {
        for unit in ["“", "\"", "a’ ", " 'a", "“a ‘b "] {
            let text = unit.repeat(200_000 / unit.len());
            let _ = read(&text);
        }
    }

    #[test]
    fn doubled_single_marks() {
        check("‘‘We go,’’ he said.", &["full: ‘‘We go,’’"]);
        check(
            "‘He said ‘no.’’",
            &["full: ‘He said ‘no.’’", "nested: ‘no.’"],
        );
        check(
            "'He said 'no.''",
            &["full: 'He said 'no.''", "nested: 'no.'"],
        );
    }

    #[test]
    fn quotes_never_cross() {
        check("«a “b c» d", &["partial: «a “b c»", "nested>: “b c"]);
        check(
            "He met ‘them,’ the way it goes,” he said.",
            &["full<: He met ‘them,’ the way it goes,”", "nested: ‘them,’"],
        );
        check(
            "‘It. Is,’ it goes” he said.",
            &["full: ‘It. Is,’", "fragment<: it goes”"],
        );
    }

    proptest::proptest! {
        #[test]
        fn any_marks_give_a_tree(text in "([“”\"‘’'«»„a-cA. ,]|s' |, |``|''|5){0,40}") {
            let found = read(&text);
            for (index, quote) in found.iter().enumerate() {
                proptest::prop_assert!(quote.range.contains_range(quote.content));
                for earlier in &found[..index] {
                    let apart = earlier.range.end() <= quote.range.start();
                    proptest::prop_assert!(apart || earlier.range.contains_range(quote.range));
                }
                let parent = found[..index].iter().rposition(|q| q.range.contains_range(quote.range));
                proptest::prop_assert_eq!(quote.parent, parent);
                proptest::prop_assert_eq!(quote.kind == QuoteKind::Nested, parent.is_some());
            }
        }
    }

    #[test]
    fn hostile_text_gives_ordered_nested_ranges() {
        let units = [
            "“",
            "”",
            "\"",
            "‘",
            "’",
            "'",
            "a' ",
            " 'a",
            "“a",
            "a”",
            "«",
            "»",
            "“a ‘b ",
            "''",
            "``",
            "„a",
            "a\"",
            "5\" ",
            "s’ ",
            "“a. ",
            "a.” ",
        ];
        for unit in units {
            let text = unit.repeat(20_000 / unit.len());
            let found = read(&text);
            for (index, quote) in found.iter().enumerate() {
                assert!(quote.range.contains_range(quote.content), "{unit}");
                assert!(
                    index == 0 || found[index - 1].range.start() <= quote.range.start(),
                    "{unit}"
                );
                if let Some(parent) = quote.parent {
                    assert!(found[parent].range.contains_range(quote.range), "{unit}");
                }
            }
        }
    }
}
