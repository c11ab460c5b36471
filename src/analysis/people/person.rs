//! The parts of a person's name, and whether two names may be one person's.

use crate::lexicon::{Names, Traits};

/// A person's name in its parts, all folded: lower case, straight apostrophes, no points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonName {
    /// All words in the order of the text, without nickname and suffix.
    pub words: Vec<String>,
    /// Index of the first word of the family name; all words behind it belong to it.
    family: usize,
    /// The family name stands first: "Xi Jinping".
    family_first: bool,
    /// "jr", "iii"
    suffix: Option<String>,
}

impl PersonName {
    pub fn new(text: &str, names: &Names) -> PersonName {
        let mut words = Vec::new();
        let mut shown = Vec::new();
        let mut suffix = None;
        for word in text.split([' ', ',', '\n', '\t', '\u{a0}']) {
            let nickname = word.starts_with(['“', '"', '‘', '(', '\'']);
            let folded = fold(word);
            if nickname || folded.is_empty() {
                continue;
            }
            if matches!(folded.as_str(), "jr" | "sr" | "ii" | "iii" | "iv") {
                suffix = Some(folded);
                continue;
            }
            words.push(folded);
            shown.push(word);
        }
        let traits = |word: Option<&&str>| word.map_or(Traits::NONE, |word| names.traits(word));
        let first = traits(shown.first());
        let last = traits(shown.last());
        // "Kim" may be either: then the last word decides.
        let both = match first.any(Traits::GIVEN) {
            true => Traits::FAMILY_FIRST,
            false => Traits::FAMILY_FIRST.or(Traits::GIVEN),
        };
        let western = last.any(Traits::FAMILY) && !last.any(both);
        let family_first = (2..=3).contains(&words.len())
            && first.any(Traits::FAMILY_FIRST)
            && !western
            && words.iter().skip(1).all(|word| word.len() <= 9);
        let mut family = words.len().saturating_sub(1);
        while family > 1
            && names
                .word(&words[family - 1])
                .traits(false)
                .any(Traits::PARTICLE)
        {
            family -= 1;
        }
        PersonName {
            words,
            family,
            family_first,
            suffix,
        }
    }

    /// One word or a family name of several ("bin Salman"): it has no given name.
    pub fn is_short(&self) -> bool {
        self.words.len() < 2
    }

    /// The name by which the person is called after the first mention, folded.
    pub fn family(&self) -> &str {
        match self.family_first {
            true => self.words.first(),
            false => self.words.last(),
        }
        .map_or("", String::as_str)
    }

    pub fn given(&self) -> &[String] {
        match self.family_first {
            true => self.words.get(1..),
            false => self.words.get(..self.family),
        }
        .unwrap_or_default()
    }

    /// All words with single spaces.
    pub fn key(&self) -> String {
        let mut key = self.words.join(" ");
        if let Some(suffix) = &self.suffix {
            key.push(' ');
            key.push_str(suffix);
        }
        key
    }

    /// Whatever may stand for the name alone as a family name: its last words, or the first of "Xi Jinping".
    pub fn short_forms(&self) -> impl Iterator<Item = String> + '_ {
        let last = (1..self.words.len()).map(|from| self.words[from..].join(" "));
        let first = self
            .family_first
            .then(|| self.words.first().cloned())
            .flatten();
        last.chain(first)
    }

    /// The two may be one person's: same family name, and given names that agree as far as both tell.
    pub fn agrees(&self, other: &PersonName) -> bool {
        if self.family() != other.family() || self.suffix != other.suffix {
            return false;
        }
        let (short, long) = match self.given().len() <= other.given().len() {
            true => (self.given(), other.given()),
            false => (other.given(), self.given()),
        };
        let mut rest = long.iter();
        let all = short
            .iter()
            .all(|name| rest.any(|other| is_same_given(name, other)));
        let first = short
            .first()
            .zip(long.first())
            .is_none_or(|(a, b)| is_same_given(a, b));
        all && first
    }
}

/// Equal, or one is the other's initial.
fn is_same_given(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || initial(a, b) || initial(b, a)
}

/// Lower case, straight apostrophes, no points.
pub(super) fn fold(word: &str) -> String {
    word.chars()
        .filter(|c| *c != '.')
        .flat_map(char::to_lowercase)
        .map(|c| if c == '’' { '\'' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn name(text: &str) -> PersonName {
        PersonName::new(text, &Lexicon::get().names)
    }

    #[test]
    fn family_names() {
        for (text, family) in [
            ("John Smith", "smith"),
            ("John Smith, Jr.", "smith"),
            ("Recep Tayyip Erdogan", "erdogan"),
            ("Xi Jinping", "xi"),
            ("Kim Jong Un", "kim"),
            ("Moon Jae-in", "moon"),
            ("Kim Campbell", "campbell"),
            ("Ban Ki-moon", "ban"),
            ("Mohammed bin Salman", "salman"),
        ] {
            assert_eq!(name(text).family(), family, "{text}");
        }
    }

    #[test]
    fn names_that_may_be_one() {
        for (a, b, agree) in [
            ("John F. Kennedy", "John Kennedy", true),
            ("J. Smith", "John Smith", true),
            ("John Smith", "Jane Smith", false),
            ("Chloe Smith", "Owen Smith", false),
            ("George W. Bush", "George H.W. Bush", false),
            ("John Smith", "John Smith Jr.", false),
            ("Jim “Red” Roe", "Jim Roe", true),
            ("Ebrahim Raisi", "Ebrahim Rahimi", false),
        ] {
            assert_eq!(name(a).agrees(&name(b)), agree, "{a} / {b}");
        }
    }
}
