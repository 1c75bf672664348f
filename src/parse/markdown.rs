//! Markdown: from text to a [`Document`] with blocks of prose.
//!
//! Entry point: [`document`]. Drawing parses the same text once more with the same [`options`].

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::view::View;
use super::wire::{credit, dateline};
use crate::diag::Code;
use crate::text::{Block, BlockKind, Credit, Dateline, Document, Markup, Run, Span, Zone, ZoneKind};

/// What Markdown means here: `CommonMark` with tables, strikethrough and footnotes. Quotation
/// marks are left as they are written; curling them is drawing's business.
#[must_use]
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES
}

/// Whether `address` may be linked to: http, https, mailto, or a place of this site.
///
/// Browsers pass over blanks and control characters in a scheme, so an address with one is
/// refused.
#[must_use]
pub fn is_allowed_address(address: &str) -> bool {
    if address.chars().any(char::is_control) || address.starts_with(char::is_whitespace) {
        return false;
    }
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        None => true,
        Some((scheme, _)) => ["http", "https", "mailto"].iter().any(|s| scheme.eq_ignore_ascii_case(s)),
    }
}

/// The schemes of links that are no links but an editor's word about their own words:
/// `[Mr Lee](speaker:ann-lee)`, `[Dec 5](date:2025-12-05)`.
pub const EDITOR_SCHEMES: [&str; 2] = ["speaker:", "date:"];

/// Something to tell about a place of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) hint: &'static str,
    pub(super) span: Span,
}

/// Markdown, read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) document: Document,
    /// A first heading of the first level before everything else, and its words.
    pub(super) heading: Option<(Span, String)>,
    pub(super) findings: Vec<Finding>,
}

/// Reads Markdown; `zones` says whether a dateline and a credit are looked for.
pub(super) fn document(text: String, zones: bool) -> Read {
    let mut reader = Reader::new(&text);
    // On a plain page nothing is annotated, and such a link leads nowhere.
    reader.findings.annotated = zones;
    for (event, range) in Parser::new_ext(&text, options()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.close();
    let Reader { mut blocks, heading, findings, .. } = reader;
    blocks.retain(|block| !block.runs.is_empty());
    blocks.sort_by_key(|block| block.span);
    let heading = heading.and_then(|span| {
        let block = blocks.first().filter(|b| b.span == span)?;
        Some((span, View::of(&text, block).text.trim().to_owned()))
    });
    let markup = Markup::Markdown;
    let mut document =
        Document { text, markup, zones: Vec::new(), blocks, dateline: None, credit: None, byline: None };
    if zones {
        find_dateline(&mut document);
        find_credit(&mut document);
        document.zones.sort_by_key(|z| (z.span, z.kind));
    }
    Read { document, heading, findings: findings.told() }
}

/// A dateline at the head of the first paragraph.
fn find_dateline(document: &mut Document) {
    let first = document.blocks.iter().find(|b| b.kind != BlockKind::Heading);
    let Some(block) = first.filter(|b| b.kind == BlockKind::Paragraph) else { return };
    let view = View::head(&document.text, block, dateline::LONGEST);
    let Some(found) = dateline::find(&view.text) else { return };
    if let Some((words, outlets)) = found.credit {
        document.credit = Some(Credit { span: view.back(words), outlets });
    }
    let place = view.text[found.place.clone()].to_owned();
    let day = found.day.map(|day| view.back(day));
    document.zones.push(Zone { kind: ZoneKind::Dateline, span: view.back(0..found.end) });
    document.dateline = Some(Dateline { span: view.back(found.place), place, day });
}

/// A credit at the end of the last paragraph.
fn find_credit(document: &mut Document) {
    let Some(block) = document.blocks.last().filter(|b| b.kind == BlockKind::Paragraph) else { return };
    let view = View::of(&document.text, block);
    let Some(found) = credit::at_end(&view.text) else { return };
    if found.zone.start == 0 && document.blocks.len() == 1 {
        return;
    }
    document.zones.push(Zone { kind: ZoneKind::Credit, span: view.back(found.zone) });
    document.credit = Some(Credit { span: view.back(found.words), outlets: found.outlets });
}

/// Makes blocks of events. Nesting is a number or a stack, never recursion.
struct Reader<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    /// The block that is being filled.
    open: Option<Block>,
    /// The quotations and items around, innermost last.
    around: Vec<BlockKind>,
    /// How many images, code blocks and HTML blocks are around: their words are no prose.
    silent: usize,
    /// The images around: where each began, and whether it has words.
    images: Vec<(Span, bool)>,
    heading: Option<Span>,
    findings: Findings,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            blocks: Vec::new(),
            open: None,
            around: Vec::new(),
            silent: 0,
            images: Vec::new(),
            heading: None,
            findings: Findings::default(),
        }
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        let span = Span::from(range);
        match event {
            Event::Start(tag) => self.start(&tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, span),
            Event::SoftBreak | Event::HardBreak => self.run(span, Some(" ".into())),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.has_words(),
            Event::Html(_) | Event::InlineHtml(_) => self.findings.html(span),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::Rule => self.close(),
        }
    }

    fn start(&mut self, tag: &Tag<'t>, span: Span) {
        match tag {
            Tag::Paragraph => self.block(self.around.last().copied().unwrap_or(BlockKind::Paragraph), span),
            Tag::Heading { level, .. } => {
                if *level == HeadingLevel::H1 && self.blocks.is_empty() && self.open.is_none() {
                    self.heading = Some(span);
                }
                self.block(BlockKind::Heading, span);
            }
            Tag::TableCell => self.block(BlockKind::Cell, span),
            Tag::BlockQuote(_) => self.enter(BlockKind::Quotation),
            Tag::Item => self.enter(BlockKind::Item),
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.close();
                self.silent += 1;
            }
            Tag::Image { dest_url, .. } => {
                self.silent += 1;
                self.images.push((span, false));
                self.findings.address(dest_url, span);
            }
            Tag::Link { dest_url, .. } => self.findings.link(dest_url, span),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            _ => self.close(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.close();
                self.around.pop();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.silent -= 1,
            TagEnd::Image => {
                self.silent -= 1;
                if let Some((span, false)) = self.images.pop() {
                    self.findings.no_alt(span);
                }
            }
            TagEnd::Link
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            _ => self.close(),
        }
    }

    fn enter(&mut self, kind: BlockKind) {
        self.close();
        self.around.push(kind);
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        self.close();
        self.open = Some(Block { kind, span, runs: Vec::new() });
    }

    fn close(&mut self) {
        self.blocks.extend(self.open.take());
    }

    fn has_words(&mut self) {
        if let Some((_, words)) = self.images.last_mut() {
            *words = true;
        }
    }

    fn words(&mut self, words: &str, span: Span) {
        if !words.trim().is_empty() {
            self.has_words();
        }
        let reads = if span.of(self.text) == words { None } else { Some(words.into()) };
        self.run(span, reads);
    }

    /// Adds a run to the open block; the words of a tight list's item open one.
    fn run(&mut self, span: Span, reads: Option<Box<str>>) {
        if self.silent > 0 || span.is_empty() {
            return;
        }
        let kind = self.around.last().copied().unwrap_or(BlockKind::Paragraph);
        let block = self.open.get_or_insert_with(|| Block { kind, span, runs: Vec::new() });
        block.span = block.span.cover(span);
        match block.runs.last_mut() {
            Some(last) if last.reads.is_none() && reads.is_none() && last.span.end == span.start => {
                last.span.end = span.end;
            }
            _ => block.runs.push(Run { span, reads }),
        }
    }
}

/// What is told of each kind, and how often it was found: a text of ten thousand tags makes one
/// message with a number.
#[derive(Debug, Default)]
struct Findings {
    html: Vec<Span>,
    schemes: Vec<(Span, String)>,
    images: Vec<Span>,
    /// Whether an editor's links mean something here.
    annotated: bool,
}

impl Findings {
    fn link(&mut self, address: &str, span: Span) {
        let edits = EDITOR_SCHEMES.iter().any(|scheme| address.starts_with(scheme));
        if !(self.annotated && edits) {
            self.address(address, span);
        }
    }

    fn html(&mut self, span: Span) {
        self.html.push(span);
    }

    fn no_alt(&mut self, span: Span) {
        self.images.push(span);
    }

    fn address(&mut self, address: &str, span: Span) {
        if !is_allowed_address(address) {
            self.schemes.push((span, address.to_owned()));
        }
    }

    fn told(self) -> Vec<Finding> {
        let mut out = Vec::new();
        let more = |count: usize| match count {
            0 | 1 => String::new(),
            2 => ", here and in 1 more place".to_owned(),
            n => format!(", here and in {} more places", n - 1),
        };
        let mut tell = |code, message: String, hint, span| out.push(Finding { code, message, hint, span });
        if let Some(span) = self.html.first() {
            let message = format!("raw HTML is shown as text{}", more(self.html.len()));
            tell(Code::RAW_HTML, message, "write it in Markdown", *span);
        }
        if let Some((span, address)) = self.schemes.first() {
            let shown = crate::config::short(&address.escape_default().to_string());
            let message = format!("`{shown}` is not linked{}", more(self.schemes.len()));
            tell(Code::BAD_SCHEME, message, "link to http, https, mailto or a path of this site", *span);
        }
        if let Some(span) = self.images.first() {
            let message = format!("this image has no alternative text{}", more(self.images.len()));
            tell(Code::NO_ALT, message, "say in the square brackets what it shows: `![…](…)`", *span);
        }
        out
    }
}

#[cfg(test)]
mod tests;
