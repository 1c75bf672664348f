//! [`group`]: from lines to paragraphs.

use super::dateline;
use super::lines::floor;
use crate::text::{Block, BlockKind, Run, Span};

/// The lines of one paragraph; never empty.
pub(super) type Lines = Vec<Span>;

/// A line longer than this was not broken by hand or by a wire's printer.
const WRAPPED: usize = 100;

/// Groups lines into paragraphs: each line is one, unless the text is broken into short lines.
/// Then an empty line ends a paragraph, and so does a line that had room for the next word.
pub(super) fn group(text: &str, lines: &[Option<Span>]) -> Vec<Lines> {
    let width = |line: &Span| line.of(text).chars().count();
    let widest = lines.iter().flatten().map(width).max().unwrap_or(0);
    let mut paragraphs: Vec<Lines> = Vec::new();
    let mut open = false;
    for line in lines {
        let Some(line) = line else {
            open = false;
            continue;
        };
        match paragraphs.last() {
            Some(last)
                if open
                    && widest <= WRAPPED
                    && continues(text, last, *line, widest, paragraphs.len() == 1) =>
            {
                if let Some(last) = paragraphs.last_mut() {
                    last.push(*line);
                }
            }
            _ => paragraphs.push(vec![*line]),
        }
        open = true;
    }
    paragraphs
}

/// Whether `line` goes on with the paragraph `last`, in a text whose widest line is `widest`.
fn continues(text: &str, last: &Lines, line: Span, widest: usize, first: bool) -> bool {
    let Some(before) = last.last().map(|l| l.of(text)) else { return false };
    let words = line.of(text);
    let next = words.split_whitespace().next().unwrap_or_default();
    let had_room = before.chars().count() + 1 + next.chars().count() <= widest;
    let ended = before.ends_with(['.', '!', '?', '”', '"', '’', ')', ':']);
    let headline = first && last.len() == 1 && words.starts_with(|c: char| !c.is_lowercase());
    let at_dateline = dateline::find(&words[..floor(words, dateline::LONGEST)]).is_some();
    let point = ["- ", "* ", "• ", "– ", "— "].iter().any(|mark| words.starts_with(mark));
    !(at_dateline || point || had_room && (ended || headline))
}

/// The block of one paragraph; line breaks inside read as blanks.
pub(super) fn block(kind: BlockKind, lines: &Lines) -> Block {
    let mut runs: Vec<Run> = Vec::with_capacity(lines.len() * 2);
    let mut span = lines.first().copied().unwrap_or_default();
    for line in lines {
        if let Some(last) = runs.last() {
            let between = Span { start: last.span.end, end: line.start };
            runs.push(Run { span: between, reads: Some(" ".into()) });
        }
        runs.push(Run { span: *line, reads: None });
        span = span.cover(*line);
    }
    Block { kind, span, runs }
}
