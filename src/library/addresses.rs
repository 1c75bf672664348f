//! Who gets an address that two want, and where former addresses lead.
//!
//! Entry points: [`one_each`] for briefs, [`Library::reserve`] for other pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Library, permalink};
use crate::diag::{Code, Diagnostic};
use crate::record::Facts;

/// The site's own addresses besides those of rows, in the form of [`plain`].
const FIXED: &[&str] = &[
    "",
    "/404.html",
    "/atom.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/briefs",
    "/speakers",
    "/days",
    "/outlets",
    "/topics",
    "/stories",
    "/timeline",
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
    /// Whether a page of the library, or one that every site has, stands at `address`.
    #[must_use]
    pub fn has_page(&self, address: &str) -> bool {
        let address = plain(address);
        if FIXED.contains(&address) {
            return true;
        }
        let mut parts = address.trim_start_matches('/').splitn(2, '/');
        let (folder, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        match folder {
            "briefs" => rest.starts_with("page/") || self.slugs.contains_key(rest),
            "speakers" => self.listed_profiles().any(|(_, p)| p.id == rest),
            "outlets" => self.outlets.iter().any(|row| row.id == rest),
            "topics" => self.topics.iter().any(|row| row.id == rest),
            "stories" => self.stories.iter().any(|row| row.id == rest),
            "days" => self.has_calendar_page(rest),
            _ => false,
        }
    }

    fn has_calendar_page(&self, rest: &str) -> bool {
        let parts: Option<Vec<u32>> = rest.split('/').map(|part| part.parse().ok()).collect();
        let year = |year: u32| i32::try_from(year).unwrap_or(0);
        match parts.as_deref() {
            Some([of]) => self.calendar_years().contains(&year(*of)),
            Some([of, month]) => self.calendar_months(year(*of)).contains(month),
            Some([of, month, day]) => {
                NaiveDate::from_ymd_opt(year(*of), *month, *day).is_some_and(|d| self.days.contains_key(&d))
            }
            _ => false,
        }
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
                diagnostics.push(alias_taken(&briefs[*owner].entry, from, "a page of the site"));
            }
            free
        });
        diagnostics
    }

    /// Fills the redirects: from merged speakers and from the aliases of `facts`, which are in
    /// the order of their paths.
    pub(crate) fn fill_redirects(&mut self, facts: &[Facts]) -> Vec<Diagnostic> {
        let mut redirects: BTreeMap<String, (String, String)> = BTreeMap::new();
        for (_, profile) in self.listed_profiles() {
            for old in &profile.merged {
                let from = permalink::speaker_id(old);
                if !self.has_page(&from) {
                    redirects.insert(plain(&from).to_owned(), (from, permalink::speaker_id(&profile.id)));
                }
            }
        }
        let mut diagnostics = Vec::new();
        for each in facts {
            let target = format!("{}{}/", permalink::BRIEFS, each.slug);
            for alias in &each.aliases {
                if let Err(holder) = self.is_free(alias, &target, &redirects) {
                    diagnostics.push(alias_taken(&each.entry, alias, &holder));
                    continue;
                }
                redirects.insert(plain(alias).to_owned(), (alias.clone(), target.clone()));
            }
        }
        self.redirects = redirects.into_values().collect();
        diagnostics
    }

    /// Whether a redirect to `target` may stand at `alias`; else who has the place.
    fn is_free(
        &self,
        alias: &str,
        target: &str,
        redirects: &BTreeMap<String, (String, String)>,
    ) -> Result<(), String> {
        let address = plain(alias);
        if self.has_page(address) {
            return Err(if address == plain(target) {
                "this brief itself".into()
            } else {
                "a page of the site".into()
            });
        }
        if let Some((_, other)) = redirects.get(address).filter(|(_, other)| other != target) {
            return Err(format!("a former address of {other}"));
        }
        // A file cannot be a folder as well.
        let folders = address.match_indices('/').map(|(at, _)| &address[..at]);
        let file =
            folders.filter(|folder| is_file(folder)).find(|f| self.has_page(f) || redirects.contains_key(*f));
        file.map_or(Ok(()), |file| Err(format!("the file {file}")))
    }
}

/// Whether an address is a file rather than a folder with an index.html.
fn is_file(address: &str) -> bool {
    address.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

fn alias_taken(entry: &Path, alias: &str, holder: &str) -> Diagnostic {
    Diagnostic::error(
        Code::ADDRESS_TAKEN,
        format!("the alias {alias} is the address of {holder}; it is left out"),
    )
    .in_file(entry)
    .hint("take it out of `aliases`, or give the other page another address")
}
