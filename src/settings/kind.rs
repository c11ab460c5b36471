//! What a setting takes.

use serde_json::{Value as Json, json};

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// true or false
    Flag,
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// A whole number from 0.
    Number,
    /// One of these texts.
    Choice(&'static [&'static str]),
}

impl Kind {
    /// Whether it takes a value.
    pub fn fits(self, value: &toml::Value) -> bool {
        match self {
            Kind::Flag => value.is_bool(),
            Kind::Text => value.is_str(),
            Kind::Texts => value
                .as_array()
                .is_some_and(|list| list.iter().all(toml::Value::is_str)),
            Kind::Number => value.as_integer().is_some_and(|number| number >= 0),
            Kind::Choice(choices) => value.as_str().is_some_and(|text| choices.contains(&text)),
        }
    }

    /// What it takes, as the end of a sentence.
    pub fn wanted(self) -> String {
        match self {
            Kind::Flag => "true or false".to_owned(),
            Kind::Text => "a text".to_owned(),
            Kind::Texts => "a list of texts".to_owned(),
            Kind::Number => "a whole number from 0".to_owned(),
            Kind::Choice(choices) => format!("one of {}", choices.join(", ")),
        }
    }

    /// What it takes, in JSON Schema.
    pub fn schema(self) -> Json {
        match self {
            Kind::Flag => json!({"type": "boolean"}),
            Kind::Text => json!({"type": "string"}),
            Kind::Texts => json!({"type": "array", "items": {"type": "string"}}),
            Kind::Number => json!({"type": "integer", "minimum": 0}),
            Kind::Choice(choices) => json!({"enum": choices}),
        }
    }
}
