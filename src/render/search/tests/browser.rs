//! [`Browser`]: `static/search.js` once more, step by step, so that what a question costs and finds
//! can be told to the byte.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::render::Page;

/// Bytes after which the page asks whether to go on, as the script has it.
const BUDGET: usize = 70_000;

/// A line of a node.
#[derive(Clone, Debug)]
pub(super) struct Line {
    key: String,
    pub(super) word: String,
    pub(super) rest: Vec<String>,
}

/// What a reader's browser has.
pub(super) struct Browser<'p> {
    files: BTreeMap<&'p str, &'p [u8]>,
    read: RefCell<BTreeSet<String>>,
    depth: usize,
    root: Vec<Line>,
}

fn lines(text: &str) -> Vec<Line> {
    let line = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        let (word, code) = (fields.next().unwrap(), fields.next().unwrap());
        Line { key: format!("{word}\t{code}"), word, rest: fields.collect() }
    };
    text.lines().map(line).collect()
}

fn last(lines: &[Line], key: &str) -> Option<usize> {
    lines.iter().rposition(|line| line.key.as_str() <= key)
}

impl<'p> Browser<'p> {
    pub(super) fn new(pages: &'p [Page]) -> Self {
        let files = pages.iter().map(|page| (page.path.as_str(), page.content.as_slice())).collect();
        let mut browser = Self { files, read: RefCell::default(), depth: 0, root: Vec::new() };
        let index = browser.file("search/index.txt");
        let (head, root) = index.split_once('\n').unwrap();
        let fields: Vec<&str> = head.split('\t').collect();
        assert_eq!((fields[0], fields.len()), ("dateline-search 1", 4));
        (browser.depth, browser.root) = (fields[2].parse().unwrap(), lines(root));
        browser
    }

    /// Bytes of every file that was read.
    pub(super) fn spent(&self) -> usize {
        self.read.borrow().iter().map(|path| self.files[path.as_str()].len()).sum()
    }

    fn file(&self, path: &str) -> &'p str {
        self.read.borrow_mut().insert(path.to_owned());
        str::from_utf8(self.files.get(path).unwrap_or_else(|| panic!("no {path}"))).unwrap()
    }

    fn leaf(&self, key: &str) -> (Vec<Line>, Option<String>) {
        let (mut node, mut next) = (self.root.clone(), None);
        for _ in 0..self.depth {
            let at = last(&node, key).unwrap_or(0);
            next = node.get(at + 1).map(|line| line.key.clone()).or(next);
            node = lines(self.file(&format!("search/words/{}.txt", node[at].rest[0])));
        }
        (node, next)
    }

    /// The words that begin so, with their lines.
    pub(super) fn beginning(&self, start: &str) -> Vec<Line> {
        let (mut here, next) = self.leaf(start);
        if let Some(next) = next.filter(|next| next.starts_with(start)) {
            here.extend(self.leaf(&next).0);
        }
        here.into_iter().filter(|line| line.word.starts_with(start)).collect()
    }

    /// The first line of a word's list.
    pub(super) fn entry(&self, word: &str) -> Option<Line> {
        let key = format!("{word}\t");
        let line = self.leaf(&key).0.into_iter().find(|line| line.key == key)?;
        match line.rest[0].strip_prefix('=') {
            Some(other) => self.entry(other),
            None => Some(line),
        }
    }

    pub(super) fn list<'b>(&'b self, word: &str) -> Option<List<'b, 'p>> {
        let mut list = List { browser: self, line: None, ids: Vec::new(), place: 0 };
        list.take(Some(self.entry(word)?));
        Some(list)
    }

    /// The documents that have all of the words, newest first: at most so many of them, as the page
    /// finds them with one question and draws them one by one; and whether there are no more.
    pub(super) fn turn(&self, words: &[&str], most: usize) -> (Vec<u64>, bool) {
        let lists: Option<Vec<List<'_, 'p>>> = words.iter().map(|word| self.list(word)).collect();
        let (Some(mut lists), mut next, mut found) = (lists, i64::MAX, Vec::new()) else {
            return (Vec::new(), true);
        };
        let limit = BUDGET.max(self.spent() + 12_000);
        while found.len() < most {
            let mut id = next;
            for list in &mut lists {
                if most != usize::MAX && self.spent() > limit {
                    return (found, false);
                }
                list.seek(id);
                id = id.min(list.at());
            }
            if id < 0 {
                return (found, true);
            }
            let hit = lists.iter().all(|list| list.at() == id);
            if let Some(id) = u64::try_from(id).ok().filter(|_| hit) {
                self.row(id);
                found.push(id);
            }
            next = if hit { id - 1 } else { id };
        }
        (found, false)
    }

    /// Every document that has all of the words, newest first, whatever it costs.
    pub(super) fn following(&self, words: &[&str]) -> Vec<u64> {
        self.turn(words, usize::MAX).0
    }

    /// The row of a document, as JSON, with its brief in the place of its number.
    pub(super) fn row(&self, id: u64) -> serde_json::Value {
        let day = i32::try_from(id >> 26).unwrap();
        let day = chrono::NaiveDate::from_num_days_from_ce_opt(day).unwrap().format("%Y/%m-%d");
        let number = (id & ((1 << 26) - 1)) >> 2;
        let part = self.file(&format!("search/rows/{day}-{}.json", number / 16));
        let part: serde_json::Value = serde_json::from_str(part).unwrap();
        let mut row = part["rows"][usize::try_from(number % 16).unwrap()].clone();
        row["brief"] = part["briefs"][usize::try_from(row["brief"].as_u64().unwrap()).unwrap()].clone();
        row
    }
}

/// A list of documents, newest first.
pub(super) struct List<'b, 'p> {
    browser: &'b Browser<'p>,
    line: Option<Line>,
    ids: Vec<i64>,
    place: usize,
}

impl List<'_, '_> {
    fn at(&self) -> i64 {
        self.ids[self.place]
    }

    fn take(&mut self, line: Option<Line>) {
        let number = |text: &str| i64::from_str_radix(if text.is_empty() { "0" } else { text }, 36).unwrap();
        let mut day = 0_i64;
        self.ids = line.as_ref().map_or(vec![-1], |line| {
            let items = line.rest[1].split(' ').map(|item| item.split_once('.').unwrap());
            items
                .map(|(days, low)| {
                    day = (day - number(days)).abs();
                    day << 26 | number(low)
                })
                .collect()
        });
        (self.line, self.place) = (line, 0);
    }

    fn seek(&mut self, id: i64) {
        while self.at() > id {
            if self.ids[self.ids.len() - 1] <= id {
                self.place += 1;
                continue;
            }
            let Line { key, word, .. } = self.line.clone().unwrap();
            let code = super::super::postings::base36((1 << 51) - u64::try_from(id.max(0)).unwrap());
            let wanted = format!("{word}\t{code:0>10}");
            let (here, next) = self.browser.leaf(&wanted);
            let place = last(&here, &wanted).unwrap();
            let line = match here[place].key == key {
                false => Some(here[place].clone()),
                true => here
                    .get(place + 1)
                    .cloned()
                    .or_else(|| next.and_then(|next| self.browser.leaf(&next).0.into_iter().next())),
            };
            self.take(line.filter(|line| line.word == word));
        }
    }
}
