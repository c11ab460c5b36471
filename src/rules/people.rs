//! The people of a draft as rules see them: their names in the story's own copy, and what stands beside these.

use text_size::TextRange;

use super::Context;
use super::copy::Copy;
use crate::analysis::{
    Analysis, Entity, EntityId, EntityMention, MentionForm, Paragraph, ParagraphKind,
};
use crate::extract::{Label, Token, TokenKind};
use crate::lexicon::{Class, Lexicon, Traits};

/// One person with their names in own copy, in reading order.
#[derive(Clone)]
pub(super) struct Person<'a> {
    /// The person's id.
    pub id: EntityId,
    /// The person.
    pub entity: &'a Entity,
    /// Names in own copy.
    pub names: Vec<&'a EntityMention>,
}

/// The named people of a draft, in the order in which it names them.
pub(super) fn people<'a>(analysis: &'a Analysis) -> impl Iterator<Item = Person<'a>> + use<'a> {
    let entities = analysis.entities.iter().zip(0..);
    entities
        .filter(|(entity, _)| {
            entity.label == Label::Person && entity.named && entity.members.is_empty()
        })
        .map(move |(entity, id)| Person {
            id: EntityId(id),
            entity,
            names: analysis
                .mentions_of(EntityId(id))
                .filter(|mention| !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun))
                .filter(|mention| is_own_copy(&analysis.paragraphs[mention.paragraph], mention))
                .collect(),
        })
}

/// In own copy. Where a mark is missing nobody can tell what is quoted: there all names count, so that a finding does
/// not come and go with the mark.
fn is_own_copy(paragraph: &Paragraph, mention: &EntityMention) -> bool {
    let unbalanced = || {
        paragraph
            .facts
            .quotes
            .iter()
            .any(|quote| !quote.opens || !quote.closes)
    };
    paragraph.kind == ParagraphKind::Body && (!mention.quoted || unbalanced())
}

/// Whether every reader knows a person, as the desk has it.
pub(super) fn is_known(context: &Context<'_>, name: &str) -> bool {
    let known = &context.settings.known_people;
    known
        .iter()
        .any(|known| known.to_lowercase() == name.to_lowercase())
}

/// Whether something beside a name tells who its bearer is: a noun before it, a phrase, an age or a clause behind it.
pub(super) fn is_described(copy: &Copy<'_>, mention: TextRange, title: bool) -> bool {
    let first = copy.token_from(mention.start());
    let behind = copy.token_from(mention.end());
    title || is_described_before(copy, first) || is_described_behind(copy, behind)
}

/// Words before a name in which its office may stand.
const OFFICE: usize = 5;

fn is_described_before(copy: &Copy<'_>, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    let (Some(token), Some(word)) = (copy.token(before), copy.facts.words.get(before)) else {
        return false;
    };
    let possessive = token.range != token.stem;
    let noun = token.kind == TokenKind::Word
        && !word.is_capital()
        && matches!(word.class, Class::Other)
        // "said Ruth Okafor"
        && !copy.facts.cues.iter().any(|cue| cue.tokens.contains(&before))
        && !matches!(copy.word(before), "including" | "like" | "named" | "called");
    let group = word.is_capital()
        && word
            .traits
            .any(Traits::DEMONYM.or(Traits::ROLE).or(Traits::GROUP));
    // "Leader of the Opposition Ruth Okafor"
    let office = (first.saturating_sub(OFFICE)..first)
        .rev()
        .take_while(|&at| copy.kind(at) == Some(TokenKind::Word))
        .filter_map(|at| copy.facts.words.get(at))
        .any(|word| word.is_capital() && word.traits.any(Traits::ROLE));
    office
        || possessive
        || noun
        || group
        || matches!(copy.word(before), ",") && is_phrase_before(copy, before)
        || matches!(copy.word(before), "," | "and") && is_of_several(copy, before)
}

/// "His sister," before a name.
fn is_phrase_before(copy: &Copy<'_>, comma: usize) -> bool {
    let from = comma.saturating_sub(4);
    (from..comma).any(|index| {
        matches!(
            copy.facts.words.get(index).map(|word| word.class),
            Some(Class::Possessive)
        ) || copy
            .facts
            .words
            .get(index)
            .is_some_and(|word| word.traits.any(Traits::ROLE))
    })
}

/// "Two developers, Ann Meyer and Tom Okafor": what they are stands before the first of them.
fn is_of_several(copy: &Copy<'_>, at: usize) -> bool {
    const REACH: usize = 6;
    let before = (at.saturating_sub(REACH)..at).rev();
    before
        .take_while(|&at| matches!(copy.kind(at), Some(TokenKind::Word)) || copy.word(at) == ",")
        .filter_map(|at| copy.facts.words.get(at))
        .any(|word| word.traits.any(Traits::ROLES))
}

fn is_described_behind(copy: &Copy<'_>, at: usize) -> bool {
    let next = copy.word(at + 1);
    let class = |word: &str| Lexicon::get().grammar.class(&word.to_lowercase());
    match copy.word(at) {
        "," | "–" | "—" | "--" => {
            let noun = class(next) == Class::Other && next.starts_with(char::is_lowercase);
            let number = copy.kind(at + 1) == Some(TokenKind::Number);
            let phrase = matches!(
                class(next),
                Class::Determiner | Class::Possessive | Class::Relative
            );
            let office = matches!(next, "running" | "representing" | "leading" | "heading");
            noun || number || phrase || office
        }
        "(" | "of" | "from" | "at" | "who" | "whose" => true,
        "for" => next.starts_with(char::is_uppercase),
        // "is the mayor", "became president"; "is old" tells nothing.
        "is" | "was" | "became" | "becomes" | "as" | "remains" => match class(next) {
            Class::Determiner | Class::Possessive => {
                (at + 2..at + 2 + OFFICE).any(|at| is_office(copy, at))
            }
            _ => is_office(copy, at + 1),
        },
        _ => false,
    }
}

/// What somebody is stands at a token behind their name: ", a wealthy businessman", "is the former mayor".
pub(super) fn is_office_behind(copy: &Copy<'_>, at: usize) -> bool {
    let grammar = &Lexicon::get().grammar;
    let determined = matches!(
        grammar.class(copy.word(at + 1)),
        Class::Determiner | Class::Possessive
    );
    let office = || {
        (at + 2..at + 2 + OFFICE)
            .take_while(|&at| copy.kind(at) == Some(TokenKind::Word))
            .any(|at| is_office(copy, at))
    };
    matches!(copy.word(at), "," | "is" | "was") && determined && office()
}

/// A noun for what somebody is.
fn is_office(copy: &Copy<'_>, at: usize) -> bool {
    let word = copy.facts.words.get(at);
    word.is_some_and(|word| word.traits.any(Traits::ROLE.or(Traits::ROLES)))
}

/// The index of the first paragraph after the headline and the deck. A desk that sets them with full stops leaves no
/// other sign than their length: a line or two above a paragraph that is much longer.
pub(super) fn first_copy(context: &Context<'_>) -> usize {
    const LONGEST_LINE: usize = 16;
    const SHORTEST_COPY: usize = 17;
    let words = |paragraph: &Paragraph| {
        let is_word = |token: &&Token| matches!(token.kind, TokenKind::Word | TokenKind::Number);
        paragraph.facts.tokens.iter().filter(is_word).count()
    };
    let is_line = |paragraph: &Paragraph| {
        paragraph.facts.sentences.len() == 1 && words(paragraph) <= LONGEST_LINE
    };
    let below = context.body().find(|(_, paragraph)| !is_line(paragraph));
    below
        .filter(|(_, paragraph)| words(paragraph) >= SHORTEST_COPY)
        .map_or(0, |(index, _)| index)
}
