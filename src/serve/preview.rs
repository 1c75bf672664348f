//! [`Preview`]: the site as it is now, what is wrong with it, and who is told about changes.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;

use crate::diag::Diagnostic;
use crate::site::session::Generation;

/// The site at one moment.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The site; `None` where its settings cannot be used and never could.
    pub site: Option<Arc<Generation>>,
    /// What is wrong, where there is no site.
    pub unusable: Vec<Diagnostic>,
}

/// How many changes are remembered for browsers that ask what has changed since.
const REMEMBERED: usize = 256;

/// What is served now.
#[derive(Debug)]
pub struct Preview {
    now: RwLock<Now>,
    /// The number of the last change.
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Now {
    shown: Shown,
    /// The files that each of the last changes touched, by the change's number.
    touched: VecDeque<(u64, Files)>,
}

/// Files that are copied as they are, by their addresses below the site's (`trip/cat.jpg`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Files {
    /// Any of them.
    All,
    /// These.
    Some(BTreeSet<String>),
}

impl Preview {
    /// An empty preview.
    #[must_use]
    pub fn new() -> Self {
        Self { now: RwLock::default(), changes: watch::Sender::new(0) }
    }

    /// The site as it is now.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.now.read().unwrap_or_else(PoisonError::into_inner).shown.clone()
    }

    /// Shows another state of the site, for which `files` were touched, and tells the browsers.
    pub fn show(&self, shown: Shown, files: Files) {
        self.change(files, |now| now.shown = shown);
    }

    /// Tells the browsers that there is something to say about what is shown.
    pub fn tell(&self) {
        self.change(Files::Some(BTreeSet::new()), |_| {});
    }

    /// The number of the last change, now and whenever there is another.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The number of the last change, and the files that were touched after the change `since`.
    #[must_use]
    pub fn touched_since(&self, since: u64) -> (u64, Files) {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        let last = *self.changes.borrow();
        let first = now.touched.front().map_or(last + 1, |(number, _)| *number);
        if since > last || since + 1 < first {
            return (last, Files::All);
        }
        let mut all = BTreeSet::new();
        for (_, files) in now.touched.iter().filter(|(number, _)| *number > since) {
            match files {
                Files::All => return (last, Files::All),
                Files::Some(files) => all.extend(files.iter().cloned()),
            }
        }
        (last, Files::Some(all))
    }

    fn change(&self, files: Files, make: impl FnOnce(&mut Now)) {
        // What was shown goes when everybody can see what is shown now: to take it apart takes time.
        let _before = self.shown();
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        make(&mut now);
        let number = *self.changes.borrow() + 1;
        now.touched.push_back((number, files));
        if now.touched.len() > REMEMBERED {
            now.touched.pop_front();
        }
        // The number is told while nobody can read an older state under it.
        self.changes.send_replace(number);
    }
}

impl Default for Preview {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(files: &[&str]) -> Files {
        Files::Some(files.iter().map(|file| (*file).to_owned()).collect())
    }

    #[test]
    fn whoever_asks_learns_what_was_touched_meanwhile() {
        let preview = Preview::new();
        let changes = preview.changes();
        assert_eq!(preview.touched_since(0), (0, some(&[])));
        preview.show(Shown::default(), some(&["a.css"]));
        preview.tell();
        preview.show(Shown::default(), some(&["b.jpg"]));
        assert!(changes.has_changed().unwrap());
        assert_eq!(preview.touched_since(0), (3, some(&["a.css", "b.jpg"])));
        assert_eq!(preview.touched_since(1), (3, some(&["b.jpg"])));
        assert_eq!(preview.touched_since(3), (3, some(&[])));
        assert_eq!(preview.touched_since(4), (3, Files::All), "another preview's number");
        preview.show(Shown::default(), Files::All);
        assert_eq!(preview.touched_since(2), (4, Files::All));
    }

    #[test]
    fn what_is_forgotten_counts_as_all() {
        let preview = Preview::new();
        (0..=REMEMBERED).for_each(|_| preview.tell());
        let last = u64::try_from(REMEMBERED).unwrap() + 1;
        assert_eq!(preview.touched_since(0), (last, Files::All));
        assert_eq!(preview.touched_since(1), (last, some(&[])));
    }
}
