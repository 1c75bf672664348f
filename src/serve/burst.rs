//! [`Burst`]: what an editor does to the disk in one saving, and when it is over.
//!
//! Editors save in place, by a temporary file that is renamed over the old one, by moving the old file
//! away first, by deleting and writing anew; `git checkout` does it with a thousand files. A burst is
//! over when nothing half-done is left: no file open for writing (where the system tells: Linux), none
//! missing or empty that was there before. What waits in vain waits for a moment only; if more comes
//! after all, the next burst takes it in.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Event, EventKind};

use crate::site::session::Touched;

/// How long a file may be half-written, missing or empty before that is taken for what is meant.
const PATIENCE: Duration = Duration::from_millis(40);
/// Whether the system tells that a file that was written is closed.
const TELLS_CLOSE: bool = cfg!(target_os = "linux");

/// What happened to the sources in a short time.
#[derive(Debug)]
pub(super) struct Burst {
    begun: Instant,
    touched: BTreeSet<PathBuf>,
    /// Files that are being written.
    open: BTreeSet<PathBuf>,
    /// Files that were made in this burst: temporary ones come and go.
    born: BTreeSet<PathBuf>,
    /// Whether events were lost.
    lost: bool,
}

impl Burst {
    pub(super) fn new() -> Self {
        Self {
            begun: Instant::now(),
            touched: BTreeSet::new(),
            open: BTreeSet::new(),
            born: BTreeSet::new(),
            lost: false,
        }
    }

    /// Takes in an event. Reading is none.
    pub(super) fn add(&mut self, event: &notify::Result<Event>) {
        let Ok(event) = event else {
            self.lost = true;
            return;
        };
        self.lost |= event.need_rescan();
        let paths = || event.paths.iter().cloned();
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                self.open.retain(|path| !event.paths.contains(path));
            }
            EventKind::Access(_) => return,
            EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {}
            EventKind::Create(_) => {
                self.born.extend(paths());
                self.open.extend(paths().filter(|_| TELLS_CLOSE));
            }
            EventKind::Modify(ModifyKind::Data(_)) => self.open.extend(paths().filter(|_| TELLS_CLOSE)),
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
                self.open.retain(|path| !event.paths.contains(path));
            }
            _ => {}
        }
        self.touched.extend(paths());
    }

    /// Whether nothing has happened.
    pub(super) fn is_empty(&self) -> bool {
        self.touched.is_empty() && !self.lost
    }

    /// How long to wait for what is half-done; `None` where nothing is.
    pub(super) fn wait(&self) -> Option<Duration> {
        let left = PATIENCE.checked_sub(self.begun.elapsed())?;
        (!self.open.is_empty() || self.touched.iter().any(|path| self.is_half_done(path))).then_some(left)
    }

    /// What was touched, relative to the site's folder `root`.
    pub(super) fn into_touched(self, root: &Path) -> Touched {
        if self.lost {
            return Touched::Everything;
        }
        let below = |path: PathBuf| path.strip_prefix(root).map(Path::to_owned).ok();
        Touched::Paths(self.touched.into_iter().filter_map(below).collect())
    }

    /// Whether a file is missing or empty that an editor is about to write again.
    fn is_half_done(&self, path: &Path) -> bool {
        const TEXTS: [&str; 9] = ["md", "markdown", "txt", "toml", "html", "css", "js", "svg", "xml"];
        let text = path.extension().and_then(|end| end.to_str()).is_some_and(|end| TEXTS.contains(&end));
        let gone = self.born.contains(path) && !path.exists();
        text && !gone && fs::metadata(path).map_or(true, |file| file.is_file() && file.len() == 0)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use notify::event::DataChange;

    use super::*;

    fn event(kind: EventKind, path: &Path) -> notify::Result<Event> {
        Ok(Event::new(kind).add_path(path.to_owned()))
    }

    const DATA: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const MADE: EventKind = EventKind::Create(CreateKind::File);
    const GONE: EventKind = EventKind::Remove(RemoveKind::File);
    const MOVED: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));

    #[test]
    fn a_file_that_is_closed_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        let mut burst = Burst::new();
        burst.add(&event(EventKind::Access(AccessKind::Read), &file));
        assert!(burst.is_empty());
        fs::File::create(&file).unwrap();
        burst.add(&event(DATA, &file));
        assert!(burst.wait().is_some(), "it is empty and open");
        fs::File::create(&file).unwrap().write_all(b"words").unwrap();
        burst.add(&event(DATA, &file));
        assert_eq!(burst.wait().is_some(), TELLS_CLOSE);
        burst.add(&event(CLOSED, &file));
        assert_eq!(burst.wait(), None);
        let touched = Touched::Paths([PathBuf::from("a.md")].into());
        assert_eq!(burst.into_touched(folder.path()), touched);
    }

    #[test]
    fn a_temporary_file_that_is_gone_is_not_waited_for_and_one_that_was_there_is() {
        let folder = tempfile::tempdir().unwrap();
        let (file, temporary) = (folder.path().join("a.md"), folder.path().join("a.1.md"));
        fs::File::create(&file).unwrap().write_all(b"words").unwrap();
        let mut burst = Burst::new();
        burst.add(&event(MADE, &temporary));
        burst.add(&event(CLOSED, &temporary));
        burst.add(&event(MOVED, &temporary));
        burst.add(&event(EventKind::Modify(ModifyKind::Name(RenameMode::To)), &file));
        assert_eq!(burst.wait(), None);
        let mut burst = Burst::new();
        fs::remove_file(&file).unwrap();
        burst.add(&event(GONE, &file));
        assert!(burst.wait().is_some());
        burst.begun -= PATIENCE;
        assert_eq!(burst.wait(), None, "it was meant");
    }

    #[test]
    fn lost_events_touch_everything() {
        let mut burst = Burst::new();
        burst.add(&Err(notify::Error::generic("the queue is full")));
        assert!(!burst.is_empty());
        assert_eq!(burst.into_touched(Path::new("/site")), Touched::Everything);
    }
}
