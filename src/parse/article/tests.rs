//! Entries as articles: gates, addresses, headlines, hostile files.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::*;
use crate::config::{Register, Site};
use crate::text::Prose;

fn settings() -> Settings {
    Settings {
        site: Site::default(),
        people: Register::default(),
        build_date: NaiveDate::from_ymd_opt(2025, 12, 10).unwrap(),
        drafts: false,
        future: false,
    }
}

fn parse_bytes(path: &str, bytes: Vec<u8>) -> Parsed {
    let kind = match path {
        p if p.starts_with("content/pages/") => EntryKind::Page,
        p if p.to_ascii_lowercase().ends_with("txt") => EntryKind::Wire,
        _ => EntryKind::Markdown,
    };
    let entry = Entry { kind, path: PathBuf::from(path), file: PathBuf::new(), notes: None };
    article(&entry, bytes, &settings())
}

fn parse(path: &str, text: &str) -> Parsed {
    parse_bytes(path, text.as_bytes().to_vec())
}

/// The article, which must be there.
fn good(path: &str, text: &str) -> Article {
    match parse(path, text) {
        Parsed { outcome: Outcome::Article(article), .. } => *article,
        other => panic!("{other:?}"),
    }
}

fn told(path: &str, text: &str) -> String {
    parse(path, text).diagnostics.iter().map(Diagnostic::render).collect()
}

const FULL: &str = r#"+++
title = "The vote"
date = 2025-12-06T09:30:00+01:00
updated = "2025-12-07"
slug = "vote"
authors = ["Ann Lee"]
description = "A vote."
topics = ["Bridges"]
tags = ["bridges", "Votes"]
story = "The bridge"
aliases = ["/old/vote"]
outlet = "Elm Herald"
source_url = "https://herald.example/vote"
byline = "Ann Lee"
dateline = "Elmtown"
credit = "AFP"
rights = "CC BY 4.0"
lang = "en-GB"
status = "usable"
embargo = 2025-12-01
show = "excerpt"
[[corrections]]
date = 2025-12-08
text = "It was nine hours."
[extra]
origin = "minutes"
+++
# The vote

Text.
"#;

#[test]
fn every_key_of_the_front_matter_is_read() {
    let parsed = parse("content/a.md", FULL);
    assert_eq!(parsed.diagnostics, []);
    let article = good("content/a.md", FULL);
    let meta = &article.meta;
    assert_eq!(meta.date.unwrap().time.unwrap().to_rfc3339(), "2025-12-06T09:30:00+01:00");
    assert_eq!(meta.updated.unwrap().day.to_string(), "2025-12-07");
    assert_eq!(
        (meta.title.text.as_str(), meta.slug.as_str(), meta.show),
        ("The vote", "vote", Show::Excerpt)
    );
    assert_eq!(meta.topics, ["Bridges", "Votes"]);
    assert_eq!(meta.aliases, ["/old/vote/"]);
    assert_eq!(meta.credit, ["AFP"]);
    assert_eq!(meta.corrections[0].text, "It was nine hours.");
    assert_eq!(meta.extra["origin"], "minutes");
    assert_eq!(article.document.text, "# The vote\n\nText.\n");
    assert_eq!(article.lines_before, 27);
    assert_eq!(article.headline.unwrap().of(&article.document.text).trim_end(), "# The vote");
    assert_eq!(Prose::of(&article.document).text(), "Text.");
}

#[test]
fn yaml_says_the_same_as_toml() {
    let text = "---\ntitle: The vote\ndate: 2025-12-06\ntags: [Bridges]\ncredit: AFP\ncorrections:\n  - date: 2025-12-08\n    text: Nine.\nextra:\n  origin: minutes\n---\nText.\n";
    assert_eq!(told("content/a.md", text), "");
    let meta = good("content/a.md", text).meta;
    assert_eq!(
        (meta.date.unwrap().day.to_string().as_str(), meta.topics.as_slice()),
        ("2025-12-06", &["Bridges".to_owned()][..])
    );
    assert_eq!(meta.corrections.len(), 1);
    assert_eq!(meta.extra["origin"], "minutes");
}

#[test]
fn mistakes_in_yaml_are_shown_at_their_line_in_the_file() {
    assert_eq!(
        told("content/a.md", "---\ntitle: A\ndate: 2025-12-06\ntitel: B\n---\nText.\n"),
        "warning[F005 unknown-key]: unknown key `titel`\n\
         \x20 --> content/a.md:4:1\n\
         \x20  |\n\
         4  | titel: B\n\
         \x20  | ^^^^^\n\
         \x20  = help: did you mean `title`?\n"
    );
    let bad = parse("content/a.md", "---\ntitle: \"A\ndate: 2025-12-06\n---\nText.\n");
    assert_eq!(bad.outcome, Outcome::Failed);
    assert_eq!(bad.diagnostics[0].code, Code::BAD_FRONT_MATTER);
    assert_eq!(bad.diagnostics[0].location.as_ref().unwrap().line, 2);
}

#[test]
fn an_unclosed_front_matter_points_at_its_fence() {
    assert_eq!(
        told("content/a.md", "+++\ntitle = \"A\"\n\nText.\n"),
        "error[F001 unclosed-front-matter]: the front matter is not closed: there is no second `+++`\n\
         \x20 --> content/a.md:1:1\n\
         \x20  |\n\
         1  | +++\n\
         \x20  | ^^^\n\
         \x20  = help: put `+++` on a line of its own after the last key\n"
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_an_error_at_its_place() {
    assert_eq!(
        told("content/a.md", "+++\ntitle = 5\ndate = 2025-12-06\n+++\n# B\n\nText.\n"),
        "error[F006 bad-value]: `title` must be a text, not a number\n\
         \x20 --> content/a.md:2:9\n\
         \x20  |\n\
         2  | title = 5\n\
         \x20  |         ^\n\
         \x20  = help: write `title = \"…\"`, with quotation marks\n"
    );
}

#[test]
fn a_missing_date_says_how_to_give_one() {
    assert_eq!(
        told("content/a.md", "+++\ntitle = \"A\"\n+++\nText.\n"),
        "error[F003 missing-date]: this brief has no date\n\
         \x20 --> content/a.md:1:1\n\
         \x20  |\n\
         1  | +++\n\
         \x20  | ^^^\n\
         \x20  = help: add `date = 2025-12-10` to the front matter, or begin the file's name with `2025-12-10-`\n"
    );
    assert_eq!(
        told("content/a.txt", "The bridge\n\nIt is open.\n"),
        "error[F003 missing-date]: this brief has no date\n\
         \x20 --> content/a.txt:1:1\n\
         \x20  |\n\
         1  | The bridge\n\
         \x20  | ^^^^^^^^^^\n\
         \x20  = help: begin the file with the line `date 2025-12-10`, or its name with `2025-12-10-`, or put `date = 2025-12-10` between lines of `+++`\n"
    );
}

#[test]
fn the_date_comes_from_front_matter_header_or_name() {
    let day = |path, text| good(path, text).meta.date.unwrap().day.to_string();
    assert_eq!(day("content/2025-12-01-a.md", "# A\n\nText.\n"), "2025-12-01");
    assert_eq!(day("content/2025-12-01-a.txt", "date 2025-12-02\n\nText.\n"), "2025-12-02");
    let text = "+++\ndate = 2025-12-03\ntitle = \"A\"\n+++\ndate 2025-12-02\n\nText.\n";
    assert_eq!(day("content/a.txt", text), "2025-12-03");
    assert_eq!(
        told("content/a.txt", text),
        "warning[F011 date-conflict]: the front matter says 2025-12-03, the wire header says 2025-12-02; the front matter counts\n\
         \x20 --> content/a.txt:2:8\n\
         \x20  |\n\
         2  | date = 2025-12-03\n\
         \x20  |        ^^^^^^^^^^\n\
         \x20  = help: make both the same, or take one out\n"
    );
}

#[test]
fn what_is_withheld_leaves_no_word_behind() {
    for (line, reason) in [
        ("status = \"withheld\"", "its status is `withheld`"),
        ("status = \"canceled\"", "its status is `canceled`"),
        ("embargo = 2025-12-11", "its embargo is not over"),
        ("embargo = 2025-12-10T06:00:00Z", "its embargo is not over"),
        ("draft = true", "it is a draft"),
    ] {
        let text = format!("+++\ntitel = \"Secret\"\ndate = 2025-12-06\n{line}\n+++\nSecret <b>text</b>.\n");
        let parsed = parse("content/a.md", &text);
        assert_eq!(parsed.outcome, Outcome::Withheld, "{line}");
        let told: String = parsed.diagnostics.iter().map(Diagnostic::render).collect();
        assert_eq!(told, format!("note[F009 withheld]: held back: {reason}\n --> content/a.md\n"));
    }
    for (path, text) in [
        ("content/a.md", "+++\ndate = 2025-12-11\n+++\nSecret."),
        ("content/2025-12-11-a.md", "Secret."),
        ("content/a.txt", "date 2025-12-11\n\nSecret."),
    ] {
        let parsed = parse(path, text);
        assert_eq!(parsed.outcome, Outcome::Withheld, "{path}");
        assert_eq!(parsed.diagnostics.len(), 1);
        assert!(!format!("{parsed:?}").contains("Secret"));
    }
}

#[test]
fn doubt_about_what_may_be_shown_leaves_the_entry_out() {
    for line in [
        "status = \"witheld\"",
        "show = \"excerp\"",
        "embargo = \"soon\"",
        "draft = 1",
        "slug = \"../x\"",
        "corrections = [{ date = 2025-12-07 }]",
    ] {
        let parsed =
            parse("content/a.md", &format!("+++\ntitle = \"A\"\ndate = 2025-12-06\n{line}\n+++\nText.\n"));
        assert_eq!(parsed.outcome, Outcome::Failed, "{line}");
        assert_eq!(parsed.diagnostics.len(), 1, "{line}: {:?}", parsed.diagnostics);
        assert_eq!(parsed.diagnostics[0].location.as_ref().unwrap().line, 4, "{line}");
    }
}

#[test]
fn a_slug_that_leaves_the_site_is_an_error() {
    assert_eq!(
        told("content/a.md", "+++\ntitle = \"A\"\ndate = 2025-12-06\nslug = \"../../etc\"\n+++\nText.\n"),
        "error[F007 bad-slug]: a slug is one segment of an address: it holds no slash\n\
         \x20 --> content/a.md:4:8\n\
         \x20  |\n\
         4  | slug = \"../../etc\"\n\
         \x20  |        ^^^^^^^^^^^\n\
         \x20  = help: write `slug = \"etc\"`; the brief is left out until then\n"
    );
}

#[test]
fn headlines_come_from_the_text_or_are_made_with_a_warning() {
    let title = |path, text| good(path, text).meta.title;
    let own = title("content/2025-12-06-a.txt", "Bridge opens at last\n\nELMTOWN - It is open.\n");
    assert_eq!((own.text.as_str(), own.derived), ("Bridge opens at last", false));
    let text = "ELMTOWN - The bridge is open. It rained.\n\nMore.\n";
    let made = title("content/2025-12-06-a.txt", text);
    assert_eq!((made.text.as_str(), made.derived), ("The bridge is open", true));
    assert_eq!(
        told("content/2025-12-06-a.txt", text),
        "warning[F004 derived-title]: no headline is given; “The bridge is open” was made of the text\n \
         --> content/2025-12-06-a.txt\n  \
         = help: put the headline on a line of its own before the text, without a full stop, or give `title`\n"
    );
}

#[test]
fn a_plain_page_needs_no_date_and_has_no_zones() {
    let article = good("content/pages/about.md", "# About\n\nKYIV - This is a page. REUTERS\n");
    assert_eq!((article.meta.date, article.meta.title.text.as_str()), (None, "About"));
    assert_eq!(article.document.zones, []);
}

#[test]
fn line_ends_and_the_byte_order_mark_leave_the_text_as_it_is() {
    let text = "\u{feff}+++\r\ntitle = \"A\"\r\ndate = 2025-12-06\r\n+++\r\nOne\r\ntwo.\r\n";
    let article = good("content/a.md", text);
    assert_eq!(article.document.text, "One\r\ntwo.\r\n");
    assert_eq!(Prose::of(&article.document).text(), "One two.");
    assert_eq!(article.lines_before, 4);
}

#[test]
fn hostile_files_are_one_diagnostic_or_safe() {
    let start = Instant::now();
    let head = "+++\ntitle = \"A\"\ndate = 2025-12-06\n+++\n";
    for (path, body, code) in [
        ("content/a.md", "\0".to_owned(), Some("E003")),
        ("content/a.txt", "a\0b".to_owned(), Some("E003")),
        ("content/a.md", "word ".repeat(2_000_000), None),
        ("content/a.txt", "word ".repeat(2_000_000), None),
        ("content/a.txt", "“".repeat(10_000) + "word" + &"”".repeat(10_000), None),
        ("content/a.txt", "word\n".repeat(200_000), None),
        ("content/a.txt", "AB - ".repeat(200_000), None),
        ("content/a.txt", "REUTERS, ".repeat(200_000), None),
        ("content/a.md", "...".to_owned(), Some("E007")),
    ] {
        let parsed = parse(path, &(head.to_owned() + &body));
        let codes: Vec<_> = parsed.diagnostics.iter().map(|d| d.code.id).collect();
        assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{path}");
        assert_eq!(matches!(parsed.outcome, Outcome::Article(_)), code.is_none());
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_parsed_without_a_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        for path in ["content/a.md", "content/2025-12-06-a.txt"] {
            let _ = parse_bytes(path, bytes.clone());
            let framed: Vec<u8> = [b"+++\n", bytes.as_slice(), b"\n+++\nText."].concat();
            let _ = parse_bytes(path, framed);
            let framed: Vec<u8> = [b"---\n", bytes.as_slice(), b"\n---\nText."].concat();
            let _ = parse_bytes(path, framed);
        }
    }

    #[test]
    fn any_front_matter_is_parsed_without_a_panic(text in "((title|date|slug|draft|tags|[a-z]{1,4}) ?[:=] ?[\\[\\]{}\"'&*a-z0-9-]{0,8}\n){0,5}") {
        for fence in ["+++", "---"] {
            let parsed = parse("content/a.md", &format!("{fence}\n{text}{fence}\nText."));
            for diagnostic in parsed.diagnostics {
                let _ = diagnostic.render();
            }
        }
    }
}
