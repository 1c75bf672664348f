//! Tokens: words, numbers and marks, as rules read them.
//!
//! Entry point: [`Tokens::of`].

use super::{Span, Stops};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with the apostrophes, hyphens and abbreviation stops that belong to them.
    Word,
    /// Digits, with the commas and points inside them.
    Number,
    /// `'s` or a bare apostrophe after a plural: the genitive.
    Genitive,
    /// One other character, or a run of dots or hyphens.
    Mark,
}

/// A token: where it stands and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: TokenKind,
    /// Whether its first letter is a capital.
    pub capital: bool,
}

/// The tokens of one text, with its lower-case form for look-ups.
#[derive(Debug)]
pub struct Tokens<'t> {
    text: &'t str,
    /// Same length and borders as `text`: ASCII letters alone are lowered.
    lower: String,
    list: Vec<Token>,
    stops: &'t Stops,
}

impl<'t> Tokens<'t> {
    /// Cuts `text` into tokens, in one pass; `stops` are those of its language.
    #[must_use]
    pub fn of(text: &'t str, stops: &'t Stops) -> Self {
        let mut list = Vec::with_capacity(text.len() / 5);
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let (len, kind) = if c.is_alphabetic() {
                (word_len(&text[at..], stops), TokenKind::Word)
            } else if c.is_ascii_digit() {
                number(&text[at..], stops)
            } else if is_apostrophe(c) {
                genitive_len(text, at).map_or((c.len_utf8(), TokenKind::Mark), |n| (n, TokenKind::Genitive))
            } else {
                (mark_len(&text[at..], c), TokenKind::Mark)
            };
            list.push(Token { span: Span::new(at, at + len), kind, capital: c.is_uppercase() });
            at += len;
        }
        Self { text, lower: text.to_ascii_lowercase(), list, stops }
    }

    /// Which full stops belong to their word.
    pub(super) fn stops(&self) -> &'t Stops {
        self.stops
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The tokens in order.
    #[must_use]
    pub fn list(&self) -> &[Token] {
        &self.list
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Token number `index`, if there is one.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Token> {
        self.list.get(index).copied()
    }

    /// The words of token `index` as written; empty past the end.
    #[must_use]
    pub fn word(&self, index: usize) -> &'t str {
        self.list.get(index).map_or("", |t| t.span.of(self.text))
    }

    /// The words of token `index` in lower case; empty past the end.
    #[must_use]
    pub fn lower(&self, index: usize) -> &str {
        self.list.get(index).map_or("", |t| t.span.of(&self.lower))
    }

    /// The span from token `first` through token `last`.
    ///
    /// # Panics
    /// If either is no token.
    #[must_use]
    pub fn span(&self, first: usize, last: usize) -> Span {
        self.list[first].span.cover(self.list[last].span)
    }

    /// The index of the first token that starts at or after byte `offset`.
    #[must_use]
    pub fn from(&self, offset: u32) -> usize {
        self.list.partition_point(|t| t.span.start < offset)
    }

    /// The indices of the tokens inside `span`, as a range.
    #[must_use]
    pub fn inside(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.from(span.start);
        first..self.list.partition_point(|t| t.span.end <= span.end).max(first)
    }
}

/// Whether `c` is written for an apostrophe.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// The length of the word at the head of `rest`, which starts with a letter.
fn word_len(rest: &str, stops: &Stops) -> usize {
    let dotted = dotted_len(rest);
    if dotted > 0 {
        return dotted;
    }
    // Plain letters and digits before a blank, comma or stop: nearly every word.
    let mut end = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let plain = matches!(rest.as_bytes().get(end), None | Some(b' ' | b',' | b'.' | b'\n'));
    let mut chars = if plain { "" } else { &rest[end..] }.char_indices().peekable();
    let head = end;
    while let Some((at, c)) = chars.next() {
        let at = head + at;
        let next = chars.peek().map(|(_, n)| *n);
        let joins = next.is_some_and(char::is_alphanumeric);
        let inside = c.is_alphanumeric()
            || is_combining(c)
            || (c == '-' && joins)
            || (is_apostrophe(c) && joins && !starts_genitive(&rest[at + c.len_utf8()..]));
        if !inside {
            break;
        }
        end = at + c.len_utf8();
    }
    let stop = rest[end..].starts_with('.') && keeps_stop(&rest[..end], &rest[end + 1..], stops);
    end + usize::from(stop)
}

/// Whether the stop between `word` and `after` belongs to the word.
fn keeps_stop(word: &str, after: &str, stops: &Stops) -> bool {
    stops.belongs(word, after) || is_initial(word, after)
}

/// The length of "U.S.", "a.m.", "J.F.K.": letters and stops in turn; 0 where there are fewer than two.
fn dotted_len(rest: &str) -> usize {
    let (mut end, mut pairs) = (0, 0);
    let mut chars = rest.chars();
    while let (Some(letter), Some('.')) = (chars.next(), chars.next()) {
        if !letter.is_alphabetic() {
            break;
        }
        end += letter.len_utf8() + 1;
        pairs += 1;
    }
    if pairs > 1 { end } else { 0 }
}

/// Whether `word` is a capital standing for a given name ("J. Edgar").
fn is_initial(word: &str, after: &str) -> bool {
    let mut chars = word.chars();
    let one = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    // "he wrote on X. Lee" names a service.
    one && word != "I" && word != "X" && after.trim_start().starts_with(char::is_uppercase)
}

fn is_combining(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether `rest`, behind an apostrophe, is the `s` of a genitive and nothing more.
fn starts_genitive(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

/// The length of the genitive that starts at byte `at`, where one stands behind a word.
fn genitive_len(text: &str, at: usize) -> Option<usize> {
    let apostrophe = text[at..].chars().next()?.len_utf8();
    let before = text[..at].chars().next_back()?;
    if !before.is_alphanumeric() {
        return None;
    }
    let rest = &text[at + apostrophe..];
    if starts_genitive(rest) {
        return Some(apostrophe + 1);
    }
    None
}

/// The length and kind of what starts with a digit: a number, or a word such as "2nd", "737-800".
fn number(rest: &str, stops: &Stops) -> (usize, TokenKind) {
    let mut end = 0;
    let mut kind = TokenKind::Number;
    let bytes = rest.as_bytes();
    for (at, c) in rest.char_indices() {
        let next_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let clock = c == ':' && next_digit && at <= 2 && !rest[..at].contains(['.', ',']);
        if c.is_ascii_digit() || (matches!(c, ',' | '.') && next_digit) || clock {
            end = at + 1;
        } else if c.is_alphabetic() {
            kind = TokenKind::Word;
            end = at + c.len_utf8();
        } else if c == '-' && rest[at + 1..].starts_with(char::is_alphabetic) {
            kind = TokenKind::Word;
            end = at + 1;
        } else {
            break;
        }
    }
    let point = kind == TokenKind::Number && rest[end..].starts_with('.');
    if point && stops.is_ordinal(&rest[..end], &rest[end + 1..]) {
        end += 1;
    }
    (end, kind)
}

/// The length of the mark at the head of `rest`: runs of stops, hyphens and doubled quotes stay together.
fn mark_len(rest: &str, c: char) -> usize {
    match c {
        '.' | '-' | '`' => rest.bytes().take_while(|b| *b == c as u8).count().min(64),
        _ => c.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::stops::tests::english;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<String> {
        let stops = english();
        let tokens = Tokens::of(text, &stops);
        (0..tokens.len()).map(|i| tokens.word(i).to_owned()).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(
            cut("Mr. O’Neil's son-in-law didn’t pay $1,202.50 at 9:30 a.m. in the U.S., Lt. J. Ray said..."),
            [
                "Mr.",
                "O’Neil",
                "'s",
                "son-in-law",
                "didn’t",
                "pay",
                "$",
                "1,202.50",
                "at",
                "9:30",
                "a.m.",
                "in",
                "the",
                "U.S.",
                ",",
                "Lt.",
                "J.",
                "Ray",
                "said",
                "..."
            ]
        );
    }

    #[test]
    fn a_sentence_does_not_lose_its_stop_to_a_plain_word() {
        assert_eq!(cut("So did I. She left."), ["So", "did", "I", ".", "She", "left", "."]);
    }

    proptest! {
        #[test]
        fn tokens_lie_in_order_inside_any_text(text in "\\PC{0,200}") {
            let stops = english();
            let tokens = Tokens::of(&text, &stops);
            let mut last = 0;
            for token in tokens.list() {
                prop_assert!(token.span.start >= last && token.span.end > token.span.start);
                prop_assert!(!token.span.of(&text).is_empty());
                last = token.span.end;
            }
        }
    }
}
