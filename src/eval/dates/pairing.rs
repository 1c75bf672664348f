//! Which expression of the gold meets which one of the system.
//!
//! Entry point: [`pair`].

use std::cmp::Reverse;

use super::Mention;

/// For each of `gold` the index of the one of `system` that meets it, and the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pairing {
    pub(super) system_of: Vec<Option<usize>>,
    pub(super) gold_of: Vec<Option<usize>>,
}

/// Pairs expressions that share at least one character, each with one other at most.
///
/// The best pairs are made first: the same span, then the longest common part, then the earlier
/// in the gold, then the earlier in the system.
pub(super) fn pair(gold: &[&Mention], system: &[&Mention]) -> Pairing {
    let mut candidates = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        for (s, found) in system.iter().enumerate() {
            let shared = wanted.end.min(found.end).saturating_sub(wanted.start.max(found.start));
            if shared > 0 {
                let rank = (!same_span(wanted, found), Reverse(shared), wanted.start, found.start);
                candidates.push((rank, g, s));
            }
        }
    }
    candidates.sort_unstable();
    let mut pairing = Pairing { system_of: vec![None; gold.len()], gold_of: vec![None; system.len()] };
    for (_, g, s) in candidates {
        if pairing.system_of[g].is_none() && pairing.gold_of[s].is_none() {
            pairing.system_of[g] = Some(s);
            pairing.gold_of[s] = Some(g);
        }
    }
    pairing
}

/// Whether two expressions are the same words.
pub(super) fn same_span(one: &Mention, other: &Mention) -> bool {
    (one.start, one.end) == (other.start, other.end)
}
