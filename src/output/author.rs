//! The author's own files: made where nothing is, added to, never rewritten.
//!
//! Entry points: [`create`] and [`append`].

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::Path;

use super::OutputError;

/// Makes the file `path` with its folders. `false` where something is there already: it stays.
///
/// # Errors
/// Where the disk refuses.
pub fn create(path: &Path, content: &str) -> Result<bool, OutputError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(OutputError::io("make the folder", folder))?;
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(OutputError::io("write", path)(error)),
    };
    file.write_all(content.as_bytes()).map_err(OutputError::io("write", path))?;
    Ok(true)
}

/// Adds `content` to the end of the file `path`, on a line of its own, in one write.
///
/// # Errors
/// Where the disk refuses.
pub fn append(path: &Path, content: &str) -> Result<(), OutputError> {
    let mut open = OpenOptions::new();
    let mut file =
        open.read(true).append(true).create(true).open(path).map_err(OutputError::io("open", path))?;
    let mut before = Vec::new();
    file.read_to_end(&mut before).map_err(OutputError::io("read", path))?;
    let gap = match before.last() {
        None => "",
        Some(b'\n') => "\n",
        Some(_) => "\n\n",
    };
    file.write_all(format!("{gap}{content}").as_bytes()).map_err(OutputError::io("write", path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::lay;

    #[test]
    fn what_is_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("content/a.md");
        assert!(create(&path, "first").unwrap());
        assert!(!create(&path, "second").unwrap());
        assert_eq!(lay::read(folder.path(), "content/a.md"), "first");
    }

    #[test]
    fn lines_are_added_after_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.toml");
        append(&path, "one\n").unwrap();
        append(&path, "two").unwrap();
        append(&path, "three\n").unwrap();
        assert_eq!(lay::read(folder.path(), "people.toml"), "one\n\ntwo\n\nthree\n");
    }
}
