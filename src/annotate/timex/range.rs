//! Two expressions that one match writes: the ends of "Dec 2-5" and of "from April to June 2023".
//!
//! Entry point: [`ends`]. What stretches from the one to the other is found by
//! [`interval`](super::interval), as it is for ends that are written apart.

use chrono::Datelike;

use super::lexicon::{Class, Lexicon};
use super::make::Meaning;
use super::relative::{Period, Relative};
use super::token::Token;
use super::value::Value;

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Its first token, counted from that of the match.
    pub(super) from: usize,
    /// The token after its last.
    pub(super) to: usize,
    pub(super) meaning: Meaning,
}

/// The two ends of a match whose `meaning` is that of one of them: of the first day, or of the
/// last month, behind which the year stands.
pub(super) fn ends(tokens: &[Token], lexicon: &Lexicon, meaning: Meaning) -> Option<[End; 2]> {
    let places = |wanted: fn(&Token) -> bool| {
        let mut places = tokens.iter().enumerate().filter(|(_, t)| wanted(t)).map(|(at, _)| at);
        Some((places.next()?, places.next()?))
    };
    if let Some((first, second)) = places(|t| t.is(Class::Day) || t.is(Class::DayTh)) {
        let day = u8::try_from(tokens[second].value(lexicon, Class::Day)).ok()?;
        // "Dec 2-5": the month stands before the first day; "2-5 December": behind the second.
        let month = tokens[..first].iter().position(|t| t.is(Class::Month));
        let low = End { from: month.unwrap_or(first), to: first + 1, meaning };
        return Some([low, End { from: second, to: tokens.len(), meaning: with_day(meaning, day)? }]);
    }
    let (first, second) = places(|t| t.is(Class::Month))?;
    let month = u8::try_from(tokens[first].value(lexicon, Class::Month)).ok()?;
    let low = End { from: first, to: first + 1, meaning: with_month(meaning, month)? };
    Some([low, End { from: second, to: tokens.len(), meaning }])
}

/// Another day of the same month.
fn with_day(meaning: Meaning, day: u8) -> Option<Meaning> {
    match meaning {
        Meaning::Fixed(Value::Day(first)) => {
            first.with_day(u32::from(day)).map(|last| Meaning::Fixed(Value::Day(last)))
        }
        Meaning::Hangs(Relative { period: Period::MonthDay(month, _, lean), clock }) => {
            chrono::NaiveDate::from_ymd_opt(2000, u32::from(month), u32::from(day))?;
            Some(Meaning::Hangs(Relative { period: Period::MonthDay(month, day, lean), clock }))
        }
        _ => None,
    }
}

/// The month that a range begins with, whose last one is known: "from November to February 2024"
/// begins in 2023.
fn with_month(meaning: Meaning, month: u8) -> Option<Meaning> {
    match meaning {
        Meaning::Fixed(Value::Month(year, last)) => {
            let year = if month > last { year.checked_sub(1)? } else { year };
            Some(Meaning::Fixed(Value::Month(year, month)))
        }
        Meaning::Hangs(Relative { period: Period::Month(_, lean), clock }) => {
            Some(Meaning::Hangs(Relative { period: Period::Month(month, lean), clock }))
        }
        _ => None,
    }
}
