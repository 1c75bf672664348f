//! Times of day and parts of the day.

use super::super::lexicon::Class;
use super::super::relative::{Period, Relative};
use super::super::value::{Clock, Part, Unit};
use super::{Captures, Meaning};

/// "9:32 a.m.", "14:30", "5 p.m.".
pub(super) fn clock(of: &Captures<'_>) -> Option<Clock> {
    let hour = of.small(Class::Hour)?;
    let minute = match of.small(Class::Two) {
        Some(minute @ 0..=59) => Some(minute),
        Some(_) => return None,
        None => None,
    };
    let hour = match of.small(Class::Meridiem) {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    // "5 p.m." is meant to the minute, as clocks are read.
    let minute = minute.or_else(|| of.small(Class::Meridiem).map(|_| 0));
    let zone = zone(of).filter(|_| minute.is_some());
    (hour < 24 || minute == Some(0)).then_some(Clock::At { hour, minute, zone })
}

/// Minutes east of Greenwich of the zone that the match names; some names, such as "local time",
/// fix none.
fn zone(of: &Captures<'_>) -> Option<i16> {
    of.get(Class::Zone).and_then(|minutes| i16::try_from(minutes).ok()).filter(|minutes| minutes.abs() < 1440)
}

/// "14.30 Uhr", "9 Uhr".
pub(super) fn full(of: &Captures<'_>) -> Option<Clock> {
    match clock(of)? {
        Clock::At { hour, minute, zone } => Some(Clock::At { hour, minute: minute.or(Some(0)), zone }),
        part @ Clock::Part(_) => Some(part),
    }
}

/// "0256 UTC".
pub(super) fn military(of: &Captures<'_>) -> Option<Clock> {
    // "50 PT" is no time: hours and minutes are written in full.
    let written = of.tokens_of(Class::Year).chain(of.tokens_of(Class::Amount)).next()?;
    let number =
        of.get(Class::Year).or_else(|| of.get(Class::Amount)).filter(|_| written.end - written.start == 4)?;
    let (hour, minute) = (u8::try_from(number / 100).ok()?, u8::try_from(number % 100).ok()?);
    (hour < 24 && minute < 60).then_some(Clock::At { hour, minute: Some(minute), zone: zone(of) })
}

/// "noon", "midnight".
pub(super) fn noon(of: &Captures<'_>) -> Option<Clock> {
    Some(Clock::At { hour: of.small(Class::Noon)?, minute: Some(0), zone: zone(of) })
}

/// "tonight", "this morning", "last night".
pub(super) fn part_of_day(of: &Captures<'_>, days: i64) -> Option<Meaning> {
    let part = of.part().unwrap_or(Part::Night);
    Some(Meaning::Hangs(Relative { period: Period::Unit(Unit::Day, days), clock: Some(Clock::Part(part)) }))
}
