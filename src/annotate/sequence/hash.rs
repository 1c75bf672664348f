//! Hashes of words and of features: fixed for ever, since the weights are stored under them.

/// The start and the step of FNV-1a.
const START: u64 = 0xcbf2_9ce4_8422_2325;

const fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

/// FNV-1a, folded.
pub(super) const fn word(bytes: &[u8]) -> u32 {
    let (mut hash, mut at) = (START, 0);
    while at < bytes.len() {
        hash = step(hash, bytes[at]);
        at += 1;
    }
    fold(hash)
}

/// The longest word whose [`heads`] are worth their memory.
const LONGEST: usize = 23;

/// [`word`] of each head of `bytes`, by its length; `None` for long ones.
#[inline]
pub(super) fn heads(bytes: &[u8]) -> Option<[u32; LONGEST + 1]> {
    if bytes.len() > LONGEST {
        return None;
    }
    let mut heads = [0; LONGEST + 1];
    let mut hash = START;
    for (at, byte) in bytes.iter().enumerate() {
        heads[at] = fold(hash);
        hash = step(hash, *byte);
    }
    heads[bytes.len()] = fold(hash);
    Some(heads)
}

/// The upper half laid over the lower one.
#[expect(clippy::cast_possible_truncation, reason = "the upper half is folded in")]
const fn fold(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

/// The feature of template `template` with the values `a` and `b`.
#[inline]
pub(super) const fn feature(template: u32, a: u32, b: u32) -> u32 {
    let mut hash = ((a as u64) << 32 | b as u64) ^ (template as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    fold(hash ^ (hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb))
}

/// Two values as one.
#[inline]
pub(super) const fn both(a: u32, b: u32) -> u32 {
    feature(0, a, b)
}

/// The letters of a word; every apostrophe is the straight one.
pub(super) fn letters(word: &str) -> u32 {
    if word.is_ascii() {
        return self::word(word.as_bytes());
    }
    let mut hash = START;
    let mut bytes = word.as_bytes();
    while let [first, rest @ ..] = bytes {
        // U+2018 and U+2019 in UTF-8.
        (hash, bytes) = match bytes {
            [0xe2, 0x80, 0x98 | 0x99, rest @ ..] => (step(hash, b'\''), rest),
            _ => (step(hash, *first), rest),
        };
    }
    fold(hash)
}
