//! What years, months and days hold, as rows: [`year_row`], [`month_row`], [`DatedRow`].

use std::cmp::Reverse;
use std::ops::Bound;

use chrono::NaiveDate;
use serde::Serialize;

use super::statement::Remarks;
use super::{BriefRow, listing};
use crate::annotate::Form;
use crate::annotate::timex::Value;
use crate::library::{BriefId, Day, Period, StatementId};
use crate::render::date::{DateView, month_name};
use crate::render::{SiteView, links};

/// A date that a brief names, with the sentence around it.
#[derive(Debug, Serialize)]
pub(crate) struct DatedRow<'a> {
    /// The sentence up to the words; all of it where they stand in it more than once.
    before: &'a str,
    words: &'a str,
    after: &'a str,
    date: DateView,
    brief: &'a str,
    path: String,
    published: DateView,
}

impl<'a> DatedRow<'a> {
    fn of(site: &SiteView<'a>, brief: BriefId, index: usize) -> Self {
        let row = site.brief(brief);
        let date = &row.dates[index];
        let (before, words, after) = match date.sentence.split_once(date.words.as_str()) {
            Some((before, after)) if !after.contains(date.words.as_str()) => (before, &*date.words, after),
            Some(_) => (&*date.sentence, "", ""),
            None => ("", &*date.words, ""),
        };
        let day = row.published.day;
        Self {
            before,
            words,
            after,
            date: DateView::value(date.value.day().map_or(date.value, Value::Day), None),
            brief: &row.title,
            path: format!("{}#{}", links::brief(&row.slug), date.timex),
            published: DateView::day(day, site.day_path(day)),
        }
    }

    /// Rows in the order of their dates, wide ones first; a sentence that names one date twice
    /// stands once.
    pub(super) fn all(site: &SiteView<'a>, dated: &[(BriefId, usize)]) -> Vec<Self> {
        let rows = sentences(site, dated).into_iter();
        rows.map(|(brief, index)| Self::of(site, brief, index)).collect()
    }

    /// The same without the sentences that are told already with something said.
    fn others(site: &SiteView<'a>, dated: &[(BriefId, usize)], said: &[StatementId]) -> Vec<Self> {
        let statements = || said.iter().map(|id| &site.library.statements[*id]);
        let told = |brief: BriefId, sentence: &str| {
            statements().any(|s| s.brief == brief && s.context.contains(sentence))
        };
        let mut rows = sentences(site, dated);
        rows.retain(|&(brief, index)| !told(brief, &site.brief(brief).dates[index].sentence));
        rows.into_iter().map(|(brief, index)| Self::of(site, brief, index)).collect()
    }
}

/// Mentions by date, wide ones first, one for each sentence.
fn sentences(site: &SiteView<'_>, dated: &[(BriefId, usize)]) -> Vec<(BriefId, usize)> {
    let row = |&(brief, index): &(BriefId, usize)| &site.brief(brief).dates[index];
    let span =
        |place: &(BriefId, usize)| row(place).value.begin_end().map(|(begin, end)| (begin, Reverse(end)));
    let mut dated = dated.to_vec();
    dated.sort_by_key(|place| (span(place), *place));
    dated.dedup_by(|b, a| {
        a.0 == b.0 && span(a) == span(b) && row(a).sentence == row(b).sentence && !row(a).sentence.is_empty()
    });
    dated
}

/// How much a day, month or year holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    said: usize,
    published: usize,
    /// Sentences that name it, not mentions.
    dated: usize,
}

impl Counts {
    fn day(self, site: &SiteView<'_>, day: &Day) -> Self {
        Self {
            said: self.said + day.said.len(),
            published: self.published + day.published.len(),
            dated: self.dated + sentences(site, &day.dated).len(),
        }
    }

    fn period(self, site: &SiteView<'_>, period: Option<&Period>) -> Self {
        period.map_or(self, |period| Self {
            said: self.said + period.said.len(),
            dated: self.dated + sentences(site, &period.dated).len(),
            ..self
        })
    }

    fn plus(self, other: Self) -> Self {
        Self {
            said: self.said + other.said,
            published: self.published + other.published,
            dated: self.dated + other.dated,
        }
    }
}

/// A day in a list of days.
#[derive(Debug, Serialize)]
pub(crate) struct DayRow<'a> {
    date: DateView,
    counts: Counts,
    /// Briefs published that day.
    briefs: Vec<BriefRow<'a>>,
    /// The first statement of that day in the exact words, else the first.
    said: Option<Remarks<'a>>,
    /// Whether it stands in one of `briefs`.
    said_there: bool,
    /// The first sentence that names the day, where there is nothing else.
    named: Option<DatedRow<'a>>,
    /// Who spoke that day, where it was more than one: "Ilse Brandt and Mara Lindqvist".
    speakers: Option<String>,
    /// Whether the day holds more than the row shows.
    more: bool,
}

impl<'a> DayRow<'a> {
    fn of(site: &SiteView<'a>, day: NaiveDate, row: &Day) -> Self {
        /// Speakers that the row names.
        const NAMED: usize = 3;
        let direct = |id: &&StatementId| site.library.statements[**id].form == Form::Direct;
        let said = row.said.iter().find(direct).or(row.said.first());
        let nothing_else = row.said.is_empty() && row.published.is_empty();
        let named = row.dated.first().filter(|_| nothing_else);
        let mut speakers: Vec<&str> = Vec::new();
        for statement in row.said.iter().map(|id| &site.library.statements[*id]) {
            let name = statement.profile.map_or(&statement.speaker, |p| &site.profile(p).name);
            if !speakers.contains(&name.as_str()) {
                speakers.push(name);
            }
        }
        let counts = Counts::default().day(site, row);
        let shown = row.published.len() + usize::from(said.is_some()) + usize::from(named.is_some());
        Self {
            date: DateView::day(day, Some(links::day(day))),
            more: counts.said + counts.published + counts.dated > shown,
            counts,
            briefs: BriefRow::all(site, &row.published),
            said_there: said.is_some_and(|id| row.published.contains(&site.library.statements[*id].brief)),
            said: said.and_then(|id| Remarks::of(site, &[*id])),
            named: named.map(|&(brief, index)| DatedRow::of(site, brief, index)),
            speakers: (speakers.len() > 1).then(|| listing(&speakers, NAMED)),
        }
    }
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
    said: Vec<Remarks<'a>>,
    /// Sentences that name the month as a whole.
    dated: Vec<DatedRow<'a>>,
}

pub(super) fn month_row<'a>(site: &SiteView<'a>, year: i32, month: u32) -> MonthRow<'a> {
    let (from, to) = month_bounds(year, month);
    let days = || site.days.range((Bound::Included(from), Bound::Included(to)));
    let period = site.months.get(&(year, month));
    let counts = days().fold(Counts::default(), |sum, (_, day)| sum.day(site, day));
    let (said, dated) = whole(site, period);
    MonthRow {
        name: month_name(month),
        value: format!("{year:04}-{month:02}"),
        path: links::month(year, month),
        counts: counts.period(site, period),
        days: days().map(|(day, row)| DayRow::of(site, *day, row)).collect(),
        said,
        dated,
    }
}

/// What a month or a year holds as a whole.
fn whole<'a>(site: &SiteView<'a>, period: Option<&Period>) -> (Vec<Remarks<'a>>, Vec<DatedRow<'a>>) {
    period.map_or_else(Default::default, |period| {
        (Remarks::all(site, &period.said), DatedRow::others(site, &period.dated, &period.said))
    })
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
    said: Vec<Remarks<'a>>,
    /// Sentences that name the year or a season of it.
    dated: Vec<DatedRow<'a>>,
}

pub(super) fn year_row<'a>(site: &SiteView<'a>, year: i32) -> YearRow<'a> {
    let months = site.months.range((year, 0)..=(year, 12));
    let months: Vec<MonthRow<'a>> = months.map(|(&(year, month), _)| month_row(site, year, month)).collect();
    let period = site.years.get(&year);
    let (said, dated) = whole(site, period);
    YearRow {
        year: format!("{year:04}"),
        path: links::year(year),
        counts: months.iter().fold(Counts::default().period(site, period), |sum, m| sum.plus(m.counts)),
        months,
        said,
        dated,
    }
}
