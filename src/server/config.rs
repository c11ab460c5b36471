//! Settings from the client: at the start, and whenever they change.
//!
//! Some clients send them, others say only that they have changed and wait to be asked. What is said last counts, also
//! over the answer to an older question.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};
use tower_lsp::ls_types::{
    ConfigurationItem, DidChangeConfigurationParams, MessageType, Registration,
};

use super::library::{self, Reason};
use super::session::Session;
use crate::rules;
use crate::settings::{Layer, Problem};

/// The section of an editor's settings that is ours.
const SECTION: &str = "copydesk";

/// Members of that section that are for the editor's extension alone.
const FOR_THE_EDITOR: [&str; 2] = ["path", "trace"];

/// How long the answer of a client is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// `workspace/didChangeConfiguration`. A client that says nothing with it waits to be asked.
pub(super) fn did_change(session: &Arc<Session>, params: DidChangeConfigurationParams) {
    let says_nothing = match &params.settings {
        Value::Null => true,
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    match says_nothing {
        true => ask(session),
        false => {
            session.count_settings();
            take(session, params.settings);
        }
    }
}

/// Asks the client for its settings, if it answers such questions, and takes them when they come. Nothing waits for it.
pub(super) fn ask(session: &Arc<Session>) {
    if !session.abilities().configuration {
        return;
    }
    let question = session.count_settings();
    let session = Arc::clone(session);
    tokio::spawn(async move {
        let items = vec![ConfigurationItem {
            scope_uri: None,
            section: Some(SECTION.to_owned()),
        }];
        let answer = session.client().configuration(items);
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(values)) if session.counted_settings() == question => {
                values.into_iter().for_each(|value| take(&session, value));
            }
            Ok(Ok(_)) => tracing::debug!("the settings have changed since they were asked for"),
            Ok(Err(error)) => tracing::debug!("the client does not tell its settings: {error}"),
            Err(_) => tracing::debug!("the client did not tell its settings in time"),
        }
    });
}

/// Has the client tell when its settings change, if it has to be asked to.
pub(super) fn watch(session: &Arc<Session>) {
    if !session.abilities().configuration_changes {
        return;
    }
    let registration = Registration {
        id: "settings".to_owned(),
        method: "workspace/didChangeConfiguration".to_owned(),
        register_options: None,
    };
    let client = session.client().clone();
    tokio::spawn(async move {
        if let Err(error) = client.register_capability(vec![registration]).await {
            tracing::debug!("the client does not tell when its settings change: {error}");
        }
    });
}

/// Takes settings as a client sends them. Where they are wrong the last good ones stay; of the first ones what is right
/// holds. Either is told to the user, once.
pub(super) fn take(session: &Arc<Session>, value: Value) {
    let (problems, stay) = match read(value) {
        Ok(None) => return,
        Ok(Some((layer, problems))) => {
            let stay = !problems.is_empty() && session.has_settings();
            if !stay {
                session.set_settings(layer);
                library::look_soon(session, Reason::Changed);
            }
            let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
            (told.join("; "), stay)
        }
        Err(error) => (error.to_string(), true),
    };
    let is_new = session.note_trouble(Some(problems.clone()).filter(|told| !told.is_empty()));
    if is_new && !problems.is_empty() {
        let stay = if stay {
            ", the last good ones stay"
        } else {
            ""
        };
        let trouble = format!("wrong settings{stay}: {problems}");
        tracing::warn!("{trouble}");
        let client = session.client().clone();
        let message = format!("copydesk: {trouble}");
        tokio::spawn(async move { client.show_message(MessageType::WARNING, message).await });
    }
}

/// The settings in a value, with what is wrong in them; none where it says nothing. Clients send the whole of their
/// settings or our section alone, null for what is not set, and an empty object where nothing is.
fn read(value: Value) -> Result<Option<(Layer, Vec<Problem>)>, serde_json::Error> {
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
    let table = toml::Table::deserialize(Value::Object(section))?;
    let name = "the editor's settings".to_owned();
    Ok(Some(Layer::of_table(
        name,
        PathBuf::new(),
        table,
        rules::problems,
    )))
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
    use crate::settings::{House, Settings, in_force};

    fn settings(value: Value) -> Option<Settings> {
        let (layer, problems) = read(value).unwrap()?;
        assert_eq!(problems, []);
        Some(in_force([&layer], None).settings)
    }

    fn check(value: Value) -> Option<House> {
        settings(value).map(|settings| settings.house)
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
        let settings = settings(value).unwrap();
        assert_eq!(settings.rules["web-residue"]["level"].as_str(), Some("off"));
    }

    #[test]
    fn names_what_it_does_not_know() {
        let wrong = |value: Value| {
            let (_, problems) = read(value).unwrap().unwrap();
            problems[0].to_string()
        };
        let told = wrong(json!({"copydesk": {"houes": "ap"}}));
        assert_eq!(told, "no setting `houes` (did you mean `house`?)");
        assert!(wrong(json!({"house": "times"})).starts_with("house: must be one of neutral"));
        assert!(wrong(json!({"editor": {"tabSize": 4}})).contains("`editor`"));
    }
}
