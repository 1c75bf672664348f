//! Notes that find no place, and those that say nothing.

use super::*;

const BODY: &str = "“The bridge is open,” Ada Moreno said. “The bridge is open,” Tomas Okoye said.\n\n\
                    It rained in May. The bridge will lift for ships at noon.";

#[test]
fn two_places_fit() {
    let done = with(BODY, "[[notes]]\nquotation = \"The bridge is open\"\nreject = true\n");
    assert_eq!(
        done.told,
        "\
error[N005 note-ambiguous]: the words “The bridge is open” stand in 2 places
  --> content/a.notes.toml:2:13
   |
2  | quotation = \"The bridge is open\"
   |             ^^^^^^^^^^^^^^^^^^^^
   = help: add `suffix = \",” Ada\"` if line 5 is meant, `prefix = \"said. “\"` if line 5 is, or `all = true` for every place
"
    );
    assert_eq!(done.found, with(BODY, "").found, "nothing is done by halves");
    for (beside, left) in [("suffix = \",” Ada\"", "Tomas Okoye"), ("prefix = \"said. “\"", "Ada Moreno")]
    {
        let notes = format!("[[notes]]\nquotation = \"The bridge is open\"\n{beside}\nreject = true\n");
        let done = with(BODY, &notes).fine();
        assert_eq!(done.found.quotes.len(), 1, "{beside}");
        assert_eq!(done.speaker("bridge is open"), left, "the advice works");
    }
    let all = with(BODY, "[[notes]]\nquotation = \"The bridge is open\"\nall = true\nreject = true\n").fine();
    assert!(all.found.quotes.is_empty());
}

#[test]
fn where_nothing_tells_places_apart_both_are_named() {
    let body = vec!["ship"; 40].join(" ");
    let done = with(&body, "[[notes]]\nmention = \"ship ship\"\nspeaker = \"ada-moreno\"\n");
    assert!(done.told.contains("stand in 20 places"), "{}", done.told);
    assert!(
        done.told
            .contains("lines 5 and 5 have them; write more of the words, or `all = true` for every place")
            || done.told.contains("add `"),
        "{}",
        done.told
    );
}

#[test]
fn words_that_are_gone_are_told_with_the_nearest() {
    let done = with(
        BODY,
        "[[notes]]\nquotation = \"the bridge would lift for all ships at noon\"\nspeaker = \"ada-moreno\"\n\n\
         [[notes]]\ndate = \"Mai\"\nvalue = 2025\n\n[[notes]]\nmention = \"The Duchess of Nowhere\"\nreject = true\n\n\
         [[notes]]\nquotation = \"It rained\"\nprefix = \"noon.\"\nreject = true\n",
    );
    assert_eq!(
        done.told,
        "\
error[N004 note-lost]: the text does not have the words “the bridge would lift for all ships at noon”
  --> content/a.notes.toml:2:13
   |
2  | quotation = \"the bridge would lift for all ships at noon\"
   |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   = help: the nearest are in line 7: “The bridge will lift for ships at noon”; write them if they are meant, or take the note out
error[N004 note-lost]: the text does not have the words “Mai”
  --> content/a.notes.toml:6:8
   |
6  | date = \"Mai\"
   |        ^^^^^
   = help: the nearest are in line 7: “May”; write them if they are meant, or take the note out
error[N004 note-lost]: the text does not have the words “The Duchess of Nowhere”
   --> content/a.notes.toml:10:11
    |
10  | mention = \"The Duchess of Nowhere\"
    |           ^^^^^^^^^^^^^^^^^^^^^^^^
    = help: nothing in the text is like them; take the note out, or write the words that it is about
error[N004 note-lost]: the words “It rained” do not stand after this `prefix`
   --> content/a.notes.toml:14:13
    |
14  | quotation = \"It rained\"
    |             ^^^^^^^^^^^
    = help: in line 7 they stand after “Tomas Okoye said.” and before “in May. The”; mend what stands beside them
"
    );
    assert_eq!(done.found, with(BODY, "").found);
}

#[test]
fn what_was_not_found_cannot_be_confirmed_and_need_not_be_rejected() {
    let told = |notes: &str| with(BODY, notes).told;
    assert_eq!(
        told("[[notes]]\nquotation = \"It rained\"\nconfirm = true\n"),
        "\
error[N008 nothing-marked]: no quotation was found at these words
  --> content/a.notes.toml:2:13
   |
2  | quotation = \"It rained\"
   |             ^^^^^^^^^^^
   = help: there is nothing to confirm; to add it, give `speaker`
"
    );
    assert_eq!(
        told("[[notes]]\ndate = \"It rained\"\nreject = true\n"),
        "\
warning[N008 nothing-marked]: no date was found at these words
  --> content/a.notes.toml:2:8
   |
2  | date = \"It rained\"
   |        ^^^^^^^^^^^
   = help: there is nothing to reject; take the note out
"
    );
    for (notes, message, hint) in [
        (
            "mention = \"It rained\"\nconfirm = true",
            "no mention was found at these words",
            "there is nothing to confirm; to add it, give `speaker`",
        ),
        (
            "mention = \"It rained\"\nreject = true",
            "no mention was found at these words",
            "there is nothing to reject; take the note out",
        ),
        (
            "date = \"It rained\"\nconfirm = true",
            "no date was found at these words",
            "there is nothing to confirm; to add it, give `value = 2025-12-05`",
        ),
        (
            "quotation = \"It rained\"\nact = \"statement\"",
            "no quotation was found at these words",
            "to add it, give `speaker`",
        ),
    ] {
        let told = told(&format!("[[notes]]\n{notes}\n"));
        assert!(told.contains(message) && told.contains(hint), "{notes}: {told}");
    }
}

#[test]
fn a_note_that_says_nothing_that_can_be() {
    for (notes, message, hint) in [
        (
            "speaker = \"ada-moreno\"",
            "a note needs the words that it is about",
            "write `quotation = \"…\"`, `date = \"…\"` or `mention = \"…\"` with words of the text",
        ),
        (
            "date = \"May\"\nmention = \"May\"\nreject = true",
            "a note is about one thing: a quotation, a date or a mention",
            "write `quotation = \"…\"`",
        ),
        (
            "quotation = \"The bridge is open\"",
            "this note says nothing about these words",
            "give `speaker`, `act`, `said_on`, `source`, `cue` or `content`, or `confirm = true`, or `reject = true`",
        ),
        (
            "date = \"May\"",
            "this note says nothing about these words",
            "give `value = 2025-12-05`, or `confirm = true`, or `reject = true`",
        ),
        (
            "mention = \"May\"",
            "this note says nothing about these words",
            "give `speaker = \"ada-lee\"`".replace("ada-lee", "ann-lee").leak(),
        ),
        (
            "date = \"May\"\nvalue = 2025\nreject = true",
            "this note says two things at once",
            "keep one: what holds, `confirm = true`, or `reject = true`",
        ),
        ("date = \"May\"\nconfirm = true\nreject = true", "this note says two things at once", "keep one"),
        (
            "date = \" … \"\nreject = true",
            "`date` holds no words",
            "write words of the text as they stand there",
        ),
        (
            "date = [1]\nreject = true",
            "`date` must be words of the text, not a list",
            "write `date = \"…\"`, with quotation marks",
        ),
        ("date = \"May\"\nvalue = \"in May\"", "`in May` is no date that we know", "write it as TIMEX3 does"),
        (
            "date = \"May\"\nvalue = true",
            "`value` must be a date, not true or false",
            "write it as TIMEX3 does",
        ),
        (
            "quotation = \"x\"\nact = \"stated\"",
            "`stated` is no value of `act`",
            "write \"statement\", \"position\", \"none\"",
        ),
        (
            "quotation = \"x\"\nact = \"positon\"",
            "`positon` is no value of `act`",
            "did you mean \"position\"?",
        ),
        (
            "quotation = \"x\"\nsaid_on = \"P3D\"",
            "`P3D` is no time of speaking",
            "write a day, `2025-12-05`, a month, `2025-12`, or a year",
        ),
        (
            "quotation = \"x\"\nact = \"position\"\nsaid_on = 2025",
            "`said_on` is for statements alone",
            "take out `said_on`, or `act`",
        ),
        (
            "quotation = \"x\"\nspeaker = 5",
            "`speaker` must be a text, not a number",
            "write `speaker = \"…\"`",
        ),
        (
            "mention = \"May\"\nspeaker = \"ada-moreno\"\nkind = \"group\"",
            "`ada-moreno` is known as person, not as group",
            "take `kind` out; it is for new names",
        ),
    ] {
        let done = with(BODY, &format!("[[notes]]\n{notes}\n"));
        assert!(done.told.contains(&format!("error[N003 bad-note]: {message}\n")), "{notes}: {}", done.told);
        assert!(done.told.contains(&format!("= help: {hint}")), "{notes}: {}", done.told);
        assert_eq!(done.found, with(BODY, "").found, "{notes}");
    }
}

#[test]
fn unknown_keys_and_bad_toml_are_told() {
    let done = with(BODY, "[[notes]]\ndate = \"May\"\nreject = true\nvalu = 5\n\n[[note]]\nx = 1\n");
    assert_eq!(
        done.told,
        "\
warning[N002 unknown-note-key]: unknown key `valu`
  --> content/a.notes.toml:4:1
   |
4  | valu = 5
   | ^^^^
   = help: did you mean `value`?
warning[N002 unknown-note-key]: unknown key `note`
  --> content/a.notes.toml:6:3
   |
6  | [[note]]
   |   ^^^^
   = help: write `[[notes]]`
"
    );
    assert_eq!(
        with(BODY, "[[notes]]\ndate = May\n").told,
        "\
error[N001 bad-notes]: this is no valid TOML: string values must be quoted, expected literal string
  --> content/a.notes.toml:2:8
   |
2  | date = May
   |        ^^^
"
    );
    assert_eq!(
        with(BODY, "notes = 5\n").told,
        "\
error[N003 bad-note]: `notes` must be a list of tables, not a number
  --> content/a.notes.toml:1:9
   |
1  | notes = 5
   |         ^
   = help: write `[[notes]]` on a line of its own
"
    );
}

#[test]
fn a_new_name_that_is_nearly_known_is_told_and_taken() {
    let done =
        with(BODY, "[[notes]]\nquotation = \"It rained\"\nspeaker = \"Tomas Okoya\"\nsaid_on = 2026-05-01\n");
    assert_eq!(
        done.told,
        "\
warning[N003 bad-note]: `said_on` is after the day of publication, 2025-12-06
  --> content/a.notes.toml:2:13
   |
2  | quotation = \"It rained\"
   |             ^^^^^^^^^^^
   = help: mend the year, or the date of the brief
warning[N006 unknown-speaker]: `Tomas Okoya` is taken for somebody new
  --> content/a.notes.toml:3:11
   |
3  | speaker = \"Tomas Okoya\"
   |           ^^^^^^^^^^^^^
   = help: did you mean Tomas Okoye?
"
    );
    assert_eq!(done.speaker("It rained"), "Tomas Okoya");
    let done = with(BODY, "[[notes]]\nquotation = \"It rained\"\nspeaker = \"nobody-at-all\"\n");
    assert!(
        done.told.contains("= help: enter them in people.toml, or write the full name\n"),
        "{}",
        done.told
    );
    assert!(!done.has("It rained"));
}

#[test]
fn further_words_must_stand_in_the_text() {
    let done =
        with(BODY, "[[notes]]\nquotation = \"It rained\"\nspeaker = \"ada-moreno\"\ncue = \"wrote\"\n");
    assert_eq!(
        done.told,
        "\
error[N004 note-lost]: the words “wrote” do not stand at this quotation
  --> content/a.notes.toml:4:7
   |
4  | cue = \"wrote\"
   |       ^^^^^^^
   = help: write them as they stand beside it
"
    );
    assert!(!done.has("It rained"), "a note holds as a whole or not at all");
    let far = format!("It rained. {} He wrote it.", "On and on. ".repeat(200));
    let done =
        with(&far, "[[notes]]\nquotation = \"It rained\"\nspeaker = \"ada-moreno\"\ncue = \"wrote\"\n");
    assert!(done.told.contains("the words “wrote” do not stand at this quotation"), "{}", done.told);
}
