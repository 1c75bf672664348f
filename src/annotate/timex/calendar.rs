//! Steps over the calendar: units moved, weekdays found, nearest days. Nothing here panics, even
//! at the ends of the calendar: what lies beyond is `None`.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::relative::Holiday;
use super::value::{Season, Unit, Value};

/// On which side of the anchor a returning day is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lean {
    /// The latest on or before the anchor.
    Past,
    /// The latest strictly before the anchor.
    Before,
    /// The one closest to the anchor.
    Nearest,
    /// The first after the anchor, unless one lies just behind it.
    Soon,
    /// The first strictly after the anchor.
    After,
    /// The first that ends on or after the anchor.
    Onward,
    /// The one in the anchor's own week or year.
    Same,
}

/// The day `days` after `day`.
pub(super) fn shift_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

/// The day `months` after `day`, or the last day of a shorter month.
pub(super) fn shift_months(day: NaiveDate, months: i64) -> Option<NaiveDate> {
    let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
    if months < 0 { day.checked_sub_months(count) } else { day.checked_add_months(count) }
}

/// The `unit` that lies `by` units from the one in which `day` lies.
pub(super) fn unit_at(day: NaiveDate, unit: Unit, by: i64) -> Option<Value> {
    let moved = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => day,
        Unit::Day => shift_days(day, by)?,
        Unit::Weekend | Unit::Week => shift_days(day, by.checked_mul(7)?)?,
        Unit::Month => shift_months(day, by)?,
        Unit::Quarter => shift_months(day, by.checked_mul(3)?)?,
        Unit::Year => shift_months(day, by.checked_mul(12)?)?,
        Unit::Decade => shift_months(day, by.checked_mul(120)?)?,
        Unit::Century => shift_months(day, by.checked_mul(1200)?)?,
    };
    written(moved)?;
    let (week, small) = (moved.iso_week(), |n: u32| u8::try_from(n).ok());
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Value::Day(moved),
        Unit::Weekend => Value::Weekend(week.year(), small(week.week())?),
        Unit::Week => Value::Week(week.year(), small(week.week())?),
        Unit::Month => Value::Month(moved.year(), small(moved.month())?),
        Unit::Quarter => Value::Quarter(moved.year(), small(moved.month0() / 3 + 1)?),
        Unit::Year => Value::Year(moved.year()),
        Unit::Decade => Value::Decade(moved.year() / 10),
        Unit::Century => Value::Century(moved.year() / 100),
    })
}

/// `day`, if its year has four digits.
fn written(day: NaiveDate) -> Option<NaiveDate> {
    (1..=9999).contains(&day.year()).then_some(day)
}

/// The weekday (Monday 1) that `lean` picks.
pub(super) fn weekday(anchor: NaiveDate, number: u8, lean: Lean) -> Option<NaiveDate> {
    let wanted = i64::from(number);
    let here = i64::from(anchor.weekday().number_from_monday());
    let back = (here - wanted).rem_euclid(7);
    let days = match lean {
        Lean::Past => -back,
        Lean::Soon => (7 - back) % 7,
        Lean::Before => -(if back == 0 { 7 } else { back }),
        Lean::After => 7 - back,
        Lean::Onward => (7 - back) % 7,
        Lean::Nearest => {
            if back <= 3 {
                -back
            } else {
                7 - back
            }
        }
        Lean::Same => wanted - here,
    };
    written(shift_days(anchor, days)?)
}

/// How many days behind the anchor [`Lean::Soon`] still picks.
const JUST_BEHIND: i64 = 60;

/// The one of three candidates (a year before, this year, a year after) that `lean` picks, by
/// the first and last days that each covers.
fn pick<T: Copy>(
    anchor: NaiveDate,
    lean: Lean,
    candidate: impl Fn(i32) -> Option<T>,
    days: impl Fn(T) -> Option<(NaiveDate, NaiveDate)>,
) -> Option<T> {
    let year = anchor.year();
    // Four years each way reach the next 29 February.
    let near = (year.saturating_sub(4)..=year.saturating_add(4))
        .filter_map(|y| candidate(y).and_then(|c| days(c).map(|d| (c, d))));
    match lean {
        Lean::Same => candidate(year),
        Lean::Past => near.filter(|(_, d)| d.0 <= anchor).last().map(|(c, _)| c),
        Lean::Before => near.filter(|(_, d)| d.1 < anchor).last().map(|(c, _)| c),
        Lean::After => near.filter(|(_, d)| d.0 > anchor).map(|(c, _)| c).next(),
        Lean::Soon => near.filter(|(_, d)| (anchor - d.1).num_days() <= JUST_BEHIND).map(|(c, _)| c).next(),
        Lean::Onward => near.filter(|(_, d)| d.1 >= anchor).map(|(c, _)| c).next(),
        Lean::Nearest => near.min_by_key(|(_, d)| distance(anchor, *d)).map(|(c, _)| c),
    }
}

/// Days from `anchor` to the nearer end of `days`; 0 inside.
fn distance(anchor: NaiveDate, (begin, end): (NaiveDate, NaiveDate)) -> i64 {
    (begin - anchor).num_days().max((anchor - end).num_days()).max(0)
}

/// The month and day in the year that `lean` picks.
pub(super) fn month_day(anchor: NaiveDate, month: u8, day: u8, lean: Lean) -> Option<NaiveDate> {
    let at = |year| NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day));
    written(match lean {
        Lean::Nearest => nearest_day(anchor, at)?,
        _ => pick(anchor, lean, at, |day| Some((day, day)))?,
    })
}

/// The nearest such day. News looks back more often than far ahead, so that a day ahead counts
/// as half as far again.
fn nearest_day(anchor: NaiveDate, at: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
    let past = pick(anchor, Lean::Past, &at, |day| Some((day, day)));
    let ahead = pick(anchor, Lean::After, &at, |day| Some((day, day)));
    let (Some(past), Some(ahead)) = (past, ahead) else { return past.or(ahead) };
    let near = (ahead - anchor).num_days() * 3 < (anchor - past).num_days() * 2;
    Some(if near { ahead } else { past })
}

/// The month of the year that `lean` picks.
pub(super) fn month(anchor: NaiveDate, month: u8, lean: Lean) -> Option<Value> {
    pick(anchor, lean, |year| Some(Value::Month(year, month)), Value::begin_end)
}

/// The season of the year that `lean` picks. A winter belongs to the year in which it begins.
pub(super) fn season(anchor: NaiveDate, season: Season, lean: Lean) -> Option<Value> {
    if lean == Lean::Same && season == Season::Winter && anchor.month() <= 3 {
        return Some(Value::Season(anchor.year() - 1, season));
    }
    pick(anchor, lean, |year| Some(Value::Season(year, season)), Value::begin_end)
}

/// The quarter of the year that `lean` picks. News writes of the quarter of its own year, but
/// in its first months of the last quarters of the year before.
pub(super) fn quarter(anchor: NaiveDate, number: u8, lean: Lean) -> Option<Value> {
    let pick_year = |lean| pick(anchor, lean, |year| Some(Value::Quarter(year, number)), Value::begin_end);
    if lean != Lean::Nearest {
        return pick_year(lean);
    }
    let own = Value::Quarter(anchor.year(), number);
    let ahead = (own.begin_end()?.0 - anchor).num_days();
    if ahead > 150 { pick_year(Lean::Past) } else { Some(own) }
}

/// The holiday in the year that `lean` picks.
pub(super) fn holiday(anchor: NaiveDate, holiday: Holiday, lean: Lean) -> Option<NaiveDate> {
    written(pick(anchor, lean, |year| holiday.day(year), |day| Some((day, day)))?)
}

/// Easter Sunday of a year in the Gregorian calendar (the anonymous computus).
///
/// `None` outside the years that can be written, for which the formula was not made.
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
    if !(1..=9999).contains(&year) {
        return None;
    }
    let (century, cycle) = (year / 100, year % 19);
    let drift = (8 * century + 13) / 25;
    let epact = (19 * cycle + century - century / 4 - drift + 15) % 30;
    let full = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - cycle) / 11));
    let weekday = (year + year / 4 + full + 2 - century + century / 4) % 7;
    let offset = full - weekday;
    let month = 3 + (offset + 40) / 44;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(month).ok()?,
        u32::try_from(offset + 28 - 31 * (month / 4)).ok()?,
    )
}

/// The `nth` weekday of a month; 0 is the last one.
pub(super) fn nth_weekday(year: i32, month: u32, weekday: Weekday, nth: u8) -> Option<NaiveDate> {
    if nth > 0 {
        return NaiveDate::from_weekday_of_month_opt(year, month, weekday, nth);
    }
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, 5)
        .or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, weekday, 4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_sundays() {
        for (year, sunday) in [
            (1961, "1961-04-02"),
            (2000, "2000-04-23"),
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), Some(day(sunday)));
        }
        assert!((1..=9999).all(|year| easter(year).is_some()));
        assert_eq!((easter(0), easter(-1), easter(i32::MIN)), (None, None, None));
    }

    #[test]
    fn weekdays_lean() {
        let friday = day("2025-12-05");
        for (lean, same, monday) in [
            (Lean::Past, "2025-12-05", "2025-12-01"),
            (Lean::Before, "2025-11-28", "2025-12-01"),
            (Lean::After, "2025-12-12", "2025-12-08"),
            (Lean::Onward, "2025-12-05", "2025-12-08"),
            (Lean::Nearest, "2025-12-05", "2025-12-08"),
            (Lean::Same, "2025-12-05", "2025-12-01"),
        ] {
            assert_eq!(weekday(friday, 5, lean), Some(day(same)), "{lean:?}");
            assert_eq!(weekday(friday, 1, lean), Some(day(monday)), "{lean:?}");
        }
    }

    #[test]
    fn leap_days_are_found_and_the_ends_of_the_calendar_hold() {
        assert_eq!(month_day(day("2025-12-05"), 2, 29, Lean::Nearest), Some(day("2024-02-29")));
        assert_eq!(month_day(day("2025-12-05"), 2, 30, Lean::Nearest), None);
        assert_eq!(unit_at(day("2025-12-05"), Unit::Year, -3000), None);
        assert_eq!(unit_at(day("2025-12-05"), Unit::Century, i64::MAX), None);
    }

    proptest! {
        #[test]
        fn easter_is_a_sunday_of_march_or_april(year in 1600..4000_i32) {
            let sunday = easter(year).unwrap();
            prop_assert_eq!(sunday.weekday(), Weekday::Sun);
            prop_assert!(sunday >= NaiveDate::from_ymd_opt(year, 3, 22).unwrap());
            prop_assert!(sunday <= NaiveDate::from_ymd_opt(year, 4, 25).unwrap());
        }
    }
}
