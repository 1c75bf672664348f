//! Training: from articles that people have marked to a file of weights.
//!
//! Entry point: [`train`]. [`gold`] makes labels of spans, [`learner`] learns, [`mod@write`] packs.

mod calibrate;
mod gold;
mod learner;
mod linker;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

use super::features::{List, View};
use super::label::Role;
use super::sheet::{Rates, Sheet};
use super::weights::straight;
use super::{Tagger, Tags, finding, link, stretches};
use crate::annotate::reading::Reading;
use crate::annotate::{Language, attribution};
use crate::text::{Document, Prose, Span};

use calibrate::Curves;
use gold::Gold;
use learner::{Learnt, Rate, Stretch, learn};
use write::{Model, sparse};

/// One attribution marked by hand, in bytes of its article's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who, in as many pieces as the text has.
    pub source: Vec<Span>,
    /// The words of saying or holding.
    pub cue: Vec<Span>,
    /// What.
    pub content: Vec<Span>,
}

/// One article with all its attributions.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The article.
    pub document: Document,
    /// What people have marked in it.
    pub attributions: Vec<Attribution>,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// How often the learner goes through all articles.
    pub rounds: usize,
    /// Over how many orders of the articles the weights are averaged: each takes the whole time.
    pub orders: usize,
    /// How many weights the file may hold; the smallest go first.
    pub budget: usize,
}

impl Default for Recipe {
    fn default() -> Self {
        Self { rounds: 12, orders: 1, budget: 260_000 }
    }
}

/// How far a weight may go at first.
const PACE: f32 = 0.03;

/// What holds a weight at nothing: the pull of one token that is labelled wrongly.
const THRIFT: f32 = 1.0;

/// A feature that fewer tokens have tells nothing.
const SELDOM: usize = 3;

/// Learns from `lessons`; answers with the bytes of a file of weights, the same for the same lessons.
#[must_use]
pub fn train(lessons: &[Lesson], recipe: Recipe) -> Vec<u8> {
    let proses: Vec<Prose> = lessons.iter().map(|l| Prose::of(&l.document)).collect();
    let readings: Vec<Reading<'_>> = proses.iter().map(|p| Reading::of(p, Language::English)).collect();
    let golds: Vec<Gold> = readings.iter().zip(lessons).map(|(r, l)| Gold::of(r, &l.attributions)).collect();
    let counted = Counted::of(&readings, &golds);
    let sheets: Vec<Sheet> = readings.iter().map(|r| Sheet::of(r, &attribution::find(r), &counted)).collect();
    let numbers = Numbers::of(&readings, &sheets);
    let all: Vec<Vec<Stretch>> = readings
        .iter()
        .zip(&sheets)
        .zip(&golds)
        .map(|((reading, sheet), gold)| {
            stretches(reading).into_iter().map(|range| numbers.stretch(sheet, range, &gold.labels)).collect()
        })
        .collect();
    let lab = Lab {
        lessons,
        readings: &readings,
        golds: &golds,
        sheets: &sheets,
        numbers: &numbers,
        all: &all,
        counted: &counted,
        recipe,
    };
    let (links, curves) = lab.links();
    let learnt = lab.learn(|_| true);
    lab.model(&learnt, links, curves).bytes()
}

/// Everything that is learnt from.
struct Lab<'a, 'p> {
    lessons: &'a [Lesson],
    readings: &'a [Reading<'p>],
    golds: &'a [Gold],
    sheets: &'a [Sheet],
    numbers: &'a Numbers,
    all: &'a [Vec<Stretch>],
    counted: &'a Counted,
    recipe: Recipe,
}

impl Lab<'_, '_> {
    /// Learns from the articles that `picks` picks.
    fn learn(&self, picks: impl Fn(usize) -> bool) -> Learnt {
        let picked: Vec<&Stretch> =
            self.all.iter().enumerate().filter(|(at, _)| picks(*at)).flat_map(|(_, s)| s).collect();
        let rate = Rate { rounds: self.recipe.rounds, pace: PACE, thrift: THRIFT };
        learn(&picked, self.numbers.known.len(), rate, self.recipe.orders)
    }

    fn model(&self, learnt: &Learnt, links: write::Rows, curves: Curves) -> Model {
        Model {
            features: rows(self.numbers, learnt, self.recipe.budget),
            links,
            steps: learnt.steps.clone(),
            rates: self.counted.rows(),
            curves,
        }
    }

    /// The weights of the links, and how sure is how often right: from labels by hand, and from
    /// those that a model of one half of the articles gives to the other.
    fn links(&self) -> (write::Rows, Curves) {
        let mut choices: Vec<linker::Choice> = Vec::new();
        for (at, gold) in self.golds.iter().enumerate() {
            choices.extend(self.choices(at, &link::certain(&gold.labels)));
        }
        let straight = [straight(); 3];
        let by_hand = linker::learn(&choices);
        let mut answers = Vec::new();
        for half in 0..2 {
            let learnt = self.learn(|at| at % 2 != half);
            let bytes = self.model(&learnt, by_hand.clone(), straight).bytes();
            let tagger = Tagger::of(&bytes).expect("what was just written is whole");
            for at in (0..self.lessons.len()).filter(|at| at % 2 == half) {
                let (reading, sheet) = (&self.readings[at], &self.sheets[at]);
                let tags = tagger.tag(reading, sheet);
                choices.extend(self.choices(at, &tags));
                // With straight curves a proposal's confidence is what it says itself.
                let found = finding::proposals(reading, sheet, &tags, &tagger.weights);
                answers.extend(calibrate::answers(sheet, &self.golds[at], found));
            }
        }
        (linker::learn(&choices), calibrate::curves(answers))
    }

    fn choices(&self, at: usize, tags: &Tags) -> Vec<linker::Choice> {
        let segments = link::segments(&self.readings[at], tags);
        let has: Vec<[bool; 3]> = self.lessons[at]
            .attributions
            .iter()
            .map(|a| [!a.source.is_empty(), !a.cue.is_empty(), !a.content.is_empty()])
            .collect();
        linker::choices(&self.sheets[at], &segments, &self.golds[at], &has)
    }
}

/// How often words are cues and in sources.
#[derive(Debug)]
struct Counted(BTreeMap<u32, (u8, u8)>);

impl Counted {
    fn of(readings: &[Reading<'_>], golds: &[Gold]) -> Self {
        struct Nothing;
        impl Rates for Nothing {
            fn of(&self, _: u32) -> (u8, u8) {
                (0, 0)
            }
        }
        let mut counts: BTreeMap<u32, [u32; 3]> = BTreeMap::new();
        for (reading, gold) in readings.iter().zip(golds) {
            let sheet = Sheet::of(reading, &[], &Nothing);
            for (word, label) in sheet.words.iter().zip(&gold.labels) {
                let count = counts.entry(word.hash).or_default();
                count[0] += 1;
                count[1] += u32::from(label.role() == Some(Role::Cue));
                count[2] += u32::from(label.role() == Some(Role::Source));
            }
        }
        let rate = |part: u32, all: u32| {
            if part < 3 { 0 } else { u8::try_from((10 * part / (all + 2)).min(9) + 1).unwrap_or(10) }
        };
        let rated =
            counts.into_iter().map(|(word, [all, cue, source])| (word, (rate(cue, all), rate(source, all))));
        Self(rated.filter(|(_, r)| *r != (0, 0)).collect())
    }

    fn rows(&self) -> Vec<(u32, u8, u8)> {
        self.0.iter().map(|(word, (cue, source))| (*word, *cue, *source)).collect()
    }
}

impl Rates for Counted {
    fn of(&self, word: u32) -> (u8, u8) {
        self.0.get(&word).copied().unwrap_or_default()
    }
}

/// All features of token `at`.
fn features(sheet: &Sheet, at: usize) -> List {
    let mut list = List::new();
    View::of(sheet, at).each(&mut list);
    list
}

/// The features worth learning, numbered by the order of their hashes.
#[derive(Debug)]
struct Numbers {
    known: Vec<u32>,
    /// For the upper 16 bits of a hash the first number that may have it.
    starts: Vec<u32>,
}

impl Numbers {
    fn of(readings: &[Reading<'_>], sheets: &[Sheet]) -> Self {
        let mut seen = Vec::new();
        for (reading, sheet) in readings.iter().zip(sheets) {
            for at in 0..reading.tokens.len() {
                seen.extend(features(sheet, at).features());
            }
        }
        seen.sort_unstable();
        let known: Vec<u32> =
            seen.chunk_by(|a, b| a == b).filter(|run| run.len() >= SELDOM).map(|run| run[0]).collect();
        let starts = (0..=1_usize << 16)
            .map(|upper| known.partition_point(|k| (*k >> 16) < upper as u32) as u32)
            .collect();
        Self { known, starts }
    }

    fn get(&self, feature: u32) -> Option<u32> {
        let upper = (feature >> 16) as usize;
        let (start, end) = (self.starts[upper] as usize, self.starts[upper + 1] as usize);
        let found = self.known[start..end].binary_search(&feature).ok()?;
        Some((start + found) as u32)
    }

    fn stretch(&self, sheet: &Sheet, range: std::ops::Range<usize>, gold: &[super::label::Label]) -> Stretch {
        let mut stretch = Stretch::default();
        for at in range {
            stretch.features.extend(features(sheet, at).features().iter().filter_map(|f| self.get(*f)));
            stretch.ends.push(stretch.features.len() as u32);
            stretch.kinds.push(super::kind(sheet, at));
            stretch.gold.push(gold[at].0);
        }
        stretch
    }
}

/// The rows of the greatest weights, as many as `budget` allows.
fn rows(numbers: &Numbers, learnt: &Learnt, budget: usize) -> write::Rows {
    let mut sizes: Vec<f32> =
        learnt.features.iter().flatten().map(|w| w.abs()).filter(|w| *w >= LEAST).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let least = sizes.get(budget).copied().unwrap_or(LEAST);
    let kept = numbers.known.iter().zip(&learnt.features).map(|(hash, row)| (*hash, sparse(row, least)));
    kept.filter(|(_, row)| !row.is_empty()).collect()
}

/// A weight below this is lost in 8 bits.
const LEAST: f32 = 0.025;
