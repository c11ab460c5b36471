//! Words around a name that make it a place.

use std::ops::Range;

use super::view::View;

/// A name of unknown kind stands where places stand: "in northern Quand Ninh", "the village of Azizi".
pub(super) fn is_place(view: &View, words: &Range<usize>) -> bool {
    let before = view.before(words.start).text;
    let noun = match before {
        "of" if words.start > 1 => view.at(words.start - 2).text,
        _ => before,
    };
    let inside = ["in", "at", "near", "from", "outside", "inside", "across"].contains(&before);
    inside
        || is_direction(before)
        || is_place_noun(noun)
        || !view.before(words.end).possessive && is_place_noun(view.at(words.end).text)
}

fn is_direction(word: &str) -> bool {
    let word = word.strip_suffix("ern").unwrap_or(word);
    matches!(
        word,
        "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "central"
    )
}

fn is_place_noun(word: &str) -> bool {
    matches!(
        word,
        "town"
            | "village"
            | "city"
            | "district"
            | "province"
            | "region"
            | "county"
            | "suburb"
            | "neighborhood"
            | "neighbourhood"
            | "island"
            | "islands"
            | "airport"
            | "peninsula"
            | "valley"
            | "river"
            | "border"
    )
}
