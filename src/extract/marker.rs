//! What a paragraph as a whole looks like by its own words: leftovers of a web page, a credit line, a dateline, a note.

mod credit;
mod dateline;
mod line;
mod note;
mod residue;

use super::token::Token;
use line::Line;

/// What a paragraph is by its own words alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marker {
    /// A web page's leftover: "Leave a Reply", "Read more", cookie lines, "Copyright ©".
    Residue,
    /// "Reporting by …", "Editing by …", "By NAME", "… contributed to this report".
    Credit,
    /// A date, or place and date, alone.
    Dateline,
    /// A note to the desk: "EDS: …", "TK", "// note".
    Note,
    /// A list item or a table row typed by hand.
    Item,
}

/// Recognises a paragraph by its own words. Only a whole paragraph is marked: copy that merely contains such words is
/// left alone.
pub fn marker(text: &str, tokens: &[Token]) -> Option<Marker> {
    let line = Line { text, tokens };
    if note::is_note(&line) {
        return Some(Marker::Note);
    }
    if residue::is_residue(&line) {
        return Some(Marker::Residue);
    }
    if let Some(credit) = credit::credit(&line) {
        return Some(credit);
    }
    if dateline::is_dateline(&line) {
        return Some(Marker::Dateline);
    }
    is_item(&line).then_some(Marker::Item)
}

/// "- x", "• x", "1) x", "(a) x", "1. x", "a | b | c"
fn is_item(line: &Line) -> bool {
    let spaced = |index: usize| {
        let end = line.tokens.get(index).map(|t| usize::from(t.range.end()));
        end.and_then(|end| line.text.get(end..))
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    let counts = |index: usize| {
        let word = line.word(index);
        line.is_number(index) && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
            || word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase())
    };
    match line.word(0) {
        "-" | "*" | "•" | "·" | "▪" | "‣" | "◦" | "●" | "■" => {
            spaced(0) && line.tokens.len() > 1
        }
        "(" => counts(1) && line.word(2) == ")" && spaced(2),
        _ if counts(0) && line.word(1) == ")" => spaced(1),
        _ if counts(0) && line.is_number(0) && line.word(1) == "." => spaced(1),
        _ => {
            let bars = || (0..line.tokens.len()).filter(|&i| line.word(i) == "|");
            line.text.contains('|') && bars().take(2).count() == 2
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn check(expected: Option<Marker>, texts: &[&str]) {
        for text in texts {
            assert_eq!(marker(text, &tokens(text)), expected, "{text}");
        }
    }

    #[test]
    fn residue() {
        check(
            Some(Marker::Residue),
            &[
                "Leave a Reply",
                "Your email address will not be published. Required fields are marked *",
                "Read more",
                "READ MORE »",
                "Read more: How the vote was won",
                "Advertisement",
                "— ADVERTISEMENT —",
                "Share this:",
                "Sign up for our newsletter.",
                "Click here to subscribe",
                "Related: A vote in the north",
                "Subscribe",
                "Copyright © 2024 The Star. All rights reserved.",
                "© 2024 The Star",
                "We use cookies to make this site better.",
                "Photo: Jane Roe/Agency",
                "Photo by Jane Roe",
                "Getty Images",
                "Loading...",
                "Story continues below advertisement",
                "Tags: Iran, Syria",
                "Follow us on Facebook",
            ],
        );
    }

    #[test]
    fn credit_lines() {
        check(
            Some(Marker::Credit),
            &[
                "CNN’s Mostafa Salem, Abdul Nasir and Adam Purahmadi contributed to this report.",
                "The Star contributed to this report.",
                "Jane Roe contributed reporting from Paris.",
                "(Reporting by Jane Roe in Paris; Editing by Bob Day)",
                "Reporting by Jane Roe",
                "Additional reporting by Jane Roe and Bob de Vries",
                "Editing by Bob Day",
                "By Jane Roe",
                "By JANE ROE and BOB DAY | The Star",
                "Jane Roe reports for the BBC.",
                "Jane Roe reports.",
                "Follow Jane Roe on Twitter: @roe",
                "Compiled by Jane Roe",
                "Staff writer Jane Roe contributed.",
            ],
        );
    }

    #[test]
    fn datelines() {
        check(
            Some(Marker::Dateline),
            &[
                "Friday, September 9, 2016",
                "LONDON, 3 May",
                "TEHRAN, Iran, July 19, 2022",
                "Updated 10:32",
                "Last updated at 10:32 GMT on 3 May",
                "Published: 3 May 2022",
                "03/05/2022",
                "May 3, 2022, 10:32 p.m. ET",
                "Sept. 9, 2016",
                "9 September 2016 — Updated 10:32 GMT",
                "Updated 3 hours ago",
            ],
        );
    }

    #[test]
    fn notes() {
        check(
            Some(Marker::Note),
            &[
                "EDS: hold for the picture",
                "TK",
                "[TKTK]",
                "QUOTE TK",
                "XXX",
                "// ask Roe about this",
                "<< move up",
                "INSERT QUOTE HERE",
                "[CHECK with Roe]",
                "EMBARGOED UNTIL 6 P.M. MONDAY",
                "NOTE TO EDITORS: pictures follow",
                "Lorem ipsum dolor sit amet",
                "(Adds quotes, background)",
                "??",
                "TODO: call the mayor",
            ],
        );
    }

    #[test]
    fn items() {
        check(
            Some(Marker::Item),
            &[
                "- eggs",
                "• eggs and milk",
                "* eggs",
                "1) eggs",
                "(a) eggs",
                "2. The mayor left.",
                "a | b | c",
            ],
        );
    }

    #[test]
    fn body_copy_is_none() {
        check(
            None,
            &[
                "Read more books, said Lee.",
                "Read more books and fewer posts.",
                "Advertisement spending fell last year.",
                "Share this burden with us.",
                "Subscribe to the theory, and it falls apart.",
                "Related firms fell as well.",
                "Copyright law is old.",
                "“Advertisement,” he said.",
                "Photo by photo, the case was built.",
                "She said he contributed to this report on schools, which was late and which few read at all in the town.",
                "Roe contributed $5 to the campaign.",
                "Reporting by Reuters shows that the plan failed.",
                "By Monday the town was empty.",
                "By the Numbers",
                "By land and sea",
                "The Star reports:",
                "Roe reports, then left.",
                "Roe reports a rise in cases.",
                "The council reports for duty.",
                "On May 3, 2022, the council met.",
                "May left.",
                "LONDON, May 3 (Agency) — The council met.",
                "Friday",
                "2016",
                "Okafor, 55",
                "In 2016, 20 people died.",
                "Updated rules came in on May 3.",
                "The TK-80 was a computer.",
                "XXX Corp. fell.",
                "Editor’s note: this story was updated.",
                "Insert a coin.",
                "Embargo talks began Monday in Paris.",
                "Check the list.",
                "-5 degrees",
                "- ",
                "2016. It was a year.",
                "1.5 million left.",
                "A man left.",
                "— Hello, he said.",
                "a",
                "",
                " ",
                "*",
                "\u{0}",
                "Nonsense.",
            ],
        );
    }

    #[test]
    fn long_paragraphs_are_read_once() {
        for unit in [
            "TK ",
            "- ",
            "| ",
            "By A ",
            "contributed ",
            "reports ",
            "May 3 ",
            "read more ",
        ] {
            let text = unit.repeat(50_000 / unit.len());
            let _ = marker(&text, &tokens(&text));
        }
    }
}
