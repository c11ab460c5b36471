//! note-left-in: a note to oneself or to the desk that would be printed.

use text_size::{TextRange, TextSize};

use super::copy::Copy;
use super::{Context, Finding, Level};
use crate::analysis::{Paragraph, ParagraphKind};

declare_rule! {
    /// Note to the desk or placeholder left in the copy
    ///
    /// ## Why
    ///
    /// TK holds a place for a fact to come, “(sp?)” asks someone to check a spelling. Printed, both are read by all.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The pier was built in TK and closed in May.
    /// ```
    ///
    /// ```text
    /// Ruth Okafor (CQ) said the pier would close.
    /// ```
    ///
    /// ```text
    /// The pier will close, the mayor said. [CHECK DATE]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// The TK Maxx store on the pier will close. Super Bowl XX was on television.
    /// ```
    ///
    /// ```text
    /// “TK,” she wrote in the margin.
    /// ```
    ///
    /// ## Fix
    ///
    /// None: only the writer knows what was to stand there.
    ///
    /// ## Settings
    ///
    /// - `notes` (false): lines that start with `//` are notes that may stay.
    name: "note-left-in",
    group: Copy,
    levels: [Error, Error, Error, Error, Error],
    settle: true,
    since: "0.1.0",
    options: [("notes", Flag)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let notes = context.flag("notes", false);
    let mut findings = Vec::new();
    for paragraph in &context.analysis.paragraphs {
        let has_note = |copy: &Copy<'_>| (0..copy.facts.tokens.len()).any(|at| length(copy, at).is_some());
        if paragraph.kind != ParagraphKind::Note && !context.concerns(paragraph, has_note) {
            continue;
        }
        let copy = Copy::new(context, paragraph);
        if paragraph.kind == ParagraphKind::Note {
            let allowed = notes && copy.text.trim_start().starts_with("//");
            findings.extend((!allowed).then(|| whole(context, paragraph, &copy)));
            continue;
        }
        if paragraph.kind == ParagraphKind::Residue {
            continue;
        }
        let mut at = 0;
        while at < copy.facts.tokens.len() {
            let note = length(&copy, at).zip(copy.token(at));
            let Some((length, first)) = note.filter(|(_, first)| !copy.is_quoted(first.range.start())) else {
                at += 1;
                continue;
            };
            let range = copy.token(at + length - 1).map_or(first.range, |last| first.range.cover(last.range));
            let text = &copy.text[range];
            findings.push(context.finding(copy.at(range), format!("Note left in copy: “{text}”.")));
            at += length;
        }
    }
    findings
}

/// A note that fills its paragraph.
fn whole(context: &Context<'_>, paragraph: &Paragraph, copy: &Copy<'_>) -> Finding {
    let line = copy.text.lines().next().unwrap_or_default();
    if let Some(time) = embargo(line) {
        let mut finding = context.finding(paragraph.range, format!("Embargoed until {time}."));
        // It may stay until then.
        finding.level = finding.level.min(Level::Information);
        return finding;
    }
    let end = line.char_indices().nth(LONGEST).map(|(at, _)| at);
    let shown = match end {
        Some(end) => format!("{}…", line[..end].trim_end()),
        None => line.trim_end().to_owned(),
    };
    let range = TextRange::at(paragraph.range.start(), TextSize::of(line.trim_end()));
    context.finding(range, format!("Note left in copy: “{shown}”."))
}

/// Characters shown of a note.
const LONGEST: usize = 40;

/// The time in "EMBARGOED UNTIL 6 P.M. MONDAY".
fn embargo(line: &str) -> Option<&str> {
    let lower = line.to_ascii_lowercase();
    let at = lower.starts_with("embargo").then(|| lower.find(" until "))??;
    Some(line[at + " until ".len()..].trim_end_matches(['.', ' ', ']', ':']))
}

/// How many tokens the note has that starts at a token; none where there is no note.
fn length(copy: &Copy<'_>, at: usize) -> Option<usize> {
    match copy.word(at) {
        "TK" | "TKTK" | "TKTKTK" => (!is_name(copy, at)).then_some(1),
        "XXX" | "XXXX" => (!is_name(copy, at) && !is_name_before(copy, at)).then_some(1),
        "XX" => {
            let gene = copy.word(at + 1).starts_with("chromosome");
            let number = gene || is_name_before(copy, at) || is_name(copy, at);
            (!number).then_some(1)
        }
        "?" => marks(copy, at),
        "[" | "(" => bracketed(copy, at),
        "INSERT" => (copy.word(at + 1) == "QUOTE").then_some(2),
        word if word.eq_ignore_ascii_case("lorem") => {
            copy.word(at + 1).eq_ignore_ascii_case("ipsum").then_some(2)
        }
        "EDS" | "Eds" => (copy.word(at + 1) == ":").then_some(2),
        _ => None,
    }
}

/// A capital follows: "TK Maxx".
fn is_name(copy: &Copy<'_>, at: usize) -> bool {
    let next = copy.word(at + 1);
    next.starts_with(char::is_uppercase) && next.contains(char::is_lowercase)
}

/// A name stands before: "Super Bowl XX", "Vin Diesel's XXX".
fn is_name_before(copy: &Copy<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| copy.word(at));
    before.starts_with(char::is_uppercase) || before == "("
}

/// "??" outside a bracket; "??!" and three of them are a shout.
fn marks(copy: &Copy<'_>, at: usize) -> Option<usize> {
    let touches = |index: usize| {
        let pair = copy.token(index).zip(copy.token(index + 1));
        pair.is_some_and(|(left, right)| left.range.end() == right.range.start())
    };
    let two = copy.word(at + 1) == "?" && touches(at);
    let before = at.checked_sub(1).map_or("", |at| copy.word(at));
    let more = matches!(before, "?" | "!") || matches!(copy.word(at + 2), "?" | "!");
    (two && !more).then_some(2)
}

/// "[CHECK]", "[NAME TK]", "(sp?)", "(CQ)"
fn bracketed(copy: &Copy<'_>, at: usize) -> Option<usize> {
    const WORDS: [&str; 14] = [
        "CHECK", "NAME", "FACTCHECK", "VERIFY", "CONFIRM", "DATE", "SPELLING", "QUOTE", "LINK", "AGE", "TITLE", "TODO",
        "PHOTO", "CQ",
    ];
    const MOST: usize = 6;
    let close = (at + 1..at + 2 + MOST).find(|&index| matches!(copy.word(index), "]" | ")"))?;
    let words = at + 1..close;
    let first = copy.word(at + 1);
    let asked = copy.word(close - 1) == "?" && matches!(first, "sp" | "spelling" | "SP" | "Sp" | "spell");
    let confirmed = words.len() == 1 && matches!(first, "CQ" | "cq" | "sp" | "SP");
    let square = copy.word(at) == "[";
    let ordered = square
        && words.clone().all(|index| copy.word(index) == copy.word(index).to_uppercase())
        && WORDS.contains(&first);
    (asked || confirmed || ordered).then_some(close + 1 - at)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn placeholders() {
        check(
            "
            The pier was built in TK and closed in XXXX.
                                  ^^ error[note-left-in]: Note left in copy: “TK”.
                                                   ^^^^ error[note-left-in]: Note left in copy: “XXXX”.
            ",
        );
        check(
            "
            It cost $3 million (??) and more ?? than that.
                                ^^ error[note-left-in]: Note left in copy: “??”.
                                             ^^ error[note-left-in]: Note left in copy: “??”.
            ",
        );
        check(
            "
            The mayor said: INSERT QUOTE HERE
                            ^^^^^^^^^^^^ error[note-left-in]: Note left in copy: “INSERT QUOTE”.
            ",
        );
    }

    #[test]
    fn questions_in_brackets() {
        check(
            "
            Ruth Okafor (sp?) met Tom Meyer (CQ) on [CHECK DATE] in May.
                        ^^^^^ error[note-left-in]: Note left in copy: “(sp?)”.
                                            ^^^^ error[note-left-in]: Note left in copy: “(CQ)”.
                                                    ^^^^^^^^^^^^ error[note-left-in]: Note left in copy: “[CHECK DATE]”.
            ",
        );
    }

    #[test]
    fn whole_notes_and_embargoes() {
        check(
            "
            EDS: hold for picture
            ^^^^^^^^^^^^^^^^^^^^^ error[note-left-in]: Note left in copy: “EDS: hold for picture”.

            The pier will close.
            ",
        );
        check(
            "
            EMBARGOED UNTIL 6 P.M. MONDAY
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[note-left-in]: Embargoed until 6 P.M. MONDAY.

            The pier will close.
            ",
        );
    }

    #[test]
    fn copy_passes() {
        check("The TK Maxx store closed. Super Bowl XX was on.");
        check("“TK,” she wrote. She called it “[CHECK]”.");
        check("Who did it? Why? “What??” he asked.");
        check("He (the mayor) named it [the pier] in May.");
        check("She has XX chromosomes and a size XXL shirt.");
        check("You did what??? Really?!");
        check("The XXX Corps marched.");
        check("");
    }

    #[test]
    fn notes_are_an_option() {
        let draft = "The pier will close.\n\n// call the mayor\n";
        check_in(Language::Plain, "rules.note-left-in.notes = true", Some(&RULE), draft);
        check(
            "
            The pier will close.

            // call the mayor
            ^^^^^^^^^^^^^^^^^ error[note-left-in]: Note left in copy: “// call the mayor”.
            ",
        );
    }
}
