//! The search page and its index, as a build writes them. What is found in them is tested where they
//! are made, and in a real browser by `scripts/test`.

use std::collections::BTreeMap;

use crate::support::SiteTest;

/// The files of the index with their text.
fn index(site: &SiteTest) -> BTreeMap<String, String> {
    let files = site.tree("public/search").into_iter().filter(|(path, _)| path != "index.html");
    files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn a_build_writes_the_page_and_the_index_behind_it() {
    let site = SiteTest::new().good();
    let done = site.build().expect_ok();
    let page = done.page("search/index.html");
    assert!(
        page.contains("<p class=\"stand\">1 statement and 1 brief, by what was said and who said it.</p>")
    );
    assert!(page.contains("<noscript><p>To search for words, a “phrase” or a name needs JavaScript"));
    assert!(done.page("index.html").contains("<a href=\"/search/\">Search</a>"));
    assert!(done.page("sitemap.xml").contains("https://news.example/search/"));
    let index = index(&site);
    let day = &index["rows/2025/12-05-0.json"];
    assert!(
        day.contains(
            "\"words\":\"\\\"The bridge is open\\\"\",\"who\":\"Ada Moreno\",\"page\":\"ada-moreno\""
        ),
        "{day}"
    );
    let words = &index["index.txt"];
    assert!(words.starts_with("dateline-search 1\t") && words.contains("\nbridge\t\t2\t"), "{words}");
    // Who has one statement alone is kept from search engines, and so found by it, not listed.
    assert!(words.contains("\n@moreno\t") && !words.contains("\n~"), "{words}");
}

#[test]
fn a_site_can_do_without() {
    let site = SiteTest::new().good();
    site.write("dateline.toml", "title = \"T\"\nbase_url = \"https://news.example/\"\nsearch = false\n");
    let done =
        site.build().expect_ok().expect_no_page("search/index.html").expect_no_page("search/index.txt");
    assert!(!done.page("index.html").contains("/search/"));
    let quiet = SiteTest::new().brief("quiet", "It rained in the night, and the river rose.");
    let _ = quiet.build().expect_ok().expect_no_page("search/index.html");
}

#[test]
fn a_day_later_the_other_days_keep_their_files() {
    let site = SiteTest::new().good();
    let _ = site.build().expect_ok();
    let before = index(&site);
    site.write(
        "content/later.md",
        "+++\ntitle = \"Later\"\ndate = 2025-12-13\n+++\n\n\"The bridge is shut,\" harbour master Ada Moreno said on Friday.\n",
    );
    let _ = site.build().expect_ok();
    let after = index(&site);
    for (path, text) in before.iter().filter(|(path, _)| path.starts_with("rows/")) {
        assert_eq!(after.get(path), Some(text), "{path}");
    }
    assert!(after.contains_key("rows/2025/12-12-0.json") && after.contains_key("rows/2025/12-13-0.json"));
}

#[test]
fn the_index_gives_way_to_nothing_and_says_so() {
    let site = SiteTest::new().good().file("static/search/index.txt", "mine");
    let done = site.build();
    assert!(
        done.stderr.contains("error[P001 address-taken]: `search/index.txt` is a page of the site")
            || done.stderr.contains("`search/index.txt` is a page of the site"),
        "{}",
        done.stderr
    );
}

#[test]
fn words_of_another_language_have_its_stems() {
    let german = "+++\ntitle = \"Hafen\"\ndate = 2025-12-06\nlang = \"de\"\ndescription = \"Die Verhandlungen gehen weiter, eine Verhandlung ruht.\"\n+++\n\nText.\n";
    let site = SiteTest::new().good().file("content/hafen.md", german);
    let _ = site.build().expect_ok();
    let words = &index(&site)["index.txt"];
    let list = |word: &str| {
        let line = words.lines().find_map(|line| line.strip_prefix(&format!("{word}\t\t")));
        line.unwrap_or_else(|| panic!("no {word} in {words}")).to_owned()
    };
    assert_eq!(list("verhandlung"), list("verhandlungen"));
}
