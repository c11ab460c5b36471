//! Who is in a draft, for a search over many: its people, and the bodies that speak.

use std::collections::HashSet;

use text_size::TextRange;

use super::reason::plain;
use crate::analysis::{Analysis, EntityId, MentionForm};
use crate::extract::Label;

/// Somebody whom a draft names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The fullest name that the draft gives.
    pub name: String,
    /// A person; else a body.
    pub person: bool,
    /// The first reference, in source bytes.
    pub range: TextRange,
}

/// The people of a draft and the bodies that speak in it, by their first reference.
pub fn people(analysis: &Analysis) -> Vec<Named> {
    let speakers = analysis
        .attributions
        .iter()
        .filter_map(|known| known.entity);
    let speakers: HashSet<EntityId> = speakers.collect();
    let entities = (0u32..).map(EntityId).zip(&analysis.entities);
    let mut people: Vec<Named> = entities
        .filter(|(id, entity)| match entity.label {
            Label::Person => entity.members.is_empty(),
            Label::Organisation => speakers.contains(id),
            _ => false,
        })
        .filter(|(_, entity)| entity.named && !entity.name.trim().is_empty())
        .filter_map(|(id, entity)| {
            let is_name = |form| !matches!(form, MentionForm::Pronoun | MentionForm::Role);
            let first = analysis
                .mentions_of(id)
                .find(|mention| is_name(mention.form))?;
            Some(Named {
                name: plain(&entity.name),
                person: entity.label == Label::Person,
                range: analysis.prose.to_source(first.range),
            })
        })
        .collect();
    people.sort_by_key(|named| named.range.start());
    people
}

/// How badly a name fits what somebody has typed to find it, 0 at best: its letters must stand in the name in their
/// order, in any case. None where they do not.
pub fn misfit(query: &str, name: &str) -> Option<usize> {
    let small = |text: &str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<Vec<_>>()
    };
    let name = small(name);
    let mut wanted = small(query);
    wanted.retain(|letter| !letter.is_whitespace());
    // To jump to the start of a word may leave letters behind that are wanted later.
    walk(&wanted, &name, true).or_else(|| walk(&wanted, &name, false))
}

/// Takes letter by letter. What goes on from the last letter, or starts a word, is what people mean by it; all else
/// is a misfit.
fn walk(wanted: &[char], name: &[char], jump: bool) -> Option<usize> {
    let starts = |at: usize| at == 0 || !name[at - 1].is_alphanumeric();
    let (mut misfit, mut from) = (0, 0);
    for letter in wanted {
        let here = (from..name.len()).find(|&at| name[at] == *letter)?;
        let start = (here..name.len()).find(|&at| name[at] == *letter && starts(at));
        let goes_on = here == from && from > 0;
        let at = start.filter(|_| jump && !goes_on).unwrap_or(here);
        misfit += usize::from(!goes_on && !starts(at)) + usize::from(from == 0 && at > 0);
        from = at + 1;
    }
    Some(misfit)
}

#[cfg(test)]
mod tests {
    use super::{misfit, people};
    use crate::fixture;
    use crate::text::Language;

    fn check(language: Language, draft: &str, expected: &[(&str, &str)]) {
        let found = people(&fixture::analysis_in(language, draft));
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|named| (named.name.as_str(), &draft[named.range]))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn people_stand_at_their_first_reference() {
        check(
            Language::Markdown,
            "The pier of **Meyer** is shut, said the White House. Ann Meyer left Leeds.\n\n“No,” she told Tom Reyes.\n",
            &[
                ("Ann Meyer", "Meyer"),
                ("White House", "White House"),
                ("Tom Reyes", "Tom Reyes"),
            ],
        );
    }

    #[test]
    fn the_silent_and_the_unnamed_are_left_out() {
        check(
            Language::Plain,
            "The White House is white, two officials said.",
            &[],
        );
        check(Language::Plain, "", &[]);
    }

    #[test]
    fn letters_fit_in_their_order() {
        for query in ["", "am", "ann", "Meyer", "ANN M", "mey", "aey", "nnmyr"] {
            assert!(misfit(query, "Ann Meyer").is_some(), "{query}");
        }
        for query in ["x", "annb", "ma n", "meyera"] {
            assert_eq!(misfit(query, "Ann Meyer"), None, "{query}");
        }
        assert!(misfit("É", "Élise Roy").is_some());
    }

    #[test]
    fn starts_of_words_fit_best() {
        assert_eq!(misfit("am", "Ann Meyer"), Some(0));
        assert_eq!(misfit("oe", "Joe Ooo"), Some(2));
        assert!(misfit("ann", "Ann Meyer") < misfit("ann", "Joanna Hill"));
        assert!(misfit("mey", "Tom Meyer") < misfit("mey", "Rome Yeats"));
    }
}
