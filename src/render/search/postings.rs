//! Which documents a word stands in: [`Id`], and the written form of a list of them ([`blocks`]).

/// How a document is told: the filter by form asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    /// A statement, all of it in quotation marks.
    Exact = 0,
    /// A statement, reported at least in part.
    Reported = 1,
    /// A brief.
    Brief = 2,
}

/// The number of a document: its day since 1 January of the year 1, its number in that day and its
/// [`Flag`], so that an order by number is an order by time.
///
/// An added brief changes the numbers of its own days alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(u64);

/// Bits of the number in a day, flag included. A day has 22 bits at most: together they stay
/// whole in a number of JavaScript.
const LOW: u32 = 26;

/// Documents of one day in a file of rows.
pub(super) const ROWS: u64 = 16;

impl Id {
    /// A document by its day as `chrono` counts (`num_days_from_ce`) and its number in that day.
    pub(super) fn new(day: i32, number: usize, flag: Flag) -> Self {
        let day = u64::try_from(day).unwrap_or(0);
        let low = (number as u64) << 2 | flag as u64;
        assert!(low < 1 << LOW, "a day has fewer than sixteen million documents");
        Self(day << LOW | low)
    }

    /// The day.
    pub(super) fn day(self) -> u64 {
        self.0 >> LOW
    }

    /// Number and flag.
    fn low(self) -> u64 {
        self.0 & ((1 << LOW) - 1)
    }

    /// The file of rows among those of its day.
    pub(super) fn part(self) -> u64 {
        (self.low() >> 2) / ROWS
    }

    /// What the blocks of one list are sorted by: the newer, the smaller; ten digits.
    pub(super) fn code(self) -> String {
        let mut code = base36((1 << 51) - self.0);
        code.insert_str(0, &"0".repeat(10 - code.len()));
        code
    }
}

/// A stretch of a list, short enough to stand on a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The newest document in it.
    pub(super) first: Id,
    /// The documents: for each, by how many days it is older than the one before (the first: its
    /// day), a point, and its low number, all to the base of 36; nothing before the point where the
    /// day is the same.
    pub(super) text: String,
}

/// Bytes after which a block may end, and must.
const MAY: usize = 500;
const MUST: usize = 1_000;

/// The blocks of a list, newest first.
///
/// A block ends where the number of a document says so, wherever the list began: what is added
/// at one place changes the blocks there and leaves the others as they were.
pub(super) fn blocks(ids: impl Iterator<Item = Id>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut day = 0;
    for id in ids {
        let size = blocks.last().map_or(MUST, |block| block.text.len());
        if size >= MUST || size >= MAY && id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 59 == 0 {
            blocks.push(Block { first: id, text: base36(id.day()) });
        } else if let Some(block) = blocks.last_mut() {
            block.text.push(' ');
            if id.day() < day {
                block.text.push_str(&base36(day - id.day()));
            }
        }
        day = id.day();
        if let Some(block) = blocks.last_mut() {
            block.text.push('.');
            block.text.push_str(&base36(id.low()));
        }
    }
    blocks
}

/// A number to the base of 36, as JavaScript writes it.
pub(super) fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(number % 36) as usize]);
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.reverse();
    String::from_utf8(digits).expect("digits are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(block: &Block) -> Vec<Id> {
        let number = |text: &str| if text.is_empty() { 0 } else { u64::from_str_radix(text, 36).unwrap() };
        let mut day = None;
        let read = block.text.split(' ').map(|item| {
            let (days, low) = item.split_once('.').unwrap();
            let now = day.map_or(number(days), |day: u64| day - number(days));
            day = Some(now);
            Id(now << LOW | number(low))
        });
        read.collect()
    }

    fn numbered(count: i32) -> Vec<Id> {
        (0..count).rev().map(|n| Id::new(700_000 + n / 3, n as usize % 3, Flag::Reported)).collect()
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let ids = numbered(2_000);
        let blocks = blocks(ids.iter().copied());
        assert!(blocks.len() > 4, "{}", blocks.len());
        assert!(blocks.iter().all(|block| block.text.len() < MUST + 20));
        assert_eq!(blocks.iter().flat_map(read).collect::<Vec<_>>(), ids);
        assert!(blocks.windows(2).all(|pair| pair[0].first.code() < pair[1].first.code()));
        assert_eq!(super::blocks([].into_iter()), []);
        assert_eq!(blocks[0].text.split(' ').next().unwrap(), "f0my.5");
    }

    #[test]
    fn what_is_added_changes_the_blocks_around_it_alone() {
        let ids = numbered(20_000);
        let before = blocks(ids.iter().copied());
        for at in [0, 9_000] {
            let mut more = ids.clone();
            let day = more[at].day() as i32 + 1;
            more.insert(at, Id::new(day, 9, Flag::Exact));
            let after = blocks(more.into_iter());
            let same = after.iter().filter(|block| before.contains(block)).count();
            assert!(same + 4 > before.len(), "{same} of {} are the same", before.len());
        }
    }
}
