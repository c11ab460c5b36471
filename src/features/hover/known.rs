//! What the newsroom knows of a name, as lines of its card.

use super::super::markdown::escape;
use super::super::reason::excerpt_to;
use super::Beside;
use super::card::{Card, Rank};
use super::name::Form;
use super::spelling::spellings;
use crate::analysis::{Analysis, Entity, EntityId, MentionForm};
use crate::extract::Label;
use crate::knowledge::{
    Fact, FactKind, Knowledge, Known, NameKind, Record, RecordKind, Tenure, fold,
};
use crate::settings::House;

/// Forms of a name that are looked up.
const FORMS: usize = 6;

/// Records of one name that are compared and told.
const MANY: usize = 8;

/// Records of one name, and offices of one record, on a card.
const SEVERAL: usize = 3;

/// Characters of a description or a note.
pub(super) const LONG: usize = 200;

/// The records of a name.
#[derive(Debug, Default)]
pub(in crate::features) struct Records<'k> {
    /// Those of what the draft takes it for, the most believed first.
    pub fitting: Vec<Known<'k>>,
    /// How many more there are of those.
    pub more: usize,
    /// Others of the name: of a place, where the draft speaks of a person.
    pub others: Vec<Known<'k>>,
}

/// The records of an entity: of its fullest name, or else of another of its names. Family and given names alone find
/// nobody, since they may be anybody's.
pub(in crate::features) fn records<'k>(
    analysis: &Analysis,
    knowledge: &'k Knowledge,
    entity: &Entity,
    forms: &[Form],
) -> Records<'k> {
    let mut found = Records::default();
    if !entity.named {
        return found;
    }
    let mut asked: Vec<String> = Vec::new();
    for name in names(analysis, entity, forms) {
        let key = fold(&name);
        if key.is_empty() || asked.contains(&key) {
            continue;
        }
        asked.push(key);
        for known in knowledge.find(&name) {
            if !fits(entity.label, known.record.kind) {
                found.others.push(known);
            } else if found.fitting.len() == MANY {
                found.more += 1;
            } else if !(found.fitting.iter()).any(|other| other.record == known.record) {
                found.fitting.push(known);
            }
        }
        if !found.fitting.is_empty() {
            break;
        }
    }
    found
}

/// The names under which an entity is looked for, the surest first.
fn names(analysis: &Analysis, entity: &Entity, forms: &[Form]) -> Vec<String> {
    let mut names = vec![entity.name.clone()];
    let titled = entity.mentions.first().and_then(|&at| {
        let mention = analysis.mentions.get(at)?;
        (mention.title.is_some() && mention.form == MentionForm::Full)
            .then(|| analysis.text(mention.full_range()).to_owned())
    });
    // "Pope Francis" is no Francis.
    names.extend(titled);
    if entity.label != Label::Person {
        names.push(format!("The {}", entity.name));
    }
    let others = forms
        .iter()
        .filter(|form| matches!(form.kind, MentionForm::Full | MentionForm::Short));
    names.extend(others.take(FORMS).map(|form| form.text.clone()));
    names
}

/// Whether a record is of the kind that the draft takes a name for.
fn fits(label: Label, kind: RecordKind) -> bool {
    use RecordKind::{ArmedGroup, Country, Organisation, Outlet, Party, Person, Place};
    match label {
        Label::Person => kind == Person,
        Label::Organisation => matches!(kind, Organisation | Outlet | Party | ArmedGroup),
        Label::Place => matches!(kind, Country | Place),
        // A nationality, most of all.
        Label::Misc => matches!(
            kind,
            Organisation | Outlet | Party | ArmedGroup | Country | Place
        ),
    }
}

/// Adds what is known of an entity. Several records of a name are told one by one: they may be different people.
pub(super) fn known(
    card: &mut Card,
    analysis: &Analysis,
    beside: Beside<'_>,
    id: EntityId,
    forms: &[Form],
    credit: bool,
) {
    let entity = analysis.entity(id);
    let found = records(analysis, beside.knowledge, entity, forms);
    let many = found.fitting.len() + found.more;
    let indent = match many {
        // Whoever wrote the story need not be known, nor a nationality.
        0 if credit || entity.label == Label::Misc => return,
        0 => {
            let what = match entity.label {
                Label::Person => "a person",
                Label::Organisation => "an organisation",
                Label::Place | Label::Misc => "a place",
            };
            return match listed(&found.others) {
                Some(listed) => card.line(
                    Rank::Detail,
                    format!("- Not in the knowledge base as {what}; {listed}"),
                ),
                None => card.line(Rank::Rest, "- Not in the knowledge base".to_owned()),
            };
        }
        1 => "",
        _ => {
            card.line(Rank::Known, format!("- {many} records of this name:"));
            "  "
        }
    };
    let shown = match many {
        _ if many <= SEVERAL + 1 => many,
        _ => SEVERAL,
    };
    for known in found.fitting.iter().take(shown) {
        let record = &known.record;
        let source = source(known);
        let line = match many {
            1 => format!("- Known: {} ({source})", summary(record, entity, beside)),
            _ => {
                let more = gist(record).map_or(String::new(), |gist| format!("; {gist}"));
                format!("  - {}{more} ({source})", summary(record, entity, beside))
            }
        };
        card.line(Rank::Known, line);
        for line in spellings(analysis, record, beside.house, entity, forms) {
            card.line(Rank::Spelling, format!("{indent}  - {line}"));
        }
        for line in details(record, entity, beside.house, many == 1) {
            card.line(Rank::Detail, format!("{indent}  - {line}"));
        }
        let note = match known.base {
            Knowledge::SHIPPED => Rank::Detail,
            _ => Rank::Note,
        };
        if !record.note.is_empty() {
            let text = escape(&excerpt_to(&record.note, LONG));
            card.line(note, format!("{indent}  - Note: {text}"));
        }
        if !record.pronunciation.is_empty() {
            let text = escape(&record.pronunciation);
            card.line(Rank::Note, format!("{indent}  - Say: {text}"));
        }
        for link in record
            .facts
            .iter()
            .filter(|fact| fact.kind == FactKind::Link)
        {
            let text = escape(&link.value);
            card.line(Rank::Detail, format!("{indent}  - More: {text}"));
        }
    }
    if many > shown {
        card.line(Rank::Known, format!("  - and {} more", many - shown));
    }
    if let Some(listed) = listed(&found.others) {
        card.line(Rank::Rest, format!("- Also {listed}"));
    }
}

/// "listed as a place (copydesk)": what else bears the name, each kind once.
fn listed(others: &[Known<'_>]) -> Option<String> {
    let mut kinds: Vec<RecordKind> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for known in others {
        let kind = known.record.kind;
        if told.len() < SEVERAL && !kinds.contains(&kind) {
            let article = match kind.label().starts_with(['a', 'e', 'h', 'i', 'o', 'u']) {
                true => "an",
                false => "a",
            };
            told.push(format!("{article} {} ({})", kind.label(), source(known)));
            kinds.push(kind);
        }
    }
    (!told.is_empty()).then(|| format!("listed as {}", told.join(", ")))
}

/// Where a record comes from, and of what day: "copydesk-desk.toml, as of 2026-05-03".
pub(super) fn source(known: &Known<'_>) -> String {
    let source = match known.record.source.as_str() {
        "" => known.base,
        source => source,
    };
    match known.record.as_of {
        Some(date) => format!("{}, as of {date}", escape(source)),
        None => escape(source),
    }
}

/// Who or what it is in a few words, behind its name where the draft has another.
fn summary(record: &Record, entity: &Entity, beside: Beside<'_>) -> String {
    let what = match record.description.as_str() {
        "" => nature(record).unwrap_or(record.kind.label()),
        description => description,
    };
    let what = escape(excerpt_to(what, LONG).trim_end_matches('.'));
    let name = record.preferred(beside.house.name());
    match name.filter(|name| fold(&name.text) != fold(&entity.name)) {
        Some(name) => format!("{}: {what}", escape(&name.text)),
        None => what,
    }
}

/// What sort of thing it is, where no description says so.
fn nature(record: &Record) -> Option<&str> {
    let mut facts = record.facts.iter();
    let sort = facts.find(|fact| fact.kind == FactKind::Type)?;
    record.description.is_empty().then_some(sort.value.as_str())
}

/// What tells one of several records from the others, where it has to be short.
fn gist(record: &Record) -> Option<String> {
    roles(record).or_else(|| facts(record.facts.iter().take(SEVERAL)))
}

/// What else is known, one thing a line. `with_gist`: also what the first line does not yet say.
fn details(record: &Record, entity: &Entity, house: House, with_gist: bool) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(long_form(record, entity, house));
    let of = |kind| record.facts.iter().filter(move |fact| fact.kind == kind);
    for dispute in of(FactKind::Dispute) {
        let text = escape(&excerpt_to(&dispute.value, LONG));
        lines.push(format!("Dispute: {text}"));
    }
    if with_gist {
        lines.extend(roles(record).map(|roles| format!("Office: {roles}")));
    }
    let is_told = |kind| match kind {
        FactKind::Dispute | FactKind::Link => true,
        FactKind::Type => nature(record).is_some(),
        _ => false,
    };
    let plain = |fact: &&Fact| !is_told(fact.kind);
    if with_gist || !record.roles.is_empty() {
        lines.extend(facts(record.facts.iter().filter(plain)).map(|facts| capital(&facts)));
    }
    lines
}

/// The name in full where the draft has initials alone, and so has the desk.
fn long_form(record: &Record, entity: &Entity, house: House) -> Option<String> {
    let key = fold(&entity.name);
    let is_short = |kind| {
        let mut names = record.names.iter().filter(|name| name.kind == kind);
        names.any(|name| fold(&name.text) == key)
    };
    let long = || {
        let full = |kind: NameKind| {
            let mut names = record.names.iter().filter(move |name| name.kind == kind);
            names.find(|name| name.text.contains(' '))
        };
        full(NameKind::Preferred).or_else(|| full(NameKind::Alias))
    };
    let is_initials =
        !entity.name.contains(' ') && entity.name.chars().filter(|c| c.is_uppercase()).count() > 1;
    (is_short(NameKind::Acronym) || is_initials)
        .then(long)
        .flatten()
        .filter(|name| record.preferred(house.name()) != Some(name))
        .map(|name| format!("Long form: {}, not in this draft", escape(&name.text)))
}

/// "mayor of Wexmouth, 2019 to 2023; councillor, since 2023"
fn roles(record: &Record) -> Option<String> {
    let roles: Vec<String> = record.roles.iter().take(SEVERAL).map(role).collect();
    (!roles.is_empty()).then(|| roles.join("; "))
}

fn role(role: &Tenure) -> String {
    let mut text = escape(&role.title);
    if !role.of.is_empty() {
        text = format!("{text} of {}", escape(&role.of));
    }
    match (role.from, role.until) {
        (None, None) => text,
        (Some(from), None) => format!("{text}, since {from}"),
        (None, Some(until)) => format!("{text}, until {until}"),
        (Some(from), Some(until)) => format!("{text}, {from} to {until}"),
    }
}

/// "type: news agency; country: Iran; ownership: state"; several of a kind in one: "country: Iran, Iraq"
fn facts<'r>(facts: impl Iterator<Item = &'r Fact>) -> Option<String> {
    let mut last = None;
    let mut text = String::new();
    for fact in facts {
        if last == Some(fact.kind) {
            text.push_str(", ");
        } else {
            if last.is_some() {
                text.push_str("; ");
            }
            text.push_str(fact.kind.label());
            text.push_str(": ");
        }
        text.push_str(&escape(&excerpt_to(&fact.value, LONG)));
        last = Some(fact.kind);
    }
    last.map(|_| text)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests;
