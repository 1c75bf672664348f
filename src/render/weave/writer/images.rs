//! Images and footnotes.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Writer, offset};
use crate::render::escape;

/// An image whose alternative text is being read.
pub(super) struct Image {
    pub(super) depth: usize,
    pub(super) address: String,
    pub(super) alt: String,
}

/// A footnote's number, and whether something points at it and it stands somewhere.
pub(super) struct Footnote {
    number: usize,
    referred: bool,
    defined: bool,
}

impl Writer<'_> {
    pub(super) fn image_event(&mut self, event: &Event<'_>) {
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
    pub(super) fn finish_image(&mut self) {
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
        let words = self.interface.words.with("text.image", &[("words", &alt.trim())]);
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

    pub(super) fn footnote(&mut self, name: &str) -> &mut Footnote {
        let number = self.footnotes.len() + 1;
        self.footnotes.entry(name.to_owned()).or_insert(Footnote { number, referred: false, defined: false })
    }

    pub(super) fn footnote_reference(&mut self, name: &str, range: &Range<usize>) {
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

    pub(super) fn open_footnote(&mut self, name: &str) -> String {
        let note = self.footnote(name);
        let number = note.number;
        let first = !std::mem::replace(&mut note.defined, true);
        let id = if first { format!(" id=\"fn-{number}\"") } else { String::new() };
        self.out.push_str(&format!("<div class=\"footnote\"{id}><sup class=\"note\">{number}</sup>\n"));
        "</div>\n".into()
    }
}
