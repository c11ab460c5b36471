//! A draft's words inside other forms of text, where they must stay words.

use super::excerpt::printable;

/// A text that is nothing but text in HTML.
pub(super) fn html(text: &str) -> String {
    let mut escaped = String::new();
    for c in printable(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A cell that a spreadsheet takes as text: one that starts like a formula gets an apostrophe in front.
pub(super) fn cell(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_has_no_tags() {
        assert_eq!(html("<b a=\"'\">&"), "&lt;b a=&quot;&#39;&quot;&gt;&amp;");
        assert_eq!(html("a\u{1b}b"), "a\u{FFFD}b");
    }

    #[test]
    fn cells_are_never_formulas() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("“I do,”"), "“I do,”");
        assert_eq!(cell(""), "");
    }
}
