//! The site in memory, for the preview and for `check`.
//!
//! Entry point: [`Output`].

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{OutputError, Sink, SitePath, content_type};

/// A file as a browser gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its bytes.
    pub content: Arc<[u8]>,
    /// The `Content-Type`.
    pub content_type: &'static str,
    /// The digest of the bytes, 32 hex digits, for `ETag` and for telling what has changed.
    pub digest: String,
}

/// All files of a site by path.
#[derive(Debug, Default)]
pub struct Output {
    files: Mutex<BTreeMap<SitePath, File>>,
}

impl Output {
    /// An empty site.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The files, by path.
    #[must_use]
    pub fn into_files(self) -> BTreeMap<SitePath, File> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Output {
    fn put(&self, path: &SitePath, content: &[u8]) -> Result<(), OutputError> {
        let file = File {
            content: content.into(),
            content_type: content_type(path.as_str()),
            digest: blake3::hash(content).to_hex()[..32].to_owned(),
        };
        let before = self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), file);
        assert!(before.is_none(), "`{path}` was rendered twice");
        Ok(())
    }
}
