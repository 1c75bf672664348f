//! The first and the last day of a dated [`Value`].

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Season, Value};

impl Value {
    /// The first and the last day meant; `None` for lengths, sets and vague references.
    ///
    /// A winter is counted to the year in which it begins.
    #[must_use]
    pub fn begin_end(self) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Day(day) | Self::Time(day, _) => Some((day, day)),
            Self::Week(year, week) => iso_days(year, week, Weekday::Mon),
            Self::Weekend(year, week) => iso_days(year, week, Weekday::Sat),
            Self::Month(year, month) => months(year, month, 1),
            Self::Quarter(year, quarter) => months(year, quarter.checked_mul(3)?.checked_sub(2)?, 3),
            Self::Half(year, half) => months(year, half.checked_mul(6)?.checked_sub(5)?, 6),
            Self::Season(year, season) => months(year, season.first_month(), 3),
            Self::Year(year) => years(year, 1),
            Self::Decade(decade) => years(decade.checked_mul(10)?, 10),
            Self::Century(century) => years(century.checked_mul(100)?, 100),
            _ => None,
        }
    }

    /// Whether it can be written: a year has four digits. What names no year always can.
    pub(in crate::annotate::timex) fn is_written(self) -> bool {
        let year = match self {
            Self::Day(day) | Self::Time(day, _) => day.year(),
            Self::Week(year, _)
            | Self::Weekend(year, _)
            | Self::Month(year, _)
            | Self::Quarter(year, _)
            | Self::Half(year, _)
            | Self::Season(year, _)
            | Self::Year(year) => year,
            Self::Decade(decade) => decade.saturating_mul(10),
            Self::Century(century) => century.saturating_mul(100),
            _ => return true,
        };
        (0..=9999).contains(&year)
    }
}

impl Season {
    /// The number of the month in which it begins.
    pub(in crate::annotate::timex) fn first_month(self) -> u8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }
}

fn iso_days(year: i32, week: u8, from: Weekday) -> Option<(NaiveDate, NaiveDate)> {
    let day = |weekday| NaiveDate::from_isoywd_opt(year, u32::from(week), weekday);
    Some((day(from)?, day(Weekday::Sun)?))
}

fn months(year: i32, month: u8, count: u32) -> Option<(NaiveDate, NaiveDate)> {
    let begin = NaiveDate::from_ymd_opt(year, u32::from(month), 1)?;
    Some((begin, begin.checked_add_months(chrono::Months::new(count))?.pred_opt()?))
}

fn years(year: i32, count: i32) -> Option<(NaiveDate, NaiveDate)> {
    let begin = NaiveDate::from_ymd_opt(year, 1, 1)?;
    Some((begin, begin.with_year(year.checked_add(count)?)?.pred_opt()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::text::tests::any_value;
    use super::*;

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(year in -20_000..20_000_i32, tens in -2_000..2_000_i32) {
            for value in [Value::Year(year), Value::Quarter(year, 3), Value::Week(year, 7), Value::Decade(tens),
                Value::Century(tens)] {
                prop_assert_eq!(value.is_written(), value.to_string().parse() == Ok(value), "{}", value);
            }
        }

        #[test]
        fn no_value_ends_before_it_begins(value in any_value()) {
            if let Some((begin, end)) = value.begin_end() {
                prop_assert!(begin <= end);
                prop_assert_eq!(value.day().map_or((begin, end), |day| (day, day)), (begin, end));
            }
        }
    }

    #[test]
    fn first_and_last_days() {
        for (value, first, last) in [
            ("2025-12-05", "2025-12-05", "2025-12-05"),
            ("2025-12-05TEV", "2025-12-05", "2025-12-05"),
            ("2025-W01", "2024-12-30", "2025-01-05"),
            ("2025-W49-WE", "2025-12-06", "2025-12-07"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2025-Q4", "2025-10-01", "2025-12-31"),
            ("2025-H1", "2025-01-01", "2025-06-30"),
            ("2025-WI", "2025-12-01", "2026-02-28"),
            ("1969", "1969-01-01", "1969-12-31"),
            ("196", "1960-01-01", "1969-12-31"),
            ("19", "1900-01-01", "1999-12-31"),
        ] {
            let days = value.parse::<Value>().unwrap().begin_end().unwrap();
            assert_eq!((days.0.to_string(), days.1.to_string()), (first.into(), last.into()), "{value}");
        }
        assert_eq!(Value::Past.begin_end(), None);
        assert_eq!(Value::Year(i32::MAX).begin_end(), None);
        assert_eq!(Value::Month(NaiveDate::MAX.year(), 12).begin_end(), None);
    }
}
