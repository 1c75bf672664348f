//! Attributions against gold: which were found, and with the right source.
//!
//! Entry point: [`score`]. A content, source or cue is compared as the set of words that it touches,
//! so that white space, punctuation and quotation marks never matter. The headline, *attributed*,
//! wants contents that share half of their words, and the same source; each attribution meets one
//! other at most. Speakers, the people behind the sources, are measured by
//! [`speakers`](super::speakers).

mod article;
mod document;
mod figures;
mod marks;
mod pairing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use article::Form;
pub use document::{Attribution, Gold, GoldDocument, System};
pub use figures::{Figures, FormFigures, QuotationFigures, SpanFigures};

use super::measure::{float, ratio};
use super::words::Words;
use article::Article;
use figures::{SpanTally, Tally};
use pairing::Pairing;

/// A quotation of fewer words is not looked at by itself.
const LONG: usize = 5;

/// The figures of a whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores<'g> {
    /// Over all documents.
    pub figures: Figures,
    /// How many documents the system has no line for; they count as documents without
    /// attributions.
    pub unanswered: usize,
    /// How many documents the system has that are not in the gold; they do not count.
    pub unknown: usize,
    /// What was missed, given to the wrong source or found where nothing is, document by document.
    pub slips: Vec<Slip<'g>>,
}

/// An attribution that the two sides do not agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip<'g> {
    /// Where it stands.
    pub document: &'g GoldDocument,
    /// What the system made of it.
    pub kind: SlipKind<'g>,
}

/// The ways to be wrong about an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipKind<'g> {
    /// The system has nothing there.
    Missed {
        /// What is there.
        gold: &'g Attribution,
    },
    /// The contents meet and the sources differ.
    Source {
        /// What is there.
        gold: &'g Attribution,
        /// What the system has.
        system: &'g Attribution,
    },
    /// The gold has nothing there, or something that meets another attribution better.
    Spurious {
        /// What the system has.
        system: &'g Attribution,
    },
}

/// Measures `system` against `gold`.
///
/// An attribution whose content touches no word does not count on either side; neither does one of
/// the system that touches the same words as an earlier one.
#[must_use]
pub fn score<'g>(gold: &'g Gold, system: &'g System) -> Scores<'g> {
    let mut counting = Counting { tally: Tally::default(), slips: Vec::new() };
    let mut answered = 0;
    for document in &gold.documents {
        let found = system.of(&document.id);
        answered += usize::from(found.is_some());
        counting.document(document, found.unwrap_or_default());
    }
    Scores {
        figures: counting.tally.figures(),
        unanswered: gold.documents.len() - answered,
        unknown: system.len() - answered,
        slips: counting.slips,
    }
}

/// An attribution by its words.
#[derive(Debug)]
struct Marked<'g> {
    source: Words,
    cue: Words,
    content: Words,
    written: &'g Attribution,
}

impl<'g> Marked<'g> {
    fn of(written: &'g Attribution, article: &Article) -> Option<Self> {
        let content = article.words_in(&written.content);
        let (source, cue) = (article.words_in(&written.source), article.words_in(&written.cue));
        (!content.is_empty()).then_some(Self { source, cue, content, written })
    }
}

/// A part of an attribution.
type Part<'g> = for<'m> fn(&'m Marked<'g>) -> &'m Words;

struct Counting<'g> {
    tally: Tally,
    slips: Vec<Slip<'g>>,
}

impl<'g> Counting<'g> {
    fn document(&mut self, document: &'g GoldDocument, found: &'g [Attribution]) {
        let article = Article::new(&document.text);
        let gold: Vec<Marked<'g>> =
            document.attributions.iter().filter_map(|a| Marked::of(a, &article)).collect();
        let mut seen = BTreeSet::new();
        let mut system: Vec<Marked<'g>> = found.iter().filter_map(|a| Marked::of(a, &article)).collect();
        system.retain(|a| seen.insert((a.source.clone(), a.cue.clone(), a.content.clone())));

        let tally = &mut self.tally;
        tally.articles += 1;
        tally.gold += gold.len();
        tally.system += system.len();
        for (spans, part) in [
            (&mut tally.source, (|a| &a.source) as Part<'g>),
            (&mut tally.cue, |a| &a.cue),
            (&mut tally.content, |a| &a.content),
        ] {
            spans.compare(&different(&gold, part), &different(&system, part));
        }
        tally.strict += same_words(&gold, &system);
        let pairing = pairing::pair(&article, &gold, &system);
        self.gold_side(document, &article, (&gold, &system), &pairing);
        self.system_side(document, &article, (&gold, &system), &pairing);
        for quotation in article.quotations.iter().filter(|quotation| quotation.len() >= LONG) {
            self.quotation(&article, quotation, (&gold, &system));
        }
    }

    /// Counts each attribution of the gold with what meets it.
    fn gold_side(
        &mut self,
        document: &'g GoldDocument,
        article: &Article,
        (gold, system): (&[Marked<'g>], &[Marked<'g>]),
        pairing: &Pairing,
    ) {
        let covered: Words = system.iter().flat_map(|a| a.content.iter()).collect();
        for (wanted, met) in gold.iter().zip(&pairing.system_of) {
            let form = article.form(&wanted.content);
            let right = met.is_some_and(|met| met.same_source);
            self.tally.found += usize::from(met.is_some());
            self.tally.attributed += usize::from(right);
            if article.says(&wanted.cue) {
                self.tally.saying.gold += 1;
                self.tally.saying.gold_right += usize::from(right);
            }
            let of_form = self.tally.forms.entry(form).or_default();
            of_form.covered += ratio(wanted.content.shared(&covered), wanted.content.len());
            of_form.found += usize::from(met.is_some());
            of_form.attributed.gold += 1;
            of_form.attributed.gold_right += usize::from(right);
            let kind = match met {
                None => SlipKind::Missed { gold: wanted.written },
                Some(met) => {
                    let found = system[met.index].written;
                    self.claim(found, form);
                    if right {
                        continue;
                    }
                    SlipKind::Source { gold: wanted.written, system: found }
                }
            };
            self.slips.push(Slip { document, kind });
        }
    }

    /// Counts what a system calls a content, if it calls it anything.
    fn claim(&mut self, found: &Attribution, form: Form) {
        if let Some(claimed) = found.claimed.as_deref().filter(|claimed| !claimed.is_empty()) {
            self.tally.claimed += 1;
            self.tally.claimed_rightly += usize::from(claimed == form.name());
        }
    }

    /// Counts each attribution of the system. One without a cue has a cue of saying where what it
    /// meets has.
    fn system_side(
        &mut self,
        document: &'g GoldDocument,
        article: &Article,
        (gold, system): (&[Marked<'g>], &[Marked<'g>]),
        pairing: &Pairing,
    ) {
        for (found, met) in system.iter().zip(&pairing.gold_of) {
            let right = usize::from(met.is_some_and(|met| met.same_source));
            let cue = match met {
                Some(met) if found.cue.is_empty() => &gold[met.index].cue,
                _ => &found.cue,
            };
            if article.says(cue) {
                self.tally.saying.system += 1;
                self.tally.saying.system_right += right;
            }
            let of_form = self.tally.forms.entry(article.form(&found.content)).or_default();
            of_form.attributed.system += 1;
            of_form.attributed.system_right += right;
            if met.is_none() {
                self.slips.push(Slip { document, kind: SlipKind::Spurious { system: found.written } });
            }
        }
    }

    /// Counts one quotation, if the gold gives it to a source.
    fn quotation(
        &mut self,
        article: &Article,
        quotation: &Words,
        (gold, system): (&[Marked<'g>], &[Marked<'g>]),
    ) {
        let shared = |a: &Marked<'g>| a.content.shared(quotation);
        let length = float(quotation.len());
        let Some(wanted) = first_best(gold, shared) else { return };
        if float(shared(wanted)) < 0.8 * length || wanted.source.is_empty() {
            return;
        }
        let tally = &mut self.tally.quotations;
        tally.number += 1;
        let Some(found) = first_best(system, |a| (shared(a), !a.source.is_empty())) else { return };
        if float(shared(found)) < 0.5 * length {
            return;
        }
        tally.covered += 1;
        tally.sourced += usize::from(!found.source.is_empty());
        let right = article.same_source(&wanted.source, &found.source);
        tally.right += usize::from(right);
        let same_name = || !article.names(&wanted.source).is_disjoint(&article.names(&found.source));
        tally.by_name += usize::from(right || same_name());
    }
}

impl SpanTally {
    /// Counts the different stretches of one document.
    fn compare(&mut self, gold: &[&Words], system: &[&Words]) {
        let union = |side: &[&Words]| side.iter().flat_map(|words| words.iter()).collect::<Words>();
        let (gold_words, system_words) = (union(gold), union(system));
        let covered = |side: &[&Words], other: &Words| -> f64 {
            side.iter().map(|words| ratio(words.shared(other), words.len())).sum()
        };
        self.gold += gold.len();
        self.system += system.len();
        self.same += gold.iter().filter(|words| system.contains(words)).count();
        self.gold_covered += covered(gold, &system_words);
        self.system_covered += covered(system, &gold_words);
        self.gold_words += gold_words.len();
        self.system_words += system_words.len();
        self.common_words += gold_words.shared(&system_words);
    }
}

/// The different sources, cues or contents of a side that hold a word, in order: a source may serve
/// several attributions.
fn different<'m, 'g>(side: &'m [Marked<'g>], part: Part<'g>) -> Vec<&'m Words> {
    let mut seen = BTreeSet::new();
    side.iter().map(part).filter(|words| !words.is_empty() && seen.insert(*words)).collect()
}

/// How many attributions have the very words of another, content and source; each counts once.
fn same_words(gold: &[Marked<'_>], system: &[Marked<'_>]) -> usize {
    let mut left: BTreeMap<(&Words, &Words), usize> = BTreeMap::new();
    for wanted in gold {
        *left.entry((&wanted.content, &wanted.source)).or_default() += 1;
    }
    let mut same = 0;
    for found in system {
        if let Some(left) = left.get_mut(&(&found.content, &found.source)).filter(|left| **left > 0) {
            *left -= 1;
            same += 1;
        }
    }
    same
}

/// The first of those that have the most.
fn first_best<T, K: Ord>(all: &[T], key: impl Fn(&T) -> K) -> Option<&T> {
    // Of equals `max_by_key` takes the last.
    all.iter().rev().max_by_key(|one| key(one))
}
