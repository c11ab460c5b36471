//! Leftovers of a web page: "Leave a Reply", "Read more", cookie lines, "Copyright ©".

use super::line::Line;
use crate::extract::token::TokenKind;
use crate::lexicon::{Extent, Lexicon};

/// Leftovers are short; a longer paragraph is copy that happens to start so.
const MOST_TOKENS: usize = 60;

/// The paragraph is a leftover.
pub(super) fn is_residue(line: &Line) -> bool {
    if line.tokens.len() > MOST_TOKENS || reports(line) {
        return false;
    }
    let list = &Lexicon::get().residue;
    let is_text = |index: &usize| {
        let mark = line
            .tokens
            .get(*index)
            .is_none_or(|t| t.kind == TokenKind::Mark);
        !mark && !matches!(line.word(*index), "|" | ">" | "*" | "→")
    };
    let indices = (0..line.tokens.len()).filter(is_text);
    let last = indices.clone().next_back();
    let mut phrase = String::new();
    for index in indices.take(list.longest()) {
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(&line.plain(index));
        let whole = Some(index) == last;
        let labels = whole || matches!(line.word(index + 1), ":" | "»" | "›" | "→" | ">" | "|");
        let found = list.extents(&phrase).iter().any(|extent| match extent {
            Extent::Whole => whole && !ends_a_sentence(line),
            Extent::Opening => true,
            Extent::Label => labels,
        });
        if found {
            return true;
        }
    }
    false
}

/// “Advertisement,” he said.
fn reports(line: &Line) -> bool {
    line.is_quoted()
        || (0..line.tokens.len())
            .any(|i| matches!(line.word(i), "said" | "says" | "told" | "asked"))
}

/// "Share this." may be somebody's sentence; a button has no full stop.
fn ends_a_sentence(line: &Line) -> bool {
    let text = line.text.trim_end();
    line.tokens.len() < 4 && text.ends_with('.') && !text.ends_with("..")
}
