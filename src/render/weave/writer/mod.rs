//! [`Writer`]: from events to HTML, with the marks drawn in.

mod elements;
mod images;

use std::collections::BTreeMap;
use std::ops::Range;

use elements::{Frame, Headings};
use images::{Footnote, Image};
use pulldown_cmark::{Alignment, Event};

use super::{Addresses, Interface, Label, Marks, Subject, Woven};
use crate::render::escape;
use crate::text::Span;

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
    drawn: Vec<(Subject, Range<usize>)>,
    text: &'w str,
    marks: &'w Marks,
    hidden: &'w [Span],
    stand: &'w [Span],
    addresses: &'w dyn Addresses,
    interface: Interface<'w>,
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

impl<'w> Writer<'w> {
    pub(super) fn new(
        marks: &'w Marks,
        (hidden, stand): (&'w [Span], &'w [Span]),
        addresses: &'w dyn Addresses,
        interface: Interface<'w>,
        text: &'w str,
    ) -> Self {
        Self {
            out: String::with_capacity(text.len() * 2),
            plain: String::with_capacity(text.len()),
            drawn: Vec::new(),
            text,
            marks,
            hidden,
            stand,
            addresses,
            interface,
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
        self.anchor_the_rest();
        Woven { html: self.out, plain: self.plain, drawn: self.drawn }
    }

    /// Other pages link to the ids of marks: where the words of one are not drawn (they stand as
    /// the title), an empty element before the text carries its id.
    fn anchor_the_rest(&mut self) {
        let mut anchors = String::new();
        for (index, _) in self.named.iter().enumerate().filter(|(_, named)| !**named) {
            if let Some(id) = &self.marks.get(index).id {
                anchors.push_str("<span id=\"");
                escape::attribute(&mut anchors, id);
                anchors.push_str("\"></span>");
            }
        }
        if !anchors.is_empty() {
            let anchors = format!("<div class=\"anchors\">{anchors}</div>\n");
            self.out.insert_str(0, &anchors);
            for (_, place) in &mut self.drawn {
                *place = place.start + anchors.len()..place.end + anchors.len();
            }
        }
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
            let from = self.out.len();
            self.raw(words);
            self.note(from);
        }
    }

    /// Notes that what was written since `from` are words of every mark that is open.
    fn note(&mut self, from: usize) {
        let (marks, to) = (self.marks, self.out.len());
        let subjects = self.open.iter().filter_map(|open| marks.get(open.mark).subject);
        self.drawn.extend(subjects.map(|subject| (subject, from..to)));
    }

    fn raw(&mut self, words: &str) {
        escape::text_and_plain(&mut self.out, &mut self.plain, words);
    }

    fn inline_code(&mut self, words: &str, range: &Range<usize>) {
        if self.is_hidden(range) {
            return;
        }
        self.enter(offset(range.start));
        let from = self.out.len();
        self.out.push_str("<code>");
        self.raw(words);
        self.out.push_str("</code>");
        self.note(from);
    }

    fn line_break(&mut self, range: &Range<usize>, html: &str) {
        if self.is_hidden(range) {
            return;
        }
        self.enter(offset(range.start));
        let from = self.out.len();
        self.out.push_str(html);
        self.plain.push('\n');
        self.note(from);
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
        if !mark.labels.is_empty() && !self.labelled[index] && !self.waiting.contains(&index) {
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
            for label in &marks.get(index).labels {
                self.label(label);
            }
        }
    }

    fn label(&mut self, label: &Label) {
        let linked = self.links == 0 && !self.open.iter().any(|o| o.linked);
        let href = label.href.as_ref().filter(|_| linked && !label.seen.is_empty());
        self.out.push_str(if href.is_some() { "<a class=\"" } else { "<span class=\"" });
        escape::attribute(&mut self.out, &label.class);
        if let Some(lang) = self.interface.lang {
            self.out.push_str("\" lang=\"");
            escape::attribute(&mut self.out, lang);
        }
        if let Some(href) = href {
            self.out.push_str("\" href=\"");
            escape::attribute(&mut self.out, href);
        }
        self.out.push_str("\">");
        if label.seen.is_empty() {
            self.raw(&label.heard);
        } else {
            self.heard(&label.heard);
            self.raw(&label.seen);
            self.heard(&label.after);
        }
        self.out.push_str(if href.is_some() { "</a>" } else { "</span>" });
    }

    /// Words for those who hear the page.
    fn heard(&mut self, words: &str) {
        if !words.is_empty() {
            self.out.push_str("<span class=\"vh\">");
            self.raw(words);
            self.out.push_str("</span>");
        }
    }
}

/// Whether the label of a mark must stand before `at`.
fn due(marks: &Marks, index: usize, at: u32) -> bool {
    marks.get(index).labels.first().is_some_and(|label| label.at <= at)
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
