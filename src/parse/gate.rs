//! [`held_back`]: what may not be published, decided on the front matter alone.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use super::Status;
use crate::config::{Settings, When};

/// Why an entry is held back; `None` where it may be published.
pub(super) fn held_back(
    status: Status,
    embargo: Option<When>,
    draft: bool,
    date: Option<When>,
    settings: &Settings,
) -> Option<&'static str> {
    match status {
        Status::Withheld => return Some("its status is `withheld`"),
        Status::Canceled => return Some("its status is `canceled`"),
        Status::Usable => {}
    }
    if embargo.is_some_and(|embargo| !is_over(embargo, settings.build_date)) {
        return Some("its embargo is not over");
    }
    if draft && !settings.drafts {
        return Some("it is a draft");
    }
    date.and_then(|date| not_yet(date.day(), settings))
}

/// Why an entry that is dated to `day` is held back.
pub(super) fn not_yet(day: NaiveDate, settings: &Settings) -> Option<&'static str> {
    (day > settings.build_date && !settings.future).then_some("its date lies after the day of the build")
}

/// Whether nobody can take an embargo for unbroken on the day of the build. The build knows a
/// day and no hour: a day ends its embargo when it begins, a moment when its day is past, both
/// where it is written and in UTC.
fn is_over(embargo: When, build: NaiveDate) -> bool {
    match embargo {
        When::Day(day) => day <= build,
        When::Zoneless(day) => day < build,
        When::Moment(moment) => last_day(moment) < build,
    }
}

fn last_day(moment: DateTime<FixedOffset>) -> NaiveDate {
    moment.date_naive().max(moment.with_timezone(&Utc).date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embargo_ends_with_its_day() {
        let build = NaiveDate::from_ymd_opt(2025, 12, 6).unwrap();
        for (embargo, over) in [
            ("2025-12-06", true),
            ("2025-12-07", false),
            ("2025-12-05T23:00:00Z", true),
            ("2025-12-05T23:00:00-05:00", false),
            ("2025-12-06T00:01:00Z", false),
            ("2025-12-06T00:01:00+14:00", false),
            ("2025-12-06T00:01:00", false),
            ("2025-12-05T00:01:00", true),
        ] {
            assert_eq!(is_over(When::parse(embargo).unwrap(), build), over, "{embargo}");
        }
    }
}
