//! Conditional random fields over the states of tokens, trained by stochastic gradients.
//!
//! A token whose marks leave several states open counts with all of them: what is likelier by the rest of the data is
//! reinforced. Rates adapt to each feature (AdaGrad over rows), and the weights of the later epochs are averaged.

use super::examples::Example;
use crate::extract::name::feature::Kind;
use crate::extract::name::follows;
use crate::lexicon::STATES;

pub(super) type Row = [f32; STATES];

/// How to train.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub epochs: usize,
    pub rate: f32,
    /// Shrinks each row that is used by this share of its rate.
    pub decay: f32,
    /// Share of stretches that are seen without word lists and rules, and of tokens seen without their words.
    pub drop_lists: f32,
    pub drop_words: f32,
    /// How fast each corpus learns weights of its own, beside those of all; these take in what only it does, and are
    /// dropped in the end.
    pub own: f32,
    /// How many corpora there are.
    pub corpora: usize,
    pub seed: u64,
}

/// Weights of features and of steps.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    pub rows: Vec<Row>,
    pub steps: [Row; STATES],
}

/// Numbers that look random and are the same in each run.
pub(super) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    pub fn share(&mut self) -> f32 {
        (self.number() & 0xff_ffff) as f32 / 16_777_216.0
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.number() as usize % (last + 1);
            items.swap(last, other);
        }
    }
}

/// Trains on examples whose features are indices below `features`. `told` hears of each epoch: its number and the mean
/// loss of a stretch.
pub(super) fn train(
    examples: &[Example],
    features: usize,
    plan: Plan,
    mut told: impl FnMut(usize, f64),
) -> Weights {
    let mut trainer = Trainer {
        weights: Weights {
            rows: vec![[0.0; STATES]; features],
            steps: [[0.0; STATES]; STATES],
        },
        own: match plan.own > 0.0 {
            true => vec![[0.0; STATES]; features * plan.corpora],
            false => Vec::new(),
        },
        squares: vec![1e-2; features],
        step_squares: [[1e-2; STATES]; STATES],
        plan,
        field: Field::default(),
    };
    let mut dice = Dice::new(plan.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let averaged = plan.epochs.div_ceil(2);
    let mut sum = Weights {
        rows: vec![[0.0; STATES]; features],
        steps: [[0.0; STATES]; STATES],
    };
    for epoch in 0..plan.epochs {
        dice.shuffle(&mut order);
        let mut loss = 0.0;
        for &at in &order {
            loss += f64::from(trainer.learn(&examples[at], &mut dice));
        }
        if epoch + averaged >= plan.epochs {
            sum.add(&trainer.weights);
        }
        told(epoch + 1, loss / examples.len().max(1) as f64);
    }
    sum.scale(1.0 / averaged.max(1) as f32);
    sum
}

impl Weights {
    pub fn add(&mut self, other: &Weights) {
        let pairs = self.rows.iter_mut().zip(&other.rows);
        for (sum, row) in pairs.chain(self.steps.iter_mut().zip(&other.steps)) {
            sum.iter_mut().zip(row).for_each(|(a, b)| *a += b);
        }
    }

    pub fn scale(&mut self, factor: f32) {
        for weight in self.rows.iter_mut().chain(&mut self.steps).flatten() {
            *weight *= factor;
        }
    }
}

struct Trainer {
    weights: Weights,
    /// The corpora's own rows, those of a corpus together.
    own: Vec<Row>,
    squares: Vec<f32>,
    step_squares: [Row; STATES],
    plan: Plan,
    field: Field,
}

impl Trainer {
    /// Takes one step on a stretch; gives its loss.
    fn learn(&mut self, example: &Example, dice: &mut Dice) -> f32 {
        let first = example.corpus * self.weights.rows.len();
        let blind = dice.share() < self.plan.drop_lists;
        let kept: Vec<Vec<u32>> = example
            .tokens
            .iter()
            .map(|token| {
                let mute = dice.share() < self.plan.drop_words;
                token
                    .iter()
                    .filter(|(kind, _)| match kind {
                        Kind::List | Kind::Rule => !blind,
                        Kind::Word => !mute,
                        _ => true,
                    })
                    .map(|(_, at)| *at)
                    .collect()
            })
            .collect();
        let emissions: Vec<Row> = kept
            .iter()
            .map(|token| {
                let mut sums = [0.0; STATES];
                for at in token {
                    let row = &self.weights.rows[*at as usize];
                    sums.iter_mut().zip(row).for_each(|(a, b)| *a += b);
                    if let Some(row) = self.own.get(first + *at as usize) {
                        sums.iter_mut().zip(row).for_each(|(a, b)| *a += b);
                    }
                }
                sums
            })
            .collect();
        let field = &mut self.field;
        field.steps(&self.weights.steps);
        let any = vec![u32::MAX; emissions.len()];
        let mut gradient = vec![[0.0; STATES]; emissions.len()];
        let mut step_gradient = [[0.0; STATES]; STATES];
        let Some(right) = field.pass(
            &emissions,
            &example.allowed,
            1.0,
            &mut gradient,
            &mut step_gradient,
        ) else {
            return 0.0;
        };
        let Some(all) = field.pass(&emissions, &any, -1.0, &mut gradient, &mut step_gradient)
        else {
            return 0.0;
        };
        let Plan {
            rate, decay, own, ..
        } = self.plan;
        for (token, gradient) in kept.iter().zip(&mut gradient) {
            gradient.iter_mut().for_each(|g| *g *= example.weight);
            let square: f32 = gradient.iter().map(|g| g * g).sum();
            if square < 1e-8 {
                continue;
            }
            for at in token {
                let total = &mut self.squares[*at as usize];
                *total += square;
                let rate = rate / total.sqrt();
                let shrink = 1.0 - rate * decay;
                let row = &mut self.weights.rows[*at as usize];
                row.iter_mut()
                    .zip(&*gradient)
                    .for_each(|(weight, g)| *weight = *weight * shrink + rate * g);
                if let Some(row) = self.own.get_mut(first + *at as usize) {
                    let rate = rate * own;
                    let shrink = 1.0 - rate * decay;
                    row.iter_mut()
                        .zip(&*gradient)
                        .for_each(|(weight, g)| *weight = *weight * shrink + rate * g);
                }
            }
        }
        let steps = self.weights.steps.iter_mut().flatten();
        let squares = self.step_squares.iter_mut().flatten();
        for ((weight, square), g) in steps.zip(squares).zip(step_gradient.iter().flatten()) {
            let g = g * example.weight;
            *square += g * g;
            *weight += rate * g / square.sqrt();
        }
        (all - right) * example.weight
    }
}

/// Sums over all paths of a stretch.
#[derive(Default)]
struct Field {
    /// For each state those that may precede it, with the exponential of the step's weight.
    before: Vec<Vec<(usize, f32)>>,
    forward: Vec<Row>,
    local: Vec<Row>,
    scales: Vec<f32>,
}

impl Field {
    fn steps(&mut self, steps: &[Row; STATES]) {
        self.before = (0..STATES)
            .map(|to| {
                (0..STATES)
                    .filter(|from| follows(*from, to))
                    .map(|from| (from, steps[from][to].exp()))
                    .collect()
            })
            .collect();
    }

    /// Adds the share of each state and step, times `sign`, over the allowed paths. Gives the logarithm of their sum;
    /// none where no path is allowed.
    fn pass(
        &mut self,
        emissions: &[Row],
        allowed: &[u32],
        sign: f32,
        shares: &mut [Row],
        step_shares: &mut [Row; STATES],
    ) -> Option<f32> {
        self.forward.clear();
        self.local.clear();
        self.scales.clear();
        let mut total = 0.0;
        let mut last = [0.0; STATES];
        last[0] = 1.0;
        for (sums, allowed) in emissions.iter().zip(allowed) {
            let largest = sums.iter().copied().fold(f32::MIN, f32::max);
            let mut local = [0.0; STATES];
            let mut next = [0.0; STATES];
            for to in 0..STATES {
                if allowed >> to & 1 == 0 {
                    continue;
                }
                local[to] = (sums[to] - largest).exp();
                let reached: f32 = self.before[to]
                    .iter()
                    .map(|(from, step)| last[*from] * step)
                    .sum();
                next[to] = reached * local[to];
            }
            let scale: f32 = next.iter().sum();
            if scale.is_nan() || scale < 1e-30 {
                return None;
            }
            next.iter_mut().for_each(|share| *share /= scale);
            total += scale.ln() + largest;
            self.forward.push(next);
            self.local.push(local);
            self.scales.push(scale);
            last = next;
        }
        let end: f32 = self.before[0]
            .iter()
            .map(|(from, step)| last[*from] * step)
            .sum();
        if end.is_nan() || end < 1e-30 {
            return None;
        }
        total += end.ln();
        let mut backward = [0.0; STATES];
        for (from, step) in &self.before[0] {
            backward[*from] = step / end;
            step_shares[*from][0] += sign * last[*from] * step / end;
        }
        for at in (0..emissions.len()).rev() {
            let mut next = [0.0; STATES];
            let start = {
                let mut start = [0.0; STATES];
                start[0] = 1.0;
                start
            };
            let previous = match at {
                0 => &start,
                _ => &self.forward[at - 1],
            };
            for to in 0..STATES {
                shares[at][to] += sign * self.forward[at][to] * backward[to];
                let behind = self.local[at][to] * backward[to] / self.scales[at];
                if behind == 0.0 {
                    continue;
                }
                for (from, step) in &self.before[to] {
                    let share = step * behind;
                    next[*from] += share;
                    step_shares[*from][to] += sign * previous[*from] * share;
                }
            }
            backward = next;
        }
        Some(total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_up_to_one() {
        let mut field = Field::default();
        field.steps(&[[0.1; STATES]; STATES]);
        let mut emissions = vec![[0.0; STATES]; 4];
        emissions[1][1] = 2.0;
        emissions[2][3] = 1.0;
        let mut shares = vec![[0.0; STATES]; 4];
        let mut steps = [[0.0; STATES]; STATES];
        field
            .pass(&emissions, &[u32::MAX; 4], 1.0, &mut shares, &mut steps)
            .unwrap();
        for token in &shares {
            assert!((token.iter().sum::<f32>() - 1.0).abs() < 1e-4);
        }
        let steps: f32 = steps.iter().flatten().sum();
        assert!((steps - 5.0).abs() < 1e-4);
        assert!(shares[1][1] > shares[1][5]);
    }

    #[test]
    fn impossible_marks_are_passed_over() {
        let mut field = Field::default();
        field.steps(&[[0.0; STATES]; STATES]);
        let mut shares = vec![[0.0; STATES]];
        let mut steps = [[0.0; STATES]; STATES];
        let inside = 1 << 2;
        assert!(
            field
                .pass(&[[0.0; STATES]], &[inside], 1.0, &mut shares, &mut steps)
                .is_none()
        );
    }
}
