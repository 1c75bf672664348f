//! The scan: one pass over the text that makes [`Token`]s of words, numbers and marks.
//!
//! Entry point: [`scan`]. Nothing is allocated for a token; words are looked up once.

use super::lexicon::{Class, LONGEST, Lexicon, WordId};
use super::writing::Writing;

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// The first byte.
    pub(super) start: u32,
    /// The byte after the last.
    pub(super) end: u32,
    /// The word of the lexicon; 0 is any other.
    pub(super) word: WordId,
    /// No blank stands before it.
    pub(super) glued: bool,
    /// A paragraph starts with it.
    pub(super) breaks: bool,
    /// It starts with a capital.
    pub(super) capital: bool,
    /// What it can be, as a set of [`Class`]es.
    pub(super) classes: u64,
    /// The number it writes, in thousandths.
    pub(super) number: u32,
}

impl Token {
    /// Its words as written.
    pub(super) fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Whether it can be of `class`.
    pub(super) fn is(&self, class: Class) -> bool {
        self.classes & class.bit() != 0
    }

    /// Its number in `class`: that of the lexicon, else the one it writes, in whole units.
    pub(super) fn value(&self, lexicon: &Lexicon, class: Class) -> i32 {
        lexicon.entry(self.word).value(class).unwrap_or_else(|| (self.number / 1000).cast_signed())
    }
}

/// The tokens of `text`, in order.
pub(super) fn scan(text: &str, lexicon: &Lexicon, writing: &Writing) -> Vec<Token> {
    let tokens = Vec::with_capacity(text.len() / 5);
    let mut scanner = Scanner { text, bytes: text.as_bytes(), lexicon, writing, tokens, breaks: true };
    let (mut at, mut glued) = (0, false);
    while let Some(first) = scanner.char_at(at) {
        if first.is_whitespace() {
            let end = scanner.skip_blanks(at);
            scanner.breaks |= scanner.bytes[at..end].iter().filter(|b| **b == b'\n').count() > 1;
            (at, glued) = (end, false);
            continue;
        }
        let before = scanner.tokens.len();
        at = scanner.token(at, first);
        for token in &mut scanner.tokens[before..] {
            (token.glued, token.breaks) = (glued, scanner.breaks);
            (glued, scanner.breaks) = (true, false);
        }
    }
    scanner.tokens
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    lexicon: &'t Lexicon,
    writing: &'t Writing,
    tokens: Vec<Token>,
    /// A paragraph starts with what comes next.
    breaks: bool,
}

impl Scanner<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.text[at..].chars().next(),
            None => None,
        }
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while let Some(c) = self.char_at(at).filter(|c| c.is_whitespace()) {
            at += c.len_utf8();
        }
        at
    }

    fn skip_while(&self, mut at: usize, keep: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.char_at(at).filter(|c| keep(*c)) {
            at += c.len_utf8();
        }
        at
    }

    /// Pushes the token or tokens that start at `at` and gives the byte after them.
    fn token(&mut self, at: usize, first: char) -> usize {
        if first.is_ascii_digit() {
            self.number(at)
        } else if first.is_alphanumeric() {
            if let Some(thousandths) = fraction(first) {
                return self.push_number(at, at + first.len_utf8(), thousandths, 0);
            }
            self.word(at)
        } else {
            self.mark(at, first)
        }
    }

    fn word(&mut self, at: usize) -> usize {
        if let Some((end, word)) = self.dotted(at) {
            return self.push_word(at, end, self.lexicon.id(word.as_bytes()));
        }
        let plain = self.bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let end = self.skip_while(at + plain, |c| c.is_alphanumeric() && fraction(c).is_none());
        let id = self.look_up(at, end);
        self.push_word(at, end, id)
    }

    /// The end of "a.m.", "p.m" and the like at `at`, and the word that it stands for.
    fn dotted(&self, at: usize) -> Option<(usize, &str)> {
        if self.bytes.get(at + 1) != Some(&b'.') {
            return None;
        }
        self.writing.dotted.iter().find_map(|(letters, word)| {
            let end = at + letters.len() - 1;
            let same =
                self.bytes.get(at..end)?.eq_ignore_ascii_case(&letters.as_bytes()[..letters.len() - 1]);
            match self.bytes.get(end) {
                _ if !same => None,
                Some(b'.') => Some((end + 1, word.as_str())),
                Some(byte) if byte.is_ascii_alphanumeric() => None,
                _ => Some((end, word.as_str())),
            }
        })
    }

    /// The end of the genitive whose apostrophe ends at `at`, and its word.
    fn genitive(&self, at: usize) -> Option<(usize, WordId)> {
        let genitive = self.writing.genitive.as_deref()?;
        let end = at + genitive.len() - 1;
        let written = self.bytes.get(at..end)?.eq_ignore_ascii_case(&genitive.as_bytes()[1..]);
        let ends = written && !self.char_at(end).is_some_and(char::is_alphanumeric);
        ends.then(|| (end, self.lexicon.id(genitive.as_bytes())))
    }

    fn look_up(&self, start: usize, end: usize) -> WordId {
        let word = &self.bytes[start..end];
        if word.len() > LONGEST {
            return 0;
        }
        let mut folded = [0; LONGEST];
        let folded = &mut folded[..word.len()];
        folded.copy_from_slice(word);
        lower(folded);
        self.lexicon.id(folded)
    }

    /// Whether what comes next is the first word of a sentence.
    fn opens_sentence(&self) -> bool {
        let ends = |word: &str| matches!(word, "." | "?" | "!" | ":" | "-") || self.writing.is_quote(word);
        self.breaks || self.tokens.last().is_none_or(|token| ends(token.of(self.text)))
    }

    fn push_word(&mut self, start: usize, end: usize, word: WordId) -> usize {
        let entry = self.lexicon.entry(word);
        let capital = self.char_at(start).is_some_and(char::is_uppercase);
        let mut classes = if capital { entry.classes } else { entry.classes & !entry.capital };
        if capital && word == 0 {
            classes |= Class::Name.bit();
        }
        if capital && classes & entry.lower != 0 && !self.opens_sentence() {
            classes &= !entry.lower;
        }
        let [head, tails @ ..] = entry.parts.as_slice() else {
            return self.push(Token { word, capital, classes, ..blank(start, end) });
        };
        let classes = |word: WordId| self.lexicon.entry(word).classes;
        // The head has the letters of them all, so that no expression is a part of a word.
        self.tokens.push(Token { word: *head, capital, classes: classes(*head), ..blank(start, end) });
        let tails =
            tails.iter().map(|tail| Token { word: *tail, classes: classes(*tail), ..blank(end, end) });
        self.tokens.extend(tails);
        end
    }

    fn mark(&mut self, at: usize, mark: char) -> usize {
        let end = at + mark.len_utf8();
        let name: &[u8] = match mark {
            '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' => b"-",
            '\'' | '\u{2019}' | '\u{2018}' => {
                if let Some((end, word)) = self.genitive(end) {
                    return self.push(Token { word, ..blank(at, end) });
                }
                b"'"
            }
            _ => &self.bytes[at..end],
        };
        self.push(Token { word: self.lexicon.id(name), ..blank(at, end) })
    }

    fn number(&mut self, at: usize) -> usize {
        let digits = self.skip_while(at, |c| c.is_ascii_digit());
        let (end, plain) = self.whole_number(at, digits);
        let thousandths = thousandths(&self.bytes[at..end], self.writing.decimal);
        let letters = self.skip_while(end, |c| c.is_alphanumeric() && fraction(c).is_none());
        let suffix = &self.bytes[end..letters];
        if let Some(end) = self.ordinal_point(at, end).filter(|_| plain) {
            let classes = digit_classes(&self.bytes[at..digits]);
            let day = if classes & Class::Day.bit() == 0 { 0 } else { Class::DayTh.bit() };
            return self.push_number(at, end, thousandths, Class::Ordinal.bit() | day);
        }
        if suffix.is_empty() || self.writing.is_clock_ending(suffix) || self.dotted(end).is_some() {
            let classes = if plain { digit_classes(&self.bytes[at..end]) } else { 0 };
            return self.push_number(at, end, thousandths, classes | Class::Amount.bit());
        }
        let number = thousandths / 1000;
        let classes = if plain && self.writing.is_ordinal_ending(suffix) {
            Class::Ordinal.bit() | if (1..=31).contains(&number) { Class::DayTh.bit() } else { 0 }
        } else if plain && self.writing.is_decade_ending(suffix) && number.is_multiple_of(10) {
            match digits - at {
                4 => Class::Decade.bit(),
                2 => Class::ShortDecade.bit(),
                _ => 0,
            }
        } else {
            0
        };
        self.push_number(at, letters, thousandths, classes)
    }

    /// The end of an ordinal written with a point, which a word or mark follows: "5. Dezember".
    fn ordinal_point(&self, at: usize, digits: usize) -> Option<usize> {
        let end = digits + 1;
        if !self.writing.ordinal_point || digits - at > 2 || self.bytes.get(digits) != Some(&b'.') {
            return None;
        }
        let next = self.skip_blanks(end);
        let apart = self.bytes[end..next].iter().filter(|b| **b == b'\n').count() > 1;
        let follows = self.char_at(next).is_some_and(|c| match next == end {
            true => matches!(c, '-' | '/' | ',' | '\u{2013}'),
            false => c.is_alphabetic(),
        });
        (follows && !apart).then_some(end)
    }

    /// The end of a number with its thousands and decimals, and whether it has neither.
    fn whole_number(&self, at: usize, digits: usize) -> (usize, bool) {
        let digit = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mark = |at: usize| self.bytes.get(at).map(|byte| char::from(*byte));
        let mut end = digits;
        while end - at <= 12
            && mark(end) == Some(self.writing.thousands)
            && (1..=3).all(|n| digit(end + n))
            && !digit(end + 4)
        {
            end += 4;
        }
        if mark(end) == Some(self.writing.decimal) && digit(end + 1) {
            end = self.skip_while(end + 1, |c| c.is_ascii_digit());
        }
        (end, end == digits)
    }

    fn push_number(&mut self, start: usize, end: usize, number: u32, classes: u64) -> usize {
        self.push(Token { number, classes, ..blank(start, end) })
    }

    fn push(&mut self, token: Token) -> usize {
        self.tokens.push(token);
        token.end as usize
    }
}

/// Makes the capitals of western European languages small, in place.
fn lower(word: &mut [u8]) {
    word.make_ascii_lowercase();
    for at in 1..word.len() {
        if word[at - 1] == 0xC3 && matches!(word[at], 0x80..=0x9E) && word[at] != 0x97 {
            word[at] += 0x20;
        }
    }
}

fn blank(start: usize, end: usize) -> Token {
    let narrow = |n: usize| u32::try_from(n).expect("a text is smaller than 4 GiB");
    Token {
        start: narrow(start),
        end: narrow(end),
        word: 0,
        glued: false,
        breaks: false,
        capital: false,
        classes: 0,
        number: 0,
    }
}

/// The fractions that have a character of their own, in thousandths.
fn fraction(c: char) -> Option<u32> {
    match c {
        '½' => Some(500),
        '¼' => Some(250),
        '¾' => Some(750),
        _ => None,
    }
}

/// What a number in plain digits can be.
fn digit_classes(digits: &[u8]) -> u64 {
    let number = digits.iter().fold(0_u32, |n, d| n.saturating_mul(10).saturating_add(u32::from(d - b'0')));
    let mut classes = 0;
    let mut add = |class: Class, holds: bool| classes |= if holds { class.bit() } else { 0 };
    let short = digits.len() <= 2;
    add(Class::Two, digits.len() == 2);
    add(Class::Day, short && (1..=31).contains(&number));
    add(Class::MonthNumber, short && (1..=12).contains(&number));
    add(Class::Hour, short && number <= 24);
    add(Class::Year, digits.len() == 4 && (1000..3000).contains(&number));
    classes
}

/// The number in thousandths; too large a number is the largest.
fn thousandths(digits: &[u8], decimal: char) -> u32 {
    let (mut number, mut decimals) = (0_u32, None);
    for byte in digits {
        match (byte, decimals) {
            (digit, _) if !digit.is_ascii_digit() => {
                if char::from(*digit) == decimal {
                    decimals = Some(0);
                }
            }
            (_, Some(3)) => {}
            (digit, _) => {
                number = number.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
                decimals = decimals.map(|d| d + 1);
            }
        }
    }
    (decimals.unwrap_or(0)..3).fold(number, |n, _| n.saturating_mul(10))
}
