//! Dates as pages show them: [`DateView`] for templates, and the question whether the words at a
//! date say already which day is meant ([`behind`]).

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::words::{self, Words};
use crate::annotate::timex::{Value, edtf_interval};
use crate::text::fold;

/// A date as templates get it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct DateView {
    /// What `<time datetime>` takes; `null` where HTML has no form for it.
    pub(crate) datetime: Option<String>,
    /// The value in EDTF, where it has one.
    pub(crate) edtf: Option<String>,
    /// In words with the year: "5 December 2025", "spring 2025".
    pub(crate) label: String,
    /// In words without the year, where it is a day: "5 Dec".
    pub(crate) short: String,
    /// The same with the year: "5 Dec 2025".
    pub(crate) medium: String,
    /// The day of the week, where it is a day.
    pub(crate) weekday: Option<&'static str>,
    /// The page about it, as a site path.
    pub(crate) path: Option<String>,
    /// Whether it is wider than a day.
    pub(crate) wide: bool,
}

impl DateView {
    /// A day.
    #[must_use]
    pub(crate) fn day(words: &'static Words, day: NaiveDate, path: Option<String>) -> Self {
        let iso = iso(day);
        Self {
            edtf: Some(iso.clone()),
            datetime: Some(iso),
            label: words.long(day),
            short: words.short(day),
            medium: words.medium(day),
            weekday: Some(words.weekday(day)),
            path,
            wide: false,
        }
    }

    /// Any value, at its own precision.
    #[must_use]
    pub(crate) fn value(words: &'static Words, value: Value, path: Option<String>) -> Self {
        if let Value::Day(day) = value {
            return Self::day(words, day, path);
        }
        let label = words.value(value);
        let (short, medium) = match value.day() {
            Some(day) => (words.short(day), words.medium(day)),
            None => words.week(value).unwrap_or_else(|| (label.clone(), label.clone())),
        };
        Self {
            datetime: datetime(value),
            edtf: value.edtf(),
            short,
            medium,
            label,
            weekday: value.day().map(|day| words.weekday(day)),
            path,
            wide: value.day().is_none(),
        }
    }

    /// From one value to another, saying month and year once: "2 to 5 December 2025", "April to June
    /// 2025", "2019 to 2021".
    #[must_use]
    pub(crate) fn interval(words: &'static Words, begin: Value, end: Value, path: Option<String>) -> Self {
        let label = words.interval(begin, end);
        let (short, medium) = match (begin.day(), end.day()) {
            (Some(first), Some(last)) => words.narrow_range(first, last),
            _ => (label.clone(), label.clone()),
        };
        let edtf = edtf_interval(begin, end);
        Self { datetime: None, edtf, short, medium, label, weekday: None, path, wide: true }
    }
}

/// `<time datetime>` for lists. A week has none there: its form does not sort among days, and its
/// first day would say more than is known. EDTF gives it as the interval it is.
fn datetime(value: Value) -> Option<String> {
    match value {
        Value::Week(..) | Value::Weekend(..) => None,
        _ => value.html_datetime(),
    }
}

/// "2025-12-05".
#[must_use]
pub(crate) fn iso(day: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// What must stand behind the words of a date for a reader to know which is meant, or `None`
/// where the words say it. `published` is the day that a date without a year is read from.
///
/// "Dec 5" says its day, and its year where that is the year of publication; "Friday" does not.
#[must_use]
pub(crate) fn behind(
    words: &'static Words,
    written: &str,
    value: Value,
    published: Option<NaiveDate>,
) -> Option<String> {
    let written = fold::words(written);
    let says = |wanted: &str| written.split(' ').any(|word| word == wanted);
    let here = published.map(|p| p.year());
    let says_year = |year: i32| says(&year.to_string());
    match value {
        Value::Day(day) | Value::Time(day, _) => {
            let year_known = says_year(day.year()) || here == Some(day.year());
            match (says_day(&written, day), year_known) {
                (true, true) => None,
                (true, false) => Some(day.year().to_string()),
                (false, true) if here == Some(day.year()) => Some(words.short(day)),
                (false, _) => Some(words.medium(day)),
            }
        }
        Value::Month(year, month) => {
            let named = says_month(&written, u32::from(month));
            match (named, says_year(year) || (named && here == Some(year))) {
                (true, true) => None,
                (true, false) => Some(year.to_string()),
                (false, _) => Some(words.value(value)),
            }
        }
        Value::Season(year, _) => (!says_year(year) && here != Some(year)).then(|| year.to_string()),
        Value::Year(year) => (!says_year(year)).then(|| year.to_string()),
        Value::Week(..) | Value::Weekend(..) | Value::Quarter(..) | Value::Half(..) => {
            let year = value.begin_end().map(|(begin, _)| begin.year())?;
            (!says_year(year)).then(|| words.value(value))
        }
        _ => None,
    }
}

/// Whether folded words name day and month (or give the ISO form).
fn says_day(words: &str, day: NaiveDate) -> bool {
    let number = day.day();
    let numbered = words.split(' ').any(|word| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        !digits.is_empty() && digits.parse() == Ok(number)
    });
    let month = says_month(words, day.month())
        || words.split(' ').filter_map(|w| w.parse::<u32>().ok()).any(|n| n == day.month());
    numbered && month
}

/// Whether folded words name the month, short or in full, in a language of the interface.
fn says_month(words: &str, month: u32) -> bool {
    let named = |name: String| words.split(' ').any(|word| word.len() >= 3 && name.starts_with(word));
    words::all().any(|language| named(fold::words(language.month(month))))
        || (month == 9 && words.split(' ').any(|word| word == "sept"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::timex::Season;

    #[test]
    fn only_what_the_words_leave_open_stands_behind_them() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let published = Some(day(2025, 12, 6));
        for (words, value, expected) in [
            ("Dec 5", Value::Day(day(2025, 12, 5)), None),
            ("December 5th", Value::Day(day(2025, 12, 5)), None),
            ("Friday", Value::Day(day(2025, 12, 5)), Some("5 Dec")),
            ("July 20", Value::Day(day(1969, 7, 20)), Some("1969")),
            ("that Sunday", Value::Day(day(1969, 7, 20)), Some("20 July 1969")),
            ("July 20, 1969", Value::Day(day(1969, 7, 20)), None),
            ("2025-12-05", Value::Day(day(2025, 12, 5)), None),
            ("5 of them", Value::Day(day(2025, 12, 5)), Some("5 Dec")),
            ("last month", Value::Month(2025, 11), Some("November 2025")),
            ("November", Value::Month(2025, 11), None),
            ("November", Value::Month(2024, 11), Some("2024")),
            ("spring", Value::Season(2025, Season::Spring), None),
            ("the spring", Value::Season(2024, Season::Spring), Some("2024")),
            ("last year", Value::Year(2024), Some("2024")),
            ("2024", Value::Year(2024), None),
            ("now", Value::Present, None),
        ] {
            assert_eq!(behind(Words::of_tag("en"), words, value, published).as_deref(), expected, "{words}");
        }
    }

    #[test]
    fn a_range_says_month_and_year_once() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        for (first, last, expected) in [
            (day(1968, 12, 21), day(1968, 12, 21), "21 December 1968"),
            (day(1968, 12, 21), day(1968, 12, 27), "21 to 27 December 1968"),
            (day(1968, 11, 30), day(1968, 12, 1), "30 November to 1 December 1968"),
            (day(1968, 12, 31), day(1969, 12, 31), "31 December 1968 to 31 December 1969"),
        ] {
            assert_eq!(Words::of_tag("en").range(first, last), expected);
        }
    }

    #[test]
    fn an_interval_says_month_and_year_once() {
        for (begin, end, label, medium) in [
            ("2025-12-02", "2025-12-05", "2 to 5 December 2025", "2–5 Dec 2025"),
            ("2025-11-30", "2025-12-02", "30 November to 2 December 2025", "30 Nov – 2 Dec 2025"),
            ("2025-12-30", "2026-01-02", "30 December 2025 to 2 January 2026", "30 Dec 2025 – 2 Jan 2026"),
            ("2025-04", "2025-06", "April to June 2025", "April to June 2025"),
            ("2024-11", "2025-02", "November 2024 to February 2025", "November 2024 to February 2025"),
            ("2019", "2021", "2019 to 2021", "2019 to 2021"),
            ("2019-SP", "2021-FA", "spring 2019 to autumn 2021", "spring 2019 to autumn 2021"),
        ] {
            let view =
                DateView::interval(Words::of_tag("en"), begin.parse().unwrap(), end.parse().unwrap(), None);
            assert_eq!((view.label.as_str(), view.medium.as_str()), (label, medium));
            assert_eq!((view.wide, view.datetime), (true, None));
        }
    }

    #[test]
    fn a_day_is_shown_with_its_weekday_and_its_page() {
        let day = NaiveDate::from_ymd_opt(1969, 7, 20).unwrap();
        let view = DateView::day(Words::of_tag("en"), day, Some("/days/1969/07/20/".into()));
        assert_eq!((view.label.as_str(), view.short.as_str()), ("20 July 1969", "20 July"));
        assert_eq!((view.datetime.as_deref(), view.weekday), (Some("1969-07-20"), Some("Sunday")));
        assert!(!view.wide);
    }
}
