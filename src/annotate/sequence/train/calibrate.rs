//! How often the model is right when it is so and so sure.

use std::collections::BTreeMap;

use super::gold::Gold;
use crate::annotate::sequence::finding::{self, Proposal};
use crate::annotate::sequence::label::Role;
use crate::annotate::sequence::sheet::Sheet;
use crate::annotate::sequence::weights::{KNOTS, straight};

/// One curve for direct, mixed and indirect contents.
pub(super) type Curves = [[(f32, f32); KNOTS]; 3];

/// An answer to an article that the model had not seen: its form, how sure it was, and whether it
/// was right.
pub(super) type Answer = (usize, f32, bool);

/// The answers that `found` gives: right where half of the content (Dice) is one attribution's and
/// the source touches that attribution's, or both have none.
pub(super) fn answers(sheet: &Sheet, gold: &Gold, found: Vec<Proposal>) -> Vec<Answer> {
    let mut sizes: BTreeMap<usize, [usize; 3]> = BTreeMap::new();
    for (label, owner) in gold.labels.iter().zip(&gold.owners) {
        if let (Some(role), Some(owner)) = (label.role(), owner) {
            sizes.entry(*owner).or_default()[role as usize] += 1;
        }
    }
    let is = |at: usize, owner: usize, role: Role| {
        gold.owners[at] == Some(owner) && gold.labels[at].role() == Some(role)
    };
    found
        .into_iter()
        .map(|proposal| {
            let tokens = || proposal.content.iter().cloned().flatten();
            let mut owners: Vec<usize> = tokens().filter_map(|at| gold.owners[at]).collect();
            owners.sort_unstable();
            owners.dedup();
            let right = owners.into_iter().any(|owner| {
                let both = tokens().filter(|at| is(*at, owner, Role::Content)).count();
                let size = sizes.get(&owner).copied().unwrap_or_default();
                let same = 4 * both >= tokens().count() + size[Role::Content as usize];
                let source = match &proposal.source {
                    None => size[Role::Source as usize] == 0,
                    Some(range) => range.clone().any(|at| is(at, owner, Role::Source)),
                };
                same && source
            });
            (finding::form(sheet, &proposal.content), proposal.confidence, right)
        })
        .collect()
}

/// Curves through the answers: equal shares of them, each with how many were right, never falling.
pub(super) fn curves(mut answers: Vec<Answer>) -> Curves {
    answers.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    std::array::from_fn(|form| {
        let of: Vec<&Answer> = answers.iter().filter(|a| a.0 == form).collect();
        if of.len() < 10 * KNOTS {
            return straight();
        }
        let mut knots: Vec<(f32, f32)> = Vec::new();
        for at in 0..KNOTS {
            let share = &of[at * of.len() / KNOTS..(at + 1) * of.len() / KNOTS];
            let count = share.len() as f32;
            let sure = share.iter().map(|a| a.1).sum::<f32>() / count;
            let right = share.iter().filter(|a| a.2).count() as f32 / count;
            knots.push((sure, right));
        }
        rising(&mut knots);
        std::array::from_fn(|at| knots[at])
    })
}

/// Makes the values rise: neighbours out of order share their mean (pool adjacent violators).
fn rising(knots: &mut [(f32, f32)]) {
    let mut blocks: Vec<(f32, usize)> = Vec::new();
    for knot in knots.iter() {
        let mut block = (knot.1, 1);
        while let Some(last) = blocks.last().copied().filter(|l| l.0 >= block.0) {
            blocks.pop();
            let count = last.1 + block.1;
            block = ((last.0 * last.1 as f32 + block.0 * block.1 as f32) / count as f32, count);
        }
        blocks.push(block);
    }
    let values = blocks.into_iter().flat_map(|(value, count)| std::iter::repeat_n(value, count));
    for (knot, value) in knots.iter_mut().zip(values) {
        knot.1 = value;
    }
}
