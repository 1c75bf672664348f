//! [`Prose`]: the view that annotation reads.

use super::{Block, BlockKind, Document, Span, ZoneKind};

/// A paragraph of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands in the view.
    pub span: Span,
    /// What block it comes from.
    pub kind: BlockKind,
    /// Whether it is the standfirst, a summary of what comes after it.
    pub standfirst: bool,
}

/// The words of a document alone: paragraphs joined by an empty line, without markup, header,
/// promotional lines, dateline, byline, credit and marks.
///
/// Annotators work in the view's coordinates; [`Prose::in_document`] carries their spans back.
#[derive(Debug)]
pub struct Prose {
    text: String,
    paragraphs: Vec<Paragraph>,
    pieces: Vec<Piece>,
}

/// A stretch of the view and where it comes from.
#[derive(Clone, Copy, Debug)]
struct Piece {
    view: Span,
    document: Span,
}

/// What stands between two paragraphs of the view.
const BREAK: &str = "\n\n";

impl Prose {
    /// The view of `document`.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let hidden: Vec<Span> =
            document.zones.iter().filter(|z| !z.kind.is_prose()).map(|z| z.span).collect();
        let mut prose = Self {
            text: String::with_capacity(document.text.len()),
            paragraphs: Vec::with_capacity(document.blocks.len()),
            pieces: Vec::new(),
        };
        for block in &document.blocks {
            let standfirst =
                document.zones.iter().any(|z| z.kind == ZoneKind::Standfirst && z.span.overlaps(block.span));
            prose.push(document, block, &hidden, standfirst);
        }
        prose
    }

    /// The text of the view.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The paragraphs, in order. None is empty.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Carries a span of the view back into the document.
    ///
    /// Markup between two words of the span is covered by the answer.
    #[must_use]
    pub fn in_document(&self, span: Span) -> Span {
        let start = self.locate(span.start, true);
        let end = if span.is_empty() { start } else { self.locate(span.end, false) };
        Span { start, end: end.max(start) }
    }

    /// Carries a span of the document into the view: all that the view has of it. `None` where that is
    /// nothing (markup, a header, a credit).
    #[must_use]
    pub fn in_view(&self, span: Span) -> Option<Span> {
        let parts = self.pieces.iter().filter(|piece| piece.document.overlaps(span)).map(|piece| {
            if piece.view.len() != piece.document.len() {
                return piece.view;
            }
            let start = span.start.max(piece.document.start) - piece.document.start;
            let end = span.end.min(piece.document.end) - piece.document.start;
            Span { start: piece.view.start + start, end: piece.view.start + end }
        });
        parts.reduce(Span::cover)
    }

    /// The place of one offset; `opens` says which of two touching pieces is meant.
    fn locate(&self, offset: u32, opens: bool) -> u32 {
        let index = if opens {
            self.pieces.partition_point(|p| p.view.end <= offset)
        } else {
            self.pieces.partition_point(|p| p.view.end < offset)
        };
        let Some(piece) = self.pieces.get(index).or(self.pieces.last()) else { return 0 };
        if piece.view.len() == piece.document.len() {
            let inside = offset.saturating_sub(piece.view.start);
            return (piece.document.start + inside).min(piece.document.end);
        }
        if offset >= piece.view.end || (!opens && offset > piece.view.start) {
            piece.document.end
        } else {
            piece.document.start
        }
    }

    fn push(&mut self, document: &Document, block: &Block, hidden: &[Span], standfirst: bool) {
        let mark = (self.text.len(), self.pieces.len());
        if !self.text.is_empty() {
            self.text.push_str(BREAK);
        }
        let start = self.text.len();
        for run in &block.runs {
            match &run.reads {
                Some(reads) if !hidden.iter().any(|h| h.overlaps(run.span)) => {
                    self.piece(reads, run.span);
                }
                Some(_) => {}
                None => {
                    for shown in visible(run.span, hidden) {
                        self.piece(shown.of(&document.text), shown);
                    }
                }
            }
        }
        if self.text[start..].trim().is_empty() {
            self.text.truncate(mark.0);
            self.pieces.truncate(mark.1);
            return;
        }
        let span = Span::new(start, self.text.len());
        self.paragraphs.push(Paragraph { span, kind: block.kind, standfirst });
    }

    fn piece(&mut self, words: &str, document: Span) {
        let start = self.text.len();
        self.text.push_str(words);
        self.pieces.push(Piece { view: Span::new(start, self.text.len()), document });
    }
}

/// The parts of `run` that no hidden zone covers.
fn visible(run: Span, hidden: &[Span]) -> Vec<Span> {
    let mut parts = vec![run];
    for zone in hidden.iter().filter(|h| h.overlaps(run)) {
        parts = parts
            .into_iter()
            .flat_map(|part| {
                let left = Span { start: part.start, end: part.end.min(zone.start) };
                let right = Span { start: part.start.max(zone.end), end: part.end };
                [left, right]
            })
            .filter(|part| part.start < part.end)
            .collect();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Markup, Run, Zone};

    #[test]
    fn markup_and_credit_are_left_out_and_spans_find_their_way_back() {
        let text = "\"We **will** &amp; must,\" she said. REUTERS";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let run = |words| Run { span: at(words), reads: None };
        let document = Document {
            text: text.into(),
            markup: Markup::Markdown,
            zones: vec![Zone { kind: ZoneKind::Credit, span: at("REUTERS") }],
            blocks: vec![Block {
                kind: BlockKind::Paragraph,
                span: Span::new(0, text.len()),
                runs: vec![
                    run("\"We "),
                    run("will"),
                    Run { span: at(" "), reads: Some(" ".into()) },
                    Run { span: at("&amp;"), reads: Some("&".into()) },
                    run(" must,\" she said. REUTERS"),
                ],
            }],
            dateline: None,
            credit: None,
            byline: None,
        };
        let prose = Prose::of(&document);
        assert_eq!(prose.text(), "\"We will & must,\" she said. ");
        let quoted = Span::new(0, prose.text().find(" she").unwrap());
        assert_eq!(prose.in_document(quoted).of(text), "\"We **will** &amp; must,\"");
        let will = Span::new(4, 8);
        assert_eq!(prose.in_document(will).of(text), "will");
        let amp = Span::new(9, 10);
        assert_eq!(prose.in_document(amp).of(text), "&amp;");
        assert_eq!(prose.in_view(at("**will** &amp; must")).unwrap().of(prose.text()), "will & must");
        assert_eq!(prose.in_view(at("amp")).unwrap().of(prose.text()), "&");
        assert_eq!(prose.in_view(at("REUTERS")), None);
    }
}
