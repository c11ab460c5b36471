//! The README says what the binary says. `UPDATE_EXPECT=1` writes its table of rules anew.

use std::fs;
use std::path::{Path, PathBuf};

use copydesk::newsroom::reader::desk_list;
use copydesk::rules::{RULES, problems};
use copydesk::settings::{House, Layer};

use crate::cli::copydesk;

#[test]
fn the_table_of_rules_is_fresh() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (head, rest) = readme.split_once("<!-- rules -->\n").unwrap();
    let (_, tail) = rest.split_once("<!-- /rules -->").unwrap();
    let fresh = format!("{head}<!-- rules -->\n{}<!-- /rules -->{tail}", table());
    expect_test::expect_file![path].assert_eq(&fresh);
}

#[test]
fn linked_files_exist() {
    for name in ["README.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if !link.starts_with("https://") {
                assert!(root().join(link).exists(), "{name}: {link}");
            }
        }
    }
}

#[test]
fn examples_in_toml_are_read() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let blocks = readme.split("```toml\n").skip(1);
    for block in blocks.filter_map(|rest| rest.split("```").next()) {
        let problems: Vec<String> = if block.contains("[[person]]") {
            let (records, problems) = desk_list(block);
            assert!(!records.is_empty(), "{block}");
            problems.into_iter().map(|(_, problem)| problem).collect()
        } else {
            let read = Layer::of_toml(String::new(), PathBuf::new(), block, problems);
            let (_, problems) = read.unwrap();
            problems.iter().map(|problem| problem.to_string()).collect()
        };
        assert!(problems.is_empty(), "{problems:?}");
    }
}

#[test]
fn options_that_are_shown_exist() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let examples = readme.lines().filter(|line| line.starts_with("copydesk "));
    for example in examples {
        let command = example.split('#').next().unwrap();
        let mut words = command.split_whitespace().skip(1);
        let mut asked = vec![words.next().unwrap()];
        if asked == ["kb"] {
            asked.extend(words.next());
        }
        asked.push("--help");
        let help = copydesk(asked).stdout;
        for option in words.filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "{example}");
        }
    }
}

fn table() -> String {
    let mut table = "| rule | about | level | finds |\n| --- | --- | --- | --- |\n".to_owned();
    for rule in RULES {
        let level = rule.house_level(House::Neutral).name();
        let (name, group, summary) = (rule.name, rule.group.name(), rule.summary());
        table.push_str(&format!("| {name} | {group} | {level} | {summary} |\n"));
    }
    table
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
