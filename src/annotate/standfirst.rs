//! The standfirst tells the story once more in short: its statements are those of the text.
//!
//! Entry point: [`match_up`]. A statement of the standfirst whose source is a description is given
//! to the speaker of the text whose words it sums up, never to one merely because the role fits.

use super::attribution::Found;
use super::reading::Reading;
use super::speaker::Resolved;
use super::{Act, SpeakerKind};
use crate::text::{Span, fold};

/// The share of a standfirst's words that must come again.
const SHARE: f32 = 0.5;

/// How many statements of a standfirst are compared; a standfirst is a sentence or two.
const SUMMED_UP: usize = 8;

/// For each attribution of the standfirst, the index of the one in the text that it repeats.
pub(super) fn match_up(reading: &Reading<'_>, found: &[Found], speakers: &[Resolved]) -> Vec<Option<usize>> {
    let paragraphs = reading.prose.paragraphs();
    let summary = |i: usize| paragraphs[reading.sentences[found[i].sentence].paragraph].standfirst;
    let told = |i: &usize| found[*i].act == Act::Statement;
    let mut repeats = vec![None; found.len()];
    let summed_up: Vec<usize> =
        (0..found.len()).filter(|i| summary(*i)).filter(told).take(SUMMED_UP).collect();
    if summed_up.is_empty() {
        return repeats;
    }
    let text: Vec<(usize, Vec<String>)> = (0..found.len())
        .filter(|i| !summary(*i))
        .filter(told)
        .map(|i| (i, stems(reading, &found[i].content)))
        .collect();
    for index in summed_up {
        let words = stems(reading, &found[index].content);
        if words.len() < 3 {
            continue;
        }
        let best = text
            .iter()
            .filter(|(i, _)| compatible(&speakers[index], &speakers[*i]))
            .map(|(i, others)| (share(&words, others), *i))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        repeats[index] = best.filter(|(share, _)| *share >= SHARE).map(|(_, i)| i);
    }
    repeats
}

/// Whether a description in the standfirst may mean the speaker in the text.
fn compatible(summary: &Resolved, text: &Resolved) -> bool {
    let Some(a) = &summary.speaker else { return true };
    let Some(b) = &text.speaker else { return false };
    match a.kind {
        SpeakerKind::Unnamed | SpeakerKind::Group => true,
        _ => a.name == b.name,
    }
}

/// The first letters of the content words, which survive inflection ("diplomacy", "diplomatic").
fn stems(reading: &Reading<'_>, content: &[Span]) -> Vec<String> {
    let mut stems: Vec<String> = content
        .iter()
        .flat_map(|span| reading.tokens.inside(*span))
        .filter(|i| reading.is_word(*i))
        .map(|i| fold::key(reading.lower(i)))
        .filter(|w| {
            w.chars().count() > 3
                && !matches!(
                    w.as_str(),
                    "that"
                        | "this"
                        | "with"
                        | "have"
                        | "been"
                        | "much"
                        | "most"
                        | "mostly"
                        | "they"
                        | "their"
                        | "from"
                        | "were"
                        | "will"
                )
        })
        .map(|w| w.chars().take(if w.chars().count() > 6 { 5 } else { 3 }).collect())
        .collect();
    stems.sort();
    stems.dedup();
    stems
}

/// The share of `words` that are among `others`.
fn share(words: &[String], others: &[String]) -> f32 {
    let hits = words.iter().filter(|w| others.binary_search(w).is_ok()).count();
    let count = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    count(hits) / count(words.len())
}
