//! Notes that mean harm: no panic, no endless work, and every place lies in the text.

use std::time::{Duration, Instant};

use super::*;

/// Every span of what was found lies on borders of the text, every index is somebody's.
fn sound(done: &Done) {
    let fits = |span: &Span| done.text.get(span.range()).is_some() && !span.is_empty();
    for quote in &done.found.quotes {
        assert!(!quote.content.is_empty() && quote.content.iter().all(fits), "{quote:?}");
        assert!(quote.source.iter().chain(&quote.cue).all(fits), "{quote:?}");
        let person = quote.speaker.as_ref().and_then(|s| s.person);
        assert!(person.is_none_or(|p| p < done.found.people.len()));
    }
    let mut ids: Vec<&str> = done.found.quotes.iter().map(|q| q.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), done.found.quotes.len(), "ids are their own");
    assert!(done.found.mentions.iter().all(|m| fits(&m.span) && m.person < done.found.people.len()));
    assert!(done.found.timexes.iter().all(|t| fits(&t.span)));
    assert!(done.found.timexes.windows(2).all(|w| w[0].span.end <= w[1].span.start));
}

#[test]
fn notes_over_one_another_and_over_everything() {
    let body = "“Ünder the brídge,” Ada Moreno said — on Friday.\n\n- “One”\n- *“two”* &amp; three\n\n> “a, b” she said.";
    let words =
        ["Ünder", "the brídge,” Ada", "said — on", "Friday. “One”", "two & three", "a", "b", "she", "Friday"];
    let mut notes = String::new();
    for word in words {
        let word = toml::Value::String(word.to_owned());
        notes += &format!("[[notes]]\nquotation = {word}\nspeaker = \"Jon Berg\"\n");
        notes += &format!("[[notes]]\nquotation = {word}\nspeaker = \"ada-moreno\"\nact = \"none\"\n");
        notes += &format!("[[notes]]\nmention = {word}\nspeaker = \"Jon Berg\"\nall = true\n");
        notes += &format!("[[notes]]\ndate = {word}\nvalue = 2025\n");
    }
    sound(&with(body, &notes));
    for word in words {
        let word = toml::Value::String(word.to_owned());
        sound(&with(body, &format!("[[notes]]\nquotation = {word}\nspeaker = \"Jon Berg\"\n")));
        sound(&with(body, &format!("[[notes]]\ndate = {word}\nvalue = 2025\n")));
        sound(&with(body, &format!("[[notes]]\nmention = {word}\nspeaker = \"Jon Berg\"\n")));
    }
}

#[test]
fn the_same_words_many_times_get_ids_of_their_own() {
    let body = "Rain came. Rain came. Rain came. “Rain came,” he said.";
    let done =
        with(body, "[[notes]]\nquotation = \"Rain came\"\nall = true\nspeaker = \"ada-moreno\"\n").fine();
    sound(&done);
    assert_eq!(done.found.quotes.len(), 4);
    assert_eq!(done.speaker("“Rain"), "Ada Moreno");
}

#[test]
fn more_notes_than_any_brief_needs() {
    let body = "Rain came to the harbour. ".repeat(400);
    let notes =
        "[[notes]]\nquotation = \"Rain that never came to any harbour of this name\"\nreject = true\n"
            .repeat(1_500);
    let start = Instant::now();
    let done = with(&body, &notes);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    assert!(
        done.told.contains("there are more than 1000 notes; this one and those after it are not read"),
        "{}",
        done.told.len()
    );
    assert!(done.told.contains("950 more like the 50 above are in this file"), "{}", done.told);
    let long = format!("[[notes]]\nquotation = \"{}\"\nreject = true\n", "rain ".repeat(10_000));
    assert!(with(&body, &long).told.contains("`quotation` is longer than 20000 bytes"));
    let all = "[[notes]]\nquotation = \"Rain\"\nall = true\nspeaker = \"ada-moreno\"\n";
    sound(&with(&body, all));
}

#[test]
fn any_bytes_are_answered() {
    for notes in [
        "\u{feff}[[notes]]\ndate = \"May\"\nreject = true",
        "\0",
        "[[notes]]\nquotation = \"\\u0000\\u200b\"\nreject = true",
        "[[notes]]\nquotation = \"“\"\nreject = true",
        "[[notes]]\nquotation = \"x\"\nprefix = \"\"\nsuffix = \"  \"\nreject = true",
        "[[notes]]\nquotation = \"x\"\nprefix = \"\u{ad}\"\nreject = true",
        "[notes]\ndate = \"May\"\nreject = true",
        "notes = [[[[]]]]",
        "[[notes]]\n[[notes]]\n[[notes]]",
    ] {
        sound(&with("x It rained in May. x", notes));
    }
    for file in [
        "---\ndate: 2025-12-06\ntitle: t\nnotes: 5\n---\nx",
        "---\ndate: 2025-12-06\ntitle: t\nnotes:\n- a\n- {}\n- quotation:\n- quotation: x\n---\nx",
        "+++\ndate = 2025-12-06\ntitle = \"t\"\n+++\n[](speaker:) [x](date:) [x](speaker:%00) [x](speaker: y) [[x](date:2025)](date:2024)",
        "+++\ndate = 2025-12-06\ntitle = \"t\"\n+++\n[&amp;](speaker:ada-moreno) ![x](date:2025) [`x`](date:2025) [![x](y)](date:2025)",
    ] {
        sound(&entry(file, None));
    }
}

#[test]
fn a_table_in_front_matter_that_is_no_note_stops_nothing() {
    let done = entry("---\ndate: 2025-12-06\ntitle: t\nnotes: 5\n---\n“x,” Ada Moreno said.", None);
    assert!(done.told.contains("`notes` must be a list of tables, not a number"), "{}", done.told);
    assert_eq!(done.speaker("x"), "Ada Moreno");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever is said of words cut out of any text leaves a sound record, the same one whatever the
    /// order in which it is said.
    #[test]
    fn whatever_is_said_of_any_words_leaves_a_sound_record(
        text in "([a-zé“”\"'’ ,.*&—\n-]|said |She |Ada Moreno |Friday |“Yes,” ){1,60}",
        from in 0_usize..60,
        length in 1_usize..30,
        says in 0_usize..5,
    ) {
        let body = format!("“It is open,” Ada Moreno said on Friday. {text}");
        let prose = with(&body, "").text;
        let words: String = prose.chars().skip(from).take(length).collect();
        let key = toml::Value::String(words.clone());
        let note = |says: &str| format!("[[notes]]\nall = true\n{}\n", says.replace("WORDS", &key.to_string()));
        let all = [
            note("quotation = WORDS\nspeaker = \"Jon Berg\""),
            note("quotation = WORDS\nreject = true"),
            note("mention = WORDS\nspeaker = \"ada-moreno\""),
            note("date = WORDS\nvalue = 2025"),
            note("quotation = WORDS\nact = \"position\"\nspeaker = \"Jon Berg\""),
        ];
        let one = with(&body, &all[says]);
        sound(&one);
        let (forward, backward) = (with(&body, &all.concat()), with(&body, &all.iter().rev().cloned().collect::<String>()));
        sound(&forward);
        proptest::prop_assert_eq!(&forward.found, &backward.found);
    }
}
