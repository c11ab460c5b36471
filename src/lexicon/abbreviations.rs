//! Abbreviations written with a point, and how each behaves before a sentence border.

use super::word_map::WordMap;

/// How an abbreviation behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Abbreviation {
    /// Stands before a name and never ends a sentence: "Mr.", "Gen.", "St."
    Title,
    /// Only before a figure: "No. 5", "pp. 3"
    Number,
    /// A month or weekday with a capital: "Jan.", "Thurs."
    Month,
    /// Also an everyday word; a month or weekday with a capital before a figure: "Mar. 3"
    Doubt,
    /// A state, a province or a street, with a capital; may end a sentence: "Calif.", "Ave."
    Place,
    /// Goes on in the same sentence: "e.g.", "vs."
    Latin,
    /// Follows what it belongs to and may end a sentence: "Inc.", "Jr.", "etc."
    Tail,
}

/// The list of abbreviations.
#[derive(Debug)]
pub struct AbbreviationList {
    classes: WordMap<&'static str, Abbreviation>,
}

impl AbbreviationList {
    pub(super) fn load() -> AbbreviationList {
        let classes = include_str!("abbreviations.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(' '))
            .filter_map(|(word, class)| Some((word, class_of(class)?)))
            .collect();
        AbbreviationList { classes }
    }

    /// The class of a word, given without its last point and in any case.
    pub fn class(&self, word: &str) -> Option<Abbreviation> {
        // No entry is longer; most words of a text need not be lower-cased at all.
        const LONGEST: usize = 6;
        if word.len() > LONGEST {
            return None;
        }
        self.classes
            .get(word.to_ascii_lowercase().as_str())
            .copied()
    }
}

fn class_of(name: &str) -> Option<Abbreviation> {
    Some(match name {
        "title" => Abbreviation::Title,
        "number" => Abbreviation::Number,
        "month" => Abbreviation::Month,
        "doubt" => Abbreviation::Doubt,
        "place" => Abbreviation::Place,
        "latin" => Abbreviation::Latin,
        "tail" => Abbreviation::Tail,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_loaded() {
        let lines = include_str!("abbreviations.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(AbbreviationList::load().classes.len(), lines);
    }

    #[test]
    fn no_entry_is_longer_than_a_lookup() {
        let list = AbbreviationList::load();
        for word in list.classes.keys() {
            assert!(list.class(word).is_some(), "{word}");
        }
    }

    #[test]
    fn case_does_not_matter_and_other_words_are_none() {
        let list = AbbreviationList::load();
        assert_eq!(list.class("Gen"), Some(Abbreviation::Title));
        assert_eq!(list.class("CORP"), Some(Abbreviation::Tail));
        assert_eq!(list.class("CNN"), None);
        assert_eq!(list.class("general"), None);
        assert_eq!(list.class(""), None);
        assert_eq!(list.class("Ünï"), None);
    }
}
