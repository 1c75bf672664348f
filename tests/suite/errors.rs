//! Messages to the letter: they are an interface.

use crate::support::SiteTest;

#[test]
fn a_link_that_leads_nowhere() {
    let site = SiteTest::new().brief("a", "OSLO - See [the other](/briefs/gone/) and [below](#nothing).");
    let _ = site.build().expect_ok();
    let _ = site.check().expect_code(1).stderr_is(
        "\
error[A002 broken-link]: the link `/briefs/gone/` leads nowhere: the site has no such page or file
  --> content/a.md:6:24
   |
6  | OSLO - See [the other](/briefs/gone/) and [below](#nothing).
   |                        ^^^^^^^^^^^^^
   = help: mend the address, or give the page that it means this address in its `aliases`

error[A002 broken-link]: the link `#nothing` leads to a page that has no such anchor
  --> content/a.md:6:51
   |
6  | OSLO - See [the other](/briefs/gone/) and [below](#nothing).
   |                                                   ^^^^^^^^
   = help: mend the address, or give the page that it means this address in its `aliases`

2 errors
",
    );
}

#[test]
fn an_image_that_is_not_there() {
    let site = SiteTest::new().good().brief("trip/a", "OSLO - Look: ![dawn](dawn.png)");
    let _ = site.build().expect_code(1).good_is_built().stderr_is(
        "\
error[M004 missing-file]: the image `dawn.png` is not there
  --> content/trip/a.md:6:14
   |
6  | OSLO - Look: ![dawn](dawn.png)
   |              ^^^^^^^^^^^^^^^^^
   = help: put it at `content/trip/dawn.png`, or mend the address

1 error
",
    );
}

#[test]
fn a_broken_image_is_named_once() {
    let site = SiteTest::new().brief("a", "OSLO - Look: ![dawn](dawn.png) and [more](more.md)");
    let done =
        site.check().expect_code(1).says("M004", "content/a.md:6:14").says("A002", "content/a.md:6:43");
    assert!(done.stderr.ends_with("\n2 errors\n"), "{}", done.stderr);
}

#[test]
fn a_foreign_file_in_the_way() {
    let site = SiteTest::new().good().file("public/index.html", "mine");
    let done = site.build().expect_code(1).stderr_is(
        "\
error[A003 foreign-file]: `index.html` was not written: a file that Dateline did not write stands there
  = help: move it out of the output folder, or delete it, and build again

1 error
",
    );
    assert_eq!(done.page("index.html"), "mine");
    done.page("briefs/good/index.html");
}

#[test]
fn a_wrong_template_stops_the_build_and_leaves_the_last_site() {
    let site = SiteTest::new().good();
    let _ = site.build().expect_ok();
    let before = site.tree("public");
    site.write("templates/404.html", "<p>{{ nothing_of_that_name }}</p>");
    let done = site.build().expect_code(1).stderr_is(
        "\
error[T001 bad-template]: variable `nothing_of_that_name` is not defined. Available variables: head, page, site
  --> templates/404.html:1:7
   |
1  | <p>{{ nothing_of_that_name }}</p>
   |       ^
   = help: docs/templates.md lists which values there are; one that is not known is `null`, never left out

1 error
",
    );
    assert_eq!(
        done.stdout.replace('\\', "/"),
        "Nothing was written: a template is wrong. ./public is as it was\n"
    );
    assert_eq!(site.tree("public"), before);
}

#[test]
fn settings_that_cannot_be_read() {
    let site = SiteTest::new().good().file("dateline.toml", "title = \n");
    let done = site.build().expect_code(1).stderr_is(
        "\
error[C001 bad-config]: this is no valid TOML: string values must be quoted, expected literal string
  --> dateline.toml:1:9
   |
1  | title = \n   |         ^

1 error
",
    );
    assert_eq!(done.stdout, "");
    assert!(!site.root().join("public").exists());
}

#[test]
fn a_static_file_that_is_a_page() {
    let site = SiteTest::new().good().file("static/index.html", "mine");
    let _ = site.build().expect_code(1).good_is_built().stderr_is(
        "\
error[A001 address-taken]: `index.html` is a page of the site
 --> static/index.html
  = help: give the file another name

1 error
",
    );
}

#[test]
fn an_output_folder_that_is_a_file() {
    let site = SiteTest::new().good().file("public", "a file");
    let done = site.build().expect_code(2);
    assert_eq!(
        done.stderr.replace('\\', "/"),
        "dateline: ./public is no folder, so no site can be written there\n"
    );
}

#[test]
fn a_damaged_list_of_our_files() {
    let site = SiteTest::new().good();
    let _ = site.build().expect_ok();
    site.write("public/.dateline.json", "{");
    let done = site.build().expect_code(2);
    assert!(
        done.stderr.contains("without it Dateline cannot tell its own files from yours"),
        "{}",
        done.stderr
    );
}

/// Small mistakes, each with all that `check` says about it.
#[test]
fn a_mistake_in_content_is_said_to_the_letter() {
    for (name, content, expected) in MISTAKES {
        let site = SiteTest::new().file(&format!("content/{name}"), content);
        let done = site.check();
        assert_eq!(done.stderr, expected.trim_start_matches('\n'), "{}", String::from_utf8_lossy(content));
        assert_eq!(done.code, i32::from(expected.starts_with("\nerror")), "{expected}");
    }
}

const MISTAKES: &[(&str, &[u8], &str)] = &[
    (
        "a.md",
        "+++\ntitle = \"A\"\ndate = 2025-12-06\nslug = \"../x\"\n+++\n\nOSLO - Rain.\n".as_bytes(),
        r#"
error[F007 bad-slug]: a slug is one segment of an address: it holds no slash
  --> content/a.md:4:8
   |
4  | slug = "../x"
   |        ^^^^^^
   = help: write `slug = "x"`; the brief is left out until then

1 error
"#,
    ),
    (
        "a.md",
        "+++\ntitle = \"A\"\ndate = 2025-12-06\naliases = [\"/../x/\"]\n+++\n\nOSLO - Rain.\n".as_bytes(),
        r#"
error[F008 bad-alias]: no segment of an alias is empty or starts with a dot
  --> content/a.md:4:12
   |
4  | aliases = ["/../x/"]
   |            ^^^^^^^^
   = help: write a former path of this page, such as `/old/place/`

1 error
"#,
    ),
    (
        "a.md",
        "+++\ntitle = \"A\"\ndate = 2025-12-06\naliases = [\"/briefs/\"]\n+++\n\nOSLO - Rain.\n".as_bytes(),
        r#"
error[A001 address-taken]: the alias /briefs/ is left out: a page of the site stands there
 --> content/a.md
  = help: take it out of `aliases`, or give the other page another address

1 error
"#,
    ),
    (
        "a.md",
        "+++\ntitle = \"A\"\ndate = 2025-12-06\nsource_url = \"javascript:x\"\n+++\n\nOSLO - Rain.\n"
            .as_bytes(),
        r#"
error[F012 bad-url]: `javascript:x` is no web address
  --> content/a.md:4:14
   |
4  | source_url = "javascript:x"
   |              ^^^^^^^^^^^^^^
   = help: write an address that starts with https://

1 error
"#,
    ),
    (
        "a.md",
        "+++\ntitle = \"A\"\ndate = 2025-12-06\ntopcis = []\n+++\n\nOSLO - Rain.\n".as_bytes(),
        r#"
warning[F005 unknown-key]: unknown key `topcis`
  --> content/a.md:4:1
   |
4  | topcis = []
   | ^^^^^^
   = help: did you mean `topics`?

1 warning
"#,
    ),
    (
        "a.md",
        "+++\ntitle = A\n+++\n\nOSLO - Rain.\n".as_bytes(),
        r#"
error[F002 bad-front-matter]: this is no valid TOML: string values must be quoted, expected literal string
  --> content/a.md:2:9
   |
2  | title = A
   |         ^

1 error
"#,
    ),
    (
        "a.md",
        "+++\ntitle = \"A\"\n\nOSLO - Rain.\n".as_bytes(),
        r#"
error[F001 unclosed-front-matter]: the front matter is not closed: there is no second `+++`
  --> content/a.md:1:1
   |
1  | +++
   | ^^^
   = help: put `+++` on a line of its own after the last key

1 error
"#,
    ),
    (
        "a.md",
        "OSLO - Rain.\n".as_bytes(),
        r#"
error[F003 missing-date]: this brief has no date
  --> content/a.md:1:1
   |
1  | OSLO - Rain.
   | ^^^^^^^^^^^^
   = help: begin the file with `+++`, `date = 2026-01-15` and `+++`, each on a line of its own, or its name with `2026-01-15-`

1 error
"#,
    ),
    (
        "a.md",
        "".as_bytes(),
        r#"
error[E007 empty-file]: this file holds no words
 --> content/a.md
  = help: write something, or remove the file

1 error
"#,
    ),
    (
        "a.md",
        "+++\ntitle = \"A\"\ndate = 2025-12-06\ndraft = true\n+++\n\nOSLO - Rain.\n".as_bytes(),
        r#"
note[F009 withheld]: held back: it is a draft
 --> content/a.md

"#,
    ),
    (
        "a.md",
        "+++\ntitle = \"A\"\ndate = 2025-12-06\n+++\n\nOSLO - Rain <b>now</b>.\n".as_bytes(),
        r#"
warning[M001 raw-html]: raw HTML is shown as text, here and in 1 more place
  --> content/a.md:6:13
   |
6  | OSLO - Rain <b>now</b>.
   |             ^^^
   = help: write it in Markdown

1 warning
"#,
    ),
    (
        "a.md",
        "+++\ntitle = \"A\"\ndate = 2025-12-06\n+++\n\nOSLO - [Rain](javascript:x).\n".as_bytes(),
        r#"
warning[M002 link-scheme]: `javascript:x` is not linked
  --> content/a.md:6:8
   |
6  | OSLO - [Rain](javascript:x).
   |        ^^^^^^^^^^^^^^^^^^^^
   = help: link to http, https, mailto or a path of this site

1 warning
"#,
    ),
    (
        "a.md",
        "+++\ntitle = \"A\"\ndate = 2025-12-06\n+++\n\nOSLO - Ra\0in.\n".as_bytes(),
        r#"
error[E003 nul-byte]: this file holds a NUL byte: it is no text
  --> content/a.md:6:10
   |
6  | OSLO - Ra�in.
   |          ^
   = help: take the file out of content/, or save it as UTF-8

1 error
"#,
    ),
    (
        "a.md",
        b"\xff\xfe+\x00",
        r#"
error[E001 unknown-encoding]: this file is in UTF-16
 --> content/a.md
  = help: save it as UTF-8

1 error
"#,
    ),
    (
        "w.txt",
        b"date 2025-12-06 \n\nRain\n\nOSLO - It rained \x93a lot\x94.\n",
        r#"
warning[F004 derived-title]: no headline is given; “Rain” was made of the text
 --> content/w.txt
  = help: put the headline on a line of its own before the text, without a full stop, or give `title`

warning[E002 windows-1252]: this file is no UTF-8; it was read as Windows-1252
  --> content/w.txt:5:18
   |
5  | OSLO - It rained “a lot”.
   |                  ^
   = help: save it as UTF-8

2 warnings
"#,
    ),
    (
        "wire.txt",
        "date 2025-12-06 \n\nHarbour opens\n\nOSLO - It rained all day in the city. REUTERS\n".as_bytes(),
        r#"
warning[F010 agency-copy-without-rights]: this brief credits Reuters and is shown in full, but says nothing about rights
  --> content/wire.txt:5:39
   |
5  | OSLO - It rained all day in the city. REUTERS
   |                                       ^^^^^^^
   = help: add `rights = "…"` if you may show it, or `show = "excerpt"` or `show = "quotes"`

1 warning
"#,
    ),
];

#[test]
fn a_quotation_that_no_mark_closes() {
    let site =
        SiteTest::new().brief("a", "OSLO - It rained.\n\n“The dam will hold, Ann Lee said.\n\nIt held.");
    let _ = site.build().expect_ok().stderr_is(
        "\
warning[Q001 unclosed-quote]: no mark closes this quotation
  --> content/a.md:8:1
   |
8  | “The dam will hold, Ann Lee said.
   | ^
   = help: close it, or repeat the opening mark at the head of the next paragraph; who said how much stays uncertain until then

1 warning
",
    );
}

#[test]
fn a_language_without_rules() {
    let french = |name: &str| {
        let text = format!(
            "+++\ntitle = \"Le port de {name}\"\ndate = 2025-12-06\nlang = \"fr\"\n+++\n\n\
             OSLO - « Le port ouvre », said Ada Moreno on Friday, le 2025-12-05.\n"
        );
        (format!("content/{name}.md"), text)
    };
    let ((a, first), (b, second)) = (french("a"), french("b"));
    let site = SiteTest::new().good().file(&a, first).file(&b, second);
    let _ = site.check().expect_ok().stderr_is(
        "\
note[Q002 no-rules-for-language]: there are no rules for `fr`: only dates such as 2025-12-05 are read in this brief and one other
 --> content/a.md
  = help: `lang` in the front matter, else in dateline.toml, says the language; speakers are read in `en`

",
    );
    let page = site.build().expect_ok().page("briefs/a/index.html");
    assert!(page.contains("datetime=\"2025-12-05\"") && !page.contains("/speakers/ada-moreno/"), "{page}");
}
