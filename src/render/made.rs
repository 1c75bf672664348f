//! [`Made`]: what very many rows show alike, made into values of the templates ([`Ready`]) once for the
//! site.
//!
//! A day stands in every row that is dated to it and a speaker in every row of theirs. To write the
//! day's forms out and to build the map that a template looks into costs more than the rest of such a
//! row; of a value that is there already, a row takes no more than a reference.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use tera::Value;

use super::date::DateView;
use super::view::Link;
use super::words::Words;
use crate::library::{Library, ProfileId};

/// A `T` as templates get it: to take one more costs a reference.
#[derive(Clone, Debug)]
pub(crate) struct Ready<T> {
    value: Value,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Ready<T> {
    /// What templates see of `view`.
    pub(crate) fn of(view: &T) -> Self {
        Self { value: Value::from_serializable(view), of: PhantomData }
    }
}

impl<T> Serialize for Ready<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// The values, each made when it is first asked for.
#[derive(Debug)]
pub(super) struct Made {
    days: BTreeMap<NaiveDate, DayValues>,
    speakers: Vec<OnceLock<Ready<Link>>>,
}

/// A day with a page, as rows show it: leading there, and as words alone.
#[derive(Debug, Default)]
struct DayValues {
    linked: OnceLock<Ready<DateView>>,
    plain: OnceLock<Ready<DateView>>,
}

impl Made {
    /// None of them made yet.
    pub(super) fn of(library: &Library) -> Self {
        Self {
            days: library.days.keys().map(|day| (*day, DayValues::default())).collect(),
            speakers: library.profiles.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// A day that leads to its page, if it has one.
    pub(super) fn day(&self, words: &'static Words, day: NaiveDate) -> Ready<DateView> {
        match self.days.get(&day) {
            Some(made) => {
                let path = || Some(super::links::day(day));
                made.linked.get_or_init(|| Ready::of(&DateView::day(words, day, path()))).clone()
            }
            None => Ready::of(&DateView::day(words, day, None)),
        }
    }

    /// A day that leads nowhere.
    pub(super) fn plain_day(&self, words: &'static Words, day: NaiveDate) -> Ready<DateView> {
        let make = || Ready::of(&DateView::day(words, day, None));
        match self.days.get(&day) {
            Some(made) => made.plain.get_or_init(make).clone(),
            None => make(),
        }
    }

    /// The link to a speaker, which `make` gives.
    pub(super) fn speaker(&self, id: ProfileId, make: impl FnOnce() -> Link) -> Ready<Link> {
        self.speakers[id].get_or_init(|| Ready::of(&make())).clone()
    }
}
