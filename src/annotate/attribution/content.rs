//! What is said: the words on either side of a cue.
//!
//! Entry points: [`inverted`] ("…," said X), [`beside`] (X said …; …, X said), [`according`] and
//! [`transcript`] (X: …).

use std::ops::Range;

use super::cue::Cue;
use super::phrase::{self, Subject};
use super::{Attributed, Context, Found, Link};
use crate::annotate::lexicon::{Takes, lexicon};
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
    class.act
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
    })
}

/// "According to X, C" and "C, according to X".
pub(super) fn according(context: &Context<'_, '_>, cue: &Cue) -> Option<Attributed> {
    let reading = context.reading;
    let end = context.sentence.tokens.end;
    let source =
        phrase::behind(reading, cue.tokens.end, end, &["of", "for", "at", "from", "in", "by", "with", "on"]);
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
    };
    Some(Attributed { found, until })
}

/// Whether a quotation ends right before token `at`, a comma between them allowed.
pub(super) fn quotation_before(reading: &Reading<'_>, from: usize, at: usize) -> bool {
    let comma = at > from && reading.is(at - 1, ",") && reading.quotation(at - 1).is_none();
    let last = at - usize::from(comma);
    last > from && reading.quotation(last - 1).is_some()
}

/// The words right before `cue` that a quotation mark or a comma ends; `None` where there are none.
fn before_cue(reading: &Reading<'_>, from: usize, cue: usize) -> Option<Range<usize>> {
    let comma = cue.checked_sub(1).filter(|c| *c >= from)?;
    let quoted = reading.quotation(comma).is_some();
    let end = if quoted {
        cue
    } else if reading.is(comma, ",") && comma > from {
        comma
    } else {
        return None;
    };
    let start = leading(reading, from, end);
    let enough = reading.quotation(end - 1).is_some() || end.saturating_sub(start) >= 4;
    (start < end && enough).then_some(start..end)
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

/// The quotation that goes on behind a tag: in the same sentence, or as the next sentence of the
/// paragraph when it starts with a quotation mark.
fn resumed(reading: &Reading<'_>, tag_end: usize, sentence: &Sentence) -> Option<Span> {
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
    // “…” she added: a tag of its own behind it.
    let behind = range.end;
    let last = reading.sentences.get(reading.sentence_of(behind.saturating_sub(1)))?;
    let own = (behind..last.tokens.end).any(|i| lexicon().cue(reading.lower(i)).is_some());
    (!own).then_some(whole)
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

/// "The rest, she said, was a matter of luck": content on both sides of a tag between commas.
fn interposed(
    context: &Context<'_, '_>,
    cue: &Cue,
    source: Option<&Subject>,
    start: usize,
    stop: usize,
) -> Option<Parts> {
    let reading = context.reading;
    let source = source.filter(|s| s.tokens.end == cue.tokens.start && start == cue.tokens.end)?;
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

/// "Ann Lee stated:" at the end of a paragraph: the quotation that opens the next one.
fn below_colon(context: &Context<'_, '_>, start: usize) -> Option<Span> {
    let reading = context.reading;
    let end = context.sentence.tokens.end;
    let colon = start < end && end - start < 12 && reading.is(end - 1, ":");
    let quotation = reading.quotation(end).filter(|_| colon)?;
    let whole = reading.quotations[quotation].whole();
    (reading.tokens.inside(whole).start == end).then_some(whole)
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

/// Content behind a cue.
struct After {
    content: Range<usize>,
    beside: Vec<Range<usize>>,
}

/// The words behind a cue, past "on Monday", "in a statement" and "that"; `None` where nothing is
/// left but such phrases.
fn after(context: &Context<'_, '_>, cue: &Cue, start: usize, stop: usize) -> Option<After> {
    let reading = context.reading;
    let object = lexicon().classes[cue.class].takes == Takes::Object;
    let mut end = cut(context, start, stop);
    if object {
        end = (start..end).find(|i| matches!(reading.tokens.word(*i), ";" | "—" | "–")).unwrap_or(end);
        return (start < end).then(|| After { content: start..end, beside: Vec::new() });
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
    if end - first < 2 && reading.quotation(first).is_none() {
        return None;
    }
    beside.retain(|b| !b.is_empty());
    let that = reading.lower(first) == "that" && reading.quotation(first + 1).is_some();
    Some(After { content: first + usize::from(that)..end, beside })
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
    let marked = (start..end.min(start + 24)).find(|i| {
        reading.lower(*i) == "that"
            || matches!(reading.tokens.word(*i), ":" | ",")
            || reading.quotation(*i).is_some()
    });
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

/// Whether the tokens are phrases that stand beside a cue: they start with a preposition, a day or
/// an adverb and hold no verb and no subject.
fn is_beside(reading: &Reading<'_>, start: usize, end: usize) -> bool {
    let first = reading.lower(start);
    let opens = phrase::preposition(first)
        || is_time(first)
        || first.ends_with("ly")
        || matches!(first, "later" | "earlier" | "today" | "yesterday" | "when" | "here");
    opens && no_verb(reading, start, end)
}

/// Whether no token of the range is a verb form or a subject pronoun that rules know.
fn no_verb(reading: &Reading<'_>, start: usize, end: usize) -> bool {
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
fn is_time(word: &str) -> bool {
    const DAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tonight",
        "earlier",
        "later",
    ];
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan.",
        "feb.",
        "aug.",
        "sept.",
        "oct.",
        "nov.",
        "dec.",
        "jan",
        "feb",
        "aug",
        "sept",
        "oct",
        "nov",
        "dec",
    ];
    DAYS.contains(&word) || MONTHS.contains(&word)
}

/// Where the content behind a cue must end because another attribution starts: before ", adding",
/// or before "and he praised".
fn cut(context: &Context<'_, '_>, start: usize, stop: usize) -> usize {
    let reading = context.reading;
    for cue in context.cues.iter().filter(|c| c.tokens.start > start) {
        let first = if cue.leans {
            cue.tokens.start
        } else {
            match phrase::subject(reading, start, cue) {
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

/// The tokens of a sentence without its closing stop.
fn closing(reading: &Reading<'_>, sentence: &Sentence) -> usize {
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
fn leading(reading: &Reading<'_>, from: usize, end: usize) -> usize {
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

/// A content as a span: a quotation that it cuts is taken whole, and a closing comma inside the
/// marks stays.
fn widen(reading: &Reading<'_>, range: &Range<usize>) -> Span {
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
