//! What must hold of hints, hovers, outlines and fixes whatever the draft holds.

use copydesk::analysis::{Memo, analyze};
use copydesk::features::{
    Beside, Symbol, actions, definition, diagnostics, hints, hover, places, symbols,
};
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::{Language, TextRange, TextSize};
use proptest::prelude::*;
use proptest::sample::select;

const LONGEST_HOVER: usize = 12;

/// Pieces that a draft full of names, quotes, verbs and markup is made of.
const PIECES: &[&str] = &[
    "Ann Meyer",
    "Meyer",
    "Mayor Ann Meyer",
    "John O’Neill",
    "the mayor",
    "he",
    "she",
    "officials",
    "White House",
    "IRNA",
    "Reuters",
    " said",
    " told ",
    " claimed",
    ", according to ",
    " reportedly",
    " added",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "The pier is closed",
    "We looked at every bolt",
    ",",
    ".",
    "?",
    ":",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n\r\n",
    "\u{2028}",
    "😀",
    "e\u{301}",
    "<p>",
    "</p>",
    "<b>",
    "&amp;",
    "<!--",
    "-->",
    "**",
    "*",
    "_",
    "# ",
    "> ",
    "- ",
    "[",
    "](x)",
    "`",
    "---\n",
    "Leave a Reply",
    "by Ann Meyer",
    "\0",
    "\u{feff}",
    "قال",
    "…",
];

fn draft() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn check(draft: &str, language: Language) {
    let mut settings = Settings::default();
    settings.hints.paraphrase = true;
    let analysis = analyze(
        draft,
        language,
        &settings,
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    let whole = TextRange::up_to(TextSize::of(draft));
    let stands = |range: TextRange| draft.get(std::ops::Range::<usize>::from(range)).is_some();

    let all = hints(&analysis, &settings, whole);
    assert!(
        all.windows(2).all(|pair| pair[0].offset < pair[1].offset),
        "{all:?}"
    );
    for hint in &all {
        assert!(stands(TextRange::empty(hint.offset)), "{hint:?}");
        let here = hints(&analysis, &settings, TextRange::empty(hint.offset));
        assert_eq!(here, std::slice::from_ref(hint));
    }

    check_symbols(&symbols(&analysis), whole, &stands);

    let findings = diagnostics(&analysis, &settings);
    let beside = Beside {
        findings: &findings,
        knowledge: Knowledge::shipped(),
        house: settings.house,
    };
    for at in 0..=draft.len() + 1 {
        let at = TextSize::try_from(at).unwrap();
        let found = places(&analysis, at);
        assert!(found.iter().all(|place| stands(place.range)), "{found:?}");
        assert!(
            found.is_sorted_by_key(|place| place.range.start()),
            "{found:?}"
        );
        let first = found.first().map(|place| place.range);
        assert_eq!(definition(&analysis, at), first);
        if let Some(hover) = hover(&analysis, beside, at) {
            assert!(stands(hover.range) && !hover.range.is_empty(), "{hover:?}");
            assert!(hover.range.contains_inclusive(at), "{hover:?}");
            assert!(!hover.markdown.is_empty());
            assert!(
                hover.markdown.lines().count() <= LONGEST_HOVER,
                "{}",
                hover.markdown
            );
        }
        for action in actions(&findings, TextRange::empty(at)) {
            assert!(action.range.contains_inclusive(at), "{action:?}");
            assert!(
                action.edits.iter().all(|edit| stands(edit.range)),
                "{action:?}"
            );
        }
    }
}

fn check_symbols(symbols: &[Symbol], around: TextRange, stands: &impl Fn(TextRange) -> bool) {
    for symbol in symbols {
        assert!(!symbol.name.trim().is_empty(), "{symbol:?}");
        assert!(!symbol.name.contains(['\n', '\r']), "{symbol:?}");
        assert!(
            stands(symbol.range) && stands(symbol.selection),
            "{symbol:?}"
        );
        assert!(around.contains_range(symbol.range), "{symbol:?}");
        assert!(symbol.range.contains_range(symbol.selection), "{symbol:?}");
        check_symbols(&symbol.children, symbol.range, stands);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_feature_answers_at_every_place(
        draft in draft(),
        language in select(&[Language::Plain, Language::Markdown, Language::Html][..]),
    ) {
        check(&draft, language);
    }
}

#[test]
fn the_real_draft_answers_at_every_place() {
    check(include_str!("../drafts/tehran-summit.txt"), Language::Plain);
}
