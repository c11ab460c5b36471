//! Turns without quote marks: the paragraphs of a transcript or an interview, and block quotes that somebody leads in.
//!
//! One paragraph that starts with a name and a colon may be a headline, a list or a note. Only a draft in which labels
//! come back has turns.

use std::collections::HashMap;

use text_size::{TextRange, TextSize};

use super::super::paragraph::Paragraph;
use super::super::people::EntityId;
use super::{Attribution, Attributor, Evidence, Hand, Link, Speaker, SpeechKind, Standing};
use crate::extract::{Case, Label, Pattern, TokenKind};
use crate::text::{Prose, Shape};

/// Labelled paragraphs from which on a draft has turns.
const FEWEST: usize = 4;

/// Words of the longest label: "Lord Justice Anna Keller".
const LONGEST_LABEL: usize = 5;

/// Words that lead to the one who asks: "She spoke to Dan Meyer about the tides."
const ASKED_BY: &[&str] = &["to", "with", "by"];

/// Before the one who is quoted, in the last line of a block quote.
const DASHES: [char; 3] = ['—', '–', '―'];

/// The label of a paragraph and the words behind it.
#[derive(Clone, Copy)]
struct Labelled {
    label: TextRange,
    words: TextRange,
}

/// The turns of one draft.
#[derive(Default)]
pub(super) struct Turns {
    /// For each paragraph its label, if it is a turn.
    labelled: HashMap<usize, Labelled>,
    /// Who answers and who asks in an interview with "Q:" and "A:".
    answers: Option<EntityId>,
    asks: Option<EntityId>,
}

impl Attributor<'_> {
    /// Finds the paragraphs whose labels come back in the draft.
    pub(super) fn find_turns(&self) -> Turns {
        let text = self.prose.text();
        let mut labelled: HashMap<usize, Labelled> = self
            .paragraphs
            .iter()
            .enumerate()
            .filter(|(_, paragraph)| paragraph.is_read() && paragraph.shape != Shape::BlockQuote)
            .filter_map(|(index, paragraph)| Some((index, labelled(self.prose, paragraph)?)))
            .collect();
        // "Anna Keller" at first and "Keller" from then on are one label.
        let whose = |index: usize, turn: &Labelled| match self.names(index, turn.label) {
            Some(entity) => (Some(entity), ""),
            None => (None, &text[turn.label]),
        };
        let mut times: HashMap<(Option<EntityId>, &str), usize> = HashMap::new();
        for (index, turn) in &labelled {
            *times.entry(whose(*index, turn)).or_default() += 1;
        }
        labelled.retain(|&index, turn| {
            let label = whose(index, turn);
            let known = is_question(label.1) || is_answer(label.1) || is_upper(label.1);
            times[&label] > 1 && (label.0.is_some() || known)
        });
        let several = labelled.values().any(|turn| {
            labelled
                .values()
                .any(|other| text[other.label] != text[turn.label])
        });
        if labelled.len() < FEWEST || !several {
            return Turns::default();
        }
        let first = labelled.keys().min().copied().unwrap_or_default();
        let mut people = self
            .mentions
            .iter()
            .take_while(|mention| mention.paragraph < first)
            .filter(|mention| !mention.quoted && self.is_person(mention.entity));
        let asks = people
            .clone()
            .find(|mention| {
                let before = text[..usize::from(mention.full_range().start())].trim_end();
                let word = before
                    .rsplit(char::is_whitespace)
                    .next()
                    .unwrap_or_default();
                ASKED_BY.contains(&word)
            })
            .map(|mention| mention.entity);
        let answers = people
            .find(|mention| Some(mention.entity) != asks)
            .map(|mention| mention.entity);
        Turns {
            labelled,
            answers,
            asks,
        }
    }

    /// Attributes a paragraph that is a turn or stands in a block quote; whether it is one.
    pub(super) fn read_turn(&mut self, index: usize, turns: &Turns) -> bool {
        if let Some(turn) = turns.labelled.get(&index) {
            let name = &self.prose.text()[turn.label];
            let entity = match name {
                name if is_question(name) => turns.asks,
                name if is_answer(name) => turns.answers,
                _ => self.names(index, turn.label),
            };
            let speaker = Speaker {
                range: turn.label,
                extent: turn.label,
                paragraph: index,
            };
            self.push_turn(index, turn.words, Some(speaker), entity);
            return true;
        }
        let paragraph = &self.paragraphs[index];
        // "— from Keller’s diary" is whose words they are, and none of them; "Editor’s note: …" is the desk’s.
        if paragraph.shape != Shape::BlockQuote
            || !paragraph.facts.quotes.is_empty()
            || labelled(self.prose, paragraph).is_some()
            || self.prose.text()[paragraph.range].starts_with(DASHES)
        {
            return false;
        }
        if let Some((speaker, entity)) = self.block_speaker(index) {
            self.push_turn(index, paragraph.range, speaker, entity);
            return true;
        }
        false
    }

    /// Who speaks in a block quote: the source of the paragraph before that ends in a colon, or the name behind the
    /// dash of its last line.
    fn block_speaker(&self, index: usize) -> Option<(Option<Speaker>, Option<EntityId>)> {
        let before = index.checked_sub(1)?;
        if self.paragraphs[before].shape != Shape::BlockQuote {
            if let Some(origin) = self.lead_in(index) {
                let words = origin.speaker.map(|speaker| speaker.range);
                let entity = origin.entity.or_else(|| self.described_before(words?));
                return Some((origin.speaker, entity));
            }
        } else if let Some(known) = self.found.last().filter(|known| {
            known.paragraph == before && known.range == self.paragraphs[before].range
        }) {
            return Some((known.speaker, known.entity));
        }
        let next = self.paragraphs.get(index + 1)?;
        if next.shape != Shape::BlockQuote || !self.prose.text()[next.range].starts_with(DASHES) {
            return None;
        }
        let from = self
            .mentions
            .partition_point(|mention| mention.range.start() < next.range.start());
        let mention = self
            .mentions
            .get(from)
            .filter(|mention| mention.paragraph == index + 1 && self.is_person(mention.entity))?;
        let speaker = Speaker {
            range: mention.range,
            extent: mention.range,
            paragraph: index + 1,
        };
        Some((Some(speaker), Some(mention.entity)))
    }

    /// The unnamed source that an attribution has already made of the same words.
    fn described_before(&self, words: TextRange) -> Option<EntityId> {
        self.found
            .iter()
            .rev()
            .take(super::NEAR)
            .find(|known| known.speaker.is_some_and(|speaker| speaker.range == words))?
            .entity
    }

    /// The person or body that a label names.
    fn names(&self, index: usize, label: TextRange) -> Option<EntityId> {
        let from = self
            .mentions
            .partition_point(|mention| mention.range.start() < label.start());
        self.mentions
            .get(from)
            .filter(|mention| mention.paragraph == index && label.contains_range(mention.range))
            .map(|mention| mention.entity)
            .filter(|entity| self.is_person(*entity))
    }

    fn is_person(&self, entity: EntityId) -> bool {
        self.entities
            .get(entity.0 as usize)
            .is_some_and(|entity| entity.label == Label::Person)
    }

    /// The outermost quotes that lie in a range to their last word: a mark may stand before the label.
    fn quotes_within(&self, range: TextRange) -> Vec<usize> {
        let from = self
            .quotes
            .partition_point(|quote| quote.range.end() <= range.start());
        (from..self.quotes.len())
            .take_while(|&quote| self.quotes[quote].range.start() < range.end())
            .filter(|&quote| {
                let place = &self.quotes[quote];
                let facts = &self.paragraphs[place.paragraph].facts.quotes[place.index];
                facts.parent.is_none()
            })
            .collect()
    }

    fn push_turn(
        &mut self,
        index: usize,
        range: TextRange,
        speaker: Option<Speaker>,
        entity: Option<EntityId>,
    ) {
        let (link, source) = match entity {
            Some(_) => (Link::Named, Standing::Named),
            None => (Link::None, Standing::Unnamed),
        };
        self.found.push(Attribution {
            range,
            paragraph: index,
            kind: SpeechKind::Direct,
            quotes: self.quotes_within(range),
            speaker,
            entity,
            cue: None,
            continues: None,
            pattern: Some(Pattern::Label),
            evidence: Evidence {
                link,
                source,
                hand: Hand::First,
            },
            score: super::score(Pattern::Label, link, entity.is_some()),
        });
    }
}

/// "Keller: We are ready." The label is a few words with capitals before the first colon. What a transcript tells of
/// the room ("(Laughs.)") is not said.
fn labelled(prose: &Prose, paragraph: &Paragraph) -> Option<Labelled> {
    let tokens = &paragraph.facts.tokens;
    let text = prose.text();
    let is = |at: usize, mark: &str| {
        tokens
            .get(at)
            .is_some_and(|token| &text[paragraph.at(token.range)] == mark)
    };
    // A transcript that is quoted whole opens each paragraph with a mark: “Keller: We are ready.
    let start = usize::from(is(0, "“") || is(0, "\""));
    let colon = (start + 1..=LONGEST_LABEL.min(tokens.len())).find(|&at| is(at, ":"))?;
    let label = &tokens[start..colon];
    let fits = label
        .iter()
        .all(|token| token.kind == TokenKind::Word && token.case != Case::Lower);
    let mut from = colon + 1;
    if is(from, "(") || is(from, "[") {
        let close = (from..tokens.len()).find(|&at| is(at, ")") || is(at, "]"))?;
        from = close + 1;
    }
    let (first, last) = (label.first()?, label.last()?);
    let words: TextSize = paragraph.at(tokens.get(from)?.range).start();
    fits.then(|| Labelled {
        label: paragraph.at(first.range.cover(last.range)),
        words: TextRange::new(words, paragraph.range.end()),
    })
}

/// "CHAIR": records write their labels in capitals, also where the name stands nowhere else.
fn is_upper(label: &str) -> bool {
    label.len() > 2 && !label.chars().any(char::is_lowercase)
}

fn is_question(label: &str) -> bool {
    matches!(label, "Q" | "Question")
}

fn is_answer(label: &str) -> bool {
    matches!(label, "A" | "Answer")
}
