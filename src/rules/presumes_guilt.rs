//! presumes-guilt: words that make a suspect a culprit.

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::extract::TokenKind;
use crate::settings::House;

declare_rule! {
    /// Suspect called guilty before a court has said so
    ///
    /// ## Why
    ///
    /// “Accused killer” names a killer, and “arrested for fraud” says there was one. Until a verdict there is a
    /// suspect and a charge, and a desk may have to pay for the difference.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The accused killer Jim Roe was led into court.
    /// ```
    ///
    /// ```text
    /// Jim Roe was arrested for fraud on Monday.
    /// ```
    ///
    /// ```text
    /// Jim Roe was accused with murder on Monday.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Jim Roe, accused of murder, was led into court. He was arrested on a charge of fraud.
    /// ```
    ///
    /// ```text
    /// Jim Roe was arrested for the third time. The convicted killer Tom Poe was not.
    /// ```
    ///
    /// ## Fix
    ///
    /// Writes “on a charge of”, or in British law “on suspicion of”, for “for”, and “of” for “with”.
    ///
    /// ## Settings
    ///
    /// - `law` (`us`, Guardian and BBC `uk`): whose wording.
    name: "presumes-guilt",
    group: Sources,
    levels: [Warning, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [("law", Choice("us", "uk"))],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let uk = match context.choice("law") {
        Some(law) => law == "uk",
        None => matches!(context.settings.house, House::Guardian | House::Bbc),
    };
    let charge = if uk { "on suspicion of" } else { "on a charge of" };
    let mut findings = Vec::new();
    let speaks_of_guilt = |copy: &Copy<'_>| {
        let mut words = (0..copy.facts.tokens.len()).map(|at| copy.word(at));
        words.any(|word| word == "arrested" || SUSPECTED.contains(&word))
    };
    for (_, copy) in context.body_where(speaks_of_guilt) {
        for (at, token) in copy.facts.tokens.iter().enumerate() {
            if token.kind != TokenKind::Word || copy.is_quoted(token.range.start()) {
                continue;
            }
            findings.extend(match copy.word(at) {
                "arrested" => arrested_for(context, &copy, at, charge),
                "accused" => accused_with(context, &copy, at).or_else(|| accused_killer(context, &copy, at)),
                word if SUSPECTED.contains(&word) => accused_killer(context, &copy, at),
                _ => None,
            });
        }
    }
    findings
}

const SUSPECTED: [&str; 6] = ["accused", "suspected", "alleged", "Accused", "Suspected", "Alleged"];

/// "arrested for fraud"
fn arrested_for(context: &Context<'_>, copy: &Copy<'_>, at: usize, charge: &str) -> Option<Finding> {
    if copy.word(at + 1) != "for" {
        return None;
    }
    // "for armed robbery": an adjective may stand between.
    let crime = (at + 2..at + 4).find(|&index| CRIMES.contains(&copy.word(index)))?;
    if copy.word(at + 2) == "the" || copy.word(crime + 1).starts_with("charge") {
        return None;
    }
    let preposition = copy.token(at + 1)?.range;
    let range = copy.token(at)?.range.cover(preposition);
    let mut finding = context.finding(copy.at(range), format!("“arrested for” states guilt: “{charge}”?"));
    finding.fixes.push(replacement(copy, preposition, charge));
    Some(finding)
}

/// "accused with murder"
fn accused_with(context: &Context<'_>, copy: &Copy<'_>, at: usize) -> Option<Finding> {
    if copy.word(at + 1) != "with" || !CRIMES.contains(&copy.word(at + 2)) {
        return None;
    }
    let preposition = copy.token(at + 1)?.range;
    let range = copy.token(at)?.range.cover(preposition);
    let mut finding = context.finding(copy.at(range), "Accused of it, or charged with it?");
    finding.fixes.push(replacement(copy, preposition, "of"));
    Some(finding)
}

/// "accused killer Jim Roe"
fn accused_killer(context: &Context<'_>, copy: &Copy<'_>, at: usize) -> Option<Finding> {
    let culprit = (at + 1..at + 3).find(|&index| CULPRITS.contains(&copy.word(index)))?;
    let named = copy.facts.words.get(culprit + 1).is_some_and(|word| word.is_capital());
    if !named || copy.kind(culprit + 1) != Some(TokenKind::Word) {
        return None;
    }
    let range = copy.token(at)?.range.cover(copy.token(culprit)?.range);
    let message = format!("“{}” makes a culprit of a suspect.", &copy.text[range]);
    Some(context.finding(copy.at(range), message))
}

fn replacement(copy: &Copy<'_>, range: text_size::TextRange, text: &str) -> Fix {
    Fix {
        title: format!("Write “{text}”"),
        edits: vec![Edit {
            range: copy.at(range),
            text: text.to_owned(),
        }],
        preferred: true,
    }
}

const CRIMES: [&str; 42] = [
    "fraud", "murder", "manslaughter", "theft", "robbery", "burglary", "assault", "rape", "arson", "bribery", "extortion",
    "kidnapping", "forgery", "perjury", "embezzlement", "larceny", "homicide", "battery", "stalking", "trespassing",
    "shoplifting", "vandalism", "treason", "espionage", "smuggling", "trafficking", "blackmail", "terrorism", "corruption",
    "killing", "stealing", "robbing", "raping", "stabbing", "shooting", "attacking", "beating", "assaulting", "molesting",
    "murdering", "harassment", "looting",
];

const CULPRITS: [&str; 21] = [
    "killer", "murderer", "rapist", "robber", "thief", "gunman", "attacker", "bomber", "shooter", "arsonist", "fraudster",
    "burglar", "kidnapper", "terrorist", "abuser", "stalker", "hacker", "spy", "trafficker", "smuggler", "molester",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn culprits() {
        check(
            "
            The accused killer Jim Roe was led into court.
                ^^^^^^^^^^^^^^ warning[presumes-guilt]: “accused killer” makes a culprit of a suspect.
            ",
        );
        check(
            "
            Alleged bank robber Jim Roe was led into court.
            ^^^^^^^^^^^^^^^^^^^ warning[presumes-guilt]: “Alleged bank robber” makes a culprit of a suspect.
            ",
        );
    }

    #[test]
    fn arrests_and_charges() {
        check(
            "
            He was arrested for armed robbery. She was accused with murder.
                   ^^^^^^^^^^^^ warning[presumes-guilt]: “arrested for” states guilt: “on a charge of”?
                                                       ^^^^^^^^^^^^ warning[presumes-guilt]: Accused of it, or charged with it?
            ",
        );
    }

    #[test]
    fn suspects_pass() {
        check("Jim Roe, accused of murder, was led into court.");
        check("He was arrested on a charge of fraud.");
        check("He was arrested for the third time, and she for speaking out.");
        check("The convicted killer Jim Roe was led into court. The killer Tom Poe was not.");
        check("The alleged killer was led into court.");
        check("“The accused killer Jim Roe is here,” Ann Meyer said.");
        check("Police suspected arson. The alleged plot failed.");
        check("");
    }

    #[test]
    fn the_law_is_an_option() {
        let drawn = "
            He was arrested for fraud.
                   ^^^^^^^^^^^^ warning[presumes-guilt]: “arrested for” states guilt: “on suspicion of”?
            ";
        check_in(Language::Plain, "rules.presumes-guilt.law = \"uk\"", Some(&RULE), drawn);
        check_in(Language::Plain, "house = \"bbc\"", Some(&RULE), drawn);
    }

    #[test]
    fn fixes() {
        check_fix(&RULE, "He was <CURSOR>arrested for fraud.", "He was arrested on a charge of fraud.");
        check_fix(&RULE, "He was <CURSOR>accused with murder.", "He was accused of murder.");
    }
}
