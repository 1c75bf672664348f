//! Finding the words of notes in the text: [`all`].

use super::desk::Desk;
use super::model::{At, Selector};
use super::nearest;
use crate::config::short;
use crate::diag::Code;
use crate::text::{Prose, Span};

/// A note and a place of the view that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) note: usize,
    pub(super) at: Span,
}

/// How many words beside a place are named.
const BESIDE: usize = 3;
/// How many are tried to tell places apart.
const MOST_BESIDE: usize = 8;

/// Where each note's words stand, in the order of the text; what cannot be placed is told.
pub(super) fn all(desk: &mut Desk<'_>) -> Vec<Placed> {
    let mut placed = Vec::new();
    for note in 0..desk.notes.len() {
        let found = match &desk.notes[note].at {
            At::Words(selector) => by_words(desk, selector),
            At::Link(span) => desk.prose.in_view(*span).map(|at| vec![at]).ok_or_else(|| {
                let hint = "headlines, datelines, credits and code are not annotated; take the link out";
                (Code::NOTE_LOST, "these words are no part of the text that is annotated".into(), hint.into())
            }),
        };
        match found {
            Ok(found) => placed.extend(found.into_iter().map(|at| Placed { note, at })),
            Err((code, message, hint)) => desk.tell(note, code, message, hint),
        }
    }
    placed.sort_by_key(|placed| (placed.at, placed.note));
    placed
}

/// What to tell of a note.
type Fault = (Code, String, String);

fn by_words(desk: &Desk<'_>, selector: &Selector) -> Result<Vec<Span>, Fault> {
    let (prefix, suffix) = (selector.prefix.as_deref(), selector.suffix.as_deref());
    let everywhere = desk.folded.find(&selector.exact);
    let fitting: Vec<Span> =
        everywhere.iter().copied().filter(|at| desk.folded.is_between(*at, prefix, suffix)).collect();
    match (&fitting[..], &everywhere[..]) {
        ([_], _) => Ok(fitting),
        ([_, ..], _) if selector.all => Ok(fitting),
        ([], []) => Err(gone(desk, selector)),
        ([], [first, ..]) => Err(beside_others(desk, selector, *first)),
        ([first, second, ..], _) => Err(ambiguous(desk, selector, &fitting, *first, *second)),
    }
}

/// The words are not in the text any more.
fn gone(desk: &Desk<'_>, selector: &Selector) -> Fault {
    let message = format!("the text does not have the words “{}”", short(&selector.exact));
    let near = (!desk.is_full(Code::NOTE_LOST))
        .then(|| nearest::passage(desk.prose.text(), &selector.exact))
        .flatten();
    let hint = match near {
        Some(near) => format!(
            "the nearest are in line {}: “{}”; write them if they are meant, or take the note out",
            desk.line(near),
            desk.words(near)
        ),
        None => {
            "nothing in the text is like them; take the note out, or write the words that it is about".into()
        }
    };
    (Code::NOTE_LOST, message, hint)
}

/// The words are there, but not beside the prefix or suffix.
fn beside_others(desk: &Desk<'_>, selector: &Selector, first: Span) -> Fault {
    let beside = match (&selector.prefix, &selector.suffix) {
        (Some(_), Some(_)) => "between this `prefix` and `suffix`",
        (Some(_), None) => "after this `prefix`",
        _ => "before this `suffix`",
    };
    let message = format!("the words “{}” do not stand {beside}", short(&selector.exact));
    let before = short(&before(&desk.prose, first, BESIDE));
    let after = short(&after(&desk.prose, first, BESIDE));
    let hint = format!(
        "in line {} they stand after “{before}” and before “{after}”; mend what stands beside them",
        desk.line(first)
    );
    (Code::NOTE_LOST, message, hint)
}

/// Two or more places fit: both are named, with what tells them apart.
fn ambiguous(desk: &Desk<'_>, selector: &Selector, fitting: &[Span], first: Span, second: Span) -> Fault {
    let message = format!("the words “{}” stand in {} places", short(&selector.exact), fitting.len());
    let (one, other) = (desk.line(first), desk.line(second));
    let (mine, theirs) = (apart(desk, fitting, first), apart(desk, fitting, second));
    let hint = match (mine, theirs) {
        (Some(mine), Some(theirs)) => format!(
            "add `{mine}` if line {one} is meant, `{theirs}` if line {other} is, or `all = true` for every place"
        ),
        _ => format!(
            "lines {one} and {other} have them; write more of the words, or `all = true` for every place"
        ),
    };
    (Code::NOTE_AMBIGUOUS, message, hint)
}

/// The prefix or suffix, as a note writes it, that fits one of several places alone.
fn apart(desk: &Desk<'_>, fitting: &[Span], at: Span) -> Option<String> {
    let alone = |prefix: Option<&str>, suffix: Option<&str>| {
        let mut fits = fitting.iter().filter(|place| desk.folded.is_between(**place, prefix, suffix));
        fits.next() == Some(&at) && fits.next().is_none()
    };
    let line = |key: &str, words: String| format!("{key} = {}", toml::Value::String(words));
    let usable = |words: &String| words.chars().count() <= 60 && has_words(words);
    (1..=MOST_BESIDE).find_map(|number| {
        let prefix = Some(before(&desk.prose, at, number)).filter(|p| usable(p) && alone(Some(p), None));
        let suffix = Some(after(&desk.prose, at, number)).filter(|s| usable(s) && alone(None, Some(s)));
        prefix.map(|words| line("prefix", words)).or_else(|| suffix.map(|words| line("suffix", words)))
    })
}

/// Whether more than punctuation stands in `words`: a comma tells nobody where to look.
pub(super) fn has_words(words: &str) -> bool {
    words.contains(char::is_alphanumeric)
}

/// The last `number` words before a place.
pub(super) fn before(prose: &Prose, at: Span, number: usize) -> String {
    let text = &prose.text()[..at.start as usize];
    let mut words: Vec<&str> = text.split_whitespace().rev().take(number).collect();
    words.reverse();
    words.join(" ")
}

/// The first `number` words after a place.
pub(super) fn after(prose: &Prose, at: Span, number: usize) -> String {
    let text = &prose.text()[at.end as usize..];
    text.split_whitespace().take(number).collect::<Vec<_>>().join(" ")
}
