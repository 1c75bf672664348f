//! [`Span`]: a place in a text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a text, on character borders.
///
/// Four-byte offsets keep annotations small; a text above 4 GiB is refused where it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to but not including `end`.
    ///
    /// # Panics
    /// If `end` lies before `start` or either is above [`u32::MAX`]: such an offset is a bug.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span {start}..{end} runs backwards");
        let narrow = |n: usize| u32::try_from(n).expect("a text is smaller than 4 GiB");
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The offsets as a range that slices a string.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether no byte lies inside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `inner` lies wholly inside.
    #[must_use]
    pub fn contains(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    #[must_use]
    pub fn has(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words of `text` at this place.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_touching_end_to_end_do_not_overlap() {
        let (left, right) = (Span::new(0, 4), Span::new(4, 8));
        assert!(!left.overlaps(right));
        assert_eq!(left.cover(right), Span::new(0, 8));
        assert!(left.cover(right).contains(right));
        assert_eq!(right.of("one two."), "two.");
    }
}
