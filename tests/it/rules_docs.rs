//! What the binary says about its rules.

use std::path::Path;

use copydesk::rules::{RULES, Rule};
use copydesk::settings::House;

use crate::cli::copydesk;

#[test]
fn the_table_lists_every_rule() {
    let run = copydesk(["rules"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.stdout.lines().count(), RULES.len());
    for (line, rule) in run.stdout.lines().zip(RULES) {
        assert!(line.starts_with(rule.name), "{line}");
        assert!(line.ends_with(rule.summary()), "{line}");
    }
}

#[test]
fn the_page_of_all_rules_is_fresh() {
    let mut page = "# All rules\n\nMade of what `copydesk explain NAME` prints.\n".to_owned();
    for rule in RULES {
        let levels = House::ALL.map(|house| {
            let level = rule.house_level(house).name();
            format!("{}: {level}", house.name())
        });
        let (group, levels) = (rule.group.name(), levels.join(", "));
        page.push_str(&format!("\n## {}\n\n{}", rule.name, lowered(rule)));
        page.push_str(&format!(
            "\nAbout {group}. Levels: {levels}. Since {}.\n",
            rule.since
        ));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    expect_test::expect_file![path].assert_eq(&page);
}

/// What a rule says of itself, its headings one level lower; lines of drafts stay as they are.
fn lowered(rule: &Rule) -> String {
    let mut docs = String::new();
    let mut in_draft = false;
    for line in rule.docs().lines() {
        in_draft ^= line.starts_with("```");
        if !in_draft && line.starts_with("## ") {
            docs.push('#');
        }
        docs.push_str(line);
        docs.push('\n');
    }
    docs
}

#[test]
fn every_rule_is_explained() {
    for rule in RULES {
        let run = copydesk(["explain", rule.name]);
        assert_eq!(run.code, 0);
        assert!(
            run.stdout
                .starts_with(&format!("# {}\n\n{}\n", rule.name, rule.summary()))
        );
        assert!(run.stdout.contains("\n## Passes\n"));
        assert!(run.stdout.contains(rule.since));
    }
}

#[test]
fn an_unknown_rule_gets_the_nearest_name() {
    let run = copydesk(["explain", "stray-headlines"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stdout, "");
    assert_eq!(
        run.stderr,
        "copydesk: no rule `stray-headlines`; did you mean `stray-headline`?\n"
    );
    let run = copydesk(["explain", "grammar"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`copydesk rules` lists them all"));
}
