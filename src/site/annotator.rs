//! [`Annotator`]: annotations, kept between builds.

use std::hash::{Hash, Hasher};
use std::path::Path;

use super::Keep;
use crate::annotate::{self, Annotations, Options};
use crate::output::pack::{Key, Pack};
use crate::text::Document;

/// The name of the pack of annotations.
const KIND: &str = "annotations";

/// Annotates articles, or takes what an earlier build made of the very same article.
///
/// What is kept is made of the text, its layout, the [`Options`] and the program, and of nothing else:
/// the editor's notes, people.toml and the settings of the site come later, and are read anew each time.
#[derive(Debug, Default)]
pub(super) struct Annotator {
    pack: Pack,
}

impl Annotator {
    /// With what is kept below a site's folder.
    pub(super) fn open(root: &Path, keep: Keep) -> Self {
        Self { pack: Pack::open(root, KIND, keep == Keep::Yes) }
    }

    /// The annotations of `document`.
    pub(super) fn annotate(&self, document: &Document, options: &Options) -> Annotations {
        let key = key(document, options);
        let kept = self.pack.get(&key).and_then(|bytes| postcard::from_bytes(bytes).ok());
        kept.unwrap_or_else(|| {
            let made = annotate::annotate(document, options);
            self.pack.put(key, || postcard::to_stdvec(&made).ok());
            made
        })
    }

    /// Keeps what is new for the next build.
    pub(super) fn close(self) {
        self.pack.close();
    }
}

/// The digest of everything that annotations are made of.
fn key(document: &Document, options: &Options) -> Key {
    let mut digest = Digest(blake3::Hasher::new());
    document.hash(&mut digest);
    options.hash(&mut digest);
    *digest.0.finalize().as_bytes()
}

/// BLAKE3 as what values hash themselves into.
struct Digest(blake3::Hasher);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The first eight bytes; [`key`] takes them all.
    fn finish(&self) -> u64 {
        let digest = self.0.finalize();
        u64::from_le_bytes(digest.as_bytes().first_chunk().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::parse::wire;

    const STORY: &str = "OSLO (Agency) - \"The ferry sails again on Friday,\" harbour master Ada Moreno told \
                         reporters on Dec 5.\n\nShe said that nobody was hurt.\n\nVera Holm, the mayor, denied \
                         that. \"From May 2 to May 9 \"the quay\" was shut\n";

    fn document(text: &str) -> Document {
        wire::document(text.to_owned(), &[]).0
    }

    fn options() -> Options {
        Options { dct: NaiveDate::from_ymd_opt(2025, 12, 6), ..Options::default() }
    }

    #[test]
    fn what_is_kept_is_what_was_found() {
        let root = tempfile::tempdir().unwrap();
        let document = document(STORY);
        let made = annotate::annotate(&document, &options());
        assert!(!made.quotes.is_empty() && !made.timexes.is_empty() && !made.people.is_empty());
        let first = Annotator::open(root.path(), Keep::Yes);
        assert_eq!(first.annotate(&document, &options()), made);
        first.close();
        let next = Annotator::open(root.path(), Keep::No);
        let bytes = next.pack.get(&key(&document, &options())).expect("it was kept");
        assert_eq!(postcard::from_bytes::<Annotations>(bytes).unwrap(), made);
        assert_eq!(next.annotate(&document, &options()), made);
    }

    #[test]
    fn every_input_stands_in_the_key() {
        let (story, given) = (document(STORY), options());
        let before = key(&story, &given);
        assert_eq!(key(&story.clone(), &given.clone()), before);
        let mut others = vec![key(&document(&format!("{STORY}\n")), &given)];
        others.push(key(&story, &Options { dct: None, ..given.clone() }));
        others.push(key(&story, &Options { day_first: true, ..given.clone() }));
        others.push(key(&story, &Options { language: annotate::Language::German, ..given.clone() }));
        others.push(key(&Document { dateline: None, ..story.clone() }, &given));
        others.push(key(&Document { blocks: Vec::new(), ..story.clone() }, &given));
        others.push(before);
        let all = others.len();
        others.sort_unstable();
        others.dedup();
        assert_eq!(others.len(), all);
    }
}
