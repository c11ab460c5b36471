//! Corpora to examples: stretches of tokens with their features and the states that they may have.

use std::collections::HashMap;
use std::ops::Range;

use super::corpus::{Draft, Gold};
use crate::extract::name::{feature::Kind, samples};
use crate::extract::{Label, Token, quote, sentence, token};
use crate::lexicon::{Lexicon, NameModel, STATES, Traits};
use crate::text::{Language, Prose};

/// All states at once.
const ANY: u32 = (1 << STATES) - 1;
/// Outside, or any state of a name that is neither person, organisation nor place.
const LATENT: u32 = 1 | 0b1111 << 13;

/// A stretch of tokens. Features are hashes at first and indices into the weights later.
#[derive(Clone, Debug)]
pub(super) struct Example {
    /// The features of each token, those of a kind together.
    pub tokens: Vec<Vec<(Kind, u32)>>,
    /// The states that each token may have, as bits.
    pub allowed: Vec<u32>,
    pub weight: f32,
    /// The number of its corpus.
    pub corpus: usize,
}

/// What marks of a corpus mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Convention {
    /// Names that are neither person, organisation nor place are not marked.
    pub no_misc: bool,
    /// Demonyms are not marked, or not always.
    pub no_demonyms: bool,
}

/// How many marked names the stretches can express.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Coverage {
    pub names: usize,
    pub covered: usize,
}

/// How a draft may look that its marks remain true of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Case {
    Upper,
    Title,
    Lower,
}

/// A draft in another case, byte for byte as long.
pub(super) fn recased(draft: &Draft, case: Case) -> Draft {
    let mut draft = draft.clone();
    match case {
        Case::Upper => draft.text.make_ascii_uppercase(),
        Case::Lower => draft.text.make_ascii_lowercase(),
        Case::Title => {
            let mut title = String::with_capacity(draft.text.len());
            for word in draft.text.split_inclusive([' ', '\n']) {
                let long = word.trim_end().len() > 3;
                let mut letters = word.chars();
                match letters.next() {
                    Some(first) if long => title.push(first.to_ascii_uppercase()),
                    Some(first) => title.push(first),
                    None => {}
                }
                title.push_str(letters.as_str());
            }
            draft.text = title;
        }
    }
    draft
}

/// The examples of a draft.
pub(super) fn examples(
    draft: &Draft,
    convention: Convention,
    clusters: &NameModel,
    without: &[u32],
    coverage: &mut Coverage,
) -> Vec<Example> {
    let lexicon = Lexicon::get();
    let prose = Prose::new(&draft.text, Language::Plain);
    let mut found = Vec::new();
    coverage.names += draft.names.len();
    for block in prose.blocks() {
        let text = &prose.text()[block.range];
        let offset = usize::from(prose.to_source_offset(block.range.start()));
        let tokens = token::tokens(text);
        let quotes = quote::quotes(text, &tokens);
        let sentences = sentence::sentences(text, &tokens, &quotes);
        let states = states(draft, offset..offset + text.len(), &tokens);
        for (stretch, features) in samples(text, &tokens, &sentences, lexicon, clusters) {
            let mut allowed = states[stretch.clone()].to_vec();
            coverage.covered += allowed.iter().filter(|states| is_start(**states)).count();
            for (states, at) in allowed.iter_mut().zip(stretch) {
                let word = text
                    .get(Range::<usize>::from(tokens[at].stem))
                    .unwrap_or_default();
                let demonym =
                    convention.no_demonyms && lexicon.names.traits(word).any(Traits::DEMONYM);
                if *states == 1 && (convention.no_misc || demonym) {
                    *states = LATENT;
                }
            }
            let tokens = features
                .into_iter()
                .map(|token| {
                    token
                        .into_iter()
                        .filter(|(_, template, _)| !without.contains(template))
                        .map(|(kind, _, hash)| (kind, hash))
                        .collect()
                })
                .collect();
            found.push(example(tokens, allowed));
        }
    }
    found
}

fn example(tokens: Vec<Vec<(Kind, u32)>>, allowed: Vec<u32>) -> Example {
    Example {
        tokens,
        allowed,
        weight: 1.0,
        corpus: 0,
    }
}

/// The begin or the only token of a name.
fn is_start(states: u32) -> bool {
    states.count_ones() == 1 && states != 1 && matches!((states.trailing_zeros() - 1) % 4, 0 | 3)
}

/// The states that the marks allow each token of a part of the text.
fn states(draft: &Draft, part: Range<usize>, tokens: &[Token]) -> Vec<u32> {
    let mut states = vec![1; tokens.len()];
    let inside = draft
        .names
        .iter()
        .filter(|gold| gold.start >= part.start && gold.end <= part.end);
    for gold in inside {
        mark(gold, part.start, tokens, &mut states);
    }
    states
}

fn mark(gold: &Gold, offset: usize, tokens: &[Token], states: &mut [u32]) {
    let (start, end) = (gold.start - offset, gold.end - offset);
    let first = tokens.partition_point(|token| usize::from(token.range.end()) <= start);
    let behind = tokens.partition_point(|token| usize::from(token.range.start()) < end);
    let (Some(from), Some(to)) = (
        tokens.get(first),
        behind.checked_sub(1).and_then(|at| tokens.get(at)),
    ) else {
        return;
    };
    let exact = usize::from(from.stem.start()) == start
        && (usize::from(to.stem.end()) == end || usize::from(to.range.end()) == end);
    let label = match gold.label {
        Label::Person => 0,
        Label::Organisation => 1,
        Label::Place => 2,
        Label::Misc => 3,
    };
    for (at, state) in states.iter_mut().enumerate().take(behind).skip(first) {
        *state = match () {
            // Marks inside a token cannot be learnt from.
            () if !exact => ANY,
            () if behind - first == 1 => 1 << (4 + 4 * label),
            () if at == first => 1 << (1 + 4 * label),
            () if at + 1 == behind => 1 << (3 + 4 * label),
            () => 1 << (2 + 4 * label),
        };
    }
}

/// Turns hashes into indices by rising hash; features seen less often than `least` are dropped. Gives the hashes.
pub(super) fn intern(examples: &mut [Example], least: u32) -> Vec<u32> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for (_, hash) in examples
        .iter()
        .flat_map(|example| example.tokens.iter().flatten())
    {
        *counts.entry(*hash).or_default() += 1;
    }
    let mut hashes: Vec<u32> = counts
        .iter()
        .filter(|(_, count)| **count >= least)
        .map(|(hash, _)| *hash)
        .collect();
    hashes.sort_unstable();
    let index: HashMap<u32, u32> = (0..).zip(&hashes).map(|(at, hash)| (*hash, at)).collect();
    for token in examples.iter_mut().flat_map(|example| &mut example.tokens) {
        token.retain_mut(|(_, hash)| match index.get(hash) {
            Some(at) => {
                *hash = *at;
                true
            }
            None => false,
        });
        token.shrink_to_fit();
    }
    hashes
}
