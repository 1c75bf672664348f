//! What stands beside a brief: who speaks ([`voices`]), when ([`when`]), and what the lines under
//! the words mean ([`Lines`]).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::annotate::timex::{Kind, Timex, Value};
use crate::library::Brief;
use crate::record::{Record, Shown};
use crate::render::SiteView;
use crate::render::cast::{Cast, Voice};
use crate::render::date::{DateView, behind};
use crate::text::fold;

/// Someone in the rail.
#[derive(Debug, Serialize)]
pub(super) struct VoiceRow<'a> {
    name: &'a str,
    path: Option<&'a str>,
    role: Option<&'a str>,
    kind: &'static str,
    hue: usize,
    counted: usize,
    unsure: usize,
    held: usize,
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
        hue: voice.hue,
        counted: voice.counted,
        unsure: voice.unsure,
        held: voice.held,
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
}

/// Words that a row shows.
const WORDS: usize = 3;

/// Dates in time order, wide ones before what lies in them.
type Rows = BTreeMap<(NaiveDate, Reverse<NaiveDate>), WhenRow>;

/// The dates of the brief in time order, wide ones before what lies in them.
pub(super) fn when(site: &SiteView<'_>, record: &Record, brief: &Brief) -> Vec<WhenRow> {
    let mut rows = Rows::new();
    let threshold = site.settings.site.threshold;
    let shown = Shown::of(record);
    for (index, timex) in record.annotations.timexes.iter().enumerate() {
        let dated = matches!(timex.kind, Kind::Date | Kind::Time) && timex.confidence >= threshold;
        if !dated || !shown.has(timex.span) {
            continue;
        }
        if let Some(row) = row_of(&mut rows, site, timex.value) {
            row.first.get_or_insert_with(|| format!("t{}", index + 1));
            add_words(row, timex, &record.article.document.text, brief.published.day);
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
fn add_words(row: &mut WhenRow, timex: &Timex, text: &str, published: NaiveDate) {
    let words = timex.span.of(text);
    let known = |other: &str| fold::words(other) == fold::words(words);
    let says_day = timex.value.day().is_some() && behind(words, timex.value, Some(published)).is_none();
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
    Some(rows.entry((begin, Reverse(end))).or_insert_with(|| WhenRow {
        date: DateView::value(value, site.value_path(value)),
        words: Vec::new(),
        said: 0,
        published: false,
        first: None,
    }))
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
