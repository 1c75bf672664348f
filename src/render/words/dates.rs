//! Dates and times as the language of the interface writes them.

use std::fmt::Display;

use chrono::{Datelike, NaiveDate};

use super::Words;
use crate::annotate::timex::{Clock, Part, Season, Unit, Value};

impl Words {
    /// "December": the name of a month, counted from 1.
    pub(in crate::render) fn month(&'static self, month: u32) -> &'static str {
        self.name("dates.months", (month as usize + 11) % 12)
    }

    fn short_month(&'static self, month: u32) -> &'static str {
        self.name("dates.months_short", (month as usize + 11) % 12)
    }

    /// "Friday".
    pub(in crate::render) fn weekday(&'static self, day: NaiveDate) -> &'static str {
        self.name("dates.weekdays", day.weekday().num_days_from_monday() as usize)
    }

    fn day_with(&'static self, day: NaiveDate, month: &str) -> String {
        self.with("dates.day", &[("day", &day.day()), ("month", &month), ("year", &day.year())])
    }

    fn day_and(&'static self, day: NaiveDate, month: &str) -> String {
        self.with("dates.day_month", &[("day", &day.day()), ("month", &month)])
    }

    /// "5 December 2025".
    pub(in crate::render) fn long(&'static self, day: NaiveDate) -> String {
        self.day_with(day, self.month(day.month()))
    }

    /// "5 Dec".
    pub(in crate::render) fn short(&'static self, day: NaiveDate) -> String {
        self.day_and(day, self.short_month(day.month()))
    }

    /// "5 Dec 2025".
    pub(in crate::render) fn medium(&'static self, day: NaiveDate) -> String {
        self.day_with(day, self.short_month(day.month()))
    }

    /// "December 2025".
    pub(in crate::render) fn month_of(&'static self, year: i32, month: u32) -> String {
        self.with("dates.month", &[("month", &self.month(month)), ("year", &year)])
    }

    fn to(&'static self, first: impl Display, last: impl Display) -> String {
        self.with("dates.to", &[("first", &first), ("last", &last)])
    }

    /// From one day to another, saying month and year once: "21 to 27 December 1968".
    pub(in crate::render) fn range(&'static self, first: NaiveDate, last: NaiveDate) -> String {
        if first == last {
            return self.long(first);
        }
        let from = match (first.year() == last.year(), first.month() == last.month()) {
            (true, true) => self.with("dates.number", &[("day", &first.day())]),
            (true, false) => self.day_and(first, self.month(first.month())),
            (false, _) => self.long(first),
        };
        self.to(from, self.long(last))
    }

    /// A range of days for a narrow column, without and with the year: "2–5 Dec", "2–5 Dec 2025".
    pub(in crate::render) fn narrow_range(
        &'static self,
        first: NaiveDate,
        last: NaiveDate,
    ) -> (String, String) {
        let to = |key, from: &str, to: &str| self.with(key, &[("first", &from), ("last", &to)]);
        if first.year() != last.year() {
            let words = to("dates.to_narrow", &self.medium(first), &self.medium(last));
            return (words.clone(), words);
        }
        let (key, from) = if first.month() == last.month() {
            ("dates.to_close", self.with("dates.number", &[("day", &first.day())]))
        } else {
            ("dates.to_narrow", self.short(first))
        };
        (to(key, &from, &self.short(last)), to(key, &from, &self.medium(last)))
    }

    /// An interval, saying month and year once: "2 to 5 December 2025", "April to June 2025".
    pub(in crate::render) fn interval(&'static self, begin: Value, end: Value) -> String {
        match (begin, end) {
            (Value::Month(from, first), Value::Month(to, last)) if from == to => {
                self.to(self.month(first.into()), self.month_of(to, last.into()))
            }
            _ => match (begin.day(), end.day()) {
                (Some(first), Some(last)) => self.range(first, last),
                _ => self.to(self.value(begin), self.value(end)),
            },
        }
    }

    /// A week for a narrow column, by its first day, without and with the year; `None` for what is no
    /// week.
    pub(in crate::render) fn week(&'static self, value: Value) -> Option<(String, String)> {
        let key = match value {
            Value::Week(..) => "dates.week",
            Value::Weekend(..) => "dates.weekend",
            _ => return None,
        };
        let of = |day: String| self.with(key, &[("day", &day)]);
        let (first, _) = value.begin_end()?;
        Some((of(self.short(first)), of(self.medium(first))))
    }

    /// Any value: "5 December 2025", "spring 2025", "the 1960s", "3 days".
    pub(in crate::render) fn value(&'static self, value: Value) -> String {
        match value {
            Value::Day(day) => self.long(day),
            Value::Week(year, week) => self.week_words("dates.week", value, (year, week)),
            Value::Weekend(year, week) => self.week_words("dates.weekend", value, (year, week)),
            Value::Month(year, month) => self.month_of(year, month.into()),
            Value::Quarter(year, n) => {
                self.with("dates.quarter", &[("nth", &self.nth(n.into())), ("year", &year)])
            }
            Value::Half(year, n) => self.with("dates.half", &[("nth", &self.nth(n.into())), ("year", &year)]),
            Value::Season(year, season) => {
                let season = self.name("dates.seasons", number(season));
                self.with("dates.season", &[("season", &season), ("year", &year)])
            }
            Value::Year(year) => year.to_string(),
            Value::Decade(decade) => self.decade("dates.decade", decade),
            Value::Century(century) => self.century("dates.century", century),
            Value::Time(day, clock) => {
                self.with("dates.time", &[("day", &self.long(day)), ("time", &self.clock(clock))])
            }
            Value::Length(None, unit) => self.name("length.some", place(unit)).to_owned(),
            Value::Length(Some(amount), unit) => self.amount(amount, unit),
            Value::Lengths(a, b) => format!("{} {}", self.amount(a.0, a.1), self.amount(b.0, b.1)),
            Value::Past => self.get("dates.past").to_owned(),
            Value::Present => self.get("dates.present").to_owned(),
            Value::Future => self.get("dates.future").to_owned(),
            _ => self.every(value),
        }
    }

    /// A decade as a heading, "The 1960s"; else as any value.
    pub(in crate::render) fn heading(&'static self, value: Value) -> String {
        match value {
            Value::Decade(decade) => self.decade("dates.decade_heading", decade),
            _ => self.value(value),
        }
    }

    /// When something was said: "on 5 December 2025", "in December 2025", "in the 1st half of 2025".
    pub(in crate::render) fn said_on(&'static self, value: Value) -> String {
        let key = match value {
            Value::Day(_) | Value::Time(..) => "on.day",
            Value::Week(..) | Value::Weekend(..) => {
                let key = if matches!(value, Value::Week(..)) { "on.week" } else { "on.weekend" };
                let Some((first, _)) = value.begin_end() else { return self.other(value) };
                return self.with(key, &[("day", &self.long(first))]);
            }
            Value::Month(..) => "on.month",
            Value::Quarter(..) => "on.quarter",
            Value::Half(..) => "on.half",
            Value::Season(..) => "on.season",
            Value::Year(_) => "on.year",
            Value::Decade(decade) => return self.decade("on.decade", decade),
            Value::Century(century) => return self.century("on.century", century),
            _ => return self.other(value),
        };
        self.with(key, &[("date", &self.value(value))])
    }

    fn other(&'static self, value: Value) -> String {
        self.with("on.other", &[("date", &self.value(value))])
    }

    fn week_words(&'static self, key: &str, value: Value, (year, week): (i32, u8)) -> String {
        match value.begin_end() {
            Some((first, _)) => self.with(key, &[("day", &self.long(first))]),
            None => self.with("dates.week_number", &[("week", &week), ("year", &year)]),
        }
    }

    fn decade(&'static self, key: &str, decade: i32) -> String {
        self.with(key, &[("years", &format!("{decade}0"))])
    }

    fn century(&'static self, key: &str, century: i32) -> String {
        self.with(key, &[("nth", &self.nth(i64::from(century) + 1))])
    }

    /// "1st", "2nd", "13th".
    fn nth(&'static self, n: i64) -> String {
        let category = self.grammar.ordinals.category(usize::try_from(n).unwrap_or_default());
        let pattern = self.form("dates.ordinal", Some(category));
        pattern.map_or_else(|| n.to_string(), |pattern| pattern.filled(&[("n", &n)]))
    }

    fn clock(&'static self, clock: Clock) -> String {
        match clock {
            Clock::Part(part) => self.name("dates.parts", number_of(part)).to_owned(),
            Clock::At { hour, minute, zone } => {
                let clock = format!("{hour:02}:{:02}", minute.unwrap_or(0));
                let Some(zone) = zone else { return self.with("dates.clock", &[("clock", &clock)]) };
                let (sign, away) = (if zone < 0 { '-' } else { '+' }, zone.unsigned_abs());
                let zone = match away {
                    0 => String::new(),
                    _ => format!("{sign}{:02}:{:02}", away / 60, away % 60),
                };
                self.with("dates.clock_zone", &[("clock", &clock), ("zone", &zone)])
            }
        }
    }

    /// What comes again.
    fn every(&'static self, value: Value) -> String {
        let weekday = |day: u8| self.name("dates.weekdays", usize::from(day.clamp(1, 7)) - 1);
        match value {
            Value::EveryWeekday(day, None) => self.with("every.weekday", &[("weekday", &weekday(day))]),
            Value::EveryWeekday(day, Some(part)) => {
                let part = self.name("every.parts", number_of(part));
                self.with("every.weekday_part", &[("weekday", &weekday(day)), ("part", &part)])
            }
            Value::Every(unit) => self.name("every.unit", place(unit)).to_owned(),
            Value::EveryPart(part) => self.name("every.part", number_of(part)).to_owned(),
            Value::EverySeason(season) => self.name("every.season", number(season)).to_owned(),
            Value::EveryMonth(month) => {
                self.with("every.month", &[("month", &self.month(month.clamp(1, 12).into()))])
            }
            Value::EveryDay(month, day) => {
                let month = self.month(month.clamp(1, 12).into());
                let date = self.with("dates.day_month", &[("day", &day), ("month", &month)]);
                self.with("every.day", &[("date", &date)])
            }
            other => other.to_string(),
        }
    }

    /// Thousandths of a unit.
    fn amount(&'static self, thousandths: u32, unit: Unit) -> String {
        let (whole, rest) = (thousandths / 1000, thousandths % 1000);
        let mut amount = whole.to_string();
        if rest > 0 {
            amount.push_str(self.get("dates.decimal"));
            amount.push_str(format!("{rest:03}").trim_end_matches('0'));
        }
        // No rule here puts a number with decimals where a whole one stands but `other`.
        let n = if rest > 0 { 0 } else { whole as usize };
        let key = match unit {
            Unit::Second => "length.second",
            Unit::Minute => "length.minute",
            Unit::Hour => "length.hour",
            Unit::Day => "length.day",
            Unit::Weekend => "length.weekend",
            Unit::Week => "length.week",
            Unit::Month => "length.month",
            Unit::Quarter => "length.quarter",
            Unit::Year => "length.year",
            Unit::Decade => "length.decade",
            Unit::Century => "length.century",
        };
        self.count_with(key, n, &[("amount", &amount)])
    }
}

/// The place of a season in lists of them, from 0.
fn number(season: Season) -> usize {
    match season {
        Season::Spring => 0,
        Season::Summer => 1,
        Season::Autumn => 2,
        Season::Winter => 3,
    }
}

/// The place of a part of the day in lists of them, from 0.
fn number_of(part: Part) -> usize {
    match part {
        Part::Morning => 0,
        Part::Midday => 1,
        Part::Afternoon => 2,
        Part::Evening => 3,
        Part::Night => 4,
        Part::Daytime => 5,
    }
}

/// The place of a unit in lists of them, from 0.
fn place(unit: Unit) -> usize {
    match unit {
        Unit::Second => 0,
        Unit::Minute => 1,
        Unit::Hour => 2,
        Unit::Day => 3,
        Unit::Weekend => 4,
        Unit::Week => 5,
        Unit::Month => 6,
        Unit::Quarter => 7,
        Unit::Year => 8,
        Unit::Decade => 9,
        Unit::Century => 10,
    }
}
