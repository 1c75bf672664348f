//! Addresses that two want, and former ones.

use super::*;
use crate::library::{PlainPage, permalink};

#[test]
fn the_second_brief_of_one_slug_is_left_out() {
    let second = brief("b", day(2025, 1, 2)).with(|f| f.slug = "a".into()).speaker("Ann Lee", &[]);
    let (library, said) = fold(vec![brief("a", day(2025, 1, 1)), second]);
    assert_eq!((library.briefs.len(), library.statements.len()), (1, 0));
    assert_eq!(
        printed(&said),
        "error[A001 address-taken]: the address /briefs/a/ belongs to content/a.md; this brief is left out\n\
         \x20--> content/b.md\n\
         \x20 = help: give this brief a `slug` of its own in its front matter\n"
    );
}

#[test]
fn an_alias_gives_way_to_every_page() {
    let aliases = |list: &[&str]| list.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
    let a = brief("a", day(2025, 1, 1)).speaker("Ann Lee", &[]).with(|f| {
        f.topics = vec!["Moon".into()];
        f.aliases = aliases(&[
            "/old/",
            "/old/index.html",
            "/briefs/a",
            "/briefs/page/7/",
            "/speakers/ann-lee/",
            "/days/2025/01/01/",
            "/days/2025/01/",
            "/topics/moon/index.html",
            "/index.html",
            "/atom.xml/",
            "/atom.xml/x/",
            "/a.html",
            "/b.html/c/",
            "/b.html",
        ]);
    });
    let b = brief("b", day(2025, 1, 2)).with(|f| f.aliases = aliases(&["/old", "/free/", "/a.html/b"]));
    let (mut library, said) = fold(vec![a, b]);
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(
        library.redirects(),
        [
            pair("/a.html", "/briefs/a/"),
            pair("/b.html/c/", "/briefs/a/"),
            pair("/free/", "/briefs/b/"),
            pair("/old/index.html", "/briefs/a/")
        ]
    );
    let messages: Vec<_> = said.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the alias /atom.xml/ is left out: a page of the site stands there",
            "the alias /atom.xml/x/ is left out: /atom.xml is a file",
            "the alias /b.html is left out: it is the folder of /b.html/c",
            "the alias /briefs/a is left out: its own page stands there",
            "the alias /briefs/page/7/ is left out: a page of the site stands there",
            "the alias /days/2025/01/ is left out: a page of the site stands there",
            "the alias /days/2025/01/01/ is left out: a page of the site stands there",
            "the alias /index.html is left out: a page of the site stands there",
            "the alias /speakers/ann-lee/ is left out: a page of the site stands there",
            "the alias /topics/moon/index.html is left out: a page of the site stands there",
            "the alias /a.html/b is left out: /a.html is a file",
            "the alias /old is left out: it leads to /briefs/a/ already",
        ]
    );
    assert_eq!(
        said[11].render(),
        "error[A001 address-taken]: the alias /old is left out: it leads to /briefs/a/ already\n\
         \x20--> content/b.md\n\
         \x20 = help: take it out of `aliases`, or give the other page another address\n"
    );

    let page = |slug: &str, list: &[&str]| PlainPage {
        address: permalink::page(slug),
        entry: format!("content/pages/{slug}.md").into(),
        aliases: aliases(list),
    };
    let said = library.reserve(&[
        page("free", &["/imprint/", "/a.html", "/briefs/a/"]),
        page("topics", &["/themes/"]),
        page("free", &[]),
    ]);
    let messages: Vec<_> = said.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the address /topics/ is taken; this page is left out",
            "the address /free/ is taken; this page is left out",
            "the alias /free/ is left out: a page of the site stands there",
            "the alias /a.html is left out: it leads to /briefs/a/ already",
            "the alias /briefs/a/ is left out: a page of the site stands there",
        ]
    );
    assert_eq!(
        said[0].render(),
        "error[A001 address-taken]: the address /topics/ is taken; this page is left out\n\
         \x20--> content/pages/topics.md\n\
         \x20 = help: give this page a `slug` of its own in its front matter\n"
    );
    assert_eq!(
        library.redirects(),
        [
            pair("/a.html", "/briefs/a/"),
            pair("/b.html/c/", "/briefs/a/"),
            pair("/imprint/", "/free/"),
            pair("/old/index.html", "/briefs/a/")
        ]
    );
}
