//! [`View`]: one block as it reads, with the way back into the document.

use std::ops::Range;

use crate::text::{Block, Span};

/// The words of a block, up to a number of bytes from its head or all of it.
#[derive(Debug)]
pub(super) struct View {
    /// The words.
    pub(super) text: String,
    /// Where each stretch of the words begins, and what it stands for.
    pieces: Vec<(usize, Span)>,
}

impl View {
    /// All of `block`.
    pub(super) fn of(text: &str, block: &Block) -> Self {
        Self::head(text, block, usize::MAX)
    }

    /// The first `limit` bytes of `block`, or some fewer.
    pub(super) fn head(text: &str, block: &Block, limit: usize) -> Self {
        let mut view = Self { text: String::new(), pieces: Vec::new() };
        for run in &block.runs {
            let left = limit - view.text.len();
            let words = run.reads.as_deref().unwrap_or_else(|| run.span.of(text));
            let mut cut = left.min(words.len());
            while !words.is_char_boundary(cut) {
                cut -= 1;
            }
            view.pieces.push((view.text.len(), run.span));
            view.text.push_str(&words[..cut]);
            if cut < words.len() {
                break;
            }
        }
        view
    }

    /// The span of the document that a range of the words stands for.
    pub(super) fn back(&self, range: Range<usize>) -> Span {
        let start = self.offset(range.start, true);
        let end = self.offset(range.end, false).max(start);
        Span { start, end }
    }

    fn offset(&self, at: usize, opens: bool) -> u32 {
        let after = if opens {
            self.pieces.partition_point(|(start, _)| *start <= at)
        } else {
            self.pieces.partition_point(|(start, _)| *start < at)
        };
        let Some(index) = after.checked_sub(1) else {
            return self.pieces.first().map_or(0, |(_, s)| s.start);
        };
        let (start, span) = self.pieces[index];
        let next = self.pieces.get(index + 1).map_or(self.text.len(), |(next, _)| *next);
        let inside = u32::try_from(at - start).unwrap_or(u32::MAX);
        if next - start <= span.len()
            && inside as usize <= span.len()
            && (next - start == span.len() || index + 1 == self.pieces.len())
        {
            span.start + inside
        } else if inside == 0 {
            span.start
        } else {
            span.end
        }
    }
}
