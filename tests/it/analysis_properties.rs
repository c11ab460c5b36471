//! What must hold of an analysis whatever the draft holds: its ranges stand, and what is remembered changes nothing.

use copydesk::analysis::{
    Analysis, Corrections, Memo, SpeakerCorrection, analyze, analyze_corrected, key, quote_key,
};
use copydesk::features::diagnostics;
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::{Language, TextRange};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const PIECES: &[&str] = &[
    "Mayor Ruth Okafor",
    "Okafor",
    "Dan Meyer",
    "the mayor",
    "he",
    "She",
    "officials",
    "IRNA",
    "Port Hale",
    " said",
    " told reporters",
    " added",
    ", according to ",
    "reportedly ",
    "and ",
    "that ",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "We are ready",
    "The pier is closed",
    ",",
    ".",
    "?",
    ": ",
    " ",
    "\n",
    "\n\n",
    "😀",
    "é",
    "e\u{301}",
    "**",
    "> ",
    "- ",
    "<p>",
    "&quot;",
    "Leave a Reply",
    " was accused of fraud",
    " is believed to be",
    "TK",
    "IRNA (IRNA)",
    "terrorist ",
    "40 people were killed.",
    "We will not close the pier this year",
    "We won’t close the pier this year",
    "…",
    "\0",
];

const LANGUAGES: &[Language] = &[Language::Plain, Language::Markdown, Language::Html];

fn draft() -> impl Strategy<Value = String> {
    proptest::collection::vec(select(PIECES), 0..80).prop_map(|pieces| pieces.concat())
}

/// Everything that an analysis knows, to be compared.
fn known(analysis: &Analysis) -> String {
    format!(
        "{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:#?}",
        analysis.paragraphs,
        analysis.entities,
        analysis.mentions,
        analysis.quotes,
        analysis.attributions
    )
}

fn check_ranges(analysis: &Analysis) -> Result<(), TestCaseError> {
    let text = analysis.prose.text();
    let stands = |range: TextRange| text.get(std::ops::Range::<usize>::from(range)).is_some();
    for paragraph in &analysis.paragraphs {
        prop_assert!(stands(paragraph.range));
    }
    for (index, mention) in analysis.mentions.iter().enumerate() {
        prop_assert!(stands(mention.full_range()), "{mention:?}");
        prop_assert!(
            analysis.entity(mention.entity).mentions.contains(&index),
            "{mention:?}"
        );
    }
    for quote in &analysis.quotes {
        prop_assert!(stands(quote.range), "{quote:?}");
        prop_assert!(
            quote
                .attribution
                .is_none_or(|index| index < analysis.attributions.len()),
            "{quote:?}"
        );
    }
    for (index, attribution) in analysis.attributions.iter().enumerate() {
        prop_assert!(stands(attribution.range), "{attribution:?}");
        prop_assert!(!attribution.range.is_empty(), "{attribution:?}");
        prop_assert!(
            attribution
                .speaker
                .is_none_or(|speaker| stands(speaker.range)),
            "{attribution:?}"
        );
        prop_assert!(attribution.continues != Some(index), "{attribution:?}");
        prop_assert!((0.0..=1.0).contains(&attribution.score), "{attribution:?}");
        for quote in &attribution.quotes {
            prop_assert!(
                attribution
                    .range
                    .contains_range(analysis.quotes[*quote].range),
                "{attribution:?}"
            );
        }
    }
    Ok(())
}

/// Decisions about the quotes and the names of a draft, some of them absurd.
fn decisions(analysis: &Analysis, picks: &[(Index, Index, u8)]) -> Corrections {
    let mut corrections = Corrections::default();
    for (one, other, what) in picks {
        let name = |pick: &Index| {
            let mention = pick.get(&analysis.mentions);
            key(analysis.text(mention.range))
        };
        match what {
            0 | 1 if !analysis.quotes.is_empty() => {
                let quote = one.get(&analysis.quotes);
                let named = *what == 0 && !analysis.mentions.is_empty();
                let sentence = analysis.sentence(quote.range).unwrap_or(quote.range);
                corrections.speakers.push(SpeakerCorrection {
                    quote: quote_key(analysis.text(analysis.content(quote))),
                    sentence: key(analysis.text(sentence)),
                    speaker: named.then(|| name(other)),
                });
            }
            2 if !analysis.mentions.is_empty() => corrections.one.push([name(one), name(other)]),
            3 if !analysis.mentions.is_empty() => corrections.two.push([name(one), name(other)]),
            _ => {}
        }
    }
    corrections
}

proptest! {
    #[test]
    fn decisions_leave_an_analysis_whole(
        draft in draft(),
        language in select(LANGUAGES),
        picks in proptest::collection::vec((any::<Index>(), any::<Index>(), 0..4u8), 1..5),
    ) {
        let (settings, knowledge) = (Settings::default(), Knowledge::shipped());
        let before = analyze(&draft, language, &settings, knowledge, &mut Memo::default());
        let corrections = decisions(&before, &picks);
        let mut memo = Memo::default();
        let corrected = analyze_corrected(&draft, language, &settings, knowledge, &corrections, &mut memo);
        check_ranges(&corrected)?;
        for (index, quote) in corrected.quotes.iter().enumerate() {
            let known = corrected.attribution(quote);
            prop_assert!(known.is_none_or(|known| known.quotes.contains(&index)), "{quote:?}");
        }
        // They leave nothing behind in what is remembered.
        let again = analyze(&draft, language, &settings, knowledge, &mut memo);
        prop_assert_eq!(known(&again), known(&before));
    }

    #[test]
    fn ranges_stand(draft in draft(), language in select(LANGUAGES)) {
        check_ranges(&analyze(&draft, language, &Settings::default(), Knowledge::shipped(), &mut Memo::default()))?;
    }

    #[test]
    fn what_is_remembered_changes_nothing(
        start in draft(),
        language in select(LANGUAGES),
        edits in proptest::collection::vec((any::<Index>(), any::<Index>(), select(PIECES)), 1..6),
    ) {
        let settings = Settings::default();
        let mut memo = Memo::default();
        let mut draft = start;
        analyze(&draft, language, &settings, Knowledge::shipped(), &mut memo);
        for (from, to, piece) in edits {
            let places: Vec<usize> = draft.char_indices().map(|(at, _)| at).chain([draft.len()]).collect();
            let (from, to) = (*from.get(&places), *to.get(&places));
            draft.replace_range(from.min(to)..from.max(to), piece);
            let remembered = analyze(&draft, language, &settings, Knowledge::shipped(), &mut memo);
            let fresh = analyze(&draft, language, &settings, Knowledge::shipped(), &mut Memo::default());
            prop_assert_eq!(known(&remembered), known(&fresh));
            prop_assert_eq!(diagnostics(&remembered, &settings), diagnostics(&fresh, &settings));
        }
    }
}
