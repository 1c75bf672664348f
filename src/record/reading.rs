//! [`Reading`]: what a reader sees at a place of a document.

use crate::text::{Document, Span, Zone};

/// A stretch of words that is shown, and the block that it stands in.
#[derive(Clone, Copy, Debug)]
struct Piece<'d> {
    span: Span,
    /// `None`: the text reads as it is written.
    reads: Option<&'d str>,
    block: usize,
}

/// Answers with the plain words of spans: without markup, header, promotional lines, dateline,
/// byline, credit and marks, every run of white space one blank.
///
/// Built in one pass; each question costs the words that it is answered with.
#[derive(Debug)]
pub struct Reading<'d> {
    text: &'d str,
    pieces: Vec<Piece<'d>>,
}

impl<'d> Reading<'d> {
    /// The reading of `document`.
    #[must_use]
    pub fn of(document: &'d Document) -> Self {
        let hidden = hidden(&document.zones);
        let mut runs: Vec<Piece<'d>> = Vec::new();
        for (block, each) in document.blocks.iter().enumerate() {
            runs.extend(each.runs.iter().map(|run| Piece {
                span: run.span,
                reads: run.reads.as_deref(),
                block,
            }));
        }
        runs.sort_by_key(|run| run.span);
        let mut pieces = Vec::with_capacity(runs.len());
        for run in runs {
            push_visible(&mut pieces, run, &hidden);
        }
        Self { text: &document.text, pieces }
    }

    /// The words at `span`; empty where nothing is shown there.
    #[must_use]
    pub fn words(&self, span: Span) -> String {
        let mut out = Collapsed::default();
        let first = self.pieces.partition_point(|p| p.span.end <= span.start);
        let mut block = None;
        for piece in self.pieces[first..].iter().take_while(|p| p.span.start < span.end) {
            if block.is_some_and(|b| b != piece.block) {
                out.push(" ");
            }
            block = Some(piece.block);
            match piece.reads {
                Some(reads) => out.push(reads),
                None => {
                    let start = piece.span.start.max(span.start);
                    let end = piece.span.end.min(span.end).max(start);
                    out.push(Span { start, end }.of(self.text));
                }
            }
        }
        out.text
    }

    /// The words of several spans; " … " stands for what is left out between two of them.
    #[must_use]
    pub fn joined(&self, spans: &[Span]) -> String {
        let parts: Vec<String> =
            spans.iter().map(|s| self.words(*s)).filter(|words| !words.is_empty()).collect();
        parts.join(" … ")
    }
}

/// The zones whose words nobody reads in the text, in order and none overlapping another.
fn hidden(zones: &[Zone]) -> Vec<Span> {
    let mut spans: Vec<Span> = zones.iter().filter(|z| !z.kind.is_prose()).map(|z| z.span).collect();
    spans.sort();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// Keeps the parts of `run` that no hidden zone covers.
fn push_visible<'d>(pieces: &mut Vec<Piece<'d>>, run: Piece<'d>, hidden: &[Span]) {
    let first = hidden.partition_point(|h| h.end <= run.span.start);
    let over = hidden[first..].iter().take_while(|h| h.start < run.span.end);
    if run.reads.is_some() {
        if over.count() == 0 {
            pieces.push(run);
        }
        return;
    }
    let mut start = run.span.start;
    for zone in over {
        if start < zone.start {
            pieces.push(Piece { span: Span { start, end: zone.start }, ..run });
        }
        start = zone.end;
    }
    if start < run.span.end {
        pieces.push(Piece { span: Span { start, end: run.span.end }, ..run });
    }
}

/// Text in which white space is single blanks, none at either end.
#[derive(Default)]
struct Collapsed {
    text: String,
    blank: bool,
}

impl Collapsed {
    fn push(&mut self, words: &str) {
        let mut rest = words;
        while let Some(start) = rest.find(|c: char| !c.is_whitespace()) {
            self.blank |= start > 0;
            rest = &rest[start..];
            if self.blank && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.blank = false;
            let (stretch, after) = rest.split_at(collapsed(rest));
            self.text.push_str(stretch);
            rest = after;
        }
        self.blank |= !rest.is_empty();
    }
}

/// How many bytes of `words`, which open with no white space, can stay as they are: up to some white
/// space, but past single blanks before ASCII, which nearly all blanks of a text are.
fn collapsed(words: &str) -> usize {
    let bytes = words.as_bytes();
    let ends = |at: usize| match bytes[at] {
        b' ' => !bytes.get(at + 1).is_some_and(u8::is_ascii_graphic),
        b'\t'..=b'\r' => true,
        // What white space beyond ASCII begins with.
        0xC2 | 0xE1..=0xE3 => words[at..].starts_with(char::is_whitespace),
        _ => false,
    };
    (0..bytes.len()).find(|at| ends(*at)).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Block, BlockKind, Markup, Run, ZoneKind};

    fn at(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    #[test]
    fn markup_and_hidden_zones_are_not_read() {
        let text = "OSLO - We **will**\n&amp; must.\n\nSo be it. AFP";
        let run = |words: &str| Run { span: at(text, words), reads: None };
        let reads =
            |words: &str, as_: &str| Run { span: at(text, words), reads: Some(as_.to_owned().into()) };
        let block = |runs: Vec<Run>| Block {
            kind: BlockKind::Paragraph,
            span: runs.first().unwrap().span.cover(runs.last().unwrap().span),
            runs,
        };
        let document = Document {
            text: text.into(),
            markup: Markup::Markdown,
            zones: vec![
                Zone { kind: ZoneKind::Dateline, span: at(text, "OSLO - ") },
                Zone { kind: ZoneKind::Credit, span: at(text, "AFP") },
            ],
            blocks: vec![
                block(vec![
                    run("OSLO - We "),
                    run("will"),
                    reads("\n", " "),
                    reads("&amp;", "&"),
                    run(" must."),
                ]),
                block(vec![run("So be it. AFP")]),
            ],
            dateline: None,
            credit: None,
            byline: None,
        };
        let reading = Reading::of(&document);
        assert_eq!(reading.words(Span::new(0, text.len())), "We will & must. So be it.");
        assert_eq!(reading.words(at(text, "OSLO")), "");
        assert_eq!(reading.joined(&[at(text, "will"), at(text, "So be")]), "will … So be");
    }

    proptest! {
        #[test]
        fn white_space_collapses(words in proptest::collection::vec("[ \\t\u{a0}\u{2003}\u{3000}aé—“𝄞]{0,6}", 0..4)) {
            let mut collapsed = Collapsed::default();
            words.iter().for_each(|words| collapsed.push(words));
            let whole = words.concat();
            prop_assert_eq!(collapsed.text, whole.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}
