//! Speakers against gold: whether the right one was found behind each source.
//!
//! Entry point: [`score`]. Each attribution of the gold is looked up in the system's quotations by
//! the words of its content, and its speaker compared by name; the other way round, each speaker
//! that the system gives is looked up in the gold. Unlike in [`quotes`](super::quotes), several may
//! meet the same one.

mod document;
mod figures;
mod identity;
mod name;
mod passage;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use document::{Attribution, Gold, GoldDocument, Quote, Speaker, System};
pub use figures::{Accuracy, Confusion, Identity, Precision, SaidOn};
pub use name::Reference;

use super::measure::float;
use super::words::Words;
use document::{PERSON, UNKNOWN};
use identity::Namings;
use passage::Passage;

/// A quotation is direct where this many words of its content stand in quotation marks.
const DIRECT: usize = 5;

/// The least confidences that are asked for, in thousandths.
const LEAST: std::ops::RangeInclusive<u16> = 10..=19;

/// The step between them.
const LEAST_STEP: u16 = 50;

/// How contents are compared, and names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// The overlap from which on two contents meet, between 0 and 1.
    pub threshold: f64,
    /// How the overlap is measured.
    pub overlap: Overlap,
    /// Whether a name must be the very name where another person has the same surname, whether that
    /// person speaks or not.
    pub strict_surname: bool,
}

impl Default for Choice {
    fn default() -> Self {
        Self { threshold: 0.5, overlap: Overlap::Dice, strict_surname: false }
    }
}

/// The words in common, by some number of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlap {
    /// By the mean of both.
    #[default]
    Dice,
    /// By those that either holds.
    Jaccard,
    /// By those of the one that is looked up: of the gold, but for precision of the system.
    Gold,
    /// By those of the shorter.
    Min,
}

impl Overlap {
    /// The overlap of a content that is looked up with another.
    fn of(self, content: &Words, other: &Words) -> f64 {
        let shared = content.shared(other);
        if shared == 0 {
            return 0.0;
        }
        let (content, other) = (content.len(), other.len());
        let by = match self {
            Self::Dice => return 2.0 * float(shared) / float(content + other),
            Self::Jaccard => content + other - shared,
            Self::Gold => content,
            Self::Min => content.min(other),
        };
        float(shared) / float(by)
    }
}

/// The figures of a whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores<'g> {
    /// How many documents the gold has.
    pub articles: usize,
    /// The documents that the system has no line for; they count as documents without quotations.
    pub unanswered: Vec<&'g str>,
    /// The documents that the system has and the gold has not, by name; they do not count.
    pub unknown: Vec<&'g str>,
    /// Attributions to people: the headline.
    pub people: Accuracy,
    /// Quotations that the system gives to people.
    pub people_precision: Precision,
    /// Attributions to anyone whom the text tells.
    pub speakers: Accuracy,
    /// Quotations that the system gives to anyone.
    pub speakers_precision: Precision,
    /// All attributions, those without a speaker among them.
    pub all: Accuracy,
    /// All, by the kind of the speaker.
    pub by_kind: BTreeMap<&'g str, Accuracy>,
    /// Direct quotations of people.
    pub direct_people: Accuracy,
    /// Direct quotations of anyone whom the text tells.
    pub direct_speakers: Accuracy,
    /// Direct quotations of people, by how the source refers to them.
    pub by_reference: BTreeMap<Reference, Accuracy>,
    /// The time of speaking.
    pub said_on: SaidOn,
    /// Direct quotations of people by how sure the system is, where it says: for each least
    /// confidence, in thousandths, what is right of the gold's and of the system's.
    pub by_least: BTreeMap<u16, (Accuracy, Precision)>,
    /// Names against people.
    pub identity: Identity<'g>,
    /// Attributions that were not found or have the wrong speaker, document by document.
    pub slips: Vec<Slip<'g>>,
}

/// An attribution without the right speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip<'g> {
    /// Where it stands.
    pub document: &'g GoldDocument,
    /// What is there.
    pub gold: &'g Attribution,
    /// What the system has; `None` where it has nothing.
    pub found: Option<&'g Quote>,
}

/// Measures `system` against `gold`.
#[must_use]
pub fn score<'g>(gold: &'g Gold, system: &'g System, choice: &Choice) -> Scores<'g> {
    let mut scores = Scores { articles: gold.documents.len(), ..Scores::default() };
    let in_gold = |id: &str| gold.documents.iter().any(|document| document.id == id);
    scores.unknown = system.ids().filter(|id| !in_gold(id)).collect();
    for document in &gold.documents {
        let found = system.of(&document.id);
        scores.unanswered.extend(found.is_none().then_some(document.id.as_str()));
        let reading = Reading::of(document, found.unwrap_or_default(), choice);
        reading.gold_side(&mut scores);
        reading.system_side(&mut scores);
    }
    let mut found = gold.documents.iter().filter_map(|document| system.of(&document.id)).flatten();
    if !found.any(|quote| quote.sure.is_some()) {
        scores.by_least.clear();
    }
    scores
}

/// A document with all that is compared in it.
struct Reading<'g, 'c> {
    choice: &'c Choice,
    document: &'g GoldDocument,
    found: &'g [Quote],
    passage: Passage<'g>,
    /// Its people and the people who speak in it, each once.
    people: Vec<&'g str>,
    gold_words: Vec<Marked>,
    system_words: Vec<Marked>,
}

/// The words of an attribution.
struct Marked {
    source: Words,
    content: Words,
}

impl<'g, 'c> Reading<'g, 'c> {
    fn of(document: &'g GoldDocument, found: &'g [Quote], choice: &'c Choice) -> Self {
        let passage = Passage::new(&document.text);
        let marked = |source: &[[u32; 2]], content: &[[u32; 2]]| Marked {
            source: passage.words(source),
            content: passage.words(content),
        };
        let gold_words = document.attributions.iter().map(|a| marked(&a.source, &a.content)).collect();
        let system_words = found.iter().map(|quote| marked(&quote.source, &quote.content)).collect();
        let people = people(document, choice.strict_surname);
        Self { choice, document, found, passage, people, gold_words, system_words }
    }

    /// Counts each attribution of the gold with the quotation that it meets.
    fn gold_side(&self, scores: &mut Scores<'g>) {
        let mut namings = Namings::default();
        for (gold, words) in self.document.attributions.iter().zip(&self.gold_words) {
            let place = self.best(words, &self.system_words);
            let found = place.map(|place| &self.found[place]);
            let right = found.is_some_and(|quote| self.right(quote, gold));
            self.count(scores, gold, (found.is_some(), right));
            self.count_least(scores, gold, found, right);
            scores.said_on.add(gold, found);
            if !right {
                scores.slips.push(Slip { document: self.document, gold, found });
            }
            if let Some(name) = found.and_then(Quote::name).filter(|_| gold.is_person()) {
                namings.add(&gold.speaker, name);
            }
        }
        namings.tell(&self.document.id, &mut scores.identity);
    }

    /// Counts an attribution of the gold to all that it belongs to.
    fn count(&self, scores: &mut Scores<'g>, gold: &'g Attribution, (matched, right): (bool, bool)) {
        scores.all.add(matched, right);
        scores.by_kind.entry(&gold.speaker_kind).or_default().add(matched, right);
        let direct = self.passage.quoted(&gold.content) >= DIRECT;
        if gold.is_known() {
            scores.speakers.add(matched, right);
            if direct {
                scores.direct_speakers.add(matched, right);
            }
        }
        if gold.is_person() {
            scores.people.add(matched, right);
            if direct {
                scores.direct_people.add(matched, right);
                let reference = Reference::of(&self.passage.written(&gold.source), &gold.speaker);
                scores.by_reference.entry(reference).or_default().add(matched, right);
            }
        }
    }

    /// Counts a direct quotation of a person under each least confidence.
    fn count_least(&self, scores: &mut Scores<'g>, gold: &Attribution, found: Option<&Quote>, right: bool) {
        if !gold.is_person() || self.passage.quoted(&gold.content) < DIRECT {
            return;
        }
        for least in LEAST.map(|step| step * LEAST_STEP) {
            let sure = found.is_some_and(|quote| quote.sure >= Some(least));
            scores.by_least.entry(least).or_default().0.add(sure, sure && right);
        }
    }

    /// Counts each speaker that the system gives.
    fn system_side(&self, scores: &mut Scores<'g>) {
        for (quote, words) in self.found.iter().zip(&self.system_words) {
            let Some(person) = figures::claims(quote) else { continue };
            let place = self.best(words, &self.gold_words);
            let right = place.is_some_and(|place| self.right(quote, &self.document.attributions[place]));
            scores.speakers_precision.add(place.is_some(), right);
            if !person {
                continue;
            }
            scores.people_precision.add(place.is_some(), right);
            if self.passage.quoted(&quote.content) >= DIRECT {
                for least in LEAST.map(|step| step * LEAST_STEP).filter(|least| quote.sure >= Some(*least)) {
                    scores.by_least.entry(least).or_default().1.add(place.is_some(), right);
                }
            }
        }
    }

    /// Which of `others` meets `words` best: the contents with the most in common, then the sources,
    /// then the first.
    fn best(&self, words: &Marked, others: &[Marked]) -> Option<usize> {
        let mut best: Option<((f64, usize), usize)> = None;
        for (place, other) in others.iter().enumerate() {
            let overlap = self.choice.overlap.of(&words.content, &other.content);
            let rank = (overlap, words.source.shared(&other.source));
            let better = best.is_none_or(|(before, _)| rank > before);
            if overlap > 0.0 && overlap >= self.choice.threshold && better {
                best = Some((rank, place));
            }
        }
        best.map(|(_, place)| place)
    }

    /// Whether a quotation has the speaker of an attribution, or one of the others that are right.
    fn right(&self, quote: &Quote, gold: &Attribution) -> bool {
        let Some(name) = quote.name() else { return !gold.is_known() };
        if !gold.is_known() {
            let words = name::fold(name);
            let nobody = |nobody: &str| words.len() == 1 && words[0] == nobody;
            return quote.kind() == Some(UNKNOWN) || nobody(UNKNOWN) || nobody("none");
        }
        let same = |other: &str, kind: &str| {
            if kind == PERSON {
                name::same_person(name, other, &self.people, self.choice.strict_surname)
            } else {
                name::same_body(name, other, kind)
            }
        };
        // The gold tells no kind of the others: they are people where the text has such people.
        let kind_of = |other: &str| if self.people.contains(&other) { PERSON } else { "group" };
        same(&gold.speaker, &gold.speaker_kind)
            || gold.alt_speakers.iter().any(|other| same(other, kind_of(other)))
    }
}

/// The people of a document and those who speak in it, each once; under `strict` those who share a
/// surname and say nothing, too.
fn people(document: &GoldDocument, strict: bool) -> Vec<&str> {
    let speakers = document.attributions.iter().filter(|a| a.is_person()).map(|a| a.speaker.as_str());
    let silent = document.silent_namesakes.iter().filter(|_| strict);
    let all = document.people.iter().map(String::as_str).chain(speakers).chain(silent.map(String::as_str));
    let mut people = Vec::new();
    for name in all {
        if !people.contains(&name) {
            people.push(name);
        }
    }
    people
}
