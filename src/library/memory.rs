//! [`Memory`]: what one fold can take over from the last.
//!
//! Folding costs most where words are compared with words. Those comparisons depend on the words
//! alone; a preview, which folds the same site again and again with one brief changed, remembers them.
//! What no fold asks for any more is forgotten.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::echoes::{Address, Read, Wordings};
use super::name::Name;
use super::people::People;

/// 128 bits of the BLAKE3 digest of some words.
pub(crate) type Digest = [u8; 16];

/// The digest of `parts`, in order.
pub(crate) fn digest(parts: &[&[u8]]) -> Digest {
    let mut digesting = Digesting::default();
    for part in parts {
        digesting.write(&(part.len() as u64).to_le_bytes());
        digesting.write(part);
    }
    digesting.digest()
}

/// The digest of values, each fed to it by [`Hash`]. They are gathered first: to digest many small
/// pieces takes ten times as long as to digest them in one.
#[derive(Default)]
pub(crate) struct Digesting(Vec<u8>);

impl Digesting {
    pub(crate) fn digest(&self) -> Digest {
        let mut digest = Digest::default();
        digest.copy_from_slice(&blake3::hash(&self.0).as_bytes()[..16]);
        digest
    }
}

impl Hasher for Digesting {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        let digest = self.digest();
        digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
    }
}

/// What the last folds have found out about words.
#[derive(Debug, Default)]
pub struct Memory {
    /// The passages of words, by where those lie.
    pub(crate) sayings: Kept<Address, Read>,
    /// What is quoted, and how wordings stand to each other.
    pub(crate) wordings: Wordings,
    /// Names of people, taken apart.
    pub(crate) names: Kept<String, Arc<Name>>,
    /// Who speaks.
    pub(crate) people: Kept<Digest, Arc<People>>,
}

impl Memory {
    /// A memory that keeps what it is told for the next fold.
    #[must_use]
    pub fn keeping() -> Self {
        Self {
            sayings: Kept::keeping(),
            wordings: Wordings::keeping(),
            names: Kept::keeping(),
            people: Kept::keeping(),
        }
    }

    /// A new fold begins: what the last one has not asked for goes.
    pub(crate) fn turn(&mut self) {
        self.sayings.turn();
        self.wordings.turn();
        self.people.turn();
    }
}

/// Answers by question, each with the last fold that asked.
#[derive(Debug)]
pub(crate) struct Kept<K, V> {
    keeps: bool,
    fold: u32,
    answers: HashMap<K, (V, u32)>,
}

/// How many folds an answer that nobody asks for is kept.
const FOLDS: u32 = 4;

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self { keeps: false, fold: 0, answers: HashMap::new() }
    }
}

impl<K: Eq + Hash, V> Kept<K, V> {
    fn keeping() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    pub(crate) fn turn(&mut self) {
        self.fold += 1;
        if self.fold.is_multiple_of(FOLDS) {
            self.answers.retain(|_, (_, last)| *last + FOLDS >= self.fold);
        }
    }

    /// Whether answers are kept: where they are not, nobody need ask.
    pub(crate) fn keeps(&self) -> bool {
        self.keeps
    }

    /// The answer, if it is known.
    pub(crate) fn get(&mut self, question: &K) -> Option<&V> {
        let (answer, last) = self.answers.get_mut(question)?;
        *last = self.fold;
        Some(answer)
    }

    /// Keeps an answer.
    pub(crate) fn put(&mut self, question: K, answer: V) {
        if self.keeps {
            self.answers.insert(question, (answer, self.fold));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_asked_for_is_forgotten_in_time() {
        let mut kept = Kept::keeping();
        kept.put("a", 1);
        kept.put("b", 2);
        for _ in 0..3 * FOLDS {
            kept.turn();
            assert_eq!(kept.get(&"a"), Some(&1));
        }
        assert_eq!(kept.get(&"b"), None);
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
