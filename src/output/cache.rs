//! [`Cache`]: results kept by the digest of what they were made of. Safe to delete at any time.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The folder beside content/ that holds what is kept between builds.
pub const FOLDER: &str = ".dateline-cache";

/// Files of one kind, each under the digest of what it was made of.
///
/// A cache never fails: what cannot be read, or is not whole, is made again, and what cannot be
/// written is made again by the next build.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Whether anything is written.
    keeps: bool,
    used: Mutex<BTreeSet<String>>,
}

/// The bytes of the digest before the content of a file.
const HEAD: usize = 32;

impl Cache {
    /// The cache of one kind below a site's folder; with `keeps` false it is only read.
    #[must_use]
    pub fn new(root: &Path, kind: &str, keeps: bool) -> Self {
        Self { folder: root.join(FOLDER).join(kind), keeps, used: Mutex::default() }
    }

    /// What was made of `source`, or what `make` makes of it now.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn get<E>(&self, source: &[u8], make: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
        let name = blake3::hash(source).to_hex().to_string();
        let file = self.folder.join(&name);
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        if let Some(kept) = fs::read(&file).ok().and_then(whole) {
            return Ok(kept);
        }
        let made = make()?;
        if self.keeps {
            // Without a cache the next build is slower, and nothing else.
            let _ = self.keep(&file, &made);
        }
        Ok(made)
    }

    fn keep(&self, file: &Path, content: &[u8]) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut half = tempfile::NamedTempFile::new_in(&self.folder)?;
        half.write_all(blake3::hash(content).as_bytes())?;
        half.write_all(content)?;
        half.persist(file).map(drop).map_err(|error| error.error)
    }

    /// Deletes what was not asked for since this cache was opened.
    pub fn prune(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = name.len() == 2 * HEAD && name.bytes().all(|byte| byte.is_ascii_hexdigit());
            if self.keeps && ours && !used.contains(&name) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The content of a file, if it is as it was written.
fn whole(file: Vec<u8>) -> Option<Vec<u8>> {
    let (digest, content) = file.split_at_checked(HEAD)?;
    (blake3::hash(content).as_bytes() == digest).then(|| content.to_vec())
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn made(cache: &Cache, source: &str) -> (Vec<u8>, bool) {
        let mut new = false;
        let content = cache.get(source.as_bytes(), || {
            new = true;
            Ok::<_, Infallible>(format!("made of {source}").into_bytes())
        });
        (content.unwrap(), new)
    }

    #[test]
    fn what_was_made_is_kept_until_nobody_asks_for_it() {
        let root = tempfile::tempdir().unwrap();
        let cache = Cache::new(root.path(), "cards", true);
        assert_eq!(made(&cache, "a"), (b"made of a".to_vec(), true));
        assert_eq!(made(&cache, "a"), (b"made of a".to_vec(), false));
        made(&cache, "b");
        let next = Cache::new(root.path(), "cards", true);
        made(&next, "b");
        next.prune();
        let (again, kept) = (made(&next, "a"), made(&next, "b"));
        assert!(again.1 && !kept.1);
    }

    #[test]
    fn a_broken_file_is_made_again_and_a_reader_writes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let reader = Cache::new(root.path(), "cards", false);
        assert!(made(&reader, "a").1 && made(&reader, "a").1);
        assert!(!root.path().join(FOLDER).exists());
        let cache = Cache::new(root.path(), "cards", true);
        made(&cache, "a");
        let file = root.path().join(FOLDER).join("cards").join(blake3::hash(b"a").to_hex().as_str());
        let half = fs::read(&file).unwrap()[..35].to_vec();
        fs::File::create(&file).unwrap().write_all(&half).unwrap();
        assert_eq!(made(&cache, "a"), (b"made of a".to_vec(), true));
        assert_eq!(made(&cache, "a"), (b"made of a".to_vec(), false));
    }
}
