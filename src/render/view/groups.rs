//! Outlets, topics and stories: their lists, and the page of one of them.

use serde::Serialize;

use super::{BriefRow, Link, speaker_link};
use crate::library::BriefId;
use crate::render::date::range;
use crate::render::{SiteView, links};

/// Which rows a list is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GroupKind {
    /// News organisations.
    Outlet,
    /// Subjects.
    Topic,
    /// Named sequences of briefs.
    Story,
}

/// One row of any of the three.
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
            Self::Story => "/stories/",
        }
    }

    /// What one row is called, in small letters.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Topic => "topic",
            Self::Story => "story",
        }
    }

    /// The heading of the list.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Outlet => "Outlets",
            Self::Topic => "Topics",
            Self::Story => "Stories",
        }
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
}

impl<'a> GroupRow<'a> {
    pub(super) fn of(site: &SiteView<'a>, group: Group<'a>) -> Self {
        let days = || group.briefs.iter().map(|id| site.brief(*id).published.day);
        let bounds = days().min().zip(days().max());
        Self {
            name: group.name,
            briefs: group.briefs.len(),
            statements: group.briefs.iter().map(|id| site.brief(*id).statements.len()).sum(),
            days: bounds.map_or_else(String::new, |(first, last)| range(first, last)),
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
    speaker: Link,
    statements: usize,
}

/// The page of a group.
#[derive(Debug, Serialize)]
pub(crate) struct GroupPage<'a> {
    name: &'a str,
    /// Whether the briefs run from the oldest to the newest.
    oldest_first: bool,
    list: Link,
    briefs: Vec<BriefRow<'a>>,
    statements: usize,
    heard: Vec<Heard>,
}

/// Speakers that a group's page names.
const MOST: usize = 8;

impl<'a> GroupPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, kind: GroupKind, index: usize) -> Self {
        let group = kind.row(site, index);
        Self {
            name: group.name,
            oldest_first: kind == GroupKind::Story,
            list: Link { title: kind.title().into(), path: Some(kind.path().into()) },
            briefs: BriefRow::all(site, group.briefs),
            statements: group.briefs.iter().map(|id| site.brief(*id).statements.len()).sum(),
            heard: heard(site, group.briefs),
        }
    }
}

/// Who speaks most in some briefs.
fn heard(site: &SiteView<'_>, briefs: &[BriefId]) -> Vec<Heard> {
    let most = site.library.most_quoted(briefs, MOST);
    most.into_iter()
        .map(|(profile, statements)| Heard { speaker: speaker_link(site, profile), statements })
        .collect()
}
