//! Noun phrases: how far they go on either side of a place.
//!
//! Entry points: [`ending_at`] reads to the left, [`behind`] to the right. There is no parser here: a
//! phrase ends where a word stands that no noun phrase holds.

use std::ops::Range;

use crate::annotate::lexicon::{Pronoun, lexicon};
use crate::annotate::reading::Reading;

/// The longest noun phrase that is believed, in tokens.
pub(super) const LONGEST: usize = 28;

/// Words that no noun phrase goes over.
const BARRIERS: &[&str] = &[
    "that", "because", "when", "while", "as", "if", "though", "although", "but", "which", "where", "after",
    "before", "since", "until", "whether", "so", "or", "than", "is", "was", "are", "were", "be", "been",
    "has", "have", "had", "will", "would", "can", "could", "may", "might", "should", "must", "do", "does",
    "did", "then", "yet", "what", "how", "why", "whom", "whose", "not", "there", "yes", "he", "she", "they",
    "we", "i", "it",
];

/// Prepositions that may open a phrase before the subject ("In a statement the board said").
const PREPOSITIONS: &[&str] = &[
    "in",
    "on",
    "at",
    "during",
    "after",
    "before",
    "by",
    "from",
    "to",
    "with",
    "for",
    "under",
    "over",
    "since",
    "into",
    "through",
    "amid",
    "following",
    "despite",
    "about",
    "of",
    "against",
    "within",
    "without",
    "inside",
    "outside",
    "near",
    "per",
    "via",
    "upon",
    "as",
];

/// Words that open a noun phrase.
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "one", "another", "some", "many", "several", "most", "all", "both", "two", "three",
    "four", "five", "six", "his", "her", "their", "its", "our", "my", "this", "that", "these", "those",
    "other", "few", "no", "any", "each", "every", "various", "numerous",
];

/// Whether `word` opens a noun phrase.
pub(super) fn determines(word: &str) -> bool {
    DETERMINERS.contains(&word)
}

/// Whether `word` is a preposition.
pub(super) fn preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// Whether a phrase holds a name, a pronoun or a word for people or bodies.
pub(super) fn names_somebody(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|i| {
        let word = reading.lower(i);
        (reading.is_capital(i) && !lexicon().is("plain", word))
            || lexicon().pronoun(word).is_some()
            || ["roles", "bodies", "documents", "polls"].iter().any(|list| lexicon().is_noun(list, word))
    })
}

/// The noun phrase that ends right before token `end`, and the doubt about it.
pub(super) fn ending_at(reading: &Reading<'_>, from: usize, end: usize) -> Option<(Range<usize>, f32)> {
    let last = end.checked_sub(1).filter(|l| *l >= from)?;
    match lexicon().pronoun(reading.lower(last)) {
        Some(Pronoun::Relative) => {
            let antecedent = last.checked_sub(1).filter(|l| *l >= from)?;
            if reading.is(antecedent, ",") {
                return ending_at(reading, from, antecedent)
                    .map(|np| super::subject::with_name(reading, from, np));
            }
            return ending_at(reading, from, last).map(|(tokens, doubt)| (tokens, doubt + 0.2));
        }
        Some(_) => return Some((last..end, 0.0)),
        None => {}
    }
    let mut start = end;
    let mut doubt = 0.0;
    while start > from && end - start < LONGEST {
        if stops(reading, start - 1) {
            doubt = if matches!(reading.lower(start - 1), "that" | "which" | "because" | "if" | "whether") {
                0.1
            } else {
                0.0
            };
            break;
        }
        start -= 1;
    }
    let start = trim(reading, start, end);
    if matches!(reading.lower(start), "who" | "which" | "whose" | "whom") {
        return None;
    }
    let plausible = start < end && is_plausible(reading, &(start..end));
    plausible.then_some((start..end, doubt))
}

/// Whether a noun phrase to the right cannot hold token `at`.
fn stops(reading: &Reading<'_>, at: usize) -> bool {
    let Some(token) = reading.tokens.get(at) else { return true };
    let word = reading.lower(at);
    use crate::text::token::TokenKind::{Genitive, Mark, Number, Word};
    match token.kind {
        Mark => !matches!(reading.tokens.word(at), "&" | "/" | "'" | "’" | "$" | "%" | "(" | ")" | "-"),
        Genitive | Number => false,
        Word => {
            BARRIERS.contains(&word) && !reading.is_capital(at)
                || BARRIERS.contains(&word) && reading.sentences[reading.sentence_of(at)].tokens.start == at
                || word.ends_with("n't")
                || word.ends_with("n’t")
                || (word == "and" && opens_clause(reading, at))
                || lexicon().cue(word).is_some_and(|c| !c.nominal && !c.participle)
                    && !reading.is_capital(at)
                    && !is_adjective(reading, at)
        }
    }
}

/// Whether "and" at token `at` joins clauses rather than names: no capital stands before it.
fn opens_clause(reading: &Reading<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |b| reading.lower(b));
    let noun = at > 0
        && (reading.is_capital(at - 1)
            || lexicon().is_noun("roles", before)
            || lexicon().is_noun("bodies", before));
    !noun
}

/// Whether a past form at token `at` stands before a noun ("the proposed plan").
fn is_adjective(reading: &Reading<'_>, at: usize) -> bool {
    at > 0 && (determines(reading.lower(at - 1)) || reading.is_genitive(at - 1))
}

/// Cuts what opens the sentence off a phrase: adverbs, conjunctions, "In a statement".
fn trim(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let mut start = start;
    while start < end {
        let word = reading.lower(start);
        let opener = matches!(
            word,
            "and"
                | "still"
                | "meanwhile"
                | "later"
                | "earlier"
                | "however"
                | "also"
                | "even"
                | "only"
                | "just"
                | "now"
                | "soon"
                | "yet"
                | "but"
                | "so"
                | "then"
                | "today"
                | "yesterday"
                | "again"
                | "instead"
                | "separately"
                | "moments"
                | "minutes"
                | "hours"
                | "to"
        ) || (word.ends_with("ly")
            && word.len() > 4
            && !lexicon().is_noun("roles", word)
            && reading.sentences[reading.sentence_of(start)].tokens.start == start)
            || reading.tokens.word(start) == ")";
        if !opener {
            break;
        }
        start += 1;
    }
    if start < end && PREPOSITIONS.contains(&reading.lower(start)) {
        return after_prepositional(reading, start, end);
    }
    start
}

/// The start of the noun phrase behind an opening prepositional one: the last article, courtesy
/// title or run of capitals that is no day.
fn after_prepositional(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let mut best = end;
    for at in (start + 2..end).rev() {
        let word = reading.lower(at);
        let of = matches!(
            reading.lower(at - 1),
            "of" | "in" | "for" | "at" | "with" | "to" | "from" | "on" | "by"
        );
        if determines(word) && !of {
            return at;
        }
        let day = lexicon().is("plain", word);
        if reading.is_capital(at) && !day && !of {
            best = at;
        } else if best < end {
            return best;
        }
    }
    best
}

/// Whether a phrase may name a speaker at all.
fn is_plausible(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    let last = reading.lower(tokens.end - 1);
    if PREPOSITIONS.contains(&last)
        || (determines(last)
            && !matches!(last, "some" | "many" | "others" | "both" | "one" | "several" | "all"))
    {
        return false;
    }
    let plural = last.ends_with('s') && !last.ends_with("ss");
    names_somebody(reading, tokens) || plural || determines(reading.lower(tokens.start))
}

/// The noun phrase that starts at token `start`, up to `limit`; empty where none does.
///
/// `ties` says which prepositions still belong to it ("a spokesman for the board").
pub(super) fn behind(reading: &Reading<'_>, start: usize, limit: usize, ties: &[&str]) -> Range<usize> {
    let mut end = start;
    if lexicon().pronoun(reading.lower(start)).is_some_and(|p| p != Pronoun::Relative)
        || matches!(reading.lower(start), "him" | "them" | "me" | "us" | "you")
    {
        return start..(start + 1).min(limit);
    }
    while end < limit && end - start < LONGEST {
        let word = reading.lower(end);
        let opener = end == start;
        let next_noun = end > start && determines(word) && !preposition_before(reading, end, ties);
        let pronoun = end > start && lexicon().pronoun(word).is_some();
        if (stops(reading, end) && !(opener && determines(word)))
            || pronoun
            || (!opener && time_at(reading, end) > 0)
            || next_noun
            || (!opener && preposition(word) && !ties.contains(&word))
        {
            break;
        }
        let new_name = end > start
            && reading.is_capital(end)
            && !reading.is_capital(end - 1)
            && !joins(reading, end - 1, ties);
        if new_name {
            break;
        }
        end += 1;
    }
    start..end
}

/// How many tokens a time takes that starts at token `at` without a preposition: "told reporters last
/// week", "said Ann Lee earlier"; 0 where none does.
pub(super) fn time_at(reading: &Reading<'_>, at: usize) -> usize {
    const UNITS: &[&str] = &[
        "night", "week", "weekend", "month", "year", "spring", "summer", "autumn", "fall", "winter",
        "quarter", "decade",
    ];
    match reading.lower(at) {
        "yesterday" | "today" | "tonight" | "earlier" => 1,
        "last" | "this" | "next" => {
            let unit = reading.lower(at + 1);
            let known = UNITS.contains(&unit) || (reading.is_capital(at + 1) && lexicon().is("plain", unit));
            if known { 2 } else { 0 }
        }
        _ => 0,
    }
}

/// Whether the word before token `at` is one of the prepositions that tie.
fn preposition_before(reading: &Reading<'_>, at: usize, ties: &[&str]) -> bool {
    ties.contains(&reading.lower(at - 1))
}

/// Whether a capital behind token `at` may still be the same phrase: behind a preposition that
/// ties, an article, a genitive, "and", or a role ("Kremlin aide Yuri").
fn joins(reading: &Reading<'_>, at: usize, ties: &[&str]) -> bool {
    let word = reading.lower(at);
    ties.contains(&word)
        || determines(word)
        || reading.is_genitive(at)
        || matches!(
            word,
            "and" | "&" | "former" | "senior" | "top" | "de" | "van" | "von" | "al" | "bin" | "of"
        )
        || lexicon().is("roles", word)
        || lexicon().is("titles", word)
}
