//! Drafts with their findings drawn beneath the lines, for tests.
//!
//! A line of spaces, carets and a label annotates the line above and is taken out before the analysis:
//!
//! ```text
//! "They never do."
//! ^^^^^^^^^^^^^^^^ warning[orphan-quote]: No speaker for this quote.
//! ```
//!
//! Columns count characters. A finding over several lines is drawn under its first line and says where it ends,
//! as line and column from 1: `warning[web-residue] to 5:14: …`. `<CURSOR>` marks a place.

#![allow(dead_code, reason = "helpers for tests of every floor above")]

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::Expect;

use crate::analysis::{Analysis, Corrections, Memo, analyze, analyze_corrected};
use crate::features::{Beside, Diagnostic, definition, diagnostics, hints, hover, places};
use crate::knowledge::{Base, Knowledge};
use crate::newsroom::reader::desk_list;
use crate::newsroom::{Entry, Notes};
use crate::rules::{Edit, Fix, Level, Rule};
use crate::settings::{House, Settings};
use crate::text::{Language, TextRange, TextSize};

/// What a draft is read with.
pub(crate) struct Given {
    pub language: Language,
    pub knowledge: Knowledge,
    pub settings: Settings,
    pub corrections: Corrections,
}

impl Default for Given {
    fn default() -> Given {
        Given {
            language: Language::Plain,
            knowledge: Knowledge::shipped().clone(),
            settings: Settings::default(),
            corrections: Corrections::default(),
        }
    }
}

impl Given {
    pub(crate) fn analysis(&self, draft: &str) -> Analysis {
        analyze_corrected(
            draft,
            self.language,
            &self.settings,
            &self.knowledge,
            &self.corrections,
            &mut Memo::default(),
        )
    }

    /// All findings of a draft, or those of one rule.
    pub(crate) fn findings(&self, draft: &str, rule: Option<&Rule>) -> Vec<Diagnostic> {
        diagnostics(&self.analysis(draft), &self.settings)
            .into_iter()
            .filter(|finding| rule.is_none_or(|rule| finding.rule == rule))
            .collect()
    }
}

/// Analyses a plain draft with the settings of no house.
pub(crate) fn analysis(draft: &str) -> Analysis {
    analysis_in(Language::Plain, draft)
}

/// Analyses a draft of any language with the settings of no house.
pub(crate) fn analysis_in(language: Language, draft: &str) -> Analysis {
    analyze(
        draft,
        language,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    )
}

/// Compares all findings of a plain draft with those drawn in it.
pub(crate) fn check(draft: &str) {
    check_in(Language::Plain, "", None, draft);
}

/// Compares one rule's findings of a plain draft with those drawn in it.
pub(crate) fn check_rule(rule: &'static Rule, draft: &str) {
    check_in(Language::Plain, "", Some(rule), draft);
}

/// Compares findings with those drawn in a draft of any language, under settings written as in `copydesk.toml`.
/// Also applies every fix offered: it must end its finding and bring no new one.
pub(crate) fn check_in(
    language: Language,
    settings: &str,
    rule: Option<&'static Rule>,
    draft: &str,
) {
    check_knowing(
        Knowledge::shipped().clone(),
        language,
        settings,
        rule,
        draft,
    );
}

/// The same for one rule and a plain draft, where a desk list is known besides what ships.
pub(crate) fn check_known(rule: &'static Rule, desk_list: &str, settings: &str, draft: &str) {
    check_known_in(Language::Plain, rule, desk_list, settings, draft);
}

/// The same for a draft of any language.
pub(crate) fn check_known_in(
    language: Language,
    rule: &'static Rule,
    desk_list: &str,
    settings: &str,
    draft: &str,
) {
    let knowledge = Knowledge::new(vec![desk_base(desk_list)]);
    check_knowing(knowledge, language, settings, Some(rule), draft);
}

fn check_knowing(
    knowledge: Knowledge,
    language: Language,
    settings: &str,
    rule: Option<&'static Rule>,
    draft: &str,
) {
    let given = Given {
        language,
        knowledge,
        settings: toml::from_str(settings).unwrap(),
        ..Given::default()
    };
    compare(&given, rule, draft);
}

/// Compares one rule's findings with those drawn in a draft, and applies every fix offered.
#[track_caller]
pub(crate) fn check_given(given: &Given, rule: &'static Rule, draft: &str) {
    compare(given, Some(rule), draft);
}

#[track_caller]
fn compare(given: &Given, rule: Option<&Rule>, draft: &str) {
    let drawn = unindent(draft);
    let source = without_annotations(&drawn);
    let findings = given.findings(&source, rule);
    let actual = annotated(&source, &findings);
    assert!(
        actual == drawn,
        "\n--- drawn ---\n{drawn}\n--- found ---\n{actual}\n-------------"
    );
    check_fixes(given, &source);
}

/// Applies the first fix of a rule's finding at the cursor of a plain draft and compares the result.
pub(crate) fn check_fix(rule: &'static Rule, draft: &str, expected: &str) {
    let (source, fixes) = fixes_at_cursor(rule, draft);
    let fix = fixes.first().expect("a fix at the cursor");
    assert_eq!(apply(&source, &fix.edits), unindent(expected));
}

/// Applies the fix of a title at the cursor of a plain draft and compares the result.
pub(crate) fn check_fix_titled(rule: &'static Rule, title: &str, draft: &str, expected: &str) {
    let (source, fixes) = fixes_at_cursor(rule, draft);
    let titles: Vec<&str> = fixes.iter().map(|fix| fix.title.as_str()).collect();
    let Some(fix) = fixes.iter().find(|fix| fix.title == title) else {
        panic!("no fix “{title}” among {titles:?}");
    };
    assert_eq!(apply(&source, &fix.edits), unindent(expected));
}

/// The titles of the fixes at the cursor.
pub(crate) fn fix_titles(rule: &'static Rule, draft: &str) -> Vec<String> {
    let (_, fixes) = fixes_at_cursor(rule, draft);
    fixes.into_iter().map(|fix| fix.title).collect()
}

/// What each fix of a rule's only finding makes of a draft.
pub(crate) fn mended(rule: &'static Rule, language: Language, draft: &str) -> Vec<String> {
    let found = findings(draft, language, &switched_on(rule), Some(rule));
    assert_eq!(found.len(), 1, "{}", annotated(draft, &found));
    let fixes = found[0].fixes.iter();
    fixes.map(|fix| apply(draft, &fix.edits)).collect()
}

/// Runs the drafts of a rule's documentation: each of `## Flags` has exactly one finding of the rule, each of
/// `## Passes` none. Settings in a `toml` block and the ledger in a `jsonl` block hold for the drafts below them.
pub(crate) fn check_documentation(rule: &'static Rule) {
    for (heading, wanted) in [("Flags", 1), ("Passes", 0)] {
        let drafts = fenced(&rule.docs(), heading);
        assert!(!drafts.is_empty(), "{rule:?}: no draft under {heading}");
        for (language, draft, written) in drafts {
            let given = Given {
                language,
                settings: switched_on_in(rule, &written.settings),
                corrections: corrections(&written.ledger),
                ..Given::default()
            };
            let found = given.findings(&draft, Some(rule));
            assert_eq!(
                found.len(),
                wanted,
                "{rule:?}, {heading}:\n{}",
                annotated(&draft, &found)
            );
            check_fixes(&given, &draft);
        }
    }
}

/// The settings of no house, with a rule on that is off there.
fn switched_on(rule: &Rule) -> Settings {
    switched_on_in(rule, "")
}

/// Settings as in `copydesk.toml`, with a rule on that is off there.
fn switched_on_in(rule: &Rule, written: &str) -> Settings {
    let settings: Settings = toml::from_str(written).unwrap();
    if rule.level(&settings) != Level::Off {
        return settings;
    }
    let on = format!("{written}\nrules.{}.level = \"hint\"", rule.name);
    toml::from_str(&on).unwrap()
}

/// Compares all hints of a plain draft with those drawn in it, at their places: `“…,” he‹Meyer› said.`
pub(crate) fn check_hints(draft: &str) {
    check_hints_in(Language::Plain, "", draft);
}

/// Compares hints with those drawn in a draft of any language, under settings written as in `copydesk.toml`.
pub(crate) fn check_hints_in(language: Language, settings: &str, draft: &str) {
    let settings: Settings = toml::from_str(settings).unwrap();
    let drawn = unindent(draft);
    let mut source = String::new();
    let mut rest = drawn.as_str();
    while let Some((before, after)) = rest.split_once('‹') {
        source.push_str(before);
        rest = after.split_once('›').expect("the end of a hint").1;
    }
    source.push_str(rest);
    let analysis = analyze(
        &source,
        language,
        &settings,
        Knowledge::shipped(),
        &mut Memo::default(),
    );
    let whole = TextRange::up_to(TextSize::of(source.as_str()));
    let edits: Vec<Edit> = hints(&analysis, &settings, whole)
        .into_iter()
        .map(|hint| Edit {
            range: TextRange::empty(hint.offset),
            text: hint.label,
        })
        .collect();
    let actual = apply(&source, &edits);
    assert!(
        actual == drawn,
        "\n--- drawn ---\n{drawn}\n--- found ---\n{actual}\n-------------"
    );
}

/// Compares the hover at the cursor of a plain draft: the words that it is about in brackets, then its text.
pub(crate) fn check_hover(draft: &str, expected: Expect) {
    check_hover_in(Language::Plain, draft, expected);
}

/// Compares the hover at the cursor of a draft of any language.
pub(crate) fn check_hover_in(language: Language, draft: &str, expected: Expect) {
    let nothing = Knowledge::default();
    expected.assert_eq(&hover_at_cursor(language, House::Neutral, &nothing, draft));
}

/// The hover at the cursor of a draft, as [`check_hover`] compares it.
pub(crate) fn hover_at_cursor(
    language: Language,
    house: House,
    knowledge: &Knowledge,
    draft: &str,
) -> String {
    let (source, at) = cursor(draft);
    let analysis = analysis_in(language, &source);
    let beside = Beside {
        findings: &diagnostics(&analysis, &Settings::default()),
        knowledge,
        house,
    };
    hover(&analysis, beside, at).map_or("nothing\n".to_owned(), |hover| {
        format!("[{}]\n{}\n", &source[hover.range], hover.markdown)
    })
}

/// Knowledge of a desk list alone.
pub(crate) fn desk(list: &str) -> Knowledge {
    Knowledge::of(vec![desk_base(list)])
}

fn desk_base(list: &str) -> Arc<Base> {
    let (records, problems) = desk_list(list);
    assert_eq!(problems, []);
    Arc::new(Base::of("copydesk-desk.toml", records))
}

/// Compares the hover at the cursor of a plain draft, where a desk list is known.
pub(crate) fn check_hover_known(desk_list: &str, draft: &str, expected: Expect) {
    let known = desk(desk_list);
    let actual = hover_at_cursor(Language::Plain, House::Neutral, &known, draft);
    expected.assert_eq(&actual);
}

/// Compares the definition of what is at the cursor of a plain draft: its words, and which of them it is, from 1.
pub(crate) fn check_definition(draft: &str, words: &str, nth: usize) {
    let (source, at) = cursor(draft);
    let found = definition(&analysis(&source), at).map(usize_range);
    let expected = source.match_indices(words).nth(nth - 1);
    assert_eq!(found, expected.map(|(at, words)| at..at + words.len()));
}

/// Compares all places of what is at the cursor of a plain draft with those drawn as `‹Meyer›`.
pub(crate) fn check_places(draft: &str, drawn: &str) {
    let (source, at) = cursor(draft);
    let mut actual = String::new();
    let mut done = 0;
    for (index, place) in places(&analysis(&source), at).into_iter().enumerate() {
        assert_eq!(place.first, index == 0);
        let range = usize_range(place.range);
        actual += &format!("{}‹{}›", &source[done..range.start], &source[range.clone()]);
        done = range.end;
    }
    assert_eq!(actual + &source[done..], unindent(drawn));
}

fn usize_range(range: TextRange) -> std::ops::Range<usize> {
    range.into()
}

/// Splits `<CURSOR>` out of a draft.
pub(crate) fn cursor(draft: &str) -> (String, TextSize) {
    let draft = unindent(draft);
    let at = draft.find("<CURSOR>").expect("a cursor in the draft");
    let offset = TextSize::try_from(at).unwrap();
    (draft.replacen("<CURSOR>", "", 1), offset)
}

/// Applies edits in reading order.
pub(crate) fn apply(source: &str, edits: &[Edit]) -> String {
    let mut text = source.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(std::ops::Range::<usize>::from(edit.range), &edit.text);
    }
    text
}

fn check_fixes(given: &Given, source: &str) {
    let before = given.findings(source, None);
    for (index, finding) in before.iter().enumerate() {
        for fix in &finding.fixes {
            let mended = apply(source, &fix.edits);
            let after = given.findings(&mended, None);
            let mut rest: Vec<_> = before.iter().map(|finding| finding.rule.name).collect();
            rest.remove(index);
            let mut left = after.iter().map(|finding| finding.rule.name);
            let fine = left.all(|name| {
                let at = rest.iter().position(|other| *other == name);
                at.map(|at| rest.swap_remove(at)).is_some()
            });
            assert!(
                fine,
                "the fix “{}” left\n{}\nof\n{}",
                fix.title,
                annotated(&mended, &after),
                annotated(source, &before)
            );
        }
    }
}

fn fixes_at_cursor(rule: &'static Rule, draft: &str) -> (String, Vec<Fix>) {
    let (source, offset) = cursor(draft);
    let fixes = findings(&source, Language::Plain, &switched_on(rule), Some(rule))
        .into_iter()
        .filter(|finding| finding.range.contains_inclusive(offset))
        .flat_map(|finding| finding.fixes)
        .collect();
    (source, fixes)
}

fn findings(
    source: &str,
    language: Language,
    settings: &Settings,
    rule: Option<&Rule>,
) -> Vec<Diagnostic> {
    let given = Given {
        language,
        settings: settings.clone(),
        ..Given::default()
    };
    given.findings(source, rule)
}

fn annotated(source: &str, findings: &[Diagnostic]) -> String {
    let mut out = String::new();
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        let range = start..start + content.len();
        out.push_str(content);
        out.push('\n');
        for finding in findings {
            let from = usize::from(finding.range.start());
            if from >= range.start && from <= range.end {
                annotate(&mut out, source, content, from - range.start, finding);
            }
        }
        start += line.len();
    }
    out
}

fn annotate(out: &mut String, source: &str, line: &str, column: usize, finding: &Diagnostic) {
    let (before, rest) = line.split_at(column);
    let flagged = &source[std::ops::Range::<usize>::from(finding.range)];
    let carets = flagged.chars().count().min(rest.chars().count()).max(1);
    let indent = before.chars().count();
    write!(out, "{:indent$}{:^<carets$} ", "", "").unwrap();
    write!(out, "{}[{}]", finding.level.name(), finding.rule.name).unwrap();
    if flagged.contains('\n') {
        let before_end = &source[..usize::from(finding.range.end())];
        let line = before_end.split('\n').count();
        let column = before_end
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        write!(out, " to {line}:{column}").unwrap();
    }
    writeln!(out, ": {}", finding.message).unwrap();
}

fn without_annotations(drawn: &str) -> String {
    drawn
        .split_inclusive('\n')
        .filter(|line| !is_annotation(line))
        .collect()
}

fn is_annotation(line: &str) -> bool {
    let line = line.trim_start();
    let label = line.trim_start_matches('^');
    let level = label.trim_start().split('[').next().unwrap_or_default();
    label.len() < line.len() && label.contains('[') && Level::from_name(level).is_some()
}

/// Takes the first empty line and the indentation that all lines share away; ends with one line break.
fn unindent(draft: &str) -> String {
    let draft = draft.strip_prefix('\n').unwrap_or(draft).trim_end();
    let indent = draft
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or_default();
    let mut out = String::with_capacity(draft.len());
    for line in draft.lines() {
        out.push_str(line.get(indent..).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// What documentation gives besides drafts.
#[derive(Clone, Default)]
struct Written {
    settings: String,
    ledger: String,
}

/// What a fenced block holds.
enum Block {
    Settings,
    Ledger,
    Draft(Language),
}

fn corrections(ledger: &str) -> Corrections {
    let entries: Vec<Entry> = ledger
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    Notes::new(&entries).corrections().clone()
}

/// The drafts under a heading, each with the settings and the ledger that were last given above it.
fn fenced(docs: &str, heading: &str) -> Vec<(Language, String, Written)> {
    let mut drafts = Vec::new();
    let mut written = Written::default();
    let mut open: Option<(Block, String)> = None;
    let mut here = false;
    for line in docs.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => match open.take() {
                Some((Block::Settings, text)) => written.settings = text,
                Some((Block::Ledger, text)) => written.ledger = text,
                Some((Block::Draft(language), draft)) if here => {
                    drafts.push((language, draft, written.clone()));
                }
                _ => {}
            },
            (Some((_, draft)), None) => {
                draft.push_str(line);
                draft.push('\n');
            }
            (None, Some(kind)) => {
                let block = match kind {
                    "toml" => Block::Settings,
                    "jsonl" => Block::Ledger,
                    "markdown" => Block::Draft(Language::Markdown),
                    "html" => Block::Draft(Language::Html),
                    _ => Block::Draft(Language::Plain),
                };
                open = Some((block, String::new()));
            }
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    here = title == heading;
                }
            }
        }
    }
    drafts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_told_from_copy() {
        assert!(is_annotation("   ^^^ warning[orphan-quote]: No speaker."));
        assert!(!is_annotation("^^^ warning: no rule"));
        assert!(!is_annotation("A warning[1] stood there"));
        assert!(!is_annotation(""));
    }

    #[test]
    fn drafts_lose_their_indentation() {
        assert_eq!(
            unindent("\n    One.\n\n      Two.\n    "),
            "One.\n\n  Two.\n"
        );
    }

    #[test]
    fn edits_apply_in_order() {
        let (source, at) = cursor("One <CURSOR>three.");
        let edits = [Edit {
            range: text_size::TextRange::empty(at),
            text: "two ".to_owned(),
        }];
        assert_eq!(apply(&source, &edits), "One two three.\n");
    }
}
