//! state-media-unlabelled: a state's news outlet as a source, without a word on whose it is.

use text_size::TextRange;

use super::copy::Copy;
use super::{Context, Edit, Finding, Fix};
use crate::analysis::{EntityId, EntityMention, Hand, MentionForm, ParagraphKind};
use crate::extract::Label;
use crate::knowledge::{FactKind, NameKind, Record, RecordKind};

declare_rule! {
    /// State news outlet as a source without saying so
    ///
    /// ## Why
    ///
    /// What a state’s own news agency reports is what that state wants known. A word beside its name tells the
    /// reader.
    ///
    /// Only the first place counts, and only outlets that the newsroom’s knowledge has as an organ of a state or under
    /// its control. Public broadcasters with a law of their own are none.
    ///
    /// ## Flags
    ///
    /// ```text
    /// The pier will close, IRNA reported. The mayor gave no date.
    /// ```
    ///
    /// ## Passes
    ///
    /// ```text
    /// The pier will close, Iranian state news agency IRNA reported. It will take a year, IRNA said.
    /// ```
    ///
    /// ```text
    /// The pier will close, the BBC reported.
    /// ```
    ///
    /// ## Fix
    ///
    /// Sets before the name what it is.
    ///
    /// ## Settings
    ///
    /// None but `level`.
    name: "state-media-unlabelled",
    group: Sources,
    levels: [Information, Information, Information, Information, Information],
    settle: true,
    since: "0.1.0",
    options: [],
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let entities = context.analysis.entities.iter().zip(0..);
    let outlets = entities.filter(|(entity, _)| entity.label == Label::Organisation && entity.outlet);
    outlets.filter_map(|(_, id)| finding(context, EntityId(id))).collect()
}

fn finding(context: &Context<'_>, id: EntityId) -> Option<Finding> {
    let analysis = context.analysis;
    let mut names = analysis.mentions_of(id).filter(|mention| {
        !mention.quoted
            && !matches!(mention.form, MentionForm::Pronoun | MentionForm::Role)
            && analysis.paragraphs[mention.paragraph].kind == ParagraphKind::Body
    });
    let first = names.next()?;
    let source = std::iter::once(first).chain(names).find(|mention| is_source(context, mention))?;
    let name = analysis.text(first.range);
    let mut found = analysis.knowledge.find(name);
    found.retain(|known| known.record.kind == RecordKind::Outlet);
    let [known] = found.as_slice() else {
        return None;
    };
    let record = &known.record;
    let ownership = fact(record, FactKind::Ownership)?;
    if !matches!(ownership, "state" | "state-controlled") {
        return None;
    }
    if is_labelled(context, first) || is_labelled(context, source) {
        return None;
    }
    let kind = fact(record, FactKind::Type).unwrap_or("news outlet");
    let country = fact(record, FactKind::Country)?;
    let what = format!("{ownership} {kind}");
    let message = format!("{name} is {country}’s {what}; not said here.");
    let mut finding = context.finding(first.range, message);
    finding.fixes.extend(demonym(context, country).map(|demonym| Fix {
        title: format!("Write “{demonym} {what}” before the name"),
        edits: vec![Edit {
            range: TextRange::empty(first.range.start()),
            text: format!("{demonym} {what} "),
        }],
        preferred: true,
    }));
    Some(finding)
}

/// The outlet reports something here.
fn is_source(context: &Context<'_>, mention: &EntityMention) -> bool {
    context.attributions(mention.paragraph).iter().any(|known| {
        let speaks = known.speaker.is_some_and(|speaker| speaker.range.contains_range(mention.range));
        let relays = match known.evidence.hand {
            Hand::Relayed(range) => range.contains_range(mention.range),
            _ => false,
        };
        speaks || relays
    })
}

/// Whose it is stands within a few words.
fn is_labelled(context: &Context<'_>, mention: &EntityMention) -> bool {
    const REACH: usize = 5;
    const LABELS: [&str; 15] = [
        "state", "state-run", "state-owned", "state-controlled", "state-backed", "state-funded", "state-linked", "official",
        "government", "government-run", "government-owned", "government-controlled", "semi-official", "kremlin", "party",
    ];
    let paragraph = &context.analysis.paragraphs[mention.paragraph];
    let copy = Copy::new(context, paragraph);
    let range = mention.range - paragraph.range.start();
    let first = copy.token_from(range.start());
    let behind = copy.token_from(range.end());
    (first.saturating_sub(REACH)..behind + REACH).any(|at| LABELS.contains(&copy.word(at).to_lowercase().as_str()))
}

fn fact(record: &Record, kind: FactKind) -> Option<&str> {
    let mut facts = record.facts.iter();
    facts.find(|fact| fact.kind == kind).map(|fact| fact.value.as_str())
}

/// "Iranian" for "Iran".
fn demonym(context: &Context<'_>, country: &str) -> Option<String> {
    let found = context.analysis.knowledge.find(country);
    let country = found.into_iter().find(|known| known.record.kind == RecordKind::Country)?;
    let mut names = country.record.names.into_iter();
    names.find(|name| name.kind == NameKind::Demonym).map(|name| name.text)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::fixture::{check_fix, check_rule};

    fn check(draft: &str) {
        check_rule(&RULE, draft);
    }

    #[test]
    fn outlets_of_a_state() {
        check(
            "
            The pier will close, IRNA reported.
                                 ^^^^ information[state-media-unlabelled]: IRNA is Iran’s state news agency; not said here.
            ",
        );
        check(
            "
            According to TASS, the pier will close. TASS gave no date.
                         ^^^^ information[state-media-unlabelled]: TASS is Russia’s state news agency; not said here.
            ",
        );
    }

    #[test]
    fn labelled_and_other_outlets_pass() {
        check("The pier will close, state news agency IRNA reported. It is old, IRNA said.");
        check("The pier will close, IRNA, the official news agency, reported.");
        check("The pier will close, the BBC reported. CNN reported the same.");
        check("He works for IRNA in Tehran.");
        check("“IRNA reported it,” Ann Meyer said.");
        check("");
    }

    #[test]
    fn the_fix_says_whose_it_is() {
        check_fix(
            &RULE,
            "The pier will close, I<CURSOR>RNA reported.",
            "The pier will close, Iranian state news agency IRNA reported.",
        );
    }
}
