//! [`Heat`]: a year as twelve small calendars, its days darker the more was said on them.
//!
//! One thing is drawn, how many statements are dated to a day. A day on which nothing is known to have
//! been said, but something was published or is named, is hollow; a day with nothing is a faint square
//! that leads nowhere. What is known less precisely than a day is no cell.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::annotate::timex::Value;
use crate::library::Day;
use crate::render::words::Words;
use crate::render::{SiteView, links};

/// The side of a day's square and the gap behind it, in units of the drawing.
const SIDE: u32 = 12;
const PITCH: u32 = 14;

/// The fewest statements of each step of ink, from the faintest.
const STEPS: [usize; 4] = [1, 2, 5, 10];

/// A year of days.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Heat {
    months: Vec<HeatMonth>,
    legend: Vec<Step>,
    /// "3 statements on 2 days, most on 5 December 2025: 2."
    words: String,
}

/// A calendar of one month.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct HeatMonth {
    name: &'static str,
    /// Its page, if it has one.
    path: Option<String>,
    /// Days with something.
    days: Vec<HeatDay>,
    /// The squares of the other days, as SVG path data.
    blank: String,
    width: u32,
    height: u32,
}

/// A day with something.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct HeatDay {
    x: u32,
    y: u32,
    /// The step of ink, from 1; 0 is hollow.
    step: usize,
    path: String,
    /// "5 December 2025: 2 statements said, 1 brief published, named".
    words: String,
}

/// A step of ink and what it stands for.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Step {
    step: usize,
    words: String,
}

impl Heat {
    /// The days of a year; `None` where no day of it has a page.
    pub(super) fn of(site: &SiteView<'_>, year: i32) -> Option<Self> {
        let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
        let days: Vec<(&NaiveDate, &Day)> = site.days.range(first..=last).collect();
        let most = days.iter().map(|(_, day)| day.said.len()).max()?;
        let said: usize = days.iter().map(|(_, day)| day.said.len()).sum();
        let on = days.iter().filter(|(_, day)| !day.said.is_empty()).count();
        let words = site.words;
        let statements = words.count("count.statements", said);
        let when = |day: NaiveDate| words.said_on(Value::Day(day));
        let summary = match days.iter().find(|(_, day)| day.said.len() == most && most > 0) {
            None => words.get("year.nothing_said").to_owned(),
            Some((day, _)) if on == 1 => {
                words.with("year.said_one_day", &[("statements", &statements), ("when", &when(**day))])
            }
            Some((day, _)) => words.with(
                "year.said_days",
                &[("statements", &statements), ("n", &on), ("when", &when(**day)), ("most", &most)],
            ),
        };
        let months = (1..=12).filter_map(|month| heat_month(site, year, month)).collect();
        Some(Self { months, legend: legend(words, most), words: summary })
    }
}

/// The steps that a year with days of up to `most` statements needs.
fn legend(words: &'static Words, most: usize) -> Vec<Step> {
    let hollow = Step { step: 0, words: words.get("year.hollow").into() };
    let steps = STEPS.iter().enumerate().filter(|(_, from)| **from <= most).map(|(index, from)| {
        let to = STEPS.get(index + 1).map(|next| next - 1);
        let words = match to {
            Some(to) if to == *from => words.count("count.statements", *from),
            Some(to) => words.with("year.from_to", &[("from", from), ("to", &to)]),
            None => words.with("year.or_more", &[("from", from)]),
        };
        Step { step: index + 1, words }
    });
    std::iter::once(hollow).chain(steps).collect()
}

fn heat_month(site: &SiteView<'_>, year: i32, month: u32) -> Option<HeatMonth> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let before = first.weekday().num_days_from_monday();
    let (mut days, mut blank) = (Vec::new(), String::new());
    let mut rows = 1;
    for day in first.iter_days().take_while(|day| day.month() == month && day.year() == year) {
        let at = before + day.day0();
        let (x, y) = (at % 7 * PITCH, at / 7 * PITCH);
        rows = at / 7 + 1;
        match site.days.get(&day) {
            Some(row) => days.push(HeatDay {
                x,
                y,
                step: STEPS.iter().filter(|from| **from <= row.said.len()).count(),
                path: links::day(day),
                words: in_words(site.words, day, row),
            }),
            // Writing to a String cannot fail.
            None => drop(write!(blank, "M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z")),
        }
    }
    Some(HeatMonth {
        name: site.words.month(month),
        path: site.months.contains_key(&(year, month)).then(|| links::month(year, month)),
        days,
        blank,
        width: 7 * PITCH - (PITCH - SIDE),
        height: rows * PITCH - (PITCH - SIDE),
    })
}

fn in_words(words: &'static Words, day: NaiveDate, row: &Day) -> String {
    let mut parts = Vec::new();
    if !row.said.is_empty() {
        parts.push(words.count("year.day_said", row.said.len()));
    }
    if !row.published.is_empty() {
        parts.push(words.count("count.published", row.published.len()));
    }
    if !row.dated.is_empty() {
        parts.push(words.get("year.day_named").to_owned());
    }
    format!("{}: {}", words.long(day), parts.join(", "))
}
