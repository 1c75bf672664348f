//! The constructions in which news copy attributes words.
//!
//! Entry points: [`inverted`] ("…," said X), [`beside`] (X said …; …, X said), [`according`] and
//! [`transcript`] (X: …).

use std::ops::Range;

use super::content::{
    Parts, act, base, before_cue, below_colon, closing, cut, form, leading, resumed, widen,
};
use super::cue::Cue;
use super::opening::{after, is_beside, is_time};
use super::phrase;
use super::subject::Subject;
use super::{Attributed, Context, Found, Link};
use crate::annotate::lexicon::{Takes, lexicon};
use crate::annotate::reading::{Reading, Sentence};
use crate::annotate::{Act, Finder, Form};

/// A transcript line: "LEE: The dam will hold."
pub(super) fn transcript(reading: &Reading<'_>, index: usize, sentence: &Sentence) -> Option<Found> {
    let paragraph = reading.prose.paragraphs().get(sentence.paragraph)?.span;
    let range = reading.tokens.inside(paragraph);
    if range.start != sentence.tokens.start {
        return None;
    }
    let colon = range.clone().take(6).find(|i| reading.is(*i, ":"))?;
    let name = range.start..colon;
    let shouted = name.clone().all(|i| {
        let word = reading.tokens.word(i);
        word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase) || word == "."
    });
    if name.is_empty() || !shouted || colon + 3 > range.end || reading.words(&name).len() < 3 {
        return None;
    }
    Some(Found {
        act: Act::Statement,
        form: Form::Direct,
        source: Some(name),
        cue: Some(colon..colon + 1),
        content: vec![reading.tokens.span(colon + 1, range.end - 1)],
        beside: Vec::new(),
        told_to: None,
        link: Link::Own,
        sentence: index,
        from: sentence.tokens.start,
        confidence: 0.85,
        finder: Finder::Layout,
    })
}

/// "According to X, C" and "C, according to X".
pub(super) fn according(context: &Context<'_, '_>, cue: &Cue) -> Option<Attributed> {
    let reading = context.reading;
    let end = context.sentence.tokens.end;
    let source = phrase::behind(
        reading,
        cue.tokens.end,
        end,
        &["of", "for", "at", "from", "in", "by", "with", "on", "to"],
    );
    if source.is_empty() {
        return None;
    }
    let stop = closing(reading, context.sentence);
    let opens = cue.tokens.start == context.from;
    let (content, until) = if opens {
        let comma = (source.end..stop).find(|i| reading.is(*i, ","))?;
        (comma + 1..stop, stop)
    } else {
        let last = cue.tokens.start - usize::from(reading.is(cue.tokens.start - 1, ","));
        (leading(reading, context.from, last)..last, source.end)
    };
    if content.len() < 3 {
        return None;
    }
    let content = vec![widen(reading, &content)];
    let form = form(reading, &content);
    let found = Found {
        act: Act::Statement,
        form,
        source: Some(source),
        cue: Some(cue.tokens.clone()),
        content,
        beside: Vec::new(),
        told_to: None,
        link: Link::Own,
        sentence: context.index,
        from: context.from,
        confidence: base(form) - 0.03,
        finder: Finder::Rule,
    };
    Some(Attributed { found, until })
}

/// "…," said Ann Lee, an engineer.
pub(super) fn inverted(context: &Context<'_, '_>, cue: &Cue) -> Option<Attributed> {
    let reading = context.reading;
    if cue.leans && cue.tokens.len() == 1 && reading.lower(cue.tokens.start).ends_with("ing") {
        return None;
    }
    let before = before_cue(reading, context.from, cue.tokens.start)?;
    let sentence_end = closing(reading, context.sentence);
    let head = phrase::behind(reading, cue.tokens.end, sentence_end, &["of", "for", "at", "from", "with"]);
    if head.is_empty()
        || phrase::preposition(reading.lower(head.start))
        || reading.quotation(head.start).is_some()
    {
        return None;
    }
    let quoted = reading.quotation(before.end - 1).is_some();
    // Without marks only "…, said Ann Lee." is an inversion; "…, said the dam" is not.
    let tail = head.end;
    let ends = tail >= sentence_end
        || reading.is(tail, ",")
        || phrase::preposition(reading.lower(tail))
        || is_time(reading.lower(tail));
    if !ends && !quoted {
        return None;
    }
    if lexicon().classes[cue.class].takes == Takes::Quote && !quoted {
        return None;
    }
    let source = with_description(reading, &head, sentence_end);
    let mut content = vec![widen(reading, &before)];
    let mut until = source.end;
    let resumed = resumed(reading, source.end, context.sentence);
    if let Some(more) = resumed {
        until = reading.tokens.inside(more).end;
        content.push(more);
    }
    let form = form(reading, &content);
    let beside = (source.end < sentence_end)
        .then_some(source.end..sentence_end.min(source.end + 14))
        .into_iter()
        .collect();
    let parts = Parts { content, form, beside, told_to: None, until };
    let found = Found {
        act: act(reading, cue, &parts),
        form,
        source: Some(source),
        cue: Some(cue.tokens.clone()),
        content: parts.content,
        beside: parts.beside,
        told_to: None,
        link: Link::Own,
        sentence: context.index,
        from: context.from,
        confidence: base(form) - if quoted { 0.0 } else { 0.08 } - cue.doubt,
        finder: Finder::Rule,
    };
    Some(Attributed { found, until })
}

/// Adds the description behind an inverted source: ", an engineer with the water board".
fn with_description(reading: &Reading<'_>, head: &Range<usize>, limit: usize) -> Range<usize> {
    let comma = head.end;
    if !reading.is(comma, ",") || comma + 1 >= limit {
        return head.clone();
    }
    let word = reading.lower(comma + 1);
    let describes = phrase::determines(word)
        || word == "who"
        || lexicon().is_noun("roles", word)
        || word.chars().all(|c| c.is_ascii_digit());
    if !describes {
        return head.clone();
    }
    let end = (comma + 1..limit).find(|i| {
        reading.is(*i, ",") && !reading.lower(*i - 1).chars().all(|c| c.is_ascii_digit())
            || reading.quotation(*i).is_some()
    });
    head.start..end.unwrap_or(limit)
}

/// X said …; …, X said.
pub(super) fn beside(context: &Context<'_, '_>, cue: &Cue, source: Option<&Subject>) -> Option<Parts> {
    let reading = context.reading;
    let class = &lexicon().classes[cue.class];
    let stop = closing(reading, context.sentence);
    // "asked Congress to act" names its hearer as "told" does; "asked whether" does not.
    let asks = class.name == "ask"
        && (reading.is_capital(cue.tokens.end)
            || phrase::determines(reading.lower(cue.tokens.end))
            || matches!(reading.lower(cue.tokens.end), "him" | "them" | "us" | "me" | "reporters"));
    let told_to = (cue.told || asks)
        .then(|| phrase::behind(reading, cue.tokens.end, stop, &["of", "and"]))
        .filter(|r| !r.is_empty());
    let start = told_to.as_ref().map_or(cue.tokens.end, |t| t.end);
    let subject_start = source.map_or(cue.tokens.start, |s| s.tokens.start);
    let before = source.and_then(|_| before_cue(reading, context.from, subject_start));

    if let Some(before) = before.clone().filter(|b| reading.quotation(b.end - 1).is_some()) {
        return Some(behind_words(context, before, start, told_to));
    }
    if let Some(parts) = as_told(context, source, start, stop, told_to.clone()) {
        return Some(parts);
    }
    if let Some(parts) = interposed(context, cue, source, start, stop) {
        return Some(parts);
    }
    if let Some(below) = below_colon(context, start) {
        return Some(Parts {
            form: form(reading, &[below]),
            content: vec![below],
            beside: Vec::new(),
            told_to,
            until: stop,
        });
    }
    let after = after(context, cue, start, stop);
    let quote_only = class.takes == Takes::Quote;
    match after {
        Some(after) if !quote_only || reading.quotation(after.content.start).is_some() => {
            let content = vec![widen(reading, &after.content)];
            let form = form(reading, &content);
            let until = reading.tokens.inside(content[0]).end.max(after.content.end);
            Some(Parts { content, form, beside: after.beside, told_to, until })
        }
        _ if class.takes == Takes::Object || quote_only => None,
        _ => before.map(|before| behind_words(context, before, start, told_to)),
    }
}

/// "As Ann Lee told the paper, the dam would hold": content behind a tag that opens the sentence.
fn as_told(
    context: &Context<'_, '_>,
    source: Option<&Subject>,
    start: usize,
    stop: usize,
    told_to: Option<Range<usize>>,
) -> Option<Parts> {
    let reading = context.reading;
    let opens = context.sentence.tokens.start;
    let tag = reading.lower(opens) == "as" && source.is_some_and(|s| s.tokens.start == opens + 1);
    let comma = (start..stop.min(start + 8)).find(|i| reading.is(*i, ","))?;
    // "As Ann Lee told the story, the dam broke" tells a time.
    let bare = comma == start || is_beside(reading, start, comma);
    if !tag || !bare || stop < comma + 4 {
        return None;
    }
    let content = vec![widen(reading, &(comma + 1..cut(context, comma + 1, stop)))];
    let form = form(reading, &content);
    let until = reading.tokens.inside(content[0]).end;
    let beside = (start < comma).then_some(start..comma).into_iter().collect();
    Some(Parts { content, form, beside, told_to, until })
}

/// "The rest, she said, was a matter of luck": content on both sides of a tag between commas.
fn interposed(
    context: &Context<'_, '_>,
    cue: &Cue,
    source: Option<&Subject>,
    start: usize,
    stop: usize,
) -> Option<Parts> {
    let reading = context.reading;
    let source = source.filter(|s| s.tokens.end == cue.tokens.start)?;
    let comma = source.tokens.start.checked_sub(1).filter(|c| *c > context.from && reading.is(*c, ","))?;
    let goes_on =
        reading.is(start, ",") && start + 2 < stop && lexicon().cue(reading.lower(start + 1)).is_none();
    let first = leading(reading, context.from, comma);
    if !goes_on
        || comma < first + 2
        || reading.quotation(comma - 1).is_some()
        || phrase::preposition(reading.lower(start + 1))
    {
        return None;
    }
    let before = widen(reading, &(first..comma));
    let after = widen(reading, &(start + 1..cut(context, start + 1, stop)));
    let content = vec![before, after];
    Some(Parts {
        form: form(reading, &content),
        until: reading.tokens.inside(after).end,
        content,
        beside: Vec::new(),
        told_to: None,
    })
}

/// "…, X said on Monday": the content goes before; what follows the cue stands beside it.
fn behind_words(
    context: &Context<'_, '_>,
    before: Range<usize>,
    start: usize,
    told_to: Option<Range<usize>>,
) -> Parts {
    let reading = context.reading;
    let mut content = vec![widen(reading, &before)];
    let mut until = start;
    let limit = context.cues.first().map_or(context.sentence.tokens.end, |c| c.tokens.start);
    let leaning = context.cues.first().is_some_and(|c| c.leans);
    let more = if leaning { None } else { resumed(reading, start, context.sentence) };
    let mut beside_end = closing(reading, context.sentence).min(limit);
    if let Some(more) = more {
        let range = reading.tokens.inside(more);
        beside_end = beside_end.min(range.start.max(start));
        until = range.end;
        content.push(more);
    }
    let beside_end = (start..beside_end).find(|i| reading.is(*i, ",") && *i > start).unwrap_or(beside_end);
    let form = form(reading, &content);
    let beside = (start < beside_end).then_some(start..beside_end).into_iter().collect();
    Parts { content, form, beside, told_to, until }
}
