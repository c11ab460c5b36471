//! `copydesk-dev names speed`: words a second of the names stage alone, and what loading takes.

use std::hint::black_box;
use std::io::{self, Write};
use std::time::Instant;

use super::Measured;
use super::corpus;
use crate::extract::{Sentence, Token, TokenKind, name, quote, sentence, token};
use crate::lexicon::Lexicon;
use crate::text::{Language, Prose};

struct Paragraph {
    text: String,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
}

/// Times of the whole are taken this often; the best counts.
const ROUNDS: usize = 5;

pub(super) fn run(measured: &Measured) -> io::Result<()> {
    measured.install()?;
    let mut out = io::stdout().lock();
    let start = Instant::now();
    let lexicon = Lexicon::get();
    writeln!(
        out,
        "all word lists and the model: {:.1} ms",
        1e3 * start.elapsed().as_secs_f64()
    )?;
    let start = Instant::now();
    let model = Lexicon::load_name_model();
    writeln!(
        out,
        "the model alone: {:.1} ms",
        1e3 * start.elapsed().as_secs_f64()
    )?;
    writeln!(
        out,
        "memory of the model: {:.1} MB",
        model.bytes() as f64 / 1e6
    )?;
    let mut paragraphs = Vec::new();
    for path in &measured.files {
        for draft in corpus::read(path)? {
            let prose = Prose::new(&draft.text, Language::Plain);
            for block in prose.blocks() {
                let text = prose.text()[block.range].to_owned();
                let tokens = token::tokens(&text);
                let quotes = quote::quotes(&text, &tokens);
                let sentences = sentence::sentences(&text, &tokens, &quotes);
                paragraphs.push(Paragraph {
                    text,
                    tokens,
                    sentences,
                });
            }
        }
    }
    let words: usize = paragraphs
        .iter()
        .flat_map(|paragraph| &paragraph.tokens)
        .filter(|token| token.kind == TokenKind::Word)
        .count();
    let mut best = f64::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for paragraph in &paragraphs {
            black_box(name::names_only(
                &paragraph.text,
                &paragraph.tokens,
                &paragraph.sentences,
                lexicon,
            ));
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    writeln!(
        out,
        "{words} words, {:.2} million a second",
        words as f64 / best / 1e6
    )
}
