//! Makes one token of what is written in several: phrases, spelled numbers, fractions,
//! abbreviations with their point.
//!
//! Entry point: [`fold`].

use super::lexicon::{Class, Lexicon, WordId};
use super::token::Token;
use super::writing::Writing;

/// The words that folding looks for.
#[derive(Clone, Debug)]
pub(super) struct Glue {
    hyphen: WordId,
    slash: WordId,
    point: WordId,
    comma: WordId,
    /// "and"; the word of no token where the language writes none.
    and: WordId,
    /// "and a half".
    and_a_half: Vec<WordId>,
    /// Whether a year is written as two numbers.
    years_in_pairs: bool,
}

impl Glue {
    pub(super) fn new(lexicon: &mut Lexicon, writing: &Writing) -> Self {
        let mut id = |word| lexicon.intern(word);
        Self {
            hyphen: id("-"),
            slash: id("/"),
            point: id("."),
            comma: id(","),
            and: id(&writing.and),
            and_a_half: writing.and_a_half.split_whitespace().map(&mut id).collect(),
            years_in_pairs: writing.years_in_pairs,
        }
    }
}

/// Folds `tokens` in place. Linear: each token is read a bounded number of times.
pub(super) fn fold(tokens: &mut Vec<Token>, lexicon: &Lexicon, glue: &Glue) {
    let (mut from, mut to) = (0, 0);
    while from < tokens.len() {
        // Most words are of no rule, and nothing is folded onto them.
        if tokens[from].word == 0 && !tokens[from].is(Class::Amount) {
            tokens[to] = tokens[from];
            (from, to) = (from + 1, to + 1);
            continue;
        }
        let (token, taken) = one(&tokens[from..], lexicon, glue);
        tokens[to] = token;
        (from, to) = (from + taken, to + 1);
    }
    tokens.truncate(to);
}

/// The folded token at the head of `tokens`, and how many it takes.
fn one(tokens: &[Token], lexicon: &Lexicon, glue: &Glue) -> (Token, usize) {
    let first = tokens[0];
    let (first, taken) = phrase(tokens, lexicon).unwrap_or((first, 1));
    if first.is(Class::AndAHalf) {
        let whole = u32::try_from(first.value(lexicon, Class::AndAHalf)).unwrap_or(0);
        let number = whole.saturating_mul(1000).saturating_add(500);
        return (spelled(tokens, taken, number, Class::Amount), taken);
    }
    if taken > 1 {
        return (first, taken);
    }
    if first.is(Class::Cardinal) {
        return cardinal(tokens, lexicon, glue);
    }
    if first.is(Class::Amount) {
        return with_fraction(tokens, glue);
    }
    let abbreviation = first.is(Class::MonthAbbreviation) || first.is(Class::WeekdayAbbreviation);
    if abbreviation && word(tokens, 1) == glue.point && tokens[1].glued && dated(tokens.get(2), glue) {
        return (Token { end: tokens[1].end, ..first }, 2);
    }
    (first, 1)
}

/// Whether what follows an abbreviation shows that its point ends no sentence.
fn dated(next: Option<&Token>, glue: &Glue) -> bool {
    next.is_some_and(|t| {
        !t.breaks
            && (t.is(Class::Day)
                || t.is(Class::DayTh)
                || t.is(Class::Year)
                || t.is(Class::Month)
                || t.word == glue.comma)
    })
}

/// The word at `index` in the same paragraph, 0 where there is none.
fn word(tokens: &[Token], index: usize) -> WordId {
    tokens.get(index).filter(|t| !t.breaks).map_or(0, |t| t.word)
}

fn phrase(tokens: &[Token], lexicon: &Lexicon) -> Option<(Token, usize)> {
    let first = tokens[0];
    let (rest, id) =
        lexicon.entry(first.word).phrases(word(tokens, 1)).iter().find(|(rest, _)| {
            rest.iter().enumerate().all(|(n, expected)| word(tokens, n + 1) == *expected)
        })?;
    let entry = lexicon.entry(*id);
    let classes = if first.capital { entry.classes } else { entry.classes & !entry.capital };
    let end = tokens[rest.len()].end;
    (classes != 0).then_some((Token { word: *id, classes, end, number: 0, ..first }, rest.len() + 1))
}

/// A number in words: "twenty-four", "two hundred and ten", "nineteen ninety-six".
fn cardinal(tokens: &[Token], lexicon: &Lexicon, glue: &Glue) -> (Token, usize) {
    let value = |index: usize| {
        let token = tokens.get(index).filter(|t| t.is(Class::Cardinal) && (index == 0 || !t.breaks))?;
        u32::try_from(token.value(lexicon, Class::Cardinal)).ok()
    };
    let below_hundred = |index: usize| -> Option<(u32, usize)> {
        let tens = value(index).filter(|v| *v < 100)?;
        let hyphen = usize::from(word(tokens, index + 1) == glue.hyphen);
        match value(index + 1 + hyphen) {
            Some(ones) if tens >= 20 && ones < 10 => Some((tens + ones, 2 + hyphen)),
            _ => Some((tens, 1)),
        }
    };
    let Some((first, taken)) = below_hundred(0) else { return (tokens[0], 1) };
    if glue.years_in_pairs
        && (17..=20).contains(&first)
        && let Some((second, more)) = below_hundred(taken).filter(|(n, _)| *n >= 10)
    {
        let number = (first * 100 + second) * 1000;
        return (spelled(tokens, taken + more, number, Class::Year), taken + more);
    }
    if taken == 1
        && let Some(folded) = ordinal(tokens, first, lexicon, glue)
    {
        return folded;
    }
    let (mut total, mut current, mut at) = (0_u32, first, taken);
    while let Some(next) = value(at) {
        match next {
            100 if current < 100 => (current, at) = (current * 100, at + 1),
            1000 if total == 0 => (total, current, at) = (current * 1000, 0, at + 1),
            _ if current.is_multiple_of(100) && next < 100 => {
                let (more, words) = below_hundred(at).unwrap_or((next, 1));
                (current, at) = (current + more, at + words);
            }
            _ => break,
        }
        if word(tokens, at) == glue.and
            && current.is_multiple_of(100)
            && value(at + 1).is_some_and(|v| v < 100)
        {
            at += 1;
        }
    }
    let number = total.saturating_add(current).saturating_mul(1000);
    let (half, words) = and_a_half(&tokens[at..], glue);
    (spelled(tokens, at + words, number.saturating_add(half), Class::Amount), at + words)
}

/// "twenty-first".
fn ordinal(tokens: &[Token], tens: u32, lexicon: &Lexicon, glue: &Glue) -> Option<(Token, usize)> {
    let hyphen = usize::from(word(tokens, 1) == glue.hyphen);
    let token =
        tokens.get(1 + hyphen).filter(|t| tens >= 20 && t.is(Class::Ordinal) && !t.breaks && t.word != 0)?;
    let ones = u32::try_from(token.value(lexicon, Class::Ordinal)).ok().filter(|n| (1..10).contains(n))?;
    Some((spelled(tokens, 2 + hyphen, (tens + ones) * 1000, Class::Ordinal), 2 + hyphen))
}

/// One token of the first `taken`, which writes `number`.
fn spelled(tokens: &[Token], taken: usize, number: u32, class: Class) -> Token {
    Token { word: 0, classes: class.bit(), number, end: tokens[taken - 1].end, ..tokens[0] }
}

/// "2 1/2", "2½", "2 and a half".
fn with_fraction(tokens: &[Token], glue: &Glue) -> (Token, usize) {
    let first = tokens[0];
    let (half, words) = and_a_half(&tokens[1..], glue);
    let (more, taken) = if words > 0 { (half, 1 + words) } else { written_fraction(tokens, glue) };
    if taken == 1 || first.word != 0 {
        return (first, 1);
    }
    let number = first.number.saturating_add(more);
    (spelled(tokens, taken, number, Class::Amount), taken)
}

fn and_a_half(tokens: &[Token], glue: &Glue) -> (u32, usize) {
    let words = &glue.and_a_half;
    let written = !words.is_empty() && words.iter().enumerate().all(|(n, half)| word(tokens, n) == *half);
    if written { (500, words.len()) } else { (0, 0) }
}

fn written_fraction(tokens: &[Token], glue: &Glue) -> (u32, usize) {
    let number = |index: usize| tokens.get(index).filter(|t| t.word == 0 && t.number > 0 && !t.breaks);
    if let Some(sign) = number(1).filter(|t| t.glued && t.number < 1000) {
        return (sign.number, 2);
    }
    match (number(1), word(tokens, 2) == glue.slash, number(3)) {
        (Some(above), true, Some(below)) if tokens[2].glued && below.glued && above.number < below.number => {
            (above.number / (below.number / 1000).max(1), 4)
        }
        _ => (0, 1),
    }
}
