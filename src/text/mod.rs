//! Texts and places in them: the bottom layer, which imports nothing of this crate.
//!
//! Start at [`Document`]: one immutable text with its zones and blocks. Everything that is
//! later said about the text is a [`Span`] into it. [`Prose`] is the view that annotation
//! reads: the words alone, without markup, header or credit.

mod code_points;
mod document;
pub mod fold;
pub(crate) mod mix;
mod prose;
pub mod quoted;
pub mod sentence;
mod span;
mod stops;
pub mod token;
mod zone;

pub use code_points::CodePoints;
pub use document::{Block, BlockKind, Credit, Dateline, Document, Markup, Run};
pub use prose::{Paragraph, Prose};
pub use span::Span;
pub use stops::Stops;
pub use zone::{Zone, ZoneKind};
