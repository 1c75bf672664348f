//! From marked spans to labels, one a token.

use std::collections::BTreeMap;

use super::Attribution;
use crate::annotate::reading::Reading;
use crate::annotate::sequence::label::{Label, Role, Side};
use crate::text::{Span, token::TokenKind};

/// What the tokens of one article are, by hand.
#[derive(Clone, Debug)]
pub(in crate::annotate::sequence) struct Gold {
    pub(in crate::annotate::sequence) labels: Vec<Label>,
    /// The attribution that each token belongs to.
    pub(in crate::annotate::sequence) owners: Vec<Option<usize>>,
}

/// A token's part before it is known where the cue stands.
type Plain = Option<(Role, bool)>;

impl Gold {
    /// The labels of `reading`'s tokens. A token is of one attribution alone: the last that marks it.
    pub(in crate::annotate::sequence) fn of(reading: &Reading<'_>, attributions: &[Attribution]) -> Self {
        let places: Vec<Span> =
            reading.tokens.list().iter().map(|t| reading.prose.in_document(t.span)).collect();
        let mut made = Marks { reading, plain: vec![None; places.len()], owners: vec![None; places.len()] };
        for (owner, attribution) in attributions.iter().enumerate() {
            let parts = [
                (Role::Source, &attribution.source),
                (Role::Cue, &attribution.cue),
                (Role::Content, &attribution.content),
            ];
            for (role, spans) in parts {
                made.mark(&places, owner, role, spans);
            }
        }
        let labels = made.labels(attributions.len());
        Self { labels, owners: made.owners }
    }
}

struct Marks<'r, 'p> {
    reading: &'r Reading<'p>,
    plain: Vec<Plain>,
    owners: Vec<Option<usize>>,
}

impl Marks<'_, '_> {
    fn mark(&mut self, places: &[Span], owner: usize, role: Role, spans: &[Span]) {
        let mut last: Option<usize> = None;
        for span in spans {
            let first = places.partition_point(|p| p.end <= span.start);
            let end = places.partition_point(|p| p.start < span.end);
            if first >= end {
                continue;
            }
            // A fragment with nothing but marks before it goes on with the one before.
            let joins = last
                .is_some_and(|l| l < first && self.same_paragraph(l, first) && self.only_marks(l + 1, first));
            let from = if joins { last.map_or(first, |l| l + 1) } else { first };
            for at in from..end {
                let goes_on = at > 0
                    && (at > first || joins)
                    && self.owners[at - 1] == Some(owner)
                    && self.plain[at - 1].is_some()
                    && self.same_paragraph(at - 1, at);
                self.plain[at] = Some((role, !goes_on));
                self.owners[at] = Some(owner);
            }
            last = Some(end - 1);
        }
    }

    fn same_paragraph(&self, a: usize, b: usize) -> bool {
        self.paragraph(a) == self.paragraph(b)
    }

    fn paragraph(&self, at: usize) -> usize {
        self.reading.sentences[self.reading.sentence_of(at)].paragraph
    }

    fn only_marks(&self, from: usize, to: usize) -> bool {
        self.reading.tokens.list()[from..to].iter().all(|t| t.kind == TokenKind::Mark)
    }

    /// Each part by the side of its cue, and the gaps.
    fn labels(&self, attributions: usize) -> Vec<Label> {
        let mut cues = vec![None; attributions];
        for (at, (plain, owner)) in self.plain.iter().zip(&self.owners).enumerate() {
            if let (Some((Role::Cue, true)), Some(owner)) = (plain, owner) {
                cues[*owner].get_or_insert(at);
            }
        }
        let gaps = self.gaps();
        let mut side = Side::Nowhere;
        let mut labels = Vec::with_capacity(self.plain.len());
        for (at, plain) in self.plain.iter().enumerate() {
            let Some((role, begins)) = *plain else {
                labels.push(gaps.get(&at).map_or(Label::OUTSIDE, |role| Label::gap(*role)));
                continue;
            };
            let begins = begins || at == 0 || self.plain[at - 1].is_none_or(|(r, _)| r != role);
            if begins {
                side = self.owners[at]
                    .and_then(|o| cues[o])
                    .map_or(Side::Nowhere, |cue| self.side(role, at, cue));
            }
            labels.push(match role {
                Role::Cue => Label::cue(begins),
                Role::Source => Label::source(begins, side),
                Role::Content => Label::content(begins, side),
            });
        }
        labels
    }

    fn side(&self, role: Role, at: usize, cue: usize) -> Side {
        if !self.same_paragraph(at, cue) {
            Side::Nowhere
        } else if cue > at {
            Side::Behind
        } else if role == Role::Content && self.reading.sentence_of(cue) != self.reading.sentence_of(at) {
            Side::Earlier
        } else {
            Side::Before
        }
    }

    /// The tokens between the parts that an attribution has in one sentence, each with the part before.
    fn gaps(&self) -> BTreeMap<usize, Role> {
        let mut extents: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
        for (at, owner) in self.owners.iter().enumerate() {
            let Some(owner) = owner else { continue };
            let extent = extents.entry((*owner, self.reading.sentence_of(at))).or_insert((at, at));
            extent.1 = at;
        }
        let mut gaps = BTreeMap::new();
        for ((owner, _), (first, last)) in extents {
            let mut before = Role::Source;
            for at in first..=last {
                match self.plain[at] {
                    Some((role, _)) if self.owners[at] == Some(owner) => before = role,
                    None => _ = gaps.insert(at, before),
                    Some(_) => {}
                }
            }
        }
        gaps
    }
}
