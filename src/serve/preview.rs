//! [`Preview`]: the last good site, what is wrong now, and who is told about changes.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::broadcast;

use crate::diag::Diagnostic;
use crate::output::{SitePath, memory};

/// The site at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The files, by path.
    pub files: BTreeMap<SitePath, memory::File>,
    /// The path under which they stand, with a slash at both ends.
    pub base_path: String,
    /// What is wrong, in the order in which it is printed.
    pub problems: Vec<Diagnostic>,
}

/// What browsers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Load the page again.
    Page,
    /// Load the style sheets again; the page stays.
    Style,
    /// The list of problems is another one.
    Problems,
}

impl Change {
    /// The name of the event.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Style => "style",
            Self::Problems => "problems",
        }
    }
}

/// What is served now.
#[derive(Debug)]
pub struct Preview {
    now: RwLock<Arc<Snapshot>>,
    changes: broadcast::Sender<Change>,
}

impl Preview {
    /// An empty preview.
    #[must_use]
    pub fn new() -> Self {
        let empty = Snapshot { base_path: "/".into(), ..Snapshot::default() };
        Self { now: RwLock::new(Arc::new(empty)), changes: broadcast::Sender::new(16) }
    }

    /// The site as it is now.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows a new site and tells the browsers what that means for them.
    pub fn show(&self, next: Snapshot) {
        let before = self.snapshot();
        let change = difference(&before, &next);
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        if let Some(change) = change {
            // An error says that no browser listens.
            let _ = self.changes.send(change);
        }
    }

    /// Keeps the last good site and says what is wrong.
    pub fn keep(&self, problems: Vec<Diagnostic>) {
        let before = self.snapshot();
        self.show(Snapshot { problems, ..(*before).clone() });
    }

    /// What will change from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}

impl Default for Preview {
    fn default() -> Self {
        Self::new()
    }
}

/// What the step from one site to the next means for an open page.
///
/// A style sheet's digest stands in the address that pages carry (`?h=`), so pages differ in it
/// when only the style changed: they are compared without those addresses.
fn difference(before: &Snapshot, after: &Snapshot) -> Option<Change> {
    let changed: Vec<&SitePath> = after
        .files
        .iter()
        .filter(|(path, file)| before.files.get(path).is_none_or(|old| old.digest != file.digest))
        .map(|(path, _)| path)
        .chain(before.files.keys().filter(|path| !after.files.contains_key(path)))
        .collect();
    if changed.is_empty() && before.base_path == after.base_path {
        return (before.problems != after.problems).then_some(Change::Problems);
    }
    let style = |path: &&SitePath| path.as_str().ends_with(".css");
    let same_page = |path: &&SitePath| {
        let old = before.files.get(path).map(|file| without_hashes(&file.content));
        old.is_some() && old == after.files.get(path).map(|file| without_hashes(&file.content))
    };
    let only_style = changed.iter().any(style) && changed.iter().all(|p| style(p) || same_page(p));
    Some(if only_style { Change::Style } else { Change::Page })
}

/// A page without the digests in its addresses.
fn without_hashes(content: &[u8]) -> Vec<u8> {
    const MARK: &[u8] = b"?h=";
    let mut out = Vec::with_capacity(content.len());
    let mut at = 0;
    while at < content.len() {
        if content[at..].starts_with(MARK) {
            at += MARK.len();
            at += content[at..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        } else {
            out.push(content[at]);
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::output::Sink as _;

    fn snapshot(files: &[(&str, &str)]) -> Snapshot {
        let output = memory::Output::new();
        for (path, content) in files {
            output.put(&SitePath::new(path).unwrap(), content.as_bytes()).unwrap();
        }
        Snapshot { files: output.into_files(), base_path: "/".into(), problems: Vec::new() }
    }

    #[test]
    fn browsers_are_told_what_changed() {
        let first = snapshot(&[("a.html", "<link href='/s.css?h=12ab'>"), ("s.css", "1")]);
        let style = snapshot(&[("a.html", "<link href='/s.css?h=34cd'>"), ("s.css", "2")]);
        let page = snapshot(&[("a.html", "other"), ("s.css", "1")]);
        let fewer = snapshot(&[("s.css", "1")]);
        let mut wrong = first.clone();
        wrong.problems.push(Diagnostic::error(Code::EMPTY, "x"));
        assert_eq!(difference(&first, &first), None);
        assert_eq!(difference(&first, &style), Some(Change::Style));
        assert_eq!(difference(&first, &page), Some(Change::Page));
        assert_eq!(difference(&first, &fewer), Some(Change::Page));
        assert_eq!(difference(&first, &wrong), Some(Change::Problems));
    }

    #[test]
    fn a_failed_build_keeps_the_last_site() {
        let preview = Preview::new();
        let mut changes = preview.listen();
        preview.show(snapshot(&[("a.html", "1")]));
        preview.keep(vec![Diagnostic::error(Code::BAD_TEMPLATE, "x")]);
        assert_eq!(changes.try_recv(), Ok(Change::Page));
        assert_eq!(changes.try_recv(), Ok(Change::Problems));
        let now = preview.snapshot();
        assert_eq!((now.files.len(), now.problems.len()), (1, 1));
    }
}
