//! [`Place`]: what every target can do, whatever it is.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// A file that lies at a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct There {
    /// Its size in bytes.
    pub size: u64,
    /// The BLAKE3 digest of its bytes, 64 hex digits, where the place can tell it.
    pub digest: Option<String>,
    /// Whatever the place itself gives to tell one content from another (an `ETag`).
    pub tag: Option<String>,
}

/// A file that is to be carried to a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Where it goes, below the target, with forward slashes.
    pub path: String,
    /// Where it lies on this machine.
    pub file: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// The BLAKE3 digest of its bytes, 64 hex digits.
    pub digest: String,
    /// The `Content-Type`.
    pub content_type: &'static str,
    /// The `Cache-Control`.
    pub cache_control: &'static str,
}

/// Why a target could not do what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot {doing}: {reason}{}", hint.as_ref().map(|hint| format!("\n  {hint}")).unwrap_or_default())]
pub struct PlaceError {
    /// What was tried: "write index.html".
    pub doing: String,
    /// What the other side says, one line, without secrets.
    pub reason: String,
    /// What to do about it, where that is known.
    pub hint: Option<String>,
    /// Whether it may go well a moment later: a time-out, a server that is busy.
    pub transient: bool,
}

impl PlaceError {
    /// A fault that stays one when it is tried again.
    pub fn new(doing: impl Into<String>, reason: impl ToString) -> Self {
        Self { doing: doing.into(), reason: reason.to_string(), hint: None, transient: false }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same, but worth another try.
    #[must_use]
    pub fn transient(self) -> Self {
        Self { transient: true, ..self }
    }
}

/// Told of each file that has arrived, with the [tag](There::tag) that the place gave it.
pub type Arrived<'a> = &'a mut dyn FnMut(&Outgoing, Option<String>);

/// A target that answers.
///
/// Nothing here decides what is sent or deleted: that is the plan's. A place that
/// [switches](Self::switches) shows nothing of what it was given before [`finish`](Self::finish).
pub trait Place {
    /// Every file that lies there, ours or not, by path.
    ///
    /// # Errors
    /// Where the target does not answer, or refuses.
    fn list(&mut self) -> Result<BTreeMap<String, There>, PlaceError>;

    /// The bytes of one file; `None` where it is not there.
    ///
    /// # Errors
    /// Where the target does not answer, or refuses.
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PlaceError>;

    /// Puts files, each whole or not at all, and tells of each that has arrived. After an error
    /// those that were told of are there.
    ///
    /// # Errors
    /// Where the target does not answer, or refuses.
    fn put(&mut self, files: &[Outgoing], arrived: Arrived<'_>) -> Result<(), PlaceError>;

    /// Deletes files, and folders that are empty then; one that is not there counts as deleted.
    ///
    /// # Errors
    /// Where the target does not answer, or refuses.
    fn delete(&mut self, paths: &[String]) -> Result<(), PlaceError>;

    /// Whether readers see the new site in one step.
    fn switches(&self) -> bool {
        false
    }

    /// Shows what was put and deleted, and ends the work. Called at the end of a run that
    /// went well, and again after a fault that may pass; dropping the place without it throws away what a switching place was given.
    ///
    /// # Errors
    /// Where the target does not answer, or refuses.
    fn finish(&mut self) -> Result<(), PlaceError> {
        Ok(())
    }
}
