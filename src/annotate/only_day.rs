//! The one day on which somebody speaks in an article, for words that stand far from its mention.
//!
//! Entry points: [`conversations`] and [`only_days`]. News tells of one occasion: where all that an
//! article dates of a speaker is one recent day, the undated words of that speaker are of that day
//! as well, unless something beside them looks back or elsewhere. Two people who ask and answer
//! each other share their day. Whatever was said on two days stays undated here.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::NaiveDate;

use super::attribution::{Found, no_verb};
use super::reading::Reading;
use super::said_on::{EVIDENCE, between, is_perfect, lead, recent, says_when, venue};
use super::speaker::Resolved;
use super::timex::{Found as Dated, Value};
use super::{Act, Basis, SaidOn};

/// What the days of an article's words are judged by.
pub(super) struct Said<'s> {
    pub(super) reading: &'s Reading<'s>,
    pub(super) found: &'s [Found],
    pub(super) speakers: &'s [Resolved],
    pub(super) timexes: &'s [Dated],
    pub(super) dct: NaiveDate,
}

/// Gives the undated words of everybody who speaks on one recent day alone that day.
pub(super) fn only_days(said: &Said<'_>, days: &mut [Option<SaidOn>]) {
    let several = said.several(days);
    let mut told: Vec<(usize, usize)> =
        (0..said.found.len()).filter_map(|i| Some((said.person(i)?, i))).collect();
    told.sort_unstable();
    for words in told.chunk_by(|a, b| a.0 == b.0).filter(|words| !several.contains(&words[0].0)) {
        let words: Vec<usize> = words.iter().map(|w| w.1).collect();
        said.fill(&words, &[Basis::Text, Basis::Context], days);
    }
}

/// Gives the undated words of two people who ask and answer each other the day of the others.
pub(super) fn conversations(said: &Said<'_>, days: &mut [Option<SaidOn>]) {
    // Whoever speaks on another day as well may speak on either here.
    let several = said.several(days);
    let mut start = 0;
    while start < said.found.len() {
        let run = said.conversation(start);
        let words: Vec<usize> = run.clone().collect();
        if words.iter().all(|i| said.person(*i).is_none_or(|person| !several.contains(&person))) {
            said.fill(&words, &[Basis::Text, Basis::Context], days);
        }
        start = run.end.max(start + 1);
    }
}

impl Said<'_> {
    /// The member of the cast who speaks.
    fn person(&self, index: usize) -> Option<usize> {
        self.speakers[index].speaker.as_ref()?.person
    }

    /// Who speaks on more than one day, not counting what only looks back.
    fn several(&self, days: &[Option<SaidOn>]) -> HashSet<usize> {
        let mut first: HashMap<usize, Value> = HashMap::new();
        let mut several = HashSet::new();
        for (index, told) in days.iter().enumerate() {
            let (Some(person), Some(told)) = (self.person(index), told) else { continue };
            if told.value.day().is_some() && !is_perfect(self.reading, &self.found[index]) {
                let known = *first.entry(person).or_insert(told.value);
                if known != told.value {
                    several.insert(person);
                }
            }
        }
        several
    }

    /// Fills the undated among `words` where the dated ones, on the evidence of one of the bases, tell
    /// of one recent day.
    fn fill(&self, words: &[usize], evidence: &[Basis], days: &mut [Option<SaidOn>]) {
        let sure = |i: &usize| {
            self.found[*i].confidence >= EVIDENCE
                && days[*i].as_ref().is_some_and(|d| evidence.contains(&d.basis))
        };
        let looks_back = |i: usize| is_perfect(self.reading, &self.found[i]);
        let first = words.iter().copied().filter(|i| !looks_back(*i)).find(sure);
        let Some((first, day)) = first.and_then(|i| Some((i, days[i].as_ref()?.value))) else { return };
        let told = words.iter().filter(|i| !looks_back(**i)).filter_map(|i| days[*i].as_ref());
        let one = told.map(|told| told.value).all(|value| value == day || value.day().is_none());
        if !one || !recent(day, Some(self.dct)) {
            return;
        }
        let mut last = (Some(day), 0);
        for index in words {
            let paragraph = self.reading.sentences[self.found[*index].sentence].paragraph;
            // Behind words of another time it is not known which of the two goes on; what only looks
            // back ends with its paragraph.
            let goes_on = last.0 == Some(day) || last.1 < paragraph;
            match &days[*index] {
                Some(told) => {
                    last = (Some(told.value), if looks_back(*index) { paragraph } else { usize::MAX });
                }
                None if goes_on && self.is_open(*index, first) => {
                    days[*index] = Some(SaidOn { value: day, basis: Basis::Context });
                }
                // Words of an interview that nothing dates: what follows may be of it.
                None if !self.is_same_place(*index, first) => {
                    last = (None, paragraph);
                }
                None => {}
            }
        }
    }

    /// Whether nothing says that words were said at another time than the dated words `dated`.
    fn is_open(&self, index: usize, dated: usize) -> bool {
        let found = &self.found[index];
        let beside = || found.beside.iter().cloned();
        let places = beside().chain(lead(self.reading, found)).chain(between(self.reading, found));
        let timed = places.into_iter().any(|place| self.is_timed(&place));
        let quoted = found.content.iter().any(|c| says_when(self.reading, *c));
        let deed = found.content.iter().all(|c| {
            // "called for the ban in December after …": its head alone may tell.
            let tokens = self.reading.tokens.inside(*c);
            let head = tokens.start..tokens.end.min(tokens.start + HEAD);
            is_deed(self.reading, &head) && self.is_timed(&head)
                || is_deed(self.reading, &tokens) && self.is_timed(&tokens)
        });
        // A view may be held anywhere: "In talks with donors, Ann Lee praised …" is another occasion.
        let alone = lead(self.reading, found)
            .is_none_or(|lead| !matches!(self.reading.lower(lead.start), "in" | "at" | "during"));
        let told = found.act == Act::Statement || found.act == Act::Position && alone;
        told && !deed
            && !timed
            && !quoted
            && !is_perfect(self.reading, found)
            && !looks_back(self.reading, found)
            && self.is_same_place(index, dated)
    }

    /// Whether an expression of time stands in the range.
    fn is_timed(&self, place: &Range<usize>) -> bool {
        let span = self.reading.span(place);
        let first = self.timexes.partition_point(|t| t.timex.span.end <= span.start);
        !place.is_empty() && self.timexes.get(first).is_some_and(|t| t.timex.span.start < span.end)
    }

    /// Whether words were said where the dated ones were: nothing tells a place or a hearer of
    /// their own, or a name in it stands in the sentence of the dated words, too.
    fn is_same_place(&self, index: usize, dated: usize) -> bool {
        let found = &self.found[index];
        let place = venue(self.reading, found).map(|v| self.reading.tokens.inside(v.span));
        let places: Vec<Range<usize>> = place.into_iter().chain(found.told_to.clone()).collect();
        let there = self.reading.sentences[self.found[dated].sentence].tokens.clone().take(LONG);
        let known = |at: usize| {
            self.reading.is_capital(at)
                && there.clone().any(|i| self.reading.lower(i) == self.reading.lower(at))
        };
        let back = |place: &Range<usize>| {
            place.clone().any(|at| matches!(self.reading.lower(at), "the" | "reporters"))
                && !place.clone().any(|at| self.reading.is_capital(at))
        };
        places.iter().all(|place| back(place) || place.clone().any(known))
    }

    /// The words from `start` on in which two people alternate, one of them asking or answering.
    fn conversation(&self, start: usize) -> Range<usize> {
        let paragraph = |i: usize| self.reading.sentences[self.found[i].sentence].paragraph;
        let Some(first) = self.person(start) else { return start..start };
        let (mut second, mut turns, mut asks) = (None, 0, false);
        let mut end = start + 1;
        let mut before = first;
        while end < self.found.len() && paragraph(end) - paragraph(end - 1) <= 2 {
            let Some(person) = self.person(end) else { break };
            if person != first && *second.get_or_insert(person) != person {
                break;
            }
            turns += usize::from(person != before);
            asks |= exchanges(self.reading, &self.found[end]);
            before = person;
            end += 1;
        }
        if turns >= TURNS && asks { start..end } else { start..start }
    }
}

/// Whether a content is a thing and no clause, so that a time in it may be that of the cue: "called
/// for a vote in December".
fn is_deed(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    no_verb(reading, tokens.start, tokens.end) && tokens.clone().all(|i| reading.quotation(i).is_none())
}

/// So many tokens of a content are its head.
const HEAD: usize = 6;

/// So many tokens of a sentence are looked at for a place.
const LONG: usize = 80;

/// How often speakers must take turns for their words to be a conversation.
const TURNS: usize = 3;

/// Whether the cue is that of somebody who asks another, or answers.
fn exchanges(reading: &Reading<'_>, found: &Found) -> bool {
    found.cue.iter().cloned().flatten().any(|i| {
        matches!(
            reading.lower(i),
            "asked" | "asks" | "asking" | "pressed" | "responded" | "replied" | "answered" | "countered"
        )
    })
}

/// Whether the words beside the cue tell of what was said at another time, or many times.
pub(super) fn looks_back(reading: &Reading<'_>, found: &Found) -> bool {
    const WORDS: &[&str] = &[
        "has",
        "have",
        "often",
        "once",
        "previously",
        "repeatedly",
        "frequently",
        "long",
        "recently",
        "lately",
        "famously",
        "always",
        "since",
        "then",
        "initially",
        "originally",
        "first",
        "later",
        "would",
        "will",
        "regularly",
        "sometimes",
        "used",
        "before",
        "after",
    ];
    let cue = found.cue.iter().cloned().flatten();
    let beside = found.beside.iter().cloned().flatten();
    // "about words from the previous night, when he claimed": told just before the source.
    let start = found.source.as_ref().or(found.cue.as_ref()).map_or(0, |words| words.start);
    let told = (start.saturating_sub(BEFORE).max(reading.sentences[found.sentence].tokens.start)..start)
        .any(|i| matches!(reading.lower(i), "previous" | "prior" | "earlier"));
    told || cue.chain(beside).any(|i| WORDS.contains(&reading.lower(i)))
}

/// So many tokens before a source tell of its time.
const BEFORE: usize = 6;
