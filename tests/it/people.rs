//! Who is who in whole drafts, held against what a careful reader marked.
//!
//! Each file of `tests/people` is a draft with every name in square brackets, behind it the number of its entity, and
//! the list of the entities with their roles ([`draft`] tells the form). Two figures must hold over all of them:
//! B-cubed F1 of the mentions, and F1 of the roles ([`score`] tells how). `cargo test --test it people -- --nocapture`
//! prints the figures of each draft.

mod draft;
mod score;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use copydesk::analysis::{Analysis, Memo, analyze};
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::Language;

use draft::Draft;
use score::{Counts, Score, percent};

/// The least B-cubed F1 over all drafts, in percent.
const LINKING: f64 = 93.0;
/// The least F1 of roles over all drafts, in percent.
const ROLES: f64 = 93.0;

#[test]
fn who_is_who_in_every_draft() {
    let mut total = Counts::default();
    let mut table = String::from("draft                          P     R    F1  roles  labels\n");
    let mut errors = String::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/people");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    for path in &paths {
        let name = path.file_stem().unwrap().to_string_lossy();
        let draft = Draft::parse(&fs::read_to_string(path).unwrap())
            .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let score = Score::of(&draft, &read(&draft.text));
        writeln!(table, "{}", row(&name, &score.counts)).unwrap();
        if !score.errors.is_empty() {
            writeln!(errors, "\n{name}\n{}", score.errors.join("\n")).unwrap();
        }
        total.add(&score.counts);
    }
    writeln!(table, "{}", row("all", &total)).unwrap();
    println!("{errors}\n{table}");
    assert!(
        paths.len() >= 20 && total.linking() >= LINKING && total.roles() >= ROLES,
        "{errors}\n{table}\nover {} drafts; at least {LINKING} for linking and {ROLES} for roles",
        paths.len()
    );
}

fn read(text: &str) -> Analysis {
    analyze(
        text,
        Language::Plain,
        &Settings::default(),
        Knowledge::shipped(),
        &mut Memo::default(),
    )
}

fn row(name: &str, counts: &Counts) -> String {
    format!(
        "{name:<26} {:>5.1} {:>5.1} {:>5.1}  {:>5.1}  {:>6.1}",
        percent(counts.precision()),
        percent(counts.recall()),
        counts.linking(),
        counts.roles(),
        percent(counts.labels()),
    )
}
