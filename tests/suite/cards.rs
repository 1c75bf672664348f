//! The pictures for shared links, and where they are kept.

use std::fs;

use crate::support::SiteTest;

const KEPT: &str = ".dateline-cache/cards";

fn laid() -> SiteTest {
    SiteTest::new().good().file(
        "dateline.toml",
        "title = \"Test site\"\nbase_url = \"https://news.example/\"\ncards = \"briefs\"\n",
    )
}

#[test]
fn pictures_are_kept_between_builds_and_are_the_same_without_what_was_kept() {
    let site = laid();
    let _ = site.build().expect_ok();
    let first = site.tree("public");
    for path in ["card.png", "briefs/good/card.png"] {
        assert!(first[path].starts_with(b"\x89PNG"), "{path}");
    }
    assert!(!first.keys().any(|path| path.contains("cache")));
    let kept = site.tree(KEPT);
    assert_eq!(kept.len(), 2);
    let _ = site.build().expect_ok();
    assert_eq!(site.tree(KEPT), kept, "nothing is drawn again");
    fs::remove_dir_all(site.root().join(".dateline-cache")).unwrap();
    let _ = site.build().expect_ok();
    assert!(site.tree("public") == first && site.tree(KEPT) == kept);
    site.write(
        "content/good.md",
        "+++\ntitle = \"Another headline\"\ndate = 2025-12-06\n+++\n\nIt rained.\n",
    );
    let _ = site.build().expect_ok();
    let now = site.tree(KEPT);
    assert_eq!(now.len(), 2, "what no page shows any more is not kept");
    assert_eq!(now.keys().filter(|name| kept.contains_key(*name)).count(), 1);
}

#[test]
fn a_picture_of_the_sites_own_goes_before_the_drawn_one() {
    let site = laid().file("static/card.png", b"\x89PNG own");
    let done = site.build().expect_ok();
    assert!(!done.stderr.contains("error"), "{}", done.stderr);
    assert_eq!(site.tree("public")["card.png"], b"\x89PNG own");
    assert_eq!(site.tree(KEPT).len(), 1);
}

#[test]
fn a_check_keeps_nothing() {
    let site = laid();
    let _ = site.check().expect_ok();
    assert!(!site.root().join(".dateline-cache").exists());
}

#[test]
fn a_template_that_is_no_picture_is_a_mistake_in_the_template() {
    let site = laid().file("templates/card.svg", "<p>no picture</p>\n");
    let done = site.build().expect_code(1);
    assert!(
        done.stderr.starts_with("error[T001 bad-template]: no picture can be made of this: ")
            && done.stderr.contains("\n --> templates/card.svg\n")
            && done.stderr.contains(
                "\n  = help: the template must give an SVG with `width` and `height`, its words as the paths it gets\n"
            ),
        "{}",
        done.stderr
    );
}
