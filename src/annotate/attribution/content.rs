//! What is said: how far the words on either side of a cue go.
//!
//! Entry points: [`before_cue`] and [`cut`] for the two sides of a tag, [`resumed`] for the
//! quotation that goes on behind one, [`form`] and [`act`] for what the words are.

use std::ops::Range;

use super::cue::Cue;
use super::opening::no_verb;
use super::{Context, subject};
use crate::annotate::lexicon::lexicon;
use crate::annotate::reading::{Reading, Sentence};
use crate::annotate::{Act, Form};
use crate::text::Span;

/// Content and what stands around it.
pub(super) struct Parts {
    pub(super) content: Vec<Span>,
    pub(super) form: Form,
    pub(super) beside: Vec<Range<usize>>,
    pub(super) told_to: Option<Range<usize>>,
    /// The token at which the next attribution may start.
    pub(super) until: usize,
}

/// How sure a rule is of a content of this form whose source is a name.
pub(super) fn base(form: Form) -> f32 {
    match form {
        Form::Direct => 0.97,
        Form::Mixed => 0.94,
        Form::Indirect => 0.92,
    }
}

/// What was done with the words: the class' act, unless they were not said.
pub(super) fn act(reading: &Reading<'_>, cue: &Cue, parts: &Parts) -> Act {
    let class = &lexicon().classes[cue.class];
    if cue.unsaid && parts.form != Form::Direct {
        return Act::None;
    }
    let first = parts.content.first().map_or(0, |c| reading.tokens.from(c.start));
    let open_question = matches!(reading.lower(first), "if" | "whether");
    let asks = class.name == "ask"
        && matches!(reading.lower(first), "about" | "what" | "who" | "how" | "why" | "when" | "where");
    if parts.form == Form::Indirect && (asks || open_question) {
        return Act::None;
    }
    // "praised the engineers": a view is told, and no words; "welcomed Ms Lee joining the board" is a
    // clause, which somebody put into words.
    let clause = parts.content.iter().any(|content| has_participle(reading, *content));
    if parts.form == Form::Indirect && class.name == "value" && !clause {
        return Act::Position;
    }
    class.act
}

/// Whether somebody does something in the words: a participle stands behind a name.
fn has_participle(reading: &Reading<'_>, content: Span) -> bool {
    let tokens = reading.tokens.inside(content);
    (tokens.start + 1..tokens.end).any(|at| {
        let word = reading.lower(at);
        word.len() > 4 && word.ends_with("ing") && !reading.is_capital(at) && reading.is_capital(at - 1)
    })
}

/// Marks the quotations that a content holds as claimed.
pub(super) fn take(reading: &Reading<'_>, content: &[Span], taken: &mut [bool]) {
    for span in content {
        for at in reading.tokens.inside(*span) {
            if let Some(quotation) = reading.quotation(at) {
                taken[quotation] = true;
            }
        }
    }
}

/// The form of a content: how many of its words stand inside quotation marks. A leading "that"
/// does not count.
pub(super) fn form(reading: &Reading<'_>, content: &[Span]) -> Form {
    let (mut inside, mut outside) = (0, 0);
    for span in content {
        for at in reading.tokens.inside(*span) {
            if reading.tokens.get(at).is_some_and(|t| t.kind == crate::text::token::TokenKind::Mark) {
                continue;
            }
            match reading.quotation(at) {
                Some(_) => inside += 1,
                None if inside + outside == 0 && reading.lower(at) == "that" => {}
                None => outside += 1,
            }
        }
    }
    match (inside, outside) {
        (0, _) => Form::Indirect,
        (_, 0) => Form::Direct,
        _ => Form::Mixed,
    }
}

/// A content as a span: a quotation that it cuts is taken whole, and a closing comma inside the
/// marks stays.
pub(super) fn widen(reading: &Reading<'_>, range: &Range<usize>) -> Span {
    let mut span = reading.span(range);
    for edge in [range.start, range.end - 1] {
        if let Some(quotation) = reading.quotation(edge) {
            span = span.cover(reading.quotations[quotation].whole());
        }
    }
    span
}

/// How many words a span holds.
pub(super) fn words_in(reading: &Reading<'_>, span: Span) -> usize {
    reading.tokens.inside(span).filter(|i| reading.is_word(*i)).count()
}

/// The tokens of a sentence without its closing stop.
pub(super) fn closing(reading: &Reading<'_>, sentence: &Sentence) -> usize {
    let mut end = sentence.tokens.end;
    while end > sentence.tokens.start
        && reading.quotation(end - 1).is_none()
        && matches!(reading.tokens.word(end - 1), "." | "!" | "?" | "…" | "...")
    {
        end -= 1;
    }
    end
}

/// Skips a conjunction at the head of a content that stands before its cue.
pub(super) fn leading(reading: &Reading<'_>, from: usize, end: usize) -> usize {
    let mut start = from;
    while start < end
        && (matches!(reading.lower(start), "but" | "and" | "so" | "yet")
            || matches!(reading.tokens.word(start), "," | ";" | "—" | "–" | "-"))
        && reading.quotation(start).is_none()
    {
        start += 1;
    }
    start
}

/// Whether a quotation ends right before token `at`, a comma between them allowed.
pub(super) fn quotation_before(reading: &Reading<'_>, from: usize, at: usize) -> bool {
    let comma = at > from && reading.is(at - 1, ",") && reading.quotation(at - 1).is_none();
    let last = at - usize::from(comma);
    last > from && reading.quotation(last - 1).is_some()
}

/// The words right before `cue` that a quotation mark or a comma ends; `None` where there are none.
pub(super) fn before_cue(reading: &Reading<'_>, from: usize, cue: usize) -> Option<Range<usize>> {
    let comma = cue.checked_sub(1).filter(|c| *c >= from)?;
    let quoted = reading.quotation(comma).is_some();
    let end = if quoted {
        cue
    } else if reading.is(comma, ",") && comma > from {
        comma
    } else {
        return None;
    };
    let start = introduced(reading, leading(reading, from, end), end);
    let enough = reading.quotation(end - 1).is_some() || end.saturating_sub(start) >= 4;
    (start < end && enough).then_some(start..end)
}

/// "White had a happier hour: “…”": what stands before a colon introduces the quotation and is no
/// part of it.
fn introduced(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let Some(quotation) = end.checked_sub(1).and_then(|last| reading.quotation(last)) else { return start };
    let first = reading.tokens.from(reading.quotations[quotation].whole().start);
    if first > start && reading.is(first - 1, ":") { first } else { start }
}

/// The quotation that goes on behind a tag: in the same sentence, or as the next sentence of the
/// paragraph when it starts with a quotation mark.
pub(super) fn resumed(reading: &Reading<'_>, tag_end: usize, sentence: &Sentence) -> Option<Span> {
    let inside = (tag_end..sentence.tokens.end.min(tag_end + 14)).find(|i| reading.quotation(*i).is_some());
    if let Some(at) = inside {
        let clean = (tag_end..at).all(|i| lexicon().cue(reading.lower(i)).is_none());
        let comma = reading.is(at - 1, ",")
            || reading.is(at - 1, ";")
            || reading.is(at - 1, "—")
            || reading.is(at - 1, ":");
        let whole = reading.quotations[reading.quotation(at)?].whole();
        return (clean && comma && words_in(reading, whole) > 1).then_some(whole);
    }
    next_quotation(reading, sentence)
}

/// The quotation that opens the sentence behind `sentence` in its paragraph, where that sentence
/// has no cue of its own.
fn next_quotation(reading: &Reading<'_>, sentence: &Sentence) -> Option<Span> {
    let at = sentence.tokens.end;
    let next = reading
        .sentences
        .get(reading.sentence_of(at))
        .filter(|s| s.tokens.start == at && s.paragraph == sentence.paragraph)?;
    let whole = reading.quotations[reading.quotation(at)?].whole();
    let range = reading.tokens.inside(whole);
    if range.start != next.tokens.start {
        return None;
    }
    // Words behind it are a tag of its own, read or not; so is a tag behind “…!”.
    let behind = range.end;
    let last = reading.sentences.get(reading.sentence_of(behind.saturating_sub(1)))?;
    let tagged = reading
        .sentences
        .get(reading.sentence_of(behind))
        .is_some_and(|s| s.tokens.start == behind && super::tags_question(reading, s));
    (last.tokens.end == behind && !tagged).then_some(whole)
}

/// "Ann Lee stated:" at the end of a paragraph: the quotation that opens the next one.
pub(super) fn below_colon(context: &Context<'_, '_>, start: usize) -> Option<Span> {
    let reading = context.reading;
    let end = context.sentence.tokens.end;
    let colon = start < end && end - start < 12 && reading.is(end - 1, ":");
    let quotation = reading.quotation(end).filter(|_| colon)?;
    let whole = reading.quotations[quotation].whole();
    (reading.tokens.inside(whole).start == end).then_some(whole)
}

/// How many further cues may end a content.
const NEAR: usize = 12;

/// Where the content behind a cue must end because another attribution starts: before ", adding",
/// or before "and he praised".
pub(super) fn cut(context: &Context<'_, '_>, start: usize, stop: usize) -> usize {
    let reading = context.reading;
    let next = context.breaks.partition_point(|semicolon| *semicolon < start);
    let stop = context.breaks.get(next).map_or(stop, |semicolon| stop.min(*semicolon));
    for cue in context.cues.iter().take(NEAR).filter(|c| c.tokens.start > start) {
        let first = if cue.leans {
            cue.tokens.start
        } else {
            match subject::subject(reading, start, cue) {
                Some(subject) => subject.tokens.start,
                None => continue,
            }
        };
        let joint = first.checked_sub(1).filter(|j| *j > start);
        let Some(joint) = joint else { continue };
        let word = reading.lower(joint);
        let joins = matches!(word, "and" | "but" | "while" | "though" | "although" | "whereas" | ";" | "as");
        let comma = reading.is(joint, ",") && cue.leans;
        if joins || comma {
            let before = joint - usize::from(reading.is(joint - 1, ","));
            return if cue.leans && joins && !reading.is(joint - 1, ",") && same_clause(reading, start, joint)
            {
                continue;
            } else {
                before.max(start)
            };
        }
    }
    stop
}

/// Whether "X and V" may be two verbs of the content itself ("that he went and said"): the content
/// has a subject pronoun of its own right before.
fn same_clause(reading: &Reading<'_>, start: usize, joint: usize) -> bool {
    joint - start < 4 && no_verb(reading, start, joint)
}
