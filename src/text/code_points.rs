//! The one place where byte offsets become code points and back.
//!
//! Spans count bytes; JSON, as its readers in Python and JavaScript expect, counts Unicode code
//! points.

use super::Span;

/// Converts offsets of one text between bytes and code points.
///
/// Built in one pass; each lookup costs one block of at most 256 bytes.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// The number of code points before each block of `STRIDE` bytes.
    before: Vec<u32>,
}

/// Bytes per block.
const STRIDE: usize = 256;

impl<'t> CodePoints<'t> {
    /// The converter for `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(STRIDE) {
            before.push(count);
            count += starts(block);
        }
        before.push(count);
        Self { text, before }
    }

    /// The number of code points before byte `offset`.
    #[must_use]
    pub fn at(&self, offset: u32) -> u32 {
        let offset = offset as usize;
        let block = offset / STRIDE;
        self.before[block.min(self.before.len() - 1)]
            + starts(&self.text.as_bytes()[(block * STRIDE).min(offset)..offset])
    }

    /// A span as `[start, end]` in code points.
    #[must_use]
    pub fn pair(&self, span: Span) -> [u32; 2] {
        [self.at(span.start), self.at(span.end)]
    }

    /// The span of `[start, end]` in code points, or `None` where the text is shorter.
    #[must_use]
    pub fn span(&self, [start, end]: [u32; 2]) -> Option<Span> {
        (start <= end).then(|| Some(Span { start: self.byte(start)?, end: self.byte(end)? }))?
    }

    /// The byte at which code point number `index` starts.
    fn byte(&self, index: u32) -> Option<u32> {
        let block = self.before.partition_point(|&n| n <= index).checked_sub(1)?;
        let from = (block * STRIDE).min(self.text.len());
        let mut left = index - self.before[block];
        for (at, byte) in self.text.as_bytes().iter().enumerate().skip(from) {
            if is_start(*byte) {
                if left == 0 {
                    return u32::try_from(at).ok();
                }
                left -= 1;
            }
        }
        (left == 0).then(|| u32::try_from(self.text.len()).ok())?
    }
}

/// Whether `byte` starts a code point in UTF-8.
fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// How many code points start in `bytes`.
fn starts(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|b| is_start(**b)).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_to_code_points_and_back(text in "\\PC{0,700}") {
            let map = CodePoints::new(&text);
            for (count, (offset, _)) in text.char_indices().enumerate() {
                let at = map.at(u32::try_from(offset).unwrap());
                prop_assert_eq!(at as usize, count);
                prop_assert_eq!(map.byte(at), u32::try_from(offset).ok());
            }
            let whole = Span::new(0, text.len());
            prop_assert_eq!(map.span(map.pair(whole)), Some(whole));
            prop_assert_eq!(map.span([0, map.pair(whole)[1] + 1]), None);
        }
    }
}
