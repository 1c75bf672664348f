//! The home page and the list of briefs.

use serde::Serialize;

use super::groups::{GroupKind, GroupRow};
use super::speakers::{SpeakerRow, most_heard};
use super::statement::{Remarks, alone};
use super::{BriefRow, Link};
use crate::render::{SiteView, links};

/// Briefs on the home page.
const LATEST: usize = 8;

/// Speakers on the home page.
const HEARD: usize = 8;

/// The home page.
#[derive(Debug, Serialize)]
pub(crate) struct HomePage<'a> {
    /// The newest brief, shown large.
    first: Option<BriefRow<'a>>,
    /// Those that follow it.
    briefs: Vec<BriefRow<'a>>,
    more: bool,
    /// A statement of the newest brief that has one to show.
    lead: Option<Lead<'a>>,
    speakers: Vec<SpeakerRow<'a>>,
    stories: Vec<GroupRow<'a>>,
    years: Vec<Link>,
    totals: Totals,
}

/// A statement that stands alone.
#[derive(Debug, Serialize)]
struct Lead<'a> {
    words: String,
    /// Speaker, role, day and brief.
    remark: Remarks<'a>,
    path: String,
}

/// What the site holds.
#[derive(Debug, Serialize)]
struct Totals {
    briefs: usize,
    statements: usize,
    speakers: usize,
    days: usize,
}

impl<'a> HomePage<'a> {
    pub(crate) fn of(site: &SiteView<'a>) -> Self {
        let library = site.library;
        let mut briefs = (0..library.briefs.len().min(LATEST)).map(|id| BriefRow::of(site, id));
        Self {
            first: briefs.next(),
            briefs: briefs.collect(),
            more: library.briefs.len() > LATEST,
            lead: lead(site),
            speakers: most_heard(site, HEARD),
            stories: GroupKind::Story.rows(site).into_iter().map(|(_, g)| GroupRow::of(site, g)).collect(),
            years: site.years.keys().map(|year| year_link(*year)).collect(),
            totals: Totals {
                briefs: library.briefs.len(),
                statements: library.statements.len(),
                speakers: site.speakers().count(),
                days: site.days.len(),
            },
        }
    }
}

fn year_link(year: i32) -> Link {
    Link { title: year.to_string(), path: Some(links::year(year)) }
}

/// The longest direct statement of a named speaker in the newest brief that has one, so long as
/// it can be read at a glance.
fn lead<'a>(site: &SiteView<'a>) -> Option<Lead<'a>> {
    const GLANCE: std::ops::RangeInclusive<usize> = 24..=220;
    site.library.briefs.iter().find_map(|brief| {
        let rows = brief.statements.iter().map(|id| (*id, &site.library.statements[*id]));
        let fit = rows.filter(|(_, s)| {
            s.form == crate::annotate::Form::Direct
                && s.profile.is_some_and(|p| site.speaker_path(p).is_some())
                && GLANCE.contains(&s.words.chars().count())
        });
        let (id, row) = fit.max_by_key(|(id, s)| (s.words.chars().count(), std::cmp::Reverse(*id)))?;
        Some(Lead {
            words: alone(&row.words),
            remark: Remarks::of(site, &[id])?,
            path: format!("{}#{}", links::brief(&brief.slug), row.quote),
        })
    })
}

/// One page of the list of briefs.
#[derive(Debug, Serialize)]
pub(crate) struct BriefsPage<'a> {
    briefs: Vec<BriefRow<'a>>,
    page: usize,
    pages: usize,
    total: usize,
    newer: Option<String>,
    older: Option<String>,
}

/// How many pages the list of briefs has; at least one where there is a brief.
pub(crate) fn pages(site: &SiteView<'_>) -> usize {
    site.library.briefs.len().div_ceil(site.settings.site.per_page.max(1))
}

impl<'a> BriefsPage<'a> {
    /// `page` counts from 1.
    pub(crate) fn of(site: &SiteView<'a>, page: usize) -> Self {
        let per_page = site.settings.site.per_page.max(1);
        let total = site.library.briefs.len();
        let ids: Vec<usize> = (0..total).skip((page - 1) * per_page).take(per_page).collect();
        let pages = pages(site);
        Self {
            briefs: BriefRow::all(site, &ids),
            page,
            pages,
            total,
            newer: (page > 1).then(|| links::briefs(page - 1)),
            older: (page < pages).then(|| links::briefs(page + 1)),
        }
    }
}
