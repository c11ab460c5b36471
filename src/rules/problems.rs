//! What is wrong with a user's settings for rules.

use super::{Level, RULES, Rule};
use crate::settings::{Problem, suggestion};

/// Names each unknown rule, unknown option and wrong value in the table of rules, one sentence each, with the nearest
/// valid name.
pub fn problems(rules: &toml::Table) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, value) in rules {
        let Some(rule) = Rule::find(name) else {
            let near = suggestion(name, RULES.iter().map(|rule| rule.name));
            problems.push(Problem::new(
                &[name],
                format!("rules: no rule `{name}`{near}"),
            ));
            continue;
        };
        let Some(table) = value.as_table() else {
            let message = format!("rules.{name}: write a table, as in `level = \"off\"`");
            problems.push(Problem::new(&[name], message));
            continue;
        };
        for (key, value) in table {
            let problem = option_problem(rule, key, value);
            problems.extend(problem.map(|message| Problem::new(&[name, key], message)));
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
    (!kind.fits(value)).then(|| format!("rules.{name}.{key}: must be {}", kind.wanted()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn check(settings: &str, expected: &[&str]) {
        let settings: Settings = toml::from_str(settings).unwrap();
        let problems = problems(&settings.rules);
        let told: Vec<_> = problems.iter().map(|problem| &problem.message).collect();
        assert_eq!(told, expected);
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
