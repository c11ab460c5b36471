//! Words of one draft in small letters and in maps: quick to hash, and no match for keys made to collide on purpose.
//!
//! What a draft's passes file away lives no longer than the open draft, and its author gains nothing from slowing it
//! down.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A word in small letters; a copy only of one that has others.
pub fn small(word: &str) -> Cow<'_, str> {
    match word
        .bytes()
        .any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
    {
        true => Cow::Owned(word.to_lowercase()),
        false => Cow::Borrowed(word),
    }
}

/// A map with the fast hasher.
pub type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FastHasher>>;

/// A set with the fast hasher.
pub type FastSet<K> = HashSet<K, BuildHasherDefault<FastHasher>>;

/// Eight bytes at a time: turn, mix, multiply by an odd number.
#[derive(Clone, Copy, Debug, Default)]
pub struct FastHasher(u64);

impl FastHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for FastHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
    }

    fn write_u8(&mut self, number: u8) {
        self.add(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.add(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    fn finish(&self) -> u64 {
        // Tables take the lowest bits, and the product mixes the highest best.
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_small_letters() {
        for word in ["", "said", "Mayor", "ÉCOLE", "é", "İ"] {
            assert_eq!(small(word), word.to_lowercase());
        }
    }

    #[test]
    fn maps_find_what_they_hold() {
        let names: Vec<String> = (0..2000).map(|at| format!("name {at}")).collect();
        let map: FastMap<&str, usize> = (names.iter().map(String::as_str)).zip(0..).collect();
        assert!((0..2000).all(|at| map.get(names[at].as_str()) == Some(&at)));
        assert_eq!(map.get("name"), None);
    }
}
