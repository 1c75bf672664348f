//! [`Wordings`]: what is quoted anywhere, each wording once, and the pairs worth comparing.
//!
//! Two wordings are worth comparing where they share four words in a row that no more than [`COMMON`]
//! places have. A preview folds the same site again and again with one brief changed: what it keeps is
//! the sorted rows of words and the pairs that come of them, so that a fold looks at the rows of what
//! has come and gone, and at wordings that share a row which has become common, or is so no longer.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::COMMON;
use super::wording::Likeness;
use crate::library::memory::Digest;

/// How many words in a row make two wordings worth comparing. What `wording` takes for nearly equal
/// always shares so many.
pub(super) const ROW: usize = 4;
/// Alignments of one pair that are tried.
const TRIED: usize = 4;

/// The index of a wording in [`Wordings`]; of one that nobody quotes any more it may become another's.
pub(super) type Slot = u32;

/// Four words in a row: their hash, the wording and the place of the first word. Several wordings
/// with one hash by accident cost a comparison and no more.
type Row = (u64, Slot, u32);

/// The digest of each of two wordings as they are written.
type Written = (Digest, Digest);

/// Two wordings that share a row of words.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) short: Slot,
    pub(super) long: Slot,
    /// How many words further back the longer one has what they share, the most frequent first.
    pub(super) diagonals: Vec<isize>,
    /// How the two stood to each other when they were compared, and what was compared.
    pub(super) known: Option<(Written, Option<Likeness>)>,
}

/// One wording.
#[derive(Clone, Debug)]
struct Held {
    /// The digest of the folded words, by which equal ones are known.
    folded: Digest,
    /// How many words it has.
    length: usize,
    state: State,
}

/// Where a wording stands between two folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Its rows are still to be taken in.
    New,
    /// Its rows are in, and nobody has quoted it in this fold yet.
    Kept,
    /// Its rows are in, and somebody quotes it in this fold.
    Quoted,
    /// Nobody quotes it any more.
    Free,
}

/// Every wording that is quoted, and the pairs worth comparing.
#[derive(Debug, Default)]
pub(crate) struct Wordings {
    /// Whether there is a next fold.
    keeps: bool,
    slots: HashMap<Digest, Slot>,
    held: Vec<Held>,
    free: Vec<Slot>,
    /// The rows of all, sorted.
    rows: Vec<Row>,
    /// Those of the new ones.
    fresh: Vec<Row>,
    pairs: Vec<Pair>,
}

impl Wordings {
    pub(crate) fn keeping() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// A new fold begins.
    pub(crate) fn turn(&mut self) {
        if !self.keeps {
            *self = Self::default();
        }
    }

    /// How many slots there are.
    pub(super) fn len(&self) -> usize {
        self.held.len()
    }

    /// Makes room for the rows of so many words.
    pub(super) fn reserve(&mut self, words: usize) {
        // To grow such a list again and again costs more than to fill it.
        if self.held.is_empty() {
            self.fresh.reserve(words);
        }
    }

    /// The wording with these `length` folded words, somebody quoting it; `digest` is theirs.
    pub(super) fn quoted(&mut self, digest: Digest, folded: &str, length: usize) -> Slot {
        if let Some(slot) = self.slots.get(&digest) {
            let slot = *slot;
            self.hold(slot);
            return slot;
        }
        let held = Held { folded: digest, length, state: State::New };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.held[slot as usize] = held;
                slot
            }
            None => {
                self.held.push(held);
                number(self.held.len() - 1)
            }
        };
        self.slots.insert(digest, slot);
        self.fresh.extend(rows(folded).into_iter().enumerate().map(|(at, hash)| (hash, slot, number(at))));
        slot
    }

    /// The same by the slot that it had before, if it still has it.
    pub(super) fn quoted_again(&mut self, digest: Digest, slot: Slot) -> bool {
        let known = self.held.get(slot as usize);
        let same = known.is_some_and(|held| held.folded == digest && held.state != State::Free);
        if same {
            self.hold(slot);
        }
        same
    }

    fn hold(&mut self, slot: Slot) {
        let state = &mut self.held[slot as usize].state;
        if *state == State::Kept {
            *state = State::Quoted;
        }
    }

    /// The pairs worth comparing, everything that is quoted having been named.
    pub(super) fn pairs(&mut self) -> &mut [Pair] {
        let gone: Vec<bool> = self.held.iter().map(|held| held.state == State::Kept).collect();
        let mut changed: Vec<bool> = self.held.iter().map(|held| held.state == State::New).collect();
        if gone.contains(&true) || changed.contains(&true) {
            let mut fresh = std::mem::take(&mut self.fresh);
            if !self.keeps {
                leave_lone_rows(&mut fresh);
            }
            fresh.sort_unstable();
            replace(&mut self.rows, fresh, &gone, &mut changed);
            let stays = |slot: Slot| !gone[slot as usize] && !changed[slot as usize];
            self.pairs.retain(|pair| stays(pair.short) && stays(pair.long));
            self.find_pairs(&changed);
        }
        self.forget(&gone);
        &mut self.pairs
    }

    /// Adds the pairs of wordings of which one has `changed`.
    fn find_pairs(&mut self, changed: &[bool]) {
        let mut shared: Vec<(Slot, Slot, i64)> = Vec::new();
        let is_new = |row: &Row| changed[row.1 as usize];
        for list in new_lists(&self.rows, is_new).filter(|list| (2..=COMMON).contains(&list.len())) {
            for (number, one) in list.iter().enumerate() {
                let others = list[number + 1..].iter();
                let others = others.filter(|other| other.1 != one.1 && (is_new(one) || is_new(other)));
                shared.extend(others.map(|other| {
                    let (short, long) =
                        if self.order(one, other) == Ordering::Greater { (other, one) } else { (one, other) };
                    (long.1, short.1, i64::from(long.2) - i64::from(short.2))
                }));
            }
        }
        shared.sort_unstable();
        self.pairs.extend(shared.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(pair));
    }

    /// Which of two wordings is the shorter one; of equal length, one that does not depend on slots.
    fn order(&self, one: &Row, other: &Row) -> Ordering {
        let sized = |row: &Row| {
            let held = &self.held[row.1 as usize];
            (held.length, held.folded)
        };
        sized(one).cmp(&sized(other))
    }

    /// Forgets what nobody quotes, and waits for the next fold.
    fn forget(&mut self, gone: &[bool]) {
        for (index, held) in self.held.iter_mut().enumerate() {
            if gone[index] {
                held.state = State::Free;
                self.slots.remove(&held.folded);
                self.free.push(number(index));
            } else if held.state != State::Free {
                held.state = State::Kept;
            }
        }
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Takes the rows of wordings that are `gone` out of `rows` and `fresh` ones in, sorted as both are. Marks
/// the wordings as `changed` that have a row which has become common, or is so no longer.
fn replace(rows: &mut Vec<Row>, mut fresh: Vec<Row>, gone: &[bool], changed: &mut [bool]) {
    if rows.is_empty() {
        *rows = fresh;
        return;
    }
    let is_gone = |row: &Row| gone[row.1 as usize];
    let mut touched: Vec<u64> =
        rows.iter().filter(|row| is_gone(row)).chain(&fresh).map(|row| row.0).collect();
    touched.sort_unstable();
    touched.dedup();
    let were: Vec<bool> = touched.iter().map(|hash| alike(rows, *hash).len() > COMMON).collect();
    rows.retain(|row| !is_gone(row));
    rows.append(&mut fresh);
    // Two sorted stretches, which this sort merges.
    rows.sort();
    for (hash, was) in touched.into_iter().zip(were) {
        let list = alike(rows, hash);
        if was != (list.len() > COMMON) {
            list.iter().for_each(|row| changed[row.1 as usize] = true);
        }
    }
}

/// Those of the sorted `rows` that have this hash.
fn alike(rows: &[Row], hash: u64) -> &[Row] {
    let start = rows.partition_point(|row| row.0 < hash);
    let count = rows[start..].iter().take_while(|row| row.0 == hash).count();
    &rows[start..start + count]
}

/// The stretches of the sorted `rows` with one hash that hold a row which `is_new`.
fn new_lists(rows: &[Row], is_new: impl Fn(&Row) -> bool + Copy) -> impl Iterator<Item = &[Row]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let found = rest.iter().position(is_new)?;
        let hash = rest[found].0;
        let before = rest[..found].iter().rev().take_while(|row| row.0 == hash).count();
        let behind = rest[found..].iter().take_while(|row| row.0 == hash).count();
        let (list, others) = rest[found - before..].split_at(before + behind);
        rest = others;
        Some(list)
    })
}

/// The hash of each row of [`ROW`] words of a wording.
fn rows(words: &str) -> Vec<u64> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(words.match_indices(' ').map(|(blank, _)| blank + 1));
    let end = |at: usize| starts.get(at + ROW).map_or(words.len(), |next| next - 1);
    let all = 0..(starts.len() + 1).saturating_sub(ROW);
    all.map(|at| hash(&words[starts[at]..end(at)])).collect()
}

/// FNV-1a.
fn hash(words: &str) -> u64 {
    words
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Leaves out rows that stand alone, before they are sorted. Some that share nothing but a few bits
/// with another are kept: they cost their sorting and no more.
fn leave_lone_rows(rows: &mut Vec<Row>) {
    const BITS: u32 = 21;
    let mut seen = vec![0_u8; 1 << BITS];
    let slot = |hash: u64| usize::try_from(hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS));
    for (hash, ..) in rows.iter() {
        if let Ok(slot) = slot(*hash) {
            seen[slot] = seen[slot].saturating_add(1);
        }
    }
    rows.retain(|(hash, ..)| slot(*hash).is_ok_and(|slot| seen[slot] > 1));
}

fn pair(shared: &[(Slot, Slot, i64)]) -> Pair {
    let mut votes: Vec<(usize, i64)> =
        shared.chunk_by(|a, b| a.2 == b.2).map(|same| (same.len(), same[0].2)).collect();
    votes.sort_by_key(|(votes, diagonal)| (std::cmp::Reverse(*votes), *diagonal));
    votes.truncate(TRIED);
    Pair {
        long: shared[0].0,
        short: shared[0].1,
        diagonals: votes.into_iter().filter_map(|(_, by)| isize::try_from(by).ok()).collect(),
        known: None,
    }
}
