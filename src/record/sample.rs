//! A builder of small records for tests: every place is named by its words.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::Record;
use crate::annotate::timex::{Interval, Kind, Timex, Value};
use crate::annotate::{
    Act, Annotations, Basis, Form, Mention, Person, Provenance, Quote, SaidOn, Speaker, SpeakerKind,
};
use crate::parse::{Article, Meta, Published, Title};
use crate::text::{Block, BlockKind, Document, Markup, Run, Span, Zone, ZoneKind};

/// The day `year-month-day`.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Metadata with a slug, a headline and a day, and nothing else.
pub(crate) fn meta(slug: &str, date: NaiveDate) -> Meta {
    let title = Title { text: format!("Headline of {slug}"), derived: false };
    Meta { date: Some(Published { day: date, time: None }), slug: slug.into(), ..Meta::titled(title) }
}

/// A record of wire copy whose paragraphs are lines and whose sentences end in a full stop.
pub(crate) struct Sample {
    pub(crate) record: Record,
}

impl Sample {
    pub(crate) fn new(slug: &str, text: &str) -> Self {
        let mut blocks = Vec::new();
        let mut sentences = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            if span.is_empty() {
                continue;
            }
            blocks.push(Block { kind: BlockKind::Paragraph, span, runs: vec![Run { span, reads: None }] });
            let mut from = span.start as usize;
            for sentence in span.of(text).split_inclusive(". ") {
                sentences.push(Span::new(from, from + sentence.trim_end().len()));
                from += sentence.len();
            }
        }
        let document = Document {
            text: text.into(),
            markup: Markup::Wire,
            zones: Vec::new(),
            blocks,
            dateline: None,
            credit: None,
            byline: None,
        };
        let article = Article {
            path: PathBuf::from(format!("content/{slug}.txt")),
            meta: meta(slug, day(2025, 12, 6)),
            document,
            lines_before: 0,
            headline: None,
        };
        let annotations = Annotations { sentences, ..Annotations::default() };
        Self { record: Record { article, annotations } }
    }

    /// Where `words` stand for the first time.
    pub(crate) fn at(&self, words: &str) -> Span {
        let start = self.record.article.document.text.find(words).unwrap_or_else(|| panic!("no {words}"));
        Span::new(start, start + words.len())
    }

    pub(crate) fn meta(mut self, change: impl FnOnce(&mut Meta)) -> Self {
        change(&mut self.record.article.meta);
        self
    }

    pub(crate) fn zone(mut self, kind: ZoneKind, words: &str) -> Self {
        let span = self.at(words);
        self.record.article.document.zones.push(Zone { kind, span });
        self.record.annotations.sentences.retain(|s| kind.is_prose() || !span.contains(*s));
        self
    }

    /// A person with one role, mentioned wherever `mentions` stand.
    pub(crate) fn person(mut self, name: &str, role: &str, mentions: &[&str]) -> Self {
        let person = self.record.annotations.people.len();
        let roles = if role.is_empty() { Vec::new() } else { vec![role.to_owned()] };
        self.record.annotations.people.push(Person {
            name: name.into(),
            kind: SpeakerKind::Person,
            roles,
            profile: None,
        });
        for words in mentions {
            let span = self.at(words);
            self.record.annotations.mentions.push(Mention { span, person });
        }
        self
    }

    /// A statement of a person by index, at full confidence.
    pub(crate) fn quote(self, id: &str, person: usize, source: &str, content: &[&str]) -> Self {
        let name = self.record.annotations.people[person].name.clone();
        let speaker = Speaker { person: Some(person), name, kind: SpeakerKind::Person };
        self.quote_of(id, Some(speaker), source, content)
    }

    pub(crate) fn quote_of(
        mut self,
        id: &str,
        speaker: Option<Speaker>,
        source: &str,
        content: &[&str],
    ) -> Self {
        let quote = Quote {
            id: id.into(),
            act: Act::Statement,
            form: Form::Direct,
            why: None,
            source: if source.is_empty() { Vec::new() } else { vec![self.at(source)] },
            cue: Vec::new(),
            content: content.iter().map(|words| self.at(words)).collect(),
            speaker,
            said_on: None,
            venue: None,
            told_to: None,
            repeats: None,
            confidence: 0.97,
            provenance: Provenance::Rule,
        };
        self.record.annotations.quotes.push(quote);
        self
    }

    /// Changes the last attribution.
    pub(crate) fn last(mut self, change: impl FnOnce(&mut Quote)) -> Self {
        change(self.record.annotations.quotes.last_mut().unwrap());
        self
    }

    pub(crate) fn said(self, on: NaiveDate) -> Self {
        self.last(|q| q.said_on = Some(SaidOn { value: Value::Day(on), basis: Basis::Text }))
    }

    pub(crate) fn date(mut self, words: &str, value: Value) -> Self {
        let span = self.at(words);
        self.record.annotations.timexes.push(Timex {
            span,
            kind: Kind::Date,
            value,
            modifier: None,
            anchor: None,
            confidence: 0.99,
            provenance: Provenance::Rule,
        });
        self
    }

    /// An interval from one date to another, by their indexes.
    pub(crate) fn interval(mut self, begin: usize, end: usize) -> Self {
        let timexes = &self.record.annotations.timexes;
        let span = timexes[begin].span.cover(timexes[end].span);
        self.record.annotations.intervals.push(Interval { begin, end, span });
        self
    }
}
