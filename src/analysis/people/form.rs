//! What the passes ask of a name by its spelling alone, worked out once for each spelling of the draft: a story names the
//! same few people and bodies over and over.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use super::bodies::{turned, without_article};
use super::person::{PersonName, fold};
use crate::lexicon::{Names, Traits};
use crate::text::FastMap;

/// One spelling of a name.
#[derive(Debug)]
pub(super) struct Form {
    /// The name, folded.
    pub key: Rc<str>,
    /// What the lists know about it.
    pub traits: Traits,
    /// The name without its article, folded.
    pub plain: Rc<str>,
    /// What the lists know about it without its article.
    pub plain_traits: Traits,
    /// The key under which it is known as a body's name.
    pub body: String,
    /// The country whose government it may stand for.
    pub capital_of: Option<&'static str>,
    person: OnceCell<PersonForm>,
}

/// A spelling as a person's name.
#[derive(Debug)]
pub(super) struct PersonForm {
    pub name: PersonName,
    /// See [`PersonName::key`].
    pub key: String,
}

impl Form {
    fn new(text: &str, names: &Names) -> Form {
        let plain = without_article(text);
        let key: Rc<str> = fold(text).into();
        let traits = names.traits(text);
        let (plain_key, plain_traits) = match plain.len() == text.len() {
            true => (Rc::clone(&key), traits),
            false => (fold(plain).into(), names.traits(plain)),
        };
        Form {
            body: turned(&plain_key),
            capital_of: names.capital_of(plain),
            person: OnceCell::new(),
            key,
            traits,
            plain: plain_key,
            plain_traits,
        }
    }
}

/// All spellings that the passes have met.
#[derive(Debug)]
pub(super) struct Forms<'t> {
    names: &'t Names,
    known: RefCell<FastMap<&'t str, Rc<Form>>>,
}

impl<'t> Forms<'t> {
    pub fn new(names: &'t Names) -> Forms<'t> {
        Forms {
            names,
            known: RefCell::default(),
        }
    }

    /// What the spelling tells.
    pub fn of(&self, text: &'t str) -> Rc<Form> {
        let mut known = self.known.borrow_mut();
        Rc::clone(
            known
                .entry(text)
                .or_insert_with(|| Rc::new(Form::new(text, self.names))),
        )
    }

    /// The spelling read as a person's name.
    pub fn person<'f>(&self, text: &str, form: &'f Form) -> &'f PersonForm {
        form.person.get_or_init(|| {
            let name = PersonName::new(text, self.names);
            PersonForm {
                key: name.key(),
                name,
            }
        })
    }
}
