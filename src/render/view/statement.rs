//! [`StatementRow`]: something somebody said, as speaker and day pages list it.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Link, speaker_link};
use crate::annotate::Form;
use crate::annotate::timex::Value;
use crate::library::{Statement, StatementId};
use crate::parse::Show;
use crate::render::cast::role_on;
use crate::render::date::DateView;
use crate::render::{SiteView, links};

/// One statement with its context and the link to its place in the brief.
#[derive(Debug, Serialize)]
pub(crate) struct StatementRow<'a> {
    words: &'a str,
    /// What stands before the words in their sentences.
    before: &'a str,
    /// What stands behind them.
    after: &'a str,
    /// Whether all of the words stand in quotation marks.
    direct: bool,
    speaker: Link,
    role: Option<String>,
    /// The day of speaking, else of publication.
    date: DateView,
    /// Whether `date` is the day of speaking.
    said: bool,
    /// Whether the day of speaking was inferred from the same remarks or from the context.
    inferred: bool,
    venue: Option<&'a str>,
    /// Headline and place in the brief.
    brief: &'a str,
    path: String,
    published: DateView,
}

impl<'a> StatementRow<'a> {
    pub(crate) fn of(site: &SiteView<'a>, id: StatementId) -> Self {
        let row = &site.library.statements[id];
        let brief = site.brief(row.brief);
        let (before, after) = if brief.show == Show::Quotes { ("", "") } else { around(row) };
        let date = match row.said_on {
            Some(value) => DateView::value(value, site.value_path(value)),
            None => DateView::day(row.published, site.day_path(row.published)),
        };
        Self {
            words: &row.words,
            before,
            after,
            direct: row.form == Form::Direct,
            speaker: match row.profile {
                Some(profile) => speaker_link(site, profile),
                None => Link { title: row.speaker.clone(), path: None },
            },
            role: row.profile.and_then(|p| role_on(site.profile(p), row.published)),
            date,
            said: row.said_on.is_some(),
            inferred: row.basis.is_some_and(|b| b != crate::annotate::Basis::Text),
            venue: row.venue.as_deref(),
            brief: &brief.title,
            path: format!("{}#{}", links::brief(&brief.slug), row.quote),
            published: DateView::day(row.published, site.day_path(row.published)),
        }
    }
}

/// The context before and behind the words; nothing where the words stand in several pieces.
fn around(row: &Statement) -> (&str, &str) {
    match row.context.split_once(row.words.as_str()) {
        Some((before, after)) => (before.trim(), after.trim()),
        None => ("", ""),
    }
}

/// The first day that a statement is listed under, which decides its year and its place.
pub(super) fn listed(row: &Statement) -> NaiveDate {
    row.said_on.and_then(Value::begin_end).map_or(row.published, |(begin, _)| begin)
}
