//! Whole drafts and the findings that an editor wants in them.

use copydesk::analysis::{Memo, analyze};
use copydesk::features;
use copydesk::knowledge::Knowledge;
use copydesk::rules::Rule;
use copydesk::settings::Settings;
use copydesk::text::{Document, Encoding, Language};

/// Compares the findings of a draft with its table: rule, level, start and end as line and UTF-16 column from 0, the
/// text (cut with an ellipsis where it is long), the message. Rules that do not exist yet are left out.
fn check(draft: &str, table: &str) {
    let document = Document::new(draft, 1, Language::Plain);
    let settings = Settings::default();
    let analysis = analyze(
        draft,
        Language::Plain,
        &settings,
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    let found: Vec<String> = features::diagnostics(&analysis, &settings)
        .iter()
        .map(|finding| {
            let (start, end) = document.positions(finding.range, Encoding::Utf16);
            format!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}",
                finding.rule.name,
                finding.level.name(),
                start.line,
                start.column,
                end.line,
                end.column,
                finding.message
            )
        })
        .collect();
    let wanted: Vec<String> = table
        .lines()
        .skip(1)
        .filter(|row| Rule::find(row.split('\t').next().unwrap()).is_some())
        .map(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            let (place, text) = cells.split_at(6);
            format!("{}\t{}", place.join("\t"), text[1])
        })
        .collect();
    assert_eq!(found.join("\n"), wanted.join("\n"));
}

#[test]
fn tehran_summit() {
    check(
        include_str!("../../drafts/tehran-summit.txt"),
        include_str!("../../drafts/tehran-summit.findings.tsv"),
    );
}
