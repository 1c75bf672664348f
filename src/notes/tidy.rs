//! What hung on what an editor has changed: [`tidy`].

use std::collections::HashMap;

use super::quotes::Ids;
use crate::annotate::timex::Value;
use crate::annotate::{Annotations, Basis, Provenance, Quote};

/// Mends references between attributions and takes out people who are in nothing any more. `before`
/// are the attributions as they were found, `ids` what became of their ids.
///
/// Nothing here touches what an editor has said.
pub(super) fn tidy(before: &[Quote], ids: &Ids, found: &mut Annotations) {
    repeats(ids, found);
    same_remarks(before, ids, found);
    people(found);
}

/// What is told twice is told by the same person; what it repeats may be gone.
fn repeats(ids: &Ids, found: &mut Annotations) {
    let speakers: HashMap<String, _> = found
        .quotes
        .iter()
        .filter(|q| q.provenance == Provenance::Editor)
        .map(|q| (q.id.clone(), q.speaker.clone()))
        .collect();
    for quote in &mut found.quotes {
        let Some(original) = &quote.repeats else { continue };
        quote.repeats = ids.get(original).cloned().flatten();
        let told = quote.repeats.as_ref().and_then(|id| speakers.get(id));
        if let Some(speaker) = told.filter(|_| quote.provenance != Provenance::Editor) {
            quote.speaker.clone_from(speaker);
        }
    }
}

/// A time of speaking that was taken from another attribution of the same remarks follows it, where
/// nothing else tells it; where several could be followed, it is not told.
fn same_remarks(before: &[Quote], ids: &Ids, found: &mut Annotations) {
    let key = |q: &Quote| {
        let said = q.said_on.as_ref()?;
        Some((q.speaker.as_ref().map(|s| s.name.clone()), said.value))
    };
    let told = |q: &&Quote| q.said_on.as_ref().is_some_and(|s| s.basis != Basis::SameRemarks);
    let now: HashMap<&str, &Quote> = found.quotes.iter().map(|q| (q.id.as_str(), q)).collect();
    let mut moved: HashMap<(Option<String>, Value), Vec<Option<Value>>> = HashMap::new();
    for quote in before.iter().filter(told) {
        let same = ids.get(&quote.id).cloned().flatten();
        let after = same.and_then(|id| now.get(id.as_str()).copied());
        let (Some(was), is) = (key(quote), after.and_then(key)) else { continue };
        let value = match is {
            Some((speaker, value)) if speaker == was.0 => Some(value),
            _ => None,
        };
        moved.entry(was).or_default().push(value);
    }
    for quote in found.quotes.iter_mut().filter(|q| q.provenance != Provenance::Editor) {
        let Some(said) = quote.said_on.as_ref().filter(|s| s.basis == Basis::SameRemarks) else { continue };
        let was = (quote.speaker.as_ref().map(|s| s.name.clone()), said.value);
        let Some(values) = moved.get(&was).filter(|values| !values.contains(&Some(was.1))) else { continue };
        let one = values.first().copied().flatten().filter(|one| values.iter().all(|v| *v == Some(*one)));
        match (one, &mut quote.said_on) {
            (Some(value), Some(said)) => said.value = value,
            _ => quote.said_on = None,
        }
    }
}

/// Takes out people whom nothing names and who say nothing.
fn people(found: &mut Annotations) {
    let mut used = vec![false; found.people.len()];
    for mention in &found.mentions {
        used[mention.person] = true;
    }
    for person in found.quotes.iter().filter_map(|q| q.speaker.as_ref()?.person) {
        used[person] = true;
    }
    let mut next = 0;
    let place: Vec<usize> = used
        .iter()
        .map(|used| {
            next += usize::from(*used);
            next.saturating_sub(1)
        })
        .collect();
    let mut keep = used.iter();
    found.people.retain(|_| keep.next().copied().unwrap_or(true));
    found.mentions.iter_mut().for_each(|m| m.person = place[m.person]);
    for speaker in found.quotes.iter_mut().filter_map(|q| q.speaker.as_mut()) {
        speaker.person = speaker.person.map(|person| place[person]);
    }
}
