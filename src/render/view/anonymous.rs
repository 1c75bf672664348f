//! Those who have no name: [`UnnamedPage`], what people, groups and documents without one say, brief
//! by brief, and [`UnknownPage`], quotations whose speaker the text does not name.
//!
//! Two officials without a name are never taken for one: each statement stands with the words that
//! its own brief has for who speaks.

use chrono::Datelike;
use serde::Serialize;

use super::Link;
use super::selection::{InYear, LONGEST, by_year};
use super::statement::Remarks;
use crate::annotate::SpeakerKind;
use crate::library::{OpenQuote, StatementId};
use crate::render::date::DateView;
use crate::render::made::Ready;
use crate::render::{SiteView, links};

/// Statements without a profile, by the day they are listed under: people and groups first of all,
/// documents and polls are none of them.
pub(crate) fn unnamed(site: &SiteView<'_>) -> Vec<StatementId> {
    let rows = &site.library.statements;
    let nameless = |id: &usize| {
        let row = &rows[*id];
        row.profile.is_none() && matches!(row.kind, SpeakerKind::Unnamed | SpeakerKind::Group)
    };
    let mut ids: Vec<StatementId> = (0..rows.len()).filter(nameless).collect();
    ids.sort_by_key(|id| (rows[*id].when(), rows[*id].published, *id));
    ids
}

/// Quotations that the text gives to nobody, in the library's order, with their context.
pub(crate) fn unknown<'a>(site: &SiteView<'a>) -> impl Iterator<Item = (&'a OpenQuote, &'a str)> {
    site.library.open.iter().filter_map(|open| Some((open, open.nobody.as_deref()?)))
}

/// The pages of the years of what the unnamed say, where it is a lot; else none.
pub(crate) fn pages(site: &SiteView<'_>) -> Vec<(i32, usize)> {
    let all = unnamed(site);
    let years = if all.len() > LONGEST { by_year(site, &all) } else { Vec::new() };
    years.iter().flat_map(|row| (1..=row.parts()).map(|part| (row.year, part))).collect()
}

/// A year of statements.
#[derive(Debug, Serialize)]
struct Year<'a> {
    year: i32,
    remarks: Vec<Remarks<'a>>,
}

/// A year to go to.
#[derive(Debug, Serialize)]
struct YearLink {
    year: i32,
    path: String,
    statements: usize,
    /// Whether this page is the one.
    here: bool,
}

/// What the unnamed say, all of it or a year.
#[derive(Debug, Serialize)]
pub(crate) struct UnnamedPage<'a> {
    /// "12 statements in 7 briefs".
    summary: String,
    jump: Vec<YearLink>,
    /// Whether the list is long: then the years stand on pages of their own.
    long: bool,
    years: Vec<Year<'a>>,
}

impl<'a> UnnamedPage<'a> {
    /// `year` with its part from 1 is given for the pages of long lists.
    pub(crate) fn of(site: &SiteView<'a>, year: Option<(i32, usize)>) -> Self {
        let all = unnamed(site);
        let long = all.len() > LONGEST;
        let rows = by_year(site, &all);
        let jump = rows.iter().filter(|_| rows.len() > 1 || long).map(|row| YearLink {
            year: row.year,
            path: if long { links::year_of(links::UNNAMED, row.year, 1) } else { format!("#y{}", row.year) },
            statements: row.statements.len(),
            here: year.is_some_and(|(year, _)| year == row.year),
        });
        let shown: Vec<InYear<'_>> = match year {
            Some((year, part)) => {
                let row = rows.iter().find(|row| row.year == year);
                let statements = row.and_then(|row| row.statements.chunks(LONGEST).nth(part - 1));
                statements.map(|statements| InYear { year, statements }).into_iter().collect()
            }
            None if long => Vec::new(),
            None => by_year(site, &all),
        };
        let about: Vec<StatementId> = match year {
            Some(_) => shown.iter().flat_map(|row| row.statements.iter().copied()).collect(),
            None => all.clone(),
        };
        let briefs: std::collections::BTreeSet<usize> =
            about.iter().map(|id| site.library.statements[*id].brief).collect();
        let statements = site.words.count("count.statements", about.len());
        let briefs = site.words.count("count.briefs", briefs.len());
        Self {
            summary: site.words.with("unnamed.summary", &[("statements", &statements), ("briefs", &briefs)]),
            jump: jump.collect(),
            long,
            years: shown
                .iter()
                .map(|row| Year { year: row.year, remarks: Remarks::all(site, row.statements) })
                .collect(),
        }
    }
}

/// A quotation that the text gives to nobody.
#[derive(Debug, Serialize)]
struct Orphan<'a> {
    words: &'a str,
    before: &'a str,
    after: &'a str,
    path: String,
    brief: Link,
    published: Ready<DateView>,
}

/// Quotations of one year of publication.
#[derive(Debug, Serialize)]
struct OrphanYear<'a> {
    year: i32,
    quotations: Vec<Orphan<'a>>,
}

/// Quotations whose speaker the text does not name.
#[derive(Debug, Serialize)]
pub(crate) struct UnknownPage<'a> {
    total: usize,
    /// How many of them stand on the page: the latest.
    shown: usize,
    years: Vec<OrphanYear<'a>>,
}

impl<'a> UnknownPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>) -> Self {
        let mut years: Vec<OrphanYear<'a>> = Vec::new();
        // The library's order is by brief, newest first.
        for (open, context) in unknown(site).take(LONGEST) {
            let row = orphan(site, open, context);
            let year = site.brief(open.brief).published.day.year();
            match years.last_mut() {
                Some(last) if last.year == year => last.quotations.push(row),
                _ => years.push(OrphanYear { year, quotations: vec![row] }),
            }
        }
        let total = unknown(site).count();
        Self { total, shown: total.min(LONGEST), years }
    }
}

fn orphan<'a>(site: &SiteView<'a>, open: &'a OpenQuote, context: &'a str) -> Orphan<'a> {
    let brief = site.brief(open.brief);
    let day = brief.published.day;
    let (before, after) = context.split_once(&*open.words).unwrap_or_default();
    Orphan {
        words: &open.words,
        before,
        after,
        path: format!("{}#{}", links::brief(&brief.slug), open.quote),
        brief: Link { title: brief.title.clone(), path: Some(links::brief(&brief.slug)) },
        published: site.day_view(day),
    }
}
