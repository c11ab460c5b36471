//! Names that only the newsroom's own lists know: "zyrtec labs", which no finder takes for a name.

use text_size::{TextRange, TextSize};

use super::super::paragraph::{Paragraph, ParagraphKind};
use super::labels::label;
use super::{Label, Named, Quoted};
use crate::extract::{Case, Token, TokenKind};
use crate::knowledge::Knowledge;
use crate::lexicon::{Class, Lexicon, Traits};

/// Adds the listed names of a draft to `named`, which stays in reading order, and widens those that were cut short. What
/// is an ordinary word counts only where it is not written as one.
pub(super) fn find<'t>(
    text: &'t str,
    paragraphs: &[Paragraph],
    named: &mut Vec<Named<'t>>,
    knowledge: &Knowledge,
) {
    if !knowledge.has_listed() {
        return;
    }
    let mut added: Vec<Named> = Vec::new();
    let mut next = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let mut quoted = Quoted::new(&paragraph.facts.quotes);
        let tokens = &paragraph.facts.tokens;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let found = Reading { text, paragraph }.name(at, knowledge);
            let inside = quoted.covers(token.range.start());
            at += 1;
            let Some((end, range, label)) = found else {
                continue;
            };
            while named
                .get(next)
                .is_some_and(|mention| mention.range.end() <= range.start())
            {
                next += 1;
            }
            let (start, stop) = (usize::from(range.start()), usize::from(range.end()));
            let name = text.get(start..stop).unwrap_or_default();
            let before = text.get(..start).unwrap_or_default();
            let mut there = named[next..]
                .iter_mut()
                .take_while(|mention| mention.range.start() < range.end());
            match there.next() {
                // What the finder took for part of the name.
                Some(part) if range.contains_range(part.range) => {
                    part.title = part.title.filter(|title| title.end() <= range.start());
                    part.range = range;
                    part.text = name;
                    there.for_each(|other| other.score = 0.0);
                }
                // The name of something else, as "Zyrtec Labs Stadium".
                Some(other) if other.score > 0.0 => continue,
                _ => added.push(Named {
                    id: usize::MAX,
                    paragraph: index,
                    fact: None,
                    range,
                    title: None,
                    text: name,
                    titles: "",
                    label,
                    score: 0.0,
                    labels: [0.0; 4],
                    quoted: inside,
                    bracketed: before.ends_with(['(', '[']),
                    after_the: (before.as_bytes().last_chunk::<4>())
                        .is_some_and(|word| word.eq_ignore_ascii_case(b"the ")),
                }),
            }
            at = end;
        }
    }
    named.extend(added);
    named.sort_by_key(|mention| (mention.range.start(), mention.range.end()));
}

/// A paragraph as names are looked for in it.
#[derive(Clone, Copy)]
struct Reading<'r> {
    text: &'r str,
    paragraph: &'r Paragraph,
}

impl<'r> Reading<'r> {
    /// The longest listed name that starts at a token: the token behind it, its place, and what it is.
    fn name(self, start: usize, knowledge: &Knowledge) -> Option<(usize, TextRange, Label)> {
        let tokens = &self.paragraph.facts.tokens;
        let first = tokens.get(start)?;
        if !matches!(first.kind, TokenKind::Word | TokenKind::Number) {
            return None;
        }
        let from = self.paragraph.at(first.range).start();
        let rest = (self.text).get(usize::from(from)..usize::from(self.paragraph.range.end()))?;
        knowledge.listed_at(rest).find_map(|length| {
            let length = TextSize::try_from(length).ok()?;
            let end = first.range.start() + length;
            let count = tokens[start..].partition_point(|token| token.range.start() < end);
            let words = &tokens[start..start + count];
            let last = words.last()?;
            let whole = last.stem.end() == end || last.range.end() == end;
            let range = TextRange::at(from, length);
            let found = whole.then(|| knowledge.find_own(self.slice(range)))?;
            let label = label(&found)?;
            let is_name = !self.is_ordinary(start, words, label);
            is_name.then_some((start + count, range, label))
        })
    }

    /// Whether all words of a name are ordinary ones and written so.
    fn is_ordinary(self, start: usize, words: &[Token], label: Label) -> bool {
        let bare = |token: &Token| self.slice(self.paragraph.at(token.stem));
        let is_plain = |token: &Token| {
            let lexicon = Lexicon::get();
            let traits = lexicon.names.word(bare(token)).traits(false);
            let class = lexicon.grammar.class(&bare(token).to_lowercase());
            class != Class::Other
                || traits.any(Traits::WORD.or(Traits::COMMON).or(Traits::FUNCTION))
        };
        if let [word] = words {
            let plain = is_plain(word);
            let class = Lexicon::get().grammar.class(&bare(word).to_lowercase());
            // "May", "Will", "Brown": the finder tells people and days from words.
            if plain && (label == Label::Person || class == Class::Time) {
                return true;
            }
        }
        let capitals = self.is_in_capitals();
        words.iter().enumerate().all(|(at, token)| {
            let as_a_word = match token.case {
                Case::None | Case::Lower => true,
                Case::Capital => capitals || self.starts(start + at),
                Case::Upper | Case::Mixed => capitals,
            };
            as_a_word && is_plain(token)
        })
    }

    /// The word is capitalised for standing first.
    fn starts(self, at: usize) -> bool {
        let facts = &self.paragraph.facts;
        let sentences = &facts.sentences;
        let next = sentences.partition_point(|sentence| sentence.tokens.start < at);
        let before = at
            .checked_sub(1)
            .and_then(|before| facts.tokens.get(before));
        sentences
            .get(next)
            .is_some_and(|sentence| sentence.tokens.start == at)
            || before.is_none_or(|token| {
                let mark = self.slice(self.paragraph.at(token.range));
                matches!(mark, "“" | "\"" | "‘" | "'" | ":" | "•")
            })
    }

    /// In a title all words may have capitals.
    fn is_in_capitals(self) -> bool {
        !matches!(
            self.paragraph.kind,
            ParagraphKind::Body | ParagraphKind::Dateline
        )
    }

    fn slice(self, range: TextRange) -> &'r str {
        let range = usize::from(range.start())..usize::from(range.end());
        self.text.get(range).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Memo, analyze};
    use crate::fixture::desk;
    use crate::settings::Settings;
    use crate::text::Language;

    const LIST: &str = r#"
        [[organisation]]
        name = "zyrtec labs"
        aliases = ["zyrtec"]
        never = ["zyrtek labs"]
        [[organisation]]
        name = "gap"
        aliases = ["Gap", "Time Out", "the trust", "Friends of the pier in Wexmouth"]
        [[person]]
        name = "May"
        aliases = ["ruth øst"]
        [[outlet]]
        name = "émile works"
        [[office]]
        name = "harbour master"
        [[party]]
        name = "quux"
        [[place]]
        name = "quux"
    "#;

    /// Compares the names that the list brings to a draft: those that it has with it and not without.
    #[track_caller]
    fn check(draft: &str, expected: &[&str]) {
        let names = |knowledge| {
            let settings = Settings::default();
            let memo = &mut Memo::default();
            let analysis = analyze(draft, Language::Plain, &settings, &knowledge, memo);
            let mentions = analysis.mentions.iter();
            let named = mentions.filter(|mention| analysis.entity(mention.entity).named);
            let texts = named.map(|mention| analysis.text(mention.range).to_owned());
            texts.collect::<Vec<_>>()
        };
        let without = names(crate::knowledge::Knowledge::default());
        let mut found = names(desk(LIST));
        found.retain(|name| !without.contains(name));
        assert_eq!(found, expected, "{draft}");
    }

    #[test]
    fn what_no_finder_takes_for_a_name_is_found() {
        check("He left zyrtec labs on Monday.", &["zyrtec labs"]);
        check("“It is zyrtec’s fault,” he said.", &["zyrtec"]);
        check("He left zyrtek labs.", &["zyrtek labs"]);
        check(
            "He wrote to emile works and émile works.",
            &["emile works", "émile works"],
        );
        check("He left the Gap on Monday.", &["Gap"]);
        check("They wrote in Time Out last week.", &["Time Out"]);
    }

    #[test]
    fn the_whole_name_is_taken_where_the_finder_saw_a_part() {
        check(
            "They met the Friends of the pier in Wexmouth on Monday.",
            &["Friends of the pier in Wexmouth"],
        );
    }

    #[test]
    fn ordinary_words_and_other_words_are_left_alone() {
        for draft in [
            "The gap is wide.",
            "Gap after gap was found.",
            "“Gap,” he said.",
            "They want time out and the trust of others.",
            "Time out for the trust is over in May.",
            "The zyrtecs and prezyrtec and ZYRTEC are others.",
            "The harbour master met the quux.",
            "Wexmouth Gap Year Students Return Home\n\nThe pier is closed.",
        ] {
            check(draft, &[]);
        }
    }
}
