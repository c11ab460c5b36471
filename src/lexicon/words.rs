//! Plain sets of words.

use std::collections::HashSet;

/// A set of lower-case words or phrases.
#[derive(Debug)]
pub struct WordList {
    words: HashSet<&'static str>,
    longest: usize,
}

impl WordList {
    /// Reads a list of one entry a line; lines that start with # are its head.
    pub(super) fn load(list: &'static str) -> WordList {
        let words: HashSet<_> = list
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect();
        let longest = words.iter().map(|word| word.len()).max().unwrap_or(0);
        WordList { words, longest }
    }

    /// The word stands in the list, whatever its case.
    pub fn contains(&self, word: &str) -> bool {
        word.len() <= self.longest && self.words.contains(word.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_and_case_are_ignored() {
        let list = WordList::load("# Source: here\nfilm\nop-ed\n");
        assert!(list.contains("Film") && list.contains("op-ed"));
        assert!(!list.contains("") && !list.contains("# Source: here"));
        assert!(!list.contains(&"film".repeat(1000)));
    }
}
