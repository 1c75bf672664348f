//! [`json`]: what the preview's script asks beside the page: what is wrong, what is uncertain, which
//! files were touched.

use serde::Serialize;

use super::preview::{Files, Preview, Shown};
use crate::diag::{Diagnostic, Severity};
use crate::output::SitePath;
use crate::site::session::Doubt;

#[derive(Serialize)]
struct State {
    /// The number of the last change.
    number: u64,
    /// The entry of the page, relative to the site's folder.
    entry: Option<String>,
    /// Whether the page shows an older state of its entry.
    stale: bool,
    /// Errors and warnings, in the order in which they are printed.
    problems: Vec<Problem>,
    /// What the annotator is unsure of on the page.
    doubts: Vec<Doubt>,
    /// Files that were touched since the change that the page shows; `null`: any.
    files: Option<Vec<String>>,
}

#[derive(Serialize)]
struct Problem {
    severity: Severity,
    code: &'static str,
    name: &'static str,
    message: String,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    /// The line, where in it the place is, and how many characters are meant.
    excerpt: Option<String>,
    offset: Option<usize>,
    width: Option<usize>,
    hint: Option<String>,
    /// Whether it is about the entry of this page, or its notes.
    here: bool,
}

/// The state as JSON; `query` has the page's path below the site's (`page=briefs/a/`) and the number of
/// the change that it shows (`since=4`).
pub(super) fn json(preview: &Preview, query: &str) -> String {
    let value = |key: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(name, _)| *name == key).find_map(|(_, value)| crate::site::decode(value))
    };
    let page = value("page").unwrap_or_default();
    let since = value("since").and_then(|number| number.parse().ok()).unwrap_or_default();
    let (number, files) = preview.touched_since(since);
    let state = State::of(&preview.shown(), &page, number, files);
    serde_json::to_string(&state).expect("strings and numbers always serialise")
}

impl State {
    fn of(shown: &Shown, page: &str, number: u64, files: Files) -> Self {
        let name =
            if page.is_empty() || page.ends_with('/') { format!("{page}index.html") } else { page.into() };
        let site = shown.site.as_deref();
        let path = SitePath::new(&name).ok();
        let at = site.zip(path.as_ref());
        let entry = at.and_then(|(site, path)| site.entry(path)).map(std::path::Path::to_owned);
        let notes = entry.as_ref().map(|entry| entry.with_extension("notes.toml"));
        let all = site.map_or_else(|| shown.unusable.clone(), |site| site.diagnostics());
        let told = all.into_iter().filter(|problem| problem.severity != Severity::Note);
        let problems = told.map(|problem| {
            let here = problem.path.is_some() && (problem.path == entry || problem.path == notes);
            Problem::of(problem, here)
        });
        Self {
            number,
            stale: at.is_some_and(|(site, path)| site.is_stale(path)),
            problems: problems.collect(),
            doubts: at.map(|(site, path)| site.doubts(path)).unwrap_or_default(),
            entry: entry.map(|entry| slashes(&entry)),
            files: match files {
                Files::All => None,
                Files::Some(files) => Some(files.into_iter().collect()),
            },
        }
    }
}

impl Problem {
    fn of(problem: Diagnostic, here: bool) -> Self {
        let place = problem.location;
        Self {
            severity: problem.severity,
            code: problem.code.id,
            name: problem.code.name,
            message: problem.message,
            path: problem.path.as_deref().map(slashes),
            line: place.as_ref().map(|place| place.line),
            column: place.as_ref().map(|place| place.column),
            offset: place.as_ref().map(|place| place.offset),
            width: place.as_ref().map(|place| place.width),
            excerpt: place.map(|place| place.excerpt),
            hint: problem.hint,
            here,
        }
    }
}

fn slashes(path: &std::path::Path) -> String {
    path.display().to_string().replace('\\', "/")
}
