//! Sources to the left of their cue.
//!
//! Entry points: [`subject`] reads back from a cue, past days and insertions; [`opening`] knows the
//! subject of a clause by its place alone.

use std::ops::Range;

use super::cue::Cue;
use super::opening::is_time;
use super::phrase::{LONGEST, determines, ending_at, names_somebody, preposition};
use crate::annotate::lexicon::{Pronoun, lexicon};
use crate::annotate::reading::Reading;

/// How far before its cue a source is looked for, in tokens: further off no reader would find it.
const REACH: usize = 120;

/// A source to the left of its cue.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// Its words, with a description behind the name.
    pub(super) tokens: Range<usize>,
    /// Insertions that are no part of the source ("speaking in Paris").
    pub(super) beside: Vec<Range<usize>>,
    /// What the way it was found takes off the confidence.
    pub(super) doubt: f32,
}

/// The source to the left of `cue`, not before token `from`.
pub(super) fn subject(reading: &Reading<'_>, from: usize, cue: &Cue) -> Option<Subject> {
    let from = after_quotation(reading, from.max(cue.tokens.start.saturating_sub(REACH)), cue.tokens.start);
    let end = skip_time(reading, from, cue.tokens.start);
    let beside: Vec<Range<usize>> =
        (end < cue.tokens.start).then_some(end..cue.tokens.start).into_iter().collect();
    let last = end.checked_sub(1).filter(|l| *l >= from)?;
    if matches!(reading.tokens.word(last), "," | "—" | "–" | "--" | ")") {
        return inserted(reading, from, last, beside);
    }
    let (tokens, doubt) = ending_at(reading, from, end)?;
    Some(Subject { tokens, beside, doubt })
}

/// The first token behind the last quotation that ends before `end`.
fn after_quotation(reading: &Reading<'_>, from: usize, end: usize) -> usize {
    (from..end).rev().find(|i| reading.quotation(*i).is_some()).map_or(from, |i| i + 1)
}

/// Steps left over "on Monday", "Dec. 5", "last week" between subject and verb.
fn skip_time(reading: &Reading<'_>, from: usize, end: usize) -> usize {
    let last = reading.lower(end - usize::from(end > from));
    if end <= from + 1 || !(is_time(last) || lexicon().is("periods", last)) {
        return end;
    }
    let mut start = end - 1;
    while start > from
        && matches!(
            reading.lower(start - 1),
            "on" | "last"
                | "this"
                | "late"
                | "early"
                | "earlier"
                | "later"
                | "the"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
        )
    {
        start -= 1;
    }
    if start == from { end } else { start }
}

/// The source before an insertion that ends with the mark at `close`: "Ann Lee, an engineer, said".
fn inserted(
    reading: &Reading<'_>,
    from: usize,
    close: usize,
    mut beside: Vec<Range<usize>>,
) -> Option<Subject> {
    let mut opened = close;
    for _ in 0..3 {
        opened = (from + 1..opened)
            .rev()
            .find(|i| matches!(reading.tokens.word(*i), "," | "—" | "–" | "--" | "("))?;
        let Some((head, doubt)) = ending_at(reading, from, opened) else { continue };
        if close - head.start > LONGEST + 12 || !names_somebody(reading, &head) {
            continue;
        }
        let describes = describes(reading, opened + 1);
        let tokens = if describes { head.start..close } else { head.clone() };
        if !describes {
            beside.push(opened + 1..close);
        }
        return Some(Subject { tokens, beside, doubt: doubt + 0.01 });
    }
    None
}

/// Whether the insertion that starts at token `at` says who somebody is.
fn describes(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.lower(at);
    determines(word)
        || matches!(word, "who" | "whose" | "then" | "now" | "formerly" | "himself" | "herself")
        || lexicon().is_noun("roles", word)
        || lexicon().is("titles", word)
        || word.chars().all(|c| c.is_ascii_digit())
        || reading.is_capital(at)
}

/// "Gus Grissom, the communicator, who": a description takes the name before it along.
pub(super) fn with_name(
    reading: &Reading<'_>,
    from: usize,
    (tokens, doubt): (Range<usize>, f32),
) -> (Range<usize>, f32) {
    let comma = tokens.start.checked_sub(1).filter(|c| *c > from && reading.is(*c, ","));
    let head = comma.filter(|_| describes(reading, tokens.start)).and_then(|c| ending_at(reading, from, c));
    match head.filter(|(head, _)| names_somebody(reading, head)) {
        // "The order was spoken by Gus Grissom, the communicator, who": the name alone.
        Some((head, _)) => {
            let by =
                head.clone().rev().find(|i| preposition(reading.lower(*i))).map_or(head.start, |b| b + 1);
            (by..tokens.end, doubt + 0.05)
        }
        None => (tokens, doubt + 0.1),
    }
}

/// The subject of a clause by its place alone: the first name, pronoun or described person that
/// opens the clause or one of its parts between commas, and that no preposition governs.
pub(super) fn opening(reading: &Reading<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    let mut part = clause.start;
    let mut begun = false;
    while part < clause.end {
        let end = (part..clause.end).find(|i| reading.is(*i, ",")).unwrap_or(clause.end);
        // Behind a comma an article opens an apposition rather than the clause.
        let apposition = begun && determines(reading.lower(part));
        begun |= !preposition(reading.lower(part));
        if let Some(subject) = opening_part(reading, part..end).filter(|_| !apposition) {
            return Some(subject);
        }
        part = end + 1;
    }
    None
}

/// Where a name ends behind the role that goes on at token `at` ("Harbour | council leader Ann Lee
/// issued"); `None` where no role with a name follows.
fn titled_end(reading: &Reading<'_>, at: usize, limit: usize) -> Option<usize> {
    let role = (at..limit.min(at + 4))
        .take_while(|i| !reading.is_capital(*i) && reading.is_word(*i))
        .find(|i| lexicon().is("roles", reading.lower(*i)) && reading.is_capital(*i + 1))?;
    name_end(reading, role + 1, limit)
}

/// Whether token `at` is a word of a name.
fn is_name(reading: &Reading<'_>, at: usize) -> bool {
    reading.is_capital(at) && !lexicon().is("plain", reading.lower(at))
}

/// The end of the name at token `at`; `None` where none is there.
fn name_end(reading: &Reading<'_>, at: usize, limit: usize) -> Option<usize> {
    (at..limit).take_while(|i| is_name(reading, *i)).last().map(|last| last + 1)
}

/// The subject that opens one part of a clause.
fn opening_part(reading: &Reading<'_>, part: Range<usize>) -> Option<Range<usize>> {
    if part.is_empty() || preposition(reading.lower(part.start)) {
        return None;
    }
    let near = part.start..part.end.min(part.start + 5);
    for at in near {
        let word = reading.lower(at);
        if reading.quotation(at).is_some() || (at > part.start && preposition(reading.lower(at - 1))) {
            return None;
        }
        if matches!(lexicon().pronoun(word), Some(Pronoun::One(_) | Pronoun::Plural)) {
            return Some(at..at + 1);
        }
        if let Some(end) = name_end(reading, at, part.end) {
            let end = titled_end(reading, end, part.end).unwrap_or(end);
            let noun = end - at == 1 && lexicon().is_noun("roles", word);
            return (!noun && !reading.is_genitive(end)).then_some(at..end);
        }
        if at == part.start && determines(word) {
            let noun = (at + 1..part.end.min(at + 6)).find(|i| lexicon().is_noun("roles", reading.lower(*i)));
            if let Some(noun) = noun {
                return Some(at..titled_end(reading, noun, part.end).unwrap_or(noun + 1));
            }
        }
    }
    None
}
