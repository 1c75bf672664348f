//! [`Mix`]: a hash for words that are looked up often.
//!
//! For tables that are compiled in: who writes a text cannot fill them with words that collide. It is
//! the same in every run, which nothing may depend on.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map of what is compiled in.
pub(crate) type MixMap<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// A set of what is compiled in.
pub(crate) type MixSet<K> = HashSet<K, BuildHasherDefault<Mix>>;

/// Mixes short words well enough, eight bytes at a step: a word of the text costs one or two.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mix(u64);

impl Mix {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        // A product mixes upwards; the table looks at both ends.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        // Shifted, not copied: to read eight bytes that were just written one by one stalls.
        self.add(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }
}
