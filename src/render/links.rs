//! The site's addresses, as the library makes them, and where an author's link leads ([`target`]).

use std::path::Path;

pub use crate::library::permalink::{
    CARD, NEWS_SITEMAP, SITEMAP, UNKNOWN, UNNAMED, annotations, brief, briefs, card, day, interval, month,
    outlet, page, page_of, place, section, sitemap_part, speaker, speaker_form, speaker_outlet,
    speaker_topic, story, topic, year, year_of,
};

/// The file of the output folder that a site path is answered with: `/a/` by `a/index.html`.
#[must_use]
pub fn file(site_path: &str) -> String {
    let path = site_path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else if path.rsplit('/').next().is_some_and(|last| last.contains('.')) {
        path.to_owned()
    } else {
        format!("{path}/index.html")
    }
}

/// Where an author's link or image leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Out of the site, with an allowed scheme.
    Outside(String),
    /// A place on the same page (`#…`).
    Here(String),
    /// A path inside the site, with query and fragment.
    Site(String),
    /// A file that lies under content/, by its path relative to content/, and what follows it.
    Content(String, String),
    /// Nowhere that we would lead a reader: the words stand without a link.
    Refused,
}

/// Reads an address as an entry writes it. `entry` is the entry's path (`content/moon/a.md`),
/// from which relative addresses count.
#[must_use]
pub fn target(entry: &Path, address: &str) -> Target {
    let address = address.trim();
    let address: String = address.chars().filter(|c| !c.is_control()).collect();
    if address.is_empty() || address.starts_with("//") || address.starts_with('\\') {
        return Target::Refused;
    }
    if address.starts_with('#') {
        return Target::Here(address);
    }
    if let Some(scheme) = scheme(&address) {
        return if ["http", "https", "mailto"].contains(&scheme.as_str()) {
            Target::Outside(address)
        } else {
            Target::Refused
        };
    }
    let cut = address.find(['?', '#']).unwrap_or(address.len());
    let (path, rest) = address.split_at(cut);
    if path.starts_with('/') {
        return resolve("", path).map_or(Target::Refused, |p| Target::Site(format!("/{p}{rest}")));
    }
    let entry = entry.to_string_lossy().replace('\\', "/");
    let folder = entry.strip_prefix("content/").unwrap_or(&entry);
    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    resolve(folder, path).map_or(Target::Refused, |p| Target::Content(p, rest.to_owned()))
}

/// The scheme of an address in small letters, where it has one. Anything before a colon counts
/// as one unless a slash, `?` or `#` comes first, which is how browsers read it.
fn scheme(address: &str) -> Option<String> {
    let end = address.find([':', '/', '?', '#'])?;
    (address[end..].starts_with(':')).then(|| address[..end].to_ascii_lowercase())
}

/// Joins and resolves `.` and `..`; `None` where the path climbs out of its root.
fn resolve(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    let tail = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    Some(parts.join("/") + tail)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn site_paths_and_their_files() {
        let date = NaiveDate::from_ymd_opt(1969, 7, 20).unwrap();
        for (path, name) in [
            (day(date), "days/1969/07/20/index.html"),
            (briefs(1), "briefs/index.html"),
            (briefs(2), "briefs/page/2/index.html"),
            ("/".into(), "index.html"),
            ("/old/place".into(), "old/place/index.html"),
            ("/old.html".into(), "old.html"),
        ] {
            assert_eq!(file(&path), name);
        }
    }

    #[test]
    fn only_known_schemes_and_places_under_content_are_links() {
        let entry = Path::new("content/moon/a.md");
        for (address, expected) in [
            ("https://a.example/x", Target::Outside("https://a.example/x".into())),
            ("MAILTO:a@b.example", Target::Outside("MAILTO:a@b.example".into())),
            ("javascript:alert(1)", Target::Refused),
            ("java\nscript:alert(1)", Target::Refused),
            (" data:text/html,x", Target::Refused),
            ("//evil.example/x", Target::Refused),
            ("../../etc/passwd", Target::Refused),
            ("/../x", Target::Refused),
            ("/speakers/#a", Target::Site("/speakers/#a".into())),
            ("b.md#c", Target::Content("moon/b.md".into(), "#c".into())),
            ("../pages/x.png", Target::Content("pages/x.png".into(), String::new())),
            ("#fn", Target::Here("#fn".into())),
        ] {
            assert_eq!(target(entry, address), expected, "{address}");
        }
    }
}
