//! How long a time lasts, drawn: [`Extent`], a bar on the month, year or decade that it lies in, and
//! [`Chart`], the times of one brief or speaker on one line.
//!
//! A day is a point; what is wider is a bar, hollow where its ends are a convention (a season).
//! Numbers are in per cent of the width, so that no picture needs a style of its own. What is drawn
//! stands in words beside it: pictures are hidden from those who hear the page.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::date::DateView;
use super::words::Words;
use crate::annotate::timex::Value;

/// A bar on the period that a time lies in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Extent {
    /// What the whole width is: "month", "year", "decade", "century" or "years".
    track: &'static str,
    /// Where the bar begins.
    at: String,
    /// How wide it is.
    width: String,
    /// Whether its ends are a convention.
    about: bool,
    /// The ends in words, where the name of the time does not say them.
    words: Option<String>,
}

impl Extent {
    /// From the first day of `begin` to the last of `end`; `None` for one day, for what is not dated,
    /// and for a century, which would fill its own line.
    pub(super) fn of(words: &'static Words, begin: Value, end: Value) -> Option<Self> {
        let (first, last) = (begin.begin_end()?.0, end.begin_end()?.1);
        if first >= last || (begin == end && matches!(begin, Value::Century(_))) {
            return None;
        }
        let (track, from, to) = track(begin, first, last)?;
        let axis = Axis { from, to };
        let to = to.min(last);
        Some(Self {
            track,
            at: percent(axis.start(first)),
            width: percent(axis.end(to) - axis.start(first)),
            about: is_about(begin) || is_about(end),
            words: if begin == end { ends(words, begin, first, last) } else { None },
        })
    }
}

/// Whether the days at the ends are a convention.
fn is_about(value: Value) -> bool {
    matches!(value, Value::Season(..) | Value::Decade(_) | Value::Century(_))
}

/// The period that a time is drawn on: its name, its first and its last day.
fn track(begin: Value, first: NaiveDate, last: NaiveDate) -> Option<(&'static str, NaiveDate, NaiveDate)> {
    let years = |from: i32, count: i32| {
        let to = from.checked_add(count)?.checked_sub(1)?;
        Some((NaiveDate::from_ymd_opt(from, 1, 1)?, NaiveDate::from_ymd_opt(to, 12, 31)?))
    };
    let year = first.year();
    let one_year = year == last.year() && !matches!(begin, Value::Year(_));
    let named = |name, (from, to)| Some((name, from, to));
    if one_year && first.month() == last.month() && !matches!(begin, Value::Month(..)) {
        let next = first.with_day(1)?.checked_add_months(chrono::Months::new(1))?;
        return named("month", (first.with_day(1)?, next.pred_opt()?));
    }
    // A winter goes on behind the end of its year, and a week may.
    let begins_there = matches!(begin, Value::Season(..) | Value::Week(..) | Value::Weekend(..));
    if one_year || begins_there {
        return named("year", years(year, 1)?);
    }
    let decade = year.div_euclid(10) * 10;
    if last.year() < decade + 10 && !matches!(begin, Value::Decade(_)) {
        return named("decade", years(decade, 10)?);
    }
    let century = year.div_euclid(100) * 100;
    if last.year() < century + 100 {
        return named("century", years(century, 100)?);
    }
    named("years", years(decade, last.year() - decade + 1)?)
}

/// The ends in words, of what does not say them by its name.
fn ends(words: &'static Words, value: Value, first: NaiveDate, last: NaiveDate) -> Option<String> {
    let months = || {
        let month = |day: NaiveDate| Value::Month(day.year(), u8::try_from(day.month()).unwrap_or(1));
        words.interval(month(first), month(last))
    };
    match value {
        Value::Season(..) => Some(words.with("dates.about", &[("date", &months())])),
        Value::Quarter(..) | Value::Half(..) => Some(months()),
        Value::Week(..) | Value::Weekend(..) => Some(words.range(first, last)),
        _ => None,
    }
}

/// Days on a line.
#[derive(Clone, Copy)]
struct Axis {
    from: NaiveDate,
    to: NaiveDate,
}

impl Axis {
    /// The place of a day's start, from 0 to 1.
    fn start(self, day: NaiveDate) -> f64 {
        let days =
            |day: NaiveDate| f64::from(i32::try_from((day - self.from).num_days()).unwrap_or(i32::MAX));
        (days(day) / (days(self.to) + 1.0)).clamp(0.0, 1.0)
    }

    /// The place of a day's end.
    fn end(self, day: NaiveDate) -> f64 {
        day.succ_opt().map_or(1.0, |next| self.start(next))
    }

    fn middle(self, day: NaiveDate) -> f64 {
        f64::midpoint(self.start(day), self.end(day))
    }
}

fn percent(part: f64) -> String {
    format!("{:.2}", part * 100.0)
}

// ---- several on one line ----

/// Times on one line: points for days, bars above them for what is wider.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Chart {
    days: Vec<String>,
    bars: Vec<Bar>,
    /// In pixels.
    height: usize,
    /// Where the line of the days is, in pixels from above.
    line: usize,
    /// The date that begins first.
    first: DateView,
    /// The date that ends last.
    last: DateView,
}

/// Something wider than a day.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Bar {
    at: String,
    width: String,
    /// In pixels from above.
    y: usize,
    about: bool,
}

/// How many bars may stand above one another; more are drawn over the highest.
const LANES: usize = 4;

/// The height of a lane, in pixels.
const LANE: usize = 8;

impl Chart {
    /// Times from a first value to a last one (the same for what is no interval), in any order;
    /// `None` where there are not two that differ. A century is left to the words: on its line
    /// nothing else could be told apart.
    pub(super) fn of(words: &'static Words, times: &[(Value, Value)]) -> Option<Self> {
        let mut spans: Vec<(NaiveDate, Reverse<NaiveDate>, Value, Value)> = times
            .iter()
            .filter(|(begin, _)| !matches!(begin, Value::Century(_)))
            .map(|&(begin, end)| {
                let day = |value: Value| value.day().map_or(value, Value::Day);
                (day(begin), day(end))
            })
            .filter_map(|(a, b)| Some((a.begin_end()?.0, Reverse(b.begin_end()?.1), a, b)))
            .collect();
        spans.sort_unstable();
        spans.dedup();
        let (first, last) = (spans.first()?, spans.iter().max_by_key(|s| s.1.0)?);
        if spans.len() < 2 {
            return None;
        }
        let axis = Axis { from: first.0, to: last.1.0 };
        let mut lanes: Vec<NaiveDate> = Vec::new();
        let (mut days, mut bars) = (Vec::new(), Vec::new());
        for &(from, Reverse(to), begin, end) in &spans {
            if from == to {
                days.push(percent(axis.middle(from)));
                continue;
            }
            let free = lanes.iter().position(|taken| *taken < from);
            let lane = free.unwrap_or_else(|| lanes.len().min(LANES - 1));
            if lane == lanes.len() {
                lanes.push(to);
            }
            lanes[lane] = lanes[lane].max(to);
            let (at, width) = (axis.start(from), axis.end(to) - axis.start(from));
            let about = is_about(begin) || is_about(end);
            bars.push((lane, Bar { at: percent(at), width: percent(width), y: 0, about }));
        }
        let top = lanes.len() * LANE;
        let (height, line) = (top + 10, top + 5);
        let bars =
            bars.into_iter().map(|(lane, bar)| Bar { y: top - (lane + 1) * LANE + 1, ..bar }).collect();
        let view = |begin, end| {
            if begin == end {
                DateView::value(words, begin, None)
            } else {
                DateView::interval(words, begin, end, None)
            }
        };
        Some(Self { days, bars, height, line, first: view(first.2, first.3), last: view(last.2, last.3) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_is_a_bar_on_the_period_that_it_lies_in() {
        for (begin, end, track, at, width, about, words) in [
            ("2025-SP", "2025-SP", "year", "16.16", "25.21", true, Some("about March to May 2025")),
            ("2025-Q4", "2025-Q4", "year", "74.79", "25.21", false, Some("October to December 2025")),
            ("2025-12", "2025-12", "year", "91.51", "8.49", false, None),
            (
                "2025-WI",
                "2025-WI",
                "year",
                "91.51",
                "8.49",
                true,
                Some("about December 2025 to February 2026"),
            ),
            ("2025-W49", "2025-W49", "month", "0.00", "22.58", false, Some("1 to 7 December 2025")),
            ("2025-12-02", "2025-12-05", "month", "3.23", "12.90", false, None),
            ("2025-11-30", "2025-12-02", "year", "91.23", "0.82", false, None),
            ("1969", "1969", "decade", "90.01", "9.99", false, None),
            ("1961", "1972", "century", "61.00", "12.00", false, None),
            ("196", "196", "century", "60.00", "10.00", true, None),
        ] {
            let extent = Extent::of(Words::of_tag("en"), value(begin), value(end)).unwrap();
            let expected =
                Extent { track, at: at.into(), width: width.into(), about, words: words.map(Into::into) };
            assert_eq!(extent, expected, "{begin} {end}");
        }
        assert_eq!(Extent::of(Words::of_tag("en"), value("2025-12-05"), value("2025-12-05")), None);
        assert_eq!(Extent::of(Words::of_tag("en"), value("19"), value("19")), None);
        assert_eq!(Extent::of(Words::of_tag("en"), value("PXD"), value("PXD")), None);
    }

    #[test]
    fn days_are_points_and_what_is_wider_is_a_bar_above_them() {
        let one = |text| (value(text), value(text));
        let times = [
            one("2025-12-05"),
            one("2025-SP"),
            one("2025-12-05TEV"),
            (value("2025-04"), value("2025-06")),
            one("19"),
        ];
        let chart = Chart::of(Words::of_tag("en"), &times).unwrap();
        assert_eq!((chart.days.len(), chart.bars.len()), (1, 2));
        assert_eq!(
            (chart.first.label.as_str(), chart.last.label.as_str()),
            ("spring 2025", "5 December 2025")
        );
        let lanes: Vec<(usize, bool)> = chart.bars.iter().map(|b| (b.y, b.about)).collect();
        assert_eq!((lanes, chart.line), (vec![(9, true), (1, false)], 21), "they overlap");
        assert_eq!(Chart::of(Words::of_tag("en"), &[one("2025-12-05"), one("2025-12-05")]), None);
        assert_eq!(Chart::of(Words::of_tag("en"), &[]), None);
    }

    proptest::proptest! {
        #[test]
        fn a_bar_lies_in_its_track(days in proptest::collection::vec((0..3_000_000_i32, 0..9_000_i32), 1..9)) {
            let day = |n: i32| Value::Day(NaiveDate::from_num_days_from_ce_opt(n + 1).unwrap());
            let times: Vec<_> = days.iter().map(|&(from, long)| (day(from), day(from + long))).collect();
            let within = |at: &str, width: &str| {
                let (at, width): (f64, f64) = (at.parse().unwrap(), width.parse().unwrap());
                assert!(at >= 0.0 && width >= 0.0 && at + width <= 100.02, "{at} {width}");
            };
            for (begin, end) in &times {
                if let Some(extent) = Extent::of(Words::of_tag("en"), *begin, *end) {
                    within(&extent.at, &extent.width);
                }
            }
            if let Some(chart) = Chart::of(Words::of_tag("en"), &times) {
                chart.bars.iter().for_each(|bar| within(&bar.at, &bar.width));
                assert!(chart.bars.iter().all(|bar| bar.y + LANE <= chart.line + 4));
            }
        }
    }
}
