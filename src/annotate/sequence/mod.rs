//! Attributions by a sequence model: a linear-chain conditional random field over the tokens.
//!
//! Entry point: [`Tagger`]. [`Sheet`] works out what the [`features`] ask of each token; their hashes
//! find their [`weights`]; the [`chain`] gives the best [`label`]s and how sure they are.

mod chain;
mod facts;
mod features;
pub(super) mod finding;
mod hash;
mod label;
mod link;
mod sheet;
pub mod train;
mod weights;

use std::ops::Range;

use super::reading::Reading;
use chain::{Lattice, Row};
use label::Label;
use sheet::{Quoted, Sheet};
use weights::{Sums, Weights};

pub use weights::WeightsError;

/// No stretch of the chain is longer than this, in tokens: memory stays small, and time linear.
const STRETCH: usize = 512;

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
}

impl Tagger {
    /// The model that training has written.
    fn of(bytes: &[u8]) -> Result<Self, WeightsError> {
        Ok(Self { weights: Weights::read(bytes)? })
    }

    fn tag(&self, reading: &Reading<'_>, sheet: &Sheet) -> Tags {
        let mut tags =
            Tags { labels: vec![Label::OUTSIDE; sheet.words.len()], sure: vec![1.0; sheet.words.len()] };
        let (mut scores, mut kinds, mut lattice) = (Vec::new(), Vec::new(), Lattice::default());
        for range in stretches(reading) {
            scores.clear();
            kinds.clear();
            for at in range.clone() {
                scores.push(self.score(sheet, at));
                kinds.push(kind(sheet, at));
            }
            let best = chain::best(&scores, &kinds, &self.weights.steps);
            if best.iter().all(|label| *label == Label::OUTSIDE.0) {
                continue;
            }
            lattice.sweep(&scores, &kinds, &self.weights.factors);
            for (index, (at, label)) in range.zip(best).enumerate() {
                tags.labels[at] = Label(label);
                tags.sure[at] = lattice.marginal(index)[usize::from(label)];
            }
        }
        tags
    }

    fn score(&self, sheet: &Sheet, at: usize) -> Row {
        // All hashes first: then the probes do not wait for each other.
        let (mut list, mut count) = ([0_u32; features::MOST], 0);
        features::each(sheet, at, |feature| {
            list[count] = feature;
            count += 1;
        });
        let table = &self.weights.features;
        let mut firsts = [0_u32; features::MOST];
        for (first, feature) in firsts.iter_mut().zip(&list[..count]) {
            *first = table.first(*feature);
        }
        let mut sums = Sums::ZERO;
        for (feature, first) in list[..count].iter().zip(firsts) {
            table.add(*feature, first, &mut sums);
        }
        std::array::from_fn(|label| sums.of(label) as f32 * self.weights.scale)
    }
}

impl link::Links for Weights {
    fn weight(&self, feature: u32) -> f32 {
        let mut sums = Sums::ZERO;
        self.links.add(feature, self.links.first(feature), &mut sums);
        sums.of(0) as f32 * self.link_scale
    }
}
