//! Notes that contradict each other.

use super::*;

const BODY: &str =
    "“The bridge is open,” Ada Moreno said on Friday. Engineer Tomas Okoye said the pumps had failed.";

#[test]
fn neither_of_two_contradicting_notes_holds() {
    let notes = "[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"Jon Berg\"\n\n\
                 [[notes]]\nquotation = \"bridge is\"\nspeaker = \"Vera Holm\"\n";
    let done = with(BODY, notes);
    assert_eq!(
        done.told,
        "\
error[N007 notes-contradict]: this note contradicts the one at content/a.notes.toml:2:13
  --> content/a.notes.toml:6:13
   |
6  | quotation = \"bridge is\"
   |             ^^^^^^^^^^^
   = help: neither holds until one of them is mended or taken out
"
    );
    assert_eq!(done.found, with(BODY, "").found);
}

#[test]
fn whatever_is_said_can_be_contradicted() {
    let quote = |says: &str| format!("[[notes]]\nquotation = \"The bridge is open\"\n{says}\n");
    let pumps = |says: &str| format!("[[notes]]\nmention = \"Tomas Okoye\"\n{says}\n");
    let date = |says: &str| format!("[[notes]]\ndate = \"Friday\"\n{says}\n");
    for notes in [
        [quote("reject = true"), quote("confirm = true")],
        [quote("reject = true"), quote("speaker = \"Jon Berg\"")],
        [quote("said_on = 2025"), quote("said_on = false")],
        [quote("said_on = 2025"), quote("act = \"none\"")],
        [quote("act = \"none\""), quote("act = \"position\"")],
        [quote("cue = \"said\""), quote("cue = \"Friday\"")],
        [quote("source = \"Ada\""), quote("source = \"Moreno\"")],
        [quote("content = \"bridge is\""), quote("content = \"The bridge is open\"")],
        [pumps("reject = true"), pumps("speaker = \"ada-moreno\"")],
        [pumps("speaker = \"Jon Berg\""), pumps("speaker = \"ada-moreno\"")],
        [
            pumps("speaker = \"ada-moreno\""),
            "[[notes]]\nquotation = \"the pumps\"\nspeaker = \"Jon Berg\"\n".into(),
        ],
        [date("value = 2025"), date("value = 2024")],
        [date("value = 2025"), date("reject = true")],
        [date("confirm = true"), date("reject = true")],
        [
            "[[notes]]\nquotation = \"on Friday. Engineer\"\nspeaker = \"Jon Berg\"\n".into(),
            "[[notes]]\nquotation = \"Engineer Tomas\"\nspeaker = \"Jon Berg\"\n".into(),
        ],
    ] {
        let [one, other] = &notes;
        let (forward, backward) = (with(BODY, &(one.clone() + other)), with(BODY, &(other.clone() + one)));
        assert!(forward.told.contains("error[N007 notes-contradict]"), "{notes:?}: {}", forward.told);
        assert_eq!(forward.found, backward.found, "{notes:?}");
        let touched = |done: &Done| done.found.quotes.iter().any(|q| q.provenance == Provenance::Editor);
        assert!(!touched(&forward), "{notes:?}");
        assert_eq!(forward.dates(), with(BODY, "").dates(), "{notes:?}");
    }
}

#[test]
fn links_and_notes_count_alike() {
    let body = "“The bridge is open,” [Ada Moreno](speaker:ada-moreno) said on [Friday](date:2025-11-28).";
    let notes = "[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"Jon Berg\"\n\
                 [[notes]]\ndate = \"Friday\"\nvalue = 2025-12-05\n";
    let done = with(body, notes);
    assert_eq!(done.told.matches("[N007 notes-contradict]").count(), 2, "{}", done.told);
    assert!(
        done.told.contains("contradicts the one at content/a.notes.toml:2:13\n  --> content/a.md:5:36\n"),
        "{}",
        done.told
    );
}

#[test]
fn a_name_and_an_id_of_one_person_agree() {
    let notes = "[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"Ada Moreno\"\n\
                 [[notes]]\nquotation = \"bridge is\"\nspeaker = \"ada-moreno\"\nsaid_on = 2025-12-05\n";
    let done = with(BODY, notes).fine();
    assert_eq!(done.speaker("bridge"), "Ada Moreno");
    assert_eq!(done.found.people[0].profile.as_deref(), Some("ada-moreno"));
}
