//! When, where and to whom something was said.
//!
//! Entry points: [`dates`] reads the day of speaking of every attribution, [`venue`] the place or
//! medium. The day of an event spoken of is never the day of speaking: only a day that stands
//! beside the cue counts, or one that plainly belongs to the same remarks.

use std::collections::HashSet;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::attribution::{Found, Link};
use super::lexicon::lexicon;
use super::occasion::occasions;
use super::only_day::{Said, conversations, only_days};
use super::person::Cast;
use super::reading::Reading;
use super::speaker::Resolved;
use super::timex::{Found as Dated, Value};
use super::{Act, Basis, SaidOn, Venue};
use crate::text::Span;

/// How long before publication a day of speaking may lie for undated words of the same speaker to
/// belong to the same remarks, in days.
const SAME_NEWS: i64 = 14;

/// How sure an attribution must be for its day to be that of other words.
pub(super) const EVIDENCE: f32 = 0.75;

/// The day of speaking of each attribution, where the article tells it.
pub(super) fn dates(
    reading: &Reading<'_>,
    found: &[Found],
    speakers: &[Resolved],
    cast: &Cast,
    timexes: &[Dated],
    dct: Option<NaiveDate>,
) -> Vec<Option<SaidOn>> {
    let mut days: Vec<Option<SaidOn>> = found
        .iter()
        .map(|f| spoken_on(reading, f, timexes))
        // Nobody is quoted with what is still to be said; a day may lie between two time zones.
        .map(|value| value.filter(|v| dct.is_none_or(|dct| begins_by(*v, dct))))
        .map(|value| value.map(|value| SaidOn { value, basis: Basis::Text }))
        .collect();
    same_remarks(reading, found, speakers, dct, &mut days);
    if let Some(dct) = dct {
        occasions(reading, found, speakers, cast, timexes, dct, &mut days);
        same_remarks(reading, found, speakers, Some(dct), &mut days);
        in_context(reading, found, timexes, dct, &mut days);
        let said = Said { reading, found, speakers, timexes, dct };
        conversations(&said, &mut days);
        only_days(&said, &mut days);
        conversations(&said, &mut days);
        // What somebody will do tomorrow is no view of tomorrow.
        for (index, day) in days.iter_mut().enumerate().filter(|(i, _)| found[*i].act != Act::Statement) {
            let begun = |told: &SaidOn| told.value.begin_end().is_some_and(|(begin, _)| begin <= dct);
            let ahead = lead(reading, &found[index]).into_iter().flatten();
            let ahead = ahead.chain(found[index].beside.iter().cloned().flatten());
            let mut ahead = ahead.map(|i| reading.lower(i)).filter(|w| matches!(*w, "tomorrow" | "next"));
            let past = ahead.next().is_none();
            *day = day.take().filter(|told| found[index].act == Act::Position && past && begun(told));
        }
    }
    days
}

/// The day that the words beside the cue give.
fn spoken_on(reading: &Reading<'_>, found: &Found, timexes: &[Dated]) -> Option<Value> {
    let places = found.beside.iter().cloned().chain(lead(reading, found)).chain(between(reading, found));
    places.filter(|p| !p.is_empty()).find_map(|place| {
        let span = reading.span(&place);
        let first = timexes.partition_point(|t| t.timex.span.start < span.start);
        timexes[first..]
            .iter()
            // A date may have a comma of its own, at which the place beside the cue ends.
            .take_while(|t| t.timex.span.start < span.end)
            .filter(|t| stands_free(reading, t.timex.span, place.start))
            .filter(|t| !is_wide(t.timex.value) || governs(reading, t.timex.span, place.start))
            .find_map(|t| precise(t.timex.value))
    })
}

/// Whether a time has begun on the day after `day` at the latest.
pub(super) fn begins_by(value: Value, day: NaiveDate) -> bool {
    let next = day.succ_opt().unwrap_or(day);
    value.begin_end().is_some_and(|(begin, _)| begin <= next)
}

/// Whether a time is wider than a month: such words date what is spoken of more often than the
/// speaking.
fn is_wide(value: Value) -> bool {
    matches!(value, Value::Year(_) | Value::Season(..) | Value::Quarter(..) | Value::Half(..))
}

/// The words before the source, where the content follows the cue: "On Tuesday, Ann Lee said".
pub(super) fn lead(reading: &Reading<'_>, found: &Found) -> Option<Range<usize>> {
    let first = found.source.as_ref().or(found.cue.as_ref())?.start;
    let content = found.content.first()?;
    let behind = reading.tokens.from(content.start) > first;
    // "The fair opened on May 5 and Ann Lee says it will go on": the day is that of another clause.
    let clause = first > 0 && matches!(reading.lower(first - 1), "and" | "but" | "while" | "because");
    let clear = !clause && (found.from..first).all(|i| reading.quotation(i).is_none());
    (behind && clear && found.from < first).then_some(found.from..first)
}

/// The words between the cue and what is said, or between the source and a cue that goes on from
/// its verb: "told the paper last week she would go", "called Tuesday for a vote", "spoke out on
/// Tuesday, telling reporters that".
pub(super) fn between(reading: &Reading<'_>, found: &Found) -> Option<Range<usize>> {
    let cue = found.cue.as_ref()?;
    let source = found.source.as_ref().filter(|s| s.end <= cue.start);
    let participle = reading.lower(cue.start).ends_with("ing");
    if let Some(source) = source.filter(|s| participle && s.start >= found.from) {
        return Some(source.end..cue.start);
    }
    let content = reading.tokens.from(found.content.first()?.start);
    let own = found.source.as_ref().is_none_or(|s| s.end <= cue.start);
    (own && cue.end < content && reading.sentence_of(cue.start) == reading.sentence_of(content))
        .then_some(cue.end..content)
}

/// The time of speaking is a day, or a month, a season or a year where the text tells no more; a week
/// or weekend counts as its month where it lies in one.
pub(super) fn precise(value: Value) -> Option<Value> {
    match value {
        Value::Month(..) => Some(value),
        _ if is_wide(value) => Some(value),
        Value::Week(..) | Value::Weekend(..) => {
            let (first, last) = value.begin_end()?;
            (first.month() == last.month())
                .then(|| Value::Month(first.year(), u8::try_from(first.month()).unwrap_or(1)))
        }
        _ => value.day().map(Value::Day),
    }
}

/// Whether a year or season dates the speaking itself: nothing but a preposition, an article or a
/// venue stands before it ("in 1998", "in a 1998 interview", "last year"), so that it is not of
/// what is spoken of ("about the flood in 1998").
fn governs(reading: &Reading<'_>, date: Span, from: usize) -> bool {
    let at = reading.tokens.from(date.start);
    let own =
        |word: &str| matches!(word, "the" | "a" | "an" | "his" | "her" | "their" | "its" | "this" | "that");
    let light = |word: &str| {
        own(word)
            || matches!(
                word,
                "in" | "at" | "on" | "during" | "back" | "early" | "late" | "once" | "of" | "only"
            )
            || lexicon().venue(word)
    };
    let before = (from..at).all(|i| light(reading.lower(i)));
    let noun = reading.tokens.from(date.end);
    let attributive = at > from && own(reading.lower(at - 1));
    let venue = (noun..noun + 2).any(|i| reading.is_word(i) && lexicon().venue(reading.lower(i)));
    before && (!attributive || venue)
}

/// Whether a date stands for itself: not "after the Dec 2 meeting", "since Monday", "by Friday".
pub(super) fn stands_free(reading: &Reading<'_>, date: Span, from: usize) -> bool {
    let at = reading.tokens.from(date.start);
    let mut before =
        (from..at).rev().take(8).map(|i| reading.lower(i)).take_while(|w| !matches!(*w, "," | ";"));
    let touching = at > from && matches!(reading.lower(at - 1), "by" | "from" | "past");
    let anchored = touching
        || of_a_thing(reading, at, from)
        || before.any(|w| {
            matches!(
                w,
                "after"
                    | "before"
                    | "since"
                    | "until"
                    | "till"
                    | "following"
                    | "ahead"
                    | "between"
                    | "about"
                    | "eve"
                    | "regarding"
                    | "concerning"
            )
        });
    let noun = reading.tokens.from(date.end);
    let attributive = reading.is_word(noun)
        && at > 0
        && matches!(reading.lower(at - 1), "the" | "that" | "this" | "a")
        && !reading.lower(noun).ends_with("ly")
        && !matches!(reading.lower(noun), "that" | "in" | "at" | "to" | "on" | "and" | "with")
        && lexicon().cue(reading.lower(noun)).is_none()
        && !lexicon().venue(reading.lower(noun));
    !anchored && !attributive
}

/// Whether a date is that of a thing: "a statement on the flood of March 1", "said of the flood on
/// March 1"; an "interview of March 1" is itself what was said.
fn of_a_thing(reading: &Reading<'_>, at: usize, from: usize) -> bool {
    let article = at > from && matches!(reading.lower(at - 1), "the" | "last" | "this");
    let of = (at - usize::from(article)).checked_sub(1).filter(|of| *of >= from);
    let of = of.filter(|of| reading.lower(*of) == "of");
    let spoken_of = at > from && reading.lower(from) == "of";
    spoken_of || of.is_some_and(|of| of == from || !lexicon().venue(reading.lower(of - 1)))
}

/// Gives undated words the day of dated ones of the same speaker that stand beside them.
fn same_remarks(
    reading: &Reading<'_>,
    found: &[Found],
    speakers: &[Resolved],
    dct: Option<NaiveDate>,
    days: &mut [Option<SaidOn>],
) {
    let mut start = 0;
    while start < found.len() {
        let end = (start + 1..found.len())
            .find(|i| !goes_on(reading, found, speakers, i - 1, *i))
            .unwrap_or(found.len());
        fill(reading, found, dct, start..end, days);
        start = end;
    }
}

/// Whether attribution `b` may belong to the remarks of `a`, the one before it.
fn goes_on(reading: &Reading<'_>, found: &[Found], speakers: &[Resolved], a: usize, b: usize) -> bool {
    let (Some(x), Some(y)) = (&speakers[a].speaker, &speakers[b].speaker) else { return false };
    let paragraph = |i: usize| reading.sentences[found[i].sentence].paragraph;
    let shown = |i: usize| found[i].act == Act::Statement;
    let near = paragraph(b).saturating_sub(paragraph(a)) <= 1;
    near && shown(a) && shown(b) && x.kind == y.kind && x.name == y.name && x.person == y.person
}

/// Fills one run of remarks: with its one recent day, or, from a day further back, only what
/// follows in the same paragraph.
fn fill(
    reading: &Reading<'_>,
    found: &[Found],
    dct: Option<NaiveDate>,
    run: Range<usize>,
    days: &mut [Option<SaidOn>],
) {
    // What may be no attribution at all is no evidence of a day.
    let sure = |i: usize| found[i].confidence >= EVIDENCE;
    let mut told: Vec<Value> =
        run.clone().filter(|i| sure(*i)).filter_map(|i| days[i].as_ref()).map(|d| d.value).collect();
    told.dedup();
    // "On Monday he had told …" looks back from the remarks at hand: its day is its own.
    let looks_back = run.clone().filter(|i| days[*i].is_some()).any(|i| is_perfect(reading, &found[i]));
    let one = match told[..] {
        [only] if recent(only, dct) && !looks_back => Some(only),
        _ => None,
    };
    // "Speaking at a rally on Wednesday, …" opens what is said there: nothing before it is of it.
    let opens = run.clone().find(|i| days[*i].is_some()).filter(|i| opens_elsewhere(reading, &found[*i]));
    let mut elsewhere = None;
    let mut last: Option<(usize, Value)> = None;
    for index in run {
        let paragraph = reading.sentences[found[index].sentence].paragraph;
        if let Some(day) = &days[index] {
            last = Some((paragraph, day.value)).filter(|_| sure(index));
            continue;
        }
        let own_venue = venue(reading, &found[index]).is_some() || found[index].told_to.is_some();
        let carried = matches!(found[index].link, Link::Shared | Link::CarriedOn);
        // Within a year much may be said on many days.
        let from_before = last.filter(|(p, v)| (*p == paragraph || carried) && !is_wide(*v)).map(|(_, v)| v);
        let own_day = found[index].content.iter().any(|c| says_when(reading, *c));
        if opens_elsewhere(reading, &found[index]) {
            (elsewhere, last) = (Some(paragraph), None);
        }
        let one = one.filter(|_| opens.is_none_or(|first| first < index) && elsewhere != Some(paragraph));
        if let Some(value) = from_before.or(one).filter(|_| !own_venue && !own_day) {
            days[index] = Some(SaidOn { value, basis: Basis::SameRemarks });
        }
    }
}

/// Whether the words before the source tell an occasion: "In an interview with Radio Norte, Ann Lee said".
pub(super) fn opens_elsewhere(reading: &Reading<'_>, found: &Found) -> bool {
    lead(reading, found).is_some_and(|lead| in_range(reading, lead).is_some())
}

/// Whether a day is so near to publication that undated words may be of it.
pub(super) fn recent(value: Value, dct: Option<NaiveDate>) -> bool {
    match (value.day(), dct) {
        (Some(day), Some(dct)) => (0..=SAME_NEWS).contains(&(dct - day).num_days()),
        _ => false,
    }
}

/// Whether the cue is in the past perfect, or "earlier" stands by it.
pub(super) fn is_perfect(reading: &Reading<'_>, found: &Found) -> bool {
    let cue = found.cue.iter().cloned().flatten();
    let beside = found.beside.iter().cloned().flatten();
    let looks_back =
        |i: usize| matches!(reading.lower(i), "had" | "earlier" | "ago" | "already" | "previous");
    cue.chain(beside).chain(lead(reading, found).into_iter().flatten()).any(looks_back)
}

/// Whether quoted words tell their own day ("today", "yesterday").
pub(super) fn says_when(reading: &Reading<'_>, content: Span) -> bool {
    reading.tokens.inside(content).any(|i| {
        reading.quotation(i).is_some()
            && matches!(reading.lower(i), "today" | "tonight" | "yesterday" | "tomorrow")
    })
}

/// How many dated sentences of the narrative are compared with a quotation.
const COMPARED: usize = 64;

/// Dates words that say "today" of something which the article dates elsewhere.
fn in_context(
    reading: &Reading<'_>,
    found: &[Found],
    timexes: &[Dated],
    dct: NaiveDate,
    days: &mut [Option<SaidOn>],
) {
    let recent = |d: &NaiveDate| (0..=3).contains(&(dct - *d).num_days());
    let told: Vec<(usize, NaiveDate)> = timexes
        .iter()
        .filter_map(|t| {
            let at = reading.tokens.from(t.timex.span.start);
            let day = t.timex.value.day().filter(recent)?;
            reading.quotation(at).is_none().then(|| (reading.sentence_of(at), day))
        })
        .take(COMPARED)
        .collect();
    for (index, attribution) in found.iter().enumerate() {
        if days[index].is_some() || attribution.act != Act::Statement {
            continue;
        }
        let Some(deictic) = attribution.content.iter().find_map(|c| today_in(reading, timexes, *c)) else {
            continue;
        };
        if let Some(day) = event_day(reading, attribution, deictic, &told) {
            days[index] = Some(SaidOn { value: Value::Day(day), basis: Basis::Context });
        }
    }
}

/// The first quoted "today" of a content, as the sentence it stands in.
fn today_in(reading: &Reading<'_>, timexes: &[Dated], content: Span) -> Option<usize> {
    let first = timexes.partition_point(|t| t.timex.span.start < content.start);
    timexes[first..]
        .iter()
        .take_while(|t| t.timex.span.end <= content.end)
        .map(|t| reading.tokens.from(t.timex.span.start))
        .find(|at| reading.quotation(*at).is_some() && matches!(reading.lower(*at), "today" | "tonight"))
        .map(|at| reading.sentence_of(at))
}

/// The day to which the narrative dates the event that a quotation calls today's: a sentence that
/// shares its noun and its tense, and one day alone.
fn event_day(
    reading: &Reading<'_>,
    attribution: &Found,
    spoken: usize,
    told: &[(usize, NaiveDate)],
) -> Option<NaiveDate> {
    let tokens = attribution.content.iter().flat_map(|c| reading.tokens.inside(*c));
    let nouns: HashSet<&str> = tokens
        .clone()
        .map(|i| reading.lower(i))
        .filter(|w| w.len() > 4 && !is_tense(w))
        .filter_map(stem)
        .collect();
    let ahead = looks_ahead(reading, tokens);
    let mut day = None;
    for (sentence, candidate) in told.iter().filter(|(sentence, _)| *sentence != spoken) {
        let range = reading.sentences[*sentence].tokens.clone();
        let shares = range.clone().any(|i| {
            reading.quotation(i).is_none() && stem(reading.lower(i)).is_some_and(|s| nouns.contains(s))
        });
        if !shares || looks_ahead(reading, range) != ahead {
            continue;
        }
        if day.is_some_and(|d| d != *candidate) {
            return None;
        }
        day = Some(*candidate);
    }
    day
}

/// The first letters of a word, which "meet" and "meeting" share; `None` for short words.
fn stem(word: &str) -> Option<&str> {
    word.get(..4).filter(|_| !is_tense(word))
}

/// Whether the words speak of what is to come.
fn looks_ahead(reading: &Reading<'_>, mut tokens: impl Iterator<Item = usize> + Clone) -> bool {
    let past = tokens.clone().any(|i| matches!(reading.lower(i), "had" | "was" | "were"));
    !past
        && tokens.any(|i| {
            matches!(
                reading.lower(i),
                "will" | "expected" | "scheduled" | "due" | "planned" | "plans" | "shall"
            )
        })
}

/// Words that tell when or how, not what: sentences that share them need not share an event.
fn is_tense(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "expected",
        "scheduled",
        "planned",
        "today",
        "tonight",
        "another",
        "there",
        "their",
        "would",
        "could",
        "about",
        "which",
        "further",
        "after",
        "where",
        "these",
        "those",
        "other",
        "being",
        "every",
        "with",
        "will",
        "they",
        "them",
        "this",
        "that",
        "been",
        "have",
        "more",
        "then",
        "than",
        "from",
        "take",
        "place",
        "again",
        "first",
        "while",
    ];
    WORDS.contains(&word)
}

/// Where or through what it was said, from the words beside the cue.
pub(super) fn venue(reading: &Reading<'_>, found: &Found) -> Option<Venue> {
    let lead = lead(reading, found);
    found.beside.iter().cloned().chain(lead).find_map(|place| in_range(reading, place))
}

/// Whether words go "over" it: a line or a wave, not a programme that is argued over.
fn is_line(noun: &str) -> bool {
    matches!(noun, "radio" | "air" | "phone" | "telephone" | "intercom" | "loop" | "circuit")
}

/// The first phrase of the range whose noun makes it a venue.
fn in_range(reading: &Reading<'_>, range: Range<usize>) -> Option<Venue> {
    // What stands behind "after" or "while" is another matter than where words were said.
    let apart = |i: &usize| {
        matches!(reading.lower(*i), "after" | "before" | "since" | "amid" | "as" | "when" | "while")
    };
    let end = range.clone().find(apart).filter(|i| *i > range.start).unwrap_or(range.end);
    for at in range.start..end {
        if !lexicon().venue_preposition(reading.lower(at)) || reading.quotation(at).is_some() {
            continue;
        }
        let noun = (at + 1..end.min(at + 7))
            .take_while(|i| reading.is_word(*i) && !lexicon().venue_preposition(reading.lower(*i)))
            .filter(|i| {
                lexicon().venue(reading.lower(*i))
                    && (reading.lower(at) != "over" || is_line(reading.lower(*i)))
            })
            .last();
        if let Some(noun) = noun {
            let span = reading.span(&(at..noun + 1));
            return Some(Venue { span, text: reading.words(&(at..noun + 1)).to_owned() });
        }
    }
    None
}
