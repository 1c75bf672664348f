//! Days, months, weekdays and holidays.

use chrono::{Datelike, NaiveDate, Weekday};

use super::super::calendar::{self, Lean};
use super::super::cue::Cue;
use super::super::lexicon::Class;
use super::super::relative::{Period, Relative};
use super::super::talk::Talk;
use super::super::value::{Unit, Value};
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
    if let Some(year) = of.year().or_else(|| year_at_hand(of, talk)) {
        return fixed(year, month, day);
    }
    month_day(month, day, of, talk)
}

/// A day of a month without its year.
fn month_day(month: u8, day: u8, of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    // A leap year admits every day that there is.
    NaiveDate::from_ymd_opt(2000, u32::from(month), u32::from(day))?;
    let cue = of.cue();
    let lean = match cue.lean {
        Some(Lean::Past) if cue.ended => Lean::Past,
        Some(Lean::After) => Lean::Soon,
        _ => beside(talk, |at, lean| calendar::month_day(at, month, day, lean).map(Value::Day)),
    };
    Some(Meaning::Hangs(Relative::of(Period::MonthDay(month, day, lean))))
}

/// The year that the sentence lends to a day or month: not where the words bind it to the present,
/// as in "since its launch in 2003 and that as of February".
fn year_at_hand(of: &Captures<'_>, talk: &Talk) -> Option<i32> {
    talk.year_at_hand().filter(|year| {
        of.cue().bound.is_none()
            || talk.dct.is_none_or(|day| i64::from(*year) + LIVING < i64::from(day.year()))
    })
}

/// Where nothing else tells, a date lies nearest to the one that its sentence spoke of before:
/// "from Feb. 3 to Aug. 20". The lean, told from publication, that leads there.
fn beside(talk: &Talk, resolve: impl Fn(NaiveDate, Lean) -> Option<Value>) -> Lean {
    let told = talk.dct.zip(talk.here()).and_then(|(dct, here)| {
        let here = here.begin_end().filter(|(begin, end)| (*end - *begin).num_days() <= 31)?.0;
        let nearest = resolve(here, Lean::Nearest)?;
        [Lean::Nearest, Lean::Past, Lean::After].into_iter().find(|lean| resolve(dct, *lean) == Some(nearest))
    });
    told.unwrap_or(Lean::Nearest)
}

/// For how many years a past year may still reach into the present of its sentence.
const LIVING: i64 = 8;

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
pub(super) fn numeric(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let number = |nth| of.nth(Class::Day, nth).and_then(|n| u8::try_from(n).ok());
    let (first, second) = (number(0)?, number(1).or_else(|| of.small(Class::DayTh))?);
    let (month, day) = if of.is_day_first() { (second, first) } else { (first, second) };
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    let year = of.year().or_else(|| of.get(Class::Two).map(|n| if n < 70 { 2000 + n } else { 1900 + n }));
    match year {
        Some(year) => fixed(year, month, day),
        None => month_day(month, day, of, talk),
    }
}

/// Whether day and month of a date in digits could be the other way round: 12/5/25, not 25/12/25.
pub(in crate::annotate::timex) fn is_ambiguous(of: &Captures<'_>) -> bool {
    let number = |nth| of.nth(Class::Day, nth);
    let (first, second) = (number(0), number(1));
    !of.grammar.writing.day_first
        && first != second
        && [first, second].iter().all(|n| n.is_some_and(|n| n <= 12))
}

/// "December 2025", "last December", "in December".
pub(super) fn month(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let month = of.small(Class::Month).or_else(|| of.small(Class::PlainMonth))?;
    month_called(month, of, talk)
}

/// The second month of "from April to June 2023".
pub(super) fn last_month(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    month_called(u8::try_from(of.nth(Class::Month, 1)?).ok()?, of, talk)
}

fn month_called(month: u8, of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    if let Some(year) = of.year() {
        return Some(Meaning::Fixed(Value::Month(year, month)));
    }
    let lean = match of.shift() {
        Some(by) if by < 0 => Lean::Before,
        Some(0) => Lean::Same,
        Some(_) => Lean::After,
        None => {
            if let Some(year) = year_at_hand(of, talk) {
                return Some(Meaning::Fixed(Value::Month(year, month)));
            }
            // "this year through August": the year is said.
            let cue = of.cue();
            if let (Some(Value::Year(year)), Some(1)) = (talk.here(), cue.bound) {
                return Some(Meaning::Fixed(Value::Month(year, month)));
            }
            match cue.side() {
                Lean::Nearest => beside(talk, |day, lean| calendar::month(day, month, lean)),
                lean => lean,
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
        None => match of.cue() {
            cue if cue.is_ahead() => Lean::Onward,
            Cue { lean: Some(Lean::Nearest), .. } => Lean::Nearest,
            _ => Lean::Past,
        },
    };
    Some(Period::Weekday(weekday, lean))
}

/// "June last year".
pub(super) fn month_of_year(of: &Captures<'_>) -> Option<Period> {
    Some(Period::MonthOfYear(of.small(Class::Month)?, of.shift()?))
}

/// "Monday next week".
pub(super) fn weekday_of_week(of: &Captures<'_>) -> Option<Period> {
    Some(Period::WeekdayOfWeek(of.small(Class::Weekday)?, of.shift()?))
}

/// "today", "the day before yesterday".
pub(super) fn deixis(of: &Captures<'_>) -> Option<Period> {
    of.get(Class::Deixis).map(|days| Period::Unit(Unit::Day, i64::from(days)))
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
        None if of.cue().is_ahead() => Lean::Onward,
        None => Lean::Nearest,
    };
    Some(Meaning::Hangs(Relative::of(Period::Holiday(holiday, lean))))
}

/// "On the 17th": of the month last spoken of, or the nearest such day.
pub(super) fn text_day(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let day = u32::from(day(of)?);
    let spoken = talk.day?;
    let here = spoken.with_day(day);
    // After "Dec. 29", "the 3rd" is one of January; "will" looks ahead from publication too.
    let next = calendar::shift_months(spoken, 1).and_then(|month| month.with_day(day));
    let ahead = here.is_none_or(|here| here < spoken) && (of.cue().is_ahead() || spoken.day() > day + 14);
    let found = if ahead { next.or(here) } else { here.or(next) };
    found.map(|day| Meaning::Fixed(Value::Day(day)))
}

/// "The day after Christmas", "the day before the Dec. 2 vote".
pub(super) fn day_beside(of: &Captures<'_>, talk: &Talk, days: i64) -> Option<Meaning> {
    let meaning = if of.get(Class::Holiday).is_some() { holiday(of)? } else { date(of, talk)? };
    let day = match meaning {
        Meaning::Fixed(value) => value.day(),
        Meaning::Hangs(relative) => relative.resolve(talk.dct?).day(),
        Meaning::Set(_) | Meaning::Clock(_) => None,
    };
    calendar::shift_days(day?, days).map(|day| Meaning::Fixed(Value::Day(day)))
}

/// "The Sept. 11 attacks": the day itself, whatever the year of publication.
pub(super) fn known(of: &Captures<'_>, known: NaiveDate) -> Option<Meaning> {
    let same = of.small(Class::Month).map(u32::from) == Some(known.month())
        && day(of).map(u32::from) == Some(known.day());
    same.then_some(Meaning::Fixed(Value::Day(known)))
}

/// "The first Monday of September", "the last Friday in October 2024".
pub(super) fn nth_weekday(of: &Captures<'_>, talk: &Talk) -> Option<Meaning> {
    let (begin, _) = match month(of, talk)? {
        Meaning::Fixed(value) => value.begin_end()?,
        Meaning::Hangs(relative) => relative.resolve(talk.dct?).begin_end()?,
        Meaning::Set(_) | Meaning::Clock(_) => return None,
    };
    let weekday = Weekday::try_from(of.small(Class::Weekday)?.checked_sub(1)?).ok()?;
    // The number of "last" is 0.
    let nth = of.small(Class::Ordinal).filter(|nth| *nth <= 5)?;
    let day = calendar::nth_weekday(begin.year(), begin.month(), weekday, nth)?;
    Some(Meaning::Fixed(Value::Day(day)))
}
