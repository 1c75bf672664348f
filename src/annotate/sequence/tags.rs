//! [`Tags`]: which slots of a hash table may be a key's, sixteen at a look.

use std::hint::select_unpredictable;

use super::weights::home;

/// How many slots are looked at at once.
const LANES: usize = 16;

/// A byte of every slot of a table with open addressing.
#[derive(Debug)]
pub(super) struct Tags {
    /// 0 where a slot is empty; the first ones stand behind the last ones once more, so that [`LANES`]
    /// can be read anywhere.
    bytes: Vec<u8>,
    count: usize,
}

impl Tags {
    /// The tags of slots in order, none of them 0 but those of empty slots.
    pub(super) fn of(mut bytes: Vec<u8>) -> Self {
        let count = bytes.len();
        let first: Vec<u8> = bytes.iter().copied().cycle().take(LANES).collect();
        bytes.extend(first);
        Self { bytes, count }
    }

    /// How many slots there are.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Whether no slot is empty: then a look-up would not end.
    pub(super) fn is_full(&self) -> bool {
        !self.bytes.contains(&0)
    }

    /// How many slots after `at` the first one with the tag `wanted` is, and the first empty one;
    /// [`LANES`] for none.
    #[inline]
    pub(super) fn compare(&self, at: usize, wanted: u8) -> (usize, usize) {
        let tags = self.bytes[at..].first_chunk::<LANES>().map_or([[0; 8]; 2], |tags| {
            let [low, high] = tags.as_chunks().0 else { return [[0; 8]; 2] };
            [*low, *high]
        });
        let tags = tags.map(u64::from_le_bytes);
        let wanted = u64::from(wanted) * ONES;
        (first_zero(tags.map(|tags| tags ^ wanted)), first_zero(tags))
    }

    /// The first slot of `hash` that has the tag `wanted` and `is` its own, before the next empty one.
    #[inline]
    pub(super) fn find(&self, hash: u32, wanted: u8, is: impl Fn(usize) -> bool) -> Option<usize> {
        let mut at = home(hash, self.count);
        loop {
            let (same, empty) = self.compare(at, wanted);
            if same > empty {
                return None;
            }
            let slot = (at + same) % self.count;
            if same < empty && is(slot) {
                return Some(slot);
            }
            at = if same < empty { (slot + 1) % self.count } else { (at + LANES) % self.count };
        }
    }
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
