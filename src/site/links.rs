//! Links inside the site: [`check`] follows every one of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::Content;
use super::html::{self, Scan};
use super::rights::place;
use crate::config::BaseUrl;
use crate::diag::{Code, Diagnostic, Flood};
use crate::output::{SitePath, memory};
use crate::parse::Article;
use crate::text::Span;

/// Why a link is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// No page or file has this address.
    NoPage,
    /// The page is there, the anchor is not.
    NoAnchor,
}

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// Off the site, or nowhere that we can look.
    Outside,
    /// To a file of the site, and an anchor in it.
    Inside(String, Option<String>),
    /// To no possible file.
    Nowhere,
}

/// One error for each address that leads nowhere: in the entry that holds it, or once for all
/// pages that the templates put it on.
pub(super) fn check(
    files: &BTreeMap<SitePath, memory::File>,
    base: &BaseUrl,
    content: &Content,
) -> Vec<Diagnostic> {
    let scans: BTreeMap<&str, Scan> = files
        .par_iter()
        .filter(|(path, _)| path.as_str().ends_with(".html"))
        .filter_map(|(path, file)| Some((path.as_str(), html::scan(str::from_utf8(&file.content).ok()?))))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    let placed = content.placed();
    let articles: BTreeMap<String, &Article> =
        placed.iter().map(|(folder, article)| (format!("{folder}/index.html"), *article)).collect();

    let mut diagnostics = Vec::new();
    let mut shared: BTreeMap<(&str, &'static str), BTreeSet<&str>> = BTreeMap::new();
    for (page, scan) in &scans {
        let links: BTreeSet<&str> = scan.links.iter().map(String::as_str).collect();
        let mut flood = Flood::default();
        for link in links {
            let Some(fault) = fault(base, page, link, files, &scans) else { continue };
            // Where a page has very many of them, they are the article's; looking for each takes long.
            let article = articles.get(*page).copied();
            match article.and_then(|article| Some((article, place_of(article, link, base, &flood)?))) {
                Some((article, span)) => {
                    flood.push(Code::BROKEN_LINK, || in_entry(article, span, link, fault));
                }
                None => drop(shared.entry((link, fault.words())).or_default().insert(page)),
            }
        }
        diagnostics.extend(flood.into_diagnostics());
    }
    diagnostics.extend(shared.into_iter().map(|((link, words), pages)| on_pages(link, words, &pages)));
    diagnostics
}

impl Fault {
    fn words(self) -> &'static str {
        match self {
            Self::NoPage => "leads nowhere: the site has no such page or file",
            Self::NoAnchor => "leads to a page that has no such anchor",
        }
    }
}

fn in_entry(article: &Article, span: Span, link: &str, fault: Fault) -> Diagnostic {
    Diagnostic::error(Code::BROKEN_LINK, format!("the link `{link}` {}", fault.words()))
        .in_file(&article.path)
        .at(place(article, span))
        .hint("mend the address, or give the page that it means this address in its `aliases`")
}

fn on_pages(link: &str, words: &str, pages: &BTreeSet<&str>) -> Diagnostic {
    let first = pages.first().copied().unwrap_or_default();
    let others = match pages.len() - 1 {
        0 => String::new(),
        1 => " and 1 other page".to_owned(),
        n => format!(" and {n} other pages"),
    };
    Diagnostic::error(Code::BROKEN_LINK, format!("the link `{link}` on `{first}`{others} {words}"))
        .hint("look for it in dateline.toml (`[[menu]]`), the front matter or the site's own templates")
}

/// Where an article's text holds the address, if it does; anywhere once `flood` only counts.
fn place_of(article: &Article, link: &str, base: &BaseUrl, flood: &Flood) -> Option<Span> {
    if flood.is_full(Code::BROKEN_LINK) { Some(Span::new(0, 0)) } else { written(article, link, base) }
}

/// Where an article's text holds the address, if it does: as it stands on the page, without the
/// site's path, or as it counts from the entry's folder.
fn written(article: &Article, link: &str, base: &BaseUrl) -> Option<Span> {
    let text = &article.document.text;
    let inside = link.strip_prefix(base.path());
    let folder = article.path.strip_prefix("content").ok().and_then(Path::parent);
    let folder = folder.map(|folder| format!("{}/", folder.display()).replace('\\', "/"));
    let beside = inside.and_then(|inside| inside.strip_prefix(folder?.trim_start_matches('/')));
    let rooted = inside.map(|inside| format!("/{inside}"));
    [Some(link), rooted.as_deref(), beside, inside].into_iter().flatten().find_map(|address| {
        let at = text.find(&format!("({address}")).map(|at| at + 1).or_else(|| text.find(address))?;
        (!address.is_empty()).then(|| Span::new(at, at + address.len()))
    })
}

fn fault(
    base: &BaseUrl,
    page: &str,
    link: &str,
    files: &BTreeMap<SitePath, memory::File>,
    scans: &BTreeMap<&str, Scan>,
) -> Option<Fault> {
    match target(base, page, link) {
        Target::Outside => None,
        Target::Nowhere => Some(Fault::NoPage),
        Target::Inside(path, anchor) => {
            if !SitePath::new(&path).is_ok_and(|path| files.contains_key(&path)) {
                return Some(Fault::NoPage);
            }
            let anchor = anchor.filter(|a| !a.is_empty() && a != "top" && !a.contains(":~:"))?;
            let scan = scans.get(path.as_str())?;
            (!scan.ids.contains(&anchor)).then_some(Fault::NoAnchor)
        }
    }
}

/// Follows `link` from the file `page`.
fn target(base: &BaseUrl, page: &str, link: &str) -> Target {
    let (address, anchor) = match link.split_once('#') {
        Some((address, anchor)) => (address, html::decode(anchor)),
        None => (link, None),
    };
    let address = address.split('?').next().unwrap_or_default();
    if address.is_empty() {
        return Target::Inside(page.to_owned(), anchor);
    }
    let local = match address.strip_prefix(base.origin()) {
        Some("") => "/",
        Some(rest) if rest.starts_with('/') => rest,
        _ => address,
    };
    let whole_address = local.len() != address.len();
    let scheme = local.split(['/', '?']).next().is_some_and(|head| head.contains(':'));
    if local.starts_with("//") || scheme {
        return Target::Outside;
    }
    let path = if local.starts_with('/') {
        match format!("{local}/").strip_prefix(base.path()) {
            Some(_) if local.len() < base.path().len() => String::new(),
            Some(_) => local[base.path().len()..].to_owned(),
            // The host has other things beside this site, and only a full address can mean them.
            None if whole_address => return Target::Outside,
            None => return Target::Nowhere,
        }
    } else {
        let folder = page.rfind('/').map_or("", |at| &page[..=at]);
        format!("{folder}{local}")
    };
    let Some(path) = html::decode(&path).and_then(|path| straighten(&path)) else { return Target::Nowhere };
    Target::Inside(path, anchor)
}

/// Resolves `.` and `..`, and names the file behind a folder; `None` above the site.
fn straighten(path: &str) -> Option<String> {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()?),
            other => segments.push(other),
        }
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    if matches!(last, "" | "." | "..") {
        segments.push("index.html");
    }
    Some(segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(link: &str) -> String {
        let base = BaseUrl::parse("https://a.example/repo/").unwrap();
        match target(&base, "briefs/x/index.html", link) {
            Target::Outside => "outside".into(),
            Target::Nowhere => "nowhere".into(),
            Target::Inside(path, anchor) => anchor.map_or(path.clone(), |a| format!("{path}#{a}")),
        }
    }

    #[test]
    fn addresses_lead_to_files() {
        for (link, expected) in [
            ("", "briefs/x/index.html"),
            ("#q-1", "briefs/x/index.html#q-1"),
            ("/repo/", "index.html"),
            ("/repo", "index.html"),
            ("/repo/briefs/y/#a%20b", "briefs/y/index.html#a b"),
            ("/repo/site.css?h=12", "site.css"),
            ("https://a.example/repo/briefs/y/", "briefs/y/index.html"),
            ("https://a.example/other/", "outside"),
            ("https://a.example.org/repo/", "outside"),
            ("/briefs/y/", "nowhere"),
            ("/repository/", "nowhere"),
            ("cat.jpg", "briefs/x/cat.jpg"),
            ("../y/", "briefs/y/index.html"),
            ("../../..", "nowhere"),
            ("mailto:a@b.example", "outside"),
            ("//cdn.example/x", "outside"),
            ("%zz", "nowhere"),
        ] {
            assert_eq!(follow(link), expected, "{link}");
        }
    }

    #[test]
    fn a_link_of_the_templates_is_told_once() {
        let pages = BTreeSet::from(["404.html", "about/index.html", "index.html"]);
        assert_eq!(
            on_pages("/gone/", Fault::NoPage.words(), &pages).message,
            "the link `/gone/` on `404.html` and 2 other pages leads nowhere: the site has no such page or file"
        );
    }
}
