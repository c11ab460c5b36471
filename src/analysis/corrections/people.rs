//! One person or two: decisions about names, which bind before descriptions and pronouns are linked.

use std::collections::HashMap;

use text_size::TextRange;

use super::super::people::{Entity, EntityId, EntityMention, MentionForm};
use super::{Corrections, key};
use crate::text::Prose;

/// Binds the names that are one person's and parts those that are two people's.
pub(in crate::analysis) fn bind(
    prose: &Prose,
    entities: &mut Vec<Entity>,
    mentions: &mut [EntityMention],
    corrections: &Corrections,
) {
    if corrections.one.is_empty() && corrections.two.is_empty() {
        return;
    }
    let keys: Vec<String> = mentions
        .iter()
        .map(|mention| key(&prose.text()[mention.range]))
        .collect();
    let mut names = Names {
        keys,
        entities,
        mentions,
    };
    for pair in &corrections.two {
        names.part(pair);
    }
    for pair in &corrections.one {
        names.join(pair);
    }
    names.tidy();
}

struct Names<'a> {
    /// For each mention its words.
    keys: Vec<String>,
    entities: &'a mut Vec<Entity>,
    mentions: &'a mut [EntityMention],
}

impl Names<'_> {
    /// Makes two of one who bears both names. The first keeps what says nothing else; a name that either may bear goes
    /// with the one of the two that stands last before it.
    fn part(&mut self, [kept, other]: &[String; 2]) {
        let Some(id) = self.bearer(kept).filter(|id| self.bears(*id, other)) else {
            return;
        };
        let new = EntityId(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
        let mut last = id;
        for (mention, key) in self.mentions.iter_mut().zip(&self.keys) {
            if mention.entity != id {
                continue;
            }
            if key == other {
                last = new;
            } else if key == kept || mention.form == MentionForm::Full {
                last = id;
            }
            mention.entity = last;
        }
        let Some(old) = self.entities.get_mut(id.0 as usize) else {
            return;
        };
        let mut parted = Entity {
            name: other.clone(),
            mentions: Vec::new(),
            roles: Vec::new(),
            ..old.clone()
        };
        if old.name == *other {
            old.name.clone_from(kept);
        }
        for role in std::mem::take(&mut old.roles) {
            let owner = nearest(self.mentions, role.range, [id, new]);
            let list = if owner == Some(new) {
                &mut parted.roles
            } else {
                &mut old.roles
            };
            list.push(role);
        }
        self.entities.push(parted);
    }

    /// Makes one of the bearers of two names; it has the longer of them.
    fn join(&mut self, [one, other]: &[String; 2]) {
        let (Some(one), Some(other)) = (self.bearer(one), self.bearer(other)) else {
            return;
        };
        let (first, second) = (one.min(other), one.max(other));
        if first == second {
            return;
        }
        for mention in self.mentions.iter_mut() {
            if mention.entity == second {
                mention.entity = first;
            }
        }
        for entity in self.entities.iter_mut() {
            for member in entity.members.iter_mut().filter(|id| **id == second) {
                *member = first;
            }
        }
        let Some(gone) = self.entities.get_mut(second.0 as usize) else {
            return;
        };
        let (roles, name) = (std::mem::take(&mut gone.roles), gone.name.clone());
        let Some(stays) = self.entities.get_mut(first.0 as usize) else {
            return;
        };
        stays.roles.extend(roles);
        stays.roles.sort_by_key(|role| role.range.start());
        let words = |name: &str| (name.split_whitespace().count(), name.len());
        if words(&name) > words(&stays.name) {
            stays.name = name;
        }
    }

    /// The first who bears a name.
    fn bearer(&self, name: &str) -> Option<EntityId> {
        let mention = self.keys.iter().position(|key| key == name);
        let by_mention = mention.and_then(|at| Some(self.mentions.get(at)?.entity));
        let by_name = || {
            let at = self
                .entities
                .iter()
                .position(|entity| key(&entity.name) == name);
            at.and_then(|at| u32::try_from(at).ok()).map(EntityId)
        };
        by_mention.or_else(by_name)
    }

    fn bears(&self, id: EntityId, name: &str) -> bool {
        let mut mentions = self.mentions.iter().zip(&self.keys);
        mentions.any(|(mention, key)| mention.entity == id && key == name)
    }

    /// Leaves out those who have no name left, and counts mentions anew.
    fn tidy(self) {
        for entity in self.entities.iter_mut() {
            entity.mentions.clear();
        }
        for (index, mention) in self.mentions.iter().enumerate() {
            if let Some(entity) = self.entities.get_mut(mention.entity.0 as usize) {
                entity.mentions.push(index);
            }
        }
        let mut ids = HashMap::new();
        let mut next = 0u32;
        for (old, entity) in (0u32..).zip(self.entities.iter()) {
            if !entity.mentions.is_empty() {
                ids.insert(EntityId(old), EntityId(next));
                next += 1;
            }
        }
        self.entities.retain(|entity| !entity.mentions.is_empty());
        for entity in self.entities.iter_mut() {
            let members = entity.members.iter().filter_map(|id| ids.get(id).copied());
            entity.members = members.collect();
            entity.members.dedup();
        }
        for mention in self.mentions.iter_mut() {
            if let Some(id) = ids.get(&mention.entity) {
                mention.entity = *id;
            }
        }
    }
}

/// Which of two is named nearest to a place.
fn nearest(mentions: &[EntityMention], place: TextRange, ids: [EntityId; 2]) -> Option<EntityId> {
    let distance = |mention: &&EntityMention| {
        let (one, other) = (mention.range, place);
        match one.start() < other.start() {
            true => u32::from(other.start()).saturating_sub(one.end().into()),
            false => u32::from(one.start()).saturating_sub(other.end().into()),
        }
    };
    mentions
        .iter()
        .filter(|mention| ids.contains(&mention.entity))
        .min_by_key(distance)
        .map(|mention| mention.entity)
}
