//! [`Shown`]: which places of an article readers get, by its front matter's `show`.
//!
//! Whoever draws a page, a feed or an index asks here, so that what one leaves out no other lets
//! slip.

use super::Record;
use super::places::Places;
use crate::annotate::Act;
use crate::parse::Show;
use crate::text::{Span, ZoneKind};

/// The places of one article that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// `None`: everything.
    places: Option<Places>,
}

impl Shown {
    /// What `record` shows: everything; the standfirst and the sentences with an attribution
    /// (`excerpt`); the words of statements alone (`quotes`).
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let spans = match record.article.meta.show {
            Show::Full => return Self { places: None },
            Show::Excerpt => excerpt(record),
            Show::Quotes => quotes(record),
        };
        Self { places: Some(Places::of(spans)) }
    }

    /// Whether all of `span` may be shown.
    #[must_use]
    pub fn has(&self, span: Span) -> bool {
        self.around(span).is_some()
    }

    /// The shown stretch that holds all of `span`; `span` itself where everything is shown.
    #[must_use]
    pub fn around(&self, span: Span) -> Option<Span> {
        self.places.as_ref().map_or(Some(span), |places| places.around(span))
    }

    /// The shown stretches in order; `None` where everything is shown.
    #[must_use]
    pub fn spans(&self) -> Option<&[Span]> {
        self.places.as_ref().map(Places::spans)
    }
}

/// Standfirsts and sentences with an attribution.
fn excerpt(record: &Record) -> Vec<Span> {
    let zones = &record.article.document.zones;
    let mut spans: Vec<Span> =
        zones.iter().filter(|z| z.kind == ZoneKind::Standfirst).map(|z| z.span).collect();
    let sentences = &record.annotations.sentences;
    for quote in record.annotations.quotes.iter().filter(|q| q.act != Act::None) {
        for part in quote.content.iter().chain(&quote.source).chain(&quote.cue) {
            let first = sentences.partition_point(|s| s.end <= part.start);
            spans.extend(sentences[first..].iter().take_while(|s| s.start < part.end));
        }
    }
    spans
}

/// The words of statements.
fn quotes(record: &Record) -> Vec<Span> {
    let statements = record.annotations.quotes.iter().filter(|q| q.act == Act::Statement);
    statements.flat_map(|q| q.content.iter().copied()).collect()
}
