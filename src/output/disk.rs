//! The output folder on disk: all of a new site or none of it.
//!
//! Entry point: [`Output::open`]. Files are first put into a staging folder inside the output
//! folder; [`Output::commit`] then writes a journal and moves what has changed into
//! place, each file in one step. A build that is killed before the journal stands leaves the last
//! site as it was; one that is killed later is finished by the next build. Files that we did not
//! write, or that somebody has changed since, are neither replaced nor deleted, and no symbolic
//! link is followed.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::journal::Journal;
use super::manifest::{self, Digest, Manifest};
use super::{OutputError, Sink, SitePath};
use crate::diag::Diagnostic;

mod plan;

/// Our folder inside the output folder; it stands while a build runs.
pub(crate) const WORK: &str = ".dateline";
/// The staging folder inside [`WORK`].
const STAGING: &str = "staging";

/// A journal or manifest that is not whole yet, inside [`WORK`].
pub(crate) const HALF: &str = "half";

/// What a commit did.
#[derive(Debug, Default)]
pub struct Written {
    /// Files that are new or have changed.
    pub written: usize,
    /// Files that are as they were, and were not touched.
    pub unchanged: usize,
    /// Files that the site no longer makes.
    pub deleted: usize,
    /// Files of other people that stand in the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// An output folder, held for one build.
#[derive(Debug)]
pub struct Output {
    root: PathBuf,
    manifest: Manifest,
    next: AtomicU64,
    put: Mutex<BTreeMap<SitePath, Put>>,
    /// Held until the end; the system lets go of it even when we are killed.
    _lock: Option<File>,
}

/// A file of the new site.
#[derive(Clone, Debug)]
enum Put {
    /// Ours, and the same as on disk.
    Same(Digest),
    /// Waiting in the staging folder.
    Staged(u64, Digest),
}

/// What lies at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Absent,
    /// A plain file with this digest.
    File(Digest),
    /// A folder.
    Folder,
    /// A plain file stands where the path needs a folder: its path.
    Under(String),
    /// A symbolic link or something stranger, there or above: its path.
    Strange(String),
}

impl Output {
    /// Takes hold of the folder `root`, making it where it is missing, and finishes or throws
    /// away what an interrupted build left.
    ///
    /// # Errors
    /// Where the folder cannot be made or read, is held by another build, or its manifest is
    /// damaged.
    pub fn open(root: &Path) -> Result<Self, OutputError> {
        fs::create_dir_all(root).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                OutputError::NotAFolder { path: root.to_owned() }
            }
            _ => OutputError::io("make the folder", root)(error),
        })?;
        let lock = lock(root)?;
        check_work(root)?;
        if let Some(journal) = Journal::read(root)? {
            journal.finish(root)?;
        }
        sweep(root)?;
        let manifest = Manifest::read(root)?;
        let (next, put) = (AtomicU64::new(0), Mutex::default());
        Ok(Self { root: root.to_owned(), manifest, next, put, _lock: lock })
    }

    /// Moves the new site into place.
    ///
    /// # Errors
    /// Where the disk refuses; what is missing then is done by the next build.
    pub fn commit(self) -> Result<Written, OutputError> {
        let put = std::mem::take(&mut *self.put.lock().unwrap_or_else(PoisonError::into_inner));
        let plan = plan::Plan::of(&self.root, &self.manifest, &put)?;
        let written = Written {
            written: plan.journal.place.len(),
            unchanged: plan.unchanged,
            deleted: plan.journal.clear.len() + plan.journal.delete.len(),
            diagnostics: plan.diagnostics,
        };
        let nothing = plan.journal.steps().next().is_none();
        if !nothing || plan.journal.manifest != self.manifest || !self.root.join(manifest::NAME).exists() {
            make_work(&self.root)?;
            plan.journal.write(&self.root)?;
            plan.journal.finish(&self.root)?;
        }
        Ok(written)
    }

    fn stage(&self, content: &[u8]) -> Result<u64, OutputError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        if number == 0 {
            make_work(&self.root)?;
        }
        let path = staged(&self.root, number);
        let mut open = OpenOptions::new();
        open.write(true).create_new(true);
        let mut file = match open.open(&path) {
            // Another thread drew number 0 and is still making the folder.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make_work(&self.root)?;
                open.open(&path).map_err(OutputError::io("write", &path))?
            }
            opened => opened.map_err(OutputError::io("write", &path))?,
        };
        file.write_all(content).map_err(OutputError::io("write", path))?;
        Ok(number)
    }
}

impl Sink for Output {
    fn put(&self, path: &SitePath, content: &[u8]) -> Result<(), OutputError> {
        let digest = manifest::digest(content);
        let ours = self.manifest.files.get(path) == Some(&digest);
        let put = if ours && state(&self.root, path)? == State::File(digest.clone()) {
            Put::Same(digest)
        } else {
            Put::Staged(self.stage(content)?, digest)
        };
        let before = self.put.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), put);
        assert!(before.is_none(), "`{path}` was rendered twice");
        Ok(())
    }
}

impl Drop for Output {
    /// Throws away what was staged but not committed.
    fn drop(&mut self) {
        if !Journal::path(&self.root).exists() {
            // A failure here is met again, and told, by the next build.
            let _ = sweep(&self.root);
        }
    }
}

/// Every file that the last build wrote to the folder `root`, with the digest of its bytes (64 hex
/// digits of BLAKE3).
///
/// # Errors
/// Where the folder cannot be read or its list is damaged.
pub fn listed(root: &Path) -> Result<BTreeMap<SitePath, String>, OutputError> {
    Ok(Manifest::read(root)?.files)
}

/// What lies at `path`, following no link.
pub(crate) fn state(root: &Path, path: &SitePath) -> Result<State, OutputError> {
    for folder in path.folders() {
        match look(&root.join(folder))? {
            None => return Ok(State::Absent),
            Some(found) if found.is_dir() => {}
            Some(found) if found.is_file() => return Ok(State::Under(folder.to_owned())),
            Some(_) => return Ok(State::Strange(folder.to_owned())),
        }
    }
    let file = path.below(root);
    Ok(match look(&file)? {
        None => State::Absent,
        Some(found) if found.is_dir() => State::Folder,
        Some(found) if found.is_file() => {
            let content = fs::read(&file).map_err(OutputError::io("read", file))?;
            State::File(manifest::digest(&content))
        }
        Some(_) => State::Strange(path.as_str().to_owned()),
    })
}

fn look(path: &Path) -> Result<Option<fs::Metadata>, OutputError> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(OutputError::io("look at", path)(error)),
    }
}

/// Whether nothing lies at `path`.
pub(crate) fn is_free(path: &Path) -> Result<bool, OutputError> {
    look(path).map(|found| found.is_none())
}

/// Makes the folder `path` inside one that is there, if it is missing. Whether it is a folder now:
/// `false` where something else has its name, a symbolic link to a folder included.
pub(crate) fn make_folder(path: &Path) -> Result<bool, OutputError> {
    match fs::create_dir(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Ok(look(path)?.is_some_and(|found| found.is_dir()))
        }
        Err(error) => Err(OutputError::io("make the folder", path)(error)),
    }
}

/// Where the staged file `number` lies.
pub(crate) fn staged(root: &Path, number: u64) -> PathBuf {
    root.join(WORK).join(STAGING).join(number.to_string())
}

fn make_work(root: &Path) -> Result<(), OutputError> {
    let path = root.join(WORK).join(STAGING);
    fs::create_dir_all(&path).map_err(OutputError::io("make the folder", path))
}

/// Our folder must be a folder: whatever else bears its name is somebody else's.
fn check_work(root: &Path) -> Result<(), OutputError> {
    for path in [root.join(WORK), root.join(WORK).join(STAGING)] {
        if look(&path)?.is_some_and(|found| !found.is_dir()) {
            return Err(OutputError::NotAFolder { path });
        }
    }
    Ok(())
}

/// Removes staged files, and our folder when nothing is left in it.
pub(crate) fn sweep(root: &Path) -> Result<(), OutputError> {
    let work = root.join(WORK);
    let staging = work.join(STAGING);
    let entries = match fs::read_dir(&staging) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let _ = fs::remove_dir(work);
            return Ok(());
        }
        Err(error) => return Err(OutputError::io("read", staging)(error)),
    };
    for entry in entries {
        let path = entry.map_err(OutputError::io("read", &staging))?.path();
        let ours = path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.parse::<u64>().is_ok());
        if ours {
            fs::remove_file(&path).map_err(OutputError::io("delete", path))?;
        }
    }
    // It is there only where the writing of it was interrupted.
    let _ = fs::remove_file(work.join(HALF));
    // Both refuse where somebody else has put something into them.
    let _ = fs::remove_dir(staging);
    let _ = fs::remove_dir(work);
    Ok(())
}

/// Holds `root` against other builds, where the system can do that.
fn lock(root: &Path) -> Result<Option<File>, OutputError> {
    let Ok(file) = open_lock(root) else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(OutputError::Busy { path: root.to_owned() }),
        // Some network file systems know no locks; one build at a time is then up to the user.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// The folder itself is the lock: no lock file is left behind in a site that gets published.
#[cfg(unix)]
fn open_lock(root: &Path) -> io::Result<File> {
    File::open(root)
}

#[cfg(not(unix))]
fn open_lock(root: &Path) -> io::Result<File> {
    fs::create_dir_all(root.join(WORK))?;
    OpenOptions::new().write(true).create(true).truncate(false).open(root.join(WORK).join("lock"))
}

#[cfg(test)]
mod tests;
