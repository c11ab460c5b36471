//! metonym-speaker: a capital, a building or a country that speaks.

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::analysis::{Attribution, Link};
use crate::extract::Label;
use crate::lexicon::{Lexicon, Traits};
use crate::rules::Level;

declare_rule! {
    /// Place that speaks for a government
    ///
    /// ## Why
    ///
    /// Cities do not talk. Whether a minister, a ministry or an embassy spoke, readers should be told.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Moscow said that the bridge was safe.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// The Russian government said that the bridge was safe. Officials in Moscow said that it was old.
    /// ```
    ///
    /// ## Fix
    ///
    /// Names the government.
    ///
    /// ## Settings
    ///
    /// - `allow`: places that may speak.
    ///
    /// Buildings with a press office (the White House, the Kremlin) count only where the settings are `strict`. Cities
    /// whose standing as a capital is in dispute are never less than information.
    name: "metonym-speaker",
    group: Attribution,
    levels: [Off, Off, Hint, Hint, Information],
    settle: false,
    since: "0.1.0",
    options: [("allow", Texts)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, paragraph) in context.body() {
        let mut last = None;
        for known in context.attributions(index) {
            if known.cue.is_none() || known.cue == last || known.evidence.link == Link::Pronoun {
                continue;
            }
            last = known.cue;
            let copy = || Copy::new(context, paragraph);
            findings.extend(finding(context, copy, known));
        }
    }
    findings
}

fn finding<'a>(
    context: &Context<'a>,
    copy: impl Fn() -> Copy<'a>,
    known: &Attribution,
) -> Option<Finding> {
    let speaker = known.speaker?;
    let text = context.analysis.text(speaker.range);
    let name = without_article(text);
    let country = government(context, known, name)?;
    if context.texts("allow").any(|allowed| allowed.eq_ignore_ascii_case(name)) {
        return None;
    }
    let the = if name == text { "" } else { "the " };
    let mut finding = context.finding(speaker.range, format!("Who in {the}{name}?"));
    if DISPUTED.contains(&name) {
        finding.level = finding.level.max(Level::Information);
    }
    finding.fixes.extend(country.filter(|country| !needs_article(country)).map(|country| {
        let copy = copy();
        let start = speaker.range.start() - copy.start();
        let opens = copy.sentence(start).is_some_and(|sentence| sentence.range.start() == start);
        let the = if opens { "The" } else { "the" };
        let government = format!("{the} government of {country}");
        Fix {
            title: format!("Change to “{government}”"),
            edits: vec![Edit {
                range: speaker.range,
                text: government,
            }],
            preferred: true,
        }
    }));
    Some(finding)
}

/// The country behind a place that speaks, where it is known; none where a name is not a place that stands for a
/// government.
fn government(
    context: &Context<'_>,
    known: &Attribution,
    name: &str,
) -> Option<Option<&'static str>> {
    let names = &Lexicon::get().names;
    if BUILDINGS.contains(&name) {
        return context.settings.strict.then_some(None);
    }
    if DISPUTED.contains(&name) {
        return Some(None);
    }
    let entity = context.analysis.entity(known.entity?);
    let place = matches!(entity.label, Label::Place | Label::Organisation);
    if let Some(country) = names.capital_of(name) {
        return place.then_some(Some(country));
    }
    (place && names.traits(name).any(Traits::COUNTRY)).then_some(None)
}

fn without_article(text: &str) -> &str {
    text.strip_prefix("the ")
        .or_else(|| text.strip_prefix("The "))
        .unwrap_or(text)
}

/// "the Netherlands", "the United States"
fn needs_article(country: &str) -> bool {
    country.starts_with("United") || country.ends_with('s') || country.contains("Republic")
}

/// Buildings with a press office.
const BUILDINGS: [&str; 6] = ["Downing Street", "Elysee", "Kremlin", "Pentagon", "White House", "Élysée"];

/// Cities whose standing as a capital is in dispute.
const DISPUTED: [&str; 2] = ["Jerusalem", "Tel Aviv"];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in};
    use crate::text::Language;

    fn check_with(settings: &str, draft: &str) {
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    fn check(draft: &str) {
        check_with("house = \"guardian\"", draft);
    }

    #[test]
    fn places_that_speak() {
        check(
            "
            Moscow said that the bridge was safe.
            ^^^^^^ hint[metonym-speaker]: Who in Moscow?
            ",
        );
        check(
            "
            The bridge is safe, Iran said on Monday.
                                ^^^^ hint[metonym-speaker]: Who in Iran?
            ",
        );
        check(
            "
            Tel Aviv said that the bridge was safe.
            ^^^^^^^^ information[metonym-speaker]: Who in Tel Aviv?
            ",
        );
    }

    #[test]
    fn people_and_bodies_pass() {
        check("The Russian government said that the bridge was safe.");
        check("Officials in Moscow said that the bridge was safe.");
        check("Ann Meyer said that Moscow was safe. Jack London said that it was not.");
    }

    #[test]
    fn other_verbs_and_quotes_pass() {
        check("Moscow closed the bridge. Iran fears a war.");
        check("“Moscow said that the bridge was safe,” Ann Meyer said.");
    }

    #[test]
    fn headlines_pass() {
        check("Moscow says bridge is safe\n\nThe bridge is open.");
    }

    #[test]
    fn buildings_are_for_strict_desks() {
        let draft = "The White House said that the bridge was safe.";
        check(draft);
        check_with(
            "house = \"guardian\"\nstrict = true",
            "
            The White House said that the bridge was safe.
            ^^^^^^^^^^^^^^^ hint[metonym-speaker]: Who in the White House?
            ",
        );
    }

    #[test]
    fn places_are_allowed() {
        let settings = "house = \"guardian\"\nrules.metonym-speaker.allow = [\"Moscow\"]";
        check_with(settings, "Moscow said that the bridge was safe.");
    }

    #[test]
    fn the_fix_names_the_government() {
        check_fix(
            &RULE,
            "<CURSOR>Moscow said that the bridge was safe.",
            "The government of Russia said that the bridge was safe.",
        );
    }
}
