//! What the dates of a brief mean and how that is known: [`readings`], the list under the text.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::annotate::Provenance;
use crate::annotate::timex::{Anchor, Interval, Kind, Timex, Value};
use crate::library::Brief;
use crate::record::{Record, Shown};
use crate::render::SiteView;
use crate::render::date::{DateView, behind};
use crate::render::words::Words;
use crate::text::{Span, fold};

/// A date as the text words it, and what it means.
#[derive(Debug, Serialize)]
pub(super) struct ReadingRow {
    /// The article's words.
    words: String,
    /// The anchor of the mention; `null` for what is not drawn in the text.
    anchor: Option<String>,
    date: DateView,
    /// How the value is known: "as written"; empty where that is not told.
    how: &'static str,
    /// Whether the annotator is unsure of it.
    unsure: bool,
}

/// The dates, times, sets and intervals that are shown, in the order of the text; what is worded and
/// meant alike stands once. An interval stands for its two ends.
pub(super) fn readings(site: &SiteView<'_>, record: &Record, brief: &Brief) -> Vec<ReadingRow> {
    let (timexes, intervals) = (&record.annotations.timexes, &record.annotations.intervals);
    let shown = Shown::of(record);
    let text = &record.article.document.text;
    let threshold = site.settings.site.threshold;
    let published = brief.published.day;
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    let mut skip = None;
    for (index, timex) in timexes.iter().enumerate().filter(|(_, timex)| is_listed(timex)) {
        if skip == Some(index) || !shown.has(timex.span) {
            continue;
        }
        let interval = at(intervals, index).filter(|interval| shown.has(interval.span));
        let row = match interval {
            Some(interval) => {
                skip = Some(interval.end);
                let (begin, end) = interval.values(timexes);
                let path = site.library.interval_page(begin, end);
                let confidence = timex.confidence.min(timexes[interval.end].confidence);
                let unsure = confidence < threshold;
                let date = DateView::interval(site.words, begin, end, path.filter(|_| !unsure));
                let told = told(timex, &timexes[interval.end]);
                let how = how(site.words, interval.span.of(text), told, published);
                row(interval.span.of(text), index, date, how, unsure)
            }
            None => {
                let unsure = timex.confidence < threshold;
                let path = site.value_path(timex.value).filter(|_| !unsure && timex.kind != Kind::Set);
                let date = DateView::value(site.words, timex.value, path);
                let mut row = row(
                    timex.span.of(text),
                    index,
                    date,
                    how(site.words, timex.span.of(text), timex, published),
                    unsure,
                );
                row.anchor = row.anchor.filter(|_| timex.kind != Kind::Set);
                row
            }
        };
        if seen.insert((fold::words(&row.words), row.date.label.clone(), row.how)) {
            rows.push(row);
        }
    }
    rows
}

/// The end of an interval by which the list says how it is known: both are told alike, or the one that
/// is told is. What an editor has checked at one end alone is not checked.
fn told<'t>(begin: &'t Timex, end: &'t Timex) -> &'t Timex {
    let by_editor = |timex: &Timex| timex.provenance == Provenance::Editor;
    match (by_editor(begin), by_editor(end)) {
        (true, false) => end,
        (false, true) => begin,
        _ => end.anchor.map_or(begin, |_| end),
    }
}

/// Whether the list names it: what is dated, and what comes again.
fn is_listed(timex: &Timex) -> bool {
    match timex.kind {
        Kind::Date | Kind::Time => timex.value.begin_end().is_some(),
        Kind::Set => !matches!(timex.value, Value::Length(..) | Value::Lengths(..)),
        Kind::Duration => false,
    }
}

fn row(words: &str, index: usize, date: DateView, how: &'static str, unsure: bool) -> ReadingRow {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    ReadingRow { words, anchor: Some(format!("t{}", index + 1)), date, how, unsure }
}

/// The interval that begins with the expression at `index`; `intervals` are in order.
pub(super) fn at(intervals: &[Interval], index: usize) -> Option<Interval> {
    intervals.binary_search_by_key(&index, |interval| interval.begin).ok().map(|found| intervals[found])
}

/// How a value is known. A record of another program may not tell.
fn how(words: &'static Words, written: &str, timex: &Timex, published: NaiveDate) -> &'static str {
    let open = |published| behind(words, written, timex.value, published);
    match timex.anchor {
        _ if timex.provenance == Provenance::Editor => words.get("brief.checked"),
        _ if timex.kind == Kind::Set => words.get("readings.comes_again"),
        None if open(None).is_none() => words.get("readings.as_written"),
        None => "",
        Some(Anchor::Publication) if open(Some(published)).is_none() => {
            words.get("readings.year_from_publication")
        }
        Some(Anchor::Publication) => words.get("readings.from_publication"),
        Some(Anchor::Speaking) if open(Some(published)).is_none() => words.get("readings.year_from_speaking"),
        Some(Anchor::Speaking) => words.get("readings.from_speaking"),
        Some(Anchor::Text) => words.get("readings.from_text"),
    }
}

/// The words of the interval that each expression is an end of, by its index.
pub(crate) fn interval_spans(record: &Record) -> Vec<Option<Span>> {
    let mut spans = vec![None; record.annotations.timexes.len()];
    for interval in &record.annotations.intervals {
        (spans[interval.begin], spans[interval.end]) = (Some(interval.span), Some(interval.span));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_says_how_it_is_known_and_no_more_than_that() {
        let published = NaiveDate::from_ymd_opt(2025, 12, 6).unwrap();
        for (words, value, anchor, expected) in [
            ("5 December 2025", "2025-12-05", None, "as written"),
            ("Dec 5", "2025-12-05", Some(Anchor::Publication), "its year told from the day of publication"),
            ("Friday", "2025-12-05", Some(Anchor::Publication), "told from the day of publication"),
            ("Dec 5", "2025-12-05", Some(Anchor::Speaking), "its year told from the day of speaking"),
            ("today", "2025-12-05", Some(Anchor::Speaking), "told from the day of speaking"),
            ("that day", "1969-07-20", Some(Anchor::Text), "told from another date of the text"),
            ("the 1960s", "196", None, "as written"),
            ("Friday", "2025-12-05", None, ""),
        ] {
            let value: Value = value.parse().unwrap();
            let timex = Timex {
                span: Span::new(0, 1),
                kind: value.kind(),
                value,
                modifier: None,
                anchor,
                confidence: 1.0,
                provenance: Provenance::Rule,
            };
            assert_eq!(how(Words::of_tag("en"), words, &timex, published), expected, "{words}");
            let checked = Timex { provenance: Provenance::Editor, ..timex.clone() };
            assert_eq!(
                how(Words::of_tag("en"), words, &checked, published),
                "checked by an editor",
                "{words}"
            );
            let half = [told(&checked, &timex), told(&timex, &checked)];
            assert!(half.iter().all(|told| told.provenance == Provenance::Rule), "{words}");
            assert_eq!(told(&checked, &checked).provenance, Provenance::Editor);
        }
    }
}
