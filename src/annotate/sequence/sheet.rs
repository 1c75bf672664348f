//! [`Sheet`]: what the features ask of each token, worked out once for the article.
//!
//! Everything here is one pass over the tokens, so that the features, of which there are some
//! seventy a token, only look up and mix.

use std::ops::Range;

use super::facts::{Fact, Facts, facts};
use super::hash;
use crate::annotate::attribution::Found;
use crate::annotate::reading::Reading;
use crate::text::token::TokenKind;

/// Nothing there.
pub(super) const NONE: u32 = u32::MAX;

/// How a token stands to quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoted {
    Outside = 0,
    Opening = 1,
    Inside = 2,
    Closing = 3,
}

/// A token by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Its letters in lower case; all numbers are one word, and so are all quotation marks.
    pub(super) hash: u32,
    /// Its capitals, small letters and digits, runs taken as one.
    pub(super) shape: u32,
    pub(super) stem: u32,
    /// The last two and three letters, the first three and four; 0 where it is too short.
    pub(super) parts: [u32; 4],
    pub(super) facts: Facts,
    /// How often training saw it as a cue and in a source, in tenths and one; 0 for seldom or never.
    pub(super) cue: u8,
    pub(super) source: u8,
    pub(super) quoted: Quoted,
    /// Whether it is likely a verb of saying or holding, outside quotation marks.
    pub(super) verb: bool,
    pub(super) capital: bool,
    /// Whether it has a letter or a digit.
    pub(super) letters: bool,
    /// What the rules have made of it.
    pub(super) ruled: u8,
}

impl Word {
    /// Its letters and what they are cut into, as numbers.
    pub(super) const fn spelling(&self) -> [u32; 6] {
        let [a, b, c, d] = self.parts;
        [self.hash, self.stem, a, b, c, d]
    }

    /// All that it is known for but its letters, its shape and what the rules make of it.
    pub(super) fn known(&self) -> u32 {
        let rates = u32::from(self.cue) << 4 | u32::from(self.source);
        u32::from(self.facts.0) << 16 | rates << 8 | self.quoted as u32
    }
}

/// A token among the others. All indices count tokens of the article.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) sentence: (u32, u32),
    pub(super) paragraph: (u32, u32),
    /// The nearest likely verb in the sentence on either side, or [`NONE`].
    pub(super) left: u32,
    pub(super) right: u32,
    /// Commas since `left`, at most three.
    pub(super) commas: u8,
    /// Tokens since the last closing mark and up to the next opening one in the paragraph.
    pub(super) closed: u32,
    pub(super) opens: u32,
    /// What the paragraph and its neighbour before are made of.
    pub(super) around: u32,
    /// What the sentence and its neighbour before are made of.
    pub(super) inside: u32,
    /// First and last token of the quotation in this paragraph that the token stands in.
    pub(super) quotation: (u32, u32),
    /// First token and end of the run of capitals that the token stands in.
    pub(super) capitals: (u32, u32),
}

/// One article, ready for the features.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) words: Vec<Word>,
    pub(super) places: Vec<Place>,
}

/// What training has counted of a word: how often it is (part of) a cue and a source, from 0 to 11.
pub(super) trait Rates {
    fn of(&self, word: u32) -> (u8, u8);
}

/// From which rate on a word is likely a cue.
const LIKELY: u8 = 4;

impl Sheet {
    /// The sheet of `reading`, in which the rules have found `ruled`.
    pub(super) fn of(reading: &Reading<'_>, ruled: &[Found], rates: &impl Rates) -> Self {
        let mut words: Vec<Word> = (0..reading.tokens.len()).map(|at| word(reading, at, rates)).collect();
        for found in ruled {
            rule(reading, found, &mut words);
        }
        let mut sheet = Self { places: vec![UNPLACED; words.len()], words };
        for sentence in &reading.sentences {
            sheet.sentence(&sentence.tokens);
        }
        let mut before = 7;
        for paragraph in reading.prose.paragraphs() {
            let tokens = reading.tokens.inside(paragraph.span);
            if !tokens.is_empty() {
                before = sheet.paragraph(reading, &tokens, before);
            }
        }
        sheet.sentences_inside(reading);
        sheet
    }

    fn sentence(&mut self, tokens: &Range<usize>) {
        let bounds = (number(tokens.start), number(tokens.end));
        let (mut left, mut commas) = (NONE, 0);
        for at in tokens.clone() {
            let place = &mut self.places[at];
            (place.sentence, place.left, place.commas) = (bounds, left, commas);
            if self.words[at].verb {
                (left, commas) = (number(at), 0);
            } else if self.words[at].facts.has(Fact::Comma) {
                commas = (commas + 1).min(3);
            }
        }
        let mut right = NONE;
        for at in tokens.clone().rev() {
            self.places[at].right = right;
            if self.words[at].verb {
                right = number(at);
            }
        }
        let mut at = tokens.start;
        while at < tokens.end {
            let end = (at..tokens.end).find(|i| !self.words[*i].capital).unwrap_or(tokens.end);
            for place in &mut self.places[at..end] {
                place.capitals = (number(at), number(end));
            }
            at = end.max(at + 1);
        }
    }

    /// Answers with what the next paragraph is told of this one.
    fn paragraph(&mut self, reading: &Reading<'_>, tokens: &Range<usize>, before: u32) -> u32 {
        let bounds = (number(tokens.start), number(tokens.end));
        let words = &self.words[tokens.clone()];
        let all = words.iter().all(|w| w.quoted != Quoted::Outside || !w.letters);
        let opens = words[0].quoted == Quoted::Opening;
        let around = before * 4 + u32::from(opens) * 2 + u32::from(all);
        let unclosed = words[words.len() - 1].quoted == Quoted::Inside;
        let verb = words.iter().any(|w| w.verb);
        let quoted = words.iter().any(|w| w.quoted != Quoted::Outside);
        let mut closed = NONE;
        for at in tokens.clone() {
            let place = &mut self.places[at];
            (place.paragraph, place.around, place.closed) = (bounds, around, since(closed, at));
            if self.words[at].quoted == Quoted::Closing {
                closed = number(at);
            }
        }
        let mut next = NONE;
        for at in tokens.clone().rev() {
            self.places[at].opens = if next == NONE { NONE } else { next - number(at) };
            if self.words[at].quoted == Quoted::Opening {
                next = number(at);
            }
        }
        let mut at = tokens.start;
        while at < tokens.end {
            let quotation = reading.quotation(at);
            let end = (at..tokens.end).find(|i| reading.quotation(*i) != quotation).unwrap_or(tokens.end);
            for place in &mut self.places[at..end] {
                place.quotation = (number(at), number(end - 1));
            }
            at = end;
        }
        u32::from(unclosed) * 4 + u32::from(verb) * 2 + u32::from(quoted) + 8
    }

    /// What each sentence is made of; the one before counts where it shares the paragraph.
    fn sentences_inside(&mut self, reading: &Reading<'_>) {
        let mut before = (usize::MAX, false);
        for sentence in &reading.sentences {
            let words = &self.words[sentence.tokens.clone()];
            let verbs = words.iter().filter(|w| w.verb).count().min(2);
            let opens = words.iter().any(|w| w.quoted == Quoted::Opening);
            let follows = before == (sentence.paragraph, true);
            let inside = number(verbs) * 4 + u32::from(opens) * 2 + u32::from(follows);
            before = (sentence.paragraph, verbs > 0);
            for place in &mut self.places[sentence.tokens.clone()] {
                place.inside = inside;
            }
        }
    }
}

/// Notes on the words of an attribution what the rules have made of them: a source, a cue, a content
/// before its cue, behind it, or without one.
fn rule(reading: &Reading<'_>, found: &Found, words: &mut [Word]) {
    let cue = found.cue.as_ref().map(|c| c.start);
    for (index, span) in found.content.iter().enumerate() {
        let tokens = reading.tokens.inside(*span);
        let ruled = match cue {
            None => 5,
            Some(cue) if cue >= tokens.end => 3,
            Some(_) if index == 0 => 4,
            Some(_) => 6,
        };
        words[tokens].iter_mut().for_each(|w| w.ruled = ruled);
    }
    let parts = [(&found.source, 1), (&found.cue, 2)];
    for (tokens, ruled) in parts.into_iter().filter_map(|(t, r)| Some((t.clone()?, r))) {
        words[tokens].iter_mut().for_each(|w| w.ruled = ruled);
    }
}

/// A token that stands in no sentence: there is none, but the types do not say so.
const UNPLACED: Place = Place {
    sentence: (0, 0),
    paragraph: (0, 0),
    left: NONE,
    right: NONE,
    commas: 0,
    closed: NONE,
    opens: NONE,
    around: 0,
    inside: 0,
    quotation: (0, 0),
    capitals: (0, 0),
};

fn since(last: u32, at: usize) -> u32 {
    if last == NONE { NONE } else { number(at) - last }
}

/// An index of a token, of which no text has 2^32.
#[expect(clippy::cast_possible_truncation, reason = "texts are shorter than 4 GiB")]
pub(super) const fn number(index: usize) -> u32 {
    index as u32
}

fn word(reading: &Reading<'_>, at: usize, rates: &impl Rates) -> Word {
    let token = reading.tokens.list()[at];
    let lower = reading.lower(at);
    let quoted = quoted(reading, at);
    let (hash, stem, parts) = match token.kind {
        TokenKind::Word => spelling(lower),
        TokenKind::Number => plain(const { hash::word(b"0") }),
        TokenKind::Mark if is_mark(lower) => plain(const { hash::word(b"\"") }),
        _ => plain(hash::letters(lower)),
    };
    let letters = matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Genitive);
    let facts = facts(hash);
    let (cue, source) = rates.of(hash);
    let verb = quoted == Quoted::Outside
        && token.kind == TokenKind::Word
        && lower.len() > 2
        && (cue >= LIKELY || (facts.has(Fact::Says) && cue > 1));
    Word {
        hash,
        shape: shape(reading.tokens.word(at)),
        stem,
        parts,
        facts,
        cue,
        source,
        quoted,
        verb,
        capital: token.capital,
        letters,
        ruled: 0,
    }
}

fn is_mark(mark: &str) -> bool {
    matches!(mark, "“" | "”" | "\"" | "``" | "«" | "»" | "„" | "‟")
}

fn quoted(reading: &Reading<'_>, at: usize) -> Quoted {
    let Some(quotation) = reading.quotation(at) else { return Quoted::Outside };
    let mark = reading.tokens.list()[at].kind == TokenKind::Mark;
    let span = reading.tokens.list()[at].span;
    let parts = &reading.quotations[quotation];
    if mark && parts.parts.iter().any(|p| p.start == span.start) {
        Quoted::Opening
    } else if mark && parts.closed && parts.parts[parts.parts.len() - 1].end == span.end {
        Quoted::Closing
    } else {
        Quoted::Inside
    }
}

/// What has no pieces but itself.
const fn plain(hash: u32) -> (u32, u32, [u32; 4]) {
    (hash, hash, [0; 4])
}

/// A word, the word without its ending, and its last and first letters.
fn spelling(lower: &str) -> (u32, u32, [u32; 4]) {
    let ending = ["ing", "ed", "es", "s"];
    let stem = ending
        .iter()
        .find_map(|end| lower.strip_suffix(end).filter(|stem| stem.len() > 2))
        .unwrap_or(lower)
        .trim_end_matches('e');
    let bytes = lower.as_bytes();
    if lower.is_ascii()
        && let Some(heads) = hash::heads(bytes)
    {
        let parts = match bytes {
            [.., b, c, d] if bytes.len() >= 4 => {
                [hash::word(&[*c, *d]), hash::word(&[*b, *c, *d]), heads[3], heads[4]]
            }
            _ => [0; 4],
        };
        return (heads[bytes.len()], heads[stem.len()], parts);
    }
    let (whole, stem) = (hash::letters(lower), hash::letters(stem));
    let count = lower.chars().count();
    if count < 4 {
        return (whole, stem, [0; 4]);
    }
    let from = |n: usize| lower.char_indices().nth(count - n).map_or(0, |(at, _)| at);
    let to = |n: usize| lower.char_indices().nth(n).map_or(lower.len(), |(at, _)| at);
    let parts = [&lower[from(2)..], &lower[from(3)..], &lower[..to(3)], &lower[..to(4)]];
    (whole, stem, parts.map(hash::letters))
}

/// Capitals, small letters and digits, runs taken as one, the first six.
fn shape(word: &str) -> u32 {
    let (mut made, mut last, mut length) = (0, 0, 0);
    for c in word.chars() {
        let class = match c {
            'a'..='z' => 1,
            'A'..='Z' => 2,
            '0'..='9' => 3,
            _ if c.is_lowercase() => 1,
            _ if c.is_uppercase() => 2,
            _ if c.is_numeric() => 3,
            _ => 4 + u32::from(c),
        };
        if class != last {
            made = hash::both(made, class);
            last = class;
            length += 1;
        }
        if length == 6 {
            break;
        }
    }
    made
}
