//! The calendar: what was said, published and dated when.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::{BriefId, Day, Library, Period, Profile, Statement, StatementId};
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
    /// The role on `day`: the register's that was held then, else the one of the nearest brief.
    #[must_use]
    pub fn role_on(&self, day: NaiveDate) -> Option<&str> {
        let held = self.roles.iter().find(|role| role.holds_on(day)).map(|role| role.role.as_str());
        let away = |first: NaiveDate, last: NaiveDate| (first - day).max(day - last).num_days().max(0);
        let nearest = self.seen_roles.iter().min_by_key(|seen| away(seen.first, seen.last));
        held.or(nearest.map(|seen| seen.role.as_str()))
    }
}

impl Library {
    /// Statements of which no more is known than that they were made in this month, from 1.
    #[must_use]
    pub fn month_said(&self, year: i32, month: u32) -> &[StatementId] {
        self.months.get(&(year, month)).map_or(&[], |period| &period.said)
    }

    /// Dates of month, week or weekend precision in this month: the brief and the index into
    /// its `dates`. A week lies in the month of its first day.
    #[must_use]
    pub fn dated_to_month(&self, year: i32, month: u32) -> &[(BriefId, usize)] {
        self.months.get(&(year, month)).map_or(&[], |period| &period.dated)
    }

    /// Statements of which no more is known than that they were made in this year.
    #[must_use]
    pub fn year_said(&self, year: i32) -> &[StatementId] {
        self.years.get(&year).map_or(&[], |period| &period.said)
    }

    /// Dates of quarter, half, season or year precision in this year.
    #[must_use]
    pub fn dated_to_year(&self, year: i32) -> &[(BriefId, usize)] {
        self.years.get(&year).map_or(&[], |period| &period.dated)
    }

    /// The last day before `day` that has something.
    #[must_use]
    pub fn day_before(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.days.range(..day).next_back().map(|(day, _)| *day)
    }

    /// The first day after `day` that has something.
    #[must_use]
    pub fn day_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        let next = day.checked_add_days(Days::new(1))?;
        self.days.range(next..).next().map(|(day, _)| *day)
    }

    /// The years that have a page, in order.
    #[must_use]
    pub fn calendar_years(&self) -> Vec<i32> {
        let of_days = self.days.keys().map(Datelike::year);
        let of_months = self.months.keys().map(|(year, _)| *year);
        let mut years: Vec<i32> = of_days.chain(of_months).chain(self.years.keys().copied()).collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// The months of `year` that have a page, from 1, in order.
    #[must_use]
    pub fn calendar_months(&self, year: i32) -> Vec<u32> {
        let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        let of_days = self.days.range(first..=last).map(|(day, _)| day.month());
        let own = self.months.range((year, 1)..=(year, 12)).map(|((_, month), _)| *month);
        let mut months: Vec<u32> = of_days.chain(own).collect();
        months.sort_unstable();
        months.dedup();
        months
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
            calendar.days.entry(brief.published.day).or_default().published.push(id);
            for (index, date) in brief.dates.iter().enumerate() {
                match Slot::of(date.value) {
                    Slot::Day(day) => calendar.days.entry(day).or_default().dated.push((id, index)),
                    Slot::Month(month) => calendar.months.entry(month).or_default().dated.push((id, index)),
                    Slot::Year(year) => calendar.years.entry(year).or_default().dated.push((id, index)),
                    Slot::None => {}
                }
            }
        }
        (self.days, self.months, self.years) = (calendar.days, calendar.months, calendar.years);
    }
}

#[derive(Default)]
struct Calendar {
    days: BTreeMap<NaiveDate, Day>,
    months: BTreeMap<(i32, u32), Period>,
    years: BTreeMap<i32, Period>,
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
