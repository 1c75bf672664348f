//! Markdown as blocks and runs.

use super::*;
use crate::text::Prose;

fn read(text: &str) -> Read {
    document(text.to_owned(), true)
}

fn prose(text: &str) -> String {
    Prose::of(&read(text).document).text().to_owned()
}

#[test]
fn markup_is_left_out_and_words_stay() {
    assert_eq!(
        prose(
            "One *two* **three** [four](https://a.example) `five` six.\nSeven\\\neight &amp; nine \\*ten\\*.\n"
        ),
        "One two three four  six. Seven eight & nine *ten*."
    );
    assert_eq!(prose("![alt words](a.png) Text <b>bold</b> end.\n\n```\ncode\n```\n"), " Text bold end.");
}

#[test]
fn every_run_reads_as_it_is_written_or_says_how() {
    let text = "A &quot;word&quot; and\r\nmore \"quotes\" here.";
    let document = read(text).document;
    for run in &document.blocks[0].runs {
        if run.reads.is_none() {
            assert!(text.contains(run.span.of(text)));
        }
    }
    assert_eq!(Prose::of(&document).text(), "A \"word\" and more \"quotes\" here.");
}

#[test]
fn blocks_have_their_kinds() {
    let text = "# Head\n\nPara.\n\n> Quoted\n> on.\n\n- tight\n- list\n\n1. loose\n\n   more\n\n| a | b |\n|---|---|\n| c | d |\n";
    let document = read(text).document;
    let kinds: Vec<_> = document.blocks.iter().map(|b| b.kind).collect();
    use BlockKind::{Cell, Heading, Item, Paragraph, Quotation};
    assert_eq!(kinds, [Heading, Paragraph, Quotation, Item, Item, Item, Item, Cell, Cell, Cell, Cell]);
    assert!(document.blocks.windows(2).all(|w| w[0].span.start <= w[1].span.start));
    let heading = read(text).heading.unwrap();
    assert_eq!((heading.0.of(text).trim_end(), heading.1.as_str()), ("# Head", "Head"));
    assert_eq!(read("Para.\n\n# Head\n").heading, None);
}

#[test]
fn datelines_and_credits_are_found_through_markup() {
    let text = "**KYIV** – The talks begin.\n\nHe said so. *(Reuters)*\n";
    let document = read(text).document;
    let kinds: Vec<_> = document.zones.iter().map(|z| z.kind).collect();
    assert_eq!(kinds, [ZoneKind::Dateline, ZoneKind::Credit]);
    assert_eq!(document.dateline.as_ref().unwrap().span.of(text), "KYIV");
    assert_eq!(document.credit.as_ref().unwrap().span.of(text), "Reuters");
    assert_eq!(Prose::of(&document).text(), "The talks begin.\n\nHe said so. ");
}

#[test]
fn raw_html_schemes_and_images_are_told_once_with_a_number() {
    let text = "<script>x</script>\n\nA <b>b</b> [l](javascript:alert(1)) ![](a.png) [m](data:x) [ok](/a/) [ok](a.md#b) [ok](mailto:a@b.example)\n";
    let told: Vec<_> = read(text).findings.into_iter().map(|f| (f.code.id, f.message)).collect();
    let told: Vec<_> = told.iter().map(|(c, m)| (*c, m.as_str())).collect();
    assert_eq!(
        told,
        [
            ("M001", "raw HTML is shown as text, here and in 2 more places"),
            ("M002", "`javascript:alert(1)` is not linked, here and in 1 more place"),
            ("M003", "this image has no alternative text"),
        ]
    );
}

#[test]
fn disguised_schemes_are_refused() {
    for bad in [
        "javascript:x",
        "JaVaScRiPt:x",
        "java\nscript:x",
        " javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "\u{1}javascript:x",
    ] {
        assert!(!is_allowed_address(bad), "{bad:?}");
    }
    for good in [
        "https://a.example/x:y",
        "HTTP://a.example",
        "mailto:a@b.example",
        "/a:b",
        "#c:d",
        "",
        "a/b.md",
        "?q=a:b",
    ] {
        assert!(is_allowed_address(good), "{good:?}");
    }
}

#[test]
fn deep_nesting_ends_well() {
    for text in [
        "> ".repeat(10_000) + "deep",
        "- ".repeat(10_000) + "deep",
        "[".repeat(10_000) + &"](x)".repeat(10_000),
        "*".repeat(10_000) + "deep" + &"*".repeat(10_000),
        "“".repeat(10_000) + "deep" + &"”".repeat(10_000),
        "![".repeat(5_000) + &"](x)".repeat(5_000),
        "<b>".repeat(10_000),
    ] {
        let document = read(&text).document;
        assert_eq!(document.text, text);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_has_ordered_blocks_on_borders(text in "([#>*`|\\[\\]()!&;\"“<\\\\-]{0,3}[a-zé ]{0,6}(\r?\n){0,2}){0,16}\\PC{0,20}") {
        let document = read(&text).document;
        for block in &document.blocks {
            for run in &block.runs {
                let _ = run.span.of(&text);
            }
        }
        for zone in &document.zones {
            let _ = zone.span.of(&text);
        }
        let _ = Prose::of(&document);
    }
}
