//! Sentences of prose.
//!
//! Entry point: [`split`]. A sentence never runs over a paragraph; its closing quotation marks
//! and brackets belong to it.

use super::token::{TokenKind, Tokens};
use super::{Paragraph, Span};

/// The sentences of each paragraph, in order; blanks between them belong to none.
#[must_use]
pub fn split(tokens: &Tokens<'_>, paragraphs: &[Paragraph]) -> Vec<Span> {
    let mut sentences = Vec::new();
    for paragraph in paragraphs {
        let range = tokens.inside(paragraph.span);
        let mut first = range.start;
        let mut at = range.start;
        while at < range.end {
            if ends(tokens, at) {
                let last = closers(tokens, at, range.end);
                if last + 1 == range.end || starts(tokens, last, last + 1) {
                    sentences.push(tokens.span(first, last));
                    first = last + 1;
                }
                at = last;
            }
            at += 1;
        }
        if first < range.end {
            sentences.push(tokens.span(first, range.end - 1));
        }
    }
    sentences
}

/// Whether token `at` may end a sentence.
fn ends(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = tokens.word(at);
    match word.as_bytes().first() {
        Some(b'.' | b'!' | b'?') => true,
        _ if word == "…" => true,
        // "the U.S. He left": a dotted abbreviation may end a sentence; what follows decides.
        Some(_) => {
            word.ends_with('.')
                && tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
                && word.len() > 3
                && word[..word.len() - 1].contains('.')
        }
        None => false,
    }
}

/// The last of the closing marks behind token `at`.
fn closers(tokens: &Tokens<'_>, at: usize, end: usize) -> usize {
    let mut last = at;
    while last + 1 < end && closes(tokens, last, last + 1) {
        last += 1;
    }
    last
}

/// Whether mark `next` closes something right behind token `at`.
fn closes(tokens: &Tokens<'_>, at: usize, next: usize) -> bool {
    let (Some(a), Some(b)) = (tokens.get(at), tokens.get(next)) else { return false };
    let touching = a.span.end == b.span.start;
    match tokens.word(next) {
        "”" | "»" | ")" | "]" | "." | "!" | "?" | "…" => true,
        "\"" | "'" | "’" | "''" => touching,
        _ => false,
    }
}

/// Whether a sentence may start with token `next`, behind token `last`.
fn starts(tokens: &Tokens<'_>, last: usize, next: usize) -> bool {
    let (Some(before), Some(token)) = (tokens.get(last), tokens.get(next)) else { return true };
    if before.span.end == token.span.start {
        return false;
    }
    // "Washington, D.C. The": after a dotted abbreviation only a word that rarely follows one starts anew.
    let dotted = tokens.word(last).ends_with('.') && before.kind == TokenKind::Word;
    if dotted {
        return token.capital && tokens.stops().is_opener(tokens.lower(next));
    }
    let mark = tokens.word(next);
    token.capital
        || token.kind == TokenKind::Number
        || matches!(
            mark,
            "“" | "\"" | "‘" | "'" | "«" | "„" | "(" | "[" | "``" | "`" | "—" | "–" | "-" | "―" | "•"
        )
        || (token.kind == TokenKind::Word && !mark.starts_with(|c: char| c.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::stops::tests::{english, german};
    use crate::text::{BlockKind, Stops};

    fn cut(text: &str) -> Vec<&str> {
        cut_with(text, &english())
    }

    fn cut_with<'t>(text: &'t str, stops: &Stops) -> Vec<&'t str> {
        let tokens = Tokens::of(text, stops);
        let mut at = 0;
        let mut paragraphs = Vec::new();
        for part in text.split("\n\n") {
            let span = Span::new(at, at + part.len());
            paragraphs.push(Paragraph { span, kind: BlockKind::Paragraph, standfirst: false });
            at += part.len() + 2;
        }
        split(&tokens, &paragraphs).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn abbreviations_initials_and_figures_end_nothing() {
        assert_eq!(
            cut("Mr. J. Ray met Lt. Col. Ann Lee on Dec. 5 in the U.S. Senate. It took 1.5 hours."),
            ["Mr. J. Ray met Lt. Col. Ann Lee on Dec. 5 in the U.S. Senate.", "It took 1.5 hours."]
        );
        assert_eq!(cut("They left the U.S. The boat sank."), ["They left the U.S.", "The boat sank."]);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_and_a_tag_goes_on() {
        assert_eq!(
            cut("“Is it so?” she asked. “It is.” He nodded (twice.) \"No.\" \"Yes!\""),
            ["“Is it so?” she asked.", "“It is.”", "He nodded (twice.)", "\"No.\"", "\"Yes!\""]
        );
    }

    #[test]
    fn paragraphs_part_sentences() {
        assert_eq!(cut("No stop here\n\n– Next one"), ["No stop here", "– Next one"]);
    }

    #[test]
    fn german_ordinals_and_abbreviations_end_nothing() {
        let whole = [
            "Am 5. Dezember tagt der Rat.",
            "Vom 2. bis 5. Dezember ruht z. B. Berlin, d. h. die Stadt.",
            "Z. B. Kiel und Dr. Ada Lind bzw. Nr. 12 der Liste zahlen ca. 3 Mio. Euro.",
            "Die 7. Kompanie kam um 14.30 Uhr am 5.12.2025 an.",
        ];
        for text in whole {
            assert_eq!(cut_with(text, &german()), [text]);
        }
        assert_eq!(
            cut_with("Es waren 12. Der Rest ging. Das war 1988. Kinder sangen.", &german()),
            ["Es waren 12.", "Der Rest ging.", "Das war 1988.", "Kinder sangen."]
        );
        assert_eq!(cut("It was 5. December came."), ["It was 5.", "December came."]);
    }
}
