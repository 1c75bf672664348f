//! [`Passage`]: a text as characters, words and quotation marks.

use std::sync::LazyLock;

use regex::Regex;

use super::name::RUN;
use crate::eval::words::Words;
use crate::text::CodePoints;

/// A text whose parts are asked for by code points.
#[derive(Debug)]
pub(super) struct Passage<'t> {
    text: &'t str,
    places: CodePoints<'t>,
}

impl<'t> Passage<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, places: CodePoints::new(text) }
    }

    /// The words of `spans`, numbered by where they start; one that a span cuts is a word as well.
    pub(super) fn words(&self, spans: &[[u32; 2]]) -> Words {
        let of = |span: &[u32; 2]| {
            let span = self.places.span(*span).unwrap_or_default();
            RUN.find_iter(span.of(self.text))
                .map(move |word| self.places.at(span.start + narrow(word.start())))
        };
        spans.iter().flat_map(of).collect()
    }

    /// The words of `spans` as one text.
    pub(super) fn written(&self, spans: &[[u32; 2]]) -> String {
        let parts: Vec<&str> = spans.iter().map(|span| self.cut(*span)).collect();
        parts.join(" ")
    }

    /// How many words of `spans` stand in quotation marks. A span right behind an opening mark is
    /// quoted from its start; straight marks in it are closing ones then.
    pub(super) fn quoted(&self, spans: &[[u32; 2]]) -> usize {
        let of = |span: &[u32; 2]| {
            let part = self.cut(*span);
            let behind_mark = span[0] > 0 && self.cut([span[0] - 1, span[0]]).starts_with(['“', '"']);
            if behind_mark && !part.is_empty() && !part.starts_with(['“', '"', '`']) {
                quoted_words(&format!("“{}", part.replace('"', "”")))
            } else {
                quoted_words(part)
            }
        };
        spans.iter().map(of).sum()
    }

    fn cut(&self, span: [u32; 2]) -> &'t str {
        self.places.span(span).unwrap_or_default().of(self.text)
    }
}

/// How many words of a text stand in quotation marks; what is not closed is quoted to the end.
fn quoted_words(text: &str) -> usize {
    let quotations = QUOTATION.find_iter(text);
    quotations.map(|quotation| RUN.find_iter(quotation.as_str()).count()).sum()
}

/// From an opening mark to the next closing one.
static QUOTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"“[^”"]*[”"]?|"[^”"]*[”"]?|(?s:``.*?(?:''|\z))"#)
        .expect("the pattern is constant and tested")
});

/// A byte's number as spans count.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numbered_by_their_place() {
        let passage = Passage::new("Ærlig talt, we sail");
        // The span cuts "talt"; what is left of it is a word, and another one than "talt".
        assert_eq!(passage.words(&[[7, 10]]).len(), 1);
        assert_eq!(passage.words(&[[7, 10]]).shared(&passage.words(&[[0, 19]])), 0);
        assert_eq!(passage.words(&[[0, 8]]).shared(&passage.words(&[[0, 19]])), 2);
        assert_eq!(passage.written(&[[0, 5], [12, 14]]), "Ærlig we");
    }

    #[test]
    fn words_in_quotation_marks_are_counted() {
        for (text, quoted) in [
            ("He said “we sail at noon” and left", 4),
            ("\"We sail,\" he said, \"at noon", 4),
            ("``We sail'' at noon, ``we", 3),
            ("“We sail\" at noon ”", 2),
            ("we sail at noon", 0),
        ] {
            assert_eq!(quoted_words(text), quoted, "{text}");
        }
        // The mark before the span opens; a straight one in the span then closes.
        for (text, span, quoted) in [
            ("“we sail” at noon", [1, 17], 2),
            ("\"we sail\" at noon", [1, 17], 2),
            ("\"\"we sail\" at noon", [1, 18], 2),
            ("so we sail at noon", [3, 18], 0),
        ] {
            assert_eq!(Passage::new(text).quoted(&[span]), quoted, "{text}");
        }
    }
}
