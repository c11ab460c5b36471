//! Spellings that differ by a letter or two: which names of a draft a misspelled one may mean.

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
    forms: FastMap<String, Vec<usize>>,
    names: Vec<String>,
}

impl Spellings {
    pub fn insert(&mut self, name: &str) {
        let index = self.names.len();
        let mut filed = false;
        for form in shortened(name) {
            let ids = self.forms.entry(form).or_default();
            // Many names that share a form are no sign of a slip.
            if ids.len() < 8 {
                ids.push(index);
                filed = true;
            }
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
            .flatten()
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

/// The name itself and all that is left of it without one letter, of a long name also without two.
fn shortened(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    if !(SHORTEST..=LONGEST).contains(&letters.len()) {
        return Vec::new();
    }
    let without = |at: usize| {
        let kept = letters.iter().enumerate().filter(|(i, _)| *i != at);
        kept.map(|(_, c)| *c).collect::<String>()
    };
    let mut forms: Vec<String> = (0..letters.len()).map(without).collect();
    if (LONG..=LONGEST_OF_TWO).contains(&letters.len()) {
        for first in 1..letters.len() {
            for second in first + 1..letters.len() {
                let kept = letters.iter().enumerate();
                let kept = kept.filter(|(i, _)| *i != first && *i != second);
                forms.push(kept.map(|(_, c)| *c).collect());
            }
        }
    }
    forms.push(name.to_owned());
    forms.sort_unstable();
    forms.dedup();
    forms
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
