//! Settings from the client: at the start, and whenever they change.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value};
use tower_lsp::ls_types::{DidChangeConfigurationParams, MessageType};

use super::library::{self, Reason};
use super::session::Session;
use crate::rules;
use crate::settings::Settings;

/// The section of an editor's settings that is ours.
const SECTION: &str = "copydesk";

/// Members of that section that are for the editor's extension alone.
const FOR_THE_EDITOR: [&str; 2] = ["path", "trace"];

/// `workspace/didChangeConfiguration`.
pub(super) fn did_change(session: &Arc<Session>, params: DidChangeConfigurationParams) {
    take(session, params.settings);
}

/// Takes settings as a client sends them. Where they cannot be read the last good ones stay; where a rule's part of them
/// is wrong, the rest holds. Either is told to the user, once.
pub(super) fn take(session: &Arc<Session>, value: Value) {
    let trouble = match read(value) {
        Ok(None) => return,
        Ok(Some(settings)) => {
            let problems = rules::problems(&settings);
            session.set_settings(settings);
            library::look_soon(session, Reason::Changed);
            (!problems.is_empty()).then(|| format!("wrong settings: {}", problems.join("; ")))
        }
        Err(error) => Some(format!("wrong settings, the last good ones stay: {error}")),
    };
    let is_new = session.note_trouble(trouble.clone());
    if let Some(trouble) = trouble.filter(|_| is_new) {
        tracing::warn!("{trouble}");
        let client = session.client().clone();
        let message = format!("copydesk: {trouble}");
        tokio::spawn(async move { client.show_message(MessageType::WARNING, message).await });
    }
}

/// The settings in a value; none where it says nothing. Clients send the whole of their settings or our section alone,
/// null for what is not set, and an empty object where nothing is.
fn read(value: Value) -> Result<Option<Settings>, serde_json::Error> {
    let Value::Object(mut sections) = value else {
        return Ok(None);
    };
    let section = match sections.remove(SECTION) {
        Some(Value::Object(section)) => section,
        Some(_) => return Ok(None),
        None if sections.is_empty() => return Ok(None),
        None => sections,
    };
    let mut section = without_nulls(section);
    section.retain(|name, _| !FOR_THE_EDITOR.contains(&name.as_str()));
    Settings::deserialize(Value::Object(section)).map(Some)
}

fn without_nulls(members: Map<String, Value>) -> Map<String, Value> {
    members
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| match value {
            Value::Object(members) => (name, Value::Object(without_nulls(members))),
            value => (name, value),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::settings::House;

    fn check(value: Value) -> Option<House> {
        read(value).unwrap().map(|settings| settings.house)
    }

    #[test]
    fn reads_our_section_or_a_bare_object() {
        assert_eq!(
            check(json!({"copydesk": {"house": "ap"}, "other": 1})),
            Some(House::Ap)
        );
        assert_eq!(check(json!({"house": "bbc"})), Some(House::Bbc));
        assert_eq!(check(json!({"copydesk": {}})), Some(House::Neutral));
        assert_eq!(
            check(json!({"copydesk": {"house": null, "path": "/a", "trace": {"server": "off"}}})),
            Some(House::Neutral)
        );
    }

    #[test]
    fn nothing_said_changes_nothing() {
        for value in [json!(null), json!({}), json!([]), json!({"copydesk": null})] {
            assert_eq!(check(value), None);
        }
    }

    #[test]
    fn reads_tables_of_rules() {
        let value = json!({"rules": {"web-residue": {"level": "off", "more": null}}});
        let settings = read(value).unwrap().unwrap();
        assert_eq!(settings.rules["web-residue"]["level"].as_str(), Some("off"));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(read(json!({"copydesk": {"houes": "ap"}})).is_err());
        assert!(read(json!({"house": "times"})).is_err());
        assert!(read(json!({"editor": {"tabSize": 4}})).is_err());
    }
}
