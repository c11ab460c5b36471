//! Decisions in whole drafts.

use super::*;
use crate::analysis::{Analysis, Link, Memo, analyze_corrected};
use crate::knowledge::Knowledge;
use crate::settings::Settings;
use crate::text::Language;

fn read(draft: &str, corrections: &Corrections) -> Analysis {
    analyze_corrected(
        draft,
        Language::Plain,
        &Settings::default(),
        Knowledge::shipped(),
        corrections,
        &mut Memo::default(),
    )
}

/// Quotes by their speakers, corrected ones with a star.
fn speakers(analysis: &Analysis) -> Vec<String> {
    let speaker = |quote: &crate::analysis::DraftQuote| {
        let known = analysis.attribution(quote)?;
        let name = analysis.speaker_name(known).unwrap_or("?");
        let star = if known.evidence.link == Link::Corrected {
            "*"
        } else {
            ""
        };
        Some(format!("{name}{star}"))
    };
    let quotes = analysis.quotes.iter();
    quotes
        .map(|quote| speaker(quote).unwrap_or("-".to_owned()))
        .collect()
}

/// Corrects the speaker of one quote, with nothing or the sentence to tell it by.
#[track_caller]
fn check(draft: &str, quote: &str, sentence: &str, name: Option<&str>, expected: &[&str]) {
    let corrections = Corrections {
        speakers: vec![SpeakerCorrection {
            quote: quote_key(quote),
            sentence: key(sentence),
            speaker: name.map(str::to_owned),
        }],
        ..Corrections::default()
    };
    let analysis = read(draft, &corrections);
    assert_eq!(speakers(&analysis), expected);
    let starts = analysis
        .attributions
        .iter()
        .map(|known| known.range.start());
    assert!(starts.is_sorted());
    for quote in &analysis.quotes {
        let index = analysis.quotes.iter().position(|other| other == quote);
        let known = analysis.attribution(quote);
        assert!(known.is_none_or(|known| known.quotes.contains(&index.unwrap())));
    }
}

const TALKS: &str = "Ruth Okafor met Dan Meyer at the pier.\n\n“It is rotten,” he said. “It will fall.”\n\n“We knew.”\n";

#[test]
fn a_correction_wins_and_those_who_carry_on_follow() {
    let none = Corrections::default();
    assert_eq!(speakers(&read(TALKS, &none)), ["Dan Meyer"; 3]);
    check(
        TALKS,
        "“It is rotten,”",
        "",
        Some("Ruth Okafor"),
        &["Ruth Okafor*", "Ruth Okafor*", "Ruth Okafor"],
    );
    check(
        TALKS,
        "We knew.",
        "",
        Some("Ruth Okafor"),
        &["Dan Meyer", "Dan Meyer", "Ruth Okafor*"],
    );
}

#[test]
fn other_marks_and_other_ends_are_the_same_words() {
    let straight = TALKS.replace(['“', '”'], "\"");
    check(
        &straight,
        "“It is  rotten.”",
        "",
        Some("Ruth Okafor"),
        &["Ruth Okafor*", "Ruth Okafor*", "Ruth Okafor"],
    );
}

#[test]
fn a_quote_that_runs_on_follows_its_beginning() {
    let draft =
        "Ruth Okafor met Dan Meyer.\n\n“It is rotten,” he said. “It will fall.\n\n“And soon.”\n";
    let corrected = ["Ruth Okafor*", "Ruth Okafor*", "Ruth Okafor"];
    check(draft, "It is rotten", "", Some("Ruth Okafor"), &corrected);
}

#[test]
fn the_sentence_tells_equal_words_apart() {
    let draft = "“No,” said Ruth Okafor.\n\n“No,” said Dan Meyer.\n";
    check(
        draft,
        "No",
        "“No,” said Dan Meyer.",
        Some("Ruth Okafor"),
        &["Ruth Okafor", "Ruth Okafor*"],
    );
    check(
        draft,
        "No",
        "",
        Some("Ruth Okafor"),
        &["Ruth Okafor", "Dan Meyer"],
    );
}

#[test]
fn nobodys_words_may_become_somebodys_and_the_reverse() {
    let draft = "Ruth Okafor met the so-called “expert” on Monday. “I left,” she said.\n";
    check(
        draft,
        "expert",
        "",
        Some("Ruth Okafor"),
        &["Ruth Okafor*", "Ruth Okafor"],
    );
    check(draft, "I left", "", None, &["-", "-"]);
    let mixed = "Ruth Okafor said that the pier was “rotten” and would go.\n";
    check(mixed, "rotten", "", None, &["-"]);
    let corrections = Corrections {
        speakers: vec![SpeakerCorrection {
            quote: "rotten".to_owned(),
            sentence: String::new(),
            speaker: None,
        }],
        ..Corrections::default()
    };
    let analysis = read(mixed, &corrections);
    assert_eq!(
        analysis.attributions.len(),
        1,
        "what she said without marks stays"
    );
}

#[test]
fn what_is_gone_is_passed_over() {
    check(
        TALKS,
        "It is fine",
        "",
        Some("Ruth Okafor"),
        &["Dan Meyer"; 3],
    );
    check(
        TALKS,
        "It is rotten",
        "",
        Some("Ann Nobody"),
        &["Dan Meyer"; 3],
    );
}

/// Who bears each mention by name, after a decision.
fn bearers(draft: &str, one: &[[&str; 2]], two: &[[&str; 2]]) -> Vec<String> {
    let pairs = |pairs: &[[&str; 2]]| pairs.iter().map(|pair| pair.map(str::to_owned)).collect();
    let corrections = Corrections {
        one: pairs(one),
        two: pairs(two),
        ..Corrections::default()
    };
    let analysis = read(draft, &corrections);
    for (id, entity) in (0u32..).zip(&analysis.entities) {
        for mention in &entity.mentions {
            assert_eq!(analysis.mentions[*mention].entity.0, id);
        }
    }
    let people = analysis.mentions.iter();
    people
        .map(|mention| {
            let name = &analysis.entity(mention.entity).name;
            format!("{}={name}", analysis.text(mention.range))
        })
        .collect()
}

#[test]
fn two_spellings_are_one_person_by_decision() {
    let draft = "Ann Kovac spoke. Later Anna Kowatsch left.\n";
    assert_eq!(
        bearers(draft, &[], &[]),
        ["Ann Kovac=Ann Kovac", "Anna Kowatsch=Anna Kowatsch"]
    );
    assert_eq!(
        bearers(draft, &[["Ann Kovac", "Anna Kowatsch"]], &[]),
        ["Ann Kovac=Anna Kowatsch", "Anna Kowatsch=Anna Kowatsch"]
    );
}

#[test]
fn one_name_is_two_people_by_decision() {
    let draft = "Tom Reyes spoke. Reyes left. The mayor thanked Tom Reyes.\n";
    let parted = bearers(draft, &[], &[["Tom Reyes", "Reyes"]]);
    assert_eq!(parted[..2], ["Tom Reyes=Tom Reyes", "Reyes=Reyes"]);
    assert_eq!(parted.last().unwrap(), "Tom Reyes=Tom Reyes");
    let gone = bearers(draft, &[["Tom Reyes", "Nobody"]], &[["Tom Reyes", "Dan"]]);
    assert_eq!(gone, bearers(draft, &[], &[]));
}
