//! The marks of a brief as W3C Web Annotations in JSON-LD: [`annotations`].
//!
//! What is drawn on the page as certain, and nothing else, with what the page says of it: speakers and
//! dates that the page calls possible are left out, and what is only reported as a position has no day
//! and no speaker of its own. No number says how sure the program is.
//!
//! Positions count the code points of the text of the page's element `.copy`, as `textContent` has
//! it, from its first character that is no white space on. Labels ("said by …") are a part of that
//! text; the words of an annotation are the article's own, so that a stretch ends where a label
//! stands and another begins behind it.

mod model;

use std::collections::BTreeMap;

use model::{
    Annotation, AnnotationPage, Body, CssSelector, Document, EDTF, Generator, Source, TIMEX3, Target,
    TextPositionSelector, TextQuoteSelector, Typed,
};

use super::cast::Voice;
use super::linked_data::is_told;
use super::marking::nobody;
use super::view::brief::Drawn;
use super::view::schema_type;
use super::weave::{Subject, Woven};
use super::{SiteView, escape, links};
use crate::annotate::timex::Timex;
use crate::annotate::{Act, Quote};
use crate::library::BriefId;
use crate::text::{CodePoints, Span};

/// Code points before and behind the words that find them again.
const AROUND: usize = 32;

/// The annotations of a brief: one `AnnotationCollection` with one page.
pub(super) fn annotations(site: &SiteView<'_>, id: BriefId, drawn: &Drawn) -> String {
    let row = site.brief(id);
    let base = &site.settings.site.base_url;
    let absolute = |path: &str| escape::href(base.absolute(path));
    let (page, url) = (absolute(&links::brief(&row.slug)), absolute(&links::annotations(&row.slug)));
    let text = ShownText::of(&drawn.woven.html);
    let points = CodePoints::new(&text.text);
    let items: Vec<Annotation<'_>> = stretches(&drawn.woven, &text)
        .into_iter()
        .filter(|(subject, _)| is_sure(site, id, *subject))
        .map(|(subject, places)| {
            let target = places.into_iter().map(|place| text.target(&page, &points, place)).collect();
            annotation(site, id, drawn, subject, (&page, &url), target)
        })
        .collect();
    let document = Document {
        id: &url,
        kind: "AnnotationCollection",
        label: site.words.with("marks.collection", &[("title", &row.title)]),
        generator: Generator { name: "Dateline" },
        total: items.len(),
        first: AnnotationPage {
            id: format!("{url}#items"),
            kind: "AnnotationPage",
            part_of: &url,
            start_index: 0,
            items,
        },
    };
    let mut file = serde_json::to_string(&document).expect("strings and numbers always serialise");
    file.push('\n');
    file
}

/// Whether the annotator is sure enough of a subject for it to stand outside its page.
fn is_sure(site: &SiteView<'_>, id: BriefId, subject: Subject) -> bool {
    let annotations = &site.records[id].annotations;
    let confidence = match subject {
        Subject::Quote(index) => annotations.quotes[index].confidence,
        Subject::Timex(index) => annotations.timexes[index].confidence,
    };
    confidence >= site.settings.site.threshold
}

/// One annotation of one subject.
fn annotation<'a>(
    site: &SiteView<'_>,
    id: BriefId,
    drawn: &'a Drawn,
    subject: Subject,
    (page, url): (&str, &str),
    target: Vec<Target<'a>>,
) -> Annotation<'a> {
    let annotations = &site.records[id].annotations;
    let (anchor, told, body) = match subject {
        Subject::Quote(index) => {
            let quote = &annotations.quotes[index];
            let voice = drawn.cast.of_quote[index].map(|voice| &drawn.cast.voices[voice]);
            let told = voice.is_some() && quote.act == Act::Statement;
            (quote.id.clone(), told, quoted(site, quote, voice, page))
        }
        Subject::Timex(index) => (format!("t{}", index + 1), true, dated(site, &annotations.timexes[index])),
    };
    Annotation {
        id: format!("{url}#{anchor}"),
        kind: "Annotation",
        motivation: if told { "identifying" } else { "describing" },
        body,
        target,
    }
}

// ---- bodies ----

/// Who says it, in which form and when: as much as the page says.
fn quoted<'a>(site: &SiteView<'_>, quote: &Quote, voice: Option<&'a Voice>, page: &str) -> Vec<Body<'a>> {
    let held = quote.act == Act::Position;
    let Some(voice) = voice else {
        return vec![Body::words("describing", nobody(site, held))];
    };
    if held {
        return vec![Body::words("describing", site.words.with("marks.held", &[("name", &voice.name)]))];
    }
    let mut body = vec![speaker(site, voice), Body::words("classifying", quote.form.name())];
    if let Some(on) = &quote.said_on {
        let told = is_told(on.basis);
        let key = if told { "marks.said" } else { "marks.said_inferred" };
        let when = site.words.said_on(on.value);
        body.push(Body::words("describing", site.words.with(key, &[("when", &when)])));
        if let Some(value) = on.value.edtf().filter(|_| told) {
            let source = Source::Quotation {
                id: format!("{page}#{}", quote.id),
                kind: "schema:Quotation",
                created: Typed { datatype: EDTF, value },
            };
            body.push(Body::SpecificResource { purpose: "describing", source });
        }
    }
    body
}

/// The speaker as the page names them: a person or body, with their page where they have one.
fn speaker<'a>(site: &SiteView<'_>, voice: &'a Voice) -> Body<'a> {
    let id = voice.path.as_ref().map(|path| escape::href(site.settings.site.base_url.absolute(path)));
    let kind = schema_type(voice.kind).map(|kind| format!("schema:{kind}"));
    if id.is_none() && kind.is_none() {
        return Body::words("identifying", voice.name.as_str());
    }
    Body::SpecificResource { purpose: "identifying", source: Source::Party { id, kind, name: &voice.name } }
}

/// What a date means, in words, in EDTF and as TIMEX3 has it.
fn dated(site: &SiteView<'_>, timex: &Timex) -> Vec<Body<'static>> {
    let mut body = vec![Body::words("describing", site.words.value(timex.value))];
    body.extend(timex.value.edtf().map(|value| Body::coded(value, EDTF)));
    body.push(Body::coded(timex.value.to_string(), TIMEX3));
    body
}

// ---- targets ----

/// The stretches of each subject in the text, in the order in which the subjects first appear.
/// What only markup parts is one stretch.
fn stretches(woven: &Woven, text: &ShownText) -> Vec<(Subject, Vec<Span>)> {
    let mut out: Vec<(Subject, Vec<Span>)> = Vec::new();
    let mut known = BTreeMap::new();
    for (subject, place) in &woven.drawn {
        let span = Span { start: text.offset(place.start), end: text.offset(place.end) };
        let at = *known.entry(*subject).or_insert_with(|| {
            out.push((*subject, Vec::new()));
            out.len() - 1
        });
        let spans = &mut out[at].1;
        match spans.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => spans.push(span),
        }
    }
    for (_, spans) in &mut out {
        let blank = |span: &Span| span.of(&text.text).trim().is_empty();
        spans.retain(|span| !blank(span));
    }
    out.retain(|(_, spans)| !spans.is_empty());
    out
}

/// What `textContent` of some HTML of ours is, and where its places come to stand in it.
struct ShownText {
    text: String,
    /// Where stretches of characters begin: in the HTML and in the text.
    starts: Vec<(usize, usize)>,
    /// The code points of the white space at the head, which positions do not count.
    head: u32,
}

impl ShownText {
    /// Reads HTML as the weaver writes it: elements without comments, and four entities.
    fn of(html: &str) -> Self {
        let mut text = String::with_capacity(html.len());
        let mut starts = Vec::new();
        let mut rest = 0;
        while let Some(found) = html[rest..].find(['<', '&']) {
            starts.push((rest, text.len()));
            let at = rest + found;
            text.push_str(&html[rest..at]);
            let after = |end: char| html[at..].find(end).map_or(html.len(), |n| at + n + 1);
            if html[at..].starts_with('<') {
                rest = after('>');
            } else {
                rest = after(';');
                text.push_str(match &html[at..rest] {
                    "&lt;" => "<",
                    "&gt;" => ">",
                    "&quot;" => "\"",
                    _ => "&",
                });
            }
        }
        starts.push((rest, text.len()));
        text.push_str(&html[rest..]);
        let head = text.chars().take_while(|c| c.is_whitespace()).count();
        Self { text, starts, head: u32::try_from(head).unwrap_or(u32::MAX) }
    }

    /// The byte of the text at which a byte of the HTML stands.
    fn offset(&self, html: usize) -> u32 {
        let after = self.starts.partition_point(|(from, _)| *from <= html);
        let (from, at) = self.starts[after.saturating_sub(1)];
        let next = self.starts.get(after).map_or(self.text.len(), |(_, at)| *at);
        u32::try_from((at + html - from).min(next)).unwrap_or(u32::MAX)
    }

    /// The selectors of one stretch.
    fn target<'a>(&'a self, page: &'a str, points: &CodePoints<'_>, span: Span) -> Target<'a> {
        let [start, end] = points.pair(span);
        let (before, after) = (&self.text[..span.start as usize], &self.text[span.end as usize..]);
        let before = before.trim_start();
        let prefix = before.char_indices().rev().nth(AROUND - 1).map_or(before, |(at, _)| &before[at..]);
        let suffix = after.char_indices().nth(AROUND).map_or(after.trim_end(), |(at, _)| &after[..at]);
        let place = TextPositionSelector { start: start - self.head, end: end - self.head };
        Target {
            source: page,
            selector: (
                TextQuoteSelector { exact: span.of(&self.text), prefix, suffix },
                CssSelector { value: ".copy", refined_by: place },
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_html_is_its_characters_and_places_in_it_are_found() {
        let html = "<div class=\"anchors\"></div>\n<p>Ä &lt;b&gt; <em>&amp;&quot;c</em></p>\n";
        let shown = ShownText::of(html);
        assert_eq!(shown.text, "\nÄ <b> &\"c\n");
        assert_eq!(shown.head, 1);
        for (words, found) in [("Ä", "Ä"), ("&lt;", "<"), ("b&gt;", "b"), ("c</em>", "c")] {
            let at = shown.offset(html.find(words).unwrap()) as usize;
            assert!(shown.text[at..].starts_with(found), "{words} at {at}");
        }
        let end = shown.offset(html.find("</p>").unwrap()) as usize;
        assert_eq!(&shown.text[end..], "\n");
    }
}
