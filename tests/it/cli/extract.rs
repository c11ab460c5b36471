//! `copydesk extract`.

use serde_json::Value;

use super::{copydesk, copydesk_with};

#[test]
fn a_draft_becomes_one_document() {
    let run = copydesk_with("The pier is closed.\n", ["extract"]);
    assert_eq!(run.code, 0);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(document["schema"], 1);
    let draft = &document["drafts"][0];
    assert_eq!(draft["id"], "-");
    for field in ["quotes", "entities", "people", "sentences"] {
        assert!(draft[field].is_array(), "{field}");
    }
}

#[test]
fn lines_come_out_in_the_order_of_their_coming() {
    let lines: String = (0..50)
        .map(|id| format!("{{\"id\": {id}, \"text\": \"The pier is closed.\", \"more\": null}}\n"))
        .collect();
    let run = copydesk_with(&lines, ["extract", "--jsonl"]);
    assert_eq!(run.code, 0);
    let ids: Vec<u64> = run
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["id"]
                .as_u64()
                .unwrap()
        })
        .collect();
    assert_eq!(ids, (0..50).collect::<Vec<u64>>());
}

#[test]
fn a_broken_line_is_named_and_the_others_go_on() {
    let lines = "{\"id\": \"a\", \"text\": \"One.\"}\n{\"id\": \"b\", \"te\n\n{\"id\": \"c\", \"text\": \"Two.\"}";
    let run = copydesk_with(lines, ["extract", "--jsonl"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stdout.lines().count(), 2);
    assert_eq!(run.stderr.lines().count(), 1);
    assert!(
        run.stderr
            .starts_with("copydesk: -: line 2: not a JSON object with id and text: "),
        "{}",
        run.stderr
    );
}

#[test]
fn a_missing_file_leaves_a_valid_document() {
    let run = copydesk(["extract", "nowhere.txt"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "copydesk: nowhere.txt: no such file\n");
    assert_eq!(run.stdout, "{\"schema\":1,\"drafts\":[]}\n");
}

#[test]
fn csv_has_a_head_even_without_rows() {
    let run = copydesk_with("", ["extract", "--format", "csv"]);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.stdout,
        "id,start,end,kind,text,speaker,speaker_name,cue,link,source,hand,via,score\n"
    );
}
