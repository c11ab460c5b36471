//! What a comment in a draft's markup asks of copydesk: `<!-- copydesk: stet orphan-quote -->`.

use text_size::TextSize;

const OPENS: &str = "<!--";
const CLOSES: &str = "-->";
const ADDRESS: &str = "copydesk:";

/// A comment addressed to copydesk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The source byte behind the comment.
    pub end: TextSize,
    /// What it says, without the address: "stet orphan-quote".
    pub text: Box<str>,
}

/// The comments of a source text that are addressed to copydesk, in reading order.
pub(super) fn directives(source: &str) -> Vec<Directive> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = source.get(from..).and_then(|rest| rest.find(OPENS)) {
        let start = from + at + OPENS.len();
        let Some(length) = source.get(start..).and_then(|rest| rest.find(CLOSES)) else {
            break;
        };
        from = start + length + CLOSES.len();
        let comment = source.get(start..start + length).unwrap_or_default().trim();
        if let (Some(text), Ok(end)) = (comment.strip_prefix(ADDRESS), u32::try_from(from)) {
            found.push(Directive {
                end: end.into(),
                text: text.trim().into(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_addressed_is_a_directive() {
        let source = "<!-- a --> <!--copydesk: stet a, b--> x <!-- copydesk:stet c\n --> <!-- copydesk: stet";
        let found = directives(source);
        let found: Vec<(u32, &str)> = found.iter().map(|d| (d.end.into(), &*d.text)).collect();
        assert_eq!(found, [(37, "stet a, b"), (65, "stet c")]);
        assert_eq!(directives("<!--"), []);
    }
}
