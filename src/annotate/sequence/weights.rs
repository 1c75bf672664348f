//! [`Weights`]: the file that training writes, read as it lies.
//!
//! Nothing is unpacked: a look-up is a probe into the bytes. All numbers are little-endian.
//!
//! | part | bytes |
//! |---|---|
//! | `dateline attribution 1\n` | 23 and one of zero |
//! | sizes: slots, cells, rates, link slots, link cells | 5 × 4 |
//! | scales of features, steps and links | 3 × 4 |
//! | calibration: for each form the knots' left ends and values | 3 × 2 × [`KNOTS`] × 4 |
//! | steps: the squares, then the first labels | ([`STEPS`] × [`LABELS`] + 1) × [`LABELS`] |
//! | rates: 24 bits of a word's hash, its cue rate, its source rate | 4 each |
//! | feature slots and cells, link slots and cells | 4 and 2 each |
//!
//! A slot is the lower 12 bits of a feature's hash and 20 bits that say at which cell its row
//! starts; it lies at [`home`] or behind, before the next empty slot. A cell is a weight of 8
//! bits, a label of 5, and a bit that says that the row goes on.

use std::borrow::Cow;

use super::chain::{Factors, STEPS, Steps};
use super::label::LABELS;
use super::sheet::Rates;

/// The first bytes of the file: what it is, and in which version.
pub(super) const MAGIC: &[u8; 24] = b"dateline attribution 1\n\0";

/// How many points a curve of calibration has.
pub(super) const KNOTS: usize = 12;

/// A curve that answers what it is asked.
pub(super) fn straight() -> [(f32, f32); KNOTS] {
    std::array::from_fn(|at| {
        let share = at as f32 / (KNOTS - 1) as f32;
        (share, share)
    })
}

/// A slot that holds nothing.
pub(super) const EMPTY: u32 = u32::MAX;

/// The bits of a slot that say where its row starts.
pub(super) const PLACE: u32 = (1 << 20) - 1;

/// Where the slot of `hash` is looked for first, among `count`.
#[inline]
pub(super) const fn home(hash: u32, count: usize) -> usize {
    ((hash as u64 * count as u64) >> 32) as usize
}

/// The part of a hash that its slot keeps.
pub(super) const fn print(hash: u32) -> u32 {
    hash << 20
}

/// The sizes and scales behind the magic.
const NUMBERS: usize = 5 + 3;

const CURVES: usize = 3 * 2 * KNOTS;

/// How many bytes the steps take.
pub(super) const STEP_BYTES: usize = (STEPS * LABELS + 1) * LABELS;

/// The weights of one model.
#[derive(Debug)]
pub(super) struct Weights {
    bytes: Cow<'static, [u8]>,
    rates: Part,
    pub(super) features: Sparse,
    pub(super) links: Sparse,
    pub(super) steps: Steps,
    pub(super) factors: Factors,
    /// What a unit of a feature's weight is worth.
    pub(super) scale: f32,
    pub(super) link_scale: f32,
    /// For direct, mixed and indirect contents: raw certainty and how often it was right.
    pub(super) curves: [[(f32, f32); KNOTS]; 3],
}

/// A run of equal numbers in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    start: usize,
    count: usize,
}

/// A hash table of rows of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sparse {
    slots: Part,
    cells: Part,
}

/// Bytes that are no weights of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightsError {
    /// Other first bytes.
    #[error("these are no weights of this version of Dateline")]
    Magic,
    /// Sizes that do not fit the length.
    #[error("the weights are cut off, or not whole")]
    Length,
}

impl Weights {
    /// Reads the head of `bytes`; the rest is read as it is needed.
    pub(super) fn read(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, WeightsError> {
        let bytes = bytes.into();
        if !bytes.starts_with(MAGIC) {
            return Err(WeightsError::Magic);
        }
        let numbers = MAGIC.len();
        let curves = numbers + 4 * NUMBERS;
        let steps = curves + 4 * CURVES;
        let mut end = steps + STEP_BYTES;
        if bytes.len() < end {
            return Err(WeightsError::Length);
        }
        let size = |index: usize| word(&bytes, numbers + 4 * index) as usize;
        let float = |at: usize| f32::from_bits(word(&bytes, at));
        let mut part = |index: usize, width: usize| {
            let part = Part { start: end, count: size(index) };
            end = end.saturating_add(part.count.saturating_mul(width));
            part
        };
        let rates = part(2, 4);
        let features = Sparse { slots: part(0, 4), cells: part(1, 2) };
        let links = Sparse { slots: part(3, 4), cells: part(4, 2) };
        if end != bytes.len() {
            return Err(WeightsError::Length);
        }
        let step_scale = float(numbers + 4 * 6);
        let step = |index: usize| f32::from(bytes[steps + index].cast_signed()) * step_scale;
        let made = Steps {
            squares: std::array::from_fn(|kind| {
                std::array::from_fn(|x| std::array::from_fn(|y| step((kind * LABELS + x) * LABELS + y)))
            }),
            first: std::array::from_fn(|y| step(STEPS * LABELS * LABELS + y)),
        };
        let knot = |index: usize| float(curves + 4 * index);
        Ok(Self {
            rates,
            features,
            links,
            factors: Factors::of(&made),
            steps: made,
            scale: float(numbers + 4 * 5),
            link_scale: float(numbers + 4 * 7),
            curves: std::array::from_fn(|form| {
                std::array::from_fn(|at| (knot(form * 2 * KNOTS + at), knot((form * 2 + 1) * KNOTS + at)))
            }),
            bytes,
        })
    }

    /// Calls `take` with each label and weight of the row of `feature`.
    #[inline]
    pub(super) fn row(&self, table: Sparse, feature: u32, mut take: impl FnMut(usize, i8)) {
        let slots = &self.bytes[table.slots.start..table.slots.start + 4 * table.slots.count];
        let mut at = home(feature, table.slots.count);
        // A table that is full of others ends the search as an empty slot does.
        for _ in 0..table.slots.count {
            let slot = word(slots, 4 * at);
            if slot == EMPTY {
                return;
            }
            if slot & !PLACE == print(feature) {
                let mut cell = table.cells.start + 2 * (slot & PLACE) as usize;
                while let Some([weight, rest]) = self.bytes.get(cell..cell + 2) {
                    take(usize::from(rest & 31), weight.cast_signed());
                    if rest & GOES_ON == 0 {
                        return;
                    }
                    cell += 2;
                }
                return;
            }
            at = if at + 1 == table.slots.count { 0 } else { at + 1 };
        }
    }
}

/// The bit of a cell's second byte that says that the row goes on.
pub(super) const GOES_ON: u8 = 32;

impl Rates for Weights {
    fn of(&self, hash: u32) -> (u8, u8) {
        let rates = &self.bytes[self.rates.start..self.rates.start + 4 * self.rates.count];
        let mut at = home(hash, self.rates.count);
        for _ in 0..self.rates.count {
            let slot = word(rates, 4 * at);
            if slot == EMPTY {
                break;
            }
            if slot & !0xff == hash << 8 {
                return ((slot >> 4 & 15) as u8, (slot & 15) as u8);
            }
            at = if at + 1 == self.rates.count { 0 } else { at + 1 };
        }
        (0, 0)
    }
}

/// The number at byte `at`.
#[inline]
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(EMPTY, u32::from_le_bytes)
}
