//! Organisations, places and other names to entities: acronyms, short forms and variants join their full name.

use std::collections::HashMap;

use super::labels::without_form;
use super::person::fold;
use super::{Label, MentionForm, Named};
use crate::lexicon::{Names, Traits};

#[derive(Debug)]
struct Body {
    /// The longest form as the draft writes it.
    shown: String,
}

/// The organisations, places and other named things of a draft.
pub(super) struct Bodies<'n> {
    names: &'n Names,
    bodies: Vec<Body>,
    known: HashMap<(Label, String), usize>,
    /// The full name, folded, behind an acronym or a short form of this draft.
    full: HashMap<String, String>,
}

impl<'n> Bodies<'n> {
    /// Learns the acronyms and short forms of a draft.
    pub fn new(named: &[Named], names: &'n Names) -> Bodies<'n> {
        let mut full = HashMap::new();
        let mut before: Option<&Named> = None;
        for mention in named.iter().filter(|mention| mention.score > 0.0) {
            if mention.label != Label::Person {
                let key = fold(mention.text);
                if let Some(short) = without_form(mention.text) {
                    full.entry(short).or_insert_with(|| key.clone());
                }
                let outlet = names.traits(mention.text).any(Traits::OUTLET);
                if let Some((_, short)) = key.rsplit_once(' ').filter(|_| outlet) {
                    full.entry(short.to_owned()).or_insert_with(|| key.clone());
                }
                if let Some(acronym) = initials(mention.text) {
                    full.entry(acronym).or_insert_with(|| key.clone());
                }
                let beside = before.filter(|before| {
                    let between = u32::from(mention.range.start())
                        .saturating_sub(u32::from(before.range.end()));
                    mention.bracketed && between <= 2 && is_acronym(mention.text)
                });
                if let Some(owner) = beside {
                    full.insert(key, fold(owner.text));
                }
            }
            before = Some(mention);
        }
        Bodies {
            names,
            bodies: Vec::new(),
            known: HashMap::new(),
            full,
        }
    }

    /// The entity of a name, in reading order of the draft.
    pub fn link(&mut self, mention: &Named) -> (usize, MentionForm) {
        let text = without_article(mention.text);
        let key = (mention.label, self.key(text, mention.label));
        let bodies = &mut self.bodies;
        let id = *self.known.entry(key).or_insert_with(|| {
            bodies.push(Body {
                shown: text.to_owned(),
            });
            bodies.len() - 1
        });
        let body = &mut self.bodies[id];
        if text.chars().count() > body.shown.chars().count() {
            text.clone_into(&mut body.shown);
        }
        let short = is_acronym(text) || self.full.contains_key(&fold(text));
        match short && mention.label != Label::Misc {
            true => (id, MentionForm::Short),
            false => (id, MentionForm::Full),
        }
    }

    /// What all forms of a name share.
    fn key(&self, text: &str, label: Label) -> String {
        let key = fold(text);
        if label == Label::Misc {
            return key;
        }
        let key = self.full.get(&key).cloned().unwrap_or(key);
        match self.names.full(text).or_else(|| self.names.full(&key)) {
            Some(full) => fold(full),
            None => key,
        }
    }

    /// What each is called.
    pub fn names(self) -> Vec<String> {
        self.bodies
            .into_iter()
            .map(|body| body.shown.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("The ")
        .or_else(|| name.strip_prefix("the "))
        .unwrap_or(name)
}

fn is_acronym(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !text.contains(char::is_whitespace)
        && !text.contains(char::is_lowercase)
}

/// "nsc" of "National Security Council": capitals of three words or more.
fn initials(name: &str) -> Option<String> {
    let capitals: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    (capitals.chars().count() >= 3).then(|| fold(&capitals))
}
