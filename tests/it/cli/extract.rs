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

const LINE: &str =
    "{\"id\":7,\"text\":\"🗞 Mayor Ruth Okafor spoke. “It’s over,” she told reporters.\"}\n";

#[test]
fn offsets_count_code_points() {
    let run = copydesk_with(LINE, ["extract", "--jsonl"]);
    let line: Value = serde_json::from_str(&run.stdout).unwrap();
    let input: Value = serde_json::from_str(LINE).unwrap();
    let text: Vec<char> = input["text"].as_str().unwrap().chars().collect();
    let check = |span: &Value| {
        let at = |key: &str| span[key].as_u64().unwrap() as usize;
        let slice: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(span["text"], slice);
    };
    let quote = &line["quotes"][0];
    check(quote);
    check(&quote["speaker"]);
    check(&quote["cue"]);
    check(&line["entities"][0]);
    assert_eq!(line["id"], 7);
    assert_eq!(quote["kind"], "direct");
    assert_eq!(quote["text"], "“It’s over,”");
    assert_eq!(quote["speaker"]["text"], "she");
    assert_eq!(quote["speaker_name"], "Ruth Okafor");
    assert_eq!(quote["cue"]["text"], "told");
    assert_eq!(
        quote["evidence"],
        serde_json::json!({"link": "pronoun", "source": "named", "hand": "first", "via": null})
    );
    assert_eq!(line["entities"][0]["label"], "PER");
    assert_eq!(line["people"][0]["name"], "Ruth Okafor");
    assert_eq!(line["people"][0]["pronoun"], "she");
    assert_eq!(line["people"][0]["quotes"], serde_json::json!([0]));
    assert_eq!(line["sentences"].as_array().unwrap().len(), 2);
}

#[test]
fn csv_has_one_row_for_each_piece_of_speech() {
    let run = copydesk_with(LINE, ["extract", "--jsonl", "--format", "csv"]);
    assert_eq!(run.code, 0);
    let row = run.stdout.lines().nth(1).unwrap();
    assert!(row.starts_with("7,"), "{row}");
    assert!(
        row.contains(",direct,\"“It’s over,”\",she,Ruth Okafor,told,pronoun,named,first,,"),
        "{row}"
    );
    assert_eq!(run.stdout.lines().count(), 2);
}

#[test]
fn drafts_keep_their_paths_and_order() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut arguments = vec!["extract".into()];
    for name in ["b.md", "a.txt"] {
        let path = folder.path().join(name);
        std::fs::write(&path, "*It* rained.").unwrap();
        arguments.push(path.into_os_string());
    }
    let run = copydesk(arguments);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    let drafts = document["drafts"].as_array().unwrap();
    assert!(drafts[0]["id"].as_str().unwrap().ends_with("b.md"));
    assert_eq!(
        drafts[0]["sentences"][0], 1,
        "the mark of emphasis is no prose"
    );
    assert_eq!(drafts[1]["sentences"][0], 0);
}

const WHY: &str = "Mayor Ruth Okafor spoke.\n\n“It’s over,” she told reporters.\n\n“Go home.”\n";

#[test]
fn who_asks_why_reads_it_in_words() {
    let run = copydesk_with(WHY, ["extract", "--why"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let lines: Vec<&str> = run.stdout.lines().collect();
    let why = "Ruth Okafor: “she” beside “told”, line 3; subject of the sentence before, line 1; confidence high";
    assert_eq!(lines[..2], ["-:", "    3  “It’s over,”"]);
    assert!(lines[2].trim_start().starts_with(why), "{}", lines[2]);
    let guess = "Ruth Okafor: a guess: the last to speak before it, line 3; confidence";
    assert!(lines[4].trim_start().starts_with(guess), "{}", lines[4]);
    let silent = copydesk_with("The pier is closed.\n", ["extract", "--why"]);
    assert_eq!(silent.stdout, "-: nobody speaks\n");
}

#[test]
fn programs_get_the_reasons_as_one_more_field() {
    let run = copydesk_with(LINE, ["extract", "--jsonl", "--why"]);
    let line: Value = serde_json::from_str(&run.stdout).unwrap();
    let why = line["quotes"][0]["why"].as_array().unwrap();
    assert!(
        why[0]
            .as_str()
            .unwrap()
            .starts_with("“she” beside “told”, line 1")
    );
    let run = copydesk_with(WHY, ["extract", "--why", "--format", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(document["drafts"][0]["quotes"][1]["why"].is_array());
    let run = copydesk_with(WHY, ["extract", "--why", "--format", "csv"]);
    let mut rows = run.stdout.lines();
    assert!(rows.next().unwrap().ends_with(",score,why"));
    assert!(rows.next().unwrap().contains("“she” beside “told”"));
    let plain = copydesk_with(LINE, ["extract", "--jsonl"]);
    assert!(!plain.stdout.contains("\"why\""), "only who asks is told");
}
