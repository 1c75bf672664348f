//! The calendar: years, a year, a month, a day, and the timeline.

use std::ops::Bound;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::statement::StatementRow;
use super::{BriefRow, Link};
use crate::annotate::Form;
use crate::annotate::timex::Value;
use crate::library::{BriefId, Period};
use crate::render::date::{DateView, iso, long, month_name};
use crate::render::{SiteView, links};

/// A date that a brief names, with the sentence around it.
#[derive(Debug, Serialize)]
pub(crate) struct DatedRow<'a> {
    words: &'a str,
    sentence: &'a str,
    date: DateView,
    brief: &'a str,
    path: String,
    published: DateView,
}

impl<'a> DatedRow<'a> {
    fn of(site: &SiteView<'a>, brief: BriefId, index: usize) -> Self {
        let row = site.brief(brief);
        let date = &row.dates[index];
        let day = row.published.day;
        Self {
            words: &date.words,
            sentence: &date.sentence,
            date: DateView::value(date.value.day().map_or(date.value, Value::Day), None),
            brief: &row.title,
            path: format!("{}#{}", links::brief(&row.slug), date.timex),
            published: DateView::day(day, site.day_path(day)),
        }
    }

    /// Rows in the order of their dates, wide ones first.
    fn all(site: &SiteView<'a>, dated: &[(BriefId, usize)]) -> Vec<Self> {
        let mut dated = dated.to_vec();
        let span = |&(brief, index): &(BriefId, usize)| {
            site.brief(brief).dates[index].value.begin_end().map(|(b, e)| (b, std::cmp::Reverse(e)))
        };
        dated.sort_by_key(|place| (span(place), *place));
        dated.iter().map(|&(brief, index)| Self::of(site, brief, index)).collect()
    }
}

/// How much a day, month or year holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    said: usize,
    published: usize,
    dated: usize,
}

fn counts(site: &SiteView<'_>, from: NaiveDate, to: NaiveDate) -> Counts {
    site.days.range((Bound::Included(from), Bound::Included(to))).fold(Counts::default(), |sum, (_, day)| {
        Counts {
            said: sum.said + day.said.len(),
            published: sum.published + day.published.len(),
            dated: sum.dated + day.dated.len(),
        }
    })
}

/// A day in a list of days.
#[derive(Debug, Serialize)]
pub(crate) struct DayRow<'a> {
    date: DateView,
    counts: Counts,
    /// Briefs published that day.
    briefs: Vec<Link>,
    /// The first statement of that day, and whether it is in the exact words.
    said: Option<&'a str>,
    direct: bool,
    /// The first sentence that names the day.
    named: Option<&'a str>,
    /// Who spoke that day, each once.
    speakers: Vec<&'a str>,
}

fn day_rows<'a>(site: &SiteView<'a>, from: NaiveDate, to: NaiveDate) -> Vec<DayRow<'a>> {
    site.days
        .range((Bound::Included(from), Bound::Included(to)))
        .map(|(day, row)| {
            let mut speakers: Vec<&str> = Vec::new();
            for statement in row.said.iter().map(|id| &site.library.statements[*id]) {
                let name = statement.profile.map_or(statement.speaker.as_str(), |p| &site.profile(p).name);
                if !speakers.contains(&name) {
                    speakers.push(name);
                }
            }
            let said = row.said.first().map(|id| &site.library.statements[*id]);
            let named = row.dated.first().map(|&(brief, index)| &site.brief(brief).dates[index]);
            DayRow {
                date: DateView::day(*day, Some(links::day(*day))),
                counts: counts(site, *day, *day),
                briefs: row.published.iter().map(|id| brief_link(site, *id)).collect(),
                said: said.map(|s| s.words.as_str()),
                direct: said.is_some_and(|s| s.form == Form::Direct),
                named: named.map(|date| date.sentence.as_str()).filter(|s| !s.is_empty()),
                speakers,
            }
        })
        .collect()
}

fn brief_link(site: &SiteView<'_>, id: BriefId) -> Link {
    let brief = site.brief(id);
    Link { title: brief.title.clone(), path: Some(links::brief(&brief.slug)) }
}

/// A month in a list of months.
#[derive(Debug, Serialize)]
pub(crate) struct MonthRow<'a> {
    name: &'static str,
    value: String,
    path: String,
    counts: Counts,
    days: Vec<DayRow<'a>>,
    /// Statements of which no more than the month is known.
    said: Vec<StatementRow<'a>>,
    dated: Vec<DatedRow<'a>>,
}

fn month_row<'a>(site: &SiteView<'a>, year: i32, month: u32) -> MonthRow<'a> {
    let (from, to) = month_bounds(year, month);
    let period = site.months.get(&(year, month));
    MonthRow {
        name: month_name(month),
        value: format!("{year:04}-{month:02}"),
        path: links::month(year, month),
        counts: counts(site, from, to),
        days: day_rows(site, from, to),
        said: said(site, period),
        dated: period.map_or_else(Vec::new, |p| DatedRow::all(site, &p.dated)),
    }
}

fn said<'a>(site: &SiteView<'a>, period: Option<&Period>) -> Vec<StatementRow<'a>> {
    let ids = period.map_or(&[][..], |p| p.said.as_slice());
    ids.iter().map(|id| StatementRow::of(site, *id)).collect()
}

fn month_rows<'a>(site: &SiteView<'a>, year: i32) -> Vec<MonthRow<'a>> {
    let months = site.months.range((year, 0)..=(year, 12));
    months.map(|(&(year, month), _)| month_row(site, year, month)).collect()
}

fn month_bounds(year: i32, month: u32) -> (NaiveDate, NaiveDate) {
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
    let next = first.checked_add_months(chrono::Months::new(1)).and_then(|d| d.pred_opt());
    (first, next.unwrap_or(first))
}

/// A year in the list of years.
#[derive(Debug, Serialize)]
pub(crate) struct YearRow<'a> {
    year: String,
    path: String,
    counts: Counts,
    months: Vec<MonthRow<'a>>,
    /// Statements of which no more than the year is known.
    said: Vec<StatementRow<'a>>,
    dated: Vec<DatedRow<'a>>,
}

fn year_row<'a>(site: &SiteView<'a>, year: i32) -> YearRow<'a> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default();
    let period = site.years.get(&year);
    YearRow {
        year: format!("{year:04}"),
        path: links::year(year),
        counts: counts(site, first, last),
        months: month_rows(site, year),
        said: said(site, period),
        dated: period.map_or_else(Vec::new, |p| DatedRow::all(site, &p.dated)),
    }
}

/// The list of years, and the timeline, which shows the same rows in full.
#[derive(Debug, Serialize)]
pub(crate) struct YearsPage<'a> {
    years: Vec<YearRow<'a>>,
    days: usize,
}

impl<'a> YearsPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>) -> Self {
        let years = site.years.keys().map(|year| year_row(site, *year)).collect();
        Self { years, days: site.days.len() }
    }
}

/// A year's page.
#[derive(Debug, Serialize)]
pub(crate) struct YearPage<'a> {
    year: YearRow<'a>,
    before: Option<Link>,
    after: Option<Link>,
}

impl<'a> YearPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, year: i32) -> Self {
        let link = |year: &i32| Link { title: year.to_string(), path: Some(links::year(*year)) };
        Self {
            year: year_row(site, year),
            before: site.years.range(..year).next_back().map(|(y, _)| link(y)),
            after: site.years.range(year + 1..).next().map(|(y, _)| link(y)),
        }
    }
}

/// A month's page.
#[derive(Debug, Serialize)]
pub(crate) struct MonthPage<'a> {
    month: MonthRow<'a>,
    year: Link,
    before: Option<Link>,
    after: Option<Link>,
}

impl<'a> MonthPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, year: i32, month: u32) -> Self {
        let link = |&(year, month): &(i32, u32)| Link {
            title: format!("{} {year}", month_name(month)),
            path: Some(links::month(year, month)),
        };
        Self {
            month: month_row(site, year, month),
            year: Link { title: year.to_string(), path: Some(links::year(year)) },
            before: site.months.range(..(year, month)).next_back().map(|(m, _)| link(m)),
            after: site.months.range((year, month + 1)..).next().map(|(m, _)| link(m)),
        }
    }
}

/// A day's page: three lists that are never mixed.
#[derive(Debug, Serialize)]
pub(crate) struct DayPage<'a> {
    date: DateView,
    iso: String,
    said: Vec<StatementRow<'a>>,
    published: Vec<BriefRow<'a>>,
    dated: Vec<DatedRow<'a>>,
    month: Link,
    year: Link,
    before: Option<Link>,
    after: Option<Link>,
}

impl<'a> DayPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, day: NaiveDate) -> Self {
        let link = |day: &NaiveDate| Link { title: long(*day), path: Some(links::day(*day)) };
        let (said, published, dated) = match site.days.get(&day) {
            Some(row) => (row.said.as_slice(), row.published.as_slice(), row.dated.as_slice()),
            None => Default::default(),
        };
        let after = (Bound::Excluded(day), Bound::Unbounded);
        Self {
            date: DateView::day(day, None),
            iso: iso(day),
            said: said.iter().map(|id| StatementRow::of(site, *id)).collect(),
            published: BriefRow::all(site, published),
            dated: DatedRow::all(site, dated),
            month: Link {
                title: format!("{} {}", month_name(day.month()), day.year()),
                path: Some(links::month(day.year(), day.month())),
            },
            year: Link { title: day.year().to_string(), path: Some(links::year(day.year())) },
            before: site.days.range(..day).next_back().map(|(d, _)| link(d)),
            after: site.days.range(after).next().map(|(d, _)| link(d)),
        }
    }
}
