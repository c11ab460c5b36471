//! Blocks: stretches of a base that are read and checked whole.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::Bytes;

/// Bytes of a block with its frame, unless one record alone is longer: a page of the system, which is what it reads at
/// least. Blocks of half that size are no faster with ten million names.
pub(super) const SIZE: usize = 4096;

/// Bytes of the longest block, which holds one record: a length that bytes gone wrong cannot exceed.
pub(super) const LONGEST: usize = 16 << 20;

/// Length and checksum in front of a block.
pub(super) const FRAME: usize = 8;

/// What a block holds: records, or names of a level of the tree, leaves first.
pub(super) const RECORDS: u8 = 0;
/// Names with the places of their records.
pub(super) const LEAF: u8 = 1;

/// Bytes of a base that are not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// Where the broken block starts, in bytes.
    pub at: u64,
}

impl fmt::Display for Damaged {
    /// A sentence part that follows the name of the base.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "is damaged at byte {}: build it again", self.at)
    }
}

/// A block whose checksum is right.
pub(super) struct Block<'b> {
    /// At least the frame and the content.
    bytes: Cow<'b, [u8]>,
    /// Where the content ends in them.
    end: usize,
}

impl<'b> Block<'b> {
    /// Reads the block that starts at `at`, inside one part of the base.
    pub fn read(
        bytes: &'b dyn Bytes,
        at: u64,
        part: Range<u64>,
        kind: u8,
    ) -> Result<Block<'b>, Damaged> {
        let damaged = Damaged { at };
        if !part.contains(&at) {
            return Err(damaged);
        }
        // Most blocks are had with one read.
        let room = part.end - at;
        let likely = room.min(SIZE as u64) as usize;
        let mut read = bytes.read(at, likely).ok_or(damaged)?;
        let frame: [u8; FRAME] = first(&read).ok_or(damaged)?;
        let [a, b, c, d, ..] = frame;
        let end = FRAME + u32::from_le_bytes([a, b, c, d]) as usize;
        if end > LONGEST || end as u64 > room {
            return Err(damaged);
        }
        if end > read.len() {
            read = bytes.read(at, end).ok_or(damaged)?;
        }
        let content = read.get(FRAME..end).ok_or(damaged)?;
        if frame_of(at, content) != frame || content.first() != Some(&kind) {
            return Err(damaged);
        }
        Ok(Block { bytes: read, end })
    }

    /// What is in it, from behind its kind on.
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor {
            rest: self.bytes.get(FRAME + 1..self.end).unwrap_or_default(),
        }
    }

    /// Bytes from its start to the next block.
    pub fn span(&self) -> u64 {
        self.end as u64
    }
}

/// The frame of a block. A block that stands in the wrong place is as wrong as one with wrong content.
pub(super) fn frame_of(at: u64, content: &[u8]) -> [u8; FRAME] {
    let length = (content.len() as u32).to_le_bytes();
    let mut sum = crc32fast::Hasher::new();
    sum.update(&at.to_le_bytes());
    sum.update(&length);
    sum.update(content);
    let [a, b, c, d] = length;
    let [e, f, g, h] = sum.finalize().to_le_bytes();
    [a, b, c, d, e, f, g, h]
}

/// The first bytes of some.
pub(super) fn first<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.get(..N)?.try_into().ok()
}

/// Reads on through bytes.
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// A number in LEB128.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// Bytes with their length in front.
    pub fn string(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (string, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(string)
    }

    /// A key, of which only what differs from the one before is written.
    pub fn key(&mut self, key: &mut Vec<u8>) -> Option<()> {
        let shared = usize::try_from(self.number()?).ok()?;
        let rest = self.string()?;
        if shared > key.len() {
            return None;
        }
        key.truncate(shared);
        key.extend_from_slice(rest);
        Some(())
    }
}

/// Writes a number in LEB128.
pub(super) fn put_number(mut number: u64, into: &mut Vec<u8>) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

/// Writes what differs of a key from the one before.
pub(super) fn put_key(key: &[u8], before: &[u8], into: &mut Vec<u8>) {
    let shared = key.iter().zip(before).take_while(|(a, b)| a == b).count();
    put_number(shared as u64, into);
    put_number((key.len() - shared) as u64, into);
    into.extend_from_slice(&key[shared..]);
}
