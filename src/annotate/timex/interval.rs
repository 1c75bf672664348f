//! Intervals: two dates with the words between them that make one stretch of time of the two.
//!
//! Entry points: [`intervals`], and [`settle`], which dates an end from the other one. The words are
//! data, `interval.toml` in the rules of a language, with examples that run as tests.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::value::{Clock, Value};
use super::{Found, Kind, Lean, Modifier, Period, Relative, Timex, names_year};
use crate::annotate::{Language, Provenance};
use crate::text::Span;

/// A stretch of time from one expression to another, both included: what TIMEX3 writes with
/// `beginPoint` and `endPoint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// The index of the expression with which it begins.
    pub begin: usize,
    /// The index of the expression with which it ends.
    pub end: usize,
    /// From the first word of the one to the last word of the other.
    pub span: Span,
}

/// How sure two ends are of which one was moved so that they come in order: less than a site shows as
/// certain by default.
const MOVED: f32 = 0.7;

/// The longest text between two ends, in bytes.
const LONGEST_GAP: usize = 40;

/// How much text before the first end is read, in bytes.
const LOOKED_BACK: usize = 120;

/// How many words before the first end are read for what makes it no interval.
const WORDS_BACK: usize = 8;

/// The words of a language that make intervals.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Joins {
    skip: Vec<String>,
    join: Vec<Join>,
}

/// One way to write an interval.
#[cfg_attr(not(test), expect(dead_code, reason = "its name and its examples are for the tests"))]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Join {
    id: String,
    #[serde(default)]
    before: Vec<String>,
    between: Vec<String>,
    alike: bool,
    #[serde(default)]
    unless: Vec<String>,
    examples: Vec<Example>,
    counter: Vec<String>,
}

/// A sentence and the one interval in it.
#[cfg_attr(not(test), expect(dead_code, reason = "examples are for the tests"))]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    dct: Option<NaiveDate>,
    value: String,
}

impl Joins {
    /// The joins of a language, read once.
    fn of(language: Language) -> &'static Self {
        static READ: [OnceLock<Joins>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        READ[language as usize].get_or_init(|| {
            toml::from_str(language.time_rules().intervals).expect("interval.toml is compiled in and tested")
        })
    }
}

/// The intervals among `timexes`, sorted by start; `text` is what their spans lie in.
///
/// No expression belongs to two intervals, and an interval begins before it ends.
#[must_use]
pub fn intervals(text: &str, timexes: &[Timex], language: Language) -> Vec<Interval> {
    let joins = Joins::of(language);
    let mut found = Vec::new();
    let mut at = 0;
    while at + 1 < timexes.len() {
        let (begin, end) = (&timexes[at], &timexes[at + 1]);
        let join = joins.between(text, begin.span, end.span);
        let next = timexes.get(at + 2).and_then(|third| joins.between(text, end.span, third.span));
        // "2019-2020-2021" is a list: nobody knows which two are the ends.
        let listed = join.is_some_and(|join| next.is_some_and(|next| std::ptr::eq(next, join)));
        if listed {
            at += 2;
            while at + 1 < timexes.len()
                && joins.between(text, timexes[at].span, timexes[at + 1].span).is_some()
            {
                at += 1;
            }
        } else if join.is_some_and(|join| lasts(begin, end, join.alike)) {
            found.push(Interval { begin: at, end: at + 1, span: begin.span.cover(end.span) });
            at += 1;
        }
        at += 1;
    }
    found
}

/// Dates an end that hangs on the publication or the speaking from the other end of its interval: the
/// year of "May 3 to May 9, 2024", the Friday of "Monday to Friday".
pub(crate) fn settle(text: &str, found: &mut [Found], language: Language) {
    let joins = Joins::of(language);
    for at in 1..found.len() {
        let [begin, end] = &mut found[at - 1..=at] else { continue };
        if joins.between(text, begin.timex.span, end.timex.span).is_none() {
            continue;
        }
        match (begin.relative, end.relative) {
            (None, Some(hanging)) => follow(end, hanging, begin.timex.value, Lean::After),
            (Some(hanging), None) => follow(begin, hanging, end.timex.value, Lean::Before),
            (Some(first), Some(last)) if reversed(begin.timex.value, end.timex.value) => {
                let long_past = matches!(last.period, Period::Month(_, Lean::Past | Lean::Before));
                if long_past {
                    move_to(begin, first, end.timex.value, Lean::Before);
                } else {
                    move_to(end, last, begin.timex.value, Lean::After);
                }
                // Which of the two was wrong is a guess.
                for each in [begin, end] {
                    each.timex.confidence = each.timex.confidence.min(MOVED);
                }
            }
            (None, None)
                if reversed(begin.timex.value, end.timex.value)
                    && end.timex.provenance != Provenance::Editor =>
            {
                // The sentence's year was taken for one that the interval has gone past.
                let year = begin.timex.value.begin_end().map(|(first, _)| first.year());
                let own = year.is_none_or(|year| names_year(end.timex.span.of(text), year));
                end.timex.value = next_year(end.timex.value).filter(|_| !own).unwrap_or(end.timex.value);
            }
            _ => {}
        }
    }
}

/// The same day or month a year later.
fn next_year(value: Value) -> Option<Value> {
    match value {
        Value::Day(day) => day.with_year(day.year().checked_add(1)?).map(Value::Day),
        Value::Month(year, month) => Some(Value::Month(year.checked_add(1)?, month)),
        _ => None,
    }
}

/// The day, month or weekday on that side of `other`; no other period is looked for anew.
fn beside(hanging: Relative, other: Value, lean: Lean) -> Option<Value> {
    let (first, last) = other.begin_end().filter(|_| !matches!(other, Value::Time(_, Clock::At { .. })))?;
    let period = match hanging.period {
        Period::Weekday(day, _) => Period::Weekday(day, lean),
        Period::MonthDay(month, day, _) => Period::MonthDay(month, day, lean),
        Period::Month(month, _) => Period::Month(month, lean),
        _ => return None,
    };
    let anchor = if lean == Lean::After { first } else { last };
    Some(Relative { period, ..hanging }.resolve(anchor)).filter(|value| value.begin_end().is_some())
}

/// Dates what hangs on the publication from the other end, which the text itself fixes.
fn follow(found: &mut Found, hanging: Relative, other: Value, lean: Lean) {
    if let Some(value) = beside(hanging, other, lean) {
        found.timex.value = value;
        found.relative = None;
    }
}

/// The same where both ends hang on the publication and would come in the wrong order.
fn move_to(found: &mut Found, hanging: Relative, other: Value, lean: Lean) {
    if let Some(value) = beside(hanging, other, lean) {
        found.timex.value = value;
    }
}

fn reversed(begin: Value, end: Value) -> bool {
    matches!((begin.begin_end(), end.begin_end()), (Some(begin), Some(end)) if end.0 < begin.0)
}

/// Whether something can last from `begin` to `end`.
fn lasts(begin: &Timex, end: &Timex, alike: bool) -> bool {
    let open = |t: &Timex| matches!(t.modifier, Some(Modifier::Before | Modifier::After));
    let dated = |t: &Timex| matches!(t.kind, Kind::Date | Kind::Time) && !open(t);
    let (a, b) = (size(begin.value), size(end.value));
    let compatible = if alike { a == b } else { a.abs_diff(b) <= 2 };
    dated(begin) && dated(end) && compatible && in_order(begin.value, end.value)
}

/// Whether time passes from one dated value to another: each begins and ends before the other does.
pub(crate) fn in_order(begin: Value, end: Value) -> bool {
    let days = (begin.begin_end(), end.begin_end());
    matches!(days, (Some(first), Some(last)) if first.0 < last.0 && first.1 < last.1)
}

/// How large a dated value is: a day 0, a century 6.
fn size(value: Value) -> u8 {
    match value {
        Value::Week(..) | Value::Weekend(..) => 1,
        Value::Month(..) => 2,
        Value::Quarter(..) | Value::Half(..) | Value::Season(..) => 3,
        Value::Year(_) => 4,
        Value::Decade(_) => 5,
        Value::Century(_) => 6,
        _ => 0,
    }
}

impl Interval {
    /// The first and the last value of `timexes`.
    ///
    /// # Panics
    /// Where the interval is of other timexes: that is a bug of the caller.
    #[must_use]
    pub fn values(self, timexes: &[Timex]) -> (Value, Value) {
        (timexes[self.begin].value, timexes[self.end].value)
    }
}

/// The interval from one dated value to another as an Extended Date/Time Format string
/// (`2025-12-02/2025-12-05`, `2019/2021`); `None` for what is not dated. A time of day gives its day.
#[must_use]
pub fn edtf_interval(begin: Value, end: Value) -> Option<String> {
    let day = |value: Value, day: NaiveDate| match value {
        // A week is an interval itself, and an interval of intervals is none.
        Value::Week(..) | Value::Weekend(..) | Value::Time(..) => Value::Day(day).edtf(),
        _ => value.edtf(),
    };
    let (first, last) = (begin.begin_end()?.0, end.begin_end()?.1);
    Some(format!("{}/{}", day(begin, first)?, day(end, last)?))
}

impl Joins {
    /// The join that the text around two spans writes.
    fn between(&self, text: &str, begin: Span, end: Span) -> Option<&Join> {
        let gap = text.get(begin.end as usize..end.start as usize)?;
        let genitive = text[end.end as usize..].starts_with(['\'', '’']);
        if gap.len() > LONGEST_GAP || gap.matches('\n').count() > 1 || genitive {
            return None;
        }
        let words = self.words_of_gap(gap);
        let mut before: Option<Vec<String>> = None;
        self.join.iter().find(|join| {
            let joined = join.between.iter().any(|one| match &words {
                Some(words) => words == one,
                None => gap == one,
            });
            joined && {
                let before = before.get_or_insert_with(|| words_before(text, begin.start));
                self.opens(join, before) && !before.iter().any(|word| join.unless.contains(word))
            }
        })
    }

    /// The words of a gap between blanks, without a comma before and what is skipped behind them;
    /// `None` for a mark.
    fn words_of_gap(&self, gap: &str) -> Option<String> {
        let inner = gap.strip_prefix(',').unwrap_or(gap);
        if !inner.starts_with(char::is_whitespace) || !inner.ends_with(char::is_whitespace) {
            return None;
        }
        let lower = inner.to_lowercase();
        let mut words: Vec<&str> = lower.split_whitespace().collect();
        while words.len() > 1 && words.last().is_some_and(|word| self.skips(word)) {
            words.pop();
        }
        words.iter().any(|word| word.chars().all(char::is_alphabetic)).then(|| words.join(" "))
    }

    /// Whether what a join wants before the first date stands there; `before` is nearest first.
    fn opens(&self, join: &Join, before: &[String]) -> bool {
        let word = before.iter().find(|word| !self.skips(word));
        join.before.is_empty() || word.is_some_and(|word| join.before.contains(word))
    }

    fn skips(&self, word: &str) -> bool {
        self.skip.iter().any(|skip| skip == word)
    }
}

/// The words before a place in its sentence, in small letters, the nearest first.
fn words_before(text: &str, at: u32) -> Vec<String> {
    let at = at as usize;
    let from = (at.saturating_sub(LOOKED_BACK)..=at).find(|i| text.is_char_boundary(*i)).unwrap_or(at);
    let before = &text[from..at];
    let sentence = before.rfind(['.', '?', '!', ';', ':', '\n']).map_or(before, |i| &before[i + 1..]);
    sentence
        .split(|c: char| c.is_whitespace())
        .rev()
        .filter(|word| !word.is_empty())
        .take(WORDS_BACK)
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tag;
    use super::*;
    use crate::annotate::Options;

    fn found(text: &str, dct: Option<NaiveDate>, language: Language) -> Vec<String> {
        let dct = dct.or_else(|| "2025-12-06".parse().ok());
        let options = Options { dct, language, ..Options::default() };
        let timexes: Vec<Timex> = tag(text, &[], &options).into_iter().map(|f| f.timex).collect();
        let found = intervals(text, &timexes, language);
        let value = |(begin, end)| edtf_interval(begin, end).unwrap();
        found.iter().map(|interval| value(interval.values(&timexes))).collect()
    }

    #[test]
    fn each_join_does_what_its_examples_say() {
        let mut wrong = Vec::new();
        let joins = Language::ALL.iter().flat_map(|l| Joins::of(*l).join.iter().map(|join| (*l, join)));
        for (language, join) in joins {
            assert!(!join.examples.is_empty() && !join.counter.is_empty(), "{}", join.id);
            for example in &join.examples {
                let got = found(&example.text, example.dct, language);
                if got != [example.value.as_str()] {
                    wrong.push(format!("{}: {} gives {got:?}", join.id, example.text));
                }
            }
            for counter in &join.counter {
                let got = found(counter, None, language);
                if !got.is_empty() {
                    wrong.push(format!("{}: {counter} gives {got:?}", join.id));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn ends_of_which_one_had_to_be_moved_are_not_certain() {
        let options = Options { dct: "2025-12-03".parse().ok(), ..Options::default() };
        let text = "The booth is staffed Monday to Friday.";
        let timexes: Vec<Timex> = tag(text, &[], &options).into_iter().map(|f| f.timex).collect();
        assert_eq!(timexes[1].value.to_string(), "2025-12-05");
        assert!(timexes.iter().all(|t| t.confidence < 0.8), "{timexes:?}");
    }

    #[test]
    fn an_interval_is_written_at_the_precision_of_its_ends() {
        for (begin, end, expected) in [
            ("2025-12-02", "2025-12-05", Some("2025-12-02/2025-12-05")),
            ("2025-12-02T09:00", "2025-12-05TEV", Some("2025-12-02/2025-12-05")),
            ("2025-W49", "2025-W50", Some("2025-12-01/2025-12-14")),
            ("2019", "2021-06", Some("2019/2021-06")),
            ("2019-SP", "2021-WI", Some("2019-21/2021-24")),
            ("PAST_REF", "2021", None),
        ] {
            let value = |text: &str| text.parse::<Value>().unwrap();
            assert_eq!(edtf_interval(value(begin), value(end)).as_deref(), expected);
        }
    }

    #[test]
    fn long_lists_of_dates_are_read_in_linear_time() {
        for text in
            ["1961-".repeat(20_000), "from Monday to ".repeat(20_000), "2019 to 2020 to ".repeat(9_000)]
        {
            let _ = found(&text, None, Language::English);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_intervals_that_begin_before_they_end(
            text in "(\\PC|Monday|Friday|May|Dec 5|2019|2021| |-|–| to | and |from |between |until ){0,30}"
        ) {
            let options = Options { dct: "2025-12-06".parse().ok(), ..Options::default() };
            let timexes: Vec<Timex> = tag(&text, &[], &options).into_iter().map(|f| f.timex).collect();
            let found = intervals(&text, &timexes, Language::English);
            for interval in &found {
                let (begin, end) = interval.values(&timexes);
                proptest::prop_assert!(begin.begin_end().unwrap() < end.begin_end().unwrap());
                proptest::prop_assert!(edtf_interval(begin, end).is_some());
                proptest::prop_assert!(text.get(interval.span.range()).is_some());
            }
            proptest::prop_assert!(found.windows(2).all(|w| w[0].end < w[1].begin));
        }
    }
}
