//! Every fix offered in a whole draft ends its finding and brings no new one.

use std::fs;
use std::ops::Range;
use std::path::Path;

use copydesk::analysis::{Analysis, DraftQuote, Memo, analyze};
use copydesk::features::{self, Diagnostic, Rewrite};
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::{Language, TextRange};

use super::{language_id, paths};

fn read(text: &str, language: Language) -> (Analysis, Settings) {
    let settings = Settings::default();
    let knowledge = Knowledge::shipped();
    let analysis = analyze(text, language, &settings, knowledge, &mut Memo::default());
    (analysis, settings)
}

fn findings(text: &str, language: Language) -> Vec<Diagnostic> {
    let (analysis, settings) = read(text, language);
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

/// Who speaks each quote, by the words of both. Marks and the comma before an attribution are no words.
fn said(text: &str, language: Language) -> Vec<(String, Option<String>)> {
    let (analysis, _) = read(text, language);
    let mut said: Vec<(String, Option<String>)> = Vec::new();
    let outermost = |quote: &&DraftQuote| analysis.quote(quote).parent.is_none();
    for quote in analysis.quotes.iter().filter(outermost) {
        let content = analysis.text(analysis.content(quote));
        let speaker = analysis.attribution(quote).and_then(|known| known.entity);
        let speaker = speaker.map(|id| analysis.entity(id).name.clone());
        let words = content.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        said.extend(words.map(|word| (word.to_owned(), speaker.clone())));
    }
    said
}

#[test]
fn rewrites_keep_words_and_speakers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = ["attribution", "people"].map(|name| folder.join(name));
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|entry| entry.unwrap().path());
    let files = files.filter(|path| language_id(path).is_some());
    let mut tried = 0;
    for path in paths().into_iter().chain(files) {
        let text = fs::read_to_string(&path).unwrap();
        tried += check_rewrites(&text, language(&path));
    }
    assert!(tried > 0);
}

#[test]
fn rewrites_keep_words_and_speakers_of_any_pattern() {
    let openings = [
        "",
        "Mayor Ann Meyer and council member Tom Reyes met on Monday.\n\n",
    ];
    let quotes = [
        "The deck is old. It has to go,",
        "Is it old? It is!",
        "Mr. Hill looked twice. Nobody came. It rained,",
    ];
    let tags = [
        "Meyer said.",
        "said Ann Meyer, who runs the pier.",
        "Ann Meyer said on Monday.",
        "she said, adding that nobody had looked.",
        "she said in an interview.",
        "according to Tom Reyes.",
    ];
    let ends = [
        "",
        " “We knew. All did.”",
        " “We knew,” Tom Reyes said.",
        " Reyes disagreed: “We never knew.”",
        " Reyes disagreed: “We never knew.” Meyer left.",
        " She left. “We knew,” she said.",
    ];
    let mut tried = 0;
    for opening in openings {
        for quote in quotes {
            for tag in tags {
                for end in ends {
                    let text = format!("{opening}“{quote}” {tag}{end}\n");
                    tried += check_rewrites(&text, Language::Plain);
                    let straight = text.replace(['“', '”'], "\"");
                    tried += check_rewrites(&straight, Language::Markdown);
                }
            }
        }
    }
    assert!(tried > 100, "{tried} rewrites");
}

/// Makes every rewrite that a draft offers; returns how many.
fn check_rewrites(text: &str, language: Language) -> usize {
    let before = said(text, language);
    let (analysis, settings) = read(text, language);
    let mut done: Vec<Rewrite> = Vec::new();
    let starts = analysis.attributions.iter().map(|known| known.range);
    for place in starts.map(|range| analysis.prose.to_source(range).start()) {
        for rewrite in features::rewrites(&analysis, &settings, &[], TextRange::empty(place)) {
            if done.contains(&rewrite) {
                continue;
            }
            let mut rewritten = text.to_owned();
            for edit in rewrite.edits.iter().rev() {
                rewritten.replace_range(Range::<usize>::from(edit.range), &edit.text);
            }
            assert_eq!(
                said(&rewritten, language),
                before,
                "{rewritten}{rewrite:#?}"
            );
            done.push(rewrite);
        }
    }
    done.len()
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
