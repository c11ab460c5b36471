//! A card: lines by rank, of which the least fall off where there are too many.

/// Lines of the longest card.
const LINES: usize = 12;

/// What a line is worth where there is no room for all; the first is worth most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Who it is, and what the place under the cursor is.
    Title,
    /// How the draft introduces it.
    Introduction,
    /// The first that the newsroom knows.
    Known,
    /// How to say the name, and what the newsroom wants a writer to know.
    Note,
    /// What the desk would write instead.
    Spelling,
    /// Mentions, findings, and whose words it relayed.
    Mentions,
    /// Some of the words.
    Words,
    /// What else the newsroom knows.
    Detail,
    /// The rest.
    Rest,
}

/// A card on its way.
#[derive(Debug, Default)]
pub(super) struct Card {
    lines: Vec<Line>,
    /// Items of the list, shown or not.
    items: usize,
}

#[derive(Debug)]
struct Line {
    rank: Rank,
    text: String,
    part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Line,
    Header,
    Item,
}

impl Card {
    /// Adds a line below the others.
    pub(super) fn line(&mut self, rank: Rank, text: String) {
        self.push(rank, text, Part::Line);
    }

    /// Adds a list, at most one a card: a header that ends with a colon, and as many items as there is room for. The
    /// first `few` are worth as much as the header.
    pub(super) fn list(
        &mut self,
        header: String,
        few: usize,
        items: impl ExactSizeIterator<Item = String>,
    ) {
        self.push(Rank::Words, header, Part::Header);
        self.items = items.len();
        for (at, item) in items.take(LINES).enumerate() {
            let rank = if at < few { Rank::Words } else { Rank::Rest };
            self.push(rank, item, Part::Item);
        }
    }

    /// The lines that there is room for, in their order.
    pub(super) fn text(self) -> String {
        let mut kept: Vec<(usize, Line)> = self.lines.into_iter().enumerate().collect();
        kept.sort_by_key(|(_, line)| line.rank);
        kept.truncate(LINES);
        kept.sort_by_key(|(at, _)| *at);
        let mut lines: Vec<Line> = kept.into_iter().map(|(_, line)| line).collect();
        let shown = lines.iter().filter(|line| line.part == Part::Item).count();
        let is_cut = shown < self.items;
        if let Some(header) = lines.iter_mut().find(|line| line.part == Part::Header)
            && shown == 0
        {
            header
                .text
                .truncate(header.text.trim_end_matches(':').len());
        }
        if let Some(last) = lines.iter_mut().rfind(|line| line.part == Part::Item)
            && is_cut
            && shown > 1
        {
            last.text = format!("  - and {} more", self.items - shown + 1);
        }
        let lines: Vec<String> = lines.into_iter().map(|line| line.text).collect();
        lines.join("\n")
    }

    fn push(&mut self, rank: Rank, text: String, part: Part) {
        self.lines.push(Line { rank, text, part });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A card of plain lines of these ranks around a list of so many items, as one line.
    fn check(before: &[Rank], items: usize, after: &[Rank], expected: &str) {
        let mut card = Card::default();
        for rank in before {
            card.line(*rank, format!("{rank:?}"));
        }
        if items > 0 {
            card.list(
                "words:".to_owned(),
                2,
                (0..items).map(|at| (at + 1).to_string()),
            );
        }
        for rank in after {
            card.line(*rank, format!("{rank:?}"));
        }
        assert_eq!(card.text().replace('\n', " "), expected);
    }

    #[test]
    fn what_has_room_stays() {
        check(&[Rank::Title], 0, &[Rank::Rest], "Title Rest");
        check(&[Rank::Title], 2, &[Rank::Known], "Title words: 1 2 Known");
    }

    #[test]
    fn long_lists_say_how_much_is_left_out() {
        check(
            &[Rank::Title; 4],
            9,
            &[Rank::Known],
            "Title Title Title Title words: 1 2 3 4 5   - and 4 more Known",
        );
        check(
            &[Rank::Title; 4],
            6,
            &[Rank::Known],
            "Title Title Title Title words: 1 2 3 4 5 6 Known",
        );
    }

    #[test]
    fn the_least_falls_off_first() {
        let full = [Rank::Title; 9];
        let title = "Title ".repeat(9);
        check(
            &full,
            3,
            &[Rank::Known, Rank::Detail],
            &format!("{title}words: 1 Known"),
        );
        check(
            &[Rank::Title; 10],
            3,
            &[Rank::Known, Rank::Detail],
            &format!("{title}Title words Known"),
        );
        check(
            &[Rank::Title; 11],
            3,
            &[Rank::Detail, Rank::Known],
            &format!("{title}Title Title Known"),
        );
    }
}
