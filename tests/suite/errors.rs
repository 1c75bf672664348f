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
fn agency_copy_without_rights() {
    let wire = "date 2025-12-06 \n\nHarbour opens\n\nOSLO - It rained all day in the city. REUTERS\n";
    let site = SiteTest::new().file("content/wire.txt", wire);
    let _ = site.build().expect_ok();
    let done = site.check().expect_ok().says("F010", "content/wire.txt:5:");
    assert!(
        done.stderr
            .contains("this brief credits Reuters and is shown in full, but says nothing about rights\n"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_wrong_template_stops_the_build_and_leaves_the_last_site() {
    let site = SiteTest::new().good();
    let _ = site.build().expect_ok();
    let before = site.tree("public");
    site.write("templates/404.html", "<p>{{ nothing_of_that_name }</p>");
    let done = site.build().expect_code(1).says("T001", "templates/404.html");
    assert_eq!(
        done.stdout.replace('\\', "/"),
        "Nothing was written: a template is wrong. ./public is as it was\n"
    );
    assert_eq!(site.tree("public"), before);
}

#[test]
fn settings_that_cannot_be_read() {
    let site = SiteTest::new().good().file("dateline.toml", "title = \n");
    let done = site.build().expect_code(1).says("C001", "dateline.toml:1:");
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
