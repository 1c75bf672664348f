//! The event stream of wire copy and of excerpts, made of a document's blocks.
//!
//! Entry point: [`steps`].

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use crate::text::{Block, BlockKind, Document, Span};

/// One step of a stream: what Markdown has events for, and a place where words were left out.
pub(super) enum Step<'t> {
    /// An event of the Markdown parser, or one that it would have given.
    Event(Event<'t>),
    /// Words are left out here.
    Cut,
}

/// The steps of a document's blocks. With `shown`, only what lies in those spans is kept (they
/// are sorted and do not overlap).
pub(super) fn steps<'t>(document: &'t Document, shown: Option<&[Span]>) -> Vec<(Step<'t>, Range<usize>)> {
    let mut out = Vec::new();
    let mut group = None;
    for block in &document.blocks {
        let words = words(document, block, shown);
        if words.is_empty() {
            continue;
        }
        let at = block.span.range();
        let wanted = grouping(block.kind);
        if group != wanted {
            close(&mut out, group, at.start);
            if let Some(kind) = wanted {
                out.push((Step::Event(Event::Start(open(kind))), at.clone()));
            }
            group = wanted;
        }
        for tag in own(block.kind) {
            out.push((Step::Event(Event::Start(tag)), at.clone()));
        }
        out.extend(words);
        for tag in own(block.kind).into_iter().rev() {
            out.push((Step::Event(Event::End(tag.to_end())), at.clone()));
        }
    }
    close(&mut out, group, document.text.len());
    out
}

/// Which neighbours share an element: items their list, quoted paragraphs their quotation.
fn grouping(kind: BlockKind) -> Option<BlockKind> {
    matches!(kind, BlockKind::Item | BlockKind::Quotation).then_some(kind)
}

fn open<'t>(kind: BlockKind) -> Tag<'t> {
    if kind == BlockKind::Item { Tag::List(None) } else { Tag::BlockQuote(None) }
}

fn close(out: &mut Vec<(Step<'_>, Range<usize>)>, group: Option<BlockKind>, at: usize) {
    if let Some(kind) = group {
        let end: TagEnd = open(kind).to_end();
        out.push((Step::Event(Event::End(end)), at..at));
    }
}

/// The elements of one block, outermost first.
fn own<'t>(kind: BlockKind) -> Vec<Tag<'t>> {
    match kind {
        BlockKind::Heading => {
            vec![Tag::Heading { level: HeadingLevel::H2, id: None, classes: Vec::new(), attrs: Vec::new() }]
        }
        BlockKind::Item => vec![Tag::Item],
        BlockKind::Paragraph | BlockKind::Quotation | BlockKind::Cell => vec![Tag::Paragraph],
    }
}

/// The words of a block, clipped to what is shown, with a cut where words are left out.
fn words<'t>(
    document: &'t Document,
    block: &'t Block,
    shown: Option<&[Span]>,
) -> Vec<(Step<'t>, Range<usize>)> {
    let mut out = Vec::new();
    let mut cut = false;
    let mut last = None;
    for run in &block.runs {
        let parts = shown.map_or_else(|| vec![run.span], |spans| clip(run.span, spans));
        if parts.is_empty() {
            cut |= !run.span.of(&document.text).trim().is_empty();
            continue;
        }
        for (index, part) in parts.iter().enumerate() {
            let gap = index > 0 || part.start > run.span.start || cut;
            if gap && last.is_some() {
                out.push((Step::Cut, part.start as usize..part.start as usize));
            }
            cut = false;
            let text = match &run.reads {
                Some(reads) => CowStr::Borrowed(reads),
                None => CowStr::Borrowed(part.of(&document.text)),
            };
            out.push((Step::Event(Event::Text(text)), part.range()));
            last = Some(part.end);
        }
        cut |= last.is_some_and(|end| end < run.span.end);
    }
    out
}

/// The parts of `run` inside the sorted `spans`.
fn clip(run: Span, spans: &[Span]) -> Vec<Span> {
    let from = spans.partition_point(|s| s.end <= run.start);
    spans[from..]
        .iter()
        .take_while(|s| s.start < run.end)
        .map(|s| Span { start: s.start.max(run.start), end: s.end.min(run.end) })
        .filter(|s| !s.is_empty())
        .collect()
}
