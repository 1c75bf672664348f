//! [`Table`]: rows of weights, found by the hashes of their features.
//!
//! The file has open addressing at three quarters full, where a feature that has no row is known to
//! have none after eight slots on the average. So a byte of each slot lies beside that of the next here,
//! and sixteen are looked at at once. Where a row lies follows from how many slots before it have one:
//! what is asked all the time fits into what a core keeps at hand, and the rest is asked in bulk
//! ([`Table::add`]).

use std::hint::select_unpredictable;

use super::label::LABELS;
use super::sheet::number;
use super::tags::Tags;
use super::weights::{EMPTY, PLACE, home, print};

/// Sums of weights, one a label: [`LABELS`] and some, a multiple of what machines add at once.
pub(super) type Sums = [i16; WIDTH];

/// No sums yet.
pub(super) const ZERO: Sums = [0; WIDTH];

/// Places of a row of sums.
const WIDTH: usize = 24;

/// Adds `row` to `sums`. No token has so many features that this could overflow.
#[inline]
pub(super) fn add(sums: &mut Sums, row: &Sums) {
    // As values, so that the compiler sees vectors.
    let (before, more) = (*sums, *row);
    let mut after = ZERO;
    for label in 0..WIDTH {
        after[label] = before[label].wrapping_add(more[label]);
    }
    *sums = after;
}

/// A hash table of rows of weights.
#[derive(Debug)]
pub(super) struct Table {
    /// A part of every slot's print.
    tags: Tags,
    /// What else is known of the slots, [`BLOCK`] each; behind them is a block of none.
    blocks: Vec<Block>,
    few: Vec<Few>,
    long: Vec<Long>,
}

/// The bit of a cell's second byte that says that the row goes on.
pub(super) const GOES_ON: u8 = 32;

/// A row of few weights: each with its label, and what is not used is nothing.
type Few = [[u8; 2]; 3];

/// A row of more weights: one a label.
type Long = [i8; WIDTH];

/// How many slots a block has: one a bit.
const BLOCK: usize = 32;

/// Slots side by side, in one line of memory.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Block {
    /// Which of them have rows of which kind.
    few: u32,
    long: u32,
    /// How many rows of each kind there are before it.
    fews: u32,
    longs: u32,
    /// The other part of every slot's print.
    rests: [u8; BLOCK],
}

/// How many features are looked for at once.
const AT_ONCE: usize = 32;

/// Where a feature may be.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    slot: u32,
    /// Whether it is plainly in no slot.
    last: bool,
}

/// A feature whose weights are to be added to a row of sums.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) feature: u32,
    /// The index of the row.
    pub(super) row: u32,
}

impl Table {
    /// The table with the slots and cells of the file.
    pub(super) fn of(slots: &[u32], cells: &[[u8; 2]]) -> Self {
        let mut tags = Vec::with_capacity(slots.len());
        let (mut few, mut long) = (Vec::new(), Vec::new());
        let mut blocks = Vec::new();
        for slots in slots.chunks(BLOCK) {
            let mut block = Block { fews: number(few.len()), longs: number(long.len()), ..NO_BLOCK };
            for (bit, slot) in slots.iter().enumerate() {
                let print = (slot >> 20) as u16;
                tags.push(if *slot == EMPTY { 0 } else { tag(print) });
                if *slot == EMPTY {
                    continue;
                }
                block.rests[bit] = rest(print);
                match packed(cells.get((slot & PLACE) as usize..).unwrap_or_default()) {
                    (row, true) => (block.few, _) = (block.few | 1 << bit, few.push(short_row(&row))),
                    (row, false) => (block.long, _) = (block.long | 1 << bit, long.push(row)),
                }
            }
            blocks.push(block);
        }
        // The slot behind the last one may be the first of a block.
        blocks.push(NO_BLOCK);
        Self { tags: Tags::of(tags), blocks, few, long }
    }

    /// Whether no slot is empty: then a look-up would not end.
    pub(super) fn is_full(&self) -> bool {
        self.tags.is_full()
    }

    /// Where the slot of `feature` is by its tag; that of the empty one behind the table, where there is
    /// none, or none among those looked at.
    ///
    /// Whether there is one is as good as chance, so nothing branches on it.
    #[inline]
    fn place(&self, feature: u32) -> Place {
        let none = self.tags.count();
        let at = home(feature, none);
        let (same, empty) = self.tags.compare(at, tag(short(feature)));
        let place = at + same;
        let place = select_unpredictable(place < none, place, place.wrapping_sub(none));
        Place { slot: number(select_unpredictable(same < empty, place, none)), last: same > empty }
    }

    /// The slot of `feature`, which is the one at `place` nearly always; the one behind the last for none.
    #[inline]
    fn slot(&self, place: Place, feature: u32) -> usize {
        let slot = place.slot as usize;
        let other = self.rest(slot) != rest(short(feature));
        if other & !place.last { self.search(feature) } else { slot }
    }

    /// The same, however many slots must be looked at.
    #[cold]
    fn search(&self, feature: u32) -> usize {
        let print = short(feature);
        let found = self.tags.find(feature, tag(print), |slot| self.rest(slot) == rest(print));
        found.unwrap_or(self.tags.count())
    }

    #[inline]
    fn rest(&self, slot: usize) -> u8 {
        self.blocks[slot / BLOCK].rests[slot % BLOCK]
    }

    /// The row of `slot`: whether it is a long one, a short one or none, and its number in each kind.
    #[inline]
    fn row(&self, slot: usize) -> Row {
        let (block, bit) = (&self.blocks[slot / BLOCK], 1 << (slot % BLOCK));
        let before = bit - 1;
        Row {
            is_few: block.few & bit != 0,
            is_long: block.long & bit != 0,
            few: block.fews + (block.few & before).count_ones(),
            long: block.longs + (block.long & before).count_ones(),
        }
    }

    /// Adds the weights of all features in `wanted` to their rows among `sums`.
    ///
    /// Many are looked for before any is added: so memory is asked for many things at once and not
    /// waited for one by one.
    pub(super) fn add(&self, wanted: &[Wanted], sums: &mut [Sums]) {
        let mut places = [Place::default(); AT_ONCE];
        let (mut few, mut long) = ([(0, 0); AT_ONCE], [(0, 0); AT_ONCE]);
        for wanted in wanted.chunks(AT_ONCE) {
            for (place, wanted) in places.iter_mut().zip(wanted) {
                *place = self.place(wanted.feature);
            }
            let (mut fews, mut longs) = (0, 0);
            // Which kind a row is of is as good as chance too: it is written down as both, counted as one.
            for (Wanted { feature, row }, place) in wanted.iter().zip(places) {
                let found = self.row(self.slot(place, *feature));
                (few[fews], long[longs]) = ((found.few, *row), (found.long, *row));
                longs += usize::from(found.is_long);
                fews += usize::from(found.is_few);
            }
            for (number, row) in &long[..longs] {
                let Some(weights) = self.long.get(*number as usize) else { continue };
                add(&mut sums[*row as usize], &weights.map(i16::from));
            }
            for (number, row) in &few[..fews] {
                let Some(cells) = self.few.get(*number as usize) else { continue };
                let sums = &mut sums[*row as usize];
                for [weight, label] in cells {
                    let sum = &mut sums[usize::from(*label).min(WIDTH - 1)];
                    *sum = sum.wrapping_add(i16::from(weight.cast_signed()));
                }
            }
        }
    }

    /// The weight of a feature that has but one.
    pub(super) fn weight(&self, feature: u32) -> i16 {
        let row = self.row(self.slot(self.place(feature), feature));
        if row.is_long {
            return self.long.get(row.long as usize).map_or(0, |weights| i16::from(weights[0]));
        }
        let first = |[weight, label]: [u8; 2]| if label == 0 { i16::from(weight.cast_signed()) } else { 0 };
        let cells = if row.is_few { self.few.get(row.few as usize) } else { None };
        cells.map_or(0, |cells| cells.map(first).iter().sum())
    }
}

/// The row of a slot.
struct Row {
    is_few: bool,
    is_long: bool,
    few: u32,
    long: u32,
}

/// The print that the slot of `feature` has.
const fn short(feature: u32) -> u16 {
    (print(feature) >> 20) as u16
}

/// The part of a print that is looked at first; never 0.
fn tag(print: u16) -> u8 {
    (print & 0xff).max(1) as u8
}

/// The other part, and whether the tag is of a 1 that stands for 0.
fn rest(print: u16) -> u8 {
    (print >> 8) as u8 | if print & 0xff == 0 { 16 } else { 0 }
}

/// The rest of no print.
const NO_REST: u8 = u8::MAX;

/// A block of empty slots.
const NO_BLOCK: Block = Block { few: 0, long: 0, fews: 0, longs: 0, rests: [NO_REST; BLOCK] };

/// The row that the first of `cells` begins, and whether it has few weights.
fn packed(cells: &[[u8; 2]]) -> (Long, bool) {
    let behind = cells.iter().position(|cell| cell[1] & GOES_ON == 0).map_or(cells.len(), |at| at + 1);
    let mut weights = [0_i8; WIDTH];
    for [weight, label] in &cells[..behind.min(LABELS)] {
        if let Some(place) = weights.get_mut(usize::from(label & 31)) {
            *place = weight.cast_signed();
        }
    }
    (weights, weights.iter().filter(|weight| **weight != 0).count() <= Few::default().len())
}

/// The weights of a row that has few.
fn short_row(row: &Long) -> Few {
    let mut few = Few::default();
    let used = (0_u8..).zip(row).filter(|(_, weight)| **weight != 0);
    for (cell, (label, weight)) in few.iter_mut().zip(used) {
        *cell = [weight.cast_unsigned(), label];
    }
    few
}
