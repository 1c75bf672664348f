//! Units, seasons, quarters, years, decades and centuries.

use chrono::{Datelike, NaiveDate};

use super::super::calendar::{self, Lean};
use super::super::lexicon::Class;
use super::super::relative::{Period, Relative};
use super::super::talk::Talk;
use super::super::value::{Clock, Unit, Value};
use super::{Captures, Meaning};

fn hangs(period: Period) -> Meaning {
    Meaning::Hangs(Relative::of(period))
}

/// "last week", "this year", "next month".
pub(super) fn unit(of: &Captures<'_>) -> Option<Period> {
    let (unit, by) = (of.unit(0)?, of.shift().unwrap_or(0));
    // "The next decade" is its ten years; "the last minute" is no date.
    // "At the end of the day" is seldom meant of a day.
    let idiom = unit == Unit::Day && of.shift().is_none();
    let length = unit <= Unit::Hour || idiom || (unit == Unit::Decade && by != 0);
    (!length).then_some(Period::Unit(unit, by))
}

/// "the weekend": the present one on its days or where the words look ahead, else the last.
pub(super) fn weekend(of: &Captures<'_>, talk: &Talk) -> Option<Period> {
    let within = talk.dct?.weekday().number_from_monday() >= 6;
    Some(Period::Unit(Unit::Weekend, if within || of.cue().is_ahead() { 0 } else { -1 }))
}

/// "the following day", told from the day last spoken of.
pub(super) fn text_unit(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let unit = of.unit(0)?;
    let Some(by) = of.get(Class::TextShift) else { return talk.within(unit).map(Meaning::Fixed) };
    calendar::unit_at(talk.start_within(unit)?, unit, by.into()).map(Meaning::Fixed)
}

/// "am Vortag", told from the day last spoken of.
pub(super) fn text_deixis(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let by = i64::from(of.get(Class::TextDeixis)?);
    calendar::unit_at(talk.start_within(Unit::Day)?, Unit::Day, by).map(Meaning::Fixed)
}

/// "the previous Friday", told from the day last spoken of.
pub(super) fn text_weekday(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let lean = match of.get(Class::TextShift)? {
        by if by < 0 => Lean::Before,
        0 => Lean::Nearest,
        _ => Lean::After,
    };
    calendar::weekday(talk.day?, of.small(Class::Weekday)?, lean).map(|day| Meaning::Fixed(Value::Day(day)))
}

/// "since spring", "last summer", "the winter of 1994".
pub(super) fn season(of: &Captures<'_>) -> Option<Meaning> {
    let season = of.season()?;
    if let Some(year) = of.year() {
        return Some(Meaning::Fixed(Value::Season(year, season)));
    }
    let lean = match of.shift() {
        Some(by) if by < 0 => Lean::Before,
        Some(0) => Lean::Same,
        Some(_) => Lean::After,
        None => of.cue().side(),
    };
    if let Some(by) = of.shift().filter(|_| of.unit(0) == Some(Unit::Year)) {
        return Some(hangs(Period::SeasonOfYear(season, by)));
    }
    Some(hangs(Period::Season(season, lean)))
}

/// "the third quarter", "the 1988 second quarter", "next year's first quarter".
pub(super) fn quarter(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let number = of.small(Class::QuarterCode).or_else(|| of.small(Class::Ordinal));
    let number = match number {
        Some(number @ 1..=4) => number,
        Some(_) => return None,
        // "last year's quarter": the quarter spoken of.
        None => match talk.reported_quarter() {
            Some((_, number)) => number,
            None => return of.year().map(|year| Meaning::Fixed(Value::Year(year))),
        },
    };
    if let Some(year) = of.year() {
        return Some(Meaning::Fixed(Value::Quarter(year, number)));
    }
    Some(hangs(match of.shift() {
        Some(by) => Period::QuarterOfYear(number, by),
        None => Period::Quarter(number, Lean::Nearest),
    }))
}

/// The quarter spoken of, or the last full one before publication, so many years away.
pub(super) fn text_quarter(years: i32, talk: &Talk) -> Option<Meaning> {
    let (year, quarter) =
        talk.quarter.or_else(|| match calendar::unit_at(talk.dct?, Unit::Quarter, -1)? {
            Value::Quarter(year, quarter) => Some((year, quarter)),
            _ => None,
        })?;
    Some(Meaning::Fixed(Value::Quarter(year.checked_add(years)?, quarter)))
}

/// "the first half of 1989", "H1 2025".
pub(super) fn half(of: &Captures<'_>) -> Option<Meaning> {
    let half = match of.small(Class::HalfCode).or_else(|| of.small(Class::Ordinal))? {
        0 => 2,
        half @ 1..=2 => half,
        _ => return None,
    };
    Some(match of.year() {
        Some(year) => Meaning::Fixed(Value::Half(year, half)),
        None => hangs(Period::HalfOfYear(half, of.shift().unwrap_or(0))),
    })
}

/// A year that the words fix.
pub(super) fn year(year: Option<i32>) -> Option<Meaning> {
    year.map(|year| Meaning::Fixed(Value::Year(year)))
}

/// The four digits of a year of which two are written: the latest such year that is not more
/// than 20 years ahead.
pub(super) fn full_year(two: i32, talk: &Talk) -> i32 {
    let latest = talk.dct.map_or(2020, |day| day.year()) + 20;
    latest - (latest - two).rem_euclid(100)
}

/// "the 1960s", "the '80s", "the nineties".
pub(super) fn decade(of: &Captures<'_>) -> Option<Meaning> {
    if let Some(year) = of.get(Class::Decade) {
        return Some(Meaning::Fixed(Value::Decade(year / 10)));
    }
    let tens = of.get(Class::ShortDecade).map(|n| n / 10).or_else(|| of.get(Class::DecadeName))?;
    // The twenties and the tens are of this century, or of the last one; the rest of the last.
    let century = if tens <= 1 { 200 } else { 190 };
    Some(Meaning::Fixed(Value::Decade(century + tens)))
}

/// "the 20th century".
pub(super) fn century(of: &Captures<'_>) -> Option<Meaning> {
    let number = of.get(Class::Ordinal).filter(|n| (1..=30).contains(n))?;
    Some(Meaning::Fixed(Value::Century(number - 1)))
}

/// "year-end": the last day of the year.
pub(super) fn year_end(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    // "The change since year-end" is the change since the last one.
    let past = i32::from(of.cue().bound == Some(0));
    let year = of.year().or_else(|| talk.dct.map(|day| day.year() - past))?;
    Value::Year(year).begin_end().map(|(_, last)| Meaning::Fixed(Value::Day(last)))
}

/// "a year ago", "a year earlier": of the quarter spoken of, where one is; else the year.
pub(super) fn year_ago(_: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    match talk.reported_quarter() {
        Some(_) => text_quarter(-1, talk),
        None => Some(hangs(Period::Unit(Unit::Year, -1))),
    }
}

/// "the first nine months": a length, of which figures are reported.
pub(super) fn reported_months(of: &Captures<'_>) -> Option<Value> {
    let months = of.amount(0).filter(|amount| matches!(amount, 6000 | 9000))?;
    Some(Value::Length(Some(months), Unit::Month))
}

/// The quarter that ends nearest to `day`: "the quarter ended July 31".
pub(in crate::annotate::timex) fn quarter_ending(day: NaiveDate) -> Option<Value> {
    // The middle of the quarter that ends nearest lies six weeks before.
    calendar::unit_at(calendar::shift_days(day, -46)?, Unit::Quarter, 0)
}

/// "the next day": told from the day last spoken of.
pub(super) fn text_days(talk: &Talk, days: i64) -> Option<Value> {
    calendar::shift_days(talk.day?, days).map(Value::Day)
}

/// "the next morning".
pub(super) fn next_part(of: &Captures<'_>, talk: &Talk, days: i64) -> Option<Meaning> {
    let day = text_days(talk, days)?.day()?;
    Some(Meaning::Fixed(Value::Time(day, Clock::Part(of.part()?))))
}

/// "that summer", "the following spring".
pub(super) fn text_season(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let (begin, end) = talk.spoken_of()?.begin_end()?;
    let (season, by) = (of.season()?, of.get(Class::TextShift)?);
    let value = match by {
        0 => calendar::season(begin, season, Lean::Same)?,
        by if by < 0 => calendar::season(begin, season, Lean::Before)?,
        _ => calendar::season(end, season, Lean::After)?,
    };
    Some(Meaning::Fixed(value))
}

/// "that evening", "in the morning": a part of the day last spoken of.
pub(super) fn text_part(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let day = calendar::shift_days(talk.day?, of.get(Class::TextShift).unwrap_or(0).into())?;
    Some(Meaning::Fixed(Value::Time(day, Clock::Part(of.part()?))))
}
