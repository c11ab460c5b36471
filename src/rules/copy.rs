//! A paragraph under a rule's eyes: its tokens as words, and which of them stand inside quotes.

use text_size::{TextRange, TextSize};

use super::Context;
use crate::analysis::{EntityId, MentionForm, Paragraph};
use crate::extract::{ParagraphFacts, Token, TokenKind};

/// One paragraph with its text. Ranges are bytes of the paragraph unless said otherwise.
pub(super) struct Copy<'a> {
    /// The text of the paragraph.
    pub text: &'a str,
    /// Its facts.
    pub facts: &'a ParagraphFacts,
    paragraph: &'a Paragraph,
    /// The outermost quotes, in reading order.
    quoted: Vec<TextRange>,
}

impl<'a> Copy<'a> {
    pub(super) fn new(context: &Context<'a>, paragraph: &'a Paragraph) -> Copy<'a> {
        let facts = &*paragraph.facts;
        Copy {
            text: context.analysis.text(paragraph.range),
            facts,
            paragraph,
            quoted: facts
                .quotes
                .iter()
                .filter(|quote| quote.parent.is_none() && quote.certain)
                .map(|quote| quote.range)
                .collect(),
        }
    }

    /// A range in prose bytes of the draft.
    pub(super) fn at(&self, range: TextRange) -> TextRange {
        self.paragraph.at(range)
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

    /// Whether an offset stands inside a quote or its marks.
    pub(super) fn is_quoted(&self, offset: TextSize) -> bool {
        let next = self.quoted.partition_point(|quote| quote.end() <= offset);
        self.quoted
            .get(next)
            .is_some_and(|quote| quote.start() <= offset)
    }

    /// Whether nothing but white space stands outside a range.
    pub(super) fn is_all(&self, range: TextRange) -> bool {
        self.text[..usize::from(range.start())].trim().is_empty()
            && self.text[usize::from(range.end())..].trim().is_empty()
    }
}

/// The family name by which the draft first calls an entity, or else its name.
pub(super) fn short_name<'a>(context: &Context<'a>, id: EntityId) -> &'a str {
    /// Names looked at, so that a draft full of one name costs no more.
    const LOOKED_AT: usize = 32;
    let analysis = context.analysis;
    let entity = analysis.entity(id);
    entity
        .mentions
        .iter()
        .take(LOOKED_AT)
        .map(|mention| &analysis.mentions[*mention])
        .find(|mention| mention.form == MentionForm::Surname)
        .map_or(entity.name.as_str(), |mention| analysis.text(mention.range))
}
