//! [`Scorer`]: the sums of the weights of the features of an article's tokens.
//!
//! A token has some eighty-five features, but few that its neighbour or an equal word has not had
//! before it. So the sums of a word's features are kept for each place among those that a token sees,
//! and the sums of a group of features as long as its key stays. Sums are of integers: in whatever
//! order they are added, the bits are the same.

use super::features::{self, BEYOND, Group, Key, List, REACH, SIGHT, SLOTS, View};
use super::sheet::{Sheet, Word};
use super::table::{Sums, Table, ZERO, add};

/// Sums that stay right from one article to the next.
#[derive(Debug)]
pub(super) struct Scorer {
    bias: Sums,
    beyond: [Sums; SLOTS],
    letters: Cache<[u32; 6], SLOTS>,
    looks: Cache<(u32, u32), SEEN>,
    signs: Cache<Key, 1>,
    edges: Cache<Key, 1>,
    setting: Cache<Key, 1>,
    marks: Cache<Key, 1>,
    ruled: Cache<Key, 1>,
    list: List,
}

/// How many slots are in sight.
const SEEN: usize = 2 * SIGHT + 1;

impl Scorer {
    /// A scorer that knows nothing yet; it must always be given the same `table`.
    pub(super) fn of(table: &Table) -> Self {
        let mut list = List::new();
        features::bias(&mut list);
        let bias = table.sum(&list);
        let beyond = std::array::from_fn(|slot| {
            list.clear();
            features::letters(slot, BEYOND, &mut list);
            table.sum(&list)
        });
        Self {
            bias,
            beyond,
            letters: Cache::of(10),
            looks: Cache::of(10),
            signs: Cache::of(8),
            edges: Cache::of(5),
            setting: Cache::of(5),
            marks: Cache::of(6),
            ruled: Cache::of(8),
            list,
        }
    }

    /// The sums of each token of `sheet`.
    pub(super) fn sums(&mut self, table: &Table, sheet: &Sheet) -> Vec<Sums> {
        let mut all = vec![self.bias; sheet.words.len()];
        for (at, word) in sheet.words.iter().enumerate() {
            self.spread(table, sheet, at, word, &mut all);
        }
        let mut memos = Memos::default();
        for (at, sums) in all.iter_mut().enumerate() {
            let view = View::of(sheet, at);
            for slot in (0..SLOTS).filter(|slot| view.slot(*slot).is_none()) {
                add(sums, &self.beyond[slot]);
            }
            self.lone(table, &view, sums);
            self.groups(table, &view, sums);
            memos.groups(table, &mut self.list, &view, sums);
        }
        all
    }

    /// Adds what depends on token `at` alone to all tokens that see it.
    fn spread(&mut self, table: &Table, sheet: &Sheet, at: usize, word: &Word, all: &mut [Sums]) {
        let (from, end) = sheet.places[at].paragraph;
        let paragraph = &mut all[from as usize..end as usize];
        let at = at - from as usize;
        let list = &mut self.list;
        let letters = self.letters.get(word.hash, word.spelling(), || {
            std::array::from_fn(|slot| {
                list.clear();
                features::letters(slot, word.hash, list);
                if slot == REACH {
                    features::pieces(word, list);
                }
                table.sum(list)
            })
        });
        let looks = self.looks.get(word.shape ^ word.known(), (word.shape, word.known()), || {
            std::array::from_fn(|slot| {
                list.clear();
                features::looks(slot + REACH - SIGHT, word, list);
                table.sum(list)
            })
        });
        // The token before sees the word in a slot farther on.
        for (slot, sums) in letters.iter().enumerate() {
            if let Some(token) = (at + REACH).checked_sub(slot).and_then(|at| paragraph.get_mut(at)) {
                add(token, sums);
            }
        }
        for (slot, sums) in looks.iter().enumerate() {
            if let Some(token) = (at + SIGHT).checked_sub(slot).and_then(|at| paragraph.get_mut(at)) {
                add(token, sums);
            }
        }
    }

    /// Adds the features that hardly any two tokens have in common.
    fn lone(&mut self, table: &Table, view: &View<'_>, sums: &mut Sums) {
        self.list.clear();
        view.pairs(&mut self.list);
        view.pronoun(&mut self.list);
        view.part(&mut self.list);
        add(sums, &table.sum(&self.list));
    }

    /// Adds the groups whose keys mean the same in every article.
    fn groups(&mut self, table: &Table, view: &View<'_>, sums: &mut Sums) {
        let list = &mut self.list;
        self.signs.add(table, list, view.signs(), sums);
        self.edges.add(table, list, view.edges(), sums);
        self.setting.add(table, list, view.setting(), sums);
        self.marks.add(table, list, view.marks(), sums);
        self.ruled.add(table, list, view.ruled(), sums);
    }
}

/// The last sums of the groups whose keys name tokens of the article.
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
    fn groups(&mut self, table: &Table, list: &mut List, view: &View<'_>, sums: &mut Sums) {
        self.sentence.add(table, list, view.sentence(), sums);
        self.left.add(table, list, view.left(), sums);
        self.right.add(table, list, view.right(), sums);
        self.quotation.add(table, list, view.quotation(), sums);
        self.capitals.add(table, list, view.capitals(), sums);
        self.beside.add(table, list, view.beside(), sums);
    }
}

/// The sums of a group's features for one key.
struct Memo {
    key: Option<Key>,
    sums: Sums,
}

impl Default for Memo {
    fn default() -> Self {
        Self { key: None, sums: ZERO }
    }
}

impl Memo {
    #[inline]
    fn add(&mut self, table: &Table, list: &mut List, group: Group<impl FnOnce(&mut List)>, sums: &mut Sums) {
        if self.key != Some(group.key) {
            list.clear();
            (group.each)(list);
            *self = Self { key: Some(group.key), sums: table.sum(list) };
        }
        add(sums, &self.sums);
    }
}

/// The sums for many keys: every key has one place, and the last one that came there has it.
#[derive(Debug)]
struct Cache<K, const ROWS: usize> {
    places: Vec<(Option<K>, [Sums; ROWS])>,
    shift: u32,
}

impl<K: Copy + PartialEq, const ROWS: usize> Cache<K, ROWS> {
    /// A cache with 2^`bits` places.
    fn of(bits: u32) -> Self {
        Self { places: vec![(None, [ZERO; ROWS]); 1 << bits], shift: u32::BITS - bits }
    }

    /// The sums for `key`, whose place `hash` says.
    #[inline]
    fn get(&mut self, hash: u32, key: K, make: impl FnOnce() -> [Sums; ROWS]) -> &[Sums; ROWS] {
        let place = &mut self.places[(hash.wrapping_mul(0x9e37_79b9) >> self.shift) as usize];
        if place.0 != Some(key) {
            *place = (Some(key), make());
        }
        &place.1
    }
}

impl Cache<Key, 1> {
    #[inline]
    fn add(&mut self, table: &Table, list: &mut List, group: Group<impl FnOnce(&mut List)>, sums: &mut Sums) {
        let [a, b, c, d] = group.key;
        let hash = ((a.wrapping_mul(31) ^ b).wrapping_mul(31) ^ c).wrapping_mul(31) ^ d;
        let [row] = self.get(hash, group.key, || {
            list.clear();
            (group.each)(list);
            [table.sum(list)]
        });
        add(sums, row);
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
            let want: Vec<Sums> = all(sheet).iter().map(|list| table.sum(list)).collect();
            assert!(want.iter().all(|sums| *sums != ZERO));
            assert_eq!(scorer.sums(&table, sheet), want);
        }
    }
}
