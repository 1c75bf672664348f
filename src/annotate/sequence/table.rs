//! [`Table`]: rows of weights, found by the hashes of their features.
//!
//! The file has open addressing at three quarters full, where a feature that has no row is known to
//! have none after eight slots on the average. So a byte of each slot lies beside that of the next here,
//! and sixteen are looked at at once; short rows lie in their slot, long ones are vectors.

use std::hint::select_unpredictable;

use super::features::List;
use super::label::LABELS;
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
    /// The whole print of every slot, and of the one behind, which is always empty.
    prints: Vec<u16>,
    slots: Vec<Slot>,
    long: Vec<[i8; WIDTH]>,
}

/// The bit of a cell's second byte that says that the row goes on.
pub(super) const GOES_ON: u8 = 32;

/// So many weights lie in their slot.
const FEW: usize = 3;

/// A feature's weights, where they are few: each with its label, the rest nothing. More lie in
/// [`Table::long`] at the number that the first two cells hold, and the last has the label [`LONG`].
type Slot = [[u8; 2]; FEW];

/// A slot without weights.
const EMPTY_SLOT: Slot = [[0; 2]; FEW];

/// The print of an empty slot: no print of 12 bits is like it.
const NOTHING: u16 = u16::MAX;

/// How many features are looked for at once.
const AT_ONCE: usize = 8;

/// The label that says that a row is a long one.
const LONG: u8 = 31;

impl Table {
    /// The table with the slots and cells of the file.
    pub(super) fn of(slots: &[u32], cells: &[[u8; 2]]) -> Self {
        let (mut tags, mut prints, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut long = Vec::new();
        for slot in slots {
            let row = cells.get((slot & PLACE) as usize..).unwrap_or_default();
            let (print, row) = match *slot {
                EMPTY => (NOTHING, EMPTY_SLOT),
                _ => ((slot >> 20) as u16, packed(row, &mut long)),
            };
            tags.push(if print == NOTHING { 0 } else { tag(print) });
            prints.push(print);
            rows.push(row);
        }
        prints.push(NOTHING);
        rows.push(EMPTY_SLOT);
        let first: Vec<u8> = tags.iter().copied().cycle().take(LANES).collect();
        tags.extend(first);
        Self { tags, prints, slots: rows, long }
    }

    /// Whether no slot is empty: then a look-up would not end.
    pub(super) fn is_full(&self) -> bool {
        !self.tags.contains(&0)
    }

    /// The number of the slot of `feature`; that of an empty one behind the table, where it has none.
    ///
    /// Whether there is one is as good as chance, so nothing branches on it.
    #[inline]
    fn find(&self, feature: u32) -> usize {
        let none = self.slots.len() - 1;
        let at = home(feature, none);
        let (same, empty) = self.compare(at, feature);
        let slot = at + same.trailing_zeros() as usize / 8;
        let slot = select_unpredictable(slot < none, slot, slot.wrapping_sub(none));
        let slot = select_unpredictable(same != 0, slot, none);
        let hit = self.prints[slot] == short(feature);
        if !hit & ((same != 0) | (empty == 0)) {
            return self.search(feature);
        }
        select_unpredictable(hit, slot, none)
    }

    /// The same, for however many slots must be looked at.
    #[cold]
    fn search(&self, feature: u32) -> usize {
        let none = self.slots.len() - 1;
        let mut at = home(feature, none);
        loop {
            let (mut same, empty) = self.compare(at, feature);
            while same != 0 {
                let slot = at + same.trailing_zeros() as usize / 8;
                let slot = if slot < none { slot } else { slot - none };
                if self.prints[slot] == short(feature) {
                    return slot;
                }
                same &= same - 1;
            }
            if empty != 0 {
                return none;
            }
            at = if at + LANES < none { at + LANES } else { at + LANES - none };
        }
    }

    /// Which of the slots from `at` on up to the first empty one may be that of `feature`, and which are
    /// empty: the upper bit of the byte of each.
    #[inline]
    fn compare(&self, at: usize, feature: u32) -> (u128, u128) {
        let tags = self.tags[at..].first_chunk().map_or(0, |tags| u128::from_le_bytes(*tags));
        let empty = zeros(tags);
        (zeros(tags ^ (u128::from(tag(short(feature))) * ONES)) & empty.wrapping_sub(1) & !empty, empty)
    }

    /// The sums of the rows of the features in `list`.
    pub(super) fn sum(&self, list: &List) -> Sums {
        let mut sums = Few::default();
        // Some are looked for and fetched before any is added: then memory is not waited for one by one.
        for features in list.features().chunks(AT_ONCE) {
            let mut found = [self.slots.len() - 1; AT_ONCE];
            for (slot, feature) in found.iter_mut().zip(features) {
                *slot = self.find(*feature);
            }
            // In a loop, not by `map`, which is a call for every list.
            let mut rows = [EMPTY_SLOT; AT_ONCE];
            for (row, slot) in rows.iter_mut().zip(found) {
                *row = self.slots[slot];
            }
            for row in &rows[..features.len()] {
                self.add(row, &mut sums);
            }
        }
        sums.sums()
    }

    /// The weight of a feature that has but one.
    pub(super) fn weight(&self, feature: u32) -> i16 {
        let mut sums = Few::default();
        self.add(&self.slots[self.find(feature)], &mut sums);
        sums.sums()[0]
    }

    #[inline]
    fn add(&self, slot: &Slot, sums: &mut Few) {
        let [a, b, c] = *slot;
        if c[1] != LONG {
            for [weight, label] in *slot {
                sums.few[usize::from(label & 31)] += i16::from(weight.cast_signed());
            }
        } else if let Some(row) = self.long.get(u32::from_le_bytes([a[0], a[1], b[0], b[1]]) as usize) {
            sums.long.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i16::from(*weight));
        }
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
const ONES: u128 = u128::MAX / 255;

/// The upper bits of the bytes that are 0, and maybe of some that are 1 above the lowest of these.
const fn zeros(bytes: u128) -> u128 {
    bytes.wrapping_sub(ONES) & !bytes & ONES << 7
}

/// The row that the first of `cells` begins, as a slot has it.
fn packed(cells: &[[u8; 2]], long: &mut Vec<[i8; WIDTH]>) -> Slot {
    let behind = cells.iter().position(|cell| cell[1] & GOES_ON == 0).map_or(cells.len(), |at| at + 1);
    let mut weights = [0_i8; WIDTH];
    for [weight, label] in &cells[..behind.min(LABELS)] {
        if let Some(place) = weights.get_mut(usize::from(label & 31)) {
            *place = weight.cast_signed();
        }
    }
    let mut few = EMPTY_SLOT;
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

/// Sums in the making. What is added one by one and what is added as a vector stays apart: a machine
/// waits where it reads as one what it wrote in pieces.
#[derive(Default)]
struct Few {
    few: [i16; 32],
    long: Sums,
}

impl Few {
    fn sums(&self) -> Sums {
        let mut sums = self.long;
        for (sum, few) in sums.iter_mut().zip(&self.few) {
            *sum += few;
        }
        sums
    }
}
