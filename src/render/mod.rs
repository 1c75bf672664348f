//! Pages: from library rows and records to HTML, feeds and the rest of the site.
//!
//! Entry points: [`plan()`] lists every page as a [`Job`], [`Renderer::render`] makes one, from
//! any thread. A page is a function of its record and of the library's rows; templates get slim
//! views and every address passes through one filter. [`search_index`] makes the files behind the
//! search page. [`fragment`] draws one record without a site.

mod activity;
#[cfg(feature = "cards")]
mod card;
mod cast;
mod date;
mod engine;
mod escape;
mod extent;
mod inline;
mod linked_data;
pub mod links;
mod made;
mod marking;
mod metadata;
mod pages;
mod plan;
mod report;
mod search;
mod site_view;
mod text_fragment;
pub mod theme;
mod view;
mod weave;
mod web_annotations;
mod words;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

#[cfg(feature = "cards")]
pub(crate) use card::raster;
pub use pages::{Last, fragment};
pub(crate) use plan::JobKind;
pub use plan::{Job, plan};
pub use site_view::{Common, SiteView};
pub use words::interface_languages;

use crate::config::Settings;
use crate::diag::Diagnostic;

/// The digests of static files, which their addresses carry so that a browser fetches a changed
/// file again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssetNames {
    hashes: BTreeMap<String, String>,
    /// The names that files have instead of a digest behind a `?`.
    renamed: BTreeMap<String, String>,
}

impl AssetNames {
    /// From paths in the output folder (`site.css`) and digests (`1a2b3c4d`).
    pub fn new(hashes: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { hashes: hashes.into_iter().collect(), renamed: BTreeMap::new() }
    }

    /// The same with names that hold the digests themselves (`site.css`, `site.1a2b3c4d.css`).
    #[must_use]
    pub fn renamed(self, names: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { renamed: names.into_iter().collect(), ..self }
    }

    /// The names of the built-in theme's files.
    #[must_use]
    pub fn built_in() -> Self {
        let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex()[..8].to_owned();
        Self::new(theme::STATIC.iter().map(|(name, bytes)| ((*name).to_owned(), hash(bytes))))
    }

    /// The site path of a file, with its digest where that is known.
    fn path(&self, name: &str) -> String {
        let name = name.trim_start_matches('/');
        if let Some(name) = self.renamed.get(name) {
            return format!("/{name}");
        }
        match self.hashes.get(name) {
            Some(hash) => format!("/{name}?h={hash}"),
            None => format!("/{name}"),
        }
    }
}

/// A finished page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The file in the output folder (`briefs/a/index.html`).
    pub path: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// The files of the search index, in a fixed order; none where the site has no search.
#[must_use]
pub fn search_index(site: &SiteView<'_>) -> Vec<Page> {
    if plan::is_searchable(site) { search::files(site) } else { Vec::new() }
}

/// The templates, ready to make pages.
#[derive(Debug)]
pub struct Renderer {
    engine: engine::Engine,
}

impl Renderer {
    /// The built-in templates with a site's own (name below templates/, text) in their place.
    ///
    /// # Errors
    /// A diagnostic for the first template that cannot be read.
    pub fn new(
        settings: &Settings,
        overrides: &[(String, String)],
        assets: &AssetNames,
    ) -> Result<Self, Diagnostic> {
        Ok(Self { engine: engine::Engine::new(settings, overrides, assets)? })
    }

    /// Makes one page.
    ///
    /// # Errors
    /// A diagnostic at the place in the template that failed.
    pub fn render(&self, job: &Job, site: &SiteView<'_>) -> Result<Page, Diagnostic> {
        self.render_next(job, site, &mut Last::default())
    }

    /// Makes one page of several on the same site; `last` goes from one to the next.
    ///
    /// # Errors
    /// A diagnostic at the place in the template that failed.
    pub fn render_next<'a>(
        &self,
        job: &Job,
        site: &SiteView<'a>,
        last: &mut Last<'a>,
    ) -> Result<Page, Diagnostic> {
        let text = pages::draw(&self.engine, job, site, last)?;
        Ok(Page { path: job.path.clone(), content: text.into_bytes() })
    }
}
