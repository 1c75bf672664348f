//! Quotations that no cue of their own claims: those that carry on from the one before, those that
//! a colon introduces, those that a line names at its end, and those whose speaker nobody names.
//!
//! Entry point: [`claim`].

use std::ops::Range;

use super::content::{form, words_in};
use super::{Found, Link};
use crate::annotate::lexicon::{Pronoun, lexicon};
use crate::annotate::reading::Reading;
use crate::annotate::{Act, Form};

/// Fewer words than this between marks are a title or a word under suspicion, not a statement.
const STATEMENT: usize = 4;

/// Claims what is left; keeps `found` in the order of the text.
pub(super) fn claim(reading: &Reading<'_>, taken: &mut [bool], found: &mut Vec<Found>) {
    for index in 0..reading.quotations.len() {
        let whole = reading.quotations[index].whole();
        if taken[index] || words_in(reading, whole) < STATEMENT {
            continue;
        }
        taken[index] = true;
        let tokens = reading.tokens.inside(whole);
        let sentence = reading.sentence_of(tokens.start);
        let at = found.partition_point(|f| f.sentence <= sentence && starts(f) <= whole.start);
        let mut loose = Found {
            act: Act::Statement,
            form: form(reading, &[whole]),
            source: None,
            cue: None,
            content: vec![whole],
            beside: Vec::new(),
            told_to: None,
            link: Link::Nobody,
            sentence,
            from: tokens.start,
            confidence: 0.4,
        };
        if let Some((source, cue)) = signed(reading, tokens.end).or_else(|| introduced(reading, tokens.start))
        {
            loose.source = Some(source);
            loose.cue = cue;
            loose.link = Link::Own;
            loose.confidence = 0.85;
        } else if carries_on(reading, found, at, tokens.start, tokens.end) {
            loose.link = Link::CarriedOn;
            loose.confidence = 0.72;
        } else if let Some(subject) = opening_name(reading, sentence).filter(|s| s.end < tokens.start) {
            loose.source = Some(subject);
            loose.link = Link::Own;
            loose.confidence = 0.62;
        }
        found.insert(at, loose);
    }
}

fn starts(found: &Found) -> u32 {
    found.content.first().map_or(0, |c| c.start)
}

type Signed = (Range<usize>, Option<Range<usize>>);

/// “…” — Ann Lee: a dash and a name behind the quotation end the paragraph.
fn signed(reading: &Reading<'_>, end: usize) -> Option<Signed> {
    matches!(reading.tokens.word(end), "—" | "–" | "―" | "--").then_some(())?;
    let name = super::phrase::behind(reading, end + 1, reading.tokens.len().min(end + 8), &["of"]);
    (!name.is_empty() && reading.is_capital(name.start)).then_some((name, Some(end..end + 1)))
}

/// Ann Lee was blunt: “…”: the name or pronoun that opens the clause before a colon.
fn introduced(reading: &Reading<'_>, start: usize) -> Option<Signed> {
    let colon = start.checked_sub(1).filter(|c| reading.is(*c, ":"))?;
    let subject = opening_name(reading, reading.sentence_of(colon))?;
    (subject.end <= colon).then_some((subject, Some(colon..colon + 1)))
}

/// The name or pronoun that opens a sentence, outside quotation marks.
fn opening_name(reading: &Reading<'_>, sentence: usize) -> Option<Range<usize>> {
    let lexicon = lexicon();
    let tokens = &reading.sentences[sentence].tokens;
    let first = tokens.start;
    if reading.quotation(first).is_some() {
        return None;
    }
    if matches!(lexicon.pronoun(reading.lower(first)), Some(Pronoun::One(_))) {
        return Some(first..first + 1);
    }
    let name = |i: &usize| {
        reading.is_capital(*i) && !lexicon.is("plain", reading.lower(*i)) && reading.quotation(*i).is_none()
    };
    let end = (first..tokens.end).take_while(name).last()? + 1;
    let noun = end - first == 1 && lexicon.is_noun("roles", reading.lower(first));
    (!noun).then_some(first..end)
}

/// Whether a quotation that fills its paragraph follows right behind a direct one.
fn carries_on(reading: &Reading<'_>, found: &[Found], at: usize, start: usize, end: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|i| found.get(i)) else { return false };
    let here = reading.sentences[reading.sentence_of(start)].paragraph;
    let there = reading.sentences[before.sentence].paragraph;
    let paragraph = reading.tokens.inside(reading.prose.paragraphs()[here].span);
    let fills = paragraph.start == start
        && (paragraph.end == end || reading.sentences[reading.sentence_of(end - 1)].paragraph > here);
    let direct = before.form != Form::Indirect && before.act == Act::Statement && before.link != Link::Nobody;
    let opens = reading.sentences[reading.sentence_of(start)].tokens.start == start;
    let follows = here == there && opens && reading.sentence_of(start) <= before.sentence + 1;
    direct && here - there <= 1 && (fills || follows)
}
