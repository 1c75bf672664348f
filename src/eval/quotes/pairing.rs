//! Which attribution of the gold meets which one of the system.
//!
//! Entry point: [`pair`].

use std::cmp::Reverse;

use super::Marked;
use super::article::{Article, dice};

/// Another attribution by its index, and whether both have the same source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Met {
    pub(super) index: usize,
    pub(super) same_source: bool,
}

/// For each attribution of the gold the one of the system that meets it, and the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pairing {
    pub(super) system_of: Vec<Option<Met>>,
    pub(super) gold_of: Vec<Option<Met>>,
}

/// Pairs attributions whose contents have a Dice coefficient of a half or more, each with one other
/// at most.
///
/// The best pairs are made first: those with the same source, then the more alike, then the earlier
/// in the gold, then the earlier in the system.
pub(super) fn pair(article: &Article, gold: &[Marked<'_>], system: &[Marked<'_>]) -> Pairing {
    let mut candidates = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        for (s, found) in system.iter().enumerate() {
            let alike = dice(&wanted.content, &found.content);
            if alike >= 0.5 {
                candidates.push((article.same_source(&wanted.source, &found.source), alike, g, s));
            }
        }
    }
    // Already in the order of gold and system, which a stable sort keeps.
    candidates.sort_by(|one, other| (Reverse(one.0)).cmp(&Reverse(other.0)).then(other.1.total_cmp(&one.1)));
    let mut pairing = Pairing { system_of: vec![None; gold.len()], gold_of: vec![None; system.len()] };
    for (same_source, _, g, s) in candidates {
        if pairing.system_of[g].is_none() && pairing.gold_of[s].is_none() {
            pairing.system_of[g] = Some(Met { index: s, same_source });
            pairing.gold_of[s] = Some(Met { index: g, same_source });
        }
    }
    pairing
}
