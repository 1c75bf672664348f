//! What stands beside a brief: who speaks ([`voices`]), when ([`when`]), and what the lines under
//! the words mean ([`Lines`]).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::readings::at;
use crate::annotate::timex::{Kind, Timex, Value};
use crate::library::Brief;
use crate::record::{Record, Shown};
use crate::render::SiteView;
use crate::render::cast::{Cast, Voice};
use crate::render::date::{DateView, behind};
use crate::render::extent::Chart;
use crate::text::fold;

/// Someone in the rail.
#[derive(Debug, Serialize)]
pub(super) struct VoiceRow<'a> {
    name: &'a str,
    path: Option<&'a str>,
    role: Option<&'a str>,
    kind: &'static str,
    /// The number of the voice, which its marks carry.
    voice: usize,
    hue: usize,
    counted: usize,
    unsure: usize,
    held: usize,
    /// Everything that is marked as theirs.
    marks: usize,
    /// What of it an editor has checked.
    checked: usize,
    /// The anchor of the first mark.
    first: &'a str,
}

/// Who speaks, in the order of the text.
pub(super) fn voices(cast: &Cast) -> Vec<VoiceRow<'_>> {
    cast.voices.iter().map(voice_row).collect()
}

fn voice_row(voice: &Voice) -> VoiceRow<'_> {
    VoiceRow {
        name: &voice.name,
        path: voice.path.as_deref(),
        role: voice.role.as_deref(),
        kind: voice.kind.name(),
        voice: voice.index,
        hue: voice.hue,
        counted: voice.counted,
        unsure: voice.unsure,
        held: voice.held,
        marks: voice.marks,
        checked: voice.checked,
        first: &voice.first,
    }
}

// ---- when ----

/// A date in the rail.
#[derive(Debug, Serialize)]
pub(super) struct WhenRow {
    date: DateView,
    /// The article's words for it, each once.
    words: Vec<String>,
    /// Statements said then.
    said: usize,
    /// Whether the brief was published then.
    published: bool,
    /// The anchor of the first mention.
    first: Option<String>,
    /// The first and the last value, the same one where it is no interval.
    #[serde(skip)]
    ends: (Value, Value),
}

/// The rows on one line; `None` where there is but one.
pub(super) fn chart(site: &SiteView<'_>, rows: &[WhenRow]) -> Option<Chart> {
    Chart::of(site.words, &rows.iter().map(|row| row.ends).collect::<Vec<_>>())
}

/// Words that a row shows.
const WORDS: usize = 3;

/// Dates in time order, wide ones before what lies in them.
type Rows = BTreeMap<(NaiveDate, Reverse<NaiveDate>, bool), WhenRow>;

/// The dates of the brief in time order, wide ones before what lies in them. The ends of an interval
/// are one row, unless the brief names them for themselves.
pub(super) fn when(site: &SiteView<'_>, record: &Record, brief: &Brief) -> Vec<WhenRow> {
    let mut rows = Rows::new();
    let threshold = site.settings.site.threshold;
    let shown = Shown::of(record);
    let (timexes, text) = (&record.annotations.timexes, &record.article.document.text);
    let dated = |timex: &Timex| {
        let date = matches!(timex.kind, Kind::Date | Kind::Time) && timex.confidence >= threshold;
        date && shown.has(timex.span)
    };
    let mut skip = None;
    for (index, timex) in timexes.iter().enumerate().filter(|(_, timex)| dated(timex)) {
        let interval = at(&record.annotations.intervals, index).filter(|i| dated(&timexes[i.end]));
        if skip == Some(index) {
            continue;
        }
        let (row, words) = match interval {
            Some(interval) => {
                skip = Some(interval.end);
                (interval_row(&mut rows, site, interval.values(timexes)), interval.span.of(text))
            }
            None => (row_of(&mut rows, site, timex.value), timex.span.of(text)),
        };
        if let Some(row) = row {
            row.first.get_or_insert_with(|| format!("t{}", index + 1));
            let day = timex.value.day().filter(|_| interval.is_none());
            let says_day =
                day.is_some() && behind(site.words, words, timex.value, Some(brief.published.day)).is_none();
            add_words(row, words, says_day);
        }
    }
    for statement in brief.statements.iter().map(|id| &site.library.statements[*id]) {
        if let Some(row) = statement.said_on.and_then(|on| row_of(&mut rows, site, on)) {
            row.said += 1;
        }
    }
    if let Some(row) = row_of(&mut rows, site, Value::Day(brief.published.day)) {
        row.published = true;
    }
    rows.into_values().collect()
}

/// Adds the words of a mention, unless the row has them, or has others and these name the day as
/// its label does.
fn add_words(row: &mut WhenRow, words: &str, says_day: bool) {
    let known = |other: &str| fold::words(other) == fold::words(words);
    let needless = says_day && !row.words.is_empty();
    let new = !needless && !known(&row.date.label) && !row.words.iter().any(|w| known(w));
    if new && row.words.len() < WORDS {
        row.words.push(words.to_owned());
    }
}

/// The row of a value; a time of day belongs to its day. Values without bounds have none.
fn row_of<'r>(rows: &'r mut Rows, site: &SiteView<'_>, value: Value) -> Option<&'r mut WhenRow> {
    let value = value.day().map_or(value, Value::Day);
    let (begin, end) = value.begin_end()?;
    let date = || DateView::value(site.words, value, site.value_path(value));
    Some(rows.entry((begin, Reverse(end), false)).or_insert_with(|| blank(date(), (value, value))))
}

/// The row of an interval.
fn interval_row<'r>(
    rows: &'r mut Rows,
    site: &SiteView<'_>,
    (begin, end): (Value, Value),
) -> Option<&'r mut WhenRow> {
    let date = || DateView::interval(site.words, begin, end, site.library.interval_page(begin, end));
    let (first, last) = (begin.begin_end()?.0, end.begin_end()?.1);
    Some(rows.entry((first, Reverse(last), true)).or_insert_with(|| blank(date(), (begin, end))))
}

fn blank(date: DateView, ends: (Value, Value)) -> WhenRow {
    WhenRow { date, words: Vec::new(), said: 0, published: false, first: None, ends }
}

// ---- lines ----

/// Which lines stand under the words of a text, for the legend.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Lines {
    exact: bool,
    reported: bool,
    held: bool,
    unsure: bool,
    date: bool,
}

impl Lines {
    /// Reads them off the text as it is drawn. The classes stand in markup alone: an author's own
    /// quotation marks are escaped in what they write.
    pub(super) fn of(html: &str) -> Self {
        let mut lines = Self {
            exact: html.contains(" class=\"exact\""),
            date: html.contains(" class=\"date"),
            ..Self::default()
        };
        lines.unsure = html.contains(" class=\"date unsure\"");
        for rest in html.split(" class=\"said").skip(1) {
            let classes = rest.split('"').next().unwrap_or_default();
            let has = |class: &str| classes.split(' ').any(|c| c == class);
            let (reported, held) = (has("reported"), has("held"));
            lines.reported |= reported;
            lines.held |= held;
            lines.exact |= !reported && !held;
            lines.unsure |= has("unsure");
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn the_legend_explains_the_lines_that_are_there() {
        let lines =
            Lines::of("<span class=\"said reported unsure h2\">x <span class=\"exact\">“y”</span></span>");
        assert_eq!(lines, Lines { exact: true, reported: true, unsure: true, ..Lines::default() });
        let lines = Lines::of("<time class=\"date\">x</time> <span class=\"said held h0\">y</span>");
        assert_eq!(lines, Lines { held: true, date: true, ..Lines::default() });
        assert_eq!(Lines::of("<p>class=&quot;said&quot;</p>"), Lines::default());
    }
}
