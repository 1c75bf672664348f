//! The phrases between a cue and its content: "on Monday", "in a statement", "to reporters".
//!
//! Entry point: [`after`], which reads over them to the content behind a cue.

use std::ops::Range;

use super::content::cut;
use super::cue::Cue;
use super::{Context, phrase};
use crate::annotate::Act;
use crate::annotate::lexicon::{Takes, lexicon};
use crate::annotate::reading::Reading;

/// Content behind a cue.
pub(super) struct After {
    pub(super) content: Range<usize>,
    pub(super) beside: Vec<Range<usize>>,
}

/// The words behind a cue, past "on Monday", "in a statement" and "that"; `None` where nothing is
/// left but such phrases.
pub(super) fn after(context: &Context<'_, '_>, cue: &Cue, start: usize, stop: usize) -> Option<After> {
    let reading = context.reading;
    let object = lexicon().classes[cue.class].takes == Takes::Object;
    let mut end = cut(context, start, stop);
    if object {
        end = (start..end).find(|i| matches!(reading.tokens.word(*i), ";" | "—" | "–")).unwrap_or(end);
        let first = behind_time(reading, start..end);
        let beside = (start < first).then_some(start..first).into_iter().collect();
        return (first < end).then_some(After { content: first..end, beside });
    }
    let opening = opening(reading, start, end);
    let mut beside: Vec<Range<usize>> =
        (start < opening.phrases).then_some(start..opening.phrases).into_iter().collect();
    let mut first = opening.content;
    if first >= end {
        return None;
    }
    if reading.is(first, ",") || reading.is(first, ":") {
        first += 1;
        // “…”: behind a comma only a quotation is content.
        if reading.is(first - 1, ",") && reading.quotation(first).is_none() {
            return None;
        }
    }
    if opening.adjunct_only {
        return None;
    }
    let bare = !(cue.tokens.start..cue.tokens.end).any(|i| reading.lower(i) == "to");
    let position = lexicon().classes[cue.class].act == Act::Position;
    if end - first < if position && bare { 3 } else { 2 } && reading.quotation(first).is_none() {
        return None;
    }
    if !cue.clausal && bare && !is_clause(reading, first, end) {
        return None;
    }
    // “…” on Friday: what stands behind the quotation stands beside the cue.
    if let Some(quotation) = reading.quotation(first) {
        let close = reading.tokens.inside(reading.quotations[quotation].whole()).end;
        if close < end && is_beside(reading, close, end) {
            beside.push(close..end);
            end = close;
        }
    }
    let short = before_occasion(reading, first..end);
    if short < end {
        beside.push(short..end);
        end = short;
    }
    let that = is_that(reading, first) && reading.quotation(first + 1).is_some();
    Some(After { content: first + usize::from(that)..end, beside })
}

/// Whether the words are a clause rather than an object: "reckoned up the bargain" says nothing.
fn is_clause(reading: &Reading<'_>, first: usize, end: usize) -> bool {
    let opens = matches!(
        reading.lower(first),
        "that" | "if" | "whether" | "what" | "how" | "why" | "who" | "to" | "about"
    );
    opens
        || (first..end).any(|i| {
            let word = reading.lower(i);
            reading.quotation(i).is_some()
                || !no_verb(reading, i, i + 1) && lexicon().pronoun(word).is_none()
                || matches!(word, "be" | "been" | "not" | "cannot" | "won’t" | "won't" | "isn’t" | "isn't")
                || (word.len() > 4 && word.ends_with("ed") && i > first)
                || lexicon().cue(word).is_some_and(|c| !c.nominal && !c.participle)
        })
}

/// Where the phrases behind a cue end and the content starts.
struct Opening {
    phrases: usize,
    content: usize,
    /// Whether nothing but phrases follows.
    adjunct_only: bool,
}

/// Reads over the phrases that may stand between a cue and its content.
///
/// Phrases count only where something shows that the content starts behind them: "that", a colon,
/// a quotation; or where they are a day, a hearer or a venue by their words.
fn opening(reading: &Reading<'_>, start: usize, end: usize) -> Opening {
    let near = start..end.min(start + 24);
    let opens = |i: &usize| is_that(reading, *i) || reading.is(*i, ":") || reading.quotation(*i).is_some();
    if let Some(mark) = near.clone().find(opens).filter(|m| *m > start && is_beside(reading, start, *m)) {
        return Opening { phrases: mark, content: mark, adjunct_only: false };
    }
    let marked = near.clone().find(|i| opens(i) || reading.is(*i, ","));
    if let Some(mark) = marked.filter(|m| *m > start && is_beside(reading, start, *m)) {
        // ", who is also a banker" is no content; a comma counts before a quotation alone.
        let comma = reading.is(mark, ",") && reading.quotation(mark + 1).is_none();
        return Opening { phrases: mark, content: mark, adjunct_only: comma };
    }
    let mut at = start;
    while at < end {
        let next = one_phrase(reading, at, end);
        if next == at {
            break;
        }
        at = next;
    }
    let adjunct = at >= end
        || (at == start
            && (phrase::preposition(reading.lower(start)) && !matches!(reading.lower(start), "that" | "as"))
            && no_verb(reading, start, end));
    Opening { phrases: at, content: at, adjunct_only: adjunct }
}

/// Whether token `at` is the conjunction "that", not the pronoun of "that day".
fn is_that(reading: &Reading<'_>, at: usize) -> bool {
    const TIMES: &[&str] = &[
        "day",
        "week",
        "month",
        "year",
        "night",
        "morning",
        "evening",
        "afternoon",
        "same",
        "time",
        "hour",
        "summer",
        "winter",
    ];
    reading.lower(at) == "that" && !TIMES.contains(&reading.lower(at + 1))
}

/// Whether the tokens are phrases that stand beside a cue: they start with a preposition, a day or
/// an adverb and hold no verb and no subject.
pub(super) fn is_beside(reading: &Reading<'_>, start: usize, end: usize) -> bool {
    let first = reading.lower(start);
    let time = phrase::time_at(reading, start);
    let opens = (time > 0 && start + time == end)
        || phrase::preposition(first)
        || is_time(first)
        || first.ends_with("ly")
        || matches!(first, "later" | "earlier" | "today" | "yesterday" | "when" | "here" | "then" | "that");
    opens && no_verb(reading, start, end)
}

/// Whether no token of the range is a verb form or a subject pronoun that rules know.
pub(super) fn no_verb(reading: &Reading<'_>, start: usize, end: usize) -> bool {
    (start..end).all(|i| {
        let word = reading.lower(i);
        !matches!(
            word,
            "is" | "was"
                | "are"
                | "were"
                | "has"
                | "had"
                | "have"
                | "will"
                | "would"
                | "could"
                | "can"
                | "may"
                | "might"
                | "should"
                | "must"
                | "he"
                | "she"
                | "they"
                | "it"
                | "we"
                | "i"
                | "did"
                | "does"
                | "do"
        )
    })
}

/// The end of one phrase at token `at` that by its words is a day, a hearer or a venue; `at`
/// itself where there is none.
fn one_phrase(reading: &Reading<'_>, at: usize, end: usize) -> usize {
    let word = reading.lower(at);
    let past = behind_time(reading, at..end);
    if past > at {
        return past;
    }
    if is_time(word) {
        return at + 1;
    }
    if word == "to" || (word == "of" && reading.is_capital(at + 1)) {
        let hearer = phrase::behind(reading, at + 1, end, &[]);
        let known = !hearer.is_empty()
            && matches!(
                reading.lower(hearer.end - 1),
                "reporters" | "journalists" | "press" | "media" | "congress" | "parliament" | "lawmakers"
            );
        return if known { hearer.end } else { at };
    }
    if !lexicon().venue_preposition(word) {
        return at;
    }
    if is_time(reading.lower(at + 1)) {
        let mut last = at + 2;
        while last < end
            && (is_time(reading.lower(last))
                || reading.lower(last).chars().all(|c| c.is_ascii_digit())
                || reading.is(last, "."))
        {
            last += 1;
        }
        return last;
    }
    let noun = phrase::behind(reading, at + 1, end, &[]);
    let venue = noun.clone().find(|i| lexicon().venue(reading.lower(*i)));
    venue.map_or(at, |v| v + 1)
}

/// Whether `word` names a day or a month.
pub(super) fn is_time(word: &str) -> bool {
    lexicon().is("times", word)
}

/// Where a content starts behind the words that tell when it was said: "last week she would go",
/// "Wednesday for a vote", "a day earlier, “…”".
pub(super) fn behind_time(reading: &Reading<'_>, content: Range<usize>) -> usize {
    let Range { start, end } = content;
    let on = usize::from(matches!(reading.lower(start), "on" | "earlier" | "late" | "early"));
    let first = start + on;
    let length = if is_day(reading, first) {
        1 + usize::from(lexicon().time(reading.lower(first + 1)) && !reading.is_capital(first + 1))
    } else if earlier(reading, start) {
        3
    } else {
        phrase::time_at(reading, first)
    };
    let mut at = first + length;
    if length == 0 || at >= end || reading.quotation(start).is_some() || !clear(reading, at) {
        return start;
    }
    if reading.is(at, ",") && at + 1 < end {
        at += 1;
    }
    at
}

/// Whether token `at` is a day or a month by its name.
pub(super) fn is_day(reading: &Reading<'_>, at: usize) -> bool {
    is_time(reading.lower(at)) && reading.is_capital(at)
}

/// "a day earlier", "two weeks ago".
fn earlier(reading: &Reading<'_>, at: usize) -> bool {
    lexicon().time(reading.lower(at + 1))
        && matches!(reading.lower(at + 2), "earlier" | "ago" | "before" | "later")
}

/// Whether token `at` opens a new phrase, so that the day before it is no part of one
/// ("Wednesday’s vote", "last week talks").
fn clear(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.lower(at);
    reading.is(at, ",")
        || reading.quotation(at).is_some()
        || lexicon().pronoun(word).is_some()
        || phrase::determines(word)
        || phrase::preposition(word)
        || matches!(word, "that" | "there" | "he" | "she" | "it" | "we" | "i" | "if" | "whether")
        || reading.is_capital(at)
}

/// Where reported words end before the occasion on which they were said: "the plan was wrong during a
/// hearing last week" is no content to its end.
pub(super) fn before_occasion(reading: &Reading<'_>, content: Range<usize>) -> usize {
    let Range { start, end } = content;
    let opens = |at: &usize| matches!(reading.lower(*at), "during" | "in" | "at" | "on");
    let near = end.saturating_sub(OCCASION).max(start + 2)..end;
    let found = near.clone().find(|at| opens(at) && is_occasion(reading, *at, end));
    let clear = near.clone().all(|at| reading.quotation(at).is_none());
    found.filter(|_| clear).unwrap_or(end)
}

/// An occasion with its day has at most so many tokens.
const OCCASION: usize = 7;

/// Whether the tokens from a preposition at `at` to `end` are a venue and a day alone: "during a
/// hearing last week", "in an interview on Friday".
fn is_occasion(reading: &Reading<'_>, at: usize, end: usize) -> bool {
    let noun = (at + 1..end).find(|i| lexicon().venue(reading.lower(*i)));
    let Some(noun) = noun.filter(|noun| phrase::determines(reading.lower(at + 1)) && *noun <= at + 4) else {
        return false;
    };
    let on = usize::from(matches!(reading.lower(noun + 1), "on" | "in"));
    let day = noun + 1 + on;
    let length = if is_day(reading, day) { 1 } else { phrase::time_at(reading, day) };
    length > 0 && day + length == end
}
