//! The day on which a story was filed, from which its "today" and "Friday" are told.
//!
//! Entry point: [`filed_on`]. A dateline that names its day says it itself; else the moment of
//! publication is a day in the dateline's zone, which need not be that of the publisher: a story
//! from Sydney on its Friday goes out in New York on Thursday. Places are data, in zones.toml.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use serde::Deserialize;

use super::{Options, timex};

/// How many days before publication a dateline's own day may lie.
const OLDEST: i64 = 7;

/// When clocks are put forward by an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Summer {
    /// From the last Sunday of March to the last of October.
    Eu,
    /// From the second Sunday of March to the first of November.
    Us,
    /// From the first Sunday of October to the first of April.
    Au,
    /// From the last Sunday of September to the first of April.
    Nz,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    zone: Vec<Zone>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Zone {
    minutes: i32,
    summer: Option<Summer>,
    places: Vec<String>,
}

static ZONES: LazyLock<HashMap<String, (i32, Option<Summer>)>> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("zones.toml")).expect("zones.toml is compiled in and tested");
    let places = file.zone.into_iter().flat_map(|zone| {
        let Zone { minutes, summer, places } = zone;
        places.into_iter().map(move |place| (place, (minutes, summer)))
    });
    places.collect()
});

/// The day from which the dates of a story are told.
///
/// `options.dct` is the publisher's day, `time` the moment of publication where it is known,
/// `place` the dateline's place and `day` the day that the dateline names, both as written. A day
/// of the dateline that lies ahead of publication or long before it is not believed.
#[must_use]
pub fn filed_on(
    options: &Options,
    time: Option<DateTime<FixedOffset>>,
    place: Option<&str>,
    day: Option<&str>,
) -> Option<NaiveDate> {
    let published = options.dct?;
    let named = day.and_then(|words| timex::tag(words, &[], options).first()?.timex.value.day());
    let believed = named.filter(|day| (0..=OLDEST).contains(&(published - *day).num_days()));
    let local = || time.zip(place).and_then(|(time, place)| local_day(time, place));
    believed.or_else(local).or(Some(published))
}

/// The day of a moment at a place; `None` for a place that zones.toml does not know.
fn local_day(time: DateTime<FixedOffset>, place: &str) -> Option<NaiveDate> {
    let name = place.split(',').next().unwrap_or(place).trim().to_lowercase();
    let (minutes, summer) = *ZONES.get(&name)?;
    let at = |minutes: i32| Some(time.with_timezone(&FixedOffset::east_opt(minutes * 60)?).date_naive());
    let winter = at(minutes)?;
    if summer.is_some_and(|rule| is_summer(winter, rule)) { at(minutes + 60) } else { Some(winter) }
}

/// Whether clocks are put forward on `day`.
fn is_summer(day: NaiveDate, rule: Summer) -> bool {
    let sunday = |month, nth| timex::nth_sunday(day.year(), month, nth);
    let (begin, end) = match rule {
        Summer::Eu => (sunday(3, 0), sunday(10, 0)),
        Summer::Us => (sunday(3, 2), sunday(11, 1)),
        Summer::Au => (sunday(10, 1), sunday(4, 1)),
        Summer::Nz => (sunday(9, 0), sunday(4, 1)),
    };
    match (begin, end) {
        (Some(begin), Some(end)) if begin < end => (begin..end).contains(&day),
        (Some(begin), Some(end)) => day >= begin || day < end,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filed(published: &str, place: &str, day: Option<&str>) -> String {
        let (date, time) = match DateTime::parse_from_rfc3339(published) {
            Ok(time) => (time.date_naive(), Some(time)),
            Err(_) => (published.parse().unwrap(), None),
        };
        let options = Options { dct: Some(date), ..Options::default() };
        filed_on(&options, time, Some(place), day).unwrap().to_string()
    }

    #[test]
    fn a_story_is_told_from_the_day_of_its_dateline() {
        for (published, place, day, expected) in [
            // Thursday evening in New York is Friday in Sydney.
            ("2025-12-04T18:00:00-05:00", "SYDNEY", None, "2025-12-05"),
            ("2025-12-04T18:00:00-05:00", "NEW YORK", None, "2025-12-04"),
            ("2025-12-04T18:00:00-05:00", "Sydney, Australia", None, "2025-12-05"),
            // One in the morning in Kyiv is the evening before in London, but for summer time.
            ("2025-12-05T01:30:00+02:00", "LONDON", None, "2025-12-04"),
            ("2025-06-30T22:30:00Z", "LONDON", None, "2025-06-30"),
            ("2025-06-30T23:30:00Z", "LONDON", None, "2025-07-01"),
            ("2025-12-04T18:00:00-05:00", "NORDHAVEN", None, "2025-12-04"),
            // A day without a time says nothing of zones.
            ("2025-12-04", "SYDNEY", None, "2025-12-04"),
            ("2025-12-06", "KYIV", Some("Dec 5"), "2025-12-05"),
            ("2025-12-06", "KYIV", Some("Friday"), "2025-12-05"),
            ("2025-12-06", "KYIV", Some("Dec 9"), "2025-12-06"),
            ("2025-12-06", "KYIV", Some("June 5"), "2025-12-06"),
        ] {
            assert_eq!(filed(published, place, day), expected, "{published} {place} {day:?}");
        }
        assert_eq!(filed_on(&Options::default(), None, None, Some("Dec 5")), None);
    }

    #[test]
    fn clocks_go_forward_by_the_rule_of_the_place() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (rule, first, last) in [
            (Summer::Eu, "2025-03-30", "2025-10-25"),
            (Summer::Us, "2025-03-09", "2025-11-01"),
            (Summer::Au, "2025-10-05", "2026-04-04"),
            (Summer::Nz, "2025-09-28", "2026-04-04"),
        ] {
            assert!(is_summer(day(first), rule) && is_summer(day(last), rule), "{rule:?}");
            assert!(!is_summer(day(first).pred_opt().unwrap(), rule), "{rule:?}");
            assert!(!is_summer(day(last).succ_opt().unwrap(), rule), "{rule:?}");
        }
    }

    #[test]
    fn a_place_has_one_zone_and_is_written_as_it_is_looked_up() {
        let file: File = toml::from_str(include_str!("zones.toml")).unwrap();
        let places: Vec<String> = file.zone.into_iter().flat_map(|zone| zone.places).collect();
        assert_eq!(places.len(), ZONES.len(), "a place stands twice");
        assert!(places.iter().all(|place| *place == place.trim().to_lowercase() && !place.contains(',')));
    }
}
