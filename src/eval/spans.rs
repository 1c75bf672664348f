//! [`Spans`]: what an annotation covers, as people and systems write it down.

use super::lines::LineFault;

/// Half-open stretches `[start, end]` of a text, in code points.
pub type Spans = Vec<[u32; 2]>;

/// What is wrong with a stretch in a text of `length` characters; `what` names it to people.
pub(super) fn check(what: &'static str, [start, end]: [u32; 2], length: u32) -> Result<(), LineFault> {
    if end > length {
        Err(LineFault::Outside { what, start, end, length })
    } else if start >= end {
        Err(LineFault::Empty { what, start, end })
    } else {
        Ok(())
    }
}

/// As [`check`], for each of several.
pub(super) fn check_all(what: &'static str, spans: &[[u32; 2]], length: u32) -> Result<(), LineFault> {
    spans.iter().try_for_each(|span| check(what, *span, length))
}

/// The number of code points.
pub(super) fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
