//! [`Writer`]: from events to HTML, with the marks drawn in.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::{Addresses, Label, Marks, Woven};
use crate::render::escape;
use crate::text::Span;

/// How many elements of the author's may lie inside one another; deeper ones are not drawn, their
/// words are.
const DEEPEST: usize = 24;

/// An element of the author's that is open.
struct Frame {
    /// What closes it; empty where it is not drawn.
    close: String,
    /// Where its start tag begins and ends in the output.
    start: Range<usize>,
    /// Whether it holds running words, so that labels must stand before its end.
    leaf: bool,
}

/// An image whose alternative text is being read.
struct Image {
    depth: usize,
    address: String,
    alt: String,
}

/// A mark that is open, and whether its link is.
#[derive(Clone, Copy)]
struct OpenMark {
    mark: usize,
    linked: bool,
}

/// Writes one text.
pub(super) struct Writer<'w> {
    out: String,
    plain: String,
    text: &'w str,
    marks: &'w Marks,
    hidden: &'w [Span],
    stand: &'w [Span],
    addresses: &'w dyn Addresses,
    frames: Vec<Frame>,
    /// How many of the frames are drawn.
    depth: usize,
    open: Vec<OpenMark>,
    /// Marks whose id is given.
    named: Vec<bool>,
    /// Marks that were opened and whose label is still to come.
    waiting: Vec<usize>,
    /// Marks whose label is written.
    labelled: Vec<bool>,
    links: usize,
    code: bool,
    image: Option<Image>,
    headings: Headings,
    alignments: Vec<Alignment>,
    cell: usize,
    head: bool,
    footnotes: BTreeMap<String, Footnote>,
}

/// A footnote's number, and whether something points at it and it stands somewhere.
struct Footnote {
    number: usize,
    referred: bool,
    defined: bool,
}

/// Keeps the author's headings below the page's own, without gaps.
#[derive(Default)]
struct Headings {
    last: u8,
}

impl Headings {
    /// The level to draw: never above 2, never more than one below the heading before.
    fn level(&mut self, written: HeadingLevel) -> u8 {
        let wanted = (written as u8).max(2);
        self.last = wanted.min(self.last.max(1) + 1);
        self.last
    }
}

impl<'w> Writer<'w> {
    pub(super) fn new(
        marks: &'w Marks,
        hidden: &'w [Span],
        stand: &'w [Span],
        addresses: &'w dyn Addresses,
        text: &'w str,
    ) -> Self {
        Self {
            out: String::with_capacity(text.len() * 2),
            plain: String::with_capacity(text.len()),
            text,
            marks,
            hidden,
            stand,
            addresses,
            frames: Vec::new(),
            depth: 0,
            open: Vec::new(),
            named: vec![false; marks.len()],
            waiting: Vec::new(),
            labelled: vec![false; marks.len()],
            links: 0,
            code: false,
            image: None,
            headings: Headings::default(),
            alignments: Vec::new(),
            cell: 0,
            head: false,
            footnotes: BTreeMap::new(),
        }
    }

    /// Writes one event that stands at `range` of the text.
    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.image.is_some() {
            self.image_event(&event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::InlineHtml(words) | Event::Html(words) => self.words(&words, range),
            Event::Code(words) => self.inline_code(&words, &range),
            Event::SoftBreak => self.line_break(&range, "\n"),
            Event::HardBreak => self.line_break(&range, "<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(name) => self.footnote_reference(&name, &range),
            Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words, range),
            Event::TaskListMarker(_) => {}
        }
    }

    /// Says that words are left out here.
    pub(super) fn cut(&mut self) {
        self.close_marks();
        self.labels(u32::MAX);
        self.out.push_str(" <span class=\"cut\">[…]</span> ");
        self.plain.push_str(" […] ");
    }

    /// The finished text.
    pub(super) fn finish(mut self) -> Woven {
        while !self.frames.is_empty() {
            self.pop();
        }
        self.close_marks();
        self.labels(u32::MAX);
        Woven { html: self.out, plain: self.plain }
    }

    // ---- words ----

    fn words(&mut self, words: &str, range: Range<usize>) {
        if range.end > self.text.len() || self.code {
            self.raw(words);
            return;
        }
        let span = Span::new(range.start, range.end);
        if self.text.get(range) == Some(words) {
            for shown in visible(span, self.hidden) {
                for piece in self.marks.pieces(shown) {
                    self.fragment(piece.of(self.text), piece.start);
                }
            }
        } else if touching(self.hidden, span).is_empty() {
            self.fragment(words, span.start);
        }
    }

    fn fragment(&mut self, words: &str, at: u32) {
        if !words.is_empty() {
            self.enter(at);
            self.raw(words);
        }
    }

    fn raw(&mut self, words: &str) {
        escape::text(&mut self.out, words);
        self.plain.extend(words.chars().filter_map(escape::shown));
    }

    fn inline_code(&mut self, words: &str, range: &Range<usize>) {
        if self.is_hidden(range) {
            return;
        }
        self.enter(offset(range.start));
        self.out.push_str("<code>");
        self.raw(words);
        self.out.push_str("</code>");
    }

    fn line_break(&mut self, range: &Range<usize>, html: &str) {
        if self.is_hidden(range) {
            return;
        }
        self.enter(offset(range.start));
        self.out.push_str(html);
        self.plain.push('\n');
    }

    fn is_hidden(&self, range: &Range<usize>) -> bool {
        !touching(self.hidden, Span::new(range.start, range.end)).is_empty()
    }

    // ---- marks ----

    /// Closes and opens marks until exactly those of `at` are open.
    fn enter(&mut self, at: u32) {
        let marks = self.marks;
        let wanted = marks.at(at);
        let same = self.open.iter().zip(wanted).take_while(|(open, wanted)| open.mark == **wanted).count();
        self.close_to(same);
        self.labels(at);
        for &mark in &wanted[same..] {
            self.open_mark(mark);
        }
    }

    fn open_mark(&mut self, index: usize) {
        let mark = self.marks.get(index);
        self.out.push('<');
        self.out.push_str(mark.element);
        self.out.push_str(&mark.attributes);
        if let Some(id) = mark.id.as_ref().filter(|_| !self.named[index]) {
            self.out.push_str(" id=\"");
            escape::attribute(&mut self.out, id);
            self.out.push('"');
        }
        self.named[index] = true;
        self.out.push('>');
        let linked = self.links == 0 && !self.open.iter().any(|o| o.linked);
        let href = mark.href.as_ref().filter(|_| linked);
        if let Some(href) = href {
            self.out.push_str("<a href=\"");
            escape::attribute(&mut self.out, href);
            self.out.push_str("\">");
        }
        if mark.label.is_some() && !self.labelled[index] && !self.waiting.contains(&index) {
            self.waiting.push(index);
        }
        self.open.push(OpenMark { mark: index, linked: href.is_some() });
    }

    fn close_marks(&mut self) {
        self.close_to(0);
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(open) = self.open.pop() {
                if open.linked {
                    self.out.push_str("</a>");
                }
                self.out.push_str("</");
                self.out.push_str(self.marks.get(open.mark).element);
                self.out.push('>');
            }
        }
    }

    /// Writes the labels that are due at `at`, innermost mark first.
    fn labels(&mut self, at: u32) {
        let marks = self.marks;
        while let Some(place) = self.waiting.iter().rposition(|&i| due(marks, i, at)) {
            let index = self.waiting.remove(place);
            self.labelled[index] = true;
            if let Some(label) = &marks.get(index).label {
                self.label(label);
            }
        }
    }

    fn label(&mut self, label: &Label) {
        let linked = self.links == 0 && !self.open.iter().any(|o| o.linked);
        let href = label.href.as_ref().filter(|_| linked && !label.seen.is_empty());
        self.out.push_str(if href.is_some() { "<a class=\"" } else { "<span class=\"" });
        escape::attribute(&mut self.out, &label.class);
        if let Some(href) = href {
            self.out.push_str("\" href=\"");
            escape::attribute(&mut self.out, href);
        }
        self.out.push_str("\">");
        if label.seen.is_empty() {
            self.raw(&label.heard);
        } else {
            if !label.heard.is_empty() {
                self.out.push_str("<span class=\"vh\">");
                self.raw(&label.heard);
                self.out.push_str("</span>");
            }
            self.raw(&label.seen);
        }
        self.out.push_str(if href.is_some() { "</a>" } else { "</span>" });
    }

    // ---- elements ----

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        self.close_marks();
        if !is_inline(&tag) {
            self.labels(u32::MAX);
        }
        if let Tag::Image { dest_url, .. } = tag {
            self.image = Some(Image { depth: 1, address: dest_url.into_string(), alt: String::new() });
            return;
        }
        let from = self.out.len();
        let leaf =
            matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell | Tag::HtmlBlock);
        let close = if self.drawn(&tag) { self.open_tag(tag, range) } else { String::new() };
        self.depth += usize::from(!close.is_empty());
        self.frames.push(Frame { close, start: from..self.out.len(), leaf });
    }

    /// Whether an element is drawn at this depth. A table or list is drawn with all its parts or
    /// not at all.
    fn drawn(&self, tag: &Tag<'_>) -> bool {
        match tag {
            Tag::Item | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                self.frames.last().is_some_and(|parent| !parent.close.is_empty())
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock => true,
            Tag::FootnoteDefinition(_) => true,
            _ => self.depth < DEEPEST,
        }
    }

    /// Writes a start tag and answers with what closes it.
    fn open_tag(&mut self, tag: Tag<'_>, range: &Range<usize>) -> String {
        let (open, close): (&str, &str) = match tag {
            Tag::Paragraph if self.is_stand(range) => ("<p class=\"stand\">", "</p>\n"),
            Tag::Paragraph => ("<p>", "</p>\n"),
            Tag::HtmlBlock => ("<p class=\"raw\">", "</p>\n"),
            Tag::Heading { level, .. } => return self.open_heading(level),
            Tag::BlockQuote(_) => ("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(kind) => return self.open_code(&kind),
            Tag::List(Some(start)) => return self.open_list(start),
            Tag::List(None) => ("<ul>\n", "</ul>\n"),
            Tag::Item => ("<li>", "</li>\n"),
            Tag::FootnoteDefinition(name) => return self.open_footnote(&name),
            Tag::Table(alignments) => return self.open_table(alignments),
            Tag::TableHead => return self.open_row(true),
            Tag::TableRow => return self.open_row(false),
            Tag::TableCell => return self.open_cell(),
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::Strikethrough => ("<del>", "</del>"),
            Tag::Superscript => ("<sup>", "</sup>"),
            Tag::Subscript => ("<sub>", "</sub>"),
            Tag::Link { link_type, dest_url, .. } => return self.open_link(link_type, &dest_url),
            Tag::Image { .. }
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => ("", ""),
        };
        self.out.push_str(open);
        close.to_owned()
    }

    fn is_stand(&self, range: &Range<usize>) -> bool {
        !touching(self.stand, Span::new(range.start, range.end)).is_empty()
    }

    fn open_heading(&mut self, level: HeadingLevel) -> String {
        let level = self.headings.level(level);
        self.out.push_str(&format!("<h{level}>"));
        format!("</h{level}>\n")
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>) -> String {
        self.code = true;
        self.out.push_str("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(lang) = info.split_whitespace().next()
        {
            self.out.push_str(" class=\"language-");
            escape::attribute(&mut self.out, lang);
            self.out.push('"');
        }
        self.out.push('>');
        "</code></pre>\n".into()
    }

    fn open_list(&mut self, start: u64) -> String {
        match start {
            1 => self.out.push_str("<ol>\n"),
            _ => self.out.push_str(&format!("<ol start=\"{}\">\n", start.min(i32::MAX as u64))),
        }
        "</ol>\n".into()
    }

    fn open_table(&mut self, alignments: Vec<Alignment>) -> String {
        self.alignments = alignments;
        self.out
            .push_str("<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n");
        "</tbody></table></div>\n".into()
    }

    fn open_row(&mut self, head: bool) -> String {
        self.head = head;
        self.cell = 0;
        self.out.push_str(if head { "<thead><tr>" } else { "<tr>" });
        if head { "</tr></thead>\n<tbody>\n" } else { "</tr>\n" }.into()
    }

    fn open_cell(&mut self) -> String {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"centre\"",
            _ => "",
        };
        self.cell += 1;
        if self.head {
            self.out.push_str(&format!("<th scope=\"col\"{class}>"));
            "</th>".into()
        } else {
            self.out.push_str(&format!("<td{class}>"));
            "</td>".into()
        }
    }

    fn open_link(&mut self, kind: LinkType, address: &str) -> String {
        let address = if kind == LinkType::Email { format!("mailto:{address}") } else { address.to_owned() };
        match self.addresses.link(&address) {
            Some(href) if self.links == 0 => {
                self.out.push_str("<a href=\"");
                escape::attribute(&mut self.out, &href);
                self.out.push_str("\">");
                self.links += 1;
                "</a>".into()
            }
            _ => String::new(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::CodeBlock {
            self.code = false;
        }
        self.pop();
    }

    /// Closes the innermost element of the author's; one that stayed empty is taken back.
    fn pop(&mut self) {
        self.close_marks();
        let Some(frame) = self.frames.pop() else { return };
        if frame.leaf {
            self.labels(u32::MAX);
            self.plain.push('\n');
        }
        if frame.close == "</a>" {
            self.links -= 1;
        }
        self.depth -= usize::from(!frame.close.is_empty());
        let empty = self.out[frame.start.end..].trim().is_empty();
        let kept = ["</td>", "</li>\n", "</code></pre>\n", ""].contains(&frame.close.as_str());
        match frame.close.as_str() {
            "</th>" if empty => {
                self.out.truncate(frame.start.start);
                self.out.push_str("<td></td>");
            }
            _ if empty && !kept => self.out.truncate(frame.start.start),
            close => self.out.push_str(close),
        }
        if frame.close.is_empty() && frame.leaf {
            self.out.push(' ');
        }
    }

    // ---- images and footnotes ----

    fn image_event(&mut self, event: &Event<'_>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Start(Tag::Image { .. }) => image.depth += 1,
            Event::End(TagEnd::Image) => {
                image.depth -= 1;
                if image.depth == 0 {
                    self.finish_image();
                }
            }
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) => image.alt.push_str(words),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            _ => {}
        }
    }

    /// An image of this site is shown; one from elsewhere is never loaded, a link stands for it.
    fn finish_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        if let Some(src) = self.addresses.image(&image.address) {
            self.out.push_str("<img src=\"");
            escape::attribute(&mut self.out, &src);
            self.out.push_str("\" alt=\"");
            escape::attribute(&mut self.out, image.alt.trim());
            self.out.push_str("\" loading=\"lazy\">");
            return;
        }
        let alt = if image.alt.trim().is_empty() { &image.address } else { &image.alt };
        let words = format!("Image: {}", alt.trim());
        match self.addresses.link(&image.address).filter(|_| self.links == 0) {
            Some(href) => {
                self.out.push_str("<a href=\"");
                escape::attribute(&mut self.out, &href);
                self.out.push_str("\">");
                self.raw(&words);
                self.out.push_str("</a>");
            }
            None => self.raw(&words),
        }
    }

    fn footnote(&mut self, name: &str) -> &mut Footnote {
        let number = self.footnotes.len() + 1;
        self.footnotes.entry(name.to_owned()).or_insert(Footnote { number, referred: false, defined: false })
    }

    fn footnote_reference(&mut self, name: &str, range: &Range<usize>) {
        if self.is_hidden(range) {
            return;
        }
        self.enter(offset(range.start));
        let note = self.footnote(name);
        let number = note.number;
        let first = !std::mem::replace(&mut note.referred, true);
        let id = if first { format!(" id=\"fnref-{number}\"") } else { String::new() };
        let html = if self.links == 0 && !self.open.iter().any(|o| o.linked) {
            format!("<sup class=\"note\"{id}><a href=\"#fn-{number}\">{number}</a></sup>")
        } else {
            format!("<sup class=\"note\"{id}>{number}</sup>")
        };
        self.out.push_str(&html);
        self.plain.push_str(&number.to_string());
    }

    fn open_footnote(&mut self, name: &str) -> String {
        let note = self.footnote(name);
        let number = note.number;
        let first = !std::mem::replace(&mut note.defined, true);
        let id = if first { format!(" id=\"fn-{number}\"") } else { String::new() };
        self.out.push_str(&format!("<div class=\"footnote\"{id}><sup class=\"note\">{number}</sup>\n"));
        "</div>\n".into()
    }
}

/// Whether the label of a mark must stand before `at`.
fn due(marks: &Marks, index: usize, at: u32) -> bool {
    marks.get(index).label.as_ref().is_some_and(|label| label.at <= at)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Those of the sorted `spans`, none overlapping another, that share a byte with `span`.
fn touching(spans: &[Span], span: Span) -> &[Span] {
    let from = spans.partition_point(|s| s.end <= span.start);
    let to = spans.partition_point(|s| s.start < span.end).max(from);
    &spans[from..to]
}

/// Whether an element stands inside a line of words.
fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// The parts of `span` that no hidden span covers.
fn visible(span: Span, hidden: &[Span]) -> Vec<Span> {
    let mut start = span.start;
    let mut parts = Vec::new();
    for zone in touching(hidden, span) {
        if zone.start > start {
            parts.push(Span { start, end: zone.start });
        }
        start = start.max(zone.end);
    }
    if start < span.end {
        parts.push(Span { start, end: span.end });
    }
    parts
}
