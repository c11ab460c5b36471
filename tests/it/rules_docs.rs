//! What the binary says about its rules.

use copydesk::rules::RULES;

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
