//! Quotation marks: where words are given as somebody's own.
//!
//! Entry point: [`find`]. Marks of every style are read; the outermost pair of a run makes one
//! [`Quotation`]. A quotation that runs over paragraphs, its mark repeated at each paragraph's
//! head, is one quotation of several parts.

use crate::text::token::{TokenKind, Tokens};
use crate::text::{Paragraph, Span};

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The parts, one a paragraph, marks included.
    pub(super) parts: Vec<Span>,
    /// Whether a mark closes it. Where none does it is taken to end with its paragraph.
    pub(super) closed: bool,
    /// How deep marks nest inside it, itself counted.
    pub(super) depth: u32,
}

impl Quotation {
    /// From the first mark to the last.
    pub(super) fn whole(&self) -> Span {
        self.parts[0].cover(self.parts[self.parts.len() - 1])
    }
}

/// How a quotation was opened, which says what closes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Curly,
    Straight,
    Guillemet,
    Low,
    Backtick,
    Single,
    SingleStraight,
}

/// What a token does to a quotation.
enum Does {
    Open(Style),
    Close,
    Nothing,
}

/// All quotations, by start. No two overlap.
pub(super) fn find(tokens: &Tokens<'_>, paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut quotations: Vec<Quotation> = Vec::new();
    let mut carried: Option<Style> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let range = tokens.inside(paragraph.span);
        let next = paragraphs.get(index + 1).map(|p| tokens.inside(p.span).start);
        carried = scan(tokens, range, next, carried, &mut quotations);
    }
    quotations
}

/// So many tokens, marks included, are the title of a work.
const TITLE: usize = 9;

/// Whether the marks hold the title of a programme and nobody's words: "on NBC's ''Meet the Press''".
pub(super) fn is_title(tokens: &Tokens<'_>, quotation: &Quotation) -> bool {
    let whole = tokens.inside(quotation.whole());
    let Some(before) = whole.start.checked_sub(1) else { return false };
    let owned = tokens.get(before).is_some_and(|t| t.kind == TokenKind::Genitive)
        && (before.saturating_sub(4)..before)
            .any(|i| matches!(tokens.lower(i), "on" | "told" | "of" | "to" | "with" | "host"));
    let on = matches!(tokens.lower(before), "on" | "show" | "program" | "programme");
    if !(owned || on) || !quotation.closed || quotation.parts.len() > 1 || whole.len() > TITLE {
        return false;
    }
    let mut words = whole.filter(|i| tokens.get(*i).is_some_and(|t| t.kind == TokenKind::Word));
    let first = words.next().is_some_and(|i| tokens.get(i).is_some_and(|t| t.capital));
    first
        && words.all(|i| {
            tokens.get(i).is_some_and(|t| t.capital)
                || matches!(
                    tokens.lower(i),
                    "the" | "of" | "and" | "a" | "an" | "with" | "in" | "on" | "for" | "to" | "at"
                )
        })
}

/// Reads one paragraph; answers with the style of a quotation that goes on in the next.
fn scan(
    tokens: &Tokens<'_>,
    range: std::ops::Range<usize>,
    next: Option<usize>,
    carried: Option<Style>,
    quotations: &mut Vec<Quotation>,
) -> Option<Style> {
    let end = range.end;
    let mut open: Option<(Style, usize, u32, u32)> = None; // style, first token, depth, deepest
    let mut going_on = carried;
    let mut at = range.start;
    while at < end {
        match does(tokens, at, end, open.map(|o| o.0)) {
            Does::Open(style) => match &mut open {
                None => {
                    open = Some((style, at, 1, 1));
                    if at != range.start {
                        going_on = None;
                    }
                }
                Some((_, _, depth, deepest)) => {
                    *depth += 1;
                    *deepest = (*deepest).max(*depth);
                }
            },
            Does::Close => {
                if let Some((style, first, depth, deepest)) = open.take() {
                    if depth > 1 {
                        open = Some((style, first, depth - 1, deepest));
                    } else {
                        let last = at + usize::from(is_double_single(tokens, at) && tokens.word(at) == "'");
                        push(quotations, tokens.span(first, last), true, deepest, going_on.take().is_some());
                        at = last;
                    }
                }
            }
            Does::Nothing => {}
        }
        at += 1;
    }
    let (style, first, _, deepest) = open?;
    let repeats =
        next.is_some_and(|n| matches!(does(tokens, n, tokens.len(), None), Does::Open(s) if s == style));
    push(quotations, tokens.span(first, end - 1), false, deepest, going_on.is_some());
    repeats.then_some(style)
}

/// Adds a part: to the last quotation where that one goes on, else as a new one.
fn push(quotations: &mut Vec<Quotation>, span: Span, closed: bool, depth: u32, goes_on: bool) {
    match quotations.last_mut().filter(|q| goes_on && !q.closed) {
        Some(quotation) => {
            quotation.parts.push(span);
            quotation.closed = closed;
            quotation.depth = quotation.depth.max(depth);
        }
        None => quotations.push(Quotation { parts: vec![span], closed, depth }),
    }
}

/// Whether the two tokens from `at` are `''`.
fn is_double_single(tokens: &Tokens<'_>, at: usize) -> bool {
    let (Some(a), Some(b)) = (tokens.get(at), tokens.get(at + 1)) else { return false };
    tokens.word(at) == "'" && tokens.word(at + 1) == "'" && a.span.end == b.span.start
}

/// What token `at` does while a quotation of style `open` is open.
fn does(tokens: &Tokens<'_>, at: usize, end: usize, open: Option<Style>) -> Does {
    let Some(token) = tokens.get(at) else { return Does::Nothing };
    if token.kind != TokenKind::Mark {
        return Does::Nothing;
    }
    match (tokens.word(at), open) {
        ("“", Some(Style::Low)) | ("”", Some(Style::Curly)) | ("»", Some(Style::Guillemet)) => {
            Does::Close
        }
        ("“", None | Some(Style::Curly)) => Does::Open(Style::Curly),
        ("„", None | Some(Style::Low)) => Does::Open(Style::Low),
        ("«", None | Some(Style::Guillemet)) => Does::Open(Style::Guillemet),
        ("``", None) => Does::Open(Style::Backtick),
        ("\"", Some(Style::Straight | Style::Backtick)) => Does::Close,
        // A curly opener closed by a straight mark, or the other way round, is a slip we forgive.
        ("\"", Some(Style::Curly)) if !opens_word(tokens, at) => Does::Close,
        ("”", Some(Style::Straight)) => Does::Close,
        ("\"", None) if opens_word(tokens, at) => Does::Open(Style::Straight),
        ("'", Some(Style::Backtick)) if is_double_single(tokens, at) => Does::Close,
        ("‘", None) if closes_later(tokens, at, end, "’") => Does::Open(Style::Single),
        ("'", None) if opens_word(tokens, at) && closes_later(tokens, at, end, "'") => {
            Does::Open(Style::SingleStraight)
        }
        ("’", Some(Style::Single)) | ("'", Some(Style::SingleStraight)) if closes_single(tokens, at) => {
            Does::Close
        }
        _ => Does::Nothing,
    }
}

/// Whether mark `at` stands before a word and behind a blank, a dash or an opening bracket.
fn opens_word(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let text = tokens.text();
    let before = text[..token.span.start as usize].chars().next_back();
    let after = text[token.span.end as usize..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || "([{—–-/:‘“„«'".contains(c))
        && after.is_some_and(|c| !c.is_whitespace())
}

/// Whether single mark `at` closes: behind a word or a stop, before a blank or a mark.
fn closes_single(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let text = tokens.text();
    let after = text[token.span.end as usize..].chars().next();
    let before = text[..token.span.start as usize].chars().next_back();
    before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
}

/// How far a single quotation mark is looked for, in tokens.
const SINGLE_REACH: usize = 150;

/// Whether a single quotation opened at `at` is plainly closed in its paragraph: by a mark behind
/// a stop or comma, or (short words in marks) by the first mark that ends a word but for a plural.
fn closes_later(tokens: &Tokens<'_>, at: usize, end: usize, mark: &str) -> bool {
    let text = tokens.text();
    for i in at + 1..end.min(at + SINGLE_REACH) {
        if matches!(tokens.word(i), "“" | "\"") {
            return false;
        }
        if tokens.word(i) != mark || !closes_single(tokens, i) {
            continue;
        }
        let before = tokens.get(i).and_then(|t| text[..t.span.start as usize].chars().next_back());
        let stop = before.is_some_and(|c| ",.!?…;—".contains(c));
        let plural = before == Some('s') && i - at > 4;
        if stop || !plural {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Language;
    use crate::text::BlockKind;

    fn quoted(text: &str) -> Vec<(Vec<&str>, bool)> {
        let tokens = Tokens::of(text, Language::English.stops());
        let mut at = 0;
        let mut paragraphs = Vec::new();
        for part in text.split("\n\n") {
            let span = Span::new(at, at + part.len());
            paragraphs.push(Paragraph { span, kind: BlockKind::Paragraph, standfirst: false });
            at += part.len() + 2;
        }
        find(&tokens, &paragraphs)
            .into_iter()
            .map(|q| (q.parts.iter().map(|p| p.of(text)).collect(), q.closed))
            .collect()
    }

    #[test]
    fn every_style_is_read() {
        for text in [
            "“We go,”",
            "\"We go,\"",
            "«We go,»",
            "„We go,“",
            "``We go,''",
            "``We go,\"",
            "‘We go,’",
            "'We go,'",
            "“We “really” go,”",
            "“We ‘really’ go,”",
        ] {
            assert_eq!(quoted(&format!("{text} she said.")), [(vec![text], true)], "{text}");
        }
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        for text in [
            "The workers’ plan isn’t Ann Lee’s.",
            "The workers' plan isn't Ann's.",
            "Rock ’n’ roll in the ’90s",
            "a 6' 2\" man",
        ] {
            assert_eq!(quoted(text), [], "{text}");
        }
    }

    #[test]
    fn a_quotation_goes_on_over_paragraphs_that_repeat_the_mark() {
        assert_eq!(
            quoted("She said: “One.\n\n“Two.\n\n“Three.” He left."),
            [(vec!["“One.", "“Two.", "“Three.”"], true)]
        );
        assert_eq!(quoted("\"One.\n\n\"Two.\" He left."), [(vec!["\"One.", "\"Two.\""], true)]);
    }

    #[test]
    fn an_unclosed_quotation_ends_with_its_paragraph() {
        assert_eq!(quoted("“One.\n\nTwo. “Three.”"), [(vec!["“One."], false), (vec!["“Three.”"], true)]);
    }

    #[test]
    fn ten_thousand_marks_are_read_in_one_pass() {
        let text = format!("{}word{}", "“".repeat(10_000), "”".repeat(10_000));
        let tokens = Tokens::of(&text, Language::English.stops());
        let span = Span::new(0, text.len());
        let found = find(&tokens, &[Paragraph { span, kind: BlockKind::Paragraph, standfirst: false }]);
        assert_eq!((found.len(), found[0].depth, found[0].closed), (1, 10_000, true));
        let open = "‘".repeat(10_000);
        let tokens = Tokens::of(&open, Language::English.stops());
        let span = Span::new(0, open.len());
        assert!(
            find(&tokens, &[Paragraph { span, kind: BlockKind::Paragraph, standfirst: false }]).is_empty()
        );
    }
}
