//! Temporal expressions: every date, time, duration and set of dates, resolved (TIMEX3).
//!
//! Entry point: [`tag`]. The rules are data under annotate/rules, a folder a language, each with examples
//! that run as tests; what a match means is typed Rust in `make`. One scan makes tokens, the
//! rules are one tree over them, and a match hangs on the publication date, on what the text
//! has spoken of, or on nothing.

mod calendar;
mod cue;
mod find;
mod fold;
mod grammar;
mod interval;
mod lexicon;
mod make;
mod pattern;
mod range;
mod relative;
mod talk;
mod token;
mod value;
mod writing;

#[cfg(test)]
mod tests;

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use crate::annotate::{Options, Provenance};
use crate::text::Span;

pub use calendar::Lean;
pub use interval::{Interval, edtf_interval, intervals};
pub(crate) use interval::{in_order, settle};
pub use relative::{Holiday, Period, Relative};
pub use value::{BadValue, Clock, Part, Season, Unit, Value, month_name, weekday_name};

/// The four kinds of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A day, or anything larger.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Times that come again.
    Set,
}

impl Kind {
    /// The name in TIMEX3.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// The `mod` attribute of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Modifier {
    /// "before".
    Before,
    /// "after".
    After,
    /// "early".
    Start,
    /// "mid".
    Mid,
    /// "late".
    End,
    /// "about".
    Approx,
    /// "less than".
    LessThan,
    /// "more than".
    MoreThan,
    /// "at most".
    EqualOrLess,
    /// "at least".
    EqualOrMore,
}

impl Modifier {
    /// The modifier of a number in the rules' words; 0 is none.
    fn of_number(number: i32) -> Option<Self> {
        match number {
            1 => Some(Self::Start),
            2 => Some(Self::Mid),
            3 => Some(Self::End),
            4 => Some(Self::Approx),
            5 => Some(Self::LessThan),
            6 => Some(Self::MoreThan),
            7 => Some(Self::EqualOrLess),
            8 => Some(Self::EqualOrMore),
            _ => None,
        }
    }

    /// The name in TIMEX3.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Before => "BEFORE",
            Self::After => "AFTER",
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::EqualOrMore => "EQUAL_OR_MORE",
        }
    }
}

/// What a value is told from that the words of the expression do not fix by themselves: TIMEX3's
/// `anchorTimeID`, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// The publication date: "Friday", and the year of "Dec 5".
    Publication,
    /// The day of speaking, inside a quotation: "today".
    Speaking,
    /// Another date of the text: "the following day", "at 9 a.m.".
    Text,
}

impl Anchor {
    /// The name in the JSON schema.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Publication => "publication",
            Self::Speaking => "speaking",
            Self::Text => "text",
        }
    }

    /// The anchor of an expression as it was found; `None` where its own words fix the value. What
    /// hangs on nothing and does not name its year has it from the text before.
    fn of(found: &Found, text: &str) -> Option<Self> {
        if found.relative.is_some() {
            return Some(Self::Publication);
        }
        let timex = &found.timex;
        let own = matches!(timex.value, Value::Decade(_) | Value::Century(_));
        let (first, last) = timex.value.begin_end().filter(|_| !own)?;
        let words = timex.span.of(text);
        let names = |year: i32| names_year(words, year);
        (!names(first.year()) && !names(last.year())).then_some(Self::Text)
    }
}

/// Whether the words have the year in digits, or its last two behind a mark: "12/5/25", "’61".
fn names_year(words: &str, year: i32) -> bool {
    let runs = words.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let short = format!("{:02}", year.rem_euclid(100));
    let marked = || {
        let head = words.strip_suffix(short.as_str()).unwrap_or_default();
        head.ends_with(['/', '\'', '’', '.', '-'])
    };
    runs.into_iter().any(|run| run.parse() == Ok(year) && run.len() >= 3) || marked()
}

/// One temporal expression. The id is `t` and the index counted from 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timex {
    /// The words.
    pub span: Span,
    /// Date, time, duration or set.
    pub kind: Kind,
    /// What it means, at its true precision.
    pub value: Value,
    /// What narrows or blurs the value.
    pub modifier: Option<Modifier>,
    /// What the value is told from; `None` where the words fix it by themselves.
    pub anchor: Option<Anchor>,
    /// How sure the annotator is of the value, from 0 to 1.
    pub confidence: f32,
    /// Who decided.
    pub provenance: Provenance,
}

/// An expression with what its value hangs on.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The expression, resolved from the publication date.
    pub timex: Timex,
    /// How the value hangs on the day of speaking, for resolving it again inside a quotation;
    /// `None` where the text itself fixes the value.
    pub relative: Option<Relative>,
}

/// The nth Sunday of a month, from 1; 0 is the last one.
pub(super) fn nth_sunday(year: i32, month: u32, nth: u8) -> Option<chrono::NaiveDate> {
    calendar::nth_weekday(year, month, chrono::Weekday::Sun, nth)
}

/// All temporal expressions of `text` (the prose view), by start, none overlapping another.
///
/// Without a publication date, only what needs none is found, and what returns each year or
/// week has its underspecified value (`XXXX-12-05`).
#[must_use]
pub fn tag(text: &str, sentences: &[Span], options: &Options) -> Vec<Found> {
    let mut found: Vec<Found> =
        find::hits(text, sentences, options).into_iter().map(|(_, found)| found).collect();
    settle(text, &mut found, options.language);
    for each in &mut found {
        each.timex.anchor = Anchor::of(each, text);
    }
    found
}
