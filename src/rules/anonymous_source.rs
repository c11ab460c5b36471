//! anonymous-source: words that rest on someone whom the story does not name, without a reason.

use std::collections::HashMap;

use super::source::{Unnamed, reason_given};
use super::{Context, Finding};
use crate::settings::House;

declare_rule! {
    /// Unnamed source without a reason
    ///
    /// ## Why
    ///
    /// A reader cannot weigh what an unnamed source says. Most desks ask why the name is withheld, and that the
    /// story says so; all ask for as much of who it is as can be told.
    ///
    /// Each source is queried once, where its words weigh most: a quote of several words or an accusation makes the
    /// finding one step graver. Officials of the police, of schools and of other public services who tell the public
    /// what they do are no anonymous sources. Sources of whom nothing at all is said are the business of
    /// vague-source.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The deal is close, according to White House officials.
    /// ```
    ///
    /// ```text
    /// “The deal is as good as done,” a senior Treasury official said.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// The deal is close, two Treasury officials said, asking not to be named because the talks go on.
    /// ```
    ///
    /// Nobody speaks here:
    ///
    /// ```text
    /// The deal has alerted Western officials.
    /// ```
    ///
    /// ## Fix
    ///
    /// None: only the writer knows the reason.
    ///
    /// ## Settings
    ///
    /// - `need-reason` (true): the story must say why there is no name. If false, a source passes that is described
    ///   well enough.
    /// - `min-descriptor` (1, AP 2): how well that is. A body counts 1 (“Treasury officials”), a level 1 more (“a senior
    ///   Treasury official”).
    /// - `spokespeople` (false, AP true): spokesmen and spokeswomen need a name as well.
    name: "anonymous-source",
    group: Sources,
    levels: [Information, Warning, Information, Information, Warning],
    settle: true,
    since: "0.1.0",
    options: [("need-reason", Flag), ("min-descriptor", Number), ("spokespeople", Flag)],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let ap = context.settings.house == House::Ap;
    let spokespeople = context.flag("spokespeople", ap);
    let mut order: Vec<Query> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (index, _) in context.body() {
        for attribution in context.attributions(index) {
            let source = Unnamed::of(context, attribution);
            let Some(source) = source.filter(|source| is_person(source, spokespeople)) else {
                continue;
            };
            let at = *known.entry(source.key()).or_insert_with(|| {
                order.push(Query::default());
                order.len() - 1
            });
            let query = &mut order[at];
            query.excused |= reason_given(context, index);
            let grave = source.is_grave(context);
            if query.source.is_none() || grave && !query.grave {
                query.grave = grave;
                query.source = Some(source);
            }
        }
    }
    let need_reason = context.flag("need-reason", true);
    let least = context.number("min-descriptor", if ap { 2 } else { 1 });
    order
        .into_iter()
        .filter(|query| !query.excused)
        .filter_map(|query| Some((query.source?, query.grave)))
        .filter(|(source, _)| need_reason || strength(source) < least)
        .map(|(source, grave)| finding(context, &source, grave))
        .collect()
}

/// What is known of one source in the whole draft.
#[derive(Default)]
struct Query<'a> {
    /// Where its words weigh most.
    source: Option<Unnamed<'a>>,
    grave: bool,
    excused: bool,
}

fn finding(context: &Context<'_>, source: &Unnamed<'_>, grave: bool) -> Finding {
    let message = match source.is_quoted(context) {
        true => "Direct quote from an unnamed source.".to_owned(),
        false => {
            let text = context.analysis.text(source.range);
            format!("Unnamed: “{text}”. No reason given.")
        }
    };
    let finding = context.finding(source.range, message);
    match grave {
        true => context.graded(finding, 1),
        false => finding,
    }
}

fn is_person(source: &Unnamed<'_>, spokespeople: bool) -> bool {
    let head = source.head();
    if SPOKESPEOPLE.contains(&head) {
        return spokespeople && !source.is_definite();
    }
    let familiar = PEOPLE.contains(&head)
        && source.words.iter().skip(source.head + 1).any(|word| FAMILIAR.contains(&word.as_str()));
    if !familiar && !HEADS.contains(&head) {
        return false;
    }
    // "the official" is one whom the story has brought in before.
    let again = source.is_definite() && source.head < 2;
    let described = source.head > 0 || source.words.len() > source.head + 1;
    let bare = matches!(head, "source" | "sources" | "insider" | "insiders") && !described;
    let public = source.modifiers().any(|word| PUBLIC.contains(&word));
    !again && !bare && !public
}

/// How much is said of a source: the body, and the level in it.
fn strength(source: &Unnamed<'_>) -> usize {
    let is_level = |word: &str| LEVELS.contains(&word);
    let level = source.modifiers().any(is_level);
    let complement = source.words.len() > source.head + 1;
    let body = source.named || complement || source.modifiers().any(|word| !is_level(word));
    usize::from(level) + usize::from(body)
}

const HEADS: [&str; 22] = [
    "official", "officials", "aide", "aides", "diplomat", "diplomats", "source", "sources", "insider", "insiders",
    "adviser", "advisers", "advisor", "advisors", "operative", "operatives", "staffer", "staffers", "confidant",
    "confidants", "associate", "associates",
];

const SPOKESPEOPLE: [&str; 5] = ["spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen"];

const PEOPLE: [&str; 8] =
    ["person", "people", "someone", "somebody", "persons", "individual", "individuals", "those"];

const FAMILIAR: [&str; 8] =
    ["familiar", "knowledge", "briefed", "close", "direct", "involved", "inside", "privy"];

const LEVELS: [&str; 9] =
    ["senior", "top", "high-ranking", "former", "high-level", "ranking", "mid-level", "junior", "retired"];

/// Services that speak to the public through their officials.
const PUBLIC: [&str; 34] = [
    "police", "fire", "health", "school", "schools", "hospital", "court", "weather", "election", "elections", "city",
    "county", "state", "village", "town", "park", "parks", "emergency", "transport", "transportation", "university",
    "college", "district", "airport", "zoo", "wildlife", "rescue", "league", "team", "club", "museum", "festival",
    "race", "local",
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_in, check_rule};
    use crate::text::Language;

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    fn check_with(settings: &str, draft: &str) {
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    #[test]
    fn unnamed_sources() {
        check(
            "
            The deal is close, according to White House officials.
                                            ^^^^^^^^^^^^^^^^^^^^^ information[anonymous-source]: Unnamed: “White House officials”. No reason given.
            ",
        );
        check(
            "
            A senior diplomat said the talks would go on.
            ^^^^^^^^^^^^^^^^^ information[anonymous-source]: Unnamed: “A senior diplomat”. No reason given.
            ",
        );
        check(
            "
            Officials said on Monday that the talks would go on.
            ^^^^^^^^^ information[anonymous-source]: Unnamed: “Officials”. No reason given.
            ",
        );
    }

    #[test]
    fn a_quote_weighs_more() {
        check(
            "
            “The deal is as good as done,” a Treasury official said.
                                           ^^^^^^^^^^^^^^^^^^^ warning[anonymous-source]: Direct quote from an unnamed source.
            ",
        );
    }

    #[test]
    fn each_source_is_queried_once() {
        check(
            "
            A Treasury official said the deal was close.
            ^^^^^^^^^^^^^^^^^^^ information[anonymous-source]: Unnamed: “A Treasury official”. No reason given.

            The official said that it would be signed in May.

            A Treasury official said it would cost $3 million.
            ",
        );
    }

    #[test]
    fn reasons_and_names_pass() {
        check("A Treasury official said the deal was close. The official spoke on condition of anonymity.");
        check("A Treasury official, who was not authorized to speak in public, said the deal was close.");
        check("“The deal is done,” said Ann Meyer, a Treasury official.");
        check("The deal has alerted Western officials. It was signed by two aides.");
        check("Police officials said the road was closed. School officials said the same.");
        check("A spokesman for the ministry said the road was closed.");
        check("“Officials said no,” Ann Meyer said.");
        check("");
    }

    #[test]
    fn options() {
        let described = "A senior Treasury official said the deal was close.";
        check_with("rules.anonymous-source.need-reason = false", described);
        check_with(
            "rules.anonymous-source = { need-reason = false, min-descriptor = 2 }",
            "
            Treasury officials said the deal was close.
            ^^^^^^^^^^^^^^^^^^ information[anonymous-source]: Unnamed: “Treasury officials”. No reason given.
            ",
        );
        check_with(
            "rules.anonymous-source.spokespeople = true",
            "
            A spokesman for the ministry said the road was closed.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[anonymous-source]: Unnamed: “A spokesman for the ministry”. No reason given.
            ",
        );
        check_with("house = \"ap\"\nrules.anonymous-source.need-reason = false", described);
    }
}
