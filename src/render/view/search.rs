//! The search page: the form and its choices. What it finds, `static/search.js` draws.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::Datelike;
use serde::Serialize;

use crate::library::Statement;
use crate::render::SiteView;

/// An outlet that a search can be limited to.
#[derive(Debug, Serialize)]
struct OutletChoice<'a> {
    id: &'a str,
    name: &'a str,
}

/// The search page.
#[derive(Debug, Serialize)]
pub(crate) struct SearchPage<'a> {
    /// Years in which something was said or published, newest first.
    years: Vec<i32>,
    /// Outlets by name; of very many, those with the most briefs.
    outlets: Vec<OutletChoice<'a>>,
    /// What can be found.
    statements: usize,
    briefs: usize,
}

/// Whether a statement can be found: those of speakers who are to have no page are in no index.
pub(in crate::render) fn is_found(site: &SiteView<'_>, row: &Statement) -> bool {
    row.profile.is_none_or(|profile| site.profile(profile).page)
}

/// Outlets to choose from: more than a reader looks through.
const OUTLETS: usize = 100;

impl<'a> SearchPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>) -> Self {
        let library = site.library;
        let said = library.statements.iter().filter(|row| is_found(site, row)).map(|row| row.when().year());
        let published = library.briefs.iter().map(|brief| brief.published.day.year());
        let years: BTreeSet<i32> = said.chain(published).collect();
        let mut outlets: Vec<usize> = (0..library.outlets.len()).collect();
        outlets.sort_by_key(|outlet| Reverse(library.outlets[*outlet].briefs.len()));
        outlets.truncate(OUTLETS);
        // The library has them by name.
        outlets.sort_unstable();
        let choice = |outlet: usize| {
            let row = &library.outlets[outlet];
            OutletChoice { id: &row.id, name: &row.name }
        };
        Self {
            years: years.into_iter().rev().collect(),
            outlets: outlets.into_iter().map(choice).collect(),
            statements: library.statements.iter().filter(|row| is_found(site, row)).count(),
            briefs: library.briefs.len(),
        }
    }
}
