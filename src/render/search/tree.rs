//! [`grow`]: sorted lines in small files, found through small directories, whatever their number.
//!
//! Leaves hold the lines; a level above them holds the first key of each leaf and its name, and so
//! on until one file holds all: the root. Whoever looks for a key reads one file a level, which is
//! a few kB each, at a million lines three of them.
//!
//! A file ends where the digest of the next key says so, not after so many lines (as in a prolly
//! tree): a line more or less changes the file it stands in, the directories above it, and seldom
//! the file after it. Files are named after their first key, so names last, too.

use std::collections::BTreeSet;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// What it is found by; what parts fields of a key is a tab.
    pub(super) key: String,
    /// The rest, after one more tab.
    pub(super) rest: String,
}

impl Line {
    fn len(&self) -> usize {
        self.key.len() + self.rest.len() + 2
    }
}

/// A file of lines.
#[derive(Debug)]
pub(super) struct Node {
    /// Its name: ten hexadecimal digits.
    pub(super) name: String,
    /// Its lines, each with its end.
    pub(super) text: String,
}

/// The files of a tree.
#[derive(Debug)]
pub(super) struct Tree {
    /// Levels between the root and the lines: 0 where the root holds them itself.
    pub(super) depth: usize,
    /// The lines of the root.
    pub(super) root: String,
    /// Every other file.
    pub(super) nodes: Vec<Node>,
}

/// Bytes after which a file may end, and which it never has.
const MAY: usize = 2_000;
pub(super) const MUST: usize = 4_500;

/// The tree of `lines`, which need no order; no two have one key.
pub(super) fn grow(mut lines: Vec<Line>) -> Tree {
    // As JavaScript compares: by UTF-16.
    lines.sort_by(|a, b| a.key.encode_utf16().cmp(b.key.encode_utf16()));
    let mut tree = Tree { depth: 0, root: String::new(), nodes: Vec::new() };
    let mut names = BTreeSet::new();
    while lines.iter().map(Line::len).sum::<usize>() > MUST {
        let mut above = Vec::new();
        for part in cut(&lines, tree.depth) {
            let mut name =
                blake3::hash(format!("{}\t{}", tree.depth, part[0].key).as_bytes()).to_hex()[..10].to_owned();
            while !names.insert(name.clone()) {
                name.push('x');
            }
            above.push(Line { key: part[0].key.clone(), rest: name.clone() });
            tree.nodes.push(Node { name, text: text(part) });
        }
        lines = above;
        tree.depth += 1;
    }
    tree.root = text(&lines);
    tree
}

fn text(lines: &[Line]) -> String {
    lines.iter().map(|line| format!("{}\t{}\n", line.key, line.rest)).collect()
}

/// The lines of each file of a level.
fn cut(lines: &[Line], level: usize) -> Vec<&[Line]> {
    let (mut parts, mut start, mut size) = (Vec::new(), 0, 0);
    for (at, line) in lines.iter().enumerate() {
        let full = size + line.len() > MUST;
        if at > start && (full || size >= MAY && ends_before(&line.key, level)) {
            parts.push(&lines[start..at]);
            (start, size) = (at, 0);
        }
        size += line.len();
    }
    parts.push(&lines[start..]);
    parts
}

/// Whether a file that may end does so before `key`: one key in eight, others on each level.
fn ends_before(key: &str, level: usize) -> bool {
    blake3::hash(key.as_bytes()).as_bytes()[level % 32] < 32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> Vec<Line> {
        (0..count).map(|n| Line { key: format!("w{:06}\t", n * 10), rest: "x".repeat(n % 90) }).collect()
    }

    #[test]
    fn every_line_is_there_in_order_and_no_file_is_large() {
        let all = lines(20_000);
        let mut shuffled = all.clone();
        shuffled.reverse();
        let tree = grow(shuffled);
        assert_eq!(tree.depth, 2);
        assert!(tree.root.len() <= MUST && tree.nodes.iter().all(|node| node.text.len() <= MUST));
        // The leaves come first.
        let whole: String = tree.nodes.iter().map(|node| node.text.as_str()).collect();
        assert!(whole.starts_with(&text(&all)));
        let small = grow(lines(3));
        assert_eq!((small.depth, small.nodes.len(), small.root), (0, 0, text(&lines(3))));
    }

    #[test]
    fn one_line_more_changes_few_files() {
        let before = grow(lines(20_000));
        let mut more = lines(20_000);
        more.push(Line { key: "w123456\t".into(), rest: "new".into() });
        let after = grow(more);
        let known: BTreeSet<(&str, &str)> =
            before.nodes.iter().map(|n| (n.name.as_str(), n.text.as_str())).collect();
        let changed =
            after.nodes.iter().filter(|n| !known.contains(&(n.name.as_str(), n.text.as_str()))).count();
        assert!((1..=6).contains(&changed), "{changed} of {} files changed", after.nodes.len());
    }
}
