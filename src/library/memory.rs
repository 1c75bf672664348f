//! [`Memory`]: what one fold can take over from the last.
//!
//! Folding costs most where words are compared with words. Those comparisons depend on the words
//! alone; a preview, which folds the same site again and again with one brief changed, remembers them
//! by the digests of the words. What a fold does not ask for is forgotten with the next.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use super::echoes::{Likeness, Passage};
use super::name::Name;

/// 128 bits of the BLAKE3 digest of some words.
pub(crate) type Digest = [u8; 16];

/// The digest of `parts`, in order.
pub(crate) fn digest(parts: &[&[u8]]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut digest = Digest::default();
    digest.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    digest
}

/// What the last folds have found out about words.
#[derive(Debug, Default)]
pub struct Memory {
    /// The passages of the words of a statement.
    pub(crate) passages: Kept<Digest, Arc<[Passage]>>,
    /// How two wordings stand to each other, the shorter first, at the places that are tried.
    pub(crate) likeness: Kept<(Digest, Digest, Vec<isize>), Option<Likeness>>,
    /// Names of people, taken apart.
    pub(crate) names: Kept<String, Arc<Name>>,
}

impl Memory {
    /// A memory that keeps what it is told for the next fold.
    #[must_use]
    pub fn keeping() -> Self {
        Self { passages: Kept::keeping(), likeness: Kept::keeping(), names: Kept::keeping() }
    }

    /// A new fold begins: what the last one has not asked for goes.
    pub(crate) fn turn(&mut self) {
        self.passages.turn();
        self.likeness.turn();
        self.names.turn();
    }
}

/// Answers by question, those of this fold and those of the last.
#[derive(Debug)]
pub(crate) struct Kept<K, V> {
    keeps: bool,
    now: HashMap<K, V>,
    before: HashMap<K, V>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self { keeps: false, now: HashMap::new(), before: HashMap::new() }
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Kept<K, V> {
    fn keeping() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    fn turn(&mut self) {
        self.before = std::mem::take(&mut self.now);
    }

    /// Whether answers are kept: where they are not, nobody need ask.
    pub(crate) fn keeps(&self) -> bool {
        self.keeps
    }

    /// The answer, if it is known.
    pub(crate) fn get(&mut self, question: &K) -> Option<V> {
        if let Some(known) = self.now.get(question) {
            return Some(known.clone());
        }
        let known = self.before.remove(question)?;
        self.now.insert(question.clone(), known.clone());
        Some(known)
    }

    /// Keeps an answer.
    pub(crate) fn put(&mut self, question: K, answer: V) {
        if self.keeps {
            self.now.insert(question, answer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_asked_for_is_forgotten() {
        let mut kept = Kept::keeping();
        kept.put("a", 1);
        kept.put("b", 2);
        kept.turn();
        assert_eq!(kept.get(&"a"), Some(1));
        kept.turn();
        assert_eq!((kept.get(&"a"), kept.get(&"b")), (Some(1), None));
        let mut none = Kept::default();
        none.put("a", 1);
        assert_eq!(none.get(&"a"), None);
    }

    #[test]
    fn a_digest_tells_parts_apart() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        assert_eq!(digest(&[b"ab"]), digest(&[b"ab"]));
    }
}
