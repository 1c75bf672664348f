//! Learning which parts belong together, from labels by hand and from labels that a model gave to
//! articles that it had not seen.

use std::collections::BTreeMap;

use super::gold::Gold;
use super::learner::{Shuffle, Table};
use super::write::Rows;
use crate::annotate::sequence::chain::exp;
use crate::annotate::sequence::label::Role;
use crate::annotate::sequence::link::{Segment, candidates, each};
use crate::annotate::sequence::sheet::Sheet;

/// A choice to learn from: the features of each candidate, and which of them are right.
#[derive(Debug)]
pub(super) struct Choice {
    features: Vec<Vec<u32>>,
    right: Vec<bool>,
}

/// The choices of one article whose right answer is known.
pub(super) fn choices(sheet: &Sheet, segments: &[Segment], gold: &Gold, has: &[[bool; 3]]) -> Vec<Choice> {
    let owners: Vec<Option<usize>> = segments.iter().map(|s| owner(s, gold)).collect();
    let mut made = Vec::new();
    for (at, segment) in segments.iter().enumerate() {
        let role = match segment.role {
            Role::Source => continue,
            Role::Cue => Role::Source,
            Role::Content => Role::Cue,
        };
        let Some(owner) = owners[at] else { continue };
        let near = candidates(segments, at, role);
        let mut right: Vec<bool> = near.iter().map(|i| owners[*i] == Some(owner)).collect();
        if !right.contains(&true) {
            // There is one, but nobody labelled it or it is too far: nothing to learn.
            if has[owner][role as usize] {
                continue;
            }
            right.push(true);
        } else {
            right.push(false);
        }
        let features = near.into_iter().map(Some).chain([None]).map(|choice| {
            let mut list = Vec::new();
            each(sheet, segments, at, choice, |feature| list.push(feature));
            list
        });
        made.push(Choice { features: features.collect(), right });
    }
    made
}

/// The attribution whose part of this role the segment overlaps most.
fn owner(segment: &Segment, gold: &Gold) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for at in segment.tokens.clone().filter(|at| gold.labels[*at].role() == Some(segment.role)) {
        if let Some(owner) = gold.owners[at] {
            *counts.entry(owner).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(owner, count)| (*count, std::cmp::Reverse(*owner)))
        .map(|(owner, _)| owner)
}

const ROUNDS: usize = 8;

/// The weights that make the right choices likely.
pub(super) fn learn(choices: &[Choice]) -> Rows {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    for feature in choices.iter().flat_map(|c| &c.features).flatten() {
        *numbers.entry(*feature).or_default() += 1;
    }
    numbers.retain(|_, count| *count >= 3);
    numbers.values_mut().zip(0..).for_each(|(number, index)| *number = index);
    let numbered: Vec<(Vec<Vec<usize>>, &[bool])> = choices
        .iter()
        .map(|c| {
            let known = |list: &Vec<u32>| list.iter().filter_map(|f| numbers.get(f).copied()).collect();
            (c.features.iter().map(known).collect(), c.right.as_slice())
        })
        .collect();
    let mut table = Table::new(numbers.len(), 0.05, 0.5);
    let mut order: Vec<usize> = (0..numbered.len()).collect();
    let mut shuffle = Shuffle(2_463_534_242);
    for _ in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            order.swap(at, shuffle.below(at + 1));
        }
        for at in &order {
            let (features, right) = &numbered[*at];
            step(&mut table, features, right);
        }
    }
    let weights = numbers.into_iter().map(|(hash, index)| (hash, vec![(0, table.weights[index])]));
    weights.filter(|(_, row)| row[0].1.abs() > 0.02).collect()
}

/// One step up the likelihood of the right choices.
fn step(table: &mut Table, features: &[Vec<usize>], right: &[bool]) {
    let score = |list: &Vec<usize>| list.iter().map(|f| table.weights[*f]).sum::<f32>();
    let scores: Vec<f32> = features.iter().map(score).collect();
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let likely: Vec<f32> = scores.iter().map(|s| exp(s - top)).collect();
    let all: f32 = likely.iter().sum();
    let good: f32 = likely.iter().zip(right).filter(|(_, r)| **r).map(|(l, _)| *l).sum();
    for ((list, value), right) in features.iter().zip(&likely).zip(right) {
        let slope = value / all - if *right { value / good.max(f32::MIN_POSITIVE) } else { 0.0 };
        if slope.abs() > 1e-3 {
            list.iter().for_each(|feature| table.update(*feature, slope));
        }
    }
}
