//! Words of a draft inside Markdown: none of them may act as markup.

use super::reason::plain;

/// Text on one line with its own Markdown taken out of force. Not for the start of a line, where more characters act.
pub(super) fn escape(text: &str) -> String {
    let line = plain(text);
    let mut out = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let acts = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!'
            | '&' | '$' | '@' => true,
            // Addresses become links by themselves.
            ':' => rest.peek() == Some(&'/'),
            '.' => out.to_ascii_lowercase().ends_with("www"),
            _ => false,
        };
        if acts {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A card without its Markdown: no bold, and nothing escaped.
pub(super) fn plain_card(card: &str) -> String {
    let mut out = String::with_capacity(card.len());
    let mut rest = card.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => out.extend(rest.next()),
            '*' if rest.peek() == Some(&'*') => drop(rest.next()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_out_of_force() {
        assert_eq!(escape("*so* [a](b) <i>"), r"\*so\* \[a\](b) \<i\>");
        assert_eq!(escape("a_b `c` &amp; $(x)"), r"a\_b \`c\` \&amp; \$(x)");
        assert_eq!(
            escape("https://x.org www.x.org"),
            r"https\://x.org www\.x.org"
        );
        assert_eq!(escape("a@b.org"), r"a\@b.org");
    }

    #[test]
    fn a_card_without_markdown_shows_the_words_themselves() {
        let words = r"*so* [a](b) **c** \d a_b https://x.org";
        let card = format!("**{}**, person", escape(words));
        assert_eq!(plain_card(&card), format!("{words}, person"));
    }

    #[test]
    fn plain_words_stay_as_they_are() {
        let plain = "“Mr. O'Neill's 1,000-to-1 (Nov. 3): café”";
        assert_eq!(escape(plain), plain);
        assert_eq!(escape("two\n  lines\r\n"), "two lines");
        assert_eq!(escape(""), "");
    }
}
