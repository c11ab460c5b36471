//! What is known of the name, the quote or the verb under the cursor.

mod card;
mod cue;
mod known;
mod name;
mod office;
mod quote;
mod relayed;
mod spelling;

use text_size::{TextRange, TextSize};

use super::Diagnostic;
use super::cursor::{innermost, name_at};
use crate::analysis::Analysis;
use crate::knowledge::Knowledge;
use crate::settings::House;

pub(super) use known::records;
pub(super) use name::{Form, forms, is_credit};

/// What to show at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about, in source bytes.
    pub range: TextRange,
    /// The text, in Markdown; at most twelve lines.
    pub markdown: String,
}

impl Hover {
    /// The text without Markdown, for clients that show none.
    pub fn plain(&self) -> String {
        super::markdown::plain_card(&self.markdown)
    }
}

/// What is known beside the analysis.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// What a copy chief would query, in reading order.
    pub findings: &'a [Diagnostic],
    /// What the newsroom knows.
    pub knowledge: &'a Knowledge,
    /// Whose spelling to prefer.
    pub house: House,
}

/// What is known at a source offset: of a name, else of a reporting verb, else of an office, else of a quote.
pub fn hover(analysis: &Analysis, beside: Beside<'_>, offset: TextSize) -> Option<Hover> {
    let place = analysis.prose.from_source(offset)?;
    let (range, markdown) = at(analysis, beside, |range| range.contains(place))
        .or_else(|| at(analysis, beside, |range| range.contains_inclusive(place)))?;
    let range = analysis.prose.to_source(range);
    // A run of white space is one place in the prose, but only its start touches the word before it.
    range
        .contains_inclusive(offset)
        .then_some(Hover { range, markdown })
}

/// The card of the innermost thing that a place touches, with its prose range.
fn at(
    analysis: &Analysis,
    beside: Beside<'_>,
    touches: impl Fn(TextRange) -> bool,
) -> Option<(TextRange, String)> {
    if let Some((range, entity)) = name_at(analysis, &touches) {
        return Some((range, name::card(analysis, beside, entity, range, &touches)));
    }
    if let Some((range, cue)) = cue_at(analysis, &touches) {
        return Some((range, cue::card(cue)));
    }
    if let Some(office) = office::at(analysis, beside.knowledge, &touches) {
        return Some(office);
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

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::fixture::{check_hover, check_hover_in};
    use crate::text::Language;

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
                - Confidence: high
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
    fn a_name_tells_who_it_is() {
        check_hover(
            "
            Mayor Ann Meyer and Tom Reyes, a member of the council, met on Monday.

            “The deck is rotten,” Me<CURSOR>yer said. “We looked at every bolt.”

            “We had to,” she said.
            ",
            expect![[r#"
                [Meyer]
                **Ann Meyer**, person

                - Role: Mayor (line 1)
                - First reference: line 1
                - 3 mentions: Ann Meyer 1, Meyer 1, she 1
                - 3 quotes, 12 words:
                  - line 3, 4 words: “The deck is rotten,”
                  - line 3, 5 words: “We looked at every bolt.”
                  - line 5, 3 words: “We had to,”
                - Not in the knowledge base
            "#]],
        );
    }

    #[test]
    fn a_pronoun_and_an_office_tell_whom_they_mean() {
        check_hover(
            "Mayor Ann Meyer spoke.\n\n“It is rotten,” s<CURSOR>he said.",
            expect![[r#"
                [she]
                **Ann Meyer**, person

                - “she” here: subject of the sentence before, line 1
                - Role: Mayor (line 1)
                - First reference: line 1
                - 2 mentions: Ann Meyer 1, she 1
                - 1 quote, 3 words:
                  - line 3, 3 words: “It is rotten,”
                - Not in the knowledge base
            "#]],
        );
        check_hover(
            "Mayor Ann Meyer spoke.\n\n“It is rotten,” the may<CURSOR>or said.",
            expect![[r#"
                [the mayor]
                **Ann Meyer**, person

                - “the mayor” here: subject of the sentence before, line 1
                - Role: Mayor (line 1)
                - First reference: line 1
                - 2 mentions: Ann Meyer 1, the mayor 1
                - 1 quote, 3 words:
                  - line 3, 3 words: “It is rotten,”
                - Not in the knowledge base
            "#]],
        );
    }

    #[test]
    fn the_name_comes_before_the_verb_and_the_verb_before_the_quote() {
        check_hover(
            "“Ann <CURSOR>Meyer is late,” Tom Reyes said.",
            expect![[r#"
                [Ann Meyer]
                **Ann Meyer**, person

                - First reference: line 1
                - Not in the knowledge base
            "#]],
        );
        check_hover(
            "“She said she is late,” Tom Reyes s<CURSOR>aid.",
            expect![[r#"
            [said]
            **say**: neutral

            - The default in every house; never a finding
        "#]],
        );
        check_hover(
            "“She s<CURSOR>aid she is late,” Tom Reyes said.",
            expect![[r#"
                [“She said she is late,”]
                Speaker: **Tom Reyes**

                - How known: named beside “said”, line 1
                - Confidence: high
                - 5 words
            "#]],
        );
        check_hover(
            "“She said ‘ne<CURSOR>ver,’ I think,” Tom Reyes said.",
            expect![[r#"
                [“She said ‘never,’ I think,”]
                Speaker: **Tom Reyes**

                - How known: named beside “said”, line 1
                - Confidence: high
                - 5 words
            "#]],
        );
    }

    #[test]
    fn an_unnamed_source_is_called_so() {
        check_hover(
            "The deck is rotten, according to two off<CURSOR>icials of the port.",
            expect![[r#"
                [two officials of the port]
                **two officials of the port**, an unnamed source

                - First reference: line 1
                - Paraphrased in line 1
            "#]],
        );
    }

    #[test]
    fn a_credit_line_names_no_source() {
        check_hover(
            "The pier is closed.\n\nReporting by Tom Re<CURSOR>yes",
            expect![[r#"
                [Tom Reyes]
                **Tom Reyes**, person

                - Credit line, not a source
                - First reference: line 3
            "#]],
        );
        check_hover(
            "Tom Reyes said the pier is closed.\n\nReporting by Tom Re<CURSOR>yes",
            expect![[r#"
                [Tom Reyes]
                **Tom Reyes**, person

                - Credit line, not a source
                - First reference: line 1
                - 2 mentions: Tom Reyes 2
                - Paraphrased in line 1
            "#]],
        );
    }

    #[test]
    fn words_that_came_through_others_say_so() {
        check_hover(
            "“It is <CURSOR>rotten,” Ann Meyer told Reuters.",
            expect![[r#"
                [“It is rotten,”]
                Speaker: **Ann Meyer**

                - How known: named beside “told”, line 1
                - Confidence: high
                - Second-hand: reported by Reuters
                - 3 words
            "#]],
        );
        check_hover(
            "“It is <CURSOR>rotten,” Ann Meyer reportedly said.",
            expect![[r#"
                [“It is rotten,”]
                Speaker: **Ann Meyer**

                - How known: named beside “said”, line 1
                - Confidence: high
                - Hearsay: “reportedly”
                - 3 words
            "#]],
        );
    }

    #[test]
    fn nobodys_words_have_no_speaker() {
        check_hover(
            "They saw the film “Ja<CURSOR>ws” twice.",
            expect![[r#"
            [“Jaws”]
            The title of a work

            - 1 word
        "#]],
        );
        check_hover(
            "The so-called “exp<CURSOR>ert” left.",
            expect![[r#"
            [“expert”]
            Nobody’s words: a term, a name or a mark of distance

            - 1 word
        "#]],
        );
    }

    #[test]
    fn long_stories_stay_short() {
        let quotes: String = (1..20)
            .map(|number| format!("“This is number {number} of our rules,” Ann Meyer said.\n\n"))
            .collect();
        check_hover(
            &format!("<CURSOR>Ann Meyer met the council.\n\n{quotes}"),
            expect![[r#"
                [Ann Meyer]
                **Ann Meyer**, person

                - First reference: line 1
                - 20 mentions: Ann Meyer 20
                - Findings: first-reference-role (line 1)
                - 19 quotes, 133 words:
                  - line 3, 7 words: “This is number 1 of our rules,”
                  - line 5, 7 words: “This is number 2 of our rules,”
                  - line 7, 7 words: “This is number 3 of our rules,”
                  - line 9, 7 words: “This is number 4 of our rules,”
                  - line 11, 7 words: “This is number 5 of our rules,”
                  - and 14 more
            "#]],
        );
    }

    #[test]
    fn markup_of_the_draft_is_no_markup_of_the_card() {
        check_hover(
            "“It *is* [rotten](x) <CURSOR>at http://x.org,” Ann_Meyer said.",
            expect![[r#"
                [“It *is* [rotten](x) at http://x.org,”]
                Speaker: **Ann\_Meyer**

                - How known: named beside “said”, line 1
                - Confidence: high
                - 5 words
            "#]],
        );
        check_hover(
            "“Never `do` *that* <b>,” A<CURSOR>nn Meyer said.",
            expect![[r#"
                [Ann Meyer]
                **Ann Meyer**, person

                - First reference: line 1
                - 1 quote, 4 words:
                  - line 1, 4 words: “Never \`do\` \*that\* \<b\>,”
                - Not in the knowledge base
            "#]],
        );
    }

    #[test]
    fn places_are_the_sources() {
        check_hover_in(
            Language::Markdown,
            "---\ntitle: Pier\n---\n\n😀 **Mayor** A<CURSOR>nn *Meyer* said “no.”",
            expect![[r#"
                [Mayor** Ann *Meyer]
                **Ann Meyer**, person

                - Role: Mayor (line 5)
                - First reference: line 5
                - 1 quote, 1 word:
                  - line 5, 1 word: “no.”
                - Not in the knowledge base
            "#]],
        );
        check_hover_in(
            Language::Html,
            "<p>😀 &ldquo;It is <b>rot<CURSOR>ten</b>,&rdquo; said Ann&nbsp;Meyer.</p>",
            expect![[r#"
                [&ldquo;It is <b>rotten</b>,&rdquo;]
                Speaker: **Ann Meyer**

                - How known: named beside “said”, line 1
                - Confidence: high
                - 3 words
            "#]],
        );
        check_hover_in(
            Language::Html,
            "<p>“It is <b cla<CURSOR>ss='x'>rotten</b>,” he said.</p>",
            expect![[r#"
                nothing
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
