//! Lengths of time, sets, and days told by a length.

use super::super::calendar;
use super::super::lexicon::Class;
use super::super::relative::{Period, Relative};
use super::super::talk::Talk;
use super::super::value::{Unit, Value};
use super::{Captures, Meaning};

/// "three days", "two-year", "several years", "two decades" (20 years).
pub(super) fn length(of: &Captures<'_>) -> Option<Value> {
    let unit = of.unit(0)?;
    // "A second look" is no second.
    if unit == Unit::Second && of.tokens_of(Class::Amount).next().is_none() {
        return None;
    }
    // "Three quarters" and "a quarter" are parts of a whole unless something dates them.
    if unit == Unit::Quarter && matches!(of.amount(0), Some(1000 | 3000)) && of.shift().is_none() {
        return None;
    }
    Some(match of.amount(0) {
        None => vague(unit),
        Some(amount) => plain(amount, unit),
    })
}

/// "Days", "several decades": decades are counted in years here too.
pub(super) fn vague(unit: Unit) -> Value {
    Value::Length(None, if unit == Unit::Decade { Unit::Year } else { unit })
}

/// Decades and centuries are counted in years, 24 hours are a day, half a year is six months.
fn plain(amount: u32, unit: Unit) -> Value {
    let whole = |factor: u32, into: Unit| match amount.checked_mul(factor) {
        Some(product) => Value::Length(Some(product), into),
        None => Value::Length(None, into),
    };
    match unit {
        Unit::Decade => whole(10, Unit::Year),
        Unit::Century => whole(100, Unit::Year),
        Unit::Quarter => whole(3, Unit::Month),
        Unit::Hour if amount == 24_000 => Value::Length(Some(1000), Unit::Day),
        Unit::Year if amount % 1000 == 500 && amount > 1000 => {
            Value::Lengths((amount - 500, Unit::Year), (6000, Unit::Month))
        }
        Unit::Minute if amount % 1000 == 500 && amount > 1000 => {
            Value::Lengths((amount - 500, Unit::Minute), (30_000, Unit::Second))
        }
        Unit::Year if amount == 500 => Value::Length(Some(6000), Unit::Month),
        Unit::Hour if amount == 500 => Value::Length(Some(30_000), Unit::Minute),
        _ => Value::Length(Some(amount), unit),
    }
}

/// "a year and a half".
pub(super) fn one_and_a_half(of: &Captures<'_>) -> Option<Value> {
    of.unit(0).map(|unit| plain(1500, unit))
}

/// "One day", where the words look ahead: some day to come.
pub(super) fn some_day(of: &Captures<'_>) -> Option<Value> {
    let cue = of.cue();
    let ahead = cue.is_ahead() || cue.open;
    (ahead && of.amount(0) == Some(1000)).then_some(Value::Future)
}

/// "half an hour".
pub(super) fn half(unit: Unit) -> Value {
    plain(500, unit)
}

/// "12 minutes and 9 seconds".
pub(super) fn lengths(of: &Captures<'_>) -> Option<Value> {
    let (larger, smaller) = (of.unit(0)?, of.unit(1)?);
    (larger > smaller).then_some(Value::Lengths((of.amount(0)?, larger), (of.amount(1)?, smaller)))
}

/// Days stay days; so does a week of them. Months and years are told to the month and year.
fn moved(amount: u32, unit: Unit, sign: i64) -> Option<Period> {
    let thousandths = i64::from(amount) * sign;
    match unit {
        Unit::Day => Some(Period::DayAfter(thousandths / 1000)),
        Unit::Hour if amount >= 24_000 => Some(Period::DayAfter(thousandths / 24_000)),
        Unit::Week if amount == 1000 => Some(Period::DayAfter(7 * sign)),
        Unit::Year if amount % 1000 == 500 => Some(Period::Unit(Unit::Month, thousandths * 12 / 1000)),
        Unit::Decade => Some(Period::Unit(Unit::Year, thousandths / 100)),
        Unit::Century => Some(Period::Unit(Unit::Year, thousandths / 10)),
        _ => Some(Period::Unit(unit, thousandths / 1000)),
    }
}

/// "three years ago", "10 days from now".
pub(super) fn away(of: &Captures<'_>, sign: i64) -> Option<Meaning> {
    let unit = of.unit(0)?;
    let Some(amount) = of.amount(0) else {
        return Some(Meaning::Fixed(if sign < 0 { Value::Past } else { Value::Future }));
    };
    if amount % 1000 != 0 && unit != Unit::Year || unit < Unit::Hour {
        return Some(Meaning::Hangs(Relative::of(Period::Unit(Unit::Day, 0))));
    }
    Some(Meaning::Hangs(Relative::of(moved(amount, unit, sign)?)))
}

/// "in zwei Wochen": so many days or more away; a shorter time is how long it takes.
pub(super) fn days_away(of: &Captures<'_>, sign: i64) -> Option<Meaning> {
    if of.unit(0)? >= Unit::Day { away(of, sign) } else { None }
}

/// "three days earlier", told from the day last spoken of.
pub(super) fn text_away(of: &Captures<'_>, sign: i64, talk: &Talk) -> Option<Meaning> {
    let unit = of.unit(0)?;
    let Some(amount) = of.amount(0) else {
        return length(of).map(Meaning::Fixed);
    };
    let Some(from) = talk.start_within(unit) else { return length(of).map(Meaning::Fixed) };
    let by = i64::from(amount / 1000) * sign;
    let value = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return length(of).map(Meaning::Fixed),
        Unit::Decade => calendar::unit_at(from, Unit::Year, by * 10)?,
        Unit::Century => calendar::unit_at(from, Unit::Year, by * 100)?,
        _ => calendar::unit_at(from, unit, by)?,
    };
    Some(Meaning::Fixed(value))
}

/// "every Monday", "Tuesday nights".
pub(super) fn each_weekday(of: &Captures<'_>) -> Option<Value> {
    let day = of.small(Class::Weekday).or_else(|| of.small(Class::Weekdays))?;
    Some(Value::EveryWeekday(day, of.part()))
}

/// "each year", "every morning", "every summer", "every December".
pub(super) fn each(of: &Captures<'_>) -> Option<Value> {
    if let Some(season) = of.season() {
        return Some(Value::EverySeason(season));
    }
    if let Some(part) = of.part() {
        return Some(Value::EveryPart(part));
    }
    if let Some(month) = of.small(Class::Month) {
        return Some(Value::EveryMonth(month));
    }
    if of.amount(0) != Some(1000) {
        return length(of);
    }
    of.unit(0).map(|unit| Value::Length(Some(1000), unit))
}

/// "daily", "monthly".
pub(super) fn repeat(of: &Captures<'_>) -> Option<Value> {
    Unit::ALL.get(usize::from(of.small(Class::Repeat)?)).map(|unit| Value::Length(Some(1000), *unit))
}
