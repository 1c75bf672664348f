//! [`Generation`]: a site at one moment, whose pages are drawn when they are asked for.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use super::doubts::{self, Doubt};
use super::{Templates, stages};
use crate::config::Settings;
use crate::diag::{self, Diagnostic};
use crate::output::{OutputError, Sink, SitePath, content_type};
use crate::render::{Common, JobKind};
use crate::site::draw::{Beside, beside_pages, claim, draw, names};
use crate::site::stages::{Drawing, Job};
use crate::site::{Content, Keep, Report, Site, Timings, beside};

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its bytes.
    pub content: Vec<u8>,
    /// The `Content-Type`.
    pub content_type: &'static str,
}

/// The site at one moment.
#[derive(Debug)]
pub struct Generation {
    site: Arc<Site>,
    content: Arc<Content>,
    templates: Vec<Arc<Templates>>,
    /// What the pages show.
    jobs: Vec<(SitePath, Job)>,
    /// The place of each page in `jobs`, by its file.
    places: HashMap<SitePath, usize>,
    /// What is made once for all pages.
    common: OnceLock<Arc<Common>>,
    /// The search index, made when somebody searches.
    index: OnceLock<BTreeMap<String, Vec<u8>>>,
    /// The files that pages show, by where they stand; each with the page that names it.
    beside: OnceLock<BTreeMap<SitePath, Vec<Named>>>,
    /// What is wrong with the newest settings and templates, where older ones hold.
    unusable: Vec<Diagnostic>,
    /// The entries that are shown as they last were.
    stale: BTreeSet<PathBuf>,
    /// What is known to be wrong; pages that fail when they are drawn add to it.
    diagnostics: Mutex<Vec<Diagnostic>>,
    /// How many came out when pages were drawn.
    failures: AtomicUsize,
    timings: Timings,
}

/// A file under content/ as a page names it.
#[derive(Debug)]
struct Named {
    page: String,
    written: String,
    whole: bool,
    file: PathBuf,
}

impl Generation {
    pub(super) fn new(
        site: Arc<Site>,
        content: Arc<Content>,
        templates: Vec<Arc<Templates>>,
        unusable: Vec<Diagnostic>,
        stale: BTreeSet<PathBuf>,
        mut timings: Timings,
    ) -> Self {
        let start = Instant::now();
        let mut diagnostics = unusable.clone();
        diagnostics.extend(site.diagnostics.iter().cloned());
        diagnostics.extend(content.diagnostics.iter().cloned());
        let mut generation = Self {
            site,
            content,
            templates,
            jobs: Vec::new(),
            places: HashMap::new(),
            common: OnceLock::new(),
            index: OnceLock::new(),
            beside: OnceLock::new(),
            stale,
            unusable,
            diagnostics: Mutex::default(),
            failures: AtomicUsize::new(0),
            timings,
        };
        let planned = generation.drawings().next().map(|(_, drawing)| drawing.plan()).unwrap_or_default();
        generation.places.reserve(planned.len());
        generation.jobs.reserve_exact(planned.len());
        for (path, job) in claim(planned, &mut diagnostics) {
            generation.places.insert(path.clone(), generation.jobs.len());
            generation.jobs.push((path, job));
        }
        timings.render = start.elapsed();
        generation.timings = timings;
        generation.diagnostics = Mutex::new(diagnostics);
        generation
    }

    /// The path under which the site stands, with a slash at both ends.
    #[must_use]
    pub fn base_path(&self) -> &str {
        self.site.settings.site.base_url.path()
    }

    /// The settings that hold.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.site.settings
    }

    /// Whether it is made of these parts.
    pub(super) fn is_of(
        &self,
        site: &Arc<Site>,
        content: &Arc<Content>,
        unusable: &[Diagnostic],
        stale: &BTreeSet<PathBuf>,
    ) -> bool {
        let same = Arc::ptr_eq(&self.site, site) && Arc::ptr_eq(&self.content, content);
        same && self.unusable == unusable && self.stale == *stale
    }

    pub(super) fn content(&self) -> &Arc<Content> {
        &self.content
    }

    /// The file of this name (`briefs/a/index.html`); `None` where the site has none.
    ///
    /// # Errors
    /// What is wrong with the templates, where not even the built-in ones can draw the page.
    pub fn file(&self, path: &SitePath) -> Option<Result<Found, Diagnostic>> {
        let content = match self.job(path) {
            Some(job) => self.draw(job),
            None => Ok(self.beside(path).or_else(|| self.indexed(path)).or_else(|| self.fixed(path))?),
        };
        Some(content.map(|content| Found { content, content_type: content_type(path.as_str()) }))
    }

    fn job(&self, path: &SitePath) -> Option<&Job> {
        self.places.get(path).map(|place| &self.jobs[*place].1)
    }

    /// Whether a page or feed stands in this file.
    #[must_use]
    pub fn has(&self, path: &SitePath) -> bool {
        self.places.contains_key(path)
    }

    /// The paths of every page and feed.
    pub fn pages(&self) -> impl Iterator<Item = &SitePath> {
        self.jobs.iter().map(|(path, _)| path)
    }

    /// Whether this file is one of the built-in theme, as that has it.
    #[must_use]
    pub fn is_built_in(&self, path: &SitePath) -> bool {
        let own = self.site.statics.files().get(path);
        own.is_some_and(|file| stages::is_built_in(path, &file.content)) && !self.has(path)
    }

    /// How many mistakes in templates have come out when pages were drawn.
    #[must_use]
    pub fn failures(&self) -> usize {
        self.failures.load(Ordering::Relaxed)
    }

    /// What is wrong, as far as it is known, sorted.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all = self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner).clone();
        diag::sort(&mut all);
        all.dedup();
        all
    }

    /// What was read, and what is wrong with it.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report::of(&self.content, self.timings);
        report.pages = self.jobs.len();
        report.diagnostics = self.diagnostics();
        report
    }

    /// The entry of the brief or plain page that stands in this file.
    #[must_use]
    pub fn entry(&self, path: &SitePath) -> Option<&std::path::Path> {
        match self.job(path)?.kind {
            JobKind::Brief(id) => Some(&self.content.library.briefs[id].entry),
            JobKind::Page(index) => Some(&self.content.pages[index].path),
            _ => None,
        }
    }

    /// Whether the page in this file shows an older state of its entry, the newest being too broken.
    #[must_use]
    pub fn is_stale(&self, path: &SitePath) -> bool {
        self.entry(path).is_some_and(|entry| self.stale.contains(entry))
    }

    /// What the annotator is unsure of on the page in this file, in the order of the text.
    #[must_use]
    pub fn doubts(&self, path: &SitePath) -> Vec<Doubt> {
        let Some(JobKind::Brief(id)) = self.job(path).map(|job| &job.kind) else { return Vec::new() };
        doubts::of(&self.content.library, *id, self.content.brief(*id), &self.site.settings)
    }

    /// The mistakes in templates that have come out when pages were drawn.
    #[must_use]
    pub fn failed(&self) -> Vec<Diagnostic> {
        let all = self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner);
        all[all.len() - self.failures()..].to_vec()
    }

    /// Writes the site as [`Site::build`] would; `false` where a template is wrong: the sink then holds
    /// a part of it only.
    ///
    /// # Errors
    /// Where the sink refuses.
    pub fn write(&self, sink: &dyn Sink) -> Result<bool, OutputError> {
        Ok(!draw(&self.site, &self.content, sink, Keep::Yes)?.failed)
    }

    /// Draws every page, to find those that fail; stops early where `go_on` says so. Pictures are left
    /// out: they take too long.
    pub fn try_all(&self, mut go_on: impl FnMut() -> bool) {
        for (templates, drawing) in self.drawings().take(1) {
            let pages = self.jobs.iter().map(|(_, job)| job).filter(|job| !job.is_card());
            for job in pages.take_while(|_| go_on()) {
                if let Err(diagnostic) = drawing.render(job) {
                    self.fail(templates, diagnostic);
                }
            }
        }
    }

    /// The templates that can be tried, with everything that their pages show.
    fn drawings(&self) -> impl Iterator<Item = (Option<&Arc<Templates>>, Drawing<'_>)> {
        let own = self.templates.iter().map(|templates| (Some(templates), Arc::clone(&templates.renderer)));
        let built_in = std::iter::once_with(|| stages::renderer(&self.site, &[]).ok());
        let all = own.chain(built_in.flatten().map(|renderer| (None, Arc::new(renderer))));
        let (site, content) = (&self.site, &self.content);
        all.map(move |(templates, renderer)| {
            let common = self.common.get_or_init(|| Common::of(&content.library, &content.pages));
            (templates, Drawing::with(renderer, site, content, Arc::clone(common), Keep::Yes))
        })
    }

    /// A page, drawn by the newest templates that can.
    fn draw(&self, job: &Job) -> Result<Vec<u8>, Diagnostic> {
        let mut first = None;
        for (templates, drawing) in self.drawings() {
            match drawing.render(job) {
                Ok(page) => return Ok(page),
                Err(diagnostic) => {
                    self.fail(templates, diagnostic.clone());
                    first.get_or_insert(diagnostic);
                }
            }
        }
        Err(first.expect("there are built-in templates"))
    }

    fn fail(&self, templates: Option<&Arc<Templates>>, diagnostic: Diagnostic) {
        if let Some(templates) = templates {
            templates.failed.store(true, Ordering::Relaxed);
            // What older templates fail at is not what is wrong now.
            if !Arc::ptr_eq(templates, &self.templates[0]) {
                return;
            }
        }
        let mut all = self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains(&diagnostic) {
            all.push(diagnostic);
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A file of the search index.
    fn indexed(&self, path: &SitePath) -> Option<Vec<u8>> {
        let make = || {
            let files = self.drawings().next().map(|(_, drawing)| drawing.search_index());
            files.into_iter().flatten().map(|file| (file.path, file.content)).collect()
        };
        let may_be = path.as_str().starts_with("search/");
        may_be.then(|| self.index.get_or_init(make).get(path.as_str()).cloned()).flatten()
    }

    /// A file under content/ that a page shows.
    fn beside(&self, path: &SitePath) -> Option<Vec<u8>> {
        let pages = self.beside.get_or_init(|| self.named()).get(path)?;
        let shown = |named: &&Named| {
            named.whole || {
                let page = SitePath::new(&named.page).ok().and_then(|page| self.draw(self.job(&page)?).ok());
                page.is_some_and(|page| names(&page, path, &named.written))
            }
        };
        beside::bytes(&pages.iter().find(shown)?.file).ok()
    }

    fn named(&self) -> BTreeMap<SitePath, Vec<Named>> {
        let mut named: BTreeMap<SitePath, Vec<Named>> = BTreeMap::new();
        for (page, files) in beside_pages(&self.content) {
            for Beside { shown, whole } in files {
                let file = shown.asset.file.clone();
                let one = Named { page: page.clone(), written: shown.written, whole, file };
                named.entry(shown.target).or_default().push(one);
            }
        }
        named
    }

    /// A static file.
    fn fixed(&self, path: &SitePath) -> Option<Vec<u8>> {
        self.site.statics.files().get(path).map(|file| file.content.to_vec())
    }
}
