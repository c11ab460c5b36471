//! Short words by which other languages are told.

use std::collections::HashMap;
use std::sync::OnceLock;

/// The frequent words of some languages. Few drafts need them, so that they are loaded at the first that does.
#[derive(Debug)]
pub struct Tongues {
    names: Vec<&'static str>,
    /// For each word the languages that have it, as indices into the names.
    words: HashMap<&'static str, Vec<usize>>,
}

impl Tongues {
    /// The list.
    pub fn get() -> &'static Tongues {
        static TONGUES: OnceLock<Tongues> = OnceLock::new();
        TONGUES.get_or_init(Tongues::load)
    }

    /// The language that most of some words in small letters belong to, with how many of them it has.
    pub fn of<'w>(&self, words: impl Iterator<Item = &'w str>) -> Option<(&'static str, usize)> {
        let mut counts = vec![0; self.names.len()];
        for word in words {
            for &language in self.words.get(word).into_iter().flatten() {
                counts[language] += 1;
            }
        }
        let most = counts.iter().copied().max().filter(|most| *most > 0)?;
        let language = counts.iter().position(|count| *count == most)?;
        Some((self.names.get(language)?, most))
    }

    fn load() -> Tongues {
        let mut tongues = Tongues {
            names: Vec::new(),
            words: HashMap::new(),
        };
        let lines = include_str!("tongues.txt").lines();
        for (name, words) in lines.filter_map(|line| line.split_once(": ")) {
            if name.starts_with('#') {
                continue;
            }
            for word in words.split(' ') {
                let languages = tongues.words.entry(word).or_default();
                languages.push(tongues.names.len());
            }
            tongues.names.push(name);
        }
        tongues
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_their_language() {
        let check = |text: &str| Tongues::get().of(text.split(' '));
        assert_eq!(check("der hafen ist nicht zu"), Some(("German", 4)));
        assert_eq!(check("le port est fermé"), Some(("French", 2)));
        assert_eq!(check("harbour"), None);
    }

    #[test]
    fn every_line_is_a_language() {
        let tongues = Tongues::get();
        assert!(tongues.names.len() > 20);
        assert!(
            tongues
                .names
                .iter()
                .all(|name| name.chars().all(char::is_alphabetic))
        );
    }
}
