//! A paragraph under a rule's eyes: its tokens as words, and which of them stand inside quotes.

use std::ops::Range;

use text_size::{TextRange, TextSize};

use super::{Context, Edit};
use crate::analysis::{Analysis, Paragraph};
use crate::extract::{ParagraphFacts, Quote, Sentence, Token, TokenKind};
use crate::lexicon::{Class, Form, Frames, Grade, Lexicon};

/// One paragraph with its text. Ranges are bytes of the paragraph unless said otherwise.
#[derive(Clone, Copy)]
pub(super) struct Copy<'a> {
    /// The text of the paragraph.
    pub text: &'a str,
    /// Its facts.
    pub facts: &'a ParagraphFacts,
    paragraph: &'a Paragraph,
    /// The outermost quotes, in reading order.
    quoted: &'a [TextRange],
}

impl<'a> Copy<'a> {
    pub(super) fn new(context: &Context<'a>, paragraph: &'a Paragraph) -> Copy<'a> {
        Copy::of(context.analysis, paragraph)
    }

    /// The same without a rule.
    pub(super) fn of(analysis: &'a Analysis, paragraph: &'a Paragraph) -> Copy<'a> {
        Copy {
            text: analysis.text(paragraph.range),
            facts: &paragraph.facts,
            paragraph,
            quoted: paragraph.quoted(),
        }
    }

    /// A range in prose bytes of the draft.
    pub(super) fn at(&self, range: TextRange) -> TextRange {
        self.paragraph.at(range)
    }

    /// Where the paragraph starts, in prose bytes of the draft.
    pub(super) fn start(&self) -> TextSize {
        self.paragraph.range.start()
    }

    /// A token, if there are so many.
    pub(super) fn token(&self, index: usize) -> Option<&'a Token> {
        self.facts.tokens.get(index)
    }

    /// The text of a token; empty where there is none.
    pub(super) fn word(&self, index: usize) -> &'a str {
        self.token(index)
            .map_or("", |token| &self.text[token.range])
    }

    /// The kind of a token.
    pub(super) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.token(index).map(|token| token.kind)
    }

    /// The first token that starts at an offset or after it.
    pub(super) fn token_from(&self, offset: TextSize) -> usize {
        self.facts
            .tokens
            .partition_point(|token| token.range.start() < offset)
    }

    /// The sentence at an offset.
    pub(super) fn sentence(&self, offset: TextSize) -> Option<&'a Sentence> {
        let sentences = &self.facts.sentences;
        let at = sentences.partition_point(|sentence| sentence.range.end() <= offset);
        sentences.get(at)
    }

    /// The words of the story itself in a span of tokens, with their indices.
    pub(super) fn own_words(&self, tokens: Range<usize>) -> impl Iterator<Item = (usize, &'a str)> {
        tokens
            .filter(|&index| self.kind(index) == Some(TokenKind::Word))
            .filter(|&index| {
                self.token(index)
                    .is_some_and(|token| !self.is_quoted(token.range.start()))
            })
            .map(|index| (index, self.word(index)))
    }

    /// Whether an own word of a sentence is one of a list, in lower case.
    pub(super) fn has_word(&self, sentence: &Sentence, list: &[&str]) -> bool {
        self.own_words(sentence.tokens.clone())
            .any(|(_, word)| list.iter().any(|listed| listed.eq_ignore_ascii_case(word)))
    }

    /// Puts words at the end of a sentence of the story's own, before its full stop. None where a quote ends it.
    pub(super) fn append(&self, sentence: &Sentence, words: &str) -> Option<Edit> {
        let stop = self.token(sentence.tokens.end.checked_sub(1)?)?.range;
        let fits = &self.text[stop] == "." && !self.is_quoted(stop.start());
        let before = self.text[..usize::from(stop.start())].ends_with(char::is_alphanumeric);
        (fits && before).then(|| Edit {
            range: self.at(TextRange::empty(stop.start())),
            text: words.to_owned(),
        })
    }

    /// Takes words out, with the space before them, or behind them at the start of the paragraph.
    pub(super) fn cut(&self, range: TextRange) -> Edit {
        let before = &self.text[..usize::from(range.start())];
        let space = TextSize::of(&before[before.trim_end().len()..]);
        let start = range.start() - space;
        let after = &self.text[usize::from(range.end())..];
        let end = match start == TextSize::new(0) {
            true => range.end() + TextSize::of(&after[..after.len() - after.trim_start().len()]),
            false => range.end(),
        };
        Edit {
            range: self.at(TextRange::new(start, end)),
            text: String::new(),
        }
    }

    /// Whether an offset stands inside a quote or its marks.
    pub(super) fn is_quoted(&self, offset: TextSize) -> bool {
        let next = self.quoted.partition_point(|quote| quote.end() <= offset);
        self.quoted
            .get(next)
            .is_some_and(|quote| quote.start() <= offset)
    }

    /// The words of a speaker inside an open quote, as in "We will go ahead, Meyer said".
    pub(super) fn speaker_inside(&self, quote: &Quote) -> Option<SpeakerInside> {
        let first = self.token_from(quote.content.start());
        let last = self.token_from(quote.content.end());
        (first..last)
            .filter(|&index| matches!(self.word(index), "," | "?" | "!"))
            .find_map(|index| {
                Some(SpeakerInside {
                    start: self.token(index)?.range.end(),
                    sure: self.is_tag(index + 1, last)?,
                })
            })
    }

    /// Whether a verb of saying with a subject of at most four words is surely a tag; none where there is no such verb.
    fn is_tag(&self, from: usize, end: usize) -> Option<bool> {
        const LONGEST_SUBJECT: usize = 4;
        let is_subject = |index: usize| {
            let word = self.word(index);
            word.starts_with(char::is_uppercase) || matches!(word, "he" | "she" | "they" | "the")
        };
        if is_verb_of_saying(self.word(from)) {
            return is_subject(from + 1).then_some(true);
        }
        if !is_subject(from) {
            return None;
        }
        (from + 1..end.min(from + 1 + LONGEST_SUBJECT))
            .take_while(|&index| self.kind(index) == Some(TokenKind::Word))
            .find(|&index| is_verb_of_saying(self.word(index)))
            .map(|verb| self.ends_clause(verb + 1))
    }

    /// Whether a verb before this token has no object: a mark, a place or a time follows.
    fn ends_clause(&self, index: usize) -> bool {
        let class = Lexicon::get()
            .grammar
            .class(&self.word(index).to_lowercase());
        self.kind(index) != Some(TokenKind::Word)
            || matches!(
                class,
                Class::Preposition | Class::Time | Class::Adverb | Class::Subordinator
            )
    }

    /// Whether nothing but white space stands outside a range.
    pub(super) fn is_all(&self, range: TextRange) -> bool {
        self.text[..usize::from(range.start())].trim().is_empty()
            && self.text[usize::from(range.end())..].trim().is_empty()
    }
}

fn is_verb_of_saying(word: &str) -> bool {
    let cues = &Lexicon::get().cues;
    cues.starting_with(word).iter().any(|pattern| {
        let entry = &cues.entries[pattern.entry];
        pattern.words.len() == 1
            && matches!(pattern.form, Form::Past | Form::Third)
            && entry.grade != Grade::Nonspeech
            && entry.frames.takes(Frames::QUOTE)
    })
}

/// The words of a speaker inside a quote that is not closed.
#[derive(Clone, Copy)]
pub(super) struct SpeakerInside {
    /// Where the closing mark belongs: bytes of the paragraph.
    pub start: TextSize,
    /// Nobody says so as part of a longer sentence ("My father came in, he said we had to go").
    pub sure: bool,
}
