//! What is known of the name, the quote or the verb under the cursor.

mod cue;
mod markdown;
mod name;
mod quote;

use text_size::{TextRange, TextSize};

use crate::analysis::{Analysis, EntityId};

/// What to show at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about, in source bytes.
    pub range: TextRange,
    /// The text, in Markdown; at most twelve lines.
    pub markdown: String,
}

/// What is known at a source offset: of a name, else of a reporting verb, else of a quote.
pub fn hover(analysis: &Analysis, offset: TextSize) -> Option<Hover> {
    let offset = analysis.prose.from_source(offset)?;
    let (range, markdown) = at(analysis, |range| range.contains(offset))
        .or_else(|| at(analysis, |range| range.contains_inclusive(offset)))?;
    Some(Hover {
        range: analysis.prose.to_source(range),
        markdown,
    })
}

/// The card of the innermost thing that a place touches, with its prose range.
fn at(analysis: &Analysis, touches: impl Fn(TextRange) -> bool) -> Option<(TextRange, String)> {
    if let Some((range, entity)) = name_at(analysis, &touches) {
        return Some((range, name::card(analysis, entity, range)));
    }
    if let Some((range, cue)) = cue_at(analysis, &touches) {
        return Some((range, cue::card(cue)));
    }
    let quote = innermost(analysis.quotes.iter(), |quote| quote.range, &touches)?;
    // Words quoted inside a quote are spoken by the one around them.
    let speaks = |range: TextRange| range.contains_range(quote.range);
    let outer = analysis
        .quotes
        .iter()
        .find(|outer| speaks(outer.range) && analysis.attribution(outer).is_some());
    let card = quote::card(analysis, outer.unwrap_or(quote));
    Some((outer.unwrap_or(quote).range, card))
}

fn name_at(
    analysis: &Analysis,
    touches: &impl Fn(TextRange) -> bool,
) -> Option<(TextRange, EntityId)> {
    let mention = innermost(
        analysis.mentions.iter(),
        |mention| mention.full_range(),
        touches,
    )
    .map(|mention| (mention.full_range(), mention.entity));
    // Sources without a name, and offices that stand apart from the name, are no mentions.
    let other = || {
        let speakers = analysis
            .attributions
            .iter()
            .filter_map(|known| Some((known.speaker?.range, known.entity?)));
        let roles = (0u32..).zip(&analysis.entities).flat_map(|(id, entity)| {
            let roles = entity.roles.iter();
            roles.map(move |role| (role.range, EntityId(id)))
        });
        innermost(speakers.chain(roles), |(range, _)| *range, touches)
    };
    mention.or_else(other)
}

fn cue_at<'a>(
    analysis: &'a Analysis,
    touches: &impl Fn(TextRange) -> bool,
) -> Option<(TextRange, &'a crate::extract::Cue)> {
    let cues = analysis.paragraphs.iter().flat_map(|paragraph| {
        let cues = paragraph.facts.cues.iter();
        cues.map(|cue| (paragraph.at(cue.range), cue))
    });
    innermost(cues, |(range, _)| *range, touches)
}

/// The shortest of the things that a place touches, the first of equals.
fn innermost<T>(
    things: impl Iterator<Item = T>,
    range: impl Fn(&T) -> TextRange,
    touches: &impl Fn(TextRange) -> bool,
) -> Option<T> {
    things
        .filter(|thing| touches(range(thing)))
        .min_by_key(|thing| range(thing).len())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::fixture::check_hover;

    #[test]
    fn a_reporting_verb_is_graded() {
        check_hover(
            "“The deck is rotten,” critics cl<CURSOR>aimed.",
            expect![[r#"
            [claimed]
            **claim**: loaded: it colours what is said

            - Casts doubt (Reuters, OUP textbook both read)
            - Instead: said
        "#]],
        );
        check_hover(
            "“The deck is rotten,” critics said<CURSOR>.",
            expect![[r#"
            [said]
            **say**: neutral

            - The default in every house; never a finding
        "#]],
        );
    }

    #[test]
    fn a_quote_tells_its_speaker() {
        check_hover(
            "“The deck <CURSOR>is rotten,” critics claimed.",
            expect![[r#"
            [“The deck is rotten,”]
            Speaker: **critics**, an unnamed source

            - How known: “critics” beside “claimed”, line 1
            - How sure: sure
            - 4 words
        "#]],
        );
        check_hover(
            "😀 “The deck <CURSOR>is rotten.”",
            expect![[r#"
            [“The deck is rotten.”]
            No speaker found

            - 4 words
        "#]],
        );
    }

    #[test]
    fn other_words_have_no_hover() {
        check_hover(
            "The deck <CURSOR>is rotten, critics claimed.",
            expect![[r#"
            nothing
        "#]],
        );
        check_hover(
            "<CURSOR>",
            expect![[r#"
            nothing
        "#]],
        );
    }
}
