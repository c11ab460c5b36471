//! The best names of a paragraph by the trained model, with how likely each label of each is.

use std::ops::Range;

use super::Label;
use super::feature::{Features, Kind, Sink};
use crate::lexicon::{NameModel, SCALE, STATES};

/// A name as the model reads it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    /// Indices of tokens.
    pub words: Range<usize>,
    /// The likeliest label.
    pub label: Label,
    /// How likely each label is, in the order of [`LABELS`]; what is missing to 1 is that it is no name.
    pub labels: [f32; 4],
}

/// The labels in the order of their states.
pub(super) const LABELS: [Label; 4] = [
    Label::Person,
    Label::Organisation,
    Label::Place,
    Label::Misc,
];

/// How far being no name is held down for names that only the rest of the draft can confirm.
const DOUBT: i32 = (2.5 * SCALE) as i32;

/// Evens out that features which go together are counted as if they did not.
const TEMPERATURE: f32 = 1.0;

/// Worse than any sum of weights.
const NEVER: i64 = i64::MIN / 128;

/// May `to` follow `from`? A name that has begun goes on to its last token, under one label.
pub(crate) const fn follows(from: usize, to: usize) -> bool {
    let open = from != 0 && matches!((from - 1) % 4, 0 | 1);
    let goes_on = to != 0 && matches!((to - 1) % 4, 1 | 2);
    match open && goes_on {
        true => (from - 1) / 4 == (to - 1) / 4,
        false => open == goes_on,
    }
}

/// The states that each state may follow, and how many they are.
const BEFORE: [([u8; STATES], usize); STATES] = {
    let mut before = [([0; STATES], 0); STATES];
    let mut pair = 0;
    while pair < STATES * STATES {
        let (from, to) = (pair % STATES, pair / STATES);
        if follows(from, to) {
            let (states, count) = &mut before[to];
            states[*count] = from as u8;
            *count += 1;
        }
        pair += 1;
    }
    before
};

/// Reads names out of stretches of a paragraph.
pub(super) struct Decoder<'m> {
    model: &'m NameModel,
    asked: Asked,
    emissions: Vec<[i32; 32]>,
    back: Vec<[u8; STATES]>,
}

/// The features of one token.
#[derive(Default)]
struct Asked {
    hashes: Vec<u32>,
    small: Vec<(u32, u32)>,
}

impl Sink for Asked {
    fn push(&mut self, _: Kind, _: u32, hash: u32) {
        self.hashes.push(hash);
    }

    fn push_small(&mut self, _: Kind, template: u32, value: u32) {
        self.small.push((template, value));
    }
}

impl<'m> Decoder<'m> {
    pub fn new(model: &'m NameModel) -> Decoder<'m> {
        Decoder {
            model,
            asked: Asked {
                hashes: Vec::with_capacity(96),
                small: Vec::with_capacity(16),
            },
            emissions: Vec::new(),
            back: Vec::new(),
        }
    }

    /// The names of one stretch in reading order. Doubtful ones, which are likelier no names, stand among them with
    /// labels that sum up to less than a half.
    pub fn read(&mut self, stretch: Range<usize>, features: &Features, names: &mut Vec<Reading>) {
        self.emissions.clear();
        for at in stretch.clone() {
            self.asked.hashes.clear();
            self.asked.small.clear();
            features.read(at, &mut self.asked);
            let mut sums = [0; 32];
            self.model.add(&self.asked.hashes, &mut sums);
            self.model.add_small(&self.asked.small, &mut sums);
            self.emissions.push(sums);
        }
        let path = self.best_path(0);
        let first = names.len();
        self.spans(&path, stretch.start, names);
        let taken = path.iter().filter(|state| **state != 0).count();
        if taken == path.len() {
            return;
        }
        let doubtful = self.best_path(DOUBT);
        if doubtful == path {
            return;
        }
        let mut others = Vec::new();
        self.spans(&doubtful, stretch.start, &mut others);
        let sure = names.split_off(first);
        others.retain(|other| {
            sure.iter().all(|name| {
                name.words.end <= other.words.start || other.words.end <= name.words.start
            })
        });
        others.extend(sure);
        others.sort_by_key(|name| name.words.start);
        names.append(&mut others);
    }

    /// The best states of the stretch, with being no name held down by `doubt`.
    fn best_path(&mut self, doubt: i32) -> Vec<usize> {
        let mut scores = [NEVER; STATES];
        scores[0] = 0;
        self.back.clear();
        for sums in &self.emissions {
            let mut next = [0; STATES];
            let mut back = [0; STATES];
            for (to, (next, back)) in next.iter_mut().zip(&mut back).enumerate() {
                let (from, score) = self.best_step(&scores, to);
                *next = score + i64::from(sums[to]);
                *back = from as u8;
            }
            next[0] -= i64::from(doubt);
            scores = next;
            self.back.push(back);
        }
        // Behind the stretch no name goes on.
        let (mut best, _) = self.best_step(&scores, 0);
        let mut path = vec![0; self.back.len()];
        for (state, back) in path.iter_mut().zip(&self.back).rev() {
            *state = best;
            best = usize::from(back[best]);
        }
        path
    }

    /// The best state before `to`, and the score with which it gets there. One number holds both, so that the largest
    /// is found without a choice that the processor could guess wrongly; of equals the first state wins.
    fn best_step(&self, scores: &[i64; STATES], to: usize) -> (usize, i64) {
        let (states, count) = &BEFORE[to];
        let best = states[..*count].iter().fold(i64::MIN, |best, from| {
            let from = usize::from(*from);
            let score = scores[from] + i64::from(self.model.step(from, to));
            best.max(score << 5 | (31 - from as i64))
        });
        (31 - (best & 31) as usize, best >> 5)
    }

    fn spans(&self, path: &[usize], offset: usize, names: &mut Vec<Reading>) {
        let mut start = 0;
        while start < path.len() {
            if path[start] == 0 {
                start += 1;
                continue;
            }
            let mut end = start + 1;
            while end < path.len() && path[end] != 0 && matches!((path[end] - 1) % 4, 1 | 2) {
                end += 1;
            }
            let labels = self.labels(path, start, end);
            let (best, _) = labels
                .iter()
                .enumerate()
                .fold((0, -1.0), |best, (at, share)| match *share > best.1 {
                    true => (at, *share),
                    false => best,
                });
            names.push(Reading {
                words: offset + start..offset + end,
                label: LABELS[best],
                labels,
            });
            start = end;
        }
    }

    /// How likely each label is for a name with its neighbours as they are, against its being no name.
    fn labels(&self, path: &[usize], start: usize, end: usize) -> [f32; 4] {
        let left = if start == 0 { 0 } else { path[start - 1] };
        let right = path.get(end).copied().unwrap_or(0);
        let score = |state: &dyn Fn(usize) -> usize| {
            let mut from = left;
            let mut sum = 0;
            for at in start..end {
                let to = state(at);
                sum += self.model.step(from, to) + self.emissions[at][to];
                from = to;
            }
            sum + self.model.step(from, right)
        };
        let mut scores = [0; 5];
        for (label, sum) in scores.iter_mut().take(4).enumerate() {
            *sum = score(&|at| {
                let place = match (at == start, at + 1 == end) {
                    (true, true) => 3,
                    (true, false) => 0,
                    (false, true) => 2,
                    (false, false) => 1,
                };
                1 + 4 * label + place
            });
        }
        scores[4] = score(&|_| 0);
        let largest = scores.iter().copied().max().unwrap_or(0);
        let weights = scores.map(|sum| ((sum - largest) as f32 / (SCALE * TEMPERATURE)).exp());
        let total: f32 = weights.iter().sum();
        std::array::from_fn(|label| weights[label] / total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_on_under_one_label() {
        let (begin, inside, last, only) = (1, 2, 3, 4);
        assert!(follows(0, 0) && follows(0, begin) && follows(0, only));
        assert!(!follows(0, inside) && !follows(0, last));
        assert!(follows(begin, inside) && follows(begin, last) && follows(inside, last));
        assert!(!follows(begin, 0) && !follows(begin, only) && !follows(inside, begin));
        assert!(!follows(begin, last + 4) && !follows(inside, inside + 8));
        assert!(follows(last, 0) && follows(last, begin + 4) && follows(only, only));
    }
}
