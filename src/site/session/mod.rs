//! [`Session`]: a site that is looked at while people write.
//!
//! A build reads everything once; a session keeps what every entry became, under the bytes that it was
//! made of, and reads again only what has changed. The library is folded anew from what was kept, and
//! pages are drawn when somebody asks for them ([`Generation::file`]): so whatever is asked for, a page
//! or a list that shows it, is of the newest state, and nothing has to be known about which page
//! depends on what. A generation gives the bytes that [`Site::preview`] would give of the same files
//! (`tests/suite/session.rs`), but for what is too broken to be drawn: there it gives the last good
//! state, and says so.

mod doubts;
mod entries;
mod generation;

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

pub use doubts::{Answer, Doubt};
pub use generation::{Found, Generation};

use self::entries::Entries;
use super::stages::{self, Memory, Renderer};
use super::{Content, Loaded, Overrides, Site, Timings};
use crate::config::BaseUrl;
use crate::content::Found as Files;
use crate::diag::Diagnostic;

/// What may have changed since the last look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Anything.
    Everything,
    /// These files and folders, relative to the site's folder (`content/moon/a.md`), and what lies in
    /// them.
    Paths(BTreeSet<PathBuf>),
}

impl Touched {
    /// Nothing.
    #[must_use]
    pub fn nothing() -> Self {
        Self::Paths(BTreeSet::new())
    }

    /// Takes in what another look would have taken in.
    pub fn add(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::Paths(paths), Self::Paths(more)) => paths.extend(more),
            _ => *self = Self::Everything,
        }
    }

    /// Whether `path` or a folder above it is among them.
    fn has(&self, path: &Path) -> bool {
        match self {
            Self::Everything => true,
            Self::Paths(paths) => path.ancestors().any(|above| paths.contains(above)),
        }
    }

    /// Whether settings, templates or static files may have changed.
    fn has_theme(&self) -> bool {
        let is_content =
            |path: &PathBuf| path.components().next() == Some(Component::Normal("content".as_ref()));
        match self {
            Self::Everything => true,
            Self::Paths(paths) => !paths.iter().all(is_content),
        }
    }
}

/// How a session looks at a site.
#[derive(Clone, Debug)]
pub struct Looking {
    /// What the command line says.
    pub overrides: Overrides,
    /// `http://127.0.0.1:1111`, in the place of the real address's; its path stays.
    pub origin: Option<String>,
    /// Whether what is too broken to be shown is shown as it last was.
    pub forgiving: bool,
}

/// A site, read again after each change.
#[derive(Debug)]
pub struct Session {
    root: PathBuf,
    looking: Looking,
    /// The last settings, templates and static files that could be used.
    site: Option<Arc<Site>>,
    /// What is wrong with the newest settings, where they cannot be used.
    unusable: Vec<Diagnostic>,
    /// What lay under content/.
    files: Files,
    entries: Entries,
    /// What the last fold has found out.
    memory: Memory,
    theme: Option<Theme>,
    last: Option<Arc<Generation>>,
}

/// The templates of a site, ready to draw.
#[derive(Clone, Debug)]
struct Theme {
    /// The site that they are made of.
    site: Arc<Site>,
    /// The newest, where it can be read, and what takes its place where it fails.
    templates: Vec<Arc<Templates>>,
    /// Why the newest cannot be read.
    wrong: Option<Diagnostic>,
}

/// One state of the templates.
#[derive(Debug)]
struct Templates {
    renderer: Arc<Renderer>,
    /// Whether a page could not be drawn with it.
    failed: AtomicBool,
}

impl Session {
    /// A session that has read nothing yet.
    #[must_use]
    pub fn new(root: &Path, looking: Looking) -> Self {
        Self {
            root: root.to_owned(),
            entries: Entries::new(looking.forgiving),
            looking,
            site: None,
            unusable: Vec::new(),
            files: Files::default(),
            memory: Memory::keeping(),
            theme: None,
            last: None,
        }
    }

    /// Reads what was touched, and answers with the site as it is now.
    ///
    /// # Errors
    /// What is wrong with dateline.toml or people.toml, where they cannot be used and never could.
    pub fn update(&mut self, touched: &Touched) -> Result<Arc<Generation>, Vec<Diagnostic>> {
        let mut timings = Timings::default();
        let start = Instant::now();
        if self.site.is_none() || touched.has_theme() {
            self.load();
        }
        let Some(site) = self.site.clone() else { return Err(self.unusable.clone()) };
        let files = stages::walk(&self.root);
        timings.walk = start.elapsed();

        let start = Instant::now();
        let read = self.entries.update(&self.root, &files.entries, touched, &site.settings);
        timings.annotate = start.elapsed();

        let start = Instant::now();
        let same = !read && files.assets == self.files.assets && files.diagnostics == self.files.diagnostics;
        let last = self.last.as_ref().filter(|last| same && last.settings() == &site.settings);
        let content = match last {
            Some(last) => Arc::clone(last.content()),
            None => {
                let outcomes = self.entries.outcomes(&files.entries);
                let (assets, diagnostics) = (files.assets.clone(), files.diagnostics.clone());
                Arc::new(Content::of(assets, diagnostics, &outcomes, &site.settings, &mut self.memory))
            }
        };
        self.files = files;
        timings.library = start.elapsed();

        let theme = self.theme(&site);
        let unusable: Vec<Diagnostic> = self.unusable.iter().cloned().chain(theme.wrong).collect();
        let stale = self.entries.stale();
        if let Some(last) = self.last.as_ref().filter(|last| last.is_of(&site, &content, &unusable, &stale)) {
            return Ok(Arc::clone(last));
        }
        let generation = Generation::new(site, content, theme.templates, unusable, stale, timings);
        let generation = Arc::new(generation);
        self.last = Some(Arc::clone(&generation));
        Ok(generation)
    }

    fn load(&mut self) {
        let Loaded { site, diagnostics } = Site::load(&self.root, &self.looking.overrides);
        self.unusable = diagnostics;
        if let Some(mut site) = site {
            if let Some(origin) = &self.looking.origin {
                site.settings.site.base_url = at_origin(origin, &site.settings.site.base_url);
            }
            self.site = Some(Arc::new(site));
        }
    }

    /// The templates of `site`, and behind them the last with which nothing has failed yet.
    fn theme(&mut self, site: &Arc<Site>) -> Theme {
        if let Some(theme) = self.theme.as_ref().filter(|theme| Arc::ptr_eq(&theme.site, site)) {
            return theme.clone();
        }
        let older = self.theme.take().map(|theme| theme.templates).unwrap_or_default().into_iter();
        let good = |older: &Arc<Templates>| self.looking.forgiving && !older.failed.load(Ordering::Relaxed);
        let mut templates: Vec<Arc<Templates>> = older.filter(good).take(1).collect();
        let mut wrong = None;
        match stages::renderer(site, &site.templates) {
            Ok(renderer) => templates.insert(0, Arc::new(Templates::of(renderer))),
            Err(diagnostic) => wrong = Some(diagnostic),
        }
        let theme = Theme { site: Arc::clone(site), templates, wrong };
        self.theme = Some(theme.clone());
        theme
    }
}

impl Templates {
    fn of(renderer: Renderer) -> Self {
        Self { renderer: Arc::new(renderer), failed: AtomicBool::new(false) }
    }
}

/// The address of a preview: an origin of this machine, the path of the real site.
fn at_origin(origin: &str, real: &BaseUrl) -> BaseUrl {
    BaseUrl::parse(&format!("{origin}{}", real.path())).expect("a path that was parsed before")
}
