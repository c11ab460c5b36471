//! Roles and pronouns to entities.
//!
//! Pronouns go to the person in focus: the subject of the clause before outweighs other people, the near outweigh the
//! far. The draft itself tells which pronoun a person has: a first pass resolves by focus alone and counts, a second
//! one holds people to the pronoun that the first found for them.

mod roles;

use text_size::{TextRange, TextSize};

use super::paragraph::Paragraph;
use super::people::{Entity, EntityId, EntityMention, MentionForm, Pronoun, kin};
use crate::extract::{Label, ParagraphFacts, SourceKind};
use crate::lexicon::{Class, Lexicon, Traits};
use crate::text::Prose;

/// Sentences after which a person is out of focus.
const REACH: usize = 12;

/// What a given name of the other leaning costs, in sentences of distance. The draft's own use outweighs it.
const AGAINST: f32 = 8.0;

/// What a pronoun that fits is worth, in sentences of distance.
const AGREES: f32 = 1.0;

/// People in focus at which those out of reach are let go.
const CROWD: usize = 64;

/// Names in the sentence of a pronoun that are looked at, so that a sentence without end stays linear.
const NAMES: usize = 32;

/// What being the subject is worth, in sentences of distance.
const SUBJECT: f32 = 2.5;

/// What opening a sentence as an owner is worth: "Keller’s answer was short."
const OPENS: f32 = 1.75;

/// What it costs to be named in the words that the pronoun says: few people speak of themselves by name.
const NAMED_IN_WORDS: f32 = 6.0;

/// Links descriptions and pronouns to the entities that they mean.
pub(super) fn link(
    prose: &Prose,
    paragraphs: &[Paragraph],
    entities: &mut Vec<Entity>,
    mentions: &mut Vec<EntityMention>,
) {
    roles::link(prose, paragraphs, entities, mentions);
    learn_from_titles(prose, entities, mentions);
    learn_from_roles(entities);
    let stream = stream(prose, paragraphs, entities, mentions);
    let first = resolve(&stream, entities, mentions);
    learn_from_use(entities, &first);
    let found = resolve(&stream, entities, mentions);
    mentions.extend(found.into_iter().map(|(place, entity)| EntityMention {
        range: place.range,
        title: None,
        paragraph: place.paragraph,
        entity,
        form: MentionForm::Pronoun,
        quoted: false,
    }));
    mentions.sort_by_key(|mention| (mention.range.start(), mention.range.end()));
    for entity in entities.iter_mut() {
        entity.mentions.clear();
    }
    for (index, mention) in mentions.iter().enumerate() {
        if let Some(entity) = entities.get_mut(mention.entity.0 as usize) {
            entity.mentions.push(index);
        }
    }
}

/// A name or a pronoun in the stream of own copy.
#[derive(Clone, Copy)]
struct Place {
    range: TextRange,
    paragraph: usize,
    /// Sentences of own copy before it.
    sentence: usize,
    subject: bool,
    /// "Petrova’s", "her", "him": an owner or an object.
    owner: bool,
    /// An owner whose name opens its sentence.
    opens: bool,
    /// Of who says something: the sentence in which it stands, otherwise an empty range.
    says: TextRange,
    /// "him": never the subject of its own sentence.
    object: bool,
    what: What,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Person(EntityId),
    Pronoun(Pronoun),
    /// "who", right after the one it means.
    Relative,
}

/// All mentions of people and all pronouns outside quotes, in reading order.
fn stream(
    prose: &Prose,
    paragraphs: &[Paragraph],
    entities: &[Entity],
    mentions: &[EntityMention],
) -> Vec<Place> {
    let mut places = Vec::new();
    let mut sentence = 0;
    let mut next = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        while mentions
            .get(next)
            .is_some_and(|mention| mention.paragraph < index)
        {
            next += 1;
        }
        let own = mentions[next..]
            .iter()
            .take_while(|mention| mention.paragraph == index)
            .count();
        let named = &mentions[next..next + own];
        next += own;
        if !paragraph.is_read() {
            continue;
        }
        let from = places.len();
        for mention in named.iter().filter(|mention| !mention.quoted) {
            if entities
                .get(mention.entity.0 as usize)
                .is_some_and(|entity| entity.label == Label::Person && entity.members.is_empty())
            {
                let what = What::Person(mention.entity);
                places.push(Place {
                    range: mention.range,
                    paragraph: index,
                    sentence,
                    subject: false,
                    owner: false,
                    opens: false,
                    says: TextRange::default(),
                    object: false,
                    what,
                });
            }
        }
        pronouns(prose, paragraph, index, &mut places);
        places[from..].sort_by_key(|place| place.range.start());
        sentence += number(prose, paragraph, sentence, &mut places[from..]);
    }
    places
}

/// Adds the pronouns of a paragraph's own copy.
fn pronouns(prose: &Prose, paragraph: &Paragraph, index: usize, places: &mut Vec<Place>) {
    let facts = &paragraph.facts;
    let read = || {
        let mut quotes = Outside::new(facts);
        let found = facts.tokens.iter().zip(&facts.words).enumerate();
        let found = found.filter(|(_, (token, known))| {
            let pronoun = matches!(
                known.class,
                Class::Subject | Class::Object | Class::Possessive | Class::Relative
            );
            // "hers" is in no list.
            let pronoun = pronoun || known.class == Class::Other && token.stem.len() == 4.into();
            pronoun
                && token.range.len() <= 4.into()
                && quotes.outside(token.range)
                && what(&prose.text()[paragraph.at(token.stem)]).is_some()
        });
        found.map(|(at, _)| at).collect()
    };
    for token in paragraph.notes.pronouns(read) {
        let range = paragraph.at(facts.tokens[*token].stem);
        let word = &prose.text()[range];
        places.extend(what(word).map(|what| Place {
            range,
            paragraph: index,
            sentence: 0,
            subject: false,
            owner: false,
            opens: false,
            says: TextRange::default(),
            object: word.eq_ignore_ascii_case("him"),
            what,
        }));
    }
}

/// What a pronoun refers to, as far as it tells.
fn what(word: &str) -> Option<What> {
    let is = |pronoun: &&str| word.eq_ignore_ascii_case(pronoun);
    match () {
        () if ["he", "him", "his"].iter().any(is) => Some(What::Pronoun(Pronoun::He)),
        () if ["she", "her", "hers"].iter().any(is) => Some(What::Pronoun(Pronoun::She)),
        () if is(&"who") => Some(What::Relative),
        () => None,
    }
}

/// Numbers the places of one paragraph by sentence and marks the subjects. Returns how many sentences it has.
fn number(prose: &Prose, paragraph: &Paragraph, first: usize, places: &mut [Place]) -> usize {
    let facts = &paragraph.facts;
    let mut sentence = 0;
    let mut seen = None;
    let mut sources: Vec<TextRange> = facts
        .speech
        .iter()
        .filter_map(|speech| speech.source)
        .map(|source| paragraph.at(source.range))
        .collect();
    sources.sort_by_key(|range| range.start());
    for place in places {
        while facts
            .sentences
            .get(sentence)
            .is_some_and(|s| paragraph.at(s.range).end() <= place.range.start())
        {
            sentence += 1;
        }
        place.sentence = first + sentence;
        let source = sources.partition_point(|range| range.end() <= place.range.start());
        let speaks = sources
            .get(source)
            .is_some_and(|range| range.contains_range(place.range));
        place.owner = is_owner(prose, place.range);
        if let Some(own) = facts.sentences.get(sentence).filter(|_| speaks) {
            place.says = paragraph.at(own.range);
        }
        let named = matches!(place.what, What::Person(_));
        place.opens = place.owner && named && opens_sentence(paragraph, sentence, place.range);
        if matches!(place.what, What::Relative) || place.owner {
            continue;
        }
        place.subject =
            speaks || seen != Some(sentence) && !after_preposition(paragraph, place.range);
        seen = Some(sentence);
    }
    facts.sentences.len().max(1)
}

/// "Petrova’s", "her", "him": an owner or an object, no subject.
fn is_owner(prose: &Prose, range: TextRange) -> bool {
    let (before, after) = prose.text().split_at(range.end().into());
    let word = &before[usize::from(range.start())..];
    let possessive = after.starts_with("’s") || after.starts_with("'s");
    possessive
        || ["his", "her", "him", "hers"]
            .iter()
            .any(|pronoun| word.eq_ignore_ascii_case(pronoun))
}

/// Nothing but a determiner or a title stands between the start of a sentence and a mention.
fn opens_sentence(paragraph: &Paragraph, sentence: usize, range: TextRange) -> bool {
    let facts = &paragraph.facts;
    let Some(sentence) = facts.sentences.get(sentence) else {
        return false;
    };
    let tokens = facts.tokens.get(sentence.tokens.clone());
    tokens.is_some_and(|tokens| {
        tokens
            .iter()
            .take(2)
            .any(|token| paragraph.at(token.stem).start() == range.start())
    })
}

/// A name after "with" or "of" is no subject, even where it is the sentence's first.
fn after_preposition(paragraph: &Paragraph, range: TextRange) -> bool {
    let tokens = &paragraph.facts.tokens;
    let at = tokens.partition_point(|token| paragraph.at(token.range).end() <= range.start());
    at.checked_sub(1)
        .and_then(|before| paragraph.facts.words.get(before))
        .is_some_and(|before| before.class == Class::Preposition)
}

/// Gives each pronoun the person in focus.
fn resolve(
    stream: &[Place],
    entities: &[Entity],
    mentions: &[EntityMention],
) -> Vec<(Place, EntityId)> {
    let mut focus: Vec<(EntityId, Place)> = Vec::new();
    let mut found = Vec::new();
    // The pronoun that each person got first; entities that have none yet are free.
    let mut given: Vec<Option<Pronoun>> = entities.iter().map(|entity| entity.pronoun).collect();
    let leanings: Vec<Option<Pronoun>> = entities.iter().map(leaning).collect();
    for place in stream {
        let entity = match place.what {
            What::Person(entity) => entity,
            What::Relative => {
                // Only the name right before it, with at most a comma between.
                let near = focus.iter().find(|(_, last)| {
                    last.range.end() <= place.range.start()
                        && place.range.start() - last.range.end() <= 2.into()
                });
                if let Some((entity, _)) = near {
                    found.push((*place, *entity));
                }
                continue;
            }
            What::Pronoun(pronoun) => {
                focus.retain(|(_, last)| last.sentence + REACH >= place.sentence);
                let said = quoted_in(mentions, place.says);
                let Some(entity) = in_focus(&focus, place, pronoun, &given, &leanings, said) else {
                    continue;
                };
                found.push((*place, entity));
                // "thanked Meyer for his help": whose help it is shows only where the pronouns are known.
                if place.owner {
                    continue;
                }
                if let Some(slot) = given.get_mut(entity.0 as usize) {
                    slot.get_or_insert(pronoun);
                }
                entity
            }
        };
        note(&mut focus, entity, *place);
    }
    found
}

/// The mentions in a sentence; those who are named in quotes there are spoken of.
fn quoted_in(mentions: &[EntityMention], sentence: TextRange) -> &[EntityMention] {
    let from = mentions.partition_point(|mention| mention.range.start() < sentence.start());
    let until = mentions.partition_point(|mention| mention.range.start() < sentence.end());
    let until = until.min(from + NAMES);
    mentions.get(from..until).unwrap_or_default()
}

/// The person in focus who has this pronoun or none yet. `said` are the mentions around it.
fn in_focus(
    focus: &[(EntityId, Place)],
    place: &Place,
    pronoun: Pronoun,
    given: &[Option<Pronoun>],
    leanings: &[Option<Pronoun>],
    said: &[EntityMention],
) -> Option<EntityId> {
    let spoken_of = |entity: &EntityId| {
        said.iter()
            .any(|mention| mention.quoted && mention.entity == *entity)
    };
    let weight = |(entity, last): &(EntityId, Place)| {
        let distance = (place.sentence - last.sentence) as f32;
        let paragraphs = (place.paragraph - last.paragraph).min(1) as f32;
        let bonus = match last {
            last if last.subject => SUBJECT,
            last if last.opens => OPENS,
            _ => 0.0,
        };
        let named = if spoken_of(entity) {
            NAMED_IN_WORDS
        } else {
            0.0
        };
        let leaning = leanings.get(entity.0 as usize).copied().flatten();
        let own = given.get(entity.0 as usize).copied().flatten().or(leaning);
        let agreement = own.map_or(0.0, |own| if own == pronoun { AGREES } else { -AGAINST });
        bonus - distance - 0.25 * paragraphs + agreement - named
    };
    let fits = |entity: &EntityId| {
        given
            .get(entity.0 as usize)
            .is_some_and(|own| own.is_none_or(|own| own == pronoun))
    };
    focus
        .iter()
        .filter(|(entity, last)| {
            fits(entity) && !(place.object && last.subject && last.sentence == place.sentence)
        })
        .max_by(|a, b| weight(a).total_cmp(&weight(b)))
        .map(|(entity, _)| *entity)
}

/// The latest mention of a person counts, but an object does not take a subject's place in the same sentence.
fn note(focus: &mut Vec<(EntityId, Place)>, entity: EntityId, place: Place) {
    match focus.iter_mut().find(|(known, _)| *known == entity) {
        Some((_, last)) => {
            let subject = place.subject || last.subject && last.sentence == place.sentence;
            *last = Place { subject, ..place };
        }
        None => {
            if focus.len() >= CROWD {
                focus.retain(|(_, last)| last.sentence + REACH >= place.sentence);
            }
            focus.push((entity, place));
        }
    }
}

/// The pronoun of most people with a person's given name; a single name may be a family name.
fn leaning(entity: &Entity) -> Option<Pronoun> {
    let (given, _) = entity
        .name
        .split_once(' ')
        .filter(|_| entity.label == Label::Person)?;
    let traits = Lexicon::get().names.traits(given);
    match () {
        _ if traits.any(Traits::MALE) => Some(Pronoun::He),
        _ if traits.any(Traits::FEMALE) => Some(Pronoun::She),
        _ => None,
    }
}

/// "Mr", "Mrs", "Lady": the draft says it.
fn learn_from_titles(prose: &Prose, entities: &mut [Entity], mentions: &[EntityMention]) {
    for mention in mentions {
        let Some(title) = mention.title else { continue };
        let pronoun = prose.text()[title].split_whitespace().find_map(|word| {
            match word.trim_end_matches('.') {
                "Mr" | "Sir" | "Lord" | "King" | "Prince" | "Mister" | "Father" | "Pope"
                | "Sheikh" => Some(Pronoun::He),
                "Mrs" | "Ms" | "Miss" | "Lady" | "Dame" | "Queen" | "Princess" | "Madame"
                | "Mme" | "Baroness" => Some(Pronoun::She),
                _ => None,
            }
        });
        if let (Some(pronoun), Some(entity)) =
            (pronoun, entities.get_mut(mention.entity.0 as usize))
        {
            entity.pronoun.get_or_insert(pronoun);
        }
    }
}

/// "her father-in-law", "a spokeswoman": the draft says it.
fn learn_from_roles(entities: &mut [Entity]) {
    for entity in entities
        .iter_mut()
        .filter(|entity| entity.label == Label::Person && entity.pronoun.is_none())
    {
        entity.pronoun = entity
            .roles
            .iter()
            .flat_map(|role| role.text.split(' '))
            .find_map(kin);
    }
}

/// The pronoun that at least three in four uses give a person.
fn learn_from_use(entities: &mut [Entity], found: &[(Place, EntityId)]) {
    let mut votes = vec![(0usize, 0usize); entities.len()];
    for (place, entity) in found.iter().filter(|(place, _)| !place.owner) {
        match place.what {
            What::Pronoun(Pronoun::He) => votes[entity.0 as usize].0 += 1,
            What::Pronoun(Pronoun::She) => votes[entity.0 as usize].1 += 1,
            _ => {}
        }
    }
    for (entity, (he, she)) in entities.iter_mut().zip(votes) {
        if entity.pronoun.is_none() && he + she > 0 {
            entity.pronoun = match () {
                _ if he >= 3 * she => Some(Pronoun::He),
                _ if she >= 3 * he => Some(Pronoun::She),
                _ => None,
            };
        }
    }
}

/// Tells in reading order whether tokens stand outside all quotes.
struct Outside<'a> {
    facts: &'a ParagraphFacts,
    next: usize,
}

impl<'a> Outside<'a> {
    fn new(facts: &'a ParagraphFacts) -> Outside<'a> {
        Outside { facts, next: 0 }
    }

    fn outside(&mut self, range: TextRange) -> bool {
        let quotes = &self.facts.quotes;
        while quotes.get(self.next).is_some_and(|quote| {
            quote.range.end() <= range.start() || quote.parent.is_some() || !quote.certain
        }) {
            self.next += 1;
        }
        quotes
            .get(self.next)
            .is_none_or(|quote| range.start() < quote.range.start())
    }
}

/// Bytes of "the" and a space.
const ARTICLE: TextSize = TextSize::new(4);

/// The index of the mention that stands for a source, in a paragraph whose mentions start at `from`.
pub(super) fn mention_of(
    mentions: &[EntityMention],
    paragraph: usize,
    range: TextRange,
    kind: SourceKind,
) -> Option<usize> {
    let from = mentions.partition_point(|mention| mention.range.start() < range.start());
    let inside = mentions[from..]
        .iter()
        .enumerate()
        .take_while(|(_, mention)| {
            mention.paragraph == paragraph && mention.range.start() < range.end()
        })
        .filter(|(_, mention)| range.contains_range(mention.range));
    let found = match kind {
        SourceKind::Name(_) => inside
            .filter(|(_, m)| !matches!(m.form, MentionForm::Role | MentionForm::Pronoun))
            .last(),
        SourceKind::Pronoun => inside
            .filter(|(_, m)| m.form == MentionForm::Pronoun)
            .last(),
        // Of "a spokesman for the mayor" the head is the spokesman. A name that only the rest of the draft shows to be
        // one is a phrase for the paragraph alone: "Tern said", "the Tern said".
        SourceKind::Descriptor(_) | SourceKind::Phrase => inside
            .filter(|(_, m)| match m.form {
                MentionForm::Role => m.range.start() == range.start(),
                MentionForm::Pronoun => false,
                _ => {
                    m.range.end() == range.end()
                        && m.full_range().start() <= range.start() + ARTICLE
                }
            })
            .last(),
    };
    found.map(|(offset, _)| from + offset)
}
