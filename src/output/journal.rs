//! [`Journal`]: what a commit is about to do, so that the next build can finish it.
//!
//! The journal is written in one step before the first page is touched. Every step of it can be
//! done twice: whoever finds a journal runs all of it again and comes to the same folder.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{self, State};
use super::manifest::{self, Digest, Manifest};
use super::{OutputError, SitePath};

/// A file of ours that the site no longer makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Removal {
    pub(crate) path: SitePath,
    pub(crate) digest: Digest,
}

/// A staged file and where it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Placement {
    pub(crate) path: SitePath,
    /// The name of the staged file.
    pub(crate) staged: u64,
    /// What lies there now: `None` where nothing does.
    pub(crate) before: Option<Digest>,
}

/// All steps of a commit, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Journal {
    /// Files that stand in the way of new ones (`a` where `a/index.html` comes).
    pub(crate) clear: Vec<Removal>,
    /// New and changed files.
    pub(crate) place: Vec<Placement>,
    /// Files that are gone from the site; last, so that no page links into nothing for longer
    /// than it must.
    pub(crate) delete: Vec<Removal>,
    /// What is ours when all is done.
    pub(crate) manifest: Manifest,
}

/// One step of a journal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'j> {
    Remove(&'j Removal),
    Place(&'j Placement),
}

impl Journal {
    /// The journal that an interrupted build left in `root`, if any.
    pub(crate) fn read(root: &Path) -> Result<Option<Self>, OutputError> {
        let path = Self::path(root);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OutputError::io("read", path)(error)),
        };
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| OutputError::Damaged { path, reason: error.to_string() })
    }

    /// Where the journal lies.
    pub(crate) fn path(root: &Path) -> PathBuf {
        root.join(disk::WORK).join("journal.json")
    }

    /// Writes the journal in one step. From here on the new site is sure to come.
    pub(crate) fn write(&self, root: &Path) -> Result<(), OutputError> {
        let bytes = serde_json::to_vec(self).expect("strings and numbers always serialise");
        replace(root, &Self::path(root), &bytes)
    }

    /// The steps, in order.
    pub(crate) fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let clear = self.clear.iter().map(Step::Remove);
        let place = self.place.iter().map(Step::Place);
        clear.chain(place).chain(self.delete.iter().map(Step::Remove))
    }

    /// Does everything that is not done yet, and then takes the journal away.
    pub(crate) fn finish(&self, root: &Path) -> Result<(), OutputError> {
        let mut folders = Folders::default();
        for step in self.steps() {
            step.run(root, &mut folders)?;
        }
        replace(root, &root.join(manifest::NAME), &self.manifest.to_bytes())?;
        let path = Self::path(root);
        fs::remove_file(&path).map_err(OutputError::io("delete", path))?;
        disk::sweep(root)
    }
}

impl Step<'_> {
    /// Does the step, if it is not done yet and nobody else has changed the file since.
    pub(crate) fn run(self, root: &Path, folders: &mut Folders) -> Result<(), OutputError> {
        match self {
            Self::Remove(removal) => {
                // It may take folders along.
                *folders = Folders::default();
                remove(root, removal)
            }
            Self::Place(placement) => place(root, placement, folders),
        }
    }
}

/// The folders that one run through a journal has found or made, which it need not look at for each of
/// the files in them.
#[derive(Debug, Default)]
pub(crate) struct Folders(HashSet<String>);

impl Folders {
    /// Makes the folders of `path` that are missing. Whether all of them are there now: `false` where
    /// something else stands in the place of one.
    fn make(&mut self, root: &Path, path: &SitePath) -> Result<bool, OutputError> {
        let unknown = path.folders().rev().take_while(|folder| !self.0.contains(*folder)).count();
        let known = path.folders().count() - unknown;
        for folder in path.folders().skip(known) {
            if !disk::make_folder(&root.join(folder))? {
                return Ok(false);
            }
            self.0.insert(folder.to_owned());
        }
        Ok(true)
    }
}

fn remove(root: &Path, removal: &Removal) -> Result<(), OutputError> {
    if disk::state(root, &removal.path)? != State::File(removal.digest.clone()) {
        return Ok(());
    }
    let path = removal.path.below(root);
    fs::remove_file(&path).map_err(OutputError::io("delete", path))?;
    for folder in removal.path.folders().rev() {
        // A folder that still holds something refuses, and so do those above it.
        if fs::remove_dir(root.join(folder)).is_err() {
            break;
        }
    }
    Ok(())
}

fn place(root: &Path, placement: &Placement, folders: &mut Folders) -> Result<(), OutputError> {
    let staged = disk::staged(root, placement.staged);
    if !staged.is_file() {
        return Ok(());
    }
    let path = placement.path.below(root);
    let as_expected = match &placement.before {
        Some(before) => disk::state(root, &placement.path)? == State::File(before.clone()),
        None => folders.make(root, &placement.path)? && disk::is_free(&path)?,
    };
    if !as_expected {
        return Ok(());
    }
    fs::rename(staged, &path).map_err(OutputError::io("write", path))
}

/// Writes one of our own files in one step: into our folder first, then by renaming.
///
/// It is synced, because the order of writing is what an interrupted build relies on.
fn replace(root: &Path, path: &Path, content: &[u8]) -> Result<(), OutputError> {
    let first = root.join(disk::WORK).join(disk::HALF);
    let write = |file: &mut File| file.write_all(content).and_then(|()| file.sync_all());
    let mut open = OpenOptions::new();
    open.write(true).create(true).truncate(true);
    let mut file = open.open(&first).map_err(OutputError::io("write", &first))?;
    write(&mut file).map_err(OutputError::io("write", &first))?;
    fs::rename(&first, path).map_err(OutputError::io("write", path))
}
