//! [`draw`]: every page and file of the site, into a [`Sink`].

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::beside::{self, Shown};
use super::stages::{self, Drawing, Job, Last, Page};
use super::{Content, Keep, Site};
use crate::diag::{Code, Diagnostic};
use crate::output::{OutputError, Sink, SitePath};
use crate::parse::Show;

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Pages, feeds and the like; no assets.
    pub(super) pages: usize,
    /// Whether a template is wrong. The sink then holds a part of the site only.
    pub(super) failed: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A file that may go along with a page.
pub(super) struct Beside<'a> {
    pub(super) shown: Shown<'a>,
    /// Whether the whole article is shown, and with it every file that it names. Otherwise a
    /// file goes along only where the page, as it was rendered, names it.
    pub(super) whole: bool,
}

/// Renders the whole site into `sink`.
pub(super) fn draw(
    site: &Site,
    content: &Content,
    sink: &dyn Sink,
    keep: Keep,
) -> Result<Drawn, OutputError> {
    let mut drawn = Drawn::default();
    let drawing = match Drawing::new(site, content, keep) {
        Ok(drawing) => drawing,
        Err(diagnostic) => {
            drawn.failed = true;
            drawn.diagnostics.push(diagnostic);
            return Ok(drawn);
        }
    };
    let jobs = claim(drawing.plan(), &mut drawn.diagnostics);
    let mut taken: BTreeSet<SitePath> = jobs.iter().map(|(path, _)| path.clone()).collect();
    drawn.pages = jobs.len();
    let beside = beside_pages(content);
    let rendered: Vec<Result<Vec<&Beside>, Diagnostic>> = jobs
        .par_iter()
        .map_init(Last::default, |last, (path, job)| {
            let page = match drawing.render_next(job, last) {
                Ok(page) => page,
                Err(diagnostic) => return Ok(Err(diagnostic)),
            };
            let files = beside.get(path.as_str()).into_iter().flatten();
            let files =
                files.filter(|b| b.whole || names(&page, &b.shown.target, &b.shown.written)).collect();
            sink.put(path, &page).map(|()| Ok(files))
        })
        .collect::<Result<_, OutputError>>()?;

    let mut files: BTreeMap<&SitePath, &Shown> = BTreeMap::new();
    for page in rendered {
        match page {
            Ok(shown) => files.extend(shown.into_iter().map(|b| (&b.shown.target, &b.shown))),
            Err(diagnostic) => {
                drawn.failed = true;
                drawn.diagnostics.push(diagnostic);
            }
        }
    }
    files.into_values().try_for_each(|file| drawn.copy(file, &mut taken, sink))?;
    drawn.index(drawing.search_index(), &mut taken, sink)?;
    if !drawn.failed {
        drawing.prune();
    }
    let own = site.statics.files().iter().filter(|(path, file)| !stages::is_built_in(path, &file.content));
    for (path, _) in own.filter(|(path, _)| taken.contains(path)) {
        drawn.diagnostics.push(
            Diagnostic::error(Code::ADDRESS_TAKEN, format!("`{path}` is a page of the site"))
                .in_file(format!("static/{path}"))
                .hint("give the file another name"),
        );
    }
    site.statics.copy(sink, |path| !taken.contains(path))?;
    if site.hosting.is_some() {
        site.statics.copy_renamed(sink, |path| !taken.contains(path))?;
    }
    Ok(drawn)
}

/// Gives each job its path, in order; no two of a plan have the same.
pub(super) fn claim(jobs: Vec<Job>, diagnostics: &mut Vec<Diagnostic>) -> Vec<(SitePath, Job)> {
    let path = |job: Job| match SitePath::new(&job.path) {
        Ok(path) => Some((path, job)),
        Err(bad) => {
            let bad = Diagnostic::error(Code::BAD_SLUG, bad.to_string());
            diagnostics.push(bad.hint("give the page another `slug`"));
            None
        }
    };
    jobs.into_iter().filter_map(path).collect()
}

impl Drawn {
    /// Puts the files of the search index.
    fn index(
        &mut self,
        files: Vec<Page>,
        taken: &mut BTreeSet<SitePath>,
        sink: &dyn Sink,
    ) -> Result<(), OutputError> {
        let mut claimed = Vec::with_capacity(files.len());
        for file in files {
            let path = SitePath::new(&file.path).expect("the index has plain names");
            if taken.insert(path.clone()) {
                claimed.push((path, file.content));
            } else {
                self.diagnostics.push(
                    Diagnostic::error(Code::ADDRESS_TAKEN, format!("`{path}` belongs to the search index"))
                        .hint("give the page or file there another name, or write `search = false`"),
                );
            }
        }
        claimed.par_iter().try_for_each(|(path, content)| sink.put(path, content))
    }

    /// Copies a file that a page shows.
    fn copy(
        &mut self,
        file: &Shown,
        taken: &mut BTreeSet<SitePath>,
        sink: &dyn Sink,
    ) -> Result<(), OutputError> {
        let source = format!("content/{}", file.asset.path.display()).replace('\\', "/");
        if !taken.insert(file.target.clone()) {
            self.diagnostics.push(
                Diagnostic::error(Code::ADDRESS_TAKEN, format!("`{}` is a page of the site", file.target))
                    .in_file(source)
                    .hint("give the file another name"),
            );
            return Ok(());
        }
        match beside::bytes(&file.asset.file) {
            Ok(content) => sink.put(&file.target, &content),
            Err(error) => {
                let message = format!("the file cannot be read: {error}");
                self.diagnostics.push(Diagnostic::error(Code::UNREADABLE, message).in_file(source));
                Ok(())
            }
        }
    }
}

/// The files that may go along with each page, by the page's path.
pub(super) fn beside_pages(content: &Content) -> BTreeMap<String, Vec<Beside<'_>>> {
    let mut pages = BTreeMap::new();
    for (folder, article) in content.placed() {
        let files: Vec<Beside> = beside::shown(article, &content.assets)
            .into_iter()
            .map(|shown| Beside { shown, whole: article.meta.show == Show::Full })
            .collect();
        if !files.is_empty() {
            pages.insert(format!("{folder}/index.html"), files);
        }
    }
    pages
}

/// Whether a rendered page names the file that goes to `target`, which its article writes so.
pub(super) fn names(page: &[u8], target: &SitePath, written: &str) -> bool {
    str::from_utf8(page).is_ok_and(|page| page.contains(target.as_str()) || page.contains(written))
}
