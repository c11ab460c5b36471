//! The source of a piece of speech to the one whom it means.

use std::collections::HashMap;

use text_size::TextRange;

use super::super::Analysis;
use super::super::coreference::mention_of;
use super::super::people::{Entity, EntityId, EntityMention, MentionForm};
use super::{Attribution, Attributor, Link, NEAR, Standing};
use crate::extract::{Label, Source, SourceKind};

/// Unnamed sources met so far.
#[derive(Default)]
pub(super) struct Unnamed {
    /// By their words in lower case without a determiner.
    by_name: HashMap<String, EntityId>,
    /// The latest by its head noun in lower case: "the spokeswoman" is the spokeswoman of whom the draft spoke last.
    by_head: HashMap<String, EntityId>,
}

/// A source with whom it means.
pub(super) struct Resolved {
    /// Prose bytes of the mention.
    pub range: TextRange,
    pub entity: Option<EntityId>,
    pub link: Link,
    pub standing: Standing,
    /// The likeliest rather than the one told.
    pub guessed: bool,
}

impl Analysis {
    /// The fullest name that the draft gives the speaker, or the description of an unnamed source; none for nobody.
    pub fn speaker_name(&self, attribution: &Attribution) -> Option<&str> {
        match (attribution.entity, attribution.speaker) {
            (Some(entity), _) => Some(&self.entity(entity).name),
            (None, Some(speaker)) => Some(self.text(speaker.range)),
            (None, None) => None,
        }
    }
}

impl Attributor<'_> {
    pub(super) fn resolve(&mut self, paragraph: usize, source: Source) -> Resolved {
        let range = self.paragraphs[paragraph].at(source.range);
        let mention = self
            .mention_of(paragraph, source)
            .map(|index| &self.mentions[index]);
        match source.kind {
            SourceKind::Pronoun => {
                let known = mention.map(|mention| mention.entity);
                let body = known.map_or_else(|| self.body_in_focus(paragraph, range), |_| None);
                Resolved {
                    range,
                    entity: known.or(body),
                    link: Link::Pronoun,
                    standing: Standing::Named,
                    guessed: body.is_some(),
                }
            }
            SourceKind::Name(_) => match (self.joint(range), mention) {
                (Some(entity), _) => Resolved {
                    range,
                    entity: Some(entity),
                    link: Link::Named,
                    standing: Standing::Named,
                    guessed: false,
                },
                (None, Some(mention)) => self.named(range, mention),
                (None, None) => self.described(paragraph, range, source.kind),
            },
            SourceKind::Descriptor(_) | SourceKind::Phrase => match mention {
                Some(mention) if mention.form != MentionForm::Role => self.named(range, mention),
                Some(mention) => Resolved {
                    range,
                    entity: Some(mention.entity),
                    link: Link::Role,
                    standing: Standing::Named,
                    guessed: false,
                },
                None => self
                    .author(range)
                    .map(|author| self.named(range, &self.mentions[author]))
                    .or_else(|| self.meant(paragraph, range))
                    .unwrap_or_else(|| self.described(paragraph, range, source.kind)),
            },
        }
    }

    /// Who issued the words that stand as a source: "a release from Acme", "Keller’s answer", "IRNA news agency".
    fn author(&self, range: TextRange) -> Option<usize> {
        let text = self.prose.text();
        let from = self
            .mentions
            .partition_point(|mention| mention.full_range().start() < range.start());
        let inside = self.mentions[from..]
            .iter()
            .take_while(|mention| mention.range.end() <= range.end())
            .take(NEAR);
        let speaks = |mention: &EntityMention| {
            mention.form != MentionForm::Pronoun
                && self
                    .entities
                    .get(mention.entity.0 as usize)
                    .is_some_and(|entity| {
                        matches!(entity.label, Label::Person | Label::Organisation)
                    })
        };
        for (index, mention) in (from..).zip(inside).filter(|(_, mention)| speaks(mention)) {
            let full = mention.full_range();
            let before = text[TextRange::new(range.start(), full.start())].trim_end();
            let after = &text[TextRange::new(full.end(), range.end())];
            let issued = [" from", " by", " of"]
                .iter()
                .find_map(|word| before.strip_suffix(word))
                .filter(|_| after.is_empty());
            let owned = after
                .strip_prefix("’s ")
                .or_else(|| after.strip_prefix("'s "));
            let outlet = before.is_empty() || before.eq_ignore_ascii_case("the");
            if outlet && is_outlet(after.trim_start()) {
                return Some(index);
            }
            let noun = issued
                .map(|before| before.rsplit(' ').next().unwrap_or_default())
                .or_else(|| owned?.split(' ').find(|word| is_issued(word)));
            if noun.is_some_and(is_issued) {
                return Some(index);
            }
        }
        None
    }

    /// The mention that stands for a source. Of "Maria Gomez of the University" it is the first name, the head.
    pub(super) fn mention_of(&self, paragraph: usize, source: Source) -> Option<usize> {
        let facts = &self.paragraphs[paragraph].facts;
        let head = match source.kind {
            SourceKind::Name(name) => facts
                .mentions
                .get(name)
                .map_or(source.range, |mention| mention.range),
            _ => source.range,
        };
        mention_of(
            self.mentions,
            paragraph,
            self.paragraphs[paragraph].at(head),
            source.kind,
        )
    }

    /// "Arkwright and Lowe": those who speak together, as one entity with its members.
    fn joint(&mut self, range: TextRange) -> Option<EntityId> {
        let from = self
            .mentions
            .partition_point(|mention| mention.range.end() <= range.start());
        let mut at = range.start();
        let mut members: Vec<EntityId> = Vec::new();
        for mention in self.mentions[from..]
            .iter()
            .take_while(|mention| mention.range.end() <= range.end())
        {
            let full = mention.full_range();
            // "Iranian" stands in a title of the next name, and "Hale" of "Hale coach Ana Diaz" tells who she is.
            let kind = |id: &EntityId| self.entities[id.0 as usize].label;
            let tells = members.first().is_some_and(|first| {
                kind(first) == Label::Person && kind(&mention.entity) != Label::Person
            });
            if full.start() < at || tells {
                continue;
            }
            let between = self.prose.text()[TextRange::new(at, full.start())].trim();
            let joined = match members.is_empty() {
                true => between.is_empty(),
                false => matches!(between, "and" | "&" | "," | ", and") || is_described(between),
            };
            if !joined || mention.form == MentionForm::Pronoun {
                return None;
            }
            at = mention.range.end();
            members.push(mention.entity);
        }
        let label = |id: &EntityId| self.entities[id.0 as usize].label;
        let alike = members.windows(2).all(|pair| {
            pair[0] != pair[1]
                && label(&pair[0]) == label(&pair[1])
                && matches!(label(&pair[0]), Label::Person | Label::Organisation)
        });
        if members.len() < 2 || !alike || at != range.end() {
            return None;
        }
        if let Some((_, entity)) = self.joints.iter().find(|(known, _)| *known == members) {
            return Some(*entity);
        }
        let names: Vec<&str> = members
            .iter()
            .map(|id| self.entities[id.0 as usize].name.as_str())
            .collect();
        let entity = Entity {
            label: label(&members[0]),
            name: names.join(" and "),
            named: true,
            mentions: Vec::new(),
            roles: Vec::new(),
            pronoun: None,
            outlet: false,
            members: members.clone(),
        };
        let id = EntityId(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
        self.entities.push(entity);
        self.joints.push((members, id));
        Some(id)
    }

    fn named(&self, range: TextRange, mention: &EntityMention) -> Resolved {
        Resolved {
            range,
            entity: Some(mention.entity),
            link: Link::Named,
            standing: Standing::Named,
            guessed: false,
        }
    }

    /// A description that means no one introduced by name: an unnamed source, or a body or document that speaks.
    fn described(&mut self, paragraph: usize, range: TextRange, kind: SourceKind) -> Resolved {
        let text = self.prose.text();
        let name = without_determiner(&text[range]);
        let head = match kind {
            SourceKind::Descriptor(index) => {
                let paragraph = &self.paragraphs[paragraph];
                paragraph
                    .facts
                    .descriptors
                    .get(index)
                    .map_or(name, |descriptor| &text[paragraph.at(descriptor.head)])
            }
            _ => name.split_whitespace().next_back().unwrap_or(name),
        }
        .to_lowercase();
        let standing = match kind {
            _ if is_body(&head) => Standing::Named,
            SourceKind::Name(_) => Standing::Named,
            _ => Standing::Unnamed,
        };
        let key = name.to_lowercase();
        let again = self
            .unnamed
            .by_head
            .get(&key)
            .copied()
            .filter(|_| name.len() < text[range].len());
        let entity = again
            .or_else(|| self.unnamed.by_name.get(&key).copied())
            .unwrap_or_else(|| {
                let id = EntityId(self.entities.len() as u32);
                self.entities.push(Entity {
                    label: if standing == Standing::Named {
                        Label::Organisation
                    } else {
                        Label::Person
                    },
                    name: name.to_owned(),
                    named: standing == Standing::Named,
                    mentions: Vec::new(),
                    roles: Vec::new(),
                    pronoun: None,
                    outlet: false,
                    members: Vec::new(),
                });
                id
            });
        self.unnamed.by_head.insert(head, entity);
        self.unnamed.by_name.entry(key).or_insert(entity);
        let link = if standing == Standing::Named {
            Link::Named
        } else {
            Link::Role
        };
        Resolved {
            range,
            entity: Some(entity),
            link,
            standing,
            guessed: false,
        }
    }

    /// Whether a listener is a news outlet, so that the words reached the draft through it.
    pub(super) fn is_outlet(&self, paragraph: usize, listener: TextRange) -> bool {
        let range = self.paragraphs[paragraph].at(listener);
        mention_of(self.mentions, paragraph, range, SourceKind::Name(0))
            .map(|index| &self.mentions[index])
            .filter(|mention| mention.form != MentionForm::Pronoun)
            .and_then(|mention| self.entities.get(mention.entity.0 as usize))
            .is_some_and(|entity| entity.outlet)
    }
}

/// "and Hale coach" before the name of the second of two people.
fn is_described(between: &str) -> bool {
    const LONGEST: usize = 5;
    let words = between.strip_prefix("and ").unwrap_or_default().split(' ');
    let plain = |word: &str| word.chars().all(|c| c.is_alphanumeric() || c == '-');
    !between.is_empty()
        && between.starts_with("and ")
        && words.clone().count() < LONGEST
        && words.clone().all(plain)
}

fn without_determiner(text: &str) -> &str {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    match first.to_ascii_lowercase().as_str() {
        "the" | "a" | "an" | "this" | "that" | "these" | "those" | "his" | "her" | "their"
        | "its" | "our"
            if !rest.is_empty() =>
        {
            rest.trim_start()
        }
        _ => text,
    }
}

/// What may stand behind the name of an outlet.
fn is_outlet(words: &str) -> bool {
    matches!(
        words,
        "news agency"
            | "agency"
            | "newspaper"
            | "magazine"
            | "network"
            | "website"
            | "radio"
            | "television"
    )
}

/// Words that somebody gives out as their own.
pub(super) fn is_issued(noun: &str) -> bool {
    matches!(
        noun,
        "release"
            | "statement"
            | "letter"
            | "email"
            | "e-mail"
            | "filing"
            | "memo"
            | "answer"
            | "reply"
            | "response"
            | "tweet"
            | "post"
            | "message"
    )
}

/// A body that answers for its words, though its name is a common noun: "the Ukrainian government", "police".
fn is_body(head: &str) -> bool {
    matches!(
        head,
        "government"
            | "ministry"
            | "police"
            | "company"
            | "court"
            | "department"
            | "office"
            | "agency"
            | "council"
            | "committee"
            | "commission"
            | "parliament"
            | "army"
            | "military"
            | "union"
            | "party"
            | "university"
            | "school"
            | "hospital"
            | "bank"
            | "board"
            | "group"
            | "firm"
            | "embassy"
            | "campaign"
            | "administration"
            | "report"
            | "study"
            | "statement"
            | "letter"
            | "survey"
            | "poll"
            | "document"
            | "documents"
            | "lawsuit"
            | "complaint"
            | "indictment"
            | "website"
            | "newspaper"
            | "magazine"
            | "network"
    )
}
