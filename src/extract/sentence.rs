//! Sentence borders.

mod border;

use std::ops::Range;

use text_size::TextRange;

use super::quote::Quote;
use super::token::Token;
use border::Borders;

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes in the paragraph, without white space at the ends.
    pub range: TextRange,
    /// Its tokens, as indices into the paragraph's tokens.
    pub tokens: Range<usize>,
}

/// Splits a paragraph into sentences. A full stop inside a quote ends a sentence only where the text goes on with a
/// new one: “It is over.” he said … stays one sentence. Together the sentences cover all tokens.
pub fn sentences(text: &str, tokens: &[Token], quotes: &[Quote]) -> Vec<Sentence> {
    let borders = Borders::new(text, tokens, quotes);
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut index = 0;
    while index < tokens.len() {
        let Some((next, ends)) = borders.after(start, index) else {
            index += 1;
            continue;
        };
        if ends {
            sentences.extend(sentence(tokens, start..next));
            start = next;
        }
        index = next;
    }
    sentences.extend(sentence(tokens, start..tokens.len()));
    sentences
}

fn sentence(tokens: &[Token], range: Range<usize>) -> Option<Sentence> {
    let inside = tokens.get(range.clone())?;
    let (first, last) = (inside.first()?, inside.last()?);
    Some(Sentence {
        range: TextRange::new(first.range.start(), last.range.end()),
        tokens: range,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{quote, token};
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let tokens = token::tokens(text);
        let quotes = quote::quotes(text, &tokens);
        let found = sentences(text, &tokens, &quotes);
        let mut next = 0;
        for sentence in &found {
            assert_eq!(sentence.tokens.start, next, "{text}");
            next = sentence.tokens.end;
        }
        assert_eq!(next, tokens.len(), "{text}");
        found.iter().map(|s| &text[s.range]).collect()
    }

    /// Sentences divided by " | ".
    fn check(expected: &str) {
        let text = expected.replace(" | ", " ");
        assert_eq!(split(&text).join(" | "), expected);
    }

    #[test]
    fn plain_borders() {
        check("He left. | She stayed! | Why? | No.");
        check("It cost 5.5 million. | 20 people came. | $5 was left.");
        check("He left (at noon). | She stayed. | (It rained.) | They ate.");
        check("It is so. [3] | He left.");
        check("Really?! | He left.");
        assert_eq!(split("今日は。明日も。"), ["今日は。", "明日も。"]);
        assert_eq!(
            split("One\ntwo. Three\nfour."),
            ["One\ntwo.", "Three\nfour."]
        );
        assert!(split("").is_empty() && split(" \n").is_empty());
    }

    #[test]
    fn abbreviations_are_no_borders() {
        for text in [
            "Mr. Smith and Gen. J. R. Roe met Sen. Bob Day of St. Paul.",
            "U.S. Officials met U.S. President Roe.",
            "See No. 5 and pp. 3-4 (c. 1820).",
            "At 5 p.m. Monday and 7 a.m. EST they met on Jan. 5 and Thurs. Feb. 6.",
            "Roe Inc. Chairman Jane Roe, i.e. Roe v. Wade vs. Day.",
            "George W. Bush, [George W.] Bush and A. B. C. Roe left.",
            "He told CNN. last week that it rained.",
            "The film Yahoo! was made.",
            "The site eBay.com and http://a.b/c? work.",
            "Dr. Roe, Ph.D. of Paris, left.",
            "1. First item",
            "A. First item",
            "He waited … We know why.",
        ] {
            assert_eq!(split(text), [text]);
        }
    }

    #[test]
    fn abbreviations_can_end_a_sentence() {
        check("He lives in the U.S. | The law is new.");
        check("They met at 5 p.m. | Roe was late.");
        check("He works for Roe Inc. | But she left.");
        check("It was made by Roe Jr.. | Day left.");
        check("Is it in the U.S.? | Day left.");
        check("He sold fruit, nuts, etc. | Day left.");
        check("It was World War I. | The army left.");
        check("He said no. | Day left.");
        check("I waited... | The rain fell.");
    }

    #[test]
    fn quotes_stay_with_their_speakers() {
        for text in [
            "“It is over.” he said.",
            "“It is over,” he said.",
            "“Is it over?” she asked.",
            "\"Is it over?\" she asked.",
            "“Stop!” Smith said.",
            "“Stop!” Jane B. Smith shouted.",
            "“Is it over?” Jane Roe asked Monday.",
            "“It is over!” Jane Roe’s niece, Ann Fell (D-Hale), shouted to the crowd.",
            "‘Is it over?’ Roe asked.",
            "“We go.” — Jane Roe",
        ] {
            assert_eq!(split(text), [text]);
        }
    }

    #[test]
    fn quotes_can_end_a_sentence() {
        check("“It is over.” | The crowd left.");
        check("\"It is over.\" | The crowd left.");
        check("He said: “It is over.” | “We win,” she said.");
        check("“We go. | We win,” she said. | “We stay.”");
        check("“Is it over?” | The crowd left.");
        check("“Is it over?” | Roe said that it was.");
        check("He called it “a mess”. | Roe left.");
        check("He said “no.” | Roe left.");
        check("“He said ‘no.’” | Roe left.");
    }
}
