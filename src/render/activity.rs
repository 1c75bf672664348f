//! [`Activity`]: how many statements there are in each day, month, year or decade, as bars.
//!
//! A bar is solid up to what was said then by the briefs' word, and hollow above it for what was
//! published then and whose day of speaking no brief tells. What is known less precisely than a bar is
//! wide is left to the words: nothing is rounded for the picture's sake.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::words::Words;
use crate::annotate::timex::Value;

/// The height of the drawing, in pixels.
const HEIGHT: usize = 48;

/// The widest that a bar is drawn, in per cent of the whole.
const WIDEST: f64 = 4.0;

/// What one bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Month,
    Year,
    Decade,
}

/// Statements over time.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Activity {
    bars: Vec<ActivityBar>,
    /// In pixels.
    height: usize,
    /// The first and the last bar in words.
    first: String,
    last: String,
    /// "Statements by month. Most in July 1969: 11."
    words: String,
    /// Whether a bar is hollow in part.
    published: bool,
}

/// The statements of one stretch.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct ActivityBar {
    /// In per cent of the width.
    at: String,
    width: String,
    /// What was said then: where it begins and how high it is, in pixels.
    said_y: usize,
    said: usize,
    /// What was published then.
    published_y: usize,
    published: usize,
}

impl Activity {
    /// Statements by the time of speaking and the day of publication, in any order; `None` where no
    /// two bars would stand side by side.
    pub(super) fn of(words: &'static Words, statements: &[(Option<Value>, NaiveDate)]) -> Option<Self> {
        let days: Vec<(NaiveDate, NaiveDate, bool)> = statements
            .iter()
            .filter_map(|(said_on, published)| match said_on {
                Some(value) => value.begin_end().map(|(first, last)| (first, last, true)),
                None => Some((*published, *published, false)),
            })
            .collect();
        let (from, to) = (days.iter().map(|d| d.0).min()?, days.iter().map(|d| d.1).max()?);
        let unit = Unit::for_span(from, to);
        let mut bins: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
        for (first, last, said) in &days {
            if unit.of(*first) == unit.of(*last) {
                let bin = bins.entry(unit.of(*first)).or_default();
                *(if *said { &mut bin.0 } else { &mut bin.1 }) += 1;
            }
        }
        if bins.len() < 2 {
            return None;
        }
        let (start, end) = (*bins.keys().next()?, *bins.keys().next_back()?);
        let most = bins.values().map(|(said, published)| said + published).max()?;
        let drawn: usize = bins.values().map(|(said, published)| said + published).sum();
        let width = 100.0 / f64::from(end - start + 1);
        let bars = bins.iter().map(|(bin, counts)| bar(f64::from(bin - start) * width, width, *counts, most));
        Some(Self {
            bars: bars.collect(),
            height: HEIGHT,
            first: words.value(unit.value(start)),
            last: words.value(unit.value(end)),
            words: in_words(words, unit, &bins, most, statements.len() - drawn),
            published: bins.values().any(|(_, published)| *published > 0),
        })
    }
}

fn bar(at: f64, width: f64, (said, published): (usize, usize), most: usize) -> ActivityBar {
    // Whatever is there is seen: at least two pixels.
    let pixels = |number: usize| if number == 0 { 0 } else { (number * HEIGHT / most).max(2) };
    let (said, all) = (pixels(said), pixels(said + published));
    let thick = (width * 0.76).min(WIDEST);
    let gap = (width - thick) / 2.0;
    ActivityBar {
        at: format!("{:.2}", at + gap),
        width: format!("{thick:.2}"),
        said_y: HEIGHT - said,
        said,
        published_y: HEIGHT - all.max(said),
        published: all.saturating_sub(said),
    }
}

fn in_words(
    words: &'static Words,
    unit: Unit,
    bins: &BTreeMap<i32, (usize, usize)>,
    most: usize,
    left: usize,
) -> String {
    let highest: Vec<i32> =
        bins.iter().filter(|(_, (said, published))| said + published == most).map(|(bin, _)| *bin).collect();
    let (by, each) = match unit {
        Unit::Day => ("activity.by_day", "activity.each_day"),
        Unit::Month => ("activity.by_month", "activity.each_month"),
        Unit::Year => ("activity.by_year", "activity.each_year"),
        Unit::Decade => ("activity.by_decade", "activity.each_decade"),
    };
    let top = match highest.as_slice() {
        [only] => words.with("activity.most", &[("when", &words.said_on(unit.value(*only))), ("n", &most)]),
        many => words.with(each, &[("most", &most), ("n", &many.len())]),
    };
    let left = (left > 0).then(|| words.count("activity.left", left));
    let sentences = [Some(words.get(by).to_owned()), Some(top), left];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

impl Unit {
    fn for_span(from: NaiveDate, to: NaiveDate) -> Self {
        let units = [(Self::Day, 31), (Self::Month, 36), (Self::Year, 60)];
        let fits = units.into_iter().find(|(unit, most)| unit.of(to) - unit.of(from) < *most);
        fits.map_or(Self::Decade, |(unit, _)| unit)
    }

    /// The number of the stretch in which a day lies.
    fn of(self, day: NaiveDate) -> i32 {
        match self {
            Self::Day => day.num_days_from_ce(),
            Self::Month => day.year() * 12 + i32::try_from(day.month0()).unwrap_or_default(),
            Self::Year => day.year(),
            Self::Decade => day.year().div_euclid(10),
        }
    }

    /// What the bar of a number stands for.
    fn value(self, number: i32) -> Value {
        match self {
            Self::Day => Value::Day(NaiveDate::from_num_days_from_ce_opt(number).unwrap_or_default()),
            Self::Month => {
                let month = u8::try_from(number.rem_euclid(12)).unwrap_or_default() + 1;
                Value::Month(number.div_euclid(12), month)
            }
            Self::Year => Value::Year(number),
            Self::Decade => Value::Decade(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: &str) -> (Option<Value>, NaiveDate) {
        (Some(value.parse().unwrap()), NaiveDate::from_ymd_opt(2030, 1, 1).unwrap())
    }

    fn published(day: &str) -> (Option<Value>, NaiveDate) {
        (None, day.parse().unwrap())
    }

    #[test]
    fn bars_are_as_wide_as_the_time_asks_for_and_say_so() {
        for (statements, bars, first, last, words) in [
            (
                vec![said("2025-12-01"), said("2025-12-05"), said("2025-12-05")],
                2,
                "1 December 2025",
                "5 December 2025",
                "Statements by day. Most on 5 December 2025: 2.",
            ),
            (
                vec![said("2025-12-01"), published("2025-02-03")],
                2,
                "February 2025",
                "December 2025",
                "Statements by month. 1 in each of 2 months, no more in any.",
            ),
            (
                vec![said("1961-05-25"), said("1969"), said("1969-07-20"), said("197")],
                2,
                "1961",
                "1969",
                "Statements by year. Most in 1969: 2. 1 that is known less precisely is not drawn.",
            ),
            (
                vec![said("1890"), said("1999-01"), said("1992")],
                2,
                "the 1890s",
                "the 1990s",
                "Statements by decade. Most in the 1990s: 2.",
            ),
        ] {
            let activity = Activity::of(Words::of_tag("en"), &statements).unwrap();
            assert_eq!((activity.bars.len(), activity.words.as_str()), (bars, words));
            assert_eq!((activity.first.as_str(), activity.last.as_str()), (first, last));
        }
        assert_eq!(Activity::of(Words::of_tag("en"), &[said("2025-12-01"), said("2025-12-01")]), None);
        assert_eq!(Activity::of(Words::of_tag("en"), &[]), None);
    }

    #[test]
    fn what_is_published_stands_hollow_on_what_is_said() {
        let activity = Activity::of(
            Words::of_tag("en"),
            &[said("2025-12-01"), published("2025-12-01"), said("2025-12-02")],
        )
        .unwrap();
        let first = &activity.bars[0];
        assert_eq!((first.said_y, first.said, first.published_y, first.published), (24, 24, 0, 24));
        let second = &activity.bars[1];
        assert_eq!((second.said_y, second.said, second.published), (24, 24, 0));
        assert!(activity.published);
    }

    proptest::proptest! {
        #[test]
        fn every_bar_lies_in_the_drawing(
            days in proptest::collection::vec((0..3_000_000_i32, proptest::bool::ANY), 0..40),
        ) {
            let day = |n: i32| NaiveDate::from_num_days_from_ce_opt(n + 1).unwrap();
            let statements: Vec<_> =
                days.iter().map(|&(n, said)| (said.then(|| Value::Day(day(n))), day(n))).collect();
            for bar in Activity::of(Words::of_tag("en"), &statements).iter().flat_map(|activity| &activity.bars) {
                let (at, width): (f64, f64) = (bar.at.parse().unwrap(), bar.width.parse().unwrap());
                assert!(at >= 0.0 && width >= 0.0 && at + width <= 100.01);
                assert_eq!(bar.said_y + bar.said, HEIGHT);
                assert_eq!(bar.published_y + bar.published, bar.said_y);
                assert!(bar.said + bar.published >= 2);
            }
        }
    }
}
