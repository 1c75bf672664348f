//! The Atom feed and the sitemap.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::library::BriefId;
use crate::parse::Published;
use crate::render::{Job, JobKind, SiteView, links};

/// Briefs in the feed.
const ENTRIES: usize = 30;

/// One entry of the feed.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    title: &'a str,
    path: String,
    published: String,
    updated: String,
    summary: &'a str,
    authors: Vec<String>,
    topics: Vec<&'a str>,
    corrections: Vec<String>,
}

/// The feed.
#[derive(Debug, Serialize)]
pub(crate) struct FeedPage<'a> {
    updated: String,
    entries: Vec<Entry<'a>>,
}

impl<'a> FeedPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>) -> Self {
        let ids = 0..site.library.briefs.len().min(ENTRIES);
        let newest = ids.clone().map(|id| changed(site, id)).max();
        Self {
            updated: rfc3339(newest.unwrap_or_else(|| start(site.settings.build_date))),
            entries: ids.map(|id| entry(site, id)).collect(),
        }
    }
}

fn entry<'a>(site: &SiteView<'a>, id: BriefId) -> Entry<'a> {
    let brief = site.brief(id);
    let meta = &site.records[id].article.meta;
    let authors = if meta.authors.is_empty() {
        let outlet = brief.outlet.map(|o| site.library.outlets[o].name.clone());
        outlet.into_iter().collect()
    } else {
        meta.authors.clone()
    };
    Entry {
        title: &brief.title,
        path: links::brief(&brief.slug),
        published: rfc3339(instant(brief.published)),
        updated: rfc3339(changed(site, id)),
        summary: &brief.description,
        authors,
        topics: brief.topics.iter().map(|t| site.library.topics[*t].name.as_str()).collect(),
        corrections: brief
            .corrections
            .iter()
            .map(|c| format!("Correction, {}: {}", crate::render::date::long(c.date), c.text))
            .collect(),
    }
}

/// The last change of a brief: publication, update or correction.
fn changed(site: &SiteView<'_>, id: BriefId) -> DateTime<Utc> {
    let brief = site.brief(id);
    let corrections = brief.corrections.iter().map(|c| start(c.date));
    let all = corrections.chain(brief.updated.map(instant)).chain([instant(brief.published)]);
    all.max().unwrap_or_default()
}

/// The moment of publication; a day without a time counts from its start in UTC.
fn instant(published: Published) -> DateTime<Utc> {
    published.time.map_or_else(|| start(published.day), |time| time.to_utc())
}

fn start(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

fn rfc3339(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// One address of the sitemap.
#[derive(Debug, Serialize)]
struct Place {
    path: String,
    /// The day of the last change, where one is known.
    changed: Option<String>,
}

/// The sitemap.
#[derive(Debug, Serialize)]
pub(crate) struct SitemapPage {
    places: Vec<Place>,
}

impl SitemapPage {
    pub(crate) fn of(site: &SiteView<'_>, jobs: &[Job]) -> Self {
        let places = jobs.iter().filter(|job| job.is_indexed(site)).map(|job| Place {
            path: job.site_path.clone(),
            changed: match job.kind {
                JobKind::Brief(id) => Some(rfc3339(changed(site, id))),
                _ => None,
            },
        });
        Self { places: places.collect() }
    }
}
