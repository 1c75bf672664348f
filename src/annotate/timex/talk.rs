//! [`Talk`]: what the text has spoken of so far, on which "a year earlier" or "the following
//! day" hang; and the cues before a weekday that tell which one is meant.

use chrono::{Datelike, NaiveDate};

use super::calendar::Lean;
use super::lexicon::Class;
use super::token::Token;
use super::value::{Unit, Value};
use super::writing::Writing;

/// The state of one text, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Talk {
    /// The publication date.
    pub(super) dct: Option<NaiveDate>,
    /// The dated value spoken of last.
    pub(super) value: Option<Value>,
    /// The day spoken of last, at first that of publication.
    pub(super) day: Option<NaiveDate>,
    /// The quarter under discussion.
    pub(super) quarter: Option<(i32, u32)>,
    /// A year that the sentence has named.
    year: Option<i32>,
    /// The last year that the text has named.
    named: Option<i32>,
}

impl Talk {
    /// Nothing is spoken of yet but the day of publication.
    pub(super) fn new(dct: Option<NaiveDate>) -> Self {
        Self { dct, value: dct.map(Value::Day), day: dct, quarter: None, year: None, named: None }
    }

    /// A new sentence: its years are its own.
    pub(super) fn sentence(&mut self) {
        self.year = None;
    }

    /// The first day of what was spoken of last, if that is no longer than a `unit`: of a year
    /// alone, "that day" is unknown.
    pub(super) fn start_within(&self, unit: Unit) -> Option<NaiveDate> {
        let (begin, end) = self.value?.begin_end()?;
        let longest = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => 1,
            Unit::Weekend | Unit::Week => 7,
            Unit::Month => 31,
            Unit::Quarter => 92,
            Unit::Year => 366,
            Unit::Decade => 3653,
            Unit::Century => 36_525,
        };
        ((end - begin).num_days() < longest).then_some(begin)
    }

    /// Takes note of a value; `written` says that the text names its year itself.
    pub(super) fn note(&mut self, value: Value, written: bool) {
        let Some((begin, _)) = value.begin_end() else { return };
        self.value = Some(value);
        if let Some(day) = value.day() {
            self.day = Some(day);
        }
        if written {
            self.year = Some(begin.year());
            self.named = self.year;
        }
        if let Value::Quarter(year, quarter) = value {
            // What lies ahead or long behind is not what is reported on, and a comparison with the
            // year before does not change it.
            let recent = self.dct.is_none_or(|day| begin <= day && day.year() - year <= 1);
            if recent && self.quarter.is_none_or(|(known, _)| known <= year) {
                self.quarter = Some((year, u32::from(quarter)));
            }
        }
    }

    /// The year that "that year" means: the last one named.
    pub(super) fn that_year(&self) -> Option<i32> {
        self.named
    }

    /// The year that a month or day without one takes from its sentence: one long past, in a
    /// text that tells history.
    pub(super) fn year_at_hand(&self) -> Option<i32> {
        let today = self.dct?.year();
        self.year.filter(|year| *year <= today - 2)
    }
}

/// How many tokens before an expression are read for a cue.
const REACH: usize = 12;

/// How many tokens of a quotation before an expression are passed over.
const QUOTED: usize = 80;

/// On which side of the publication day an expression at token `at` lies, by the nearest word
/// before it in its sentence that tells: "will meet on Friday" against "said on Friday".
pub(super) fn cue(tokens: &[Token], at: usize, sentence: u32, text: &str, writing: &Writing) -> Option<Lean> {
    let mut quoted: Option<&str> = None;
    let mut read = 0;
    for token in tokens[..at].iter().rev().take(REACH + QUOTED) {
        let word = token.of(text);
        if let Some(opener) = quoted {
            if word == opener || token.start < sentence {
                quoted = None;
            }
            continue;
        }
        // Words that somebody is quoted with do not govern what stands behind the quotation.
        quoted = writing.opener(word);
        if quoted.is_some() {
            continue;
        }
        read += 1;
        if read > REACH || token.start < sentence || matches!(word, "." | "?" | "!" | ";") {
            return None;
        }
        if writing.is_clause_mark(word) {
            return None;
        }
        if let Some(lean) = leans(token, word, writing) {
            return Some(lean);
        }
        if token.breaks {
            return None;
        }
    }
    None
}

/// On which side an expression lies, by the first word behind it in its clause that tells: "Am
/// Freitag wird der Rat tagen". `at` is the token behind the expression.
pub(super) fn cue_behind(tokens: &[Token], at: usize, text: &str, writing: &Writing) -> Option<Lean> {
    for token in tokens[at..].iter().take(writing.reach_behind) {
        let word = token.of(text);
        if token.breaks || matches!(word, "." | "?" | "!" | ";") || writing.is_clause_mark(word) {
            return None;
        }
        if let Some(lean) = leans(token, word, writing) {
            return Some(lean);
        }
    }
    None
}

/// What one word tells: that what it governs lies ahead, or has been.
fn leans(token: &Token, word: &str, writing: &Writing) -> Option<Lean> {
    if token.is(Class::Ahead) {
        return Some(Lean::After);
    }
    let past = token.is(Class::Behind) || (token.classes == 0 && writing.is_past_tense(word));
    past.then_some(Lean::Past)
}
