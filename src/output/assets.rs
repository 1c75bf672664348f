//! [`Assets`]: files that are copied as they are, and their digests for addresses.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{OutputError, Sink, SitePath};

/// One file that is copied as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetFile {
    /// Its bytes.
    pub content: Cow<'static, [u8]>,
    /// The first 8 hex digits of its digest, for `?h=` in addresses: a browser that keeps a
    /// file fetches it again once it has changed.
    pub hash: String,
}

/// The files that pages load by themselves. Pictures are left out: they are many and large, and
/// their addresses change with `?h=`.
const LOADED: [&str; 7] = ["css", "js", "mjs", "svg", "woff", "woff2", "ico"];

/// Static files by path: the built-in theme's, with the site's own in their place.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    files: BTreeMap<SitePath, AssetFile>,
}

impl Assets {
    /// Takes a file; a later one takes the place of an earlier one of the same path.
    pub fn insert(&mut self, path: SitePath, content: impl Into<Cow<'static, [u8]>>) {
        let content = content.into();
        let hash = blake3::hash(&content).to_hex()[..8].to_owned();
        self.files.insert(path, AssetFile { content, hash });
    }

    /// The files, by path.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<SitePath, AssetFile> {
        &self.files
    }

    /// The files that pages load, each with the name that holds its digest
    /// (`site.css` → `site.1a2b3c4d.css`): under that name it never changes, so that browsers may
    /// keep it without asking.
    pub fn renamed(&self) -> impl Iterator<Item = (&SitePath, String)> {
        self.files.iter().filter_map(|(path, file)| {
            let (stem, extension) = path.as_str().rsplit_once('.')?;
            LOADED.contains(&extension).then(|| (path, format!("{stem}.{}.{extension}", file.hash)))
        })
    }

    /// Puts the files that pages load a second time, under the names that hold their digests.
    ///
    /// # Errors
    /// Where the disk refuses one.
    pub fn copy_renamed(
        &self,
        sink: &dyn Sink,
        wanted: impl Fn(&SitePath) -> bool,
    ) -> Result<(), OutputError> {
        for (path, name) in self.renamed().filter(|(path, _)| wanted(path)) {
            let name = SitePath::new(&name).expect("a path with a digest in its name is one");
            if !self.files.contains_key(&name) {
                sink.put(&name, &self.files[path].content)?;
            }
        }
        Ok(())
    }

    /// Puts every file for which `wanted` holds.
    ///
    /// # Errors
    /// Where the disk refuses one.
    pub fn copy(&self, sink: &dyn Sink, wanted: impl Fn(&SitePath) -> bool) -> Result<(), OutputError> {
        self.files
            .iter()
            .filter(|(path, _)| wanted(path))
            .try_for_each(|(path, file)| sink.put(path, &file.content))
    }
}

/// The `Cache-Control` of files that never change under their names.
pub const FOREVER: &str = "public, max-age=31536000, immutable";

/// Whether a file has the name that [`Assets::renamed`] gives to its content. A name that only looks
/// so (`report.20260101.pdf`) says nothing about what will lie there tomorrow.
#[must_use]
pub fn is_named_by_digest(path: &str, digest: &str) -> bool {
    let stem = path.rsplit_once('.').and_then(|(stem, _)| stem.rsplit_once('.'));
    digest.get(..8).is_some_and(|hash| stem.is_some_and(|(_, named)| named == hash))
}

/// The `Content-Type` of a file, by its name.
#[must_use]
pub fn content_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" if path.ends_with("feed.json") => "application/feed+json",
        "json" | "map" => "application/json",
        "jsonld" => "application/ld+json",
        "xml" if path.ends_with("atom.xml") => "application/atom+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_own_file_takes_the_place_of_the_built_in_one() {
        let mut assets = Assets::default();
        let path = SitePath::new("site.css").unwrap();
        assets.insert(path.clone(), b"built in".as_slice());
        let built_in = assets.files()[&path].hash.clone();
        assets.insert(path.clone(), b"own".to_vec());
        assert_eq!(assets.files()[&path].content.as_ref(), b"own");
        assert_ne!(assets.files()[&path].hash, built_in);
        assert_eq!(built_in.len(), 8);
    }

    #[test]
    fn types_go_by_the_extension_in_any_case() {
        assert_eq!(content_type("a/INDEX.HTML"), "text/html; charset=utf-8");
        assert_eq!(content_type("atom.xml"), "application/atom+xml; charset=utf-8");
        assert_eq!(content_type("sitemap.xml"), "application/xml; charset=utf-8");
        assert_eq!(content_type("briefs/a/annotations.jsonld"), "application/ld+json");
        assert_eq!(content_type("speakers/a/feed.json"), "application/feed+json");
        assert_eq!(content_type("LICENSE"), "application/octet-stream");
    }
}
