//! Where the one under the cursor stands in the draft: at first, and everywhere.

use text_size::{TextRange, TextSize};

use super::cursor::entity_at;
use crate::analysis::{Analysis, EntityId};

/// One place of a name, an office or a pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Source bytes; titles are left out.
    pub range: TextRange,
    /// The first reference.
    pub first: bool,
}

/// The first mention of the one under the cursor, in source bytes.
pub fn definition(analysis: &Analysis, offset: TextSize) -> Option<TextRange> {
    places(analysis, offset).first().map(|place| place.range)
}

/// All mentions of the one under the cursor in reading order: names, offices and pronouns.
pub fn places(analysis: &Analysis, offset: TextSize) -> Vec<Place> {
    let Some((_, entity)) = entity_at(analysis, offset) else {
        return Vec::new();
    };
    let ranges = mentions(analysis, entity).into_iter();
    let places = ranges.enumerate().map(|(at, range)| Place {
        range: analysis.prose.to_source(range),
        first: at == 0,
    });
    places.collect()
}

/// The prose ranges of all mentions in reading order. Sources without a name are mentioned where they speak.
pub(super) fn mentions(analysis: &Analysis, id: EntityId) -> Vec<TextRange> {
    let mentions: Vec<_> = analysis.mentions_of(id).map(|known| known.range).collect();
    if !mentions.is_empty() {
        return mentions;
    }
    let spoken = analysis
        .attributions
        .iter()
        .filter(|known| known.entity == Some(id));
    let mut speakers: Vec<_> = spoken
        .filter_map(|known| known.speaker)
        .map(|speaker| speaker.range)
        .collect();
    speakers.sort_by_key(|range| range.start());
    speakers.dedup();
    speakers
}

#[cfg(test)]
mod tests {
    use crate::fixture::{check_definition, check_places};

    const DRAFT: &str = "Mayor ‹Ann Meyer› met Tom Reyes, a member of the council.\n\n\
        “The deck is rotten,” ‹she› said. Later ‹Meyer› left.\n\n“It is,” ‹the mayor› said.";

    /// The draft without its marks and with a cursor before some words.
    fn cursor_before(words: &str) -> String {
        let draft = DRAFT.replace(['‹', '›'], "");
        let at = draft.rfind(words).expect("the words");
        format!("{}<CURSOR>{}", &draft[..at], &draft[at..])
    }

    #[test]
    fn every_mention_leads_to_the_first_and_to_all() {
        for words in [
            "Ann Meyer",
            "Meyer left",
            "she said",
            "the mayor said",
            "Mayor Ann",
        ] {
            check_definition(&cursor_before(words), "Ann Meyer", 1);
            check_places(&cursor_before(words), DRAFT);
        }
    }

    #[test]
    fn an_office_that_stands_apart_leads_to_its_holder() {
        check_definition(&cursor_before("member of"), "Tom Reyes", 1);
    }

    #[test]
    fn an_unnamed_source_stands_where_it_speaks() {
        check_places(
            "The deck is rotten, according to two off<CURSOR>icials of the port.",
            "The deck is rotten, according to ‹two officials of the port›.",
        );
    }

    #[test]
    fn a_name_touches_both_of_its_ends_and_no_more() {
        check_definition("“It is safe,” Ann Meyer<CURSOR> said.", "Ann Meyer", 1);
        for draft in [
            "“It is <CURSOR>safe,” Ann Meyer said.",
            "“It is safe,” Ann Meyer sa<CURSOR>id.",
            "<CURSOR>The pier is closed. Ann Meyer left.",
        ] {
            check_places(draft, &draft.replace("<CURSOR>", ""));
        }
    }

    #[test]
    fn others_of_the_same_surname_are_left_out() {
        check_places(
            "Ann Mey<CURSOR>er met Tom Meyer. Tom Meyer left.",
            "‹Ann Meyer› met Tom Meyer. Tom Meyer left.",
        );
    }
}
