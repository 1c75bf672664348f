//! Notes about dates: [`rulings`] before the text is annotated, [`confirm`] after.

use super::desk::Desk;
use super::model::{About, Claim};
use super::place::Placed;
use crate::annotate::timex::{Timex, Value};
use crate::annotate::{Annotations, EditedDate, Provenance};
use crate::diag::{Code, Severity};
use crate::text::Span;

/// What the notes say about dates.
#[derive(Debug, Default)]
pub(super) struct Rulings {
    /// Added, corrected and rejected.
    pub(super) edited: Vec<EditedDate>,
    /// The places, in the document, of those that are right as they were found.
    pub(super) confirmed: Vec<Span>,
}

/// One note's word about a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ruling {
    Means(Value),
    NoDate,
    AsFound,
}

/// What the notes say about dates, those that contradict each other left out; `found` is the text as
/// it was annotated without them.
pub(super) fn rulings(desk: &mut Desk<'_>, placed: &[Placed], found: &Annotations) -> Rulings {
    let mut given: Vec<(Span, Ruling, usize)> = Vec::new();
    for Placed { note, at } in placed {
        let About::Date(claim) = &desk.notes[*note].about else { continue };
        let ruling = match claim {
            Claim::Says(value) => Ruling::Means(*value),
            Claim::Reject => Ruling::NoDate,
            Claim::Confirm => Ruling::AsFound,
        };
        let words = desk.prose.in_document(*at);
        let timex = around(&found.timexes, words);
        if timex.is_none() && !matches!(ruling, Ruling::Means(_)) {
            nothing(desk, *note, ruling);
            continue;
        }
        given.push((timex.unwrap_or(words), ruling, *note));
    }
    given.sort_by_key(|(span, _, note)| (*span, *note));
    let clash = contradictions(&given);
    for (one, other) in &clash {
        contradiction(desk, given[*one].2, given[*other].2);
    }
    let against: Vec<usize> = clash.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let mut rulings = Rulings::default();
    for (index, (span, ruling, _)) in given.into_iter().enumerate() {
        match ruling {
            _ if against.contains(&index) => {}
            Ruling::Means(value) => rulings.edited.push(EditedDate { span, value: Some(value) }),
            Ruling::NoDate => rulings.edited.push(EditedDate { span, value: None }),
            Ruling::AsFound => rulings.confirmed.push(span),
        }
    }
    rulings
}

/// Marks the dates at these places as checked.
pub(super) fn confirm(found: &mut Annotations, places: &[Span]) {
    for timex in &mut found.timexes {
        if places.iter().any(|place| place.overlaps(timex.span)) {
            (timex.confidence, timex.provenance) = (1.0, Provenance::Editor);
        }
    }
}

/// The expression that has the words in it, or lies in them.
fn around(timexes: &[Timex], words: Span) -> Option<Span> {
    let spans = || timexes.iter().map(|t| t.span);
    spans().find(|s| s.contains(words)).or_else(|| spans().find(|s| words.contains(*s)).map(|_| words))
}

/// Pairs of rulings about places that overlap and say different things.
fn contradictions(given: &[(Span, Ruling, usize)]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (index, (span, ruling, _)) in given.iter().enumerate() {
        let after = given[index + 1..].iter().take_while(|(other, ..)| other.start < span.end);
        let against = after.enumerate().filter(|(_, (_, other, _))| other != ruling);
        pairs.extend(against.map(|(ahead, _)| (index, index + 1 + ahead)));
    }
    pairs
}

/// Says that two notes contradict each other, at the later one.
pub(super) fn contradiction(desk: &mut Desk<'_>, one: usize, other: usize) {
    let (first, later) = (one.min(other), one.max(other));
    let message = format!("this note contradicts the one at {}", desk.whereabouts(first));
    let hint = "neither holds until one of them is mended or taken out";
    desk.tell(later, Code::NOTES_CONTRADICT, message, hint.into());
}

fn nothing(desk: &mut Desk<'_>, note: usize, ruling: Ruling) {
    nothing_marked(desk, note, "date", ruling == Ruling::NoDate, "`value = 2025-12-05`");
}

/// Says that there is nothing to confirm, or nothing to reject.
pub(super) fn nothing_marked(desk: &mut Desk<'_>, note: usize, what: &str, reject: bool, key: &str) {
    let message = format!("no {what} was found at these words");
    let (severity, hint) = if reject {
        (Severity::Warning, "there is nothing to reject; take the note out".to_owned())
    } else {
        (Severity::Error, format!("there is nothing to confirm; to add it, give {key}"))
    };
    let place = desk.notes[note].place;
    desk.tell_at(note, place, (severity, Code::NOTHING_MARKED), message, hint);
}
