//! The occasion on which somebody spoke, as the words before theirs tell it: "Ann Lee spoke to
//! reporters on Tuesday. “It will hold,” she said."
//!
//! Entry point: [`occasions`]. Such a sentence names the speaker, tells of speaking, and bears the
//! one day that is free of other things. What lies between it and the words must be the speaker's
//! own. A guess across more than that would put words on a wrong day, which is worse than none.

use chrono::NaiveDate;

use super::attribution::{Found, is_tie};
use super::lexicon::lexicon;
use super::only_day::looks_back;
use super::person::Cast;
use super::reading::Reading;
use super::said_on::{begins_by, is_perfect, opens_elsewhere, precise, stands_free, venue};
use super::speaker::Resolved;
use super::timex::{Found as Dated, Value};
use super::{Act, Basis, SaidOn};
use crate::text::Span;

/// How many sentences before the words are read for their occasion.
const REACH: usize = 2;

/// How many days before publication an occasion may lie.
const OLDEST: i64 = 14;

/// Gives undated words the day of the occasion that the sentences before them tell of.
pub(super) fn occasions(
    reading: &Reading<'_>,
    found: &[Found],
    speakers: &[Resolved],
    cast: &Cast,
    timexes: &[Dated],
    dct: NaiveDate,
    days: &mut [Option<SaidOn>],
) {
    let told = Told { reading, found, speakers, cast, timexes, dct };
    for index in 0..found.len() {
        if days[index].is_none()
            && found[index].act == Act::Statement
            && let Some(value) = told.of(index)
        {
            days[index] = Some(SaidOn { value, basis: Basis::Context });
        }
    }
}

struct Told<'t> {
    reading: &'t Reading<'t>,
    found: &'t [Found],
    speakers: &'t [Resolved],
    cast: &'t Cast,
    timexes: &'t [Dated],
    dct: NaiveDate,
}

impl Told<'_> {
    /// The day of the occasion of attribution `index`.
    fn of(&self, index: usize) -> Option<Value> {
        let person = self.speakers[index].speaker.as_ref()?.person?;
        // "In an interview with Radio Norte, Ann Lee said" tells of an occasion of its own.
        let own = opens_elsewhere(self.reading, &self.found[index]);
        if own || looks_back(self.reading, &self.found[index]) {
            return None;
        }
        let sentence = self.found[index].sentence;
        let paragraph = self.reading.sentences[sentence].paragraph;
        for before in (0..sentence).rev().take(REACH) {
            if paragraph - self.reading.sentences[before].paragraph > 1 {
                return None;
            }
            let others = self.found.iter().zip(self.speakers).any(|(found, speaker)| {
                found.sentence == before
                    && found.act == Act::Statement
                    && !is_perfect(self.reading, found)
                    && speaker.speaker.as_ref().and_then(|s| s.person) != Some(person)
            });
            if others {
                return None;
            }
            if let Some(value) = self.day_of(before, person) {
                return Some(value);
            }
            // "In an interview with Radio Norte, Ann Lee said …": another occasion, without a day.
            let elsewhere =
                self.found.iter().any(|f| f.sentence == before && venue(self.reading, f).is_some());
            if elsewhere {
                return None;
            }
        }
        None
    }

    /// The one day that a sentence gives to the speaking of `person`.
    fn day_of(&self, sentence: usize, person: usize) -> Option<Value> {
        let whole = self.reading.sentences[sentence].tokens.clone();
        // "took on Ann Lee on Sunday after she had said on Saturday": what lies further back is told last.
        let back = |i: &usize| {
            matches!(self.reading.lower(*i), "after" | "before" | "since")
                && self.reading.quotation(*i).is_none()
        };
        let end = whole.clone().skip(3).find(back).unwrap_or(whole.end);
        let tokens = whole.start..end;
        let span = self.reading.span(&tokens);
        let spoken = tokens.clone().any(|i| {
            let word = self.reading.lower(i);
            let took = word == "took" && matches!(self.reading.lower(i + 1), "on" | "aim" | "issue");
            self.reading.quotation(i).is_none() && (took || lexicon().occasion(word) || lexicon().venue(word))
        });
        // "sent a letter to Mr Moss on Monday" is no occasion on which he spoke.
        let free = |at: usize| {
            at == tokens.start
                || !is_tie(self.reading.lower(at - 1)) && lexicon().cue(self.reading.lower(at - 1)).is_none()
        };
        let named = self
            .cast
            .inside(self.reading, span)
            .any(|a| a.member == person && !a.ambiguous && free(a.name.full.start));
        // "was asked why he had said so last week": the day is of what lies further back.
        let before = tokens.clone().any(|i| self.reading.lower(i) == "had");
        if !spoken || !named || before {
            return None;
        }
        let first = self.timexes.partition_point(|t| t.timex.span.start < span.start);
        let within = self.timexes[first..].iter().take_while(|t| t.timex.span.end <= span.end);
        let mut days = within
            .filter(|t| !self.is_spoken_of(t.timex.span))
            .filter_map(|t| Some((t.timex.span, precise(t.timex.value)?)));
        let (at, value) = days.next()?;
        // Two days in one sentence are two events.
        let alone = days.next().is_none();
        let recent = value.begin_end().is_some_and(|(_, end)| (self.dct - end).num_days() <= OLDEST);
        // "Ann Lee, who died on Monday, used her last column": the day of another deed.
        let date = self.reading.tokens.from(at.start);
        let mut clause = (tokens.start..date).rev().take_while(|i| !self.reading.is(*i, ","));
        let own = !clause.any(|i| matches!(self.reading.lower(i), "who" | "whose"));
        let free = own && stands_free(self.reading, at, tokens.start);
        (alone && recent && free && begins_by(value, self.dct)).then_some(value)
    }

    /// Whether a date stands in words that somebody said.
    fn is_spoken_of(&self, date: Span) -> bool {
        let quoted = self.reading.quotation(self.reading.tokens.from(date.start)).is_some();
        let said =
            |found: &Found| found.act == Act::Statement && found.content.iter().any(|c| c.overlaps(date));
        quoted || self.found.iter().any(said)
    }
}
