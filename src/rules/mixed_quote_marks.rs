//! mixed-quote-marks: a few straight marks among curly ones, or the reverse.

use text_size::{TextRange, TextSize};

use super::noted::noted;
use super::{Context, Edit, Finding, Fix};
use crate::analysis::Paragraph;
use crate::extract::ParagraphFacts;

declare_rule! {
    /// Straight marks among curly ones, or the reverse
    ///
    /// ## Why
    ///
    /// Marks of two makes show that copy was pasted together.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “It’s old,” Ann Meyer said. “It’s weak,” she said. The bridge's stones are the town’s.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “It’s old,” Ann Meyer said. “It’s weak,” she said. She is 5'10" tall.
    /// ```
    ///
    /// ## Fix
    ///
    /// Changes the marks of the paragraph, or all in the draft.
    ///
    /// ## Settings
    ///
    /// - `form`: "curly" or "straight", what the desk writes; by default "consistent", the form of four in five marks of
    ///   the draft.
    ///
    /// One finding a paragraph. Marks of other languages (« », „ “) and doubled ones ('' ``) count where a form is set or
    /// found.
    name: "mixed-quote-marks",
    group: Quotes,
    levels: [Hint, Hint, Hint, Hint, Hint],
    settle: false,
    since: "0.1.0",
    options: [("form", Choice("curly", "straight", "consistent"))],
}

/// A mark in the story's own paragraphs.
pub(super) struct Mark {
    /// Bytes of its paragraph.
    range: TextRange,
    form: Form,
    /// What it is to be changed to, where that is clear.
    curly: Option<&'static str>,
    straight: Option<&'static str>,
    apostrophe: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Curly,
    Straight,
    /// Of another language, or two for one.
    Foreign,
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let paragraphs: Vec<(&Paragraph, &[Mark])> = context
        .body()
        .filter_map(|(_, paragraph)| Some((paragraph, marks(context, paragraph)?)))
        .collect();
    let set = match context.choice("form") {
        Some("curly") => Some(Form::Curly),
        Some("straight") => Some(Form::Straight),
        _ => None,
    };
    let all = paragraphs.iter().flat_map(|(_, marks)| *marks);
    let Some(form) = set.or_else(|| majority(all)) else {
        return Vec::new();
    };
    let wrong: Vec<Vec<Placed<'_>>> = paragraphs
        .iter()
        .map(|&(paragraph, marks)| {
            let wrong = marks.iter().filter(|mark| mark.form != form);
            wrong.map(|mark| (paragraph.at(mark.range), mark)).collect()
        })
        .filter(|wrong: &Vec<Placed<'_>>| !wrong.is_empty())
        .collect();
    wrong
        .iter()
        .map(|here| finding(context, here, &wrong, form, set.is_some()))
        .collect()
}

/// A mark, and where it stands in prose bytes.
type Placed<'a> = (TextRange, &'a Mark);

/// The form of four in five marks.
fn majority<'a>(marks: impl Iterator<Item = &'a Mark> + Clone) -> Option<Form> {
    const FEWEST: usize = 4;
    let all = marks.clone().count();
    [Form::Curly, Form::Straight].into_iter().find(|form| {
        let count = marks.clone().filter(|mark| mark.form == *form).count();
        count >= FEWEST && count * 5 >= all * 4
    })
}

fn finding(
    context: &Context<'_>,
    here: &[Placed<'_>],
    all: &[Vec<Placed<'_>>],
    form: Form,
    set: bool,
) -> Finding {
    let (place, first) = here[0];
    let which = match first.form {
        Form::Curly => "Curly",
        Form::Straight => "Straight",
        Form::Foreign => "Foreign",
    };
    let noun = if first.apostrophe { "apostrophe" } else { "mark" };
    let wanted = if form == Form::Curly { "curly" } else { "straight" };
    let message = match set {
        true => format!("{which} {noun}; the desk writes {wanted} ones."),
        false => format!("{which} {noun}; the rest of the draft is {wanted}."),
    };
    let mut finding = context.finding(place, message);
    let fix = |title: String, marks: &[&[Placed<'_>]], preferred| {
        let edits = marks.iter().copied().flatten().map(|&(range, mark)| {
            let text = if form == Form::Curly { mark.curly } else { mark.straight };
            Some(Edit {
                range,
                text: text?.to_owned(),
            })
        });
        Some(Fix {
            title,
            edits: edits.collect::<Option<_>>()?,
            preferred,
        })
    };
    let title = match here.len() {
        1 => format!("Make it {wanted}"),
        count => format!("Make {count} marks of this paragraph {wanted}"),
    };
    finding.fixes.extend(fix(title, &[here], true));
    if all.len() > 1 {
        let count: usize = all.iter().map(Vec::len).sum();
        let title = format!("Make all {count} marks {wanted}");
        let all: Vec<_> = all.iter().map(Vec::as_slice).collect();
        finding.fixes.extend(fix(title, &all, false));
    }
    finding
}

/// The marks of a paragraph; they are read once.
fn marks<'a>(context: &Context<'a>, paragraph: &'a Paragraph) -> Option<&'a [Mark]> {
    let text = context.analysis.text(paragraph.range);
    Some(noted(paragraph)?.marks(|| read(text, &paragraph.facts).collect()))
}

fn read(text: &str, facts: &ParagraphFacts) -> impl Iterator<Item = Mark> {
    let mut attribute = false;
    places(text).filter_map(move |(at, mark)| {
        // The marks around a value in markup that was pasted in: id="7".
        if mark == '"' && (attribute || text[..at].ends_with('=')) {
            attribute = !attribute;
            return None;
        }
        let form = match mark {
            '"' | '\'' | '`' => Form::Straight,
            '“' | '”' | '‘' | '’' => Form::Curly,
            '«' | '»' | '„' | '‚' | '‹' | '›' => Form::Foreign,
            _ => return None,
        };
        let start = TextSize::of(&text[..at]);
        let range = TextRange::at(start, TextSize::of(mark));
        let before = text[..at].chars().next_back();
        let after = text[at + mark.len_utf8()..].chars().next();
        // Feet and inches, minutes and seconds.
        let measure = before.is_some_and(|c| c.is_ascii_digit())
            && !after.is_some_and(char::is_alphabetic)
            && side(facts, range).is_none();
        // “ closes „.
        let closes_low = mark == '“' && side(facts, range) == Some(Side::Closing);
        if measure || mark == '`' && side(facts, range).is_none() {
            return None;
        }
        let form = if closes_low { Form::Foreign } else { form };
        let single = matches!(mark, '\'' | '‘' | '’' | '‚' | '‹' | '›');
        let (side, within) = (side(facts, range), before.is_some_and(char::is_alphanumeric));
        let doubled = matches!(mark, '`') || mark == '\'' && (before == Some('\'') || after == Some('\''));
        let straight = if single { "'" } else { "\"" };
        let curly = match (side, single) {
            (Some(Side::Opening), true) => Some("‘"),
            (Some(Side::Opening), false) => Some("“"),
            (Some(Side::Closing), true) => Some("’"),
            (Some(Side::Closing), false) => Some("”"),
            (None, true) if within || after.is_some_and(char::is_alphanumeric) => Some("’"),
            (None, _) => None,
        };
        Some(Mark {
            range,
            form: if doubled { Form::Foreign } else { form },
            curly: curly.filter(|_| !doubled),
            straight: (!doubled).then_some(straight),
            apostrophe: single && side.is_none(),
        })
    })
}

/// The characters that may be marks. Single bytes are quicker to pass over: all others start with one of two, and neither
/// stands inside a character.
fn places(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.bytes().enumerate();
    let starts = bytes.filter(|(_, byte)| matches!(byte, b'"' | b'\'' | b'`' | 0xc2 | 0xe2));
    starts.filter_map(|(at, _)| Some((at, text[at..].chars().next()?)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opening,
    Closing,
}

/// The side of a quote on which a mark stands; none for an apostrophe.
fn side(facts: &ParagraphFacts, mark: TextRange) -> Option<Side> {
    let quotes = &facts.quotes;
    let end = quotes.partition_point(|quote| quote.range.start() <= mark.start());
    // Quotes that nest may start before others that have ended.
    const NEAR: usize = 8;
    quotes[..end].iter().rev().take(NEAR).find_map(|quote| {
        let opening = quote.opens && quote.range.start() <= mark.start() && mark.end() <= quote.content.start();
        let closing = quote.closes && quote.content.end() <= mark.start() && mark.end() <= quote.range.end();
        match (opening, closing) {
            (true, _) => Some(Side::Opening),
            (_, true) => Some(Side::Closing),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_fix_titled, check_in, check_rule};
    use crate::text::Language;

    const CURLY: &str = "“It’s old,” Ann Meyer said. “It’s weak,” she said.";
    const STRAIGHT: &str = "\"It's old,\" Ann Meyer said. \"It's weak,\" she said.";

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    fn check_with(settings: &str, draft: &str) {
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    #[test]
    fn straight_among_curly() {
        check(
            "
            “It’s old,” Ann Meyer said. “It’s weak,” she said.

            The bridge's stones are grey.
                      ^ hint[mixed-quote-marks]: Straight apostrophe; the rest of the draft is curly.
            ",
        );
        check(
            "
            “It’s old,” Ann Meyer said. “It’s weak,” she said. “It’s the town’s,” she said.

            The bridge is \"weak\".
                          ^ hint[mixed-quote-marks]: Straight mark; the rest of the draft is curly.
            ",
        );
    }

    #[test]
    fn curly_among_straight() {
        check(
            "
            \"It's old,\" Ann Meyer said. \"It's weak,\" she said.

            The bridge’s stones are grey.
                      ^ hint[mixed-quote-marks]: Curly apostrophe; the rest of the draft is straight.
            ",
        );
    }

    #[test]
    fn one_form_passes() {
        check(CURLY);
        check(STRAIGHT);
        check("");
    }

    #[test]
    fn halves_and_few_marks_pass() {
        check(&format!("{CURLY}\n\n{STRAIGHT}"));
        check("The bridge's stones are the town’s.");
    }

    #[test]
    fn measures_pass() {
        check(&format!("{CURLY} She is 5'10\" tall. It is 6\" wide and 12' long."));
    }

    #[test]
    fn markup_passes() {
        check(&format!("{CURLY}\n\n<post id=\"7\" by=\"roe\"> It fell."));
    }

    #[test]
    fn what_is_no_copy_passes() {
        check(&format!("Meyer's bridge to close\n\n{CURLY}\n\nReporting by O'Brien"));
    }

    #[test]
    fn the_form_is_an_option() {
        check_with("rules.mixed-quote-marks.form = \"straight\"", STRAIGHT);
        check_with(
            "rules.mixed-quote-marks.form = \"straight\"",
            "
            The bridge’s stones are grey.
                      ^ hint[mixed-quote-marks]: Curly apostrophe; the desk writes straight ones.
            ",
        );
        check_with(
            "rules.mixed-quote-marks.form = \"curly\"",
            "
            “It’s old,” Ann Meyer said. « It’s weak, » she said.
                                        ^ hint[mixed-quote-marks]: Foreign mark; the desk writes curly ones.
            ",
        );
    }

    #[test]
    fn fixes_change_the_paragraph_or_all() {
        let more = "“It’s the town’s,” she said. “It’s hers,” he said.";
        check_fix(
            &RULE,
            &format!("{CURLY} {more}\n\nThe bridge<CURSOR>'s stones are \"grey\"."),
            &format!("{CURLY} {more}\n\nThe bridge’s stones are “grey”."),
        );
        check_fix_titled(
            &RULE,
            "Make all 2 marks curly",
            &format!("{CURLY} {more}\n\nThe bridge<CURSOR>'s stones.\n\nThe town's bridge."),
            &format!("{CURLY} {more}\n\nThe bridge’s stones.\n\nThe town’s bridge."),
        );
    }
}
