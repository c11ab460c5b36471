//! contested-label: a word that takes sides, in the story's own voice.

use super::copy::Copy;
use super::{Context, Finding};
use crate::extract::{Sentence, TokenKind};
use crate::text::small;

declare_rule! {
    /// Word that takes sides, in the story's own voice
    ///
    /// ## Why
    ///
    /// “Terrorist” and “regime” are judgements. In a quote they are the speaker’s, with “which Turkey considers” they
    /// are Turkey’s; in own copy they are the paper’s.
    ///
    /// Silent where the sentence says whose word it is, and inside names: the war on terror, Counter Terrorism Command.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The terrorist group holds the town.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// The group, which Turkey considers a terrorist organization, holds the town.
    /// ```
    ///
    /// ```text
    /// “The terrorist group holds the town,” the mayor said. The war on terror goes on.
    /// ```
    ///
    /// ## Fix
    ///
    /// None: what to call them is the desk’s to say.
    ///
    /// ## Settings
    ///
    /// - `labels` (none): more words of this sort, in small letters.
    name: "contested-label",
    group: Copy,
    levels: [Off, Hint, Warning, Off, Warning],
    settle: true,
    since: "0.1.0",
    options: [("labels", Texts)],
}

const LABELS: [&str; 12] = [
    "terrorist", "terrorists", "regime", "regimes", "cult", "cults", "so-called", "extremist", "extremists", "thug", "thugs",
    "fanatics",
];

/// Words that say whose word it is, besides verbs of saying.
const HOLDERS: [&str; 22] = [
    "considers", "consider", "considered", "calls", "called", "designated", "designates", "deems", "deemed", "regards",
    "regarded", "labelled", "labeled", "labels", "listed", "lists", "convicted", "brands", "branded", "accused", "charges",
    "describes",
];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let more: Vec<&str> = context.texts("labels").collect();
    let mut findings = Vec::new();
    let labels = |copy: &Copy<'_>| {
        let mut tokens = copy.facts.tokens.iter().map(|token| &copy.text[token.stem]);
        tokens.any(|word| LABELS.contains(&&*small(word)))
    };
    for (_, paragraph) in context.body() {
        if more.is_empty() && !context.concerns(paragraph, labels) {
            continue;
        }
        let copy = Copy::new(context, paragraph);
        let mut sentences = copy.facts.sentences.iter().peekable();
        for (at, token) in copy.facts.tokens.iter().enumerate() {
            while sentences.next_if(|sentence| sentence.range.end() <= token.range.start()).is_some() {}
            if token.kind != TokenKind::Word {
                continue;
            }
            let word = &copy.text[token.stem];
            let first = sentences.peek().is_some_and(|sentence| sentence.range.start() == token.range.start());
            let small = match first {
                true => word.to_lowercase(),
                false => word.to_owned(),
            };
            let label = LABELS.contains(&small.as_str()) || more.contains(&small.as_str());
            if !label || copy.is_quoted(token.range.start()) || is_named(&copy, at) {
                continue;
            }
            if sentences.peek().is_some_and(|sentence| is_held(&copy, sentence)) {
                continue;
            }
            let message = format!("“{word}” in our voice: whose word?");
            findings.push(context.finding(copy.at(token.stem), message));
        }
    }
    findings
}

/// Somebody in the sentence says so or holds so.
fn is_held(copy: &Copy<'_>, sentence: &Sentence) -> bool {
    let start = copy.token_from(sentence.range.start());
    let end = copy.token_from(sentence.range.end());
    let cued = copy.facts.cues.iter().any(|cue| (start..end).contains(&cue.tokens.start));
    cued || (start..end).any(|at| HOLDERS.contains(&copy.word(at)))
}

/// A capital behind it makes it part of a name.
fn is_named(copy: &Copy<'_>, at: usize) -> bool {
    copy.facts.words.get(at + 1).is_some_and(|word| word.is_capital()) && copy.word(at) != "so-called"
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::check_in;
    use crate::text::Language;

    fn check(draft: &str) {
        check_in(Language::Plain, "rules.contested-label.level = \"hint\"", Some(&RULE), draft);
    }

    #[test]
    fn labels_in_our_voice() {
        check(
            "
            The terrorist group holds the town.
                ^^^^^^^^^ hint[contested-label]: “terrorist” in our voice: whose word?
            ",
        );
        check(
            "
            Terrorists hold the town. The regime’s army has left.
            ^^^^^^^^^^ hint[contested-label]: “Terrorists” in our voice: whose word?
                                          ^^^^^^ hint[contested-label]: “regime” in our voice: whose word?
            ",
        );
    }

    #[test]
    fn labels_of_others_pass() {
        check("The group, which Turkey considers a terrorist organization, holds the town.");
        check("“The terrorist group holds the town,” the mayor said.");
        check("The mayor said the terrorist group held the town.");
        check("The group, designated a terrorist organization by the US, holds the town.");
        check("The Terrorist Screening Center closed. The war on terror goes on.");
        check("The group holds the town.");
        check("");
    }

    #[test]
    fn more_labels_are_an_option() {
        check_in(
            Language::Plain,
            "rules.contested-label = { level = \"warning\", labels = [\"militant\"] }",
            Some(&RULE),
            "
            A militant holds the town.
              ^^^^^^^^ warning[contested-label]: “militant” in our voice: whose word?
            ",
        );
        check_in(Language::Plain, "", Some(&RULE), "The terrorist group holds the town.");
    }
}
