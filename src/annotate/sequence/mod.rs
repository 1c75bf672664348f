//! Attributions by a sequence model: a linear-chain conditional random field over the tokens.
//!
//! Entry point: [`Tagger`]. [`Sheet`] works out what the [`features`] ask of each token; their hashes
//! find their [`weights`], which the [`scorer`] adds; the [`chain`] gives the best [`label`]s and how sure they are.

mod chain;
mod facts;
mod features;
pub(super) mod finding;
mod hash;
mod label;
mod link;
mod scorer;
mod sheet;
mod table;
mod tags;
pub mod train;
mod weights;

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::reading::Reading;
use chain::Lattice;
use label::Label;
use scorer::Scorer;
use sheet::{Quoted, Sheet};
use table::Sums;
use weights::Weights;

pub use weights::WeightsError;

/// No stretch of the chain is longer than this, in tokens: memory stays small, and time linear.
const STRETCH: usize = 512;

/// What is taken off the score of "outside": people leave out what they might have marked, so that
/// a model of theirs holds back more than it should. What comes of it is calibrated.
const RESERVE: f32 = 0.07;

/// The stretches that are labelled on their own: paragraphs, the longest cut between sentences.
fn stretches(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let mut paragraph = usize::MAX;
    for sentence in &reading.sentences {
        let mut rest = sentence.tokens.clone();
        while !rest.is_empty() {
            let cut = rest.start..rest.end.min(rest.start + STRETCH);
            match stretches.last_mut() {
                Some(last)
                    if paragraph == sentence.paragraph
                        && last.end == cut.start
                        && cut.end - last.start <= STRETCH =>
                {
                    last.end = cut.end;
                }
                _ => stretches.push(cut.clone()),
            }
            paragraph = sentence.paragraph;
            rest.start = cut.end;
        }
    }
    stretches
}

/// What kind of step leads to token `at`.
fn kind(sheet: &Sheet, at: usize) -> u8 {
    let word = &sheet.words[at];
    if sheet.places[at].sentence.0 as usize == at {
        1
    } else if matches!(word.quoted, Quoted::Opening | Quoted::Closing) {
        2
    } else if word.letters {
        0
    } else {
        3
    }
}

/// The labels of an article, each with how likely it is.
#[derive(Debug)]
struct Tags {
    labels: Vec<Label>,
    /// For each token how likely its label is.
    sure: Vec<f32>,
}

/// A model at work.
#[derive(Debug)]
struct Tagger {
    weights: Weights,
    /// Scorers that are not at work, one for each thread that ever was.
    idle: Mutex<Vec<Scorer>>,
}

impl Tagger {
    /// The model that training has written.
    fn of(bytes: &[u8]) -> Result<Self, WeightsError> {
        Ok(Self { weights: Weights::read(bytes)?, idle: Mutex::default() })
    }

    /// The sums of the weights of each token and label.
    fn sums(&self, sheet: &Sheet) -> Vec<Sums> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let table = &self.weights.features;
        let scorer = idle().pop();
        let mut scorer = scorer.unwrap_or_else(|| Scorer::of(table));
        let sums = scorer.sums(table, sheet);
        idle().push(scorer);
        sums
    }

    fn tag(&self, reading: &Reading<'_>, sheet: &Sheet) -> Tags {
        let mut tags =
            Tags { labels: vec![Label::OUTSIDE; sheet.words.len()], sure: vec![1.0; sheet.words.len()] };
        let sums = self.sums(sheet);
        let (mut scores, mut kinds, mut lattice) = (Vec::new(), Vec::new(), Lattice::default());
        for range in stretches(reading) {
            scores.clear();
            kinds.clear();
            for at in range.clone() {
                let mut row: chain::Row =
                    std::array::from_fn(|label| f32::from(sums[at][label]) * self.weights.scale);
                row[usize::from(Label::OUTSIDE.0)] -= RESERVE;
                scores.push(row);
                kinds.push(kind(sheet, at));
            }
            let best = chain::best(&scores, &kinds, &self.weights.chain);
            if best.iter().all(|label| *label == Label::OUTSIDE.0) {
                continue;
            }
            lattice.sweep(&scores, &kinds, &self.weights.factors);
            for (index, (at, label)) in range.zip(best).enumerate() {
                tags.labels[at] = Label(label);
                tags.sure[at] = lattice.likely(index, usize::from(label));
            }
        }
        tags
    }
}

impl link::Links for Weights {
    fn weight(&self, feature: u32) -> f32 {
        f32::from(self.links.weight(feature)) * self.link_scale
    }
}
