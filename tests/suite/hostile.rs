//! Content that means harm: safe output or a clear diagnostic, and the rest of the site is built.

use std::time::{Duration, Instant};

use crate::support::{Done, SiteTest};

fn brief(front: &str, body: &str) -> String {
    format!("+++\ntitle = \"Bad\"\ndate = 2025-12-06\n{front}\n+++\n\n{body}\n")
}

/// No page runs a script that is not a file of the site's own, or leads to a script.
fn safe(done: &Done, site: &SiteTest) {
    for (path, content) in site.tree("public").iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(content.clone()).unwrap().to_lowercase();
        for tag in page.split("<script").skip(1) {
            let head = tag.split('>').next().unwrap();
            assert!(
                head.contains("src=\"/") || head.contains("application/ld+json"),
                "{path}: <script{head}>\n{}",
                done.stderr
            );
        }
        for address in ["href=\"javascript:", "src=\"javascript:", "href=\"data:", "href=\"vbscript:"] {
            assert!(!page.contains(address), "{address} in {path}");
        }
        for tag in page.split('<').filter(|tag| !tag.starts_with(['!', '/'])) {
            let names = attributes(tag.split('>').next().unwrap());
            assert!(!names.iter().any(|name| name.starts_with("on")), "{path}: <{tag}");
        }
    }
}

/// The attributes' names of a tag; what stands in quotation marks is a value.
fn attributes(tag: &str) -> Vec<&str> {
    let outside = tag.split('"').step_by(2);
    outside.flat_map(str::split_whitespace).skip(1).map(|word| word.trim_end_matches('=')).collect()
}

#[test]
fn raw_html_is_shown_as_text() {
    let body = "OSLO - Before <script>alert(1)</script> after.\n\n<img src=x onerror=alert(2)>\n\n<script>\nalert(3)\n</script>";
    let site = SiteTest::new().good().file("content/bad.md", brief("", body));
    let done = site.build().expect_ok().good_is_built().says("M001", "content/bad.md");
    safe(&done, &site);
    let page = done.page("briefs/bad/index.html");
    assert!(page.contains("&lt;script&gt;") && page.contains("after"), "{page}");
}

#[test]
fn a_headline_cannot_break_out() {
    let text = "+++\ntitle = '</title><script>alert(1)</script>\" onclick=\"x'\ndate = 2025-12-06\n\
                description = '</script><script>alert(2)</script>'\ntopics = [\"<script>alert(3)</script>\"]\n\
                story = \"</script><b>\"\noutlet = \"<i>\"\nauthors = [\"</script>\"]\n+++\n\nOSLO - Rain.\n";
    let site = SiteTest::new().good().file("content/bad.md", text);
    let done = site.build().expect_ok().good_is_built();
    safe(&done, &site);
    for feed in ["atom.xml", "sitemap.xml"] {
        assert!(!done.page(feed).contains("<script"), "{feed}");
    }
}

#[test]
fn links_with_other_schemes_lead_nowhere() {
    let body = "OSLO - [a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) <javascript:alert(1)> \
                [d](&#106;avascript:alert(1)) ![e](javascript:alert(1)) [f](vbscript:x) [g]( javascript:alert(1))\n\n\
                [h]\n\n[h]: javascript:alert(1)";
    let site = SiteTest::new().good().file("content/bad.md", brief("", body));
    let done = site.build().expect_ok().good_is_built().says("M002", "content/bad.md");
    safe(&done, &site);
}

#[test]
fn addresses_in_front_matter_are_checked() {
    let site = SiteTest::new()
        .good()
        .file("content/bad.md", brief("source_url = \"javascript:alert(1)\"", "OSLO - Rain."));
    let done = site.build().good_is_built().says("F012", "content/bad.md");
    safe(&done, &site);
}

#[test]
fn a_slug_cannot_leave_the_site() {
    let mut site = SiteTest::new().good();
    let bad = ["../escape", "..", "/etc/x", "a/b", "x\\\\..\\\\y", "\\u0000", "."];
    for (index, slug) in bad.iter().enumerate() {
        site = site
            .file(&format!("content/bad{index}.md"), brief(&format!("slug = \"{slug}\""), "OSLO - Rain."));
    }
    let before = site.tree(".");
    let mut done = site.build().expect_code(1).good_is_built();
    for index in 0..bad.len() {
        done = done.says("F007", &format!("content/bad{index}.md"));
    }
    let mut after = site.tree(".");
    after.retain(|path, _| !path.starts_with("public/") && !path.starts_with(".dateline-cache/"));
    assert_eq!(after, before);
}

#[test]
fn an_alias_cannot_leave_the_site() {
    let aliases =
        "aliases = [\"/../../escape/\", \"https://evil.example/\", \"/a/../../x\", \"//evil.example/\"]";
    let site = SiteTest::new().good().file("content/bad.md", brief(aliases, "OSLO - Rain."));
    let before = site.tree(".");
    let _ = site.build().expect_code(1).good_is_built().says("F008", "content/bad.md");
    let mut after = site.tree(".");
    after.retain(|path, _| !path.starts_with("public/") && !path.starts_with(".dateline-cache/"));
    assert_eq!(after, before);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_content_is_not_followed() {
    use std::os::unix::fs::symlink;
    let outside =
        SiteTest::bare().file("secret.md", brief("", "OSLO - Quagmire.")).file("deep/more.md", "Quagmire");
    let site = SiteTest::new().good();
    symlink(outside.root().join("secret.md"), site.root().join("content/link.md")).unwrap();
    symlink(outside.root(), site.root().join("content/folder")).unwrap();
    symlink(site.root().join("content"), site.root().join("content/loop")).unwrap();
    let done = site.build().good_is_built().nowhere("Quagmire");
    for link in ["folder", "link.md"] {
        let told = format!(
            "error[E004 link-outside-content]: this link leads out of content/\n --> content/{link}\n  \
             = help: copy the file to this place instead of linking to it\n"
        );
        assert!(done.stderr.contains(&told), "{}", done.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_is_not_written_through() {
    use std::os::unix::fs::symlink;
    let outside = SiteTest::bare().file("index.html", "whole");
    let site = SiteTest::new().good().file("public/x", "");
    symlink(outside.root(), site.root().join("public/briefs")).unwrap();
    let _ = site.build().expect_code(1).says("A003", "briefs/good/index.html");
    assert_eq!(outside.tree(".").len(), 1);
    assert_eq!(outside.tree(".")["index.html"], b"whole");
}

#[test]
fn a_line_of_ten_megabytes() {
    let words = "the rain fell on the harbour and the town and nobody spoke of it while ";
    let long = words.repeat(10 * 1024 * 1024 / words.len());
    let site = SiteTest::new().good().file("content/long.md", brief("", &long));
    let start = Instant::now();
    let _ = site.build().good_is_built();
    assert!(start.elapsed() < Duration::from_secs(240), "{:?}", start.elapsed());
}

#[test]
fn ten_thousand_nested_quotation_marks() {
    let nest =
        |open: &str, close: &str| format!("OSLO - {}rain{}", open.repeat(10_000), close.repeat(10_000));
    let site = SiteTest::new()
        .good()
        .file("content/a.md", brief("", &nest("“", "”")))
        .file("content/b.md", brief("", &nest("\"'", "'\"")))
        .file("content/c.txt", format!("date 2025-12-06 \n\nRain\n\n{}\n", nest("«", "»")))
        .file("content/d.md", brief("", &nest("> ", "")))
        .file("content/e.md", brief("", &nest("[", "](x)")))
        .file("content/f.md", brief("", &nest("*", "*")));
    let start = Instant::now();
    let _ = site.build().good_is_built();
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

#[test]
fn a_nul_byte_is_an_error_for_that_file_alone() {
    let site = SiteTest::new().good().file("content/nul.md", brief("", "OSLO - Ra\0in."));
    let _ = site
        .build()
        .expect_code(1)
        .good_is_built()
        .says("E003", "content/nul.md")
        .expect_no_page("briefs/nul");
}

#[test]
fn bytes_of_no_encoding_are_an_error_for_that_file_alone() {
    let site = SiteTest::new()
        .good()
        .file("content/utf16.md", b"\xff\xfe+\0+\0+\0\n\0")
        .file("content/bin.txt", [0x81, 1, 2, 0xff, 3]);
    let done = site.build().expect_code(1).good_is_built();
    assert!(
        done.stderr.contains("content/utf16.md") && done.stderr.contains("content/bin.txt"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_front_matter_that_never_ends() {
    let site = SiteTest::new().good().file("content/open.md", "+++\ntitle = \"Open\"\n\nOSLO - Rain.\n");
    let _ = site
        .build()
        .expect_code(1)
        .good_is_built()
        .says("F001", "content/open.md:1:1")
        .expect_no_page("briefs/open");
}

#[test]
fn an_alias_that_collides_with_a_page() {
    let site =
        SiteTest::new().good().file("content/bad.md", brief("aliases = [\"/briefs/good/\"]", "OSLO - Rain."));
    let done = site.build().expect_code(1).good_is_built().says("A001", "content/bad.md");
    done.page("briefs/bad/index.html");
}

#[test]
fn two_briefs_with_one_slug() {
    let site = SiteTest::new()
        .good()
        .file("content/a/same.md", brief("", "OSLO - First."))
        .file("content/b/same.md", brief("", "OSLO - Second."));
    let done = site.build().expect_code(1).good_is_built().says("A001", "content/b/same.md");
    let page = done.page("briefs/same/index.html");
    assert!(page.contains("First.") && !page.contains("Second."), "{page}");
    let _ = done.stderr_is(
        "error[A001 address-taken]: the address /briefs/same/ belongs to content/a/same.md; this brief is left out\n \
         --> content/b/same.md\n  = help: give this brief a `slug` of its own in its front matter\n\n1 error\n",
    );
}

#[test]
fn a_bomb_of_yaml_aliases() {
    let mut yaml =
        String::from("---\ntitle: Bomb\ndate: 2025-12-06\nextra:\n  a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for level in 1..20 {
        let last = level - 1;
        let row = format!("*a{last},").repeat(9);
        yaml.push_str(&format!("  a{level}: &a{level} [{row}]\n"));
    }
    let site = SiteTest::new().good().file("content/bomb.md", yaml + "---\n\nOSLO - Rain.\n");
    let start = Instant::now();
    let _ = site.build().good_is_built().says("F002", "content/bomb.md");
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

#[test]
fn odd_characters_everywhere() {
    let body = "OSLO - \u{202e}\u{200b}\u{feff}“\u{0301}e\u{1f1e6}\u{1f3fb}” said \u{0130}İ \u{fdd0}. \u{2028}\u{2029} \"ﬁ\" ǅ";
    let site = SiteTest::new()
        .good()
        .file("content/ö ä \u{1f600}.md", brief("", body))
        .file("content/---.md", brief("", body))
        .file("content/empty.md", "")
        .file("content/only-marks.txt", "\"\"''“”");
    let _ = site.build().good_is_built();
}
