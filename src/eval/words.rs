//! [`Words`]: the words that an annotation touches, as a set.

use std::collections::BTreeSet;

use serde::Deserialize;

/// Words of one text, each by a number of its own, in order and each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Words(Vec<u32>);

impl Words {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied()
    }

    /// How many words both hold.
    pub(super) fn shared(&self, other: &Self) -> usize {
        let mut rest = other.0.as_slice();
        let mut shared = 0;
        for word in &self.0 {
            rest = &rest[rest.partition_point(|other| other < word)..];
            shared += usize::from(rest.first() == Some(word));
        }
        shared
    }
}

impl FromIterator<u32> for Words {
    fn from_iter<I: IntoIterator<Item = u32>>(words: I) -> Self {
        let mut words: Vec<u32> = words.into_iter().collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }
}

/// A list of words in a data file: a string, the words parted by white space.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(super) struct List(BTreeSet<String>);

impl List {
    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

impl From<String> for List {
    fn from(list: String) -> Self {
        Self(list.split_whitespace().map(str::to_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_counted_once() {
        let words = |list: &[u32]| list.iter().copied().collect::<Words>();
        let one = words(&[7, 3, 3, 9, 1]);
        assert_eq!(one.iter().collect::<Vec<_>>(), [1, 3, 7, 9]);
        for (other, shared) in [(&[3, 9, 3, 12][..], 2), (&[], 0), (&[2, 8], 0), (&[1, 3, 7, 9], 4)] {
            assert_eq!((one.shared(&words(other)), words(other).shared(&one)), (shared, shared));
        }
    }
}
