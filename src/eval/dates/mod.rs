//! Dates against gold: how many expressions were found, and how many got the right value.
//!
//! Entry point: [`score`]. The measures are those of TempEval-3, with the headline *value F1*,
//! counted over all documents together; an expression meets one other at most.

mod document;
mod pairing;
mod spelling;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use document::{Gold, GoldDocument, Mention, System};
pub use tally::Figures;

use pairing::Pairing;
use tally::Tally;

/// What is measured and how values are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The types that count; `None` is all of them.
    pub types: Option<BTreeSet<String>>,
    /// Whether what stands in a document's header is left out on both sides.
    pub body_only: bool,
    /// Whether values are compared as they are written.
    pub exact: bool,
}

/// The figures of a whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores<'g> {
    /// Over all expressions.
    pub all: Figures,
    /// By type; `None` are a system's own expressions that it gave no type. An expression that
    /// meets the gold counts to the type of the gold.
    pub by_type: BTreeMap<Option<&'g str>, Figures>,
    /// By document, in the order of the gold.
    pub by_document: Vec<(&'g str, Figures)>,
    /// How many documents the system has no line for; they count as documents without dates.
    pub unanswered: usize,
    /// How many documents the system has that are not in the gold; they do not count.
    pub unknown: usize,
    /// What was missed, valued wrongly or found where nothing is, document by document.
    pub slips: Vec<Slip<'g>>,
}

/// An expression that the two sides do not agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip<'g> {
    /// Where it stands.
    pub document: &'g GoldDocument,
    /// What the system made of it.
    pub kind: SlipKind<'g>,
}

/// The ways to be wrong about an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipKind<'g> {
    /// The system has nothing there.
    Missed {
        /// What is there.
        gold: &'g Mention,
    },
    /// The two overlap and differ in value.
    Value {
        /// What is there.
        gold: &'g Mention,
        /// What the system has.
        system: &'g Mention,
    },
    /// The gold has nothing there, or something that meets another expression better.
    Spurious {
        /// What the system has.
        system: &'g Mention,
    },
}

/// Measures `system` against `gold`.
///
/// A gold expression whose value is null or empty counts for its span and type; it and what meets
/// it are left out of the counts of values.
#[must_use]
pub fn score<'g>(gold: &'g Gold, system: &'g System, choice: &Choice) -> Scores<'g> {
    let mut counting = Counting { choice, all: Tally::default(), types: BTreeMap::new(), slips: Vec::new() };
    let mut by_document = Vec::with_capacity(gold.documents.len());
    let mut answered = 0;
    for document in &gold.documents {
        let found = system.of(&document.id);
        answered += usize::from(found.is_some());
        by_document.push((document.id.as_str(), counting.document(document, found.unwrap_or_default())));
    }
    Scores {
        all: counting.all.figures(),
        by_type: counting.types.into_iter().map(|(kind, tally)| (kind, tally.figures())).collect(),
        by_document,
        unanswered: gold.documents.len() - answered,
        unknown: system.len() - answered,
        slips: counting.slips,
    }
}

struct Counting<'c, 'g> {
    choice: &'c Choice,
    all: Tally,
    types: BTreeMap<Option<&'g str>, Tally>,
    slips: Vec<Slip<'g>>,
}

impl<'g> Counting<'_, 'g> {
    fn document(&mut self, document: &'g GoldDocument, found: &'g [Mention]) -> Figures {
        let body_only = self.choice.body_only;
        let body = if body_only { document.body() } else { 0 };
        let gold: Vec<&Mention> =
            document.timexes.iter().filter(|mention| !(body_only && mention.in_header())).collect();
        let system: Vec<&Mention> = found.iter().filter(|mention| mention.start >= body).collect();
        let pairing = pairing::pair(&gold, &system);
        let mut own = Tally::default();
        self.gold_side(document, (&gold, &system), &pairing, &mut own);
        self.system_side(document, (&gold, &system), &pairing, &mut own);
        own.figures()
    }

    /// Counts each expression of the gold with what meets it.
    fn gold_side(
        &mut self,
        document: &'g GoldDocument,
        (gold, system): (&[&'g Mention], &[&'g Mention]),
        pairing: &Pairing,
        own: &mut Tally,
    ) {
        for (wanted, met) in gold.iter().copied().zip(&pairing.system_of) {
            let kind = wanted.kind.as_deref();
            if !self.counts(kind) {
                continue;
            }
            let value = self.plain(wanted);
            let found = met.map(|index| system[index]);
            let right = found.is_some_and(|found| value.is_some() && self.plain(found) == value);
            let one = Tally::of_gold(wanted, found, value.is_some(), right);
            self.add(kind, one, own);
            match found {
                None => self.slip(document, SlipKind::Missed { gold: wanted }),
                Some(found) if value.is_some() && !right => {
                    self.slip(document, SlipKind::Value { gold: wanted, system: found });
                }
                Some(_) => {}
            }
        }
    }

    /// Counts each expression of the system; what meets the gold counts to the type of the gold.
    fn system_side(
        &mut self,
        document: &'g GoldDocument,
        (gold, system): (&[&'g Mention], &[&'g Mention]),
        pairing: &Pairing,
        own: &mut Tally,
    ) {
        for (found, met) in system.iter().copied().zip(&pairing.gold_of) {
            let wanted = met.map(|index| gold[index]);
            let kind = wanted.unwrap_or(found).kind.as_deref();
            if !self.counts(kind) {
                continue;
            }
            let free = wanted.is_some_and(|wanted| self.plain(wanted).is_none());
            self.add(kind, Tally::of_system(!free), own);
            if wanted.is_none() {
                self.slip(document, SlipKind::Spurious { system: found });
            }
        }
    }

    fn counts(&self, kind: Option<&str>) -> bool {
        let types = self.choice.types.as_ref();
        types.is_none_or(|types| kind.is_some_and(|kind| types.contains(kind)))
    }

    fn plain(&self, mention: &Mention) -> Option<String> {
        spelling::plain(mention.value.as_deref(), self.choice.exact)
    }

    fn add(&mut self, kind: Option<&'g str>, one: Tally, own: &mut Tally) {
        for tally in [&mut self.all, self.types.entry(kind).or_default(), own] {
            *tally += one;
        }
    }

    fn slip(&mut self, document: &'g GoldDocument, kind: SlipKind<'g>) {
        self.slips.push(Slip { document, kind });
    }
}
