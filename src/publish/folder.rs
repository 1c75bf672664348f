//! [`Folder`]: a folder on this machine, such as the one that a web server serves.
//!
//! Each file is written beside its place and renamed into it. Where the target says `switch`, the
//! folder is a symbolic link: the new site is laid down whole beside the old one, files that have
//! not changed as hard links, and the link is renamed over in one step.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::place::{Arrived, Outgoing, Place, PlaceError, There};

/// How the name of a file begins that is not whole yet.
const HALF: &str = ".dateline-half-";

/// A folder to publish to.
#[derive(Debug)]
pub(super) struct Folder {
    /// The folder, or the link to it.
    path: PathBuf,
    /// Where files are put: the folder itself, or the new one beside it.
    into: PathBuf,
    /// Whether `path` is a link that is switched.
    switch: bool,
    /// Whether the new folder is laid down.
    laid: bool,
    finished: bool,
}

impl Folder {
    /// The folder at `path`; with `switch`, the link at `path`.
    ///
    /// # Errors
    /// Where something else lies there.
    pub(super) fn open(path: PathBuf, switch: bool) -> Result<Self, PlaceError> {
        let found = look(&path)?;
        if !switch {
            if found.is_some_and(|found| !path.is_dir() && !found.is_dir()) {
                return Err(PlaceError::new(format!("publish to {}", path.display()), "it is no folder"));
            }
            return Ok(Self { into: path.clone(), path, switch, laid: true, finished: false });
        }
        if found.is_some_and(|found| !found.is_symlink()) {
            return Err(PlaceError::new(
                format!("switch {}", path.display()),
                "it is no symbolic link, and only a link can be switched in one step",
            )
            .hint("move it away once, or take `switch = true` out"));
        }
        let releases = releases(&path);
        let newest = numbers(&releases)?.last().copied().unwrap_or_default();
        let into = releases.join((newest + 1).to_string());
        Ok(Self { path, into, switch, laid: false, finished: false })
    }

    /// Lays the new folder down with everything that the old one holds.
    fn lay(&mut self) -> Result<(), PlaceError> {
        if self.laid {
            return Ok(());
        }
        fs::create_dir_all(&self.into).map_err(fault("make the folder", &self.into))?;
        self.laid = true;
        for (path, _) in files(&self.path)? {
            let (from, to) = (self.path.join(&path), self.into.join(&path));
            make_folders(&self.into, &path)?;
            let linked = fs::hard_link(&from, &to);
            if linked.is_err() {
                fs::copy(&from, &to).map_err(fault("write", &to))?;
            }
        }
        Ok(())
    }
}

impl Place for Folder {
    fn list(&mut self) -> Result<BTreeMap<String, There>, PlaceError> {
        let mut there = BTreeMap::new();
        for (path, size) in files(&self.path)? {
            let file = self.path.join(&path);
            let bytes = fs::read(&file).map_err(fault("read", &file))?;
            let digest = Some(blake3::hash(&bytes).to_hex().to_string());
            there.insert(path, There { size, digest, tag: None });
        }
        Ok(there)
    }

    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PlaceError> {
        let file = self.path.join(path);
        match fs::read(&file) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(fault("read", &file)(error)),
        }
    }

    fn put(&mut self, outgoing: &[Outgoing], arrived: Arrived<'_>) -> Result<(), PlaceError> {
        self.lay()?;
        for file in outgoing {
            make_folders(&self.into, &file.path)?;
            write(&self.into.join(&file.path), &file.file)?;
            arrived(file, None);
        }
        Ok(())
    }

    fn delete(&mut self, paths: &[String]) -> Result<(), PlaceError> {
        self.lay()?;
        for path in paths {
            let file = self.into.join(path);
            match fs::remove_file(&file) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(fault("delete", &file)(error));
                }
                _ => {}
            }
            for (at, _) in path.match_indices('/').collect::<Vec<_>>().into_iter().rev() {
                // A folder that still holds something refuses, and so do those above it.
                if fs::remove_dir(self.into.join(&path[..at])).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }

    fn switches(&self) -> bool {
        self.switch
    }

    fn finish(&mut self) -> Result<(), PlaceError> {
        self.finished = true;
        if !self.switch || !self.laid {
            return Ok(());
        }
        let before = fs::read_link(&self.path).ok();
        switch(&self.path, &self.into)?;
        // The site before stays, for whoever is reading it and for a step back.
        let releases = releases(&self.path);
        let kept = [Some(self.into.as_path()), before.as_deref()].map(|p| p.and_then(Path::file_name));
        for number in numbers(&releases)? {
            let name = number.to_string();
            if !kept.contains(&Some(name.as_ref())) {
                let old = releases.join(name);
                fs::remove_dir_all(&old).map_err(fault("delete", &old))?;
            }
        }
        Ok(())
    }
}

impl Drop for Folder {
    /// Throws a new folder away that nobody was switched to.
    fn drop(&mut self) {
        if self.switch && self.laid && !self.finished {
            let _ = fs::remove_dir_all(&self.into);
        }
    }
}

/// The folder beside the link that holds the sites between which it is switched.
fn releases(link: &Path) -> PathBuf {
    let mut name = link.file_name().unwrap_or_default().to_owned();
    name.push(".releases");
    link.with_file_name(name)
}

/// The numbers of the sites in it, in order.
fn numbers(releases: &Path) -> Result<Vec<u64>, PlaceError> {
    let entries = match fs::read_dir(releases) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fault("read", releases)(error)),
    };
    let mut numbers: Vec<u64> =
        entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Lets `link` lead to `folder`, in one step.
#[cfg(unix)]
fn switch(link: &Path, folder: &Path) -> Result<(), PlaceError> {
    let parent = link.parent().unwrap_or_else(|| Path::new(""));
    let next = parent.join(format!("{HALF}link"));
    let _ = fs::remove_file(&next);
    let aim = folder.strip_prefix(parent).unwrap_or(folder);
    std::os::unix::fs::symlink(aim, &next).map_err(fault("make the link", &next))?;
    fs::rename(&next, link).map_err(fault("switch", link))
}

#[cfg(not(unix))]
fn switch(link: &Path, _: &Path) -> Result<(), PlaceError> {
    Err(PlaceError::new(
        format!("switch {}", link.display()),
        "this system has no links that can be switched",
    ))
}

/// Every plain file below `root`, by path; nothing is looked for behind links.
fn files(root: &Path) -> Result<Vec<(String, u64)>, PlaceError> {
    let mut files = Vec::new();
    if look(root)?.is_none() {
        return Ok(files);
    }
    // The folder itself may be a link, and a walk does not follow one.
    let whole = root.canonicalize().map_err(fault("read", root))?;
    for entry in WalkDir::new(&whole).sort_by_file_name().min_depth(1) {
        let entry = entry.map_err(|error| PlaceError::new(format!("read {}", root.display()), error))?;
        let name = entry.file_name().to_string_lossy();
        let Ok(below) = entry.path().strip_prefix(&whole) else { continue };
        let Some(below) = below.to_str() else { continue };
        if entry.file_type().is_file() && !name.starts_with(HALF) {
            let size =
                entry.metadata().map_err(|error| PlaceError::new(format!("read {below}"), error))?.len();
            files.push((below.replace('\\', "/"), size));
        }
    }
    Ok(files)
}

/// The folders above a file. Nothing is written through a link that leads elsewhere.
fn make_folders(root: &Path, path: &str) -> Result<(), PlaceError> {
    fs::create_dir_all(root).map_err(fault("make the folder", root))?;
    for (at, _) in path.match_indices('/') {
        let folder = root.join(&path[..at]);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(fault("make the folder", &folder)(error));
            }
            Err(_) if look(&folder)?.is_some_and(|found| !found.is_dir()) => {
                return Err(PlaceError::new(
                    format!("write {path}"),
                    format!("{} is no folder", &path[..at]),
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Copies `from` to `to` in one step.
fn write(to: &Path, from: &Path) -> Result<(), PlaceError> {
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let half = to.with_file_name(format!("{HALF}{name}"));
    let copy = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&half)?;
        io::copy(&mut fs::File::open(from)?, &mut file)?;
        fs::rename(&half, to)
    };
    copy().map_err(|error| {
        let _ = fs::remove_file(&half);
        fault("write", to)(error)
    })
}

fn look(path: &Path) -> Result<Option<fs::Metadata>, PlaceError> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(fault("look at", path)(error)),
    }
}

fn fault(doing: &str, path: &Path) -> impl Fn(io::Error) -> PlaceError {
    move |error| PlaceError::new(format!("{doing} {}", path.display()), error)
}
