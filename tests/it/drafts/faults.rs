//! A mark lost from a whole draft costs one finding and no cascade.

use std::collections::HashSet;
use std::fs;

use copydesk::analysis::{Memo, analyze};
use copydesk::features;
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::Language;

use super::{language_id, paths};

/// The findings of a draft as rule and line.
fn findings(text: &str) -> HashSet<(&'static str, usize)> {
    let settings = Settings::default();
    let analysis = analyze(
        text,
        Language::Plain,
        &settings,
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    features::diagnostics(&analysis, &settings)
        .iter()
        .map(|finding| {
            let start = usize::from(finding.range.start());
            (finding.rule.name, line(text, start))
        })
        .collect()
}

fn line(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

#[test]
fn a_lost_mark_is_one_finding() {
    let mut lost = 0;
    let mut found = 0;
    for path in paths() {
        if language_id(&path) != Some("plaintext") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let before = findings(&text);
        for (at, mark) in text.match_indices(['“', '”']) {
            let mut broken = text.clone();
            broken.replace_range(at..at + mark.len(), "");
            let after = findings(&broken);
            let new: Vec<_> = after.difference(&before).collect();
            let place = line(&text, at);
            let context = format!("{mark} of line {place} in {}", path.display());
            assert!(new.len() <= 1, "{context}: {new:?}");
            assert!(
                new.iter()
                    .all(|finding| **finding == ("unbalanced-quote", place)),
                "{context}: {new:?}"
            );
            lost += 1;
            found += new.len();
        }
    }
    assert!(
        found * 10 >= lost * 9,
        "{found} of {lost} lost marks were found"
    );
}
