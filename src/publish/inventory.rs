//! [`inventory`]: the files that are to be published, and in which order.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::place::Outgoing;
use crate::output::{FOREVER, OutputError, content_type, disk, is_named_by_digest};

/// When a file is sent. Pages come after what they show, lists after the pages that they lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Styles, scripts, pictures, the parts of the search index.
    Assets,
    /// The briefs and what stands beside them.
    Briefs,
    /// Lists: speakers, days, topics and everything else that leads to briefs.
    Lists,
    /// What machines and the front page start from: feeds, sitemaps, the head of the search index,
    /// `index.html`.
    Entrances,
}

/// All phases, in order.
pub const PHASES: [Phase; 4] = [Phase::Assets, Phase::Briefs, Phase::Lists, Phase::Entrances];

impl Phase {
    /// When the file at `path` is sent. A compressed twin goes with what it is a twin of.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let path = plain(path);
        let feed = path.ends_with("atom.xml") || path.ends_with("feed.json");
        let top = !path.contains('/');
        match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
            _ if feed || matches!(path, "index.html" | "search/index.txt") => Self::Entrances,
            "xml" | "txt" | "json" if top => Self::Entrances,
            _ if top && (path.starts_with('_') || path == "CNAME") => Self::Entrances,
            "html" | "jsonld" if path.starts_with("briefs/") && !path.starts_with("briefs/page/") => {
                if path == "briefs/index.html" { Self::Lists } else { Self::Briefs }
            }
            "html" => Self::Lists,
            _ => Self::Assets,
        }
    }
}

/// What a compressed twin is a twin of; any other file is its own.
fn plain(path: &str) -> &str {
    path.strip_suffix(".gz").or_else(|| path.strip_suffix(".br")).unwrap_or(path)
}

/// How long browsers may keep a file without asking: for ever where its name holds its `digest`,
/// else until it is asked for again.
#[must_use]
pub fn cache_control(path: &str, digest: &str) -> &'static str {
    if is_named_by_digest(path, digest) { FOREVER } else { "public, max-age=0, must-revalidate" }
}

/// Every file of the site that was built in `folder`, by path.
///
/// # Errors
/// Where the folder cannot be read.
pub fn inventory(folder: &Path) -> Result<BTreeMap<String, Outgoing>, OutputError> {
    let mut files = BTreeMap::new();
    let listed: BTreeMap<String, String> =
        disk::listed(folder)?.into_iter().map(|(path, digest)| (path.to_string(), digest)).collect();
    for (path, digest) in &listed {
        let (path, digest, file) = (path.clone(), digest.clone(), folder.join(path));
        let size = fs::metadata(&file).map_err(OutputError::io("look at", &file))?.len();
        let named = listed.get(plain(&path)).unwrap_or(&digest);
        let (content_type, cache_control) = (content_type(&path), cache_control(plain(&path), named));
        files.insert(path.clone(), Outgoing { path, file, size, digest, content_type, cache_control });
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_need_goes_before_them_and_lists_after() {
        use Phase::{Assets, Briefs, Entrances, Lists};
        for (path, phase) in [
            ("site.css", Assets),
            ("site.css.gz", Assets),
            ("search/rows/0.txt", Assets),
            ("card.png", Assets),
            ("briefs/a/index.html", Briefs),
            ("briefs/a/annotations.jsonld", Briefs),
            ("briefs/index.html", Lists),
            ("briefs/page/2/index.html", Lists),
            ("speakers/x/index.html", Lists),
            ("404.html", Lists),
            ("speakers/x/atom.xml", Entrances),
            ("feed.json", Entrances),
            ("index.html", Entrances),
            ("index.html.br", Entrances),
            ("sitemap.xml", Entrances),
            ("robots.txt", Entrances),
            ("search/index.txt", Entrances),
            ("_redirects", Entrances),
        ] {
            assert_eq!(Phase::of(path), phase, "{path}");
        }
    }

    #[test]
    fn only_what_is_named_by_its_digest_may_be_kept() {
        let digest = "1a2b3c4d5e6f";
        assert_eq!(cache_control("site.1a2b3c4d.css", digest), "public, max-age=31536000, immutable");
        for path in ["site.css", "index.html", "a.12345678", "a.b.css", "a.1A2B3C4D.css", "a.20260101.pdf"] {
            assert_eq!(cache_control(path, digest), "public, max-age=0, must-revalidate", "{path}");
        }
    }
}
