//! The learner: one article's paragraph at a time, by FTRL-proximal with an L1 penalty.
//!
//! Entry point: [`learn`]. It goes through the stretches in an order that a fixed generator shuffles,
//! on one thread, with sums and products alone: the same lessons give the same bits.

use crate::annotate::sequence::chain::{Factors, Lattice, Row, STEPS, Steps};
use crate::annotate::sequence::label::LABELS;

/// How the weights are learnt.
#[derive(Clone, Copy, Debug)]
pub(in crate::annotate::sequence) struct Rate {
    /// How often all stretches are gone through.
    pub(in crate::annotate::sequence) rounds: usize,
    /// How far a weight may go at first.
    pub(in crate::annotate::sequence) pace: f32,
    /// What holds a weight at nothing.
    pub(in crate::annotate::sequence) thrift: f32,
}

/// A stretch of tokens with the features of each, by their numbers.
#[derive(Clone, Debug, Default)]
pub(in crate::annotate::sequence) struct Stretch {
    /// All features, token by token.
    pub(in crate::annotate::sequence) features: Vec<u32>,
    /// Where each token's features end.
    pub(in crate::annotate::sequence) ends: Vec<u32>,
    pub(in crate::annotate::sequence) kinds: Vec<u8>,
    pub(in crate::annotate::sequence) gold: Vec<u8>,
}

impl Stretch {
    fn of(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.features[start..self.ends[at] as usize]
    }
}

/// What was learnt: for each feature a weight for each label, and the steps.
#[derive(Clone, Debug)]
pub(in crate::annotate::sequence) struct Learnt {
    pub(in crate::annotate::sequence) features: Vec<Row>,
    pub(in crate::annotate::sequence) steps: Steps,
}

/// The weights of `count` features that make the gold labels of `stretches` likely: the mean over
/// the later rounds, which is steadier than the last, of each of `orders` orders.
pub(in crate::annotate::sequence) fn learn<'s>(
    stretches: &[&'s Stretch],
    count: usize,
    rate: Rate,
    orders: usize,
) -> Learnt {
    let mut rows = vec![0.0_f32; count * LABELS];
    let mut steps = vec![0.0_f32; (STEPS * LABELS + 1) * LABELS];
    let mut shuffle = Shuffle(88_172_645_463_325_252);
    let mut taken = 0.0_f32;
    for _ in 0..orders {
        let mut learner = Learner {
            rows: Table::new(rows.len(), rate.pace, rate.thrift),
            steps: Table::new(steps.len(), rate.pace, STEP_THRIFT),
            lattice: Lattice::default(),
            scores: Vec::new(),
            square: Vec::new(),
        };
        let mut order: Vec<&'s Stretch> = stretches.to_vec();
        for round in 0..rate.rounds {
            for at in (1..order.len()).rev() {
                order.swap(at, shuffle.below(at + 1));
            }
            for stretch in &order {
                learner.step(stretch);
            }
            if 2 * (round + 1) > rate.rounds {
                taken += 1.0;
                let add = |(sum, weight): (&mut f32, &f32)| *sum += weight;
                rows.iter_mut().zip(&learner.rows.weights).for_each(add);
                steps.iter_mut().zip(&learner.steps.weights).for_each(add);
            }
        }
    }
    let mean = |sum: f32| sum / taken.max(1.0);
    Learnt {
        features: rows.chunks_exact(LABELS).map(|row| std::array::from_fn(|y| mean(row[y]))).collect(),
        steps: unflatten(|at| mean(steps[at])),
    }
}

/// Steps out of one run of numbers.
fn unflatten(of: impl Fn(usize) -> f32) -> Steps {
    Steps {
        squares: std::array::from_fn(|kind| {
            std::array::from_fn(|x| std::array::from_fn(|y| of((kind * LABELS + x) * LABELS + y)))
        }),
        first: std::array::from_fn(|y| of(STEPS * LABELS * LABELS + y)),
    }
}

/// What holds a step's weight at nothing: little, since there are few.
const STEP_THRIFT: f32 = 0.05;

/// What draws every weight back.
const RIDGE: f32 = 0.02;

/// A gradient that changes nothing worth the work.
const STILL: f32 = 1e-3;

/// Weights with what FTRL-proximal keeps of each (McMahan and others, 2013).
#[derive(Debug)]
pub(in crate::annotate::sequence) struct Table {
    pub(in crate::annotate::sequence) weights: Vec<f32>,
    sums: Vec<f32>,
    squares: Vec<f32>,
    pace: f32,
    thrift: f32,
}

impl Table {
    pub(in crate::annotate::sequence) fn new(count: usize, pace: f32, thrift: f32) -> Self {
        Self { weights: vec![0.0; count], sums: vec![0.0; count], squares: vec![0.0; count], pace, thrift }
    }

    #[inline]
    pub(in crate::annotate::sequence) fn update(&mut self, at: usize, gradient: f32) {
        let before = self.squares[at];
        let after = before + gradient * gradient;
        let (root, weight) = (after.sqrt(), self.weights[at]);
        let sum = self.sums[at] + gradient - (root - before.sqrt()) / self.pace * weight;
        self.squares[at] = after;
        self.sums[at] = sum;
        self.weights[at] = if sum.abs() <= self.thrift {
            0.0
        } else {
            -(sum - sum.signum() * self.thrift) / ((1.0 + root) / self.pace + RIDGE)
        };
    }
}

#[derive(Debug)]
struct Learner {
    rows: Table,
    steps: Table,
    lattice: Lattice,
    scores: Vec<Row>,
    square: Vec<(usize, f32)>,
}

impl Learner {
    /// One step down the slope of one stretch.
    fn step(&mut self, stretch: &Stretch) {
        self.scores.clear();
        for at in 0..stretch.gold.len() {
            let mut row = [0.0; LABELS];
            for feature in stretch.of(at) {
                let start = *feature as usize * LABELS;
                let weights = &self.rows.weights[start..start + LABELS];
                row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
            self.scores.push(row);
        }
        let steps = unflatten(|at| self.steps.weights[at]);
        let factors = Factors::of(&steps);
        self.lattice.sweep(&self.scores, &stretch.kinds, &factors);
        self.transitions(stretch, &factors);
        for at in 0..stretch.gold.len() {
            let mut gradient = self.lattice.marginal(at);
            gradient[usize::from(stretch.gold[at])] -= 1.0;
            if at == 0 {
                for (y, value) in gradient.iter().enumerate().filter(|(_, g)| g.abs() > STILL) {
                    self.steps.update(STEPS * LABELS * LABELS + y, *value);
                }
            }
            if gradient.iter().all(|g| g.abs() <= STILL) {
                continue;
            }
            for feature in stretch.of(at) {
                let start = *feature as usize * LABELS;
                for (y, value) in gradient.iter().enumerate().filter(|(_, g)| g.abs() > STILL) {
                    self.rows.update(start + y, *value);
                }
            }
        }
        for (at, value) in self.square.drain(..) {
            self.steps.update(at, value);
        }
    }

    /// The slopes of the steps between tokens.
    fn transitions(&mut self, stretch: &Stretch, Factors { steps: factors, .. }: &Factors) {
        let Lattice { local, forward, backward, scale } = &self.lattice;
        for at in 1..stretch.gold.len() {
            let kind = usize::from(stretch.kinds[at]);
            let gold = (usize::from(stretch.gold[at - 1]), usize::from(stretch.gold[at]));
            let next: Row = std::array::from_fn(|y| local[at][y] * backward[at][y] / scale[at]);
            for (x, before) in forward[at - 1].iter().enumerate() {
                if *before <= STILL && x != gold.0 {
                    continue;
                }
                for (y, onward) in next.iter().enumerate() {
                    let right = f32::from(u8::from((x, y) == gold));
                    let slope = before * factors.squares[kind][x][y] * onward - right;
                    if slope.abs() > STILL {
                        self.square.push(((kind * LABELS + x) * LABELS + y, slope));
                    }
                }
            }
        }
    }
}

/// Marsaglia's xorshift: an order that looks like none and is always the same.
#[derive(Debug)]
pub(in crate::annotate::sequence) struct Shuffle(pub(in crate::annotate::sequence) u64);

impl Shuffle {
    #[expect(clippy::cast_possible_truncation, reason = "the rest is below `count`, a usize")]
    pub(in crate::annotate::sequence) fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % count as u64) as usize
    }
}
