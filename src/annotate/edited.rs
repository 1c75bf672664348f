//! What an editor says of dates in the text: [`dates`] puts it in the place of what was found.

use super::Provenance;
use super::timex::{Found, Timex, Value};
use crate::text::{Prose, Span};

/// An editor's word about one place of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditedDate {
    /// The words, in the document.
    pub span: Span,
    /// What they mean; `None` where they are no date at all.
    pub value: Option<Value>,
}

/// `found` with the editor's word over it: by start, none overlapping another.
///
/// Where the editor's words lie inside one expression that was found ("Dec 5" in "Friday, Dec 5"), all
/// of that expression is meant. Words that are no prose say nothing.
pub(super) fn dates(mut found: Vec<Found>, prose: &Prose, dates: &[EditedDate]) -> Vec<Found> {
    for date in dates {
        let Some(mut span) = prose.in_view(date.span) else { continue };
        let around = found.iter().map(|f| f.timex.span).find(|s| s.contains(span));
        span = around.unwrap_or(span);
        found.retain(|f| !f.timex.span.overlaps(span));
        let Some(value) = date.value else { continue };
        let at = found.partition_point(|f| f.timex.span.start < span.start);
        let timex = Timex {
            span,
            kind: value.kind(),
            value,
            modifier: None,
            anchor: None,
            confidence: 1.0,
            provenance: Provenance::Editor,
        };
        found.insert(at, Found { timex, relative: None });
    }
    found
}
