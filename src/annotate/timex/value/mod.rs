//! [`Value`]: what a temporal expression means, as TIMEX3 writes it.

mod bounds;
mod codes;
mod text;
mod words;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Kind;

pub use text::BadValue;
pub use words::{month_name, weekday_name};

/// A season of the northern year, as TIMEX3 names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Season {
    /// SP.
    Spring,
    /// SU.
    Summer,
    /// FA.
    Autumn,
    /// WI.
    Winter,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// MO.
    Morning,
    /// MI, midday.
    Midday,
    /// AF.
    Afternoon,
    /// EV.
    Evening,
    /// NI.
    Night,
    /// DT, working hours.
    Daytime,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Clock {
    /// A part of the day.
    Part(Part),
    /// An hour, with minutes where the text gives them.
    At {
        /// From 0 to 24.
        hour: u8,
        /// From 0 to 59.
        minute: Option<u8>,
        /// Minutes east of Greenwich, where the text names a zone; only with minutes.
        zone: Option<i16>,
    },
}

/// A unit of time. The letters are those of ISO 8601 and TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// S, after T.
    Second,
    /// M, after T.
    Minute,
    /// H, after T.
    Hour,
    /// D.
    Day,
    /// WE.
    Weekend,
    /// W.
    Week,
    /// M.
    Month,
    /// Q.
    Quarter,
    /// Y.
    Year,
    /// DE.
    Decade,
    /// CE.
    Century,
}

/// The meaning of a temporal expression at its true precision.
///
/// Prints as the TIMEX3 value: `2025-12-05`, `2025-SP`, `PXD`, `XXXX-WXX-1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// A day.
    Day(NaiveDate),
    /// A week by ISO 8601.
    Week(i32, u8),
    /// The weekend of such a week.
    Weekend(i32, u8),
    /// A month of a year.
    Month(i32, u8),
    /// A quarter of a year, from 1.
    Quarter(i32, u8),
    /// A half of a year, from 1.
    Half(i32, u8),
    /// A season of a year.
    Season(i32, Season),
    /// A year.
    Year(i32),
    /// A decade by its first three digits.
    Decade(i32),
    /// A century by its first two digits.
    Century(i32),
    /// A time on a day.
    Time(NaiveDate, Clock),
    /// A length: the amount in thousandths (`None`: unknown, X) and the unit.
    Length(Option<u32>, Unit),
    /// A length of two units, the larger first: "two years and six months".
    Lengths((u32, Unit), (u32, Unit)),
    /// A day of every week, from Monday 1, with a part of the day.
    EveryWeekday(u8, Option<Part>),
    /// Each of a unit: `XXXX-XX-XX` each day, `XXXX-WXX` each week, `XXXX-XX` each month, `XXXX` each year.
    Every(Unit),
    /// A part of every day: `XXXX-XX-XXTMO`.
    EveryPart(Part),
    /// A season of every year: `XXXX-SU`.
    EverySeason(Season),
    /// A month of any year: `XXXX-12`.
    EveryMonth(u8),
    /// A day of a month of any year: `XXXX-12-25`.
    EveryDay(u8, u8),
    /// Some time past.
    Past,
    /// The present.
    Present,
    /// Some time to come.
    Future,
}

impl Value {
    /// The day meant, where one day is meant (a time of day lies in its day).
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) | Self::Time(day, _) => Some(day),
            _ => None,
        }
    }

    /// Its kind in TIMEX3, as far as the value alone tells: a set may also be written as a length.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Time(..) => Kind::Time,
            Self::Length(..) | Self::Lengths(..) => Kind::Duration,
            Self::EveryWeekday(..)
            | Self::Every(_)
            | Self::EveryPart(_)
            | Self::EverySeason(_)
            | Self::EveryMonth(_)
            | Self::EveryDay(..) => Kind::Set,
            _ => Kind::Date,
        }
    }

    /// The month that a day or a month lies in.
    #[must_use]
    pub fn month(self) -> Option<(i32, u32)> {
        match self {
            Self::Month(year, month) => Some((year, u32::from(month))),
            _ => self.day().map(|d| (d.year(), d.month())),
        }
    }
}
