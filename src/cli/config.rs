//! Settings from a file, in the form of `copydesk.toml`.

use std::path::Path;

use super::{complain, input};
use crate::rules;
use crate::settings::Settings;

/// The settings of a file, or those of nobody where none is given. None where it cannot be read, which is told.
pub(super) fn settings(path: Option<&Path>) -> Option<Settings> {
    let Some(path) = path else {
        return Some(Settings::default());
    };
    let told = |errors: &Vec<String>| {
        for error in errors {
            complain(&format!("{}: {error}", path.display()));
        }
    };
    read(path).inspect_err(told).ok()
}

/// Reads settings. The errors are sentence parts that follow the path.
fn read(path: &Path) -> Result<Settings, Vec<String>> {
    let text = input::read(path, None).map_err(|error| vec![error])?.text;
    let settings: Settings = toml::from_str(&text).map_err(|error| vec![reason(&text, &error)])?;
    let problems = rules::problems(&settings);
    match problems.is_empty() {
        true => Ok(settings),
        false => Err(problems),
    }
}

fn reason(text: &str, error: &toml::de::Error) -> String {
    let start = error.span().map_or(0, |span| span.start);
    let line = text
        .as_bytes()
        .iter()
        .take(start)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1;
    format!("line {line}: {}", error.message())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<Settings, Vec<String>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read(file.path())
    }

    #[test]
    fn good_settings_are_read() {
        let settings = check("house = \"ap\"\nknown-people = [\"Ruth Okafor\"]").unwrap();
        assert_eq!(settings.known_people, ["Ruth Okafor"]);
        assert!(check("").is_ok());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let error = |text: &str| check(text).unwrap_err().join("; ");
        assert!(error("\nhuose = \"ap\"").starts_with("line 2: unknown field `huose`"));
        assert!(error("house = ").starts_with("line 1: "));
        assert_eq!(
            error("rules.spelling.level = \"off\""),
            "rules: no rule `spelling`"
        );
    }
}
