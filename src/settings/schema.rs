//! The form of `copydesk.toml` in JSON Schema (draft 7, which editors of TOML read).

use serde_json::{Map, Value, json};

use super::{KEYS, Key, Kind};

/// What the schema says of one rule.
#[derive(Clone, Copy, Debug)]
pub struct RuleSchema {
    /// The rule's name.
    pub name: &'static str,
    /// What it finds.
    pub summary: &'static str,
    /// Its options besides `level`.
    pub options: &'static [(&'static str, Kind)],
}

/// The schema of settings with these rules and levels.
pub fn schema(rules: impl Iterator<Item = RuleSchema>, levels: &[&str]) -> Value {
    let rules: Map<String, Value> = rules
        .map(|rule| (rule.name.to_owned(), rule_schema(rule)))
        .collect();
    let mut top = properties(|_| true);
    top.insert("rules".to_owned(), json!({"$ref": "#/definitions/rules"}));
    top.insert(
        "overrides".to_owned(),
        json!({
            "type": "array",
            "description": "Settings for some files only; the last that fits wins.",
            "items": {"$ref": "#/definitions/override"},
        }),
    );
    let mut inner = properties(|key| key.overridable);
    inner.insert("rules".to_owned(), json!({"$ref": "#/definitions/rules"}));
    inner.insert(
        "files".to_owned(),
        json!({
            "type": "array",
            "items": {"type": "string"},
            "description": "Patterns of the files that they are for: \"headlines/**\".",
        }),
    );
    let closed = |properties: Map<String, Value>| json!({"type": "object", "additionalProperties": false, "properties": properties});
    let mut part = closed(inner);
    part["required"] = json!(["files"]);
    let mut rules = closed(rules);
    rules["description"] = json!("One table a rule: its level and its options.");
    let mut schema = closed(top);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("Settings of copydesk");
    schema["definitions"] = json!({
        "level": {"enum": levels, "description": "How much a finding matters."},
        "override": part,
        "rules": rules,
    });
    schema
}

fn rule_schema(rule: RuleSchema) -> Value {
    let options = rule.options.iter();
    let mut properties: Map<String, Value> = options
        .map(|(name, kind)| ((*name).to_owned(), kind.schema()))
        .collect();
    properties.insert("level".to_owned(), json!({"$ref": "#/definitions/level"}));
    json!({
        "type": "object",
        "description": rule.summary,
        "additionalProperties": false,
        "properties": properties,
    })
}

/// The settings outside the tables of rules, those of a table together.
fn properties(wanted: impl Fn(&Key) -> bool) -> Map<String, Value> {
    let mut properties = Map::new();
    for key in KEYS.iter().filter(|key| wanted(key)) {
        let mut value = key.kind.schema();
        value["description"] = key.docs.into();
        value["default"] = json!(key.default());
        match key.split() {
            (None, name) => {
                properties.insert(name.to_owned(), value);
            }
            (Some(table), name) => {
                let table = properties.entry(table).or_insert_with(
                    || json!({"type": "object", "additionalProperties": false, "properties": {}}),
                );
                table["properties"][name] = value;
            }
        }
    }
    properties
}
