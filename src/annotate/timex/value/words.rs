//! A [`Value`] for readers and for other formats: English words, EDTF, HTML.

use chrono::{Datelike, NaiveDate};

use super::text::{print_amount, print_zone};
use super::{Clock, Part, Season, Unit, Value};

/// The English months, January first.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English weekdays, Monday first.
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Value {
    /// The value in English words: "5 December 2025", "spring 2025", "the 1960s", "3 days".
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Day(day) => day_words(day),
            Self::Week(year, week) | Self::Weekend(year, week) => match self.begin_end() {
                Some((first, _)) => format!("{} of {}", self.week_word(), day_words(first)),
                None => format!("week {week} of {year}"),
            },
            Self::Month(year, number) => format!("{} {year}", month(number)),
            Self::Quarter(year, quarter) => format!("{} quarter of {year}", nth(i64::from(quarter))),
            Self::Half(year, half) => format!("{} half of {year}", nth(i64::from(half))),
            Self::Season(year, season) => format!("{} {year}", season.word()),
            Self::Year(year) => year.to_string(),
            Self::Decade(decade) => format!("the {decade}0s"),
            Self::Century(century) => format!("the {} century", nth(i64::from(century) + 1)),
            Self::Time(day, clock) => format!("{}, {}", day_words(day), clock_words(clock)),
            Self::Length(None, unit) => format!("some {}", unit.words()),
            Self::Length(Some(amount), unit) => amount_words(amount, unit),
            Self::Lengths(a, b) => format!("{} {}", amount_words(a.0, a.1), amount_words(b.0, b.1)),
            Self::EveryWeekday(day, None) => format!("every {}", weekday(day)),
            Self::EveryWeekday(day, Some(part)) => format!("every {} {}", weekday(day), part.word()),
            Self::Every(unit) => format!("every {}", unit.word()),
            Self::EveryPart(part) => format!("every {}", part.word()),
            Self::EverySeason(season) => format!("every {}", season.word()),
            Self::EveryMonth(number) => format!("every {}", month(number)),
            Self::EveryDay(number, day) => format!("every {day} {}", month(number)),
            Self::Past => "in the past".into(),
            Self::Present => "at present".into(),
            Self::Future => "in the future".into(),
        }
    }

    /// "week" or "weekend".
    fn week_word(self) -> &'static str {
        if matches!(self, Self::Weekend(..)) { "weekend" } else { "week" }
    }

    /// The value as an Extended Date/Time Format string (ISO 8601-2), where there is one.
    ///
    /// A week is an interval of its days; a part of a day or a bare hour gives the day.
    #[must_use]
    pub fn edtf(self) -> Option<String> {
        match self {
            Self::Day(_) | Self::Month(..) | Self::Year(_) => Some(self.to_string()),
            Self::Week(..) | Self::Weekend(..) => {
                let (begin, end) = self.begin_end()?;
                Some(format!("{}/{}", Self::Day(begin), Self::Day(end)))
            }
            Self::Quarter(year, quarter) => Some(format!("{year:04}-{}", 32 + u32::from(quarter))),
            Self::Half(year, half) => Some(format!("{year:04}-{}", 39 + u32::from(half))),
            Self::Season(year, season) => Some(format!("{year:04}-{}", season_number(season))),
            Self::Decade(decade) => Some(format!("{decade:03}X")),
            Self::Century(century) => Some(format!("{century:02}XX")),
            Self::Time(day, Clock::At { hour, minute: minute @ Some(_), zone }) => {
                let plain = Self::Time(day, Clock::At { hour, minute, zone: None });
                let mut text = format!("{}:00", plain.moment()?);
                if let Some(zone) = zone {
                    print_zone(&mut text, zone).expect("a string takes all that is written to it");
                }
                Some(text)
            }
            Self::Time(day, _) => Some(Self::Day(day).to_string()),
            Self::EveryMonth(_) | Self::EveryDay(..) => Some(self.to_string()),
            _ => None,
        }
    }

    /// What the `datetime` attribute of HTML's `<time>` may say of it, where it may say anything.
    ///
    /// HTML knows no seasons, quarters and halves: those give their year. It knows no part of a
    /// day, which gives the day, and no length in months or years, which gives nothing.
    #[must_use]
    pub fn html_datetime(self) -> Option<String> {
        match self {
            Self::Day(day) | Self::Time(day, Clock::Part(_)) => written_year(day.year(), Self::Day(day)),
            Self::Week(year, week) | Self::Weekend(year, week) => written_year(year, Self::Week(year, week)),
            Self::Month(year, _) => written_year(year, self),
            Self::Quarter(year, _) | Self::Half(year, _) | Self::Season(year, _) | Self::Year(year) => {
                written_year(year, Self::Year(year))
            }
            Self::Time(_, Clock::At { .. }) => self.moment(),
            Self::Length(Some(amount), unit) => html_duration(milliseconds(amount, unit)?),
            Self::Lengths(a, b) => html_duration(milliseconds(a.0, a.1)? + milliseconds(b.0, b.1)?),
            _ => None,
        }
    }

    /// Day and time to the minute; 24 o'clock is the start of the next day.
    fn moment(self) -> Option<String> {
        let Self::Time(day, Clock::At { hour, minute, zone }) = self else { return None };
        let (day, hour) = if hour == 24 { (day.succ_opt()?, 0) } else { (day, hour) };
        let minute = Some(minute.unwrap_or(0));
        written_year(day.year(), Self::Time(day, Clock::At { hour, minute, zone }))
    }
}

/// The value as text if HTML can write its year.
fn written_year(year: i32, value: Value) -> Option<String> {
    (1..=9999).contains(&year).then(|| value.to_string())
}

/// The English name of a month, counted from 1.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    MONTHS[(month as usize + 11) % 12]
}

/// The English name of a day of the week.
#[must_use]
pub fn weekday_name(day: NaiveDate) -> &'static str {
    WEEKDAYS[day.weekday().num_days_from_monday() as usize % 7]
}

fn month(number: u8) -> &'static str {
    month_name(u32::from(number.clamp(1, 12)))
}

fn weekday(number: u8) -> &'static str {
    WEEKDAYS[usize::from(number.clamp(1, 7)) - 1]
}

fn season_number(season: Season) -> u8 {
    match season {
        Season::Spring => 21,
        Season::Summer => 22,
        Season::Autumn => 23,
        Season::Winter => 24,
    }
}

fn day_words(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month_name(day.month()), day.year())
}

fn clock_words(clock: Clock) -> String {
    match clock {
        Clock::Part(Part::Daytime) => "in the daytime".into(),
        Clock::Part(part) => part.word().into(),
        Clock::At { hour, minute, zone } => {
            let mut words = format!("{hour:02}:{:02}", minute.unwrap_or(0));
            if let Some(zone) = zone {
                words.push_str(" UTC");
                if zone != 0 {
                    print_zone(&mut words, zone).expect("a string takes all that is written to it");
                }
            }
            words
        }
    }
}

fn amount_words(thousandths: u32, unit: Unit) -> String {
    let mut words = String::new();
    print_amount(&mut words, thousandths).expect("a string takes all that is written to it");
    words.push(' ');
    words.push_str(&if thousandths == 1000 { unit.word().to_owned() } else { unit.words() });
    words
}

/// "1st", "2nd", "13th".
fn nth(number: i64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// An amount in milliseconds, for the units of fixed length.
fn milliseconds(thousandths: u32, unit: Unit) -> Option<u64> {
    let seconds: u64 = match unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3600,
        Unit::Day => 86_400,
        Unit::Week => 7 * 86_400,
        _ => return None,
    };
    Some(u64::from(thousandths) * seconds)
}

fn html_duration(milliseconds: u64) -> Option<String> {
    let seconds = milliseconds.is_multiple_of(1000).then_some(milliseconds / 1000)?;
    let (days, hours, minutes, rest) =
        (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let mut text = String::from("P");
    if days > 0 {
        text.push_str(&format!("{days}D"));
    }
    if days == 0 || seconds % 86_400 > 0 {
        text.push('T');
        for (amount, letter) in [(hours, 'H'), (minutes, 'M'), (rest, 'S')] {
            if amount > 0 || (letter == 'S' && seconds == 0) {
                text.push_str(&format!("{amount}{letter}"));
            }
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::text::tests::any_value;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn in_words_in_edtf_and_in_html() {
        for (value, label, edtf, html) in [
            ("2025-12-05", "5 December 2025", Some("2025-12-05"), Some("2025-12-05")),
            ("2025-12", "December 2025", Some("2025-12"), Some("2025-12")),
            ("2025-W49", "week of 1 December 2025", Some("2025-12-01/2025-12-07"), Some("2025-W49")),
            ("2025-SP", "spring 2025", Some("2025-21"), Some("2025")),
            ("2025-Q4", "4th quarter of 2025", Some("2025-36"), Some("2025")),
            ("2025-H1", "1st half of 2025", Some("2025-40"), Some("2025")),
            ("196", "the 1960s", Some("196X"), None),
            ("19", "the 20th century", Some("19XX"), None),
            ("2025-12-05TEV", "5 December 2025, evening", Some("2025-12-05"), Some("2025-12-05")),
            (
                "2025-12-05T09:32-04:00",
                "5 December 2025, 09:32 UTC-04:00",
                Some("2025-12-05T09:32:00-04:00"),
                Some("2025-12-05T09:32-04:00"),
            ),
            ("2025-12-31T24", "31 December 2025, 24:00", Some("2025-12-31"), Some("2026-01-01T00:00")),
            (
                "1969-07-20T20:17",
                "20 July 1969, 20:17",
                Some("1969-07-20T20:17:00"),
                Some("1969-07-20T20:17"),
            ),
            ("PXD", "some days", None, None),
            ("P1D", "1 day", None, Some("P1D")),
            ("P2W", "2 weeks", None, Some("P14D")),
            ("PT1.5H", "1.5 hours", None, Some("PT1H30M")),
            ("PT12M9S", "12 minutes 9 seconds", None, Some("PT12M9S")),
            ("P2Y6M", "2 years 6 months", None, None),
            ("XXXX-WXX-1", "every Monday", None, None),
            ("XXXX-12-25", "every 25 December", Some("XXXX-12-25"), None),
            ("PAST_REF", "in the past", None, None),
        ] {
            let parsed: Value = value.parse().unwrap();
            assert_eq!(parsed.label(), label);
            assert_eq!(parsed.edtf().as_deref(), edtf, "{value}");
            assert_eq!(parsed.html_datetime().as_deref(), html, "{value}");
        }
    }

    proptest! {
        #[test]
        fn every_value_has_words(value in any_value()) {
            prop_assert!(!value.label().is_empty());
            let _ = (value.edtf(), value.html_datetime(), value.begin_end());
        }
    }
}
