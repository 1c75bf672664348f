//! The editor's word, from the note to the page.

use std::fs;

use crate::support::{DAY, SiteTest};

/// A brief about a bridge.
const BODY: &str = "OSLO - \"The bridge is open,\" harbour master Ada Moreno said on Friday.\n\n\
                    \"The pumps had failed,\" engineer Tomas Okoye said.";

fn site() -> SiteTest {
    SiteTest::new().brief("moon/bridge", BODY)
}

#[test]
fn a_note_beside_a_brief_is_shown_as_checked_and_never_published() {
    let notes = "[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"Vera Holm\"\nwhy = \"secret reason\"\n\n\
                 [[notes]]\ndate = \"Friday\"\nvalue = 2025-11-28\n";
    let site = site().file("content/moon/bridge.notes.toml", notes);
    let done = site.build().expect_ok().stderr_is("").nowhere("secret reason");
    assert!(!site.tree("public").keys().any(|path| path.contains("notes")));
    let page = done.page("briefs/bridge/index.html");
    assert!(page.contains("<small>checked by an editor</small>"), "{page}");
    assert_eq!(
        page.matches("checked by an editor").count(),
        3,
        "in the rail, in the list, at the date: {page}"
    );
    assert!(page.contains(" Checked by an editor: 1 quotation, 1 date."), "{page}");
    assert!(page.contains("<a href=\"/days/2025/11/28/\">Friday</a>"), "{page}");
    let vera = done.page("speakers/vera-holm/index.html");
    assert!(vera.contains("The bridge is open") && vera.contains("28 Nov</time>"), "{vera}");
    let _ = done.expect_no_page("speakers/ada-moreno/index.html");
    let _ = site.check().expect_ok().stderr_is("");
}

#[test]
fn wire_copy_has_notes_too() {
    let text =
        "date 2025-12-06\nHarbour reopens\n\nOSLO (Reuters) - It rained, and the harbour was wet all day.\n";
    let site = SiteTest::new().file("content/rain.txt", text).file(
        "content/rain.notes.toml",
        "[[notes]]\nquotation = \"the harbour was wet\"\nspeaker = \"Jon Berg\"\n",
    );
    let done = site.build().stderr_is("").expect_ok();
    assert!(done.page("speakers/jon-berg/index.html").contains("the harbour was wet"));
}

#[test]
fn what_is_rejected_is_in_no_page_list_or_data() {
    let plain = site();
    assert!(
        plain.build().expect_ok().page("speakers/tomas-okoye/index.html").contains("The pumps had failed")
    );
    let site = site().file(
        "content/moon/bridge.notes.toml",
        "[[notes]]\nquotation = \"The pumps had failed\"\nreject = true\n\
         [[notes]]\nmention = \"Tomas Okoye\"\nreject = true\n[[notes]]\ndate = \"Friday\"\nreject = true\n",
    );
    let done = site.build().expect_ok().stderr_is("");
    let page = done.page("briefs/bridge/index.html");
    assert!(page.contains("The pumps had failed"), "the text stays");
    assert_eq!(page.matches("class=\"said ").count(), 1, "one quotation is marked: {page}");
    let tree = site.tree("public");
    for (path, content) in &tree {
        let text = String::from_utf8_lossy(content);
        assert!(!text.contains("tomas-okoye"), "{path}");
        assert!(!text.contains("days/2025/12/05"), "{path}");
    }
    let json = site.run(&["annotate", "--format", "json", "content/moon/bridge.md"]).expect_ok().stdout;
    assert!(!json.contains("\"Tomas Okoye\"") && !json.contains("\"2025-12-05\""), "{json}");
}

#[test]
fn annotate_and_its_json_say_who_decided() {
    let site = site().file(
        "content/moon/bridge.notes.toml",
        "[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"vera-holm\"\nsaid_on = 2025-12-04\n\
         [[notes]]\ndate = \"Friday\"\nconfirm = true\n",
    );
    let site = site.file("people.toml", "[[person]]\nid = \"vera-holm\"\nname = \"Vera Holm\"\n");
    let json = site.run(&["annotate", "--format", "json", "content/moon/bridge.md"]).expect_ok().stdout;
    for part in [
        "\"profile\":\"vera-holm\"",
        "\"said_on\":\"2025-12-04\",\"said_on_basis\":\"editor\"",
        "\"confidence\":1.0,\"provenance\":\"editor\",\"repeats\"",
        "\"value\":\"2025-12-05\"",
        "\"anchor\":\"publication\",\"confidence\":1.0,\"provenance\":\"editor\"}",
    ] {
        assert!(json.contains(part), "{part} in {json}");
    }
    let text = site.run(&["annotate", "content/moon/bridge.md"]).expect_ok().stdout;
    assert!(text.contains("Vera Holm") && text.contains("checked by an editor"), "{text}");
    let html = site.run(&["annotate", "--format", "html", "content/moon/bridge.md"]).expect_ok().stdout;
    assert!(html.contains("Vera Holm"), "{html}");
}

#[test]
fn links_are_the_editors_word_and_no_links() {
    let site = SiteTest::new()
        .file("people.toml", "[[person]]\nid = \"ada-moreno\"\nname = \"Ada Moreno\"\n")
        .brief("a", "OSLO - “It is open,” [Ms Moreno](speaker:ada-moreno) said on [Friday](date:2025-11-28).")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nBy [me](speaker:ada-moreno).\n");
    let done = site.check().expect_ok();
    assert_eq!(done.stderr.matches("warning[").count(), 1, "{}", done.stderr);
    let done = done.says("M002", "content/pages/about.md");
    drop(done);
    let done = site.build().expect_ok().nowhere("speaker:ada").nowhere("date:2025");
    let page = done.page("briefs/a/index.html");
    assert!(
        page.contains("Ms Moreno") && page.contains("<a href=\"/days/2025/11/28/\">Friday</a>"),
        "{page}"
    );
    assert!(done.page("speakers/ada-moreno/index.html").contains("It is open"));
}

#[test]
fn an_id_tells_namesakes_apart() {
    let people = "[[person]]\nid = \"ann-lee\"\nname = \"Ann Lee\"\nroles = [\"mayor\"]\n\n\
                  [[person]]\nid = \"ann-lee-poet\"\nname = \"Ann Lee\"\nonly_in = [\"no-such-brief\"]\n";
    let site = SiteTest::new().file("people.toml", people).brief(
        "a",
        "OSLO - “It is open,” [Ann Lee](speaker:ann-lee-poet) said. “It is shut,” Tomas Okoye said.",
    );
    let done = site.build().expect_ok();
    assert!(done.page("speakers/ann-lee-poet/index.html").contains("It is open"), "{}", done.stderr);
    assert!(!done.page("speakers/index.html").contains("\"/speakers/ann-lee/\""), "nobody speaks there");
}

#[test]
fn a_note_that_fits_no_longer_is_told_and_the_brief_is_built() {
    let site = site().good().file(
        "content/moon/bridge.notes.toml",
        "[[notes]]\nquotation = \"The bridge was open\"\nspeaker = \"Vera Holm\"\n",
    );
    let expected = "\
error[N004 note-lost]: the text does not have the words “The bridge was open”
  --> content/moon/bridge.notes.toml:2:13
   |
2  | quotation = \"The bridge was open\"
   |             ^^^^^^^^^^^^^^^^^^^^^
   = help: the nearest are in line 6: “The bridge is open”; write them if they are meant, or take the note out

1 error
";
    let done = site.build().expect_code(1).good_is_built().stderr_is(expected);
    assert!(done.page("speakers/ada-moreno/index.html").contains("The bridge is open"));
    let _ = site.check().expect_code(1).stderr_is(expected);
    let json = site.run(&["check", "--as-of", DAY, "--format", "json"]);
    assert!(json.stdout.contains("\"N004\""), "{}", json.stdout);
}

#[test]
fn notes_without_a_brief_are_told() {
    let site = SiteTest::new()
        .good()
        .file("content/gone.notes.toml", "[[notes]]\n")
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nUs.\n")
        .file("content/pages/about.notes.toml", "");
    let _ = site.build().expect_ok().good_is_built().stderr_is(
        "\
warning[N009 notes-without-brief]: there is no brief that these notes are about
 --> content/gone.notes.toml
  = help: notes about `a.md` or `a.txt` lie beside it in `a.notes.toml`; plain pages have none

warning[N009 notes-without-brief]: there is no brief that these notes are about
 --> content/pages/about.notes.toml
  = help: notes about `a.md` or `a.txt` lie beside it in `a.notes.toml`; plain pages have none

2 warnings
",
    );
}

#[test]
fn a_plain_page_has_no_notes() {
    let page = "+++\ntitle = \"About\"\n\n[[notes]]\ndate = \"May\"\nvalue = 2025\n+++\n\nSince May.\n";
    let site = SiteTest::new().good().file("content/pages/about.md", page);
    let _ = site.build().expect_ok().good_is_built().expect_page("about/index.html").stderr_is(
        "\
warning[N009 notes-without-brief]: a plain page is not annotated: its notes say nothing
  --> content/pages/about.md:4:1
   |
4  | [[notes]]
   | ^^^^^^^^^
   = help: take `notes` out, or move the page out of content/pages/

1 warning
",
    );
}

#[test]
fn notes_about_what_is_withheld_are_not_read_and_no_link_publishes_any() {
    let held = "+++\ntitle = \"Held\"\ndate = 2025-12-06\nstatus = \"withheld\"\n+++\n\nOSLO - Rain.\n";
    let site = SiteTest::new()
        .brief(
            "good",
            "OSLO - \"The bridge is open,\" Ada Moreno said. [Notes](good.notes.toml), ![n](good.notes.toml)",
        )
        .file("content/good.notes.toml", "# codeword\n")
        .file("content/held.md", held)
        .file("content/held.notes.toml", "[[notes]]\nquotation = \"codeword\"\nreject = true\n");
    let done = site.build().expect_code(1).says("M004", "content/good.md").nowhere("codeword");
    assert!(!done.stderr.contains("codeword") && !done.stderr.contains("N00"), "{}", done.stderr);
    assert!(!site.tree("public").keys().any(|path| path.contains("notes.toml")));
}

#[test]
fn notes_that_cannot_be_read_cost_the_notes_alone() {
    for (content, code) in
        [(&b"[[notes]\n"[..], "N001"), (b"\xff\xfe\x00", "E005"), (&vec![b'#'; (4 << 20) + 1], "E006")]
    {
        let site = SiteTest::new().good().file("content/good.notes.toml", content);
        let done = site.build().expect_code(1).good_is_built().says(code, "content/good.notes.toml");
        assert!(done.page("speakers/ada-moreno/index.html").contains("The bridge is open"));
    }
}

#[test]
fn taking_a_note_out_brings_back_what_was_found() {
    let site = site();
    let _ = site.build().expect_ok();
    let plain = site.tree("public");
    site.write(
        "content/moon/bridge.notes.toml",
        "[[notes]]\nquotation = \"The bridge is open\"\nreject = true\n",
    );
    let _ = site.build().expect_ok();
    assert!(site.tree("public") != plain);
    fs::remove_file(site.root().join("content/moon/bridge.notes.toml")).unwrap();
    let _ = site.build().expect_ok();
    assert!(site.tree("public") == plain);
}
