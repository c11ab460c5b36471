//! `copydesk sources` through the binary.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{command, copydesk_with};

const DRAFT: &str = "Mayor Ann Meyer closed the pier.\n\n“The deck is rotten,” she told CNN.\n\n“It is not,” two engineers said.\n\n\
                     Meyer said that repairs would take a year.\n";

fn sheet(draft: &str, format: &str) -> String {
    let run = copydesk_with(draft, ["sources", "--format", format, "-"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

#[test]
fn the_table_is_for_people() {
    let table = sheet(DRAFT, "markdown");
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("# -"));
    assert_eq!(
        lines.nth(1),
        Some("1 named, 1 unnamed · 7 of 27 words quoted · 1 second-hand")
    );
    let columns = |line: &str| line.matches('|').count();
    let rows: Vec<&str> = lines.filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 4, "{table}");
    assert!(rows.iter().all(|row| columns(row) == 11), "{table}");
    let width = |row: &str| row.chars().count();
    assert!(rows.iter().all(|row| width(row) == width(rows[0])));
    assert!(table.contains("- line 3, through CNN: “The deck is rotten,”"));
    assert!(table.contains("- line 7, reported: "));
}

#[test]
fn rows_and_records_say_the_same() {
    let rows = sheet(DRAFT, "csv");
    assert_eq!(
        rows,
        "path,source,role,named,via,quotes,reported,words,share,line\n\
         '-,Ann Meyer,Mayor,true,CNN,1,1,4,0.571,3\n'-,two engineers,,false,,1,0,3,0.429,5\n"
    );
    let document: Value = serde_json::from_str(&sheet(DRAFT, "json")).unwrap();
    assert_eq!(document["schema"], 1);
    let draft = &document["drafts"][0];
    assert_eq!(
        (&draft["words"], &draft["quoted_words"]),
        (&27.into(), &7.into())
    );
    let meyer = &draft["sources"][0];
    assert_eq!(
        (&meyer["name"], &meyer["role"]),
        (&"Ann Meyer".into(), &"Mayor".into())
    );
    assert_eq!(meyer["via"][0], "CNN");
    let spoken = &meyer["speech"][0];
    let (start, end) = (spoken["start"].as_u64(), spoken["end"].as_u64());
    let (start, end) = (start.unwrap() as usize, end.unwrap() as usize);
    let text: String = DRAFT.chars().take(end).skip(start).collect();
    assert_eq!(spoken["text"], text.as_str());
    assert_eq!(text, "“The deck is rotten,”");
}

#[test]
fn a_hostile_draft_stays_text_in_the_page() {
    let draft = "“<script>alert(1)</script> it is,” <img src=x> Ann \"onload=\" Meyer said.\n\n\
                 “No </style>,” Tom ‘&lt;’ Reyes said.\n";
    for draft in [DRAFT, draft, ""] {
        let page = sheet(draft, "html");
        assert!(page.contains("default-src 'none'"));
        let body = page.split_once("<body>").unwrap().1;
        for tag in ["<script", "<img", "</style", "onload=\""] {
            assert!(!body.contains(tag), "{tag} in {body}");
        }
        let ids: Vec<&str> = (body.split("href=\"#").skip(1))
            .filter_map(|rest| rest.split('"').next())
            .collect();
        for id in ids {
            assert!(body.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }
}

#[test]
fn each_draft_is_a_section_and_the_unread_are_named() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("one.txt"), DRAFT).unwrap();
    fs::write(folder.path().join("two.md"), DRAFT).unwrap();
    let run = |format: &str| -> super::Run {
        let arguments = [
            "sources", "--format", format, "one.txt", "gone.txt", "two.md",
        ];
        let mut command = command(arguments);
        command.current_dir(folder.path()).output().unwrap().into()
    };
    let page = run("html");
    assert_eq!(page.code, 2);
    assert_eq!(page.stderr, "copydesk: gone.txt: no such file\n");
    assert_eq!(page.stdout.matches("<section>").count(), 2);
    let document: Value = serde_json::from_str(&run("json").stdout).unwrap();
    assert_eq!(document["drafts"].as_array().unwrap().len(), 2);
}
