//! [`Answers`]: what a system has found, by document.

use std::collections::BTreeMap;

use super::lines::{self, Identified, LineError, LineFault};

/// What a system has found in each document that it has a line for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers<T> {
    documents: BTreeMap<String, Vec<T>>,
}

/// A line of a system's file.
pub(super) trait Answer: Identified {
    /// One thing that was found.
    type Item;
    /// The key that its list has in an answer, and the one that it has in gold.
    const KEYS: [&'static str; 2];

    /// The list; `None` where the line has neither key.
    fn items(self) -> Option<Vec<Self::Item>>;

    /// What is wrong with the place of one in a text of `length` characters.
    fn check(item: &Self::Item, length: u32) -> Result<(), LineFault>;
}

impl<T> Answers<T> {
    /// Reads the lines of a system; `lengths` gives the length of each document of the gold.
    pub(super) fn gather<A: Answer<Item = T>>(
        file: &str,
        bytes: &[u8],
        lengths: &BTreeMap<&str, u32>,
    ) -> Result<Self, LineError> {
        let mut documents = BTreeMap::new();
        for (line, answer) in lines::read::<A>(file, bytes)? {
            let at = |fault| LineError { file: file.to_owned(), line, fault };
            let id = answer.id().to_owned();
            let Some(items) = answer.items() else {
                return Err(at(LineFault::Neither { id, keys: A::KEYS }));
            };
            if let Some(length) = lengths.get(id.as_str()) {
                items.iter().try_for_each(|item| A::check(item, *length)).map_err(at)?;
            }
            documents.insert(id, items);
        }
        Ok(Self { documents })
    }

    /// What was found in a document; `None` where the system has no line for it.
    pub(super) fn of(&self, id: &str) -> Option<&[T]> {
        self.documents.get(id).map(Vec::as_slice)
    }

    /// How many documents the system has lines for.
    pub(super) fn len(&self) -> usize {
        self.documents.len()
    }

    /// The documents that the system has lines for, by name.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// Forgets the documents whose id does not start with `prefix`.
    pub fn keep(&mut self, prefix: &str) {
        self.documents.retain(|id, _| id.starts_with(prefix));
    }
}
