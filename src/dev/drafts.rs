//! `copydesk-dev drafts speed`: what the stages of a paragraph take, and an edit of a short draft, a long one and a book.

use std::hint::black_box;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};

use crate::analysis::{Memo, analyze};
use crate::extract::{self, cue, marker, name, quote, sentence, token, word};
use crate::features;
use crate::knowledge::Knowledge;
use crate::lexicon::Lexicon;
use crate::settings::Settings;
use crate::text::{Language, Prose};

#[derive(Debug, Subcommand)]
pub(super) enum Drafts {
    /// Prints words a second of each stage, and what opening and editing drafts of several lengths takes.
    Speed(Speed),
}

impl Drafts {
    pub fn run(&self) -> io::Result<()> {
        match self {
            Drafts::Speed(speed) => speed.run(),
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Speed {
    /// A draft in plain text, of which the drafts of all lengths are made.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Lengths in words; a draft that is too short is repeated.
    #[arg(long, value_name = "WORDS", value_delimiter = ',', default_values_t = [1_000, 10_000, 100_000])]
    lengths: Vec<usize>,
    /// How often each draft is edited.
    #[arg(long, value_name = "COUNT", default_value_t = 60)]
    edits: usize,
}

/// Stages are timed this often; the best counts.
const ROUNDS: usize = 5;

impl Speed {
    fn run(&self) -> io::Result<()> {
        let text = std::fs::read_to_string(&self.file)?;
        let mut out = io::stdout().lock();
        let _ = Lexicon::get();
        stages(&text, &mut out)?;
        writeln!(out, "\n{:>10} words, milliseconds", "")?;
        for length in &self.lengths {
            self.edit(&of_length(&text, *length), *length, &mut out)?;
        }
        Ok(())
    }

    /// Opens a draft and types into it at places spread over the whole.
    fn edit(&self, text: &str, length: usize, out: &mut impl Write) -> io::Result<()> {
        let (settings, knowledge) = (Settings::default(), Knowledge::shipped());
        let mut memo = Memo::default();
        let mut draft = text.to_owned();
        let mut look = |draft: &str| {
            let start = Instant::now();
            let analysis = analyze(draft, Language::Plain, &settings, knowledge, &mut memo);
            let analysed = start.elapsed();
            black_box(features::diagnostics(&analysis, &settings));
            (analysed, start.elapsed())
        };
        let open = look(&draft).1;
        let mut analyses = Vec::new();
        let mut edits = Vec::new();
        for edit in 0..self.edits {
            let mut at = draft.len() * (7 * edit % self.edits) / self.edits.max(1);
            while !draft.is_char_boundary(at) {
                at += 1;
            }
            draft.insert(at, 'e');
            let (analysed, all) = look(&draft);
            analyses.push(analysed);
            edits.push(all);
        }
        writeln!(
            out,
            "{length:>10}: open {:.1}, analysis of an edit {:.2}, with its findings {:.2} (95% below {:.2})",
            milliseconds(open),
            milliseconds(share(&mut analyses, 50)),
            milliseconds(share(&mut edits, 50)),
            milliseconds(share(&mut edits, 95)),
        )
    }
}

/// A draft of so many words, more or less.
fn of_length(text: &str, words: usize) -> String {
    let mut left = words;
    let mut draft = String::new();
    for line in text.lines().cycle() {
        draft.push_str(line);
        draft.push('\n');
        left = left.saturating_sub(line.split_whitespace().count());
        if left == 0 || draft.len() > 100 && text.trim().is_empty() {
            return draft;
        }
    }
    draft
}

fn stages(text: &str, out: &mut impl Write) -> io::Result<()> {
    let lexicon = Lexicon::get();
    let prose = Prose::new(text, Language::Plain);
    let paragraphs: Vec<&str> = (prose.blocks().iter())
        .map(|block| &prose.text()[block.range])
        .collect();
    let facts: Vec<_> = (paragraphs.iter())
        .map(|text| extract::facts(text, lexicon))
        .collect();
    let all = || paragraphs.iter().zip(&facts);
    let words = text.split_whitespace().count();
    let mut time = |stage: &str, run: &dyn Fn()| {
        let best = (0..ROUNDS).map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        });
        let best = best.min().unwrap_or_default().as_secs_f64();
        writeln!(
            out,
            "{stage:>10}: {:6.2} million words a second",
            words as f64 / best / 1e6
        )
    };
    time("prose", &|| {
        black_box(Prose::new(text, Language::Plain));
    })?;
    time("tokens", &|| {
        all().for_each(|(text, _)| drop(black_box(token::tokens(text))));
    })?;
    time("quotes", &|| {
        all().for_each(|(text, facts)| drop(black_box(quote::quotes(text, &facts.tokens))));
    })?;
    time("sentences", &|| {
        all().for_each(|(text, facts)| {
            drop(black_box(sentence::sentences(
                text,
                &facts.tokens,
                &facts.quotes,
            )));
        });
    })?;
    time("names", &|| {
        all().for_each(|(text, facts)| {
            drop(black_box(name::mentions(
                text,
                &facts.tokens,
                &facts.sentences,
                lexicon,
            )));
        });
    })?;
    time("cues", &|| {
        all().for_each(|(text, facts)| {
            drop(black_box(cue::cues(
                text,
                &facts.tokens,
                &facts.quotes,
                lexicon,
            )));
        });
    })?;
    time("words", &|| {
        all().for_each(|(text, facts)| {
            drop(black_box(word::words(text, &facts.tokens, lexicon)));
            drop(black_box(word::sporting(text, &facts.tokens)));
        });
    })?;
    time("markers", &|| {
        all().for_each(|(text, facts)| {
            black_box(marker::marker(text, &facts.tokens));
        });
    })?;
    time("speech", &|| {
        all().for_each(|(text, facts)| {
            drop(black_box(extract::speech::speech(text, facts)));
        });
    })?;
    time("all facts", &|| {
        all().for_each(|(text, _)| drop(black_box(extract::facts(text, lexicon))));
    })
}

fn share(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    times.get(last * percent / 100).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    1e3 * time.as_secs_f64()
}
