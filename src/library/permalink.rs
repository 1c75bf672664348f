//! Addresses inside the site: the one place that knows how they are made.
//!
//! Every answer is a site path: it starts with a slash and does not know the base address.

use chrono::{Datelike, NaiveDate};

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

/// A speaker's page.
#[must_use]
pub fn speaker(id: &str) -> String {
    format!("{SPEAKERS}{id}/")
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
