//! What the desk would write instead of the names that the draft has.

use super::markdown::escape;
use super::name::Form;
use crate::analysis::{Analysis, Entity, MentionForm};
use crate::knowledge::{Name, NameKind, Record, fold};
use crate::settings::House;

/// "Desk: Kyiv, not Kiev (line 3)", once for each name of the draft that the house writes in another way, and whatever
/// is never to be used and stands in this draft.
pub(super) fn spellings(
    analysis: &Analysis,
    record: &Record,
    house: House,
    entity: &Entity,
    forms: &[Form],
) -> Vec<String> {
    let who = match record.id.starts_with("desk:") {
        true => "Desk",
        false => "Preferred",
    };
    let named = forms
        .iter()
        .filter(|form| !matches!(form.kind, MentionForm::Role | MentionForm::Pronoun));
    let own = named.filter_map(|form| {
        let instead = instead(record, house, &form.text)?;
        Some(format!(
            "{who}: {}, not {} (line {})",
            escape(instead),
            escape(&form.text),
            form.line
        ))
    });
    own.chain(never(analysis, record, house, entity, forms))
        .collect()
}

/// What to write instead of a form of the record's name; none where the form is right, or no form of it.
fn instead<'r>(record: &'r Record, house: House, form: &str) -> Option<&'r str> {
    let key = fold(form);
    let house = house.name();
    let preferred = record.preferred(house);
    let has_own = preferred.is_some_and(|name| !name.house.is_empty());
    let is_right = |name: &&Name| match name.kind {
        NameKind::Preferred if name.house.is_empty() => !has_own,
        NameKind::Preferred | NameKind::Alias | NameKind::Acronym | NameKind::Demonym => {
            name.house.is_empty() || name.house == house
        }
        NameKind::Variant | NameKind::Never => false,
    };
    let same: Vec<&Name> = (record.names.iter())
        .filter(|name| fold(&name.text) == key)
        .collect();
    let mut right = same.iter().copied().filter(is_right);
    let spelt = |name: &&Name| equal(&name.text, form);
    if same.is_empty() || right.clone().any(|name| spelt(&name)) {
        return None;
    }
    // Accents and points are the desk's; a name of another kind calls for the preferred one.
    let instead = right.next().or(preferred)?;
    (!spelt(&instead)).then_some(instead.text.as_str())
}

/// Whether two forms differ in nothing but capitals, apostrophes and white space: a headline may be in capitals.
fn equal(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let text = text.replace('’', "'").to_lowercase();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    plain(one) == plain(other)
}

/// Names never to be used that the draft takes for somebody else, as "Never: Kiev (line 7)".
fn never(
    analysis: &Analysis,
    record: &Record,
    house: House,
    entity: &Entity,
    forms: &[Form],
) -> Vec<String> {
    let never = record.names.iter().filter(|name| {
        let is_ours = name.house.is_empty() || name.house == house.name();
        let is_here = || forms.iter().any(|form| equal(&form.text, &name.text));
        name.kind == NameKind::Never && is_ours && !is_here()
    });
    let used = never.filter_map(|name| {
        let other = analysis.entities.iter().find(|other| {
            let is_near = other.name.len() == name.text.len();
            is_near && !std::ptr::eq(*other, entity) && equal(&other.name, &name.text)
        })?;
        let first = analysis.mentions.get(*other.mentions.first()?)?;
        Some(format!(
            "Never: {} (line {})",
            escape(&name.text),
            analysis.line(first.range)
        ))
    });
    used.collect()
}
