//! attribution-tense: "says" in a story of "said", or the reverse.

use text_size::TextRange;

use super::{Context, Edit, Finding, Fix};
use crate::analysis::Attribution;
use crate::extract::{Cue, Label};
use crate::lexicon::{Form, Grade};

declare_rule! {
    /// Attribution in another tense than the rest
    ///
    /// ## Why
    ///
    /// A story that says “said” six times and “says” once was put together from two.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “It is old,” Ann Meyer said. “It is weak,” she said. “It is grey,” Tom Reyes said. “It is big,” he said.
    ///
    /// “It is safe,” Ann Meyer says.
    /// ```
    ///
    /// ## Passes
    ///
    /// What is written says so still:
    ///
    /// ```text
    /// “It is old,” Ann Meyer said. “It is weak,” she said. “It is grey,” Tom Reyes said. “It is big,” he said.
    ///
    /// The report says it is “safe for now”.
    /// ```
    ///
    /// ## Fix
    ///
    /// Sets the other tense.
    ///
    /// ## Settings
    ///
    /// - `tense`: "past" or "present", what the desk writes; by default "consistent", the tense of four in five verbs of
    ///   saying beside people's quotes, of which there must be four at least.
    ///
    /// Only quotes of people count: their standing positions without a quote may well be told in the present.
    name: "attribution-tense",
    group: Attribution,
    levels: [Off, Information, Information, Hint, Off],
    settle: false,
    since: "0.1.0",
    options: [("tense", Choice("past", "present", "consistent"))],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let verbs: Vec<Verb<'_>> = verbs(context);
    let set = match context.choice("tense") {
        Some("past") => Some(Form::Past),
        Some("present") => Some(Form::Third),
        _ => None,
    };
    let Some(tense) = set.or_else(|| majority(&verbs)) else {
        return Vec::new();
    };
    verbs
        .iter()
        .filter(|verb| verb.cue.form != tense)
        .map(|verb| {
            let word = context.analysis.text(verb.range);
            let [third, past, ..] = verb.cue.entry.forms;
            let other = if tense == Form::Past { past } else { third };
            let message = match set {
                Some(_) => format!("“{word}” here; the desk writes “{other}”."),
                None => format!("“{word}” here, “{}” elsewhere.", elsewhere(context, &verbs, tense, other)),
            };
            let mut finding = context.finding(verb.range, message);
            finding.fixes.push(Fix {
                title: format!("Change to “{other}”"),
                edits: vec![Edit {
                    range: verb.range,
                    text: other.to_owned(),
                }],
                preferred: true,
            });
            finding
        })
        .collect()
}

/// A verb beside a person's quote.
struct Verb<'a> {
    cue: &'a Cue,
    range: TextRange,
}

fn verbs<'a>(context: &Context<'a>) -> Vec<Verb<'a>> {
    let mut verbs: Vec<Verb<'a>> = Vec::new();
    for (index, paragraph) in context.body() {
        for known in context.attributions(index) {
            let Some((range, cue)) = known.cue.filter(|_| is_persons_quote(context, known)) else {
                continue;
            };
            let cue = &paragraph.facts.cues[cue];
            let plain = cue.entry.class == "say" || cue.entry.grade == Grade::Explanatory;
            let finite = matches!(cue.form, Form::Past | Form::Third) && !cue.passive && !cue.negated;
            let again = verbs.last().is_some_and(|last| last.range == range);
            // "had said", "has told": the helper carries the tense.
            let helped = context.analysis.text(TextRange::new(paragraph.range.start(), range.start()));
            let helped = helped.trim_end().rsplit(' ').next().is_some_and(|word| {
                matches!(word, "had" | "has" | "have" | "having" | "also" | "be" | "been")
            });
            if plain && finite && !again && !helped {
                verbs.push(Verb { cue, range });
            }
        }
    }
    verbs
}

fn is_persons_quote(context: &Context<'_>, known: &Attribution) -> bool {
    let person = known.entity.is_some_and(|entity| {
        let entity = context.analysis.entity(entity);
        entity.label == Label::Person && entity.named
    });
    person && !known.quotes.is_empty()
}

/// The tense of four in five verbs.
fn majority(verbs: &[Verb<'_>]) -> Option<Form> {
    const FEWEST: usize = 4;
    [Form::Past, Form::Third].into_iter().find(|tense| {
        let count = verbs.iter().filter(|verb| verb.cue.form == *tense).count();
        count >= FEWEST && count * 5 >= verbs.len() * 4
    })
}

/// The same verb, or whichever comes first, as it stands elsewhere.
fn elsewhere<'a>(context: &Context<'a>, verbs: &[Verb<'a>], tense: Form, other: &'a str) -> &'a str {
    let mut others = verbs.iter().filter(|verb| verb.cue.form == tense);
    let text = |verb: &Verb<'_>| context.analysis.text(verb.range);
    let same = others.clone().find(|verb| text(verb) == other);
    same.or_else(|| others.next()).map_or(other, text)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in};
    use crate::text::Language;

    const SAID: &str = "“It is old,” Ann Meyer said. “It is weak,” she said. “It is grey,” Tom Reyes said. “It is big,” he said.";

    fn check(below: &str) {
        check_in(Language::Plain, "house = \"ap\"", Some(&RULE), &format!("{SAID}\n\n{below}"));
    }

    #[test]
    fn the_other_tense_is_found() {
        check(
            "“It is safe,” Ann Meyer says.\n                        ^^^^ information[attribution-tense]: “says” here, “said” elsewhere.\n",
        );
        check(
            "Ann Meyer says: “It is safe.”\n          ^^^^ information[attribution-tense]: “says” here, “said” elsewhere.\n",
        );
        check(
            "“It is safe,” Ann Meyer explains.\n                        ^^^^^^^^ information[attribution-tense]: “explains” here, “said” elsewhere.\n",
        );
    }

    #[test]
    fn one_tense_passes() {
        check("“It is safe,” Ann Meyer said.");
    }

    #[test]
    fn writings_bodies_and_positions_pass() {
        check("The report says it is “safe for now”.");
        check("Ann Meyer says that the bridge is safe.");
        check("Ann Meyer had said it was “safe for now”.");
    }

    #[test]
    fn few_and_mixed_verbs_pass() {
        let ap = "house = \"ap\"";
        check_in(Language::Plain, ap, Some(&RULE), "“It is old,” Ann Meyer said. “It is safe,” she says.");
        let mixed = "“It is old,” Ann Meyer said. “It is safe,” she says. “It is big,” she said. “It is grey,” she says.";
        check_in(Language::Plain, ap, Some(&RULE), mixed);
    }

    #[test]
    fn other_houses_pass() {
        check_in(Language::Plain, "", Some(&RULE), &format!("{SAID}\n\n“It is safe,” Ann Meyer says."));
    }

    #[test]
    fn the_tense_is_an_option() {
        let settings = "house = \"ap\"\nrules.attribution-tense.tense = \"present\"";
        check_in(
            Language::Plain,
            settings,
            Some(&RULE),
            "
            “It is old,” Ann Meyer said.
                                   ^^^^ information[attribution-tense]: “said” here; the desk writes “says”.
            ",
        );
    }

    #[test]
    fn the_fix_sets_the_tense() {
        check_fix(
            &RULE,
            &format!("{SAID}\n\n“It is safe,” Ann Meyer <CURSOR>says."),
            &format!("{SAID}\n\n“It is safe,” Ann Meyer said."),
        );
    }
}
