//! What may be said of someone in a file, and the names under which files say it.

use crate::knowledge::{FactKind, RecordKind};

/// One thing that an entry, a column or a key of a file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Kind,
    Name,
    Aliases,
    Acronym,
    Demonyms,
    Variants,
    Never,
    Preferred,
    Description,
    Role,
    From,
    Until,
    Pronunciation,
    Note,
    Source,
    AsOf,
    Fact(FactKind),
}

/// Each field with its own name first, then other names that are understood.
const FIELDS: [(Field, &[&str]); 27] = [
    (Field::Id, &["id", "identifier"]),
    (Field::Kind, &["kind"]),
    (Field::Name, &["name", "full-name", "fullname"]),
    (
        Field::Aliases,
        &["aliases", "alias", "also-known-as", "aka"],
    ),
    (Field::Acronym, &["acronym", "acronyms", "abbreviation"]),
    (Field::Demonyms, &["demonyms", "demonym"]),
    (Field::Variants, &["variants", "variant"]),
    (Field::Never, &["never"]),
    (Field::Preferred, &["preferred"]),
    (Field::Description, &["description", "summary"]),
    (Field::Role, &["role", "roles", "position", "positions"]),
    (Field::From, &["from", "since"]),
    (Field::Until, &["until"]),
    (Field::Pronunciation, &["pronunciation"]),
    (Field::Note, &["note", "notes"]),
    (Field::Source, &["source"]),
    (Field::AsOf, &["as-of", "updated"]),
    (Field::Fact(FactKind::Type), &["type"]),
    (Field::Fact(FactKind::Country), &["country"]),
    (Field::Fact(FactKind::Capital), &["capital"]),
    (Field::Fact(FactKind::Ownership), &["ownership"]),
    (Field::Fact(FactKind::Owner), &["owner"]),
    (Field::Fact(FactKind::Seat), &["seat"]),
    (Field::Fact(FactKind::FormalName), &["formal-name"]),
    (Field::Fact(FactKind::Dispute), &["dispute"]),
    (Field::Fact(FactKind::Population), &["population"]),
    (Field::Fact(FactKind::Link), &["link", "links", "website"]),
];

/// Each kind with its own name first, then other names that are understood.
const KINDS: [(RecordKind, &[&str]); 10] = [
    (RecordKind::Person, &["person", "people", "human"]),
    (
        RecordKind::Organisation,
        &["organisation", "organization", "org", "company", "body"],
    ),
    (RecordKind::Outlet, &["outlet", "media-outlet"]),
    (RecordKind::Party, &["party", "political-party"]),
    (RecordKind::ArmedGroup, &["armed-group"]),
    (RecordKind::Country, &["country", "state", "territory"]),
    (RecordKind::Place, &["place", "city", "town", "location"]),
    (RecordKind::Office, &["office", "post"]),
    (RecordKind::Rank, &["rank"]),
    (RecordKind::Honorific, &["honorific"]),
];

impl Field {
    /// The field of a key or a header, in any case, with spaces, `_` or `-`.
    pub(super) fn find(name: &str) -> Option<Field> {
        let name = plain(name);
        let known = FIELDS.iter().find(|(_, names)| names.contains(&&*name));
        known.map(|(field, _)| *field)
    }

    /// The own names of all fields.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(_, names)| names[0])
    }
}

/// The kind of a name such as "person" or "Armed group".
pub fn kind(name: &str) -> Option<RecordKind> {
    let name = plain(name);
    let known = KINDS.iter().find(|(_, names)| names.contains(&&*name));
    known.map(|(kind, _)| *kind)
}

/// The own name of a kind.
pub(super) fn kind_name(kind: RecordKind) -> &'static str {
    let own = KINDS.iter().find(|(other, _)| *other == kind);
    own.map_or("", |(_, names)| names[0])
}

/// The own names of all kinds.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(_, names)| names[0])
}

/// A key or a header as it is compared: "as-of" for "As Of".
pub(super) fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_in_any_writing() {
        for name in ["as-of", "As Of", " AS_OF "] {
            assert_eq!(Field::find(name), Some(Field::AsOf));
        }
        assert_eq!(Field::find("Also known as"), Some(Field::Aliases));
        for name in ["", "nam", "asof", "name of the person"] {
            assert_eq!(Field::find(name), None);
        }
    }

    #[test]
    fn each_name_has_one_field_and_each_kind_its_own_name() {
        let mut names: Vec<_> = FIELDS.iter().flat_map(|(_, names)| *names).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        for (own, names) in KINDS {
            assert_eq!(serde_json::to_value(own).unwrap().as_str(), Some(names[0]));
            assert_eq!(kind(names[0]), Some(own));
        }
        assert_eq!(kind("Armed group"), Some(RecordKind::ArmedGroup));
        assert_eq!(kind("planet"), None);
    }
}
