//! What is wrong with a user's settings for rules.

use super::{Level, OptionKind, RULES, Rule};
use crate::settings::{Settings, suggestion};

/// Names each unknown rule, unknown option and wrong value in the settings, one sentence each, with the nearest
/// valid name. What is wrong is otherwise ignored.
pub fn problems(settings: &Settings) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, value) in &settings.rules {
        let Some(rule) = Rule::find(name) else {
            let names = RULES.iter().map(|rule| rule.name);
            problems.push(format!(
                "rules: no rule `{name}`{}",
                suggestion(name, names)
            ));
            continue;
        };
        let Some(table) = value.as_table() else {
            problems.push(format!(
                "rules.{name}: write a table, as in `level = \"off\"`"
            ));
            continue;
        };
        for (key, value) in table {
            problems.extend(option_problem(rule, key, value));
        }
    }
    problems
}

fn option_problem(rule: &Rule, key: &str, value: &toml::Value) -> Option<String> {
    let name = rule.name;
    if key == "level" {
        let text = value.as_str().unwrap_or_default();
        if Level::from_name(text).is_some() {
            return None;
        }
        let levels = Level::ALL.map(Level::name);
        let given = value.to_string();
        let suggestion = suggestion(text, levels.into_iter());
        return Some(format!(
            "rules.{name}.level: {given} is none of {}{suggestion}",
            levels.join(", ")
        ));
    }
    let Some((_, kind)) = rule.options.iter().find(|(option, _)| *option == key) else {
        let keys = rule.options.iter().map(|(option, _)| *option);
        let suggestion = suggestion(key, keys.chain(["level"]));
        return Some(format!("rules.{name}: no option `{key}`{suggestion}"));
    };
    let (fits, wanted) = match kind {
        OptionKind::Flag => (value.is_bool(), "true or false".to_owned()),
        OptionKind::Text => (value.is_str(), "a text".to_owned()),
        OptionKind::Texts => (
            value
                .as_array()
                .is_some_and(|list| list.iter().all(toml::Value::is_str)),
            "a list of texts".to_owned(),
        ),
        OptionKind::Number => (
            value.as_integer().is_some_and(|number| number >= 0),
            "a whole number from 0".to_owned(),
        ),
        OptionKind::Choice(choices) => (
            value.as_str().is_some_and(|text| choices.contains(&text)),
            format!("one of {}", choices.join(", ")),
        ),
    };
    (!fits).then(|| format!("rules.{name}.{key}: must be {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(settings: &str, expected: &[&str]) {
        let settings: Settings = toml::from_str(settings).unwrap();
        assert_eq!(problems(&settings), expected);
    }

    #[test]
    fn good_settings_have_no_problems() {
        check("", &[]);
        check("rules.stray-headline.level = \"off\"", &[]);
        check("[rules.stray-headline]\nlevel = \"hint\"", &[]);
    }

    #[test]
    fn bad_settings_are_named_with_the_nearest_valid_name() {
        check(
            "rules.stray-haedline.level = \"off\"",
            &["rules: no rule `stray-haedline` (did you mean `stray-headline`?)"],
        );
        check(
            "rules.spelling.level = \"off\"",
            &["rules: no rule `spelling`"],
        );
        check(
            "rules.stray-headline.levle = \"off\"",
            &["rules.stray-headline: no option `levle` (did you mean `level`?)"],
        );
        check(
            "rules.stray-headline = \"off\"",
            &["rules.stray-headline: write a table, as in `level = \"off\"`"],
        );
        check(
            "rules.stray-headline.level = \"warn\"",
            &[
                "rules.stray-headline.level: \"warn\" is none of error, warning, information, hint, off",
            ],
        );
        check(
            "rules.stray-headline.level = 3",
            &["rules.stray-headline.level: 3 is none of error, warning, information, hint, off"],
        );
    }
}
