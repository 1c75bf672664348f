//! Addresses inside the site: the one place that knows how they are made.
//!
//! Every answer is a site path: it starts with a slash and does not know the base address.

use chrono::{Datelike, NaiveDate};

use super::{Brief, Outlet, Profile, Statement, Story, Topic};

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
pub fn briefs_page(number: usize) -> String {
    if number <= 1 { BRIEFS.to_owned() } else { format!("{BRIEFS}page/{number}/") }
}

/// A brief.
#[must_use]
pub fn brief(brief: &Brief) -> String {
    format!("{BRIEFS}{}/", brief.slug)
}

/// A statement's place in its brief.
#[must_use]
pub fn statement(in_brief: &Brief, statement: &Statement) -> String {
    format!("{}#{}", brief(in_brief), statement.quote)
}

/// A date's place in its brief; `timex` is its id (`t3`).
#[must_use]
pub fn date(in_brief: &Brief, timex: &str) -> String {
    format!("{}#{timex}", brief(in_brief))
}

/// A speaker's page, where there is one.
#[must_use]
pub fn speaker(profile: &Profile) -> Option<String> {
    profile.page.then(|| speaker_id(&profile.id))
}

/// The page of a speaker's id.
#[must_use]
pub fn speaker_id(id: &str) -> String {
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
pub fn outlet(outlet: &Outlet) -> String {
    format!("{OUTLETS}{}/", outlet.id)
}

/// A topic.
#[must_use]
pub fn topic(topic: &Topic) -> String {
    format!("{TOPICS}{}/", topic.id)
}

/// A story.
#[must_use]
pub fn story(story: &Story) -> String {
    format!("{STORIES}{}/", story.id)
}
