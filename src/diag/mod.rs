//! Diagnostics: what is wrong in somebody's content, said as a value.
//!
//! A mistake in content never stops a build and never vanishes. Whoever finds one makes a
//! [`Diagnostic`] with a stable [`Code`]; `cli` alone prints it, as [`Diagnostic::render`] for
//! people or as JSON for editors. Faults of the outside world (a disk that is full) are typed
//! errors of the module that meets them, not diagnostics.

mod code;
mod flood;
mod location;
mod render;

use std::path::{Path, PathBuf};

use serde::Serialize;

pub use code::Code;
pub use flood::Flood;
pub use location::Location;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The entry, or the part named, is left out. Exit status 1.
    Error,
    /// Something was derived, guessed or ignored. Exit status 1 under `--deny-warnings`.
    Warning,
    /// Worth knowing; never changes the exit status.
    Note,
}

impl Severity {
    /// The word that is printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing that somebody should know about their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Which mistake, for searching and for silencing.
    pub code: Code,
    /// What is wrong, one sentence without a full stop, in lower case.
    pub message: String,
    /// The file, relative to the site's folder.
    pub path: Option<PathBuf>,
    /// The place in the file.
    pub location: Option<Location>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    #[must_use]
    pub fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self { severity, code, message: message.into(), path: None, location: None, hint: None }
    }

    /// An error without a place.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning without a place.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A note without a place.
    #[must_use]
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// The same in the file at `path` (relative to the site's folder).
    #[must_use]
    pub fn in_file(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_path_buf());
        self
    }

    /// The same at a place.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// The same with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What diagnostics are sorted by: file, place, code, message.
    pub(crate) fn key(&self) -> (Option<&Path>, usize, usize, Code, &str) {
        let (line, column) = self.location.as_ref().map_or((0, 0), |l| (l.line, l.column));
        (self.path.as_deref(), line, column, self.code, &self.message)
    }
}

/// Puts diagnostics into the order in which they are printed: by file, then by place.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| a.key().cmp(&b.key()));
}

/// The one of `known` that is nearest to `word`, if any is near enough to be meant.
///
/// ```
/// assert_eq!(dateline::diag::nearest("titel", &["title", "date"]), Some("title"));
/// assert_eq!(dateline::diag::nearest("colour", &["title", "date"]), None);
/// ```
#[must_use]
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let limit = (word.chars().count() / 3).clamp(1, 3);
    known
        .iter()
        .map(|k| (distance(word, k), *k))
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

/// Edits between two words, a swap of neighbours counting as one (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}
