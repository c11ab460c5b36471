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
