//! From labelled stretches to attributions: which content and which source belong to which cue.
//!
//! Entry point: `link`. A content chooses its cue among those near it, or none; a cue
//! chooses its source. Every choice is a small log-linear model over [`each`]'s features, in the
//! same file of weights as the labels.

use std::ops::Range;

use super::Tags;
use super::hash::{both, feature};
use super::label::{Label, Role, Side};
use super::sheet::{Quoted, Sheet, number};
use crate::annotate::reading::Reading;

/// Tokens in a row that are one part of one attribution.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) role: Role,
    pub(super) tokens: Range<usize>,
    side: Side,
    paragraph: usize,
    /// The sentences of the first and of the last token.
    sentences: (usize, usize),
    /// How likely its labels are: the least sure of its first token, its last and the one behind.
    pub(super) sure: f32,
}

/// What belongs together, as indices of segments.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Linked {
    pub(super) source: Option<usize>,
    pub(super) cue: Option<usize>,
    pub(super) contents: Vec<usize>,
    /// How likely the links are.
    pub(super) sure: f32,
}

/// The labelled parts of an article, in order.
pub(super) fn segments(reading: &Reading<'_>, tags: &Tags) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for sentence in 0..reading.sentences.len() {
        let paragraph = reading.sentences[sentence].paragraph;
        for at in reading.sentences[sentence].tokens.clone() {
            let label = tags.labels[at];
            let Some(role) = label.role() else { continue };
            match segments.last_mut() {
                Some(last)
                    if !label.begins()
                        && last.role == role
                        && last.tokens.end == at
                        && last.paragraph == paragraph =>
                {
                    last.tokens.end = at + 1;
                    last.sentences.1 = sentence;
                }
                _ => segments.push(Segment {
                    role,
                    tokens: at..at + 1,
                    side: label.side(),
                    paragraph,
                    sentences: (sentence, sentence),
                    sure: 1.0,
                }),
            }
        }
    }
    for segment in &mut segments {
        let Range { start, end } = segment.tokens;
        let behind = tags.sure.get(end).copied().unwrap_or(1.0);
        segment.sure = tags.sure[start].min(tags.sure[end - 1]).min(behind);
    }
    segments
}

/// How many candidates are looked at on either side.
const REACH: usize = 4;

/// The segments that `at` may belong to: cues for a content, sources for a cue.
pub(super) fn candidates(segments: &[Segment], at: usize, role: Role) -> Vec<usize> {
    let here = segments[at].paragraph;
    let before =
        (0..at).rev().take_while(|i| here - segments[*i].paragraph <= if role == Role::Cue { 3 } else { 1 });
    let behind = (at + 1..segments.len()).take_while(|i| segments[*i].paragraph - here <= 1);
    let of = |i: &usize| segments[*i].role == role;
    before.take(FAR).filter(of).take(REACH).chain(behind.take(FAR).filter(of).take(REACH)).collect()
}

/// No candidate has more segments than this between.
const FAR: usize = 24;

/// Calls `take` with the features of the choice `choice` (or none) for segment `at`.
pub(super) fn each(
    sheet: &Sheet,
    segments: &[Segment],
    at: usize,
    choice: Option<usize>,
    mut take: impl FnMut(u32),
) {
    let here = &segments[at];
    let first = &sheet.words[here.tokens.start];
    let kind = here.role as u32 * 100;
    let opens = u32::from(sheet.places[here.tokens.start].paragraph.0 == number(here.tokens.start));
    let quoted = u32::from(first.quoted != Quoted::Outside);
    let side = here.side as u32;
    let Some(choice) = choice else {
        take(feature(200 + kind, 0, 0));
        take(feature(201 + kind, quoted, opens));
        take(feature(202 + kind, first.hash, 0));
        take(feature(203 + kind, side, opens * 2 + quoted));
        return;
    };
    let there = &segments[choice];
    let between = Between::of(sheet, segments, at, choice);
    let way = u32::from(choice < at);
    let Between { tokens, sentences, paragraphs, roles, gap } = between;
    let head = &sheet.words[there.tokens.start];
    let sides = side * 4 + there.side as u32;
    let both_quoted = quoted * 2 + u32::from(head.quoted != Quoted::Outside);
    take(feature(210 + kind, way, tokens));
    take(feature(211 + kind, way, roles));
    take(feature(212 + kind, way, sentences));
    take(feature(213 + kind, way, paragraphs));
    take(feature(214 + kind, way, gap));
    take(feature(215 + kind, way, both_quoted));
    take(feature(216 + kind, both(way, roles), sentences));
    take(feature(217 + kind, way, head.hash));
    take(feature(218 + kind, way, first.hash));
    take(feature(219 + kind, both(way, quoted), sentences));
    take(feature(220 + kind, both(way, quoted), both(roles, paragraphs)));
    let quotation = |at: usize| sheet.places[at].quotation;
    let same = quoted == 1 && quotation(here.tokens.start) == quotation(there.tokens.start);
    take(feature(221 + kind, u32::from(same), 0));
    // What the labels say of the side on which the other stands.
    take(feature(222 + kind, way, sides));
    take(feature(223 + kind, both(way, sides), roles));
    take(feature(224 + kind, both(way, sides), sentences));
    let role = |i: Option<usize>| i.and_then(|i| segments.get(i)).map_or(3, |s| s.role as u32);
    let neighbours = role(choice.checked_sub(1)) * 4 + role(Some(choice + 1));
    take(feature(225 + kind, both(way, neighbours), roles));
    take(feature(226 + kind, way, sheet.words[there.tokens.end - 1].hash));
    take(feature(227 + kind, both(way, u32::from(head.facts.0)), roles));
}

/// What lies between two segments.
struct Between {
    tokens: u32,
    sentences: u32,
    paragraphs: u32,
    roles: u32,
    gap: u32,
}

impl Between {
    fn of(sheet: &Sheet, segments: &[Segment], at: usize, choice: usize) -> Self {
        let (low, high) = (at.min(choice), at.max(choice));
        let (before, behind) = (&segments[low], &segments[high]);
        let gap = before.tokens.end..behind.tokens.start;
        let roles = segments[low + 1..high].iter().take(4).fold(1, |sum, s| sum * 4 + s.role as u32 + 1);
        let short = gap.clone().take(3).fold(1, |sum, i| {
            let word = &sheet.words[i];
            both(sum, if word.letters && word.hash != super::hash::word(b"that") { 0 } else { word.hash })
        });
        let tokens = number(gap.len());
        Self {
            tokens: match tokens {
                0..=3 => tokens,
                4..=5 => 4,
                6..=8 => 6,
                9..=14 => 9,
                15..=30 => 15,
                _ => 31,
            },
            sentences: number((behind.sentences.0 - before.sentences.1).min(3)),
            paragraphs: number((behind.paragraph - before.paragraph).min(2)),
            roles,
            gap: if gap.len() <= 3 { short } else { 0 },
        }
    }
}

/// Scores a feature of a link.
pub(super) trait Links {
    fn weight(&self, feature: u32) -> f32;
}

/// The best choice for segment `at` and how likely it is.
fn choose(
    links: &impl Links,
    sheet: &Sheet,
    segments: &[Segment],
    at: usize,
    role: Role,
) -> (Option<usize>, f32) {
    let candidates = candidates(segments, at, role);
    if candidates.is_empty() {
        return (None, 1.0);
    }
    let choices = candidates.into_iter().map(Some).chain([None]);
    let scored: Vec<(Option<usize>, f32)> = choices
        .map(|choice| {
            let mut sum = 0.0;
            each(sheet, segments, at, choice, |feature| sum += links.weight(feature));
            (choice, sum)
        })
        .collect();
    let best = scored.iter().copied().fold((None, f32::MIN), |b, c| if c.1 > b.1 { c } else { b });
    let total: f32 = scored.iter().map(|c| super::chain::exp(c.1 - best.1)).sum();
    (best.0, 1.0 / total)
}

/// Puts the segments together, in the order of their first content.
pub(super) fn link(links: &impl Links, sheet: &Sheet, segments: &[Segment]) -> Vec<Linked> {
    let mut of_cue: Vec<Option<usize>> = vec![None; segments.len()];
    let mut made: Vec<Linked> = Vec::new();
    for (at, _) in segments.iter().enumerate().filter(|(_, s)| s.role == Role::Content) {
        let (cue, sure) = choose(links, sheet, segments, at, Role::Cue);
        if let Some(known) = cue.and_then(|cue| of_cue[cue]) {
            made[known].contents.push(at);
            made[known].sure = made[known].sure.min(sure);
            continue;
        }
        let (source, likely) = match cue {
            Some(cue) => choose(links, sheet, segments, cue, Role::Source),
            None => (lone(segments, at), 0.5),
        };
        if let Some(cue) = cue {
            of_cue[cue] = Some(made.len());
        }
        made.push(Linked { source, cue, contents: vec![at], sure: sure.min(likely) });
    }
    made
}

/// The source of a content without a cue: the nearest in its sentence, then in its paragraph.
fn lone(segments: &[Segment], at: usize) -> Option<usize> {
    let here = &segments[at];
    candidates(segments, at, Role::Source).into_iter().min_by_key(|i| {
        let there = &segments[*i];
        let far =
            if *i < at { here.tokens.start - there.tokens.end } else { there.tokens.start - here.tokens.end };
        let apart = there.sentences.1 != here.sentences.0 && there.sentences.0 != here.sentences.1;
        (there.paragraph != here.paragraph, apart, far)
    })
}

/// Labels as tags that are beyond doubt.
pub(super) fn certain(labels: &[Label]) -> Tags {
    Tags { labels: labels.to_vec(), sure: vec![1.0; labels.len()] }
}
