//! The author's own elements: paragraphs, lists, tables, links, opened and closed.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, LinkType, Tag, TagEnd};

use super::{Image, Writer, touching};
use crate::render::escape;
use crate::text::Span;

/// How many elements of the author's may lie inside one another; deeper ones are not drawn, their
/// words are.
const DEEPEST: usize = 24;

/// An element of the author's that is open.
pub(super) struct Frame {
    /// What closes it; empty where it is not drawn.
    close: String,
    /// Where its start tag begins and ends in the output.
    start: Range<usize>,
    /// Whether it holds running words, so that labels must stand before its end.
    leaf: bool,
}

/// Keeps the author's headings below the page's own, without gaps.
#[derive(Default)]
pub(super) struct Headings {
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

impl Writer<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
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
    pub(super) fn drawn(&self, tag: &Tag<'_>) -> bool {
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
    pub(super) fn open_tag(&mut self, tag: Tag<'_>, range: &Range<usize>) -> String {
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

    pub(super) fn is_stand(&self, range: &Range<usize>) -> bool {
        !touching(self.stand, Span::new(range.start, range.end)).is_empty()
    }

    pub(super) fn open_heading(&mut self, level: HeadingLevel) -> String {
        let level = self.headings.level(level);
        self.out.push_str(&format!("<h{level}>"));
        format!("</h{level}>\n")
    }

    pub(super) fn open_code(&mut self, kind: &CodeBlockKind<'_>) -> String {
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

    pub(super) fn open_list(&mut self, start: u64) -> String {
        match start {
            1 => self.out.push_str("<ol>\n"),
            _ => self.out.push_str(&format!("<ol start=\"{}\">\n", start.min(i32::MAX as u64))),
        }
        "</ol>\n".into()
    }

    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>) -> String {
        self.alignments = alignments;
        self.out.push_str("<div class=\"table\" role=\"group\" aria-label=\"");
        escape::attribute(&mut self.out, self.interface.words.get("text.table"));
        self.out.push_str("\" tabindex=\"0\"><table>\n");
        "</tbody></table></div>\n".into()
    }

    pub(super) fn open_row(&mut self, head: bool) -> String {
        self.head = head;
        self.cell = 0;
        self.out.push_str(if head { "<thead><tr>" } else { "<tr>" });
        if head { "</tr></thead>\n<tbody>\n" } else { "</tr>\n" }.into()
    }

    pub(super) fn open_cell(&mut self) -> String {
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

    pub(super) fn open_link(&mut self, kind: LinkType, address: &str) -> String {
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

    pub(super) fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::CodeBlock {
            self.code = false;
        }
        self.pop();
    }

    /// Closes the innermost element of the author's; one that stayed empty is taken back.
    pub(super) fn pop(&mut self) {
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
