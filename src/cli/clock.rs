//! The day of the build: the only place that asks the machine for the date.
//!
//! Entry point: [`build_date`].

use anyhow::{Context as _, Result, bail};
use chrono::{DateTime, NaiveDate};

/// `--as-of`, else `SOURCE_DATE_EPOCH`, else today.
pub(super) fn build_date(as_of: Option<NaiveDate>) -> Result<NaiveDate> {
    match as_of {
        Some(day) => Ok(day),
        None => resolve(epoch()?.as_deref()),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the place that the reason of the lint names")]
fn epoch() -> Result<Option<String>> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => Ok(Some(text)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => bail!("SOURCE_DATE_EPOCH is no number of seconds"),
    }
}

fn resolve(epoch: Option<&str>) -> Result<NaiveDate> {
    let Some(text) = epoch.filter(|text| !text.is_empty()) else { return Ok(today()) };
    let seconds: Option<i64> = text.parse().ok();
    let moment = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    moment
        .map(|moment| moment.date_naive())
        .with_context(|| format!("SOURCE_DATE_EPOCH is `{text}`, which is no number of seconds since 1970"))
}

#[expect(clippy::disallowed_methods, reason = "this is the place that the reason of the lint names")]
fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// Reads a day as options give it.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    plain
        .then(|| text.parse().ok())
        .flatten()
        .ok_or_else(|| "a day is written YYYY-MM-DD, such as 2025-12-06".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epoch_is_a_day_in_utc() {
        let december = NaiveDate::from_ymd_opt(2025, 12, 6).unwrap();
        assert_eq!(resolve(Some("1765065599")).unwrap(), december);
        assert_eq!(resolve(Some("1765065600")).unwrap(), december.succ_opt().unwrap());
        assert_eq!(
            resolve(Some("soon")).unwrap_err().to_string(),
            "SOURCE_DATE_EPOCH is `soon`, which is no number of seconds since 1970"
        );
    }

    #[test]
    fn a_given_day_wins() {
        let day = day("2025-12-06").unwrap();
        assert_eq!(build_date(Some(day)).unwrap(), day);
        for bad in ["2025-13-01", "6.12.2025", "2025-1-1", "+2025-01-1", "today"] {
            assert!(super::day(bad).is_err(), "{bad}");
        }
    }
}
