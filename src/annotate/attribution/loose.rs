//! Quotations that no cue of their own claims: those that carry on from the one before, those that
//! a colon introduces, those that a line names at its end, and those whose speaker nobody names.
//!
//! Entry point: [`claim`].

use std::ops::Range;

use super::content::{form, words_in};
use super::{Found, Link, phrase, subject};
use crate::annotate::reading::Reading;
use crate::annotate::{Act, Finder, Form};
use crate::text::Span;

/// Fewer words than this between marks are a title or a word under suspicion, not a statement.
const STATEMENT: usize = 4;

/// Claims what is left; keeps `found` in the order of the text.
pub(super) fn claim(reading: &Reading<'_>, taken: &[bool], found: &mut Vec<Found>) {
    let mut tagged = std::mem::take(found).into_iter().peekable();
    for (index, quotation) in reading.quotations.iter().enumerate() {
        let whole = quotation.whole();
        if taken[index] || words_in(reading, whole) < STATEMENT {
            continue;
        }
        let sentence = reading.sentence_of(reading.tokens.from(whole.start));
        while let Some(before) = tagged.next_if(|f| (f.sentence, starts(f)) <= (sentence, whole.start)) {
            found.push(before);
        }
        found.push(loose(reading, sentence, whole, found.last()));
    }
    found.extend(tagged);
}

/// The attribution of a quotation that no cue claims, behind the attribution `before`.
fn loose(reading: &Reading<'_>, sentence: usize, whole: Span, before: Option<&Found>) -> Found {
    let tokens = reading.tokens.inside(whole);
    let opens = reading.sentences[sentence].tokens.start;
    let clause = opens.min(tokens.start)..tokens.start;
    let signed = signed(reading, tokens.end).or_else(|| introduced(reading, tokens.start));
    let dashed = signed.is_some();
    let (source, cue, link, confidence) = if let Some((source, cue)) = signed {
        (Some(source), cue, Link::Own, 0.85)
    } else if before.is_some_and(|b| carries_on(reading, b, tokens.start, tokens.end)) {
        (None, None, Link::CarriedOn, 0.72)
    } else if let Some(subject) = view_of(reading, sentence).or_else(|| subject::opening(reading, &clause)) {
        (Some(subject), None, Link::Own, 0.62)
    } else {
        (None, None, Link::Nobody, 0.4)
    };
    let finder = if dashed { Finder::Layout } else { Finder::Marks };
    Found {
        act: Act::Statement,
        form: form(reading, &[whole]),
        source,
        cue,
        content: vec![whole],
        beside: Vec::new(),
        told_to: None,
        link,
        sentence,
        from: tokens.start,
        confidence,
        finder,
    }
}

fn starts(found: &Found) -> u32 {
    found.content.first().map_or(0, |c| c.start)
}

type Signed = (Range<usize>, Option<Range<usize>>);

/// “…” — Ann Lee: a dash and a name behind the quotation end the paragraph.
fn signed(reading: &Reading<'_>, end: usize) -> Option<Signed> {
    matches!(reading.tokens.word(end), "—" | "–" | "―" | "--").then_some(())?;
    let name = phrase::behind(reading, end + 1, reading.tokens.len().min(end + 8), &["of"]);
    (!name.is_empty() && reading.is_capital(name.start)).then_some((name, Some(end..end + 1)))
}

/// Ann Lee was blunt: “…”: the name or pronoun that opens the clause before a colon.
fn introduced(reading: &Reading<'_>, start: usize) -> Option<Signed> {
    let colon = start.checked_sub(1).filter(|c| reading.is(*c, ":"))?;
    let clause = reading.sentences[reading.sentence_of(colon)].tokens.start..colon;
    let subject = subject::opening(reading, &clause)?;
    Some((subject, Some(colon..colon + 1)))
}

/// "To Ann Lee, the dam was “…”": whose view a sentence gives from its first words on.
fn view_of(reading: &Reading<'_>, sentence: usize) -> Option<Range<usize>> {
    let tokens = &reading.sentences[sentence].tokens;
    let first = tokens.start + 1;
    let named = reading.lower(tokens.start) == "to" && reading.is_capital(first);
    let comma = (first..tokens.end.min(first + 8)).find(|i| reading.is(*i, ","))?;
    named.then_some(first..comma)
}

/// Whether a quotation that fills its paragraph follows right behind the direct one of `before`.
fn carries_on(reading: &Reading<'_>, before: &Found, start: usize, end: usize) -> bool {
    let sentence = reading.sentence_of(start);
    let here = reading.sentences[sentence].paragraph;
    let there = reading.sentences[before.sentence].paragraph;
    let paragraph = reading.tokens.inside(reading.prose.paragraphs()[here].span);
    let ends = paragraph.end == end || reading.sentences[reading.sentence_of(end - 1)].paragraph > here;
    let fills = paragraph.start == start && ends;
    let direct = before.form != Form::Indirect && before.act == Act::Statement && before.link != Link::Nobody;
    let opens = reading.sentences[sentence].tokens.start == start;
    // Words behind the quotation are a tag that no rule could read: then nobody knows who speaks.
    let closes = reading.sentences[reading.sentence_of(end - 1)].tokens.end == end;
    let follows = here == there && opens && closes && sentence <= before.sentence + 1;
    direct && here.saturating_sub(there) <= 1 && (fills || follows)
}
