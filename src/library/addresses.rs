//! Who gets an address that two want, and where former addresses lead.
//!
//! Entry points: [`one_each`] for briefs, [`Library::reserve`] for other pages.

use std::collections::{BTreeMap, BTreeSet, HashMap};
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
    permalink::PLACES,
    permalink::UNNAMED,
    permalink::UNKNOWN,
    permalink::TIMELINE,
    permalink::SEARCH,
];

/// Keeps one brief for each slug, the first by path; the others are left out with an error.
///
/// Answers with the facts in the order of their paths.
pub(crate) fn one_each(mut facts: Vec<&Facts>) -> (Vec<&Facts>, Vec<Diagnostic>) {
    facts.sort_by(|a, b| a.entry.cmp(&b.entry));
    let mut first: HashMap<&str, &Path> = HashMap::with_capacity(facts.len());
    let mut diagnostics = Vec::new();
    facts.retain(|each| match first.get(each.slug.as_str()) {
        None => {
            first.insert(&each.slug, &each.entry);
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
    /// lists (`/briefs/page/2/`, `/speakers/ann-lee/direct/`).
    #[must_use]
    pub fn addresses(&self) -> BTreeSet<String> {
        let mut all: BTreeSet<String> = FIXED.iter().map(|address| (*address).to_owned()).collect();
        all.extend(self.briefs.iter().map(|brief| permalink::brief(&brief.slug)));
        all.extend(self.listed_profiles().map(|(_, profile)| permalink::speaker(&profile.id)));
        all.extend(self.outlets.iter().map(|row| permalink::outlet(&row.id)));
        all.extend(self.places.iter().map(|row| permalink::place(&row.id)));
        all.extend(self.topics.iter().map(|row| permalink::topic(&row.id)));
        all.extend(self.stories.iter().map(|row| permalink::story(&row.id)));
        all.extend(self.years.keys().map(|year| permalink::year(*year)));
        all.extend(self.months.keys().map(|&(year, month)| permalink::month(year, month)));
        all.extend(self.days.keys().map(|day| permalink::day(*day)));
        all
    }

    /// Gives plain pages their addresses: those that a page of the library has, or another plain
    /// page, they do not get; those of redirects they take away. Then their own former addresses
    /// become redirects, too.
    ///
    /// Answers with an error for each page and each alias that gives way.
    pub fn reserve(&mut self, pages: &[PlainPage]) -> Vec<Diagnostic> {
        if pages.is_empty() {
            return Vec::new();
        }
        let mut taken: BTreeSet<String> = self.addresses().iter().map(|a| plain(a).to_owned()).collect();
        let mut diagnostics = Vec::new();
        let mut placed: Vec<&PlainPage> = Vec::with_capacity(pages.len());
        for page in pages {
            if taken.insert(plain(&page.address).to_owned()) {
                placed.push(page);
            } else {
                diagnostics.push(page_taken(page));
            }
        }
        diagnostics.extend(self.give_way(&placed));
        let redirects = std::mem::take(&mut self.redirects)
            .into_iter()
            .map(|(from, to)| (plain(&from).to_owned(), (from, to)))
            .collect::<BTreeMap<_, _>>();
        let mut redirects = Redirects(redirects);
        for page in placed {
            diagnostics.extend(redirects.add(&page.entry, &page.aliases, &page.address, &taken));
        }
        self.redirects = redirects.0.into_values().collect();
        diagnostics
    }

    /// Drops the redirects whose addresses `pages` have.
    fn give_way(&mut self, pages: &[&PlainPage]) -> Vec<Diagnostic> {
        let taken: BTreeSet<&str> = pages.iter().map(|page| plain(&page.address)).collect();
        let owners: BTreeMap<String, &Path> =
            self.briefs.iter().map(|brief| (permalink::brief(&brief.slug), brief.entry.as_path())).collect();
        let mut diagnostics = Vec::new();
        self.redirects.retain(|(from, to)| {
            let free = !taken.contains(plain(from));
            if let Some(entry) = owners.get(to).filter(|_| !free) {
                diagnostics.push(alias_taken(entry, from, HELD));
            }
            free
        });
        diagnostics
    }

    /// Fills the redirects: from merged speakers and from the aliases of `facts`, which are in
    /// the order of their paths.
    pub(crate) fn fill_redirects(&mut self, facts: &[&Facts]) -> Vec<Diagnostic> {
        let any = facts.iter().any(|each| !each.aliases.is_empty());
        if !any && self.profiles.iter().all(|profile| profile.merged.is_empty()) {
            return Vec::new();
        }
        let pages: BTreeSet<String> = self.addresses().iter().map(|a| plain(a).to_owned()).collect();
        let mut redirects = Redirects::default();
        for (_, profile) in self.listed_profiles() {
            for old in &profile.merged {
                let from = permalink::speaker(old);
                if !pages.contains(plain(&from)) {
                    redirects.0.insert(plain(&from).to_owned(), (from, permalink::speaker(&profile.id)));
                }
            }
        }
        let mut diagnostics = Vec::new();
        for each in facts {
            let target = permalink::brief(&each.slug);
            diagnostics.extend(redirects.add(&each.entry, &each.aliases, &target, &pages));
        }
        self.redirects = redirects.0.into_values().collect();
        diagnostics
    }
}

/// A plain page, as far as addresses go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainPage {
    /// Its address as a site path (`/about/`).
    pub address: String,
    /// Its entry, relative to the site's folder.
    pub entry: PathBuf,
    /// Its former addresses.
    pub aliases: Vec<String>,
}

/// Former addresses by their plain form: the address as it is written, and where it leads.
#[derive(Default)]
struct Redirects(BTreeMap<String, (String, String)>);

impl Redirects {
    /// Leads the `aliases` of one entry to `target`; answers with an error for each that cannot.
    fn add(
        &mut self,
        entry: &Path,
        aliases: &[String],
        target: &str,
        pages: &BTreeSet<String>,
    ) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for alias in aliases {
            match is_free(alias, target, pages, &self.0) {
                Ok(()) => drop(self.0.insert(plain(alias).to_owned(), (alias.clone(), target.to_owned()))),
                Err(why) => diagnostics.push(alias_taken(entry, alias, &why)),
            }
        }
        diagnostics
    }
}

/// Why an alias gives way to a page.
const HELD: &str = "a page of the site stands there";

/// Whether a redirect to `target` may stand at `alias`; else why not.
fn is_free(
    alias: &str,
    target: &str,
    pages: &BTreeSet<String>,
    redirects: &BTreeMap<String, (String, String)>,
) -> Result<(), String> {
    let address = plain(alias);
    if address == plain(target) {
        return Err("its own page stands there".into());
    }
    if pages.contains(address) || is_part_of_a_list(address, pages) {
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

/// Whether an address lies where a list has further pages: those of briefs, and below a speaker's or
/// a group's page.
fn is_part_of_a_list(address: &str, pages: &BTreeSet<String>) -> bool {
    let lists = [permalink::SPEAKERS, permalink::OUTLETS, permalink::TOPICS, permalink::PLACES];
    let inside = |list: &&str| {
        let rest = address.strip_prefix(list)?;
        let (id, _) = rest.split_once('/')?;
        pages.contains(&format!("{list}{id}")).then_some(())
    };
    address.starts_with("/briefs/page/") || lists.iter().any(|list| inside(list).is_some())
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

fn page_taken(page: &PlainPage) -> Diagnostic {
    let message = format!("the address {} is taken; this page is left out", page.address);
    Diagnostic::error(Code::ADDRESS_TAKEN, message)
        .in_file(&page.entry)
        .hint("give this page a `slug` of its own in its front matter")
}
