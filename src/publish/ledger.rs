//! [`Ledger`]: what was published at a target, kept there beside the files.
//!
//! It is what tells our files from somebody else's: only a file that stands in it is ever deleted
//! or replaced. It is written before the first file is sent (with everything that is about to come)
//! and after the last, so that a run that broke off leaves no file that nobody owns.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::place::PlaceError;

/// Its name at the target.
pub const NAME: &str = ".dateline-published.json";

/// One file of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The digest of what we put there, 64 hex digits of BLAKE3.
    pub digest: String,
    /// Its size in bytes.
    pub size: u64,
    /// What the place gave to tell its content by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// Set while it is being sent: what lies there may be the file before.
    #[serde(default, skip_serializing_if = "is_false")]
    pub coming: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Every file of ours at a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    version: u32,
    /// The files, by path.
    pub files: BTreeMap<String, Entry>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { version: VERSION, files: BTreeMap::new() }
    }
}

/// The form; another one is refused.
const VERSION: u32 = 1;

impl Ledger {
    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// Where it is damaged or of a newer form: without it nobody can say which files are ours.
    pub fn parse(bytes: &[u8]) -> Result<Self, PlaceError> {
        let damaged = |reason: String| {
            PlaceError::new(format!("read {NAME} at the target"), reason).hint(
                "without it Dateline cannot tell its own files from yours; delete it there, and the next \
                 publish names the files that are in its way",
            )
        };
        let ledger: Self = serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
        if ledger.version == VERSION {
            Ok(ledger)
        } else {
            Err(damaged(format!("version {} is of a newer Dateline", ledger.version)))
        }
    }

    /// As it lies at the target.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).expect("strings and numbers always serialise");
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_what_it_writes_and_nothing_newer() {
        let mut ledger = Ledger::default();
        let entry = Entry { digest: "0a".into(), size: 3, tag: None, coming: false };
        ledger.files.insert("index.html".into(), entry.clone());
        ledger.files.insert("a".into(), Entry { coming: true, tag: Some("\"x\"".into()), ..entry });
        assert_eq!(Ledger::parse(&ledger.to_bytes()).unwrap(), ledger);
        assert_eq!(
            Ledger::parse(br#"{"version":2,"files":{}}"#).unwrap_err().to_string(),
            "cannot read .dateline-published.json at the target: version 2 is of a newer Dateline\n  \
             without it Dateline cannot tell its own files from yours; delete it there, and the next publish \
             names the files that are in its way"
        );
    }
}
