//! [`Scorer`]: the sums of the weights of the features of an article's tokens.
//!
//! A token has some eighty-five features, but few that its neighbour or an equal word has not had
//! before it. So the sums of a word's features are kept for each place among those that a token sees,
//! and the sums of a group of features as long as its key stays. First all tokens say which rows of
//! sums they are made of; then the weights of the features that are new are looked up at once; then the
//! rows are added. Sums are of integers: in whatever order they are added, the bits are the same.

use super::features::{self, BEYOND, Group, Key, List, REACH, SIGHT, SLOTS, View, WORDS};
use super::sheet::{Sheet, Word, number};
use super::table::{Sums, Table, Wanted, ZERO, add};

/// Sums that stay right from one article to the next.
#[derive(Debug)]
pub(super) struct Scorer {
    bias: Sums,
    beyond: [Sums; SLOTS],
    /// The rows of all caches one after another, and behind them those that had no place in theirs.
    kept: Rows,
    /// The rows of the article: the first ones are of its tokens. Kept for their memory alone.
    passing: Rows,
    /// Likewise, a token each.
    parts: Vec<Parts>,
    /// How many rows the caches have.
    places: usize,
    /// The number of the article.
    now: u32,
    letters: Cache<[u32; 6]>,
    looks: Cache<[u32; 2]>,
    signs: [Cache<Key>; SIGNS],
    list: List,
}

/// How many slots are in sight.
const SEEN: usize = 2 * SIGHT + 1;

/// How many groups have keys that mean the same in every article.
const SIGNS: usize = 9;

/// How many places the caches of these groups have, as a power of two.
const SIGN_BITS: [u32; SIGNS] = [12, 8, 8, 9, 10, 9, 9, 9, 9];

/// How many groups have keys that name tokens of the article.
const PASSING: usize = 7;

/// The rows of sums that a token is made of besides its own.
#[derive(Debug)]
struct Parts {
    /// The first of the word's rows, one for each slot in reach.
    letters: u32,
    /// The first of the word's rows, one for each slot in sight.
    looks: u32,
    /// Rows that mean the same in every article.
    kept: [u32; SIGNS],
    /// Rows of this article, which has a row for each token before them.
    passing: [u32; PASSING],
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
        let mut places = 0;
        let letters = Cache::of(12, SLOTS, &mut places);
        let looks = Cache::of(11, SEEN, &mut places);
        let signs = SIGN_BITS.map(|bits| Cache::of(bits, 1, &mut places));
        Self {
            bias: rows.sums[0],
            beyond: std::array::from_fn(|slot| rows.sums[1 + slot]),
            kept: Rows { sums: vec![ZERO; places], wanted: Vec::new() },
            passing: Rows::default(),
            parts: Vec::new(),
            places,
            now: 0,
            letters,
            looks,
            signs,
            list,
        }
    }

    /// The sums of each token of `sheet`.
    pub(super) fn sums(&mut self, table: &Table, sheet: &Sheet) -> Vec<Sums> {
        self.begin();
        let mut passing = std::mem::take(&mut self.passing);
        passing.sums.clear();
        passing.sums.resize(sheet.words.len(), self.bias);
        let mut memos = Memos::default();
        let mut parts = std::mem::take(&mut self.parts);
        parts.clear();
        for (at, word) in sheet.words.iter().enumerate() {
            let view = View::of(sheet, at);
            self.list.clear();
            view.pairs(&mut self.list);
            view.pronoun(&mut self.list);
            view.part::<WORDS>(&mut self.list);
            passing.want(number(at), &self.list);
            parts.push(Parts {
                letters: self.letters(word),
                looks: self.looks(word),
                kept: self.signs(&view),
                passing: memos.groups(&mut passing, &mut self.list, &view),
            });
        }
        self.kept.look_up(table);
        passing.look_up(table);
        let sums = (0..parts.len()).map(|at| self.sum(&parts, sheet, at, &passing.sums)).collect();
        (self.passing, self.parts) = (passing, parts);
        sums
    }

    /// Forgets what had no place, and whose article it was.
    fn begin(&mut self) {
        self.kept.sums.truncate(self.places);
        self.now = self.now.wrapping_add(1);
        if self.now == 0 {
            self.letters.clear();
            self.looks.clear();
            self.signs.iter_mut().for_each(Cache::clear);
            self.now = 1;
        }
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
        let Self { kept, list, now, .. } = self;
        let (first, new) = self.letters.get(word.hash, word.spelling(), *now, kept);
        if new {
            for slot in 0..SLOTS {
                list.clear();
                features::letters(slot, word.hash, list);
                if slot == REACH {
                    features::pieces(word, list);
                }
                kept.begin(first + number(slot), list);
            }
        }
        first
    }

    /// The first of the rows of what `word` looks like and what is known of it.
    fn looks(&mut self, word: &Word) -> u32 {
        let Self { kept, list, now, .. } = self;
        let key = [word.shape, word.known()];
        let (first, new) = self.looks.get(key[0] ^ key[1].wrapping_mul(31), key, *now, kept);
        if new {
            for slot in 0..SEEN {
                list.clear();
                features::looks(slot + REACH - SIGHT, word, list);
                kept.begin(first + number(slot), list);
            }
        }
        first
    }

    /// The rows of the groups whose keys mean the same in every article.
    fn signs(&mut self, view: &View<'_>) -> [u32; SIGNS] {
        let Self { kept, list, now, .. } = self;
        let [a, b, c, d, e, f, g, h, i] = &mut self.signs;
        [
            a.row(*now, kept, list, view.signs()),
            b.row(*now, kept, list, view.edges()),
            c.row(*now, kept, list, view.setting()),
            d.row(*now, kept, list, view.marks()),
            e.row(*now, kept, list, view.ruled()),
            f.row(*now, kept, list, view.left_signs()),
            g.row(*now, kept, list, view.right_signs()),
            h.row(*now, kept, list, view.capitals_signs()),
            i.row(*now, kept, list, view.beside_signs()),
        ]
    }
}

/// Rows of sums, and what is still to be added to them.
#[derive(Debug, Default)]
struct Rows {
    sums: Vec<Sums>,
    wanted: Vec<Wanted>,
}

impl Rows {
    /// A new row, of the features in `list`.
    #[inline]
    fn add(&mut self, list: &List) -> u32 {
        let row = number(self.sums.len());
        self.sums.push(ZERO);
        self.want(row, list);
        row
    }

    /// Has row `row` hold the features in `list` and nothing else.
    fn begin(&mut self, row: u32, list: &List) {
        self.sums[row as usize] = ZERO;
        self.want(row, list);
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
struct Memos([Memo; PASSING]);

impl Memos {
    fn groups(&mut self, rows: &mut Rows, list: &mut List, view: &View<'_>) -> [u32; PASSING] {
        let [a, b, c, d, e, f, g] = &mut self.0;
        [
            a.row(rows, list, view.sentence()),
            b.row(rows, list, view.left_words()),
            c.row(rows, list, view.left_distance()),
            d.row(rows, list, view.right_words()),
            e.row(rows, list, view.quotation()),
            f.row(rows, list, view.capitals_words()),
            g.row(rows, list, view.beside_words()),
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
            && key.is(&group.key)
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

/// Keys that are compared number by number: to read several at once that were just written one by one
/// stalls.
trait Same {
    fn is(&self, other: &Self) -> bool;
}

impl<const N: usize> Same for [u32; N] {
    #[inline]
    fn is(&self, other: &Self) -> bool {
        self.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
    }
}

/// The rows of many keys: every key has two places, and takes that of the one that was longest not
/// asked for; what another key of this article has is never taken from it.
#[derive(Debug)]
struct Cache<K> {
    places: Vec<[Kept<K>; 2]>,
    shift: u32,
    /// The row of the first place, and how many rows each has.
    first: usize,
    width: usize,
}

/// A key and the last article that had it: none has the number 0.
#[derive(Clone, Copy, Debug, Default)]
struct Kept<K> {
    key: K,
    last: u32,
}

impl<K: Copy + Default + Same> Cache<K> {
    /// A cache with 2^`bits` places of `width` rows, which are `rows` and those behind.
    fn of(bits: u32, width: usize, rows: &mut usize) -> Self {
        let places = vec![[Kept::default(); 2]; 1 << (bits - 1)];
        let first = *rows;
        *rows += width << bits;
        Self { places, shift: u32::BITS + 1 - bits, first, width }
    }

    fn clear(&mut self) {
        self.places.fill([Kept::default(); 2]);
    }

    /// The first row for `key`, whose places `hash` says, in article `now`; and whether it is new, so that
    /// the rows are still another's.
    #[inline]
    fn get(&mut self, hash: u32, key: K, now: u32, rows: &mut Rows) -> (u32, bool) {
        let set = (hash.wrapping_mul(0x9e37_79b9) >> self.shift) as usize;
        let pair = &mut self.places[set];
        let row = |place: usize| number(self.first + (2 * set + place) * self.width);
        for (place, kept) in pair.iter_mut().enumerate() {
            if kept.key.is(&key) && kept.last != 0 {
                kept.last = now;
                return (row(place), false);
            }
        }
        let place = usize::from(pair[1].last < pair[0].last);
        if pair[place].last == now {
            let row = rows.sums.len();
            rows.sums.resize(row + self.width, ZERO);
            return (number(row), true);
        }
        pair[place] = Kept { key, last: now };
        (row(place), true)
    }
}

impl Cache<Key> {
    #[inline]
    fn row(
        &mut self,
        now: u32,
        rows: &mut Rows,
        list: &mut List,
        group: Group<impl FnOnce(&mut List)>,
    ) -> u32 {
        let [a, b, c, d] = group.key;
        let hash = ((a.wrapping_mul(31) ^ b).wrapping_mul(31) ^ c).wrapping_mul(31) ^ d;
        let (row, new) = self.get(hash, group.key, now, rows);
        if new {
            list.clear();
            (group.each)(list);
            rows.begin(row, list);
        }
        row
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
