//! Quotations that no cue of their own claims: those that carry on from the one before, those that
//! a colon introduces, those that a line names at its end, and those whose speaker nobody names.
//!
//! Entry point: [`claim`].

use super::content::{form, words_in};
use super::{Found, Link};
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
        if let Some((source, cue)) = signed(reading, tokens.end, sentence).or_else(|| introduced(reading, tokens.start)) {
            loose.source = Some(source);
            loose.cue = cue;
            loose.link = Link::Own;
            loose.confidence = 0.85;
        } else if carries_on(reading, found, at, tokens.start, tokens.end) {
            loose.link = Link::CarriedOn;
            loose.confidence = 0.72;
        }
        found.insert(at, loose);
    }
}

fn starts(found: &Found) -> u32 {
    found.content.first().map_or(0, |c| c.start)
}

type Signed = (std::ops::Range<usize>, Option<std::ops::Range<usize>>);

/// “…” — Ann Lee: a dash and a name behind the quotation end the paragraph.
fn signed(reading: &Reading<'_>, end: usize, sentence: usize) -> Option<Signed> {
    let _ = sentence;
    matches!(reading.tokens.word(end), "—" | "–" | "―" | "--").then_some(())?;
    let name = super::phrase::behind(reading, end + 1, reading.tokens.len().min(end + 8), &["of"]);
    (!name.is_empty() && reading.is_capital(name.start)).then_some((name, Some(end..end + 1)))
}

/// Ann Lee was blunt: “…”: the subject of the clause before a colon.
fn introduced(reading: &Reading<'_>, start: usize) -> Option<Signed> {
    let colon = start.checked_sub(1).filter(|c| reading.is(*c, ":"))?;
    let sentence = &reading.sentences[reading.sentence_of(colon)];
    let subject = super::phrase::behind(reading, sentence.tokens.start, colon, &["of", "for", "at"]);
    let named = !subject.is_empty() && (reading.is_capital(subject.start)) && subject.end < colon;
    let plain = crate::annotate::lexicon::lexicon().is("plain", reading.lower(subject.start))
        && crate::annotate::lexicon::lexicon().pronoun(reading.lower(subject.start)).is_none();
    (named && !plain).then_some((subject, Some(colon..colon + 1)))
}

/// Whether a quotation that fills its paragraph follows right behind a direct one.
fn carries_on(reading: &Reading<'_>, found: &[Found], at: usize, start: usize, end: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|i| found.get(i)) else { return false };
    let here = reading.sentences[reading.sentence_of(start)].paragraph;
    let there = reading.sentences[before.sentence].paragraph;
    let paragraph = reading.tokens.inside(reading.prose.paragraphs()[here].span);
    let fills = paragraph.start == start && (paragraph.end == end || reading.sentences[reading.sentence_of(end - 1)].paragraph > here);
    let direct = before.form != Form::Indirect && before.act == Act::Statement && before.link != Link::Nobody;
    direct && here - there <= 1 && (fills || here == there)
}
