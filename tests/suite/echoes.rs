//! The same quotation in several briefs, as a built site shows it.

use crate::support::SiteTest;

/// A brief of 6 December with one quotation.
fn brief(front: &str, text: &str) -> String {
    format!("+++\ndate = 2025-12-06\nrights = \"Ours.\"\n{front}\n+++\n\n{text}\n")
}

const GATE: &str = "Ada Moreno, the harbour master, spoke on Friday.\n\n“The gate stays shut until the last barge has left \
     the basin, and nobody is paid before that,” said Ada Moreno.";
const OTHERWISE: &str = "Ada Moreno, the harbour master, met the pilots.\n\n“The gate remains shut until the last barge has left \
     the basin, and nobody is paid before that,” said Ada Moreno.";
const OF_ANOTHER: &str = "Bela Novak, a clerk, met the pilots.\n\n“The gate stays shut until the last barge has left the basin, and \
     nobody is paid before that,” said Bela Novak.";

fn two() -> SiteTest {
    SiteTest::new()
        .file("content/one.md", brief("title = \"One\"", GATE))
        .file("content/two.md", brief("title = \"Two\"", OTHERWISE))
}

#[test]
fn each_brief_leads_to_the_other_and_marks_what_differs() {
    let site = two();
    let done = site.build().expect_ok();
    for (own, other, here, there) in [("one", "two", "stays", "remains"), ("two", "one", "remains", "stays")]
    {
        let page = done.page(&format!("briefs/{own}/index.html"));
        assert!(page.contains("</span>also in 1 brief</a>"), "{page}");
        assert!(page.contains(&format!("/briefs/{other}/#q-")), "{page}");
        assert!(page.contains(&format!("<del><span class=\"vh\">only here: </span>{here}")), "{page}");
        assert!(page.contains(&format!("<ins><span class=\"vh\">only there: </span>{there}")), "{page}");
    }
    let speaker = done.page("speakers/ada-moreno/index.html");
    assert!(speaker.contains("2 statements in 2 briefs"), "both briefs tell it, and it counts in both");
    assert!(speaker.contains("2 of the 2 statements are told so"), "{speaker}");
}

#[test]
fn what_is_held_back_is_no_other_brief() {
    for front in ["draft = true", "status = \"withheld\"", "status = \"canceled\"", "embargo = 2026-02-01"] {
        let hidden = brief(&format!("title = \"Quokka\"\nslug = \"quokka\"\n{front}"), OTHERWISE);
        let other = brief(&format!("title = \"Wombat\"\nslug = \"wombat\"\n{front}"), OF_ANOTHER);
        let site = two().file("content/quokka.md", hidden).file("content/wombat.md", other);
        let done = site.build().expect_ok().nowhere("okka").nowhere("ombat").nowhere("Novak");
        assert!(!done.stderr.contains("P006"), "{}", done.stderr);
        assert!(done.page("briefs/one/index.html").contains("</span>also in 1 brief</a>"));
    }
}

#[test]
fn who_has_no_page_is_found_and_linked_nowhere() {
    let person = "[[person]]\nid = \"ada-moreno\"\nname = \"Ada Moreno\"\npage = false\n";
    let site = two().file("people.toml", person);
    let done = site.build().expect_ok().nowhere("speakers/ada-moreno");
    let page = done.page("briefs/one/index.html");
    assert!(page.contains("/briefs/two/#q-") && page.contains("<p>Ada Moreno: <a href=\"#q-"), "{page}");
}

#[test]
fn words_of_two_people_are_told_until_an_editor_has_looked() {
    let site = SiteTest::new()
        .file("content/one.md", brief("title = \"One\"", GATE))
        .file("content/two.md", brief("title = \"Two\"", OF_ANOTHER));
    let done = site.build().expect_ok().says("P006", "content/one.md");
    assert!(
        done.stderr.contains("is Ada Moreno’s here and Bela Novak’s in content/two.md"),
        "{}",
        done.stderr
    );
    assert!(!done.page("briefs/one/index.html").contains("also in"));
    // The lines of the hint, as they stand there: the brief is corrected, and both are one quotation.
    let (_, lines) = done.stderr.split_once("into content/two.notes.toml:\n").unwrap();
    let lines = lines.split("Where").next().unwrap();
    site.write("content/two.notes.toml", lines);
    let done = site.build().expect_ok();
    assert!(!done.stderr.contains("warning"), "{}", done.stderr);
    assert!(done.page("briefs/two/index.html").contains("/briefs/one/#q-"));
    // Both may have said it.
    let confirmed = lines.replace("speaker = \"Ada Moreno\"", "confirm = true");
    site.write("content/one.notes.toml", &confirmed);
    site.write("content/two.notes.toml", &confirmed);
    let done = site.build().expect_ok();
    assert!(!done.stderr.contains("warning"), "{}", done.stderr);
    assert!(!done.page("briefs/two/index.html").contains("/briefs/one/#q-"));
}
