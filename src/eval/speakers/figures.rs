//! The counts that are told of a system, with what is worked out from them.

use super::UNKNOWN;
use super::document::{Attribution, Quote};
use crate::eval::measure::ratio;

/// How often the right speaker was given to the attributions of the gold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accuracy {
    /// How many there are.
    pub number: usize,
    /// How many of them meet a quotation of the system.
    pub matched: usize,
    /// How many have the right speaker there.
    pub right: usize,
}

/// How often the speakers that a system gives are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Precision {
    /// How many quotations it gives a speaker to.
    pub number: usize,
    /// How many of them meet an attribution of the gold.
    pub matched: usize,
    /// How many have the right speaker.
    pub right: usize,
}

/// How often the time of speaking was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SaidOn {
    /// To how many attributions the gold gives a time.
    pub number: usize,
    /// How many of them meet a quotation of the system.
    pub matched: usize,
    /// How many of those have any time.
    pub given: usize,
    /// How many have the very time.
    pub exact: usize,
    /// How many have the time, or one that is a part of it or has it as a part: 2031-05 and
    /// 2031-05-02.
    pub prefix: usize,
    /// How many without a time in the gold meet a quotation of the system.
    pub matched_without: usize,
    /// How many of those have a time.
    pub spurious: usize,
}

/// Whether one name stands for one person throughout an article. Names and people are counted once
/// in each article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity<'g> {
    /// How many names the system gives to people of the gold.
    pub names: usize,
    /// How many people of the gold have a name.
    pub people: usize,
    /// How many of those have it more than once.
    pub repeated: usize,
    /// How many quotations have a name.
    pub quotes: usize,
    /// How many of those have it in the sense in which the article has it most.
    pub majority: usize,
    /// Names that cover several people.
    pub merged: Vec<Confusion<'g>>,
    /// People who have several names.
    pub split: Vec<Confusion<'g>>,
    /// How many of those have several that could all be theirs.
    pub split_by_form: usize,
}

/// A name of several people, or several names of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion<'g> {
    /// The id of the document.
    pub document: &'g str,
    /// What there is one of.
    pub one: &'g str,
    /// What there are several of, and how often each.
    pub several: Vec<(&'g str, usize)>,
}

impl Accuracy {
    pub(super) fn add(&mut self, matched: bool, right: bool) {
        self.number += 1;
        self.matched += usize::from(matched);
        self.right += usize::from(right);
    }

    /// The part that meets a quotation of the system; `None` where there are none.
    #[must_use]
    pub fn recall_of_content(&self) -> Option<f64> {
        part(self.matched, self.number)
    }

    /// The part that has the right speaker.
    #[must_use]
    pub fn accuracy(&self) -> Option<f64> {
        part(self.right, self.number)
    }

    /// The part of those met that have the right speaker.
    #[must_use]
    pub fn given_match(&self) -> Option<f64> {
        part(self.right, self.matched)
    }
}

impl Precision {
    pub(super) fn add(&mut self, matched: bool, right: bool) {
        self.number += 1;
        self.matched += usize::from(matched);
        self.right += usize::from(right);
    }

    /// The part that is right; what meets nothing is wrong.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        part(self.right, self.number)
    }

    /// The part of those that meet an attribution that is right.
    #[must_use]
    pub fn given_match(&self) -> Option<f64> {
        part(self.right, self.matched)
    }
}

impl SaidOn {
    /// Counts an attribution of the gold with what it meets.
    pub(super) fn add(&mut self, gold: &Attribution, found: Option<&Quote>) {
        let day = found.map(Quote::day).unwrap_or_default();
        let (matched, given) = (usize::from(found.is_some()), usize::from(!day.is_empty()));
        match gold.said_on.as_deref().filter(|day| !day.is_empty()) {
            Some(wanted) => {
                self.number += 1;
                self.matched += matched;
                self.given += given;
                self.exact += usize::from(day == wanted);
                let within = !day.is_empty() && (day.starts_with(wanted) || wanted.starts_with(day));
                self.prefix += usize::from(within);
            }
            None => {
                self.matched_without += matched;
                self.spurious += given;
            }
        }
    }

    /// The part that has the very time.
    #[must_use]
    pub fn accuracy_exact(&self) -> Option<f64> {
        part(self.exact, self.number)
    }

    /// The part that has the time as far as either side tells it.
    #[must_use]
    pub fn accuracy_prefix(&self) -> Option<f64> {
        part(self.prefix, self.number)
    }

    /// The part of those met that have the very time.
    #[must_use]
    pub fn exact_given_match(&self) -> Option<f64> {
        part(self.exact, self.matched)
    }

    /// The part of those met without a time that were given one.
    #[must_use]
    pub fn spurious_rate(&self) -> Option<f64> {
        part(self.spurious, self.matched_without)
    }
}

impl Identity<'_> {
    /// The part of the names that cover several people.
    #[must_use]
    pub fn merged_rate(&self) -> Option<f64> {
        part(self.merged.len(), self.names)
    }

    /// The part of the people who have several names.
    #[must_use]
    pub fn split_rate(&self) -> Option<f64> {
        part(self.split.len(), self.people)
    }

    /// The part of the people who have several names that could all be theirs.
    #[must_use]
    pub fn split_by_form_rate(&self) -> Option<f64> {
        part(self.split_by_form, self.people)
    }

    /// The part of the quotations whose name stands for whom it stands for most.
    #[must_use]
    pub fn purity(&self) -> Option<f64> {
        part(self.majority, self.quotes)
    }
}

/// Whether a system gives a speaker at all, and whether a person.
pub(super) fn claims(quote: &Quote) -> Option<bool> {
    let kind = quote.kind().filter(|kind| !kind.is_empty());
    (quote.name().is_some() && kind != Some(UNKNOWN)).then(|| kind.is_none_or(|kind| kind == super::PERSON))
}

/// `part` of `whole`; `None` where there is no whole.
fn part(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| ratio(part, whole))
}
