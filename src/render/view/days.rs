//! The pages of the calendar: years, a year, a month, a day, and the timeline.

use std::ops::Bound;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::calendar::{
    DatedRow, Days, DecadeRow, MonthRow, PartRow, YearRow, around, decade_row, month_row, year_row,
};
use super::heat::Heat;
use super::statement::Remarks;
use super::{BriefRow, Link};
use crate::render::date::{DateView, iso};
use crate::render::made::Ready;
use crate::render::{SiteView, links};

/// The most days that the timeline lists one by one; beyond them it leads to the years.
const TIMELINE: usize = 200;

/// The most days that a year's page tells of with their words; beyond them it counts what each holds.
const LONG_YEAR: usize = 100;

/// The list of years, and the timeline, which shows the same rows in full where they are not too many.
#[derive(Debug, Serialize)]
pub(crate) struct YearsPage<'a> {
    /// Centuries that briefs name as a whole.
    centuries: Vec<PartRow<'a>>,
    decades: Vec<DecadeRow<'a>>,
    /// How many years have a page.
    years: usize,
    days: usize,
    /// Whether the days are listed one by one.
    full: bool,
}

impl<'a> YearsPage<'a> {
    /// The page of all days, which counts them.
    pub(crate) fn of(site: &SiteView<'a>) -> Self {
        Self::with(site, Days::Counted)
    }

    /// The timeline.
    pub(crate) fn timeline(site: &SiteView<'a>) -> Self {
        Self::with(site, if site.days.len() <= TIMELINE { Days::Told } else { Days::Counted })
    }

    fn with(site: &SiteView<'a>, days: Days) -> Self {
        let centuries = site.library.centuries.values();
        Self {
            centuries: centuries.flat_map(|period| PartRow::all(site, Some(period))).collect(),
            decades: site.library.decades.keys().map(|decade| decade_row(site, *decade, days)).collect(),
            years: site.years.len(),
            days: site.days.len(),
            full: days == Days::Told,
        }
    }
}

/// A year's page.
#[derive(Debug, Serialize)]
pub(crate) struct YearPage<'a> {
    year: YearRow<'a>,
    /// Its days, drawn.
    heat: Option<Heat>,
    /// Whether its days are counted, not told; then they stand before the year as a whole.
    long: bool,
    before: Option<Link>,
    after: Option<Link>,
}

impl<'a> YearPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, year: i32) -> Self {
        let link = |year: &i32| Link { title: year.to_string(), path: Some(links::year(*year)) };
        let in_year = site.days.keys().filter(|day| day.year() == year).count();
        let long = in_year > LONG_YEAR;
        let days = if long { Days::Short } else { Days::Told };
        Self {
            year: year_row(site, year, days),
            heat: Heat::of(site, year),
            long,
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
            title: site.words.month_of(year, month),
            path: Some(links::month(year, month)),
        };
        Self {
            month: month_row(site, year, month, Days::Told),
            year: Link { title: year.to_string(), path: Some(links::year(year)) },
            before: site.months.range(..(year, month)).next_back().map(|(m, _)| link(m)),
            after: site.months.range((year, month + 1)..).next().map(|(m, _)| link(m)),
        }
    }
}

/// A day's page: lists that are never mixed.
#[derive(Debug, Serialize)]
pub(crate) struct DayPage<'a> {
    date: Ready<DateView>,
    iso: String,
    said: Vec<Remarks<'a>>,
    /// How many statements `said` holds.
    statements: usize,
    published: Vec<BriefRow<'a>>,
    dated: Vec<DatedRow<'a>>,
    /// Intervals of some days or weeks that the day lies in.
    around: Vec<DatedRow<'a>>,
    month: Link,
    year: Link,
    before: Option<Link>,
    after: Option<Link>,
}

impl<'a> DayPage<'a> {
    pub(crate) fn of(site: &SiteView<'a>, day: NaiveDate) -> Self {
        let link = |day: &NaiveDate| Link { title: site.words.long(*day), path: Some(links::day(*day)) };
        let (said, published, dated) = match site.days.get(&day) {
            Some(row) => (row.said.as_slice(), row.published.as_slice(), row.dated.as_slice()),
            None => Default::default(),
        };
        let after = (Bound::Excluded(day), Bound::Unbounded);
        Self {
            date: site.plain_day_view(day),
            iso: iso(day),
            said: Remarks::all(site, said),
            statements: said.len(),
            published: BriefRow::all(site, published),
            dated: DatedRow::all(site, dated),
            around: around(site, day),
            month: Link {
                title: site.words.month(day.month()).into(),
                path: Some(links::month(day.year(), day.month())),
            },
            year: Link { title: day.year().to_string(), path: Some(links::year(day.year())) },
            before: site.days.range(..day).next_back().map(|(d, _)| link(d)),
            after: site.days.range(after).next().map(|(d, _)| link(d)),
        }
    }
}
