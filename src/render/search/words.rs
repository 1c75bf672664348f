//! The words of a text as the index knows them: [`each`], and [`folded`] for one.
//!
//! `static/search.js` folds what a reader types by the same rule; a query finds nothing where the
//! two differ. The rule: NFKD without combining marks, lower case, the letters of [`LETTERS`]
//! written out, a final "'s" dropped, and a word ends at whatever is neither letter nor number.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Letters that Unicode does not take apart, though people type them so.
const LETTERS: [(char, &str); 9] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ı', "i"),
];

/// Letters of a word that the index keeps: an address or a row of signs is no longer a word.
pub(super) const LONGEST: usize = 40;

/// What `text` is compared by: its letters folded, everything else as it is.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for letter in letters.filter(|c| !is_combining_mark(*c)) {
        match LETTERS.iter().find(|(from, _)| *from == letter) {
            Some((_, to)) => out.push_str(to),
            None => out.push(letter),
        }
    }
    out
}

/// Hands over each word of `text` as it is written.
pub(super) fn each<'t>(text: &'t str, mut take: impl FnMut(&'t str)) {
    let part = |c: char| match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric() || is_combining_mark(c),
    };
    let mut rest = text;
    while let Some(start) = rest.find(part) {
        let word = &rest[start..];
        let length = word.find(|c| !part(c)).unwrap_or(word.len());
        let after_mark = rest[..start].ends_with(['\'', '’', '‘', 'ʼ', '`']);
        if !(after_mark && matches!(&word[..length], "s" | "S")) {
            take(&word[..length]);
        }
        rest = &word[length..];
    }
}

/// The words that a folded word falls into: one, but for signs that stand for several ("½").
pub(super) fn pieces(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()).map(cut)
}

/// The folded words of a text, joined by single blanks.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, |word| {
        for piece in pieces(&folded(word)) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(piece);
        }
    });
    out
}

/// A word without what is too long.
fn cut(word: &str) -> &str {
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => &word[..end],
        None => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_apostrophes_and_marks_make_no_difference() {
        for (text, words) in [
            ("Zelenskyy’s Élan", "zelenskyy elan"),
            ("“Don't,” she said.", "don t she said"),
            ("l’eau d'O’NEIL'S", "l eau d o neil"),
            ("Straße, Søren, Łódź, Þór", "strasse soren lodz thor"),
            ("1,000 of 2½ — U.S.", "1 000 of 21 2 u s"),
            ("Πόλεμος ВОЙНА 戦争", "πολεμος воина 戦争"),
            ("", ""),
        ] {
            assert_eq!(joined(text), words, "{text}");
        }
        assert_eq!(joined(&"x".repeat(99)).len(), LONGEST);
    }
}
