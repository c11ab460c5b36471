//! Every fix offered in a whole draft ends its finding and brings no new one.

use std::fs;
use std::ops::Range;
use std::path::Path;

use copydesk::analysis::{Memo, analyze};
use copydesk::features::{self, Diagnostic};
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::Language;

use super::{language_id, paths};

fn findings(text: &str, language: Language) -> Vec<Diagnostic> {
    let settings = Settings::default();
    let analysis = analyze(
        text,
        language,
        &settings,
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    features::diagnostics(&analysis, &settings)
}

fn language(path: &Path) -> Language {
    match language_id(path) {
        Some("markdown") => Language::Markdown,
        Some("html") => Language::Html,
        _ => Language::Plain,
    }
}

fn names(findings: &[Diagnostic]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.name).collect()
}

/// A fix may take the ground from another finding, but never gives it to a new one.
fn assert_none_is_new(before: &[Diagnostic], after: &[Diagnostic], what: &str) {
    let mut rest = names(before);
    for name in names(after) {
        let at = rest.iter().position(|other| *other == name);
        let at = at.unwrap_or_else(|| panic!("{name} {what}"));
        rest.swap_remove(at);
    }
}

#[test]
fn all_at_one_stroke_mends() {
    let mut tried = 0;
    for path in paths() {
        let language = language(&path);
        let mut text = fs::read_to_string(&path).unwrap();
        let before = findings(&text, language);
        for edit in features::fix_all(&before).iter().rev() {
            text.replace_range(Range::<usize>::from(edit.range), &edit.text);
            tried += 1;
        }
        let after = findings(&text, language);
        assert_eq!(features::fix_all(&after), [], "{}", path.display());
        assert_none_is_new(&before, &after, &format!("in {}", path.display()));
    }
    assert!(tried > 0);
}

#[test]
fn fixes_mend() {
    let mut tried = 0;
    for path in paths() {
        let language = language(&path);
        let text = fs::read_to_string(&path).unwrap();
        let before = findings(&text, language);
        for (index, finding) in before.iter().enumerate() {
            for fix in &finding.fixes {
                let mut mended = text.clone();
                for edit in fix.edits.iter().rev() {
                    mended.replace_range(Range::<usize>::from(edit.range), &edit.text);
                }
                let mut rest = before.clone();
                rest.remove(index);
                let what = format!("after “{}” in {}", fix.title, path.display());
                assert_none_is_new(&rest, &findings(&mended, language), &what);
                tried += 1;
            }
        }
    }
    assert!(tried > 10, "{tried} fixes");
}
