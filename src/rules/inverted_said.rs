//! inverted-said: "said Smith" where "Smith said" would do.

use text_size::TextRange;

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::extract::{Cue, SourceKind, Speech};
use crate::lexicon::Form;

declare_rule! {
    /// Verb before a bare name or pronoun
    ///
    /// ## Why
    ///
    /// “Smith said” is the order of speech. Turned round it helps only where much follows the name.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “The bridge is safe,” said Meyer.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “The bridge is safe,” said Ann Meyer, who runs the pier. “It is old,” Meyer said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Swaps the two.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "inverted-said",
    group: Attribution,
    levels: [Off, Hint, Off, Off, Off],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, paragraph) in context.body() {
        let facts = &paragraph.facts;
        if facts.quotes.is_empty() || facts.cues.is_empty() {
            continue;
        }
        let copy = Copy::new(context, paragraph);
        findings.extend(facts.speech.iter().filter_map(|speech| {
            let cue = facts.cues.get(speech.cue?)?;
            finding(context, &copy, cue, speech)
        }));
    }
    findings
}

fn finding(context: &Context<'_>, copy: &Copy<'_>, cue: &Cue, speech: &Speech) -> Option<Finding> {
    let source = speech.source?;
    let bare = match source.kind {
        // A title before the name is a role.
        SourceKind::Name(name) => copy.facts.mentions.get(name)?.range == source.range,
        SourceKind::Pronoun => true,
        SourceKind::Descriptor(_) | SourceKind::Phrase => false,
    };
    let before = copy.token(cue.tokens.start.checked_sub(1)?)?;
    let follows = copy.is_quoted(before.range.start()) && source.range.start() > cue.range.end();
    let next = copy.token_from(source.range.end());
    let ends = matches!(copy.word(next), "." | "" | "and" | "but");
    let touches = copy.text[TextRange::new(cue.range.end(), source.range.start().max(cue.range.end()))]
        .trim()
        .is_empty();
    let finite = matches!(cue.form, Form::Past | Form::Third);
    if !(bare && follows && ends && touches && finite && source.extent == source.range) {
        return None;
    }
    let straight = format!("{} {}", &copy.text[source.range], &copy.text[cue.range]);
    let range = copy.at(cue.range.cover(source.range));
    let mut finding = context.finding(range, format!("“{straight}” reads straighter."));
    finding.fixes.push(Fix {
        title: format!("Change to “{straight}”"),
        edits: vec![Edit {
            range,
            text: straight,
        }],
        preferred: true,
    });
    Some(finding)
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
    fn bare_names_and_pronouns() {
        check(
            "
            “The bridge is safe,” said Meyer.
                                  ^^^^^^^^^^ hint[inverted-said]: “Meyer said” reads straighter.
            ",
        );
        check(
            "
            Ann Meyer spoke. “Is the bridge safe?” asked she.
                                                   ^^^^^^^^^ hint[inverted-said]: “she asked” reads straighter.
            ",
        );
        check(
            "
            “The bridge is safe,” said Ann Meyer. “It is old.”
                                  ^^^^^^^^^^^^^^ hint[inverted-said]: “Ann Meyer said” reads straighter.
            ",
        );
    }

    #[test]
    fn what_follows_the_name_passes() {
        check("“The bridge is safe,” said Ann Meyer, who runs the pier.");
        check("“The bridge is safe,” said Ann Meyer, 54, of Leeds.");
        check("“The bridge is safe,” said Ann Meyer of the council.");
    }

    #[test]
    fn roles_pass() {
        check("“The bridge is safe,” said Mayor Tom Reyes.");
        check("“The bridge is safe,” said the mayor.");
    }

    #[test]
    fn the_straight_order_passes() {
        check("“The bridge is safe,” Meyer said. Meyer said: “It is old.”");
    }

    #[test]
    fn other_houses_pass() {
        check_in(Language::Plain, "", Some(&RULE), "“The bridge is safe,” said Meyer.");
        check_in(Language::Plain, "house = \"bbc\"", Some(&RULE), "“The bridge is safe,” said Meyer.");
    }

    #[test]
    fn the_fix_swaps() {
        check_fix(&RULE, "“The bridge is safe,” <CURSOR>said Meyer.", "“The bridge is safe,” Meyer said.");
    }
}
