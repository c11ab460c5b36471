//! passive-attribution: "it is believed", "was accused of", and nobody who believes or accuses.

use super::copy::Copy;
use super::{Context, Finding};
use crate::analysis::MentionForm;
use crate::extract::{Cue, Label, Sentence, TokenKind};
use crate::lexicon::Grade;
use text_size::TextRange;

declare_rule! {
    /// Belief or accusation without anyone who holds it
    ///
    /// ## Why
    ///
    /// The passive hides who believes or accuses, and with it whether that is worth printing. Where a named person
    /// is accused, the accuser is the story.
    ///
    /// Silent where the sentence, or for an accusation the one before it, has somebody who may be the one: a verb of
    /// saying, “by”, police, prosecutors or a court.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The minister is accused of taking bribes. He left the country on Monday.
    /// ```
    ///
    /// ```text
    /// It is believed that the pier will close.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Prosecutors say the minister took bribes. He is accused of fraud. The mayor is accused by the council of theft.
    /// ```
    ///
    /// ```text
    /// She said it was believed that the pier would close. The pier is expected to close.
    /// ```
    ///
    /// ## Fix
    ///
    /// None: only the writer knows who it was.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "passive-attribution",
    group: Sources,
    levels: [Information, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_there = |copy: &Copy<'_>| (1..copy.facts.tokens.len()).any(|at| is_passive(copy, at));
    for (index, copy) in context.body_where(is_there) {
        let sentences = &copy.facts.sentences;
        for (nth, sentence) in sentences.iter().enumerate() {
            let before = nth.checked_sub(1).and_then(|nth| sentences.get(nth));
            findings.extend(find(context, &copy, index, sentence, before));
        }
    }
    findings
}

fn find(
    context: &Context<'_>,
    copy: &Copy<'_>,
    paragraph: usize,
    sentence: &Sentence,
    before: Option<&Sentence>,
) -> Option<Finding> {
    let start = copy.token_from(sentence.range.start());
    let end = copy.token_from(sentence.range.end());
    let verb = (start + 1..end).find(|&at| is_passive(copy, at))?;
    let token = copy.token(verb)?;
    if copy.is_quoted(token.range.start()) || has_agent(copy, start, end, verb) {
        return None;
    }
    let word = copy.word(verb);
    let accused = word == "accused";
    if accused {
        let before = before.is_some_and(|before| {
            let from = copy.token_from(before.range.start());
            has_agent(copy, from, start, from)
        });
        if before {
            return None;
        }
    }
    let auxiliary = verb - 1;
    let first = match copy.word(auxiliary.saturating_sub(1)).eq_ignore_ascii_case("it") {
        true => auxiliary - 1,
        false => auxiliary,
    };
    let range = copy.token(first)?.range.cover(token.range);
    let mut capital = word.to_owned();
    capital[..1].make_ascii_uppercase();
    let finding = context.finding(copy.at(range), format!("{capital} by whom?"));
    Some(match accused && is_named(context, paragraph, copy.at(range)) {
        true => context.graded(finding, 1),
        false => finding,
    })
}

/// "is accused of", "it was believed that", "is said to"
fn is_passive(copy: &Copy<'_>, verb: usize) -> bool {
    const HELD: [&str; 9] =
        ["believed", "thought", "understood", "claimed", "feared", "alleged", "rumored", "rumoured", "reported"];
    let word = copy.word(verb);
    let accused = word == "accused";
    if !accused && word != "said" && !HELD.contains(&word) {
        return false;
    }
    let auxiliary = copy.word(verb - 1);
    if !matches!(auxiliary, "is" | "was" | "are" | "were" | "been") {
        return false;
    }
    let next = copy.word(verb + 1);
    let it = copy.word(verb.wrapping_sub(2)).eq_ignore_ascii_case("it") && matches!(auxiliary, "is" | "was");
    match accused {
        true => matches!(next, "of" | "with"),
        false => it && next == "that" && word != "said" || next == "to" && matches!(copy.word(verb + 2), "be" | "have"),
    }
}

/// Somebody in a stretch of tokens who may believe or accuse.
fn has_agent(copy: &Copy<'_>, start: usize, end: usize, verb: usize) -> bool {
    const AGENTS: [&str; 30] = [
        "by", "police", "prosecutors", "prosecutor", "court", "indictment", "charged", "charges", "lawsuit", "suit",
        "trial", "authorities", "officials", "investigators", "complaint", "affidavit", "jury", "judge", "sued",
        "critics", "opponents", "report", "reports", "attorney", "lawyers", "sheriff", "scientists", "experts",
        "researchers", "historians",
    ];
    let word = (start..end).any(|at| {
        copy.kind(at) == Some(TokenKind::Word) && AGENTS.contains(&copy.word(at).to_lowercase().as_str())
    });
    let says = |cue: &&Cue| cue.entry.grade != Grade::Nonspeech && cue.entry.class != "hearsay" && !cue.passive;
    let mut cues = copy.facts.cues.iter().filter(|cue| (start..end).contains(&cue.tokens.start));
    word || cues.any(|cue| says(&cue) && !cue.tokens.contains(&verb))
}

/// The name of a person stands directly before.
fn is_named(context: &Context<'_>, paragraph: usize, place: TextRange) -> bool {
    const REACH: u32 = 40;
    let mut before = context.mentions(paragraph).iter().filter(|mention| {
        mention.range.end() <= place.start() && u32::from(place.start() - mention.range.end()) <= REACH
    });
    before.any(|mention| {
        !matches!(mention.form, MentionForm::Pronoun | MentionForm::Role)
            && context.analysis.entity(mention.entity).label == Label::Person
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::check_rule;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn accusations_of_nobody() {
        check(
            "
            The minister is accused of taking bribes.
                         ^^^^^^^^^^ information[passive-attribution]: Accused by whom?
            ",
        );
        check(
            "
            Tom Meyer was accused of taking bribes.
                      ^^^^^^^^^^^ warning[passive-attribution]: Accused by whom?
            ",
        );
    }

    #[test]
    fn beliefs_of_nobody() {
        check(
            "
            It is believed that the pier will close.
            ^^^^^^^^^^^^^^ information[passive-attribution]: Believed by whom?
            ",
        );
        check(
            "
            The mayor is thought to have left on Monday.
                      ^^^^^^^^^^ information[passive-attribution]: Thought by whom?
            ",
        );
    }

    #[test]
    fn those_with_somebody_pass() {
        check("The mayor is accused of theft by the council.");
        check("Police went to the pier. The mayor is accused of theft.");
        check("She said it was believed that the pier would close.");
        check("The mayor is accused of theft in a lawsuit.");
        check("“It is believed that he left,” Ann Meyer said.");
        check("The pier is expected to close. It is said. He was understood.");
        check("The accused man left. She was thought of as kind.");
        check("");
    }
}
