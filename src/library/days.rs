//! The calendar: what was said, published and dated when.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::{Day, Library, Period, Profile, Statement, permalink};
use crate::annotate::timex::Value;

impl Statement {
    /// The day by which lists sort it: the day of speaking, the first of a month or year of
    /// speaking, else the day of publication.
    #[must_use]
    pub fn when(&self) -> NaiveDate {
        let first = |year, month| NaiveDate::from_ymd_opt(year, month, 1);
        let said = self.said_on.and_then(|value| match value {
            Value::Year(year) => first(year, 1),
            _ => value.day().or_else(|| value.month().and_then(|(year, month)| first(year, month))),
        });
        said.unwrap_or(self.published)
    }
}

impl Profile {
    /// The role on `day`: the register's that was held then, else one that briefs before and
    /// after give. Outside of what is known there is none: offices end.
    #[must_use]
    pub fn role_on(&self, day: NaiveDate) -> Option<&str> {
        let held = self.roles.iter().find(|role| role.holds_on(day)).map(|role| role.role.as_str());
        let seen = || self.seen_roles.iter().find(|seen| seen.first <= day && day <= seen.last);
        held.or_else(|| seen().map(|seen| seen.role.as_str()))
    }
}

impl Library {
    /// The page of the calendar that lists `value`, where there is one: of its day, its month
    /// (that of a week's first day), or its year.
    #[must_use]
    pub fn calendar_page(&self, value: Value) -> Option<String> {
        match Slot::of(value) {
            Slot::Day(day) => self.days.contains_key(&day).then(|| permalink::day(day)),
            Slot::Month(key) => self.months.contains_key(&key).then(|| permalink::month(key.0, key.1)),
            Slot::Year(year) => self.years.contains_key(&year).then(|| permalink::year(year)),
            Slot::None => None,
        }
    }

    /// Fills days, months and years from briefs and statements.
    pub(crate) fn fill_calendar(&mut self) {
        let mut calendar = Calendar::default();
        for (id, statement) in self.statements.iter().enumerate() {
            match statement.said_on.map(Slot::of) {
                Some(Slot::Day(day)) => calendar.days.entry(day).or_default().said.push(id),
                Some(Slot::Month(month)) => calendar.months.entry(month).or_default().said.push(id),
                Some(Slot::Year(year)) => calendar.years.entry(year).or_default().said.push(id),
                Some(Slot::None) | None => {}
            }
        }
        for (id, brief) in self.briefs.iter().enumerate() {
            if let Slot::Day(day) = Slot::of(Value::Day(brief.published.day)) {
                calendar.days.entry(day).or_default().published.push(id);
            }
            for (index, date) in brief.dates.iter().enumerate() {
                match Slot::of(date.value) {
                    Slot::Day(day) => calendar.days.entry(day).or_default().dated.push((id, index)),
                    Slot::Month(month) => calendar.months.entry(month).or_default().dated.push((id, index)),
                    Slot::Year(year) => calendar.years.entry(year).or_default().dated.push((id, index)),
                    Slot::None => {}
                }
            }
        }
        calendar.fill_up();
        (self.days, self.months, self.years) = (calendar.days, calendar.months, calendar.years);
    }
}

#[derive(Default)]
struct Calendar {
    days: BTreeMap<NaiveDate, Day>,
    months: BTreeMap<(i32, u32), Period>,
    years: BTreeMap<i32, Period>,
}

impl Calendar {
    /// Gives every day its month and every month its year.
    fn fill_up(&mut self) {
        for day in self.days.keys() {
            self.months.entry((day.year(), day.month())).or_default();
        }
        for (year, _) in self.months.keys() {
            self.years.entry(*year).or_default();
        }
    }
}

/// The page that lists a value: the smallest that holds all of it, but for weeks, which go with
/// their first day's month.
enum Slot {
    Day(NaiveDate),
    Month((i32, u32)),
    Year(i32),
    None,
}

impl Slot {
    fn of(value: Value) -> Self {
        let slot = match value {
            Value::Day(day) | Value::Time(day, _) => Self::Day(day),
            Value::Month(year, month) => Self::Month((year, u32::from(month))),
            Value::Week(year, week) => in_month(year, week, chrono::Weekday::Mon),
            Value::Weekend(year, week) => in_month(year, week, chrono::Weekday::Sat),
            Value::Quarter(year, _) | Value::Half(year, _) | Value::Season(year, _) | Value::Year(year) => {
                Self::Year(year)
            }
            _ => Self::None,
        };
        if slot.has_page() { slot } else { Self::None }
    }

    /// Whether an address can be made of it: four digits of year, a month that exists.
    fn has_page(&self) -> bool {
        let year = |year: i32| (1..=9999).contains(&year);
        match self {
            Self::Day(day) => year(day.year()),
            Self::Month((of, month)) => year(*of) && (1..=12).contains(month),
            Self::Year(of) => year(*of),
            Self::None => true,
        }
    }
}

fn in_month(year: i32, week: u8, weekday: chrono::Weekday) -> Slot {
    let first = NaiveDate::from_isoywd_opt(year, u32::from(week), weekday);
    first.map_or(Slot::None, |day| Slot::Month((day.year(), day.month())))
}
