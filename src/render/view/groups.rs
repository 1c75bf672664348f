//! Outlets, topics, places and stories: their lists, and the page of one of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::Datelike;
use serde::Serialize;

use super::statement::Remarks;
use super::{BriefRow, Link};
use crate::annotate::Form;
use crate::annotate::timex::Value;
use crate::library::{BriefId, StatementId};
use crate::render::activity::Activity;
use crate::render::date::DateView;
use crate::render::made::Ready;
use crate::render::{SiteView, links};

/// Which rows a list is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GroupKind {
    /// News organisations.
    Outlet,
    /// Subjects.
    Topic,
    /// Places of datelines.
    Place,
    /// Named sequences of briefs.
    Story,
}

/// One row of any of them.
pub(crate) struct Group<'a> {
    pub(crate) name: &'a str,
    pub(crate) path: String,
    pub(crate) briefs: &'a [BriefId],
}

impl GroupKind {
    /// The rows in the library's order, with their index; those without a brief are left out.
    pub(crate) fn rows<'a>(self, site: &SiteView<'a>) -> Vec<(usize, Group<'a>)> {
        let library = site.library;
        let number = match self {
            Self::Outlet => library.outlets.len(),
            Self::Topic => library.topics.len(),
            Self::Place => library.places.len(),
            Self::Story => library.stories.len(),
        };
        let rows = (0..number).map(|index| (index, self.row(site, index)));
        rows.filter(|(_, row)| !row.briefs.is_empty()).collect()
    }

    /// One row.
    pub(crate) fn row<'a>(self, site: &SiteView<'a>, index: usize) -> Group<'a> {
        match self {
            Self::Outlet => {
                let row = &site.library.outlets[index];
                Group { name: &row.name, path: links::outlet(&row.id), briefs: &row.briefs }
            }
            Self::Topic => {
                let row = &site.library.topics[index];
                Group { name: &row.name, path: links::topic(&row.id), briefs: &row.briefs }
            }
            Self::Place => {
                let row = &site.library.places[index];
                Group { name: &row.name, path: links::place(&row.id), briefs: &row.briefs }
            }
            Self::Story => {
                let row = &site.library.stories[index];
                Group { name: &row.name, path: links::story(&row.id), briefs: &row.briefs }
            }
        }
    }

    /// The path of the list.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Outlet => "/outlets/",
            Self::Topic => "/topics/",
            Self::Place => "/places/",
            Self::Story => "/stories/",
        }
    }

    /// What the templates of one row and of the list are called.
    pub(crate) fn templates(self) -> (&'static str, &'static str) {
        match self {
            Self::Outlet => ("outlet.html", "outlets.html"),
            Self::Topic => ("topic.html", "topics.html"),
            Self::Place => ("place.html", "places.html"),
            Self::Story => ("story.html", "stories.html"),
        }
    }

    /// The heading of the list.
    pub(crate) fn title(self, site: &SiteView<'_>) -> &'static str {
        site.words.get(match self {
            Self::Outlet => "sections.outlets",
            Self::Topic => "sections.topics",
            Self::Place => "sections.places",
            Self::Story => "sections.stories",
        })
    }
}

/// A row of a list of groups.
#[derive(Debug, Serialize)]
pub(crate) struct GroupRow<'a> {
    name: &'a str,
    path: String,
    briefs: usize,
    statements: usize,
    /// "5 April 1988 to 16 September 2025".
    days: String,
    /// The newest brief.
    latest: Option<Link>,
    /// Who speaks most, at most three.
    heard: Vec<Ready<Link>>,
}

impl<'a> GroupRow<'a> {
    pub(super) fn of(site: &SiteView<'a>, group: Group<'a>) -> Self {
        let days = || group.briefs.iter().map(|id| site.brief(*id).published.day);
        let bounds = days().min().zip(days().max());
        Self {
            name: group.name,
            briefs: group.briefs.len(),
            statements: group.briefs.iter().map(|id| site.brief(*id).statements.len()).sum(),
            days: bounds.map_or_else(String::new, |(first, last)| site.words.range(first, last)),
            // The newest brief has the smallest index.
            latest: group.briefs.iter().min().map(|id| brief_link(site, *id)),
            heard: site
                .library
                .most_quoted(group.briefs, 3)
                .iter()
                .map(|(p, _)| site.speaker_view(*p))
                .collect(),
            path: group.path,
        }
    }
}

/// A list of groups.
#[derive(Debug, Serialize)]
pub(crate) struct GroupsPage<'a> {
    rows: Vec<GroupRow<'a>>,
}

impl<'a> GroupsPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, kind: GroupKind) -> Self {
        let rows = kind.rows(site).into_iter();
        Self { rows: rows.map(|(_, group)| GroupRow::of(site, group)).collect() }
    }
}

/// Somebody and how often they speak in a group's briefs.
#[derive(Debug, Serialize)]
struct Heard {
    speaker: Ready<Link>,
    statements: usize,
}

/// Briefs of a story that stand under one year or month.
#[derive(Debug, Serialize)]
struct Chapter<'a> {
    /// The anchor.
    id: String,
    title: String,
    /// The page of the year or month.
    path: Option<String>,
    briefs: Vec<Episode<'a>>,
}

/// A brief of a story, with what is said in it first in the exact words.
#[derive(Debug, Serialize)]
struct Episode<'a> {
    row: BriefRow<'a>,
    said: Option<Remarks<'a>>,
}

/// The page of a group, or a further page of it.
#[derive(Debug, Serialize)]
pub(crate) struct GroupPage<'a> {
    name: &'a str,
    list: Link,
    total: usize,
    statements: usize,
    /// "5 April 1988 to 16 September 2025".
    days: String,
    heard: Vec<Heard>,
    activity: Option<Activity>,
    latest: Option<Link>,
    /// Newest first; none for a story.
    briefs: Vec<BriefRow<'a>>,
    /// The briefs of a story, oldest first.
    chapters: Vec<Chapter<'a>>,
    /// The times that a story's briefs name or date statements to, at their own precision.
    times: Vec<DateView>,
    page: usize,
    pages: usize,
    newer: Option<String>,
    older: Option<String>,
}

/// Speakers that a group's page names.
const MOST: usize = 8;

/// The most briefs on one page of a group; a story stands on one page whole.
const PER_PAGE: usize = 100;

/// How many pages a group takes.
pub(crate) fn pages(kind: GroupKind, briefs: &[BriefId]) -> usize {
    if kind == GroupKind::Story { 1 } else { briefs.len().div_ceil(PER_PAGE).max(1) }
}

impl<'a> GroupPage<'a> {
    /// `page` counts from 1.
    pub(crate) fn of(site: &SiteView<'a>, kind: GroupKind, index: usize, page: usize) -> Self {
        let group = kind.row(site, index);
        let story = kind == GroupKind::Story;
        let pages = pages(kind, group.briefs);
        let shown = group.briefs.chunks(PER_PAGE).nth(page - 1).filter(|_| !story).unwrap_or_default();
        let first = page == 1;
        let row = GroupRow::of(site, kind.row(site, index));
        let path = |page| links::page_of(&group.path, page);
        Self {
            name: group.name,
            list: Link { title: kind.title(site).into(), path: Some(kind.path().into()) },
            total: row.briefs,
            statements: row.statements,
            days: row.days,
            heard: if first { heard(site, group.briefs) } else { Vec::new() },
            activity: if first { activity(site, group.briefs) } else { None },
            latest: row.latest,
            briefs: BriefRow::all(site, shown),
            chapters: if story { chapters(site, group.briefs) } else { Vec::new() },
            times: if story { times(site, group.briefs) } else { Vec::new() },
            page,
            pages,
            newer: (page > 1).then(|| path(page - 1)),
            older: (page < pages).then(|| path(page + 1)),
        }
    }
}

fn brief_link(site: &SiteView<'_>, id: BriefId) -> Link {
    let brief = site.brief(id);
    Link { title: brief.title.clone(), path: Some(links::brief(&brief.slug)) }
}

/// Who speaks most in some briefs.
fn heard(site: &SiteView<'_>, briefs: &[BriefId]) -> Vec<Heard> {
    let most = site.library.most_quoted(briefs, MOST);
    most.into_iter()
        .map(|(profile, statements)| Heard { speaker: site.speaker_view(profile), statements })
        .collect()
}

/// When the statements of some briefs were made.
fn activity(site: &SiteView<'_>, briefs: &[BriefId]) -> Option<Activity> {
    let ids = briefs.iter().flat_map(|id| &site.brief(*id).statements);
    let rows = ids.map(|id| &site.library.statements[*id]);
    Activity::of(site.words, &rows.map(|row| (row.said_on, row.published)).collect::<Vec<_>>())
}

/// A story's briefs by year, or by month where all are of one year.
fn chapters<'a>(site: &SiteView<'a>, briefs: &[BriefId]) -> Vec<Chapter<'a>> {
    let day = |id: &BriefId| site.brief(*id).published.day;
    let one_year = briefs.iter().all(|id| day(id).year() == day(&briefs[0]).year());
    let key = |id: &BriefId| (day(id).year(), if one_year { day(id).month() } else { 0 });
    let chapter = |briefs: &[BriefId]| {
        let (year, month) = key(&briefs[0]);
        let episode = |id: &BriefId| Episode { row: BriefRow::of(site, *id), said: first_said(site, *id) };
        let briefs = briefs.iter().map(episode).collect();
        if one_year {
            let path = site.months.contains_key(&(year, month)).then(|| links::month(year, month));
            let title = site.words.month_of(year, month);
            return Chapter { id: format!("m{year:04}-{month:02}"), title, path, briefs };
        }
        let path = site.years.contains_key(&year).then(|| links::year(year));
        Chapter { id: format!("y{year:04}"), title: year.to_string(), path, briefs }
    };
    briefs.chunk_by(|a, b| key(a) == key(b)).map(chapter).collect()
}

/// The first statement of a brief in the exact words, else the first.
fn first_said<'a>(site: &SiteView<'a>, id: BriefId) -> Option<Remarks<'a>> {
    let statements = &site.brief(id).statements;
    let direct = |id: &&StatementId| site.library.statements[**id].form == Form::Direct;
    let first = statements.iter().find(direct).or(statements.first())?;
    Remarks::of(site, &[*first])
}

/// The times that some briefs name or date statements to and that have a page: those that are named
/// most, in the order of time.
fn times(site: &SiteView<'_>, briefs: &[BriefId]) -> Vec<DateView> {
    /// Times that are listed.
    const TIMES: usize = 40;
    let mut counts: BTreeMap<Value, usize> = BTreeMap::new();
    for brief in briefs.iter().map(|id| site.brief(*id)) {
        let said = brief.statements.iter().filter_map(|id| site.library.statements[*id].said_on);
        let named = brief.dates.iter().filter(|date| date.until.is_none()).map(|date| date.value);
        for value in said.chain(named) {
            *counts.entry(value.day().map_or(value, Value::Day)).or_default() += 1;
        }
    }
    let mut most: Vec<(Value, usize)> = counts.into_iter().collect();
    most.sort_by_key(|(value, count)| (Reverse(*count), *value));
    most.truncate(TIMES);
    most.sort_by_key(|(value, _)| value.begin_end().map(|(first, last)| (first, Reverse(last))));
    most.iter()
        .filter_map(|(value, _)| Some(DateView::value(site.words, *value, Some(site.value_path(*value)?))))
        .collect()
}
