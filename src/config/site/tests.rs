//! dateline.toml: every key, every mistake.

use super::*;

fn messages(text: &str) -> String {
    Site::parse(text).1.iter().map(Diagnostic::render).collect()
}

#[test]
fn every_key_is_read() {
    let text = r#"
title = "Moon Desk"
description = "Who said what."
base_url = "https://example.org/moon"
lang = "en-GB"
report = "mailto:desk@example.org"
per_page = 10
outlet = "Moon Desk"
search = false
[[menu]]
title = "About"
url = "/about/"
[annotate]
threshold = 0.75
day_first = true
[wire]
promo = ['^Join us']
[publish.web]
kind = "rsync"
url = "host:/srv"
keep = ["stats/*"]
max_delete = 9
[extra]
since = 2025-12-06
"#;
    let (site, diagnostics) = Site::parse(text);
    let site = site.unwrap();
    assert_eq!(diagnostics, []);
    assert_eq!((site.title.as_str(), site.lang.as_str(), site.per_page), ("Moon Desk", "en-GB", 10));
    assert_eq!(site.base_url.path(), "/moon/");
    assert_eq!(site.menu, [MenuItem { title: "About".into(), url: "/about/".into() }]);
    assert!(!site.search && Site::default().search);
    assert!(site.day_first && (site.threshold - 0.75).abs() < 1e-6);
    assert_eq!(site.promo, Promo::new(["^Join us"]).unwrap());
    assert_eq!(site.publish[0].max_delete, Some(9));
    assert_eq!(site.extra["since"], "2025-12-06");
}

#[test]
fn an_empty_file_gives_the_defaults() {
    assert_eq!(Site::parse(""), (Some(Site::default()), vec![]));
}

#[test]
fn an_unknown_key_is_named_with_its_place_and_the_nearest_known_one() {
    assert_eq!(
        messages("titel = \"A\"\n"),
        "warning[C003 unknown-setting]: unknown key `titel`\n\
         \x20 --> dateline.toml:1:1\n\
         \x20  |\n\
         1  | titel = \"A\"\n\
         \x20  | ^^^^^\n\
         \x20  = help: did you mean `title`?\n"
    );
    assert!(messages("baseURL = \"https://a.example\"").ends_with("help: write `base_url`\n"));
}

#[test]
fn values_that_cannot_be_are_errors_at_their_place() {
    for (text, message, line) in [
        ("title = 1", "`title` must be a text, not a number", 1),
        ("base_url = \"example.org\"", "`example.org` does not start with https:// or http://", 1),
        ("[annotate]\nthreshold = 80", "`threshold` must lie between 0 and 1", 2),
        ("[wire]\npromo = ['(']", "this is no regular expression: unclosed group", 2),
        ("[wire]\npromo = ['x*']", "this pattern matches every line, even an empty one", 2),
        ("[publish.web]\nkind = \"ftp\"", "`ftp` is no kind of publishing", 2),
        ("[publish.web]\nkind = \"git\"", "`publish.web` does not say where", 1),
        ("report = \"javascript:alert(1)\"", "`javascript:alert(1)` is no address for reports", 1),
        ("lang = \"english please\"", "`english please` is no language tag", 1),
        ("theme = \"../x\"", "`../x` is no name of a theme", 1),
        ("search = \"no\"", "`search` must be true or false, not a text", 1),
        ("per_page = 0", "`per_page` must be a whole number from 1 up", 1),
        ("[[menu]]\ntitle = \"A\"\nurl = \"javascript:x\"", "`javascript:x` is no address for the menu", 3),
    ] {
        let (site, diagnostics) = Site::parse(text);
        assert!(site.is_some());
        assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:?}");
        assert_eq!(diagnostics[0].message, message);
        assert_eq!(diagnostics[0].location.as_ref().unwrap().line, line, "{text}");
        assert!(diagnostics[0].hint.is_some(), "{text}");
    }
}

#[test]
fn what_is_no_toml_is_one_error() {
    let (site, diagnostics) = Site::parse("title = \"A\"\nlang = \n");
    assert_eq!(site, None);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].code, Code::BAD_CONFIG);
    assert_eq!(diagnostics[0].location.as_ref().unwrap().line, 2);
}
