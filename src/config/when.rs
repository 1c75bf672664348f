//! [`When`]: a day or a moment as people write it in TOML and YAML.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

/// A day, or a time on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// `2025-12-06`.
    Day(NaiveDate),
    /// `2025-12-06T09:30:00+01:00`.
    Moment(DateTime<FixedOffset>),
    /// `2025-12-06T09:30:00`: a time in nobody knows which zone.
    Zoneless(NaiveDate),
}

/// Times without zone that people write.
const ZONELESS: [&str; 3] = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d %H"];

/// Times with zone that people write besides RFC 3339.
const ZONED: [&str; 3] = ["%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%d %H:%M %z", "%Y-%m-%d %H:%M%z"];

impl When {
    /// Reads a day, an RFC 3339 time, or a time without zone.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 40 || !text.is_ascii() {
            return None;
        }
        if let Some(day) = strict_day(text) {
            return Some(Self::Day(day));
        }
        strict_day(text.get(..10)?)?;
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Some(Self::Moment(moment));
        }
        let plain = text.replacen(['T', 't'], " ", 1).replace(['Z', 'z'], "+00:00");
        if let Some(moment) = ZONED.iter().find_map(|f| DateTime::parse_from_str(&plain, f).ok()) {
            return Some(Self::Moment(moment));
        }
        let zoneless = ZONELESS.iter().find_map(|f| NaiveDateTime::parse_from_str(&plain, f).ok())?;
        Some(Self::Zoneless(zoneless.date()))
    }

    /// The day, in the zone that is given.
    pub(crate) fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::Zoneless(day) => day,
            Self::Moment(moment) => moment.date_naive(),
        }
    }
}

/// `2025-12-06` and nothing else: chrono alone would take `2025-1-6` and `+2025-01-06`.
fn strict_day(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    shape.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())?
}

#[cfg(test)]
mod tests {
    use super::When;

    #[test]
    fn days_moments_and_times_without_zone() {
        for text in ["2025-12-06T09:30:00+01:00", "2025-12-06 09:30:00Z", "2025-12-06 09:30 +0100"] {
            assert!(matches!(When::parse(text), Some(When::Moment(_))), "{text}");
        }
        assert!(matches!(When::parse("2025-12-06"), Some(When::Day(_))));
        for text in ["2025-12-06T09:30:00", "2025-12-06 09:30"] {
            assert!(matches!(When::parse(text), Some(When::Zoneless(_))), "{text}");
        }
        for text in ["2025-13-06", "2025-1-6", "6 Dec 2025", "", "2025-12-06 soon", "２０２５-12-06"] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }
}
