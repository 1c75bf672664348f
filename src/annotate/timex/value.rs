//! [`Value`]: what a temporal expression means, as TIMEX3 writes it.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A season of the northern year, as TIMEX3 names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clock {
    /// A part of the day.
    Part(Part),
    /// An hour, with minutes where the text gives them.
    At {
        /// From 0 to 24.
        hour: u8,
        /// From 0 to 59.
        minute: Option<u8>,
    },
}

/// A unit of time. The letters are those of ISO 8601 and TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    /// The value in EDTF.
    #[must_use]
    pub fn edtf(self) -> Option<String> {
        match self {
            Self::Season(year, season) => Some(format!("{year:04}-{}", 21 + season as u8)),
            Self::Day(_) | Self::Month(..) | Self::Year(_) => Some(self.to_string()),
            _ => None,
        }
    }

    /// The value as `<time datetime>` takes it.
    #[must_use]
    pub fn html_datetime(self) -> Option<String> {
        match self {
            Self::Day(_) | Self::Month(..) | Self::Year(_) => Some(self.to_string()),
            Self::Time(day, _) => Some(Self::Day(day).to_string()),
            Self::Season(year, _) => Some(format!("{year:04}")),
            _ => None,
        }
    }

    /// The value in words.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Day(day) | Self::Time(day, _) => day.format("%-d %B %Y").to_string(),
            Self::Month(year, month) => NaiveDate::from_ymd_opt(year, u32::from(month), 1)
                .map_or_else(String::new, |d| d.format("%B %Y").to_string()),
            Self::Season(year, season) => format!("{season:?} {year}").to_lowercase(),
            _ => self.to_string(),
        }
    }

    /// The first and the last day.
    #[must_use]
    pub fn begin_end(self) -> Option<(NaiveDate, NaiveDate)> {
        let month = |year, month| NaiveDate::from_ymd_opt(year, month, 1);
        let last = |day: NaiveDate| (day + chrono::Months::new(1)).pred_opt();
        match self {
            Self::Day(day) | Self::Time(day, _) => Some((day, day)),
            Self::Month(y, m) => month(y, u32::from(m)).and_then(|d| Some((d, last(d)?))),
            Self::Year(y) => Some((month(y, 1)?, last(month(y, 12)?)?)),
            Self::Season(y, Season::Spring) => Some((month(y, 3)?, last(month(y, 5)?)?)),
            Self::Season(y, Season::Summer) => Some((month(y, 6)?, last(month(y, 8)?)?)),
            Self::Season(y, Season::Autumn) => Some((month(y, 9)?, last(month(y, 11)?)?)),
            Self::Season(y, Season::Winter) => Some((month(y, 12)?, last(month(y + 1, 2)?)?)),
            _ => None,
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

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
            _ => f.write_str("?"),
        }
    }
}
