//! Days, months, weekdays and holidays.

use chrono::NaiveDate;

use super::super::calendar::Lean;
use super::super::lexicon::Class;
use super::super::relative::{Period, Relative};
use super::super::talk::Talk;
use super::super::value::Value;
use super::{Captures, Meaning};

/// The day of the month, however it is written.
fn day(of: &Captures<'_>) -> Option<u8> {
    let day = of.small(Class::Day).or_else(|| of.small(Class::DayTh)).or_else(|| of.small(Class::Ordinal))?;
    (1..=31).contains(&day).then_some(day)
}

/// The day of an explicit date.
fn fixed(year: i32, month: u8, day: u8) -> Option<Meaning> {
    let day = NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))?;
    Some(Meaning::Fixed(Value::Day(day)))
}

/// "5 December 2025", "Dec 5", "Dec 5 last year".
pub(super) fn date(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let (month, day) = (of.small(Class::Month)?, day(of)?);
    if let Some(year) = of.year().or_else(|| talk.year_at_hand()) {
        return fixed(year, month, day);
    }
    month_day(month, day)
}

/// A day of a month without its year.
fn month_day(month: u8, day: u8) -> Option<Meaning> {
    // A leap year admits every day that there is.
    NaiveDate::from_ymd_opt(2000, u32::from(month), u32::from(day))?;
    Some(Meaning::Hangs(Relative::of(Period::MonthDay(month, day, Lean::Nearest))))
}

/// "Sept. 17 of that year".
pub(super) fn date_that_year(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    fixed(talk.that_year()?, of.small(Class::Month)?, day(of)?)
}

/// "2025-12-05".
pub(super) fn iso(of: &Captures<'_>) -> Option<Meaning> {
    let part = |nth| of.nth(Class::Two, nth).and_then(|n| u8::try_from(n).ok());
    fixed(of.year()?, part(0)?, part(1)?)
}

/// "12/5/25", "12/5/2025". What cannot be a month is the day.
pub(super) fn numeric(of: &Captures<'_>) -> Option<Meaning> {
    let number = |nth| of.nth(Class::Day, nth).and_then(|n| u8::try_from(n).ok());
    let (first, second) = (number(0)?, number(1).or_else(|| of.small(Class::DayTh))?);
    let (month, day) = if of.day_first { (second, first) } else { (first, second) };
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    let year = of.year().or_else(|| of.get(Class::Two).map(|n| if n < 70 { 2000 + n } else { 1900 + n }));
    match year {
        Some(year) => fixed(year, month, day),
        None => month_day(month, day),
    }
}

/// "December 2025", "last December", "in December".
pub(super) fn month(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let month = of.small(Class::Month).or_else(|| of.small(Class::PlainMonth))?;
    if let Some(year) = of.year() {
        return Some(Meaning::Fixed(Value::Month(year, month)));
    }
    let lean = match of.shift() {
        Some(by) if by < 0 => Lean::Before,
        Some(0) => Lean::Same,
        Some(_) => Lean::After,
        None => {
            if let Some(year) = talk.year_at_hand() {
                return Some(Meaning::Fixed(Value::Month(year, month)));
            }
            match of.cue {
                Some(Lean::After) => Lean::Nearest,
                _ => Lean::Past,
            }
        }
    };
    Some(Meaning::Hangs(Relative::of(Period::Month(month, lean))))
}

/// "on Friday", "last Friday", "will meet on Friday".
pub(super) fn weekday(of: &Captures<'_>) -> Option<Period> {
    let weekday = of.small(Class::Weekday).or_else(|| of.small(Class::WeekdayAbbreviation))?;
    let lean = match of.shift() {
        Some(by) if by < 0 => Lean::Before,
        Some(0) => Lean::Same,
        Some(_) => Lean::After,
        // "will meet on Friday", on a Friday, is today's news: the next one would be called so.
        None => match of.cue {
            Some(Lean::After) => Lean::Onward,
            _ => Lean::Past,
        },
    };
    Some(Period::Weekday(weekday, lean))
}

/// "Christmas Eve", "Easter 1961", "last Thanksgiving".
pub(super) fn holiday(of: &Captures<'_>) -> Option<Meaning> {
    let holiday = of.grammar.lexicon.holiday(of.get(Class::Holiday)?)?;
    if let Some(year) = of.year() {
        return holiday.day(year).map(|day| Meaning::Fixed(Value::Day(day)));
    }
    let lean = match of.shift() {
        Some(by) if by < 0 => Lean::Before,
        Some(by) if by > 0 => Lean::After,
        Some(_) => Lean::Same,
        None if of.cue == Some(Lean::After) => Lean::Onward,
        None => Lean::Nearest,
    };
    Some(Meaning::Hangs(Relative::of(Period::Holiday(holiday, lean))))
}
