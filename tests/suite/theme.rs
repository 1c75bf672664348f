//! A theme between the built-in one and a site's own files: themes/plain of this repository.

use std::path::Path;

use crate::support::SiteTest;

const BRIEF: &str = "+++\ntitle = \"The gate holds\"\ndate = 2025-12-05\n+++\n\n\
                     “The gate holds,” Ann Lee, the harbour master, said on Friday.\n";

/// A site with the theme of the repository.
fn themed() -> SiteTest {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/plain");
    let mut site = SiteTest::new().file("content/gate.md", BRIEF).file(
        "dateline.toml",
        "title = \"Gate News\"\nbase_url = \"https://gate.example/\"\ntheme = \"plain\"\n",
    );
    for (path, bytes) in crate::support::tree(&folder) {
        site = site.file(&format!("themes/plain/{path}"), bytes);
    }
    site
}

#[test]
fn a_theme_draws_the_pages_and_the_built_in_one_the_rest() {
    let site = themed();
    let done = site.build().expect_ok();
    let brief = done.page("briefs/gate/index.html");
    assert!(brief.contains("<h2 id=\"said\">Who said what</h2>"), "{brief}");
    assert!(!brief.contains("class=\"rail\"") && !brief.contains("brief.js"), "{brief}");
    // The head comes from the built-in frame.
    assert!(brief.contains("application/ld+json") && brief.contains("rel=\"canonical\""));
    let css = String::from_utf8(site.tree("public")["site.css"].clone()).unwrap();
    assert!(css.starts_with("/* Plain: "), "{css}");
    for (path, bytes) in site.tree("public").into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes).unwrap();
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert!(html.contains("http-equiv=\"refresh\"") || html.contains("Gate News"), "{path}");
    }
    drop(site.check().expect_ok());
}

#[test]
fn a_site_s_own_file_goes_before_the_theme_and_may_extend_it() {
    let own =
        "{% extends \"theme/brief.html\" %}{% block dates %}<p>No list of dates.</p>{% endblock dates %}";
    let site = themed().file("templates/brief.html", own).file("static/site.css", "/* ours */");
    let brief = site.build().expect_ok().page("briefs/gate/index.html");
    assert!(brief.contains("<p>No list of dates.</p>") && !brief.contains("id=\"dates\""), "{brief}");
    assert!(!brief.contains("class=\"rail\""), "{brief}");
    assert_eq!(site.tree("public")["site.css"], b"/* ours */");
}

#[test]
fn a_mistake_in_a_theme_and_a_theme_that_is_not_there_are_told() {
    let site = themed().file("themes/plain/templates/brief.html", "<p>\n{{ page.titel }}</p>");
    let told = site.build().expect_code(1).stderr;
    assert!(
        told.starts_with("error[T001 bad-template]: field `titel` is not defined.")
            && told.contains("--> themes/plain/templates/brief.html:2:9")
            && told.contains("= help: did you mean `title`?"),
        "{told}"
    );
    let site = SiteTest::new().file("content/gate.md", BRIEF).file("dateline.toml", "theme = \"fancy\"\n");
    let told = site.build().expect_code(1).stderr;
    assert!(
        told.contains("there is no theme `fancy`\n")
            && told.contains(
                "= help: put its templates/ and static/ into themes/fancy/, or take `theme` away\n"
            ),
        "{told}"
    );
}
