//! What a newsroom knows beyond one draft: records of people, bodies and places, found by any of their names.
//!
//! Absent on purpose: I/O. A base is bytes that someone else has read or mapped, and a base that cannot be read is an
//! error for whoever opens it; a look-up cannot fail, and what it cannot read it leaves out.

mod base;
mod fold;
mod listed;
mod record;
mod shipped;

use std::sync::{Arc, OnceLock};

pub use base::{
    Base, BaseError, Bytes, Damaged, MOST_FOUND, Names, Place, Records, Sink, decode, encode, keys,
};
pub use fold::fold;
pub use record::{Date, Fact, FactKind, Name, NameKind, Record, RecordKind, Tenure};

/// Bases in the order in which they are believed: the desk's own list, then the workspace's, then what is shipped.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    bases: Vec<Arc<Base>>,
}

/// A record that bears a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Known<'k> {
    /// The record.
    pub record: Record,
    /// Index into `record.names`: the name by which it was found.
    pub name: usize,
    /// The title of the base that holds it.
    pub base: &'k str,
}

impl Known<'_> {
    /// The name by which the record was found.
    pub fn name(&self) -> Option<&Name> {
        self.record.names.get(self.name)
    }
}

impl Knowledge {
    /// The title of the base that ships.
    pub const SHIPPED: &'static str = "copydesk";

    /// Bases in the order in which they are believed, before what is shipped.
    pub fn new(bases: Vec<Arc<Base>>) -> Knowledge {
        let shipped = Knowledge::shipped().bases.iter().cloned();
        Knowledge::of(bases.into_iter().chain(shipped).collect())
    }

    /// Bases in the order in which they are believed, and no others.
    pub fn of(bases: Vec<Arc<Base>>) -> Knowledge {
        Knowledge { bases }
    }

    /// What ships inside the binary, and no more. Opened at the first call.
    pub fn shipped() -> &'static Knowledge {
        static SHIPPED: OnceLock<Knowledge> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let written: &'static [u8] = include_bytes!("knowledge/shipped.base");
            let base = Base::open(Knowledge::SHIPPED, written);
            // A test holds the file to the lists, so that it always opens.
            Knowledge::of(base.into_iter().map(Arc::new).collect())
        })
    }

    /// The bytes of the base that ships, made of its lists: what `shipped.base` must hold. Reading the lists at each
    /// start would take longer than opening a draft.
    pub fn written_lists() -> Vec<u8> {
        Base::bytes(&shipped::records())
    }

    /// The records that bear a name, in any case and with or without accents and points; the most believed base first.
    /// Records of one name are never merged: they may be two people. A base that turns out to be damaged there gives
    /// none; [`Knowledge::damaged`] tells.
    pub fn find(&self, name: &str) -> Vec<Known<'_>> {
        let key = fold(name);
        self.bases
            .iter()
            .flat_map(|base| known(base, base.find(&key)))
            .collect()
    }

    /// The same of the newsroom's own bases alone, without what ships.
    pub fn find_own(&self, name: &str) -> Vec<Known<'_>> {
        let key = fold(name);
        self.own()
            .flat_map(|base| known(base, base.find(&key)))
            .collect()
    }

    /// Bytes of the names of desk lists that a text starts with, of each list the longest first. Bases are not asked: they
    /// may know ten million names, among them most words.
    pub fn listed_at(&self, text: &str) -> impl Iterator<Item = usize> {
        let lists = self.bases.iter().filter_map(|base| base.listed());
        lists.flat_map(move |listed| listed.at(text))
    }

    /// There is a desk list.
    pub fn has_listed(&self) -> bool {
        self.bases.iter().any(|base| base.listed().is_some())
    }

    /// The newsroom has bases of its own.
    pub fn has_own(&self) -> bool {
        self.own().next().is_some()
    }

    fn own(&self) -> impl Iterator<Item = &Arc<Base>> {
        let shipped = Knowledge::shipped();
        let ships = |base: &&Arc<Base>| shipped.bases.iter().any(|other| Arc::ptr_eq(base, other));
        self.bases.iter().filter(move |base| !ships(base))
    }

    /// Records with a name that starts so, `limit` of each base at most; the most believed base first.
    pub fn starting_with(&self, name: &str, limit: usize) -> Vec<Known<'_>> {
        let key = fold(name);
        self.bases
            .iter()
            .flat_map(|base| known(base, base.starting_with(&key, limit)))
            .collect()
    }

    /// The titles of the bases in which look-ups have met damage so far, with the first of it: for one message each.
    pub fn damaged(&self) -> impl Iterator<Item = (&str, Damaged)> {
        self.bases
            .iter()
            .filter_map(|base| Some((base.title(), base.damage()?)))
    }
}

fn known(
    base: &Base,
    found: Result<Vec<(Record, usize)>, Damaged>,
) -> impl Iterator<Item = Known<'_>> {
    let found = found.unwrap_or_default().into_iter();
    found.map(|(record, name)| Known {
        record,
        name,
        base: base.title(),
    })
}
