//! The TIMEX3 string of a [`Value`], printed and parsed.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use super::{Clock, Part, Season, Unit, Value};

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Part(part) => f.write_str(part.code()),
            Self::At { hour, minute: None, .. } => write!(f, "{hour:02}"),
            Self::At { hour, minute: Some(minute), zone } => {
                write!(f, "{hour:02}:{minute:02}")?;
                zone.map_or(Ok(()), |zone| print_zone(f, zone))
            }
        }
    }
}

/// `Z`, or how far from Greenwich.
pub(super) fn print_zone(f: &mut impl fmt::Write, minutes: i16) -> fmt::Result {
    let (sign, away) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
    match away {
        0 => f.write_char('Z'),
        _ => write!(f, "{sign}{:02}:{:02}", away / 60, away % 60),
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(day) => print_day(f, day),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Weekend(year, week) => write!(f, "{year:04}-W{week:02}-WE"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Season(year, season) => write!(f, "{year:04}-{}", season.code()),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Decade(decade) => write!(f, "{decade:03}"),
            Self::Century(century) => write!(f, "{century:02}"),
            Self::Time(day, clock) => {
                print_day(f, day)?;
                write!(f, "T{clock}")
            }
            Self::Length(amount, unit) => print_length(f, amount, unit),
            Self::Lengths(larger, smaller) => print_lengths(f, larger, smaller),
            Self::EveryWeekday(day, None) => write!(f, "XXXX-WXX-{day}"),
            Self::EveryWeekday(day, Some(part)) => write!(f, "XXXX-WXX-{day}T{}", part.code()),
            Self::Every(unit) => f.write_str(unit.every()),
            Self::EveryPart(part) => write!(f, "XXXX-XX-XXT{}", part.code()),
            Self::EverySeason(season) => write!(f, "XXXX-{}", season.code()),
            Self::EveryMonth(month) => write!(f, "XXXX-{month:02}"),
            Self::EveryDay(month, day) => write!(f, "XXXX-{month:02}-{day:02}"),
            Self::Past => f.write_str("PAST_REF"),
            Self::Present => f.write_str("PRESENT_REF"),
            Self::Future => f.write_str("FUTURE_REF"),
        }
    }
}

fn print_day(f: &mut fmt::Formatter<'_>, day: NaiveDate) -> fmt::Result {
    write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

fn print_length(f: &mut fmt::Formatter<'_>, amount: Option<u32>, unit: Unit) -> fmt::Result {
    let (code, timed) = unit.code();
    f.write_str(if timed { "PT" } else { "P" })?;
    match amount {
        None => f.write_str("X")?,
        Some(amount) => print_amount(f, amount)?,
    }
    f.write_str(code)
}

fn print_lengths(f: &mut fmt::Formatter<'_>, larger: (u32, Unit), smaller: (u32, Unit)) -> fmt::Result {
    print_length(f, Some(larger.0), larger.1)?;
    let (code, timed) = smaller.1.code();
    if timed && !larger.1.code().1 {
        f.write_str("T")?;
    }
    print_amount(f, smaller.0)?;
    f.write_str(code)
}

/// Thousandths as the shortest decimal.
pub(super) fn print_amount(f: &mut impl fmt::Write, thousandths: u32) -> fmt::Result {
    write!(f, "{}", thousandths / 1000)?;
    let rest = thousandths % 1000;
    if rest > 0 {
        let digits = format!("{rest:03}");
        write!(f, ".{}", digits.trim_end_matches('0'))?;
    }
    Ok(())
}

/// A string that is no TIMEX3 value of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no TIMEX3 value, such as 2025-12-05, 2025-W49, 2025-SP, P3D or PAST_REF")]
pub struct BadValue(pub String);

impl FromStr for Value {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let parsed = match text {
            _ if !text.is_ascii() => None,
            "PAST_REF" => Some(Self::Past),
            "PRESENT_REF" => Some(Self::Present),
            "FUTURE_REF" => Some(Self::Future),
            _ if text.starts_with('P') => length(text),
            _ if text.starts_with('X') => set(text),
            _ => dated(text),
        };
        parsed.ok_or_else(|| BadValue(text.into()))
    }
}

fn digits<T: FromStr>(text: &str, width: usize) -> Option<T> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn within(number: u8, from: u8, to: u8) -> Option<u8> {
    (from..=to).contains(&number).then_some(number)
}

fn dated(text: &str) -> Option<Value> {
    let Some((year, rest)) = text.split_once('-') else {
        return match text.len() {
            2 => digits(text, 2).map(Value::Century),
            3 => digits(text, 3).map(Value::Decade),
            _ => digits(text, 4).map(Value::Year),
        };
    };
    let year: i32 = digits(year, 4)?;
    if let Some(season) = Season::of_code(rest) {
        return Some(Value::Season(year, season));
    }
    match rest.as_bytes().first()? {
        b'Q' => within(digits(&rest[1..], 1)?, 1, 4).map(|quarter| Value::Quarter(year, quarter)),
        b'H' => within(digits(&rest[1..], 1)?, 1, 2).map(|half| Value::Half(year, half)),
        b'W' => week(year, &rest[1..]),
        _ => month_or_day(year, rest),
    }
}

fn week(year: i32, text: &str) -> Option<Value> {
    let (number, weekend) = match text.strip_suffix("-WE") {
        Some(number) => (number, true),
        None => (text, false),
    };
    let number: u8 = digits(number, 2)?;
    NaiveDate::from_isoywd_opt(year, u32::from(number), chrono::Weekday::Mon)?;
    Some(if weekend { Value::Weekend(year, number) } else { Value::Week(year, number) })
}

fn month_or_day(year: i32, text: &str) -> Option<Value> {
    let Some((month, rest)) = text.split_once('-') else {
        return within(digits(text, 2)?, 1, 12).map(|month| Value::Month(year, month));
    };
    let (day, clock) = match rest.split_once('T') {
        Some((day, clock)) => (day, Some(self::clock(clock)?)),
        None => (rest, None),
    };
    let day = NaiveDate::from_ymd_opt(year, digits(month, 2)?, digits(day, 2)?)?;
    Some(clock.map_or(Value::Day(day), |clock| Value::Time(day, clock)))
}

fn clock(text: &str) -> Option<Clock> {
    if let Some(part) = Part::of_code(text) {
        return Some(Clock::Part(part));
    }
    let Some((hour, rest)) = text.split_once(':') else {
        return Some(Clock::At { hour: within(digits(text, 2)?, 0, 24)?, minute: None, zone: None });
    };
    let minute = within(digits(rest.get(..2)?, 2)?, 0, 59)?;
    let zone = match &rest[2..] {
        "" => None,
        zone => Some(self::zone(zone)?),
    };
    Some(Clock::At { hour: within(digits(hour, 2)?, 0, 24)?, minute: Some(minute), zone })
}

fn zone(text: &str) -> Option<i16> {
    if text == "Z" {
        return Some(0);
    }
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let away: i16 =
        i16::from(within(digits(hours, 2)?, 0, 23)?) * 60 + i16::from(within(digits(minutes, 2)?, 0, 59)?);
    match text.as_bytes()[0] {
        _ if away == 0 => None,
        b'+' => Some(away),
        b'-' => Some(-away),
        _ => None,
    }
}

fn set(text: &str) -> Option<Value> {
    if let Some(unit) = Unit::ALL.into_iter().find(|unit| unit.every() == text) {
        return Some(Value::Every(unit));
    }
    let rest = text.strip_prefix("XXXX-")?;
    if let Some(part) = rest.strip_prefix("XX-XXT") {
        return Part::of_code(part).map(Value::EveryPart);
    }
    if let Some(season) = Season::of_code(rest) {
        return Some(Value::EverySeason(season));
    }
    if let Some(weekday) = rest.strip_prefix("WXX-") {
        let (day, part) = match weekday.split_once('T') {
            Some((day, part)) => (day, Some(Part::of_code(part)?)),
            None => (weekday, None),
        };
        return Some(Value::EveryWeekday(within(digits(day, 1)?, 1, 7)?, part));
    }
    let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
    let month = within(digits(month, 2)?, 1, 12)?;
    let Some(day) = day else { return Some(Value::EveryMonth(month)) };
    // A leap year admits every day of a month that there is.
    let day = NaiveDate::from_ymd_opt(2000, u32::from(month), digits(day, 2)?)?;
    Some(Value::EveryDay(month, u8::try_from(day.day()).ok()?))
}

fn length(text: &str) -> Option<Value> {
    let mut parts = Vec::new();
    let mut rest = &text[1..];
    let mut timed = false;
    while !rest.is_empty() && parts.len() < 3 {
        if !timed && rest.starts_with('T') {
            (timed, rest) = (true, &rest[1..]);
        }
        let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != 'X')?;
        let after = &rest[number..];
        let code = after.find(|c: char| !c.is_ascii_uppercase() || c == 'T').unwrap_or(after.len());
        parts.push((amount(&rest[..number])?, Unit::of_code(&after[..code], timed)?));
        rest = &after[code..];
    }
    match *parts.as_slice() {
        [(amount, unit)] if rest.is_empty() => Some(Value::Length(amount, unit)),
        [(Some(a), larger), (Some(b), smaller)] if rest.is_empty() && larger > smaller => {
            Some(Value::Lengths((a, larger), (b, smaller)))
        }
        _ => None,
    }
}

/// An amount in thousandths; `X` is `Some(None)`.
fn amount(text: &str) -> Option<Option<u32>> {
    if text == "X" {
        return Some(None);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    if whole.is_empty() || part.is_empty() || part.len() > 3 || part.contains('.') {
        return None;
    }
    let thousandths: u32 = format!("{part:0<3}").parse().ok()?;
    Some(Some(whole.parse::<u32>().ok()?.checked_mul(1000)?.checked_add(thousandths)?))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Any value that can be written.
    pub(in super::super) fn any_value() -> impl Strategy<Value = Value> {
        let day = || (0..3_650_000_i32).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n + 1).unwrap());
        let unit = || proptest::sample::select(&Unit::ALL[..]);
        let part = || proptest::sample::select(&Part::ALL[..]);
        let season = || proptest::sample::select(&Season::ALL[..]);
        let year = || 0..10_000_i32;
        let zone = || proptest::option::of(-1439..1440_i16);
        let at = (0..=24_u8, proptest::option::of((0..60_u8, zone()))).prop_map(|(hour, rest)| Clock::At {
            hour,
            minute: rest.map(|(minute, _)| minute),
            zone: rest.and_then(|(_, zone)| zone),
        });
        let clock = prop_oneof![part().prop_map(Clock::Part), at];
        prop_oneof![
            day().prop_map(Value::Day),
            (day(), clock).prop_map(|(day, clock)| Value::Time(day, clock)),
            (year(), 1..=52_u8).prop_map(|(y, w)| Value::Week(y, w)),
            (year(), 1..=52_u8).prop_map(|(y, w)| Value::Weekend(y, w)),
            (year(), 1..=12_u8).prop_map(|(y, m)| Value::Month(y, m)),
            (year(), 1..=4_u8).prop_map(|(y, q)| Value::Quarter(y, q)),
            (year(), 1..=2_u8).prop_map(|(y, h)| Value::Half(y, h)),
            (year(), season()).prop_map(|(y, s)| Value::Season(y, s)),
            prop_oneof![
                year().prop_map(Value::Year),
                (0..1000_i32).prop_map(Value::Decade),
                (0..100_i32).prop_map(Value::Century),
            ],
            (proptest::option::of(0..4_000_000_u32), unit()).prop_map(|(n, u)| Value::Length(n, u)),
            (0..4_000_000_u32, unit(), 0..4_000_000_u32, unit())
                .prop_filter_map("the larger first", |(a, u, b, v)| (u > v)
                    .then_some(Value::Lengths((a, u), (b, v)))),
            (1..=7_u8, proptest::option::of(part())).prop_map(|(d, p)| Value::EveryWeekday(d, p)),
            unit().prop_map(Value::Every),
            part().prop_map(Value::EveryPart),
            season().prop_map(Value::EverySeason),
            (1..=12_u8).prop_map(Value::EveryMonth),
            (1..=12_u8, 1..=28_u8).prop_map(|(m, d)| Value::EveryDay(m, d)),
            proptest::sample::select(&[Value::Past, Value::Present, Value::Future][..]),
        ]
    }

    proptest! {
        #[test]
        fn what_is_printed_parses_to_the_same(value in any_value()) {
            prop_assert_eq!(value.to_string().parse(), Ok(value));
        }

        #[test]
        fn what_parses_prints_again_and_nothing_panics(text in "[0-9XPTWQHSMDYE:.-]{0,14}|\\PC{0,12}") {
            if let Ok(value) = text.parse::<Value>() {
                prop_assert_eq!(value.to_string().parse(), Ok(value));
            }
        }
    }

    #[test]
    fn the_written_forms() {
        for text in [
            "2025-12-05",
            "2025-W49",
            "2025-W49-WE",
            "2025-12",
            "2025-Q4",
            "2025-H1",
            "2025-SP",
            "2025",
            "202",
            "20",
            "2025-12-05T14:30",
            "2025-12-05T14:30Z",
            "2025-12-05T14:30-04:00",
            "2025-12-05T14",
            "2025-12-05TMO",
            "PXD",
            "P3D",
            "P1.5Y",
            "P2Y6M",
            "PT2H",
            "PT12M9S",
            "P1DT12H",
            "PTXM",
            "PXDE",
            "XXXX-WXX-1",
            "XXXX-WXX-2TNI",
            "XXXX-XX-XX",
            "XXXX-WXX",
            "XXXX",
            "XXXX-12",
            "XXXX-12-25",
            "XXXX-SU",
            "XXXX-XX-XXTMO",
            "P1Y",
            "PAST_REF",
            "PRESENT_REF",
            "FUTURE_REF",
        ] {
            assert_eq!(text.parse::<Value>().map(|v| v.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_no_value() {
        for text in [
            "",
            "2025-13",
            "2025-02-30",
            "2025-W60",
            "2025-Q5",
            "P",
            "PT",
            "P3",
            "P1M1Y",
            "25-12-05",
            "P1.Y",
            "é",
        ] {
            assert_eq!(text.parse::<Value>(), Err(BadValue(text.into())), "{text}");
        }
        assert_eq!(
            "soon".parse::<Value>().unwrap_err().to_string(),
            "`soon` is no TIMEX3 value, such as 2025-12-05, 2025-W49, 2025-SP, P3D or PAST_REF"
        );
    }
}
