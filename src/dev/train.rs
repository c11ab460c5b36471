//! `copydesk-dev names train`: corpora in, one model file out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use flate2::read::MultiGzDecoder;

use super::corpus;
use super::crf::{self, Dice, Plan, Weights};
use super::examples::{self, Case, Convention, Coverage, Example};
use crate::lexicon::{ModelParts, NameModel, STATES, word_hash};

/// What to train on, and how.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Corpora to learn from.
    #[arg(required = true, value_name = "TRAIN")]
    files: Vec<PathBuf>,
    /// Where to write the model.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Word clusters: word, fine and coarse cluster a line, behind a line of heads; plain or .gz.
    #[arg(long, value_name = "FILE")]
    clusters: PathBuf,
    #[arg(long, default_value_t = 8)]
    epochs: usize,
    #[arg(long, default_value_t = 0.05)]
    rate: f32,
    /// How much weights shrink where they are used.
    #[arg(long, default_value_t = 0.0)]
    decay: f32,
    /// Features seen less often are left out.
    #[arg(long, default_value_t = 2)]
    least: u32,
    /// Share of stretches seen without word lists and rules.
    #[arg(long, default_value_t = 0.05)]
    drop_lists: f32,
    /// Share of tokens seen without their words.
    #[arg(long, default_value_t = 0.2)]
    drop_words: f32,
    /// How fast each corpus learns weights of its own, which are dropped in the end; 0 is none.
    #[arg(long, default_value_t = 0.0)]
    own: f32,
    /// Templates of features to leave out, to measure what they are worth.
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    without: Vec<u32>,
    /// Shares of drafts that are learnt from once more in capitals, as headlines, and in lower case.
    #[arg(long, default_value_t = 0.04)]
    upper: f32,
    #[arg(long, default_value_t = 0.04)]
    title: f32,
    #[arg(long, default_value_t = 0.02)]
    lower: f32,
    /// Corpora marked by machine: where nearly all marks of the same words agree, the others are made to.
    #[arg(long, value_name = "NAME")]
    even: Vec<String>,
    /// Corpora whose names other than people, organisations and places are not all marked.
    #[arg(long)]
    no_misc: Vec<String>,
    /// Weights below this are left out of the file.
    #[arg(long, default_value_t = 0.03)]
    prune: f32,
    /// How much a corpus counts, as NAME=WEIGHT.
    #[arg(long, value_parser = weight)]
    weight: Vec<(String, f32)>,
    /// Leaves out each draft whose number in its corpus, divided by this, leaves 0; as NAME=NUMBER.
    #[arg(long, value_parser = weight)]
    hold_out: Vec<(String, f32)>,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How often to train, each time from the next seed; the weights are averaged.
    #[arg(long, default_value_t = 1)]
    runs: u16,
}

fn weight(text: &str) -> Result<(String, f32), String> {
    let (name, weight) = text.split_once('=').ok_or("write NAME=NUMBER")?;
    let weight = weight.parse().map_err(|_| "write NAME=NUMBER")?;
    Ok((name.to_owned(), weight))
}

/// Trains and writes the model.
pub(super) fn run(options: &Options) -> io::Result<()> {
    let words = clusters(&options.clusters)?;
    let clusters = NameModel::of_clusters(words.clone());
    let mut out = io::stdout().lock();
    let mut all = Vec::new();
    let mut dice = Dice::new(options.seed);
    for (number, path) in options.files.iter().enumerate() {
        let name = corpus::name(path);
        let of =
            |list: &[(String, f32)]| list.iter().find(|(of, _)| *of == name).map(|found| found.1);
        let mut convention = convention(&name);
        convention.no_misc |= options.no_misc.contains(&name);
        let mut coverage = Coverage::default();
        let mut drafts = corpus::read(path)?;
        if let Some(every) = of(&options.hold_out) {
            let every = every.max(1.0) as usize;
            let mut at = 0;
            drafts.retain(|_| {
                at += 1;
                (at - 1) % every != 0
            });
        }
        if options.even.contains(&name) {
            corpus::even_out(&mut drafts);
        }
        let first = all.len();
        for draft in &drafts {
            all.extend(examples::examples(
                draft,
                convention,
                &clusters,
                &options.without,
                &mut coverage,
            ));
        }
        let mut unseen = Coverage::default();
        for (case, share) in [
            (Case::Upper, options.upper),
            (Case::Title, options.title),
            (Case::Lower, options.lower),
        ] {
            for draft in drafts.iter().filter(|_| dice.share() < share) {
                all.extend(examples::examples(
                    &examples::recased(draft, case),
                    convention,
                    &clusters,
                    &options.without,
                    &mut unseen,
                ));
            }
        }
        for example in all[first..].iter_mut() as std::slice::IterMut<'_, Example> {
            example.corpus = number;
            example.weight = of(&options.weight).unwrap_or(1.0);
        }
        writeln!(
            out,
            "{name}: {} drafts, {} stretches, {} of {} names within them",
            drafts.len(),
            all.len() - first,
            coverage.covered,
            coverage.names
        )?;
    }
    let hashes = examples::intern(&mut all, options.least);
    writeln!(out, "{} features", hashes.len())?;
    let mut plan = Plan {
        epochs: options.epochs,
        rate: options.rate,
        decay: options.decay,
        drop_lists: options.drop_lists,
        drop_words: options.drop_words,
        own: options.own,
        corpora: options.files.len(),
        seed: options.seed,
    };
    let mut run = |plan| {
        crf::train(&all, hashes.len(), plan, |epoch, loss| {
            let _ = writeln!(out, "epoch {epoch}: loss {loss:.4}");
            let _ = out.flush();
        })
    };
    let mut weights = run(plan);
    for _ in 1..options.runs {
        plan.seed += 1;
        weights.add(&run(plan));
    }
    weights.scale(1.0 / f32::from(options.runs.max(1)));
    let bytes = NameModel::write(&parts(weights, &hashes, words, options.prune));
    std::fs::write(&options.out, &bytes)?;
    writeln!(out, "{}: {} bytes", options.out.display(), bytes.len())
}

/// Corpora whose marks leave something out.
fn convention(name: &str) -> Convention {
    Convention {
        no_misc: matches!(name, "btc"),
        no_demonyms: name.starts_with("crossner") || name == "wnut17",
    }
}

/// What remains of the weights when rows are moved so that most weights vanish, which no decision notices.
fn parts(weights: Weights, hashes: &[u32], words: Vec<(u32, u16, u8)>, prune: f32) -> ModelParts {
    let rows = hashes
        .iter()
        .zip(&weights.rows)
        .map(|(hash, row)| {
            let mut sorted = *row;
            sorted.sort_by(f32::total_cmp);
            let middle = sorted[STATES / 2];
            let kept = (0..)
                .zip(row)
                .map(|(state, weight)| (state, weight - middle))
                .filter(|(_, weight)| weight.abs() >= prune)
                .collect();
            (*hash, kept)
        })
        .collect();
    ModelParts {
        steps: weights.steps,
        words,
        rows,
    }
}

fn clusters(path: &Path) -> io::Result<Vec<(u32, u16, u8)>> {
    let wrong = |what: &str| io::Error::other(format!("{}: {what}", path.display()));
    let file = File::open(path).map_err(|error| wrong(&error.to_string()))?;
    let reader: Box<dyn io::Read> = match path.extension().is_some_and(|ending| ending == "gz") {
        true => Box::new(MultiGzDecoder::new(file)),
        false => Box::new(file),
    };
    BufReader::new(reader)
        .lines()
        .skip(1)
        .map(|line| {
            let line = line?;
            let mut fields = line.split('\t');
            let word = fields.next().unwrap_or_default();
            let fine = fields.next().and_then(|field| field.parse().ok());
            let coarse = fields.next().and_then(|field| field.parse().ok());
            match (fine, coarse) {
                (Some(fine), Some(coarse)) => Ok((word_hash(word), fine, coarse)),
                _ => Err(wrong("a line is not word, number, number")),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::corpus::{Draft, Gold};
    use super::*;
    use crate::extract::Label;
    use crate::extract::name::follows;

    fn draft(text: &str, names: &[(&str, Label)]) -> Draft {
        let names = names
            .iter()
            .map(|(name, label)| {
                let start = text.find(name).expect("a name of the text");
                Gold {
                    start,
                    end: start + name.len(),
                    label: *label,
                }
            })
            .collect();
        Draft {
            id: String::new(),
            text: text.to_owned(),
            names,
        }
    }

    /// A model of two sentences, and its loss before and after.
    fn trained() -> (Vec<u8>, f64, f64) {
        let clusters = NameModel::of_clusters(Vec::new());
        let convention = convention("invented");
        let mut coverage = Coverage::default();
        let mut all = Vec::new();
        for draft in [
            draft(
                "They met Ruth Okafor in Wexmouth.",
                &[("Ruth Okafor", Label::Person), ("Wexmouth", Label::Place)],
            ),
            draft(
                "They praised the Okomo Corp. warmly.",
                &[("Okomo Corp.", Label::Organisation)],
            ),
        ] {
            all.extend(examples::examples(
                &draft,
                convention,
                &clusters,
                &[],
                &mut coverage,
            ));
        }
        assert_eq!((coverage.names, coverage.covered), (3, 3));
        let hashes = examples::intern(&mut all, 1);
        let plan = Plan {
            epochs: 20,
            rate: 0.1,
            decay: 0.0,
            drop_lists: 0.0,
            drop_words: 0.1,
            own: 0.0,
            corpora: 1,
            seed: 1,
        };
        let mut losses = Vec::new();
        let weights = crf::train(&all, hashes.len(), plan, |_, loss| losses.push(loss));
        let bytes = NameModel::write(&parts(weights, &hashes, Vec::new(), 0.01));
        (bytes, losses[0], losses[19])
    }

    #[test]
    fn the_same_corpus_gives_the_same_bytes_and_is_learnt() {
        let (bytes, before, after) = trained();
        assert_eq!(bytes, trained().0);
        assert!(after < before / 20.0, "{before} {after}");
        let model = NameModel::read(bytes.leak()).expect("a model");
        check(&model, "They met Ann Lindqvist in Stellmark.", "BP EP O SL");
        check(&model, "They praised the Grindle Corp. warmly.", "BO EO");
        check(&model, "They met warmly.", "");
    }

    /// Compares the states that a model reads for the tokens of a sentence which it has not learnt from.
    #[track_caller]
    fn check(model: &NameModel, text: &str, expected: &str) {
        let coverage = &mut Coverage::default();
        let unmarked = draft(text, &[]);
        let stretches = examples::examples(&unmarked, convention("invented"), model, &[], coverage);
        let names: Vec<String> = stretches
            .iter()
            .flat_map(|stretch| best_path(model, stretch))
            .map(|state| match state {
                0 => "O".to_owned(),
                _ => {
                    let place = ["B", "I", "E", "S"][(state - 1) % 4];
                    format!("{place}{}", ["P", "O", "L", "M"][(state - 1) / 4])
                }
            })
            .collect();
        assert_eq!(names.join(" "), expected);
    }

    /// The best states of a stretch, found the long way.
    fn best_path(model: &NameModel, stretch: &Example) -> Vec<usize> {
        let mut paths: Vec<(i32, Vec<usize>)> = vec![(0, vec![0])];
        for token in &stretch.tokens {
            let hashes: Vec<u32> = token.iter().map(|(_, hash)| *hash).collect();
            let mut sums = [0; 32];
            model.add(&hashes, &mut sums);
            let longer = (0..STATES).filter_map(|to| {
                let before = paths
                    .iter()
                    .filter(|(_, path)| follows(path[path.len() - 1], to));
                let score = |(score, path): &&(i32, Vec<usize>)| {
                    score + model.step(path[path.len() - 1], to)
                };
                let best = before.max_by_key(score)?;
                let path = best.1.iter().copied().chain([to]).collect();
                Some((score(&best) + sums[to], path))
            });
            paths = longer.collect();
        }
        let ends = paths
            .into_iter()
            .filter(|(_, path)| follows(path[path.len() - 1], 0));
        let best = ends.max_by_key(|(score, _)| *score).expect("a path");
        best.1[1..].to_vec()
    }
}
