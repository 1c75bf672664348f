//! What the model has found, as proposals.

use std::ops::Range;
#[cfg(feature = "weights")]
use std::sync::LazyLock;

#[cfg(feature = "weights")]
use super::Tagger;
use super::link::{Linked, Segment};
use super::sheet::{Quoted, Sheet};
use super::weights::{KNOTS, Weights};
use super::{Tags, link};
#[cfg(feature = "weights")]
use crate::annotate::attribution::Found;
use crate::annotate::reading::Reading;

/// An attribution as the model proposes it. Ranges count tokens.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "weights"), allow(dead_code, reason = "read where rules and model are merged"))]
pub(in crate::annotate) struct Proposal {
    /// Who, where the text names somebody.
    pub(in crate::annotate) source: Option<Range<usize>>,
    /// The words of saying or holding.
    pub(in crate::annotate) cue: Option<Range<usize>>,
    /// What, in as many pieces as there are; never empty.
    pub(in crate::annotate) content: Vec<Range<usize>>,
    /// How often proposals as sure as this one are right.
    pub(in crate::annotate) confidence: f32,
}

/// The attributions that the built-in model proposes for an article in which the rules have found
/// `ruled`.
#[cfg(feature = "weights")]
pub(in crate::annotate) fn propose(reading: &Reading<'_>, ruled: &[Found]) -> Vec<Proposal> {
    static TAGGER: LazyLock<Tagger> = LazyLock::new(|| {
        let bytes: &'static [u8] = include_bytes!("../weights/attribution.bin");
        Tagger::of(bytes).expect("the weights built in are whole")
    });
    let sheet = Sheet::of(reading, ruled, &TAGGER.weights);
    let tags = TAGGER.tag(reading, &sheet);
    proposals(reading, &sheet, &tags, &TAGGER.weights)
}

/// The proposals that labels make.
pub(super) fn proposals(
    reading: &Reading<'_>,
    sheet: &Sheet,
    tags: &Tags,
    weights: &Weights,
) -> Vec<Proposal> {
    let segments = link::segments(reading, tags);
    let linked = link::link(weights, sheet, &segments);
    linked.iter().map(|l| proposal(sheet, &segments, l, weights)).collect()
}

fn proposal(sheet: &Sheet, segments: &[Segment], linked: &Linked, weights: &Weights) -> Proposal {
    let range = |i: usize| segments[i].tokens.clone();
    let content: Vec<_> = linked.contents.iter().map(|i| range(*i)).collect();
    let mut raw = linked.sure;
    for part in [linked.source, linked.cue] {
        raw *= part.map_or(MISSING, |i| segments[i].sure);
    }
    raw *= linked.contents.iter().map(|i| segments[*i].sure).fold(1.0, f32::min);
    let confidence = calibrated(&weights.curves[form(sheet, &content)], raw);
    Proposal { source: linked.source.map(range), cue: linked.cue.map(range), content, confidence }
}

/// What it takes off that an attribution has no source or no cue.
const MISSING: f32 = 0.8;

/// The number of the curve: direct, mixed, indirect.
pub(super) fn form(sheet: &Sheet, content: &[Range<usize>]) -> usize {
    let words = || content.iter().cloned().flatten().map(|at| &sheet.words[at]).filter(|w| w.letters);
    let inside = words().filter(|w| w.quoted != Quoted::Outside).count();
    if inside == 0 { 2 } else { usize::from(inside < words().count()) }
}

/// How often proposals were right that were as sure as `raw`: between the knots in a straight line.
fn calibrated(curve: &[(f32, f32); KNOTS], raw: f32) -> f32 {
    let behind = curve.partition_point(|(at, _)| *at < raw);
    let (Some(next), Some(before)) = (curve.get(behind), behind.checked_sub(1).map(|i| curve[i])) else {
        return curve[behind.min(KNOTS - 1)].1;
    };
    let share = (raw - before.0) / (next.0 - before.0).max(f32::MIN_POSITIVE);
    before.1 + share * (next.1 - before.1)
}
