//! Every fix offered in a whole draft ends its finding and brings no new one.

use std::fs;
use std::ops::Range;

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

fn names(findings: &[Diagnostic]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.name).collect()
}

#[test]
fn fixes_mend() {
    let mut tried = 0;
    for path in paths() {
        let language = match language_id(&path) {
            Some("markdown") => Language::Markdown,
            Some("html") => Language::Html,
            _ => Language::Plain,
        };
        let text = fs::read_to_string(&path).unwrap();
        let before = findings(&text, language);
        for (index, finding) in before.iter().enumerate() {
            for fix in &finding.fixes {
                let mut mended = text.clone();
                for edit in fix.edits.iter().rev() {
                    mended.replace_range(Range::<usize>::from(edit.range), &edit.text);
                }
                let mut rest = names(&before);
                rest.remove(index);
                // A fix may take the ground from another finding, but never gives it to a new one.
                for name in names(&findings(&mended, language)) {
                    let at = rest.iter().position(|other| *other == name);
                    let at = at.unwrap_or_else(|| {
                        panic!("{name} after “{}” in {}", fix.title, path.display())
                    });
                    rest.swap_remove(at);
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 10, "{tried} fixes");
}
