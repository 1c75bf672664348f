//! Weaving: the article's own words, unbroken and in order, with the annotations drawn into them.
//!
//! Entry point: [`weave`]. Markdown is parsed once more, wire copy gives the same stream of events
//! from its blocks, and one [`Writer`] turns either into HTML. Text runs are cut
//! where marks begin and end; a mark that crosses markup is opened again behind it, its id on the
//! first fragment alone. Raw HTML is shown as text, links keep to the schemes that
//! [`target`](super::links::target) allows, and nesting is bounded, so that no input makes an unsafe or endless
//! page.

mod blocks;
mod marks;
mod writer;

use std::ops::Range;

use pulldown_cmark::Parser;

use blocks::Step;
pub(super) use marks::{Label, Mark, Marks, Subject};
use writer::Writer;

use super::words::Words;
use crate::parse::markdown::options;
use crate::text::{Document, Markup, Span, ZoneKind};

/// Resolves an address as an entry writes it.
pub(super) trait Addresses {
    /// The `href` of a link, or `None` where the words stand without one.
    fn link(&self, address: &str) -> Option<String>;
    /// The `src` of an image of this site, or `None` for an image that is not loaded.
    fn image(&self, address: &str) -> Option<String>;
}

/// The words that stand in a text and are not its author's: labels, and what tables and images are
/// called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interface<'w> {
    pub(super) words: &'static Words,
    /// Their language, as a BCP 47 tag, where the text is in another.
    pub(super) lang: Option<&'w str>,
}

/// A text as HTML.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Woven {
    /// The HTML, to stand in an element that takes flow content.
    pub(super) html: String,
    /// What a reader reads, labels included, without markup.
    pub(super) plain: String,
    /// Which stretches of `html` hold the words of which annotation, in order: the article's own
    /// words alone, without labels.
    pub(super) drawn: Vec<(Subject, Range<usize>)>,
}

/// Draws `document` with `marks`. `hidden` spans (a heading that stands as the title) are left
/// out besides header, promotional lines, byline, credit and marks; with `shown`, nothing but
/// those spans is drawn.
pub(super) fn weave(
    document: &Document,
    marks: &Marks,
    hidden: &[Span],
    shown: Option<&[Span]>,
    addresses: &dyn Addresses,
    interface: Interface<'_>,
) -> Woven {
    let mut hidden = hidden.to_vec();
    hidden.extend(document.zones.iter().filter(|z| leaves(z.kind)).map(|z| z.span));
    let hidden = apart(hidden);
    let stand = document.zones.iter().filter(|z| z.kind == ZoneKind::Standfirst);
    let stand = apart(stand.map(|z| z.span).collect());
    let mut writer = Writer::new(marks, (&hidden, &stand), addresses, interface, &document.text);
    if document.markup == Markup::Wire || shown.is_some() {
        for (step, range) in blocks::steps(document, shown) {
            match step {
                Step::Event(event) => writer.event(event, range),
                Step::Cut => writer.cut(),
            }
        }
    } else {
        for (event, range) in Parser::new_ext(&document.text, options()).into_offset_iter() {
            writer.event(event, range);
        }
    }
    writer.finish()
}

/// Whether a zone's words are kept out of the body: all that is not prose but the dateline, which
/// opens the text.
fn leaves(kind: ZoneKind) -> bool {
    !kind.is_prose() && kind != ZoneKind::Dateline
}

/// The spans in order, those that touch or overlap made one.
pub(super) fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|s| !s.is_empty());
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests;
