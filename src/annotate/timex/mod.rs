//! Temporal expressions: every date, time, duration and set of dates, resolved (TIMEX3).
//!
//! Entry point: `tag`.

mod value;

use crate::annotate::Provenance;
use crate::text::Span;

pub use value::{BadValue, Clock, Part, Season, Unit, Value};

/// The four kinds of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// One temporal expression. The id is `t` and the index counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// The words.
    pub span: Span,
    /// Date, time, duration or set.
    pub kind: Kind,
    /// What it means, at its true precision.
    pub value: Value,
    /// What narrows or blurs the value.
    pub modifier: Option<Modifier>,
    /// How sure the annotator is of the value, from 0 to 1.
    pub confidence: f32,
    /// Who decided.
    pub provenance: Provenance,
}
