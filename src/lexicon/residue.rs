//! Leftovers of a web page.

use super::word_map::WordMap;

/// How much of a paragraph a leftover fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Extent {
    /// The whole paragraph.
    Whole,
    /// The paragraph starts so.
    Opening,
    /// The paragraph starts so, and a colon or an arrow follows or nothing.
    Label,
}

/// The list of leftovers.
#[derive(Debug)]
pub struct ResidueList {
    phrases: WordMap<&'static str, Vec<Extent>>,
    longest: usize,
}

impl ResidueList {
    pub(super) fn load() -> ResidueList {
        let mut phrases: WordMap<_, Vec<_>> = WordMap::default();
        for line in include_str!("residue.txt").lines() {
            let Some((class, phrase)) = line.split_once(' ') else {
                continue;
            };
            let extent = match class {
                "is" => Extent::Whole,
                "opens" => Extent::Opening,
                "label" => Extent::Label,
                _ => continue,
            };
            phrases.entry(phrase).or_default().push(extent);
        }
        let longest = phrases
            .keys()
            .map(|phrase| phrase.split(' ').count())
            .max()
            .unwrap_or(0);
        ResidueList { phrases, longest }
    }

    /// A phrase's extents; none for a phrase that is no leftover. Lower case, words divided by one space.
    pub fn extents(&self, phrase: &str) -> &[Extent] {
        self.phrases.get(phrase).map_or(&[], Vec::as_slice)
    }

    /// Words of the longest phrase.
    pub fn longest(&self) -> usize {
        self.longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_are_loaded() {
        let list = ResidueList::load();
        assert_eq!(list.extents("leave a reply"), [Extent::Whole]);
        assert_eq!(list.extents("read more"), [Extent::Whole, Extent::Label]);
        assert_eq!(
            list.extents("required fields are marked"),
            [Extent::Opening]
        );
        assert!(list.extents("council").is_empty() && list.extents("").is_empty());
        assert!(list.longest() > 5);
    }
}
