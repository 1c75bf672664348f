//! The only reader of the site's inputs: what lies under content/, and in which order.
//!
//! Entry points: [`walk()`] finds the entries and assets; [`read()`] hands out one entry's bytes,
//! [`read_notes`] the editor's notes beside it.
//! [`theme`] and [`configuration`] read what else a site's folder holds.

mod read;
mod walk;

use std::path::PathBuf;

pub use read::{Error, LARGEST, configuration, notes_beside, read, read_notes};
pub use walk::{Found, THEME, Theme, theme, walk};

/// How an entry is written, by its file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// `.md`, `.markdown`.
    Markdown,
    /// `.txt`: wire copy.
    Wire,
    /// A Markdown file in content/pages/: shown, not annotated.
    Page,
}

/// A file under content/ that becomes a brief or a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// How it is written.
    pub kind: EntryKind,
    /// Relative to the site's folder, with forward slashes: `content/moon/a.md`. Diagnostics
    /// name this path.
    pub path: PathBuf,
    /// Where it lies on disk.
    pub file: PathBuf,
    /// Where the editor's notes about it lie on disk: `moon/a.notes.toml` beside `moon/a.md`.
    pub notes: Option<PathBuf>,
}

/// A file under content/ that is copied as it is (an image beside an entry).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Relative to content/, with forward slashes.
    pub path: PathBuf,
    /// Where it lies on disk.
    pub file: PathBuf,
}
