//! Annotation: who said what, and when, in one article.
//!
//! Entry point: `annotate`. It reads a [`Document`](crate::text::Document) and [`Options`] and
//! answers with [`Annotations`], layers of spans into `Document::text`. It knows no HTML, no
//! files, no clock and no network, and imports `text` and `diag` alone.

mod lexicon;
mod model;
mod quotation;
pub mod timex;

pub use model::{
    Act, Annotations, Basis, Form, Mention, Options, Person, Provenance, Quote, SaidOn, Speaker, SpeakerKind,
    Venue,
};
