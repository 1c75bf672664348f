//! [`Places`]: stretches of a text that answer quickly whether something lies in them.

use crate::text::{Span, Zone, ZoneKind};

/// Stretches in order, none overlapping another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Places(Vec<Span>);

impl Places {
    /// The places of `spans`; those that overlap become one.
    pub(crate) fn of(mut spans: Vec<Span>) -> Self {
        spans.sort();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start < last.end => *last = last.cover(span),
                _ => merged.push(span),
            }
        }
        Self(merged)
    }

    /// The zones of one kind.
    pub(crate) fn of_kind(zones: &[Zone], kind: ZoneKind) -> Self {
        Self::of(zones.iter().filter(|z| z.kind == kind).map(|z| z.span).collect())
    }

    /// The place that holds all of `span`.
    pub(crate) fn around(&self, span: Span) -> Option<Span> {
        let index = self.0.partition_point(|s| s.end < span.end);
        self.0.get(index).copied().filter(|s| s.contains(span))
    }

    /// Whether `span` shares a byte with any of them.
    pub(crate) fn touch(&self, span: Span) -> bool {
        let index = self.0.partition_point(|s| s.end <= span.start);
        self.0.get(index).is_some_and(|s| s.overlaps(span))
    }

    /// The stretches, in order.
    pub(crate) fn spans(&self) -> &[Span] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_stretches_are_one_and_touching_ones_two() {
        let places = Places::of(vec![Span::new(8, 12), Span::new(0, 4), Span::new(2, 6), Span::new(6, 7)]);
        assert_eq!(places.spans(), [Span::new(0, 6), Span::new(6, 7), Span::new(8, 12)]);
        assert_eq!(places.around(Span::new(3, 6)), Some(Span::new(0, 6)));
        assert_eq!(places.around(Span::new(5, 7)), None);
        assert!(places.touch(Span::new(5, 7)) && !places.touch(Span::new(7, 8)));
    }
}
