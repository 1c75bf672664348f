//! The sitemaps: one, or an index of several, and the news sitemap.
//!
//! Formats: the Sitemaps protocol 0.9 (at most 50,000 addresses and 50 MB a file) and Google's news
//! sitemap 0.9 (articles of the last two days, at most 1,000).

use chrono::{DateTime, Days, Utc};
use serde::Serialize;

use super::feed::{changed, rfc3339};
use crate::library::BriefId;
use crate::render::view::brief::moment;
use crate::render::{Job, JobKind, SiteView, escape, links};

/// How many addresses a sitemap may hold.
pub(crate) const URLS: usize = 50_000;
/// How many bytes a sitemap may have, with some to spare.
const BYTES: usize = 50_000_000;
/// More bytes than the markup of one entry has.
const MARKUP: usize = 120;
/// How many entries a news sitemap may have.
const NEWS: usize = 1_000;
/// For how many days before the build an article is news.
const NEWS_DAYS: Days = Days::new(2);

/// One address of the sitemap.
#[derive(Debug, Serialize)]
pub(crate) struct Place {
    path: String,
    /// The moment of the last change to what the page lists, where that is known.
    changed: Option<String>,
}

/// A sitemap.
#[derive(Debug, Serialize)]
pub(crate) struct SitemapPage {
    places: Vec<Place>,
}

impl SitemapPage {
    /// The part with this number from 0 of the addresses of `jobs`.
    pub(crate) fn of(site: &SiteView<'_>, jobs: &[Job], part: usize) -> Self {
        let jobs = parts(site, jobs).into_iter().nth(part).unwrap_or_default();
        let places = jobs.into_iter().map(|job| Place {
            path: job.site_path.clone(),
            changed: last_change(site, &job.kind).map(rfc3339),
        });
        Self { places: places.collect() }
    }
}

/// The indexed pages among `jobs`, cut into as many lists as the limits of a file ask for; at least
/// one.
pub(crate) fn parts<'j>(site: &SiteView<'_>, jobs: &'j [Job]) -> Vec<Vec<&'j Job>> {
    let origin = site.settings.site.base_url.absolute("/").len();
    let (mut parts, mut bytes) = (vec![Vec::new()], 0);
    for job in jobs.iter().filter(|job| job.is_indexed(site)) {
        let size = origin + escape::href(&job.site_path).len() + MARKUP;
        let full = parts.last().is_some_and(|part: &Vec<&Job>| part.len() >= site.urls_per_sitemap);
        if full || bytes + size > BYTES {
            parts.push(Vec::new());
            bytes = 0;
        }
        bytes += size;
        if let Some(part) = parts.last_mut() {
            part.push(job);
        }
    }
    parts
}

/// The last change to the briefs that a page shows or lists, where those are few or all.
fn last_change(site: &SiteView<'_>, kind: &JobKind) -> Option<DateTime<Utc>> {
    let newest = |briefs: &[BriefId]| briefs.iter().map(|id| changed(site, *id)).max();
    match kind {
        JobKind::Brief(id) => Some(changed(site, *id)),
        JobKind::Speaker(id) => newest(&site.profile(*id).briefs),
        JobKind::Group(kind, index) => newest(kind.row(site, *index).briefs),
        JobKind::Home => (0..site.library.briefs.len()).map(|id| changed(site, id)).max(),
        _ => None,
    }
}

/// The index of the sitemaps.
#[derive(Debug, Serialize)]
pub(crate) struct SitemapIndexPage {
    paths: Vec<String>,
}

impl SitemapIndexPage {
    pub(crate) fn of(site: &SiteView<'_>, jobs: &[Job]) -> Self {
        let mut paths: Vec<String> = (0..parts(site, jobs).len()).map(links::sitemap_part).collect();
        paths.extend(has_news(site).then(|| links::NEWS_SITEMAP.to_owned()));
        Self { paths }
    }
}

/// robots.txt.
#[derive(Debug, Serialize)]
pub(crate) struct RobotsPage {
    sitemaps: Vec<&'static str>,
}

impl RobotsPage {
    pub(crate) fn of(site: &SiteView<'_>) -> Self {
        let news = has_news(site).then_some(links::NEWS_SITEMAP);
        Self { sitemaps: std::iter::once(links::SITEMAP).chain(news).collect() }
    }
}

/// One article of the news sitemap.
#[derive(Debug, Serialize)]
struct News<'a> {
    path: String,
    title: &'a str,
    /// A day, or a moment with zone where a time is known.
    published: String,
    /// An ISO 639 code.
    lang: String,
}

/// The news sitemap.
#[derive(Debug, Serialize)]
pub(crate) struct NewsSitemapPage<'a> {
    articles: Vec<News<'a>>,
}

impl<'a> NewsSitemapPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>) -> Self {
        let articles = news(site).map(|id| {
            let (row, meta) = (site.brief(id), &site.records[id].article.meta);
            News {
                path: links::brief(&row.slug),
                title: &row.title,
                published: moment(row.published),
                lang: language(meta.lang.as_ref().unwrap_or(&site.settings.site.lang)),
            }
        });
        Self { articles: articles.collect() }
    }
}

/// Whether anything was published in the days before the build.
pub(crate) fn has_news(site: &SiteView<'_>) -> bool {
    news(site).next().is_some()
}

/// The briefs of the build's day and the two before it, newest first.
fn news(site: &SiteView<'_>) -> impl Iterator<Item = BriefId> {
    let last = site.settings.build_date;
    let first = last.checked_sub_days(NEWS_DAYS).unwrap_or(last);
    // Newest first: whatever comes behind the first older one is older, too.
    let days = site.library.briefs.iter().map(|brief| brief.published.day);
    let recent =
        days.enumerate().skip_while(move |(_, day)| *day > last).take_while(move |(_, day)| *day >= first);
    recent.take(NEWS).map(|(id, _)| id)
}

/// A language tag as the news sitemap takes it: an ISO 639 code, and two tags for Chinese.
fn language(tag: &str) -> String {
    let tag = tag.to_ascii_lowercase();
    match tag.as_str() {
        "zh-cn" | "zh-tw" => tag,
        "zh-hans" | "zh" => "zh-cn".into(),
        "zh-hant" => "zh-tw".into(),
        _ => tag.split('-').next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn the_news_sitemap_takes_languages_without_a_region() {
        for (tag, expected) in [("en-GB", "en"), ("de", "de"), ("zh-TW", "zh-tw"), ("zh-Hans", "zh-cn")] {
            assert_eq!(language(tag), expected);
        }
    }
}
