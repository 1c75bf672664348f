//! What the model proposes, with its edges where words begin and end.
//!
//! Entry points: [`tidied`] for one proposal, [`participles`] for those that leave their source out.

use std::ops::Range;

use super::opening::{before_occasion, behind_time, is_day, no_verb};
use super::{Found, Link, phrase, subject};
use crate::annotate::Form;
use crate::annotate::lexicon::{Pronoun, lexicon};
use crate::annotate::reading::Reading;
use crate::annotate::sequence::finding::Proposal;

/// A cue ends with a word; "that" before a quotation belongs to neither.
pub(super) fn tidied(reading: &Reading<'_>, mut proposal: Proposal) -> Proposal {
    if let Some(cue) = &mut proposal.cue {
        while cue.len() > 1 && !reading.is_word(cue.end - 1) {
            cue.end -= 1;
        }
    }
    for content in &mut proposal.content {
        let opens = content.len() > 1
            && reading.quotation(content.start).is_none()
            && reading.quotation(content.start + 1).is_some();
        if opens && reading.lower(content.start) == "that" {
            content.start += 1;
        }
        // "that day: “it will be so”": what stands before the colon is not said.
        let colon = content.clone().find(|at| {
            reading.is(*at, ":") && reading.quotation(*at).is_none() && reading.quotation(*at + 1).is_some()
        });
        if let Some(colon) = colon.filter(|colon| colon + 1 < content.end) {
            content.start = colon + 1;
        }
    }
    let cue = proposal.cue.as_ref().map_or(usize::MAX, |cue| cue.end);
    if let Some(content) = proposal.content.last_mut().filter(|content| content.start >= cue) {
        content.end = before_occasion(reading, content.clone());
    }
    // A source starts with a word: ", four minutes after" is none.
    proposal.source = proposal
        .source
        .take()
        .filter(|source| reading.is_word(source.start))
        .and_then(|source| trimmed(reading, source));
    for content in proposal.content.iter_mut().filter(|content| content.start >= cue) {
        content.start = behind_time(reading, content.clone());
    }
    // Words of another paragraph are somebody else's, or carry on by the rules of layout.
    let paragraph = |at: usize| reading.sentences[reading.sentence_of(at)].paragraph;
    let home = paragraph(proposal.cue.as_ref().map_or(proposal.content[0].start, |cue| cue.start));
    if proposal.content.iter().any(|content| paragraph(content.start) == home) {
        proposal.content.retain(|content| paragraph(content.start) == home);
    }
    // "“All is well,” he said, three seconds after lift-off": when it was said is not what was said.
    let quoted = |content: &Range<usize>| content.clone().any(|at| reading.quotation(at).is_some());
    if proposal.content.iter().any(quoted) {
        proposal.content.retain(|content| quoted(content) || !is_when(reading, content));
    }
    proposal
}

/// Whether words without a verb tell a time.
fn is_when(reading: &Reading<'_>, content: &Range<usize>) -> bool {
    no_verb(reading, content.start, content.end)
        && content.clone().any(|at| lexicon().time(reading.lower(at)))
}

/// A source without what opens its clause ("While Mr Moss") and without the day or the conjunction
/// at its end ("the two houses on Monday"); `None` where nothing is left that may be somebody.
fn trimmed(reading: &Reading<'_>, source: Range<usize>) -> Option<Range<usize>> {
    let Range { mut start, mut end } = source;
    while start < end && is_subordinator(reading.lower(start)) {
        start += 1;
    }
    while let Some(cut) = tail(reading, start, end) {
        end = cut;
    }
    (start < end).then_some(start..end)
}

/// Whether a word opens a clause and names nobody.
fn is_subordinator(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "while", "since", "when", "although", "though", "because", "if", "as", "after", "before", "until",
        "whether", "and", "but", "or",
    ];
    WORDS.contains(&word)
}

/// Where a source ends without its last words, if those belong to no name: a conjunction, an open
/// bracket, a day.
fn tail(reading: &Reading<'_>, start: usize, end: usize) -> Option<usize> {
    let last = end.checked_sub(1).filter(|last| *last > start)?;
    let word = reading.lower(last);
    if matches!(word, "and" | "but" | "or" | "(" | "-" | "–" | "—") {
        return Some(last);
    }
    if is_day(reading, last) {
        let on = last - 1 > start && matches!(reading.lower(last - 1), "on" | "in");
        return Some(last - usize::from(on));
    }
    let two = last - 1;
    (two > start && phrase::time_at(reading, two) == 2 && reading.lower(two) != "this").then_some(two)
}

/// Gives participles that name nobody ("…, adding that") the source of their sentence: that of
/// another attribution before them, else one behind, else the subject of the clause.
pub(super) fn participles(reading: &Reading<'_>, found: &mut [Found]) {
    for index in 0..found.len() {
        let one = &found[index];
        let Some(cue) = one.cue.clone() else { continue };
        if one.link != Link::Nobody || !is_participle(reading, &cue) || one.form == Form::Direct {
            continue;
        }
        let sentence = &reading.sentences[one.sentence].tokens;
        let own = |source: &Range<usize>| sentence.contains(&source.start) && !is_relative(reading, source);
        let near = found[index.saturating_sub(4)..found.len().min(index + 4)]
            .iter()
            .filter(|f| f.sentence == one.sentence && f.link == Link::Own)
            .filter_map(|f| f.source.clone().filter(own))
            .min_by_key(|source| (source.start > cue.start, source.start.abs_diff(cue.start)));
        let subject = near.or_else(|| {
            let clause = sentence.start.max(cue.start.saturating_sub(FAR))..cue.start;
            subject::opening(reading, &clause).filter(|s| reading.quotation(s.start).is_none())
        });
        if let Some(subject) = subject {
            let one = &mut found[index];
            (one.source, one.link) = (Some(subject), Link::Own);
            one.confidence *= SHARED;
        }
    }
}

/// No subject stands farther from its participle, in tokens.
const FAR: usize = 80;

/// What it takes off that a participle has the source of its sentence.
const SHARED: f32 = 0.95;

/// Whether a source is "who" or "which" alone.
pub(super) fn is_relative(reading: &Reading<'_>, source: &Range<usize>) -> bool {
    source.len() == 1 && lexicon().pronoun(reading.lower(source.start)) == Some(Pronoun::Relative)
}

/// Whether a cue is a participle that opens a phrase: behind a comma or a dash, or first.
fn is_participle(reading: &Reading<'_>, cue: &Range<usize>) -> bool {
    let first = reading.sentences[reading.sentence_of(cue.start)].tokens.start == cue.start;
    let ends = reading.lower(cue.start).ends_with("ing") && reading.is_word(cue.start);
    let apart = cue.start > 0
        && (matches!(reading.tokens.word(cue.start - 1), "," | "—" | "–" | "--" | "”" | "\"")
            || reading.lower(cue.start - 1) == "and");
    ends && (first || apart)
}
