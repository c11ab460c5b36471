//! What the desk would write instead of the names that the draft has.

use super::super::markdown::escape;
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
        let not = match is_never(record, house, &form.text) {
            true => "never",
            false => "not",
        };
        Some(format!(
            "{who}: {}, {not} {} (line {})",
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
    let own = preferred.filter(|name| has_own && fold(&name.text) == key);
    if let Some(own) = own {
        return (!equal(&own.text, form)).then_some(own.text.as_str());
    }
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

fn is_never(record: &Record, house: House, form: &str) -> bool {
    let mut names = record.names.iter();
    names.any(|name| is_ours(name, house) && equal(&name.text, form))
}

/// A name that is never to be used in the house.
fn is_ours(name: &Name, house: House) -> bool {
    name.kind == NameKind::Never && (name.house.is_empty() || name.house == house.name())
}

/// Whether two forms differ in nothing but capitals, apostrophes and white space: a headline may be in capitals.
fn equal(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let text = text.replace('’', "'").to_lowercase();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    plain(one) == plain(other)
}

/// Names never to be used that the draft takes for somebody else, as "Never: Kiev (line 7); write Kyiv".
fn never(
    analysis: &Analysis,
    record: &Record,
    house: House,
    entity: &Entity,
    forms: &[Form],
) -> Vec<String> {
    let never = record.names.iter().filter(|name| {
        let is_here = || forms.iter().any(|form| equal(&form.text, &name.text));
        is_ours(name, house) && !is_here()
    });
    let used = never.filter_map(|name| {
        let other = analysis.entities.iter().find(|other| {
            let is_near = other.name.len() == name.text.len();
            is_near && !std::ptr::eq(*other, entity) && equal(&other.name, &name.text)
        })?;
        let first = analysis.mentions.get(*other.mentions.first()?)?;
        let instead = record.preferred(house.name())?;
        Some(format!(
            "Never: {} (line {}); write {}",
            escape(&name.text),
            analysis.line(first.range),
            escape(&instead.text)
        ))
    });
    used.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::hover::forms;
    use crate::fixture::{analysis, desk};

    const LIST: &str = r#"
        [[place]]
        name = "Kyiv"
        variants = ["Kijev"]
        never = ["Kiev", "Lagos"]

        [[organisation]]
        name = "Wexmouth Harbour Trust"
        acronym = "WHT"
        preferred = { ap = "W.H.T." }

        [[person]]
        name = "Zoë Meyer"
        aliases = ["Meyer", "Ann Meyer"]
    "#;

    /// What the desk says of the spelling of a name in a draft that holds it.
    fn check(house: House, name: &str, draft: &str, expected: &[&str]) {
        let analysis = analysis(draft);
        let mut names = analysis.entities.iter().map(|entity| entity.name.as_str());
        let at = names.position(|found| found == name).expect("the name");
        let id = crate::analysis::EntityId(u32::try_from(at).unwrap());
        let known = desk(LIST);
        let found = known.find(name);
        let record = &found.first().expect("a record").record;
        let forms = forms(&analysis, id);
        let entity = analysis.entity(id);
        assert_eq!(
            spellings(&analysis, record, house, entity, &forms),
            expected
        );
    }

    #[test]
    fn what_the_desk_does_not_write_is_told_with_its_line() {
        let desk = ["Desk: Kyiv, never Kiev (line 1)"];
        check(House::Neutral, "Kiev", "He flew to Kiev.", &desk);
        let desk = ["Desk: Kyiv, not Kijev (line 1)"];
        check(House::Neutral, "Kijev", "He flew to Kijev.", &desk);
        check(
            House::Neutral,
            "Zoe Meyer",
            "“No,” Zoe Meyer said.",
            &["Desk: Zoë Meyer, not Zoe Meyer (line 1)"],
        );
    }

    #[test]
    fn a_house_may_write_it_in_another_way() {
        let draft = "The WHT said it is safe.";
        check(House::Neutral, "WHT", draft, &[]);
        check(House::Guardian, "WHT", draft, &[]);
        check(House::Ap, "WHT", draft, &["Desk: W.H.T., not WHT (line 1)"]);
    }

    #[test]
    fn what_the_desk_writes_is_right_also_in_capitals_and_as_an_alias() {
        check(House::Neutral, "Kyiv", "He flew to Kyiv.", &[]);
        check(
            House::Neutral,
            "Zoë Meyer",
            "“No,” Zoë Meyer said. Meyer left.",
            &[],
        );
        check(House::Neutral, "Ann Meyer", "“No,” Ann Meyer said.", &[]);
        check(
            House::Neutral,
            "Kyiv",
            "The mayor of Kyiv flew from KYIV.",
            &[],
        );
    }

    #[test]
    fn a_name_never_to_be_used_is_told_also_where_it_seems_another_place() {
        check(
            House::Neutral,
            "Kyiv",
            "He flew to Kyiv.\n\nHe came from Lagos.",
            &["Never: Lagos (line 3); write Kyiv"],
        );
    }
}
