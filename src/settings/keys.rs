//! The settings by name: the one list that the schema, the starter file and the messages about wrong names are made of.

use super::{House, Kind};

/// A setting outside the tables of rules.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name, with that of its table: "hints.mode".
    pub name: &'static str,
    /// What it takes. Of choices the first holds where nothing is set; flags are then false, lists empty.
    pub kind: Kind,
    /// What it is for, in one or two sentences.
    pub docs: &'static str,
    /// A value in TOML that shows its use.
    pub example: &'static str,
    /// An override may set it for some files.
    pub overridable: bool,
}

/// The names of the houses.
const HOUSES: &[&str] = &{
    let mut names = [""; House::ALL.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = House::ALL[index].name();
        index += 1;
    }
    names
};

/// All settings outside the tables of rules, in the order in which they are explained.
pub static KEYS: &[Key] = &[
    Key {
        name: "house",
        kind: Kind::Choice(HOUSES),
        docs: "The house style, which decides the levels of rules.",
        example: "\"ap\"",
        overridable: true,
    },
    Key {
        name: "strict",
        kind: Kind::Flag,
        docs: "Also find what is a fault only for the strictest desks.",
        example: "true",
        overridable: true,
    },
    Key {
        name: "known-people",
        kind: Kind::Texts,
        docs: "People whom every reader knows: they need no introduction, by full or family name.",
        example: "[\"Helen Marsh\"]",
        overridable: true,
    },
    Key {
        name: "known-acronyms",
        kind: Kind::Texts,
        docs: "Acronyms that every reader knows: they need not be spelled out.",
        example: "[\"NHS\"]",
        overridable: true,
    },
    Key {
        name: "own-outlets",
        kind: Kind::Texts,
        docs: "The names under which your own outlet appears in copy.",
        example: "[\"Harbour Post\"]",
        overridable: true,
    },
    Key {
        name: "hints.mode",
        kind: Kind::Choice(&["all", "pronouns", "uncertain", "off"]),
        docs: "Which hints to show in an editor: all, those at pronouns, those that are not sure, or none.",
        example: "\"pronouns\"",
        overridable: true,
    },
    Key {
        name: "hints.paraphrase",
        kind: Kind::Flag,
        docs: "Also name the pronoun speakers of reported speech without a quote.",
        example: "true",
        overridable: true,
    },
    Key {
        name: "drafts.include",
        kind: Kind::Texts,
        docs: "Files that are drafts; all where none is named. Patterns start at the folder of this file; one without \
               a slash fits in any folder.",
        example: "[\"stories/**\", \"*.txt\"]",
        overridable: false,
    },
    Key {
        name: "drafts.exclude",
        kind: Kind::Texts,
        docs: "Files that are no drafts, besides read-me files, change logs, licences, commit messages and the like.",
        example: "[\"archive/**\"]",
        overridable: false,
    },
    Key {
        name: "knowledge.desk-lists",
        kind: Kind::Texts,
        docs: "More desk lists besides copydesk-desk.toml, the most believed first. Paths start at the folder of this \
               file.",
        example: "[\"lists/sport.toml\"]",
        overridable: false,
    },
    Key {
        name: "knowledge.bases",
        kind: Kind::Texts,
        docs: "Knowledge bases that `copydesk kb build` has written, the most believed first.",
        example: "[\"people.kb\"]",
        overridable: false,
    },
];

impl Key {
    /// The setting of a name.
    pub fn find(name: &str) -> Option<&'static Key> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// The table it stands in, and its name there.
    pub fn split(&self) -> (Option<&'static str>, &'static str) {
        match self.name.split_once('.') {
            Some((table, name)) => (Some(table), name),
            None => (None, self.name),
        }
    }

    /// What holds where nothing is set.
    pub fn default(&self) -> toml::Value {
        match self.kind {
            Kind::Flag => toml::Value::Boolean(false),
            Kind::Text => toml::Value::String(String::new()),
            Kind::Texts => toml::Value::Array(Vec::new()),
            Kind::Number => toml::Value::Integer(0),
            Kind::Choice(choices) => {
                toml::Value::String(choices.first().copied().unwrap_or_default().to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    fn settings(value: impl Fn(&Key) -> String) -> Settings {
        let lines: String = KEYS
            .iter()
            .map(|key| format!("{} = {}\n", key.name, value(key)))
            .collect();
        toml::from_str(&lines).unwrap()
    }

    #[test]
    fn defaults_are_those_of_the_settings() {
        assert_eq!(
            settings(|key| key.default().to_string()),
            Settings::default()
        );
    }

    #[test]
    fn examples_fit() {
        settings(|key| key.example.to_owned());
        for key in KEYS {
            let table: toml::Table = format!("it = {}", key.example).parse().unwrap();
            assert!(key.kind.fits(&table["it"]), "{}", key.name);
        }
    }

    #[test]
    fn every_setting_is_listed() {
        let fields = |settings: &str| {
            let error = toml::from_str::<Settings>(settings).unwrap_err();
            let message = error.message().to_owned();
            let (_, expected) = message.split_once("expected ").unwrap();
            let names = expected.split('`').skip(1).step_by(2);
            names.map(str::to_owned).collect::<Vec<_>>()
        };
        for table in ["", "hints.", "drafts.", "knowledge."] {
            for field in fields(&format!("{table}nothing = 1")) {
                let name = format!("{table}{field}");
                let is_listed = KEYS.iter().any(|key| key.split().0 == Some(&name));
                assert!(
                    name == "rules" || is_listed || Key::find(&name).is_some(),
                    "{name}"
                );
            }
        }
    }
}
