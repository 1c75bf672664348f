//! [`Manifest`]: which files of the output folder are ours.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{OutputError, SitePath};

/// The manifest's name in the output folder.
pub(crate) const NAME: &str = ".dateline.json";

/// The digest of a file's bytes, as 64 hex digits.
pub(crate) type Digest = String;

/// The digest of `content`.
pub(crate) fn digest(content: &[u8]) -> Digest {
    blake3::hash(content).to_hex().to_string()
}

/// Every file that we wrote, with the digest of what we wrote.
///
/// A file that is listed and still has its digest is ours to replace and to delete; every other
/// file in the folder belongs to somebody else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    version: Version,
    pub(crate) files: BTreeMap<SitePath, Digest>,
}

/// The form of the manifest; another number is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct Version;

impl TryFrom<u32> for Version {
    type Error = String;
    fn try_from(number: u32) -> Result<Self, String> {
        if number == 1 { Ok(Self) } else { Err(format!("version {number} is of a newer Dateline")) }
    }
}

impl From<Version> for u32 {
    fn from(_: Version) -> Self {
        1
    }
}

impl Manifest {
    /// The manifest of the folder `root`; an empty one where there is none.
    pub(crate) fn read(root: &Path) -> Result<Self, OutputError> {
        let path = root.join(NAME);
        match fs::symlink_metadata(&path) {
            Ok(found) if !found.is_file() => {
                return Err(OutputError::Damaged { path, reason: "it is no plain file".into() });
            }
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(OutputError::io("read", path)(error)),
        }
        let bytes = fs::read(&path).map_err(OutputError::io("read", &path))?;
        serde_json::from_slice(&bytes)
            .map_err(|error| OutputError::Damaged { path, reason: error.to_string() })
    }

    /// The manifest as it is written.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("strings always serialise");
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::lay;

    #[test]
    fn it_reads_what_it_writes() {
        let mut manifest = Manifest::default();
        manifest.files.insert(SitePath::new("a/index.html").unwrap(), digest(b"words"));
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap(), Manifest::default());
        lay::file(folder.path(), NAME, &manifest.to_bytes());
        assert_eq!(Manifest::read(folder.path()).unwrap(), manifest);
    }

    #[test]
    fn a_path_that_leads_out_damages_it() {
        let folder = tempfile::tempdir().unwrap();
        lay::file(folder.path(), NAME, br#"{"version":1,"files":{"../x":"0"}}"#);
        let error = Manifest::read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("`../x` is no path inside the site"), "{error}");
        assert!(error.ends_with("empty the folder and build again"), "{error}");
    }
}
