//! mind-reading: what somebody believes, told as if the story could know.

use text_size::TextRange;

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::analysis::{EntityMention, MentionForm, Pronoun};
use crate::extract::{Cue, Label};
use crate::lexicon::{Class, Form, Lexicon};

declare_rule! {
    /// Somebody's thoughts told as fact
    ///
    /// ## Why
    ///
    /// A reporter knows what was said, not what is believed.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Ann Meyer believes that the vote was fair.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Ann Meyer said she believes that the vote was fair. Turkey wants to join. Ann Meyer thinks of her town.
    /// ```
    ///
    /// ## Fix
    ///
    /// Inserts “said” and the pronoun that the draft uses for the person.
    ///
    /// ## Settings
    ///
    /// - `orgs` (false): also judge bodies and countries. “Turkey wants” is mostly a position that was made public.
    name: "mind-reading",
    group: Attribution,
    levels: [Off, Hint, Hint, Off, Off],
    settle: false,
    since: "0.1.0",
    options: [("orgs", Flag)],
}

/// States of mind that nobody sees.
const MIND: [&str; 7] = ["believe", "fear", "feel", "hope", "think", "want", "worry"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let orgs = context.flag("orgs", false);
    let mut findings = Vec::new();
    for (index, paragraph) in context.body() {
        let mut copy = None;
        for cue in paragraph.facts.cues.iter().filter(|cue| is_thought(cue)) {
            let copy = &*copy.get_or_insert_with(|| Copy::new(context, paragraph));
            findings.extend(finding(context, copy, index, cue, orgs));
        }
    }
    findings
}

fn is_thought(cue: &Cue) -> bool {
    MIND.contains(&cue.entry.cue)
        && matches!(cue.form, Form::Third | Form::Past)
        && !cue.passive
        && !cue.negated
}

fn finding(
    context: &Context<'_>,
    copy: &Copy<'_>,
    index: usize,
    cue: &Cue,
    orgs: bool,
) -> Option<Finding> {
    let analysis = context.analysis;
    let sentence = copy.sentence(cue.range.start())?;
    let said = copy.facts.cues.iter().any(|other| {
        sentence.range.contains_range(other.range) && other.entry.class != "mind"
    });
    let subject = subject(context, copy, index, cue)?;
    let entity = analysis.entity(subject.entity);
    let judged = match entity.label {
        Label::Person => true,
        Label::Organisation | Label::Place => orgs,
        _ => false,
    };
    if said || !judged || !takes_clause(copy, cue) {
        return None;
    }
    let word = &copy.text[cue.range];
    let pronoun = match entity.pronoun {
        Some(Pronoun::He) => Some("he"),
        Some(Pronoun::She) => Some("she"),
        Some(Pronoun::It) => Some("it"),
        _ if entity.label != Label::Person => Some("it"),
        _ => None,
    };
    let name = analysis.text(subject.range);
    let better = match pronoun {
        Some(pronoun) => format!("said {pronoun} {word}"),
        None => "said".to_owned(),
    };
    let message = format!("Only {name} knows this: “{better}”?");
    let mut finding = context.finding(subject.range.cover(copy.at(cue.range)), message);
    finding.fixes.extend(pronoun.map(|pronoun| Fix {
        title: format!("Change to “{better}”"),
        edits: vec![Edit {
            range: copy.at(TextRange::empty(cue.range.start())),
            text: format!("said {pronoun} "),
        }],
        preferred: true,
    }));
    Some(finding)
}

/// The name right before the verb.
fn subject<'a>(
    context: &Context<'a>,
    copy: &Copy<'_>,
    index: usize,
    cue: &Cue,
) -> Option<&'a EntityMention> {
    let start = copy.at(cue.range).start();
    context.mentions(index).iter().find(|mention| {
        !mention.quoted
            && !matches!(mention.form, MentionForm::Pronoun | MentionForm::Role)
            && mention.range.end() < start
            && context
                .analysis
                .text(TextRange::new(mention.range.end(), start))
                .trim()
                .is_empty()
    })
}

/// "that", an infinitive, or a clause of its own follows.
fn takes_clause(copy: &Copy<'_>, cue: &Cue) -> bool {
    const NEAR: usize = 6;
    let grammar = &Lexicon::get().grammar;
    let class = |index: usize| grammar.class(&copy.word(index).to_lowercase());
    let next = cue.tokens.end;
    match class(next) {
        Class::That | Class::To => true,
        Class::Preposition | Class::Adverb => false,
        _ => (next + 1..next + NEAR)
            .take_while(|&index| copy.word(index).starts_with(char::is_alphanumeric))
            .any(|index| matches!(class(index), Class::Auxiliary | Class::Verb)),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in};
    use crate::text::Language;

    fn check(draft: &str) {
        check_in(Language::Plain, "house = \"ap\"", Some(&RULE), draft);
    }

    #[test]
    fn thoughts_are_found() {
        check(
            "
            Ann Meyer believes that the vote was fair.
            ^^^^^^^^^^^^^^^^^^ hint[mind-reading]: Only Ann Meyer knows this: “said”?
            ",
        );
        check(
            "
            Ann Meyer hopes to win.
            ^^^^^^^^^^^^^^^ hint[mind-reading]: Only Ann Meyer knows this: “said”?
            ",
        );
        check(
            "
            Tom Reyes spoke on Monday. He was tired. Reyes feared the bridge would fall.
                                                     ^^^^^^^^^^^^ hint[mind-reading]: Only Reyes knows this: “said he feared”?
            ",
        );
    }

    #[test]
    fn what_was_said_passes() {
        check("Ann Meyer said that Tom Reyes believes that the vote was fair.");
        check("Ann Meyer believes that the vote was fair, she said.");
        check("According to the council, Ann Meyer believes that the vote was fair.");
    }

    #[test]
    fn quotes_pass() {
        check("“Ann Meyer believes that the vote was fair,” Tom Reyes said.");
    }

    #[test]
    fn other_meanings_pass() {
        check("Ann Meyer thinks of her town. Tom Reyes felt the cold. Ann Meyer wants a house.");
        check("Ann Meyer does not believe that the vote was fair.");
    }

    #[test]
    fn bodies_are_an_option() {
        let draft = "Turkey wants to join the union.";
        check(draft);
        let settings = "house = \"ap\"\nrules.mind-reading.orgs = true";
        check_in(
            Language::Plain,
            settings,
            Some(&RULE),
            "
            Turkey wants to join the union.
            ^^^^^^^^^^^^ hint[mind-reading]: Only Turkey knows this: “said it wants”?
            ",
        );
    }

    #[test]
    fn other_houses_pass() {
        check_in(Language::Plain, "", Some(&RULE), "Ann Meyer believes that the vote was fair.");
    }

    #[test]
    fn the_fix_inserts_said() {
        check_fix(
            &RULE,
            "Tom Reyes spoke on Monday. He was tired. <CURSOR>Reyes feared the bridge would fall.",
            "Tom Reyes spoke on Monday. He was tired. Reyes said he feared the bridge would fall.",
        );
    }
}
