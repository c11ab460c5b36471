//! stray-headline: the headline of another story, left in the copy by a copy and paste.

use super::{Context, Finding};
use crate::analysis::ParagraphKind;

declare_rule! {
    /// Headline of another story in the copy
    ///
    /// ## Why
    ///
    /// Web pages set links to other stories between paragraphs. Pasted into a draft they look like copy, and an
    /// editor in a hurry prints them.
    ///
    /// ## Flags
    ///
    /// Of two lines in a row at most one can be a subhead:
    ///
    /// ```text
    /// The council voted Monday to close the pier after a storm tore up its deck.
    ///
    /// Ferry strike enters second week as talks stall
    ///
    /// Repairs may take years
    ///
    /// Repairs are to start in May and will cost $2 million, the council’s engineer said.
    /// ```
    ///
    /// ## Passes
    ///
    /// A lone subhead, whatever it says:
    ///
    /// ```text
    /// The council voted Monday to close the pier after a storm tore up its deck.
    ///
    /// Traders fear for their summer
    ///
    /// Four cafes and a boat hire stand on the pier, and all of them live off July and August.
    /// ```
    ///
    /// ## Fix
    ///
    /// Deletes the line.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "stray-headline",
    group: Copy,
    levels: [Hint, Hint, Hint, Hint, Hint],
    settle: false,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let paragraphs = context.analysis.paragraphs.iter().enumerate();
    paragraphs
        .filter(|(_, paragraph)| paragraph.kind == ParagraphKind::Link)
        .map(|(index, paragraph)| {
            let message = "Looks like a related-story link, not copy.";
            let mut finding = context.finding(paragraph.range, message);
            finding.fixes.push(context.delete("Delete the line", index, index));
            finding
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_rule};

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn a_line_before_a_subhead_is_a_link() {
        check(
            "
            The council voted Monday to close the pier.

            Ferry strike enters second week as talks stall
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[stray-headline]: Looks like a related-story link, not copy.

            Repairs may take years

            Repairs are to start in May and will cost $2 million.
            ",
        );
    }

    #[test]
    fn several_lines_that_lead_nowhere_are_links() {
        check(
            "
            The council voted Monday to close the pier.

            Ferry strike enters second week as talks stall
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[stray-headline]: Looks like a related-story link, not copy.

            The vote was close. Two members left the room before it.

            Why bread costs more than ever this winter
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint[stray-headline]: Looks like a related-story link, not copy.

            A storm tore up a third of the deck in January.

            Storm damage goes deeper than thought

            The damage reaches down to the piles, and the engineer wants all of them looked at.
            ",
        );
    }

    #[test]
    fn a_lone_line_is_a_subhead() {
        check(
            "
            The council voted Monday to close the pier.

            Ferry strike enters second week as talks stall

            A storm tore up a third of the deck in January.
            ",
        );
    }

    #[test]
    fn short_subheads_of_a_clean_story_pass() {
        check(
            "
            The council voted Monday to close the pier.

            A long winter

            A storm tore up a third of the deck in January.

            What comes next

            Repairs are to start in May.

            The money

            Nobody knows who will pay.
            ",
        );
    }

    #[test]
    fn lists_and_verse_pass() {
        check(
            "
            The council voted Monday to close the pier. The members who were against it:

            Ada Lindqvist of the harbour ward

            Tom Reyes of the old town

            Mina Okafor of the west ward

            Jon Bell of the hill ward

            The others were for it.
            ",
        );
    }

    #[test]
    fn the_storys_own_headline_and_deck_pass() {
        check(
            "
            Council closes storm-torn pier for at least a year

            Traders fear for their summer while the bill grows

            The council voted Monday to close the pier.
            ",
        );
    }

    #[test]
    fn a_paragraph_that_ends_passes() {
        check(
            "
            The council voted Monday to close the pier.

            Ferries will go on.

            So will the cafes:

            A storm tore up a third of the deck.
            ",
        );
    }

    #[test]
    fn the_fix_deletes_the_line_and_its_blank_line() {
        check_fix(
            &RULE,
            "
            The council voted Monday to close the pier.

            Ferry strike enters <CURSOR>second week as talks stall

            Repairs may take years

            Repairs are to start in May.
            ",
            "
            The council voted Monday to close the pier.

            Repairs may take years

            Repairs are to start in May.
            ",
        );
    }
}
