//! Notes about quotations: [`words`] gathers what is said of each, [`apply`] puts it over what was found.

use std::collections::{BTreeMap, HashMap};

use super::dates::{contradiction, nothing_marked};
use super::desk::Desk;
use super::model::{About, Claim, QuotationClaim};
use super::place::Placed;
use super::who;
use super::word::Word;
use crate::annotate::timex::Value;
use crate::annotate::{Act, Annotations, Basis, Form, Provenance, Quote, SaidOn, quote_id};
use crate::config::{Placed as Written, short};
use crate::diag::{Code, Severity};
use crate::text::Span;

/// Which attribution is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// One that was found, by its index.
    Found(usize),
    /// One that was not: its words in the view.
    New(Span),
}

/// What notes say, by attribution.
pub(super) type Words = BTreeMap<Target, Word>;

/// What became of the ids that were found: the new one, `None` for what is gone.
pub(super) type Ids = HashMap<String, Option<String>>;

/// Marks around words that are quoted.
const MARKS: [char; 5] = ['“', '”', '"', '„', '«'];

/// What the notes about quotations say of each.
pub(super) fn words(desk: &mut Desk<'_>, placed: &[Placed], found: &Annotations) -> Words {
    let mut words = Words::new();
    for Placed { note, at } in placed {
        let About::Quotation(claim) = &desk.notes[*note].about else { continue };
        let says = match claim {
            Claim::Says(says) => Some(says.clone()),
            Claim::Reject | Claim::Confirm => None,
        };
        let reject = matches!(claim, Claim::Reject);
        let at = with_marks(desk.prose.text(), *at);
        let target = target(&found.quotes, &desk.in_document(at));
        match (says, target) {
            (Some(says), _) => {
                let key = target.map_or(Target::New(at), |(index, _)| Target::Found(index));
                let whole = target.is_none_or(|(_, covers)| !covers);
                // A word that cannot be applied as a whole is not applied in part.
                if let Some(said) = said(desk, *note, at, whole, &says, found) {
                    words.entry(key).or_default().add(said);
                }
            }
            (None, Some((index, _))) => {
                let word = words.entry(Target::Found(index)).or_default();
                if reject { &mut word.reject } else { &mut word.confirm }.push((*note, ()));
            }
            (None, None) => nothing_marked(desk, *note, "quotation", reject, "`speaker`"),
        }
    }
    words
}

/// What one note says of an attribution; `whole` where the note's own words are its content.
fn said(
    desk: &mut Desk<'_>,
    note: usize,
    at: Span,
    whole: bool,
    says: &QuotationClaim,
    found: &Annotations,
) -> Option<Word> {
    let mut word = Word::default();
    if let Some(claim) = &says.speaker {
        word.speaker.push((note, who::resolve(desk, note, claim, found)?));
    }
    word.act.extend(says.act.map(|act| (note, act)));
    if let Some(on) = says.said_on {
        ahead(desk, note, on);
        word.said_on.push((note, on));
    }
    for (list, given) in [(&mut word.source, &says.source), (&mut word.cue, &says.cue)] {
        if let Some(given) = given {
            let place = near(desk, note, at, given, |place| !place.overlaps(at))?;
            list.push((note, desk.in_document(place)));
        }
    }
    let mut content = Vec::new();
    for part in &says.content {
        let place = near(desk, note, at, part, |_| true)?;
        content.extend(desk.parts(with_marks(desk.prose.text(), place)));
    }
    if content.is_empty() && whole {
        content = desk.parts(at);
    }
    content.sort();
    content.dedup();
    if !content.is_empty() {
        word.content.push((note, content));
    }
    Some(word)
}

/// Warns of words that are said to have been spoken after they were published.
fn ahead(desk: &mut Desk<'_>, note: usize, on: Option<Value>) {
    let published = desk.article.meta.date.map(|date| date.day);
    let begins = on.and_then(Value::begin_end).map(|(first, _)| first);
    if let (Some(published), Some(begins)) = (published, begins)
        && (begins - published).num_days() > 1
    {
        let message = format!("`said_on` is after the day of publication, {published}");
        let place = desk.notes[note].place;
        let hint = "mend the year, or the date of the brief".to_owned();
        desk.tell_at(note, place, (Severity::Warning, Code::BAD_NOTE), message, hint);
    }
}

/// How far from a quotation its source, its cue and its other parts may stand, in bytes.
const REACH: u32 = 1_500;

/// The place of a note's further words: the nearest to the quotation that they stand at.
fn near(
    desk: &mut Desk<'_>,
    note: usize,
    at: Span,
    given: &Written<String>,
    fits: impl Fn(&Span) -> bool,
) -> Option<Span> {
    let away = |place: &Span| place.start.saturating_sub(at.end).max(at.start.saturating_sub(place.end));
    let places =
        desk.folded.find(&given.value).into_iter().filter(|place| fits(place) && away(place) <= REACH);
    let nearest = places.min_by_key(|place| (away(place), *place));
    if nearest.is_none() {
        let message = format!("the words “{}” do not stand at this quotation", short(&given.value));
        let hint = "write them as they stand beside it".to_owned();
        desk.tell_at(note, given.place, (Severity::Error, Code::NOTE_LOST), message, hint);
    }
    nearest
}

/// A place with the quotation marks that stand around it: they are part of a content.
fn with_marks(text: &str, at: Span) -> Span {
    let (before, after) = (&text[..at.start as usize], &text[at.end as usize..]);
    let Some(open) = before.chars().next_back().filter(|c| MARKS.contains(c)) else { return at };
    let inside = after.trim_start_matches([',', '.', '!', '?', ';', '…']);
    let Some(close) = inside.chars().next().filter(|c| MARKS.contains(c) || *c == '»') else { return at };
    let end = at.end as usize + (after.len() - inside.len()) + close.len_utf8();
    Span::new(at.start as usize - open.len_utf8(), end)
}

/// The attribution that words of its content mean, and whether it has them all: the shortest that has
/// them, else the one that shares the most with them, if that is half of either.
fn target(quotes: &[Quote], wanted: &[Span]) -> Option<(usize, bool)> {
    let length = |spans: &[Span]| spans.iter().map(|s| s.len()).sum::<usize>();
    let covers = |q: &Quote| wanted.iter().all(|w| q.content.iter().any(|c| c.contains(*w)));
    let all = quotes.iter().enumerate();
    let covering =
        all.clone().filter(|(_, q)| covers(q)).min_by_key(|(index, q)| (length(&q.content), *index));
    if let Some((index, _)) = covering {
        return Some((index, true));
    }
    let shared = |q: &Quote| {
        let pairs = q.content.iter().flat_map(|c| wanted.iter().map(move |w| (c, w)));
        pairs.map(|(c, w)| c.end.min(w.end).saturating_sub(c.start.max(w.start)) as usize).sum::<usize>()
    };
    let most =
        all.map(|(index, q)| (shared(q), index)).max_by_key(|(shared, index)| (*shared, usize::MAX - index));
    most.filter(|(shared, index)| {
        *shared > 0 && shared * 2 >= length(&quotes[*index].content).min(length(wanted))
    })
    .map(|(_, index)| (index, false))
}

/// Puts what is said over what was found. The quotes are in order afterwards.
pub(super) fn apply(desk: &mut Desk<'_>, words: Words, found: &mut Annotations) -> Ids {
    let mut gone = vec![false; found.quotes.len()];
    let mut fresh: Vec<(usize, Vec<Span>)> = Vec::new();
    let spoken: Vec<usize> =
        words.keys().filter_map(|t| if let Target::Found(index) = t { Some(*index) } else { None }).collect();
    for (target, word) in agreeing(desk, words) {
        if !word.reject.is_empty() {
            if let Target::Found(index) = target {
                reject(&found.quotes, index, &spoken, &mut gone);
            }
            continue;
        }
        let index = match target {
            Target::Found(index) => index,
            Target::New(_) if word.speaker.is_empty() => {
                for note in word.notes() {
                    let message = "no quotation was found at these words".to_owned();
                    desk.tell(note, Code::NOTHING_MARKED, message, "to add it, give `speaker`".into());
                }
                continue;
            }
            Target::New(_) => {
                found.quotes.push(blank());
                gone.push(false);
                found.quotes.len() - 1
            }
        };
        if let Some(content) = put(desk, &word, index, found) {
            supersede(&found.quotes, index, &spoken, &mut gone);
            fresh.push((index, content));
        }
    }
    let ids = rename(desk, &mut found.quotes, &gone, &fresh);
    let mut keep = gone.iter().map(|gone| !gone);
    found.quotes.retain(|_| keep.next().unwrap_or(true));
    found.quotes.sort_by_key(|q| (q.content[0], q.cue.first().copied()));
    ids
}

/// The words of notes that agree. Of two new quotations that overlap in part, neither can be right.
fn agreeing(desk: &mut Desk<'_>, words: Words) -> Words {
    let mut against: Vec<(Target, usize, usize)> = Vec::new();
    for (target, word) in &words {
        against.extend(word.contradiction().map(|(one, other)| (*target, one, other)));
    }
    let new: Vec<(Span, Target, usize)> = words
        .iter()
        .filter_map(|(target, word)| match target {
            Target::New(span) => Some((*span, *target, *word.notes().first()?)),
            Target::Found(_) => None,
        })
        .collect();
    for (index, (span, target, note)) in new.iter().enumerate() {
        let over = new[index + 1..].iter().take_while(|(other, ..)| other.start < span.end);
        for (_, other, later) in over.filter(|(other, ..)| !span.contains(*other) && !other.contains(*span)) {
            against.push((*target, *note, *later));
            against.push((*other, *note, *later));
        }
    }
    let mut told: Vec<(usize, usize)> = against.iter().map(|(_, one, other)| (*one, *other)).collect();
    told.sort_unstable();
    told.dedup();
    for (one, other) in told {
        contradiction(desk, one, other);
    }
    words.into_iter().filter(|(target, _)| !against.iter().any(|(other, ..)| other == target)).collect()
}

/// An attribution of which nothing is known yet.
fn blank() -> Quote {
    Quote {
        id: String::new(),
        act: Act::Statement,
        form: Form::Indirect,
        why: None,
        source: Vec::new(),
        cue: Vec::new(),
        content: Vec::new(),
        speaker: None,
        said_on: None,
        venue: None,
        told_to: None,
        repeats: None,
        confidence: 1.0,
        provenance: Provenance::Editor,
    }
}

/// Puts one word over an attribution; answers with its content, in the view, where that is new.
fn put(desk: &Desk<'_>, word: &Word, index: usize, found: &mut Annotations) -> Option<Vec<Span>> {
    let quote = &mut found.quotes[index];
    (quote.confidence, quote.provenance, quote.why) = (1.0, Provenance::Editor, None);
    // Notes that agree may name somebody by name and by id: the id says more.
    if let Some((_, who)) = word.speaker.iter().max_by_key(|(_, who)| who.profile.is_some()) {
        quote.speaker = Some(who.speaker(&mut found.people));
    }
    if let Some((_, act)) = word.act.first() {
        quote.act = *act;
    }
    if let Some((_, on)) = word.said_on.first() {
        quote.said_on = on.map(|value| SaidOn { value, basis: Basis::Editor });
    }
    if quote.act != Act::Statement {
        quote.said_on = None;
    }
    if let Some((_, source)) = word.source.first() {
        quote.source.clone_from(source);
    }
    if let Some((_, cue)) = word.cue.first() {
        quote.cue.clone_from(cue);
    }
    let (_, content) = word.content.first()?;
    let placed: Vec<Span> = content.iter().map(|part| desk.prose.in_document(*part)).collect();
    if placed == quote.content {
        return None;
    }
    quote.content = placed;
    quote.form = form(content.iter().map(|part| part.of(desk.prose.text())));
    Some(content.clone())
}

/// How much of a content stands inside quotation marks.
fn form<'p>(mut parts: impl Iterator<Item = &'p str> + Clone) -> Form {
    let opens = |part: &str| part.trim_start().starts_with(MARKS);
    let closes = |part: &str| part.trim_end().ends_with(MARKS) || part.trim_end().ends_with('»');
    if parts.clone().all(|part| opens(part) && closes(part)) {
        Form::Direct
    } else if parts.any(|part| part.contains(MARKS)) {
        Form::Mixed
    } else {
        Form::Indirect
    }
}

/// Takes an attribution out, and others that give the same words without a note of their own.
fn reject(quotes: &[Quote], index: usize, spoken: &[usize], gone: &mut [bool]) {
    for (other, quote) in quotes.iter().enumerate() {
        let same = quote.content == quotes[index].content && spoken.binary_search(&other).is_err();
        gone[other] |= other == index || same;
    }
}

/// Takes out what was found inside a content that an editor has drawn: it was a part of it, unless it
/// is a quotation in the quotation, with a cue of its own.
fn supersede(quotes: &[Quote], index: usize, spoken: &[usize], gone: &mut [bool]) {
    let content = &quotes[index].content;
    let inside = |spans: &[Span]| spans.iter().all(|s| content.iter().any(|c| c.contains(*s)));
    for (other, quote) in quotes.iter().enumerate() {
        let nested = !quote.cue.is_empty() && inside(&quote.cue);
        if other != index && spoken.binary_search(&other).is_err() && inside(&quote.content) && !nested {
            gone[other] |= quote.provenance != Provenance::Editor;
        }
    }
}

/// Gives ids to contents that are new, and says what became of the old ones. Whatever stays keeps its id.
fn rename(desk: &Desk<'_>, quotes: &mut [Quote], gone: &[bool], fresh: &[(usize, Vec<Span>)]) -> Ids {
    let old: Vec<String> = quotes.iter().map(|q| q.id.clone()).collect();
    let is_fresh = |index: usize| fresh.iter().any(|(other, _)| *other == index);
    let mut used: Vec<String> = old
        .iter()
        .enumerate()
        .filter(|(i, _)| !gone[*i] && !is_fresh(*i))
        .map(|(_, id)| id.clone())
        .collect();
    let mut order: Vec<&(usize, Vec<Span>)> = fresh.iter().filter(|(index, _)| !gone[*index]).collect();
    order.sort_by_key(|(index, content)| (content.first().copied(), *index));
    for (index, content) in order {
        let base = quote_id(content.iter().map(|part| part.of(desk.prose.text())));
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let id = std::iter::once(base.clone()).chain(numbered).find(|id| !used.contains(id)).unwrap_or(base);
        used.push(id.clone());
        quotes[*index].id = id;
    }
    let now = quotes.iter().zip(gone).map(|(q, gone)| (!gone).then(|| q.id.clone()));
    old.into_iter().zip(now).filter(|(id, _)| !id.is_empty()).collect()
}
