//! [`Weights`]: the file that training writes.
//!
//! All numbers are little-endian.
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

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::chain::{Chain, Factors, STEPS, Steps};
use super::label::LABELS;
use super::sheet::Rates;
use super::table::Table;
use super::tags::Tags;

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

/// How many numbers the curves take.
const CURVES: usize = 3 * 2 * KNOTS;

/// How many bytes the steps take.
pub(super) const STEP_BYTES: usize = (STEPS * LABELS + 1) * LABELS;

/// The weights of one model.
#[derive(Debug)]
pub(super) struct Weights {
    rates: RateTable,
    pub(super) features: Table,
    pub(super) links: LinkTable,
    pub(super) chain: Chain,
    pub(super) factors: Factors,
    /// What a unit of a feature's weight is worth.
    pub(super) scale: f32,
    pub(super) link_scale: f32,
    /// For direct, mixed and indirect contents: raw certainty and how often it was right.
    pub(super) curves: [[(f32, f32); KNOTS]; 3],
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
    /// Reads a whole file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, WeightsError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(WeightsError::Magic)?;
        let mut rest = Rest(rest);
        let [slots, cells, rates, link_slots, link_cells] = rest.numbers()?;
        let [scale, step_scale, link_scale] = rest.numbers()?.map(f32::from_bits);
        let curves: [u32; CURVES] = rest.numbers()?;
        let knot = |index: usize| f32::from_bits(curves[index]);
        let steps = rest.take(STEP_BYTES)?;
        let step = |index: usize| f32::from(steps[index].cast_signed()) * step_scale;
        let steps = Steps {
            squares: std::array::from_fn(|kind| {
                std::array::from_fn(|x| std::array::from_fn(|y| step((kind * LABELS + x) * LABELS + y)))
            }),
            first: std::array::from_fn(|y| step(STEPS * LABELS * LABELS + y)),
        };
        let rates = RateTable::of(rest.words(rates)?);
        let features = Table::of(&rest.words(slots)?, rest.cells(cells)?);
        let links = Table::of(&rest.words(link_slots)?, rest.cells(link_cells)?);
        // A full table would be searched for ever.
        let full = rates.tags.is_full() || features.is_full() || links.is_full();
        if full || !rest.0.is_empty() {
            return Err(WeightsError::Length);
        }
        Ok(Self {
            rates,
            features,
            links: LinkTable::of(links),
            factors: Factors::of(&steps),
            chain: Chain::of(steps),
            scale,
            link_scale,
            curves: std::array::from_fn(|form| {
                std::array::from_fn(|at| (knot(form * 2 * KNOTS + at), knot((form * 2 + 1) * KNOTS + at)))
            }),
        })
    }
}

/// What of a file is not read yet.
struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], WeightsError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(WeightsError::Length)?;
        self.0 = rest;
        Ok(taken)
    }

    fn numbers<const N: usize>(&mut self) -> Result<[u32; N], WeightsError> {
        let words = self.words(u32::try_from(N).unwrap_or(u32::MAX))?;
        words.try_into().map_err(|_| WeightsError::Length)
    }

    fn words(&mut self, count: u32) -> Result<Vec<u32>, WeightsError> {
        let bytes = self.take((count as usize).saturating_mul(4))?;
        Ok(bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect())
    }

    fn cells(&mut self, count: u32) -> Result<&'b [[u8; 2]], WeightsError> {
        Ok(self.take((count as usize).saturating_mul(2))?.as_chunks().0)
    }
}

/// The weights of links, and the last ones asked for: a few features come again and again.
#[derive(Debug)]
pub(super) struct LinkTable {
    table: Table,
    /// A feature, and its weight behind a bit that says that there is one.
    last: Vec<AtomicU64>,
}

/// How many weights of links are at hand, as a power of two.
const AT_HAND: u32 = 11;

impl LinkTable {
    fn of(table: Table) -> Self {
        Self { table, last: (0..1 << AT_HAND).map(|_| AtomicU64::new(0)).collect() }
    }

    /// The weight of `feature`.
    #[inline]
    pub(super) fn weight(&self, feature: u32) -> i16 {
        let known = |weight: u16| u64::from(feature) << 32 | 1 << 16 | u64::from(weight);
        let place = &self.last[(feature >> (u32::BITS - AT_HAND)) as usize];
        let last = place.load(Relaxed);
        let weight = (last & 0xffff) as u16;
        if last == known(weight) {
            return weight.cast_signed();
        }
        let weight = self.table.weight(feature);
        place.store(known(weight.cast_unsigned()), Relaxed);
        weight
    }
}

/// The rates of words.
#[derive(Debug)]
struct RateTable {
    tags: Tags,
    slots: Vec<u32>,
}

impl RateTable {
    fn of(slots: Vec<u32>) -> Self {
        let tags = slots.iter().map(|slot| if *slot == EMPTY { 0 } else { tag(slot >> 8) }).collect();
        Self { tags: Tags::of(tags), slots }
    }
}

/// The part of a word's hash that is looked at first; never 0.
fn tag(hash: u32) -> u8 {
    (hash & 0xff).max(1) as u8
}

impl Rates for Weights {
    fn of(&self, hash: u32) -> (u8, u8) {
        let RateTable { tags, slots } = &self.rates;
        let found = tags.find(hash, tag(hash), |slot| slots[slot] & !0xff == hash << 8);
        found.map_or((0, 0), |slot| ((slots[slot] >> 4 & 15) as u8, (slots[slot] & 15) as u8))
    }
}
