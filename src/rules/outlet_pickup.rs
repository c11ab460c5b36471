//! outlet-pickup: words that were said to another outlet.

use super::copy::Copy;
use super::{Context, Finding};
use crate::analysis::EntityMention;
use crate::extract::TokenKind;
use crate::knowledge::RecordKind;
use crate::lexicon::Class;

declare_rule! {
    /// Words that were said to another outlet
    ///
    /// ## Why
    ///
    /// What somebody told a competitor is theirs. Copy may take it up if it says so, and an editor wants to know how
    /// much of a story rests on it, or to have somebody call.
    ///
    /// Nothing is found until the setting `own-outlets` says which outlets are yours.
    ///
    /// ## Flags
    ///
    /// ```toml
    /// own-outlets = ["Wexmouth Courier"]
    /// ```
    ///
    /// ```text
    /// The pier will close in May, Ruth Okafor told CNN on Monday.
    /// ```
    ///
    /// ```text
    /// The mayor spoke of it in an interview with the BBC.
    /// ```
    ///
    /// ## Passes
    ///
    /// What is said to you, or to nobody in particular:
    ///
    /// ```text
    /// The pier will close in May, Ruth Okafor told the Wexmouth Courier.
    /// ```
    ///
    /// ```text
    /// The pier will close in May, Ruth Okafor told reporters. CNN was there.
    /// ```
    ///
    /// ## Fix
    ///
    /// None: whether to call them is the desk’s decision.
    ///
    /// ## Settings
    ///
    /// None but `level`; the setting `own-outlets` has the names of your own.
    name: "outlet-pickup",
    group: Sources,
    levels: [Off, Information, Information, Off, Hint],
    settle: true,
    since: "0.1.0",
    options: [],
}

/// Words that may stand between the verb and the outlet: "told the conservative news site".
const REACH: usize = 5;

fn check(context: &Context<'_>) -> Vec<Finding> {
    if context.settings.own_outlets.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, paragraph) in context.body() {
        let outlets = context.mentions(index).iter().filter(|mention| is_other_outlet(context, mention));
        let mut outlets = outlets.peekable();
        if outlets.peek().is_none() {
            continue;
        }
        let copy = Copy::new(context, paragraph);
        findings.extend(outlets.filter_map(|mention| finding(context, &copy, mention)));
    }
    findings
}

fn is_other_outlet(context: &Context<'_>, mention: &EntityMention) -> bool {
    let analysis = context.analysis;
    let entity = analysis.entity(mention.entity);
    let name = analysis.text(mention.range);
    let is_outlet = || {
        entity.outlet || {
            let known = analysis.knowledge.find(name);
            known.first().is_some_and(|known| known.record.kind == RecordKind::Outlet)
        }
    };
    !mention.quoted && !is_own(context, name) && !is_own(context, &entity.name) && is_outlet()
}

fn is_own(context: &Context<'_>, name: &str) -> bool {
    let bare = |name: &str| {
        let name = name.to_lowercase();
        name.strip_prefix("the ").map(str::to_owned).unwrap_or(name)
    };
    let name = bare(name);
    context.settings.own_outlets.iter().any(|own| bare(own) == name)
}

fn finding(context: &Context<'_>, copy: &Copy<'_>, outlet: &EntityMention) -> Option<Finding> {
    let outlet_at = outlet.full_range() - copy.start();
    let first = copy.token_from(outlet_at.start());
    let before = (first.saturating_sub(REACH)..first).rev();
    let verb = before
        .take_while(|&at| copy.kind(at) == Some(TokenKind::Word))
        .map_while(|at| match is_verb(copy.word(at)) || is_interview(copy, at) {
            true => Some(Some(at)),
            false => is_lead(copy, at).then_some(None),
        })
        .flatten()
        .next()?;
    let said = copy.token(verb)?.range.cover(outlet.range - copy.start());
    let name = context.analysis.text(outlet.range);
    Some(context.finding(copy.at(said), format!("Said to {name}, not to us.")))
}

/// A word that may belong to the name of an outlet: "the conservative news site".
fn is_lead(copy: &Copy<'_>, at: usize) -> bool {
    let class = copy.facts.words.get(at).map(|word| word.class);
    matches!(class, Some(Class::Determiner | Class::Other))
}

fn is_verb(word: &str) -> bool {
    matches!(word, "told" | "tells" | "telling")
}

/// The preposition of "in an interview with".
fn is_interview(copy: &Copy<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |at| copy.word(at));
    matches!(copy.word(at), "with" | "on" | "to" | "by") && matches!(before, "interview" | "interviewed")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::check_in;
    use crate::text::Language;

    fn check(draft: &str) {
        let settings = "house = \"ap\"\nown-outlets = [\"The Wexmouth Courier\", \"Reuters\"]";
        check_in(Language::Plain, settings, Some(&RULE), draft);
    }

    #[test]
    fn words_for_others() {
        check(
            "
            The pier will close in May, Ruth Okafor told CNN on Monday.
                                                    ^^^^^^^^ information[outlet-pickup]: Said to CNN, not to us.
            ",
        );
        check(
            "
            The mayor spoke of it in an interview with the BBC on Monday.
                                                  ^^^^^^^^^^^^ information[outlet-pickup]: Said to BBC, not to us.
            ",
        );
        check(
            "
            “It is old,” the mayor told state news agency IRNA. She told Sky News the same.
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information[outlet-pickup]: Said to IRNA, not to us.
                                                                    ^^^^^^^^^^^^^ information[outlet-pickup]: Said to Sky News, not to us.
            ",
        );
    }

    #[test]
    fn words_for_us_and_for_all_pass() {
        check("The pier will close in May, Ruth Okafor told Reuters on Monday.");
        check("The pier will close in May, Ruth Okafor told the Wexmouth Courier on Monday.");
        check("The pier will close in May, Ruth Okafor told reporters. CNN was there.");
        check("CNN reported that the pier will close in May.");
        check("“I told CNN,” Ruth Okafor said.");
        check("She told her brother that CNN had called.");
        check("");
    }

    #[test]
    fn without_outlets_of_ones_own_nothing_is_a_pickup() {
        let draft = "The pier will close in May, Ruth Okafor told CNN on Monday.";
        check_in(Language::Plain, "house = \"ap\"", Some(&RULE), draft);
    }
}
