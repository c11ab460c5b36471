//! The names of a desk list by their first words, to find them in a text: "zyrtec labs", which no finder takes for a name.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::record::{NameKind, Record, RecordKind};

/// Names by the letters and digits with which they start. Case counts, accents and the form of apostrophes do not.
#[derive(Debug, Default)]
pub struct Listed {
    /// The longest first.
    names: HashMap<String, Vec<String>>,
}

impl Listed {
    /// The names of people, bodies and places, whether they are to be used or not.
    pub(super) fn new(records: &[Record]) -> Listed {
        use RecordKind::{Honorific, Office, Rank};
        let mut listed = Listed::default();
        let named = records
            .iter()
            .filter(|record| !matches!(record.kind, Office | Rank | Honorific));
        for name in named.flat_map(|record| &record.names) {
            let text: String = name.text.chars().flat_map(letters).collect();
            let first = start(&text);
            if name.kind != NameKind::Demonym && !first.is_empty() {
                let names = listed.names.entry(first.to_owned()).or_default();
                names.push(text);
            }
        }
        for names in listed.names.values_mut() {
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
            names.dedup();
        }
        listed
    }

    /// Bytes of the names that a text starts with, the longest first. They may end inside a word.
    pub fn at(&self, text: &str) -> impl Iterator<Item = usize> {
        let first = start(text);
        let plain =
            (!first.is_ascii()).then(|| first.chars().flat_map(letters).collect::<String>());
        let names = self.names.get(plain.as_deref().unwrap_or(first));
        let names = names.into_iter().flatten();
        names.filter_map(move |name| length(text, name))
    }
}

/// The letters and digits with which a text starts.
fn start(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    &text[..end.unwrap_or(text.len())]
}

/// A letter without its accent.
fn letters(letter: char) -> impl Iterator<Item = char> {
    let plain = match letter {
        '’' | 'ʼ' => '\'',
        letter => letter,
    };
    std::iter::once(plain)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
}

/// Bytes of a text that starts with a name; any white space stands for a space.
fn length(text: &str, name: &str) -> Option<usize> {
    let mut rest = name.chars().peekable();
    let mut spaced = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            spaced |= rest.next_if_eq(&' ').is_some();
            match spaced {
                true => continue,
                false => return rest.peek().is_none().then_some(at),
            }
        }
        spaced = false;
        for letter in letters(c) {
            match rest.next() {
                Some(other) if other == letter => {}
                Some(_) => return None,
                None => return Some(at),
            }
        }
    }
    rest.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::super::record::Name;
    use super::*;

    #[track_caller]
    fn check(names: &[&str], text: &str, expected: &[&str]) {
        let names = names.iter().map(|text| Name {
            text: (*text).to_owned(),
            ..Name::default()
        });
        let record = Record {
            names: names.collect(),
            ..Record::default()
        };
        let listed = Listed::new(&[record]);
        let found: Vec<_> = listed.at(text).map(|end| &text[..end]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_are_found_at_the_start_the_longest_first() {
        let names = ["zyrtec", "zyrtec labs", "Zyrtec Labs", "zyrtec labs uk"];
        check(&names, "zyrtec labs said", &["zyrtec labs", "zyrtec"]);
        check(&names, "zyrtec  labs", &["zyrtec  labs", "zyrtec"]);
        check(&names, "Zyrtec Labs", &["Zyrtec Labs"]);
        check(&names, "ZYRTEC LABS", &[]);
        check(&names, "zyrtecs", &[]);
        check(&names, "", &[]);
    }

    #[test]
    fn accents_and_apostrophes_do_not_count() {
        check(&["Zoë’s"], "Zoe's pier", &["Zoe's"]);
        check(&["Zoe's"], "Zo\u{eb}’s", &["Zo\u{eb}’s"]);
        check(&["Zoe's"], "Zoe\u{308}’s", &["Zoe\u{308}’s"]);
        check(&["O'Neill & Co."], "O’Neill & Co. said", &["O’Neill & Co."]);
        check(&["@wexmouth", " "], "@wexmouth", &[]);
    }
}
