//! The last step: what was found becomes [`Annotations`] in the document's coordinates.
//!
//! Entry point: [`annotations`].

use std::collections::HashMap;

use super::Language;
use super::attribution::{Found, Link};
use super::person::Cast;
use super::reading::Reading;
use super::speaker::Resolved;
use super::timex::{Anchor, Found as Dated, Timex, intervals, settle};
use super::{Act, Annotations, Basis, Finder, Form, Naming, Provenance, Quote, SaidOn, Why, said_on};
use crate::text::{Span, fold};

/// Everything that the steps before have found.
pub(super) struct Parts<'a, 'p> {
    pub(super) reading: &'a Reading<'p>,
    pub(super) cast: &'a Cast,
    pub(super) found: &'a [Found],
    pub(super) speakers: &'a [Resolved],
    pub(super) said_on: &'a [Option<SaidOn>],
    pub(super) repeats: &'a [Option<usize>],
    pub(super) timexes: &'a [Dated],
    /// The language of the text.
    pub(super) language: Language,
}

/// How sure a statement of the standfirst can be of the speaker whose words it sums up.
const BY_WORDING: f32 = 0.75;

/// How sure a day named inside a quotation is whose day of speaking nobody tells.
const UNANCHORED: f32 = 0.5;

/// The layers, each sorted by start.
pub(super) fn annotations(parts: &Parts<'_, '_>) -> Annotations {
    let prose = parts.reading.prose;
    let place = |span: Span| prose.in_document(span);
    let mut mentions = parts.cast.mentions(parts.reading);
    for mention in &mut mentions {
        mention.span = place(mention.span);
    }
    let ids = ids(parts);
    let mut quotes: Vec<Quote> = (0..parts.found.len()).map(|index| quote(parts, index, &ids)).collect();
    quotes.sort_by_key(|q| (q.content[0], q.cue.first().copied()));
    let mut contents: Vec<(Span, usize)> =
        parts.found.iter().enumerate().flat_map(|(i, f)| f.content.iter().map(move |c| (*c, i))).collect();
    contents.sort_unstable();
    let unclosed =
        parts.reading.quotations.iter().filter(|q| !q.closed).map(|q| place(q.parts[q.parts.len() - 1]));
    let mut dated: Vec<Dated> = parts.timexes.iter().map(|t| spoken(parts, &contents, t)).collect();
    settle(prose.text(), &mut dated, parts.language);
    let mut timexes: Vec<Timex> = dated.into_iter().map(|d| d.timex).collect();
    let mut intervals = intervals(prose.text(), &timexes, parts.language);
    timexes.iter_mut().for_each(|timex| timex.span = place(timex.span));
    intervals.iter_mut().for_each(|interval| interval.span = place(interval.span));
    Annotations {
        sentences: parts.reading.sentences.iter().map(|s| place(s.span)).collect(),
        mentions,
        people: parts.cast.members.iter().map(|m| m.person.clone()).collect(),
        quotes,
        timexes,
        intervals,
        unclosed: unclosed.collect(),
    }
}

/// The id of an attribution with this content, the first of its words in the article.
///
/// A digest of the folded words, so that it depends on no model and no mark.
#[must_use]
pub fn quote_id<'c>(content: impl IntoIterator<Item = &'c str>) -> String {
    let words: Vec<String> = content.into_iter().map(fold::words).collect();
    format!("q-{}", &blake3::hash(words.join(" ").as_bytes()).to_hex()[..8])
}

/// The id of each attribution: a digest of its content's words, numbered where it comes again.
fn ids(parts: &Parts<'_, '_>) -> Vec<String> {
    let text = parts.reading.prose.text();
    let mut times: HashMap<String, usize> = HashMap::new();
    // Numbered in the order of the text, whatever the order of the cues.
    let mut order: Vec<usize> = (0..parts.found.len()).collect();
    order.sort_by_key(|i| parts.found[*i].content.first().copied());
    let mut ids = vec![String::new(); parts.found.len()];
    for index in order {
        let id = quote_id(parts.found[index].content.iter().map(|c| c.of(text)));
        let count = times.entry(id.clone()).or_default();
        *count += 1;
        ids[index] = if *count == 1 { id } else { format!("{id}-{count}") };
    }
    ids
}

fn quote(parts: &Parts<'_, '_>, index: usize, ids: &[String]) -> Quote {
    let reading = parts.reading;
    let found = &parts.found[index];
    let place = |span: Span| reading.prose.in_document(span);
    let range = |r: &std::ops::Range<usize>| place(reading.span(r));
    let repeated = parts.repeats[index];
    let mut speaker = parts.speakers[index].speaker.clone();
    let mut confidence = found.confidence * parts.speakers[index].certainty - unclosed_doubt(reading, found);
    let mut said_on = parts.said_on[index].clone().filter(|_| found.act != Act::None);
    if let Some(original) = repeated {
        speaker = parts.speakers[original].speaker.clone().or(speaker);
        confidence = confidence.min(BY_WORDING);
        said_on = said_on.or_else(|| {
            parts.said_on[original].clone().map(|d| SaidOn { value: d.value, basis: Basis::SameRemarks })
        });
    }
    let resolved = &parts.speakers[index];
    let why = Why {
        finder: found.finder,
        naming: if repeated.is_some() { Naming::Repeat } else { resolved.naming },
        found: found.confidence,
        named: resolved.certainty,
    };
    let source = match found.link {
        Link::Shared | Link::CarriedOn => shared_source(parts, index),
        Link::Own | Link::Nobody => found.source.clone(),
    };
    let venue = said_on::venue(reading, found).map(|mut v| {
        v.span = place(v.span);
        v
    });
    Quote {
        id: ids[index].clone(),
        act: found.act,
        form: found.form,
        source: source.iter().map(range).collect(),
        cue: found.cue.iter().map(range).collect(),
        content: found.content.iter().flat_map(|c| by_paragraph(reading, *c)).map(place).collect(),
        speaker,
        said_on,
        venue,
        told_to: found.told_to.as_ref().map(range),
        repeats: repeated.map(|original| ids[original].clone()),
        confidence: (confidence * 100.0).round().clamp(0.0, 100.0) / 100.0,
        provenance: if found.finder == Finder::Model { Provenance::Model } else { Provenance::Rule },
        why: Some(why),
    }
}

/// The words that name a shared source: those of the nearest attribution before that has its own.
fn shared_source(parts: &Parts<'_, '_>, index: usize) -> Option<std::ops::Range<usize>> {
    parts.found[..index].iter().rev().take(8).find(|f| f.link == Link::Own).and_then(|f| f.source.clone())
}

/// What an unclosed quotation takes off: nobody can say where its words end.
fn unclosed_doubt(reading: &Reading<'_>, found: &Found) -> f32 {
    let open = found.form != Form::Indirect
        && found.content.iter().any(|c| {
            let last = reading.tokens.inside(*c).end.saturating_sub(1);
            reading.quotation(last).is_some_and(|q| !reading.quotations[q].closed)
        });
    if open { 0.25 } else { 0.0 }
}

/// A content cut where a paragraph ends, so that no span holds the gap between two.
fn by_paragraph(reading: &Reading<'_>, span: Span) -> Vec<Span> {
    let paragraphs = reading.prose.paragraphs();
    let first = paragraphs.partition_point(|p| p.span.end <= span.start);
    paragraphs[first..]
        .iter()
        .take_while(|p| p.span.start < span.end)
        .map(|p| Span { start: p.span.start.max(span.start), end: p.span.end.min(span.end) })
        .filter(|s| !s.is_empty())
        .collect()
}

/// A date as it is meant. Inside a quotation "today" is the day of speaking: known, or openly unsure.
fn spoken(parts: &Parts<'_, '_>, contents: &[(Span, usize)], dated: &Dated) -> Dated {
    let mut timex = dated.timex.clone();
    let quoted = parts.reading.quotation(parts.reading.tokens.from(timex.span.start)).is_some();
    if let Some(relative) = dated.relative.as_ref().filter(|_| quoted) {
        let before = contents.partition_point(|(content, _)| content.start <= timex.span.start);
        let holder =
            contents[..before].iter().rev().take(4).find(|(c, _)| c.contains(timex.span)).map(|h| h.1);
        let day = holder.and_then(|i| parts.said_on[i].as_ref()).and_then(|d| d.value.day());
        match day {
            Some(day) => {
                timex.value = relative.resolve(day);
                timex.anchor = Some(Anchor::Speaking);
                timex.confidence = timex.confidence.min(0.85);
            }
            None => timex.confidence = timex.confidence.min(UNANCHORED),
        }
    }
    Dated { timex, relative: dated.relative }
}
