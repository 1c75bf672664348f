//! The written form of a record: JSON schema 1.
//!
//! Entry points: [`to_json`] and [`error_line`]. Every offset is in code points.
//!
//! A date of `dates` has its TIMEX3 `type`, `value` and `mod`. Beside them stand `begin_day` and
//! `end_day`, the first and the last day of what is wider than a day (a season, a week, a decade;
//! `null` for a day and for what is no date), and `anchor`, what the value is told from:
//! `publication`, `speaking`, `text` (another date of the article), or `null` where the words fix it
//! themselves. (`start` and `end` are offsets.)
//!
//! A person of `people` has a `profile` where an editor has said by the id in people.toml who it is.
//!
//! An interval of `intervals` stretches from one date to another, by their ids, as `beginPoint` and
//! `endPoint` of TIMEX3 do; its `value` is an interval in EDTF (ISO 8601-2):
//! `{"id":"i1","begin":"t1","end":"t2","span":[9,16],"text":"Dec 2-5","value":"2025-12-02/2025-12-05"}`.

use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;

use super::places::Places;
use super::{Reading, Record};
use crate::annotate::timex::{Anchor, Interval, Timex, edtf_interval};
use crate::annotate::{Quote, Speaker};
use crate::text::{CodePoints, Credit, Dateline, Span, Zone, ZoneKind};

/// The version of the schema.
pub const SCHEMA: u32 = 1;

/// `record` as one line of JSON; its id is the stem of the entry's path (`index.md`: the folder).
///
/// `with_text` adds the article's text, which offsets count in.
#[must_use]
pub fn to_json(record: &Record, with_text: bool) -> String {
    to_json_as(&stem(&record.article.path), record, with_text)
}

/// The same with an id of the caller's, for texts that are no files.
#[must_use]
pub fn to_json_as(id: &str, record: &Record, with_text: bool) -> String {
    let writer = Writer::of(record);
    serde_json::to_string(&writer.record(id, with_text)).expect("strings and numbers always serialise")
}

/// The answer to a line that could not be read; `line` counts from 1.
#[must_use]
pub fn error_line(id: Option<&str>, code: &str, message: &str, line: usize) -> String {
    let answer = ErrorLine { id, error: ErrorBody { code, message, line } };
    serde_json::to_string(&answer).expect("strings and numbers always serialise")
}

#[derive(Serialize)]
struct ErrorLine<'e> {
    id: Option<&'e str>,
    error: ErrorBody<'e>,
}

#[derive(Serialize)]
struct ErrorBody<'e> {
    code: &'e str,
    message: &'e str,
    line: usize,
}

#[derive(Serialize)]
struct WrittenRecord<'r> {
    schema: u32,
    id: &'r str,
    date: Option<NaiveDate>,
    title: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'r str>,
    zones: Vec<WrittenZone>,
    dateline: Option<WrittenDateline<'r>>,
    credit: Option<WrittenCredit<'r>>,
    people: Vec<WrittenPerson<'r>>,
    quotes: Vec<WrittenQuote<'r>>,
    dates: Vec<WrittenDate<'r>>,
    intervals: Vec<WrittenInterval<'r>>,
}

#[derive(Serialize)]
struct WrittenZone {
    kind: &'static str,
    span: [u32; 2],
}

#[derive(Serialize)]
struct WrittenDateline<'r> {
    span: [u32; 2],
    place: &'r str,
    date: Option<String>,
}

#[derive(Serialize)]
struct WrittenCredit<'r> {
    span: [u32; 2],
    outlets: &'r [String],
}

#[derive(Serialize)]
struct WrittenPerson<'r> {
    id: String,
    name: &'r str,
    kind: &'static str,
    roles: &'r [String],
    mentions: Vec<[u32; 2]>,
    /// The id in people.toml that an editor has given.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'r str>,
}

#[derive(Serialize)]
struct WrittenQuote<'r> {
    id: &'r str,
    act: &'static str,
    form: &'static str,
    source: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
    speaker: Option<WrittenSpeaker<'r>>,
    said_on: Option<String>,
    said_on_basis: Option<&'static str>,
    venue: Option<Words>,
    told_to: Option<Words>,
    confidence: f32,
    provenance: &'static str,
    /// The quotation that says the same and is counted instead.
    repeats: Option<&'r str>,
    /// Whether it stands in the summary before the story.
    standfirst: bool,
}

#[derive(Serialize)]
struct WrittenSpeaker<'r> {
    id: Option<String>,
    name: &'r str,
    kind: &'static str,
}

#[derive(Serialize)]
struct Words {
    span: [u32; 2],
    text: String,
}

#[derive(Serialize)]
struct WrittenDate<'r> {
    id: String,
    start: u32,
    end: u32,
    text: &'r str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
    #[serde(rename = "mod")]
    modifier: Option<&'static str>,
    /// The first day of what is wider than a day.
    begin_day: Option<NaiveDate>,
    /// Its last day.
    end_day: Option<NaiveDate>,
    /// What the value is told from.
    anchor: Option<&'static str>,
    confidence: f32,
    provenance: &'static str,
}

#[derive(Serialize)]
struct WrittenInterval<'r> {
    id: String,
    /// The id of the date with which it begins.
    begin: String,
    /// The id of the date with which it ends.
    end: String,
    span: [u32; 2],
    text: &'r str,
    /// In EDTF.
    value: Option<String>,
}

/// One record while it is written.
struct Writer<'r> {
    record: &'r Record,
    offsets: CodePoints<'r>,
    reading: Reading<'r>,
    standfirst: Places,
}

impl<'r> Writer<'r> {
    fn of(record: &'r Record) -> Self {
        let document = &record.article.document;
        Self {
            record,
            offsets: CodePoints::new(&document.text),
            reading: Reading::of(document),
            standfirst: Places::of_kind(&document.zones, ZoneKind::Standfirst),
        }
    }

    fn record(&self, id: &'r str, with_text: bool) -> WrittenRecord<'r> {
        let (article, annotations) = (&self.record.article, &self.record.annotations);
        let title = &article.meta.title;
        WrittenRecord {
            schema: SCHEMA,
            id,
            date: article.meta.date.map(|d| d.day),
            title: (!title.derived).then_some(title.text.as_str()),
            text: with_text.then_some(article.document.text.as_str()),
            zones: article.document.zones.iter().map(|z| self.zone(z)).collect(),
            dateline: article.document.dateline.as_ref().map(|d| self.dateline(d)),
            credit: article.document.credit.as_ref().map(|c| self.credit(c)),
            people: self.people(),
            quotes: annotations.quotes.iter().map(|q| self.quote(q)).collect(),
            dates: annotations.timexes.iter().enumerate().map(|(i, t)| self.date(i, t)).collect(),
            intervals: annotations.intervals.iter().enumerate().map(|(i, v)| self.interval(i, *v)).collect(),
        }
    }

    fn zone(&self, zone: &Zone) -> WrittenZone {
        WrittenZone { kind: zone.kind.name(), span: self.offsets.pair(zone.span) }
    }

    /// The day of a dateline is told where a date was found at it.
    fn dateline(&self, dateline: &'r Dateline) -> WrittenDateline<'r> {
        let timexes = &self.record.annotations.timexes;
        let found = dateline.day.and_then(|day| timexes.iter().find(|t| t.span.overlaps(day)));
        WrittenDateline {
            span: self.offsets.pair(dateline.span),
            place: &dateline.place,
            date: found.map(|t| t.value.to_string()),
        }
    }

    fn credit(&self, credit: &'r Credit) -> WrittenCredit<'r> {
        WrittenCredit { span: self.offsets.pair(credit.span), outlets: &credit.outlets }
    }

    fn people(&self) -> Vec<WrittenPerson<'r>> {
        let annotations = &self.record.annotations;
        let mut mentions = vec![Vec::new(); annotations.people.len()];
        for mention in &annotations.mentions {
            mentions[mention.person].push(self.offsets.pair(mention.span));
        }
        let people = annotations.people.iter().zip(mentions).enumerate();
        people
            .map(|(index, (person, mentions))| WrittenPerson {
                id: person_id(index),
                name: &person.name,
                kind: person.kind.name(),
                roles: &person.roles,
                mentions,
                profile: person.profile.as_deref(),
            })
            .collect()
    }

    fn quote(&self, quote: &'r Quote) -> WrittenQuote<'r> {
        let said_on = quote.said_on.as_ref();
        WrittenQuote {
            id: &quote.id,
            act: quote.act.name(),
            form: quote.form.name(),
            source: self.pairs(&quote.source),
            cue: self.pairs(&quote.cue),
            content: self.pairs(&quote.content),
            speaker: quote.speaker.as_ref().map(speaker),
            said_on: said_on.map(|s| s.value.to_string()),
            said_on_basis: said_on.map(|s| s.basis.name()),
            venue: quote.venue.as_ref().map(|v| self.words(v.span, v.text.clone())),
            told_to: quote.told_to.map(|span| self.words(span, self.reading.words(span))),
            confidence: quote.confidence,
            provenance: quote.provenance.name(),
            repeats: quote.repeats.as_deref(),
            standfirst: quote.content.iter().any(|c| self.standfirst.touch(*c)),
        }
    }

    fn words(&self, span: Span, text: String) -> Words {
        Words { span: self.offsets.pair(span), text }
    }

    fn pairs(&self, spans: &[Span]) -> Vec<[u32; 2]> {
        spans.iter().map(|span| self.offsets.pair(*span)).collect()
    }

    fn date(&self, index: usize, timex: &Timex) -> WrittenDate<'r> {
        let [start, end] = self.offsets.pair(timex.span);
        let wide = timex.value.begin_end().filter(|(first, last)| first != last);
        WrittenDate {
            id: date_id(index),
            start,
            end,
            text: timex.span.of(&self.record.article.document.text),
            kind: timex.kind.name(),
            value: timex.value.to_string(),
            modifier: timex.modifier.map(|m| m.name()),
            begin_day: wide.map(|(first, _)| first),
            end_day: wide.map(|(_, last)| last),
            anchor: timex.anchor.map(Anchor::name),
            confidence: timex.confidence,
            provenance: timex.provenance.name(),
        }
    }

    fn interval(&self, index: usize, interval: Interval) -> WrittenInterval<'r> {
        let (begin, end) = interval.values(&self.record.annotations.timexes);
        WrittenInterval {
            id: format!("i{}", index + 1),
            begin: date_id(interval.begin),
            end: date_id(interval.end),
            span: self.offsets.pair(interval.span),
            text: interval.span.of(&self.record.article.document.text),
            value: edtf_interval(begin, end),
        }
    }
}

/// The local id of the date at `index`.
fn date_id(index: usize) -> String {
    format!("t{}", index + 1)
}

/// The local id of the person at `index`.
fn person_id(index: usize) -> String {
    format!("p{}", index + 1)
}

fn speaker(speaker: &Speaker) -> WrittenSpeaker<'_> {
    WrittenSpeaker { id: speaker.person.map(person_id), name: &speaker.name, kind: speaker.kind.name() }
}

/// The id of a record that is a file.
fn stem(path: &Path) -> String {
    let name = |path: &Path| path.file_stem().map(|s| s.to_string_lossy().into_owned());
    let own = name(path).unwrap_or_default();
    let folder = path.parent().and_then(Path::file_name).map(|f| f.to_string_lossy().into_owned());
    if own == "index" { folder.unwrap_or(own) } else { own }
}

#[cfg(test)]
mod tests;
