//! [`Table`]: rows of weights, found by the hashes of their features.
//!
//! The file has open addressing at three quarters full, where a feature that has no row is known to
//! have none after eight slots on the average. So a byte of each slot lies beside that of the next here,
//! and sixteen are looked at at once; short rows lie in their slot, long ones are vectors. The table is
//! larger than what a core keeps at hand, so it is asked in bulk ([`Table::add`]).

use std::hint::select_unpredictable;

use super::label::LABELS;
use super::sheet::number;
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

/// How many slots are looked at at once.
const LANES: usize = 16;

/// A hash table of rows of weights.
#[derive(Debug)]
pub(super) struct Table {
    /// Of every slot a part of its print, 0 where it is empty; the first ones stand behind the last ones
    /// once more, so that [`LANES`] can be read anywhere.
    tags: Vec<u8>,
    /// Every slot, and one behind, which is always empty.
    slots: Vec<Slot>,
    long: Vec<[i8; WIDTH]>,
}

/// The bit of a cell's second byte that says that the row goes on.
pub(super) const GOES_ON: u8 = 32;

/// So many weights lie in their slot.
const FEW: usize = 3;

/// A feature's print and its weights, side by side in memory: a look-up waits for one line of it.
///
/// Where the weights are few, each has its label, and the rest is nothing. More lie in
/// [`Table::long`] at the number that the first two cells hold, and the last has the label [`LONG`].
#[derive(Clone, Copy, Debug)]
struct Slot {
    print: u16,
    cells: [[u8; 2]; FEW],
}

/// A slot of no feature: no print of 12 bits is like its own.
const EMPTY_SLOT: Slot = Slot { print: u16::MAX, cells: [[0; 2]; FEW] };

/// How many features are looked for at once.
const AT_ONCE: usize = 32;

/// The label that says that a row is a long one.
const LONG: u8 = 31;

/// Where a feature may be.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    slot: u32,
    print: u16,
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
        let (mut tags, mut rows, mut long) = (Vec::new(), Vec::new(), Vec::new());
        for slot in slots {
            let row = cells.get((slot & PLACE) as usize..).unwrap_or_default();
            let row = match *slot {
                EMPTY => EMPTY_SLOT,
                _ => Slot { print: (slot >> 20) as u16, cells: packed(row, &mut long) },
            };
            tags.push(if *slot == EMPTY { 0 } else { tag(row.print) });
            rows.push(row);
        }
        rows.push(EMPTY_SLOT);
        let first: Vec<u8> = tags.iter().copied().cycle().take(LANES).collect();
        tags.extend(first);
        Self { tags, slots: rows, long }
    }

    /// Whether no slot is empty: then a look-up would not end.
    pub(super) fn is_full(&self) -> bool {
        !self.tags.contains(&0)
    }

    /// Where the slot of `feature` is by its tag; that of the empty one behind the table, where there is
    /// none, or none among the [`LANES`] looked at.
    ///
    /// Whether there is one is as good as chance, so nothing branches on it.
    #[inline]
    fn place(&self, feature: u32) -> Place {
        let none = self.slots.len() - 1;
        let at = home(feature, none);
        let (same, empty) = self.compare(at, feature);
        let place = at + same;
        let place = select_unpredictable(place < none, place, place.wrapping_sub(none));
        Place {
            slot: number(select_unpredictable(same < empty, place, none)),
            print: short(feature),
            last: same > empty,
        }
    }

    /// The slot of `feature`, which is the one at `place` nearly always.
    #[inline]
    fn slot(&self, place: Place, feature: u32) -> Slot {
        let slot = self.slots[place.slot as usize];
        if (slot.print != place.print) & !place.last { self.search(feature) } else { slot }
    }

    /// The same, however many slots must be looked at.
    #[cold]
    fn search(&self, feature: u32) -> Slot {
        let none = self.slots.len() - 1;
        let at = home(feature, none);
        let tags = self.tags[at..none].iter().chain(&self.tags[..none]).take_while(|tag| **tag != 0);
        for (behind, _) in tags.enumerate().filter(|(_, other)| **other == tag(short(feature))) {
            let place = at + behind;
            let slot = self.slots[if place < none { place } else { place - none }];
            if slot.print == short(feature) {
                return slot;
            }
        }
        EMPTY_SLOT
    }

    /// How many slots after `at` the first one is that may be that of `feature`, and the first empty
    /// one; [`LANES`] for none.
    #[inline]
    fn compare(&self, at: usize, feature: u32) -> (usize, usize) {
        let tags = self.tags[at..].first_chunk::<LANES>().map_or([[0; 8]; 2], |tags| {
            let [low, high] = tags.as_chunks().0 else { return [[0; 8]; 2] };
            [*low, *high]
        });
        let tags = tags.map(u64::from_le_bytes);
        let wanted = u64::from(tag(short(feature))) * ONES;
        (first_zero(tags.map(|tags| tags ^ wanted)), first_zero(tags))
    }

    /// Adds the weights of all features in `wanted` to their rows among `sums`.
    ///
    /// Many are looked for before any is added: so memory is asked for many things at once and not
    /// waited for one by one.
    pub(super) fn add(&self, wanted: &[Wanted], sums: &mut [Sums]) {
        let mut places = [Place::default(); AT_ONCE];
        let (mut few, mut long) = ([(EMPTY_SLOT, 0); AT_ONCE], [(0, 0); AT_ONCE]);
        for wanted in wanted.chunks(AT_ONCE) {
            for (place, wanted) in places.iter_mut().zip(wanted) {
                *place = self.place(wanted.feature);
            }
            let (mut fews, mut longs) = (0, 0);
            // Which kind a slot is of is as good as chance too: it is written down as both, counted as one.
            for (Wanted { feature, row }, place) in wanted.iter().zip(places) {
                let slot = self.slot(place, *feature);
                (few[fews], long[longs]) = ((slot, *row), (slot.long(), *row));
                longs += usize::from(slot.is_long());
                fews += usize::from(slot.is_few());
            }
            for (number, row) in &long[..longs] {
                let Some(weights) = self.long.get(*number) else { continue };
                add(&mut sums[*row as usize], &weights.map(i16::from));
            }
            for (slot, row) in &few[..fews] {
                let sums = &mut sums[*row as usize];
                for [weight, label] in slot.cells {
                    let sum = &mut sums[usize::from(label).min(WIDTH - 1)];
                    *sum = sum.wrapping_add(i16::from(weight.cast_signed()));
                }
            }
        }
    }

    /// The weight of a feature that has but one.
    pub(super) fn weight(&self, feature: u32) -> i16 {
        let slot = self.slot(self.place(feature), feature);
        if slot.is_long() {
            return self.long.get(slot.long()).map_or(0, |weights| i16::from(weights[0]));
        }
        let first = |[weight, label]: [u8; 2]| if label == 0 { i16::from(weight.cast_signed()) } else { 0 };
        slot.cells.into_iter().map(first).sum()
    }
}

impl Slot {
    #[inline]
    const fn is_long(self) -> bool {
        self.cells[FEW - 1][1] == LONG
    }

    /// Whether it has weights, all in itself.
    #[inline]
    const fn is_few(self) -> bool {
        (self.print != EMPTY_SLOT.print) & !self.is_long()
    }

    /// The number of the long row.
    #[inline]
    const fn long(self) -> usize {
        let [[a, b], [c, d], _] = self.cells;
        u32::from_le_bytes([a, b, c, d]) as usize
    }
}

/// The print that the slot of `feature` has.
const fn short(feature: u32) -> u16 {
    (print(feature) >> 20) as u16
}

/// The part of a print that is looked at first; never 0.
fn tag(print: u16) -> u8 {
    (print & 0xff).max(1) as u8
}

/// A one in every byte.
const ONES: u64 = u64::MAX / 255;

/// The index of the first byte of both numbers that is 0, or how many there are.
#[inline]
fn first_zero([low, high]: [u64; 2]) -> usize {
    // The upper bits of the bytes that are 0, and maybe of some that are 1 above the lowest of these.
    const fn zeros(bytes: u64) -> u64 {
        bytes.wrapping_sub(ONES) & !bytes & ONES << 7
    }
    let (low, high) = (zeros(low), zeros(high));
    let behind = 64 + high.trailing_zeros();
    select_unpredictable(low != 0, low.trailing_zeros(), behind) as usize / 8
}

/// The row that the first of `cells` begins, as a slot has it.
fn packed(cells: &[[u8; 2]], long: &mut Vec<[i8; WIDTH]>) -> [[u8; 2]; FEW] {
    let behind = cells.iter().position(|cell| cell[1] & GOES_ON == 0).map_or(cells.len(), |at| at + 1);
    let mut weights = [0_i8; WIDTH];
    for [weight, label] in &cells[..behind.min(LABELS)] {
        if let Some(place) = weights.get_mut(usize::from(label & 31)) {
            *place = weight.cast_signed();
        }
    }
    let mut few = EMPTY_SLOT.cells;
    let used = || (0_u8..).zip(weights).filter(|(_, weight)| *weight != 0);
    for (cell, (label, weight)) in few.iter_mut().zip(used()) {
        *cell = [weight.cast_unsigned(), label];
    }
    if used().count() > FEW {
        let [a, b, c, d] = u32::try_from(long.len()).unwrap_or(u32::MAX).to_le_bytes();
        few = [[a, b], [c, d], [0, LONG]];
        long.push(weights);
    }
    few
}
