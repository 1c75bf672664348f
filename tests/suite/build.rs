//! What a build makes, and what it leaves alone.

use std::fs;

use crate::support::{DAY, SiteTest};

#[test]
fn a_folder_with_content_alone_is_a_site() {
    let site = SiteTest::bare().good();
    let done = site.build().expect_ok().good_is_built();
    for page in [
        "index.html",
        "briefs/index.html",
        "days/2025/12/06/index.html",
        "speakers/ada-moreno/index.html",
        "404.html",
        "atom.xml",
        "sitemap.xml",
        "robots.txt",
    ] {
        done.page(page);
    }
}

#[test]
fn the_last_line_names_the_day_and_where_to_look() {
    let done = SiteTest::new().good().build().expect_ok();
    let mut lines = done.stdout.lines();
    let built = lines.next().unwrap();
    assert!(
        built.starts_with("Built 1 brief, 1 speaker, 1 statement as of 2026-01-15 → public/ ("),
        "{built}"
    );
    assert_eq!(lines.next(), Some("Look at it: dateline serve (http://127.0.0.1:1111/)"));
    assert_eq!(lines.next(), None);
}

#[test]
fn unchanged_pages_keep_their_time_and_the_rest_follows_the_content() {
    let site = SiteTest::new().good().brief("other", "BERGEN - It rained.");
    let _ = site.build().expect_ok();
    let stamp = |path: &str| fs::metadata(site.root().join("public").join(path)).unwrap().modified().unwrap();
    let before = stamp("speakers/ada-moreno/index.html");
    fs::remove_file(site.root().join("content/other.md")).unwrap();
    let _ = site.build().expect_ok().expect_no_page("briefs/other").good_is_built();
    assert_eq!(stamp("speakers/ada-moreno/index.html"), before);
    let again = site.build().expect_ok();
    assert!(again.stdout.contains("(0 written, "), "{}", again.stdout);
}

#[test]
fn foreign_files_in_the_output_stay() {
    let site = SiteTest::new()
        .good()
        .file("public/CNAME", "news.example")
        .file("public/briefs/good/note.txt", "mine");
    let _ = site.build().expect_ok();
    fs::remove_file(site.root().join("content/good.md")).unwrap();
    let done = site.build().expect_ok().expect_no_page("briefs/good/index.html");
    assert_eq!(
        (done.page("CNAME"), done.page("briefs/good/note.txt")),
        ("news.example".into(), "mine".into())
    );
}

#[test]
fn nothing_is_written_outside_the_output_folder_but_what_is_kept() {
    let site = SiteTest::new().good();
    let before = site.tree(".");
    let _ = site.build().expect_ok();
    let mut after = site.tree(".");
    after.retain(|path, _| !path.starts_with("public/") && !path.starts_with(".dateline-cache/"));
    assert_eq!(after, before);
    assert!(!site.root().join("public/.dateline").exists());
}

#[test]
fn images_beside_an_entry_go_along_with_its_page() {
    let site = SiteTest::new()
        .brief("trip/harbour", "![The harbour at dawn](img/dawn%20sky.png)\n\nOSLO - It was early.")
        .file("content/trip/img/dawn sky.png", b"\x89PNG")
        .file("content/trip/unused.png", b"\x89PNG");
    let done = site.build().expect_ok();
    assert!(done.page("briefs/harbour/index.html").contains("\"/trip/img/dawn%20sky.png\""));
    let tree = site.tree("public");
    assert_eq!(tree["trip/img/dawn sky.png"], b"\x89PNG");
    assert!(!tree.keys().any(|path| path.contains("unused")), "what no page shows is not copied");
}

#[test]
fn a_site_at_any_address_has_its_links_there() {
    let site = SiteTest::new().good().file(
        "content/pages/about.md",
        "+++\ntitle = \"About\"\naliases = [\"/us/\"]\n+++\n\nSee [it](../good.md).\n",
    );
    for (url, path) in [
        ("https://a.example", "/"),
        ("https://a.example/news", "/news/"),
        ("http://a.example:8080/x/y/z/", "/x/y/z/"),
        ("https://a.example/%C3%A9t%C3%A9/", "/%C3%A9t%C3%A9/"),
    ] {
        let base = format!("{}/", url.trim_end_matches('/'));
        let _ = site.run(&["build", "--base-url", url, "--as-of", DAY]).expect_ok();
        let _ = site.run(&["check", "--base-url", url, "--as-of", DAY]).expect_ok();
        for (file, content) in site.tree("public").iter().filter(|(file, _)| file.ends_with(".html")) {
            let page = String::from_utf8(content.clone()).unwrap();
            for attribute in ["href=\"", "src=\"", "action=\""] {
                for address in page.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                    let away = ["http://", "https://", "mailto:", "#"]
                        .iter()
                        .any(|start| address.starts_with(start));
                    assert!(away || address.starts_with(path), "{url}: {file}: {address}");
                }
            }
            assert!(page.contains(&base) || file == "404.html", "{file}");
        }
        for feed in ["atom.xml", "sitemap.xml", "robots.txt"] {
            let text = String::from_utf8(site.tree("public")[feed].clone()).unwrap();
            assert!(text.contains(&base), "{feed}: {text}");
        }
        assert!(site.tree("public").contains_key("us/index.html"));
    }
}

#[test]
fn the_sites_own_templates_and_static_files_come_first() {
    let site = SiteTest::new()
        .good()
        .file("templates/404.html", "<!doctype html><title>Lost</title><p>Own words.</p>")
        .file("static/extra.txt", "more");
    let done = site.build().expect_ok();
    assert!(done.page("404.html").contains("Own words."));
    assert_eq!(done.page("extra.txt"), "more");
}

/// Each kind of date in running text: where its words lead, and that the place is there.
#[test]
fn each_date_leads_to_its_place_at_its_own_precision() {
    let text = "+++\ntitle = \"Crane\"\ndate = 2025-12-06\n+++\n\n\
        The crane of spring 2025 stood idle in the third quarter and worked last week. It was painted in October, \
        and built in the 1990s, late in the 20th century.\n\n\
        It ran from Dec. 2 to Dec. 5, rested between April and June, and was let from 2019 to 2021.\n\n\
        “It will lift again on Dec. 9,” Ada Moreno told the council on Friday. “I built it,” she said in a 1998 \
        interview. It creaks every Monday, and lifts for three days now.\n";
    let site = SiteTest::bare().file("content/crane.md", text);
    let done = site.build().expect_ok();
    let brief = done.page("briefs/crane/index.html");
    for (words, to) in [
        ("spring 2025", "/days/2025/#spring"),
        ("the third quarter", "/days/2025/#q3"),
        ("last week", "/days/2025/11/#w48"),
        ("the 1990s", "/days/#d1990s"),
        ("October", "/days/2025/10/"),
        ("the 20th century", "/days/#c20"),
        ("Dec. 2", "/days/2025/12/02/"),
        ("2021", "/days/2021/"),
        ("Friday", "/days/2025/12/05/"),
        ("1998", "/days/1998/"),
    ] {
        assert!(brief.contains(&format!("<a href=\"{to}\">{words}</a>")), "{words} leads to {to}: {brief}");
    }
    for (words, to) in [
        ("Dec. 2 to Dec. 5", "/days/2025/12/#from-2025-12-02--2025-12-05"),
        ("April and June", "/days/2025/#from-2025-04--2025-06"),
        ("2019 to 2021", "/days/#from-2019--2021"),
    ] {
        let row = brief.split("<li>").find(|row| row.contains(&format!("“{words}”</a></span>"))).unwrap();
        assert!(row.contains(&format!("<a href=\"{to}\">")), "{words} leads to {to}: {row}");
    }
    for words in ["every Monday", "three days", "now"] {
        assert!(!brief.contains(&format!(">{words}</a>")), "{words} leads nowhere");
    }
    assert!(brief.contains("“every Monday”</span>"), "but a set is read out");
    let ninth = done.page("days/2025/12/09/index.html");
    assert!(ninth.contains("In the words of <a href=\"/speakers/ada-moreno/\">Ada Moreno</a>"), "{ninth}");
    assert!(done.page("days/1998/index.html").contains("“I built it,”</a>"));
    let _ = site.run(&["check", "--as-of", DAY]).expect_ok();
}

#[test]
fn an_embargo_ends() {
    let text = "+++\ntitle = \"Later\"\ndate = 2025-12-06\nembargo = 2026-02-01\n+++\n\nOSLO - Now.\n";
    let site = SiteTest::new().file("content/later.md", text);
    let _ = site.run(&["build", "--as-of", "2026-01-31"]).expect_ok().expect_no_page("briefs/later");
    let _ = site.run(&["build", "--as-of", "2026-02-02"]).expect_ok().expect_page("briefs/later/index.html");
}
