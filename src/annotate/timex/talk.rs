//! [`Talk`]: what the text has spoken of so far, on which "a year earlier" or "the following
//! day" hang.

use chrono::{Datelike, NaiveDate};

use super::calendar;
use super::value::{Unit, Value};

/// The state of one text, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Talk {
    /// The publication date.
    pub(super) dct: Option<NaiveDate>,
    /// The dated value spoken of last.
    pub(super) value: Option<Value>,
    /// The day spoken of last, at first that of publication.
    pub(super) day: Option<NaiveDate>,
    /// The quarter under discussion.
    pub(super) quarter: Option<(i32, u8)>,
    /// Figures of more than a quarter are under discussion, so that "a year earlier" is a year.
    annual: bool,
    /// The dated value that this sentence spoke of last.
    here: Option<Value>,
    /// A year that the sentence has named.
    year: Option<i32>,
    /// The last year that the text has named.
    named: Option<i32>,
}

impl Talk {
    /// Nothing is spoken of yet but the day of publication.
    pub(super) fn new(dct: Option<NaiveDate>) -> Self {
        Self { dct, value: dct.map(Value::Day), day: dct, ..Self::default() }
    }

    /// A new sentence: its years are its own.
    pub(super) fn sentence(&mut self) {
        (self.year, self.here) = (None, None);
    }

    /// The figures of a year, or of most of it, come under discussion.
    pub(super) fn report_year(&mut self) {
        self.annual = true;
    }

    /// The quarter to which "a year earlier" goes back; `None` where it means a year.
    pub(super) fn reported_quarter(&self) -> Option<(i32, u8)> {
        self.quarter.filter(|_| !self.annual)
    }

    /// The `unit` of what was spoken of last ("later in the day"); a year is that of publication.
    pub(super) fn within(&self, unit: Unit) -> Option<Value> {
        let spoken = if unit < Unit::Year { self.start_within(unit) } else { None };
        calendar::unit_at(spoken.or(self.dct)?, unit, 0)
    }

    /// What the text has spoken of last, other than its own day of publication.
    pub(super) fn spoken_of(&self) -> Option<Value> {
        self.value.filter(|value| Some(*value) != self.dct.map(Value::Day))
    }

    /// What the sentence has just spoken of, for a month or a day without a year.
    pub(super) fn here(&self) -> Option<Value> {
        self.here
    }

    /// The first day of what was spoken of last, if that is no longer than a `unit`: of a year
    /// alone, "that day" is unknown.
    pub(super) fn start_within(&self, unit: Unit) -> Option<NaiveDate> {
        let (begin, end) = self.value?.begin_end()?;
        let longest = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => 1,
            Unit::Weekend | Unit::Week => 7,
            Unit::Month => 31,
            Unit::Quarter => 92,
            Unit::Year => 366,
            Unit::Decade => 3653,
            Unit::Century => 36_525,
        };
        ((end - begin).num_days() < longest).then_some(begin)
    }

    /// Takes note of a value; `written` says that the text names its year itself.
    pub(super) fn note(&mut self, value: Value, written: bool) {
        let Some((begin, end)) = value.begin_end() else { return };
        (self.value, self.here) = (Some(value), Some(value));
        if let Some(day) = value.day() {
            self.day = Some(day);
        }
        // A decade lends nobody its first year.
        if written && (end - begin).num_days() <= 366 {
            self.year = Some(begin.year());
            self.named = self.year;
        }
        if let Value::Quarter(year, quarter) = value {
            self.report_quarter(year, quarter, (begin, end));
        }
    }

    /// Takes a quarter for the one under discussion, unless it lies ahead or long behind, is not
    /// over while another is reported on, or is only what that one is compared with or came after.
    fn report_quarter(&mut self, year: i32, quarter: u8, (begin, end): (NaiveDate, NaiveDate)) {
        let recent = self.dct.is_none_or(|day| begin <= day && day.year() - year <= 1);
        let over = self.dct.is_none_or(|day| end < day);
        if recent && self.quarter.is_none_or(|known| over && known <= (year, quarter)) {
            (self.quarter, self.annual) = (Some((year, quarter)), false);
        }
    }

    /// Whether `year` is that of publication or beside it.
    pub(super) fn is_about_now(&self, year: i32) -> bool {
        self.dct.is_some_and(|day| (i64::from(day.year()) - i64::from(year)).abs() <= 1)
    }

    /// The year that "that year" means: the last one named.
    pub(super) fn that_year(&self) -> Option<i32> {
        self.named
    }

    /// The year that a month or day without one takes from its sentence: one long past, in a
    /// text that tells history.
    pub(super) fn year_at_hand(&self) -> Option<i32> {
        let today = self.dct?.year();
        self.year.filter(|year| *year <= today - 2)
    }
}
