//! group-quote: one quote that several people are said to have spoken.

use super::source::Unnamed;
use super::{Context, Finding};
use crate::analysis::Attribution;
use crate::extract::{Label, QuoteKind};

declare_rule! {
    /// One quote in several mouths
    ///
    /// ## Why
    ///
    /// Witnesses do not speak in chorus. Either one of them said it, or nobody said it so.
    ///
    /// Chants, letters, statements and signs have many authors, and pass.
    ///
    /// ## Flags
    ///
    /// ```text
    /// “We heard a bang and then the pier was gone,” witnesses said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// “We heard a bang and then the pier was gone,” one of the witnesses said.
    /// ```
    ///
    /// ```text
    /// “We want our pier back and we want it now,” protesters chanted.
    /// ```
    ///
    /// ## Fix
    ///
    /// None: only the writer knows who said it.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "group-quote",
    group: Sources,
    levels: [Hint, Information, Information, Hint, Hint],
    settle: true,
    since: "0.1.0",
    options: [],
}

/// Words of the shortest quote that nobody speaks in chorus.
const SHORTEST: usize = 5;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, _) in context.body() {
        for attribution in context.attributions(index) {
            let Some(speaker) = attribution.speaker else {
                continue;
            };
            if is_several(context, attribution) && is_spoken(context, attribution) && !is_written(context, attribution) {
                findings.push(context.finding(speaker.range, "One quote, many mouths: who said it?"));
            }
        }
    }
    findings
}

/// Two people by name, or a plural of people.
fn is_several(context: &Context<'_>, attribution: &Attribution) -> bool {
    const PEOPLE: [&str; 20] = [
        "witnesses", "residents", "neighbors", "neighbours", "students", "parents", "teachers", "protesters", "demonstrators",
        "villagers", "survivors", "relatives", "passengers", "workers", "voters", "friends", "onlookers", "bystanders",
        "locals", "fans",
    ];
    let joint = attribution.entity.is_some_and(|id| {
        let entity = context.analysis.entity(id);
        entity.label == Label::Person && entity.members.len() > 1
    });
    joint
        || Unnamed::of(context, attribution).is_some_and(|source| {
            let one = source.words.iter().any(|word| word == "one");
            PEOPLE.contains(&source.head()) && !one
        })
}

/// A full or partial quote of some length.
fn is_spoken(context: &Context<'_>, attribution: &Attribution) -> bool {
    let analysis = context.analysis;
    attribution.quotes.iter().any(|&quote| {
        let quote = analysis.quote(&analysis.quotes[quote]);
        quote.words >= SHORTEST && matches!(quote.kind, QuoteKind::Full | QuoteKind::Partial)
    })
}

/// Many may sign a letter and shout a slogan.
fn is_written(context: &Context<'_>, attribution: &Attribution) -> bool {
    const TOGETHER: [&str; 20] = [
        "statement", "letter", "wrote", "write", "report", "chant", "shout", "sang", "sign", "banner", "joint", "together",
        "book", "paper", "article", "study", "email", "post", "op-ed", "petition",
    ];
    let analysis = context.analysis;
    let text = analysis.text(analysis.paragraphs[attribution.paragraph].range).to_lowercase();
    TOGETHER.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::check_rule;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn quotes_in_several_mouths() {
        check(
            "
            “We heard a bang and then it was gone,” witnesses said.
                                                    ^^^^^^^^^ hint[group-quote]: One quote, many mouths: who said it?
            ",
        );
        check(
            "
            Residents said it was “the worst night of our lives.”
            ^^^^^^^^^ hint[group-quote]: One quote, many mouths: who said it?
            ",
        );
        check(
            "
            “We heard a bang and then it was gone,” Ann Meyer and Tom Cole said.
                                                    ^^^^^^^^^^^^^^^^^^^^^^ hint[group-quote]: One quote, many mouths: who said it?
            ",
        );
    }

    #[test]
    fn one_mouth_passes() {
        check("“We heard a bang and then it was gone,” one witness said.");
        check("“We heard a bang and then it was gone,” Ann Meyer said.");
        check("“We want our pier back and we want it now,” protesters chanted.");
        check("“We are sad that the pier is gone,” residents wrote in a letter.");
        check("Residents said it was “the worst.” They said they would go.");
        check("“We are sad that the pier is gone,” the council said.");
        check("");
    }
}
