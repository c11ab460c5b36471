//! Spellings that differ by a letter or two: which names of a draft a misspelled one may mean.

use std::collections::hash_map::Entry;
use std::iter;

use crate::text::FastMap;

/// Shorter names have too many neighbours: "Lee" is no slip for "Lea".
const SHORTEST: usize = 5;
/// Names from this length on may differ by two letters.
const LONG: usize = 9;
/// Names up to this length are filed without any two of their letters, too.
const LONGEST_OF_TWO: usize = 20;
/// Longer names are compared as they stand.
const LONGEST: usize = 32;

/// Names found by the spellings near them. Each name is filed under all forms that lack a letter, so that a look-up
/// costs as much as the name is long, however many names there are.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// The first name and the others by the hashes of the forms; few forms have others.
    forms: FastMap<u64, (usize, Vec<usize>)>,
    names: Vec<String>,
}

impl Spellings {
    pub fn insert(&mut self, name: &str) {
        let index = self.names.len();
        let mut filed = false;
        for form in shortened(name) {
            match self.forms.entry(form) {
                Entry::Vacant(form) => {
                    form.insert((index, Vec::new()));
                }
                Entry::Occupied(mut form) => {
                    let (_, others) = form.get_mut();
                    // Many names that share a form are no sign of a slip.
                    if others.len() == 7 {
                        continue;
                    }
                    others.push(index);
                }
            }
            filed = true;
        }
        if filed {
            self.names.push(name.to_owned());
        }
    }

    /// The names that differ from this one by a slip, itself excluded.
    pub fn near<'s>(&'s self, name: &str) -> Vec<&'s str> {
        let mut ids: Vec<usize> = shortened(name)
            .iter()
            .filter_map(|form| self.forms.get(form))
            .flat_map(|(first, others)| iter::once(first).chain(others))
            .copied()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut near: Vec<&str> = ids
            .into_iter()
            .filter_map(|id| self.names.get(id))
            .map(String::as_str)
            .filter(|other| *other != name && is_slip(name, other))
            .collect();
        // A name of two people is filed twice.
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// Hashes of the name itself and of all that is left of it without one letter, of a long name also without two. Two
/// forms of one hash only cost a comparison: [`is_slip`] decides.
fn shortened(name: &str) -> Vec<u64> {
    let count = name.chars().count();
    if !(SHORTEST..=LONGEST).contains(&count) {
        return Vec::new();
    }
    let hashes = Hashes::new(name);
    let pairs = if (LONG..=LONGEST_OF_TWO).contains(&count) {
        count
    } else {
        0
    };
    let mut forms = Vec::with_capacity(1 + count + pairs * pairs / 2);
    forms.push(hashes.of(0, count));
    for first in 0..count {
        let head = hashes.of(0, first);
        forms.push(hashes.joined(head, first + 1, count));
        if first > 0 && (LONG..=LONGEST_OF_TWO).contains(&count) {
            for second in first + 1..count {
                let middle = hashes.joined(head, first + 1, second);
                forms.push(hashes.joined(middle, second + 1, count));
            }
        }
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// Hashes of all stretches of a name: numbers to a large base, whose digits are the letters.
struct Hashes {
    /// The hash of each beginning.
    heads: [u64; LONGEST + 1],
    /// Powers of the base.
    powers: [u64; LONGEST + 1],
}

impl Hashes {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

    fn new(name: &str) -> Hashes {
        let (mut heads, mut powers) = ([0; LONGEST + 1], [1_u64; LONGEST + 1]);
        for (at, letter) in name.chars().take(LONGEST).enumerate() {
            let digit = u64::from(u32::from(letter)) + 1;
            heads[at + 1] = Hashes::BASE.wrapping_mul(heads[at]).wrapping_add(digit);
            powers[at + 1] = powers[at].wrapping_mul(Hashes::BASE);
        }
        Hashes { heads, powers }
    }

    fn of(&self, start: usize, end: usize) -> u64 {
        self.heads[end].wrapping_sub(self.heads[start].wrapping_mul(self.powers[end - start]))
    }

    /// The hash of what has a hash with a stretch of the name behind it.
    fn joined(&self, head: u64, start: usize, end: usize) -> u64 {
        let behind = self.of(start, end);
        head.wrapping_mul(self.powers[end - start])
            .wrapping_add(behind)
    }
}

/// One letter more, less, other or swapped; in long names two.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let most = if a.len().min(b.len()) >= LONG { 2 } else { 1 };
    a.first() == b.first() && distance(&a, &b) <= most
}

/// Letters to add, drop, change or swap with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let change = last[j] + usize::from(x != y);
            let mut least = change.min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y;
            if swapped {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = last;
        last = row;
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(known: &[&str], name: &str, expected: &[&str]) {
        let mut spellings = Spellings::default();
        for known in known {
            spellings.insert(known);
        }
        assert_eq!(spellings.near(name), expected, "{name}");
    }

    #[test]
    fn a_letter_may_be_wrong_missing_or_swapped() {
        for slip in ["okafar", "okafr", "okafoor", "okaofr"] {
            check(&["okafor"], slip, &["okafor"]);
        }
        check(&["schwarzenberg"], "schwartzenburg", &["schwarzenberg"]);
    }

    #[test]
    fn other_names_are_no_slips() {
        for other in ["okafor", "okatar", "okoro", "akafor", "oka", ""] {
            check(&["okafor"], other, &[]);
        }
        check(&["lee", "khan"], "lea", &[]);
        check(&["hansen"], "hanson", &["hansen"]);
        check(&["moira"], "maria", &[]);
    }
}
