//! Files beside entries: which of them an article shows, and where they go.
//!
//! Entry points: [`shown`] and [`missing`]. `content/trip/cat.jpg` is copied to `trip/cat.jpg`,
//! where pages look for it. What no shown page names is not copied: the pictures of a brief that
//! is withheld stay where they are.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::rights::place;
use super::stages;
use crate::content::Asset;
use crate::diag::{Code, Diagnostic, Flood};
use crate::output::SitePath;
use crate::parse::Article;
use crate::text::{Markup, Span};

/// A relative address in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reference {
    /// The file that is meant, relative to content/.
    path: String,
    /// The address as it is written.
    written: String,
    /// Whether it is shown as an image.
    image: bool,
    span: Span,
}

/// A file that an article names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown<'a> {
    /// Where it goes in the output.
    pub(super) target: SitePath,
    /// The address as the article writes it.
    pub(super) written: String,
    /// Where it lies.
    pub(super) asset: &'a Asset,
}

/// The files that `article` links to or shows, each once, by path.
pub(super) fn shown<'a>(article: &Article, assets: &'a BTreeMap<PathBuf, Asset>) -> Vec<Shown<'a>> {
    if assets.is_empty() {
        return Vec::new();
    }
    let mut shown: BTreeMap<SitePath, Shown<'a>> = BTreeMap::new();
    for reference in references(article) {
        let Ok(target) = SitePath::new(&reference.path) else { continue };
        if let Some(asset) = assets.get(Path::new(&reference.path)) {
            shown.insert(target.clone(), Shown { target, written: reference.written, asset });
        }
    }
    shown.into_values().collect()
}

/// An error for each image in `article` that is to lie under content/ and is not there.
pub(super) fn missing(article: &Article, assets: &BTreeMap<PathBuf, Asset>) -> Vec<Diagnostic> {
    let mut flood = Flood::default();
    let images = references(article).into_iter().filter(|reference| reference.image);
    for reference in images.filter(|image| !assets.contains_key(Path::new(&image.path))) {
        flood.push(Code::MISSING_FILE, || {
            Diagnostic::error(Code::MISSING_FILE, format!("the image `{}` is not there", reference.written))
                .in_file(&article.path)
                .at(place(article, reference.span))
                .hint(format!("put it at `content/{}`, or mend the address", reference.path))
        });
    }
    flood.into_diagnostics()
}

/// The bytes of a file that is copied.
pub(super) fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    fs::read(file)
}

/// The relative addresses of an article, in order.
fn references(article: &Article) -> Vec<Reference> {
    let text = &article.document.text;
    if article.document.markup != Markup::Markdown || !(text.contains("](") || text.contains("]:")) {
        return Vec::new();
    }
    let mut references = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_FOOTNOTES).into_offset_iter() {
        let (written, image) = match event {
            Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
            Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
            _ => continue,
        };
        if let Some(path) = stages::content_path(&article.path, &written) {
            references.push(Reference { path, written: written.into_string(), image, span: range.into() });
        }
    }
    references
}
