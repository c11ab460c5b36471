//! preferred-spelling: a name that the desk writes in another way.

use text_size::TextRange;

use super::{Context, Edit, Finding, Fix};
use crate::analysis::{EntityMention, MentionForm, ParagraphKind};
use crate::knowledge::{Known, Name, NameKind};
use crate::text::FastMap;

declare_rule! {
    /// Name in a spelling that the desk does not use
    ///
    /// ## Why
    ///
    /// Many names have more than one spelling in English, and a desk takes one of each. Two in one paper look like a
    /// mistake even where both are right.
    ///
    /// The spellings are those of the desk list and of what ships: a variant that copy is full of (“Kiev”), a name
    /// never to be used, or one that the house of the settings writes in its own way. A name that somebody else bears
    /// as well is left alone. One finding for each name of a draft, at its first place.
    ///
    /// ## Flags
    ///
    /// ```text
    /// He flew to Kiev on Monday. The mayor of Kiev met him.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// He flew to Kyiv on Monday.
    /// ```
    ///
    /// The words of others are theirs:
    ///
    /// ```text
    /// “I was born in Kiev,” he said.
    /// ```
    ///
    /// ## Fix
    ///
    /// Writes the desk’s spelling at all places outside quotes.
    ///
    /// ## Settings
    ///
    /// - `diacritics` (`either`, Guardian `keep`): whether a name that the desk writes with accents needs them.
    name: "preferred-spelling",
    group: Names,
    levels: [Information, Warning, Warning, Warning, Warning],
    settle: true,
    since: "0.1.0",
    options: [("diacritics", Choice("keep", "either"))],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let analysis = context.analysis;
    let keep = match context.choice("diacritics") {
        Some(choice) => choice == "keep",
        None => context.settings.house == crate::settings::House::Guardian,
    };
    let mut order: Vec<&str> = Vec::new();
    let mut places: FastMap<&str, Vec<TextRange>> = FastMap::default();
    for mention in analysis.mentions.iter().filter(|mention| is_own_copy(context, mention)) {
        let text = analysis.text(mention.range);
        let found = places.entry(text).or_insert_with(|| {
            order.push(text);
            Vec::new()
        });
        found.push(mention.range);
    }
    let findings = order.into_iter().filter_map(|text| {
        let instead = instead(context, text, keep)?;
        Some(finding(context, &instead, places.get(text)?))
    });
    findings.collect()
}

fn is_own_copy(context: &Context<'_>, mention: &EntityMention) -> bool {
    !mention.quoted
        && !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun)
        && context.analysis.paragraphs[mention.paragraph].kind == ParagraphKind::Body
}

/// What the desk writes for a name; none where it writes it so, or does not know it.
fn instead(context: &Context<'_>, text: &str, keep: bool) -> Option<String> {
    let house = context.settings.house.name();
    let mut found = context.analysis.knowledge.find(text);
    // The most believed base that knows the name decides.
    let base = found.first()?.base;
    found.retain(|known| known.base == base);
    let [known] = found.as_slice() else {
        return None;
    };
    let preferred = known.record.preferred(house)?;
    let own = !preferred.house.is_empty();
    let written = known.name()?;
    let is_used = |name: &Name| name.house.is_empty() || name.house == house;
    let same = known.record.names.iter().filter(|name| spelt(name, text) && is_used(name));
    let wrong = |name: &&Name| matches!(name.kind, NameKind::Variant | NameKind::Never);
    let replaced = |name: &&Name| own && name.kind == NameKind::Preferred && name.house.is_empty();
    let (mut any, mut all) = (false, true);
    for name in same {
        any = true;
        all &= wrong(&name) || replaced(&name);
    }
    let accents = keep && !any && is_without_accents(known, text, written);
    let differs = preferred.text != text;
    let instead = if accents { &written.text } else { &preferred.text };
    (differs && (any && all || accents)).then(|| instead.clone())
}

/// The desk writes the name that was found with accents, and the draft without.
fn is_without_accents(known: &Known<'_>, text: &str, written: &Name) -> bool {
    let kind = matches!(written.kind, NameKind::Preferred | NameKind::Alias);
    kind && !written.text.is_ascii()
        && text.is_ascii()
        && written.text.chars().count() == text.chars().count()
        && !known.record.names.iter().any(|name| spelt(name, text))
}

/// Written so, but for the form of apostrophes.
fn spelt(name: &Name, text: &str) -> bool {
    name.text == text || name.text.replace('’', "'") == text.replace('’', "'")
}

fn finding(context: &Context<'_>, instead: &str, places: &[TextRange]) -> Finding {
    let message = match places.len() {
        1 => format!("Desk spelling: {instead}."),
        many => format!("Desk spelling: {instead} ({many} places)."),
    };
    let first = places.first().copied().unwrap_or_default();
    let mut finding = context.finding(first, message);
    finding.fixes.push(Fix {
        title: format!("Write “{instead}”"),
        edits: places
            .iter()
            .map(|range| Edit {
                range: *range,
                text: instead.to_owned(),
            })
            .collect(),
        preferred: true,
    });
    finding
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_known, check_rule};

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    const LIST: &str = "
        [[person]]
        name = \"Zoë Meyer\"
        variants = [\"Zoey Meyer\"]

        [[organisation]]
        name = \"Wexmouth Harbour Trust\"
        never = [\"Wexmouth Port Trust\"]
        ";

    #[test]
    fn variants() {
        check(
            "
            He flew to Kiev on Monday. The mayor of Kiev met him.
                       ^^^^ information[preferred-spelling]: Desk spelling: Kyiv (2 places).
            ",
        );
    }

    #[test]
    fn spellings_of_the_desk_list() {
        check_known(
            &RULE,
            LIST,
            "",
            "
            Mayor Zoey Meyer met the Wexmouth Port Trust on Monday.
                  ^^^^^^^^^^ information[preferred-spelling]: Desk spelling: Zoë Meyer.
                                     ^^^^^^^^^^^^^^^^^^^ information[preferred-spelling]: Desk spelling: Wexmouth Harbour Trust.
            ",
        );
    }

    #[test]
    fn spellings_of_the_desk_pass() {
        check("He flew to Kyiv on Monday.");
        check("“I was born in Kiev,” he said.");
        check("He flew to London with Ann Meyer of the United Nations.");
        check("The UN met in the United States. The US was late.");
        check_known(&RULE, LIST, "", "Mayor Zoë Meyer met the Wexmouth Harbour Trust on Monday.");
        check_known(&RULE, LIST, "", "Mayor Zoe Meyer left on Monday.");
        check("");
    }

    #[test]
    fn accents_are_an_option() {
        check_known(
            &RULE,
            LIST,
            "rules.preferred-spelling.diacritics = \"keep\"",
            "
            Mayor Zoe Meyer left on Monday.
                  ^^^^^^^^^ information[preferred-spelling]: Desk spelling: Zoë Meyer.
            ",
        );
        check_known(
            &RULE,
            LIST,
            "house = \"guardian\"\nrules.preferred-spelling.diacritics = \"either\"",
            "Mayor Zoe Meyer left on Monday.",
        );
    }

    #[test]
    fn the_fix_writes_it_everywhere() {
        check_fix(
            &RULE,
            "He flew to Ki<CURSOR>ev on Monday. The mayor of Kiev met him.",
            "He flew to Kyiv on Monday. The mayor of Kyiv met him.",
        );
    }
}
