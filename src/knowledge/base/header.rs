//! The header of a base: what it is, how long it is, and where its parts are.

use std::fmt;
use std::ops::Range;

use super::Bytes;
use super::block::{LEAF, RECORDS, first};

const MAGIC: [u8; 8] = *b"copydesk";

/// Raised whenever older bytes would be read wrongly. The form of a record is part of it.
pub(super) const VERSION: u32 = 1;

/// Bytes of the header.
pub(super) const LENGTH: usize = 68;

/// Levels of the tree that nobody needs: with two names a block, this many hold more than there are.
const MOST_LEVELS: u8 = 40;

/// Why bytes are not a base. Each is one line: a sentence part that follows the name of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseError {
    /// They never were one.
    Foreign,
    /// They are of a format that is no longer read.
    Older(u32),
    /// They are of a format that is not yet read.
    Newer(u32),
    /// The header is not what was written.
    Header,
    /// There are fewer bytes, or more, than there were.
    Size {
        /// How many there are.
        found: u64,
        /// How many there were.
        written: u64,
    },
}

impl fmt::Display for BaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BaseError::Foreign => write!(f, "is not a knowledge base"),
            BaseError::Older(version) => write!(
                f,
                "is of the older format {version}, not {VERSION}: build it again"
            ),
            BaseError::Newer(version) => write!(
                f,
                "is of the newer format {version}, not {VERSION}: update copydesk"
            ),
            BaseError::Header => write!(f, "has a damaged header: build it again"),
            BaseError::Size { found, written } if found < written => write!(
                f,
                "is cut short after {found} of {written} bytes: build it again"
            ),
            BaseError::Size { found, written } => {
                write!(f, "has {found} bytes instead of {written}: build it again")
            }
        }
    }
}

impl std::error::Error for BaseError {}

/// Places are bytes from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes of the whole.
    pub size: u64,
    pub records: u64,
    pub names: u64,
    /// Records end and leaves start.
    pub leaves: u64,
    /// Leaves end and the levels above them start.
    pub leaves_end: u64,
    /// The topmost block of names.
    pub root: u64,
    /// Levels of the tree; none without names.
    pub levels: u8,
}

impl Header {
    pub fn read(bytes: &dyn Bytes) -> Result<Header, BaseError> {
        let found = bytes.size();
        let length = found.min(LENGTH as u64) as usize;
        let start = bytes.read(0, length).ok_or(BaseError::Foreign)?;
        let rest = start.strip_prefix(&MAGIC).ok_or(BaseError::Foreign)?;
        let version = first(rest).ok_or(BaseError::Header)?;
        match u32::from_le_bytes(version) {
            VERSION => {}
            older if older < VERSION => return Err(BaseError::Older(older)),
            newer => return Err(BaseError::Newer(newer)),
        }
        let written: [u8; LENGTH] = first(&start).ok_or(BaseError::Header)?;
        let header = Header::decode(&written)
            .filter(|header| header.encode() == written)
            .ok_or(BaseError::Header)?;
        if header.size != found {
            return Err(BaseError::Size {
                found,
                written: header.size,
            });
        }
        header.is_sound().then_some(header).ok_or(BaseError::Header)
    }

    pub fn encode(&self) -> [u8; LENGTH] {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(u32::from(self.levels).to_le_bytes());
        for number in [
            self.size,
            self.records,
            self.names,
            self.leaves,
            self.leaves_end,
            self.root,
        ] {
            bytes.extend(number.to_le_bytes());
        }
        let sum = crc32fast::hash(&bytes);
        bytes.extend(sum.to_le_bytes());
        first(&bytes).unwrap_or([0; LENGTH])
    }

    /// Reads the numbers, right or wrong.
    fn decode(bytes: &[u8; LENGTH]) -> Option<Header> {
        let levels = u32::from_le_bytes(first(&bytes[12..])?);
        let mut numbers = bytes[16..]
            .chunks_exact(8)
            .filter_map(first)
            .map(u64::from_le_bytes);
        Some(Header {
            levels: levels.try_into().ok()?,
            size: numbers.next()?,
            records: numbers.next()?,
            names: numbers.next()?,
            leaves: numbers.next()?,
            leaves_end: numbers.next()?,
            root: numbers.next()?,
        })
    }

    fn is_sound(&self) -> bool {
        let parts = [LENGTH as u64, self.leaves, self.leaves_end, self.size];
        parts.is_sorted() && self.levels <= MOST_LEVELS
    }

    /// Where the blocks of a kind are.
    pub fn part(&self, kind: u8) -> Range<u64> {
        match kind {
            RECORDS => LENGTH as u64..self.leaves,
            LEAF => self.leaves..self.leaves_end,
            _ => self.leaves_end..self.size,
        }
    }
}
