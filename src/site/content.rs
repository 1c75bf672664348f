//! [`Content`]: everything that content/ holds, read, annotated and folded.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::annotator::Annotator;
use super::stages::{self, Memory, Outcome, Read, Source};
use super::{Keep, Timings, beside, language};
use crate::config::Settings;
use crate::content::{Asset, Entry};
use crate::diag::Diagnostic;
use crate::library::{Brief, BriefId, Library};
use crate::parse::Article;
use crate::record::Record;

/// All content of a site.
#[derive(Debug, Default)]
pub struct Content {
    /// One record an article, in the order of the files.
    pub records: Vec<Arc<Record>>,
    /// Plain pages, in the order of the files.
    pub pages: Vec<Article>,
    /// What all records say together.
    pub library: Library,
    /// Files beside entries, by path relative to content/.
    pub assets: BTreeMap<PathBuf, Asset>,
    /// Mistakes in content.
    pub diagnostics: Vec<Diagnostic>,
    /// The place in `records` of each of the library's briefs.
    order: Vec<usize>,
}

impl Content {
    /// Reads everything under `root`/content.
    pub(super) fn read(root: &Path, settings: &Settings, keep: Keep, timings: &mut Timings) -> Self {
        let start = Instant::now();
        let found = stages::walk(root);
        timings.walk = start.elapsed();

        let start = Instant::now();
        let reading = stages::reading(settings);
        let annotator = Annotator::open(root, keep);
        let read = |entry: &Entry| Arc::new(stages::entry(entry, Source::of(entry), &reading, &annotator));
        let read: Vec<Arc<Outcome>> = found.entries.par_iter().map(read).collect();
        annotator.close();
        timings.annotate = start.elapsed();

        let start = Instant::now();
        let content = Self::of(found.assets, found.diagnostics, &read, settings, &mut Memory::default());
        timings.library = start.elapsed();
        content
    }

    /// Puts together what became of all entries, in their order; `diagnostics` are about the files.
    pub(super) fn of(
        assets: Vec<Asset>,
        diagnostics: Vec<Diagnostic>,
        read: &[Arc<Outcome>],
        settings: &Settings,
        memory: &mut Memory,
    ) -> Self {
        let mut content = Self { diagnostics, ..Self::default() };
        content.assets = assets.into_iter().map(|asset| (asset.path.clone(), asset)).collect();
        let mut facts = Vec::with_capacity(read.len());
        for outcome in read {
            content.diagnostics.extend(outcome.diagnostics.iter().cloned());
            match &outcome.read {
                Read::Brief(record, fact) => {
                    content.records.push(Arc::clone(record));
                    facts.push(Arc::clone(fact));
                }
                Read::Page(article) => content.pages.push((**article).clone()),
                Read::Withheld | Read::Broken => {}
            }
        }
        content.diagnostics.extend(language::notes(content.records.iter().map(Arc::as_ref), settings));
        content.diagnostics.extend(language::of_pages(settings));
        let (library, problems) = stages::fold(&facts, &content.pages, settings, memory);
        content.library = library;
        content.diagnostics.extend(problems);
        content.put_in_order();
        content.look_beside();
        content
    }

    /// The records of the library's briefs, by the briefs' index.
    #[must_use]
    pub fn briefs(&self) -> Vec<&Record> {
        self.order.iter().map(|place| self.records[*place].as_ref()).collect()
    }

    /// The record of one of the library's briefs.
    pub(super) fn brief(&self, id: BriefId) -> &Record {
        &self.records[self.order[id]]
    }

    fn put_in_order(&mut self) {
        let records = self.records.iter().enumerate();
        let by_path: HashMap<&Path, usize> =
            records.map(|(place, record)| (record.article.path.as_path(), place)).collect();
        let place = |brief: &Brief| by_path.get(brief.entry.as_path()).copied();
        let order = self.library.briefs.iter().map(place);
        self.order = order.map(|place| place.expect("the library is folded from these records")).collect();
    }

    /// Every article that gets a page, with the page's folder (`briefs/x`, `about`).
    pub(super) fn placed(&self) -> Vec<(String, &Article)> {
        let briefs = self.library.briefs.iter().zip(self.briefs());
        let briefs = briefs.map(|(brief, record)| (format!("briefs/{}", brief.slug), &record.article));
        briefs.chain(self.pages.iter().map(|page| (page.meta.slug.clone(), page))).collect()
    }

    /// Names the images that are not there.
    fn look_beside(&mut self) {
        let briefs = self.briefs();
        let articles = briefs.par_iter().map(|record| &record.article).chain(self.pages.par_iter());
        let missing: Vec<Diagnostic> =
            articles.flat_map_iter(|article| beside::missing(article, &self.assets)).collect();
        self.diagnostics.extend(missing);
    }
}
