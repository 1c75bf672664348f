//! The chain: the best labels of a stretch of tokens, and how likely each label is.
//!
//! Entry points: [`best`] (Viterbi) and [`Lattice`] (forward and backward).

use super::label::LABELS;

/// What a step of the chain depends on besides its two labels.
pub(super) const STEPS: usize = 4;

/// Scores of all labels of one token.
pub(super) type Row = [f32; LABELS];

/// Scores of going from one label (the row) to another.
pub(super) type Square = [Row; LABELS];

/// Scores of the steps, and of the first label.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    pub(super) squares: [Square; STEPS],
    pub(super) first: Row,
}

/// The best labels of tokens with these scores; `kinds` says of each token what step leads to it.
pub(super) fn best(scores: &[Row], kinds: &[u8], chain: &Chain) -> Vec<u8> {
    let Some(first) = scores.first() else { return Vec::new() };
    let steps = &chain.steps;
    let mut at: Row = std::array::from_fn(|y| first[y] + steps.first[y]);
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    back.push([0; LABELS]);
    for (row, kind) in scores.iter().zip(kinds).skip(1) {
        let square = &steps.squares[usize::from(*kind)];
        let leader = leader(&at);
        let behind = &chain.behind[usize::from(*kind)][leader];
        let mut next = [f32::MIN; LABELS];
        // As wide as a score, so that both are compared and chosen as vectors.
        let mut from = [0_u32; LABELS];
        for x in 0..LABELS {
            if at[x] < at[leader] + behind[x] {
                continue;
            }
            let (score, weights, x) = (at[x], &square[x], x as u32);
            for y in 0..LABELS {
                let sum = score + weights[y];
                let better = sum > next[y];
                next[y] = if better { sum } else { next[y] };
                from[y] = if better { x } else { from[y] };
            }
        }
        for y in 0..LABELS {
            at[y] = next[y] + row[y];
        }
        #[expect(clippy::cast_possible_truncation, reason = "labels are few")]
        back.push(from.map(|x| x as u8));
    }
    let mut label = leader(&at);
    let mut labels = vec![0; scores.len()];
    for (place, from) in labels.iter_mut().zip(&back).rev() {
        #[expect(clippy::cast_possible_truncation, reason = "labels are few")]
        (*place = label as u8);
        label = usize::from(from[label]);
    }
    labels
}

/// The first of the labels with the greatest score.
fn leader(scores: &Row) -> usize {
    let top = top(scores);
    scores.iter().position(|score| *score >= top).unwrap_or(0)
}

/// The greatest score.
#[inline]
fn top(scores: &Row) -> f32 {
    let mut tops = [f32::MIN; LANES];
    for few in scores.as_chunks::<LANES>().0 {
        tops = std::array::from_fn(|lane| if few[lane] > tops[lane] { few[lane] } else { tops[lane] });
    }
    tops.into_iter().fold(f32::MIN, f32::max)
}

/// How many scores are compared at once: what every machine can, and a divisor of [`LABELS`].
const LANES: usize = 4;

const _: () = assert!(LABELS.is_multiple_of(LANES), "no score is left out");

/// [`Steps`], and what of them need not be tried.
#[derive(Debug)]
pub(super) struct Chain {
    steps: Steps,
    /// For each kind and the label that leads: what score, seen from the leader's, another label must
    /// at least have for any step from it to be as good as the leader's own. Most labels have less.
    behind: [Square; STEPS],
}

impl Chain {
    pub(super) fn of(steps: Steps) -> Self {
        let least = |own: &Row, other: &Row| {
            own.iter().zip(other).map(|(own, other)| own - other).fold(f32::MAX, f32::min) - ROUNDING
        };
        let behind = steps
            .squares
            .map(|square| square.map(|own| std::array::from_fn(|x: usize| least(&own, &square[x]))));
        Self { steps, behind }
    }
}

/// More than sums along a stretch can be off by rounding, so that what is not tried has truly lost.
const ROUNDING: f32 = 0.05;

/// [`Steps`] as factors.
#[derive(Clone, Debug)]
pub(super) struct Factors {
    pub(super) steps: Steps,
    /// The squares once more, a row for the label that is gone to.
    onto: [Square; STEPS],
}

impl Factors {
    pub(super) fn of(steps: &Steps) -> Self {
        let squares = steps.squares.map(|square| square.map(|row| exps(&row, 0.0)));
        let onto =
            squares.map(|square| std::array::from_fn(|y| std::array::from_fn(|x: usize| square[x][y])));
        Self { steps: Steps { squares, first: exps(&steps.first, 0.0) }, onto }
    }
}

/// What forward and backward leave: all that the marginals and the gradient need.
#[derive(Debug, Default)]
pub(super) struct Lattice {
    /// The factor of each token and label, the greatest of a token being 1.
    pub(super) local: Vec<Row>,
    pub(super) forward: Vec<Row>,
    pub(super) backward: Vec<Row>,
    /// What the forward sums of each token were divided by.
    pub(super) scale: Vec<f32>,
}

impl Lattice {
    /// Sweeps over tokens with these scores, both ways.
    pub(super) fn sweep(&mut self, scores: &[Row], kinds: &[u8], factors: &Factors) {
        let length = scores.len();
        self.local.clear();
        self.local.extend(scores.iter().map(|row| exps(row, top(row))));
        self.forward.clear();
        self.scale.clear();
        let mut row = factors.steps.first;
        for (at, kind) in kinds.iter().enumerate() {
            if let Some(before) = self.forward.last() {
                let square = &factors.steps.squares[usize::from(*kind)];
                row = [0.0; LABELS];
                for (weight, step) in before.iter().zip(square).filter(|(weight, _)| **weight > NEGLIGIBLE) {
                    row.iter_mut().zip(step).for_each(|(sum, factor)| *sum += weight * factor);
                }
            }
            row.iter_mut().zip(&self.local[at]).for_each(|(sum, local)| *sum *= local);
            let sum = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            self.forward.push(row.map(|value| value / sum));
            self.scale.push(sum);
        }
        self.backward.clear();
        self.backward.resize(length, [1.0; LABELS]);
        for at in (1..length).rev() {
            let square = &factors.onto[usize::from(kinds[at])];
            let next: Row =
                std::array::from_fn(|y| self.backward[at][y] * self.local[at][y] / self.scale[at]);
            let mut row = [0.0; LABELS];
            for (value, step) in next.iter().zip(square) {
                for x in 0..LABELS {
                    row[x] += value * step[x];
                }
            }
            for (sum, forward) in row.iter_mut().zip(&self.forward[at - 1]) {
                // What cannot be reached from before needs no way onward.
                *sum = if *forward > NEGLIGIBLE { *sum } else { 0.0 };
            }
            self.backward[at - 1] = row;
        }
    }

    /// How likely `label` is of token `at`.
    pub(super) fn likely(&self, at: usize, label: usize) -> f32 {
        self.forward[at][label] * self.backward[at][label]
    }

    /// How likely each label of token `at` is.
    pub(super) fn marginal(&self, at: usize) -> Row {
        std::array::from_fn(|y| self.forward[at][y] * self.backward[at][y])
    }
}

/// What a label must at least weigh to be gone on from.
const NEGLIGIBLE: f32 = 1e-6;

/// [`exp`] of each score less `top`.
fn exps(row: &Row, top: f32) -> Row {
    let mut factors = [0.0; LABELS];
    for (factor, score) in factors.iter_mut().zip(row) {
        *factor = exp(score - top);
    }
    factors
}

/// The exponential function to about six digits, from additions and products alone: the same bits
/// on every machine, which the C library's function does not promise.
#[inline]
pub(super) fn exp(x: f32) -> f32 {
    let scaled = (x * std::f32::consts::LOG2_E).clamp(-120.0, 120.0);
    // Rounded down without a conversion, which would be done number by number: what is added leaves no
    // bits for a fraction, and what was rounded up goes back by one.
    let raised = scaled + 128.0;
    let near = (raised + FRACTIONLESS) - FRACTIONLESS;
    let up = near > raised;
    let whole = (if up { near - 1.0 } else { near }) - 128.0;
    let part = (scaled - whole) * std::f32::consts::LN_2;
    let series = 1.0
        + part
            * (1.0
                + part
                    * (0.5
                        + part
                            * (0.166_666_67
                                + part * (0.041_666_67 + part * (0.008_333_3 + part * 0.001_39)))));
    let nearest = (raised + FRACTIONLESS).to_bits().wrapping_sub(FRACTIONLESS.to_bits());
    let exponent = nearest.wrapping_sub(u32::from(up)).wrapping_sub(1);
    series * f32::from_bits(exponent << 23)
}

/// The least number whose neighbours are one apart.
const FRACTIONLESS: f32 = 8_388_608.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// Three tokens of made-up scores.
    fn made() -> (Vec<Row>, Vec<u8>, Steps) {
        let value = |n: usize| ((n * 7919 % 101) as f32 - 50.0) / 25.0;
        let scores = (0..3).map(|t| std::array::from_fn(|y| value(t * LABELS + y))).collect();
        let mut steps = Steps { squares: [[[0.0; LABELS]; LABELS]; STEPS], first: [0.0; LABELS] };
        for (x, row) in steps.squares[1].iter_mut().enumerate() {
            for (y, weight) in row.iter_mut().enumerate() {
                *weight = value(x * 31 + y * 17 + 5);
            }
        }
        (scores, vec![0, 1, 1], steps)
    }

    /// Every path with its score.
    fn paths() -> Vec<([usize; 3], f32)> {
        let (scores, _, steps) = made();
        let mut all = Vec::new();
        for a in 0..LABELS {
            for b in 0..LABELS {
                for c in 0..LABELS {
                    let square = &steps.squares[1];
                    let sum = scores[0][a] + scores[1][b] + scores[2][c] + square[a][b] + square[b][c];
                    all.push(([a, b, c], sum));
                }
            }
        }
        all
    }

    #[test]
    fn the_best_path_is_the_best_of_all() {
        let (scores, kinds, steps) = made();
        let want = paths().into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0;
        let chain = Chain::of(steps);
        let got = best(&scores, &kinds, &chain);
        assert_eq!(got.iter().map(|y| usize::from(*y)).collect::<Vec<_>>(), want);
        assert!(best(&[], &[], &chain).is_empty());
    }

    /// The score of a path.
    fn worth(path: &[u8], scores: &[Row], kinds: &[u8], steps: &Steps) -> f32 {
        let label = |at: usize| usize::from(path[at]);
        let step = |at: usize| steps.squares[usize::from(kinds[at])][label(at - 1)][label(at)];
        let rest = (1..path.len()).map(|at| step(at) + scores[at][label(at)]);
        steps.first[label(0)] + scores[0][label(0)] + rest.sum::<f32>()
    }

    #[test]
    fn what_is_not_tried_has_lost() {
        let (_, _, steps) = made();
        let chain = Chain::of(steps.clone());
        for seed in 0..50_usize {
            let score = |t: usize, y: usize| ((t * 20 + y + seed) * 7919 % 1009) as f32 / 200.0;
            let scores: Vec<Row> = (0..40).map(|t| std::array::from_fn(|y| score(t, y))).collect();
            let kinds: Vec<u8> = (0..40).map(|t| u8::from((t + seed) % 3 > 0)).collect();
            // Every label from every label, nothing left out.
            let mut at: Vec<(f32, Vec<u8>)> =
                (0..LABELS).map(|y| (scores[0][y] + steps.first[y], vec![y as u8])).collect();
            for t in 1..scores.len() {
                let square = &steps.squares[usize::from(kinds[t])];
                let onto = |y: usize| {
                    let from = |x: usize| at[x].0 + square[x][y];
                    let x = (0..LABELS).rev().max_by(|a, b| from(*a).total_cmp(&from(*b))).unwrap();
                    (from(x) + scores[t][y], [&at[x].1[..], &[y as u8]].concat())
                };
                at = (0..LABELS).map(onto).collect();
            }
            let want = at.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap().1;
            let got = best(&scores, &kinds, &chain);
            let [got, want] = [got, want].map(|path| worth(&path, &scores, &kinds, &steps));
            assert!((got - want).abs() < 1e-3, "{got} is not the best, {want}");
        }
    }

    #[test]
    fn marginals_are_sums_over_all_paths() {
        let (scores, kinds, steps) = made();
        let mut lattice = Lattice::default();
        lattice.sweep(&scores, &kinds, &Factors::of(&steps));
        let all = paths();
        let total: f64 = all.iter().map(|p| f64::from(p.1).exp()).sum();
        for at in 0..3 {
            let marginal = lattice.marginal(at);
            for (y, got) in marginal.iter().enumerate() {
                let want: f64 = all.iter().filter(|p| p.0[at] == y).map(|p| f64::from(p.1).exp()).sum();
                assert!((f64::from(*got) - want / total).abs() < 1e-4, "{at} {y}: {got} {}", want / total);
            }
        }
    }

    #[test]
    fn exp_is_the_exponential() {
        for n in -800..800 {
            let x = n as f32 / 10.0;
            let want = f64::from(x).exp();
            assert!((f64::from(exp(x)) / want - 1.0).abs() < 2e-5, "{x}");
        }
        assert!(exp(f32::MIN) < 1e-35 && exp(1e9).is_finite());
    }
}
