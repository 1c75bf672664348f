//! [`Builder`]: from the sources to what the preview shows.
//!
//! Three threads share the work, so that none waits for another: this one reads what was touched and
//! shows it at once; a second tries every page when nothing has been touched for a while, to find
//! templates that fail; a third, where it is asked for, writes the site to disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::preview::{Files, Preview, Shown};
use super::{Event, Options};
use crate::diag::Diagnostic;
use crate::output::disk;
use crate::site::Report;
use crate::site::session::{Generation, Looking, Session, Touched};

/// How long nothing must be touched before every page is tried.
const IDLE: Duration = Duration::from_millis(700);

/// Who is told what happens.
pub(super) type Tell = Arc<dyn Fn(Event) + Send + Sync>;

/// Reads the site and shows it.
pub(super) struct Builder {
    options: Arc<Options>,
    session: Session,
    preview: Arc<Preview>,
    tell: Tell,
    /// What was wrong the last time.
    told: Vec<Diagnostic>,
    trying: Sender<Arc<Generation>>,
    writing: Option<Sender<Touched>>,
}

impl Builder {
    pub(super) fn new(options: Options, origin: String, preview: Arc<Preview>, tell: Tell) -> Self {
        let options = Arc::new(options);
        let overrides = options.overrides.clone();
        let looking = Looking { overrides, origin: Some(origin), forgiving: true };
        let (trying, tried) = mpsc::channel();
        let (told, shown) = (Arc::clone(&tell), Arc::clone(&preview));
        std::thread::spawn(move || try_pages(&tried, &shown, &told));
        let writing = options.to_disk.is_some().then(|| {
            let (writing, written) = mpsc::channel();
            let (options, tell) = (Arc::clone(&options), Arc::clone(&tell));
            std::thread::spawn(move || write(&written, &options, &tell));
            writing
        });
        let session = Session::new(&options.root, looking);
        Self { options, session, preview, tell, told: Vec::new(), trying, writing }
    }

    pub(super) fn root(&self) -> &Path {
        &self.options.root
    }

    /// Reads what was touched and shows what comes of it.
    pub(super) fn build(&mut self, touched: &Touched) {
        let before = self.preview.shown().site;
        match self.session.update(touched) {
            // Nothing that was touched is another one now.
            Ok(site) if before.is_some_and(|before| Arc::ptr_eq(&before, &site)) && !has_files(touched) => {
                return;
            }
            Ok(site) => {
                let shown = Shown { site: Some(Arc::clone(&site)), unusable: Vec::new() };
                self.preview.show(shown, files(touched));
                let report = site.report();
                let known =
                    |problem: &Diagnostic| self.told.binary_search_by(|told| told.key().cmp(&problem.key()));
                let is_new = |problem: &&Diagnostic| known(problem).is_err();
                let new: Vec<Diagnostic> = report.diagnostics.iter().filter(is_new).cloned().collect();
                (self.tell)(Event::Built { report: &report, new: &new });
                self.told = report.diagnostics;
                // An error says that the preview is going away.
                let _ = self.trying.send(site);
            }
            Err(unusable) => {
                let report = Report { stopped: true, diagnostics: unusable.clone(), ..Report::default() };
                (self.tell)(Event::Failed(&report));
                self.preview.show(Shown { site: None, unusable }, Files::All);
            }
        }
        if let Some(writing) = &self.writing {
            let _ = writing.send(touched.clone());
        }
    }
}

/// Tries every page of the newest site once nothing has been touched for a while.
fn try_pages(sites: &Receiver<Arc<Generation>>, preview: &Preview, tell: &Tell) {
    let mut next = sites.recv().ok();
    while let Some(site) = next.take() {
        next = match sites.recv_timeout(IDLE) {
            Ok(newer) => Some(newer),
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let before = site.failures();
                let mut newer = None;
                site.try_all(|| {
                    newer = sites.try_recv().ok();
                    newer.is_none()
                });
                if site.failures() != before {
                    preview.tell();
                    (tell)(Event::Failed(&Report { diagnostics: site.failed(), ..Report::default() }));
                }
                newer.or_else(|| sites.recv().ok())
            }
        };
    }
}

/// Writes the site to disk as `build` would, with its real address and without drafts, whenever
/// something was touched.
fn write(changes: &Receiver<Touched>, options: &Options, tell: &Tell) {
    let Some(output) = &options.to_disk else { return };
    let overrides = crate::site::Overrides { drafts: false, future: false, ..options.overrides.clone() };
    let mut session = Session::new(&options.root, Looking { overrides, origin: None, forgiving: false });
    while let Ok(mut touched) = changes.recv() {
        changes.try_iter().for_each(|more| touched.add(more));
        let written = session.update(&touched).ok().map(|site| {
            let folder = disk::Output::open(output)?;
            if site.write(&folder)? {
                folder.commit()?;
            }
            Ok(())
        });
        if let Some(Err(error)) = written {
            (tell)(Event::NotWritten(&error));
        }
    }
}

/// Whether files that are copied as they are were touched.
fn has_files(touched: &Touched) -> bool {
    files(touched) != Files::Some(BTreeSet::new())
}

/// The addresses of the files that were touched, below the site's.
fn files(touched: &Touched) -> Files {
    let Touched::Paths(paths) = touched else { return Files::All };
    let address = |path: &PathBuf| {
        let parts: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
        match parts.as_slice() {
            ["static" | "content", rest @ ..] | ["themes", _, "static", rest @ ..] => Some(rest.join("/")),
            _ => None,
        }
    };
    let entry = |file: &String| [".md", ".markdown", ".txt", ".toml"].iter().any(|end| file.ends_with(end));
    Files::Some(paths.iter().filter_map(address).filter(|file| !entry(file)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touched_files_have_the_addresses_of_the_site() {
        let touched =
            ["static/site.css", "themes/plain/static/a/b.js", "content/trip/cat.jpg", "content/a.md"];
        let touched = Touched::Paths(touched.iter().map(PathBuf::from).collect());
        let expected = ["a/b.js", "site.css", "trip/cat.jpg"].map(str::to_owned);
        assert_eq!(files(&touched), Files::Some(expected.into()));
        assert_eq!(files(&Touched::Everything), Files::All);
        assert!(!has_files(&Touched::Paths([PathBuf::from("people.toml")].into())));
    }
}
