//! Laying files for tests: [`file`] and [`read`].

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

/// Writes `root/path` with its folders.
pub(crate) fn file(root: &Path, path: &str, content: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    File::create(path).unwrap().write_all(content).unwrap();
}

/// The text of `root/path`, or a dash where it is not there.
pub(crate) fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap_or_else(|_| "-".into())
}

/// Every file and link below `root` with forward slashes, sorted.
pub(crate) fn tree(root: &Path) -> Vec<String> {
    walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .min_depth(1)
        .into_iter()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().display().to_string().replace('\\', "/");
            if entry.file_type().is_dir() { format!("{path}/") } else { path }
        })
        .collect()
}
