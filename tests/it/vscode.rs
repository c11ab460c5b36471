//! The extension for VS Code offers the settings that there are. `UPDATE_EXPECT=1` writes those of rules anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use copydesk::rules::{Level, OptionKind, RULES, Rule};
use copydesk::settings::{House, KEYS, Kind};
use serde_json::{Map, Value, json};

/// Settings of the extension alone.
const FOR_THE_EDITOR: [&str; 2] = ["path", "trace.server"];

#[test]
fn the_settings_of_rules_are_fresh() {
    let path = manifest();
    let text = fs::read_to_string(&path).unwrap();
    let (start, end) = (
        "\"title\": \"Rules\",\n        \"properties\": {\n",
        "\n        }\n",
    );
    let (head, rest) = text.split_once(start).unwrap();
    let (_, tail) = rest.split_once(end).unwrap();
    let fresh = format!("{head}{start}{}{end}{tail}", rules().join(",\n"));
    expect_test::expect_file![path].assert_eq(&fresh);
}

/// A setting that is missing here belongs into `editors/vscode/package.json`, and one that is too many out of it.
#[test]
fn the_other_settings_are_those_of_the_server() {
    let offered: BTreeSet<String> = properties()
        .keys()
        .map(|name| name.strip_prefix("copydesk.").unwrap().to_owned())
        .filter(|name| !name.starts_with("rules.") && !FOR_THE_EDITOR.contains(&name.as_str()))
        .collect();
    let known: BTreeSet<String> = KEYS.iter().map(|key| key.name.to_owned()).collect();
    assert_eq!(offered, known);
}

#[test]
fn the_choices_are_those_of_the_server() {
    let offered = properties();
    for key in KEYS {
        if let Kind::Choice(choices) = key.kind {
            let name = format!("copydesk.{}", key.name);
            assert_eq!(offered[&name]["enum"], json!(choices), "{name}");
        }
    }
}

fn manifest() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode/package.json")
}

fn properties() -> Map<String, Value> {
    let text = fs::read_to_string(manifest()).unwrap();
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let groups = manifest["contributes"]["configuration"].as_array().unwrap();
    let all = groups
        .iter()
        .map(|group| group["properties"].as_object().unwrap());
    all.flatten()
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// One line for the level of each rule and for each of its options.
fn rules() -> Vec<String> {
    let mut lines = Vec::new();
    for rule in RULES {
        lines.push(line(rule, "level", &level(rule)));
        for (option, kind) in rule.options {
            lines.push(line(rule, option, &setting(rule, option, *kind)));
        }
    }
    lines
}

fn line(rule: &Rule, option: &str, property: &Value) -> String {
    format!(
        "          \"copydesk.rules.{}.{option}\": {property}",
        rule.name
    )
}

fn level(rule: &Rule) -> Value {
    let mut levels: Vec<Value> = Level::ALL.map(|level| json!(level.name())).into();
    levels.push(Value::Null);
    let houses =
        House::ALL.map(|house| format!("{} {}", house.name(), rule.house_level(house).name()));
    let first = rule.house_level(House::ALL[0]);
    let level = match House::ALL
        .iter()
        .all(|house| rule.house_level(*house) == first)
    {
        true => format!("{} in every house", first.name()),
        false => houses.join(", "),
    };
    json!({
        "type": ["string", "null"],
        "enum": levels,
        "enumItemLabels": ["Error", "Warning", "Information", "Hint", "Off", "As the house has it"],
        "default": null,
        "description": format!("{}. Level: {level}.", rule.summary()),
    })
}

fn setting(rule: &Rule, option: &str, kind: OptionKind) -> Value {
    let mut property = match kind {
        OptionKind::Flag => json!({ "type": ["boolean", "null"] }),
        OptionKind::Text => json!({ "type": ["string", "null"] }),
        OptionKind::Texts => json!({ "type": ["array", "null"], "items": { "type": "string" } }),
        OptionKind::Number => json!({ "type": ["integer", "null"], "minimum": 0 }),
        OptionKind::Choice(choices) => {
            let mut values: Vec<Value> = choices.iter().map(|choice| json!(choice)).collect();
            values.push(Value::Null);
            json!({ "type": ["string", "null"], "enum": values })
        }
    };
    property["default"] = Value::Null;
    property["markdownDescription"] = json!(documentation(rule, option));
    property
}

/// What the rule's documentation says of an option: the item that begins with its name.
fn documentation(rule: &Rule, option: &str) -> String {
    let docs = rule.docs();
    let head = format!("- `{option}`");
    let mut lines = docs.lines().skip_while(|line| !line.starts_with(&head));
    let first = lines
        .next()
        .unwrap_or_else(|| panic!("{rule:?}: no item `{option}`"));
    let rest = lines.take_while(|line| line.starts_with("  "));
    let item = [first.trim_start_matches("- ")]
        .into_iter()
        .chain(rest.map(str::trim));
    item.collect::<Vec<_>>().join(" ")
}
