//! A record of the knowledge base: who or what it is, its names, and where that is known from.

use serde::{Deserialize, Serialize};

/// A person, a body, a place or an office.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    /// Stable within its source: "country:IR", "Q42", "desk:ruth-okafor".
    pub id: String,
    /// What it is.
    pub kind: RecordKind,
    /// Its names; the first preferred one is what to call it.
    pub names: Vec<Name>,
    /// Who or what it is, in a few words.
    pub description: String,
    /// What else is known, in the order to show it.
    pub facts: Vec<Fact>,
    /// Offices and posts.
    pub roles: Vec<Tenure>,
    /// How to say the name.
    pub pronunciation: String,
    /// What the desk wants a writer to know: spelling, dispute, style.
    pub note: String,
    /// Where this is known from: a desk list, a data set, an address.
    pub source: String,
    /// The day up to which the source speaks.
    pub as_of: Option<Date>,
}

impl Record {
    /// What to call it: the preferred name of a house, else the preferred name of all, else the first name.
    pub fn preferred(&self, house: &str) -> Option<&Name> {
        let preferred = |house: &str| {
            self.names
                .iter()
                .find(|name| name.kind == NameKind::Preferred && name.house == house)
        };
        preferred(house)
            .or_else(|| preferred(""))
            .or(self.names.first())
    }
}

/// What a record is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// A person.
    Person,
    /// A company, ministry, club, international body …
    #[default]
    Organisation,
    /// A news agency, newspaper, broadcaster …
    Outlet,
    /// A political party.
    Party,
    /// An armed group.
    ArmedGroup,
    /// A state or a territory.
    Country,
    /// A city, region, river, building …
    Place,
    /// An office that people hold: "president".
    Office,
    /// A rank of soldiers or police.
    Rank,
    /// "Sir", "Ayatollah"
    Honorific,
}

impl RecordKind {
    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            RecordKind::Person => "person",
            RecordKind::Organisation => "organisation",
            RecordKind::Outlet => "news outlet",
            RecordKind::Party => "political party",
            RecordKind::ArmedGroup => "armed group",
            RecordKind::Country => "country",
            RecordKind::Place => "place",
            RecordKind::Office => "office",
            RecordKind::Rank => "rank",
            RecordKind::Honorific => "honorific",
        }
    }
}

/// A name of a record.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Name {
    /// As it is written.
    pub text: String,
    /// How it is used.
    pub kind: NameKind,
    /// The house that uses it so ("ap", "guardian"); empty for all.
    pub house: String,
}

/// How a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// What to call it.
    #[default]
    Preferred,
    /// Another name, as good at a later mention: "Bush" for George W. Bush.
    Alias,
    /// Its initials: "IRNA".
    Acronym,
    /// Its people, and whatever is of it: "Iranian".
    Demonym,
    /// Another spelling, seen in copy: "Kiev".
    Variant,
    /// Never to be used.
    Never,
}

impl NameKind {
    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            NameKind::Preferred => "preferred",
            NameKind::Alias => "alias",
            NameKind::Acronym => "acronym",
            NameKind::Demonym => "demonym",
            NameKind::Variant => "variant",
            NameKind::Never => "never",
        }
    }
}

/// One more thing that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it tells.
    pub kind: FactKind,
    /// In words.
    pub value: String,
}

/// What a fact tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// What sort of body or place it is: "news agency", "river".
    Type,
    /// The country it is in or of.
    Country,
    /// The capital of a country.
    Capital,
    /// Who controls an outlet: "state", "public", "independent".
    Ownership,
    /// Who owns it.
    Owner,
    /// Where it has its seat.
    Seat,
    /// The name in full: "Islamic Republic of Iran".
    FormalName,
    /// A dispute about what it is or whose it is.
    Dispute,
    /// How many people live there.
    Population,
    /// Where more stands.
    Link,
    /// Who lists a group as terrorist.
    Designation,
    /// Where an office or a rank stands among its kind: "1" is the highest.
    Order,
    /// The NATO code of a rank: "OF-5".
    Grade,
    /// How an honorific stands with a name: "Sir John Poe; Sir John".
    Usage,
}

impl FactKind {
    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            FactKind::Type => "type",
            FactKind::Country => "country",
            FactKind::Capital => "capital",
            FactKind::Ownership => "ownership",
            FactKind::Owner => "owner",
            FactKind::Seat => "seat",
            FactKind::FormalName => "formal name",
            FactKind::Dispute => "dispute",
            FactKind::Population => "population",
            FactKind::Link => "more",
            FactKind::Designation => "listed as terrorist by",
            FactKind::Order => "order",
            FactKind::Grade => "grade",
            FactKind::Usage => "form",
        }
    }
}

/// An office and when it was held.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tenure {
    /// The office: "president".
    pub title: String,
    /// Of what: "Turkey"; empty if the title says it.
    pub of: String,
    /// The first day.
    pub from: Option<Date>,
    /// The last day; none while it is held.
    pub until: Option<Date>,
}

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    /// Of the common era.
    pub year: i16,
    /// 1 to 12; 0 for a whole year.
    pub month: u8,
    /// 1 to 31; 0 for a whole month.
    pub day: u8,
}

impl Date {
    /// Reads "2024", "2024-05" or "2024-05-03", and whatever follows a "T".
    pub fn parse(text: &str) -> Option<Date> {
        let day = text.split('T').next().unwrap_or_default();
        let day = day.strip_prefix('+').unwrap_or(day);
        let mut parts = day.splitn(3, '-');
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let mut part = |most: u8| match parts.next() {
            None => Some(0),
            Some(part) => part.parse().ok().filter(|part| *part <= most),
        };
        Some(Date {
            year,
            month: part(12)?,
            day: part(31)?,
        })
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_months_or_years() {
        for (text, expected) in [
            ("2024", "2024"),
            ("2024-05", "2024-05"),
            ("2024-05-03", "2024-05-03"),
            ("+2024-05-03T00:00:00Z", "2024-05-03"),
            ("2024-00-00T00:00:00Z", "2024"),
        ] {
            assert_eq!(
                Date::parse(text).map(|date| date.to_string()).as_deref(),
                Some(expected)
            );
        }
        for text in [
            "",
            "24",
            "2024-13",
            "2024-01-32",
            "May 2024",
            "2024-05-03-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_house_may_prefer_another_name() {
        let name = |text: &str, kind, house: &str| Name {
            text: text.to_owned(),
            kind,
            house: house.to_owned(),
        };
        let record = Record {
            names: vec![
                name("Kiev", NameKind::Variant, ""),
                name("Kyiv", NameKind::Preferred, ""),
                name("KYIV", NameKind::Preferred, "ap"),
            ],
            ..Record::default()
        };
        let preferred = |house| record.preferred(house).map(|name| name.text.as_str());
        assert_eq!(preferred("ap"), Some("KYIV"));
        assert_eq!(preferred("bbc"), Some("Kyiv"));
        assert_eq!(preferred(""), Some("Kyiv"));
    }
}
