//! Addresses inside the site: the one place that knows how they are made.
//!
//! Every answer is a site path: it starts with a slash and does not know the base address.

use chrono::{Datelike, NaiveDate};

use crate::annotate::timex::{Season, Value, edtf_interval};

/// The list of briefs.
pub const BRIEFS: &str = "/briefs/";
/// The list of speakers.
pub const SPEAKERS: &str = "/speakers/";
/// The list of years.
pub const DAYS: &str = "/days/";
/// The list of outlets.
pub const OUTLETS: &str = "/outlets/";
/// The list of topics.
pub const TOPICS: &str = "/topics/";
/// The list of stories.
pub const STORIES: &str = "/stories/";
/// Everything in time order.
pub const TIMELINE: &str = "/timeline/";
/// The search page.
pub const SEARCH: &str = "/search/";

/// The picture of the site for shared links.
pub const CARD: &str = "/card.png";
/// The sitemap, or the index of several.
pub const SITEMAP: &str = "/sitemap.xml";
/// The news sitemap.
pub const NEWS_SITEMAP: &str = "/sitemap-news.xml";

/// One of several sitemaps, from 0: `/sitemap-1.xml`.
#[must_use]
pub fn sitemap_part(index: usize) -> String {
    format!("/sitemap-{}.xml", index + 1)
}

/// A page of the list of briefs, from 1.
#[must_use]
pub fn briefs(page: usize) -> String {
    if page <= 1 { BRIEFS.to_owned() } else { format!("{BRIEFS}page/{page}/") }
}

/// A brief.
#[must_use]
pub fn brief(slug: &str) -> String {
    format!("{BRIEFS}{slug}/")
}

/// The annotations of a brief, for machines.
#[must_use]
pub fn annotations(slug: &str) -> String {
    format!("{BRIEFS}{slug}/annotations.jsonld")
}

/// The picture of a brief for shared links.
#[must_use]
pub fn card(slug: &str) -> String {
    format!("{BRIEFS}{slug}/card.png")
}

/// A speaker's page.
#[must_use]
pub fn speaker(id: &str) -> String {
    format!("{SPEAKERS}{id}/")
}

/// The statements of people without a name.
pub const UNNAMED: &str = "/speakers/unnamed/";
/// Quotations whose speaker the text does not name.
pub const UNKNOWN: &str = "/speakers/unknown/";
/// The list of dateline places.
pub const PLACES: &str = "/places/";

/// A speaker's statements in the exact words (`direct`), or reported in other words (`reported`).
#[must_use]
pub fn speaker_form(id: &str, form: &str) -> String {
    format!("{SPEAKERS}{id}/{form}/")
}

/// A speaker's statements in briefs under one topic.
#[must_use]
pub fn speaker_topic(id: &str, topic: &str) -> String {
    format!("{SPEAKERS}{id}/topics/{topic}/")
}

/// A speaker's statements in the briefs of one outlet.
#[must_use]
pub fn speaker_outlet(id: &str, outlet: &str) -> String {
    format!("{SPEAKERS}{id}/outlets/{outlet}/")
}

/// A year of a long list of statements; `part` counts from 1 where a year has several pages.
#[must_use]
pub fn year_of(list: &str, year: i32, part: usize) -> String {
    if part <= 1 { format!("{list}{year:04}/") } else { format!("{list}{year:04}/{part}/") }
}

/// A further page of a list of briefs, from 1, which is the list itself.
#[must_use]
pub fn page_of(list: &str, page: usize) -> String {
    if page <= 1 { list.to_owned() } else { format!("{list}page/{page}/") }
}

/// A dateline place.
#[must_use]
pub fn place(id: &str) -> String {
    format!("{PLACES}{id}/")
}

/// A year.
#[must_use]
pub fn year(year: i32) -> String {
    format!("{DAYS}{year:04}/")
}

/// A month, from 1.
#[must_use]
pub fn month(year: i32, month: u32) -> String {
    format!("{DAYS}{year:04}/{month:02}/")
}

/// A day.
#[must_use]
pub fn day(day: NaiveDate) -> String {
    format!("{DAYS}{:04}/{:02}/{:02}/", day.year(), day.month(), day.day())
}

/// The anchor of a part of a month or year, of a decade or of a century on the page that lists it:
/// `spring`, `q4`, `w49`, `d1960s`. `None` for what has a page of its own.
#[must_use]
pub fn section(value: Value) -> Option<String> {
    match value {
        Value::Season(_, season) => Some(
            match season {
                Season::Spring => "spring",
                Season::Summer => "summer",
                Season::Autumn => "autumn",
                Season::Winter => "winter",
            }
            .to_owned(),
        ),
        Value::Quarter(_, quarter) => Some(format!("q{quarter}")),
        Value::Half(_, half) => Some(format!("h{half}")),
        Value::Week(_, week) => Some(format!("w{week:02}")),
        Value::Weekend(_, week) => Some(format!("w{week:02}-weekend")),
        Value::Decade(decade) => Some(format!("d{decade:03}0s")),
        Value::Century(century) => Some(format!("c{}", century + 1)),
        _ => None,
    }
}

/// The anchor of an interval on the page that lists it: `from-2025-12-02--2025-12-05`.
#[must_use]
pub fn interval(begin: Value, end: Value) -> Option<String> {
    Some(format!("from-{}", edtf_interval(begin, end)?.replace('/', "--")))
}

/// An outlet.
#[must_use]
pub fn outlet(id: &str) -> String {
    format!("{OUTLETS}{id}/")
}

/// A topic.
#[must_use]
pub fn topic(id: &str) -> String {
    format!("{TOPICS}{id}/")
}

/// A story.
#[must_use]
pub fn story(id: &str) -> String {
    format!("{STORIES}{id}/")
}

/// A plain page.
#[must_use]
pub fn page(slug: &str) -> String {
    format!("/{slug}/")
}
