//! Files beside entries: which of them an article shows, and where they go.
//!
//! Entry points: [`shown`] and [`missing`]. A file is copied beside the page that shows it, so
//! that the same relative address works in the entry and on the site. What no shown page names is
//! not copied: the pictures of a brief that is withheld stay where they are.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::rights::place;
use crate::content::Asset;
use crate::diag::{Code, Diagnostic};
use crate::parse::Article;
use crate::text::{Markup, Span};

/// A relative address in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reference {
    /// The path, decoded, without query and fragment.
    path: String,
    /// The address as it is written.
    written: String,
    /// Whether it is shown as an image.
    image: bool,
    span: Span,
}

/// A file that goes beside a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown<'a> {
    /// Its path beside the page (`cat.jpg`, `img/cat.jpg`).
    pub(super) name: String,
    /// The address as the article writes it.
    pub(super) written: String,
    /// Where it lies.
    pub(super) asset: &'a Asset,
}

/// The files beside `article` that it links to or shows, each once, by name.
pub(super) fn shown<'a>(article: &Article, assets: &'a BTreeMap<PathBuf, Asset>) -> Vec<Shown<'a>> {
    if assets.is_empty() {
        return Vec::new();
    }
    let mut shown: BTreeMap<String, Shown<'a>> = BTreeMap::new();
    for reference in references(article) {
        if let Some(asset) = assets.get(&folder(article).join(&reference.path)) {
            let name = reference.path.clone();
            shown.insert(reference.path, Shown { name, written: reference.written, asset });
        }
    }
    shown.into_values().collect()
}

/// An error for each image beside `article` that is not there.
pub(super) fn missing(article: &Article, assets: &BTreeMap<PathBuf, Asset>) -> Vec<Diagnostic> {
    let folder = folder(article);
    let gone = |r: &Reference| r.image && !assets.contains_key(&folder.join(&r.path));
    references(article)
        .into_iter()
        .filter(gone)
        .map(|reference| {
            let expected = Path::new("content").join(&folder).join(&reference.path);
            let expected = expected.display().to_string().replace('\\', "/");
            Diagnostic::error(Code::MISSING_FILE, format!("the image `{}` is not there", reference.written))
                .in_file(&article.path)
                .at(place(article, reference.span))
                .hint(format!("put it at `{expected}`, or mend the address"))
        })
        .collect()
}

/// The bytes of a file that is copied.
pub(super) fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    fs::read(file)
}

/// The article's folder, relative to content/.
fn folder(article: &Article) -> PathBuf {
    let below = article.path.strip_prefix("content").unwrap_or(&article.path);
    below.parent().unwrap_or(Path::new("")).to_owned()
}

/// The relative addresses of an article that stay in its folder or below, in order.
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
        if let Some(path) = relative(&written) {
            references.push(Reference { path, written: written.into_string(), image, span: range.into() });
        }
    }
    references
}

/// The path of a relative address, decoded; `None` where it has a scheme, starts with a slash or
/// leaves the folder.
fn relative(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = super::html::decode(path.trim_start_matches("./"))?;
    let plain = !path.is_empty() && !path.contains(':') && !path.ends_with('/');
    (plain && crate::output::SitePath::new(&path).is_ok()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_in_the_folder_are_files_beside_an_entry() {
        assert_eq!(relative("./cat.jpg"), Some("cat.jpg".into()));
        assert_eq!(relative("img/a%20b.png?x#y"), Some("img/a b.png".into()));
        for other in
            ["", "#a", "/x.png", "../x.png", "https://a.example/x", "a/", "%2e%2e/x", "data:x", "%ff"]
        {
            assert_eq!(relative(other), None, "{other}");
        }
    }
}
