//! Writes a base from its start to its end: first all records, then all names in order.

use std::convert::Infallible;

use super::block::{FRAME, LEAF, LONGEST, RECORDS, SIZE, frame_of, put_key, put_number};
use super::fold;
use super::header::{self, Header};
use super::sorted_by;
use crate::knowledge::record::Record;

/// Takes bytes one after the other.
pub trait Sink {
    /// Why they cannot be taken.
    type Error;

    /// Takes some more.
    fn put(&mut self, bytes: &[u8]) -> Result<(), Self::Error>;
}

impl Sink for Vec<u8> {
    type Error = Infallible;

    fn put(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        self.extend_from_slice(bytes);
        Ok(())
    }
}

/// A record as a base holds it; none if that is more than some 16 MB.
pub fn encode(record: &Record) -> Option<Vec<u8>> {
    let bytes = postcard::to_allocvec(record).ok()?;
    (bytes.len() < LONGEST - 2 * FRAME).then_some(bytes)
}

/// The record that [`encode`] wrote; none if other bytes came back.
pub fn decode(bytes: &[u8]) -> Option<Record> {
    postcard::from_bytes(bytes).ok()
}

/// The folded names of a record with their indices, each form once, and none that is empty.
pub fn keys(record: &Record) -> Vec<(String, usize)> {
    let mut keys: Vec<(String, usize)> = Vec::new();
    for (which, name) in record.names.iter().enumerate() {
        keys.push((fold(&name.text), which));
    }
    keys.sort();
    keys.dedup_by(|next, key| sorted_by(&next.0) == sorted_by(&key.0));
    keys.retain(|(key, _)| !key.is_empty());
    keys
}

/// Where a record is. Places are in the order in which records were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Where its block starts, in bytes.
    pub block: u64,
    /// Its place in the block.
    pub slot: u32,
}

/// Writes records.
#[derive(Debug)]
pub struct Records<S> {
    out: Output<S>,
    block: Vec<u8>,
    /// Records in the block.
    slots: u32,
    count: u64,
}

impl<S: Sink> Records<S> {
    /// Starts a base. What is put first makes room for the header.
    pub fn new(mut sink: S) -> Result<Records<S>, S::Error> {
        sink.put(&[0; header::LENGTH])?;
        Ok(Records {
            out: Output {
                sink,
                at: header::LENGTH as u64,
            },
            block: vec![RECORDS],
            slots: 0,
            count: 0,
        })
    }

    /// Adds a record that [`encode`] gave.
    pub fn add(&mut self, record: &[u8]) -> Result<Place, S::Error> {
        if self.slots > 0 && self.block.len() + record.len() + 2 * FRAME > SIZE {
            self.flush()?;
        }
        let place = Place {
            block: self.out.at,
            slot: self.slots,
        };
        put_number(record.len() as u64, &mut self.block);
        self.block.extend_from_slice(record);
        self.slots += 1;
        self.count += 1;
        Ok(place)
    }

    /// Goes on with the names.
    pub fn names(mut self) -> Result<Names<S>, S::Error> {
        if self.slots > 0 {
            self.flush()?;
        }
        Ok(Names {
            leaves: self.out.at,
            out: self.out,
            records: self.count,
            count: 0,
            level: Level::new(LEAF),
        })
    }

    fn flush(&mut self) -> Result<(), S::Error> {
        self.out.block(&self.block)?;
        self.block.truncate(1);
        self.slots = 0;
        Ok(())
    }
}

/// Writes names.
#[derive(Debug)]
pub struct Names<S> {
    out: Output<S>,
    leaves: u64,
    records: u64,
    count: u64,
    level: Level,
}

impl<S: Sink> Names<S> {
    /// Adds a folded name of a record, which is the name `which` there. Names come in the order of their bytes, those
    /// of one form in the order of their places.
    pub fn add(&mut self, key: &[u8], place: Place, which: usize) -> Result<(), S::Error> {
        let key = &key[..key.len().min(super::KEY)];
        let numbers = [place.block, u64::from(place.slot), which as u64];
        self.level.add(key, &numbers, &mut self.out)?;
        self.count += 1;
        Ok(())
    }

    /// Ends the base; gives the sink and the header, which belongs over its first bytes.
    pub fn finish(self) -> Result<(S, Vec<u8>), S::Error> {
        let (sink, header) = self.end()?;
        Ok((sink, header.encode().into()))
    }

    fn end(mut self) -> Result<(S, Header), S::Error> {
        let mut nodes = self.level.end(&mut self.out)?;
        let leaves_end = self.out.at;
        let mut levels = u8::from(!nodes.is_empty());
        while nodes.len() > 1 {
            levels += 1;
            let mut level = Level::new(levels);
            for (key, at) in &nodes {
                level.add(key, &[*at], &mut self.out)?;
            }
            nodes = level.end(&mut self.out)?;
        }
        let header = Header {
            size: self.out.at,
            records: self.records,
            names: self.count,
            leaves: self.leaves,
            leaves_end,
            root: nodes.first().map_or(0, |(_, at)| *at),
            levels,
        };
        Ok((self.out.sink, header))
    }
}

/// One level of the tree of names.
#[derive(Debug)]
struct Level {
    block: Vec<u8>,
    /// The key before.
    last: Vec<u8>,
    /// The first key of each block so far, and where the block is.
    nodes: Vec<(Vec<u8>, u64)>,
}

impl Level {
    fn new(level: u8) -> Level {
        Level {
            block: vec![level],
            last: Vec::new(),
            nodes: Vec::new(),
        }
    }

    fn add<S: Sink>(
        &mut self,
        key: &[u8],
        numbers: &[u64],
        out: &mut Output<S>,
    ) -> Result<(), S::Error> {
        // A number takes ten bytes at most, and there are five of them.
        if self.block.len() + key.len() + 50 + FRAME > SIZE {
            self.flush(out)?;
        }
        if self.block.len() == 1 {
            self.nodes.push((key.to_vec(), out.at));
        }
        put_key(key, &self.last, &mut self.block);
        for number in numbers {
            put_number(*number, &mut self.block);
        }
        self.last.clear();
        self.last.extend_from_slice(key);
        Ok(())
    }

    fn flush<S: Sink>(&mut self, out: &mut Output<S>) -> Result<(), S::Error> {
        out.block(&self.block)?;
        self.block.truncate(1);
        self.last.clear();
        Ok(())
    }

    fn end<S: Sink>(mut self, out: &mut Output<S>) -> Result<Vec<(Vec<u8>, u64)>, S::Error> {
        if self.block.len() > 1 {
            self.flush(out)?;
        }
        Ok(self.nodes)
    }
}

/// Where blocks go.
#[derive(Debug)]
struct Output<S> {
    sink: S,
    /// Bytes so far.
    at: u64,
}

impl<S: Sink> Output<S> {
    fn block(&mut self, content: &[u8]) -> Result<(), S::Error> {
        let frame = frame_of(self.at, content);
        self.sink.put(&frame)?;
        self.sink.put(content)?;
        self.at += (frame.len() + content.len()) as u64;
        Ok(())
    }
}

/// Writes a whole base at once.
pub(super) fn in_memory(records: &[Record]) -> (Header, Vec<u8>) {
    let Ok((mut bytes, header)) = written(records);
    bytes[..header::LENGTH].copy_from_slice(&header.encode());
    (header, bytes)
}

fn written(records: &[Record]) -> Result<(Vec<u8>, Header), Infallible> {
    let mut writer = Records::new(Vec::new())?;
    let mut names = Vec::new();
    for record in records {
        let Some(bytes) = encode(record) else {
            continue;
        };
        let place = writer.add(&bytes)?;
        names.extend(
            keys(record)
                .into_iter()
                .map(|(key, which)| (key, place, which)),
        );
    }
    names.sort_by(|(a, place, _), (b, other, _)| {
        sorted_by(a).cmp(sorted_by(b)).then(place.cmp(other))
    });
    let mut writer = writer.names()?;
    for (key, place, which) in names {
        writer.add(key.as_bytes(), place, which)?;
    }
    writer.end()
}
