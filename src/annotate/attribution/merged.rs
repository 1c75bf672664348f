//! The rules' attributions and the model's, as one list.
//!
//! Entry point: [`merged`]. Where layout decides (transcript lines, dashes, colons, quotations that
//! carry on) the rules are right; where both agree the rules' edges are kept, which the passages
//! have tested; elsewhere the model is asked, which has seen what the rules say.

use std::ops::Range;

use super::content::form;
use super::cue::unsays;
use super::opening::no_verb;
use super::tidy::{is_relative, participles, tidied};
use super::{Found, Link, phrase};
use crate::annotate::lexicon::{Takes, lexicon};
use crate::annotate::reading::Reading;
use crate::annotate::sequence::finding::Proposal;
use crate::annotate::{Act, Finder, Form};
use crate::text::token::TokenKind;

/// All attributions of the article, in the order of their cues.
pub(in crate::annotate) fn merged(
    reading: &Reading<'_>,
    ruled: Vec<Found>,
    proposals: Vec<Proposal>,
) -> Vec<Found> {
    let ruled = anchored(ruled);
    let holders = Holders::of(reading, &ruled);
    let mut alone = vec![true; ruled.len()];
    let mut made: Vec<Found> = Vec::with_capacity(ruled.len() + proposals.len());
    for proposal in proposals {
        let proposal = holders.without_carried(reading, &ruled, tidied(reading, proposal));
        let meets = holders.meets(reading, &ruled, &proposal);
        if meets.iter().any(|(rule, _)| decided(reading, &ruled[*rule])) {
            continue;
        }
        let same = meets.iter().copied().filter(|(_, dice)| *dice >= SAME).max_by(|a, b| a.1.total_cmp(&b.1));
        let old = same.map(|(rule, dice)| (&ruled[rule], dice));
        if !believed(reading, &proposal, old.map(|o| o.0)) {
            continue;
        }
        for (rule, _) in &meets {
            alone[*rule] = false;
        }
        let supported = old.is_some();
        let mut found = proposed(reading, proposal, old);
        // Quoted words whose speaker is a guess are better nobody's than somebody else's.
        if !supported && found.form != Form::Indirect && found.confidence < GUESS {
            (found.source, found.link) = (None, Link::Nobody);
        }
        // A view that only the model sees must be likely: "passed on a question" is a deed.
        if supported || found.act == Act::Statement || found.confidence >= VIEW_LEAST {
            made.push(found);
        }
    }
    for (mut found, alone) in ruled.into_iter().zip(alone) {
        if decided(reading, &found) {
            made.push(found);
        } else if alone && found.form != Form::Indirect {
            found.confidence -= ALONE;
            made.push(found);
        }
    }
    made.sort_by_key(|f| (f.sentence, place(reading, f)));
    participles(reading, &mut made);
    for found in made.iter_mut().filter(|f| decided(reading, f)) {
        found.finder = Finder::Layout;
    }
    made
}

/// Below this the model's source of quoted words that no rule has found is not named.
const GUESS: f32 = 0.5;

/// How sure the model must be of a view or a plan that no rule has found.
const VIEW_LEAST: f32 = 0.5;

/// What the model is less sure of than this, and no rule has found, is more often wrong than right.
const LEAST: f32 = 0.3;

/// Whether a proposal is to be taken. What no rule has found must be likely, and be words or a
/// view: "signed the bill" is a deed.
fn believed(reading: &Reading<'_>, proposal: &Proposal, old: Option<&Found>) -> bool {
    if old.is_some_and(|old| agrees(old, proposal)) {
        return true;
    }
    let likely = proposal.confidence >= LEAST;
    likely && (old.is_some() || !is_thin(reading, proposal) || takes_things(reading, proposal))
}

/// Whether the words outside quotation marks are a mere thing: nothing of a clause is in them.
fn is_thin(reading: &Reading<'_>, proposal: &Proposal) -> bool {
    proposal.content.iter().all(|content| {
        let first = reading.lower(content.start);
        content.clone().all(|at| reading.quotation(at).is_none())
            && !matches!(first, "that" | "to" | "if" | "whether" | "how" | "why" | "what")
            && no_verb(reading, content.start, content.end)
    })
}

/// As many tokens make a thing of which an unknown word may tell a view.
const VIEW: usize = 4;

/// Whether the cue may have a mere thing for its content: "praised the plan" is words, "answered the
/// offer" and "called her brother" are deeds.
fn takes_things(reading: &Reading<'_>, proposal: &Proposal) -> bool {
    let Some(cue) = &proposal.cue else { return true };
    match cue.clone().find_map(|at| lexicon().cue(reading.lower(at))) {
        Some(lemma) => !lemma.clause_only && lexicon().classes[lemma.class].needs.is_empty(),
        None => {
            let said = cue.clone().any(|at| lexicon().utterance(reading.lower(at)));
            said || proposal.content.iter().map(ExactSizeIterator::len).sum::<usize>() >= VIEW
        }
    }
}

/// Contents that share this much (Dice, of tokens) are the same words.
const SAME: f32 = 0.5;

/// Contents that share this much are the same, and the rules' edges are kept: passages test them.
const ALIKE: f32 = 0.9;

/// What it takes off a rule that the model says nothing of what it has found.
const ALONE: f32 = 0.1;

/// Where an attribution stands in its sentence: at its cue, or where its content starts.
fn place(reading: &Reading<'_>, found: &Found) -> usize {
    let content = || found.content.first().map_or(0, |c| reading.tokens.from(c.start));
    found.cue.as_ref().map_or_else(content, |cue| cue.start)
}

/// Gives attributions that share or carry on the source of the one before a source of their own,
/// so that none depends on what may go.
fn anchored(mut ruled: Vec<Found>) -> Vec<Found> {
    let mut last: Option<Range<usize>> = None;
    for found in &mut ruled {
        match found.link {
            Link::Own => last.clone_from(&found.source),
            Link::Shared => {
                found.source.clone_from(&last);
                found.link = if last.is_some() { Link::Own } else { Link::Nobody };
            }
            Link::CarriedOn => found.source.clone_from(&last),
            Link::Nobody => {}
        }
    }
    ruled
}

/// Whether layout alone decides: the cue is a colon or a dash.
fn decided(reading: &Reading<'_>, found: &Found) -> bool {
    found.cue.clone().is_some_and(|mut cue| {
        cue.all(|at| reading.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Mark))
    })
}

/// For each token the rule whose content holds it.
struct Holders(Vec<u32>);

const NOBODY: u32 = u32::MAX;

impl Holders {
    fn of(reading: &Reading<'_>, ruled: &[Found]) -> Self {
        let mut holders = vec![NOBODY; reading.tokens.len()];
        for (index, found) in (0..).zip(ruled) {
            for span in &found.content {
                holders[reading.tokens.inside(*span)].fill(index);
            }
        }
        Self(holders)
    }

    /// Without the pieces that by the rules only carry on the words before: those stand alone, less
    /// certain than what a tag holds.
    fn without_carried(&self, reading: &Reading<'_>, ruled: &[Found], mut proposal: Proposal) -> Proposal {
        let carried = |piece: &Range<usize>| {
            let holder = self.0[piece.start];
            holder != NOBODY && ruled[holder as usize].link == Link::CarriedOn
        };
        let first = proposal.content[0].clone();
        let paragraph = |piece: &Range<usize>| reading.sentences[reading.sentence_of(piece.start)].paragraph;
        if !carried(&first) {
            proposal.content.retain(|piece| !carried(piece) || paragraph(piece) == paragraph(&first));
        }
        proposal
    }

    /// The rules whose contents the proposal's shares tokens with, and how much.
    fn meets(&self, reading: &Reading<'_>, ruled: &[Found], proposal: &Proposal) -> Vec<(usize, f32)> {
        let mut meets: Vec<(usize, usize)> = Vec::new();
        let tokens = || proposal.content.iter().cloned().flatten();
        for holder in tokens().map(|at| self.0[at]).filter(|h| *h != NOBODY) {
            let holder = holder as usize;
            match meets.last_mut() {
                Some(last) if last.0 == holder => last.1 += 1,
                _ => meets.push((holder, 1)),
            }
        }
        meets.sort_unstable();
        let mut sums: Vec<(usize, usize)> = Vec::new();
        for (holder, count) in meets {
            match sums.last_mut() {
                Some(last) if last.0 == holder => last.1 += count,
                _ => sums.push((holder, count)),
            }
        }
        let all = tokens().count();
        let size =
            |found: &Found| -> usize { found.content.iter().map(|c| reading.tokens.inside(*c).len()).sum() };
        sums.into_iter()
            .map(|(rule, both)| (rule, 2.0 * both as f32 / (all + size(&ruled[rule])) as f32))
            .collect()
    }
}

/// Whether rule and model name the same source for the same words.
fn agrees(found: &Found, proposal: &Proposal) -> bool {
    match (&found.source, &proposal.source) {
        (None, None) => true,
        (a, b) => meet(a.as_ref(), b.as_ref()),
    }
}

/// What the model proposes, as the rest of annotation reads it; what the rule `old` knows of the
/// same words is kept, and its source where the model names none or only refers to it.
fn proposed(reading: &Reading<'_>, proposal: Proposal, old: Option<(&Found, f32)>) -> Found {
    let (old, alike) = (old.map(|o| o.0), old.is_some_and(|o| o.1 >= ALIKE));
    if let Some(found) = old {
        let nameless = found.source.is_some()
            && proposal.source.as_ref().is_none_or(|source| is_relative(reading, source));
        if nameless {
            // "Ann Lee, an engineer, who said": the pronoun belongs to the words that name her.
            let source = found.source.clone().map(|name| match &proposal.source {
                Some(who) if name.end <= who.start && who.end - name.start <= NAMED => name.start..who.end,
                _ => name,
            });
            return Found { source, finder: Finder::Both, ..found.clone() };
        }
        if alike && agrees(found, &proposal) {
            let confidence = found.confidence.max(proposal.confidence);
            return Found { confidence, finder: Finder::Both, ..found.clone() };
        }
    }
    let agreed = old.filter(|old| agrees(old, &proposal));
    let Proposal { source, cue, content, confidence } = proposal;
    let spans: Vec<_> = content.iter().map(|range| reading.span(range)).collect();
    let form = form(reading, &spans);
    let first = content[0].start;
    let sentence = reading.sentence_of(cue.as_ref().map_or(first, |c| c.start));
    let act = match old.filter(|old| meet(old.cue.as_ref(), cue.as_ref())) {
        Some(old) => old.act,
        None => act(reading, cue.as_ref(), form, first),
    };
    let told = agreed.and_then(|old| old.told_to.clone());
    let place =
        || cue.as_ref().map_or_else(Vec::new, |c| beside(reading, sentence, c, source.as_ref(), &content));
    Found {
        act,
        form,
        link: match agreed {
            Some(old) if source.is_some() && old.link == Link::CarriedOn && cue.is_none() => Link::CarriedOn,
            _ if source.is_some() => Link::Own,
            _ => Link::Nobody,
        },
        beside: agreed.map_or_else(place, |old| old.beside.clone()),
        told_to: told.or_else(|| told_to(reading, sentence, cue.as_ref()?)),
        source,
        cue,
        content: spans,
        sentence,
        from: old.map_or(reading.sentences[sentence].tokens.start, |old| old.from),
        confidence: agreed.map_or(confidence, |old| old.confidence.max(confidence)),
        finder: if agreed.is_some() { Finder::Both } else { Finder::Model },
    }
}

fn meet(a: Option<&Range<usize>>, b: Option<&Range<usize>>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a.start < b.end && b.start < a.end)
}

/// What was done, by the words of the cue: without a word of saying, only a direct quotation is
/// known to have been said.
fn act(reading: &Reading<'_>, cue: Option<&Range<usize>>, form: Form, first: usize) -> Act {
    let Some(cue) = cue else {
        return if form == Form::Indirect { Act::Position } else { Act::Statement };
    };
    let opens = reading.sentences[reading.sentence_of(cue.start)].tokens.start;
    let mut words = cue.start.saturating_sub(1).max(opens)..cue.end;
    let unsaid = words.any(|at| unsays(reading.lower(at)));
    if unsaid && form != Form::Direct {
        return Act::None;
    }
    let open = matches!(reading.lower(first), "if" | "whether");
    if open && form == Form::Indirect {
        return Act::None;
    }
    let known = cue.clone().find_map(|at| lexicon().cue(reading.lower(at)));
    match known.map(|lemma| &lexicon().classes[lemma.class]) {
        // "agreed", "praised the plan": a view is told, and no words.
        Some(class) if form == Form::Indirect && matches!(class.takes, Takes::Quote | Takes::Object) => {
            if class.act == Act::Statement {
                Act::Position
            } else {
                class.act
            }
        }
        Some(class) => class.act,
        None if form == Form::Direct => Act::Statement,
        // "stands by the proposal for", "bristled at the suggestion": a word of saying among many others
        // tells what was done about it.
        None if cue.len() < LONG && cue.clone().any(|at| lexicon().utterance(reading.lower(at))) => {
            Act::Statement
        }
        None => Act::Position,
    }
}

/// A cue of so many tokens is more than a word of saying.
const LONG: usize = 4;

/// To whom, where the verb names its hearer first.
fn told_to(reading: &Reading<'_>, sentence: usize, cue: &Range<usize>) -> Option<Range<usize>> {
    let tells = cue
        .clone()
        .filter_map(|at| lexicon().cue(reading.lower(at)))
        .any(|lemma| lexicon().classes[lemma.class].takes == Takes::Told);
    let end = reading.sentences[sentence].tokens.end;
    let told = phrase::behind(reading, cue.end, end, &["of", "and"]);
    (tells && !told.is_empty()).then_some(told)
}

/// How many tokens a source may have with the pronoun that refers to it.
const NAMED: usize = 24;

/// How far from its cue a day or a place may stand that belongs to it.
const BESIDE: usize = 14;

/// What stands about the cue in its sentence and is no part of the attribution.
fn beside(
    reading: &Reading<'_>,
    sentence: usize,
    cue: &Range<usize>,
    source: Option<&Range<usize>>,
    content: &[Range<usize>],
) -> Vec<Range<usize>> {
    let limits = &reading.sentences[sentence].tokens;
    let taken = |at: usize| {
        content.iter().chain(source).any(|part| part.contains(&at)) || reading.quotation(at).is_some()
    };
    let mut places = Vec::new();
    let end = limits.end.min(cue.end + BESIDE);
    let mut at = cue.end;
    while at < end {
        let stop = (at..end).find(|i| taken(*i)).unwrap_or(end);
        if stop > at {
            places.push(at..stop);
        }
        // Past the source of "said Ann Lee on Monday", but not past the content.
        let within = source.filter(|s| s.contains(&stop));
        let Some(within) = within else { break };
        at = within.end;
    }
    let start = limits.start.max(cue.start.saturating_sub(BESIDE));
    let before = (start..cue.start).rev().find(|i| taken(*i)).map_or(start, |i| i + 1);
    if before < cue.start {
        places.push(before..cue.start);
    }
    places
}
