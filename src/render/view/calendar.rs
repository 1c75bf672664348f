//! What decades, years, months and days hold, as rows: [`decade_row`], [`year_row`], [`month_row`],
//! [`PartRow`], [`DatedRow`].

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::statement::{Remarks, said_by};
use super::{BriefRow, Link, listing};
use crate::annotate::Form;
use crate::annotate::timex::Value;
use crate::library::{BriefId, DateMention, Day, Period, StatementId};
use crate::render::date::DateView;
use crate::render::extent::Extent;
use crate::render::made::Ready;
use crate::render::{SiteView, links};

/// A date that a brief names, with the sentence around it.
#[derive(Debug, Serialize)]
pub(crate) struct DatedRow<'a> {
    /// The sentence up to the words; all of it where they stand in it more than once.
    before: &'a str,
    words: &'a str,
    after: &'a str,
    date: Ready<DateView>,
    /// Who says the words, where they stand in a statement.
    speaker: Option<Ready<Link>>,
    brief: &'a str,
    path: String,
    published: Ready<DateView>,
}

impl<'a> DatedRow<'a> {
    fn of(site: &SiteView<'a>, brief: BriefId, index: usize) -> Self {
        let row = site.brief(brief);
        let date = &row.dates[index];
        let (before, words, after) = match date.sentence.split_once(&*date.words) {
            Some((before, after)) if !after.contains(&*date.words) => (before, &*date.words, after),
            Some(_) => (&*date.sentence, "", ""),
            None => ("", &*date.words, ""),
        };
        let day = row.published.day;
        Self {
            before,
            words,
            after,
            date: date_of(site, date),
            speaker: date.statement.map(|id| said_by(site, id)),
            brief: &row.title,
            path: format!("{}#{}", links::brief(&row.slug), date.timex),
            published: site.day_view(day),
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

/// The date or interval of a mention; a time of day goes with its day.
fn date_of(site: &SiteView<'_>, mention: &DateMention) -> Ready<DateView> {
    let (begin, end) = ends(mention);
    if begin == end {
        site.plain_value_view(begin)
    } else {
        Ready::of(&DateView::interval(site.words, begin, end, None))
    }
}

/// The first and the last value of a mention, the same one where it is no interval.
fn ends(mention: &DateMention) -> (Value, Value) {
    let whole = |value: Value| value.day().map_or(value, Value::Day);
    (whole(mention.value), whole(mention.until.unwrap_or(mention.value)))
}

/// Mentions by date, wide ones first, one for each sentence.
fn sentences(site: &SiteView<'_>, dated: &[(BriefId, usize)]) -> Vec<(BriefId, usize)> {
    let row = |&(brief, index): &(BriefId, usize)| &site.brief(brief).dates[index];
    let span = |place: &(BriefId, usize)| {
        let (begin, end) = ends(row(place));
        Some((begin.begin_end()?.0, Reverse(end.begin_end()?.1)))
    };
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

    /// The ends of an interval are counted where they stand, and it is not counted again.
    fn period(self, site: &SiteView<'_>, period: Option<&Period>) -> Self {
        let one = |&(brief, index): &(BriefId, usize)| site.brief(brief).dates[index].until.is_none();
        period.map_or(self, |period| {
            let dated: Vec<_> = period.dated.iter().copied().filter(one).collect();
            Self {
                said: self.said + period.said.len(),
                dated: self.dated + sentences(site, &dated).len(),
                ..self
            }
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

/// How a list of months shows their days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    /// By number alone; what is dated to months and years is left to their pages, too.
    Counted,
    /// Each by its counts and who spoke; what is dated to months is left to their pages.
    Short,
    /// Each with its briefs and something that was said.
    Told,
}

/// A day in a list of days.
#[derive(Debug, Serialize)]
pub(crate) struct DayRow<'a> {
    date: Ready<DateView>,
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
    /// Whether there are no words here, only counts.
    short: bool,
    /// Whether the day holds more than the row shows.
    more: bool,
}

impl<'a> DayRow<'a> {
    fn of(site: &SiteView<'a>, day: NaiveDate, row: &Day) -> Self {
        let direct = |id: &&StatementId| site.library.statements[**id].form == Form::Direct;
        let said = row.said.iter().find(direct).or(row.said.first());
        let nothing_else = row.said.is_empty() && row.published.is_empty();
        let named = row.dated.first().filter(|_| nothing_else);
        let counts = Counts::default().day(site, row);
        let shown = row.published.len() + usize::from(said.is_some()) + usize::from(named.is_some());
        Self {
            date: site.day_view(day),
            more: counts.said + counts.published + counts.dated > shown,
            counts,
            briefs: BriefRow::all(site, &row.published),
            said_there: said.is_some_and(|id| row.published.contains(&site.library.statements[*id].brief)),
            said: said.and_then(|id| Remarks::of(site, &[*id])),
            named: named.map(|&(brief, index)| DatedRow::of(site, brief, index)),
            speakers: speakers(site, row, 2),
            short: false,
        }
    }

    /// The day without its words.
    fn short(site: &SiteView<'a>, day: NaiveDate, row: &Day) -> Self {
        Self {
            date: site.day_view(day),
            counts: Counts::default().day(site, row),
            briefs: Vec::new(),
            said: None,
            said_there: false,
            named: None,
            speakers: speakers(site, row, 1),
            short: true,
            more: true,
        }
    }
}

/// Who spoke on a day, where it was at least so many.
fn speakers(site: &SiteView<'_>, row: &Day, least: usize) -> Option<String> {
    /// Speakers that a row names.
    const NAMED: usize = 3;
    let mut speakers: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for statement in row.said.iter().map(|id| &site.library.statements[*id]) {
        let name = statement.profile.map_or(&*statement.speaker, |p| &site.profile(p).name);
        if seen.insert(name) {
            speakers.push(name);
        }
    }
    (speakers.len() >= least).then(|| listing(site.words, &speakers, NAMED))
}

/// A time that is wider than what its page lists one by one, and what is dated to it: a month, a
/// year or a decade as a whole, a season, a week, an interval.
#[derive(Debug, Serialize)]
pub(crate) struct PartRow<'a> {
    /// The anchor; `null` for the month or year itself.
    id: Option<String>,
    date: Ready<DateView>,
    extent: Option<Extent>,
    /// Statements of which no more than this is known.
    said: Vec<Remarks<'a>>,
    /// Sentences that name it.
    dated: Vec<DatedRow<'a>>,
}

/// What is dated to one time: statements and mentions.
type Held = (Vec<StatementId>, Vec<(BriefId, usize)>);

impl<'a> PartRow<'a> {
    /// What a period holds, by time, the widest first.
    pub(super) fn all(site: &SiteView<'a>, period: Option<&Period>) -> Vec<Self> {
        let mut parts: BTreeMap<(NaiveDate, Reverse<NaiveDate>, Value, Value), Held> = BTreeMap::new();
        let key = |(begin, end): (Value, Value)| {
            let (first, last) = (begin.begin_end()?.0, end.begin_end()?.1);
            Some((first, Reverse(last), begin, end))
        };
        for id in period.iter().flat_map(|p| &p.said) {
            if let Some(key) = site.library.statements[*id].said_on.and_then(|value| key((value, value))) {
                parts.entry(key).or_default().0.push(*id);
            }
        }
        for place in period.iter().flat_map(|p| &p.dated) {
            if let Some(key) = key(ends(&site.brief(place.0).dates[place.1])) {
                parts.entry(key).or_default().1.push(*place);
            }
        }
        parts.into_iter().map(|((.., begin, end), held)| Self::of(site, begin, end, &held)).collect()
    }

    fn of(site: &SiteView<'a>, begin: Value, end: Value, (said, dated): &Held) -> Self {
        let (id, date) = if begin == end {
            (links::section(begin), site.plain_value_view(begin))
        } else {
            (links::interval(begin, end), Ready::of(&DateView::interval(site.words, begin, end, None)))
        };
        Self {
            id,
            date,
            extent: Extent::of(site.words, begin, end),
            said: Remarks::all(site, said),
            dated: DatedRow::others(site, dated, said),
        }
    }
}

/// The longest interval that the pages of the days inside it name, in days.
const NAMED_INSIDE: i64 = 92;

/// Intervals that a day lies in and that neither begin nor end with it.
pub(super) fn around<'a>(site: &SiteView<'a>, day: NaiveDate) -> Vec<DatedRow<'a>> {
    let decade = day.year().div_euclid(10);
    // What goes on past New Year stands in the decade in which it begins.
    let periods = [
        site.months.get(&(day.year(), day.month())),
        site.years.get(&day.year()),
        site.library.decades.get(&decade),
        site.library.decades.get(&(decade - 1)),
    ];
    let inside = |&(brief, index): &(BriefId, usize)| {
        let mention = &site.brief(brief).dates[index];
        let days = |value: Value| value.begin_end();
        let ends = mention.until.and_then(|end| Some((days(mention.value)?.0, days(end)?.1)));
        ends.is_some_and(|(first, last)| {
            first < day && day < last && (last - first).num_days() < NAMED_INSIDE
        })
    };
    let dated = periods.into_iter().flatten().flat_map(|p| p.dated.iter().copied());
    DatedRow::all(site, &dated.filter(inside).collect::<Vec<_>>())
}

/// A month in a list of months.
#[derive(Debug, Serialize)]
pub(crate) struct MonthRow<'a> {
    name: &'static str,
    value: String,
    path: String,
    counts: Counts,
    days: Vec<DayRow<'a>>,
    /// The month as a whole, its weeks and the intervals in it.
    parts: Vec<PartRow<'a>>,
}

pub(super) fn month_row<'a>(site: &SiteView<'a>, year: i32, month: u32, days: Days) -> MonthRow<'a> {
    let (from, to) = month_bounds(year, month);
    let in_month = || site.days.range((Bound::Included(from), Bound::Included(to)));
    let period = site.months.get(&(year, month));
    let counts = in_month().fold(Counts::default(), |sum, (_, day)| sum.day(site, day));
    MonthRow {
        name: site.words.month(month),
        value: format!("{year:04}-{month:02}"),
        path: links::month(year, month),
        counts: counts.period(site, period),
        days: match days {
            Days::Counted => Vec::new(),
            Days::Short => in_month().map(|(day, row)| DayRow::short(site, *day, row)).collect(),
            Days::Told => in_month().map(|(day, row)| DayRow::of(site, *day, row)).collect(),
        },
        parts: PartRow::all(site, period.filter(|_| days == Days::Told)),
    }
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
    /// The year as a whole, its seasons and the intervals in it.
    parts: Vec<PartRow<'a>>,
}

pub(super) fn year_row<'a>(site: &SiteView<'a>, year: i32, days: Days) -> YearRow<'a> {
    let months = site.months.range((year, 0)..=(year, 12));
    let months = months.map(|(&(year, month), _)| month_row(site, year, month, days));
    let months: Vec<MonthRow<'a>> = months.collect();
    let period = site.years.get(&year);
    YearRow {
        year: format!("{year:04}"),
        path: links::year(year),
        counts: months.iter().fold(Counts::default().period(site, period), |sum, m| sum.plus(m.counts)),
        months,
        parts: PartRow::all(site, period.filter(|_| days != Days::Counted)),
    }
}

/// A decade on the page of all days.
#[derive(Debug, Serialize)]
pub(crate) struct DecadeRow<'a> {
    id: Option<String>,
    title: String,
    /// The decade as a whole, and intervals of more than a year that begin in it.
    parts: Vec<PartRow<'a>>,
    years: Vec<YearRow<'a>>,
}

pub(super) fn decade_row<'a>(site: &SiteView<'a>, decade: i32, days: Days) -> DecadeRow<'a> {
    let years = site.years.range(decade * 10..decade * 10 + 10);
    DecadeRow {
        id: links::section(Value::Decade(decade)),
        title: site.words.heading(Value::Decade(decade)),
        parts: PartRow::all(site, site.library.decades.get(&decade)),
        years: years.map(|(year, _)| year_row(site, *year, days)).collect(),
    }
}
