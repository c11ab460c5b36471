//! What is wrong with a user's settings for rules.

use super::{Level, OptionKind, RULES, Rule};
use crate::settings::Settings;

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

/// The name that a misspelt one most likely means; none where nothing is near.
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    names
        .map(|other| (distance(name, other), other))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, other)| other)
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
        OptionKind::Flag => (value.is_bool(), "true or false"),
        OptionKind::Text => (value.is_str(), "a text"),
        OptionKind::Texts => (
            value
                .as_array()
                .is_some_and(|list| list.iter().all(toml::Value::is_str)),
            "a list of texts",
        ),
    };
    (!fits).then(|| format!("rules.{name}.{key}: must be {wanted}"))
}

fn suggestion<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> String {
    nearest(name, names).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn one name into the other.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().take(64).collect();
    let right: Vec<char> = right.chars().take(64).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, &a) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, &b) in right.iter().enumerate() {
            let mut cost = (last[column] + usize::from(a != b))
                .min(last[column + 1] + 1)
                .min(line[column] + 1);
            let swapped = row > 0 && column > 0 && a == right[column - 1] && left[row - 1] == b;
            if swapped {
                cost = cost.min(before[column - 1] + 1);
            }
            line.push(cost);
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().unwrap_or_default()
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

    #[test]
    fn a_swap_of_neighbours_counts_once() {
        assert_eq!(distance("quote", "qoute"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
