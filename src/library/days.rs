//! The calendar: what was said, published and dated when.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{BriefId, Day, Library, Period, Profile, Statement, StatementId, permalink};
use crate::annotate::timex::Value;

impl Statement {
    /// The day by which lists sort it: the day of speaking, the first of a month, season or year of
    /// speaking, else the day of publication.
    #[must_use]
    pub fn when(&self) -> NaiveDate {
        self.said_on.and_then(Value::begin_end).map_or(self.published, |(first, _)| first)
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
    /// Where the calendar lists `value`: the page of its day, month or year; its section there, for
    /// a week (with its first day's month), a season, quarter or half; for a decade or a century its
    /// section on the page of all days. `None` where nothing is there.
    #[must_use]
    pub fn calendar_page(&self, value: Value) -> Option<String> {
        let slot = Slot::of(value);
        let page = self.page(slot)?;
        match permalink::section(value) {
            Some(section) if self.parts.contains(&value) || matches!(slot, Slot::Decade(_)) => {
                Some(format!("{page}#{section}"))
            }
            // The year of a season is no wrong place for it; all days are none for a century.
            _ => (!matches!(slot, Slot::Century(_))).then_some(page),
        }
    }

    /// Where the calendar lists an interval: its section on the page of the month or the year that
    /// holds both ends, or of all days.
    #[must_use]
    pub fn interval_page(&self, begin: Value, end: Value) -> Option<String> {
        let page = self.page(Slot::between(begin, end))?;
        Some(format!("{page}#{}", permalink::interval(begin, end)?))
    }

    fn page(&self, slot: Slot) -> Option<String> {
        match slot {
            Slot::Day(day) => self.days.contains_key(&day).then(|| permalink::day(day)),
            Slot::Month(key) => self.months.contains_key(&key).then(|| permalink::month(key.0, key.1)),
            Slot::Year(year) => self.years.contains_key(&year).then(|| permalink::year(year)),
            Slot::Decade(decade) => self.decades.contains_key(&decade).then(|| permalink::DAYS.to_owned()),
            Slot::Century(century) => {
                self.centuries.contains_key(&century).then(|| permalink::DAYS.to_owned())
            }
            Slot::None => None,
        }
    }

    /// The calendar of the briefs and statements.
    pub(crate) fn calendar(&self) -> Calendar {
        let mut calendar = Calendar::default();
        for (id, statement) in self.statements.iter().enumerate() {
            if let Some(value) = statement.said_on {
                calendar.list(Slot::of(value), Entry::Said(id));
                calendar.parts.extend(permalink::section(value).map(|_| value));
            }
        }
        for (id, brief) in self.briefs.iter().enumerate() {
            calendar.list(Slot::of(Value::Day(brief.published.day)), Entry::Published(id));
            for (index, date) in brief.dates.iter().enumerate() {
                let slot = match date.until {
                    Some(end) => Slot::between(date.value, end),
                    None => {
                        calendar.parts.extend(permalink::section(date.value).map(|_| date.value));
                        Slot::of(date.value)
                    }
                };
                calendar.list(slot, Entry::Dated(id, index));
            }
        }
        calendar.fill_up();
        calendar
    }

    /// Takes in what [`Self::calendar`] gave.
    pub(crate) fn take_calendar(&mut self, calendar: Calendar) {
        (self.days, self.months, self.years) = (calendar.days, calendar.months, calendar.years);
        (self.decades, self.centuries, self.parts) = (calendar.decades, calendar.centuries, calendar.parts);
    }
}

/// Something that the calendar lists.
enum Entry {
    Said(StatementId),
    Published(BriefId),
    Dated(BriefId, usize),
}

/// What is listed on which day, and beside days in which month, year, decade and century.
#[derive(Default)]
pub(crate) struct Calendar {
    days: BTreeMap<NaiveDate, Day>,
    months: BTreeMap<(i32, u32), Period>,
    years: BTreeMap<i32, Period>,
    decades: BTreeMap<i32, Period>,
    centuries: BTreeMap<i32, Period>,
    parts: BTreeSet<Value>,
}

impl Calendar {
    fn list(&mut self, slot: Slot, entry: Entry) {
        let period = match slot {
            Slot::Day(day) => {
                let day = self.days.entry(day).or_default();
                return match entry {
                    Entry::Said(id) => day.said.push(id),
                    Entry::Published(id) => day.published.push(id),
                    Entry::Dated(brief, index) => day.dated.push((brief, index)),
                };
            }
            Slot::Month(month) => self.months.entry(month).or_default(),
            Slot::Year(year) => self.years.entry(year).or_default(),
            Slot::Decade(decade) => self.decades.entry(decade).or_default(),
            Slot::Century(century) => self.centuries.entry(century).or_default(),
            Slot::None => return,
        };
        match entry {
            Entry::Said(id) => period.said.push(id),
            Entry::Dated(brief, index) => period.dated.push((brief, index)),
            Entry::Published(_) => {}
        }
    }

    /// Gives every day its month, every month its year and every year its decade.
    fn fill_up(&mut self) {
        for day in self.days.keys() {
            self.months.entry((day.year(), day.month())).or_default();
        }
        for (year, _) in self.months.keys() {
            self.years.entry(*year).or_default();
        }
        for year in self.years.keys() {
            self.decades.entry(year.div_euclid(10)).or_default();
        }
    }
}

/// The page that lists a value: the smallest that holds all of it, but for weeks, which go with
/// their first day's month.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Day(NaiveDate),
    Month((i32, u32)),
    Year(i32),
    Decade(i32),
    Century(i32),
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
            Value::Decade(decade) => Self::Decade(decade),
            Value::Century(century) => Self::Century(century),
            _ => Self::None,
        };
        if slot.has_page() { slot } else { Self::None }
    }

    /// The smallest that holds both ends, up to a year; what goes on for longer stands in the decade
    /// in which it begins.
    fn between(begin: Value, end: Value) -> Self {
        let (Some((first, _)), Some((_, last))) = (begin.begin_end(), end.begin_end()) else {
            return Self::None;
        };
        // A month or season that an end names is no part of a smaller one.
        let months = |value: Value| value.day().is_some() || value.month().is_some();
        let slot = if first.year() != last.year() {
            Self::Decade(first.year().div_euclid(10))
        } else if first.month() == last.month() && months(begin) && months(end) {
            Self::Month((first.year(), first.month()))
        } else {
            Self::Year(first.year())
        };
        if slot.has_page() { slot } else { Self::None }
    }

    /// Whether an address can be made of it: four digits of year, a month that exists.
    fn has_page(self) -> bool {
        let year = |year: i32| (1..=9999).contains(&year);
        match self {
            Self::Day(day) => year(day.year()),
            Self::Month((of, month)) => year(of) && (1..=12).contains(&month),
            Self::Year(of) => year(of),
            Self::Decade(decade) => (0..=999).contains(&decade),
            Self::Century(century) => (0..=99).contains(&century),
            Self::None => true,
        }
    }
}

fn in_month(year: i32, week: u8, weekday: chrono::Weekday) -> Slot {
    let first = NaiveDate::from_isoywd_opt(year, u32::from(week), weekday);
    first.map_or(Slot::None, |day| Slot::Month((day.year(), day.month())))
}
