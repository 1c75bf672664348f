//! Addresses that an entry asks for: its slug, its former places, and what its file name says.

use std::path::Path;

use chrono::NaiveDate;

use crate::config::When;
use crate::text::fold;

/// The longest slug or segment of an alias, in bytes: file systems take 255, and pages add to it.
const LONGEST: usize = 120;

/// What a file name says: a slug, and perhaps the day that it begins with.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The last segment of the address; never empty.
    pub(super) slug: String,
    /// The day before the slug (`2025-12-06-kyiv-talks.txt`).
    pub(super) day: Option<NaiveDate>,
}

/// Reads the file name of `path`, relative to the site's folder. `index.md` takes the name of
/// its folder.
pub(super) fn named(path: &Path) -> Named {
    let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let folder = path.parent().filter(|p| p.components().count() > 1).and_then(Path::file_name);
    let name = match folder {
        Some(folder) if stem.eq_ignore_ascii_case("index") => folder.to_string_lossy().into_owned(),
        _ => stem,
    };
    let (day, rest) = dated(&name);
    let slug = match fold::slug(rest) {
        slug if slug.is_empty() => format!("brief-{}", digest(path)),
        // `/briefs/page/2/` is the second page of the list.
        slug if slug == "page" => "brief-page".to_owned(),
        slug => slug,
    };
    Named { slug, day }
}

/// Splits a leading day off; the slug of a file that is named by its day alone is that day.
fn dated(name: &str) -> (Option<NaiveDate>, &str) {
    let Some((When::Day(day), rest)) = name.get(..10).and_then(When::parse).zip(name.get(10..)) else {
        return (None, name);
    };
    match rest.chars().next() {
        None => (Some(day), name),
        Some('-' | '_' | ' ' | '.') if rest.len() > 1 => (Some(day), &rest[1..]),
        Some('-' | '_' | ' ' | '.') => (Some(day), name),
        Some(_) => (None, name),
    }
}

/// 8 hex digits of the path's BLAKE3 digest.
fn digest(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    blake3::hash(path.as_bytes()).to_hex()[..8].to_owned()
}

/// Why `slug` is no segment of an address, or nothing.
pub(super) fn slug_fault(slug: &str) -> Option<&'static str> {
    if slug.contains(['/', '\\']) {
        Some("a slug is one segment of an address: it holds no slash")
    } else if slug.starts_with('.') {
        Some("a slug does not start with a dot")
    } else if slug == "page" {
        Some("the slug `page` is taken by the pages of lists")
    } else if slug.len() > LONGEST {
        Some("a slug has at most 120 characters")
    } else if slug.bytes().any(|b| !(b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))) {
        Some("a slug is made of small letters, digits and hyphens")
    } else {
        None
    }
}

/// An alias as a site path that starts with a slash, and ends with one unless it names a file.
///
/// # Errors
/// Why it is no path inside the site.
pub(super) fn alias(given: &str) -> Result<String, &'static str> {
    if given.contains("://") || given.starts_with("//") {
        return Err("an alias is a path of this site, without scheme and host");
    }
    let plain = given.trim_matches('/');
    if plain.is_empty() {
        return Err("an alias cannot be the home page");
    }
    if plain.bytes().any(|b| b <= b' ' || b == 0x7F || b"?#\\\"<>%*:|".contains(&b)) {
        return Err("an alias is a plain path, without `?`, `#`, `%`, blanks and the like");
    }
    let mut last = "";
    for segment in plain.split('/') {
        if segment.is_empty() || segment.starts_with('.') {
            return Err("no segment of an alias is empty or starts with a dot");
        }
        if segment.len() > LONGEST {
            return Err("a segment of an alias has at most 120 characters");
        }
        last = segment;
    }
    Ok(if last.contains('.') { format!("/{plain}") } else { format!("/{plain}/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(path: &str) -> (String, Option<String>) {
        let Named { slug, day } = named(Path::new(path));
        (slug, day.map(|d| d.to_string()))
    }

    #[test]
    fn file_names_give_slug_and_day() {
        let some = |d: &str| Some(d.to_owned());
        for (path, slug, day) in [
            ("content/moon/Landing Day.md", "landing-day", None),
            ("content/2025-12-06-kyiv-talks.txt", "kyiv-talks", some("2025-12-06")),
            ("content/2025-12-06_kyiv.md", "kyiv", some("2025-12-06")),
            ("content/2025-12-06.md", "2025-12-06", some("2025-12-06")),
            ("content/2025-13-06-no-day.md", "2025-13-06-no-day", None),
            ("content/moon/index.md", "moon", None),
            ("content/2025-12-06-moon/index.md", "moon", some("2025-12-06")),
            ("content/index.md", "index", None),
            ("content/page.md", "brief-page", None),
        ] {
            assert_eq!(name(path), (slug.into(), day), "{path}");
        }
        let (slug, _) = name("content/!!!.md");
        assert!(slug.starts_with("brief-") && slug.len() == 14, "{slug}");
        assert_ne!(slug, name("content/???.md").0);
    }

    #[test]
    fn a_slug_is_one_plain_segment() {
        for good in ["kyiv-talks", "a_b.c", "2025"] {
            assert_eq!(slug_fault(good), None, "{good}");
        }
        for bad in
            ["../x", "a/b", "..", ".git", "a b", "Ä", "a%2e", "a\u{0}", "page", "A", "a\\b", &"a".repeat(121)]
        {
            assert!(slug_fault(bad).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn an_alias_stays_inside_the_site() {
        for (given, path) in
            [("/old/place/", "/old/place/"), ("old/place", "/old/place/"), ("/a.html", "/a.html")]
        {
            assert_eq!(alias(given).unwrap(), path);
        }
        for bad in [
            "/",
            "",
            "/../x",
            "a/../b",
            "//host/x",
            "https://a.example/",
            "/a?b",
            "/a%2e%2e/",
            "/a\nb",
            "/.git/",
            "/a//b",
        ] {
            assert!(alias(bad).is_err(), "{bad:?}");
        }
    }
}
