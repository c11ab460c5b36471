//! Maps from the words of a list: no user chooses their keys, so they need no guard against keys that collide.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from words, told apart to the letter.
pub(super) type WordMap<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// Eight bytes at a time: turn, mix, multiply by an odd number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WordHasher(u64);

impl WordHasher {
    fn add(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (parts, rest) = bytes.as_chunks::<8>();
        for part in parts {
            self.add(u64::from_le_bytes(*part));
        }
        let last = rest
            .iter()
            .fold(rest.len() as u64, |last, byte| last << 8 | u64::from(*byte));
        self.add(last);
    }

    fn write_u8(&mut self, _: u8) {
        // What a text has behind its bytes tells no two words apart: each is a key by itself.
    }

    fn finish(&self) -> u64 {
        // Tables take the lowest bits, and the product mixes the highest best.
        self.0.rotate_left(26)
    }
}
