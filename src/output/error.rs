//! [`OutputError`]: what the disk may refuse.

use std::io;
use std::path::PathBuf;

/// A fault of the disk or of the output folder as a whole. Carries the path.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Reading, writing, renaming or deleting failed.
    #[error("cannot {doing} {}: {source}", path.display())]
    Io {
        /// What was tried: "write", "rename".
        doing: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another build holds the folder.
    #[error("another build is writing {}: wait until it is done, or stop it", path.display())]
    Busy {
        /// The output folder.
        path: PathBuf,
    },
    /// The output folder's name is taken by something that is no folder.
    #[error("{} is no folder, so no site can be written there", path.display())]
    NotAFolder {
        /// The path given as output folder.
        path: PathBuf,
    },
    /// The list of what we wrote cannot be read, so nothing may be replaced or deleted.
    #[error(
        "{} is damaged ({reason}): without it Dateline cannot tell its own files from yours; \
         empty the folder and build again",
        path.display()
    )]
    Damaged {
        /// The manifest or the journal.
        path: PathBuf,
        /// What the parser says.
        reason: String,
    },
}

impl OutputError {
    /// Turns what the system says into an error with its path.
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { doing, path, source }
    }
}
