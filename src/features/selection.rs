//! What a growing selection takes in: the word, the name, what is quoted, the quote, the sentence, the paragraph.

use text_size::{TextRange, TextSize};

use crate::analysis::Analysis;

/// The stretches around a source offset, in source bytes, each inside the next. Empty outside the prose.
pub fn selections(analysis: &Analysis, offset: TextSize) -> Vec<TextRange> {
    let Some(place) = analysis.prose.from_source(offset) else {
        return Vec::new();
    };
    let Some(index) = analysis.paragraph_at(place) else {
        return Vec::new();
    };
    let paragraph = &analysis.paragraphs[index];
    let facts = &paragraph.facts;
    let tokens = facts.tokens.iter().map(|token| paragraph.at(token.range));
    let names = facts.mentions.iter();
    let names = names.flat_map(|name| [name.range, name.full_range()]);
    let quotes = facts.quotes.iter();
    let quotes = quotes.flat_map(|quote| [quote.content, quote.range]);
    let sentences = facts.sentences.iter().map(|sentence| sentence.range);
    let parts = names.chain(quotes).chain(sentences);
    let parts = tokens.chain(parts.map(|range| paragraph.at(range)));
    // "“We won. It was late,” Meyer said.": the sentences into which a quote cuts its own, as one.
    let around = facts.quotes.iter().filter_map(|quote| {
        let whole = paragraph.at(quote.range);
        let first = analysis.sentence(TextRange::empty(whole.start()))?;
        let last = analysis.sentence(TextRange::empty(whole.end()))?;
        Some(first.cover(last))
    });
    let parts = parts.chain(around);
    let first = analysis.paragraphs.first().map(|first| first.range);
    let last = analysis.paragraphs.last().map(|last| last.range);
    let draft = first.zip(last).map(|(first, last)| first.cover(last));
    let mut around: Vec<TextRange> = parts
        .chain([paragraph.range])
        .chain(draft)
        .filter(|range| range.contains_inclusive(place))
        .collect();
    // Of two words that touch, the one behind the cursor.
    around.sort_by_key(|range| (range.len(), std::cmp::Reverse(range.start())));
    let mut chain: Vec<TextRange> = Vec::new();
    for range in around {
        let range = analysis.prose.to_source(range);
        let fits = chain
            .last()
            .is_none_or(|inner| range.contains_range(*inner) && range != *inner);
        if fits {
            chain.push(range);
        }
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::selections;
    use crate::fixture::{analysis_in, cursor};
    use crate::text::Language;

    #[track_caller]
    fn check(language: Language, draft: &str, expected: &[&str]) {
        let (source, offset) = cursor(draft);
        let analysis = analysis_in(language, &source);
        let found: Vec<_> = selections(&analysis, offset)
            .into_iter()
            .map(|range| &source[range])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_selection_grows_from_the_word_to_the_draft() {
        check(
            Language::Plain,
            "It rained.\n\n“We won. It <CURSOR>was late,” Mayor Ann Meyer said. She left.",
            &[
                "was",
                "We won. It was late,",
                "“We won. It was late,”",
                "“We won. It was late,” Mayor Ann Meyer said.",
                "“We won. It was late,” Mayor Ann Meyer said. She left.",
                "It rained.\n\n“We won. It was late,” Mayor Ann Meyer said. She left.",
            ],
        );
        check(
            Language::Plain,
            "Mayor Ann Mey<CURSOR>er left.",
            &[
                "Meyer",
                "Ann Meyer",
                "Mayor Ann Meyer",
                "Mayor Ann Meyer left.",
            ],
        );
    }

    #[test]
    fn markup_is_taken_with_the_words_it_stands_between() {
        check(
            Language::Markdown,
            "# Rain\n\nAnn **Mey<CURSOR>er** left.",
            &[
                "Meyer",
                "Ann **Meyer",
                "Ann **Meyer** left.",
                "Rain\n\nAnn **Meyer** left.",
            ],
        );
    }

    #[test]
    fn an_empty_draft_has_nothing_to_select() {
        check(Language::Plain, "<CURSOR>", &[]);
    }
}
