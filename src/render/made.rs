//! [`Made`]: what very many rows show alike, made into values of the templates once for the site.
//!
//! A day stands in every row that is dated to it and a speaker in every row of theirs. To write the
//! day's forms out and to build the map that a template looks into costs more than the rest of such a
//! row; of a value that is there already, a row takes no more than a reference.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;
use tera::Value;

use super::date::DateView;
use super::words::Words;
use crate::library::{Library, ProfileId};

/// The values, each made when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct Made {
    days: BTreeMap<NaiveDate, DayValues>,
    speakers: Vec<OnceLock<Value>>,
}

/// A day with a page, as rows show it: leading there, and as words alone.
#[derive(Debug, Default)]
struct DayValues {
    linked: OnceLock<Value>,
    plain: OnceLock<Value>,
}

impl Made {
    /// None of them made yet.
    pub(super) fn of(library: &Library) -> Self {
        Self {
            days: library.days.keys().map(|day| (*day, DayValues::default())).collect(),
            speakers: library.profiles.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The [`DateView`] of a day that leads to its page, if it has one.
    pub(super) fn day(&self, words: &'static Words, day: NaiveDate) -> Value {
        match self.days.get(&day) {
            Some(made) => {
                let path = || Some(super::links::day(day));
                made.linked.get_or_init(|| value(&DateView::day(words, day, path()))).clone()
            }
            None => value(&DateView::day(words, day, None)),
        }
    }

    /// The [`DateView`] of a day that leads nowhere.
    pub(super) fn plain_day(&self, words: &'static Words, day: NaiveDate) -> Value {
        let make = || value(&DateView::day(words, day, None));
        match self.days.get(&day) {
            Some(made) => made.plain.get_or_init(make).clone(),
            None => make(),
        }
    }

    /// The link to a speaker, which `make` gives.
    pub(super) fn speaker(&self, id: ProfileId, make: impl FnOnce() -> Value) -> Value {
        self.speakers[id].get_or_init(make).clone()
    }
}

/// A view as templates get it.
pub(super) fn value(view: &impl serde::Serialize) -> Value {
    Value::from_serializable(view)
}
