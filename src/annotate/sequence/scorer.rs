//! [`Scorer`]: the sums of the weights of the features of an article's tokens.
//!
//! A token has some eighty-five features, but few that its neighbour or an equal word has not had
//! before it. So the sums of a word's features are kept for each place among those that a token sees,
//! and the sums of a group of features as long as its key stays. First all tokens say which rows of
//! sums they are made of; then the weights of the features that are new are looked up at once; then the
//! rows are added. Sums are of integers: in whatever order they are added, the bits are the same.

use super::features::{self, BEYOND, Group, Key, List, REACH, SIGHT, SLOTS, View};
use super::sheet::{Sheet, Word, number};
use super::table::{Sums, Table, Wanted, ZERO, add};

/// Sums that stay right from one article to the next.
#[derive(Debug)]
pub(super) struct Scorer {
    bias: Sums,
    beyond: [Sums; SLOTS],
    kept: Rows,
    letters: Cache<[u32; 6]>,
    looks: Cache<(u32, u32)>,
    signs: Cache<Key>,
    edges: Cache<Key>,
    setting: Cache<Key>,
    marks: Cache<Key>,
    ruled: Cache<Key>,
    list: List,
}

/// How many slots are in sight.
const SEEN: usize = 2 * SIGHT + 1;

/// So many rows are kept from one article to the next at most; then all are forgotten.
const KEPT: usize = 16_000;

/// The rows of sums that a token is made of besides its own.
struct Parts {
    /// The first of the word's rows, one for each slot in reach.
    letters: u32,
    /// The first of the word's rows, one for each slot in sight.
    looks: u32,
    /// Rows that mean the same in every article.
    kept: [u32; 5],
    /// Rows of this article, which has a row for each token before them.
    passing: [u32; 6],
}

impl Scorer {
    /// A scorer that knows nothing yet; it must always be given the same `table`.
    pub(super) fn of(table: &Table) -> Self {
        let mut list = List::new();
        let mut rows = Rows::default();
        features::bias(&mut list);
        rows.add(&list);
        for slot in 0..SLOTS {
            list.clear();
            features::letters(slot, BEYOND, &mut list);
            rows.add(&list);
        }
        rows.look_up(table);
        Self {
            bias: rows.sums[0],
            beyond: std::array::from_fn(|slot| rows.sums[1 + slot]),
            kept: Rows::default(),
            letters: Cache::of(11),
            looks: Cache::of(10),
            signs: Cache::of(10),
            edges: Cache::of(6),
            setting: Cache::of(6),
            marks: Cache::of(8),
            ruled: Cache::of(9),
            list,
        }
    }

    /// The sums of each token of `sheet`.
    pub(super) fn sums(&mut self, table: &Table, sheet: &Sheet) -> Vec<Sums> {
        if self.kept.sums.len() > KEPT {
            self.forget();
        }
        let mut passing = Rows { sums: vec![self.bias; sheet.words.len()], wanted: Vec::new() };
        let mut memos = Memos::default();
        let mut parts: Vec<Parts> = Vec::with_capacity(sheet.words.len());
        for (at, word) in sheet.words.iter().enumerate() {
            let view = View::of(sheet, at);
            self.list.clear();
            view.pairs(&mut self.list);
            view.pronoun(&mut self.list);
            view.part(&mut self.list);
            passing.want(number(at), &self.list);
            let (letters, looks) = (self.letters(word), self.looks(word));
            let kept = self.groups(&view);
            parts.push(Parts {
                letters,
                looks,
                kept,
                passing: memos.groups(&mut passing, &mut self.list, &view),
            });
        }
        self.kept.look_up(table);
        passing.look_up(table);
        for at in 0..parts.len() {
            passing.sums[at] = self.sum(&parts, sheet, at, &passing.sums);
        }
        passing.sums.truncate(parts.len());
        passing.sums
    }

    /// The sums of token `at`, from its own row in `passing` and all others.
    fn sum(&self, parts: &[Parts], sheet: &Sheet, at: usize, passing: &[Sums]) -> Sums {
        let mut sums = passing[at];
        let view = View::of(sheet, at);
        let row = |first: u32, slot: usize| &self.kept.sums[first as usize + slot];
        for slot in 0..SLOTS {
            let Some(seen) = view.slot(slot).map(|at| &parts[at]) else {
                add(&mut sums, &self.beyond[slot]);
                continue;
            };
            add(&mut sums, row(seen.letters, slot));
            if let Some(slot) = (slot + SIGHT).checked_sub(REACH).filter(|slot| *slot < SEEN) {
                add(&mut sums, row(seen.looks, slot));
            }
        }
        for first in parts[at].kept {
            add(&mut sums, row(first, 0));
        }
        for row in parts[at].passing {
            add(&mut sums, &passing[row as usize]);
        }
        sums
    }

    /// The first of the rows of what `word` is spelt like.
    fn letters(&mut self, word: &Word) -> u32 {
        let Self { kept, list, .. } = self;
        self.letters.get(word.hash, word.spelling(), || {
            let first = kept.next();
            for slot in 0..SLOTS {
                list.clear();
                features::letters(slot, word.hash, list);
                if slot == REACH {
                    features::pieces(word, list);
                }
                kept.add(list);
            }
            first
        })
    }

    /// The first of the rows of what `word` looks like and what is known of it.
    fn looks(&mut self, word: &Word) -> u32 {
        let Self { kept, list, .. } = self;
        self.looks.get(word.shape ^ word.known(), (word.shape, word.known()), || {
            let first = kept.next();
            for slot in 0..SEEN {
                list.clear();
                features::looks(slot + REACH - SIGHT, word, list);
                kept.add(list);
            }
            first
        })
    }

    /// The rows of the groups whose keys mean the same in every article.
    fn groups(&mut self, view: &View<'_>) -> [u32; 5] {
        let Self { kept, list, .. } = self;
        [
            self.signs.row(kept, list, view.signs()),
            self.edges.row(kept, list, view.edges()),
            self.setting.row(kept, list, view.setting()),
            self.marks.row(kept, list, view.marks()),
            self.ruled.row(kept, list, view.ruled()),
        ]
    }

    fn forget(&mut self) {
        self.kept.sums.clear();
        self.letters.clear();
        self.looks.clear();
        for cache in [&mut self.signs, &mut self.edges, &mut self.setting, &mut self.marks, &mut self.ruled] {
            cache.clear();
        }
    }
}

/// Rows of sums, and what is still to be added to them.
#[derive(Debug, Default)]
struct Rows {
    sums: Vec<Sums>,
    wanted: Vec<Wanted>,
}

impl Rows {
    /// The index that the next row will have.
    fn next(&self) -> u32 {
        number(self.sums.len())
    }

    /// A new row, of the features in `list`.
    #[inline]
    fn add(&mut self, list: &List) -> u32 {
        let row = self.next();
        self.sums.push(ZERO);
        self.want(row, list);
        row
    }

    /// Has the features in `list` added to row `row`.
    #[inline]
    fn want(&mut self, row: u32, list: &List) {
        self.wanted.extend(list.features().iter().map(|feature| Wanted { feature: *feature, row }));
    }

    /// Adds all that is still to be added.
    fn look_up(&mut self, table: &Table) {
        table.add(&self.wanted, &mut self.sums);
        self.wanted.clear();
    }
}

/// The last rows of the groups whose keys name tokens of the article.
#[derive(Default)]
struct Memos {
    sentence: Memo,
    left: Memo,
    right: Memo,
    quotation: Memo,
    capitals: Memo,
    beside: Memo,
}

impl Memos {
    fn groups(&mut self, rows: &mut Rows, list: &mut List, view: &View<'_>) -> [u32; 6] {
        [
            self.sentence.row(rows, list, view.sentence()),
            self.left.row(rows, list, view.left()),
            self.right.row(rows, list, view.right()),
            self.quotation.row(rows, list, view.quotation()),
            self.capitals.row(rows, list, view.capitals()),
            self.beside.row(rows, list, view.beside()),
        ]
    }
}

/// The row of a group's features for one key.
#[derive(Default)]
struct Memo(Option<(Key, u32)>);

impl Memo {
    #[inline]
    fn row(&mut self, rows: &mut Rows, list: &mut List, group: Group<impl FnOnce(&mut List)>) -> u32 {
        if let Some((key, row)) = self.0
            && key == group.key
        {
            return row;
        }
        list.clear();
        (group.each)(list);
        let row = rows.add(list);
        self.0 = Some((group.key, row));
        row
    }
}

/// The rows of many keys: every key has one place, and the last one that came there has it.
#[derive(Debug)]
struct Cache<K> {
    places: Vec<Option<(K, u32)>>,
    shift: u32,
}

impl<K: Copy + PartialEq> Cache<K> {
    /// A cache with 2^`bits` places.
    fn of(bits: u32) -> Self {
        Self { places: vec![None; 1 << bits], shift: u32::BITS - bits }
    }

    fn clear(&mut self) {
        self.places.fill(None);
    }

    /// The first row for `key`, whose place `hash` says.
    #[inline]
    fn get(&mut self, hash: u32, key: K, make: impl FnOnce() -> u32) -> u32 {
        let place = &mut self.places[(hash.wrapping_mul(0x9e37_79b9) >> self.shift) as usize];
        match place {
            Some((known, row)) if *known == key => *row,
            _ => place.insert((key, make())).1,
        }
    }
}

impl Cache<Key> {
    #[inline]
    fn row(&mut self, rows: &mut Rows, list: &mut List, group: Group<impl FnOnce(&mut List)>) -> u32 {
        let [a, b, c, d] = group.key;
        let hash = ((a.wrapping_mul(31) ^ b).wrapping_mul(31) ^ c).wrapping_mul(31) ^ d;
        self.get(hash, group.key, || {
            list.clear();
            (group.each)(list);
            rows.add(list)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Language;
    use crate::annotate::attribution;
    use crate::annotate::reading::Reading;
    use crate::annotate::sequence::weights::{EMPTY, home, print};
    use crate::annotate::tests::plain;
    use crate::text::Prose;

    /// Rates under which many words are likely verbs.
    struct Many;

    impl crate::annotate::sequence::sheet::Rates for Many {
        fn of(&self, word: u32) -> (u8, u8) {
            ((word % 7) as u8, (word % 3) as u8)
        }
    }

    fn sum(table: &Table, list: &List) -> Sums {
        let mut rows = Rows::default();
        rows.add(list);
        rows.look_up(table);
        rows.sums[0]
    }

    /// A table that has every feature of `lists`, with rows of one weight to eight.
    fn table(lists: &[List]) -> Table {
        let mut features: Vec<u32> = lists.iter().flat_map(List::features).copied().collect();
        features.sort_unstable();
        features.dedup();
        let mut slots = vec![EMPTY; features.len() * 4 / 3 + 1];
        let mut cells = Vec::new();
        for feature in features {
            let mut at = home(feature, slots.len());
            while slots[at] != EMPTY {
                at = (at + 1) % slots.len();
            }
            slots[at] = print(feature) | u32::try_from(cells.len()).unwrap();
            let last = (feature >> 8) % 8;
            cells.extend((0..=last).map(|label| {
                [(feature >> label) as u8 | 1, (label * 2) as u8 | if label < last { 32 } else { 0 }]
            }));
        }
        Table::of(&slots, &cells)
    }

    #[test]
    fn sums_that_are_kept_are_those_of_all_features() {
        let texts = [
            "“We sail at noon,” Ann Lee said. “The ice, which came late, is thin.” Bob Ray, the harbour \
             master, told Mr. Oss that he was not sure. He left.\n\nShe added: “Nobody knows.”",
            "We sail at noon, Ann Lee wrote. According to the mayor, the ice is “thin”.\n\nYes.",
        ];
        let documents = texts.map(plain);
        let proses = documents.each_ref().map(Prose::of);
        let sheets = proses.each_ref().map(|prose| {
            let reading = Reading::of(prose, Language::English);
            Sheet::of(&reading, &attribution::find(&reading), &Many)
        });
        let all = |sheet: &Sheet| -> Vec<List> {
            let list = |at| {
                let mut list = List::new();
                View::of(sheet, at).each(&mut list);
                list
            };
            (0..sheet.words.len()).map(list).collect()
        };
        let table = table(&all(&sheets[0]));
        let mut scorer = Scorer::of(&table);
        // Each twice: once with what the other has left behind.
        for sheet in [&sheets[0], &sheets[1], &sheets[0], &sheets[1]] {
            let want: Vec<Sums> = all(sheet).iter().map(|list| sum(&table, list)).collect();
            assert!(want.iter().all(|sums| *sums != ZERO));
            assert_eq!(scorer.sums(&table, sheet), want);
        }
    }
}
