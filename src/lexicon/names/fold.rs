//! Maps from words whose ASCII letters compare without case, and from hashes of such words.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

pub(super) type FoldMap<V> = HashMap<Fold<'static>, V, BuildHasherDefault<FoldHasher>>;

/// A map from words that are told apart by [`hash`] alone: of a hundred thousand words in 2^64 hashes no two meet, and a
/// look-up need not fetch the word that it finds.
pub(super) type HashedMap<V> = HashMap<u64, V, BuildHasherDefault<FoldHasher>>;

/// A word whose ASCII letters compare without case, so that a look-up needs no copy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fold<'a>(pub &'a str);

impl PartialEq for Fold<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Fold<'_> {}

impl Hash for Fold<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write(self.0.as_bytes());
    }
}

/// The hash of a word whose ASCII letters compare without case: FNV-1a over lower-cased bytes, since words are short,
/// and no user chooses the keys.
pub(super) fn hash(word: &str) -> u64 {
    hash_bytes(word.as_bytes())
}

fn hash_bytes(word: &[u8]) -> u64 {
    word.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Hashes by [`hash`], or takes a number that is such a hash already.
#[derive(Default)]
pub(super) struct FoldHasher(u64);

impl Hasher for FoldHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash_bytes(bytes);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
