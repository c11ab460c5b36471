//! vague-source: words of critics, experts or sources of whom the story names none.

use super::source::{Unnamed, names_somebody};
use super::{Context, Finding};

declare_rule! {
    /// Source that could be anyone
    ///
    /// ## Why
    ///
    /// “Critics say” may stand for a movement or for the writer’s neighbour. One name, a number or a body behind it
    /// shows which.
    ///
    /// ## Flags
    ///
    /// ```text
    /// Critics say the pier costs too much.
    /// ```
    ///
    /// ```text
    /// The pier will have to close, sources said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// Critics, among them Ruth Okafor, say the pier costs too much.
    /// ```
    ///
    /// ```text
    /// Three experts on bridges said the pier was safe.
    /// ```
    ///
    /// ## Fix
    ///
    /// None: only the writer knows who it was.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "vague-source",
    group: Sources,
    levels: [Information, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut seen: Vec<String> = Vec::new();
    let mut findings = Vec::new();
    for (index, _) in context.body() {
        for attribution in context.attributions(index) {
            let source = Unnamed::of(context, attribution);
            let Some(source) = source.filter(is_vague) else {
                continue;
            };
            let head = source.head().to_owned();
            if names_somebody(context, index) || seen.contains(&head) {
                continue;
            }
            findings.push(finding(context, &source));
            seen.push(head);
        }
    }
    findings
}

fn finding(context: &Context<'_>, source: &Unnamed<'_>) -> Finding {
    let message = match source.head() {
        "some" | "many" => "Who? None is named.".to_owned(),
        head => format!("Which {head}? None is named."),
    };
    context.finding(source.range, message)
}

/// A plural of which nothing is said.
fn is_vague(source: &Unnamed<'_>) -> bool {
    const HEADS: [&str; 11] = [
        "sources", "critics", "supporters", "observers", "analysts", "experts", "some", "many", "insiders", "opponents",
        "detractors",
    ];
    const EMPTY: [&str; 6] = ["some", "many", "other", "several", "most", "media"];
    let bare = source.words.len() == source.head + 1 && !source.named && !source.is_definite();
    let described = source.words[..source.head].iter().any(|word| !EMPTY.contains(&word.as_str()));
    let reports = source.head() == "reports" && source.words.iter().any(|word| word == "media");
    bare && !described && (reports || HEADS.contains(&source.head()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::check_rule;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn plurals_of_which_nothing_is_said() {
        check(
            "
            Critics say the pier costs too much.
            ^^^^^^^ information[vague-source]: Which critics? None is named.
            ",
        );
        check(
            "
            The pier costs too much, some experts said.
                                     ^^^^^^^^^^^^ information[vague-source]: Which experts? None is named.
            ",
        );
        check(
            "
            The pier will close, according to media reports.
                                              ^^^^^^^^^^^^^ information[vague-source]: Which reports? None is named.
            ",
        );
    }

    #[test]
    fn each_is_queried_once() {
        check(
            "
            Critics say the pier costs too much.
            ^^^^^^^ information[vague-source]: Which critics? None is named.

            Critics say it should close.
            ",
        );
    }

    #[test]
    fn names_numbers_and_bodies_pass() {
        check("Critics say the pier costs too much. Ruth Okafor called it a folly.");
        check("Three experts said the pier was safe.");
        check("Experts at Leeds University said the pier was safe.");
        check("Critics of the mayor say the pier costs too much.");
        check("The analysts said the pier was safe.");
        check("Industry analysts said the pier was safe.");
        check("She answered her critics. He is an expert.");
        check("");
    }
}
