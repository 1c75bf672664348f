//! Watching the site's sources: [`start`].

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::ServeError;
use super::burst::Burst;
use super::rebuild::Builder;
use crate::site::session::Touched;

/// The folders whose every file counts.
const FOLDERS: [&str; 4] = ["content", "templates", "static", "themes"];
/// The files in the site's folder that count.
const FILES: [&str; 2] = ["dateline.toml", "people.toml"];

type Told = notify::Result<Event>;

/// Calls the builder, on a thread of its own, after every change of the sources.
///
/// The sources are read once more when they are watched: what changed between the first reading and
/// then is not missed.
pub(super) fn start(mut builder: Builder) -> Result<(), ServeError> {
    let root = builder.root().canonicalize().unwrap_or_else(|_| builder.root().to_owned());
    let (changed, changes) = mpsc::channel();
    let mut watching = Watching::of(&root, changed)?;
    std::thread::spawn(move || {
        builder.build(&Touched::nothing());
        while let Some(touched) = next(&root, &changes, &mut watching) {
            builder.build(&touched);
        }
    });
    Ok(())
}

/// The system's watcher, and which folders it watches.
struct Watching {
    watcher: RecommendedWatcher,
    root: PathBuf,
    watched: [bool; FOLDERS.len()],
}

impl Watching {
    fn of(root: &Path, changed: Sender<Told>) -> Result<Self, ServeError> {
        let fault =
            |error: notify::Error| ServeError::Watch { path: root.to_owned(), reason: error.to_string() };
        let seen = root.to_owned();
        let watcher = notify::recommended_watcher(move |told: Told| {
            if counts(&seen, &told) {
                // An error says that the preview is going away.
                let _ = changed.send(told);
            }
        });
        let mut watcher = watcher.map_err(fault)?;
        watcher.watch(root, RecursiveMode::NonRecursive).map_err(fault)?;
        let mut watching = Self { watcher, root: root.to_owned(), watched: [false; FOLDERS.len()] };
        watching.look_for_folders()?;
        Ok(watching)
    }

    /// Watches the folders that have come, and forgets those that have gone; says whether any has come.
    fn look_for_folders(&mut self) -> Result<bool, ServeError> {
        let mut new = false;
        for (name, watched) in FOLDERS.iter().zip(&mut self.watched) {
            let folder = self.root.join(name);
            let there = folder.is_dir();
            if there && !*watched {
                self.watcher
                    .watch(&folder, RecursiveMode::Recursive)
                    .map_err(|error| ServeError::Watch { path: folder.clone(), reason: error.to_string() })?;
                new = true;
            }
            *watched = there;
        }
        Ok(new)
    }
}

/// What was touched next, when it is whole; `None` where nothing more will come.
fn next(root: &Path, changes: &Receiver<Told>, watching: &mut Watching) -> Option<Touched> {
    let mut burst = Burst::new();
    while burst.is_empty() {
        let told = changes.recv().ok()?;
        burst = Burst::new();
        burst.add(&told);
    }
    loop {
        changes.try_iter().for_each(|told| burst.add(&told));
        let Some(wait) = burst.wait() else { break };
        match changes.recv_timeout(wait) {
            Ok(told) => burst.add(&told),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    // A folder that cannot be watched is read all the same whenever something else changes.
    let new_folder = watching.look_for_folders().unwrap_or(false);
    Some(if new_folder { Touched::Everything } else { burst.into_touched(root) })
}

/// Whether an event may be about a source.
fn counts(root: &Path, told: &Told) -> bool {
    match told {
        Ok(event) => event.need_rescan() || event.paths.iter().any(|path| is_source(root, path)),
        // Something was missed: better one build too many.
        Err(_) => true,
    }
}

fn is_source(root: &Path, path: &Path) -> bool {
    let Ok(below) = path.strip_prefix(root) else { return false };
    let mut parts = below.components().map(|part| part.as_os_str().to_string_lossy());
    let Some(first) = parts.next() else { return false };
    FOLDERS.contains(&&*first) || (FILES.contains(&&*first) && parts.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_is_no_source() {
        let root = Path::new("/site");
        for (path, expected) in [
            ("/site/content/a.md", true),
            ("/site/templates", true),
            ("/site/people.toml", true),
            ("/site/public/index.html", false),
            ("/site/public/content/a.md", false),
            ("/site", false),
            ("/other/content/a.md", false),
        ] {
            assert_eq!(is_source(root, Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn a_folder_that_comes_later_is_watched() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("content")).unwrap();
        let (changed, changes) = mpsc::channel();
        let mut watching = Watching::of(&root, changed).unwrap();
        std::fs::create_dir(root.join("templates")).unwrap();
        assert_eq!(next(&root, &changes, &mut watching), Some(Touched::Everything));
        std::fs::File::create(root.join("templates/a.html")).unwrap();
        let touched = Touched::Paths([PathBuf::from("templates/a.html")].into());
        assert_eq!(next(&root, &changes, &mut watching), Some(touched));
    }
}
