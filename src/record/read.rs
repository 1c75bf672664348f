//! [`annotations`]: reads the written form back, as other engines hand it in.

use std::collections::HashMap;

use serde::Deserialize;

use super::written::SCHEMA;
use crate::annotate::timex::{Anchor, Interval, Kind, Modifier, Timex, Value, in_order};
use crate::annotate::{
    Act, Annotations, Basis, Form, Mention, Person, Provenance, Quote, SaidOn, Speaker, SpeakerKind, Venue,
};
use crate::text::{CodePoints, Span};

/// Why a written record cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrittenError {
    /// It is no JSON of the schema's shape.
    #[error("not a written record: {0}")]
    BadJson(String),
    /// It is of another version.
    #[error("schema {0} is not read; this program reads schema {SCHEMA}")]
    Schema(u32),
    /// It was made of another text.
    #[error("the record was made of another text than the entry has now")]
    OtherText,
    /// A place lies outside the text.
    #[error("{0} {1}..{2} lies outside the text")]
    Outside(&'static str, u32, u32),
    /// A word that the schema does not have at this key.
    #[error("`{1}` is no value of `{0}`")]
    BadWord(&'static str, String),
    /// A quotation without words.
    #[error("the quotation `{0}` has no content")]
    NoContent(String),
    /// A confidence that is no number from 0 to 1.
    #[error("the confidence of `{0}` is not between 0 and 1")]
    BadConfidence(String),
}

/// The id of a written record and its annotations of `text`, the text of the entry.
///
/// Sentences are no part of the written form: the list is empty, and whoever has the document
/// fills it. Everything else is sorted as [`Annotations`] wants it.
///
/// # Errors
/// [`WrittenError`], where the record is of another shape, version or text.
pub fn annotations(json: &str, text: &str) -> Result<(String, Annotations), WrittenError> {
    let read: ReadRecord = serde_json::from_str(json).map_err(|e| WrittenError::BadJson(e.to_string()))?;
    if read.schema != SCHEMA {
        return Err(WrittenError::Schema(read.schema));
    }
    if read.text.is_some_and(|own| own != text) {
        return Err(WrittenError::OtherText);
    }
    let places = Places(CodePoints::new(text));
    let mut annotations = Annotations::default();
    for person in read.people {
        places.person(person, &mut annotations)?;
    }
    let people = annotations.people.len();
    let quotes: Result<_, _> = read.quotes.into_iter().map(|q| places.quote(q, people)).collect();
    annotations.quotes = quotes?;
    let timexes: Result<Vec<(Timex, String)>, _> = read.dates.into_iter().map(|d| places.timex(d)).collect();
    let mut timexes = timexes?;
    timexes.sort_by_key(|(timex, _)| timex.span);
    let ids: HashMap<&str, usize> = timexes.iter().enumerate().map(|(n, (_, id))| (id.as_str(), n)).collect();
    for interval in &read.intervals {
        annotations.intervals.push(places.interval(interval, &ids, &timexes)?);
    }
    annotations.timexes = timexes.into_iter().map(|(timex, _)| timex).collect();
    annotations.intervals.sort_by_key(|i| i.span);
    annotations.mentions.sort_by_key(|m| m.span);
    annotations.quotes.sort_by_key(|q| q.content[0]);
    Ok((read.id, annotations))
}

#[derive(Deserialize)]
struct ReadRecord {
    schema: u32,
    id: String,
    text: Option<String>,
    people: Vec<ReadPerson>,
    quotes: Vec<ReadQuote>,
    dates: Vec<ReadDate>,
    #[serde(default)]
    intervals: Vec<ReadInterval>,
}

#[derive(Deserialize)]
struct ReadPerson {
    name: String,
    kind: String,
    roles: Vec<String>,
    mentions: Vec<[u32; 2]>,
    #[serde(default)]
    profile: Option<String>,
}

#[derive(Deserialize)]
struct ReadQuote {
    id: String,
    act: String,
    form: String,
    source: Vec<[u32; 2]>,
    cue: Vec<[u32; 2]>,
    content: Vec<[u32; 2]>,
    speaker: Option<ReadSpeaker>,
    said_on: Option<String>,
    said_on_basis: Option<String>,
    venue: Option<ReadWords>,
    told_to: Option<ReadWords>,
    confidence: f32,
    provenance: String,
    #[serde(default)]
    repeats: Option<String>,
}

#[derive(Deserialize)]
struct ReadSpeaker {
    id: Option<String>,
    name: String,
    kind: String,
}

#[derive(Deserialize)]
struct ReadWords {
    span: [u32; 2],
    text: String,
}

#[derive(Deserialize)]
struct ReadDate {
    id: String,
    start: u32,
    end: u32,
    #[serde(rename = "type")]
    kind: String,
    value: String,
    #[serde(rename = "mod")]
    modifier: Option<String>,
    #[serde(default)]
    anchor: Option<String>,
    confidence: f32,
    provenance: String,
}

#[derive(Deserialize)]
struct ReadInterval {
    begin: String,
    end: String,
    span: [u32; 2],
}

/// The text that offsets are places in.
struct Places<'t>(CodePoints<'t>);

impl Places<'_> {
    fn span(&self, what: &'static str, pair: [u32; 2]) -> Result<Span, WrittenError> {
        let span = self.0.span(pair).filter(|span| !span.is_empty());
        span.ok_or(WrittenError::Outside(what, pair[0], pair[1]))
    }

    fn spans(&self, what: &'static str, pairs: &[[u32; 2]]) -> Result<Vec<Span>, WrittenError> {
        let mut spans = pairs.iter().map(|p| self.span(what, *p)).collect::<Result<Vec<_>, _>>()?;
        spans.sort();
        Ok(spans)
    }

    fn person(&self, person: ReadPerson, into: &mut Annotations) -> Result<(), WrittenError> {
        let index = into.people.len();
        let kind = word("kind", &person.kind, &SpeakerKind::ALL, SpeakerKind::name)?;
        for span in self.spans("mention", &person.mentions)? {
            into.mentions.push(Mention { span, person: index });
        }
        let ReadPerson { name, roles, profile, .. } = person;
        into.people.push(Person { name, kind, roles, profile });
        Ok(())
    }

    fn quote(&self, quote: ReadQuote, people: usize) -> Result<Quote, WrittenError> {
        let content = self.spans("content", &quote.content)?;
        if content.is_empty() {
            return Err(WrittenError::NoContent(quote.id));
        }
        Ok(Quote {
            act: word("act", &quote.act, &[Act::Statement, Act::Position, Act::None], Act::name)?,
            form: word("form", &quote.form, &[Form::Direct, Form::Mixed, Form::Indirect], Form::name)?,
            why: None,
            source: self.spans("source", &quote.source)?,
            cue: self.spans("cue", &quote.cue)?,
            content,
            speaker: quote.speaker.map(|s| speaker(s, people)).transpose()?,
            said_on: said_on(quote.said_on, quote.said_on_basis)?,
            venue: quote.venue.map(|v| self.venue(v)).transpose()?,
            told_to: quote.told_to.map(|t| self.span("told_to", t.span)).transpose()?,
            repeats: quote.repeats,
            confidence: confidence(quote.confidence, &quote.id)?,
            provenance: provenance(&quote.provenance)?,
            id: quote.id,
        })
    }

    fn venue(&self, venue: ReadWords) -> Result<Venue, WrittenError> {
        Ok(Venue { span: self.span("venue", venue.span)?, text: venue.text })
    }

    /// A date and its id.
    fn timex(&self, date: ReadDate) -> Result<(Timex, String), WrittenError> {
        let modifier = date.modifier.as_deref().map(|m| word("mod", m, MODIFIERS, Modifier::name));
        let anchors = [Anchor::Publication, Anchor::Speaking, Anchor::Text];
        let anchor = date.anchor.as_deref().map(|a| word("anchor", a, &anchors, Anchor::name));
        let timex = Timex {
            span: self.span("date", [date.start, date.end])?,
            kind: word("type", &date.kind, &[Kind::Date, Kind::Time, Kind::Duration, Kind::Set], Kind::name)?,
            value: value("value", &date.value)?,
            modifier: modifier.transpose()?,
            anchor: anchor.transpose()?,
            confidence: confidence(date.confidence, &date.id)?,
            provenance: provenance(&date.provenance)?,
        };
        Ok((timex, date.id))
    }

    /// An interval; its ends are dates of the record, and the first comes before the last.
    fn interval(
        &self,
        read: &ReadInterval,
        ids: &HashMap<&str, usize>,
        timexes: &[(Timex, String)],
    ) -> Result<Interval, WrittenError> {
        let index = |key, id: &String| {
            ids.get(id.as_str()).copied().ok_or_else(|| WrittenError::BadWord(key, id.clone()))
        };
        let (begin, end) = (index("interval.begin", &read.begin)?, index("interval.end", &read.end)?);
        if !in_order(timexes[begin].0.value, timexes[end].0.value) {
            return Err(WrittenError::BadWord("interval.end", read.end.clone()));
        }
        Ok(Interval { begin, end, span: self.span("interval", read.span)? })
    }
}

const MODIFIERS: &[Modifier] = &[
    Modifier::Before,
    Modifier::After,
    Modifier::Start,
    Modifier::Mid,
    Modifier::End,
    Modifier::Approx,
    Modifier::LessThan,
    Modifier::MoreThan,
    Modifier::EqualOrLess,
    Modifier::EqualOrMore,
];

/// The one of `known` that the schema writes as `text`.
fn word<T: Copy>(
    key: &'static str,
    text: &str,
    known: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, WrittenError> {
    let found = known.iter().copied().find(|one| name(*one) == text);
    found.ok_or_else(|| WrittenError::BadWord(key, text.to_owned()))
}

fn value(key: &'static str, text: &str) -> Result<Value, WrittenError> {
    text.parse().map_err(|_| WrittenError::BadWord(key, text.to_owned()))
}

fn provenance(text: &str) -> Result<Provenance, WrittenError> {
    let known = [Provenance::Rule, Provenance::Model, Provenance::Editor];
    word("provenance", text, &known, Provenance::name)
}

fn confidence(confidence: f32, id: &str) -> Result<f32, WrittenError> {
    let fits = (0.0..=1.0).contains(&confidence);
    if fits { Ok(confidence) } else { Err(WrittenError::BadConfidence(id.to_owned())) }
}

/// A speaker; the local id counts people from 1.
fn speaker(speaker: ReadSpeaker, people: usize) -> Result<Speaker, WrittenError> {
    let person = speaker.id.map(|id| {
        let number: Option<usize> = id.strip_prefix('p').and_then(|n| n.parse().ok());
        let index = number.and_then(|n| n.checked_sub(1)).filter(|index| *index < people);
        index.ok_or(WrittenError::BadWord("speaker.id", id))
    });
    let kind = word("speaker.kind", &speaker.kind, &SpeakerKind::ALL, SpeakerKind::name)?;
    Ok(Speaker { person: person.transpose()?, name: speaker.name, kind })
}

/// A day of speaking; one without a basis has the weakest.
fn said_on(said_on: Option<String>, basis: Option<String>) -> Result<Option<SaidOn>, WrittenError> {
    let Some(said_on) = said_on else { return Ok(None) };
    let known = [Basis::Text, Basis::SameRemarks, Basis::Context, Basis::Editor];
    let basis = basis.map(|b| word("said_on_basis", &b, &known, Basis::name)).transpose()?;
    Ok(Some(SaidOn { value: value("said_on", &said_on)?, basis: basis.unwrap_or(Basis::Context) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Record;
    use crate::record::sample::{Sample, day};
    use crate::record::written::to_json;

    fn record() -> Record {
        let speaker = Speaker { person: None, name: "envoys".into(), kind: SpeakerKind::Group };
        let sample = Sample::new("a", "“Ja”, sagte Ané Lie in Köln am Montag. “Né”, sagten die Boten.")
            .person("Ané Lie", "Ministerin", &["Ané Lie"])
            .quote("q-1", 0, "Ané Lie", &["“Ja”"])
            .said(day(2025, 12, 1))
            .date("Köln", Value::Year(2024))
            .date("Montag", Value::Day(day(2025, 12, 1)))
            .interval(0, 1);
        let (venue, cue) = (sample.at("in Köln"), sample.at("sagte"));
        let sample = sample.last(|q| {
            (q.cue, q.told_to) = (vec![cue], Some(cue));
            q.venue = Some(Venue { span: venue, text: "in Köln".into() });
        });
        let mut sample = sample.quote_of("q-2", Some(speaker), "die Boten", &["“Né”"]);
        sample.record.annotations.timexes[1].anchor = Some(Anchor::Publication);
        sample.record.annotations.timexes[0].provenance = Provenance::Editor;
        sample.record.annotations.people[0].profile = Some("ane-lie".into());
        let first = &mut sample.record.annotations.quotes[0];
        (first.provenance, first.confidence) = (Provenance::Editor, 1.0);
        first.said_on.as_mut().unwrap().basis = Basis::Editor;
        sample.last(|q| (q.act, q.repeats) = (Act::Position, Some("q-1".into()))).record
    }

    #[test]
    fn what_is_written_is_read_back() {
        let record = record();
        let text = &record.article.document.text;
        let mut expected = record.annotations.clone();
        expected.sentences.clear();
        for with_text in [true, false] {
            let read = annotations(&to_json(&record, with_text), text).unwrap();
            assert_eq!(read, ("a".to_owned(), expected.clone()));
        }
    }

    #[test]
    fn what_does_not_fit_is_said_to_the_letter() {
        let record = record();
        let json = to_json(&record, true);
        for (from, to, message) in [
            ("\"schema\":1", "\"schema\":2", "schema 2 is not read; this program reads schema 1"),
            ("“Ja”, sagte", "“Ja“, sagte", "the record was made of another text than the entry has now"),
            ("\"content\":[[0,4]]", "\"content\":[]", "the quotation `q-1` has no content"),
            ("\"content\":[[0,4]]", "\"content\":[[4,99]]", "content 4..99 lies outside the text"),
            ("\"content\":[[0,4]]", "\"content\":[[4,0]]", "content 4..0 lies outside the text"),
            ("\"act\":\"position\"", "\"act\":\"lie\"", "`lie` is no value of `act`"),
            (
                "\"id\":\"p1\",\"name\":\"Ané Lie\",\"kind\":\"person\"},",
                "\"id\":\"p2\",\"name\":\"\",\"kind\":\"person\"},",
                "`p2` is no value of `speaker.id`",
            ),
            ("\"anchor\":\"publication\"", "\"anchor\":\"moon\"", "`moon` is no value of `anchor`"),
            ("\"begin\":\"t1\"", "\"begin\":\"t9\"", "`t9` is no value of `interval.begin`"),
            ("\"end\":\"t2\"", "\"end\":\"t1\"", "`t1` is no value of `interval.end`"),
            ("\"said_on\":\"2025-12-01\"", "\"said_on\":\"soon\"", "`soon` is no value of `said_on`"),
            ("\"confidence\":1.0", "\"confidence\":1.5", "the confidence of `q-1` is not between 0 and 1"),
            ("\"people\"", "\"persons\"", "not a written record: missing field `people` at line 1 column "),
        ] {
            let changed = json.replacen(from, to, 1);
            assert_ne!(changed, json, "{from}");
            let error = annotations(&changed, &record.article.document.text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
