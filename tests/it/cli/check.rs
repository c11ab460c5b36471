//! `copydesk check`.

use serde_json::Value;
use tempfile::TempDir;

use super::{copydesk, copydesk_with};

const STRAY: &str =
    "The pier is closed.\n\nFerry strike enters second week\n\nRepairs\n\nThey take long.\n";

#[test]
fn a_clean_draft_is_clean() {
    let run = copydesk_with("The pier is closed.\n", ["check", "-"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.stdout, "No findings in 1 draft.\n");
    assert_eq!(run.stderr, "");
}

#[test]
fn findings_are_drawn_with_their_lines() {
    let run = copydesk_with(STRAY, ["check", "-"]);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.stdout,
        "\
hint[stray-headline]: Looks like a related-story link, not copy.
 --> -:3:1
  |
3 | Ferry strike enters second week
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: Delete the line

1 finding in 1 draft: 1 hint.
"
    );
}

#[test]
fn fail_on_sets_the_exit_code() {
    assert_eq!(
        copydesk_with(STRAY, ["check", "-", "--fail-on", "hint"]).code,
        1
    );
    assert_eq!(
        copydesk_with(STRAY, ["check", "-", "--fail-on", "information"]).code,
        0
    );
}

#[test]
fn json_counts_lines_and_columns_from_one() {
    let run = copydesk_with(STRAY, ["check", "-", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["schema"], 1);
    let finding = &report["drafts"][0]["findings"][0];
    assert_eq!(finding["rule"], "stray-headline");
    assert_eq!(finding["level"], "hint");
    assert_eq!(
        finding["start"],
        serde_json::json!({"line": 3, "column": 1, "byte": 21})
    );
    assert_eq!(
        finding["end"],
        serde_json::json!({"line": 3, "column": 32, "byte": 52})
    );
    assert_eq!(finding["text"], "Ferry strike enters second week");
    assert_eq!(finding["fixes"][0]["preferred"], true);
}

#[test]
fn what_cannot_be_read_is_one_line_and_the_rest_goes_on() {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let paths = [
        folder.path().join("missing.txt"),
        folder.path().to_owned(),
        file("latin.txt", b"Caf\xE9"),
        file("zeros.txt", &[0; 100]),
        file("wide.txt", b"\xFF\xFEP\0i\0"),
        file("empty.txt", b""),
        file("huge.txt", &vec![b'a'; 50 << 20]),
        file("good.txt", STRAY.as_bytes()),
    ];
    let mut arguments = vec!["check".into()];
    arguments.extend(paths.iter().map(|path| path.as_os_str().to_owned()));
    let run = copydesk(arguments);
    assert_eq!(run.code, 2);
    let lines: Vec<&str> = run.stderr.lines().collect();
    let wanted = [
        "missing.txt: no such file",
        ": is a directory",
        "latin.txt: is not UTF-8: wrong at byte 3",
        "zeros.txt: is not a text: NUL at byte 0",
        "wide.txt: is UTF-16: save it as UTF-8",
        "empty.txt: is empty",
        "huge.txt: is larger than 32 MiB: not a draft",
    ];
    assert_eq!(lines.len(), wanted.len(), "{}", run.stderr);
    for (line, wanted) in lines.iter().zip(wanted) {
        assert!(
            line.starts_with("copydesk: ") && line.ends_with(wanted),
            "{line}"
        );
    }
    assert!(run.stdout.contains("good.txt:3:1"));
    assert!(
        run.stdout
            .ends_with("1 finding in 2 drafts: 1 hint; 6 not read.\n")
    );
}

#[test]
fn an_empty_draft_alone_is_no_trouble() {
    let run = copydesk_with("", ["check", "-"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.stderr, "copydesk: -: is empty\n");
}

#[test]
fn drafts_cannot_drive_the_terminal() {
    let draft = STRAY.replace("second", "\u{1b}[2Jsecond\u{202E}");
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a\u{1b}[31m\n.txt");
    std::fs::write(&path, draft).unwrap();
    let run = copydesk(["check".as_ref(), path.as_os_str()]);
    assert!(
        run.stdout.contains("\u{FFFD}[2Jsecond\u{FFFD}"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains('\u{1b}'));
    let run = copydesk(["check".as_ref(), path.with_extension("md").as_os_str()]);
    assert_eq!(run.code, 2);
    assert!(!run.stderr.contains('\u{1b}'));
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

#[test]
fn a_byte_order_mark_is_not_copy() {
    let run = copydesk_with(
        &format!("\u{FEFF}{STRAY}"),
        ["check", "-", "--format", "json"],
    );
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["drafts"][0]["findings"][0]["start"]["line"], 3);
}

#[test]
fn settings_come_from_a_file() {
    let folder = TempDir::new().unwrap();
    let config = folder.path().join("copydesk.toml");
    let check = |text: &str| {
        std::fs::write(&config, text).unwrap();
        copydesk_with(
            STRAY,
            [
                "check".as_ref(),
                "-".as_ref(),
                "--config".as_ref(),
                config.as_os_str(),
            ],
        )
    };
    let run = check("rules.stray-headline.level = \"error\"");
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("error[stray-headline]"));
    let run = check("rules.stray-headline.level = \"loud\"");
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_eq!(run.stderr.lines().count(), 1);
    assert!(
        run.stderr
            .contains("rules.stray-headline.level: \"loud\" is none of"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_draft_in_another_language_is_named_once_and_not_checked() {
    let french = "Le conseil a décidé lundi de fermer le vieux port, parce que le bois du pont est pourri et que les travaux \
        ne peuvent plus attendre. Les pêcheurs, qui vivent de ce port depuis des années, ne sont pas d’accord avec elle et \
        ils ont appelé à une manifestation pour samedi, sur la place du marché, où la maire doit venir elle aussi pour leur \
        parler.\n\n« Nous avons attendu trop longtemps. »\n";
    let run = copydesk_with(french, ["check", "-"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    let notice =
        "copydesk: -: reads as French: quotes are found by their marks, and nothing is checked\n";
    assert_eq!(run.stderr, notice);
    assert_eq!(run.stdout, "No findings in 1 draft.\n");
    let run = copydesk_with(french, ["extract"]);
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    let draft = &document["drafts"][0];
    assert_eq!(draft["language"], "French");
    assert_eq!(
        draft["quotes"][0]["text"],
        "« Nous avons attendu trop longtemps. »"
    );
    assert_eq!(draft["quotes"][0]["speaker_name"], Value::Null);
}
