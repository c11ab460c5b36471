//! Sorts more keys than memory holds: sorted runs in a file beside the result, merged at the end.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::newsroom::open::read_exact_at;

/// Bytes of keys, with what belongs to them, that are held in memory.
pub(super) const ROOM: usize = 128 << 20;

/// Bytes that are read ahead of each run.
const AHEAD: u64 = 64 << 10;

/// What belongs to a key. Of equal keys the lesser value comes first.
pub(super) type Value = [u64; 2];

/// Bytes of an item in a run, besides its key.
const FIXED: usize = 20;

/// Takes keys in any order and gives them back in theirs.
#[derive(Debug)]
pub(super) struct Sorter {
    folder: PathBuf,
    room: usize,
    keys: Vec<u8>,
    items: Vec<Item>,
    spilled: Option<Spilled>,
}

/// A key in memory.
#[derive(Clone, Copy, Debug)]
struct Item {
    /// The first bytes of the key as a number, which settles most comparisons.
    head: u64,
    start: u32,
    length: u32,
    value: Value,
}

/// Sorted runs, one behind the other in a file without a name.
#[derive(Debug)]
struct Spilled {
    file: BufWriter<File>,
    /// Where each run ends, in bytes.
    ends: Vec<u64>,
}

impl Sorter {
    /// `folder` is where the runs go if there are any; `room` as [`ROOM`].
    pub fn new(folder: &Path, room: usize) -> Sorter {
        Sorter {
            folder: folder.to_owned(),
            room: room.min(u32::MAX as usize / 2),
            keys: Vec::new(),
            items: Vec::new(),
            spilled: None,
        }
    }

    pub fn add(&mut self, key: &[u8], value: Value) -> io::Result<()> {
        let item = Item {
            head: head(key),
            start: self.keys.len() as u32,
            length: key.len() as u32,
            value,
        };
        self.keys.extend_from_slice(key);
        self.items.push(item);
        if self.keys.len() + self.items.len() * size_of::<Item>() >= self.room {
            self.spill()?;
        }
        Ok(())
    }

    /// Gives all keys in the order of their bytes.
    pub fn each(mut self, mut take: impl FnMut(&[u8], Value) -> io::Result<()>) -> io::Result<()> {
        if self.spilled.is_none() {
            self.sort();
            return self
                .items
                .iter()
                .try_for_each(|item| take(key(&self.keys, item), item.value));
        }
        self.spill()?;
        let Some(spilled) = self.spilled.take() else {
            return Ok(());
        };
        (self.keys, self.items) = (Vec::new(), Vec::new());
        let file = spilled.file.into_inner()?;
        let mut runs = BinaryHeap::new();
        let mut start = 0;
        for end in spilled.ends {
            let mut run = Run::new(&file, start, end);
            if run.next()? {
                runs.push(run);
            }
            start = end;
        }
        while let Some(mut run) = runs.peek_mut() {
            take(&run.key, run.value)?;
            if !run.next()? {
                PeekMut::pop(run);
            }
        }
        Ok(())
    }

    fn sort(&mut self) {
        let keys = &self.keys;
        self.items.sort_unstable_by(|a, b| {
            a.head
                .cmp(&b.head)
                .then_with(|| key(keys, a).cmp(key(keys, b)))
                .then(a.value.cmp(&b.value))
        });
    }

    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let spilled = match &mut self.spilled {
            Some(spilled) => spilled,
            None => {
                let file = tempfile::tempfile_in(&self.folder)?;
                self.spilled.insert(Spilled {
                    file: BufWriter::with_capacity(AHEAD as usize, file),
                    ends: Vec::new(),
                })
            }
        };
        let mut end = spilled.ends.last().copied().unwrap_or(0);
        for item in &self.items {
            let out = &mut spilled.file;
            out.write_all(&item.length.to_le_bytes())?;
            for number in item.value {
                out.write_all(&number.to_le_bytes())?;
            }
            out.write_all(key(&self.keys, item))?;
            end += FIXED as u64 + u64::from(item.length);
        }
        spilled.ends.push(end);
        self.keys.clear();
        self.items.clear();
        Ok(())
    }
}

fn head(key: &[u8]) -> u64 {
    let mut head = [0; 8];
    let length = key.len().min(8);
    head[..length].copy_from_slice(&key[..length]);
    u64::from_be_bytes(head)
}

fn key<'k>(keys: &'k [u8], item: &Item) -> &'k [u8] {
    let start = item.start as usize;
    &keys[start..start + item.length as usize]
}

/// A run as far as it was read. The greatest run is the one with the least key: what a heap gives first.
struct Run<'f> {
    file: &'f File,
    /// What was not read yet, in bytes of the file.
    at: u64,
    end: u64,
    ahead: Vec<u8>,
    /// Where the next item starts in what was read ahead.
    next: usize,
    key: Vec<u8>,
    value: Value,
}

impl<'f> Run<'f> {
    fn new(file: &'f File, at: u64, end: u64) -> Run<'f> {
        Run {
            file,
            at,
            end,
            ahead: Vec::new(),
            next: 0,
            key: Vec::new(),
            value: [0; 2],
        }
    }

    /// Goes to the next item; false at the end.
    fn next(&mut self) -> io::Result<bool> {
        if self.next == self.ahead.len() && self.at == self.end {
            return Ok(false);
        }
        let mut fixed = [0; FIXED];
        fixed.copy_from_slice(self.bytes(FIXED)?);
        let [a, b, c, d, values @ ..] = fixed;
        for (number, bytes) in self.value.iter_mut().zip(values.chunks_exact(8)) {
            *number = bytes
                .iter()
                .rev()
                .fold(0, |number, byte| number << 8 | u64::from(*byte));
        }
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        key.extend_from_slice(self.bytes(u32::from_le_bytes([a, b, c, d]) as usize)?);
        self.key = key;
        Ok(true)
    }

    fn bytes(&mut self, count: usize) -> io::Result<&[u8]> {
        if self.ahead.len() - self.next < count {
            self.ahead.drain(..self.next);
            self.next = 0;
            let missing = (count - self.ahead.len()) as u64;
            let more = missing.max(AHEAD).min(self.end - self.at);
            let start = self.ahead.len();
            self.ahead.resize(start + more as usize, 0);
            read_exact_at(self.file, self.at, &mut self.ahead[start..])?;
            self.at += more;
        }
        let bytes = self.ahead.get(self.next..self.next + count);
        self.next += count;
        bytes.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl Ord for Run<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (&other.key, other.value).cmp(&(&self.key, self.value))
    }
}

impl PartialOrd for Run<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Run<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Run<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether keys come back sorted, with a given room in memory.
    #[track_caller]
    fn check(keys: &[&[u8]], room: usize) {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path(), room);
        let mut expected = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            let value = [at as u64 % 3, at as u64];
            sorter.add(key, value).unwrap();
            expected.push((key.to_vec(), value));
        }
        expected.sort();
        let mut sorted = Vec::new();
        sorter
            .each(|key, value| {
                sorted.push((key.to_vec(), value));
                Ok(())
            })
            .unwrap();
        assert_eq!(sorted, expected);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn keys_come_back_in_order_however_little_fits() {
        let long = b"wexmouth ".repeat(20_000);
        let keys: [&[u8]; 9] = [
            b"ruth okafor",
            b"",
            b"ruth okafor",
            b"ruth",
            b"ruth okafo",
            b"\xFF\0",
            &long,
            b"\0",
            b"ruth\0",
        ];
        for room in [1, 100, ROOM] {
            check(&keys, room);
            check(&[], room);
        }
        let numbers: Vec<String> = (0..3000).map(|i| (i * 7919 % 3000).to_string()).collect();
        let numbers: Vec<&[u8]> = numbers.iter().map(|number| number.as_bytes()).collect();
        check(&numbers, 5000);
    }
}
