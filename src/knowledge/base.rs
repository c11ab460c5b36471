//! One base: records, found by the folded forms of their names, in bytes that are read a block at a time.
//!
//! # The format
//!
//! A header, blocks of records, and a tree of names over them: leaves that hold every folded name in order, and above
//! them levels that hold the first name of each block below, up to one root. Numbers are little-endian or LEB128. A
//! block is some 4 KB and carries a checksum, which is compared whenever it is read; the header carries its own, and
//! the length that the whole must have, so that opening takes as long for ten million names as for ten.
//!
//! A look-up of one name among ten million reads three blocks of names and one block of each record that bears it. A
//! finite-state transducer would make the names smaller, but the library for it trusts its bytes: one flipped bit
//! can make it panic. Here whatever the bytes are, the worst is [`Damaged`].
//!
//! Absent on purpose: I/O. Where the bytes come from is for [`Bytes`] to know.

mod block;
mod header;
mod write;

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

pub use block::Damaged;
pub use header::BaseError;
pub use write::{Names, Place, Records, Sink, decode, encode, keys};

use super::fold::fold;
use super::listed::Listed;
use super::record::Record;
use block::{Block, Cursor, LEAF, RECORDS, SIZE};
use header::Header;

/// Records of one look-up at most. So many people of one name help nobody, and a look-up has an end.
pub const MOST_FOUND: usize = 1000;

/// Bytes of a folded name by which it is sorted; what is longer is told apart by the record itself.
const KEY: usize = 256;

/// Bytes that can be read from any place.
pub trait Bytes: fmt::Debug + Send + Sync {
    /// How many there are.
    fn size(&self) -> u64;

    /// `length` bytes from `at` on; none where they cannot be had.
    fn read(&self, at: u64, length: usize) -> Option<Cow<'_, [u8]>>;
}

impl Bytes for &'static [u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, at: u64, length: usize) -> Option<Cow<'_, [u8]>> {
        slice(self, at, length).map(Cow::Borrowed)
    }
}

impl Bytes for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, at: u64, length: usize) -> Option<Cow<'_, [u8]>> {
        slice(self, at, length).map(Cow::Borrowed)
    }
}

fn slice(bytes: &[u8], at: u64, length: usize) -> Option<&[u8]> {
    let start = usize::try_from(at).ok()?;
    bytes.get(start..start.checked_add(length)?)
}

/// Records that came from one place.
#[derive(Debug)]
pub struct Base {
    title: String,
    bytes: Box<dyn Bytes>,
    header: Header,
    /// Its names by their first words, where it is a list of a few records.
    listed: Option<Listed>,
    /// The first damage that a look-up met.
    damage: OnceLock<Damaged>,
}

impl Base {
    /// A base of a few records, in memory. `title` tells a user where they come from. A record of more than
    /// [`encode`] takes is left out.
    pub fn of(title: &str, records: Vec<Record>) -> Base {
        let (header, bytes) = write::in_memory(&records);
        Base {
            title: title.to_owned(),
            bytes: Box::new(bytes),
            header,
            listed: Some(Listed::new(&records)),
            damage: OnceLock::new(),
        }
    }

    /// The bytes of such a base, to be opened later.
    pub fn bytes(records: &[Record]) -> Vec<u8> {
        write::in_memory(records).1
    }

    /// A base that was written before. Reads its header alone.
    pub fn open(title: &str, bytes: impl Bytes + 'static) -> Result<Base, BaseError> {
        Ok(Base {
            title: title.to_owned(),
            header: Header::read(&bytes)?,
            bytes: Box::new(bytes),
            listed: None,
            damage: OnceLock::new(),
        })
    }

    /// Where its records come from, for a user.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How many records it holds.
    pub fn records(&self) -> u64 {
        self.header.records
    }

    /// How many names they are found by; names of one record that fold to the same count once.
    pub fn names(&self) -> u64 {
        self.header.names
    }

    /// Its names by their first words; none for a base that was opened, which may hold any number.
    pub(super) fn listed(&self) -> Option<&Listed> {
        self.listed.as_ref()
    }

    /// The first damage that a look-up met so far.
    pub fn damage(&self) -> Option<Damaged> {
        self.damage.get().copied()
    }

    /// The records that bear a folded name, each with the index of that name, in the order in which they were put
    /// in. At most [`MOST_FOUND`].
    pub fn find(&self, key: &str) -> Result<Vec<(Record, usize)>, Damaged> {
        self.noted(self.look_up(key, |name, key| name == key, MOST_FOUND))
    }

    /// The first `limit` names that start with a folded one, by their alphabet: their records, each with the index of
    /// the name. A record with several such names comes once.
    pub fn starting_with(&self, key: &str, limit: usize) -> Result<Vec<(Record, usize)>, Damaged> {
        let limit = limit.min(MOST_FOUND);
        self.noted(self.look_up(key, |name, key| name.starts_with(key), limit))
    }

    fn noted<T>(&self, result: Result<T, Damaged>) -> Result<T, Damaged> {
        result.inspect_err(|damage| {
            // The first one stays.
            let _ = self.damage.set(*damage);
        })
    }

    fn look_up(
        &self,
        key: &str,
        fits: impl Fn(&[u8], &[u8]) -> bool,
        limit: usize,
    ) -> Result<Vec<(Record, usize)>, Damaged> {
        let cut = sorted_by(key);
        let mut found: Vec<(Record, usize)> = Vec::new();
        for (place, name) in self.places(cut, &fits, limit)? {
            let record = self.record(place)?;
            let name = match cut.len() < KEY {
                true => (name < record.names.len())
                    .then_some(name)
                    .ok_or(Damaged { at: place.block })?,
                // Only the start of it was compared.
                false => {
                    let mut names = record.names.iter();
                    match names.position(|name| fits(fold(&name.text).as_bytes(), key.as_bytes())) {
                        Some(name) => name,
                        None => continue,
                    }
                }
            };
            found.push((record, name));
        }
        Ok(found)
    }

    /// Where the records of the names that fit are, in the order of the names.
    fn places(
        &self,
        key: &[u8],
        fits: impl Fn(&[u8], &[u8]) -> bool,
        limit: usize,
    ) -> Result<Vec<(Place, usize)>, Damaged> {
        let mut found: Vec<(Place, usize)> = Vec::new();
        if self.header.levels == 0 {
            return Ok(found);
        }
        let first = self.leaf(key)?;
        let mut at = first;
        let mut read = 0;
        while at < self.header.leaves_end {
            let leaf = self.block(at, LEAF)?;
            let mut entries = leaf.cursor();
            let mut name = Vec::new();
            loop {
                let entry = entries
                    .key(&mut name)
                    .and_then(|()| leaf_entry(&mut entries));
                let (place, which) = entry.ok_or(Damaged { at })?;
                let before = name.as_slice() < key;
                if !before && fits(&name, key) && read < limit {
                    read += 1;
                    if found.iter().all(|(known, _)| *known != place) {
                        found.push((place, which));
                    }
                } else if !before || at != first {
                    // Behind the first leaf nothing comes before the key, unless someone lies.
                    return Ok(found);
                }
                if entries.is_empty() {
                    break;
                }
            }
            at += leaf.span();
        }
        Ok(found)
    }

    /// The leaf in which names from a key on start, if there are any.
    fn leaf(&self, key: &[u8]) -> Result<u64, Damaged> {
        let mut at = self.header.root;
        for level in (LEAF + 1..=self.header.levels).rev() {
            let node = self.block(at, level)?;
            at = child(node.cursor(), key).ok_or(Damaged { at })?;
        }
        Ok(at)
    }

    fn record(&self, place: Place) -> Result<Record, Damaged> {
        let block = self.block(place.block, RECORDS)?;
        let mut records = block.cursor();
        // A block of many records is a short one, which bounds the loop whatever is written there.
        if place.slot > 0 && block.span() > SIZE as u64 {
            return Err(Damaged { at: place.block });
        }
        let mut bytes = records.string();
        for _ in 0..place.slot.min(SIZE as u32) {
            bytes = bytes.and_then(|_| records.string());
        }
        bytes.and_then(decode).ok_or(Damaged { at: place.block })
    }

    fn block(&self, at: u64, kind: u8) -> Result<Block<'_>, Damaged> {
        Block::read(self.bytes.as_ref(), at, self.header.part(kind), kind)
    }
}

/// The part of a folded name by which it is sorted.
fn sorted_by(key: &str) -> &[u8] {
    let key = key.as_bytes();
    &key[..key.len().min(KEY)]
}

/// The last child whose first name comes before a key: one name may go on over several leaves.
fn child(mut node: Cursor<'_>, key: &[u8]) -> Option<u64> {
    let mut name = Vec::new();
    let mut last = None;
    while !node.is_empty() {
        node.key(&mut name)?;
        let at = node.number()?;
        if last.is_some() && name.as_slice() >= key {
            break;
        }
        last = Some(at);
    }
    last
}

fn leaf_entry(entries: &mut Cursor<'_>) -> Option<(Place, usize)> {
    let place = Place {
        block: entries.number()?,
        slot: entries.number()?.try_into().ok()?,
    };
    Some((place, entries.number()?.try_into().ok()?))
}

#[cfg(test)]
mod tests;
