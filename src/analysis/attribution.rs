//! Who speaks: each quote and each piece of reported speech to its speaker, with the evidence.
//!
//! Ordered sieves, the surest first: what a cue of the same sentence says; a later quote of a paragraph whose first
//! quote has a speaker; a quote that runs on; a lead-in that ends in a colon; the last speaker, or the subject of the
//! sentence before. A quote that no sieve takes keeps `Link::None`; nobody's words (titles, scare quotes) have no entry.

mod carry;
mod focus;
mod nobody;
mod source;
#[cfg(test)]
mod tests;
mod turns;

use text_size::TextRange;

use super::DraftQuote;
use super::paragraph::Paragraph;
use super::people::{Entity, EntityId, EntityMention};
use crate::extract::{Content, Pattern, Speech};
use crate::lexicon::{Form, Grade};
use crate::text::Prose;

/// Quoted, reported, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpeechKind {
    /// A quote that stands alone.
    Direct,
    /// Reported speech without marks.
    Indirect,
    /// Reported speech that holds a quote.
    Mixed,
}

/// How the speaker is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// A name beside the cue.
    Named,
    /// A role beside the cue: "the president said".
    Role,
    /// A pronoun beside the cue.
    Pronoun,
    /// A later quote in a paragraph whose first quote has a speaker.
    SameParagraph,
    /// No cue in the paragraph: a guess from what stands before.
    Continued,
    /// Given by a person, whatever the draft shows.
    Corrected,
    /// Nobody fits.
    None,
}

/// Whether the source is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Named in the draft.
    Named,
    /// "White House officials".
    Unnamed,
}

/// Through whose hands the words came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hand {
    /// Said to the reporter or in public.
    First,
    /// Reported by someone else: "IRNA reported", "told CNN". Prose bytes of that name.
    Relayed(TextRange),
    /// "reportedly": reported by nobody in particular. Prose bytes of the adverb.
    Hearsay(TextRange),
}

/// Why a speaker is believed, on three axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// How the speaker is known.
    pub link: Link,
    /// Whether the source is named.
    pub source: Standing,
    /// Through whose hands the words came.
    pub hand: Hand,
}

/// The mention that stands as the speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Prose bytes of the mention beside the cue, or of the mention used.
    pub range: TextRange,
    /// The same with appositions and relative clauses: "Anna Keller, who runs the port".
    pub extent: TextRange,
    /// Index of its paragraph.
    pub paragraph: usize,
}

/// One contiguous piece of quoted or reported speech.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Prose bytes of the content.
    pub range: TextRange,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Quoted, reported, or both.
    pub kind: SpeechKind,
    /// The quotes inside it, as indices into [`super::Analysis::quotes`].
    pub quotes: Vec<usize>,
    /// The mention beside the cue; none where the words carry on from another paragraph or nobody fits.
    pub speaker: Option<Speaker>,
    /// Who it is; for `Link::Continued` a guess.
    pub entity: Option<EntityId>,
    /// The cue: prose bytes, and its index in the facts of its paragraph.
    pub cue: Option<(TextRange, usize)>,
    /// The attribution that this one continues, as an index into [`super::Analysis::attributions`]: the first piece of
    /// a split quote, or the speech from which a speaker is carried over.
    pub continues: Option<usize>,
    /// How it was recognised; none where the speaker is carried over.
    pub pattern: Option<Pattern>,
    /// Why.
    pub evidence: Evidence,
    /// How sure, 0 to 1.
    pub score: f32,
}

/// Pieces of speech of one paragraph that are looked back at.
const NEAR: usize = 16;

/// How often the body that "it" is taken for is the right one.
const GUESSED: f32 = 0.7;

/// The state of attributing one draft.
struct Attributor<'a> {
    prose: &'a Prose,
    paragraphs: &'a [Paragraph],
    entities: &'a mut Vec<Entity>,
    mentions: &'a [EntityMention],
    quotes: Vec<DraftQuote>,
    /// In order of discovery; sorted at the end.
    found: Vec<Attribution>,
    unnamed: source::Unnamed,
    /// Those who speak together, by their members.
    joints: Vec<(Vec<EntityId>, EntityId)>,
}

/// Attributes all speech of the draft. May add unnamed sources to `entities`.
pub(super) fn attribute(
    prose: &Prose,
    paragraphs: &[Paragraph],
    entities: &mut Vec<Entity>,
    mentions: &mut [EntityMention],
) -> (Vec<DraftQuote>, Vec<Attribution>) {
    let mut attributor = Attributor {
        prose,
        paragraphs,
        entities,
        mentions,
        quotes: draft_quotes(paragraphs),
        found: Vec::new(),
        unnamed: source::Unnamed::default(),
        joints: Vec::new(),
    };
    let turns = attributor.find_turns();
    for index in 0..paragraphs.len() {
        attributor.read_paragraph(index, &turns);
    }
    attributor.carry_back();
    attributor.finish()
}

impl Attributor<'_> {
    fn read_paragraph(&mut self, index: usize, turns: &turns::Turns) {
        let paragraph = &self.paragraphs[index];
        if !paragraph.is_read() || self.read_turn(index, turns) {
            return;
        }
        let from = self.found.len();
        for speech in &paragraph.facts.speech {
            self.read_speech(index, speech);
        }
        self.carry(index, from);
    }

    fn read_speech(&mut self, index: usize, speech: &Speech) {
        let paragraph = &self.paragraphs[index];
        let facts = &paragraph.facts;
        let cue = speech.cue.and_then(|cue| facts.cues.get(cue));
        let resolved = speech.source.map(|source| self.resolve(index, source));
        let hand = match (cue.and_then(|cue| cue.hearsay), speech.via, speech.listener) {
            (Some(adverb), ..) => Hand::Hearsay(paragraph.at(adverb)),
            (None, Some(via), _) => Hand::Relayed(paragraph.at(via)),
            (None, None, Some(listener)) if self.is_outlet(index, listener) => {
                Hand::Relayed(paragraph.at(listener))
            }
            _ => Hand::First,
        };
        let mut first = None;
        for content in &speech.contents {
            if !self.is_speech(index, speech, content) {
                continue;
            }
            let link = resolved
                .as_ref()
                .map_or(Link::None, |resolved| resolved.link);
            let entity = resolved.as_ref().and_then(|resolved| resolved.entity);
            if self.repeats(index, speech, content, entity) {
                continue;
            }
            let attribution = Attribution {
                range: paragraph.at(content.range),
                paragraph: index,
                kind: kind(content),
                quotes: self.quote_indices(index, content),
                speaker: resolved
                    .as_ref()
                    .zip(speech.source)
                    .map(|(resolved, source)| Speaker {
                        range: resolved.range,
                        extent: paragraph.at(source.extent),
                        paragraph: index,
                    }),
                entity,
                cue: speech
                    .cue
                    .zip(cue)
                    .map(|(at, cue)| (paragraph.at(cue.range), at)),
                continues: first,
                pattern: Some(speech.pattern),
                evidence: Evidence {
                    link,
                    source: resolved
                        .as_ref()
                        .map_or(Standing::Unnamed, |resolved| resolved.standing),
                    hand,
                },
                score: score(
                    speech.pattern,
                    link,
                    resolved
                        .as_ref()
                        .is_some_and(|resolved| resolved.entity.is_some()),
                ) * match &resolved {
                    Some(resolved) if resolved.guessed => GUESSED,
                    _ => 1.0,
                },
            };
            first.get_or_insert(self.found.len());
            self.found.push(attribution);
        }
    }

    /// Whether a piece says nothing that the speech around it does not say: "Nair said she expected to lose “…”", "the
    /// judge ruled the city had shown “…”".
    fn repeats(
        &self,
        index: usize,
        speech: &Speech,
        content: &Content,
        entity: Option<EntityId>,
    ) -> bool {
        let paragraph = &self.paragraphs[index];
        let range = paragraph.at(content.range);
        let cue = speech.cue.and_then(|cue| paragraph.facts.cues.get(cue));
        let shows = cue.is_some_and(|cue| matches!(cue.entry.class, "factive" | "mind"));
        let from = self.found.partition_point(|known| known.paragraph < index);
        self.found[from..].iter().rev().take(NEAR).any(|known| {
            known.range.contains_range(range)
                && known.range != range
                && (known.entity == entity && entity.is_some()
                    || shows && speech.pattern != Pattern::Tagged)
        })
    }

    /// Titles, scare quotes and states of mind are no speech.
    fn is_speech(&self, index: usize, speech: &Speech, content: &Content) -> bool {
        let facts = &self.paragraphs[index].facts;
        if speech.source.is_some_and(|source| {
            nobody::is_writing(&self.prose.text()[self.paragraphs[index].at(source.range)])
        }) {
            return false;
        }
        if content.quotes.is_empty() {
            let Some(cue) = speech.cue.and_then(|cue| facts.cues.get(cue)) else {
                // "Keller’s claim that …"
                return speech.pattern == Pattern::Clause;
            };
            return speech.source.is_some()
                && cue.entry.grade != Grade::Nonspeech
                && !(cue.negated && cue.form != Form::Phrase);
        }
        if speech.pattern == Pattern::Tagged || !content.direct {
            return !content
                .quotes
                .iter()
                .all(|quote| nobody::is_title(facts, *quote))
                || speech.pattern == Pattern::Clause;
        }
        content
            .quotes
            .iter()
            .any(|quote| !nobody::is_nobodys(self.prose, &self.paragraphs[index], *quote, speech))
    }

    /// The draft's quotes inside a piece of content.
    fn quote_indices(&self, index: usize, content: &Content) -> Vec<usize> {
        let place = |quote: &DraftQuote| (quote.paragraph, quote.index);
        let find = |inner: &usize| {
            self.quotes
                .binary_search_by_key(&(index, *inner), place)
                .ok()
        };
        content.quotes.iter().filter_map(find).collect()
    }

    /// Puts the attributions in reading order and notes on each quote which one covers it most closely.
    fn finish(mut self) -> (Vec<DraftQuote>, Vec<Attribution>) {
        let mut order: Vec<usize> = (0..self.found.len()).collect();
        order.sort_by_key(|&k| {
            (
                self.found[k].range.start(),
                std::cmp::Reverse(self.found[k].range.end()),
            )
        });
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let mut sorted: Vec<Attribution> =
            order.iter().map(|&old| self.found[old].clone()).collect();
        for attribution in &mut sorted {
            attribution.continues = attribution.continues.map(|old| place[old]);
        }
        for (index, attribution) in sorted.iter().enumerate() {
            for quote in &attribution.quotes {
                let slot = &mut self.quotes[*quote].attribution;
                if slot
                    .is_none_or(|known: usize| sorted[known].range.len() > attribution.range.len())
                {
                    *slot = Some(index);
                }
            }
        }
        (self.quotes, sorted)
    }
}

/// All quotes whose marks cannot be apostrophes, in reading order.
pub(super) fn draft_quotes(paragraphs: &[Paragraph]) -> Vec<DraftQuote> {
    let mut quotes = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let facts = &paragraph.facts;
        for (inner, quote) in facts
            .quotes
            .iter()
            .enumerate()
            .filter(|(_, quote)| quote.certain)
        {
            let next = paragraphs.get(index + 1);
            let running = quote.opens
                && !quote.closes
                && next.is_some_and(|next| {
                    next.facts
                        .quotes
                        .first()
                        .is_some_and(|q| q.range.start() == 0.into() && q.marks == quote.marks)
                });
            quotes.push(DraftQuote {
                range: paragraph.at(quote.range),
                paragraph: index,
                index: inner,
                running,
                attribution: None,
            });
        }
    }
    quotes
}

fn kind(content: &Content) -> SpeechKind {
    match content {
        _ if content.quotes.is_empty() => SpeechKind::Indirect,
        _ if content.direct => SpeechKind::Direct,
        _ => SpeechKind::Mixed,
    }
}

/// The probability that words so recognised are speech of that speaker: shares counted in marked drafts
/// (`docs/quotes.md` tells which).
fn score(pattern: Pattern, link: Link, resolved: bool) -> f32 {
    let pattern = match pattern {
        Pattern::Tagged => 0.95,
        Pattern::Label => 0.93,
        Pattern::Clause => 0.89,
        Pattern::Phrase => 0.86,
        Pattern::Object => 0.78,
        Pattern::Near => 0.5,
        Pattern::Subject => 0.45,
    };
    let link = match link {
        Link::Named => 1.0,
        Link::Pronoun if resolved => 1.0,
        Link::Role => 0.82,
        _ => 0.5,
    };
    pattern * link
}
