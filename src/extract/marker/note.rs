//! Notes to the desk that fill a whole paragraph.

use super::line::Line;

/// Words that, in capitals and with a colon behind them, speak to the desk.
const ADDRESSED: [&str; 12] = [
    "EDS",
    "EDS.",
    "EDITORS",
    "EDITOR",
    "DESK",
    "SUBS",
    "SUB",
    "TODO",
    "FIXME",
    "ATTN",
    "ATTENTION",
    "NB",
];

/// The paragraph is a note.
pub(super) fn is_note(line: &Line) -> bool {
    let text = line.text.trim();
    text.starts_with("//")
        || text.starts_with("<<")
        || text.starts_with("[[") && text.ends_with("]]")
        || is_placeholder(line)
        || is_addressed(line)
        || is_embargo(line)
        || is_order(line)
        || is_update(line)
        || line.reads(0, &["lorem", "ipsum"])
}

/// "TK", "[TKTK]", "XXX", "QUOTE TK", "??"
fn is_placeholder(line: &Line) -> bool {
    if line.tokens.len() > 8 || line.tokens.is_empty() {
        return false;
    }
    let mut words = (0..line.tokens.len())
        .filter(|&i| line.is_word(i))
        .peekable();
    if words.peek().is_none() {
        return line.text.contains("??") && (0..line.tokens.len()).all(|i| line.word(i) == "?");
    }
    let mut placeholder = false;
    let loud = words.all(|i| {
        let word = line.word(i);
        placeholder |= matches!(
            word,
            "TK" | "TKTK" | "TKTKTK" | "XX" | "XXX" | "XXXX" | "tk" | "tktk"
        );
        word.chars().all(|c| !c.is_lowercase()) || matches!(word, "tk" | "tktk")
    });
    placeholder && loud
}

/// "EDS: hold for picture", "NOTE TO EDITORS"
fn is_addressed(line: &Line) -> bool {
    let first = usize::from(matches!(line.word(0), "[" | "(" | "*"));
    let to = line.reads(first, &["note", "to"])
        && matches!(
            line.plain(first + 2).as_ref(),
            "desk" | "editor" | "editors" | "eds" | "subs" | "self" | "the"
        );
    let word = line.word(first);
    let named = ADDRESSED.contains(&word) || matches!(word, "Eds" | "Eds." | "Subs" | "Todo");
    to && (line.plain(first + 2) != "the" || line.reads(first + 3, &["desk"]))
        || named
            && (line.word(first + 1) == ":"
                || line.reads(first + 1, &["note", ":"])
                || line.reads(first + 1, &["notes", ":"]))
}

/// "EMBARGOED UNTIL …", "HOLD FOR RELEASE"
fn is_embargo(line: &Line) -> bool {
    let first = line.word(0);
    let loud = first.len() > 1 && first.chars().all(|c| c.is_uppercase());
    let until = |i| {
        matches!(
            line.plain(i).as_ref(),
            "until" | "till" | "for" | ":" | "to"
        )
    };
    matches!(line.plain(0).as_ref(), "embargoed" | "embargo")
        && (until(1) && (loud || line.tokens.len() < 12))
        || loud
            && (line.reads(0, &["not", "for", "release"])
                || line.reads(0, &["hold", "for", "release"]))
}

/// "INSERT QUOTE HERE", "[CHECK with Roe]", "[NAME]"
fn is_order(line: &Line) -> bool {
    let bracket = line.word(0) == "[" && line.text.trim_end().ends_with(']');
    let word = line.word(usize::from(bracket));
    let loud = word.len() > 1 && word.chars().all(|c| c.is_uppercase());
    let order = matches!(
        word,
        "INSERT" | "CHECK" | "NAME" | "ADD" | "QUOTE" | "TK" | "TKTK" | "CONFIRM" | "VERIFY"
    );
    let insert = matches!(
        line.plain(1).as_ref(),
        "quote" | "name" | "photo" | "picture" | "graphic" | "link" | "here" | "map"
    );
    loud && (bracket && order || word == "INSERT" && insert)
}

/// "(Adds quotes, background)", the first line of an agency's new version.
fn is_update(line: &Line) -> bool {
    line.word(0) == "("
        && line.text.trim_end().ends_with(')')
        && line.tokens.len() <= 40
        && matches!(
            line.word(1),
            "Adds" | "Updates" | "Recasts" | "Corrects" | "Refiles" | "Repeats" | "Rewrites"
        )
}
