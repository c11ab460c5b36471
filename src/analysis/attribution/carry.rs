//! Quotes without a cue: whose words a reader takes them for.

use text_size::TextRange;

use super::super::people::{EntityId, EntityMention, MentionForm};
use super::{
    Attribution, Attributor, DraftQuote, Evidence, Hand, Link, NEAR, Speaker, SpeechKind, Standing,
    nobody,
};
use crate::extract::{Label, QuoteKind};

/// Paragraphs of own copy after which a speaker is no longer carried on.
const REACH: usize = 3;

/// A turn of talk has so many words at most.
const TALK: usize = 15;

/// Words of the longest sentence that only brings somebody in, and those before the name there.
const INTERLUDE: usize = 8;
const OPENING: usize = 3;

/// From whom a quote without a cue takes its speaker.
pub(super) struct Origin {
    link: Link,
    pub(super) speaker: Option<Speaker>,
    pub(super) entity: Option<EntityId>,
    cue: Option<(TextRange, usize)>,
    continues: Option<usize>,
    source: Standing,
    hand: Hand,
    score: f32,
}

/// A speaker who is the subject of a sentence near by.
fn subject_of_sentence(speaker: Speaker, entity: EntityId, score: f32) -> Origin {
    Origin {
        link: Link::Continued,
        speaker: Some(speaker),
        entity: Some(entity),
        cue: None,
        continues: None,
        source: Standing::Named,
        hand: Hand::First,
        score,
    }
}

impl Attributor<'_> {
    /// Attributes the quotes of a paragraph that its own speech left open. `from` is the paragraph's first attribution.
    pub(super) fn carry(&mut self, index: usize, from: usize) {
        let facts = &self.paragraphs[index].facts;
        let mut read = vec![false; facts.quotes.len()];
        for quote in facts
            .speech
            .iter()
            .flat_map(|speech| &speech.contents)
            .flat_map(|content| &content.quotes)
        {
            read[*quote] = true;
        }
        let mut anchors: Vec<usize> = (from..self.found.len())
            .filter(|&known| {
                self.found[known].speaker.is_some() && !self.found[known].quotes.is_empty()
            })
            .collect();
        anchors.sort_by_key(|&known| self.found[known].range.start());
        let start = self.quotes.partition_point(|quote| quote.paragraph < index);
        let end = self
            .quotes
            .partition_point(|quote| quote.paragraph <= index);
        for quote in start..end {
            if !read[self.quotes[quote].index] && self.is_open(quote) {
                let origin = self.origin(index, quote, &anchors);
                self.push(index, quote, origin);
            }
        }
    }

    /// A quote that runs over paragraphs may name its speaker only at its end.
    pub(super) fn carry_back(&mut self) {
        let mut of_quote = vec![None; self.quotes.len()];
        for (known, attribution) in self.found.iter().enumerate() {
            for quote in &attribution.quotes {
                of_quote[*quote] = Some(known);
            }
        }
        for quote in (1..self.quotes.len()).rev() {
            let (Some(first), Some(rest)) = (of_quote[quote - 1], of_quote[quote]) else {
                continue;
            };
            let tagged = self.found[rest].speaker.is_some()
                || self.found[rest].continues.is_some_and(|next| next > rest);
            let guessed =
                self.found[first].pattern.is_none() && self.found[first].speaker.is_none();
            if self.quotes[quote - 1].running && guessed && tagged {
                let origin = self.after(rest, Link::Continued);
                let known = &mut self.found[first];
                known.entity = origin.entity;
                known.continues = Some(rest);
                known.evidence = Evidence {
                    link: Link::Continued,
                    source: origin.source,
                    hand: origin.hand,
                };
                known.score = origin.score * 0.99;
            }
        }
    }

    /// A quote of a few words that is all of its paragraph.
    fn is_cross_heading(&self, quote: &DraftQuote) -> bool {
        let words = self.prose.text()[quote.range].split_whitespace().count();
        self.paragraphs[quote.paragraph].range == quote.range && (3..=8).contains(&words)
    }

    /// An outermost quote that may be somebody's words. One in capitals that stands alone is a cross-heading.
    fn is_open(&self, quote: usize) -> bool {
        let quote = &self.quotes[quote];
        let paragraph = &self.paragraphs[quote.paragraph];
        let facts = &paragraph.facts.quotes[quote.index];
        facts.parent.is_none()
            && facts.kind != QuoteKind::Title
            && !(facts.in_capitals && self.is_cross_heading(quote))
            && !nobody::is_stage_direction(self.prose, paragraph, quote.index)
            && (facts.kind == QuoteKind::Full || nobody::stands_alone(paragraph, quote.index))
    }

    fn origin(&self, index: usize, quote: usize, anchors: &[usize]) -> Origin {
        self.reply(index, quote, anchors)
            .or_else(|| self.same_paragraph(quote, anchors))
            .or_else(|| self.running(index, quote))
            .or_else(|| self.subject_before(index, quote))
            .or_else(|| self.lead_in(index))
            .or_else(|| self.exchange(index, quote))
            .or_else(|| self.continued(index))
            .unwrap_or(Origin {
                link: Link::None,
                speaker: None,
                entity: None,
                cue: None,
                continues: None,
                source: Standing::Unnamed,
                hand: Hand::First,
                score: 0.0,
            })
    }

    /// The last quoted speech before it in the paragraph, or the first after it. `anchors` are the paragraph's quoted
    /// speech with a speaker, in reading order.
    fn same_paragraph(&self, quote: usize, anchors: &[usize]) -> Option<Origin> {
        let range = self.quotes[quote].range;
        let after =
            anchors.partition_point(|&known| self.found[known].range.end() <= range.start());
        let known = *after
            .checked_sub(1)
            .and_then(|before| anchors.get(before))
            .or(anchors.get(after))?;
        let score = self.found[known].score * 0.95;
        Some(Origin {
            score,
            ..self.after(known, Link::SameParagraph)
        })
    }

    /// What a speech passes on to a quote that follows it.
    fn after(&self, known: usize, link: Link) -> Origin {
        let earlier = &self.found[known];
        Origin {
            link,
            speaker: earlier.speaker,
            entity: earlier.entity,
            cue: earlier.cue,
            continues: Some(known),
            source: earlier.evidence.source,
            hand: earlier.evidence.hand,
            score: earlier.score,
        }
    }

    /// A quote that reopens what the paragraph before left open.
    fn running(&self, index: usize, quote: usize) -> Option<Origin> {
        let before = self.quotes[..quote]
            .last()
            .filter(|before| before.running && before.paragraph + 1 == index)?;
        let known = self
            .found_in(before.paragraph)
            .rev()
            .find(|&known| self.found[known].quotes.contains(&(quote - 1)))?;
        Some(Origin {
            speaker: None,
            cue: None,
            score: self.found[known].score * 0.99,
            ..self.after(known, Link::Continued)
        })
    }

    /// "Keller laughed. “…”": the speaker or else the subject of the sentence before, in the same paragraph.
    fn subject_before(&self, index: usize, quote: usize) -> Option<Origin> {
        let paragraph = &self.paragraphs[index];
        let range = self.quotes[quote].range;
        let sentences = &paragraph.facts.sentences;
        let before = sentences
            .partition_point(|sentence| paragraph.at(sentence.range).end() <= range.start());
        let sentence = paragraph.at(sentences.get(before.checked_sub(1)?)?.range);
        let spoken = self.found_in(index).rev().take(NEAR).find(|&known| {
            sentence.contains_range(self.found[known].range) && self.found[known].speaker.is_some()
        });
        if let Some(known) = spoken {
            return Some(Origin {
                score: 0.85,
                ..self.after(known, Link::Continued)
            });
        }
        let (speaker, entity) = self.subject_of(index, sentence)?;
        Some(subject_of_sentence(speaker, entity, 0.65))
    }

    /// “…,” Keller said. Meyer laughed. “…”: one whom a few words between two quotes bring in.
    fn reply(&self, index: usize, quote: usize, anchors: &[usize]) -> Option<Origin> {
        let range = self.quotes[quote].range;
        let before =
            anchors.partition_point(|&known| self.found[known].range.end() <= range.start());
        let last = &self.found[*anchors.get(before.checked_sub(1)?)?];
        let paragraph = &self.paragraphs[index];
        let sentences = &paragraph.facts.sentences;
        let next = sentences
            .partition_point(|sentence| paragraph.at(sentence.range).end() <= range.start());
        let sentence = paragraph.at(sentences.get(next.checked_sub(1)?)?.range);
        let words = |range: TextRange| self.prose.text()[range].split_whitespace().count();
        if sentence.start() < last.range.end() || words(sentence) > INTERLUDE {
            return None;
        }
        let by_name = |mention: &EntityMention| mention.form != MentionForm::Pronoun;
        let (speaker, entity) = self.first_person(index, sentence, by_name)?;
        let opens = words(TextRange::new(sentence.start(), speaker.range.start())) <= OPENING;
        (opens && Some(entity) != last.entity).then(|| subject_of_sentence(speaker, entity, 0.65))
    }

    /// The first person of a sentence, named or by pronoun, outside quotes.
    fn subject_of(&self, index: usize, sentence: TextRange) -> Option<(Speaker, EntityId)> {
        self.first_person(index, sentence, |_| true)
    }

    /// The first person of a sentence outside quotes, by a mention that fits.
    fn first_person(
        &self,
        index: usize,
        sentence: TextRange,
        fits: impl Fn(&EntityMention) -> bool,
    ) -> Option<(Speaker, EntityId)> {
        let from = self
            .mentions
            .partition_point(|mention| mention.range.start() < sentence.start());
        let subject = self.mentions[from..]
            .iter()
            .take_while(|mention| mention.range.end() <= sentence.end())
            .find(|mention| {
                !mention.quoted
                    && fits(mention)
                    && self
                        .entities
                        .get(mention.entity.0 as usize)
                        .is_some_and(|entity| entity.label == Label::Person)
            })?;
        Some((
            Speaker {
                range: subject.range,
                extent: subject.range,
                paragraph: index,
            },
            subject.entity,
        ))
    }

    /// "Keller continued:" at the end of the paragraph before.
    pub(super) fn lead_in(&self, index: usize) -> Option<Origin> {
        let before = self.body_before(index)?;
        let paragraph = &self.paragraphs[before];
        if !self.prose.text()[paragraph.range].ends_with(':') {
            return None;
        }
        let facts = &paragraph.facts;
        let spoken = facts
            .speech
            .iter()
            .rev()
            .find_map(|speech| Some((speech.source?, speech.cue)));
        let Some((source, cue)) = spoken else {
            return self.subject_of_lead_in(before);
        };
        let range = paragraph.at(source.range);
        let mention = self.mention_of(before, source);
        Some(Origin {
            link: Link::Continued,
            speaker: Some(Speaker {
                range,
                extent: paragraph.at(source.extent),
                paragraph: before,
            }),
            entity: mention.map(|mention| self.mentions[mention].entity),
            cue: cue.and_then(|at| facts.cues.get(at).map(|cue| (paragraph.at(cue.range), at))),
            continues: None,
            source: Standing::Named,
            hand: Hand::First,
            score: 0.9,
        })
    }

    /// "Keller made the following remark:": without a cue, the person whom the last sentence is about.
    fn subject_of_lead_in(&self, before: usize) -> Option<Origin> {
        let paragraph = &self.paragraphs[before];
        let sentence = paragraph.at(paragraph.facts.sentences.last()?.range);
        let (speaker, entity) = self.subject_of(before, sentence)?;
        Some(subject_of_sentence(speaker, entity, 0.7))
    }

    /// “When?” “When you can do the gates.” “I did them on Sunday.”: paragraphs that are nothing but a quote, after two
    /// of different speakers, go back to the first of them, where they ask, answer or are as short as talk is.
    fn exchange(&self, index: usize, quote: usize) -> Option<Origin> {
        let own = self.quotes[quote].range;
        if self.paragraphs[index].range != own {
            return None;
        }
        let last = self.turn(index.checked_sub(1)?)?;
        let first = self.turn(index.checked_sub(2)?)?;
        let speaker = |turn: usize| self.found[turn].entity;
        if speaker(first).is_none() || speaker(last).is_none() || speaker(first) == speaker(last) {
            return None;
        }
        let words = |turn: usize| self.prose.text()[self.found[turn].range].trim();
        let asks = |words: &str| words.trim_end_matches(is_mark).ends_with('?');
        let short = |words: &str| words.split_whitespace().take(TALK + 1).count() <= TALK;
        let (own, first_words, last_words) = (&self.prose.text()[own], words(first), words(last));
        let answers = asks(last_words);
        let goes_on_asking = asks(own) && asks(first_words);
        let talks = [own, first_words, last_words].into_iter().all(short);
        (answers || goes_on_asking || talks).then(|| Origin {
            speaker: None,
            cue: None,
            score: 0.85,
            ..self.after(first, Link::Continued)
        })
    }

    /// The last quoted speech of a paragraph that opens with a quote.
    fn turn(&self, index: usize) -> Option<usize> {
        let start = self.paragraphs[index].range.start();
        let quoted = |known: &usize| !self.found[*known].quotes.is_empty();
        let mut turns = self.found_in(index).filter(quoted);
        let opens = turns
            .clone()
            .any(|known| self.found[known].range.start() == start);
        turns.next_back().filter(|_| opens)
    }

    /// The attributions found in a paragraph; they are found paragraph by paragraph.
    fn found_in(&self, index: usize) -> std::ops::Range<usize> {
        let from = self.found.partition_point(|known| known.paragraph < index);
        from..self.found.partition_point(|known| known.paragraph <= index)
    }

    fn body_before(&self, index: usize) -> Option<usize> {
        (0..index)
            .rev()
            .take(REACH)
            .find(|&before| self.paragraphs[before].is_read())
    }

    /// The last speaker, or the first person of the paragraph before.
    fn continued(&self, index: usize) -> Option<Origin> {
        let mut distance = 0;
        for before in (0..index)
            .rev()
            .filter(|&before| self.paragraphs[before].is_read())
            .take(REACH)
        {
            distance += 1;
            let own = self.found_in(before);
            let known = own.clone().rev().find(|&known| {
                self.found[known].entity.is_some() && self.found[known].evidence.link != Link::None
            });
            if let Some(known) =
                known.filter(|&known| !self.found[known].quotes.is_empty() || distance == 1)
            {
                let score = 0.55 / distance as f32;
                return Some(Origin {
                    speaker: None,
                    cue: None,
                    score,
                    ..self.after(known, Link::Continued)
                });
            }
            let first = self.paragraphs[before]
                .facts
                .sentences
                .first()
                .map(|s| self.paragraphs[before].at(s.range));
            if let Some((_, entity)) = first.and_then(|sentence| self.subject_of(before, sentence))
            {
                return Some(Origin {
                    link: Link::Continued,
                    speaker: None,
                    entity: Some(entity),
                    cue: None,
                    continues: None,
                    source: Standing::Named,
                    hand: Hand::First,
                    score: 0.35 / distance as f32,
                });
            }
        }
        None
    }

    fn push(&mut self, index: usize, quote: usize, origin: Origin) {
        let range = self.quotes[quote].range;
        self.found.push(Attribution {
            range,
            paragraph: index,
            kind: SpeechKind::Direct,
            quotes: vec![quote],
            speaker: origin.speaker,
            entity: origin.entity,
            cue: origin.cue,
            continues: origin.continues,
            pattern: None,
            evidence: Evidence {
                link: origin.link,
                source: origin.source,
                hand: origin.hand,
            },
            score: origin.score,
        });
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '”' | '"' | '’' | '\'' | '»')
}
