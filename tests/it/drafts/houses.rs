//! What houses, a strict desk, a desk list and slips of the pen change in the findings of the summit draft.

use std::sync::Arc;

use copydesk::analysis::{Memo, analyze};
use copydesk::features;
use copydesk::knowledge::{Base, Knowledge};
use copydesk::newsroom::reader::desk_list;
use copydesk::settings::Settings;
use copydesk::text::Language;
use expect_test::{Expect, expect};

const DRAFT: &str = include_str!("../../drafts/tehran-summit.txt");

/// The findings of a text as line, rule, level and message.
fn findings(text: &str, settings: &str, knowledge: &Knowledge) -> Vec<String> {
    let settings: Settings = toml::from_str(settings).unwrap();
    let memo = &mut Memo::default();
    let analysis = analyze(text, Language::Plain, &settings, knowledge, memo);
    let findings = features::diagnostics(&analysis, &settings);
    let line = |finding: &features::Diagnostic| {
        let start = usize::from(finding.range.start());
        let line = text[..start].matches('\n').count() + 1;
        let (rule, level) = (finding.rule.name, finding.level.name());
        format!("{line} {rule} {level}: {}", finding.message)
    };
    findings.iter().map(line).collect()
}

/// Compares what goes (-) and what comes (+) against the neutral house.
fn check_text(text: &str, settings: &str, knowledge: &Knowledge, expected: Expect) {
    let before = findings(DRAFT, "", Knowledge::shipped());
    let after = findings(text, settings, knowledge);
    let gone = before.iter().filter(|line| !after.contains(line));
    let new = after.iter().filter(|line| !before.contains(line));
    let gone = gone.map(|line| format!("- {line}\n"));
    let new = new.map(|line| format!("+ {line}\n"));
    expected.assert_eq(&gone.chain(new).collect::<String>());
}

fn check(settings: &str, expected: Expect) {
    check_text(DRAFT, settings, Knowledge::shipped(), expected);
}

fn check_slip(right: &str, wrong: &str, expected: Expect) {
    assert!(DRAFT.contains(right), "{right}");
    let text = DRAFT.replacen(right, wrong, 1);
    check_text(&text, "", Knowledge::shipped(), expected);
}

#[test]
fn houses() {
    check(
        "house = \"ap\"",
        expect![[r#"
        - 9 fragment-quote hint: One ordinary word in quotes: drop the marks or quote more.
        - 15 fragment-quote hint: One ordinary word in quotes: drop the marks or quote more.
        - 15 anonymous-source information: Unnamed: “White House officials”. No reason given.
        - 59 quote-punctuation hint: Full stop outside the mark here, inside elsewhere (lines 21, 35).
        + 9 fragment-quote information: One ordinary word in quotes: drop the marks or quote more.
        + 15 fragment-quote information: One ordinary word in quotes: drop the marks or quote more.
        + 15 anonymous-source warning: Unnamed: “White House officials”. No reason given.
        + 59 quote-punctuation warning: AP: full stop goes inside.
    "#]],
    );
    check(
        "house = \"reuters\"",
        expect![[r#"
        - 59 quote-punctuation hint: Full stop outside the mark here, inside elsewhere (lines 21, 35).
        + 59 quote-punctuation information: Reuters: full stop goes inside.
    "#]],
    );
    check(
        "house = \"guardian\"",
        expect![[r#"
        - 1 first-reference-role warning: Putin is never given a role.
        - 9 fragment-quote hint: One ordinary word in quotes: drop the marks or quote more.
        - 15 fragment-quote hint: One ordinary word in quotes: drop the marks or quote more.
        - 59 quote-punctuation hint: Full stop outside the mark here, inside elsewhere (lines 21, 35).
        + 1 first-reference-role information: Putin is never given a role.
        + 9 fragment-quote information: One ordinary word in quotes: drop the marks or quote more.
        + 15 fragment-quote information: One ordinary word in quotes: drop the marks or quote more.
        + 21 quote-punctuation warning: Guardian: full stop goes outside.
        + 35 quote-punctuation warning: Guardian: full stop goes outside.
    "#]],
    );
    check(
        "house = \"bbc\"",
        expect![[r#"
        - 15 anonymous-source information: Unnamed: “White House officials”. No reason given.
        - 59 quote-punctuation hint: Full stop outside the mark here, inside elsewhere (lines 21, 35).
        + 3 honorific-style information: House keeps Mr/Ms: none in this draft.
        + 15 anonymous-source warning: Unnamed: “White House officials”. No reason given.
        + 21 quote-punctuation information: BBC: full stop goes outside.
        + 35 quote-punctuation information: BBC: full stop goes outside.
    "#]],
    );
}

#[test]
fn a_strict_desk() {
    check(
        "strict = true",
        expect![[r#"
        + 17 late-attribution hint: Speaker is named after 32 words.
        + 53 loaded-verb hint: “warned” says more than “said”.
    "#]],
    );
}

#[test]
fn the_spelling_of_a_house() {
    let list = "
        [[person]]
        name = \"Recep Tayyip Erdogan\"
        aliases = [\"Erdogan\"]
        preferred = { guardian = \"Recep Tayyip Erdoğan\" }

        [[organisation]]
        name = \"NATO\"
        preferred = { guardian = \"Nato\" }
    ";
    let (records, problems) = desk_list(list);
    assert_eq!(problems, []);
    let knowledge = Knowledge::new(vec![Arc::new(Base::of("copydesk-desk.toml", records))]);
    check_text(DRAFT, "", &knowledge, expect![[""]]);
    check_text(
        DRAFT,
        "house = \"guardian\"",
        &knowledge,
        expect![[r#"
        - 1 first-reference-role warning: Putin is never given a role.
        - 9 fragment-quote hint: One ordinary word in quotes: drop the marks or quote more.
        - 15 fragment-quote hint: One ordinary word in quotes: drop the marks or quote more.
        - 59 quote-punctuation hint: Full stop outside the mark here, inside elsewhere (lines 21, 35).
        + 1 first-reference-role information: Putin is never given a role.
        + 3 preferred-spelling warning: Desk spelling: Recep Tayyip Erdoğan.
        + 9 fragment-quote information: One ordinary word in quotes: drop the marks or quote more.
        + 15 fragment-quote information: One ordinary word in quotes: drop the marks or quote more.
        + 21 quote-punctuation warning: Guardian: full stop goes outside.
        + 35 quote-punctuation warning: Guardian: full stop goes outside.
        + 37 preferred-spelling warning: Desk spelling: Nato (2 places).
    "#]],
    );
}

#[test]
fn slips_of_the_pen() {
    check_slip(
        "Erdogan said, adding",
        "Erdgoan said, adding",
        expect![[r#"
            + 35 name-misspelled warning: “Erdgoan” — “Erdogan” 9 times elsewhere.
        "#]],
    );
    check_slip(
        "called on foreign forces",
        "called on “foreign forces",
        expect![[r#"
            + 59 unbalanced-quote warning: This quote is never closed.
        "#]],
    );

    let lines: Vec<&str> = DRAFT.lines().collect();
    check_slip(
        &format!("{}\n", lines[44]),
        "",
        expect![[r#"
        - 45 role-conflict information: “Iranian leader” here; “Iran’s Supreme Leader” in line 3.
        - 47 hearsay-quote warning: Direct quote on “reportedly”: who reported it? IRNA is named in line 45.
        - 51 acronym-undefined information: YPG is never spelled out.
        - 53 relay-dropped information: Khamenei’s last quote (line 47) came second-hand. Is this from IRNA too?
        - 57 stray-headline hint: Looks like a related-story link, not copy.
        - 59 quote-punctuation hint: Full stop outside the mark here, inside elsewhere (lines 21, 35).
        - 67 web-residue warning: Web-page leftovers (2 lines).
        + 46 hearsay-quote warning: Direct quote on “reportedly”: who reported it?
        + 50 acronym-undefined information: YPG is never spelled out.
        + 52 relay-dropped information: Khamenei’s last quote (line 46) came second-hand. Is this one heard?
        + 56 stray-headline hint: Looks like a related-story link, not copy.
        + 58 quote-punctuation hint: Full stop outside the mark here, inside elsewhere (lines 21, 35).
        + 66 web-residue warning: Web-page leftovers (2 lines).
    "#]],
    );
}
