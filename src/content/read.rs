//! Reading: one entry's bytes, and the two configuration files.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::Entry;
use crate::diag::{Code, Diagnostic};

/// The largest file that is read as one article, in bytes.
pub const LARGEST: u64 = 32 << 20;

/// The largest file of notes, in bytes.
const LARGEST_NOTES: u64 = 4 << 20;

/// What the name of a file of notes has in the place of the entry's extension.
pub(super) const NOTES: &str = "notes.toml";

/// A configuration file that is there but cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {source}", path.display())]
pub struct Error {
    /// The file.
    pub path: PathBuf,
    /// What the system says; `InvalidData` where the file is no UTF-8.
    pub source: io::Error,
}

/// The bytes of `entry`.
///
/// # Errors
/// A diagnostic: the file cannot be read, or is larger than [`LARGEST`].
pub fn read(entry: &Entry) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    File::open(&entry.file)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(&entry.path, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Diagnostic::error(Code::TOO_LARGE, "this file is larger than 32 MiB")
            .in_file(&entry.path)
            .hint("split it into one file an article"));
    }
    Ok(bytes)
}

/// Where the notes about the entry `file` lie, if there are any.
#[must_use]
pub fn notes_beside(file: &Path) -> Option<PathBuf> {
    Some(file.with_extension(NOTES)).filter(|notes| notes.is_file())
}

/// The path of the notes about `entry`, as diagnostics name it, and their text; `None` where there are
/// none.
///
/// # Errors
/// A diagnostic: the file cannot be read, is no UTF-8 or is larger than 4 MiB.
pub fn read_notes(entry: &Entry) -> Result<Option<(PathBuf, String)>, Diagnostic> {
    let Some(file) = &entry.notes else { return Ok(None) };
    let path = entry.path.with_extension(NOTES);
    let mut text = String::new();
    File::open(file)
        .and_then(|file| file.take(LARGEST_NOTES + 1).read_to_string(&mut text))
        .map_err(|error| unreadable(&path, &error))?;
    if text.len() as u64 > LARGEST_NOTES {
        let large = Diagnostic::error(Code::TOO_LARGE, "these notes are larger than 4 MiB");
        return Err(large.in_file(&path).hint("no brief needs as many; none of them was read"));
    }
    Ok(Some((path, text)))
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::UNREADABLE, format!("this file cannot be read: {}", error.kind())).in_file(path)
}

/// The texts of dateline.toml and people.toml in the site's folder `root`; `None` where there is
/// no such file.
///
/// # Errors
/// A file is there but cannot be read, or is no UTF-8.
pub fn configuration(root: &Path) -> Result<(Option<String>, Option<String>), Error> {
    Ok((optional(root.join("dateline.toml"))?, optional(root.join("people.toml"))?))
}

fn optional(path: PathBuf) -> Result<Option<String>, Error> {
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error { path, source }),
    }
}
