//! Links that are an editor's word.

use super::*;

#[test]
fn a_link_on_the_source_decides_the_speaker() {
    let done =
        with("“It is open,” [Mr Moreno](speaker:ada-moreno) said on [Friday](date:2025-11-28).", "").fine();
    let quote = done.quote("open");
    assert_eq!(
        (done.speaker("open"), quote.provenance, quote.confidence),
        ("Ada Moreno", Provenance::Editor, 1.0)
    );
    assert_eq!(quote.said_on.as_ref().unwrap().value.to_string(), "2025-11-28");
    assert_eq!(done.dates(), [("Friday".to_owned(), "2025-11-28".to_owned(), Provenance::Editor)]);
    assert_eq!(done.found.people[0].profile.as_deref(), Some("ada-moreno"));
}

#[test]
fn a_pronoun_and_a_body_may_be_meant() {
    let done = with(
        "“It is open,” [she](speaker:ada-moreno) said. “Not yet,” [the port](speaker:port-of-oslo) said.",
        "",
    )
    .fine();
    assert_eq!((done.speaker("open"), done.speaker("Not yet")), ("Ada Moreno", "Port of Oslo"));
}

#[test]
fn a_link_on_somebody_else_in_the_source_decides_nothing() {
    let body = "“It is open,” a spokesman for [Ms Moreno](speaker:ada-moreno) in Oslo said. \
                “Not yet,” [Moreno](speaker:ada-moreno)’s lawyer said.";
    let plain =
        with("“It is open,” a spokesman for Ms Moreno in Oslo said. “Not yet,” Moreno’s lawyer said.", "");
    let done = with(body, "").fine();
    for words in ["open", "Not yet"] {
        assert_ne!(done.speaker(words), "Ada Moreno", "{:?}", done.quote(words));
        assert_eq!(done.quote(words).provenance, Provenance::Rule);
    }
    assert_eq!(plain.found.quotes.len(), done.found.quotes.len());
}

#[test]
fn whose_somebody_is_decides_nothing_even_where_a_rule_had_mistaken_them() {
    for (source, decides) in [
        ("harbour master [Moreno](speaker:ada-moreno)", true),
        ("the mayor of Oslo, [Ada Moreno](speaker:ada-moreno),", true),
        ("[Ada Moreno](speaker:ada-moreno), the mayor of Oslo,", true),
        ("the wife of [Moreno](speaker:ada-moreno)", false),
        ("a lawyer for the [Moreno](speaker:ada-moreno)", false),
        ("[Moreno](speaker:ada-moreno)'s brother", false),
        ("[*Moreno*](speaker:ada-moreno)’s brother Jon", false),
    ] {
        let done = with(&format!("“It is open,” {source} said."), "").fine();
        let by_editor = done.quote("open").provenance == Provenance::Editor;
        assert_eq!(by_editor, decides, "{source}: {:?}", done.quote("open"));
        assert_eq!(done.speaker("open") == "Ada Moreno", decides, "{source}");
    }
}

#[test]
fn a_link_around_the_words_says_who_spoke_them() {
    let done = with("[“It is open,”](speaker:ada-moreno) she said. She left.", "").fine();
    assert_eq!(done.speaker("open"), "Ada Moreno");
    assert!(done.found.mentions.iter().all(|m| !m.span.of(&done.text).contains("open")));
}

#[test]
fn unknown_people_and_bad_dates_are_told() {
    let done =
        with("“It is open,” [Moreno](speaker:ada-morena) said on [Friday](date:soon) to [](date:2025).", "");
    assert_eq!(
        done.told,
        "\
error[N006 unknown-speaker]: `ada-morena` is no id of people.toml, and nobody in this brief would have it
  --> content/a.md:5:32
   |
5  | “It is open,” [Moreno](speaker:ada-morena) said on [Friday](date:soon) to [](date:2025).
   |                                ^^^^^^^^^^
   = help: did you mean `ada-moreno`?
error[N003 bad-note]: `soon` is no date that we know
  --> content/a.md:5:61
   |
5  | “It is open,” [Moreno](speaker:ada-morena) said on [Friday](date:soon) to [](date:2025).
   |                                                             ^^^^^^^^^
   = help: write it as TIMEX3 does: a day `2025-12-05`, a time `2025-12-05T14:30`, a month `2025-12`, a year `2025`
error[N003 bad-note]: this link has no words
  --> content/a.md:5:78
   |
5  | reno](speaker:ada-morena) said on [Friday](date:soon) to [](date:2025).
   |                                                             ^^^^^^^^^
   = help: put the words that are meant between the brackets
"
    );
    let done = with("“It is open,” [Moreno](speaker:) said.", "");
    assert!(done.told.contains("this link names nobody\n  --> content/a.md:5:24\n"), "{}", done.told);
}

#[test]
fn on_what_is_not_annotated_a_link_is_told() {
    let done =
        entry("+++\ndate = 2025-12-06\n+++\n# [Moreno](speaker:ada-moreno) opens it\n\nIt is open.\n", None);
    assert_eq!(
        done.told,
        "\
error[N004 note-lost]: these words are no part of the text that is annotated
  --> content/a.md:4:12
   |
4  | # [Moreno](speaker:ada-moreno) opens it
   |            ^^^^^^^^^^^^^^^^^^
   = help: headlines, datelines, credits and code are not annotated; take the link out
"
    );
}

#[test]
fn links_of_every_form_are_read() {
    let body = "“A,” [*Ms* Moreno][m] said on [5 **May**](<date:2024-05-05>). “B,” [he](<speaker:Jon Berg>) said. \
                `[x](speaker:nobody)`\n\n[m]: speaker:ada-moreno";
    let done = with(body, "").fine();
    assert_eq!((done.speaker("“A,”"), done.speaker("“B,”")), ("Ada Moreno", "Jon Berg"));
    assert_eq!(done.dates()[0].1, "2024-05-05");
}

#[test]
fn who_is_identified_once_is_identified_throughout() {
    let body = "“It is open,” [Mr Moreno](speaker:ada-moreno) said. “It will stay open,” he added.\n\n\
                Rain fell, and Moreno went home. “Good night,” Moreno said.";
    let done = with(body, "").fine();
    for (words, provenance) in [
        ("It is open", Provenance::Editor),
        ("stay open", Provenance::Rule),
        ("Good night", Provenance::Rule),
    ] {
        let quote = done.quote(words);
        assert_eq!((done.speaker(words), quote.provenance), ("Ada Moreno", provenance), "{words}");
    }
    assert_eq!(done.people(), ["Ada Moreno"]);
    assert_eq!(done.found.mentions.len(), 3);
}

#[test]
fn namesakes_are_told_apart_by_a_link_each() {
    let body =
        "“It is open,” [Mr Moreno](speaker:ada-moreno) said. “No,” [Mr Moreno](<speaker:Luis Moreno>) said.";
    let done = with(body, "").fine();
    assert_eq!((done.speaker("It is open"), done.speaker("No")), ("Ada Moreno", "Luis Moreno"));
    assert_eq!(done.people(), ["Ada Moreno", "Luis Moreno"]);
}

#[test]
fn a_correction_of_one_mention_leaves_the_others() {
    let body = "“It is open,” [Tomas Okoye](speaker:ada-moreno) said. “No,” Tomas Okoye said.";
    let done = with(body, "").fine();
    assert_eq!((done.speaker("It is open"), done.speaker("No")), ("Ada Moreno", "Tomas Okoye"));
}
