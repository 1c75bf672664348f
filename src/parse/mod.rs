//! From a file's bytes to an [`Article`]: encoding, front matter, Markdown or wire layout.
//!
//! Entry point: `article`. Parsing cannot fail as such: it answers with what could be made of
//! the file and with diagnostics that say what could not.

mod encoding;
mod fence;
pub mod markdown;
mod meta;
mod view;
pub mod wire;
mod yaml;

pub use meta::{Correction, Meta, Published, Show, Status, Title};

use std::path::PathBuf;

use crate::text::Document;

/// One entry, parsed: what is said about it and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Relative to the site's folder, as in [`Entry`](crate::content::Entry).
    pub path: PathBuf,
    /// Headline, date and all that the front matter or the wire header says.
    pub meta: Meta,
    /// The text, its zones and blocks.
    pub document: Document,
    /// How many lines stand before `Document::text` in the file, for diagnostics about the text.
    pub lines_before: usize,
}
