//! [`plan`]: every page of the site, one [`Job`] each.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::view::feed::{FeedFormat, FeedOf};
use super::view::groups::{self, GroupKind};
use super::view::search::is_found;
use super::view::selection::{self, Selection};
use super::view::{anonymous, home, sitemap};
use super::{SiteView, links};
use crate::library::{BriefId, ProfileId};

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum JobKind {
    Home,
    Briefs(usize),
    Brief(BriefId),
    Speakers,
    Speaker(ProfileId),
    /// A part of a speaker's statements: narrowed, or a year of many.
    Statements(Selection),
    /// What those without a name say; of many, a year and its part from 1.
    Unnamed(Option<(i32, usize)>),
    Unknown,
    Days,
    Year(i32),
    Month(i32, u32),
    Day(NaiveDate),
    Timeline,
    Groups(GroupKind),
    Group(GroupKind, usize),
    /// A further page of a group's briefs, from 2.
    GroupPart(GroupKind, usize, usize),
    Search,
    Page(usize),
    NotFound,
    Feed(FeedOf, FeedFormat),
    Annotations(BriefId),
    SiteCard,
    BriefCard(BriefId),
    Sitemap(usize),
    SitemapIndex,
    NewsSitemap,
    Robots,
    Redirect(String),
}

/// One page to make.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Job {
    /// The file in the output folder (`briefs/a/index.html`).
    pub path: String,
    /// The address as a site path (`/briefs/a/`).
    pub site_path: String,
    pub(crate) kind: JobKind,
}

impl Job {
    fn new(site_path: impl Into<String>, kind: JobKind) -> Self {
        let site_path = site_path.into();
        Self { path: links::file(&site_path), site_path, kind }
    }

    /// Whether it is rendered as an SVG that a PNG is to be made of.
    #[must_use]
    pub fn is_card(&self) -> bool {
        matches!(self.kind, JobKind::SiteCard | JobKind::BriefCard(_))
    }

    /// Whether search engines are told of the page.
    pub(crate) fn is_indexed(&self, site: &SiteView<'_>) -> bool {
        match &self.kind {
            JobKind::NotFound
            | JobKind::Feed(..)
            | JobKind::Annotations(_)
            | JobKind::SiteCard
            | JobKind::BriefCard(_)
            | JobKind::Sitemap(_)
            | JobKind::SitemapIndex
            | JobKind::NewsSitemap
            | JobKind::Robots
            | JobKind::Redirect(_) => false,
            JobKind::Speaker(id) => !site.profile(*id).noindex,
            // What narrows a page repeats it, and what nobody is known to have said is no statement.
            JobKind::Statements(selection) => {
                selection.filter.is_none() && !site.profile(selection.speaker).noindex
            }
            JobKind::Unknown => false,
            _ => true,
        }
    }
}

/// A part of the site that has an index page: the word in the menu and the path.
pub(crate) type Section = (&'static str, &'static str);

/// The sections that hold something, in the order of the menu.
pub(crate) fn sections(site: &SiteView<'_>) -> Vec<Section> {
    let filled = |kind: GroupKind| !kind.rows(site).is_empty();
    [
        (site.words.get("sections.briefs"), "/briefs/", !site.library.briefs.is_empty()),
        (site.words.get("sections.speakers"), "/speakers/", site.speakers().next().is_some()),
        (site.words.get("sections.days"), "/days/", !site.years.is_empty()),
        (site.words.get("sections.timeline"), "/timeline/", !site.years.is_empty()),
        (site.words.get("sections.stories"), "/stories/", filled(GroupKind::Story)),
        (site.words.get("sections.topics"), "/topics/", filled(GroupKind::Topic)),
        (site.words.get("sections.places"), "/places/", filled(GroupKind::Place)),
        (site.words.get("sections.outlets"), "/outlets/", filled(GroupKind::Outlet)),
        (site.words.get("sections.search"), "/search/", is_searchable(site)),
    ]
    .into_iter()
    .filter(|(_, _, filled)| *filled)
    .map(|(title, path, _)| (title, path))
    .collect()
}

/// Whether there is a search page: there is something to find, and dateline.toml wants it.
pub(super) fn is_searchable(site: &SiteView<'_>) -> bool {
    site.settings.site.search && site.library.statements.iter().any(|row| is_found(site, row))
}

/// Every page of the site in a fixed order, no two with one path. Where an alias or a plain page
/// would stand in the place of another page, the other page is kept.
#[must_use]
pub fn plan(site: &SiteView<'_>) -> Vec<Job> {
    let mut jobs = vec![Job::new("/", JobKind::Home)];
    let filled: BTreeSet<&str> = sections(site).into_iter().map(|(_, path)| path).collect();
    if filled.contains("/briefs/") {
        jobs.extend((1..=home::pages(site)).map(|n| Job::new(links::briefs(n), JobKind::Briefs(n))));
    }
    // A brief's annotations come behind its page: both are drawn of one weaving (`Last`).
    jobs.extend(site.library.briefs.iter().enumerate().flat_map(|(id, brief)| {
        let annotations = Job::new(links::annotations(&brief.slug), JobKind::Annotations(id));
        [Job::new(links::brief(&brief.slug), JobKind::Brief(id)), annotations]
    }));
    if filled.contains("/speakers/") {
        jobs.push(Job::new("/speakers/", JobKind::Speakers));
    }
    add_speakers(site, &mut jobs);
    jobs.extend(site.has_card().then(|| Job::new(links::CARD, JobKind::SiteCard)));
    let briefs = site.library.briefs.iter().enumerate().filter(|(id, _)| site.has_brief_card(*id));
    jobs.extend(briefs.map(|(id, b)| Job::new(links::card(&b.slug), JobKind::BriefCard(id))));
    add_days(site, &mut jobs);
    add_groups(site, &mut jobs);
    if filled.contains("/search/") {
        jobs.push(Job::new("/search/", JobKind::Search));
    }
    jobs.push(Job::new("/404.html", JobKind::NotFound));
    add_feeds(site, &mut jobs);
    jobs.push(Job::new(links::SITEMAP, JobKind::Sitemap(0)));
    if sitemap::has_news(site) {
        jobs.push(Job::new(links::NEWS_SITEMAP, JobKind::NewsSitemap));
    }
    jobs.push(Job::new("/robots.txt", JobKind::Robots));
    let pages = site.pages.iter().enumerate();
    jobs.extend(pages.map(|(index, p)| Job::new(links::page(&p.meta.slug), JobKind::Page(index))));
    let redirects = site.library.redirects().iter();
    jobs.extend(redirects.map(|(from, to)| Job::new(from, JobKind::Redirect(to.clone()))));
    leave_taken(&mut jobs);
    split_sitemap(site, &mut jobs);
    jobs
}

/// Leaves out jobs whose path another has before them.
fn leave_taken(jobs: &mut Vec<Job>) {
    let mut taken = HashSet::with_capacity(jobs.len());
    let first: Vec<bool> = jobs.iter().map(|job| taken.insert(job.path.as_str())).collect();
    let mut first = first.into_iter();
    jobs.retain(|_| first.next().unwrap_or(true));
}

fn add_speakers(site: &SiteView<'_>, jobs: &mut Vec<Job>) {
    jobs.extend(site.speakers().map(|(id, p)| Job::new(links::speaker(&p.id), JobKind::Speaker(id))));
    let speakers: Vec<ProfileId> = site.speakers().map(|(id, _)| id).collect();
    let pages = speakers.into_par_iter().flat_map_iter(|id| selection::pages(site, id));
    jobs.par_extend(pages.map(|page| Job::new(page.path(site), JobKind::Statements(page))));
    if !anonymous::unnamed(site).is_empty() {
        jobs.push(Job::new(links::UNNAMED, JobKind::Unnamed(None)));
    }
    jobs.extend(anonymous::pages(site).into_iter().map(|(year, part)| {
        Job::new(links::year_of(links::UNNAMED, year, part), JobKind::Unnamed(Some((year, part))))
    }));
    if anonymous::unknown(site).next().is_some() {
        jobs.push(Job::new(links::UNKNOWN, JobKind::Unknown));
    }
}

fn add_groups(site: &SiteView<'_>, jobs: &mut Vec<Job>) {
    for kind in [GroupKind::Outlet, GroupKind::Topic, GroupKind::Place, GroupKind::Story] {
        let rows = kind.rows(site);
        if !rows.is_empty() {
            jobs.push(Job::new(kind.path(), JobKind::Groups(kind)));
        }
        for (index, row) in rows {
            let further = (2..=groups::pages(kind, row.briefs))
                .map(|page| Job::new(links::page_of(&row.path, page), JobKind::GroupPart(kind, index, page)));
            let further: Vec<Job> = further.collect();
            jobs.push(Job::new(row.path, JobKind::Group(kind, index)));
            jobs.extend(further);
        }
    }
}

/// Atom and JSON Feed for the site, and for each speaker, outlet, topic and story with a page.
fn add_feeds(site: &SiteView<'_>, jobs: &mut Vec<Job>) {
    let speakers = site.speakers().map(|(id, _)| FeedOf::Speaker(id));
    let groups = [GroupKind::Outlet, GroupKind::Topic, GroupKind::Place, GroupKind::Story]
        .into_iter()
        .flat_map(|kind| {
            let rows = kind.rows(site).into_iter();
            rows.map(move |(index, _)| FeedOf::Group(kind, index))
        });
    for of in std::iter::once(FeedOf::Site).chain(speakers).chain(groups) {
        let feeds = FeedFormat::ALL.into_iter();
        jobs.extend(feeds.map(|format| Job::new(of.path(site, format), JobKind::Feed(of, format))));
    }
}

/// Where the addresses are too many for one sitemap, makes an index of it and adds its parts.
fn split_sitemap(site: &SiteView<'_>, jobs: &mut Vec<Job>) {
    let parts = sitemap::parts(site, jobs).len();
    if parts > 1 {
        let whole = jobs.iter_mut().find(|job| job.kind == JobKind::Sitemap(0));
        whole.into_iter().for_each(|job| job.kind = JobKind::SitemapIndex);
        let parts = (0..parts).map(|part| Job::new(links::sitemap_part(part), JobKind::Sitemap(part)));
        let parts: Vec<Job> = parts.collect();
        jobs.retain(|job| parts.iter().all(|part| part.path != job.path));
        jobs.extend(parts);
    }
}

fn add_days(site: &SiteView<'_>, jobs: &mut Vec<Job>) {
    if !site.years.is_empty() {
        jobs.push(Job::new("/days/", JobKind::Days));
        jobs.push(Job::new("/timeline/", JobKind::Timeline));
    }
    jobs.extend(site.years.keys().map(|year| Job::new(links::year(*year), JobKind::Year(*year))));
    let months = site.months.keys();
    jobs.extend(
        months.map(|&(year, month)| Job::new(links::month(year, month), JobKind::Month(year, month))),
    );
    jobs.extend(site.days.keys().map(|day| Job::new(links::day(*day), JobKind::Day(*day))));
}
