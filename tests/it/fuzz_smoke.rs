//! The fuzz targets over their corpora and over mutations of them, always the same ones.
//!
//! This is no fuzzing by coverage, for which `fuzz/` is laid out; it needs no other toolchain and runs with the other
//! tests. `FUZZ_SMOKE_CASES` sets how many mutations each target gets.

use std::cell::Cell;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Once;

use crate::drafts;
use crate::random::Random;

/// Mutations a target unless told otherwise: a few seconds in a debug build.
const CASES: u64 = 300;

/// Bytes of the longest input.
const MAX_INPUT: usize = 1500;

/// What drafts and frames are made of, so that mutations reach more than garbage does.
const PIECES: [&str; 32] = [
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "„",
    "\n\n",
    "\r\n",
    "\r",
    "\u{2028}",
    " said ",
    " he said",
    ", according to ",
    " told CNN. ",
    "Mr. ",
    "Ruth Okafor",
    "🎣",
    "e\u{301}",
    "\u{200F}ש",
    "\0",
    "<p>",
    "</p>",
    "<!--",
    "&ldquo;",
    "**",
    "> ",
    "---\n",
    "Content-Length: 7\r\n",
    "\r\n\r\n",
];

thread_local! {
    static PANICKED: Cell<bool> = const { Cell::new(false) };
}

#[test]
fn any_bytes_are_a_draft() {
    run("analyze", copydesk_fuzz::analyze);
}

#[test]
fn any_bytes_are_a_client() {
    run("frames", copydesk_fuzz::frames);
}

#[test]
fn any_bytes_are_a_knowledge_base() {
    run("kb", copydesk_fuzz::kb);
}

#[test]
fn any_bytes_are_markup() {
    run("masking", copydesk_fuzz::masking);
}

#[test]
fn any_bytes_are_settings() {
    run("settings", copydesk_fuzz::settings);
}

#[test]
fn any_bytes_are_edits() {
    run("edits", copydesk_fuzz::edits);
}

#[path = "../../fuzz/src/lib.rs"]
mod copydesk_fuzz;

fn run(name: &str, target: fn(&[u8])) {
    notice_panics();
    let corpus = corpus(name);
    assert!(corpus.len() > 3, "the corpus of {name} is missing");
    for input in &corpus {
        check(name, target, input);
    }
    let cases = match std::env::var("FUZZ_SMOKE_CASES") {
        Ok(cases) => cases.parse().expect("FUZZ_SMOKE_CASES is a number"),
        Err(_) => CASES,
    };
    let mut random = Random::new(0);
    for _ in 0..cases {
        check(name, target, &mutated(&corpus, &mut random));
    }
}

/// Runs the target; the input of a failure is kept. A panic that someone catches, as those in rules are, counts too.
fn check(name: &str, target: fn(&[u8]), input: &[u8]) {
    PANICKED.set(false);
    let _ = panic::catch_unwind(AssertUnwindSafe(|| target(input)));
    if PANICKED.get() {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-failure"));
        fs::write(&path, input).unwrap();
        panic!("{name} fails on {}", path.display());
    }
}

fn notice_panics() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            PANICKED.set(true);
            usual(info);
        }));
    });
}

/// The corpus of a target; that of `analyze` takes the drafts in. Sorted by name: the order of a folder is nobody's.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(name);
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    if name == "analyze" {
        paths.extend(drafts::paths());
    }
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A stretch of one input with a few changes, some of them taken from another.
fn mutated(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = stretch(corpus, MAX_INPUT, random);
    for _ in 0..random.below(6) + 1 {
        let at = random.below(input.len() + 1);
        let end = at + random.below((input.len() - at).min(40) + 1);
        match random.below(6) {
            0 => drop(input.drain(at..end)),
            1 => drop(input.splice(at..at, input[at..end].to_vec())),
            2 => drop(input.splice(at..end, PIECES[random.below(PIECES.len())].bytes())),
            3 => drop(input.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
            4 => drop(input.splice(at..at, stretch(corpus, 80, random))),
            _ => input
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|byte| *byte ^= 1 << random.below(8)),
        }
    }
    input.truncate(MAX_INPUT);
    input
}

fn stretch(corpus: &[Vec<u8>], longest: usize, random: &mut Random) -> Vec<u8> {
    let input = &corpus[random.below(corpus.len())];
    let start = random.below(input.len() + 1);
    let length = random.below(longest).min(input.len() - start);
    input[start..start + length].to_vec()
}
