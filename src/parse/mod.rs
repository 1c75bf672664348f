//! From a file's bytes to an [`Article`]: encoding, front matter, Markdown or wire layout.
//!
//! Entry point: [`article()`]. Parsing cannot fail as such: it answers with what could be made of
//! the file and with diagnostics that say what could not. Texts that come without a file (JSON
//! lines) go through [`wire::document`].

mod address;
mod article;
mod encoding;
mod fence;
mod front_matter;
mod gate;
mod headline;
pub mod markdown;
mod meta;
mod resolve;
mod view;
pub mod wire;
mod yaml;

pub use article::article;
pub use meta::{Correction, Meta, Published, Show, Status, Title};

use std::path::PathBuf;

use crate::config::{Placed, Table};
use crate::diag::Diagnostic;
use crate::text::{Document, Span};

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
    /// The headline inside the text, where it is the article's title: no block of prose, and not
    /// drawn again in the body.
    pub headline: Option<Span>,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It may be published.
    Article(Box<Article>),
    /// It is held back, or dated to a day to come; nothing of it was read but the front matter.
    Withheld,
    /// It is left out; the diagnostics say why.
    Failed,
}

/// The `notes` of a front matter, not yet read: what an editor says about the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontNotes {
    /// The file up to the end of its front matter, which places count in.
    pub(crate) text: String,
    /// The tables, in order.
    pub(crate) tables: Vec<Placed<Table>>,
}

/// An entry, parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What became of it.
    pub outcome: Outcome,
    /// The editor's word in the front matter; `None` where there is none.
    pub notes: Option<FrontNotes>,
    /// What was wrong or guessed.
    pub diagnostics: Vec<Diagnostic>,
}
