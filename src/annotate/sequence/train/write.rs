//! What was learnt as the bytes that [`Weights`] reads.
//!
//! [`Weights`]: crate::annotate::sequence::weights::Weights

use crate::annotate::sequence::chain::Steps;
use crate::annotate::sequence::label::LABELS;
use crate::annotate::sequence::table::GOES_ON;
use crate::annotate::sequence::weights::{EMPTY, KNOTS, MAGIC, PLACE, home, print};

/// A row of weights under its feature's hash: labels and weights, none of them nothing.
pub(in crate::annotate::sequence) type Rows = Vec<(u32, Vec<(u8, f32)>)>;

/// All that a file of weights holds.
#[derive(Debug)]
pub(in crate::annotate::sequence) struct Model {
    pub(in crate::annotate::sequence) features: Rows,
    pub(in crate::annotate::sequence) links: Rows,
    pub(in crate::annotate::sequence) steps: Steps,
    /// Words by their hash, with their rates as cues and in sources.
    pub(in crate::annotate::sequence) rates: Vec<(u32, u8, u8)>,
    pub(in crate::annotate::sequence) curves: [[(f32, f32); KNOTS]; 3],
}

impl Model {
    /// The file.
    pub(in crate::annotate::sequence) fn bytes(&self) -> Vec<u8> {
        let (features, scale) = packed(&self.features);
        let (links, link_scale) = packed(&self.links);
        let steps: Vec<f32> =
            self.steps.squares.iter().flatten().chain([&self.steps.first]).flatten().copied().collect();
        let step_scale = unit(steps.iter().copied());
        let mut rates = slots(self.rates.len());
        for (word, cue, source) in &self.rates {
            place(&mut rates, *word, *word << 8 | u32::from(*cue) << 4 | u32::from(*source));
        }
        let mut bytes = MAGIC.to_vec();
        let sizes =
            [features.slots.len(), features.cells.len(), rates.len(), links.slots.len(), links.cells.len()];
        for size in sizes {
            bytes.extend(u32::try_from(size).unwrap_or(EMPTY).to_le_bytes());
        }
        for float in [scale, step_scale, link_scale] {
            bytes.extend(float.to_le_bytes());
        }
        for curve in &self.curves {
            bytes.extend(curve.iter().flat_map(|k| k.0.to_le_bytes()));
            bytes.extend(curve.iter().flat_map(|k| k.1.to_le_bytes()));
        }
        bytes.extend(steps.iter().map(|weight| small(*weight, step_scale).cast_unsigned()));
        bytes.extend(rates.iter().flat_map(|slot| slot.to_le_bytes()));
        for table in [features, links] {
            bytes.extend(table.slots.iter().flat_map(|slot| slot.to_le_bytes()));
            bytes.extend(table.cells.iter().flatten());
        }
        bytes
    }
}

/// Rows as they lie in the file.
struct Packed {
    slots: Vec<u32>,
    cells: Vec<[u8; 2]>,
}

fn packed(rows: &Rows) -> (Packed, f32) {
    let scale = unit(rows.iter().flat_map(|(_, row)| row).map(|(_, weight)| *weight));
    let mut table = Packed { slots: slots(rows.len()), cells: Vec::new() };
    for (hash, row) in rows {
        let cells: Vec<(u8, i8)> =
            row.iter().map(|(label, weight)| (*label, small(*weight, scale))).filter(|c| c.1 != 0).collect();
        let start = u32::try_from(table.cells.len()).unwrap_or(PLACE);
        if cells.is_empty() || start >= PLACE {
            continue;
        }
        for (index, (label, weight)) in cells.iter().enumerate() {
            let more = if index + 1 < cells.len() { GOES_ON } else { 0 };
            table.cells.push([weight.cast_unsigned(), label | more]);
        }
        place(&mut table.slots, *hash, print(*hash) | start);
    }
    (table, scale)
}

/// Empty slots for `count` rows, three quarters full at most.
fn slots(count: usize) -> Vec<u32> {
    vec![EMPTY; count * 4 / 3 + 1]
}

fn place(slots: &mut [u32], hash: u32, slot: u32) {
    let mut at = home(hash, slots.len());
    while slots[at] != EMPTY {
        at = if at + 1 == slots.len() { 0 } else { at + 1 };
    }
    slots[at] = slot;
}

/// What one step of 8 bits is worth. Weights beyond the reach are cut off, which changes nothing.
fn unit(weights: impl Iterator<Item = f32>) -> f32 {
    let top = weights.fold(0.0_f32, |top, weight| top.max(weight.abs()));
    top.clamp(1e-3, REACH) / 127.0
}

/// Beyond this a weight decides alone.
const REACH: f32 = 6.0;

#[expect(clippy::cast_possible_truncation, reason = "clamped to 8 bits")]
fn small(weight: f32, scale: f32) -> i8 {
    (weight / scale).round().clamp(-127.0, 127.0) as i8
}

/// The labels and weights of a dense row that are not nothing.
pub(in crate::annotate::sequence) fn sparse(row: &[f32; LABELS], least: f32) -> Vec<(u8, f32)> {
    (0_u8..).zip(*row).filter(|(_, weight)| weight.abs() >= least).collect()
}
