//! What a note says holds.

use super::*;

const BODY: &str = "OSLO - \"The bridge is open,\" harbour master Ada Moreno said on Friday. \
    \"It will stay open,\" she added.\n\n\
    Engineer Tomas Okoye said the pumps had failed. The old lock closed in March, its keeper wrote: all is well.";

#[test]
fn an_attribution_is_corrected() {
    let plain = with(BODY, "").fine();
    assert_eq!(plain.speaker("bridge is open"), "Ada Moreno");
    let done = with(
        BODY,
        "[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"Tomas Okoye\"\nsaid_on = 2025-12-04\n\
         why = \"he rang us\"\n",
    )
    .fine();
    let quote = done.quote("bridge is open");
    assert_eq!(done.speaker("bridge is open"), "Tomas Okoye");
    assert_eq!((quote.confidence, quote.provenance), (1.0, Provenance::Editor));
    let said = quote.said_on.as_ref().unwrap();
    assert_eq!((said.value.to_string().as_str(), said.basis), ("2025-12-04", Basis::Editor));
    assert_eq!(quote.id, plain.quote("bridge is open").id, "its anchor stays");
    assert_eq!(quote.content, plain.quote("bridge is open").content);
    assert_eq!(done.quote("pumps"), plain.quote("pumps"), "nothing else changes");
    let position = with(BODY, "[[notes]]\nquotation = \"the pumps had failed\"\nact = \"position\"\n").fine();
    let quote = position.quote("pumps");
    assert_eq!((quote.act, quote.said_on.as_ref()), (Act::Position, None));
}

#[test]
fn a_day_taken_from_the_same_remarks_follows() {
    let plain = with(BODY, "").fine();
    let second = plain.quote("stay open").said_on.as_ref().unwrap();
    assert_eq!((second.value.to_string().as_str(), second.basis), ("2025-12-05", Basis::SameRemarks));
    let moved =
        with(BODY, "[[notes]]\nquotation = \"The bridge is open\"\nsaid_on = \"2025-12-03\"\n").fine();
    assert_eq!(moved.quote("stay open").said_on.as_ref().unwrap().value.to_string(), "2025-12-03");
    assert_eq!(moved.quote("stay open").provenance, Provenance::Rule);
    let none = with(BODY, "[[notes]]\nquotation = \"The bridge is open\"\nsaid_on = false\n").fine();
    assert_eq!(none.quote("bridge").said_on, None);
    assert_eq!(none.quote("stay open").said_on, None);
    let fixed = with(
        BODY,
        "[[notes]]\nquotation = \"The bridge is open\"\nsaid_on = 2025-12-03\n\
         [[notes]]\nquotation = \"It will stay open\"\nconfirm = true\n",
    )
    .fine();
    let kept = fixed.quote("stay open");
    assert_eq!(kept.said_on.as_ref().unwrap().value.to_string(), "2025-12-05", "an editor has looked at it");
}

#[test]
fn an_attribution_is_added_with_its_marks_source_and_cue() {
    let done = with(
        BODY,
        "[[notes]]\nquotation = \"all is well\"\nspeaker = \"Lock keeper\"\nkind = \"unnamed\"\n\
         source = \"its keeper\"\ncue = \"wrote\"\n",
    )
    .fine();
    let quote = done.quote("all is well");
    let words = |spans: &[Span]| spans.iter().map(|s| s.of(&done.text)).collect::<Vec<_>>().join("|");
    assert_eq!(
        (quote.act, quote.form, quote.provenance),
        (Act::Statement, Form::Indirect, Provenance::Editor)
    );
    assert_eq!((words(&quote.content), words(&quote.source)), ("all is well".into(), "its keeper".into()));
    assert_eq!((words(&quote.cue).as_str(), done.speaker("all is well")), ("wrote", "Lock keeper"));
    assert_eq!(quote.speaker.as_ref().unwrap().person, None);
    assert_eq!(quote.id, annotate::quote_id(["all is well"]));
    let starts: Vec<_> = done.found.quotes.iter().map(|q| q.content[0].start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    let marked = with(
        "The wall reads “never **again**” since May.",
        "[[notes]]\nquotation = \"never again\"\nspeaker = \"ada-moreno\"\n",
    )
    .fine();
    let quote = marked.quote("never");
    assert_eq!(quote.content[0].of(&marked.text), "“never **again**”");
    assert_eq!((quote.form, marked.speaker("never")), (Form::Direct, "Ada Moreno"));
    assert_eq!(marked.found.people[0].profile.as_deref(), Some("ada-moreno"));
}

#[test]
fn a_content_is_drawn_anew() {
    let notes = "[[notes]]\nquotation = \"bridge is open\"\ncontent = [\"The bridge is open\", \"It will stay open\"]\n";
    let done = with(BODY, notes).fine();
    let quote = done.quote("bridge is open");
    assert_eq!(quote.content.len(), 2);
    assert_eq!(quote.content[1].of(&done.text), "\"It will stay open,\"");
    assert_eq!(done.found.quotes.len(), with(BODY, "").found.quotes.len() - 1, "the second is a part of it");
    assert_ne!(quote.id, with(BODY, "").quote("bridge is open").id);
}

#[test]
fn what_is_rejected_is_gone_and_so_is_who_is_left_with_nothing() {
    let done = with(
        BODY,
        "[[notes]]\nquotation = \"the pumps had failed\"\nreject = true\n\
         [[notes]]\nmention = \"Tomas Okoye\"\nreject = true\n\
         [[notes]]\ndate = \"March\"\nreject = true\n",
    )
    .fine();
    assert!(!done.has("pumps"));
    assert_eq!(done.people(), ["Ada Moreno"]);
    assert_eq!(done.dates().iter().map(|d| d.0.as_str()).collect::<Vec<_>>(), ["Friday"]);
    let plain = with(BODY, "");
    assert_eq!(plain.people(), ["Ada Moreno", "Tomas Okoye"]);
}

#[test]
fn whoever_is_not_meant_speaks_no_more() {
    let done = with(BODY, "[[notes]]\nmention = \"Tomas Okoye\"\nreject = true\n").fine();
    assert_eq!(done.quote("pumps").speaker, None);
    assert_eq!(done.people(), ["Ada Moreno"]);
}

#[test]
fn a_confirmed_annotation_is_certain() {
    let body = "OSLO - The toll will rise in the spring, the mayor said.";
    let plain = with(body, "").fine();
    assert!(plain.quote("toll").confidence < 1.0);
    let done = with(body, "[[notes]]\nquotation = \"toll will rise\"\nconfirm = true\n[[notes]]\ndate = \"the spring\"\nconfirm = true\n").fine();
    let (quote, before) = (done.quote("toll"), plain.quote("toll"));
    assert_eq!((quote.confidence, quote.provenance), (1.0, Provenance::Editor));
    assert_eq!((&quote.speaker, &quote.content, quote.act), (&before.speaker, &before.content, before.act));
    assert_eq!(done.dates()[0].2, Provenance::Editor);
    assert_eq!(done.found.timexes[0].confidence, 1.0);
}

#[test]
fn a_date_is_corrected_and_what_hangs_on_it_follows() {
    let done = with(BODY, "[[notes]]\ndate = \"Friday\"\nvalue = 2025-11-28\n").fine();
    assert_eq!(done.dates()[0], ("Friday".into(), "2025-11-28".into(), Provenance::Editor));
    for words in ["bridge is open", "stay open"] {
        assert_eq!(done.quote(words).said_on.as_ref().unwrap().value.to_string(), "2025-11-28", "{words}");
    }
}

#[test]
fn a_date_is_added_at_its_own_precision() {
    for (value, written) in [
        ("2024", "2024"),
        ("\"2024-SP\"", "2024-SP"),
        ("\"P3D\"", "P3D"),
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01T14:30:00", "2024-05-01T14:30"),
        ("2024-05-01T14:30:00+02:00", "2024-05-01T14:30+02:00"),
        ("2024-05-01T14:30:00Z", "2024-05-01T14:30Z"),
        ("\"2024-05-01T14:30\"", "2024-05-01T14:30"),
    ] {
        let done =
            with(BODY, &format!("[[notes]]\ndate = \"The old lock closed\"\nvalue = {value}\n")).fine();
        let date = done.dates().into_iter().find(|d| d.0 == "The old lock closed").unwrap();
        assert_eq!((date.1.as_str(), date.2), (written, Provenance::Editor));
    }
}

#[test]
fn words_inside_a_found_date_mean_all_of_it_and_intervals_follow() {
    let body = "The fair runs from Dec 2 to Dec 5, and closed on Friday, Nov 28.";
    let done = with(
        body,
        "[[notes]]\ndate = \"Nov 28\"\nvalue = 2024-11-29\n[[notes]]\ndate = \"Dec 5\"\nvalue = 2025-12-15\n",
    )
    .fine();
    let last = done.dates().pop().unwrap();
    assert_eq!((last.0.as_str(), last.1.as_str()), ("Friday, Nov 28", "2024-11-29"));
    let interval = done.found.intervals[0].values(&done.found.timexes);
    assert_eq!(interval.1.to_string(), "2025-12-15");
}

#[test]
fn every_place_is_meant_where_a_note_says_so() {
    let body = "Moreno met Moreno. “Yes,” Moreno said.";
    let done = with(body, "[[notes]]\nmention = \"Moreno\"\nall = true\nspeaker = \"ada-moreno\"\n").fine();
    assert_eq!(done.found.mentions.len(), 3);
    assert_eq!((done.people(), done.speaker("Yes")), (vec!["Ada Moreno"], "Ada Moreno"));
    assert_eq!(done.quote("Yes").provenance, Provenance::Editor);
}

#[test]
fn a_selector_survives_edits_elsewhere_and_other_marks() {
    let notes =
        "[[notes]]\nquotation = \"“It’s open – at last”\"\nprefix = \"said:\"\nspeaker = \"ada-moreno\"\n";
    for body in [
        "He said: \"It's open — at last\" and left.",
        "Much was new.\n\nOn Monday he  said:\n“It’s **open** -- at\nlast” and stayed. “It’s open – at last” was sung.",
    ] {
        let done = with(body, notes).fine();
        assert_eq!(done.speaker("open"), "Ada Moreno", "{body}");
    }
}

#[test]
fn front_matter_says_the_same_in_toml_and_yaml() {
    let toml = format!(
        "+++\ntitle = \"T\"\ndate = 2025-12-06\n[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"Tomas Okoye\"\nsaid_on = 2025-12-04\n+++\n{BODY}\n"
    );
    let yaml = format!(
        "---\ntitle: T\ndate: 2025-12-06\nnotes:\n  - quotation: The bridge is open\n    speaker: Tomas Okoye\n    said_on: 2025-12-04\n---\n{BODY}\n"
    );
    let beside = with(
        BODY,
        "[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"Tomas Okoye\"\nsaid_on = 2025-12-04\n",
    );
    for file in [toml, yaml] {
        let done = entry(&file, None).fine();
        assert_eq!(done.found, beside.found);
    }
}

#[test]
fn the_order_of_notes_makes_no_difference() {
    let notes = [
        "[[notes]]\nquotation = \"The bridge is open\"\nspeaker = \"Vera Holm\"\n",
        "[[notes]]\nquotation = \"The bridge is open\"\nsaid_on = 2025-12-04\n",
        "[[notes]]\nquotation = \"all is well\"\nspeaker = \"Jon Berg\"\n",
        "[[notes]]\nmention = \"Tomas Okoye\"\nspeaker = \"ada-moreno\"\n",
        "[[notes]]\ndate = \"March\"\nvalue = 2024-03\n".replace("2024-03", "\"2024-03\"").leak(),
    ];
    let forward = with(BODY, &notes.concat()).fine();
    let backward = with(BODY, &notes.iter().rev().copied().collect::<String>()).fine();
    assert_eq!(forward.found, backward.found);
    assert_eq!(forward.speaker("pumps"), "Ada Moreno");
    assert_eq!(forward.speaker("bridge is open"), "Vera Holm");
}

#[test]
fn a_standfirst_follows_the_statement_that_it_repeats() {
    let body = "*The bridge is open, harbour master says*\n\nOSLO - \"The bridge is open,\" harbour master Ada Moreno said on Friday.";
    let done =
        with(body, "[[notes]]\nquotation = \"The bridge is open\"\nprefix = \"\\\"\"\nreject = true\n")
            .fine();
    for quote in &done.found.quotes {
        assert!(quote.repeats.is_none(), "{quote:?}");
    }
    assert!(!done.has("\"The bridge"));
}
