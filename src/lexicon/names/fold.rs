//! Maps from words whose ASCII letters compare without case.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

pub(super) type FoldMap<V> = HashMap<Fold<'static>, V, BuildHasherDefault<FoldHasher>>;

/// A word whose ASCII letters compare without case, so that a look-up needs no copy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fold<'a>(pub &'a str);

/// The order of two words whose ASCII letters compare without case.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let a = a.bytes().map(|byte| byte.to_ascii_lowercase());
    a.cmp(b.bytes().map(|byte| byte.to_ascii_lowercase()))
}

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

/// FNV-1a over lower-cased bytes: words are short, and no user chooses the keys.
#[derive(Default)]
pub(super) struct FoldHasher(u64);

impl Hasher for FoldHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut hash = 0xcbf2_9ce4_8422_2325;
        for byte in bytes {
            hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
        }
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
