//! Attributions: which words belong to which source, by which cue.
//!
//! Entry point: [`find`]. Sentence by sentence: [`cue`] finds the words of saying and holding,
//! [`subject`] and [`phrase`] the noun phrases beside them, [`tags`] knows the constructions, [`opening`] and
//! [`content`] say how far the content goes; [`loose`] takes care of the quotations that no cue of
//! their own claims.

mod content;
mod cue;
mod loose;
#[cfg(feature = "weights")]
mod merged;
mod opening;
mod phrase;
mod subject;
mod tags;
#[cfg(feature = "weights")]
mod tidy;

use std::ops::Range;

use super::lexicon::{Takes, lexicon};
use super::reading::{Reading, Sentence};
use super::{Act, Finder, Form};
use crate::text::Span;

use cue::Cue;
#[cfg(feature = "weights")]
pub(super) use merged::merged;

/// An attribution before its speaker is resolved. Ranges count tokens.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) act: Act,
    pub(super) form: Form,
    /// Who, as the text names them.
    pub(super) source: Option<Range<usize>>,
    /// The words of saying.
    pub(super) cue: Option<Range<usize>>,
    /// What is said.
    pub(super) content: Vec<Span>,
    /// What stands beside the cue besides source and content: "on state TV on Dec 5".
    pub(super) beside: Vec<Range<usize>>,
    /// To whom.
    pub(super) told_to: Option<Range<usize>>,
    /// How the source is known.
    pub(super) link: Link,
    /// The index of the sentence that holds the cue.
    pub(super) sentence: usize,
    /// The first token of that sentence that belongs to no earlier attribution.
    pub(super) from: usize,
    /// How sure the rule or the model is, before the speaker is resolved.
    pub(super) confidence: f32,
    /// Which of them has found it.
    pub(super) finder: Finder,
}

/// How an attribution finds its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// The words of `source`.
    Own,
    /// The source of the attribution before it (in the list), which shares its sentence.
    Shared,
    /// The source of the attribution before it, whose quotation it carries on.
    CarriedOn,
    /// Nobody: the text names none.
    Nobody,
}

/// All attributions of the article, in the order of their cues.
pub(super) fn find(reading: &Reading<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut taken = vec![false; reading.quotations.len()];
    for (index, sentence) in reading.sentences.iter().enumerate() {
        in_sentence(reading, index, sentence, &mut taken, &mut found);
    }
    loose::claim(reading, &taken, &mut found);
    found
}

/// The attributions whose cue stands in `sentence`.
fn in_sentence(
    reading: &Reading<'_>,
    index: usize,
    sentence: &Sentence,
    taken: &mut [bool],
    found: &mut Vec<Found>,
) {
    if let Some(transcript) = tags::transcript(reading, index, sentence) {
        content::take(reading, &transcript.content, taken);
        found.push(transcript);
        return;
    }
    let first = found.len();
    let cues = cue::in_sentence(reading, sentence);
    let breaks: Vec<usize> =
        sentence.tokens.clone().filter(|i| reading.is(*i, ";") && reading.quotation(*i).is_none()).collect();
    let mut from = cues
        .first()
        .and_then(|cue| question_before(reading, sentence, cue, taken))
        .unwrap_or(sentence.tokens.start);
    for (at, cue) in cues.iter().enumerate() {
        // Words inside a content that is already somebody's are theirs to weigh, not ours.
        if cue.tokens.start < from {
            continue;
        }
        let context = Context {
            reading,
            index,
            sentence,
            from,
            cues: &cues[at + 1..],
            breaks: &breaks,
            shared: found.len() > first,
        };
        let Some(attribution) = attribute(&context, cue) else { continue };
        from = attribution.until.max(cue.tokens.end);
        content::take(reading, &attribution.found.content, taken);
        found.push(attribution.found);
    }
}

/// “Will it hold?” Ann Lee asked: the start of a quotation that ends the sentence before with a
/// question or an exclamation, where this sentence is nothing but its tag.
fn question_before(reading: &Reading<'_>, sentence: &Sentence, cue: &Cue, taken: &[bool]) -> Option<usize> {
    let last = sentence.tokens.start.checked_sub(1)?;
    let quotation = reading.quotation(last).filter(|q| !taken[*q])?;
    is_tag(reading, sentence, cue).then(|| reading.tokens.inside(reading.quotations[quotation].whole()).start)
}

/// Whether `sentence` is the tag of a question or exclamation that ends right before it.
fn tags_question(reading: &Reading<'_>, sentence: &Sentence) -> bool {
    cue::in_sentence(reading, sentence).first().is_some_and(|cue| is_tag(reading, sentence, cue))
}

/// Whether `cue` makes `sentence` a mere tag behind “…?” or “…!” of the same paragraph.
fn is_tag(reading: &Reading<'_>, sentence: &Sentence, cue: &Cue) -> bool {
    let Some(last) = sentence.tokens.start.checked_sub(1) else { return false };
    let same = reading.sentences[reading.sentence_of(last)].paragraph == sentence.paragraph;
    let asks = last > 0
        && reading.quotation(last).is_some()
        && matches!(reading.tokens.word(last - 1), "?" | "!" | "…" | "...");
    let next = reading.lower(cue.tokens.end);
    let short = sentence.tokens.end - cue.tokens.end <= 2
        || phrase::preposition(next)
        || next.starts_with(|c: char| c.is_ascii_digit())
        || (cue.tokens.start == sentence.tokens.start && sentence.tokens.len() < 16)
        || cue.told;
    same && asks && short
}

/// What the parts of one attribution are looked for in.
struct Context<'a, 'p> {
    reading: &'a Reading<'p>,
    index: usize,
    sentence: &'a Sentence,
    /// The first token that is not part of an earlier attribution.
    from: usize,
    /// The cues behind the one at hand.
    cues: &'a [Cue],
    /// The semicolons of the sentence outside quotation marks: read once, for every cue.
    breaks: &'a [usize],
    /// Whether the sentence has an attribution already, whose source others may share.
    shared: bool,
}

/// An attribution and the token at which the next may start.
struct Attributed {
    found: Found,
    until: usize,
}

/// Puts source and content to `cue`; `None` where it does not attribute anything.
fn attribute(context: &Context<'_, '_>, cue: &Cue) -> Option<Attributed> {
    if cue.according {
        return tags::according(context, cue);
    }
    let takes = lexicon().classes[cue.class].takes;
    let may_invert = !matches!(takes, Takes::Object | Takes::Told);
    let quoted = content::quotation_before(context.reading, context.from, cue.tokens.start);
    if may_invert
        && quoted
        && let Some(inverted) = tags::inverted(context, cue)
    {
        return Some(inverted);
    }
    let subject = subject::subject(context.reading, context.from, cue);
    if may_invert
        && subject.is_none()
        && !quoted
        && let Some(inverted) = tags::inverted(context, cue)
    {
        return Some(inverted);
    }
    let (source, link, doubt) = match subject {
        Some(subject) => {
            let doubt = subject.doubt;
            (Some(subject), Link::Own, doubt)
        }
        None if context.shared && cue.leans => (None, Link::Shared, 0.02),
        None if cue.leans => {
            // "Ann Lee compared it to a flood and said …": the subject of the clause before.
            let tokens = subject::opening(context.reading, &(context.from..cue.tokens.start))?;
            (Some(subject::Subject { tokens, beside: Vec::new(), doubt: 0.0 }), Link::Own, 0.08)
        }
        None => return None,
    };
    let parts = tags::beside(context, cue, source.as_ref())?;
    let act = content::act(context.reading, cue, &parts);
    let confidence = content::base(parts.form) - doubt - cue.doubt;
    let mut beside = parts.beside;
    let source = source.map(|s| {
        beside.extend(s.beside);
        s.tokens
    });
    let found = Found {
        act,
        form: parts.form,
        source,
        cue: Some(cue.tokens.clone()),
        content: parts.content,
        beside,
        told_to: parts.told_to,
        link,
        sentence: context.index,
        from: context.from,
        confidence,
        finder: Finder::Rule,
    };
    Some(Attributed { found, until: parts.until })
}

/// Whether `word` ties a further phrase to a noun ("a spokesman for the board").
pub(super) fn is_tie(word: &str) -> bool {
    phrase::preposition(word)
}

/// Whether no token of the range is a verb form or a subject pronoun that rules know.
pub(super) fn no_verb(reading: &Reading<'_>, start: usize, end: usize) -> bool {
    opening::no_verb(reading, start, end)
}

/// The subject of a clause by its place alone.
pub(super) fn clause_subject(reading: &Reading<'_>, clause: &Range<usize>) -> Option<Range<usize>> {
    subject::opening(reading, clause)
}
