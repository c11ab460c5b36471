//! What a card says of what the newsroom knows.

use expect_test::expect;

use crate::fixture::{check_hover, check_hover_known, hover_at_cursor};
use crate::knowledge::Knowledge;
use crate::settings::House;
use crate::text::Language;

const MEYER: &str = r#"
    as-of = 2026-11-02
    [[person]]
    name = "Ann Meyer"
    aliases = ["Meyer"]
    description = "harbour engineer"
    roles = [
        { title = "mayor", of = "Wexmouth", from = 2023 },
        { title = "councillor", from = 2015, until = "2023-05" },
    ]
    pronunciation = "MY-er"
    note = "Never *Mrs*."
"#;

#[test]
fn a_person_comes_with_offices_note_and_sound() {
    check_hover_known(
        MEYER,
        "Mayor Ann Meyer spoke.\n\n“It is rotten,” Mey<CURSOR>er said.",
        expect![[r#"
            [Meyer]
            **Ann Meyer**, person

            - Role: Mayor (line 1)
            - First reference: line 1
            - 2 mentions: Ann Meyer 1, Meyer 1
            - 1 quote, 3 words:
              - line 3, 3 words: “It is rotten,”
            - Known: harbour engineer (copydesk-desk.toml, as of 2026-11-02)
              - Office: mayor of Wexmouth, since 2023; councillor, 2015 to 2023-05
              - Note: Never \*Mrs\*.
              - Say: MY-er
        "#]],
    );
}

#[test]
fn a_family_name_alone_finds_who_has_it_as_an_alias() {
    check_hover_known(
        MEYER,
        "“It is rotten,” Mey<CURSOR>er said.",
        expect![[r#"
        [Meyer]
        **Meyer**, person

        - First reference: line 1
        - Findings: first-reference-name (line 1)
        - 1 quote, 3 words:
          - line 1, 3 words: “It is rotten,”
        - Known: Ann Meyer: harbour engineer (copydesk-desk.toml, as of 2026-11-02)
          - Office: mayor of Wexmouth, since 2023; councillor, 2015 to 2023-05
          - Note: Never \*Mrs\*.
          - Say: MY-er
    "#]],
    );
    check_hover_known(
        MEYER,
        "“It is rotten,” Tom Meyer said. “Yes,” Mey<CURSOR>er said.",
        expect![[r#"
            [Meyer]
            **Tom Meyer**, person

            - First reference: line 1
            - 2 mentions: Tom Meyer 1, Meyer 1
            - 2 quotes, 4 words:
              - line 1, 3 words: “It is rotten,”
              - line 1, 1 word: “Yes,”
            - Not in the knowledge base
        "#]],
    );
}

#[test]
fn two_records_of_a_name_are_told_one_by_one() {
    check_hover_known(
        r#"
            [[person]]
            name = "Ann Meyer"
            description = "harbour engineer"
            source = "port registry"
            as-of = 2025
            note = "Not the mayor."
            [[person]]
            name = "Ann Meyer"
            role = { title = "mayor", of = "Wexmouth", from = 2023 }
        "#,
        "“It is rotten,” Ann Mey<CURSOR>er said.",
        expect![[r#"
            [Ann Meyer]
            **Ann Meyer**, person

            - First reference: line 1
            - 1 quote, 3 words:
              - line 1, 3 words: “It is rotten,”
            - 2 records of this name:
              - harbour engineer (port registry, as of 2025)
                - Note: Not the mayor.
              - person; mayor of Wexmouth, since 2023 (copydesk-desk.toml)
        "#]],
    );
}

#[test]
fn a_record_of_another_kind_is_not_offered() {
    check_hover_known(
        "[[outlet]]\nname = \"Ann Meyer\"",
        "“It is rotten,” Ann Mey<CURSOR>er said.",
        expect![[r#"
            [Ann Meyer]
            **Ann Meyer**, person

            - First reference: line 1
            - 1 quote, 3 words:
              - line 1, 3 words: “It is rotten,”
            - Not in the knowledge base as a person; listed as a news outlet (copydesk-desk.toml)
        "#]],
    );
}

#[test]
fn initials_are_told_in_full() {
    let list = r#"
        [[organisation]]
        name = "Wexmouth Harbour Trust"
        acronym = "WHT"
        type = "charity"
        seat = "Wexmouth"
    "#;
    check_hover_known(
        list,
        "The W<CURSOR>HT said it is safe.",
        expect![[r#"
            [WHT]
            **WHT**, organisation

            - First reference: line 1
            - Findings: acronym-undefined (line 1)
            - Paraphrased in line 1
            - Known: Wexmouth Harbour Trust: charity (copydesk-desk.toml)
              - Seat: Wexmouth
        "#]],
    );
    check_hover_known(
        list,
        "The Wexmouth Harbour Trust (WHT) met. The W<CURSOR>HT said it is safe.",
        expect![[r#"
            [WHT]
            **Wexmouth Harbour Trust**, organisation

            - First reference: line 1; “WHT” from line 1
            - 3 mentions: WHT 2, Wexmouth Harbour Trust 1
            - Paraphrased in line 1
            - Known: charity (copydesk-desk.toml)
              - Seat: Wexmouth
        "#]],
    );
}

#[test]
fn an_outlet_tells_who_controls_it_and_whose_words_it_passed_on() {
    check_hover_known(
        r#"
            [[outlet]]
            name = "Reuters"
            type = "news agency"
            country = "Britain"
            ownership = "independent"
        "#,
        "“It is rotten,” Ann Meyer told Reu<CURSOR>ters.",
        expect![[r#"
            [Reuters]
            **Reuters**, news outlet

            - First reference: line 1
            - Source for: Ann Meyer (line 1)
            - Known: news agency (copydesk-desk.toml)
              - Country: Britain; ownership: independent
        "#]],
    );
}

#[test]
fn a_place_tells_its_capital_and_what_is_disputed() {
    check_hover_known(
        r#"
            [[country]]
            name = "France"
            formal-name = "French Republic"
            capital = "Paris"
            dispute = "None that a desk must know."
        "#,
        "The pier in Fra<CURSOR>nce is closed.",
        expect![[r#"
            [France]
            **France**, place

            - First reference: line 1
            - Known: country (copydesk-desk.toml)
              - Dispute: None that a desk must know.
              - Formal name: French Republic; capital: Paris
        "#]],
    );
}

#[test]
fn a_credit_line_tells_who_wrote_and_asks_for_no_entry() {
    check_hover(
        "The pier is closed.\n\nReporting by Ann Mey<CURSOR>er",
        expect![[r#"
            [Ann Meyer]
            **Ann Meyer**, person

            - Credit line, not a source
            - First reference: line 3
        "#]],
    );
    check_hover_known(
        MEYER,
        "The pier is closed.\n\nReporting by Ann Mey<CURSOR>er",
        expect![[r#"
            [Ann Meyer]
            **Ann Meyer**, person

            - Credit line, not a source
            - First reference: line 3
            - Known: harbour engineer (copydesk-desk.toml, as of 2026-11-02)
              - Office: mayor of Wexmouth, since 2023; councillor, 2015 to 2023-05
              - Note: Never \*Mrs\*.
              - Say: MY-er
        "#]],
    );
}

#[test]
fn what_is_known_stays_in_long_stories_by_a_line_at_least() {
    let quotes: String = (1..20)
        .map(|number| format!("“This is number {number} of our rules,” Ann Meyer said.\n\n"))
        .collect();
    check_hover_known(
        MEYER,
        &format!("Mayor <CURSOR>Ann Meyer met the council.\n\n{quotes}"),
        expect![[r#"
            [Mayor Ann Meyer]
            **Ann Meyer**, person

            - Role: Mayor (line 1)
            - First reference: line 1
            - 20 mentions: Ann Meyer 20
            - 19 quotes, 133 words:
              - line 3, 7 words: “This is number 1 of our rules,”
              - and 18 more
            - Known: harbour engineer (copydesk-desk.toml, as of 2026-11-02)
              - Office: mayor of Wexmouth, since 2023; councillor, 2015 to 2023-05
              - Note: Never \*Mrs\*.
              - Say: MY-er
        "#]],
    );
}

#[test]
fn a_source_without_a_name_is_not_looked_up() {
    check_hover_known(
        "[[person]]\nname = \"two officials of the port\"",
        "The deck is rotten, according to two off<CURSOR>icials of the port.",
        expect![[r#"
            [two officials of the port]
            **two officials of the port**, an unnamed source

            - First reference: line 1
            - Paraphrased in line 1
        "#]],
    );
}

/// What the hover says with what ships alone.
fn says(draft: &str, line: &str) -> bool {
    let shipped = Knowledge::shipped();
    let said = hover_at_cursor(Language::Plain, House::Neutral, shipped, draft);
    said.lines().any(|said| said.trim().starts_with(line))
}

#[test]
fn what_ships_is_told() {
    for (draft, line) in [
        (
            "Talks in <CURSOR>Kiev went on.",
            "- Preferred: Kyiv, not Kiev",
        ),
        (
            "The agency <CURSOR>IRNA reported it.",
            "- Known: state news agency",
        ),
        ("<CURSOR>Iranian officials said no.", "- Known: country"),
        (
            "She flew to <CURSOR>Bolivia on Monday.",
            "- Formal name: Plurinational State of Bolivia; capital: Sucre, La Paz (seat of government)",
        ),
        ("She flew to <CURSOR>Jerusalem on Monday.", "- Dispute: "),
        (
            "She flew to <CURSOR>Congo on Monday.",
            "- 2 records of this name",
        ),
    ] {
        assert!(says(draft, line), "{draft}");
    }
}

#[test]
fn right_forms_and_other_people_are_left_alone() {
    for (draft, line) in [
        ("Talks in <CURSOR>Kyiv went on.", "- Preferred"),
        ("The <CURSOR>U.S. said no.", "- Preferred"),
        ("The <CURSOR>US said no.", "- Preferred"),
        ("She flew to <CURSOR>Bogota on Monday.", "- Preferred"),
        ("She flew to <CURSOR>Bogotá on Monday.", "- Preferred"),
        ("<CURSOR>Al-Qaeda said no.", "- Preferred"),
        ("Dawn <CURSOR>Kan, 54, of Leeds, said no.", "- Known"),
        ("She flew to <CURSOR>Plymouth on Monday.", "- Known"),
    ] {
        assert!(!says(draft, line), "{draft}");
    }
}

const MANY: &str = r#"
    [[person]]
    name = "Ann Meyer"
    description = "harbour engineer"
    note = "Not the mayor."
    pronunciation = "MY-er"
    [[person]]
    name = "Ann Meyer"
    description = "mayor"
    never = ["Anne Meyer"]
    [[person]]
    name = "Ann Meyer"
    description = "painter"
    [[person]]
    name = "Ann Meyer"
    description = "surgeon"
    [[person]]
    name = "Ann Meyer"
    description = "swimmer"
    [[place]]
    name = "Ann Meyer"
"#;

#[test]
fn note_and_sound_stay_where_much_is_known_and_said() {
    let quotes: String = (1..9)
        .map(|number| format!("“This is number {number} of our rules,” Meyer said.\n\n"))
        .collect();
    check_hover_known(
        MANY,
        &format!("Mayor <CURSOR>Ann Meyer met the council.\n\n{quotes}“No,” she told Reuters."),
        expect![[r#"
            [Mayor Ann Meyer]
            **Ann Meyer**, person

            - Role: Mayor (line 1)
            - First reference: line 1
            - 10 mentions: Meyer 8, Ann Meyer 1, she 1
            - 5 records of this name:
              - harbour engineer (copydesk-desk.toml)
                - Note: Not the mayor.
                - Say: MY-er
              - mayor (copydesk-desk.toml)
              - painter (copydesk-desk.toml)
              - and 2 more
        "#]],
    );
}

#[test]
fn what_is_listed_as_something_else_is_told() {
    check_hover_known(
        "[[place]]\nname = \"Ann Meyer\"\n[[organisation]]\nname = \"Ann Meyer\"",
        "“It is rotten,” Ann Mey<CURSOR>er said.",
        expect![[r#"
            [Ann Meyer]
            **Ann Meyer**, person

            - First reference: line 1
            - 1 quote, 3 words:
              - line 1, 3 words: “It is rotten,”
            - Not in the knowledge base as a person; listed as a place (copydesk-desk.toml), an organisation (copydesk-desk.toml)
        "#]],
    );
    check_hover_known(
        "[[place]]\nname = \"Ann Meyer\"\n[[person]]\nname = \"Ann Meyer\"\nnever = [\"Anne Meyer\"]",
        "“It is rotten,” Anne Mey<CURSOR>er said.",
        expect![[r#"
            [Anne Meyer]
            **Anne Meyer**, person

            - First reference: line 1
            - 1 quote, 3 words:
              - line 1, 3 words: “It is rotten,”
            - Known: Ann Meyer: person (copydesk-desk.toml)
              - Desk: Ann Meyer, never Anne Meyer (line 1)
        "#]],
    );
}
