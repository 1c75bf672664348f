//! [`Report`]: what a build did and what there is to say about it.

use std::time::Duration;

use super::Content;
use crate::diag::{self, Diagnostic, Severity};
use crate::output::disk::Written;

/// How long each stage took, by the wall clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// Finding the files.
    pub walk: Duration,
    /// Reading, parsing and annotating all entries, on all threads.
    pub annotate: Duration,
    /// Folding the library.
    pub library: Duration,
    /// Rendering all pages and staging those that changed.
    pub render: Duration,
    /// Moving what changed into place.
    pub write: Duration,
}

impl Timings {
    /// The stages in order, with their names.
    #[must_use]
    pub fn stages(&self) -> [(&'static str, Duration); 5] {
        [
            ("walk", self.walk),
            ("annotate", self.annotate),
            ("library", self.library),
            ("render", self.render),
            ("write", self.write),
        ]
    }
}

/// What changed on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or have changed.
    pub written: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files that the site no longer makes.
    pub deleted: usize,
}

impl Changes {
    pub(super) fn of(written: &Written) -> Self {
        Self { written: written.written, unchanged: written.unchanged, deleted: written.deleted }
    }
}

/// What a build, a check or a preview did.
#[derive(Debug, Default)]
pub struct Report {
    /// Briefs shown.
    pub briefs: usize,
    /// Speakers that have a page.
    pub speakers: usize,
    /// Statements counted.
    pub statements: usize,
    /// Files rendered, assets not counted.
    pub pages: usize,
    /// What changed on disk; `None` where nothing is written.
    pub changes: Option<Changes>,
    /// Whether a wrong template stopped the build: the last site is as it was.
    pub stopped: bool,
    /// What is wrong, in the order in which it is printed.
    pub diagnostics: Vec<Diagnostic>,
    /// How long it took.
    pub timings: Timings,
}

impl Report {
    pub(super) fn of(content: &Content, timings: Timings) -> Self {
        Self {
            briefs: content.library.briefs.len(),
            speakers: content.library.profiles.iter().filter(|profile| profile.page).count(),
            statements: content.library.statements.len(),
            timings,
            ..Self::default()
        }
    }

    pub(super) fn finished(mut self) -> Self {
        diag::sort(&mut self.diagnostics);
        self.diagnostics.dedup();
        self
    }

    /// How many diagnostics are of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }
}
