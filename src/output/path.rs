//! [`SitePath`]: the path of a file inside the output folder, checked once.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A relative path with forward slashes that stays inside the output folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// Why a path is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` is no path inside the site: {reason}")]
pub struct BadPath {
    /// The path as it was given.
    pub path: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl SitePath {
    /// Checks `path`.
    ///
    /// # Errors
    /// Where it is empty or absolute, has an empty segment, `.` or `..`, a character that file
    /// systems read in their own way, or would stand for our own files in the output folder.
    pub fn new(path: &str) -> Result<Self, BadPath> {
        match fault(path) {
            Some(reason) => Err(BadPath { path: path.to_owned(), reason }),
            None => Ok(Self(path.to_owned())),
        }
    }

    /// The path with forward slashes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path below the folder `root`.
    #[must_use]
    pub fn below(&self, root: &Path) -> PathBuf {
        root.join(&self.0)
    }

    /// The folders above it, outermost first, without the output folder itself.
    pub fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| &self.0[..at])
    }
}

/// The longest path, in bytes: the least that current file systems take.
const LONGEST: usize = 1024;
/// The longest segment, in bytes.
const LONGEST_SEGMENT: usize = 255;

fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.starts_with('/') {
        return Some("it is absolute");
    }
    if path.contains('\\') || path.contains(':') || path.chars().any(char::is_control) {
        return Some("it holds a backslash, a colon or a control character");
    }
    if path.len() > LONGEST || path.split('/').any(|s| s.len() > LONGEST_SEGMENT) {
        return Some("it is too long");
    }
    if path.split('/').any(|s| matches!(s, "" | "." | "..")) {
        return Some("a segment is empty, `.` or `..`");
    }
    if path.split('/').next().is_some_and(|s| s == super::disk::WORK || s == super::manifest::NAME) {
        return Some("the name is kept for Dateline's own files");
    }
    None
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for SitePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SitePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_inside_the_site() {
        for bad in [
            "",
            "/etc/passwd",
            "../up",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "a/.",
            "a\0b",
            "a\nb",
            "a\\b",
            "c:/x",
            ".dateline/x",
            ".dateline.json",
        ] {
            assert!(SitePath::new(bad).is_err(), "{bad:?}");
        }
        assert!(SitePath::new(&"x".repeat(256)).is_err());
        for good in ["index.html", "a/b/c.css", ".well-known/x", "a b/é.html", "...", "b/.dateline"] {
            assert_eq!(SitePath::new(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn folders_come_outermost_first() {
        let path = SitePath::new("days/2025/12/index.html").unwrap();
        assert_eq!(path.folders().collect::<Vec<_>>(), ["days", "days/2025", "days/2025/12"]);
    }

    #[test]
    fn the_reason_is_said() {
        assert_eq!(
            SitePath::new("a/../b").unwrap_err().to_string(),
            "`a/../b` is no path inside the site: a segment is empty, `.` or `..`"
        );
    }
}
