//! nested-quote-marks: a quote inside a quote, with the same marks.

use super::copy::Copy;
use super::marks::{self, Swap};
use super::{Context, Finding, Fix};
use crate::extract::{Marks, Quote};

declare_rule! {
    /// Quote inside a quote, with the same marks
    ///
    /// ## Why
    ///
    /// Readers see where the inner quote ends only if its marks are others than those around it.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “He told me, “Go now,”” Tom Reyes said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “He told me, ‘Go now,’” Tom Reyes said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Changes the inner marks to single ones, or to double ones inside single marks.
    ///
    /// ## Settings
    ///
    /// - `outer`: "double" or "single", the marks that the desk sets around quotes. Where it is set, other marks around a
    ///   quote are found too.
    name: "nested-quote-marks",
    group: Quotes,
    levels: [Information, Information, Information, Information, Information],
    settle: true,
    since: "0.1.0",
    options: [("outer", Choice("double", "single"))],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let outer = context.choice("outer");
    let mut findings = Vec::new();
    for (_, paragraph) in context.body() {
        let quotes = &paragraph.facts.quotes;
        if outer.is_none() && quotes.iter().all(|quote| quote.parent.is_none()) {
            continue;
        }
        let copy = Copy::new(context, paragraph);
        for (index, quote) in quotes.iter().enumerate() {
            let parent = quote.parent.map(|parent| &quotes[parent]);
            let around = parent.filter(|parent| parent.opens && parent.closes);
            let single = is_single(quote.marks);
            let wrong = quote.certain
                && match (parent, around) {
                    (Some(_), around) => around.is_some_and(|around| around.marks == quote.marks),
                    (None, _) => outer.is_some_and(|outer| single == Some(outer == "double")),
                };
            if !wrong {
                continue;
            }
            let message = match (parent, single) {
                (Some(_), _) => "Inner quote uses the outer mark.",
                (None, Some(true)) => "Single marks around this quote; the desk sets double ones.",
                (None, _) => "Double marks around this quote; the desk sets single ones.",
            };
            let mut finding = context.finding(copy.at(quote.range), message);
            finding.fixes.extend(fix(&copy, quote, index, single == Some(true)));
            findings.push(finding);
        }
    }
    findings
}

/// Whether marks are single ones; none for marks of other kinds.
fn is_single(marks: Marks) -> Option<bool> {
    match marks {
        Marks::CurlyDouble | Marks::StraightDouble => Some(false),
        Marks::CurlySingle | Marks::StraightSingle => Some(true),
        Marks::Guillemets | Marks::LowHigh | Marks::Doubled => None,
    }
}

/// None for a quote with others inside: each change would make the next one wrong.
fn fix(copy: &Copy<'_>, quote: &Quote, index: usize, single: bool) -> Option<Fix> {
    let mut others = copy.facts.quotes.iter();
    if others.any(|other| other.parent == Some(index)) {
        return None;
    }
    let (swap, kind) = match single {
        true => (Swap::ToDouble, "double"),
        false => (Swap::ToSingle, "single"),
    };
    Some(Fix {
        title: format!("Change to {kind} marks"),
        edits: marks::swap(copy, quote, swap)?,
        preferred: true,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn the_same_marks_inside() {
        check(
            "
            “He told me, “Go now,”” Tom Reyes said.
                         ^^^^^^^^^ information[nested-quote-marks]: Inner quote uses the outer mark.
            ",
        );
        check(
            "
            “He called it a “wreck” to me,” Tom Reyes said.
                            ^^^^^^^ information[nested-quote-marks]: Inner quote uses the outer mark.
            ",
        );
    }

    #[test]
    fn a_third_level_turns_back() {
        check("“He said, ‘I read “Jaws” at home,’” Tom Reyes said.");
    }

    #[test]
    fn other_marks_inside_pass() {
        check("“He told me, ‘Go now,’” Tom Reyes said.");
        check("\"He told me, 'Go now,'\" Tom Reyes said.");
        check("‘He told me, “Go now,”’ Tom Reyes said.");
    }

    #[test]
    fn quotes_side_by_side_pass() {
        check("“Go now,” Tom Reyes said. “Go.” She called it “old” and “weak”.");
        check("\"Go now,\" Tom Reyes said. \"Go.\" She called it \"old\" and \"weak\".");
        check("It’s the officials’ plan.");
        check("\"He called it a “wreck” to me,\" Tom Reyes said.");
    }

    #[test]
    fn the_outer_marks_are_an_option() {
        let draft = "‘Go now,’ Tom Reyes said.";
        check(draft);
        let single = "rules.nested-quote-marks.outer = \"single\"";
        check_in(Language::Plain, single, Some(&RULE), draft);
        let double = "rules.nested-quote-marks.outer = \"double\"";
        check_in(Language::Plain, double, Some(&RULE), "“Go now,” Tom Reyes said.");
        let drawn = "
            ‘Go now,’ Tom Reyes said.
            ^^^^^^^^^ information[nested-quote-marks]: Single marks around this quote; the desk sets double ones.
            ";
        check_in(Language::Plain, double, Some(&RULE), drawn);
    }

    #[test]
    fn the_fix_changes_the_inner_marks() {
        check_fix(
            &RULE,
            "“He told me, <CURSOR>“Go now,”” Tom Reyes said.",
            "“He told me, ‘Go now,’” Tom Reyes said.",
        );
    }
}
