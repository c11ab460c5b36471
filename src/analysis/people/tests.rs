//! Drafts and who is who in them.

use super::*;
use crate::analysis::{Analysis, Memo, analyze};
use crate::settings::Settings;
use crate::text::Language;

fn read(draft: &str) -> Analysis {
    analyze(
        draft,
        Language::Plain,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    )
}

/// The entities of a label, each as its name and the texts of its mentions by name.
fn check(draft: &str, label: Label, expected: &[(&str, &[&str])]) {
    let analysis = read(draft);
    let found: Vec<(&str, Vec<&str>)> = analysis
        .entities
        .iter()
        .filter(|entity| entity.label == label && entity.named)
        .map(|entity| {
            let mentions = entity
                .mentions
                .iter()
                .map(|index| &analysis.mentions[*index])
                .filter(|mention| {
                    !matches!(mention.form, MentionForm::Role | MentionForm::Pronoun)
                });
            (
                entity.name.as_str(),
                mentions
                    .map(|mention| analysis.text(mention.range))
                    .collect(),
            )
        })
        .collect();
    let expected: Vec<(&str, Vec<&str>)> = expected
        .iter()
        .map(|(name, mentions)| (*name, mentions.to_vec()))
        .collect();
    assert_eq!(found, expected, "{draft}");
}

fn check_people(draft: &str, expected: &[(&str, &[&str])]) {
    check(draft, Label::Person, expected);
}

#[test]
fn a_surname_joins_the_full_name_before_or_behind_it() {
    check_people(
        "Okafor left early. The mayor, Ruth Okafor, said that Okafor would return. Ruth agreed.",
        &[("Ruth Okafor", &["Okafor", "Ruth Okafor", "Okafor", "Ruth"])],
    );
    check_people(
        "Turkish President Recep Tayyip Erdogan spoke. Mr Erdogan's visit was short, Tayyip Erdogan said.",
        &[(
            "Recep Tayyip Erdogan",
            &["Recep Tayyip Erdogan", "Erdogan", "Tayyip Erdogan"],
        )],
    );
}

#[test]
fn a_family_name_means_whom_the_story_is_about_before_a_relative() {
    check_people(
        "Chloe Smith and her brother, Owen Smith, met on Monday. Smith said she was glad. Mr Smith waved.",
        &[
            ("Chloe Smith", &["Chloe Smith", "Smith"]),
            ("Owen Smith", &["Owen Smith", "Smith"]),
        ],
    );
}

#[test]
fn many_people_and_parties_are_no_person() {
    check_people(
        "The offer angered the Kurds, who had voted, and the Reform Party, who had not.",
        &[],
    );
}

#[test]
fn relatives_stay_apart() {
    check_people(
        "Chloe Smith met Owen Smith on Monday. Smith said he was glad. Later Chloe Smith left. Smith waved.",
        &[
            ("Chloe Smith", &["Chloe Smith", "Chloe Smith", "Smith"]),
            ("Owen Smith", &["Owen Smith", "Smith"]),
        ],
    );
    check_people(
        "Mr Smith and Mrs Smith were there.",
        &[("Smith", &["Smith"]), ("Smith", &["Smith"])],
    );
}

#[test]
fn initials_agree_unless_two_could_be_meant() {
    check_people(
        "John Smith spoke. J. Smith signed.",
        &[("John Smith", &["John Smith", "J. Smith"])],
    );
    check_people(
        "John Smith spoke to Jane Smith. J. Smith signed.",
        &[
            ("John Smith", &["John Smith"]),
            ("Jane Smith", &["Jane Smith"]),
            ("J. Smith", &["J. Smith"]),
        ],
    );
}

#[test]
fn family_names_of_other_customs() {
    check_people(
        "Chinese President Xi Jinping met North Korean leader Kim Jong Un. Xi told Kim to wait.",
        &[
            ("Xi Jinping", &["Xi Jinping", "Xi"]),
            ("Kim Jong Un", &["Kim Jong Un", "Kim"]),
        ],
    );
    check_people(
        "Aung San Suu Kyi was absent. Suu Kyi is ill, a doctor said.",
        &[("Aung San Suu Kyi", &["Aung San Suu Kyi", "Suu Kyi"])],
    );
    check_people(
        "Crown Prince Mohammed bin Salman arrived. Reporters met bin Salman at noon.",
        &[(
            "Mohammed bin Salman",
            &["Mohammed bin Salman", "bin Salman"],
        )],
    );
    check_people(
        "Ursula von der Leyen spoke. Critics of von der Leyen did not.",
        &[(
            "Ursula von der Leyen",
            &["Ursula von der Leyen", "von der Leyen"],
        )],
    );
}

#[test]
fn a_style_belongs_to_a_name_that_has_nothing_else() {
    check_people(
        "He met Supreme Leader Ayatollah Khamenei. Khamenei smiled.",
        &[("Ayatollah Khamenei", &["Khamenei", "Khamenei"])],
    );
    check_people(
        "He met Ayatollah Ali Khamenei. Khamenei smiled.",
        &[("Ali Khamenei", &["Ali Khamenei", "Khamenei"])],
    );
}

#[test]
fn acronyms_short_forms_and_variants_join_their_full_name() {
    check(
        "The People’s Protection Units (YPG) fought on. The YPG is large. Acme Corp. sold shares, and Acme was glad.",
        Label::Organisation,
        &[
            (
                "People’s Protection Units",
                &["People’s Protection Units", "YPG", "YPG"],
            ),
            ("Acme Corp.", &["Acme Corp.", "Acme"]),
        ],
    );
    check(
        "The US and France agreed. The United States will pay.",
        Label::Place,
        &[
            ("United States", &["US", "United States"]),
            ("France", &["France"]),
        ],
    );
}

#[test]
fn roles_stand_as_they_are_introduced() {
    let analysis = read(
        "Robert Malley, the US special envoy for Iran, met Iran’s Supreme Leader Ayatollah Khamenei.",
    );
    let roles: Vec<(&str, &str)> = analysis
        .entities
        .iter()
        .flat_map(|entity| {
            entity
                .roles
                .iter()
                .map(|role| (entity.name.as_str(), role.text.as_str()))
        })
        .collect();
    assert_eq!(
        roles,
        [
            ("Robert Malley", "the US special envoy for Iran"),
            ("Ayatollah Khamenei", "Iran’s Supreme Leader"),
        ]
    );
}

#[test]
fn outlets_are_known() {
    let analysis = read("He told Reuters and the Ministry of Health.");
    let outlets: Vec<&str> = analysis
        .entities
        .iter()
        .filter(|entity| entity.outlet)
        .map(|entity| entity.name.as_str())
        .collect();
    assert_eq!(outlets, ["Reuters"]);
}

#[test]
fn no_name_no_entity() {
    for draft in [
        "",
        "The council voted on Monday to close the pier.",
        "Nobody asked us. However, they never do. Yesterday was fine.",
    ] {
        assert_eq!(read(draft).entities.len(), 0, "{draft}");
    }
}

/// The roles of the people and organisations of a draft, in reading order: name and words.
fn check_roles(draft: &str, expected: &[(&str, &str)]) {
    let analysis = read(draft);
    let mut found: Vec<(TextRange, &str, &str)> = analysis
        .entities
        .iter()
        .flat_map(|entity| {
            let roles = entity.roles.iter();
            roles.map(|role| (role.range, entity.name.as_str(), role.text.as_str()))
        })
        .collect();
    found.sort_by_key(|(range, ..)| range.start());
    let found: Vec<(&str, &str)> = found
        .into_iter()
        .map(|(_, name, role)| (name, role))
        .collect();
    assert_eq!(found, expected, "{draft}");
}

#[test]
fn nicknames_and_initials_join_the_full_name() {
    check_people(
        "William T. Roe opened the ward. Bill hated fuss. Bill Roe signed as W.T.R.",
        &[(
            "William T. Roe",
            &["William T. Roe", "Bill", "Bill Roe", "W.T.R."],
        )],
    );
    check_people(
        "Jim “Red” Roe spoke. They asked Red to carry it.",
        &[("Jim “Red” Roe", &["Jim “Red” Roe", "Red"])],
    );
    check_people(
        "Bill Roe met Robert Doe.",
        &[("Bill Roe", &["Bill Roe"]), ("Robert Doe", &["Robert Doe"])],
    );
}

#[test]
fn kings_have_no_family_name() {
    check_people(
        "King Valdemar V met Pope Clement XV. Valdemar smiled, and Clement smiled.",
        &[
            ("Valdemar V", &["Valdemar V", "Valdemar"]),
            ("Clement XV", &["Clement XV", "Clement"]),
        ],
    );
}

#[test]
fn a_slip_means_the_name_that_the_draft_has_in_full() {
    check_people(
        "Judge Marguerite Dellinger asked. Judge Delinger wrote it down.",
        &[(
            "Marguerite Dellinger",
            &["Marguerite Dellinger", "Delinger"],
        )],
    );
    check_people(
        "Ruth Hansen met Olav Hanson. Hanson left.",
        &[
            ("Ruth Hansen", &["Ruth Hansen"]),
            ("Olav Hanson", &["Olav Hanson", "Hanson"]),
        ],
    );
}

#[test]
fn a_plural_is_a_family_and_nobody_in_it() {
    let draft = "Ruth Okafor and Daniel Okafor spoke. The Okafors will meet. Okafor left.";
    let analysis = read(draft);
    let families: Vec<(&str, usize)> = analysis
        .entities
        .iter()
        .filter(|entity| !entity.members.is_empty())
        .map(|entity| (entity.name.as_str(), entity.members.len()))
        .collect();
    assert_eq!(families, [("Okafors", 2)]);
    assert_eq!(analysis.entities.len(), 3);
}

#[test]
fn fathers_and_sons_of_one_name_are_two() {
    check_people(
        "Harlan Roe Sr. and Harlan Roe Jr. spoke. Mr. Roe Sr. left, and Mr. Roe Jr. stayed.",
        &[
            ("Harlan Roe Sr.", &["Harlan Roe Sr.", "Roe Sr."]),
            ("Harlan Roe Jr.", &["Harlan Roe Jr.", "Roe Jr."]),
        ],
    );
    check_people(
        "Martin Roe Jr. spoke. Martin Roe was glad.",
        &[("Martin Roe Jr.", &["Martin Roe Jr.", "Martin Roe"])],
    );
}

#[test]
fn a_country_has_its_demonyms_and_the_capital_that_governs() {
    check(
        "Iranian officials met in Geneva. Tehran said no. In Tehran shops closed. Iran waits.",
        Label::Place,
        &[
            ("Iran", &["Iranian", "Tehran", "Iran"]),
            ("Geneva", &["Geneva"]),
            ("Tehran", &["Tehran"]),
        ],
    );
}

#[test]
fn bodies_of_one_kind_stay_apart() {
    check(
        "The Ministry of Health blamed the Ministry of Education.",
        Label::Organisation,
        &[
            ("Ministry of Health", &["Ministry of Health"]),
            ("Ministry of Education", &["Ministry of Education"]),
        ],
    );
}

#[test]
fn ages_homes_and_clauses_are_roles() {
    check_roles(
        "Ruth Okafor, 54, of Leeds, said no.",
        &[("Ruth Okafor", "54, of Leeds")],
    );
    check_roles(
        "They met Ruth Okafor, who runs the cafe, and Daniel Okafor, 14.",
        &[
            ("Ruth Okafor", "who runs the cafe"),
            ("Daniel Okafor", "14"),
        ],
    );
    check_roles(
        "Ruth Okafor, a beekeeper who sells honey, spoke. Her opposite number, Daniel Okafor, was short.",
        &[
            ("Ruth Okafor", "a beekeeper"),
            ("Daniel Okafor", "Her opposite number"),
        ],
    );
}

#[test]
fn other_words_between_commas_are_no_roles() {
    for draft in [
        "Ruth Okafor, however, said no.",
        "Ruth Okafor, Daniel Okafor and Grace Okafor spoke.",
        "On Monday Ruth Okafor, asked about it, laughed.",
        "“Ruth Okafor, who taught you?” she asked.",
        "Ruth Okafor left in 2011, 14 years ago.",
    ] {
        check_roles(draft, &[]);
    }
}

#[test]
fn nobody_speaks_of_themselves_by_name() {
    check_people(
        "Kevin Roe met Kevin Marsh. “Kevin called me,” Marsh said.",
        &[
            ("Kevin Roe", &["Kevin Roe", "Kevin"]),
            ("Kevin Marsh", &["Kevin Marsh", "Marsh"]),
        ],
    );
    check_people(
        "Mayor Frank Adair follows Frank Kovac. “That was the other Frank,” the mayor said.",
        &[
            ("Frank Adair", &["Frank Adair"]),
            ("Frank Kovac", &["Frank Kovac", "Frank"]),
        ],
    );
    // As long as nobody else may be meant.
    check_people(
        "Pamela Roe laughed. “She would say, Pamela, guess,” Roe said.",
        &[("Pamela Roe", &["Pamela Roe", "Pamela", "Roe"])],
    );
}

#[test]
fn initials_stand_for_a_given_name() {
    check_people(
        "M.J. Doyle and Niamh Doyle sat down. Michael Doyle waved.",
        &[
            ("Michael Doyle", &["M.J. Doyle", "Michael Doyle"]),
            ("Niamh Doyle", &["Niamh Doyle"]),
        ],
    );
    check_people(
        "T.J. Doyle sat down. Michael Doyle waved.",
        &[
            ("T.J. Doyle", &["T.J. Doyle"]),
            ("Michael Doyle", &["Michael Doyle"]),
        ],
    );
}

#[test]
fn the_name_at_birth_is_the_same_person() {
    check_people(
        "Ida Fontaine has died in Brighton. She was born Dorothy Sprake in Hull.",
        &[("Ida Fontaine", &["Ida Fontaine", "Dorothy Sprake"])],
    );
    check_people(
        "Ida Fontaine met Ruth Okafor. She was born Dorothy Sprake in Hull.",
        &[
            ("Ida Fontaine", &["Ida Fontaine"]),
            ("Ruth Okafor", &["Ruth Okafor"]),
            ("Dorothy Sprake", &["Dorothy Sprake"]),
        ],
    );
}

#[test]
fn who_heads_a_firm_speaks_for_it() {
    check(
        "Bell Foods has dropped Thomas Bell. Una Marsh, chief executive of Bell, said the soup had not changed.",
        Label::Organisation,
        &[("Bell Foods", &["Bell Foods", "Bell"])],
    );
    check_people(
        "Bell Foods has dropped Thomas Bell. Una Bell, the sister of Bell, said she was sorry.",
        &[
            ("Thomas Bell", &["Thomas Bell", "Bell"]),
            ("Una Bell", &["Una Bell"]),
        ],
    );
}

#[test]
fn a_capital_that_a_government_calls_names_stands_for_its_own() {
    check(
        "After Cairo had called Seoul deaf, Seoul had not replied. It rained in Seoul.",
        Label::Place,
        &[
            ("Egypt", &["Cairo"]),
            ("South Korea", &["Seoul", "Seoul"]),
            ("Seoul", &["Seoul"]),
        ],
    );
}

#[test]
fn a_match_report_shows_its_teams() {
    check(
        "Norwich Athletic 3 Derby Albion 2\n\nDerby striker Liam Kerr scored two goals in the match. It rained in Derby.",
        Label::Organisation,
        &[
            ("Norwich Athletic", &["Norwich Athletic"]),
            ("Derby Albion", &["Derby Albion", "Derby"]),
        ],
    );
    // Without a match there is no team.
    check(
        "Derby manager Liam Kerr opened a shop. It rained in Derby.",
        Label::Organisation,
        &[],
    );
}

#[test]
fn an_office_is_no_part_of_a_body() {
    check_people(
        "Yet it was Senate Majority Leader Okafor, R-Ky., who closed the debate on Tuesday.",
        &[("Okafor", &["Okafor"])],
    );
    check_people("They met at the Prime Minister Hotel.", &[]);
}
