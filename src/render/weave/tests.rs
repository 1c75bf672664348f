//! Marks woven into the markup of an article.

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser};

use unicode_normalization::UnicodeNormalization as _;

use super::*;
use crate::render::words::Words;
use crate::text::{Block, BlockKind, Run, Zone};

/// Leaves addresses as they are, without those that no site may hold.
struct Plain;

impl Addresses for Plain {
    fn link(&self, address: &str) -> Option<String> {
        (!address.starts_with("javascript:")).then(|| address.to_owned())
    }

    fn image(&self, address: &str) -> Option<String> {
        (!address.contains(':')).then(|| address.to_owned())
    }
}

fn markdown(text: &str) -> Document {
    Document {
        text: text.into(),
        markup: Markup::Markdown,
        zones: Vec::new(),
        blocks: Vec::new(),
        dateline: None,
        credit: None,
        byline: None,
    }
}

/// Words in the language of the text.
fn english() -> Interface<'static> {
    Interface { words: Words::of_tag("en"), lang: None }
}

fn find(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn said(span: Span, id: &str) -> Mark {
    Mark {
        subject: None,
        span,
        element: "span",
        attributes: " class=\"said\"".into(),
        id: Some(id.into()),
        href: None,
        labels: Vec::new(),
    }
}

fn draw(text: &str, marks: Vec<Mark>) -> String {
    weave(&markdown(text), &Marks::new(marks), &[], None, &Plain, english()).html
}

/// The words of some HTML. Fails where an element is closed that is not the innermost one.
fn stripped(html: &str) -> String {
    measured(html).0
}

/// The words, and how many elements lie inside one another at most.
fn measured(html: &str) -> (String, usize) {
    let mut deepest = 0;
    let (mut words, mut open, mut rest) = (String::new(), Vec::new(), html);
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        let end = at + rest[at..].find('>').expect("each tag ends");
        let tag = &rest[at + 1..end];
        let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "in {html}");
        } else if !["br", "hr", "img"].contains(&name) {
            open.push(name);
            deepest = deepest.max(open.len());
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?} left open in {html}");
    words.push_str(rest);
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    (words, deepest)
}

/// The letters alone, composed as pages write them.
fn without_space(text: &str) -> String {
    text.nfc().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_mark_that_crosses_markup_is_opened_again_without_its_id() {
    let text = "She said **\"We will** go\" today.";
    let span = Span::new(find(text, "**\"We").start as usize, find(text, " today").start as usize);
    assert_eq!(
        draw(text, vec![said(span, "q-1")]),
        "<p>She said <strong><span class=\"said\" id=\"q-1\">\"We will</span></strong>\
         <span class=\"said\"> go\"</span> today.</p>\n"
    );
}

#[test]
fn labels_stand_behind_the_words_and_never_as_a_link_inside_a_link() {
    let label = |at| Label {
        at,
        class: "who".into(),
        heard: " said by ".into(),
        seen: "Ann Lee".into(),
        after: String::new(),
        href: Some("/speakers/ann-lee/".into()),
    };
    let text = "[\"Go\" now](https://a.example/) she said.";
    let span = find(text, "\"Go\"");
    let mark = Mark { labels: vec![label(span.end)], ..said(span, "q-1") };
    let html = draw(text, vec![mark]);
    assert_eq!(
        html,
        "<p><a href=\"https://a.example/\"><span class=\"said\" id=\"q-1\">\"Go\"</span>\
         <span class=\"who\"><span class=\"vh\"> said by </span>Ann Lee</span> now</a> she said.</p>\n"
    );
    let text = "\"Go,\"";
    let mark = Mark { labels: vec![label(5)], ..said(Span::new(0, 5), "q-1") };
    assert!(
        draw(text, vec![mark])
            .ends_with("href=\"/speakers/ann-lee/\"><span class=\"vh\"> said by </span>Ann Lee</a></p>\n")
    );
}

#[test]
fn an_anchor_is_there_even_where_its_words_stand_as_the_title() {
    let text = "# \"Go\"\n\nThey went.";
    let marks = Marks::new(vec![said(find(text, "\"Go\""), "q-1")]);
    let woven = weave(&markdown(text), &marks, &[find(text, "# \"Go\"")], None, &Plain, english());
    assert_eq!(woven.html, "<div class=\"anchors\"><span id=\"q-1\"></span></div>\n<p>They went.</p>\n");
}

#[test]
fn nothing_of_the_authors_becomes_markup_of_ours() {
    let text = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![p](https://x.example/p.png) <b onclick=1>b</b>";
    let html = draw(text, Vec::new());
    assert_eq!(
        html,
        "<p class=\"raw\">&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n\
         <p>x <a href=\"https://x.example/p.png\">Image: p</a> &lt;b onclick=1&gt;b&lt;/b&gt;</p>\n"
    );
}

#[test]
fn tables_footnotes_and_headings_fit_into_the_page() {
    let text = "# A\n\n#### B\n\n| x | |\n|--:|---|\n| 1 | 2 |\n\nNote[^n].\n\n[^n]: Below.\n";
    assert_eq!(
        draw(text, Vec::new()),
        "<h2>A</h2>\n<h3>B</h3>\n\
         <div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>\n\
         <thead><tr><th scope=\"col\" class=\"right\">x</th><td></td></tr></thead>\n<tbody>\n\
         <tr><td class=\"right\">1</td><td>2</td></tr>\n</tbody></table></div>\n\
         <p>Note<sup class=\"note\" id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup>.</p>\n\
         <div class=\"footnote\" id=\"fn-1\"><sup class=\"note\">1</sup>\n<p>Below.</p>\n</div>\n"
    );
}

#[test]
fn ten_thousand_levels_are_flattened() {
    for text in [
        format!("{}deep", ">".repeat(10_000)),
        format!("{}deep{}", "*a ".repeat(10_000), "*".repeat(10_000)),
        format!("{}deep{}", "[".repeat(10_000), "](x)".repeat(10_000)),
        (0..300).map(|i| format!("{}- x\n", "  ".repeat(i))).collect(),
    ] {
        let html = draw(&text, Vec::new());
        let (words, depth) = measured(&html);
        assert!(depth < 40, "{depth} levels");
        assert_eq!(without_space(&words), without_space(&reads(&text)));
    }
}

#[test]
fn wire_copy_loses_its_header_and_credit_and_keeps_its_dateline() {
    let text = "date 2025-12-06\nBrief words.\n\nKYIV - Ann spoke. REUTERS";
    let run = |words| Run { span: find(text, words), reads: None };
    let block = |words: &'static str| Block {
        kind: BlockKind::Paragraph,
        span: find(text, words),
        runs: vec![run(words)],
    };
    let zone = |kind, words| Zone { kind, span: find(text, words) };
    let document = Document {
        text: text.into(),
        markup: Markup::Wire,
        zones: vec![
            zone(ZoneKind::Header, "date 2025-12-06"),
            zone(ZoneKind::Standfirst, "Brief words."),
            zone(ZoneKind::Dateline, "KYIV - "),
            zone(ZoneKind::Credit, "REUTERS"),
        ],
        blocks: vec![block("date 2025-12-06"), block("Brief words."), block("KYIV - Ann spoke. REUTERS")],
        dateline: None,
        credit: None,
        byline: None,
    };
    let all = weave(&document, &Marks::default(), &[], None, &Plain, english());
    assert_eq!(all.html, "<p class=\"stand\">Brief words.</p>\n<p>KYIV - Ann spoke. </p>\n");
    let shown = [find(text, "Brief"), find(text, "spoke.")];
    let part = weave(&document, &Marks::default(), &[], Some(&shown), &Plain, english());
    assert_eq!(part.html, "<p class=\"stand\">Brief</p>\n<p>spoke.</p>\n");
    let shown = [find(text, "KYIV"), find(text, "spoke.")];
    let part = weave(&document, &Marks::default(), &[], Some(&shown), &Plain, english());
    assert_eq!(part.html, "<p>KYIV <span class=\"cut\">[…]</span> spoke.</p>\n");
    assert_eq!(part.plain, "KYIV […] spoke.\n");
}

/// The words of a text as the Markdown parser reads them.
fn reads(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => words.push_str(&t),
            _ => {}
        }
    }
    words
}

proptest! {
    #[test]
    fn stripped_of_tags_the_words_stand_as_written(
        text in "([a-z ]|[*_`>#\\-\"“”é]|\n){0,120}",
        cuts in prop::collection::vec((0usize..120, 1usize..60), 0..8),
    ) {
        let border = |at: usize| (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap();
        let marks = cuts.iter().enumerate().map(|(i, &(start, length))| {
            said(Span::new(border(start), border(start + length)), &format!("q-{i}"))
        });
        let html = draw(&text, marks.collect());
        prop_assert_eq!(without_space(&stripped(&html)), without_space(&reads(&text)));
    }

    #[test]
    fn without_marks_the_html_is_that_of_the_markdown_parser(text in "([a-z ]|[*_`>\\-“é]|\n|\n\n|[0-9]\\. ){0,80}") {
        let mut expected = String::new();
        pulldown_cmark::html::push_html(&mut expected, Parser::new_ext(&text, options()));
        let expected = expected.replace("<br />", "<br>").replace("<hr />", "<hr>").replace("<h1>", "<h2>");
        let expected = expected.replace("</h1>", "</h2>").replace("<pre>", "<pre tabindex=\"0\">");
        let ours = draw(&text, Vec::new());
        let bare = |html: &str| {
            let mut html = without_space(html);
            // What stays empty is not drawn.
            for empty in ["<em></em>", "<strong></strong>", "<h2></h2>"].into_iter().chain(["<blockquote></blockquote>"; 24]) {
                html = html.replace(empty, "");
            }
            html
        };
        prop_assert_eq!(bare(&ours), bare(&expected));
    }

    #[test]
    fn any_text_is_drawn_well_formed(text in "\\PC{0,200}", start in 0usize..200, length in 0usize..200) {
        let border = |at: usize| (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap();
        let mark = said(Span::new(border(start), border(start + length)), "q-1");
        stripped(&draw(&text, vec![mark]));
    }
}
