//! Who says what in whole drafts, held against what a careful reader marked.
//!
//! Each file of `tests/attribution` is a draft and the list of its speech (its README tells the form). The figures below must
//! hold over all of them ([`score`] tells how they are counted). `cargo test --test it who_says_what -- --nocapture` prints the
//! figures of each draft and every fault.

mod draft;
mod score;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use copydesk::analysis::{Memo, analyze};
use copydesk::knowledge::Knowledge;
use copydesk::settings::Settings;
use copydesk::text::Language;

use draft::Draft;
use score::Counts;

/// The least F1 of pieces of speech with their speakers, in percent.
const SPEECH: f64 = 92.0;
/// The least share of quoted pieces that have their speaker, in percent.
const QUOTED: f64 = 95.0;
/// The least share of nobody's quotes that nobody is given, in percent.
const NOBODY: f64 = 96.0;
/// The least share of hints that name the speaker, without and with a question mark, in percent.
const PLAIN: f64 = 97.0;
const GUESSES: f64 = 90.0;
/// The least share of quotes that have a hint where their sentence leaves a named speaker out, in percent.
const HINTED: f64 = 88.0;

#[test]
fn who_says_what_in_every_draft() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attribution");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("README.md"))
        .collect();
    paths.sort();
    let mut total = Counts::default();
    let mut table =
        String::from("draft                     P     R    F1  speaker  quoted  nobody's\n");
    let mut faults = String::new();
    for path in &paths {
        let name = path.file_stem().unwrap().to_string_lossy();
        let draft = Draft::parse(&fs::read_to_string(path).unwrap())
            .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let language = match path.extension().is_some_and(|ending| ending == "md") {
            true => Language::Markdown,
            false => Language::Plain,
        };
        let analysis = analyze(
            &draft.text,
            language,
            &Settings::default(),
            Knowledge::shipped(),
            &mut Memo::default(),
        );
        let (counts, wrong) = score::score(&draft, &analysis);
        writeln!(table, "{}", row(&name, &counts)).unwrap();
        if !wrong.is_empty() {
            writeln!(faults, "\n{name}\n  {}", wrong.join("\n  ")).unwrap();
        }
        total.add(&counts);
    }
    writeln!(table, "{}", row("all", &total)).unwrap();
    let [plain, guesses, hidden] = total.hints();
    writeln!(
        table,
        "hints: {:.1}% of {plain} plain ones right, {:.1}% of {guesses} with a question mark; \
         {:.1}% of {hidden} quotes that do not name their speaker have one",
        total.plain(),
        total.guesses(),
        total.hinted()
    )
    .unwrap();
    println!("{faults}\n{table}");
    assert!(
        paths.len() >= 12
            && total.f1() >= SPEECH
            && total.quoted() >= QUOTED
            && total.nobodys() >= NOBODY
            && total.plain() >= PLAIN
            && total.guesses() >= GUESSES
            && total.hinted() >= HINTED,
        "{faults}\n{table}\nover {} drafts; at least {SPEECH} for speech, {QUOTED} for quotes, {NOBODY} for nobody's",
        paths.len()
    );
}

fn row(name: &str, counts: &Counts) -> String {
    format!(
        "{name:<22} {:>5.1} {:>5.1} {:>5.1}    {:>5.1}   {:>5.1}     {:>5.1}",
        counts.precision(),
        counts.recall(),
        counts.f1(),
        counts.speakers(),
        counts.quoted(),
        counts.nobodys(),
    )
}
