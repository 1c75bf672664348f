//! Who gets an address that two want, and where former addresses lead.
//!
//! Entry points: [`one_each`] for briefs, [`Library::reserve`] for other pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Library, permalink};
use crate::diag::{Code, Diagnostic};
use crate::record::Facts;

/// The site's own addresses besides those of rows.
const FIXED: &[&str] = &[
    "/",
    "/404.html",
    "/atom.xml",
    "/sitemap.xml",
    "/robots.txt",
    permalink::BRIEFS,
    permalink::SPEAKERS,
    permalink::DAYS,
    permalink::OUTLETS,
    permalink::TOPICS,
    permalink::STORIES,
    permalink::TIMELINE,
];

/// Keeps one brief for each slug, the first by path; the others are left out with an error.
///
/// Answers with the facts in the order of their paths.
pub(crate) fn one_each(mut facts: Vec<Facts>) -> (Vec<Facts>, Vec<Diagnostic>) {
    facts.sort_by(|a, b| a.entry.cmp(&b.entry));
    let mut first: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    facts.retain(|each| match first.get(&each.slug) {
        None => {
            first.insert(each.slug.clone(), each.entry.clone());
            true
        }
        Some(holder) => {
            diagnostics.push(slug_taken(each, holder));
            false
        }
    });
    (facts, diagnostics)
}

fn slug_taken(facts: &Facts, holder: &Path) -> Diagnostic {
    let holder = shown(holder);
    let message = format!("the address /briefs/{}/ belongs to {holder}; this brief is left out", facts.slug);
    Diagnostic::error(Code::ADDRESS_TAKEN, message)
        .in_file(&facts.entry)
        .hint("give this brief a `slug` of its own in its front matter")
}

/// A path as diagnostics print it.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// An address in the form in which two that lead to one file are equal.
fn plain(address: &str) -> &str {
    let folder = address.strip_suffix("/index.html").unwrap_or(address);
    folder.trim_end_matches('/')
}

impl Library {
    /// The addresses of all pages that are made of the library, but for the further pages of
    /// lists (`/briefs/page/2/`).
    #[must_use]
    pub fn addresses(&self) -> BTreeSet<String> {
        let mut all: BTreeSet<String> = FIXED.iter().map(|address| (*address).to_owned()).collect();
        all.extend(self.briefs.iter().map(permalink::brief));
        all.extend(self.profiles.iter().filter_map(permalink::speaker));
        all.extend(self.outlets.iter().map(permalink::outlet));
        all.extend(self.topics.iter().map(permalink::topic));
        all.extend(self.stories.iter().map(permalink::story));
        for year in self.calendar_years() {
            all.insert(permalink::year(year));
            all.extend(self.calendar_months(year).into_iter().map(|month| permalink::month(year, month)));
        }
        all.extend(self.days.keys().map(|day| permalink::day(*day)));
        all
    }

    /// Takes former addresses from the redirects that other pages have: `pages` are the plain
    /// pages' addresses and entries.
    ///
    /// Answers with an error for each alias that gives way.
    pub fn reserve(&mut self, pages: &[(String, PathBuf)]) -> Vec<Diagnostic> {
        let taken: BTreeSet<&str> = pages.iter().map(|(address, _)| plain(address)).collect();
        let owners: BTreeMap<String, usize> =
            self.briefs.iter().enumerate().map(|(id, brief)| (permalink::brief(brief), id)).collect();
        let mut diagnostics = Vec::new();
        let briefs = &self.briefs;
        self.redirects.retain(|(from, to)| {
            let free = !taken.contains(plain(from));
            if let Some(owner) = owners.get(to).filter(|_| !free) {
                diagnostics.push(alias_taken(&briefs[*owner].entry, from, HELD));
            }
            free
        });
        diagnostics
    }

    /// Fills the redirects: from merged speakers and from the aliases of `facts`, which are in
    /// the order of their paths.
    pub(crate) fn fill_redirects(&mut self, facts: &[Facts]) -> Vec<Diagnostic> {
        let pages: BTreeSet<String> = self.addresses().iter().map(|a| plain(a).to_owned()).collect();
        let mut redirects = Redirects::default();
        for (_, profile) in self.listed_profiles() {
            for old in &profile.merged {
                let from = permalink::speaker_id(old);
                if !pages.contains(plain(&from)) {
                    redirects.insert(plain(&from).to_owned(), (from, permalink::speaker_id(&profile.id)));
                }
            }
        }
        let mut diagnostics = Vec::new();
        for each in facts {
            let target = format!("{}{}/", permalink::BRIEFS, each.slug);
            for alias in &each.aliases {
                if let Err(why) = is_free(alias, &target, &pages, &redirects) {
                    diagnostics.push(alias_taken(&each.entry, alias, &why));
                    continue;
                }
                redirects.insert(plain(alias).to_owned(), (alias.clone(), target.clone()));
            }
        }
        self.redirects = redirects.into_values().collect();
        diagnostics
    }
}

/// Former addresses by their plain form: the address as it is written, and where it leads.
type Redirects = BTreeMap<String, (String, String)>;

/// Why an alias gives way to a page.
const HELD: &str = "a page of the site stands there";

/// Whether a redirect to `target` may stand at `alias`; else why not.
fn is_free(alias: &str, target: &str, pages: &BTreeSet<String>, redirects: &Redirects) -> Result<(), String> {
    let address = plain(alias);
    if address == plain(target) {
        return Err("this brief stands there itself".into());
    }
    if pages.contains(address) || address.starts_with("/briefs/page/") {
        return Err(HELD.into());
    }
    if let Some((_, other)) = redirects.get(address).filter(|(_, other)| other != target) {
        return Err(format!("it leads to {other} already"));
    }
    // A file cannot be a folder as well.
    let mut folders = address.match_indices('/').map(|(at, _)| &address[..at]);
    let file = folders.find(|f| is_file(f) && (pages.contains(*f) || redirects.contains_key(*f)));
    if let Some(file) = file {
        return Err(format!("{file} is a file"));
    }
    let inside = format!("{address}/");
    let next = redirects.range(inside.clone()..).next().filter(|(other, _)| other.starts_with(&inside));
    match next.filter(|_| is_file(address)) {
        Some((other, _)) => Err(format!("it is the folder of {other}")),
        None => Ok(()),
    }
}

/// Whether an address is a file rather than a folder with an index.html.
fn is_file(address: &str) -> bool {
    address.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

fn alias_taken(entry: &Path, alias: &str, why: &str) -> Diagnostic {
    Diagnostic::error(Code::ADDRESS_TAKEN, format!("the alias {alias} is left out: {why}"))
        .in_file(entry)
        .hint("take it out of `aliases`, or give the other page another address")
}
