//! [`Relative`]: a value that hangs on the day on which it is said.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

use super::calendar::{self, Lean};
use super::value::{Clock, Season, Unit, Value};

/// How the value of a deictic expression hangs on its anchor: the day of publication, or the day
/// of speaking inside a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relative {
    /// The day or period meant.
    pub period: Period,
    /// The time of that day.
    pub clock: Option<Clock>,
}

/// A period told from an anchor day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The unit of the anchor, moved by so many: "today", "last week", "three years ago".
    Unit(Unit, i64),
    /// A weekday, Monday 1: "on Friday".
    Weekday(u8, Lean),
    /// A weekday of the week so many weeks from the anchor's: "Monday next week".
    WeekdayOfWeek(u8, i64),
    /// A day of a month without its year: "Dec 5".
    MonthDay(u8, u8, Lean),
    /// A month without its year: "in March".
    Month(u8, Lean),
    /// A month of the year so many years from the anchor's: "March last year".
    MonthOfYear(u8, i64),
    /// A season: "since spring".
    Season(Season, Lean),
    /// A season of the year so many years from the anchor's.
    SeasonOfYear(Season, i64),
    /// A quarter of a year without the year.
    Quarter(u8, Lean),
    /// A quarter of the year so many years from the anchor's: "last year's third quarter".
    QuarterOfYear(u8, i64),
    /// A half of the year so many years from the anchor's.
    HalfOfYear(u8, i64),
    /// A holiday without its year: "at Christmas".
    Holiday(Holiday, Lean),
    /// So many months, weeks or days before or after, as a day: "a week ago".
    DayAfter(i64),
}

/// A holiday that the rules know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holiday {
    /// The same day of the same month each year.
    Fixed(u8, u8),
    /// So many days after Easter Sunday.
    Easter(i8),
    /// The first weekday (Monday 1) on or after a day of a month: month, day, weekday.
    After(u8, u8, u8),
    /// The nth (0: the last) of a weekday (Monday 1) in a month, and days after it.
    Nth {
        /// From 1.
        month: u8,
        /// Monday 1.
        weekday: u8,
        /// 0 is the last one of the month.
        nth: u8,
        /// Days after that day.
        plus: u8,
    },
}

impl Holiday {
    /// The day in a year.
    #[must_use]
    pub fn day(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Fixed(month, day) => NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day)),
            Self::Easter(after) => calendar::shift_days(calendar::easter(year)?, i64::from(after)),
            Self::After(month, day, weekday) => {
                let from = NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))?;
                calendar::weekday(from, weekday, Lean::Onward)
            }
            Self::Nth { month, weekday, nth, plus } => {
                let weekday = Weekday::try_from(weekday.checked_sub(1)?).ok()?;
                let day = calendar::nth_weekday(year, u32::from(month), weekday, nth)?;
                calendar::shift_days(day, i64::from(plus))
            }
        }
    }
}

impl Relative {
    /// The period without a time of day.
    #[must_use]
    pub fn of(period: Period) -> Self {
        Self { period, clock: None }
    }

    /// The value, told from `anchor`.
    ///
    /// Where the answer lies outside the years 1 to 9999 it is [`Value::Past`] or [`Value::Future`].
    #[must_use]
    pub fn resolve(&self, anchor: NaiveDate) -> Value {
        let written =
            |value: &Value| value.begin_end().is_some_and(|(begin, _)| (1..=9999).contains(&begin.year()));
        let Some(value) = self.period.resolve(anchor).filter(written) else {
            return if self.period.is_behind() { Value::Past } else { Value::Future };
        };
        match (value, self.clock) {
            (Value::Day(day), Some(clock)) => Value::Time(day, clock),
            _ => value,
        }
    }

    /// What can be said without any anchor: `XXXX-12-05`, `XXXX-WXX-5`.
    #[must_use]
    pub fn unanchored(&self) -> Option<Value> {
        let part = match self.clock {
            Some(Clock::Part(part)) => Some(part),
            _ => None,
        };
        match self.period {
            Period::Weekday(day, _) => Some(Value::EveryWeekday(day, part)),
            Period::MonthDay(month, day, _) => Some(Value::EveryDay(month, day)),
            Period::Month(month, _) => Some(Value::EveryMonth(month)),
            Period::Season(season, _) => Some(Value::EverySeason(season)),
            _ => None,
        }
    }
}

impl Period {
    fn resolve(self, anchor: NaiveDate) -> Option<Value> {
        let year_at = |by: i64| i32::try_from(i64::from(anchor.year()).checked_add(by)?).ok();
        match self {
            Self::Unit(unit, by) => calendar::unit_at(anchor, unit, by),
            Self::Weekday(day, lean) => calendar::weekday(anchor, day, lean).map(Value::Day),
            Self::WeekdayOfWeek(day, weeks) => {
                let there = calendar::shift_days(anchor, weeks.checked_mul(7)?)?;
                calendar::weekday(there, day, Lean::Same).map(Value::Day)
            }
            Self::MonthDay(month, day, lean) => calendar::month_day(anchor, month, day, lean).map(Value::Day),
            Self::Month(month, lean) => calendar::month(anchor, month, lean),
            Self::MonthOfYear(month, by) => Some(Value::Month(year_at(by)?, month)),
            Self::Season(season, lean) => calendar::season(anchor, season, lean),
            Self::SeasonOfYear(season, by) => Some(Value::Season(year_at(by)?, season)),
            Self::Quarter(quarter, lean) => calendar::quarter(anchor, quarter, lean),
            Self::QuarterOfYear(quarter, by) => Some(Value::Quarter(year_at(by)?, quarter)),
            Self::HalfOfYear(half, by) => Some(Value::Half(year_at(by)?, half)),
            Self::Holiday(holiday, lean) => calendar::holiday(anchor, holiday, lean).map(Value::Day),
            Self::DayAfter(days) => calendar::unit_at(anchor, Unit::Day, days),
        }
    }

    /// Whether it means one day.
    #[must_use]
    pub fn is_day(self) -> bool {
        matches!(
            self,
            Self::Unit(Unit::Day, _)
                | Self::Weekday(..)
                | Self::WeekdayOfWeek(..)
                | Self::MonthDay(..)
                | Self::Holiday(..)
                | Self::DayAfter(_)
        )
    }

    /// Whether it looks back.
    fn is_behind(self) -> bool {
        match self {
            Self::Unit(_, by)
            | Self::WeekdayOfWeek(_, by)
            | Self::MonthOfYear(_, by)
            | Self::SeasonOfYear(_, by)
            | Self::QuarterOfYear(_, by)
            | Self::HalfOfYear(_, by)
            | Self::DayAfter(by) => by < 0,
            Self::Weekday(_, lean)
            | Self::MonthDay(_, _, lean)
            | Self::Month(_, lean)
            | Self::Season(_, lean)
            | Self::Quarter(_, lean)
            | Self::Holiday(_, lean) => !matches!(lean, Lean::After | Lean::Soon),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(anchor: &str, period: Period) -> String {
        Relative::of(period).resolve(anchor.parse().unwrap()).to_string()
    }

    #[test]
    fn today_is_the_day_of_speaking() {
        let today = Relative::of(Period::Unit(Unit::Day, 0));
        assert_eq!(today.resolve("2025-12-05".parse().unwrap()).to_string(), "2025-12-05");
        let tonight = Relative { clock: Some(Clock::Part(super::super::Part::Night)), ..today };
        assert_eq!(tonight.resolve("2025-12-05".parse().unwrap()).to_string(), "2025-12-05TNI");
    }

    #[test]
    fn periods_told_from_a_saturday() {
        let sat = "2025-12-06";
        assert_eq!(on(sat, Period::Unit(Unit::Week, -1)), "2025-W48");
        assert_eq!(on(sat, Period::Unit(Unit::Quarter, 1)), "2026-Q1");
        assert_eq!(on(sat, Period::MonthDay(12, 5, Lean::Nearest)), "2025-12-05");
        assert_eq!(on("2026-01-03", Period::MonthDay(12, 31, Lean::Nearest)), "2025-12-31");
        assert_eq!(on(sat, Period::Season(Season::Spring, Lean::Past)), "2025-SP");
        assert_eq!(on("2026-02-01", Period::Season(Season::Spring, Lean::Past)), "2025-SP");
        assert_eq!(on("2026-01-20", Period::Season(Season::Winter, Lean::Same)), "2025-WI");
        assert_eq!(on("1990-01-20", Period::Quarter(4, Lean::Nearest)), "1989-Q4");
        assert_eq!(on(sat, Period::Unit(Unit::Year, -9_000_000)), "PAST_REF");
        assert_eq!(on(sat, Period::WeekdayOfWeek(1, 1)), "2025-12-08");
    }

    #[test]
    fn holidays() {
        let thanksgiving = Holiday::Nth { month: 11, weekday: 4, nth: 4, plus: 0 };
        assert_eq!(on("2025-12-06", Period::Holiday(thanksgiving, Lean::Nearest)), "2025-11-27");
        assert_eq!(on("2025-12-06", Period::Holiday(Holiday::Easter(-2), Lean::After)), "2026-04-03");
        let memorial = Holiday::Nth { month: 5, weekday: 1, nth: 0, plus: 0 };
        assert_eq!(memorial.day(2025), "2025-05-26".parse().ok());
    }
}
