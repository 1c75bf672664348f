//! [`Table`]: rows of weights, found by the hashes of their features.
//!
//! The file has open addressing at three quarters full, where a feature that has no row is known to
//! have none after eight slots on the average. So the prints of the slots lie side by side here, and
//! sixteen are compared at once; short rows lie in their slot, long ones are vectors.

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
    sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum = sum.wrapping_add(*weight));
}

/// The print of a slot that holds nothing: no print of 12 bits is like it.
const NOTHING: u16 = u16::MAX;

/// How many prints are compared at once.
const LANES: usize = 16;

/// A hash table of rows of weights.
#[derive(Debug)]
pub(super) struct Table {
    /// The print of every slot; the first ones stand behind the last ones once more.
    prints: Vec<u16>,
    rows: Vec<Row>,
    long: Vec<[i8; WIDTH]>,
}

/// The bit of a cell's second byte that says that the row goes on.
pub(super) const GOES_ON: u8 = 32;

/// So many weights lie in their slot.
const FEW: usize = 3;

/// The weights of a feature.
#[derive(Clone, Copy, Debug)]
enum Row {
    /// Labels and weights; what is not needed adds nothing.
    Few([(u8, i8); FEW]),
    /// More than that: where in [`Table::long`].
    Long(u32),
}

impl Table {
    /// The table with the slots and cells of the file.
    pub(super) fn of(slots: &[u32], cells: &[[u8; 2]]) -> Self {
        let prints = slots.iter().map(|slot| if *slot == EMPTY { NOTHING } else { (slot >> 20) as u16 });
        let prints: Vec<u16> = prints.clone().chain(prints.cycle().take(LANES)).collect();
        let mut table = Self { prints, rows: Vec::with_capacity(slots.len()), long: Vec::new() };
        for slot in slots {
            let cells = cells.get((slot & PLACE) as usize..).unwrap_or_default();
            let row = if *slot == EMPTY { Row::Few([(0, 0); FEW]) } else { table.row(cells) };
            table.rows.push(row);
        }
        table
    }

    /// The row that the first of `cells` begins.
    fn row(&mut self, cells: &[[u8; 2]]) -> Row {
        let behind = cells.iter().position(|cell| cell[1] & GOES_ON == 0).map_or(cells.len(), |at| at + 1);
        let mut weights = [0_i8; WIDTH];
        for [weight, label] in &cells[..behind.min(LABELS)] {
            if let Some(place) = weights.get_mut(usize::from(label & 31)) {
                *place = weight.cast_signed();
            }
        }
        let mut few = [(0, 0); FEW];
        let mut count = 0;
        for (label, weight) in (0_u8..).zip(weights).filter(|(_, weight)| *weight != 0) {
            if let Some(cell) = few.get_mut(count) {
                *cell = (label, weight);
            }
            count += 1;
        }
        if count <= FEW {
            return Row::Few(few);
        }
        self.long.push(weights);
        Row::Long(u32::try_from(self.long.len() - 1).unwrap_or(u32::MAX))
    }

    /// Whether no slot is empty: then a look-up would not end.
    pub(super) fn is_full(&self) -> bool {
        !self.prints.contains(&NOTHING)
    }

    /// The row of `feature`.
    #[inline]
    fn find(&self, feature: u32) -> Option<&Row> {
        let count = self.rows.len();
        let print = (print(feature) >> 20) as u16;
        let mut at = home(feature, count);
        loop {
            let prints = self.prints.get(at..)?.first_chunk::<LANES>()?;
            let (mut same, mut empty) = (0_u16, 0_u16);
            for (lane, other) in prints.iter().enumerate() {
                same |= u16::from(*other == print) << lane;
                empty |= u16::from(*other == NOTHING) << lane;
            }
            // The lowest bit that is set decides.
            if same & (empty.wrapping_sub(1) & !empty) != 0 {
                at += same.trailing_zeros() as usize;
                return self.rows.get(if at < count { at } else { at - count });
            }
            if empty != 0 {
                return None;
            }
            at = if at + LANES < count { at + LANES } else { at + LANES - count };
        }
    }

    /// The sums of the rows of the features in `list`.
    pub(super) fn sum(&self, list: &List) -> Sums {
        let mut sums = Few::default();
        list.features().iter().for_each(|feature| self.add(*feature, &mut sums));
        sums.sums()
    }

    /// The weight of a feature that has but one.
    pub(super) fn weight(&self, feature: u32) -> i16 {
        let mut sums = Few::default();
        self.add(feature, &mut sums);
        sums.sums()[0]
    }

    /// Adds the row of `feature`.
    #[inline]
    fn add(&self, feature: u32, sums: &mut Few) {
        match self.find(feature) {
            None => {}
            Some(Row::Few(cells)) => cells.iter().for_each(|(label, weight)| {
                sums.few[usize::from(label & 31)] += i16::from(*weight);
            }),
            Some(Row::Long(row)) => {
                if let Some(row) = self.long.get(*row as usize) {
                    sums.long.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i16::from(*weight));
                }
            }
        }
    }
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
        std::array::from_fn(|label| self.few[label] + self.long[label])
    }
}
